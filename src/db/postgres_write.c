// PostgreSQL: transactions on the caller's thread, one at a time over all servers by an advisory
// lock, so that a WriteFn means the same as on SQLite: what it read is still true when it writes.
// READ COMMITTED, because a snapshot taken before the lock is granted would be stale. Repeated when
// the server asks for it.
#include "db/postgres.h"

#include <stdio.h>

enum {
    TRIES = 8,
    TRIES_TOGETHER = 4, // then alone in this server, so that there is an end to it
    PAUSE_MOST_MS = 100,
    ID_BLOCK = 64, // "INCREMENT BY" of the sequences: one call of nextval gives so many ids
    RUN_TRIES = 32,
};

// --- the gate

static void gate_enter(PgStore *s, bool alone)
{
    mutex_lock(&s->gate);
    if (alone)
        s->waiting_alone++;
    while (s->alone || (alone ? s->inside > 0 : s->waiting_alone > 0))
        cond_wait(&s->gate_moved, &s->gate);
    if (alone) {
        s->waiting_alone--;
        s->alone = true;
    }
    s->inside++;
    mutex_unlock(&s->gate);
}

static void gate_leave(PgStore *s)
{
    mutex_lock(&s->gate);
    s->inside--;
    s->alone = false;
    cond_broadcast(&s->gate_moved);
    mutex_unlock(&s->gate);
}

// --- one attempt

static Status commit(Ctx *cx, PgDb *db)
{
    Failure f = { 0 };
    if (db_fail_now(&db->base, &f))
        return db_report(cx, &db->base, &f);
    PGresult *res = PQexec(db->conn, "COMMIT");
    if (PQresultStatus(res) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(res), "COMMIT") == 0) {
        PQclear(res);
        return STATUS_OK;
    }
    pg_failure(db->conn, res, &f);
    if (f.lost) {
        // Nobody knows whether it was stored, so it must not be repeated.
        f.again = false;
        f.code = "db.unknown";
    }
    return db_report(cx, &db->base, &f);
}

static Status attempt(Ctx *cx, PgStore *s, PgDb *db, WriteFn fn, void *arg)
{
    Failure f = { 0 };
    db->base.again = false;
    if (!pg_do(db, "BEGIN ISOLATION LEVEL READ COMMITTED", &f))
        return db_report(cx, &db->base, &f);
    if (!pg_do(db, "SELECT pg_advisory_xact_lock(7138001)", &f))
        return db_report(cx, &db->base, &f);
    bool pending = false;
    Status status = db_run_fn(cx, &db->base, fn, arg, &pending);
    if (status == STATUS_OK)
        status = commit(cx, db);
    if (status == STATUS_OK) {
        if (pending)
            store_committed(&s->base);
        if (pending || db->base.notify)
            pg_tell(s);
        return STATUS_OK;
    }
    if (!db->base.broken && PQtransactionStatus(db->conn) != PQTRANS_IDLE &&
        !pg_do(db, "ROLLBACK", &f))
        db->base.broken = true;
    return status;
}

Status pg_write(Ctx *cx, Store *base, WriteFn fn, void *arg)
{
    PgStore *s = pg_store_of(base);
    Err *errors = cx->errors;
    for (int n = 0;; n++) {
        Db *db = NULL;
        gate_enter(s, n >= TRIES_TOGETHER);
        Status status = pool_take(cx, base, &s->writers, true, &db);
        if (status != STATUS_OK) {
            gate_leave(s);
            return status;
        }
        status = attempt(cx, s, pg_of(db), fn, arg);
        bool again = status != STATUS_OK && db->again && n + 1 < TRIES;
        pool_give(base, &s->writers, db);
        gate_leave(s);
        if (!again)
            return status;
        cx->errors = errors;
        uint64_t most = 2u << n;
        os_sleep_ms((int64_t)(os_random_u64() % (most < PAUSE_MOST_MS ? most : PAUSE_MOST_MS)));
    }
}

// --- tickets: a thread each, since they come in ones and twos from imports

static void ticket_main(void *arg)
{
    Ticket *t = arg;
    t->status = pg_write(t->cx, t->store, t->fn, t->arg);
}

Ticket *pg_submit(Ctx *cx, Store *s, WriteFn fn, void *arg)
{
    Ticket *t = mem_alloc(sizeof(Ticket));
    *t = (Ticket){ .store = s, .cx = cx, .fn = fn, .arg = arg };
    t->thread = thread_start("db-ticket", ticket_main, t);
    return t;
}

Status pg_wait(Ticket **t)
{
    thread_join(&(*t)->thread);
    Status status = (*t)->status;
    mem_free(*t);
    *t = NULL;
    return status;
}

// --- ids

static PgSequence *sequence_find(PgStore *s, const char *name)
{
    PgSequence *seq = s->sequences;
    while (seq != NULL && strcmp(seq->name, name) != 0)
        seq = seq->more;
    return seq;
}

// Made by a session of its own: the sequence must outlive a rollback, and two transactions that
// make it at the same time would collide.
static Status sequence_make(Ctx *cx, Store *s, const char *name)
{
    Db *db = NULL;
    TRY(pg_lock(cx, s, PG_LOCK_SEQUENCE, &db));
    char text[256];
    Failure f = { 0 };
    int n = snprintf(text, sizeof(text), "CREATE SEQUENCE IF NOT EXISTS \"%s_id\" INCREMENT BY %d",
                     name, ID_BLOCK);
    check(n > 0 && (size_t)n < sizeof(text));
    Status status = pg_do(pg_of(db), text, &f) ? STATUS_OK : db_report(cx, db, &f);
    pg_disconnect(db);
    return status;
}

static Status sequence_know(Ctx *cx, PgStore *s, const char *name)
{
    mutex_lock(&s->ids_lock);
    bool known = sequence_find(s, name) != NULL;
    mutex_unlock(&s->ids_lock);
    if (known)
        return STATUS_OK;
    TRY(sequence_make(cx, &s->base, name));
    mutex_lock(&s->ids_lock);
    if (sequence_find(s, name) == NULL) {
        PgSequence *seq = mem_alloc(sizeof(PgSequence));
        *seq = (PgSequence){ .more = s->sequences, .name = name, .next = 1 };
        s->sequences = seq;
    }
    mutex_unlock(&s->ids_lock);
    return STATUS_OK;
}

static bool take_reserved(PgStore *s, const char *name, int64_t n, int64_t *ret)
{
    mutex_lock(&s->ids_lock);
    PgSequence *seq = sequence_find(s, name);
    bool enough = seq->end - seq->next + 1 >= n;
    if (enough) {
        *ret = seq->next;
        seq->next += n;
    }
    mutex_unlock(&s->ids_lock);
    return enough;
}

// The larger rest is kept; the other one becomes a gap.
static void keep_rest(PgStore *s, const char *name, int64_t next, int64_t end)
{
    mutex_lock(&s->ids_lock);
    PgSequence *seq = sequence_find(s, name);
    if (end - next > seq->end - seq->next) {
        seq->next = next;
        seq->end = end;
    }
    mutex_unlock(&s->ids_lock);
}

// `blocks` calls of nextval. Another server may come between them: *ret_whole tells.
static Status reserve(Ctx *cx, Db *db, const char *name, int64_t blocks, int64_t *ret_first,
                      bool *ret_whole)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT min(v), max(v) FROM (SELECT nextval(cast("));
    sql_text(q, arena_fmt(cx->arena, "\"%s_id\"", name));
    sql_add(q, SQL(" AS regclass)) AS v FROM generate_series(1, "));
    sql_int(q, blocks);
    sql_add(q, SQL(")) AS block"));
    Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    bool found = stmt_next(st);
    int64_t first = found ? stmt_int(st, 0) : 0, last = found ? stmt_int(st, 1) : 0;
    TRY(stmt_end(cx, &st));
    *ret_first = first;
    *ret_whole = last - first == (blocks - 1) * ID_BLOCK;
    return STATUS_OK;
}

Status pg_next_ids(Ctx *cx, Db *db, SqlText table, int64_t n, int64_t *ret)
{
    PgStore *s = pg_store_of(db->store);
    TRY(sequence_know(cx, s, table.literal));
    if (take_reserved(s, table.literal, n, ret))
        return STATUS_OK;
    int64_t blocks = (n + ID_BLOCK - 1) / ID_BLOCK;
    for (int i = 0; i < RUN_TRIES; i++) {
        int64_t first = 0;
        bool whole = false;
        TRY(reserve(cx, db, table.literal, blocks, &first, &whole));
        if (!whole)
            continue; // those ids become a gap
        keep_rest(s, table.literal, first + n, first + blocks * ID_BLOCK - 1);
        *ret = first;
        return STATUS_OK;
    }
    return FAIL(cx, UNAVAILABLE, "db.busy", NULL, "The database is busy. Try again later.");
}
