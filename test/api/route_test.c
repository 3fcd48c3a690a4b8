// Role by route against the hand-written policy; every route is in it and it names no other (B1,
// B2).
#include "policy.h"

#include "auth/auth_internal.h"

static bool has_word(Str words, Str word)
{
    while (words.ptr != NULL && words.len > 0)
        if (str_eq(str_split(&words, ' '), word))
            return true;
    return false;
}

// A path that leads nowhere: permission is asked before the record.
static const char *concrete(const char *path)
{
    Buf b = buf_new(kit_arena(), LIMIT_URL);
    for (const char *p = path; *p != '\0'; p++) {
        if (*p != ':') {
            buf_char(&b, *p);
            continue;
        }
        buf_add(&b, S("999999999"));
        while (p[1] != '\0' && p[1] != '/')
            p++;
    }
    return arena_cstr(kit_arena(), buf_str(&b));
}

// An empty object, or for what would fill the store for a minute something that is none.
static const char *body_for(const Route *r)
{
    if (r->method == METHOD_GET)
        return NULL;
    return strcmp(r->path, "/api/v1/demo") == 0 ? "[]" : "{}";
}

// These end or change the caller's own session; they are tried with a caller of their own.
static bool ends_session(const Route *r)
{
    return strcmp(r->path, "/api/v1/session") == 0 || strcmp(r->path, "/api/v1/sessions") == 0 ||
           strcmp(r->path, "/api/v1/me/password") == 0;
}

static bool refused(const Answer *a)
{
    return a->status == 401 || (a->status == 403 && str_eq(answer_code(a), S("permission")));
}

static void check_cell(Policy *policy, Caller *c, Str role, const Route *r, Str words)
{
    Answer a = ask(c, r->method, concrete(r->path), body_for(r));
    bool all = str_eq(role, S("administrator"));
    bool may = all || has_word(words, S("self")) || has_word(words, S("public")) ||
               policy_allows(policy, words, role);
    CHECK_ROW(refused(&a) != may && a.status < 500, STR_FMT " %s %s: %d " STR_FMT, STR_ARG(role),
              method_name(r->method), r->path, a.status, STR_ARG(str_sub(a.body, 0, 300)));
}

static void check_stranger(Place *p, const Route *r, Str words)
{
    Caller c = stranger(p);
    Answer a = ask(&c, r->method, concrete(r->path), body_for(r));
    bool open = has_word(words, S("public"));
    bool stopped = str_eq(answer_code(&a), S("session"));
    CHECK_ROW(stopped != open && a.status < 500, "stranger %s %s: %d " STR_FMT,
              method_name(r->method), r->path, a.status, STR_ARG(str_sub(a.body, 0, 300)));
}

typedef void (*RouteFn)(const Route *r, void *arg);

static void each_route(const App *app, RouteFn fn, void *arg)
{
    for (size_t m = 0; m < app->nmodules; m++)
        for (size_t i = 0; i < app->modules[m]->nroutes; i++)
            fn(&app->modules[m]->routes[i], arg);
}

typedef struct Matrix {
    Place *place;
    Policy policy;
    Str role;
    Caller caller, leaver; // the leaver's sessions may end
    Id leaving;
} Matrix;

static void one_route(const Route *r, void *arg)
{
    Matrix *m = arg;
    PolicyRoute *line = policy_route(&m->policy, method_name(r->method), r->path);
    if (line == NULL) {
        kit_fail(__FILE__, __LINE__, "policy.txt has no line for %s %s", method_name(r->method),
                 r->path);
        return;
    }
    line->used = true;
    // A file is sent along: refused before its body is read, so the guard alone is asked here.
    if (m->role.len == 0) {
        check_stranger(m->place, r, line->allowed);
    } else if (ends_session(r)) {
        m->leaver = caller_of(m->place, m->leaving, "leaver");
        check_cell(&m->policy, &m->leaver, m->role, r, line->allowed);
    } else {
        check_cell(&m->policy, &m->caller, m->role, r, line->allowed);
    }
}

TEST(every_role_on_every_route)
{
    CLEANUP(place_close) Place p;
    if (!place_open(&p, false))
        return;
    Matrix m = { .place = &p, .policy = policy_read() };
    each_route(p.app, one_route, &m);
    for (size_t i = 0; i < ROLE_TEMPLATES_LEN; i++) {
        const char *key = ROLE_TEMPLATES[i].key;
        m.role = str_z(key);
        Id role = place_role_of_template(&p, key);
        m.caller = caller_of(&p, place_user(&p, key, p.left, role), key);
        m.leaving = place_user(&p, fmt("%s.leaver", key), p.left, role);
        each_route(p.app, one_route, &m);
    }
    for (size_t i = 0; i < m.policy.routes.len; i++)
        CHECK_ROW(m.policy.routes.ptr[i].used,
                  "policy.txt speaks of " STR_FMT " " STR_FMT ", which is no route",
                  STR_ARG(m.policy.routes.ptr[i].method), STR_ARG(m.policy.routes.ptr[i].path));
}

static void without_csrf(const Route *r, void *arg)
{
    Matrix *m = arg;
    if (r->method == METHOD_GET || (r->flags & ROUTE_PUBLIC) != 0)
        return;
    Caller c = m->caller;
    c.no_csrf = true;
    Answer a = ask(&c, r->method, concrete(r->path), "{}");
    CHECK_ROW(a.status == 403 && str_eq(answer_code(&a), S("csrf")),
              "%s %s without the token: %d " STR_FMT, method_name(r->method), r->path, a.status,
              STR_ARG(a.body));
    c = m->caller;
    c.type = "text/plain";
    a = ask(&c, r->method, concrete(r->path), "{}");
    CHECK_ROW(a.status == 415, "%s %s as text/plain: %d", method_name(r->method), r->path,
              a.status);
    c = m->caller;
    c.extra = (Pair){ S("Origin"), S("https://evil.test") };
    a = ask(&c, r->method, concrete(r->path), "{}");
    CHECK_ROW(a.status == 403 && str_eq(answer_code(&a), S("origin")), "%s %s from elsewhere: %d",
              method_name(r->method), r->path, a.status);
}

static void read_only(const Route *r, void *arg)
{
    Matrix *m = arg;
    if (r->method == METHOD_GET && (r->flags & ROUTE_STREAM) == 0)
        (void)ask(&m->caller, METHOD_GET, concrete(r->path), NULL);
}

// Of the store's files: every committed page is in one of them.
static uint64_t store_print(Place *p)
{
    return str_hash(kit_file(fmt("%s/guanxi.db", p->data))) ^
           str_hash(kit_file(fmt("%s/guanxi.db-wal", p->data)));
}

TEST(changing_routes_want_token_type_and_origin)
{
    CLEANUP(place_close) Place p;
    if (!place_open(&p, false))
        return;
    Matrix m = { .place = &p };
    Id boss = place_user(&p, "boss", p.left, place_role_of_template(&p, "administrator"));
    m.caller = caller_of(&p, boss, "boss");
    each_route(p.app, without_csrf, &m);
    (void)ask(&m.caller, METHOD_GET, "/api/v1/me", NULL); // marks the session as seen
    uint64_t before = store_print(&p);
    each_route(p.app, read_only, &m);
    CHECK(store_print(&p) == before);
}
