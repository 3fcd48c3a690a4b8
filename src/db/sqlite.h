// The SQLite side of db/.
#ifndef GUANXI_DB_SQLITE_H
#define GUANXI_DB_SQLITE_H

#include "db/driver.h"

#include <sqlite3.h>

typedef struct SqliteDb {
    Db base;
    sqlite3 *handle;
    int64_t deadline; // of the statement being stepped; 0: none
    int wal_pages;    // in the log after the last commit
} SqliteDb;

// A counter of db_next_id: the ids from next to end are reserved on disk.
typedef struct Sequence {
    struct Sequence *more;
    const char *name;
    int64_t next, end;
} Sequence;

typedef struct SqliteStore {
    Store base;
    char *path;
    SqliteDb *writer;
    Thread *thread;
    Mutex lock; // the queue below; never held together with base.lock
    Cond work;
    Ticket *first, *last;
    bool closing;
    bool sick;           // a sync failed: what is on disk is unknown, so nothing more is written
    Sequence *sequences; // writer thread only
} SqliteStore;

static inline SqliteDb *sqlite_of(Db *db)
{
    return (SqliteDb *)db;
}

static inline SqliteStore *sqlite_store_of(Store *s)
{
    return (SqliteStore *)s;
}

void sqlite_failure(sqlite3 *handle, int rc, Failure *ret);
// One statement of our own with neither parameters nor rows.
int sqlite_do(sqlite3 *handle, const char *text);
Status sqlite_connect(Ctx *cx, Store *s, bool writer, Db **ret) MUST_USE;
void sqlite_disconnect(Db *db);
// Settings that every connection to a file of ours gets, writable or not.
int sqlite_harden(sqlite3 *handle, bool writer);
int sqlite_tokenizer(sqlite3 *handle);

void sqlite_writer_start(SqliteStore *s);
void sqlite_writer_stop(SqliteStore *s); // after everything that was queued
Status sqlite_write(Ctx *cx, Store *s, WriteFn fn, void *arg) MUST_USE;
Ticket *sqlite_submit(Ctx *cx, Store *s, WriteFn fn, void *arg);
Status sqlite_wait(Ticket **t) MUST_USE;
Status sqlite_next_ids(Ctx *cx, Db *db, SqlText table, int64_t n, int64_t *ret) MUST_USE;
// After a rollback the reservations on disk may be gone: the next id makes a new one.
void sqlite_sequences_forget(SqliteStore *s);

#endif
