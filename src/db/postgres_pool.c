// PostgreSQL: connections and the store around them.
#include "db/postgres.h"

#include <stdio.h>

enum { OLDEST = 130000, WRITERS_LEAST = 8 };

static void notice(void *arg, const PGresult *res)
{
    (void)arg;
    const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
    LOG(LOG_DEBUG, "postgres notice", { "text", LOG_Z(text == NULL ? "" : text) });
}

static PGconn *dial(const char *url)
{
    // What stands in the address wins over what stands before it.
    const char *const names[] = { "connect_timeout", "keepalives_idle",           "dbname",
                                  "client_encoding", "fallback_application_name", NULL };
    const char *const values[] = { "5", "30", url, "UTF8", "guanxi", NULL };
    PGconn *conn = PQconnectdbParams(names, values, 1);
    if (conn != NULL)
        (void)PQsetNoticeReceiver(conn, notice, NULL);
    return conn;
}

static bool settle(PgDb *db, Failure *ret)
{
    static const char COMMON[] =
        "SET standard_conforming_strings = on; SET bytea_output = hex; SET timezone = 'UTC';"
        "SET idle_in_transaction_session_timeout = 0; SET jit = off;";
    char text[512];
    int64_t limit = db->base.writer ? 0 : db->base.store->read_limit_ms;
    (void)snprintf(text, sizeof(text),
                   "%s SET statement_timeout = %lld; SET lock_timeout = '30s';"
                   " SET default_transaction_read_only = %s",
                   COMMON, (long long)limit, db->base.writer ? "off" : "on");
    if (PQstatus(db->conn) != CONNECTION_OK) {
        pg_failure(db->conn, NULL, ret);
        return false;
    }
    return pg_do(db, text, ret);
}

Status pg_connect(Ctx *cx, Store *s, bool writer, Db **ret)
{
    PgDb *db = mem_alloc(sizeof(PgDb));
    db_init(&db->base, s, writer);
    db->base.cache.drop = pg_drop_statement;
    db->conn = dial(pg_store_of(s)->url);
    Failure f = { 0 };
    if (!settle(db, &f)) {
        Status status = db_report(cx, &db->base, &f);
        pg_disconnect(&db->base);
        return status;
    }
    *ret = &db->base;
    return STATUS_OK;
}

void pg_disconnect(Db *db)
{
    pg_of(db)->ending = true;
    PQfinish(pg_of(db)->conn);
    pg_of(db)->conn = NULL;
    db_done(db);
    mem_free(pg_of(db));
}

bool pg_reconnect(PgDb *db)
{
    Failure f = { 0 };
    PQfinish(db->conn);
    db->streaming = NULL;
    db->ending = true;
    cache_clear(&db->base.cache);
    db->ending = false;
    db->conn = dial(pg_store_of(db->base.store)->url);
    return settle(db, &f);
}

// --- opening

static Status check_server(Ctx *cx, PgStore *s, PgDb *db)
{
    const char *version = PQparameterStatus(db->conn, "server_version");
    const char *encoding = PQparameterStatus(db->conn, "server_encoding");
    Str number = str_z(version == NULL ? "" : version);
    number.len = str_find_char(number, ' ', 0);
    (void)snprintf(s->base.version, sizeof(s->base.version), "PostgreSQL " STR_FMT,
                   STR_ARG(number));
    if (PQserverVersion(db->conn) < OLDEST)
        return FAIL(cx, UNAVAILABLE, "store.postgres_old", NULL, "%s is too old.", s->base.version);
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
        return FAIL(cx, INVALID, "store.encoding", NULL,
                    "The database must be made with encoding UTF8.");
    Sql *q = sql_new(cx->arena, &db->base);
    sql_add(q, SQL("SELECT count(*) FROM pg_database WHERE datname = current_database()"
                   " AND datcollate IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8')"));
    int64_t by_bytes = 0;
    TRY(db_int(cx, &db->base, q, &by_bytes));
    if (by_bytes == 0)
        LOG(LOG_WARN, "text sorts by the database's locale; make it with LC_COLLATE 'C'",
            { "version", LOG_Z(s->base.version) });
    return STATUS_OK;
}

static void pg_close(Store *base)
{
    PgStore *s = pg_store_of(base);
    pg_listen_stop(s);
    pool_close(base, &s->writers);
    cond_done(&s->writers.freed);
    store_done(base);
    while (s->sequences != NULL) {
        PgSequence *seq = s->sequences;
        s->sequences = seq->more;
        mem_free(seq);
    }
    mutex_done(&s->gate);
    cond_done(&s->gate_moved);
    mutex_done(&s->ids_lock);
    mem_free(s->url);
    mem_free(s);
}

Status postgres_open(Ctx *cx, const StoreOptions *o, Store **ret)
{
    PgStore *s = mem_alloc(sizeof(PgStore));
    store_init(&s->base, &POSTGRES_DRIVER, o);
    // More than the cores: a commit waits for the disk, and the server syncs many in one.
    s->writers.most = s->base.readers.most > WRITERS_LEAST ? s->base.readers.most : WRITERS_LEAST;
    cond_init(&s->writers.freed);
    mutex_init(&s->gate);
    cond_init(&s->gate_moved);
    mutex_init(&s->ids_lock);
    s->url = mem_alloc(strlen(o->url) + 1);
    memcpy(s->url, o->url, strlen(o->url));
    s->number = os_random_u64();
    (void)snprintf(s->self, sizeof(s->self), "%016llx", s->number);
    Db *db = NULL;
    Status status = pool_take(cx, &s->base, &s->base.readers, false, &db);
    if (status == STATUS_OK) {
        status = check_server(cx, s, pg_of(db));
        db_release(&db);
    }
    if (status != STATUS_OK) {
        pg_close(&s->base);
        return status;
    }
    pg_listen_start(s);
    *ret = &s->base;
    return STATUS_OK;
}

Status pg_lock(Ctx *cx, Store *s, PgLock lock, Db **ret)
{
    Db *db = NULL;
    TRY(pg_connect(cx, s, true, &db));
    Failure f = { 0 };
    char text[96];
    (void)snprintf(text, sizeof(text), "SET lock_timeout = 0; SELECT pg_advisory_lock(%d)",
                   (int)lock);
    if (!pg_do(pg_of(db), text, &f)) {
        Status status = db_report(cx, db, &f);
        pg_disconnect(db);
        return status;
    }
    *ret = db;
    return STATUS_OK;
}

static Status pg_migrate_lock(Ctx *cx, Store *s, Db **ret)
{
    return pg_lock(cx, s, PG_LOCK_MIGRATE, ret);
}

const Driver POSTGRES_DRIVER = {
    .dialect = DIALECT_POSTGRES,
    .close = pg_close,
    .connect = pg_connect,
    .disconnect = pg_disconnect,
    .write = pg_write,
    .submit = pg_submit,
    .wait = pg_wait,
    .run = pg_run,
    .step = pg_step,
    .end = pg_end,
    .is_null = pg_is_null,
    .number = pg_number,
    .view = pg_view,
    .script = pg_script,
    .next_ids = pg_next_ids,
    .bulk_open = pg_bulk_open,
    .bulk_value = pg_bulk_value,
    .bulk_row = pg_bulk_row,
    .bulk_end = pg_bulk_end,
    .migrate_lock = pg_migrate_lock,
};
