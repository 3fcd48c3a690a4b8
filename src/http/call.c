// A request through the same code without sockets, for tests and for the program itself.
#include "http/http_int.h"

#include <unistd.h>

static Str read_fd(Arena *a, int fd, int64_t size)
{
    check(size >= 0 && size <= LIMIT_RESPONSE);
    char *p = arena_array(a, char, (size_t)size + 1);
    size_t n = 0;
    while (n < (size_t)size) {
        ssize_t got = pread(fd, p + n, (size_t)size - n, (off_t)n);
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    return (Str){ p, n };
}

static Answer take_answer(Exchange *ex, Arena *a)
{
    const Reply *r = &ex->reply;
    Answer out = { .status = r->status };
    if (ex->rq.method != METHOD_HEAD)
        out.body = r->kind == REPLY_FILE ? read_fd(a, r->fd, r->size) : arena_dup(a, r->body);
    out.headers = arena_array(a, Pair, r->headers.len);
    for (size_t i = 0; i < r->headers.len; i++)
        out.headers[out.nheaders++] =
            (Pair){ arena_dup(a, r->headers.ptr[i].key), arena_dup(a, r->headers.ptr[i].value) };
    return out;
}

static void add_header(Exchange *ex, Str key, Str value)
{
    *vec_add(&ex->arena, &ex->headers) =
        (Pair){ arena_dup(&ex->arena, key), arena_dup(&ex->arena, value) };
}

static Status receive(Exchange *ex, Str body)
{
    TRY(guard_request(ex));
    bool upload = ex->rq.route != NULL && (ex->rq.route->flags & ROUTE_UPLOAD) != 0;
    if (upload)
        run_guard(ex);
    if (ex->reply.kind != REPLY_NONE)
        return STATUS_OK;
    TRY(body_begin(ex));
    if (body.len > 0)
        TRY(body_feed(ex, body));
    return body_end(ex);
}

Answer http_call(HttpServer *s, Arena *a, Method m, const char *target, const Pair *headers,
                 size_t nheaders, Str body)
{
    CLEANUP(arena_cleanup) Arena scratch = { 0 };
    Exchange *ex = exchange_new(s, NULL);
    ex->raw_method = arena_dup(&ex->arena, str_z(method_name(m)));
    ex->raw_target = arena_dup(&ex->arena, str_z(target));
    ex->version = S("HTTP/1.1");
    bool host = false, length = false;
    for (size_t i = 0; i < nheaders; i++) {
        add_header(ex, headers[i].key, headers[i].value);
        host = host || str_ieq(headers[i].key, S("Host"));
        length = length || str_ieq(headers[i].key, S("Content-Length"));
    }
    if (!host)
        add_header(ex, S("Host"), S("localhost"));
    if (!length && body.len > 0)
        add_header(ex, S("Content-Length"), arena_fmt(&ex->arena, "%zu", body.len));
    ex->cx.scratch = &scratch;
    Status got = receive(ex, body);
    if (got != STATUS_OK)
        reply_error(ex, got, ex->prepared);
    if (ex->reply.kind == REPLY_NONE) {
        run_guard(ex);
        run_handler(ex);
    }
    run_finish(ex);
    Answer out = take_answer(ex, a);
    exchange_free(ex);
    return out;
}
