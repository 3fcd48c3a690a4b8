// The edge: what the library underneath is too lenient about is refused here, before any body is
// read and before a route runs.
#include "http/http_int.h"
#include "http/url.h"

#include <arpa/inet.h>

static Str header_of(const Exchange *ex, Str name, size_t *ret_count)
{
    Str found = { 0 };
    *ret_count = 0;
    for (size_t i = 0; i < ex->headers.len; i++) {
        if (!str_ieq(ex->headers.ptr[i].key, name))
            continue;
        found = ex->headers.ptr[i].value;
        ++*ret_count;
    }
    return found;
}

static bool name_ok(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) &&
            (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return s.len > 0;
}

static bool value_ok(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] < 0x20 && s.ptr[i] != '\t') || s.ptr[i] == 0x7f)
            return false;
    return utf8_valid(s);
}

static Status broken(Exchange *ex, const char *what)
{
    ex->reply.close = true;
    return FAIL(&ex->cx, MALFORMED, "http", NULL, "the request is malformed: %s", what);
}

static void fail_status(Exchange *ex, int status)
{
    ex->reply.status = status;
    ex->reply.close = true;
}

static Status check_headers(Exchange *ex)
{
    size_t bytes = 0;
    for (size_t i = 0; i < ex->headers.len; i++) {
        Pair h = ex->headers.ptr[i];
        bytes += h.key.len + h.value.len + 4;
        if (!name_ok(h.key))
            return broken(ex, "a header's name");
        if (!value_ok(h.value))
            return broken(ex, "a header's value");
    }
    if (ex->headers.len > LIMIT_HEADER_COUNT || bytes > LIMIT_HEADERS) {
        fail_status(ex, 431);
        return FAIL(&ex->cx, MALFORMED, "http.headers", NULL,
                    "at most %d headers of %d bytes in all", LIMIT_HEADER_COUNT, LIMIT_HEADERS);
    }
    if (ex->raw_target.len > LIMIT_URL) {
        fail_status(ex, 414);
        return FAIL(&ex->cx, MALFORMED, "http.url", NULL, "the address is longer than %d bytes",
                    LIMIT_URL);
    }
    return STATUS_OK;
}

// One reading of where the body ends, or none at all: what smuggling lives on is refused.
static Status check_framing(Exchange *ex)
{
    bool old = str_eq(ex->version, S("HTTP/1.0"));
    if (!old && !str_eq(ex->version, S("HTTP/1.1"))) {
        fail_status(ex, 505);
        return FAIL(&ex->cx, MALFORMED, "http.version", NULL, "only HTTP/1.1 and 1.0");
    }
    size_t lengths = 0, codings = 0;
    Str length = header_of(ex, S("Content-Length"), &lengths);
    Str coding = header_of(ex, S("Transfer-Encoding"), &codings);
    if (lengths > 1)
        return broken(ex, "more than one Content-Length");
    if (codings > 1 || (codings == 1 && !str_ieq(coding, S("chunked"))))
        return broken(ex, "a Transfer-Encoding other than chunked");
    if (codings == 1 && lengths == 1)
        return broken(ex, "both Content-Length and Transfer-Encoding");
    if (codings == 1 && old)
        return broken(ex, "Transfer-Encoding in HTTP/1.0");
    ex->content_length = -1;
    ex->has_body = codings == 1;
    if (lengths == 0)
        return STATUS_OK;
    for (size_t i = 0; i < length.len; i++)
        if (!ascii_is_digit(length.ptr[i]))
            return broken(ex, "the Content-Length is not a number");
    if (!str_int(length, &ex->content_length))
        return broken(ex, "the Content-Length is not a number");
    ex->has_body = ex->content_length > 0;
    return STATUS_OK;
}

static Status check_host(Exchange *ex, Str *ret_host)
{
    size_t hosts = 0;
    *ret_host = header_of(ex, S("Host"), &hosts);
    if (hosts > 1)
        return broken(ex, "more than one Host");
    if (hosts == 0 && str_eq(ex->version, S("HTTP/1.1")))
        return broken(ex, "no Host");
    if (hosts == 1 && !host_valid(*ret_host))
        return broken(ex, "the Host is not a name with a port");
    size_t expects = 0;
    Str expect = header_of(ex, S("Expect"), &expects);
    if (expects > 0 && (expects > 1 || !str_ieq(expect, S("100-continue")))) {
        fail_status(ex, 417);
        return FAIL(&ex->cx, MALFORMED, "http.expect", NULL, "only 100-continue can be expected");
    }
    return STATUS_OK;
}

static bool method_parse(Str name, Method *ret)
{
    for (int m = 0; m < METHODS; m++) {
        if (str_eq(name, str_z(method_name((Method)m)))) {
            *ret = (Method)m;
            return true;
        }
    }
    return false;
}

static Status not_allowed(Exchange *ex, uint32_t allowed)
{
    Buf b = buf_new(&ex->arena, 128);
    for (int m = 0; m < METHODS; m++) {
        if ((allowed & (1u << m)) == 0)
            continue;
        if (b.len > 0)
            buf_add(&b, S(", "));
        buf_add(&b, str_z(method_name((Method)m)));
    }
    reply_header(&ex->reply, &ex->arena, "Allow", buf_str(&b), true);
    return FAIL(&ex->cx, METHOD, "method", NULL, "this address takes " STR_FMT,
                STR_ARG(buf_str(&b)));
}

// --- addresses and trusted proxies

bool address_parse(Str text, unsigned char ret[16])
{
    char z[INET6_ADDRSTRLEN + 1] = { 0 };
    if (text.len == 0 || text.len > INET6_ADDRSTRLEN)
        return false;
    memcpy(z, text.ptr, text.len);
    struct in6_addr six;
    if (inet_pton(AF_INET6, z, &six) == 1) {
        memcpy(ret, &six, 16);
        return true;
    }
    static const unsigned char MAPPED[12] = { [10] = 0xff, [11] = 0xff };
    memcpy(ret, MAPPED, 12);
    return inet_pton(AF_INET, z, ret + 12) == 1;
}

bool address_loopback(const unsigned char bits[16])
{
    static const unsigned char MAPPED[12] = { [10] = 0xff, [11] = 0xff };
    static const unsigned char ONE[16] = { [15] = 1 };
    return (memcmp(bits, MAPPED, 12) == 0 && bits[12] == 127) || memcmp(bits, ONE, 16) == 0;
}

bool address_trusted(const Trusted *t, const unsigned char bits[16])
{
    for (size_t i = 0; i < t->len; i++) {
        int whole = t->nets[i].prefix / 8, rest = t->nets[i].prefix % 8;
        if (memcmp(bits, t->nets[i].bits, (size_t)whole) != 0)
            continue;
        if (rest == 0 || ((bits[whole] ^ t->nets[i].bits[whole]) >> (8 - rest)) == 0)
            return true;
    }
    return false;
}

Status trusted_parse(Ctx *cx, const char *list, Trusted *ret)
{
    Str rest = str_z(list);
    while (rest.ptr != NULL) {
        Str entry = str_trim(str_split(&rest, ','));
        if (entry.len == 0)
            continue;
        if (str_eq(entry, S("unix"))) {
            ret->unix_sockets = true;
            continue;
        }
        size_t slash = str_find_char(entry, '/', 0);
        Str address = str_sub(entry, 0, slash);
        int64_t prefix = 128;
        bool ok =
            ret->len < ARRAY_LEN(ret->nets) && address_parse(address, ret->nets[ret->len].bits);
        if (ok && slash < entry.len) {
            bool four = str_find_char(address, ':', 0) == address.len;
            ok = str_int(str_sub(entry, slash + 1, entry.len), &prefix) && prefix >= 0 &&
                 prefix <= (four ? 32 : 128);
            prefix += four ? 96 : 0;
        }
        if (!ok)
            return FAIL(cx, MALFORMED, "listen.proxies", NULL,
                        "not an address or network: " STR_FMT, STR_ARG(entry));
        ret->nets[ret->len++].prefix = (int)prefix;
    }
    return STATUS_OK;
}

static Str last_element(Str list)
{
    Str last = { 0 };
    while (list.ptr != NULL)
        last = str_trim(str_split(&list, ','));
    return last;
}

// One hop: the last element is what our own proxy has written; the ones before it anybody has.
static void forwarded(Exchange *ex)
{
    unsigned char bits[16] = { 0 };
    size_t n = 0;
    Str client = last_element(header_of(ex, S("X-Forwarded-For"), &n));
    if (address_parse(client, bits)) {
        char text[INET6_ADDRSTRLEN] = "";
        bool four = memcmp(bits, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0;
        if (inet_ntop(four ? AF_INET : AF_INET6, four ? bits + 12 : bits, text, sizeof(text)))
            ex->rq.peer = arena_dup(&ex->arena, str_z(text));
    }
    ex->rq.secure = str_ieq(last_element(header_of(ex, S("X-Forwarded-Proto"), &n)), S("https"));
}

static void set_peer(Exchange *ex)
{
    static const unsigned char LOOPBACK[16] = { [10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1 };
    bool trusted =
        ex->conn != NULL ? ex->conn->trusted : address_trusted(&ex->server->trusted, LOOPBACK);
    ex->rq.peer = ex->conn != NULL ? str_z(ex->conn->peer) : S("127.0.0.1");
    ex->rq.local = ex->conn != NULL && ex->conn->kind == LISTEN_LOCAL;
    if (trusted)
        forwarded(ex);
}

static Status find_route(Exchange *ex)
{
    Req *rq = &ex->rq;
    uint32_t allowed = 0;
    rq->route = router_find(&ex->server->router, rq->method, rq->path, &allowed);
    if (rq->route != NULL)
        return STATUS_OK;
    if (allowed != 0)
        return not_allowed(ex, allowed);
    bool reads = rq->method == METHOD_GET || rq->method == METHOD_HEAD;
    if (reads && ex->server->options.fallback != NULL)
        return STATUS_OK;
    return FAIL(&ex->cx, NOT_FOUND, "not_found", NULL, "there is nothing at this address");
}

Status guard_request(Exchange *ex)
{
    Req *rq = &ex->rq;
    Str host = { 0 };
    set_peer(ex);
    TRY(check_headers(ex));
    TRY(check_framing(ex));
    if (ex->odd_head)
        return broken(ex, "bare line ends, folded lines, NUL or doubled blanks");
    TRY(check_host(ex, &host));
    if (!method_parse(ex->raw_method, &rq->method)) {
        // Before the target: CONNECT and OPTIONS have forms of their own.
        uint32_t allowed = 0;
        Str path = ex->raw_target;
        rq->method = METHODS;
        if (target_parse(&ex->cx, ex->raw_target, host, &path, &rq->query) == STATUS_OK)
            (void)router_find(&ex->server->router, METHODS, path, &allowed);
        ex->cx.errors = NULL;
        return not_allowed(ex, allowed != 0 ? allowed : (1u << METHODS) - 1);
    }
    Status s = target_parse(&ex->cx, ex->raw_target, host, &rq->path, &rq->query);
    if (s != STATUS_OK) {
        ex->reply.close = true;
        return s;
    }
    return find_route(ex);
}
