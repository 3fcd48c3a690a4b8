// Reading a request: parameters, query, headers, cookies, form, JSON.
#include "http/http_int.h"
#include "http/url.h"
#include "json/json.h"

#include <poll.h>

Str req_param(const Req *rq, const char *name)
{
    return rq->route == NULL ? (Str){ 0 } : route_param(rq->route, rq->path, str_z(name));
}

Status req_id(Req *rq, Id *ret)
{
    int64_t id = 0;
    if (!str_int(req_param(rq, "id"), &id) || id <= 0)
        return FAIL(rq->cx, NOT_FOUND, "not_found", NULL, "there is nothing at this address");
    ret->v = id;
    return STATUS_OK;
}

Str req_query(const Req *rq, const char *name)
{
    Str rest = rq->query;
    Pair p = { 0 };
    while (query_next(rq->cx->arena, &rest, &p))
        if (str_eq(p.key, str_z(name)))
            return p.value;
    return (Str){ 0 };
}

bool req_has_query(const Req *rq, const char *name)
{
    return req_query(rq, name).ptr != NULL;
}

static bool in_list(const char *const *list, Str name)
{
    for (; *list != NULL; list++)
        if (str_eq(str_z(*list), name))
            return true;
    return false;
}

Status req_query_only(Req *rq, const char *const *allowed)
{
    Str rest = rq->query;
    Pair p = { 0 };
    Map seen = map_new(rq->cx->arena);
    while (query_next(rq->cx->arena, &rest, &p)) {
        const char *field = arena_cstr(rq->cx->arena, p.key);
        bool fresh = false;
        if (!in_list(allowed, p.key))
            return FAIL(rq->cx, MALFORMED, "unknown", field, "is not a parameter of this address");
        (void)map_put(&seen, p.key, &fresh);
        if (!fresh)
            return FAIL(rq->cx, MALFORMED, "twice", field, "is given twice");
    }
    return STATUS_OK;
}

Str req_header(const Req *rq, const char *name)
{
    const Exchange *ex = exchange_of(rq);
    for (size_t i = 0; i < ex->headers.len; i++)
        if (str_ieq(ex->headers.ptr[i].key, str_z(name)))
            return ex->headers.ptr[i].value;
    return (Str){ 0 };
}

static Str cookie_find(Str header, Str name)
{
    while (header.ptr != NULL) {
        Str one = str_trim(str_split(&header, ';'));
        size_t at = str_find_char(one, '=', 0);
        if (at == one.len || !str_eq(str_sub(one, 0, at), name))
            continue;
        Str value = str_sub(one, at + 1, one.len);
        if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
            value = str_sub(value, 1, value.len - 2);
        return value.ptr == NULL ? S("") : value;
    }
    return (Str){ 0 };
}

Str req_cookie(const Req *rq, const char *name)
{
    const Exchange *ex = exchange_of(rq);
    // On https only the name that another host of the domain cannot set counts.
    Str full = rq->secure ? arena_fmt(rq->cx->arena, "__Host-%s", name) : str_z(name);
    for (size_t i = 0; i < ex->headers.len; i++) {
        if (!str_ieq(ex->headers.ptr[i].key, S("Cookie")))
            continue;
        Str value = cookie_find(ex->headers.ptr[i].value, full);
        if (value.ptr != NULL)
            return value;
    }
    return (Str){ 0 };
}

Str req_form(const Req *rq, const char *name)
{
    for (size_t i = 0; i < rq->nform; i++)
        if (str_eq(rq->form[i].key, str_z(name)))
            return rq->form[i].value;
    return (Str){ 0 };
}

static bool is_json(Str type)
{
    Str kind = str_trim(str_sub(type, 0, str_find_char(type, ';', 0)));
    return str_ieq(kind, S("application/json"));
}

Status req_json(Req *rq, const struct Json **ret)
{
    if (!is_json(req_header(rq, "Content-Type")))
        return FAIL(rq->cx, MEDIA_TYPE, "media_type", NULL, "the body must be application/json");
    const Json *json = NULL;
    TRY(json_parse(rq->cx, rq->body, &json));
    if (json->kind != JSON_OBJECT_NODE && json->kind != JSON_ARRAY_NODE)
        return FAIL(rq->cx, MALFORMED, "json", NULL, "the body must be an object or an array");
    *ret = json;
    return STATUS_OK;
}

void req_keep_upload(Req *rq)
{
    exchange_of(rq)->body.kept = true;
}

bool req_gone(const Req *rq)
{
    const Exchange *ex = exchange_of(rq);
    if (atomic_load(&ex->server->over))
        return true;
    if (ex->conn == NULL)
        return false;
    struct pollfd p = { .fd = ex->conn->fd, .events = POLLRDHUP };
    return poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}
