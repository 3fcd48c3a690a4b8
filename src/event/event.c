#include "event/event.h"

#include "os/os.h"

enum { MAX_CONSUMERS = 64, FEED_PAGE = 500, IDLE_MS = 1000 };

typedef struct Subscriber {
    struct Subscriber *next;
    Events *events;
    Stream *stream;
    Id user;
} Subscriber;

struct Events {
    Store *store;
    void *app;
    void (*prepare)(Ctx *cx, void *app);
    const Consumer *consumers[MAX_CONSUMERS];
    int64_t positions[MAX_CONSUMERS];
    size_t n;
    Mutex lock; // guards signalled, stopping, settled, subscribers
    Cond wake, settled;
    bool signalled, stopping;
    int64_t rounds;
    Subscriber *subscribers;
    Thread *thread;
};

// --- positions

static Status load_position(Ctx *cx, Db *db, const Consumer *c, int64_t *ret)
{
    Sql *q = sql_new(cx->arena, db);
    if (c->name[0] == '\0') {
        sql_add(q, SQL("SELECT coalesce(max(id), 0) FROM change"));
    } else {
        sql_add(q, SQL("SELECT position FROM feed_position WHERE name = "));
        sql_text(q, str_z(c->name));
    }
    *ret = 0;
    Status s = db_int(cx, db, q, ret);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

typedef struct Position {
    const char *name;
    int64_t position;
} Position;

static Status save_position(Ctx *cx, Db *db, void *arg)
{
    const Position *p = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO feed_position (name, position) VALUES ("));
    sql_text(q, str_z(p->name));
    sql_add(q, SQL(", "));
    sql_int(q, p->position);
    sql_add(q, SQL(") ON CONFLICT (name) DO UPDATE SET position = excluded.position"));
    return db_exec(cx, db, q, NULL);
}

// --- the thread

static Status read_page(Ctx *cx, Store *s, int64_t after, FeedRow **rows, size_t *n)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    return change_feed(cx, db, after, FEED_PAGE, rows, n);
}

// Feeds one consumer one page. A consumer that fails is asked again with the same rows later.
static Status feed_one(Events *e, size_t i, bool *ret_more)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena,
               .scratch = &arena,
               .now = os_now(),
               .lang = "zh-CN",
               .request_id = S("feed") };
    const Consumer *c = e->consumers[i];
    FeedRow *rows = NULL;
    size_t n = 0;
    e->prepare(&cx, e->app);
    cx.access = access_system(&arena, ORIGIN_SYSTEM, (Id){ 0 });
    Status s = read_page(&cx, e->store, e->positions[i], &rows, &n);
    if (s == STATUS_OK && n > 0)
        s = c->feed(&cx, e->app, rows, n);
    if (s == STATUS_OK && n > 0) {
        Position p = { c->name, rows[n - 1].id };
        if (c->name[0] != '\0')
            s = store_write(&cx, e->store, save_position, &p);
        if (s == STATUS_OK)
            e->positions[i] = p.position;
    }
    if (s != STATUS_OK)
        log_errors(LOG_ERROR, "a consumer of the change feed failed", &cx);
    *ret_more = s == STATUS_OK && n == FEED_PAGE;
    catalog_release(cx.catalog);
    return s;
}

static bool is_stopping(Events *e)
{
    mutex_lock(&e->lock);
    bool stopping = e->stopping;
    mutex_unlock(&e->lock);
    return stopping;
}

static void feed_all(Events *e)
{
    for (size_t i = 0; i < e->n; i++) {
        bool more = true;
        while (more && feed_one(e, i, &more) == STATUS_OK && !is_stopping(e))
            continue;
    }
}

static void run(void *arg)
{
    Events *e = arg;
    for (;;) {
        mutex_lock(&e->lock);
        if (!e->signalled && !e->stopping)
            (void)cond_wait_ms(&e->wake, &e->lock, IDLE_MS);
        bool stop = e->stopping;
        e->signalled = false;
        mutex_unlock(&e->lock);
        if (stop)
            return;
        feed_all(e);
        mutex_lock(&e->lock);
        e->rounds++;
        cond_broadcast(&e->settled);
        mutex_unlock(&e->lock);
    }
}

static void on_commit(void *arg)
{
    Events *e = arg;
    mutex_lock(&e->lock);
    e->signalled = true;
    cond_signal(&e->wake);
    mutex_unlock(&e->lock);
}

static Status load_positions(Ctx *cx, Events *e, const ConsumerTable *tables, size_t n)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, e->store, &db));
    for (size_t t = 0; t < n; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            check(e->n < MAX_CONSUMERS);
            e->consumers[e->n] = &tables[t].defs[i];
            TRY(load_position(cx, db, e->consumers[e->n], &e->positions[e->n]));
            e->n++;
        }
    return STATUS_OK;
}

Status events_start(Ctx *cx, Store *s, void *app, const ConsumerTable *tables, size_t n,
                    void (*prepare)(Ctx *cx, void *app), Events **ret)
{
    Events *e = mem_alloc(sizeof(Events));
    *e = (Events){ .store = s, .app = app, .prepare = prepare };
    mutex_init(&e->lock);
    cond_init(&e->wake);
    cond_init(&e->settled);
    *ret = e;
    TRY(load_positions(cx, e, tables, n));
    store_on_commit(s, on_commit, e);
    e->thread = thread_start("events", run, e);
    return STATUS_OK;
}

void events_stop(Events **ptr)
{
    Events *e = *ptr;
    if (e == NULL)
        return;
    store_on_commit(e->store, NULL, NULL);
    mutex_lock(&e->lock);
    e->stopping = true;
    cond_signal(&e->wake);
    mutex_unlock(&e->lock);
    if (e->thread != NULL)
        thread_join(&e->thread);
    check(e->subscribers == NULL);
    cond_done(&e->wake);
    cond_done(&e->settled);
    mutex_done(&e->lock);
    mem_free(e);
    *ptr = NULL;
}

Status events_settle(Ctx *cx, Events *e, int64_t limit_ms)
{
    int64_t until = os_monotonic_us() + limit_ms * 1000;
    mutex_lock(&e->lock);
    // The round under way may have begun before the last commit: two more ends make it sure.
    int64_t want = e->rounds + 2;
    bool done = true;
    while (e->rounds < want && done) {
        e->signalled = true;
        cond_signal(&e->wake);
        int64_t left = (until - os_monotonic_us()) / 1000;
        done = left > 0 && (cond_wait_ms(&e->settled, &e->lock, left) || e->rounds >= want);
    }
    mutex_unlock(&e->lock);
    return done ? STATUS_OK
                : FAIL(cx, UNAVAILABLE, "busy", NULL, "the change feed did not settle in time");
}

// --- streams

static void closed(void *owner)
{
    Subscriber *s = owner;
    Events *e = s->events;
    mutex_lock(&e->lock);
    for (Subscriber **link = &e->subscribers; *link != NULL; link = &(*link)->next)
        if (*link == s) {
            *link = s->next;
            break;
        }
    mutex_unlock(&e->lock);
    mem_free(s);
}

static bool is_listed(const Events *e, const Subscriber *s)
{
    for (const Subscriber *one = e->subscribers; one != NULL; one = one->next)
        if (one == s)
            return true;
    return false;
}

// The client may vanish, and closed() free s, before req_stream returns: s is listed first and
// looked up again afterwards.
Status events_subscribe(Req *rq, Events *e, Id user)
{
    Subscriber *s = mem_alloc(sizeof(Subscriber));
    *s = (Subscriber){ .events = e, .user = user };
    mutex_lock(&e->lock);
    s->next = e->subscribers;
    e->subscribers = s;
    mutex_unlock(&e->lock);
    Stream *stream = NULL;
    Status status = req_stream(rq, s, closed, &stream);
    if (status != STATUS_OK) {
        closed(s);
        return status;
    }
    mutex_lock(&e->lock);
    if (is_listed(e, s)) {
        s->stream = stream;
        (void)stream_send(stream, "hello", S("{}"));
    }
    mutex_unlock(&e->lock);
    return STATUS_OK;
}

void events_send(Events *e, Id user, const char *event, Str data)
{
    mutex_lock(&e->lock);
    for (Subscriber *s = e->subscribers; s != NULL; s = s->next)
        if (s->stream != NULL && (user.v == 0 || s->user.v == user.v))
            (void)stream_send(s->stream, event, data);
    mutex_unlock(&e->lock);
}

void events_end(Events *e, Id user)
{
    mutex_lock(&e->lock);
    for (Subscriber *s = e->subscribers; s != NULL; s = s->next)
        if (s->stream != NULL && s->user.v == user.v) {
            (void)stream_send(s->stream, "session", S("{\"ended\":true}"));
            stream_close(s->stream);
        }
    mutex_unlock(&e->lock);
}
