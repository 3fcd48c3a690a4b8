// Starting and stopping.
#include "http/http_int.h"

#include <stdlib.h>
#include <sys/resource.h>

enum { EXIT_CONFIG = 78, WORKERS = 8, LONG_WORKERS = 4, FILES_WANTED = 8192 };

static void fill(int *value, int usual)
{
    if (*value <= 0)
        *value = usual;
}

static void options_fill(HttpOptions *o)
{
    fill(&o->workers, WORKERS);
    fill(&o->long_workers, LONG_WORKERS);
    fill(&o->connections_per_address, LIMIT_CONNECTIONS_PER_ADDRESS);
    fill(&o->connections, 1000);
    fill(&o->streams, 400);
    fill(&o->headers_ms, 10000);
    fill(&o->keep_alive_ms, 60000);
    fill(&o->body_rate, 1024);
    fill(&o->queue, 512);
    fill(&o->long_queue, 64);
    fill(&o->ping_ms, 20000);
}

// A route nobody guards must not come into service: better no server than an open one.
static void routes_or_exit(const HttpOptions *o)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
    if (http_validate_routes(&cx, o->tables, o->table_sizes, o->ntables) == STATUS_OK)
        return;
    log_errors(LOG_ERROR, "the route table is malformed", &cx);
    _Exit(EXIT_CONFIG);
}

// Each connection and each open file costs a descriptor; the usual soft limit is 1024.
static void raise_file_limit(void)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur >= FILES_WANTED)
        return;
    r.rlim_cur = r.rlim_max < FILES_WANTED ? r.rlim_max : FILES_WANTED;
    (void)setrlimit(RLIMIT_NOFILE, &r);
}

static Status listeners_open(Ctx *cx, HttpServer *s)
{
    Str rest = str_z(s->options.listen);
    while (rest.ptr != NULL) {
        Str spec = str_trim(str_split(&rest, ','));
        if (s->nlisteners == LISTENERS_MAX)
            return FAIL(cx, MALFORMED, "listen.malformed", NULL, "at most %d addresses",
                        LISTENERS_MAX);
        TRY(listener_open(cx, &s->options, spec, &s->listeners[s->nlisteners]));
        s->nlisteners++;
    }
    return STATUS_OK;
}

static void threads_start(HttpServer *s)
{
    pool_start(&s->pool, s, "http", s->options.workers, s->options.queue);
    pool_start(&s->long_pool, s, "http-long", s->options.long_workers, s->options.long_queue);
    s->watchdog = thread_start("http-watch", watchdog, s);
}

static void server_free(HttpServer **s)
{
    if (*s == NULL)
        return;
    HttpServer *server = *s;
    for (size_t i = 0; i < server->nlisteners; i++)
        mhd_stop(&server->listeners[i]);
    if (server->watchdog != NULL) {
        pool_stop(&server->pool);
        pool_stop(&server->long_pool);
        atomic_store(&server->watch_end, true);
        thread_join(&server->watchdog);
    }
    mutex_done(&server->conn_lock);
    mutex_done(&server->stream_lock);
    mutex_done(&server->etag_lock);
    arena_reset(&server->router.arena);
    arena_reset(&server->arena);
    mem_free(server);
    *s = NULL;
}

Status http_start(Ctx *cx, const HttpOptions *o, HttpServer **ret)
{
    routes_or_exit(o);
    CLEANUP(server_free) HttpServer *s = mem_alloc(sizeof(HttpServer));
    s->options = *o;
    options_fill(&s->options);
    mutex_init(&s->conn_lock);
    mutex_init(&s->stream_lock);
    mutex_init(&s->etag_lock);
    router_build(cx, &s->router, o->tables, o->table_sizes, o->ntables);
    TRY(trusted_parse(cx, o->trusted_proxies, &s->trusted));
    if (o->upload_dir != NULL)
        TRY(os_make_dir(cx, o->upload_dir, 0700));
    raise_file_limit();
    TRY(listeners_open(cx, s));
    threads_start(s);
    for (size_t i = 0; i < s->nlisteners; i++)
        TRY(mhd_start(cx, s, &s->listeners[i]));
    *ret = s;
    s = NULL;
    return STATUS_OK;
}

int http_port(const HttpServer *s)
{
    for (size_t i = 0; i < s->nlisteners; i++)
        if (s->listeners[i].kind == LISTEN_TCP)
            return s->listeners[i].port;
    return 0;
}

const Route *http_find(const HttpServer *s, Method m, Str path, uint32_t *ret_allowed)
{
    return router_find(&s->router, m, path, ret_allowed);
}

static bool busy(HttpServer *s)
{
    return pool_pending(&s->pool) + pool_pending(&s->long_pool) > 0;
}

void http_stop(HttpServer **server, int64_t limit_ms)
{
    enum { STEP_MS = 5, FLUSH_MS = 500 };
    HttpServer *s = *server;
    if (s == NULL)
        return;
    int64_t end = os_monotonic_us() + limit_ms * 1000;
    atomic_store(&s->stopping, true);
    for (size_t i = 0; i < s->nlisteners; i++)
        mhd_quiesce(&s->listeners[i]);
    streams_end(s);
    while ((busy(s) || atomic_load(&s->active) > 0) && os_monotonic_us() < end)
        os_sleep_ms(STEP_MS);
    atomic_store(&s->over, true);
    if (busy(s))
        LOG(LOG_WARN, "requests run longer than the stop limit", { "limit_ms", LOG_INT(limit_ms) });
    workers_close(&s->pool);
    workers_close(&s->long_pool);
    while (busy(s))
        os_sleep_ms(STEP_MS);
    // What was answered last still has to leave.
    end = os_monotonic_us() + FLUSH_MS * 1000;
    while (atomic_load(&s->active) > 0 && os_monotonic_us() < end)
        os_sleep_ms(STEP_MS);
    server_free(server);
}
