#include "file/file_internal.h"
#include "os/os.h"

enum { TOKEN_BYTES = 24, HEAD = 4096, COPY = 256 * 1024, NAME_MAX_POINTS = 120 };

// No controls, nothing invisible, nothing that turns the direction of reading: "exe.txt" that is
// shown for "txt.exe".
static bool name_takes(uint32_t cp)
{
    bool control = cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029;
    bool invisible = (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) ||
                     (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff;
    return !control && !invisible && cp != '"' && cp != 0xfffd;
}

Str file_clean_name(Arena *a, Str name)
{
    Str rest = name;
    Str last = name;
    while (rest.ptr != NULL) {
        last = str_split(&rest, '/');
        Str inner = last;
        while (inner.ptr != NULL)
            last = str_split(&inner, '\\');
    }
    Buf b = buf_new(a, LIMIT_URL);
    for (size_t i = 0; i < last.len;) {
        char tmp[4];
        uint32_t cp = utf8_next(last, &i);
        if (name_takes(cp))
            buf_add(&b, (Str){ tmp, utf8_put(tmp, cp) });
    }
    Str clean = str_trim(utf8_left(buf_str(&b), NAME_MAX_POINTS));
    while (clean.len > 0 && clean.ptr[0] == '.')
        clean = str_sub(clean, 1, clean.len);
    return clean.len == 0 ? S("file") : clean;
}

// Two letters of the token make the folder, so that none grows without bound.
static Str path_of(Arena *a, const Files *f, Str token)
{
    return arena_fmt(a, "%s/" STR_FMT "/" STR_FMT, f->dir, STR_ARG(str_sub(token, 0, 2)),
                     STR_ARG(token));
}

static Status digest_of(Ctx *cx, const char *path, Str *ret_hex, Str *ret_head, int64_t *ret_size)
{
    CLEANUP(file_cleanup) File *in = NULL;
    TRY(file_open_read(cx, path, &in));
    char *block = arena_array(cx->arena, char, COPY);
    Sha256 h;
    sha256_start(&h);
    size_t n = 0;
    *ret_size = 0;
    do {
        TRY(file_read(cx, in, block, COPY, &n));
        if (*ret_size == 0)
            *ret_head = arena_dup(cx->arena, (Str){ block, n < HEAD ? n : HEAD });
        sha256_add(&h, (Str){ block, n });
        *ret_size += (int64_t)n;
    } while (n > 0);
    uint8_t digest[DIGEST_BYTES];
    sha256_end(&h, digest);
    *ret_hex = hex(cx->arena, digest, DIGEST_BYTES);
    return STATUS_OK;
}

static Status insert(Ctx *cx, Db *db, Str token, const StoredFile *f)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO stored_file (id, token, name, type, size, sha256, entity, "
                   "record_id, created_by,"
                   " created_at, expires_at) VALUES ("));
    sql_id(q, f->id);
    sql_add(q, SQL(", "));
    sql_text(q, token);
    sql_add(q, SQL(", "));
    sql_text(q, f->name);
    sql_add(q, SQL(", "));
    sql_text(q, f->type);
    sql_add(q, SQL(", "));
    sql_int(q, f->size);
    sql_add(q, SQL(", "));
    sql_text(q, f->sha256);
    sql_add(q, SQL(", "));
    if (f->entity.len == 0)
        sql_null(q);
    else
        sql_text(q, f->entity);
    sql_add(q, SQL(", "));
    sql_id(q, f->record);
    sql_add(q, SQL(", "));
    sql_id(q, cx->access == NULL ? (Id){ 0 } : cx->access->user);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", "));
    if (f->expires_at.ms == 0)
        sql_null(q);
    else
        sql_int(q, f->expires_at.ms);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

// The file moves before the commit: a crash leaves a file without a row, which the sweep removes.
Status file_add(Ctx *cx, Db *db, const Files *f, const char *from, Str name, const char *kind,
                const char *entity, Id record, Instant expires_at, StoredFile *ret)
{
    StoredFile file = { .name = file_clean_name(cx->arena, name),
                        .entity = str_z(entity),
                        .record = record,
                        .expires_at = expires_at,
                        .type = S("application/octet-stream") };
    Str head = { 0 };
    TRY(digest_of(cx, from, &file.sha256, &head, &file.size));
    if (strchr(kind, '/') != NULL)
        file.type = str_z(kind);
    else if (strcmp(kind, "any") != 0)
        TRY(file_type_of(cx, file.name, head, kind, &file.type));
    Str token = os_random_text(cx->arena, TOKEN_BYTES);
    file.path = path_of(cx->arena, f, token);
    TRY(db_next_id(cx, db, SQL("stored_file"), &file.id.v));
    TRY(insert(cx, db, token, &file));
    TRY(os_make_dir(cx, f->dir, 0700));
    TRY(os_make_dir(
        cx, arena_fmt(cx->arena, "%s/" STR_FMT, f->dir, STR_ARG(str_sub(token, 0, 2))).ptr, 0700));
    TRY(os_rename(cx, from, file.path.ptr));
    *ret = file;
    return STATUS_OK;
}

Status file_find(Ctx *cx, Db *db, const Files *f, Id id, StoredFile *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(
        q,
        SQL("SELECT token, name, type, size, sha256, entity, record_id, expires_at FROM stored_file"
            " WHERE id = "));
    sql_id(q, id);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (!stmt_next(st)) {
        TRY(stmt_end(cx, &st));
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such file");
    }
    *ret = (StoredFile){ .id = id,
                         .path = path_of(cx->arena, f, stmt_text(st, 0, cx->arena)),
                         .name = stmt_text(st, 1, cx->arena),
                         .type = stmt_text(st, 2, cx->arena),
                         .size = stmt_int(st, 3),
                         .sha256 = stmt_text(st, 4, cx->arena),
                         .entity = stmt_text(st, 5, cx->arena),
                         .record = { stmt_int(st, 6) },
                         .expires_at = { stmt_int(st, 7) } };
    return stmt_end(cx, &st);
}

Status file_remove(Ctx *cx, Db *db, const Files *f, Id id)
{
    StoredFile file = { 0 };
    TRY(file_find(cx, db, f, id, &file));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM stored_file WHERE id = "));
    sql_id(q, id);
    TRY(db_exec(cx, db, q, NULL));
    Err *errors = cx->errors;
    if (os_remove(cx, file.path.ptr) != STATUS_OK)
        cx->errors = errors; // the sweep tries again
    return STATUS_OK;
}

// --- sweeping

typedef struct Sweep {
    const Files *files;
    Instant now;
    int64_t removed;
} Sweep;

enum { SWEEP_BATCH = 200 };

static Status sweep_expired(Ctx *cx, Db *db, void *arg)
{
    Sweep *out = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM stored_file WHERE expires_at IS NOT NULL AND expires_at < "));
    sql_int(q, out->now.ms);
    sql_add(q, SQL(" LIMIT "));
    sql_int(q, SWEEP_BATCH);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    int64_t ids[SWEEP_BATCH];
    size_t n = 0;
    while (n < SWEEP_BATCH && stmt_next(st))
        ids[n++] = stmt_int(st, 0);
    TRY(stmt_end(cx, &st));
    for (size_t i = 0; i < n; i++)
        TRY(file_remove(cx, db, out->files, (Id){ ids[i] }));
    out->removed += (int64_t)n;
    return STATUS_OK;
}

static Status has_row(Ctx *cx, Db *db, Str token, bool *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT 1 FROM stored_file WHERE token = "));
    sql_text(q, token);
    int64_t one = 0;
    Status s = db_int(cx, db, q, &one);
    *ret = s == STATUS_OK;
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

typedef struct Orphans {
    const Files *files;
    const Names *names;
    int64_t removed;
} Orphans;

// A file is moved before its row is committed. The names were listed before this transaction began,
// and it waits for those that write rows: a file without a row now belongs to nobody.
static Status remove_orphans(Ctx *cx, Db *db, void *arg)
{
    Orphans *o = arg;
    int64_t removed = 0;
    if (db_dialect(db) == DIALECT_POSTGRES) {
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("LOCK TABLE stored_file IN SHARE MODE"));
        TRY(db_exec(cx, db, q, NULL));
    }
    for (size_t i = 0; i < o->names->len; i++) {
        bool known = false;
        TRY(has_row(cx, db, o->names->ptr[i], &known));
        if (known)
            continue;
        Err *errors = cx->errors;
        bool gone = os_remove(cx, path_of(cx->arena, o->files, o->names->ptr[i]).ptr) == STATUS_OK;
        cx->errors = errors;
        removed += gone;
    }
    o->removed += removed;
    return STATUS_OK;
}

static Status sweep_folder(Ctx *cx, Store *s, const Files *f, Str folder, int64_t *removed)
{
    Names names = { 0 };
    Str path = arena_fmt(cx->arena, "%s/" STR_FMT, f->dir, STR_ARG(folder));
    TRY(os_list_dir(cx, cx->arena, path.ptr, &names));
    Orphans o = { .files = f, .names = &names };
    if (names.len == 0)
        return STATUS_OK;
    TRY(store_write(cx, s, remove_orphans, &o));
    *removed += o.removed;
    return STATUS_OK;
}

Status file_sweep(Ctx *cx, Store *s, const Files *f, int64_t *ret)
{
    Sweep sweep = { .files = f, .now = cx->now };
    int64_t before = -1;
    while (sweep.removed > before) { // batch by batch
        before = sweep.removed;
        TRY(store_write(cx, s, sweep_expired, &sweep));
    }
    Names folders = { 0 };
    if (os_exists(f->dir))
        TRY(os_list_dir(cx, cx->arena, f->dir, &folders));
    for (size_t i = 0; i < folders.len; i++)
        TRY(sweep_folder(cx, s, f, folders.ptr[i], &sweep.removed));
    *ret = sweep.removed;
    return STATUS_OK;
}
