// Slow, rude and vanishing clients; many of them; stopping while they are there.
#include "http/test_server.h"
#include "kit/kit.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/socket.h>

static bool wait_until(int (*value)(const HttpServer *), const HttpServer *s, int want, int ms)
{
    for (int i = 0; i < ms / 10 && value(s) != want; i++)
        os_sleep_ms(10);
    return value(s) == want;
}

static int connections(const HttpServer *s)
{
    return (int)http_counters(s).connections;
}

static int running(const HttpServer *s)
{
    return (int)http_counters(s).running;
}

static int64_t probe_us(const HttpServer *s)
{
    int64_t from = os_monotonic_us();
    CHECK_INT(kit_status(kit_exchange(s, kit_get("/hello"))), 200);
    return os_monotonic_us() - from;
}

TEST(trickling_clients_delay_nobody)
{
    enum { SLOW = 100 };
    HttpOptions o = kit_options();
    o.connections_per_address = 400;
    o.headers_ms = 1200;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    static const Str HEADS[] = {
        S_INIT("GET /hello HTTP/1.1\r\nHost: a\r\nX: "),
        S_INIT("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"),
        S_INIT(""),
    };
    int fds[SLOW];
    for (int i = 0; i < SLOW; i++) {
        fds[i] = kit_connect(s);
        (void)kit_send(fds[i], HEADS[i % 3]);
    }
    CHECK(wait_until(connections, s, SLOW, 2000));
    int64_t worst = 0;
    for (int round = 0; round < 30; round++) {
        for (int i = 0; i < SLOW; i++)
            (void)kit_send(fds[i], i % 3 == 2 ? S("G") : S("x"));
        int64_t us = probe_us(s);
        worst = us > worst ? us : worst;
        os_sleep_ms(20);
    }
    CHECK_ROW(worst < 300000, "a probe took %lld us", (long long)worst);
    // One byte now and then is not enough: all are cut when the time is over.
    for (int i = 0; i < 40 && connections(s) > 0; i++) {
        for (int k = 0; k < SLOW; k++)
            (void)kit_send(fds[k], S("x"));
        os_sleep_ms(50);
    }
    CHECK(wait_until(connections, s, 0, 1000));
    for (int i = 0; i < SLOW; i++)
        fd_close(&fds[i]);
}

TEST(a_dribbled_second_request_is_cut_and_silence_is_borne)
{
    HttpOptions o = kit_options();
    o.headers_ms = 600;
    o.keep_alive_ms = 2500;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int quiet = kit_connect(s);
    CLEANUP(fd_close) int dribble = kit_connect(s);
    (void)kit_send(quiet, kit_get("/hello"));
    (void)kit_send(dribble, kit_get("/hello"));
    CHECK_INT(kit_status(kit_receive(quiet, 1, 1000)), 200);
    CHECK_INT(kit_status(kit_receive(dribble, 1, 1000)), 200);
    for (int i = 0; i < 15; i++) {
        os_sleep_ms(100);
        (void)kit_send(dribble, S("G"));
    }
    CHECK_INT(connections(s), 1);
    (void)kit_send(quiet, kit_get("/hello"));
    CHECK_INT(kit_status(kit_receive(quiet, 1, 1000)), 200);
    CHECK(wait_until(connections, s, 0, 4500));
}

TEST(the_oldest_waiting_connection_makes_room)
{
    HttpOptions o = kit_options();
    o.connections_per_address = 8;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    int fds[30];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = kit_connect(s);
        (void)kit_send(fds[i], S("GET /hello HTTP/1.1\r\n"));
        os_sleep_ms(2);
    }
    CHECK(probe_us(s) < 1000000);
    CHECK(connections(s) <= 9);
    // The last one is still served, the first is not.
    (void)kit_send(fds[29], S("Host: a\r\n\r\n"));
    CHECK_INT(kit_status(kit_receive(fds[29], 1, 1000)), 200);
    (void)kit_send(fds[0], S("Host: a\r\n\r\n"));
    CHECK_INT(kit_status(kit_receive(fds[0], 1, 300)), 0);
    for (size_t i = 0; i < ARRAY_LEN(fds); i++)
        fd_close(&fds[i]);
}

TEST(running_requests_are_not_sent_away_for_newcomers)
{
    HttpOptions o = kit_options();
    o.connections_per_address = 4;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    int fds[4];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = kit_connect(s);
        (void)kit_send(fds[i], kit_get("/slow?ms=600"));
    }
    CHECK(wait_until(running, s, 4, 1000));
    CHECK_INT(kit_status(kit_exchange(s, kit_get("/hello"))), 0);
    CHECK(http_counters(s).refused >= 1);
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        CHECK_INT(kit_status(kit_receive(fds[i], 1, 2000)), 200);
        fd_close(&fds[i]);
    }
}

TEST(long_requests_do_not_delay_short_ones)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    int fds[8];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = kit_connect(s);
        (void)kit_send(fds[i], kit_get("/long?ms=500"));
    }
    CHECK(wait_until(running, s, 4, 1000));
    CHECK(probe_us(s) < 200000);
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        CHECK_INT(kit_status(kit_receive(fds[i], 1, 4000)), 200);
        fd_close(&fds[i]);
    }
}

TEST(long_work_can_see_that_nobody_waits)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int fd = kit_connect(s);
    (void)kit_send(fd, kit_get("/long?ms=20000"));
    CHECK(wait_until(running, s, 1, 1000));
    os_sleep_ms(50);
    CHECK_INT(running(s), 1);
    fd_close(&fd);
    CHECK(wait_until(running, s, 0, 1000));
}

TEST(a_full_queue_answers_503)
{
    HttpOptions o = kit_options();
    o.long_workers = 1;
    o.long_queue = 2;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    int fds[8];
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = kit_connect(s);
        (void)kit_send(fds[i], kit_get("/long?ms=300"));
        if (i == 0)
            CHECK(wait_until(running, s, 1, 1000));
    }
    int served = 0, refused = 0;
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        Str a = kit_receive(fds[i], 1, 4000);
        served += kit_status(a) == 200;
        refused += kit_status(a) == 503 && kit_header(a, "Retry-After").len > 0;
        fd_close(&fds[i]);
    }
    CHECK_INT(served, 3);
    CHECK_INT(refused, 5);
}

// The client is gone after every number of bytes sent, for every kind of request.
TEST(clients_that_break_off_anywhere_in_the_request)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    static const Str REQUESTS[] = {
        S_INIT("GET /hello?a=b HTTP/1.1\r\nHost: a\r\n\r\n"),
        S_INIT("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabcdefghi"),
        S_INIT("POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
               "3\r\nabc\r\n0\r\n\r\n"),
        S_INIT(
            "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=XX\r\n"
            "Content-Length: 87\r\n\r\n--XX\r\nContent-Disposition: form-data; name=f; "
            "filename=x\r\n\r\nsome content\r\n--XX--\r\n"),
        S_INIT("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabcdefghi"),
        S_INIT("GET /slow?ms=20 HTTP/1.1\r\nHost: a\r\n\r\n"),
        S_INIT("GET /events HTTP/1.1\r\nHost: a\r\n\r\n"),
    };
    for (size_t i = 0; i < ARRAY_LEN(REQUESTS); i++) {
        for (size_t n = 0; n <= REQUESTS[i].len; n++) {
            CLEANUP(fd_close) int fd = kit_connect(s);
            (void)kit_send(fd, str_sub(REQUESTS[i], 0, n));
            // Every third goes with a reset instead of a goodbye.
            const struct linger now = { .l_onoff = 1, .l_linger = 0 };
            if (n % 3 == 0)
                (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
        }
    }
    CHECK(wait_until(connections, s, 0, 5000));
    CHECK_INT(http_counters(s).streams, 0);
    CHECK(probe_us(s) < 1000000);
    CHECK(wait_until(connections, s, 0, 2000));
}

TEST(clients_that_break_off_anywhere_in_the_answer)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    Str content = { arena_array(kit_arena(), char, 300000), 300000 };
    CHECK_OK(os_write_file(kit_ctx(), arena_fmt(kit_arena(), "%s/file.bin", kit_dir()).ptr, content,
                           0600));
    static const char *const PATHS[] = { "/large?bytes=3000000", "/file", "/events", "/hello" };
    for (size_t i = 0; i < ARRAY_LEN(PATHS); i++) {
        for (size_t n = 0; n < 700; n += 1 + n / 60) {
            CLEANUP(fd_close) int fd = kit_connect(s);
            (void)kit_send(fd, kit_get(PATHS[i]));
            char some[700];
            if (n > 0)
                (void)!recv(fd, some, n, 0);
        }
    }
    CHECK(wait_until(connections, s, 0, 5000));
    CHECK_INT(http_counters(s).streams, 0);
    CHECK(probe_us(s) < 1000000);
}

TEST(a_file_is_streamed_whole)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    Str content = { arena_array(kit_arena(), char, 3000001), 3000001 };
    for (size_t i = 0; i < content.len; i++)
        ((char *)(uintptr_t)content.ptr)[i] = (char)(i * 7 + i / 256);
    CHECK_OK(os_write_file(kit_ctx(), arena_fmt(kit_arena(), "%s/file.bin", kit_dir()).ptr, content,
                           0600));
    Str a = kit_exchange(s, kit_get("/file"));
    CHECK_INT(kit_status(a), 200);
    CHECK(str_eq(kit_body(a), content));
}

static void stop_later(void *arg)
{
    http_stop(arg, 3000);
}

TEST(stopping_lets_running_requests_finish)
{
    HttpOptions o = kit_options();
    HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int busy = kit_connect(s);
    CLEANUP(fd_close) int idle = kit_connect(s);
    CLEANUP(fd_close) int stream = kit_connect(s);
    atomic_store(&kit_streams_closed, 0);
    (void)kit_send(idle, kit_get("/hello"));
    CHECK_INT(kit_status(kit_receive(idle, 1, 1000)), 200);
    (void)kit_send(stream, kit_get("/events"));
    (void)kit_send(busy, kit_get("/slow?ms=700"));
    CHECK(wait_until(running, s, 1, 1000));
    os_sleep_ms(100);
    HttpServer *to_stop = s;
    Thread *t = thread_start("stop", stop_later, &to_stop);
    os_sleep_ms(200);
    CHECK_INT(kit_connect(s), -1);
    Str late = S("");
    if (kit_send(idle, kit_get("/hello")))
        late = kit_receive(idle, 1, 1000);
    CHECK(kit_status(late) == 503 || kit_status(late) == 0);
    CHECK_INT(kit_status(kit_receive(busy, 1, 3000)), 200);
    Str events = kit_receive(stream, 0, 1000);
    CHECK(str_ends(events, S("0\r\n\r\n")));
    thread_join(&t);
    CHECK_INT(atomic_load(&kit_streams_closed), 1);
}

TEST(stopping_does_not_wait_for_ever)
{
    HttpOptions o = kit_options();
    HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int busy = kit_connect(s);
    CLEANUP(fd_close) int slow = kit_connect(s);
    (void)kit_send(busy, kit_get("/slow?ms=20000"));
    (void)kit_send(slow, S("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"));
    CHECK(wait_until(running, s, 1, 1000));
    int64_t from = os_monotonic_us();
    http_stop(&s, 300);
    CHECK(s == NULL);
    CHECK(os_monotonic_us() - from < 3000000);
}

TEST(upload_folder_is_empty_after_vanishing_clients)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    CLEANUP(fd_close) int fd = kit_connect(s);
    (void)kit_send(fd, S("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n"
                         "Content-Length: 100\r\n\r\nabc"));
    os_sleep_ms(200);
    DIR *d = opendir(kit_dir());
    int files = 0;
    while (d != NULL && readdir(d) != NULL)
        files++;
    (void)closedir(d);
    CHECK_INT(files, 3);
    fd_close(&fd);
    CHECK(wait_until(connections, s, 0, 2000));
    d = opendir(kit_dir());
    for (files = 0; d != NULL && readdir(d) != NULL;)
        files++;
    (void)closedir(d);
    CHECK_INT(files, 2);
}
