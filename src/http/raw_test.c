// Raw requests over real sockets, each with the status it must get.
#include "http/test_server.h"
#include "kit/kit.h"

#include <sys/socket.h>

#define H   "Host: localhost\r\n"
#define END "\r\n"

typedef struct Raw {
    const char *name;
    Str request;
    int status; // 0: no answer, the connection is closed
    int answers;
} Raw;

#define RAW(name, status, text)                                                                    \
    {                                                                                              \
        name, S_INIT(text), status, 1                                                              \
    }
#define RAW_MANY(name, status, n, text)                                                            \
    {                                                                                              \
        name, S_INIT(text), status, n                                                              \
    }

static const Raw RAWS[] = {
    // What must work
    RAW("plain", 200, "GET /hello HTTP/1.1\r\n" H END),
    RAW("HTTP/1.0 without Host", 200, "GET /hello HTTP/1.0\r\n\r\n"),
    RAW("host with port", 200, "GET /hello HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"),
    RAW("IPv6 host", 200, "GET /hello HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"),
    RAW("no blank after the colon", 200, "GET /hello HTTP/1.1\r\nHost:localhost\r\nX:y\r\n\r\n"),
    RAW("many blanks after the colon", 200, "GET /hello HTTP/1.1\r\n" H "X:   \t y\r\n\r\n"),
    RAW("blanks behind a value", 200, "GET /hello HTTP/1.1\r\n" H "X: y \t \r\n\r\n"),
    RAW("empty value", 200, "GET /hello HTTP/1.1\r\n" H "X:\r\nY: \r\n\r\n"),
    RAW("cookies", 200, "GET /hello HTTP/1.1\r\n" H "Cookie: a=b; c=\"d e\"; f\r\n\r\n"),
    RAW("UTF-8 in a value", 200, "GET /hello HTTP/1.1\r\n" H "X: \xe5\xae\xa2\r\n\r\n"),
    RAW("query with all sorts", 200, "GET /hello?a=1&b&&c=%E5%AE%A2+x&a=2 HTTP/1.1\r\n" H END),
    RAW("question mark alone", 200, "GET /hello? HTTP/1.1\r\n" H END),
    RAW("absolute form, same host", 200, "GET http://localhost/hello HTTP/1.1\r\n" H END),
    RAW("absolute form, host in capitals", 200, "GET http://LOCALHOST/hello HTTP/1.1\r\n" H END),
    RAW("empty line before", 200, "\r\nGET /hello HTTP/1.1\r\n" H END),
    RAW("doubled slashes", 200, "GET //hello/ HTTP/1.1\r\n" H END),
    RAW("dots inside", 200, "GET /a/.././hello HTTP/1.1\r\n" H END),
    RAW("encoded letters", 200, "GET /%68ello HTTP/1.1\r\n" H END),
    RAW("HEAD", 200, "HEAD /hello HTTP/1.1\r\n" H END),
    RAW("POST with length", 200, "POST /raw HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc"),
    RAW("POST in chunks", 200,
        "POST /raw HTTP/1.1\r\n" H
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
    RAW("chunked in capitals", 200,
        "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: CHUNKED\r\n\r\n1\r\na\r\n0\r\n\r\n"),
    RAW("trailer", 200,
        "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n"),
    RAW("empty POST", 204, "PATCH /nothing HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n"),
    RAW("expect", 100,
        "POST /raw HTTP/1.1\r\n" H "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"
        "abc"),
    RAW("GET with a body", 200, "GET /hello HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc"),
    RAW_MANY("two after each other", 200, 2,
             "GET /hello HTTP/1.1\r\n" H END "GET /hello HTTP/1.1\r\n" H END),
    RAW_MANY("an error leaves the connection open", 404, 2,
             "GET /nowhere HTTP/1.1\r\n" H END "GET /hello HTTP/1.1\r\n" H END),
    RAW_MANY("also behind a body nobody wants", 404, 2,
             "POST /nowhere HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc"
             "GET /hello HTTP/1.1\r\n" H END),
    // Framing: one reading or none, and nothing after it
    RAW("length and coding", 400,
        "POST /raw HTTP/1.1\r\n" H
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /hello HTTP/1.1\r\n" H
            END),
    RAW("coding and length", 400,
        "POST /raw HTTP/1.1\r\n" H
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\nGET /hello HTTP/1.1\r\n" H
            END),
    RAW("two lengths", 400,
        "POST /raw HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
    RAW("two equal lengths", 400,
        "POST /raw HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
    RAW("list of lengths", 400, "POST /raw HTTP/1.1\r\n" H "Content-Length: 3, 3\r\n\r\nabc"),
    RAW("signed length", 400, "POST /raw HTTP/1.1\r\n" H "Content-Length: +3\r\n\r\nabc"),
    RAW("negative length", 400, "POST /raw HTTP/1.1\r\n" H "Content-Length: -3\r\n\r\nabc"),
    RAW("hexadecimal length", 400, "POST /raw HTTP/1.1\r\n" H "Content-Length: 0x3\r\n\r\nabc"),
    RAW("length with a blank inside", 400,
        "POST /raw HTTP/1.1\r\n" H "Content-Length: 1 1\r\n\r\nabc"),
    RAW("gzip coding", 400, "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: gzip\r\n\r\nabc"),
    RAW("gzip, chunked", 400,
        "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    RAW("xchunked", 400, "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    RAW("identity", 400, "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: identity\r\n\r\n"),
    RAW("coding twice", 400,
        "POST /raw HTTP/1.1\r\n" H
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    RAW("coding in HTTP/1.0", 400,
        "POST /raw HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    RAW("blank before the colon", 400, "POST /raw HTTP/1.1\r\n" H "Content-Length : 3\r\n\r\nabc"),
    RAW("vertical tab before chunked", 400,
        "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: \x0b"
        "chunked\r\n\r\n0\r\n\r\n"),
    RAW("chunk size with 0x", 400,
        "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n"),
    RAW("negative chunk", 400,
        "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n"),
    RAW("chunk longer than said", 400,
        "POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n"),
    RAW("chunk size beyond 64 bit", 413,
        "POST /raw HTTP/1.1\r\n" H
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
    // The head
    RAW("bare LF", 400,
        "GET /hello HTTP/1.1\n"
        "Host: localhost\n\n"),
    RAW("one bare LF", 400,
        "GET /hello HTTP/1.1\r\n"
        "Host: localhost\nX: y\r\n\r\n"),
    RAW("bare CR in a value", 400, "GET /hello HTTP/1.1\r\n" H "X: a\rb\r\n\r\n"),
    RAW("folded line", 400, "GET /hello HTTP/1.1\r\n" H "X: a\r\n b\r\n\r\n"),
    RAW("NUL in a value", 400, "GET /hello HTTP/1.1\r\n" H "X: a\0b\r\n\r\n"),
    RAW("NUL in a name", 400, "GET /hello HTTP/1.1\r\n" H "X\0Y: a\r\n\r\n"),
    RAW("NUL in the address", 400, "GET /hel\0lo HTTP/1.1\r\n" H END),
    RAW("control in a value", 400, "GET /hello HTTP/1.1\r\n" H "X: a\x01\r\n\r\n"),
    RAW("blank in a name", 400, "GET /hello HTTP/1.1\r\n" H "X Y: a\r\n\r\n"),
    RAW("no colon", 400, "GET /hello HTTP/1.1\r\n" H "what\r\n\r\n"),
    RAW("empty name", 400, "GET /hello HTTP/1.1\r\n" H ": a\r\n\r\n"),
    RAW("header before the first line's end", 400, "GET /hello HTTP/1.1\r\n X: y\r\n" H END),
    RAW("not UTF-8", 400, "GET /hello HTTP/1.1\r\n" H "X: \xff\xfe\r\n\r\n"),
    RAW("no Host", 400, "GET /hello HTTP/1.1\r\n\r\n"),
    RAW("two Hosts", 400, "GET /hello HTTP/1.1\r\n" H H END),
    RAW("empty Host", 400, "GET /hello HTTP/1.1\r\nHost:\r\n\r\n"),
    RAW("Host with user", 400, "GET /hello HTTP/1.1\r\nHost: me@localhost\r\n\r\n"),
    RAW("Host with path", 400, "GET /hello HTTP/1.1\r\nHost: localhost/x\r\n\r\n"),
    RAW("Host with comma", 400, "GET /hello HTTP/1.1\r\nHost: a, b\r\n\r\n"),
    RAW("Host with a port too large", 400, "GET /hello HTTP/1.1\r\nHost: a:65536\r\n\r\n"),
    RAW("unknown expectation", 417, "POST /raw HTTP/1.1\r\n" H "Expect: wonders\r\n\r\n"),
    RAW("doubled blank in the first line", 400, "GET  /hello HTTP/1.1\r\n" H END),
    RAW("HTTP/2.0", 505, "GET /hello HTTP/2.0\r\n" H END),
    RAW("HTTP/1.2", 505, "GET /hello HTTP/1.2\r\n" H END),
    RAW("no version", 400, "GET /hello\r\n" H END),
    RAW("lower-case version", 400, "GET /hello http/1.1\r\n" H END),
    // The address
    RAW("absolute form, other host", 400, "GET http://evil/hello HTTP/1.1\r\n" H END),
    RAW("absolute form with user", 400, "GET http://a@localhost/hello HTTP/1.1\r\n" H END),
    RAW("unknown scheme", 400, "GET ftp://localhost/hello HTTP/1.1\r\n" H END),
    RAW("no slash", 400, "GET hello HTTP/1.1\r\n" H END),
    RAW("asterisk", 400, "GET * HTTP/1.1\r\n" H END),
    RAW("broken percent", 400, "GET /hello%2 HTTP/1.1\r\n" H END),
    RAW("broken percent in the query", 400, "GET /hello?a=%zz HTTP/1.1\r\n" H END),
    RAW("encoded NUL", 400, "GET /hello%00 HTTP/1.1\r\n" H END),
    RAW("encoded NUL in the query", 400, "GET /hello?a=%00 HTTP/1.1\r\n" H END),
    RAW("encoded slash", 400, "GET /items%2f12 HTTP/1.1\r\n" H END),
    RAW("encoded backslash", 400, "GET /items%5C12 HTTP/1.1\r\n" H END),
    RAW("backslash", 400, "GET /items\\12 HTTP/1.1\r\n" H END),
    RAW("encoded CR LF", 400, "GET /hello%0d%0aX:y HTTP/1.1\r\n" H END),
    RAW("overlong UTF-8", 400, "GET /hello%c0%af HTTP/1.1\r\n" H END),
    RAW("above the root", 400, "GET /../etc/passwd HTTP/1.1\r\n" H END),
    RAW("above the root, encoded", 400, "GET /%2e%2e/etc HTTP/1.1\r\n" H END),
    RAW("fragment", 400, "GET /hello#x HTTP/1.1\r\n" H END),
    RAW("raw byte above 127", 400, "GET /\xe5\xae\xa2 HTTP/1.1\r\n" H END),
    RAW("control in the address", 400, "GET /hello\x01 HTTP/1.1\r\n" H END),
    // Methods and routes
    RAW("TRACE", 405, "TRACE /hello HTTP/1.1\r\n" H END),
    RAW("CONNECT", 405, "CONNECT localhost:80 HTTP/1.1\r\n" H END),
    RAW("OPTIONS", 405, "OPTIONS /hello HTTP/1.1\r\n" H END),
    RAW("unknown method", 405, "BREW /hello HTTP/1.1\r\n" H END),
    RAW("lower-case method", 405, "get /hello HTTP/1.1\r\n" H END),
    RAW("wrong method", 405, "POST /hello HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n"),
    RAW("HEAD of a POST", 405, "HEAD /raw HTTP/1.1\r\n" H END),
    RAW("no route", 404, "GET /nowhere HTTP/1.1\r\n" H END),
    RAW("id that is none", 404, "GET /items/abc HTTP/1.1\r\n" H END),
    RAW("id 0", 404, "GET /items/0 HTTP/1.1\r\n" H END),
    RAW("id beyond 64 bit", 404, "GET /items/9223372036854775808 HTTP/1.1\r\n" H END),
    RAW("said to be too large", 413,
        "POST /raw HTTP/1.1\r\n" H "Content-Length: 99999999999\r\n\r\n"),
    RAW("expected and too large", 413,
        "POST /raw HTTP/1.1\r\n" H "Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n"),
    RAW("upload without a type", 415, "POST /upload HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\na"),
    RAW("JSON by another name", 415,
        "POST /json HTTP/1.1\r\n" H "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"),
    RAW("broken JSON", 400,
        "POST /json HTTP/1.1\r\n" H
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{,"),
    RAW("JSON that is a number", 400,
        "POST /json HTTP/1.1\r\n" H
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n12"),
    RAW_MANY("a TLS greeting", 0, 0, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
};

TEST(raw_requests)
{
    HttpOptions o = kit_options();
    o.headers_ms = 1000;
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    for (size_t i = 0; i < ARRAY_LEN(RAWS); i++) {
        const Raw *r = &RAWS[i];
        CLEANUP(fd_close) int fd = kit_connect(s);
        (void)kit_send(fd, r->request);
        bool head = str_starts(r->request, S("HEAD"));
        Str got = kit_receive(fd, head ? 0 : r->answers, head ? 300 : 2500);
        CHECK_ROW(kit_status(got) == r->status, "%s: %d, not %d", r->name, kit_status(got),
                  r->status);
        if (!head && r->status != 0)
            CHECK_ROW(kit_answers(got) == r->answers, "%s: %d answers", r->name, kit_answers(got));
    }
    CHECK_INT(kit_status(kit_exchange(s, kit_get("/hello"))), 200);
}

// Nothing that follows a framing error may be read as a request.
TEST(framing_errors_end_the_connection)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    static const Str FIRST[] = {
        S_INIT("POST /raw HTTP/1.1\r\n" H
               "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        S_INIT("POST /raw HTTP/1.1\r\n" H "Content-Length: 0\r\nContent-Length: 5\r\n\r\n"),
        S_INIT("POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        S_INIT("GET /hello HTTP/1.1\r\n" H "X: a\n\r\n"),
    };
    for (size_t i = 0; i < ARRAY_LEN(FIRST); i++) {
        CLEANUP(fd_close) int fd = kit_connect(s);
        (void)kit_send(fd, FIRST[i]);
        (void)kit_send(fd, kit_get("/hello"));
        Str got = kit_receive(fd, 0, 1000);
        CHECK_ROW(kit_answers(got) == 1 && kit_status(got) == 400, "%zu: %d answers", i,
                  kit_answers(got));
        CHECK_STR(kit_header(got, "Connection"), S("close"));
    }
}

static Str padded(const char *before, size_t n, const char *after)
{
    char *p = arena_array(kit_arena(), char, n + 1);
    memset(p, 'a', n);
    return arena_fmt(kit_arena(), "%s%s%s", before, p, after);
}

TEST(limits_of_address_and_headers)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    static const char LAST[] = " HTTP/1.1\r\n" H END;
    struct {
        const char *name;
        Str request;
        int status, or_else;
    } rows[] = {
        { "address at the limit", padded("GET /hello?", LIMIT_URL - 7, LAST), 200, 200 },
        { "address over the limit", padded("GET /hello?", LIMIT_URL, LAST), 414, 414 },
        { "address far over", padded("GET /hello?", 200000, LAST), 414, 0 },
        { "header of 20 kB", padded("GET /hello HTTP/1.1\r\n" H "X: ", 20000, "\r\n\r\n"), 200,
          200 },
        { "header over the limit",
          padded("GET /hello HTTP/1.1\r\n" H "X: ", LIMIT_HEADERS, "\r\n\r\n"), 431, 431 },
        { "header far over", padded("GET /hello HTTP/1.1\r\n" H "X: ", 300000, "\r\n\r\n"), 431,
          0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int status = kit_status(kit_exchange(s, rows[i].request));
        CHECK_ROW(status == rows[i].status || status == rows[i].or_else, "%s: %d", rows[i].name,
                  status);
    }
    for (int n = 98; n <= 100; n++) {
        Buf b = buf_new(kit_arena(), 65536);
        buf_add(&b, S("GET /hello HTTP/1.1\r\n" H));
        for (int i = 0; i < n; i++)
            buf_fmt(&b, "X-%d: y\r\n", i);
        buf_add(&b, S("\r\n"));
        CHECK_INT(kit_status(kit_exchange(s, buf_str(&b))), n < LIMIT_HEADER_COUNT ? 200 : 431);
    }
}

static Str post(const char *path, const char *headers, size_t n)
{
    char *body = arena_array(kit_arena(), char, n + 1);
    memset(body, 'b', n);
    return arena_fmt(kit_arena(), "POST %s HTTP/1.1\r\n" H "%sContent-Length: %zu\r\n\r\n%s", path,
                     headers, n, body);
}

TEST(limits_of_bodies)
{
    HttpOptions o = kit_options();
    CLEANUP(kit_stop) HttpServer *s = kit_server(&o);
    CHECK_INT(kit_status(kit_exchange(s, post("/raw", "", LIMIT_JSON_BODY))), 200);
    CHECK_INT(kit_status(kit_exchange(s, post("/raw", "", LIMIT_JSON_BODY + 1))), 413);
    CHECK_INT(kit_status(kit_exchange(s, post("/raw", "", 4 * LIMIT_JSON_BODY))), 413);
    CHECK_INT(kit_status(kit_exchange(s, post("/nowhere", "", 2 * LIMIT_JSON_BODY))), 404);
    static const char TYPE[] = "Content-Type: text/csv\r\n";
    CHECK_INT(kit_status(kit_exchange(s, post("/upload", TYPE, 256 * 1024))), 201);
    CHECK_INT(kit_status(kit_exchange(s, post("/upload", TYPE, 256 * 1024 + 1))), 413);
    // In chunks nobody says beforehand how much will come.
    CLEANUP(fd_close) int fd = kit_connect(s);
    CHECK(kit_send(fd, S("POST /raw HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n")));
    Str chunk = padded("10000\r\n", 0x10000, "\r\n");
    for (int i = 0; i < 24; i++)
        CHECK(kit_send(fd, chunk));
    CHECK(kit_send(fd, S("0\r\n\r\n")));
    CHECK_INT(kit_status(kit_receive(fd, 1, 3000)), 413);
    CHECK(kit_send(fd, kit_get("/hello")));
    CHECK_INT(kit_status(kit_receive(fd, 1, 3000)), 200);
}
