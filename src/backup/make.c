// Making backups, and knowing which there are.
#include "backup/backup_internal.h"

#include <inttypes.h>

typedef struct Making {
    const BackupSource *source;
    uint8_t key[KEY_BYTES];
    const char *dir; // <name>.part
    Manifest manifest;
    int64_t done, total;
} Making;

static Status moved(void *arg, int64_t bytes)
{
    Making *m = arg;
    m->done += bytes;
    return m->source->progress == NULL ? STATUS_OK
                                       : m->source->progress(m->source->arg, m->done, m->total);
}

static int64_t size_of(Ctx *cx, const char *path)
{
    unsigned mode = 0;
    int64_t size = 0;
    Err *errors = cx->errors;
    if (os_file_mode(cx, path, &mode, &size) != STATUS_OK)
        size = -1;
    cx->errors = errors;
    return size;
}

static Status add_file(Ctx *cx, Making *m, const char *from, Str path)
{
    Part part = { .path = path };
    part.name = arena_fmt(cx->arena, "%06zu.sealed", m->manifest.parts.len + 1);
    const char *to = arena_fmt(cx->arena, "%s/" STR_FMT, m->dir, STR_ARG(part.name)).ptr;
    TRY(seal_file(cx, m->key, from, to, &part, moved, m));
    *vec_add(cx->arena, &m->manifest.parts) = part;
    return STATUS_OK;
}

// The copy is opened once to be counted: what the manifest says is true of the copy, not of the
// store, which has moved on.
static Status count_copy(Ctx *cx, Making *m, const char *copy)
{
    StoreOptions o = { .path = copy, .readers = 1 };
    Store *store = NULL;
    TRY(store_open(cx, &o, &store));
    Status s = manifest_count(cx, m->source, store, &m->manifest);
    store_close(&store);
    return s;
}

static Status add_store(Ctx *cx, Making *m)
{
    const char *copy = arena_fmt(cx->arena, "%s/copy.db", m->dir).ptr;
    TRY(store_backup(cx, m->source->store, copy));
    TRY(count_copy(cx, m, copy));
    m->total += size_of(cx, copy);
    TRY(add_file(cx, m, copy, S(STORE_PATH)));
    // Closing the store may have left a log beside it.
    static const char *const ENDS[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < ARRAY_LEN(ENDS); i++) {
        const char *path = arena_fmt(cx->arena, "%s%s", copy, ENDS[i]).ptr;
        if (os_exists(path))
            TRY(os_remove(cx, path));
    }
    return STATUS_OK;
}

// After the store: every file that a row of the copy names was there before. One that has expired
// meanwhile is passed over.
static Status add_folder(Ctx *cx, Making *m, Str folder)
{
    Names names = { 0 };
    const char *dir =
        arena_fmt(cx->arena, "%s/" STR_FMT, m->source->files_dir, STR_ARG(folder)).ptr;
    TRY(os_list_dir(cx, cx->arena, dir, &names));
    for (size_t i = 0; i < names.len; i++) {
        const char *from = arena_fmt(cx->arena, "%s/" STR_FMT, dir, STR_ARG(names.ptr[i])).ptr;
        int64_t size = size_of(cx, from);
        if (size < 0)
            continue;
        m->total += size;
        TRY(add_file(cx, m, from,
                     arena_fmt(cx->arena, "files/" STR_FMT "/" STR_FMT, STR_ARG(folder),
                               STR_ARG(names.ptr[i]))));
    }
    return STATUS_OK;
}

static Status add_files(Ctx *cx, Making *m)
{
    Names folders = { 0 };
    if (m->source->files_dir == NULL || !os_exists(m->source->files_dir))
        return STATUS_OK;
    TRY(os_list_dir(cx, cx->arena, m->source->files_dir, &folders));
    for (size_t i = 0; i < folders.len; i++)
        TRY(add_folder(cx, m, folders.ptr[i]));
    return STATUS_OK;
}

static Status make_parts(Ctx *cx, Making *m)
{
    TRY(add_store(cx, m));
    TRY(add_files(cx, m));
    m->manifest.files = (int64_t)m->manifest.parts.len;
    for (size_t i = 0; i < m->manifest.parts.len; i++)
        m->manifest.bytes += m->manifest.parts.ptr[i].size;
    return manifest_write(cx, m->key, m->dir, &m->manifest);
}

static Str name_of(Ctx *cx, const char *folder)
{
    Clock c = instant_to_clock(cx->now);
    Str name = arena_fmt(cx->arena, "%04d%02d%02dT%02d%02d%02dZ", c.date.year, c.date.month,
                         c.date.day, c.hour, c.minute, c.second);
    for (int i = 2; os_exists(arena_fmt(cx->arena, "%s/" STR_FMT, folder, STR_ARG(name)).ptr); i++)
        name = arena_fmt(cx->arena, STR_FMT "-%d", STR_ARG(str_sub(name, 0, 16)), i);
    return name;
}

static Status remove_leftovers(Ctx *cx, const char *folder)
{
    Names names = { 0 };
    TRY(os_list_dir(cx, cx->arena, folder, &names));
    for (size_t i = 0; i < names.len; i++)
        if (names.ptr[i].ptr[0] == '2' && str_ends(names.ptr[i], S(".part")))
            TRY(os_remove_tree(
                cx, arena_fmt(cx->arena, "%s/" STR_FMT, folder, STR_ARG(names.ptr[i])).ptr));
    return STATUS_OK;
}

Status backup_make(Ctx *cx, const BackupSource *s, const char *folder, BackupFacts *ret)
{
    if (store_dialect(s->store) != DIALECT_SQLITE)
        return FAIL(cx, INVALID, "backup.postgres", NULL,
                    "Back up PostgreSQL with its own tools (pg_dump, pg_basebackup).");
    Making m = { .source = s,
                 .manifest = { .program = str_z(GUANXI_VERSION), .created = cx->now.ms } };
    TRY(os_make_dir(cx, folder, 0700));
    TRY(remove_leftovers(cx, folder));
    Str name = name_of(cx, folder);
    const char *whole = arena_fmt(cx->arena, "%s/" STR_FMT, folder, STR_ARG(name)).ptr;
    m.dir = arena_fmt(cx->arena, "%s.part", whole).ptr;
    TRY(os_make_dir(cx, m.dir, 0700));
    keyring_derive(s->keys, "backup", m.key);
    m.manifest.key = key_mark(cx->arena, m.key);
    Status status = make_parts(cx, &m);
    wipe(m.key, sizeof(m.key));
    if (status == STATUS_OK)
        status = os_rename(cx, m.dir, whole);
    if (status != STATUS_OK) {
        Err *errors = cx->errors;
        if (os_remove_tree(cx, m.dir) != STATUS_OK)
            cx->errors = errors; // why it failed, not what could not be tidied up
        return status;
    }
    *ret = manifest_facts(cx->arena, name, &m.manifest);
    return STATUS_OK;
}

static bool is_backup_name(Str name)
{
    return name.len >= 16 && name.ptr[0] == '2' && name.ptr[8] == 'T' && name.ptr[15] == 'Z' &&
           !str_ends(name, S(".part"));
}

Status backup_list(Ctx *cx, const char *folder, BackupList *ret)
{
    Names names = { 0 };
    *ret = (BackupList){ 0 };
    if (!os_exists(folder))
        return STATUS_OK;
    TRY(os_list_dir(cx, cx->arena, folder, &names));
    ret->ptr = arena_array(cx->arena, BackupFacts, names.len + 1);
    for (size_t i = 0; i < names.len; i++) {
        Manifest m = { 0 };
        Err *errors = cx->errors;
        const char *dir = arena_fmt(cx->arena, "%s/" STR_FMT, folder, STR_ARG(names.ptr[i])).ptr;
        if (is_backup_name(names.ptr[i]) && manifest_read(cx, NULL, dir, &m) == STATUS_OK)
            ret->ptr[ret->len++] = manifest_facts(cx->arena, names.ptr[i], &m);
        cx->errors = errors;
    }
    return STATUS_OK;
}

Status backup_prune(Ctx *cx, const char *folder, int64_t keep, int64_t *ret_removed)
{
    BackupList list = { 0 };
    TRY(backup_list(cx, folder, &list));
    *ret_removed = 0;
    for (size_t i = 0; (int64_t)(list.len - i) > keep; i++) {
        TRY(os_remove_tree(
            cx, arena_fmt(cx->arena, "%s/" STR_FMT, folder, STR_ARG(list.ptr[i].name)).ptr));
        ++*ret_removed;
    }
    return STATUS_OK;
}
