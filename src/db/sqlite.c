// SQLite: opening, settings, statements. The writer's thread is in sqlite_writer.c.
#include "db/sqlite.h"

#include <errno.h>
#include <stdio.h>

enum {
    APPLICATION_ID = 0x47755869, // "GuXi" in the file's header
    OLDEST = 3038000,            // STRICT tables, ->> with a key
    BUSY_MS = 5000,
    OPS_PER_CHECK = 4000, // about 0.1 ms between two looks at the clock
};

// --- failures

// "UNIQUE constraint failed: customer.shop_id, customer.email": the last column, when there is one.
static void constraint_column(const char *message, Failure *ret)
{
    Str s = str_z(message);
    size_t dot = s.len;
    while (dot > 0 && s.ptr[dot - 1] != '.')
        dot--;
    Str column = str_sub(s, dot, s.len);
    if (dot == 0 || column.len == 0 || column.len >= sizeof(ret->field))
        return;
    for (size_t i = 0; i < column.len; i++)
        if (!ascii_is_alpha(column.ptr[i]) && !ascii_is_digit(column.ptr[i]) &&
            column.ptr[i] != '_')
            return;
    memcpy(ret->field, column.ptr, column.len);
}

static bool is_no_room(int os)
{
    return os == ENOSPC || os == EFBIG || os == EDQUOT;
}

// A quota or a limit of file size is to SQLite just an error of input and output. The connection's
// own errno is overwritten by the rollback; each file keeps its last one.
static bool no_room(sqlite3 *handle)
{
    static const int FILES[] = { SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER };
    bool full = is_no_room(sqlite3_system_errno(handle));
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        sqlite3_file *f = NULL;
        int os = 0;
        if (sqlite3_file_control(handle, "main", FILES[i], &f) == SQLITE_OK && f != NULL &&
            f->pMethods != NULL &&
            f->pMethods->xFileControl(f, SQLITE_FCNTL_LAST_ERRNO, &os) == SQLITE_OK)
            full = full || is_no_room(os);
    }
    return full;
}

static void constraint_failure(sqlite3 *handle, int rc, Failure *ret)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        ret->status = STATUS_CONFLICT;
        ret->code = "taken";
        constraint_column(sqlite3_errmsg(handle), ret);
        return;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_TRIGGER: // how SQLite reports ON DELETE RESTRICT
        ret->status = STATUS_CONFLICT;
        ret->code = "referenced";
        return;
    case SQLITE_CONSTRAINT_NOTNULL:
        ret->status = STATUS_INVALID;
        ret->code = "required";
        constraint_column(sqlite3_errmsg(handle), ret);
        return;
    }
    ret->status = STATUS_INVALID;
    ret->code = "constraint";
}

void sqlite_failure(sqlite3 *handle, int rc, Failure *ret)
{
    *ret = (Failure){ .status = STATUS_DB, .code = "db" };
    const char *message = handle == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(handle);
    (void)snprintf(ret->detail, sizeof(ret->detail), "%d: %s", rc, message);
    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT: constraint_failure(handle, rc, ret); break;
    case SQLITE_INTERRUPT:
        ret->status = STATUS_UNAVAILABLE;
        ret->code = "db.slow";
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        ret->status = STATUS_UNAVAILABLE;
        ret->code = "db.busy";
        break;
    case SQLITE_TOOBIG:
        ret->status = STATUS_TOO_LARGE;
        ret->code = "value.too_large";
        break;
    case SQLITE_READONLY: ret->code = "db.readonly"; break;
    case SQLITE_FULL:
        ret->status = STATUS_FULL;
        ret->code = "disk.full";
        break;
    case SQLITE_IOERR:
        if (handle != NULL && rc == SQLITE_IOERR_WRITE && no_room(handle)) {
            ret->status = STATUS_FULL;
            ret->code = "disk.full";
        }
        break;
    }
}

// --- opening

int sqlite_do(sqlite3 *handle, const char *text)
{
    return sqlite3_exec(handle, text, NULL, NULL, NULL);
}

int sqlite_harden(sqlite3 *handle, bool writer)
{
    sqlite3_extended_result_codes(handle, 1);
    // First of all: with many threads opening at once every other statement may meet a lock.
    int rc = sqlite3_busy_timeout(handle, BUSY_MS);
    static const struct {
        int what, value;
    } CONFIG[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
        { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    };
    for (size_t i = 0; rc == SQLITE_OK && i < ARRAY_LEN(CONFIG); i++)
        rc = sqlite3_db_config(handle, CONFIG[i].what, CONFIG[i].value, NULL);
    // Only the writer may checkpoint, see db.h.
    if (rc == SQLITE_OK && !writer)
        rc = sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    (void)sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024);
    (void)sqlite3_limit(handle, SQLITE_LIMIT_VARIABLE_NUMBER, 1000);
    (void)sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
    (void)sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 256 * 1024 * 1024);
    // VACUUM attaches the file it writes.
    (void)sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, writer ? 1 : 0);
    return rc;
}

static int progress(void *arg)
{
    const SqliteDb *db = arg;
    return db->deadline != 0 && os_monotonic_us() > db->deadline;
}

static int wal_grew(void *arg, sqlite3 *handle, const char *name, int pages)
{
    (void)handle, (void)name;
    ((SqliteDb *)arg)->wal_pages = pages;
    return SQLITE_OK;
}

static int setup(SqliteDb *db)
{
    int rc = sqlite_harden(db->handle, db->base.writer);
    if (rc == SQLITE_OK)
        rc = sqlite_do(db->handle, "PRAGMA cache_size=-16384; PRAGMA mmap_size=1073741824;"
                                   "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;"
                                   "PRAGMA journal_size_limit=67108864");
    if (rc == SQLITE_OK && !db->base.writer)
        rc = sqlite_do(db->handle, "PRAGMA query_only=ON");
    if (rc == SQLITE_OK && db->base.writer)
        rc = sqlite_do(db->handle, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    if (rc == SQLITE_OK)
        rc = sqlite_tokenizer(db->handle);
    if (db->base.writer)
        (void)sqlite3_wal_hook(db->handle, wal_grew, db);
    else if (db->base.store->read_limit_ms > 0)
        sqlite3_progress_handler(db->handle, OPS_PER_CHECK, progress, db);
    return rc;
}

static void drop_statement(Db *db, CacheEntry *e)
{
    (void)db;
    (void)sqlite3_finalize(e->handle);
}

Status sqlite_connect(Ctx *cx, Store *s, bool writer, Db **ret)
{
    SqliteDb *db = mem_alloc(sizeof(SqliteDb));
    db_init(&db->base, s, writer);
    db->base.cache.drop = drop_statement;
    // One thread at a time uses a connection, so SQLite's own locks are not needed.
    int flags = SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    int rc = sqlite3_open_v2(sqlite_store_of(s)->path, &db->handle, flags, NULL);
    if (rc == SQLITE_OK)
        rc = setup(db);
    if (rc != SQLITE_OK) {
        Failure f = { 0 };
        sqlite_failure(db->handle, rc, &f);
        Status status = db_report(cx, &db->base, &f);
        sqlite_disconnect(&db->base);
        return status;
    }
    *ret = &db->base;
    return STATUS_OK;
}

void sqlite_disconnect(Db *db)
{
    db_done(db);
    (void)sqlite3_close_v2(sqlite_of(db)->handle);
    mem_free(sqlite_of(db));
}

static int one_int(sqlite3 *handle, const char *text, int64_t *ret)
{
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(handle, text, -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    if (rc == SQLITE_ROW) {
        *ret = sqlite3_column_int64(st, 0);
        rc = SQLITE_OK;
    }
    (void)sqlite3_finalize(st);
    return rc;
}

// Looks before anything is changed: somebody else's database keeps its journal mode.
static Status check_ours(Ctx *cx, const char *path)
{
    sqlite3 *handle = NULL;
    int64_t id = 0, things = 0;
    int rc = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite_harden(handle, false);
    if (rc == SQLITE_OK)
        rc = one_int(handle, "PRAGMA application_id", &id);
    if (rc == SQLITE_OK)
        rc = one_int(handle, "SELECT count(*) FROM sqlite_schema", &things);
    (void)sqlite3_close_v2(handle);
    if (rc != SQLITE_OK && rc != SQLITE_NOTADB)
        return FAIL(cx, DB, "db", NULL, "The database file cannot be read.");
    if (rc == SQLITE_NOTADB || (id != APPLICATION_ID && (id != 0 || things > 0)))
        return FAIL(cx, INVALID, "store.foreign", NULL, "The file is not a Guanxi database.");
    return STATUS_OK;
}

static Status check_place(Ctx *cx, const StoreOptions *o)
{
    if (sqlite3_libversion_number() < OLDEST)
        return FAIL(cx, UNAVAILABLE, "store.sqlite_old", NULL, "SQLite %s is too old.",
                    sqlite3_libversion());
    if (!os_exists(o->path)) {
        if (!o->create)
            return FAIL(cx, NOT_FOUND, "store.missing", NULL, "There is no database at %s.",
                        o->path);
        // Made by us for its mode: log and shared memory inherit it.
        CLEANUP(file_cleanup) File *f = NULL;
        TRY(file_create(cx, o->path, 0600, &f));
        TRY(file_sync_close(cx, &f));
    }
    if (!os_is_local_disk(o->path))
        return FAIL(cx, INVALID, "store.network", NULL,
                    "The database must be on a local disk, not on a network file system.");
    return check_ours(cx, o->path);
}

static Status open_writer(Ctx *cx, SqliteStore *s)
{
    Db *db = NULL;
    TRY(sqlite_connect(cx, &s->base, true, &db));
    s->writer = sqlite_of(db);
    int rc =
        sqlite_do(s->writer->handle, "PRAGMA application_id=1198872681;"
                                     "CREATE TABLE IF NOT EXISTS sequence (name TEXT PRIMARY KEY,"
                                     " last INTEGER NOT NULL) STRICT, WITHOUT ROWID");
    if (rc == SQLITE_OK)
        return STATUS_OK;
    Failure f = { 0 };
    sqlite_failure(s->writer->handle, rc, &f);
    return db_report(cx, db, &f);
}

static void sqlite_close(Store *base)
{
    SqliteStore *s = sqlite_store_of(base);
    sqlite_writer_stop(s);
    store_done(base);
    if (s->writer != NULL)
        sqlite_disconnect(&s->writer->base);
    while (s->sequences != NULL) {
        Sequence *seq = s->sequences;
        s->sequences = seq->more;
        mem_free(seq);
    }
    mutex_done(&s->lock);
    cond_done(&s->work);
    mem_free(s->path);
    mem_free(s);
}

Status sqlite_open(Ctx *cx, const StoreOptions *o, Store **ret)
{
    _Static_assert(APPLICATION_ID == 1198872681, "the pragma in open_writer");
    TRY(check_place(cx, o));
    SqliteStore *s = mem_alloc(sizeof(SqliteStore));
    store_init(&s->base, &SQLITE_DRIVER, o);
    mutex_init(&s->lock);
    cond_init(&s->work);
    s->path = mem_alloc(strlen(o->path) + 1);
    memcpy(s->path, o->path, strlen(o->path));
    (void)snprintf(s->base.version, sizeof(s->base.version), "SQLite %s", sqlite3_libversion());
    Status status = open_writer(cx, s);
    if (status != STATUS_OK) {
        sqlite_close(&s->base);
        return status;
    }
    sqlite_writer_start(s);
    *ret = &s->base;
    return STATUS_OK;
}

// --- statements

static int prepare(Stmt *st, const Sql *q)
{
    Db *db = st->db;
    CacheEntry *e = cache_find(&db->cache, q, false);
    if (e != NULL && !e->busy) {
        st->entry = e;
        st->handle = e->handle;
        return SQLITE_OK;
    }
    sqlite3_stmt *handle = NULL;
    int rc = sqlite3_prepare_v3(sqlite_of(db)->handle, q->text.ptr, (int)q->text.len,
                                e == NULL ? SQLITE_PREPARE_PERSISTENT : 0, &handle, NULL);
    if (rc != SQLITE_OK)
        return rc;
    st->handle = handle;
    // The same text is being stepped already (a loop inside a loop): this one is not kept.
    if (e == NULL) {
        st->entry = cache_add(&db->cache, q, false);
        st->entry->handle = handle;
    }
    return SQLITE_OK;
}

static int bind_one(sqlite3_stmt *handle, int at, ParamKind kind, int64_t num, Str text,
                    sqlite3_destructor_type life)
{
    const char *ptr = text.ptr == NULL ? "" : text.ptr;
    switch (kind) {
    case PARAM_NULL: return sqlite3_bind_null(handle, at);
    case PARAM_INT: return sqlite3_bind_int64(handle, at, num);
    case PARAM_TEXT:
    case PARAM_JSON: return sqlite3_bind_text64(handle, at, ptr, text.len, life, SQLITE_UTF8);
    case PARAM_BLOB: return sqlite3_bind_blob64(handle, at, ptr, text.len, life);
    }
    return SQLITE_MISUSE;
}

static int bind_all(sqlite3_stmt *handle, const Sql *q)
{
    // A statement without rows is over before db_run returns; one with rows outlives the Sql.
    sqlite3_destructor_type life =
        sqlite3_column_count(handle) == 0 ? SQLITE_STATIC : SQLITE_TRANSIENT;
    int rc = SQLITE_OK;
    for (size_t i = 0; rc == SQLITE_OK && i < q->nparams; i++) {
        const Param *p = &q->params[i];
        rc = bind_one(handle, (int)i + 1, p->kind, p->num, p->text, life);
    }
    return rc;
}

static bool sqlite_step(Stmt *st)
{
    SqliteDb *db = sqlite_of(st->db);
    db->deadline = st->deadline;
    int rc = sqlite3_step(st->handle);
    if (rc == SQLITE_ROW)
        return true;
    st->done = true;
    if (rc != SQLITE_DONE)
        sqlite_failure(db->handle, rc, &st->failure);
    return false;
}

static void sqlite_run(Stmt *st, const Sql *q)
{
    SqliteDb *db = sqlite_of(st->db);
    int rc = prepare(st, q);
    if (rc == SQLITE_OK && st->handle == NULL)
        rc = SQLITE_MISUSE; // nothing but blanks or a comment
    if (rc == SQLITE_OK)
        rc = bind_all(st->handle, q);
    if (rc != SQLITE_OK) {
        sqlite_failure(db->handle, rc, &st->failure);
        return;
    }
    if (st->entry != NULL)
        st->entry->busy = true;
    st->columns = sqlite3_column_count(st->handle);
    if (!db->base.writer && db->base.store->read_limit_ms > 0)
        st->deadline = os_monotonic_us() + db->base.store->read_limit_ms * 1000;
    int64_t before = sqlite3_total_changes64(db->handle);
    st->waiting = sqlite_step(st);
    // A statement that changes nothing leaves the last one's figure standing.
    if (sqlite3_total_changes64(db->handle) != before)
        st->changed = sqlite3_changes64(db->handle);
}

static void sqlite_end(Stmt *st)
{
    if (st->handle == NULL)
        return;
    if (st->entry == NULL) {
        (void)sqlite3_finalize(st->handle);
        return;
    }
    (void)sqlite3_reset(st->handle);
    (void)sqlite3_clear_bindings(st->handle);
    st->entry->busy = false;
}

static bool sqlite_is_null(const Stmt *st, int col)
{
    return sqlite3_column_type(st->handle, col) == SQLITE_NULL;
}

static int64_t sqlite_number(const Stmt *st, int col)
{
    return sqlite3_column_int64(st->handle, col);
}

static Str sqlite_view(const Stmt *st, int col)
{
    const char *ptr = sqlite3_column_type(st->handle, col) == SQLITE_BLOB
                          ? sqlite3_column_blob(st->handle, col)
                          : (const char *)sqlite3_column_text(st->handle, col);
    return (Str){ ptr == NULL ? "" : ptr, (size_t)sqlite3_column_bytes(st->handle, col) };
}

static void sqlite_script(Db *db, Str text, Failure *ret)
{
    sqlite3 *handle = sqlite_of(db)->handle;
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(handle, text.ptr, (int)text.len, &st, NULL);
    while (rc == SQLITE_OK || rc == SQLITE_ROW)
        rc = st == NULL ? SQLITE_DONE : sqlite3_step(st);
    if (rc != SQLITE_DONE)
        sqlite_failure(handle, rc, ret);
    (void)sqlite3_finalize(st);
}

// --- bulk

static void sqlite_bulk_open(Bulk *b, SqlText table, SqlText columns)
{
    Sql *q = sql_new(&b->arena, b->db);
    sql_add(q, SQL("INSERT INTO "));
    sql_add(q, table);
    sql_add(q, SQL(" ("));
    sql_add(q, columns);
    sql_add(q, SQL(") VALUES ("));
    for (int i = 0; i < b->columns; i++)
        sql_add(q, i == 0 ? SQL("?") : SQL(", ?"));
    sql_add(q, SQL(")"));
    b->st = arena_new(&b->arena, Stmt);
    b->st->db = b->db;
    int rc = prepare(b->st, q);
    if (rc != SQLITE_OK) {
        sqlite_failure(sqlite_of(b->db)->handle, rc, &b->failure);
        return;
    }
    if (b->st->entry != NULL)
        b->st->entry->busy = true;
}

static void sqlite_bulk_value(Bulk *b, ParamKind kind, int64_t num, Str text)
{
    int rc = bind_one(b->st->handle, b->at + 1, kind, num, text, SQLITE_TRANSIENT);
    if (rc != SQLITE_OK)
        sqlite_failure(sqlite_of(b->db)->handle, rc, &b->failure);
}

static void sqlite_bulk_row(Bulk *b)
{
    int rc = sqlite3_step(b->st->handle);
    if (rc != SQLITE_DONE)
        sqlite_failure(sqlite_of(b->db)->handle, rc, &b->failure);
    (void)sqlite3_reset(b->st->handle);
}

static void sqlite_bulk_end(Bulk *b, bool keep)
{
    (void)keep; // the caller's savepoint takes the rows back
    sqlite_end(b->st);
}

static Status sqlite_migrate_lock(Ctx *cx, Store *s, Db **ret)
{
    (void)cx, (void)s, (void)ret; // one process holds the file
    return STATUS_OK;
}

const Driver SQLITE_DRIVER = {
    .dialect = DIALECT_SQLITE,
    .close = sqlite_close,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .write = sqlite_write,
    .submit = sqlite_submit,
    .wait = sqlite_wait,
    .run = sqlite_run,
    .step = sqlite_step,
    .end = sqlite_end,
    .is_null = sqlite_is_null,
    .number = sqlite_number,
    .view = sqlite_view,
    .script = sqlite_script,
    .next_ids = sqlite_next_ids,
    .bulk_open = sqlite_bulk_open,
    .bulk_value = sqlite_bulk_value,
    .bulk_row = sqlite_bulk_row,
    .bulk_end = sqlite_bulk_end,
    .migrate_lock = sqlite_migrate_lock,
};
