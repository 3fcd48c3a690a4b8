// The writer's thread: takes what waits in the queue, runs each caller in its own savepoint,
// commits them together, answers, and checkpoints between the batches.
#include "db/sqlite.h"

enum {
    BATCH_MOST = 512,
    BATCH_US = 50 * 1000, // a batch takes newcomers no longer than this
    PAGE = 4096,
    WAL_BIG = 64 * 1024 * 1024 / PAGE,
    WAL_SOME = 1000,         // pages since the last passive checkpoint
    BIG_RETRY_US = 1000000,  // readers may hold a big log for long: not after every batch again
    CHECKPOINT_WAIT_MS = 50, // how long a truncating checkpoint may wait for readers
    BUSY_MS = 5000,
    IDLE_MS = 1000,
    ID_BLOCK = 64,
};

typedef struct Writer {
    SqliteStore *s;
    SqliteDb *db;
    int checkpointed;    // pages of the log at the last passive checkpoint
    int64_t next_big_us; // not before: truncating checkpoint
} Writer;

// A writer thread that waits for itself would wait for ever.
static _Thread_local bool on_writer;

static Ticket *ticket_new(Ctx *cx, Store *s, WriteFn fn, void *arg)
{
    Ticket *t = mem_alloc(sizeof(Ticket));
    *t = (Ticket){ .store = s, .cx = cx, .fn = fn, .arg = arg };
    cond_init(&t->finished);
    return t;
}

static void enqueue(SqliteStore *s, Ticket *t)
{
    check(!on_writer);
    mutex_lock(&s->lock);
    if (s->last == NULL)
        s->first = t;
    else
        s->last->next = t;
    s->last = t;
    cond_signal(&s->work);
    mutex_unlock(&s->lock);
}

Ticket *sqlite_submit(Ctx *cx, Store *s, WriteFn fn, void *arg)
{
    Ticket *t = ticket_new(cx, s, fn, arg);
    enqueue(sqlite_store_of(s), t);
    return t;
}

Status sqlite_wait(Ticket **t)
{
    SqliteStore *s = sqlite_store_of((*t)->store);
    mutex_lock(&s->lock);
    while (!(*t)->done)
        cond_wait(&(*t)->finished, &s->lock);
    mutex_unlock(&s->lock);
    Status status = (*t)->status;
    cond_done(&(*t)->finished);
    mem_free(*t);
    *t = NULL;
    return status;
}

Status sqlite_write(Ctx *cx, Store *s, WriteFn fn, void *arg)
{
    Ticket *t = sqlite_submit(cx, s, fn, arg);
    return sqlite_wait(&t);
}

Status sqlite_outside(Ctx *cx, Store *s, WriteFn fn, void *arg)
{
    Ticket *t = ticket_new(cx, s, fn, arg);
    t->outside = true;
    enqueue(sqlite_store_of(s), t);
    return sqlite_wait(&t);
}

// --- one caller

// A deferred foreign key would fail at the commit and take everybody in the batch with it.
static Status deferred_keys(Ctx *cx, SqliteDb *db)
{
    int open = 0, peak = 0;
    (void)sqlite3_db_status(db->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &peak, 0);
    if (open == 0)
        return STATUS_OK;
    return FAIL(cx, CONFLICT, "referenced", NULL, "conflicts with another record");
}

static Status report_rc(Ctx *cx, Writer *w, int rc)
{
    Failure f = { 0 };
    sqlite_failure(w->db->handle, rc, &f);
    return db_report(cx, &w->db->base, &f);
}

static void run_caller(Writer *w, Ticket *t)
{
    Db *db = &w->db->base;
    int rc = sqlite_do(w->db->handle, "SAVEPOINT caller");
    if (rc != SQLITE_OK) {
        t->status = report_rc(t->cx, w, rc);
        return;
    }
    t->status = db_run_fn(t->cx, db, t->fn, t->arg, &t->pending);
    if (sqlite3_get_autocommit(w->db->handle) != 0) {
        // The disk is full or broken: SQLite has rolled everything back, and the batch is over.
        if (t->status == STATUS_OK)
            t->status = FAIL(t->cx, DB, "db", NULL, "The database failed. Nothing was saved.");
        return;
    }
    if (t->status == STATUS_OK)
        t->status = deferred_keys(t->cx, w->db);
    if (t->status != STATUS_OK) {
        sqlite_sequences_forget(w->s);
        rc = sqlite_do(w->db->handle, "ROLLBACK TO caller");
    }
    if (rc == SQLITE_OK)
        rc = sqlite_do(w->db->handle, "RELEASE caller");
    if (rc != SQLITE_OK) {
        // A part that can be neither kept nor taken back: nothing of the batch may stand.
        (void)sqlite_do(w->db->handle, "ROLLBACK");
        t->status = report_rc(t->cx, w, rc);
    }
}

// --- a batch

static Ticket *dequeue(SqliteStore *s)
{
    Ticket *t = s->first;
    if (t != NULL) {
        s->first = t->next;
        if (s->first == NULL)
            s->last = NULL;
        t->next = NULL;
    }
    return t;
}

static Ticket *next_ticket(SqliteStore *s)
{
    mutex_lock(&s->lock);
    // What runs outside a transaction waits for its own turn.
    Ticket *t = s->first != NULL && !s->first->outside ? dequeue(s) : NULL;
    mutex_unlock(&s->lock);
    return t;
}

static void answer(SqliteStore *s, Ticket *t)
{
    mutex_lock(&s->lock);
    while (t != NULL) {
        Ticket *next = t->next;
        t->done = true;
        cond_signal(&t->finished); // from here on t belongs to its caller
        t = next;
    }
    mutex_unlock(&s->lock);
}

// All who thought they were done learn that they are not.
static void fail_all(Writer *w, Ticket *batch, int rc)
{
    Failure f = { .status = STATUS_DB, .code = "db", .detail = "rolled back with its batch" };
    if (rc != SQLITE_OK)
        sqlite_failure(w->db->handle, rc, &f);
    for (Ticket *t = batch; t != NULL; t = t->next)
        if (t->status == STATUS_OK)
            t->status = db_report(t->cx, &w->db->base, &f);
    sqlite_sequences_forget(w->s);
}

static bool any_done(const Ticket *t)
{
    while (t != NULL && t->status != STATUS_OK)
        t = t->next;
    return t != NULL;
}

static bool any_pending(const Ticket *t)
{
    while (t != NULL && !(t->status == STATUS_OK && t->pending))
        t = t->next;
    return t != NULL;
}

static int commit(Writer *w)
{
    Failure f = { 0 };
    if (db_fail_now(&w->db->base, &f)) {
        (void)sqlite_do(w->db->handle, "ROLLBACK");
        return SQLITE_ERROR;
    }
    int rc = sqlite_do(w->db->handle, "COMMIT");
    // What a failed sync has left on disk is unknown, and trying again would not tell.
    if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC) {
        w->s->sick = true;
        LOG(LOG_ERROR, "the disk failed to store; no more writes until a restart",
            { "code", LOG_INT(rc) });
    }
    return rc;
}

static void run_batch(Writer *w, Ticket *t)
{
    Ticket *batch = t, *last = t;
    int64_t until = os_monotonic_us() + BATCH_US;
    int rc = sqlite_do(w->db->handle, "BEGIN IMMEDIATE");
    if (rc != SQLITE_OK) {
        t->status = report_rc(t->cx, w, rc);
        answer(w->s, batch);
        return;
    }
    int n = 0;
    for (;;) {
        run_caller(w, t);
        if (sqlite3_get_autocommit(w->db->handle) != 0 || ++n == BATCH_MOST ||
            os_monotonic_us() > until)
            break;
        t = next_ticket(w->s);
        if (t == NULL)
            break;
        last->next = t;
        last = t;
    }
    if (sqlite3_get_autocommit(w->db->handle) != 0) {
        fail_all(w, batch, SQLITE_OK);
    } else if (any_done(batch)) {
        rc = commit(w);
        if (rc != SQLITE_OK) {
            fail_all(w, batch, rc);
            if (sqlite3_get_autocommit(w->db->handle) == 0)
                (void)sqlite_do(w->db->handle, "ROLLBACK");
        }
    } else {
        (void)sqlite_do(w->db->handle, "ROLLBACK");
        sqlite_sequences_forget(w->s);
    }
    if (any_pending(batch))
        store_committed(&w->s->base);
    answer(w->s, batch);
}

// --- between batches

static void checkpoint(Writer *w, bool idle)
{
    SqliteDb *db = w->db;
    int64_t now = os_monotonic_us();
    if (db->wal_pages < w->checkpointed) // the log was started over
        w->checkpointed = 0;
    if (db->wal_pages > WAL_BIG && now >= w->next_big_us) {
        (void)sqlite3_busy_timeout(db->handle, CHECKPOINT_WAIT_MS);
        int rc =
            sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        (void)sqlite3_busy_timeout(db->handle, BUSY_MS);
        w->next_big_us = now + BIG_RETRY_US;
        w->checkpointed = db->wal_pages;
        if (rc == SQLITE_OK)
            db->wal_pages = w->checkpointed = 0;
        return;
    }
    int grown = db->wal_pages - w->checkpointed;
    if (grown >= WAL_SOME || (idle && grown > 0)) {
        (void)sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        w->checkpointed = db->wal_pages;
    }
}

static void run_outside(Writer *w, Ticket *t)
{
    t->status = db_run_fn(t->cx, &w->db->base, t->fn, t->arg, &t->pending);
    answer(w->s, t);
}

// NULL at the end; *ret_idle when nothing came for a while.
static Ticket *wait_for_work(Writer *w, bool *ret_idle)
{
    SqliteStore *s = w->s;
    *ret_idle = false;
    mutex_lock(&s->lock);
    while (s->first == NULL && !s->closing && !*ret_idle) {
        if (w->db->wal_pages == w->checkpointed)
            cond_wait(&s->work, &s->lock);
        else
            *ret_idle = !cond_wait_ms(&s->work, &s->lock, IDLE_MS);
    }
    Ticket *t = dequeue(s);
    mutex_unlock(&s->lock);
    return t;
}

// An orderly end gives back what was reserved and not used, so that numbers go on without a gap. A
// row that somebody else has moved meanwhile stays as it is.
static void sequences_give_back(const SqliteStore *s, sqlite3 *handle)
{
    sqlite3_stmt *st = NULL;
    if (s->sick ||
        sqlite3_prepare_v2(handle, "UPDATE sequence SET last = ?1 WHERE name = ?2 AND last = ?3",
                           -1, &st, NULL) != SQLITE_OK)
        return;
    for (const Sequence *seq = s->sequences; seq != NULL; seq = seq->more) {
        (void)sqlite3_bind_int64(st, 1, seq->next - 1);
        (void)sqlite3_bind_text(st, 2, seq->name, -1, SQLITE_STATIC);
        (void)sqlite3_bind_int64(st, 3, seq->end);
        (void)sqlite3_step(st);
        (void)sqlite3_reset(st);
    }
    (void)sqlite3_finalize(st);
}

static void writer_main(void *arg)
{
    SqliteStore *s = arg;
    Writer w = { .s = s, .db = s->writer };
    on_writer = true;
    for (;;) {
        bool idle = false;
        Ticket *t = wait_for_work(&w, &idle);
        if (t == NULL && !idle)
            break;
        if (t != NULL && t->outside) {
            run_outside(&w, t);
        } else if (t != NULL && s->sick) {
            t->status = FAIL(t->cx, UNAVAILABLE, "db.readonly", NULL,
                             "The disk failed. Nothing can be saved until a restart.");
            answer(s, t);
        } else if (t != NULL) {
            run_batch(&w, t);
        }
        checkpoint(&w, idle);
    }
    sequences_give_back(s, w.db->handle);
    (void)sqlite3_wal_checkpoint_v2(w.db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

void sqlite_writer_start(SqliteStore *s)
{
    s->thread = thread_start("db-writer", writer_main, s);
}

void sqlite_writer_stop(SqliteStore *s)
{
    if (s->thread == NULL)
        return;
    mutex_lock(&s->lock);
    s->closing = true;
    cond_signal(&s->work);
    mutex_unlock(&s->lock);
    thread_join(&s->thread);
}

// --- ids

void sqlite_sequences_forget(SqliteStore *s)
{
    for (Sequence *seq = s->sequences; seq != NULL; seq = seq->more)
        seq->end = seq->next - 1;
}

static Sequence *sequence_of(SqliteStore *s, const char *name)
{
    for (Sequence *seq = s->sequences; seq != NULL; seq = seq->more)
        if (strcmp(seq->name, name) == 0)
            return seq;
    Sequence *seq = mem_alloc(sizeof(Sequence));
    *seq = (Sequence){ .more = s->sequences, .name = name, .next = 1 };
    s->sequences = seq;
    return seq;
}

// Reserves `count` ids on disk, above everything given so far by this process too: ids that were
// given and rolled back are not given again.
static Status reserve(Ctx *cx, Db *db, Sequence *seq, int64_t count)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO sequence (name, last) VALUES ("));
    sql_text(q, str_z(seq->name));
    sql_add(q, SQL(", "));
    sql_int(q, seq->next - 1 + count);
    sql_add(q, SQL(") ON CONFLICT (name) DO UPDATE SET last = max(sequence.last, "));
    sql_int(q, seq->next - 1);
    sql_add(q, SQL(") + "));
    sql_int(q, count);
    sql_add(q, SQL(" RETURNING last"));
    int64_t last = 0;
    TRY(db_int(cx, db, q, &last));
    if (last - count != seq->end)
        seq->next = last - count + 1;
    seq->end = last;
    return STATUS_OK;
}

Status sqlite_next_ids(Ctx *cx, Db *db, SqlText table, int64_t n, int64_t *ret)
{
    Sequence *seq = sequence_of(sqlite_store_of(db->store), table.literal);
    if (seq->end - seq->next + 1 < n)
        TRY(reserve(cx, db, seq, n > ID_BLOCK ? n : ID_BLOCK));
    *ret = seq->next;
    seq->next += n;
    return STATUS_OK;
}
