// Routes as a tree of path segments: plain text before digits before any text, and back again when
// the more special branch ends nowhere.
#include "http/http_int.h"

enum { SEGMENTS_MAX = 16, PATH_MAX_LEN = 200 };

struct Node {
    Map plain;       // segment -> Node *
    Node *id, *text; // ":id", ":name"
    const Route *routes[METHODS];
};

const char *method_name(Method m)
{
    static const char *const NAMES[METHODS] = { "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD" };
    return NAMES[m];
}

static Node *node_new(Arena *a)
{
    Node *n = arena_new(a, Node);
    n->plain = map_new(a);
    return n;
}

static Node *node_child(Arena *a, Node *n, Str segment)
{
    if (segment.ptr[0] != ':') {
        bool fresh = false;
        int64_t *place = map_put(&n->plain, segment, &fresh);
        if (fresh)
            *place = (int64_t)(intptr_t)node_new(a);
        return (Node *)(intptr_t)*place;
    }
    Node **place = str_eq(segment, S(":id")) ? &n->id : &n->text;
    if (*place == NULL)
        *place = node_new(a);
    return *place;
}

static bool segment_ok(Str s)
{
    size_t from = s.len > 0 && s.ptr[0] == ':' ? 1 : 0;
    for (size_t i = from; i < s.len; i++)
        if (!ascii_is_alpha(s.ptr[i]) && !ascii_is_digit(s.ptr[i]) && s.ptr[i] != '-' &&
            s.ptr[i] != '_' && s.ptr[i] != '.')
            return false;
    return s.len > from;
}

static bool path_ok(const char *path)
{
    Str rest = str_z(path);
    if (rest.len == 0 || rest.len > PATH_MAX_LEN || rest.ptr[0] != '/')
        return false;
    if (rest.len == 1)
        return true;
    size_t n = 0;
    rest = str_sub(rest, 1, rest.len);
    while (rest.ptr != NULL)
        if (++n > SEGMENTS_MAX || !segment_ok(str_split(&rest, '/')))
            return false;
    return true;
}

static Status fault(Ctx *cx, const Route *r, const char *what)
{
    const char *path = r->path == NULL ? "(no path)" : r->path;
    return FAIL(cx, INVALID, "route", path, "%s %s: %s",
                r->method < METHODS ? method_name(r->method) : "?", path, what);
}

static Status route_check(Ctx *cx, const Route *r)
{
    bool open = (r->flags & (ROUTE_PUBLIC | ROUTE_SELF)) != 0;
    bool changes = r->method != METHOD_GET && (r->flags & ROUTE_READS) == 0;
    if (r->path == NULL || !path_ok(r->path))
        return fault(cx, r, "the path must be /segments of letters, digits, - _ . or :name");
    if (r->method >= METHODS || r->method == METHOD_HEAD)
        return fault(cx, r, "the method must be GET, POST, PUT, PATCH or DELETE");
    if (r->handle == NULL)
        return fault(cx, r, "has no handler");
    if ((r->flags & ROUTE_PUBLIC) != 0 && (r->flags & ROUTE_SELF) != 0)
        return fault(cx, r, "is both public and for the signed-in user");
    if (!open && (r->permission == NULL || r->permission[0] == '\0'))
        return fault(cx, r, "has no permission and is neither public nor for the user himself");
    if ((r->flags & ROUTE_PUBLIC) != 0 && r->permission != NULL)
        return fault(cx, r, "is public and has a permission that nobody would check");
    if (changes && (r->audit == NULL || r->audit[0] == '\0'))
        return fault(cx, r, "changes something and has no audit word");
    if ((r->flags & ROUTE_STREAM) != 0 && r->method != METHOD_GET)
        return fault(cx, r, "a stream must be a GET");
    if ((r->flags & ROUTE_UPLOAD) != 0 && r->method == METHOD_GET)
        return fault(cx, r, "an upload cannot be a GET");
    return STATUS_OK;
}

static void route_add(Ctx *cx, Router *router, const Route *r)
{
    if (route_check(cx, r) != STATUS_OK)
        return;
    Node *n = router->root;
    Str rest = str_sub(str_z(r->path), 1, PATH_MAX_LEN);
    while (rest.ptr != NULL && rest.len > 0)
        n = node_child(&router->arena, n, str_split(&rest, '/'));
    if (n->routes[r->method] != NULL)
        (void)fault(cx, r, "is there twice");
    else
        n->routes[r->method] = r;
}

void router_build(Ctx *cx, Router *r, const Route *const *tables, const size_t *sizes,
                  size_t ntables)
{
    r->root = node_new(&r->arena);
    for (size_t t = 0; t < ntables; t++)
        for (size_t i = 0; i < sizes[t]; i++)
            route_add(cx, r, &tables[t][i]);
}

Status http_validate_routes(Ctx *cx, const Route *const *tables, const size_t *sizes,
                            size_t ntables)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Router router = { 0 };
    const Err *before = cx->errors;
    router_build(cx, &router, tables, sizes, ntables);
    arena = router.arena;
    return cx->errors == before ? STATUS_OK : STATUS_MALFORMED;
}

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]))
            return false;
    return s.len > 0 && s.len <= 19;
}

static const Route *node_route(const Node *n, Method m, uint32_t *allowed)
{
    for (int i = 0; i < METHODS; i++)
        if (n->routes[i] != NULL)
            *allowed |= 1u << i;
    if (n->routes[METHOD_GET] != NULL && (n->routes[METHOD_GET]->flags & ROUTE_STREAM) == 0) {
        *allowed |= 1u << METHOD_HEAD;
        if (m == METHOD_HEAD)
            return n->routes[METHOD_GET];
    }
    return m < METHODS ? n->routes[m] : NULL;
}

// The depth is bounded by SEGMENTS_MAX: deeper paths match nothing.
static const Route *node_find(const Node *n, Method m, Str rest, int depth, uint32_t *allowed)
{
    if (rest.ptr == NULL || rest.len == 0)
        return node_route(n, m, allowed);
    if (depth == 0)
        return NULL;
    Str segment = str_split(&rest, '/');
    const int64_t *plain = map_get(&n->plain, segment);
    const Node *next[] = { plain == NULL ? NULL : (const Node *)(intptr_t)*plain,
                           all_digits(segment) ? n->id : NULL, n->text };
    for (size_t i = 0; i < ARRAY_LEN(next); i++) {
        const Route *found =
            next[i] == NULL ? NULL : node_find(next[i], m, rest, depth - 1, allowed);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const Route *router_find(const Router *r, Method m, Str path, uint32_t *ret_allowed)
{
    *ret_allowed = 0;
    if (path.len == 0 || path.ptr[0] != '/')
        return NULL;
    return node_find(r->root, m, str_sub(path, 1, path.len), SEGMENTS_MAX, ret_allowed);
}

Str route_param(const Route *route, Str path, Str name)
{
    Str pattern = str_z(route->path);
    while (pattern.ptr != NULL && path.ptr != NULL) {
        Str want = str_split(&pattern, '/');
        Str have = str_split(&path, '/');
        if (want.len > 1 && want.ptr[0] == ':' && str_eq(str_sub(want, 1, want.len), name))
            return have;
    }
    return (Str){ 0 };
}
