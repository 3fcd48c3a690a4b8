// The life of one request on a worker: prepare, guard, handler, answer, log line.
#include "http/http_int.h"

#include <unistd.h>

static const int64_t BUCKET_US[8] = { 1000,   5000,    20000,    100000,
                                      500000, 2000000, 10000000, INT64_MAX };

Exchange *exchange_new(HttpServer *s, Conn *c)
{
    Exchange *ex = mem_alloc(sizeof(Exchange));
    ex->server = s;
    ex->conn = c;
    ex->body.fd = -1;
    ex->reply.fd = -1;
    ex->content_length = -1;
    ex->cx = (Ctx){ .arena = &ex->arena,
                    .scratch = &ex->arena,
                    .now = os_now(),
                    .lang = "en",
                    .request_id = os_random_text(&ex->arena, 12) };
    ex->rq.cx = &ex->cx;
    ex->rq.app = s->options.app;
    ex->rq.started_us = os_monotonic_us();
    ex->rq.method = METHODS;
    return ex;
}

void exchange_free(Exchange *ex)
{
    if (ex->stream != NULL)
        stream_gone(ex->stream);
    body_drop(ex);
    reply_drop(&ex->reply);
    if (ex->counted)
        atomic_fetch_sub(&ex->server->active, 1);
    arena_reset(&ex->arena);
    mem_free(ex);
}

static void prepare(Exchange *ex)
{
    if (ex->prepared)
        return;
    ex->prepared = true;
    if (ex->server->options.prepare != NULL)
        ex->server->options.prepare(&ex->rq);
}

void run_guard(Exchange *ex)
{
    if (ex->guarded)
        return;
    ex->guarded = true;
    prepare(ex);
    // The page itself is for everybody; it signs in by the API.
    if (ex->rq.route == NULL || ex->server->options.guard == NULL)
        return;
    Status s = ex->server->options.guard(&ex->rq);
    if (s != STATUS_OK)
        reply_error(ex, s, true);
}

void run_handler(Exchange *ex)
{
    if (ex->reply.kind != REPLY_NONE)
        return;
    const Route *route = ex->rq.route;
    Status s = route != NULL ? route->handle(&ex->rq) : ex->server->options.fallback(&ex->rq);
    if (s != STATUS_OK)
        reply_error(ex, s, true);
}

static void count(HttpServer *s, int status, int64_t us)
{
    atomic_fetch_add(&s->requests, 1);
    atomic_fetch_add(&s->by_class[status / 100 % 6], 1);
    for (size_t i = 0; i < ARRAY_LEN(BUCKET_US); i++) {
        if (us <= BUCKET_US[i]) {
            atomic_fetch_add(&s->bucket_count[i], 1);
            return;
        }
    }
}

static void log_line(Exchange *ex, int64_t us)
{
    const Req *rq = &ex->rq;
    if (ex->reply.status >= 500 && ex->prepared)
        log_errors(ex->reply.status == 500 ? LOG_ERROR : LOG_WARN, "request failed", &ex->cx);
    // The pattern, not the path: addresses can hold personal values.
    const char *route = rq->route != NULL ? rq->route->path : "-";
    const char *method = rq->method < METHODS ? method_name(rq->method) : "?";
    LOG(LOG_INFO, "request", { "id", LOG_STR(ex->cx.request_id) }, { "user", LOG_INT(rq->user) },
        { "method", LOG_Z(method) }, { "route", LOG_Z(route) },
        { "status", LOG_INT(ex->reply.status) }, { "ms", LOG_INT(us / 1000) },
        { "rows", LOG_INT(rq->rows) }, { "peer", LOG_STR(rq->peer) });
}

void run_finish(Exchange *ex)
{
    if (ex->finished)
        return;
    ex->finished = true;
    reply_finish(ex);
    // Whatever the handler had put into scratch ends with it.
    ex->cx.scratch = &ex->arena;
    if (ex->prepared && ex->server->options.finish != NULL)
        ex->server->options.finish(&ex->rq, ex->reply.status);
    int64_t us = os_monotonic_us() - ex->rq.started_us;
    count(ex->server, ex->reply.status, us);
    log_line(ex, us);
}

HttpCounters http_counters(const HttpServer *server)
{
    HttpServer *s = (HttpServer *)(uintptr_t)server;
    HttpCounters c = { .requests = atomic_load(&s->requests), .refused = atomic_load(&s->refused) };
    Pool *pools[] = { &s->pool, &s->long_pool };
    for (size_t i = 0; i < ARRAY_LEN(pools); i++) {
        mutex_lock(&pools[i]->lock);
        c.running += pools[i]->running;
        c.queued += pools[i]->queued;
        mutex_unlock(&pools[i]->lock);
    }
    mutex_lock(&s->conn_lock);
    c.connections = s->nconns;
    mutex_unlock(&s->conn_lock);
    mutex_lock(&s->stream_lock);
    c.streams = s->nstreams;
    mutex_unlock(&s->stream_lock);
    for (size_t i = 0; i < ARRAY_LEN(c.by_class); i++)
        c.by_class[i] = atomic_load(&s->by_class[i]);
    for (size_t i = 0; i < ARRAY_LEN(BUCKET_US); i++) {
        c.bucket_us[i] = BUCKET_US[i];
        c.bucket_count[i] = atomic_load(&s->bucket_count[i]);
    }
    return c;
}
