// Answers: what handlers say, and the headers that every answer carries.
#include "http/http_int.h"
#include "json/json.h"

#include <fcntl.h>
#include <unistd.h>

enum { GZIP_FROM = 2048 };

static bool header_safe(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\r' || s.ptr[i] == '\n' || s.ptr[i] == '\0')
            return false;
    return true;
}

void reply_header(Reply *r, Arena *a, const char *name, Str value, bool replace)
{
    check(header_safe(str_z(name)) && header_safe(value));
    Pair *place = NULL;
    for (size_t i = 0; replace && i < r->headers.len; i++)
        if (str_ieq(r->headers.ptr[i].key, str_z(name)))
            place = &r->headers.ptr[i];
    if (place == NULL)
        place = vec_add(a, &r->headers);
    *place = (Pair){ arena_dup(a, str_z(name)), arena_dup(a, value) };
}

Str reply_find(const Reply *r, Str name)
{
    for (size_t i = 0; i < r->headers.len; i++)
        if (str_ieq(r->headers.ptr[i].key, name))
            return r->headers.ptr[i].value;
    return (Str){ 0 };
}

void reply_drop(Reply *r)
{
    if (r->kind == REPLY_FILE && r->fd >= 0)
        (void)close(r->fd);
    r->kind = REPLY_NONE;
    r->fd = -1;
}

static Reply *answer(Req *rq, int status, ReplyKind kind)
{
    Reply *r = &exchange_of(rq)->reply;
    check(r->kind == REPLY_NONE); // exactly one answer
    check(status >= 200 && status <= 599);
    r->kind = kind;
    r->status = status;
    return r;
}

static void content_type(Exchange *ex, const char *type)
{
    Str value = str_z(type);
    if (str_starts(value, S("text/")) && str_find(value, S("charset"), 0) == value.len)
        value = arena_fmt(&ex->arena, "%s; charset=utf-8", type);
    reply_header(&ex->reply, &ex->arena, "Content-Type", value, true);
}

Status req_reply(Req *rq, int status, const char *type, Str body)
{
    Exchange *ex = exchange_of(rq);
    answer(rq, status, REPLY_BYTES)->body = arena_dup(&ex->arena, body);
    content_type(ex, type);
    return STATUS_OK;
}

Status req_reply_json(Req *rq, int status, Str body)
{
    Exchange *ex = exchange_of(rq);
    // Most bodies stand in the request's arena already, but a Str does not tell; one copy of at
    // most a few kilobytes is cheaper than a rule that is easily broken.
    answer(rq, status, REPLY_BYTES)->body = arena_dup(&ex->arena, body);
    content_type(ex, "application/json; charset=utf-8");
    return STATUS_OK;
}

Status req_reply_static(Req *rq, int status, const char *type, Str body)
{
    answer(rq, status, REPLY_STATIC)->body = body;
    content_type(exchange_of(rq), type);
    return STATUS_OK;
}

// RFC 6266: a plain name for all, the true one in UTF-8 for everybody of this century.
static Str disposition(Arena *a, Str name)
{
    char *plain = arena_cstr(a, name);
    for (size_t i = 0; i < name.len; i++) {
        bool fine = plain[i] >= 0x20 && plain[i] < 0x7f && strchr("\"\\/%;", plain[i]) == NULL;
        plain[i] = fine ? plain[i] : '_';
    }
    return arena_fmt(a, "attachment; filename=\"%s\"; filename*=UTF-8''" STR_FMT, plain,
                     STR_ARG(url_encode(a, name)));
}

Status req_reply_file(Req *rq, const char *path, const char *type, const char *name)
{
    Exchange *ex = exchange_of(rq);
    CLEANUP(file_cleanup) File *file = NULL;
    TRY(file_open_read(rq->cx, path, &file));
    int fd = fcntl(file_fd(file), F_DUPFD_CLOEXEC, 3);
    if (fd < 0)
        return FAIL(rq->cx, UNAVAILABLE, "busy", NULL, "too many files are open");
    Reply *r = answer(rq, 200, REPLY_FILE);
    r->fd = fd;
    r->size = file_size(file);
    content_type(ex, type);
    if (name != NULL)
        reply_header(r, &ex->arena, "Content-Disposition", disposition(&ex->arena, str_z(name)),
                     true);
    return STATUS_OK;
}

void req_set_header(Req *rq, const char *name, Str value)
{
    Exchange *ex = exchange_of(rq);
    reply_header(&ex->reply, &ex->arena, name, value, true);
}

void req_set_cookie(Req *rq, const char *name, Str value)
{
    Exchange *ex = exchange_of(rq);
    for (size_t i = 0; i < value.len; i++)
        check(value.ptr[i] > 0x20 && value.ptr[i] < 0x7f && strchr("\",;\\", value.ptr[i]) == NULL);
    Str line = arena_fmt(&ex->arena, "%s%s=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax%s%s",
                         rq->secure ? "__Host-" : "", name, STR_ARG(value),
                         rq->secure ? "; Secure" : "", value.len == 0 ? "; Max-Age=0" : "");
    reply_header(&ex->reply, &ex->arena, "Set-Cookie", line, false);
}

Status req_redirect(Req *rq, Str path)
{
    bool ok = path.len > 0 && path.ptr[0] == '/' &&
              (path.len == 1 || (path.ptr[1] != '/' && path.ptr[1] != '\\'));
    for (size_t i = 0; ok && i < path.len; i++)
        ok = (unsigned char)path.ptr[i] > 0x20 && (unsigned char)path.ptr[i] < 0x7f &&
             path.ptr[i] != '\\';
    if (!ok)
        return FAIL(rq->cx, MALFORMED, "redirect", NULL, "only an address of this server");
    req_set_header(rq, "Location", path);
    return req_reply(rq, 303, "text/plain", S(""));
}

// --- errors

static Str error_json(Exchange *ex, Status s)
{
    Buf b = buf_new(&ex->arena, 64 * 1024);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open(&j, "error");
    json_key_str(&j, "status", str_z(status_name(s)));
    json_key_str(&j, "request", ex->cx.request_id);
    json_key_open_array(&j, "errors");
    for (const Err *e = ex->cx.errors; e != NULL; e = e->next) {
        // What went wrong inside is for the log.
        bool inside = status_http(e->status) == 500;
        json_open(&j);
        json_key_str(&j, "code", inside ? S("internal") : str_z(e->code));
        if (e->field != NULL && !inside)
            json_key_str(&j, "field", str_z(e->field));
        json_key_str(&j, "message", inside ? S("the server failed; it is in its log") : e->message);
        json_close(&j);
    }
    json_close_array(&j);
    json_close(&j);
    json_close(&j);
    return buf_ok(&b) ? buf_str(&b) : S("{\"error\":{}}");
}

// Cookies and Allow stay: a failed sign-in may delete its cookie.
static void reset_for_error(Reply *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->headers.len; i++) {
        Str key = r->headers.ptr[i].key;
        if (str_ieq(key, S("Set-Cookie")) || str_ieq(key, S("Allow")) ||
            str_ieq(key, S("Retry-After")) || str_ieq(key, S("WWW-Authenticate")))
            r->headers.ptr[kept++] = r->headers.ptr[i];
    }
    r->headers.len = kept;
}

void reply_error(Exchange *ex, Status s, bool by_application)
{
    Reply *r = &ex->reply;
    int special = r->kind == REPLY_NONE ? r->status : 0; // 414, 417, 431, 505 of the edge
    reply_drop(r);
    reset_for_error(r);
    r->kind = REPLY_BYTES;
    r->status = special != 0 ? special : status_http(s);
    bool ask = by_application && ex->server->options.error_body != NULL;
    r->body = ask ? ex->server->options.error_body(&ex->rq, s) : error_json(ex, s);
    if (s == STATUS_UNAVAILABLE && reply_find(r, S("Retry-After")).ptr == NULL)
        reply_header(r, &ex->arena, "Retry-After", S("2"), true);
    content_type(ex, "application/json; charset=utf-8");
}

// --- what every answer carries

static void set_default(Exchange *ex, const char *name, Str value)
{
    if (reply_find(&ex->reply, str_z(name)).ptr == NULL)
        reply_header(&ex->reply, &ex->arena, name, value, false);
}

static void security_headers(Exchange *ex)
{
    Reply *r = &ex->reply;
    bool is_static = r->kind == REPLY_STATIC;
    reply_header(r, &ex->arena, "X-Request-Id", ex->cx.request_id, true);
    set_default(ex, "X-Content-Type-Options", S("nosniff"));
    set_default(ex, "Referrer-Policy", S("same-origin"));
    set_default(ex, "Cross-Origin-Opener-Policy", S("same-origin"));
    set_default(ex, "Cross-Origin-Resource-Policy", S("same-origin"));
    set_default(ex, "Cache-Control", is_static ? S("no-cache") : S("no-store"));
    if (!is_static)
        set_default(ex, "Content-Security-Policy",
                    S("default-src 'none'; frame-ancestors 'none'; sandbox"));
    if (ex->rq.secure)
        set_default(ex, "Strict-Transport-Security", S("max-age=31536000; includeSubDomains"));
}

// The digest of embedded bytes never changes: reckoned once per address.
static Str static_tag(Exchange *ex, Str body)
{
    HttpServer *s = ex->server;
    mutex_lock(&s->etag_lock);
    for (size_t i = 0; i < s->netags; i++) {
        if (s->etags[i].ptr == body.ptr && s->etags[i].len == body.len) {
            Str tag = str_z(s->etags[i].tag);
            mutex_unlock(&s->etag_lock);
            return tag;
        }
    }
    mutex_unlock(&s->etag_lock);
    Str tag =
        arena_fmt(&ex->arena, "\"%016llx-%zx\"", (unsigned long long)str_hash(body), body.len);
    mutex_lock(&s->etag_lock);
    if (s->netags < ETAGS_MAX) {
        s->etags[s->netags].ptr = body.ptr;
        s->etags[s->netags].len = body.len;
        memcpy(s->etags[s->netags].tag, tag.ptr, tag.len + 1);
        s->netags++;
    }
    mutex_unlock(&s->etag_lock);
    return tag;
}

static bool tag_listed(Str list, Str tag)
{
    while (list.ptr != NULL) {
        Str one = str_trim(str_split(&list, ','));
        if (str_starts(one, S("W/")))
            one = str_sub(one, 2, one.len);
        if (str_eq(one, tag) || str_eq(one, S("*")))
            return true;
    }
    return false;
}

static void validate_static(Exchange *ex)
{
    Reply *r = &ex->reply;
    if (reply_find(r, S("ETag")).ptr == NULL)
        reply_header(r, &ex->arena, "ETag", static_tag(ex, r->body), true);
    Str have = req_header(&ex->rq, "If-None-Match");
    if (have.ptr != NULL && tag_listed(have, reply_find(r, S("ETag")))) {
        r->status = 304;
        r->body = (Str){ 0 };
    }
}

static bool wants_gzip(const Exchange *ex)
{
    const Reply *r = &ex->reply;
    if (r->kind != REPLY_BYTES || r->body.len <= GZIP_FROM || ex->server->options.gzip < 0 ||
        reply_find(r, S("Content-Encoding")).ptr != NULL ||
        !str_starts(reply_find(r, S("Content-Type")), S("application/json")))
        return false;
    unsigned char bits[16];
    // Packing for a neighbour on the same machine is work for nothing.
    if (ex->server->options.gzip == 0 &&
        (!address_parse(ex->rq.peer, bits) || address_loopback(bits)))
        return false;
    return accepts_gzip(req_header(&ex->rq, "Accept-Encoding"));
}

void reply_finish(Exchange *ex)
{
    Reply *r = &ex->reply;
    if (r->finished)
        return;
    r->finished = true;
    if (r->kind == REPLY_NONE) {
        r->kind = REPLY_BYTES;
        r->status = 204;
    }
    bool reads = ex->rq.method == METHOD_GET || ex->rq.method == METHOD_HEAD;
    if (r->kind == REPLY_STATIC && r->status == 200 && reads)
        validate_static(ex);
    if (r->kind == REPLY_BYTES && r->body.len > GZIP_FROM)
        set_default(ex, "Vary", S("Accept-Encoding"));
    Str packed = { 0 };
    if (wants_gzip(ex) && gzip_pack(&ex->arena, r->body, &packed)) {
        r->body = packed;
        reply_header(r, &ex->arena, "Content-Encoding", S("gzip"), true);
    }
    security_headers(ex);
    if (r->close)
        reply_header(r, &ex->arena, "Connection", S("close"), true);
}
