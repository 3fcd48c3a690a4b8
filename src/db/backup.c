// Copies and checks of a SQLite store. A copy is taken in one step from a connection of its own:
// writers go on meanwhile, and a copy in several steps would start over at each commit.
#include "db/sqlite.h"

static Status damaged(Ctx *cx)
{
    return FAIL(cx, DB, "store.damaged", NULL, "The database is damaged.");
}

// The first cell of the first row is "ok"; or there is no row at all.
static int says_ok(sqlite3 *handle, const char *text, bool *ret)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(handle, text, -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    *ret = rc == SQLITE_DONE || (rc == SQLITE_ROW && sqlite3_column_type(st, 0) == SQLITE_TEXT &&
                                 strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0);
    (void)sqlite3_finalize(st);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int copy(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL)
        return sqlite3_errcode(to);
    int rc = sqlite3_backup_step(backup, -1);
    int end = sqlite3_backup_finish(backup);
    return rc == SQLITE_DONE ? end : rc;
}

static Status copy_checked(Ctx *cx, Db *from, const char *to)
{
    sqlite3 *handle = NULL;
    int rc = sqlite3_open_v2(to, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite_harden(handle, true);
    if (rc == SQLITE_OK)
        rc = sqlite_tokenizer(handle);
    if (rc == SQLITE_OK)
        rc = copy(sqlite_of(from)->handle, handle);
    // One file that can be carried away: no log beside it.
    if (rc == SQLITE_OK)
        rc = sqlite_do(handle, "PRAGMA journal_mode=DELETE");
    bool fine = false;
    if (rc == SQLITE_OK)
        rc = says_ok(handle, "PRAGMA quick_check(1)", &fine);
    Status status = STATUS_OK;
    if (rc != SQLITE_OK) {
        Failure f = { 0 };
        sqlite_failure(handle, rc, &f);
        status = db_report(cx, from, &f);
    } else if (!fine) {
        status = damaged(cx);
    }
    (void)sqlite3_close_v2(handle);
    return status;
}

static Status copy_to(Ctx *cx, Store *s, const char *part)
{
    // Ours from the start: its mode must not depend on the umask.
    CLEANUP(file_cleanup) File *f = NULL;
    TRY(file_create(cx, part, 0600, &f));
    TRY(file_sync_close(cx, &f));
    Db *from = NULL;
    TRY(sqlite_connect(cx, s, false, &from));
    Status status = copy_checked(cx, from, part);
    sqlite_disconnect(from);
    return status;
}

Status store_backup(Ctx *cx, Store *s, const char *to)
{
    if (store_dialect(s) != DIALECT_SQLITE)
        return FAIL(cx, INVALID, "backup.postgres", NULL,
                    "Back up PostgreSQL with its own tools (pg_dump, pg_basebackup).");
    const char *part = arena_fmt(cx->arena, "%s.part", to).ptr;
    Status status = copy_to(cx, s, part);
    if (status != STATUS_OK) {
        Err *errors = cx->errors;
        if (os_remove(cx, part) != STATUS_OK)
            cx->errors = errors; // why the copy failed, not that there was nothing to remove
        return status;
    }
    return os_rename(cx, part, to);
}

Status store_integrity(Ctx *cx, Store *s, bool thorough)
{
    if (store_dialect(s) != DIALECT_SQLITE) {
        CLEANUP(db_release) Db *db = NULL;
        return store_read(cx, s, &db); // the server looks after its own files
    }
    Db *db = NULL;
    TRY(sqlite_connect(cx, s, false, &db));
    bool whole = false, keys = false;
    int rc = says_ok(sqlite_of(db)->handle,
                     thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)", &whole);
    if (rc == SQLITE_OK)
        rc = says_ok(sqlite_of(db)->handle, "PRAGMA foreign_key_check", &keys);
    sqlite_disconnect(db);
    return rc == SQLITE_OK && whole && keys ? STATUS_OK : damaged(cx);
}
