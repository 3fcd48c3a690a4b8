// The PostgreSQL side of db/.
#ifndef GUANXI_DB_POSTGRES_H
#define GUANXI_DB_POSTGRES_H

#include "db/driver.h"

#include <libpq-fe.h>

typedef struct PgDb {
    Db base;
    PGconn *conn;
    Stmt *streaming; // the statement whose rows are still on the way
    uint64_t names;  // prepared so far
    bool ending;     // the session is over: no more commands
} PgDb;

// Ids of one table reserved for this process.
typedef struct PgSequence {
    struct PgSequence *more;
    const char *name;
    int64_t next, end;
} PgSequence;

typedef struct PgStore {
    Store base;
    char *url;
    unsigned long long number; // this store in notifications
    char self[24];             // the same as text
    Pool writers;
    // Attempts that failed again and again run alone in this server.
    Mutex gate;
    Cond gate_moved;
    int inside, waiting_alone;
    bool alone;
    Mutex ids_lock;
    PgSequence *sequences;
    Thread *listener;
    int wake; // eventfd: commits to tell, or the end
    _Atomic bool closing, to_tell;
} PgStore;

// Advisory locks shared by all servers on one database.
typedef enum PgLock { PG_LOCK_MIGRATE = 0x47755801, PG_LOCK_SEQUENCE } PgLock;

static inline PgDb *pg_of(Db *db)
{
    return (PgDb *)db;
}

static inline PgStore *pg_store_of(Store *s)
{
    return (PgStore *)s;
}

// From a result (NULL: from the connection) and releases the result.
void pg_failure(PGconn *conn, PGresult *res, Failure *ret);
// One command without parameters and rows.
bool pg_do(PgDb *db, const char *text, Failure *ret);
void pg_drain(PgDb *db); // rows still on the way go into their statement's memory
Status pg_connect(Ctx *cx, Store *s, bool writer, Db **ret) MUST_USE;
void pg_disconnect(Db *db);
bool pg_reconnect(PgDb *db);
// A session that holds the lock until it is disconnected.
Status pg_lock(Ctx *cx, Store *s, PgLock lock, Db **ret) MUST_USE;

// Statements.
void pg_run(Stmt *st, const Sql *q);
bool pg_step(Stmt *st);
void pg_end(Stmt *st);
bool pg_is_null(const Stmt *st, int col);
int64_t pg_number(const Stmt *st, int col);
Str pg_view(const Stmt *st, int col);
void pg_drop_statement(Db *db, CacheEntry *e);
void pg_script(Db *db, Str text, Failure *ret);
void pg_bulk_open(Bulk *b, SqlText table, SqlText columns);
void pg_bulk_value(Bulk *b, ParamKind kind, int64_t num, Str text);
void pg_bulk_row(Bulk *b);
void pg_bulk_end(Bulk *b, bool keep);

// Writing.
Status pg_write(Ctx *cx, Store *s, WriteFn fn, void *arg) MUST_USE;
Ticket *pg_submit(Ctx *cx, Store *s, WriteFn fn, void *arg);
Status pg_wait(Ticket **t) MUST_USE;
Status pg_next_ids(Ctx *cx, Db *db, SqlText table, int64_t n, int64_t *ret) MUST_USE;

// Commits of this server and of others, told to each other.
void pg_listen_start(PgStore *s);
void pg_listen_stop(PgStore *s);
void pg_tell(PgStore *s);

#endif
