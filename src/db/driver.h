// What the two databases have in common inside db/, and the table of functions that keeps them
// apart. Not for other folders.
#ifndef GUANXI_DB_DRIVER_H
#define GUANXI_DB_DRIVER_H

#include "db/cache.h"
#include "db/db.h"
#include "os/os.h"

// A failed statement in our words; the driver's own words go to the log only.
typedef struct Failure {
    Status status; // STATUS_OK: none
    const char *code;
    char field[64];   // the column of a violated constraint, when it is a plain name
    bool again;       // serialization failure, deadlock, connection lost before the commit
    bool lost;        // the connection is gone
    char detail[256]; // for the debug log
} Failure;

typedef struct Driver Driver;

struct Db {
    Store *store;
    const Driver *driver;
    bool writer;
    bool in_fn;    // inside a WriteFn
    bool broken;   // not to be used again
    bool again;    // a failure of this transaction that a repetition may cure
    bool notify;   // store_notify was called in this transaction
    Status failed; // the first failure inside this transaction; nothing runs after it
    void *pending;
    Status (*before_commit)(Ctx *cx, Db *db, void *state);
    int64_t statements;
    Stmt *open;  // statements not yet ended
    Stmt *spare; // ended ones, kept for the next
    Bulk *bulk;
    Db *next; // in the list of idle connections
    uint64_t generation;
    Cache cache;
};

struct Stmt {
    Db *db;
    Stmt *next, *prev; // in db->open
    CacheEntry *entry;
    void *handle;  // sqlite3_stmt * or the PGresult * of the current row
    void **queued; // PostgreSQL: rows fetched before another statement needed the connection
    size_t nqueued, queue_at, queue_cap;
    int columns;
    bool waiting; // the first row has been fetched by db_run already
    bool done;
    int64_t changed;
    int64_t deadline; // os_monotonic_us; 0: none
    Failure failure;
    Arena *row; // what stmt_view decoded for the current row
};

struct Ticket {
    Ticket *next;
    Store *store;
    Ctx *cx;
    WriteFn fn;
    void *arg;
    Status status;
    bool outside; // SQLite: run between the batches, in no transaction
    bool pending; // the write had pending state
    bool done;
    Cond finished;
    Thread *thread; // PostgreSQL
};

typedef struct Pool {
    Db *idle;
    int opened, most;
    Cond freed;
} Pool;

struct Store {
    const Driver *driver;
    char version[64];
    int64_t read_limit_ms;
    uint64_t generation; // raised by migrations: older PostgreSQL connections are not reused
    Mutex lock;
    Pool readers;
    void (*on_commit)(void *arg);
    void *on_commit_arg;
};

struct Bulk {
    Db *db;
    int columns, at;
    Stmt *st; // SQLite
    Buf line; // PostgreSQL
    Arena arena;
    Failure failure;
    bool told; // the failure is in the caller's context already
};

struct Driver {
    Dialect dialect;
    void (*close)(Store *s); // readers are closed already
    Status (*connect)(Ctx *cx, Store *s, bool writer, Db **ret);
    void (*disconnect)(Db *db);
    Status (*write)(Ctx *cx, Store *s, WriteFn fn, void *arg);
    Ticket *(*submit)(Ctx *cx, Store *s, WriteFn fn, void *arg);
    Status (*wait)(Ticket **t);

    // Runs the statement and fetches its first row. Failures are left in st->failure.
    void (*run)(Stmt *st, const Sql *q);
    bool (*step)(Stmt *st); // false at the end or on failure
    void (*end)(Stmt *st);
    bool (*is_null)(const Stmt *st, int col);
    int64_t (*number)(const Stmt *st, int col);
    Str (*view)(const Stmt *st, int col);
    // One statement whose text is no literal: migrations only.
    void (*script)(Db *db, Str text, Failure *ret);
    Status (*next_ids)(Ctx *cx, Db *db, SqlText table, int64_t n, int64_t *ret);

    void (*bulk_open)(Bulk *b, SqlText table, SqlText columns);
    void (*bulk_value)(Bulk *b, ParamKind kind, int64_t num, Str text);
    void (*bulk_row)(Bulk *b);
    void (*bulk_end)(Bulk *b, bool keep);
    // Two servers on one store: one migrates, the other waits.
    Status (*migrate_lock)(Ctx *cx, Store *s, Db **ret);
};

extern const Driver SQLITE_DRIVER, POSTGRES_DRIVER;
Status sqlite_open(Ctx *cx, const StoreOptions *o, Store **ret) MUST_USE;
Status postgres_open(Ctx *cx, const StoreOptions *o, Store **ret) MUST_USE;

// Common parts of both stores.
void store_init(Store *s, const Driver *driver, const StoreOptions *o);
void store_done(Store *s); // closes the readers; waits for those still borrowed
void store_committed(Store *s);
Status pool_take(Ctx *cx, Store *s, Pool *p, bool writer, Db **ret) MUST_USE;
void pool_give(Store *s, Pool *p, Db *db);
void pool_close(Store *s, Pool *p);
void db_init(Db *db, Store *s, bool writer);
void db_done(Db *db);
void db_close_statements(Db *db);
// fn and the hook after it; the transaction around them is the driver's.
Status db_run_fn(Ctx *cx, Db *db, WriteFn fn, void *arg, bool *ret_pending) MUST_USE;
// Records the failure in cx (generic words) and in the log (the driver's), marks the transaction.
Status db_report(Ctx *cx, Db *db, const Failure *f);
// Counts a statement for db_fail_nth: true when this one has to fail.
bool db_fail_now(Db *db, Failure *ret);
// Runs fn on the writer between two batches, outside any transaction. SQLite only.
Status sqlite_outside(Ctx *cx, Store *s, WriteFn fn, void *arg) MUST_USE;

#endif
