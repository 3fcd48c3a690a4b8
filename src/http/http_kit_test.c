#include "http/test_server.h"
#include "kit/kit.h"

#include "json/json.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

atomic_int kit_streams_closed, kit_streams_opened, kit_finished, kit_prepared;
Stream *_Atomic kit_stream;

static Status do_hello(Req *rq)
{
    return req_reply_json(rq, 200, S("{\"hello\":\"world\"}"));
}

static Status do_json(Req *rq)
{
    const Json *json = NULL;
    TRY(req_json(rq, &json));
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_write(&j, json);
    rq->rows = 1;
    return req_reply_json(rq, 200, buf_str(&b));
}

static Status do_raw(Req *rq)
{
    return req_reply(rq, 200, "application/octet-stream", rq->body);
}

static Status do_item(Req *rq)
{
    Id id = { 0 };
    TRY(req_id(rq, &id));
    return req_reply_json(rq, 200, arena_fmt(rq->cx->arena, "{\"id\":%lld}", (long long)id.v));
}

static Status do_named(Req *rq)
{
    return req_reply(rq, 200, "text/plain", req_param(rq, "name"));
}

static Status do_slow(Req *rq)
{
    int64_t ms = 0;
    if (!str_int(req_query(rq, "ms"), &ms))
        ms = 300;
    for (int64_t i = 0; i < ms && !req_gone(rq); i += 10)
        os_sleep_ms(10);
    return req_reply_json(rq, 200, S("{\"slow\":true}"));
}

static Status do_large(Req *rq)
{
    int64_t n = 0;
    if (!str_int(req_query(rq, "bytes"), &n) || n > LIMIT_RESPONSE)
        n = 0;
    char *p = arena_array(rq->cx->arena, char, (size_t)n + 1);
    memset(p, 'x', (size_t)n);
    return req_reply_json(rq, 200, (Str){ p, (size_t)n });
}

static Status do_upload(Req *rq)
{
    Str content = { 0 };
    if (rq->upload_path != NULL)
        TRY(os_read_file(rq->cx, rq->upload_path, 1 << 20, &content));
    uint64_t hash = str_hash(content);
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "name", rq->upload_name);
    json_key_int(&j, "bytes", (int64_t)content.len);
    json_key_str(&j, "hash", arena_fmt(rq->cx->arena, "%016llx", (unsigned long long)hash));
    json_key_int(&j, "fields", (int64_t)rq->nform);
    json_key_str(&j, "note", req_form(rq, "note"));
    json_close(&j);
    return req_reply_json(rq, 201, buf_str(&b));
}

static Status do_fail(Req *rq)
{
    if (req_has_query(rq, "inside"))
        return FAIL(rq->cx, DB, "db.secret", NULL, "secret table name");
    if (req_has_query(rq, "after"))
        TRY(req_reply_json(rq, 200, S("{}")));
    (void)FAIL(rq->cx, INVALID, "required", "name", "is required");
    return FAIL(rq->cx, INVALID, "range", "age", "is too small");
}

static Status do_file(Req *rq)
{
    const char *path =
        arena_cstr(rq->cx->arena, arena_fmt(rq->cx->arena, "%s/file.bin",
                                            exchange_of(rq)->server->options.upload_dir));
    return req_reply_file(rq, path, "application/octet-stream", "客户 \"list\".bin");
}

static Status do_page(Req *rq)
{
    return req_reply_static(rq, 200, "text/html", S("<!doctype html><title>page</title>"));
}

static Status do_cookie(Req *rq)
{
    req_set_cookie(rq, "session", S("abc123"));
    req_set_cookie(rq, "old", S(""));
    return req_reply(rq, 200, "text/plain", req_cookie(rq, "session"));
}

static Status do_redirect(Req *rq)
{
    return req_redirect(rq, req_query(rq, "to"));
}

static Status do_who(Req *rq)
{
    return req_reply(rq, 200, "text/plain",
                     arena_fmt(rq->cx->arena, STR_FMT " %s %s", STR_ARG(rq->peer),
                               rq->secure ? "secure" : "plain", rq->local ? "local" : "remote"));
}

static Status do_nothing(Req *rq)
{
    (void)rq;
    return STATUS_OK;
}

static void stream_closed(void *owner)
{
    (void)owner;
    atomic_store(&kit_stream, NULL);
    atomic_fetch_add(&kit_streams_closed, 1);
}

static Status do_stream(Req *rq)
{
    Stream *s = NULL;
    TRY(req_stream(rq, NULL, stream_closed, &s));
    atomic_fetch_add(&kit_streams_opened, 1);
    (void)stream_send(s, "hello", S("one\ntwo"));
    if (req_has_query(rq, "end"))
        stream_close(s);
    if (req_has_query(rq, "fail"))
        return FAIL(rq->cx, INVALID, "late", NULL, "failed after all");
    // Only the test that sends from outside asks for it: the pointer must not outlive the stream.
    if (req_has_query(rq, "keep"))
        atomic_store(&kit_stream, s);
    return STATUS_OK;
}

static const Route ROUTES[] = {
    { METHOD_GET, "/", do_page, NULL, NULL, "Page", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_POST, "/", do_raw, NULL, NULL, "Root", ROUTE_PUBLIC | ROUTE_READS, NULL, NULL, NULL },
    { METHOD_GET, "/hello", do_hello, NULL, NULL, "Hello", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_POST, "/echo", do_raw, NULL, NULL, "Echo", ROUTE_PUBLIC | ROUTE_READS, NULL, NULL,
      NULL },
    { METHOD_POST, "/json", do_json, NULL, NULL, "JSON", ROUTE_PUBLIC | ROUTE_READS, NULL, NULL,
      NULL },
    { METHOD_GET, "/echo", do_cookie, NULL, NULL, "Cookies", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_POST, "/raw", do_raw, NULL, NULL, "Raw", ROUTE_PUBLIC | ROUTE_READS, NULL, NULL,
      NULL },
    { METHOD_GET, "/items/:id", do_item, "item.read", NULL, "Item", 0, NULL, NULL, NULL },
    { METHOD_DELETE, "/items/:id", do_nothing, "item.delete", "delete", "Gone", 0, NULL, NULL,
      NULL },
    { METHOD_GET, "/named/:name", do_named, NULL, NULL, "Named", ROUTE_SELF, NULL, NULL, NULL },
    { METHOD_GET, "/slow", do_slow, NULL, NULL, "Slow", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_GET, "/long", do_slow, NULL, NULL, "Long", ROUTE_PUBLIC | ROUTE_LONG, NULL, NULL,
      NULL },
    { METHOD_GET, "/large", do_large, NULL, NULL, "Large", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_POST, "/upload", do_upload, NULL, "upload", "Upload", ROUTE_SELF | ROUTE_UPLOAD, NULL,
      NULL, NULL },
    { METHOD_GET, "/fail", do_fail, NULL, NULL, "Fail", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_GET, "/file", do_file, NULL, NULL, "File", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_GET, "/cookie", do_cookie, NULL, NULL, "Cookie", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_GET, "/redirect", do_redirect, NULL, NULL, "Redirect", ROUTE_PUBLIC, NULL, NULL,
      NULL },
    { METHOD_GET, "/who", do_who, NULL, NULL, "Who", ROUTE_PUBLIC, NULL, NULL, NULL },
    { METHOD_PATCH, "/nothing", do_nothing, NULL, "none", "Nothing", ROUTE_SELF, NULL, NULL, NULL },
    { METHOD_GET, "/events", do_stream, NULL, NULL, "Events", ROUTE_PUBLIC | ROUTE_STREAM, NULL,
      NULL, NULL },
};
static const Route *const TABLES[] = { ROUTES };
static const size_t SIZES[] = { ARRAY_LEN(ROUTES) };

static Status guard(Req *rq)
{
    if (str_eq(req_header(rq, "Authorization"), S("wrong")))
        return FAIL(rq->cx, UNAUTHENTICATED, "session", NULL, "sign in first");
    rq->user = 7;
    return STATUS_OK;
}

static void prepare(Req *rq)
{
    (void)rq;
    atomic_fetch_add(&kit_prepared, 1);
}

static void finish(Req *rq, int status)
{
    (void)rq;
    (void)status;
    atomic_fetch_add(&kit_finished, 1);
}

HttpOptions kit_options(void)
{
    return (HttpOptions){ .listen = "127.0.0.1:0",
                          .upload_dir = kit_dir(),
                          .upload_max = 256 * 1024,
                          .tables = TABLES,
                          .table_sizes = SIZES,
                          .ntables = 1,
                          .guard = guard,
                          .prepare = prepare,
                          .finish = finish };
}

HttpServer *kit_server(const HttpOptions *o)
{
    HttpServer *s = NULL;
    log_level(LOG_ERROR);
    CHECK_OK(http_start(kit_ctx(), o, &s));
    return s;
}

void kit_stop(HttpServer **s)
{
    http_stop(s, 2000);
}

void fd_close(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

int kit_connect(const HttpServer *s)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(s)) };
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
        return fd;
    fd_close(&fd);
    return -1;
}

bool kit_send(int fd, Str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes = (Str){ bytes.ptr + n, bytes.len - (size_t)n };
    }
    return true;
}

Str kit_header(Str answer, const char *name)
{
    Str head = str_sub(answer, 0, str_find(answer, S("\r\n\r\n"), 0));
    (void)str_split(&head, '\n');
    while (head.ptr != NULL) {
        Str line = str_trim(str_split(&head, '\n'));
        size_t colon = str_find_char(line, ':', 0);
        if (str_ieq(str_sub(line, 0, colon), str_z(name)))
            return str_trim(str_sub(line, colon + 1, line.len));
    }
    return (Str){ 0 };
}

Str kit_body(Str answer)
{
    size_t end = str_find(answer, S("\r\n\r\n"), 0);
    int64_t length = 0;
    if (!str_int(kit_header(answer, "Content-Length"), &length))
        length = (int64_t)answer.len;
    return str_sub(answer, end + 4, (size_t)length);
}

int kit_status(Str answer)
{
    int64_t status = 0;
    if (!str_starts(answer, S("HTTP/1.")) || !str_int(str_sub(answer, 9, 3), &status))
        return 0;
    return (int)status;
}

int kit_answers(Str received)
{
    int n = 0;
    while (kit_status(received) != 0) {
        size_t end = str_find(received, S("\r\n\r\n"), 0);
        int64_t length = 0;
        if (end == received.len)
            return n;
        if (!str_int(kit_header(received, "Content-Length"), &length))
            length = 0;
        if (received.len - end - 4 < (size_t)length)
            return n;
        n += kit_status(received) >= 200;
        received = str_sub(received, end + 4 + (size_t)length, received.len);
    }
    return n;
}

Str kit_receive(int fd, int enough, int wait_ms)
{
    enum { STEP = 64 * 1024 };
    Buf b = buf_new(kit_arena(), 64 * 1024 * 1024);
    int64_t end = os_monotonic_us() + wait_ms * INT64_C(1000);
    while (enough == 0 || kit_answers(buf_str(&b)) < enough) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        char *to = buf_reserve(&b, STEP);
        int64_t left = enough == 0 ? (end - os_monotonic_us()) / 1000 : wait_ms;
        if (to == NULL || left <= 0 || poll(&p, 1, (int)left) <= 0)
            break;
        ssize_t n = recv(fd, to, STEP, 0);
        if (n <= 0)
            break;
        b.len += (size_t)n;
    }
    return buf_str(&b);
}

Str kit_exchange(const HttpServer *s, Str request)
{
    CLEANUP(fd_close) int fd = kit_connect(s);
    if (fd < 0)
        return (Str){ 0 };
    (void)kit_send(fd, request);
    return kit_receive(fd, 1, 3000);
}

Str kit_get(const char *path)
{
    return arena_fmt(kit_arena(), "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
}
