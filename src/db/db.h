// The store: SQLite or PostgreSQL behind one face. The only folder that sees sqlite3.h and
// libpq-fe.h.
//
// Reading: borrow a read-only connection, run statements, give it back. A borrowed connection holds
// one snapshot per statement, not longer. Writing: hand a function to store_write; it runs inside a
// transaction (SQLite: on the writer thread, in its own savepoint, committed together with whatever
// else waits, synchronous=FULL; PostgreSQL: on the caller's thread with a pooled connection, one at
// a time over all servers). What it reads is still true when it writes, on both. store_write
// returns after the commit is on disk.
#ifndef GUANXI_DB_DB_H
#define GUANXI_DB_DB_H

#include "db/sql.h"

typedef struct Store Store;
typedef struct Stmt Stmt;

typedef struct StoreOptions {
    const char *path;      // SQLite file; its folder must exist
    const char *url;       // postgres://… ; exactly one of both
    int readers;           // connections for readers; 0: twice the cores, at least 4
    int64_t read_limit_ms; // a read statement running longer ends with UNAVAILABLE; 0: none
    bool create;           // make the file when missing
} StoreOptions;

// Refuses: a file that is not ours, a SQLite older than 3.38, network file systems. Sets WAL, FULL,
// foreign_keys, DEFENSIVE, no double-quoted strings, no extensions; only the writer checkpoints
// (SECURITY 0.1: the WAL-reset bug of SQLite before 3.51.3 needs a second checkpointer).
Status store_open(Ctx *cx, const StoreOptions *o, Store **ret) MUST_USE;
void store_close(Store **s); // waits for running writes, checkpoints
Dialect store_dialect(const Store *s);
const char *store_version(const Store *s); // "SQLite 3.40.1", "PostgreSQL 15.20"

// A read-only connection for the calling thread; waits up to 5 s, then UNAVAILABLE. db_release by
// CLEANUP(db_release).
Status store_read(Ctx *cx, Store *s, Db **ret) MUST_USE;
void db_release(Db **db);

// fn may run more than once (PostgreSQL retries): it must keep its results in `arg` only as its
// last act and must not free or send anything. When fn fails, its part is rolled back and its
// status is returned. A statement that fails inside fn spoils the whole part on both databases,
// even when fn goes on: what may collide uses ON CONFLICT. At the end of fn, before the commit, the
// hook set by db_set_pending runs.
typedef Status (*WriteFn)(Ctx *cx, Db *db, void *arg);
Status store_write(Ctx *cx, Store *s, WriteFn fn, void *arg) MUST_USE;
// The same without waiting, for pipelines (one batch is prepared while the last is written). The
// ticket's cx (with its arenas) and arg must stay valid and untouched until store_wait, which must
// be called exactly once. On PostgreSQL two open tickets run side by side, in no order.
typedef struct Ticket Ticket;
Ticket *store_submit(Ctx *cx, Store *s, WriteFn fn, void *arg);
Status store_wait(Ticket **t) MUST_USE;

// Per-transaction state of layers above (the change log collects rows here and writes them at the
// end). Set inside fn; cleared at its end. The hook runs with cx and db of the transaction.
void db_set_pending(Db *db, void *state, Status (*before_commit)(Ctx *cx, Db *db, void *state));
void *db_pending(const Db *db);
// Called on the committing thread right after a commit that included at least one write with
// pending state; must only signal. One listener per store.
void store_on_commit(Store *s, void (*fn)(void *arg), void *arg);
// PostgreSQL: other servers' commits arrive here too (LISTEN/NOTIFY); SQLite: never called.
void store_notify(Ctx *cx, Db *db, const char *channel_word);

Dialect db_dialect(const Db *db);
bool db_is_writer(const Db *db);
Store *db_store(Db *db);
int64_t db_statements(const Db *db); // run so far on this connection, for tests and logs

// Runs one statement. Prepared statements are cached per connection by their text. Rows come by
// stmt_next; a statement left before its end is closed by stmt_end or stmt_cleanup.
Status db_run(Ctx *cx, Db *db, const Sql *q, Stmt **ret) MUST_USE;
bool stmt_next(Stmt *st); // false at the end or on failure: stmt_end tells
bool stmt_is_null(const Stmt *st, int col);
int64_t stmt_int(const Stmt *st, int col);        // 0 for NULL; booleans as 0/1
Str stmt_text(const Stmt *st, int col, Arena *a); // copied; empty for NULL
Str stmt_blob(const Stmt *st, int col, Arena *a); // copied
Str stmt_view(const Stmt *st, int col);           // text or blob, valid until stmt_next
int stmt_columns(const Stmt *st);
Status stmt_end(Ctx *cx, Stmt **st) MUST_USE;
void stmt_cleanup(Stmt **st);
// For statements without rows: runs to the end; *ret_changed may be NULL.
Status db_exec(Ctx *cx, Db *db, const Sql *q, int64_t *ret_changed) MUST_USE;
// First column of the first row as integer; *ret untouched and NOT_FOUND (without an error record)
// when there is no row.
Status db_int(Ctx *cx, Db *db, const Sql *q, int64_t *ret) MUST_USE;

// The next id of a table, from 1, never given twice. SQLite: a counter row, reserved in blocks;
// PostgreSQL: sequence "<table>_id". Writer only.
Status db_next_id(Ctx *cx, Db *db, SqlText table, int64_t *ret) MUST_USE;
// n ids in a row; *ret is the first.
Status db_next_ids(Ctx *cx, Db *db, SqlText table, int64_t n, int64_t *ret) MUST_USE;

// Many rows into one table: a prepared INSERT on SQLite, COPY on PostgreSQL. Columns by literal
// list "a, b, c". Between open and end no other statement may run on this connection.
typedef struct Bulk Bulk;
Status bulk_open(Ctx *cx, Db *db, SqlText table, SqlText columns, int ncolumns,
                 Bulk **ret) MUST_USE;
void bulk_int(Bulk *b, int64_t v);
void bulk_id(Bulk *b, Id id); // NULL for 0
void bulk_text(Bulk *b, Str s);
void bulk_blob(Bulk *b, Str s);
void bulk_json(Bulk *b, Str s);
void bulk_null(Bulk *b);
Status bulk_row(Ctx *cx, Bulk *b) MUST_USE; // after ncolumns values
Status bulk_end(Ctx *cx, Bulk **b) MUST_USE;
void bulk_cleanup(Bulk **b);

// Full-text token index per entity (DEPENDENCIES: our own tokens, FTS5 on SQLite, GIN tsvector on
// PostgreSQL), table "<entity>_search". Tokens hold no blanks or quotes. Writer only.
Status db_search_put(Ctx *cx, Db *db, SqlText table, int64_t id, const Str *before, size_t nbefore,
                     const Str *after, size_t nafter) MUST_USE;
// Adds a condition "<id column> IN (records that match)": groups joined by AND, tokens of one group
// by OR, prefix tokens by beginning.
typedef struct SearchToken {
    Str token;
    bool prefix;
    int group;
} SearchToken;
void sql_search(Sql *q, SqlText id_column, SqlText table, const SearchToken *t, size_t n);

// Migrations: numbered, forward only, each in one transaction, the same text for both databases
// with dialect lines: a line that begins with "--sqlite " or "--postgres " counts only there.
// "$ID", "$JSON", "$BLOB", "$BIG" stand for the column types (see db/dialect.md).
typedef struct Migration {
    int number; // four digits of the file name
    const char *name;
    const char *text;
} Migration;
// UNAVAILABLE with code "schema.newer" when the store is newer than the program. Before the first
// pending migration of a store that is not empty, a verified backup is written to backup_dir
// (SQLite only; NULL: none).
Status db_migrate(Ctx *cx, Store *s, const Migration *m, size_t n, const char *backup_dir) MUST_USE;
Status db_schema_version(Ctx *cx, Store *s, int *ret) MUST_USE;
// Backup by the backup API to a file, with quick_check of the copy; SQLite only.
Status store_backup(Ctx *cx, Store *s, const char *to) MUST_USE;
Status store_integrity(Ctx *cx, Store *s, bool thorough) MUST_USE;

// For tests: the n-th statement from now (any connection) fails with a database error; 0 switches
// off. Counted down atomically.
void db_fail_nth(int64_t n);
// What is left of n; below zero it only counts: db_fail_nth(-1), then -1 - db_fail_left()
// statements.
int64_t db_fail_left(void);

#endif
