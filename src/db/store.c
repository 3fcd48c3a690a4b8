// What both databases share: the store's face, the pool of readers, the life of a statement, and
// how failures are told.
#include "db/driver.h"

#include <stdatomic.h>
#include <unistd.h>

enum { BORROW_MS = 5000, CLOSE_MS = 10000 };

static _Atomic int64_t fail_in;

void db_fail_nth(int64_t n)
{
    atomic_store(&fail_in, n);
}

int64_t db_fail_left(void)
{
    return atomic_load(&fail_in);
}

bool db_fail_now(Db *db, Failure *ret)
{
    db->statements++;
    if (atomic_load_explicit(&fail_in, memory_order_relaxed) == 0)
        return false;
    if (atomic_fetch_sub(&fail_in, 1) != 1)
        return false;
    *ret = (Failure){ .status = STATUS_DB, .code = "db", .detail = "asked for by db_fail_nth" };
    return true;
}

// --- the store

Status store_open(Ctx *cx, const StoreOptions *o, Store **ret)
{
    check((o->path == NULL) != (o->url == NULL));
    return o->path != NULL ? sqlite_open(cx, o, ret) : postgres_open(cx, o, ret);
}

void store_close(Store **s)
{
    if (*s == NULL)
        return;
    (*s)->driver->close(*s);
    *s = NULL;
}

void store_init(Store *s, const Driver *driver, const StoreOptions *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int most = o->readers > 0 ? o->readers : (int)cores * 2;
    s->driver = driver;
    s->read_limit_ms = o->read_limit_ms;
    s->readers.most = most < 4 && o->readers <= 0 ? 4 : most;
    mutex_init(&s->lock);
    cond_init(&s->readers.freed);
}

void store_done(Store *s)
{
    pool_close(s, &s->readers);
    cond_done(&s->readers.freed);
    mutex_done(&s->lock);
}

Dialect store_dialect(const Store *s)
{
    return s->driver->dialect;
}

const char *store_version(const Store *s)
{
    return s->version;
}

void store_on_commit(Store *s, void (*fn)(void *arg), void *arg)
{
    mutex_lock(&s->lock);
    s->on_commit = fn;
    s->on_commit_arg = arg;
    mutex_unlock(&s->lock);
}

void store_committed(Store *s)
{
    mutex_lock(&s->lock);
    void (*fn)(void *) = s->on_commit;
    void *arg = s->on_commit_arg;
    mutex_unlock(&s->lock);
    if (fn != NULL)
        fn(arg);
}

void store_notify(Ctx *cx, Db *db, const char *channel_word)
{
    (void)cx, (void)channel_word;
    db->notify = true;
}

// --- pools

// Connections older than the last migration may hold plans that no longer fit.
static void drop_old(Store *s, Pool *p)
{
    while (p->idle != NULL && p->idle->generation != s->generation) {
        Db *old = p->idle;
        p->idle = old->next;
        p->opened--;
        s->driver->disconnect(old);
    }
}

Status pool_take(Ctx *cx, Store *s, Pool *p, bool writer, Db **ret)
{
    int64_t until = os_monotonic_us() / 1000 + BORROW_MS;
    mutex_lock(&s->lock);
    drop_old(s, p);
    while (p->idle == NULL && p->opened >= p->most) {
        int64_t left = until - os_monotonic_us() / 1000;
        if (left <= 0 || !cond_wait_ms(&p->freed, &s->lock, left)) {
            mutex_unlock(&s->lock);
            return FAIL(cx, UNAVAILABLE, "db.busy", NULL, "The database is busy. Try again later.");
        }
    }
    Db *db = p->idle;
    if (db != NULL)
        p->idle = db->next;
    else
        p->opened++;
    mutex_unlock(&s->lock);
    if (db == NULL) {
        Status status = s->driver->connect(cx, s, writer, &db);
        if (status != STATUS_OK) {
            mutex_lock(&s->lock);
            p->opened--;
            cond_signal(&p->freed);
            mutex_unlock(&s->lock);
            return status;
        }
    }
    db->next = NULL;
    *ret = db;
    return STATUS_OK;
}

void pool_give(Store *s, Pool *p, Db *db)
{
    mutex_lock(&s->lock);
    bool keep = !db->broken && db->generation == s->generation;
    if (keep) {
        db->next = p->idle;
        p->idle = db;
    } else {
        p->opened--;
    }
    cond_signal(&p->freed); // one place, one waiter: all of them would only crowd
    mutex_unlock(&s->lock);
    if (!keep)
        s->driver->disconnect(db);
}

// A connection that is not given back keeps the memory: better than pulling it from under a thread.
void pool_close(Store *s, Pool *p)
{
    int64_t until = os_monotonic_us() / 1000 + CLOSE_MS;
    mutex_lock(&s->lock);
    for (;;) {
        while (p->idle != NULL) {
            Db *db = p->idle;
            p->idle = db->next;
            p->opened--;
            mutex_unlock(&s->lock);
            s->driver->disconnect(db);
            mutex_lock(&s->lock);
        }
        int64_t left = until - os_monotonic_us() / 1000;
        if (p->opened == 0 || left <= 0)
            break;
        (void)cond_wait_ms(&p->freed, &s->lock, left);
    }
    int lost = p->opened;
    mutex_unlock(&s->lock);
    if (lost > 0)
        LOG(LOG_WARN, "database connections were not given back", { "count", LOG_INT(lost) });
}

Status store_read(Ctx *cx, Store *s, Db **ret)
{
    return pool_take(cx, s, &s->readers, false, ret);
}

void db_release(Db **db)
{
    if (*db == NULL)
        return;
    Store *s = (*db)->store;
    db_close_statements(*db);
    pool_give(s, &s->readers, *db);
    *db = NULL;
}

// --- connections

void db_init(Db *db, Store *s, bool writer)
{
    db->store = s;
    db->driver = s->driver;
    db->writer = writer;
    db->cache.db = db;
    mutex_lock(&s->lock);
    db->generation = s->generation;
    mutex_unlock(&s->lock);
}

void db_done(Db *db)
{
    db_close_statements(db);
    cache_clear(&db->cache);
    while (db->spare != NULL) {
        Stmt *st = db->spare;
        db->spare = st->next;
        arena_reset(st->row);
        mem_free(st->row);
        mem_free(st->queued);
        mem_free(st);
    }
}

Dialect db_dialect(const Db *db)
{
    return db->driver->dialect;
}

bool db_is_writer(const Db *db)
{
    return db->writer;
}

Store *db_store(Db *db)
{
    return db->store;
}

int64_t db_statements(const Db *db)
{
    return db->statements;
}

void db_set_pending(Db *db, void *state, Status (*before_commit)(Ctx *cx, Db *db, void *state))
{
    check(db->in_fn);
    db->pending = state;
    db->before_commit = before_commit;
}

void *db_pending(const Db *db)
{
    return db->pending;
}

// --- writing

Status store_write(Ctx *cx, Store *s, WriteFn fn, void *arg)
{
    return s->driver->write(cx, s, fn, arg);
}

Ticket *store_submit(Ctx *cx, Store *s, WriteFn fn, void *arg)
{
    return s->driver->submit(cx, s, fn, arg);
}

Status store_wait(Ticket **t)
{
    return (*t)->store->driver->wait(t);
}

Status db_run_fn(Ctx *cx, Db *db, WriteFn fn, void *arg, bool *ret_pending)
{
    db->in_fn = true;
    db->failed = STATUS_OK;
    db->again = db->notify = false;
    Status status = fn(cx, db, arg);
    if (status == STATUS_OK && db->before_commit != NULL)
        status = db->before_commit(cx, db, db->pending);
    // PostgreSQL cannot go on after a failed statement; SQLite could, but must behave alike.
    if (status == STATUS_OK)
        status = db->failed;
    *ret_pending = db->pending != NULL;
    bulk_cleanup(&db->bulk);
    db_close_statements(db);
    db->pending = NULL;
    db->before_commit = NULL;
    db->in_fn = false;
    return status;
}

// --- failures

static const char *words(Status status)
{
    switch ((int)status) {
    case STATUS_CONFLICT: return "conflicts with another record";
    case STATUS_INVALID: return "is not allowed by the database";
    case STATUS_UNAVAILABLE: return "The database cannot answer now. Try again later.";
    case STATUS_FULL: return "The disk is full. Nothing was saved.";
    case STATUS_TOO_LARGE: return "is too large";
    }
    return "The database failed. Nothing was saved.";
}

Status db_report(Ctx *cx, Db *db, const Failure *f)
{
    if (db->in_fn && db->failed == STATUS_OK)
        db->failed = f->status;
    db->again = db->again || f->again;
    db->broken = db->broken || f->lost;
    LOG(LOG_DEBUG, "statement failed", { "code", LOG_Z(f->code) }, { "detail", LOG_Z(f->detail) });
    const char *field = f->field[0] == '\0' ? NULL : arena_cstr(cx->arena, str_z(f->field));
    return ctx_fail(cx, f->status, f->code, field, __FILE__, __LINE__, "%s", words(f->status));
}

// --- statements

static Stmt *stmt_new(Db *db)
{
    Stmt *st = db->spare;
    if (st == NULL) {
        st = mem_alloc(sizeof(Stmt));
        st->row = mem_alloc(sizeof(Arena));
    } else {
        db->spare = st->next;
        Arena *row = st->row;
        void **queued = st->queued;
        size_t cap = st->queue_cap;
        *st = (Stmt){ .row = row, .queued = queued, .queue_cap = cap };
    }
    st->db = db;
    st->next = db->open;
    if (st->next != NULL)
        st->next->prev = st;
    db->open = st;
    return st;
}

static void stmt_close(Stmt *st)
{
    Db *db = st->db;
    db->driver->end(st);
    *(st->prev == NULL ? &db->open : &st->prev->next) = st->next;
    if (st->next != NULL)
        st->next->prev = st->prev;
    arena_clear(st->row);
    st->next = db->spare;
    db->spare = st;
}

void db_close_statements(Db *db)
{
    while (db->open != NULL)
        stmt_close(db->open);
}

// Text with U+0000 inside would be cut by one database and refused by the other.
static bool params_fine(const Sql *q)
{
    for (size_t i = 0; i < q->nparams; i++) {
        const Param *p = &q->params[i];
        if ((p->kind == PARAM_TEXT || p->kind == PARAM_JSON) && p->text.len > 0 &&
            memchr(p->text.ptr, '\0', p->text.len) != NULL)
            return false;
    }
    return true;
}

Status db_run(Ctx *cx, Db *db, const Sql *q, Stmt **ret)
{
    check(db->bulk == NULL);
    if (db->in_fn && db->failed != STATUS_OK)
        return FAIL(cx, DB, "db.failed", NULL, "An earlier step failed. Nothing was saved.");
    Failure failure = { 0 };
    if (!buf_ok(&q->text))
        failure = (Failure){ .status = STATUS_TOO_LARGE, .code = "query.too_large" };
    else if (!params_fine(q))
        failure = (Failure){ .status = STATUS_INVALID, .code = "text.nul" };
    else
        (void)db_fail_now(db, &failure);
    if (failure.status != STATUS_OK)
        return db_report(cx, db, &failure);
    Stmt *st = stmt_new(db);
    db->driver->run(st, q);
    if (st->failure.status != STATUS_OK) {
        failure = st->failure;
        stmt_close(st);
        return db_report(cx, db, &failure);
    }
    *ret = st;
    return STATUS_OK;
}

bool stmt_next(Stmt *st)
{
    if (st->waiting) {
        st->waiting = false;
        return true;
    }
    if (st->done || st->failure.status != STATUS_OK)
        return false;
    arena_clear(st->row);
    return st->db->driver->step(st);
}

bool stmt_is_null(const Stmt *st, int col)
{
    check(col >= 0 && col < st->columns);
    return st->db->driver->is_null(st, col);
}

int64_t stmt_int(const Stmt *st, int col)
{
    return stmt_is_null(st, col) ? 0 : st->db->driver->number(st, col);
}

Str stmt_view(const Stmt *st, int col)
{
    return stmt_is_null(st, col) ? (Str){ 0 } : st->db->driver->view(st, col);
}

Str stmt_text(const Stmt *st, int col, Arena *a)
{
    return arena_dup(a, stmt_view(st, col));
}

Str stmt_blob(const Stmt *st, int col, Arena *a)
{
    return arena_dup(a, stmt_view(st, col));
}

int stmt_columns(const Stmt *st)
{
    return st->columns;
}

Status stmt_end(Ctx *cx, Stmt **st)
{
    Db *db = (*st)->db;
    Failure failure = (*st)->failure;
    stmt_cleanup(st);
    return failure.status == STATUS_OK ? STATUS_OK : db_report(cx, db, &failure);
}

void stmt_cleanup(Stmt **st)
{
    if (*st != NULL)
        stmt_close(*st);
    *st = NULL;
}

Status db_exec(Ctx *cx, Db *db, const Sql *q, int64_t *ret_changed)
{
    Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        continue;
    int64_t changed = st->changed;
    TRY(stmt_end(cx, &st));
    if (ret_changed != NULL)
        *ret_changed = changed;
    return STATUS_OK;
}

Status db_int(Ctx *cx, Db *db, const Sql *q, int64_t *ret)
{
    Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    bool found = stmt_next(st);
    int64_t value = found ? stmt_int(st, 0) : 0;
    TRY(stmt_end(cx, &st));
    if (!found)
        return STATUS_NOT_FOUND;
    *ret = value;
    return STATUS_OK;
}

Status db_next_ids(Ctx *cx, Db *db, SqlText table, int64_t n, int64_t *ret)
{
    check(db->writer && n > 0);
    return db->driver->next_ids(cx, db, table, n, ret);
}

Status db_next_id(Ctx *cx, Db *db, SqlText table, int64_t *ret)
{
    return db_next_ids(cx, db, table, 1, ret);
}
