// Requests and answers without sockets.
#include "http/test_server.h"
#include "kit/kit.h"

#include "json/json.h"

#include <dirent.h>
#include <zlib.h>

static Str answer_header(const Answer *a, const char *name)
{
    for (size_t i = 0; i < a->nheaders; i++)
        if (str_ieq(a->headers[i].key, str_z(name)))
            return a->headers[i].value;
    return (Str){ 0 };
}

static Answer call(HttpServer *s, Method m, const char *target, const char *header,
                   const char *value, Str body)
{
    Pair h = { str_z(header), str_z(value) };
    return http_call(s, kit_arena(), m, target, &h, header == NULL ? 0 : 1, body);
}

static HttpServer *quiet_server(void)
{
    HttpOptions o = kit_options();
    o.listen = NULL;
    o.trusted_proxies = "127.0.0.1";
    return kit_server(&o);
}

TEST(calls)
{
    static const struct {
        Method method;
        const char *target, *header, *value, *body;
        int status;
        const char *want;
    } ROWS[] = {
        { METHOD_GET, "/hello", NULL, NULL, "", 200, "{\"hello\":\"world\"}" },
        { METHOD_HEAD, "/hello", NULL, NULL, "", 200, "" },
        { METHOD_GET, "/items/9223372036854775807", NULL, NULL, "", 200,
          "{\"id\":9223372036854775807}" },
        { METHOD_GET, "/items/5", "Authorization", "wrong", "", 401, NULL },
        { METHOD_GET, "/named/%E5%AE%A2%20x", NULL, NULL, "", 200, "\xe5\xae\xa2 x" },
        { METHOD_GET, "/named/a+b", NULL, NULL, "", 200, "a+b" },
        { METHOD_GET, "/named/a%00b", NULL, NULL, "", 400, NULL },
        { METHOD_POST, "/json", "Content-Type", "application/json", "{\"a\":[1]}", 200,
          "{\"a\":[1]}" },
        { METHOD_POST, "/json", "Content-Type", "Application/JSON; charset=utf-8", "[]", 200,
          "[]" },
        { METHOD_POST, "/json", "Content-Type", "application/jsonx", "[]", 415, NULL },
        { METHOD_POST, "/json", NULL, NULL, "[]", 415, NULL },
        { METHOD_POST, "/json", "Content-Type", "application/json", "", 400, NULL },
        { METHOD_POST, "/json", "Content-Type", "application/json", "\"a\"", 400, NULL },
        { METHOD_DELETE, "/items/5", NULL, NULL, "", 204, "" },
        { METHOD_GET, "/who", NULL, NULL, "", 200, "127.0.0.1 plain remote" },
        { METHOD_GET, "/who", "X-Forwarded-For", "6.6.6.6, 10.1.2.3", "", 200,
          "10.1.2.3 plain remote" },
        { METHOD_GET, "/who", "X-Forwarded-For", "::ffff:9.8.7.6", "", 200,
          "9.8.7.6 plain remote" },
        { METHOD_GET, "/who", "X-Forwarded-For", "2001:DB8:0::1", "", 200,
          "2001:db8::1 plain remote" },
        { METHOD_GET, "/who", "X-Forwarded-For", "local", "", 200, "127.0.0.1 plain remote" },
        { METHOD_GET, "/who", "X-Forwarded-Proto", "https", "", 200, "127.0.0.1 secure remote" },
        { METHOD_GET, "/who", "X-Forwarded-Proto", "https, http", "", 200,
          "127.0.0.1 plain remote" },
        { METHOD_GET, "/cookie", "Cookie", "a=b; session=xyz; c=d", "", 200, "xyz" },
        { METHOD_GET, "/cookie", "Cookie", "session=\"x y\"", "", 200, "x y" },
        { METHOD_GET, "/cookie", "Cookie", "__Host-session=x", "", 200, "" },
        { METHOD_GET, "/cookie", "Cookie", "session", "", 200, "" },
        { METHOD_GET, "/events", NULL, NULL, "", 200, "" },
        { METHOD_HEAD, "/events", NULL, NULL, "", 405, NULL },
    };
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Answer a = call(s, ROWS[i].method, ROWS[i].target, ROWS[i].header, ROWS[i].value,
                        str_z(ROWS[i].body));
        CHECK_ROW(a.status == ROWS[i].status, "%s %s: %d", ROWS[i].target, ROWS[i].body, a.status);
        if (ROWS[i].want != NULL)
            CHECK_STR(a.body, str_z(ROWS[i].want));
        CHECK_INT(answer_header(&a, "X-Request-Id").len, 16);
    }
}

TEST(errors_have_one_form_and_tell_nothing_inside)
{
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    Answer a = call(s, METHOD_GET, "/fail", NULL, NULL, S(""));
    CHECK_INT(a.status, 422);
    const Json *json = NULL;
    CHECK_OK(json_parse(kit_ctx(), a.body, &json));
    const Json *e = json_get(json, "error");
    CHECK_STR(json_text(e, "status", S("")), S("invalid"));
    CHECK_STR(json_text(e, "request", S("")), answer_header(&a, "X-Request-Id"));
    CHECK_INT(json_get(e, "errors")->len, 2);
    CHECK_STR(json_text(json_get(e, "errors")->first, "field", S("")), S("age"));
    a = call(s, METHOD_GET, "/fail?after", NULL, NULL, S(""));
    CHECK_INT(a.status, 422);
    log_level(LOG_ERROR + 1);
    a = call(s, METHOD_GET, "/fail?inside", NULL, NULL, S(""));
    log_level(LOG_ERROR);
    CHECK_INT(a.status, 500);
    CHECK(str_find(a.body, S("secret"), 0) == a.body.len);
    CHECK_STR(answer_header(&a, "Content-Type"), S("application/json; charset=utf-8"));
    CHECK_STR(answer_header(&a, "Cache-Control"), S("no-store"));
}

TEST(cookies_by_the_connection)
{
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    Answer plain = call(s, METHOD_GET, "/cookie", NULL, NULL, S(""));
    CHECK_STR(answer_header(&plain, "Set-Cookie"),
              S("session=abc123; Path=/; HttpOnly; SameSite=Lax"));
    Pair https[] = { { S("X-Forwarded-Proto"), S("https") },
                     { S("Cookie"), S("session=evil; __Host-session=good") } };
    Answer a = http_call(s, kit_arena(), METHOD_GET, "/cookie", https, 2, S(""));
    CHECK_STR(a.body, S("good"));
    CHECK_STR(answer_header(&a, "Set-Cookie"),
              S("__Host-session=abc123; Path=/; HttpOnly; SameSite=Lax; Secure"));
    CHECK_STR(answer_header(&a, "Strict-Transport-Security"),
              S("max-age=31536000; includeSubDomains"));
    size_t cookies = 0;
    for (size_t i = 0; i < a.nheaders; i++)
        cookies += str_ieq(a.headers[i].key, S("Set-Cookie"));
    CHECK_INT(cookies, 2);
}

TEST(redirects_stay_here)
{
    static const char *const GOOD[] = { "/", "/a", "/a?b=c&d=%252f", "/a//b", "/%2F" };
    static const char *const BAD[] = {
        "",    "a",          "//evil", "/\\evil", "http://evil",  "/a\\b",         "\\evil",
        " /a", "/a\r\nX: y", "/a\tb",  "/a b",    "javascript:x", "/\xe5\xae\xa2", "/\x7f"
    };
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    for (size_t i = 0; i < ARRAY_LEN(GOOD) + ARRAY_LEN(BAD); i++) {
        bool good = i < ARRAY_LEN(GOOD);
        Str to = str_z(good ? GOOD[i] : BAD[i - ARRAY_LEN(GOOD)]);
        Str target =
            arena_fmt(kit_arena(), "/redirect?to=" STR_FMT, STR_ARG(url_encode(kit_arena(), to)));
        Answer a = call(s, METHOD_GET, target.ptr, NULL, NULL, S(""));
        CHECK_ROW(a.status == (good ? 303 : 400), STR_FMT ": %d", STR_ARG(to), a.status);
        if (good)
            CHECK_STR(answer_header(&a, "Location"), to);
        else
            CHECK(answer_header(&a, "Location").ptr == NULL);
    }
}

TEST(static_bytes_are_validated)
{
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    Answer a = call(s, METHOD_GET, "/", NULL, NULL, S(""));
    Str tag = answer_header(&a, "ETag");
    CHECK(tag.len > 10 && a.status == 200 && a.body.len > 0);
    CHECK_STR(answer_header(&a, "Content-Type"), S("text/html; charset=utf-8"));
    CHECK_STR(answer_header(&a, "Cache-Control"), S("no-cache"));
    const char *value = arena_cstr(kit_arena(), tag);
    const struct {
        const char *have;
        int status;
    } rows[] = { { value, 304 },
                 { arena_fmt(kit_arena(), "\"x\", W/%s", value).ptr, 304 },
                 { "*", 304 },
                 { "\"x\"", 200 },
                 { "", 200 } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Answer b = call(s, METHOD_GET, "/", "If-None-Match", rows[i].have, S(""));
        CHECK_ROW(b.status == rows[i].status, "%s", rows[i].have);
        CHECK(b.status != 304 || b.body.len == 0);
    }
}

static Str unpack(Str packed, size_t max)
{
    char *out = arena_array(kit_arena(), char, max);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)packed.ptr,
                   .avail_in = (uInt)packed.len,
                   .next_out = (Bytef *)out,
                   .avail_out = (uInt)max };
    CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
    CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    (void)inflateEnd(&z);
    return (Str){ out, max - z.avail_out };
}

TEST(compression)
{
    static const struct {
        const char *accept;
        bool packed;
    } ROWS[] = { { "gzip", true },
                 { "deflate, gzip;q=0.5", true },
                 { "*", true },
                 { "gzip;q=0", false },
                 { "gzip; q=0.000", false },
                 { "identity", false },
                 { "*;q=0", false },
                 { "gzip;q=0.001", true },
                 { "*;q=0, gzip", true },
                 { "x-gzip, br", false },
                 { "GZIP", true },
                 { "", false } };
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Pair h[] = { { S("Accept-Encoding"), str_z(ROWS[i].accept) },
                     { S("X-Forwarded-For"), S("8.8.8.8") } };
        Answer a = http_call(s, kit_arena(), METHOD_GET, "/large?bytes=5000", h, 2, S(""));
        bool packed = str_eq(answer_header(&a, "Content-Encoding"), S("gzip"));
        CHECK_ROW(packed == ROWS[i].packed, "%s", ROWS[i].accept);
        CHECK_STR(answer_header(&a, "Vary"), S("Accept-Encoding"));
        CHECK_INT((packed ? unpack(a.body, 10000) : a.body).len, 5000);
        // Neither the small ones nor the neighbours.
        a = http_call(s, kit_arena(), METHOD_GET, "/large?bytes=2048", h, 2, S(""));
        CHECK(answer_header(&a, "Content-Encoding").ptr == NULL);
        a = http_call(s, kit_arena(), METHOD_GET, "/large?bytes=5000", h, 1, S(""));
        CHECK(answer_header(&a, "Content-Encoding").ptr == NULL);
    }
}

TEST(files_are_named_for_everybody)
{
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    CHECK_OK(os_write_file(kit_ctx(), arena_fmt(kit_arena(), "%s/file.bin", kit_dir()).ptr,
                           S("content"), 0600));
    Answer a = call(s, METHOD_GET, "/file", NULL, NULL, S(""));
    CHECK_INT(a.status, 200);
    CHECK_STR(a.body, S("content"));
    CHECK_STR(answer_header(&a, "Content-Disposition"),
              S("attachment; filename=\"______ _list_.bin\"; "
                "filename*=UTF-8''%E5%AE%A2%E6%88%B7%20%22list%22.bin"));
}

static int files_in(const char *path)
{
    DIR *d = opendir(path);
    int n = 0;
    while (d != NULL && readdir(d) != NULL)
        n++;
    (void)closedir(d);
    return n - 2;
}

#define PART "--XX\r\nContent-Disposition: form-data; name="

TEST(uploads)
{
    static const char FORM[] = "multipart/form-data; boundary=XX";
    static const struct {
        const char *name, *type;
        Str body;
        int status;
        const char *want;
    } ROWS[] = {
        { "raw", "text/csv", S_INIT("a,b\n"), 201, "\"bytes\":4" },
        { "a file and a field", FORM,
          S_INIT(PART "\"note\"\r\n\r\nhello\r\n" PART
                      "\"f\"; filename=\"x.csv\"\r\n\r\na,b\r\n--XX--"),
          201, "\"name\":\"x.csv\",\"bytes\":3" },
        { "a field alone", FORM, S_INIT(PART "\"note\"\r\n\r\nhello\r\n--XX--"), 201,
          "\"fields\":1,\"note\":\"hello\"" },
        { "two files", FORM,
          S_INIT(PART "f; filename=x\r\n\r\n1\r\n" PART "g; filename=y\r\n\r\n2\r\n--XX--"), 400,
          "" },
        { "no end", FORM, S_INIT(PART "f; filename=x\r\n\r\n1\r\n"), 400, "" },
        { "field not UTF-8", FORM, S_INIT(PART "note\r\n\r\n\xff\r\n--XX--"), 400, "" },
        { "other multipart", "multipart/mixed; boundary=XX", S_INIT("--XX--"), 415, "" },
        { "no boundary", "multipart/form-data", S_INIT("--XX--"), 400, "" },
    };
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Answer a = call(s, METHOD_POST, "/upload", "Content-Type", ROWS[i].type, ROWS[i].body);
        CHECK_ROW(a.status == ROWS[i].status, "%s: %d", ROWS[i].name, a.status);
        CHECK_ROW(str_find(a.body, str_z(ROWS[i].want), 0) < a.body.len, "%s: " STR_FMT,
                  ROWS[i].name, STR_ARG(a.body));
        CHECK_ROW(files_in(kit_dir()) == 0, "%s leaves a file", ROWS[i].name);
    }
}

static Status query_route(Req *rq)
{
    static const char *const ALLOWED[] = { "q", "limit", NULL };
    TRY(req_query_only(rq, ALLOWED));
    return req_reply(rq, 200, "text/plain",
                     arena_fmt(rq->cx->arena, STR_FMT "|%d", STR_ARG(req_query(rq, "q")),
                               req_has_query(rq, "limit")));
}

static Status page(Req *rq)
{
    return req_reply_static(rq, 200, "text/html", S("page"));
}

TEST(queries_and_the_fallback)
{
    static const Route ROUTES[] = { { METHOD_GET, "/q", query_route, NULL, NULL, "s", ROUTE_PUBLIC,
                                      NULL, NULL, NULL } };
    const Route *const tables[] = { ROUTES };
    const size_t sizes[] = { 1 };
    HttpOptions o = { .tables = tables, .table_sizes = sizes, .ntables = 1, .fallback = page };
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    static const struct {
        Method method;
        const char *target;
        int status;
        const char *want;
    } ROWS[] = {
        { METHOD_GET, "/q", 200, "|0" },
        { METHOD_GET, "/q?q=a+b%2B&limit", 200, "a b+|1" },
        { METHOD_GET, "/q?q=%E5%AE%A2", 200, "\xe5\xae\xa2|0" },
        { METHOD_GET, "/q?%71=x", 200, "x|0" },
        { METHOD_GET, "/q?q=a&q=b", 400, NULL },
        { METHOD_GET, "/q?other=1", 400, NULL },
        { METHOD_GET, "/q?Q=1", 400, NULL },
        { METHOD_POST, "/q", 405, NULL },
        { METHOD_GET, "/customers/7/edit", 200, "page" },
        { METHOD_HEAD, "/", 200, "" },
        { METHOD_POST, "/customers", 404, NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Answer a = call(s, ROWS[i].method, ROWS[i].target, NULL, NULL, S(""));
        CHECK_ROW(a.status == ROWS[i].status, "%s: %d", ROWS[i].target, a.status);
        if (ROWS[i].want != NULL)
            CHECK_STR(a.body, str_z(ROWS[i].want));
    }
    Answer a = call(s, METHOD_POST, "/q", NULL, NULL, S(""));
    CHECK_STR(answer_header(&a, "Allow"), S("GET, HEAD"));
}

TEST(what_is_prepared_is_finished)
{
    CLEANUP(kit_stop) HttpServer *s = quiet_server();
    atomic_store(&kit_prepared, 0);
    atomic_store(&kit_finished, 0);
    (void)call(s, METHOD_GET, "/hello", NULL, NULL, S(""));
    (void)call(s, METHOD_GET, "/fail", NULL, NULL, S(""));
    (void)call(s, METHOD_GET, "/items/5", "Authorization", "wrong", S(""));
    (void)call(s, METHOD_POST, "/upload", "Authorization", "wrong", S("x"));
    (void)call(s, METHOD_POST, "/upload", "Content-Type", "multipart/form-data", S("x"));
    CHECK_INT(atomic_load(&kit_prepared), 5);
    CHECK_INT(atomic_load(&kit_finished), 5);
    HttpCounters c = http_counters(s);
    CHECK_INT(c.requests, 5);
    CHECK_INT(c.by_class[2], 1);
    CHECK_INT(c.by_class[4], 4);
}

TEST(listening_is_refused_with_a_reason)
{
    static const struct {
        const char *listen, *code;
    } ROWS[] = {
        { "0.0.0.0:0", "listen.insecure" },        { "[::]:0", "listen.insecure" },
        { "192.0.2.1:0", "listen.insecure" },      { "127.0.0.1:0,0.0.0.0:0", "listen.insecure" },
        { "127.0.0.1", "listen.malformed" },       { "127.0.0.1:x", "listen.malformed" },
        { "127.0.0.1:65536", "listen.malformed" }, { ":80", "listen.malformed" },
        { "::1:80", "listen.malformed" },          { "example.org:80", "listen.malformed" },
        { "unix:relative", "listen.malformed" },   { "", "listen.malformed" },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        HttpOptions o = kit_options();
        o.listen = ROWS[i].listen;
        HttpServer *s = NULL;
        Status st = http_start(kit_ctx(), &o, &s);
        CHECK_ROW(st != STATUS_OK && s == NULL, "%s", ROWS[i].listen);
        CHECK_STR(str_z(kit_ctx()->errors->code), str_z(ROWS[i].code));
    }
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    o.listen = arena_fmt(kit_arena(), "localhost:%d", http_port(s)).ptr;
    HttpServer *second = NULL;
    CHECK_STATUS(http_start(kit_ctx(), &o, &second), CONFLICT);
    o.listen = "127.0.0.1:0";
    o.trusted_proxies = "10.0.0.0/33";
    CHECK_STATUS(http_start(kit_ctx(), &o, &second), MALFORMED);
}

TEST(trusted_networks)
{
    static const struct {
        const char *list, *address;
        bool want;
    } ROWS[] = {
        { "127.0.0.1", "127.0.0.1", true },
        { "127.0.0.1", "127.0.0.2", false },
        { "10.0.0.0/8", "10.255.0.1", true },
        { "10.0.0.0/8", "11.0.0.1", false },
        { "10.0.0.0/9", "10.127.0.1", true },
        { "10.0.0.0/9", "10.128.0.1", false },
        { "0.0.0.0/0", "8.8.8.8", true },
        { "0.0.0.0/0", "::1", false },
        { "::1", "::1", true },
        { "fd00::/8", "fd12::1", true },
        { "a,b", "127.0.0.1", false },
        { "10.0.0.1, ::1", "::1", true },
        { "", "127.0.0.1", false },
        { "unix", "127.0.0.1", false },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Trusted t = { 0 };
        unsigned char bits[16];
        CHECK(address_parse(str_z(ROWS[i].address), bits));
        (void)!trusted_parse(kit_ctx(), ROWS[i].list, &t);
        CHECK_ROW(address_trusted(&t, bits) == ROWS[i].want, "%s %s", ROWS[i].list,
                  ROWS[i].address);
    }
}
