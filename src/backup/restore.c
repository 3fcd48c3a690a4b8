// Proving and restoring are one thing: a restore that is thrown away is the proof.
#include "backup/backup_internal.h"

#include <inttypes.h>

static Status make_folders(Ctx *cx, const char *to, Str path)
{
    for (size_t at = str_find_char(path, '/', 0); at < path.len;
         at = str_find_char(path, '/', at + 1))
        TRY(os_make_dir(
            cx, arena_fmt(cx->arena, "%s/" STR_FMT, to, STR_ARG(str_sub(path, 0, at))).ptr, 0700));
    return STATUS_OK;
}

// What is in the folder but not in the list does no harm, but tells that somebody was there.
static Status no_strangers(Ctx *cx, const char *dir, const Manifest *m)
{
    Names names = { 0 };
    size_t beside = 3; // manifest.json, manifest.mac, files.jsonl
    TRY(os_list_dir(cx, cx->arena, dir, &names));
    if (names.len != m->parts.len + beside)
        return broken(cx, S("the folder holds other files than the list says"));
    return STATUS_OK;
}

static Status unseal_all(Ctx *cx, const BackupSource *s, const char *dir, const char *to,
                         Manifest *m)
{
    uint8_t key[KEY_BYTES];
    keyring_derive(s->keys, "backup", key);
    Status status = manifest_read(cx, key, dir, m);
    if (status == STATUS_OK)
        status = no_strangers(cx, dir, m);
    if (status == STATUS_OK)
        status = os_make_dir(cx, to, 0700);
    int64_t done = 0;
    for (size_t i = 0; status == STATUS_OK && i < m->parts.len; i++) {
        const Part *p = &m->parts.ptr[i];
        const char *from = arena_fmt(cx->arena, "%s/" STR_FMT, dir, STR_ARG(p->name)).ptr;
        status = make_folders(cx, to, p->path);
        if (status == STATUS_OK)
            status = unseal_file(cx, key, from,
                                 arena_fmt(cx->arena, "%s/" STR_FMT, to, STR_ARG(p->path)).ptr, p);
        done += p->plain;
        if (status == STATUS_OK && s->progress != NULL)
            status = s->progress(s->arg, done, done);
    }
    wipe(key, sizeof(key));
    return status;
}

// The data keys must open with our master: without them every sealed value would be lost.
static Status check_keys(Ctx *cx, const BackupSource *s, Store *store)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, store, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, wrapped FROM data_key ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    Status status = STATUS_OK;
    while (status == STATUS_OK && stmt_next(st))
        status = keyring_opens(s->keys, (uint32_t)stmt_int(st, 0), stmt_blob(st, 1, cx->arena))
                     ? STATUS_OK
                     : FAIL(cx, UNAVAILABLE, "key.wrong", NULL,
                            "a data key of the backup does not open");
    TRY(status);
    return stmt_end(cx, &st);
}

static Status compare(Ctx *cx, const Manifest *want, const Manifest *got)
{
    if (want->schema != got->schema || want->change != got->change ||
        !str_eq(want->change_hash, got->change_hash))
        return broken(cx, S("the store is not the one that the manifest speaks of"));
    for (size_t i = 0; i < got->counts.len; i++)
        for (size_t k = 0; k < want->counts.len; k++)
            if (str_eq(got->counts.ptr[i].table, want->counts.ptr[k].table) &&
                got->counts.ptr[i].rows != want->counts.ptr[k].rows)
                return broken(cx, arena_fmt(cx->arena,
                                            "table " STR_FMT " has %" PRId64
                                            " rows instead of %" PRId64,
                                            STR_ARG(got->counts.ptr[i].table),
                                            got->counts.ptr[i].rows, want->counts.ptr[k].rows));
    return STATUS_OK;
}

static Status check_store(Ctx *cx, const BackupSource *s, const char *data, const Manifest *m)
{
    StoreOptions o = { .path = arena_fmt(cx->arena, "%s/" STORE_PATH, data).ptr, .readers = 1 };
    Store *store = NULL;
    Manifest got = { 0 };
    int64_t rows = 0;
    TRY(store_open(cx, &o, &store));
    Status status = store_integrity(cx, store, true);
    if (status == STATUS_OK)
        status = check_keys(cx, s, store);
    if (status == STATUS_OK)
        status = change_verify(cx, store, &rows);
    if (status == STATUS_OK)
        status = manifest_count(cx, s, store, &got);
    store_close(&store);
    TRY(status);
    return compare(cx, m, &got);
}

static Status restore_to(Ctx *cx, const BackupSource *s, const char *dir, const char *to,
                         Manifest *m)
{
    TRY(unseal_all(cx, s, dir, to, m));
    return check_store(cx, s, to, m);
}

static Str last_name(Str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/')
            return str_sub(path, i, path.len);
    return path;
}

Status backup_verify(Ctx *cx, const BackupSource *s, const char *dir, const char *temp,
                     BackupFacts *ret)
{
    if (os_exists(temp))
        return FAIL(cx, CONFLICT, "restore.used", NULL, "%s exists already", temp);
    Manifest m = { 0 };
    Status status = restore_to(cx, s, dir, temp, &m);
    Err *errors = cx->errors;
    if (os_remove_tree(cx, temp) != STATUS_OK && status != STATUS_OK)
        cx->errors = errors;
    TRY(status);
    *ret = manifest_facts(cx->arena, last_name(str_z(dir)), &m);
    return STATUS_OK;
}

static Status require_empty(Ctx *cx, const char *data)
{
    Names names = { 0 };
    if (!os_exists(data))
        return STATUS_OK;
    TRY(os_list_dir(cx, cx->arena, data, &names));
    if (names.len > 0)
        return FAIL(cx, CONFLICT, "restore.used", NULL,
                    "%s is not empty; a backup is restored to a new place only", data);
    return STATUS_OK;
}

Status backup_restore(Ctx *cx, const BackupSource *s, const char *dir, const char *data,
                      BackupFacts *ret)
{
    Manifest m = { 0 };
    TRY(require_empty(cx, data));
    // Beside the target, so that it appears at once and proven.
    const char *part = arena_fmt(cx->arena, "%s.part", data).ptr;
    TRY(os_remove_tree(cx, part));
    Status status = restore_to(cx, s, dir, part, &m);
    if (status == STATUS_OK)
        status = os_rename(cx, part, data);
    if (status != STATUS_OK) {
        Err *errors = cx->errors;
        if (os_remove_tree(cx, part) != STATUS_OK)
            cx->errors = errors;
        return status;
    }
    *ret = manifest_facts(cx->arena, last_name(str_z(dir)), &m);
    return STATUS_OK;
}
