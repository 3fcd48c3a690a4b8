// Server-sent events: told apart, bounded, pinged, and closed exactly once.
#include "http/test_server.h"
#include "kit/kit.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int streams(const HttpServer *s)
{
    return (int)http_counters(s).streams;
}

static bool wait_streams(const HttpServer *s, int want, int ms)
{
    for (int i = 0; i < ms / 10 && streams(s) != want; i++)
        os_sleep_ms(10);
    return streams(s) == want;
}

TEST(events_arrive)
{
    HttpOptions o = kit_options();
    o.ping_ms = 400;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int fd = kit_connect(s);
    (void)kit_send(fd, kit_get("/events?keep"));
    CHECK(wait_streams(s, 1, 1000));
    os_sleep_ms(100);
    Stream *stream = atomic_load(&kit_stream);
    CHECK(stream != NULL);
    if (stream == NULL)
        return;
    CHECK(stream_send(stream, NULL, S("{\"n\":1}")));
    CHECK(stream_send(stream, "tick", S("a\r\nb\rc\n")));
    Str got = kit_receive(fd, 0, 700);
    CHECK_INT(kit_status(got), 200);
    CHECK_STR(kit_header(got, "Content-Type"), S("text/event-stream; charset=utf-8"));
    CHECK_STR(kit_header(got, "Cache-Control"), S("no-store"));
    static const char *const WANT[] = { "event: hello\ndata: one\ndata: two\n\n",
                                        "data: {\"n\":1}\n\n",
                                        "event: tick\ndata: a \ndata: b c\ndata: \n\n",
                                        ": ping\n\n" };
    for (size_t i = 0; i < ARRAY_LEN(WANT); i++)
        CHECK_ROW(str_find(got, str_z(WANT[i]), 0) < got.len, "%s", WANT[i]);
    stream_close(stream);
    CHECK(str_ends(kit_receive(fd, 0, 500), S("0\r\n\r\n")));
}

TEST(a_stream_that_ends_at_once_or_fails)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    atomic_store(&kit_streams_opened, 0);
    atomic_store(&kit_streams_closed, 0);
    Str a = kit_exchange(s, kit_get("/events?end"));
    CHECK(str_find(a, S("data: one"), 0) < a.len || kit_status(a) == 200);
    a = kit_exchange(s, kit_get("/events?fail"));
    CHECK_INT(kit_status(a), 422);
    CHECK(wait_streams(s, 0, 1000));
    CHECK_INT(atomic_load(&kit_streams_opened), 2);
    CHECK_INT(atomic_load(&kit_streams_closed), 2);
}

TEST(vanished_clients_are_noticed_and_told_once)
{
    enum { CLIENTS = 40 };
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    atomic_store(&kit_streams_opened, 0);
    atomic_store(&kit_streams_closed, 0);
    int fds[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = kit_connect(s);
        (void)kit_send(fds[i], kit_get("/events"));
    }
    CHECK(wait_streams(s, CLIENTS, 2000));
    for (int i = 0; i < CLIENTS; i++) {
        const struct linger now = { .l_onoff = 1, .l_linger = 0 };
        if (i % 2 == 0)
            (void)setsockopt(fds[i], SOL_SOCKET, SO_LINGER, &now, sizeof(now));
        fd_close(&fds[i]);
    }
    CHECK(wait_streams(s, 0, 3000));
    CHECK_INT(atomic_load(&kit_streams_closed), atomic_load(&kit_streams_opened));
}

// An owner as the header describes him: one lock around sending and forgetting.
typedef struct Hub {
    Mutex lock;
    Stream *streams[64];
    atomic_int closed;
    atomic_bool stop;
} Hub;
static Hub hub;

static void hub_closed(void *owner)
{
    mutex_lock(&hub.lock);
    *(Stream **)owner = NULL;
    mutex_unlock(&hub.lock);
    atomic_fetch_add(&hub.closed, 1);
}

static Status hub_join(Req *rq)
{
    Status s = STATUS_OK;
    mutex_lock(&hub.lock);
    size_t i = 0;
    while (i < ARRAY_LEN(hub.streams) && hub.streams[i] != NULL)
        i++;
    if (i == ARRAY_LEN(hub.streams))
        s = FAIL(rq->cx, UNAVAILABLE, "full", NULL, "full");
    else
        s = req_stream(rq, &hub.streams[i], hub_closed, &hub.streams[i]);
    mutex_unlock(&hub.lock);
    return s;
}

static void hub_sender(void *arg)
{
    (void)arg;
    while (!atomic_load(&hub.stop)) {
        mutex_lock(&hub.lock);
        for (size_t i = 0; i < ARRAY_LEN(hub.streams); i++)
            if (hub.streams[i] != NULL)
                (void)stream_send(hub.streams[i], "tick", S("0123456789"));
        mutex_unlock(&hub.lock);
    }
}

TEST(senders_and_vanishing_clients_race)
{
    static const Route ROUTES[] = { { METHOD_GET, "/hub", hub_join, NULL, NULL, "s",
                                      ROUTE_PUBLIC | ROUTE_STREAM, NULL, NULL, NULL } };
    const Route *const tables[] = { ROUTES };
    const size_t sizes[] = { 1 };
    HttpOptions o = {
        .listen = "127.0.0.1:0", .tables = tables, .table_sizes = sizes, .ntables = 1
    };
    HttpServer *s = kit_server(&o);
    mutex_init(&hub.lock);
    Thread *senders[2] = { thread_start("send", hub_sender, NULL),
                           thread_start("send", hub_sender, NULL) };
    int opened = 0;
    for (int round = 0; round < 150; round++) {
        CLEANUP(fd_close) int fd = kit_connect(s);
        (void)kit_send(fd, kit_get("/hub"));
        char some[512];
        // Some never read, some read a little, some hang up before the answer.
        if (round % 3 != 0)
            opened += recv(fd, some, sizeof(some), 0) > 0;
        if (round % 10 == 0)
            os_sleep_ms(5);
    }
    // One that does not read at all is cut when its queue is full.
    CLEANUP(fd_close) int deaf = kit_connect(s);
    (void)kit_send(deaf, kit_get("/hub"));
    CHECK(wait_streams(s, 0, 15000));
    CHECK(opened > 0 && atomic_load(&hub.closed) >= opened);
    atomic_store(&hub.stop, true);
    thread_join(&senders[0]);
    thread_join(&senders[1]);
    kit_stop(&s);
    for (size_t i = 0; i < ARRAY_LEN(hub.streams); i++)
        CHECK(hub.streams[i] == NULL);
    mutex_done(&hub.lock);
}

TEST(too_many_streams_are_refused)
{
    HttpOptions o = kit_options();
    o.streams = 2;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int one = kit_connect(s);
    CLEANUP(fd_close) int two = kit_connect(s);
    (void)kit_send(one, kit_get("/events"));
    (void)kit_send(two, kit_get("/events"));
    CHECK(wait_streams(s, 2, 1000));
    Str a = kit_exchange(s, kit_get("/events"));
    CHECK_INT(kit_status(a), 503);
    CHECK_STR(kit_header(a, "Retry-After"), S("2"));
}

TEST(local_socket)
{
    HttpOptions o = kit_options();
    const char *path = arena_fmt(kit_arena(), "%s/s.sock", kit_dir()).ptr;
    const char *proxy = arena_fmt(kit_arena(), "%s/p.sock", kit_dir()).ptr;
    o.listen = arena_fmt(kit_arena(), "127.0.0.1:0,local:%s,unix:%s", path, proxy).ptr;
    o.trusted_proxies = "unix";
    HttpServer *s = kit_server(&o);
    static const struct {
        Method method;
        const char *target, *body;
        int status;
        const char *want;
    } ROWS[] = {
        { METHOD_GET, "/hello", "", 200, "{\"hello\":\"world\"}" },
        { METHOD_HEAD, "/hello", "", 200, "" },
        { METHOD_GET, "/who", "", 200, "local plain local" },
        { METHOD_POST, "/json", "{\"a\":1}", 200, "{\"a\":1}" },
        { METHOD_POST, "/json", "{", 400, NULL },
        { METHOD_PATCH, "/nothing", "", 204, "" },
        { METHOD_GET, "/nowhere", "", 404, NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Answer a = { 0 };
        CHECK_OK(
            http_local(kit_ctx(), path, ROWS[i].method, ROWS[i].target, str_z(ROWS[i].body), &a));
        CHECK_ROW(a.status == ROWS[i].status, "%s: %d", ROWS[i].target, a.status);
        if (ROWS[i].want != NULL)
            CHECK_STR(a.body, str_z(ROWS[i].want));
    }
    Answer a = { 0 };
    CHECK_OK(http_local(kit_ctx(), path, METHOD_GET, "/large?bytes=1000000", S(""), &a));
    CHECK_INT(a.body.len, 1000000);
    CHECK_OK(http_local(kit_ctx(), proxy, METHOD_GET, "/who", S(""), &a));
    CHECK_STR(a.body, S("unix plain remote"));
    struct stat st;
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK(stat(proxy, &st) == 0 && (st.st_mode & 0777) == 0660);
    // A second server must not take the path of a living one, but that of a dead one.
    HttpServer *second = NULL;
    o.listen = arena_fmt(kit_arena(), "local:%s", path).ptr;
    CHECK_STATUS(http_start(kit_ctx(), &o, &second), CONFLICT);
    CHECK_OK(http_local(kit_ctx(), path, METHOD_GET, "/hello", S(""), &a));
    kit_stop(&s);
    CHECK_STATUS(http_local(kit_ctx(), path, METHOD_GET, "/hello", S(""), &a), NOT_FOUND);
}
