// Files sealed block by block, so that memory does not grow with them.
#include "backup/backup_internal.h"

static const char MAGIC[] = "GXB1";
enum { MAGIC_BYTES = sizeof(MAGIC) - 1, SEALED_BLOCK = BACKUP_BLOCK + SEAL_BLOCK_EXTRA };

typedef struct Out {
    File *file;
    Sha256 sum;
    int64_t size;
} Out;

static Status put(Ctx *cx, Out *o, Str bytes)
{
    sha256_add(&o->sum, bytes);
    o->size += (int64_t)bytes.len;
    return file_write(cx, o->file, bytes.ptr, bytes.len);
}

// Fills the block as far as the file goes: a short read is not its end.
static Status read_block(Ctx *cx, File *f, char *to, size_t max, size_t *ret)
{
    size_t n = 0;
    size_t got = 1;
    while (n < max && got > 0) {
        TRY(file_read(cx, f, to + n, max - n, &got));
        n += got;
    }
    *ret = n;
    return STATUS_OK;
}

static Status start_out(Ctx *cx, const uint8_t key[KEY_BYTES], SealStream *s, Out *out)
{
    uint8_t header[SEAL_HEADER_BYTES];
    sha256_start(&out->sum);
    seal_stream_start(s, key, header);
    TRY(put(cx, out, (Str){ MAGIC, MAGIC_BYTES }));
    return put(cx, out, (Str){ (const char *)header, sizeof(header) });
}

static Status seal_blocks(Ctx *cx, SealStream *s, File *in, Out *out, Part *part, Moved moved,
                          void *arg)
{
    CLEANUP(arena_cleanup) Arena own = { 0 };
    char *plain = arena_array(&own, char, BACKUP_BLOCK);
    uint8_t *sealed = arena_array(&own, uint8_t, SEALED_BLOCK);
    for (bool last = false; !last;) {
        size_t n = 0;
        TRY(read_block(cx, in, plain, BACKUP_BLOCK, &n));
        last = n < BACKUP_BLOCK;
        seal_stream_add(s, part->path, (Str){ plain, n }, last, sealed);
        TRY(put(cx, out, (Str){ (const char *)sealed, n + SEAL_BLOCK_EXTRA }));
        part->plain += (int64_t)n;
        if (moved != NULL)
            TRY(moved(arg, (int64_t)n));
    }
    return STATUS_OK;
}

Status seal_file(Ctx *cx, const uint8_t key[KEY_BYTES], const char *from, const char *to,
                 Part *part, Moved moved, void *arg)
{
    CLEANUP(file_cleanup) File *in = NULL;
    Out out = { 0 };
    SealStream s;
    TRY(file_open_read(cx, from, &in));
    TRY(file_create(cx, to, 0600, &out.file));
    CLEANUP(file_cleanup) File *file = out.file;
    Status status = start_out(cx, key, &s, &out);
    if (status == STATUS_OK)
        status = seal_blocks(cx, &s, in, &out, part, moved, arg);
    wipe(&s, sizeof(s));
    TRY(status);
    uint8_t digest[DIGEST_BYTES];
    sha256_end(&out.sum, digest);
    part->sha256 = hex(cx->arena, digest, sizeof(digest));
    part->size = out.size;
    return file_sync_close(cx, &file);
}

Status broken(Ctx *cx, Str what)
{
    return FAIL(cx, INVALID, "backup.broken", NULL, "the backup is damaged: " STR_FMT,
                STR_ARG(what));
}

Status check_sum(Ctx *cx, const char *path, const Part *part)
{
    CLEANUP(arena_cleanup) Arena own = { 0 };
    CLEANUP(file_cleanup) File *in = NULL;
    uint8_t digest[DIGEST_BYTES];
    char *block = arena_array(&own, char, BACKUP_BLOCK);
    Sha256 sum;
    sha256_start(&sum);
    TRY(file_open_read(cx, path, &in));
    if (file_size(in) != part->size)
        return broken(cx, arena_fmt(cx->arena, STR_FMT " has another size", STR_ARG(part->name)));
    for (size_t n = 1; n > 0;) {
        TRY(file_read(cx, in, block, BACKUP_BLOCK, &n));
        sha256_add(&sum, (Str){ block, n });
    }
    sha256_end(&sum, digest);
    if (!str_eq(hex(cx->arena, digest, sizeof(digest)), part->sha256))
        return broken(cx,
                      arena_fmt(cx->arena, STR_FMT " has another SHA-256", STR_ARG(part->name)));
    return STATUS_OK;
}

static Status unseal_blocks(Ctx *cx, SealStream *s, File *in, File *out, const Part *part)
{
    CLEANUP(arena_cleanup) Arena own = { 0 };
    char *sealed = arena_array(&own, char, SEALED_BLOCK);
    uint8_t *plain = arena_array(&own, uint8_t, BACKUP_BLOCK);
    int64_t total = 0;
    for (bool last = false; !last;) {
        size_t n = 0;
        TRY(read_block(cx, in, sealed, SEALED_BLOCK, &n));
        if (!unseal_stream_add(s, part->path, (Str){ sealed, n }, plain, &last))
            return broken(cx, arena_fmt(cx->arena, STR_FMT " does not open", STR_ARG(part->name)));
        TRY(file_write(cx, out, plain, n - SEAL_BLOCK_EXTRA));
        total += (int64_t)n - SEAL_BLOCK_EXTRA;
    }
    if (total != part->plain)
        return broken(cx, arena_fmt(cx->arena, STR_FMT " is not whole", STR_ARG(part->name)));
    return STATUS_OK;
}

Status unseal_file(Ctx *cx, const uint8_t key[KEY_BYTES], const char *from, const char *to,
                   const Part *part)
{
    char head[MAGIC_BYTES + SEAL_HEADER_BYTES];
    size_t n = 0;
    SealStream s;
    TRY(check_sum(cx, from, part));
    CLEANUP(file_cleanup) File *in = NULL;
    CLEANUP(file_cleanup) File *out = NULL;
    TRY(file_open_read(cx, from, &in));
    TRY(read_block(cx, in, head, sizeof(head), &n));
    if (n != sizeof(head) || memcmp(head, MAGIC, MAGIC_BYTES) != 0 ||
        !unseal_stream_start(&s, key, (const uint8_t *)head + MAGIC_BYTES))
        return broken(cx, arena_fmt(cx->arena, STR_FMT " is no sealed file", STR_ARG(part->name)));
    TRY(file_create(cx, to, 0600, &out));
    Status status = unseal_blocks(cx, &s, in, out, part);
    wipe(&s, sizeof(s));
    TRY(status);
    return file_sync_close(cx, &out);
}
