// Data scopes against the hand-written policy on every path by which a record can be reached, and a
// secret that must never come through any of them (B2, B3, B11).
#include "policy.h"
#include "world.h"

#include <stdlib.h>

enum { SHOWN = 300 };

static const char *const ALL_FIELDS =
    "{\"customer.*\":\"write\",\"contact.*\":\"write\",\"address.*\":\"write\",\"order.*\":"
    "\"write\","
    "\"refund.*\":\"write\",\"identity.*\":\"write\",\"line.*\":\"write\"}";

static const char *path_of(const char *collection, int64_t id, const char *suffix)
{
    return fmt("/api/v1/%s/%lld%s", collection, (long long)id, suffix);
}

static const char *body_for_id(int64_t id)
{
    return fmt("{\"filter\":{\"field\":\"id\",\"value\":%lld},\"count\":true}", (long long)id);
}

// One record by every reading path: all of them agree that it is there, or that it is not.
static void check_reading(World *w, const char *story, const char *collection, int64_t id,
                          bool seen, bool history)
{
    Caller *c = &w->asker;
    int want = seen ? 200 : 404;
    Answer a = ask(c, METHOD_GET, path_of(collection, id, ""), NULL);
    CHECK_ROW(a.status == want, "%s: show %s: %d " STR_FMT, story, collection, a.status,
              STR_ARG(str_sub(a.body, 0, SHOWN)));
    a = ask(c, METHOD_GET, path_of(collection, id, "/history"), NULL);
    CHECK_ROW(a.status == (history ? 200 : 404), "%s: history %s: %d", story, collection, a.status);
    a = ask(c, METHOD_POST, fmt("/api/v1/%s/search", collection), body_for_id(id));
    CHECK_ROW(answer_num(&a, "count") == seen, "%s: search %s: " STR_FMT, story, collection,
              STR_ARG(str_sub(a.body, 0, SHOWN)));
    a = ask(c, METHOD_POST, fmt("/api/v1/%s/aggregate", collection),
            fmt("{\"measures\":[{\"fn\":\"count\"}],\"filter\":{\"field\":\"id\",\"value\":%lld}}",
                (long long)id));
    CHECK_ROW(body_has(&a, seen ? "\"values\":[1]" : "\"values\":[0]"),
              "%s: aggregate %s: " STR_FMT, story, collection, STR_ARG(a.body));
}

// 200, 403 or 404 for what is operated, only seen, or out of sight.
static void check_writing(World *w, const char *story, const char *collection, int64_t id,
                          const char *patch, bool seen, bool operated)
{
    int want = operated ? 200 : seen ? 403 : 404;
    Answer a = ask(&w->asker, METHOD_PATCH, path_of(collection, id, ""), patch);
    CHECK_ROW(a.status == want, "%s: change %s: %d " STR_FMT, story, collection, a.status,
              STR_ARG(str_sub(a.body, 0, SHOWN)));
    a = ask(&w->asker, METHOD_POST, path_of(collection, id, "/restore"), "{\"change\":1}");
    CHECK_ROW(a.status == 404, "%s: put back %s: %d", story, collection, a.status);
}

static void check_family(World *w, const char *story, const Family *f, Str right)
{
    bool operated = str_eq(right, S("w"));
    bool seen = operated || str_eq(right, S("r"));
    bool books = seen || str_eq(right, S("b")) || str_eq(right, S("B"));
    bool booking = operated || str_eq(right, S("B"));
    bool known = books || str_eq(right, S("h"));
    check_reading(w, story, "customers", f->customer, seen, known);
    check_reading(w, story, "contacts", f->contact, seen, seen);
    check_reading(w, story, "addresses", f->address, seen, seen);
    check_reading(w, story, "identities", f->identity, seen, seen);
    check_reading(w, story, "orders", f->order, books, books);
    check_reading(w, story, "refunds", f->refund, books, books);
    check_writing(w, story, "customers", f->customer, "{\"needs\":\"n\"}", seen, operated);
    check_writing(w, story, "contacts", f->contact, "{\"note\":\"n\"}", seen, operated);
    check_writing(w, story, "addresses", f->address, "{\"city\":\"n\"}", seen, operated);
    check_writing(w, story, "orders", f->order, "{\"channel\":\"n\"}", books, booking);
    int want = known ? 200 : 404;
    static const char *const BELOW[] = { "/timeline", "/sources", "/purchases" };
    for (size_t i = 0; i < ARRAY_LEN(BELOW); i++) {
        Answer a = ask(&w->asker, METHOD_GET, path_of("customers", f->customer, BELOW[i]), NULL);
        CHECK_ROW(a.status == want, "%s: %s: %d", story, BELOW[i], a.status);
    }
    Answer a = ask(&w->asker, METHOD_GET, path_of("orders", f->order, "/lines"), NULL);
    CHECK_ROW(a.status == (books ? 200 : 404), "%s: lines: %d", story, a.status);
    // A child of somebody else's record cannot be made, and the answer is that of a missing parent.
    a = ask(&w->asker, METHOD_POST, "/api/v1/contacts",
            fmt("{\"customer_id\":%lld,\"name\":\"child\"}", (long long)f->customer));
    bool hidden = a.status == 422 && str_eq(answer_code(&a), S("reference"));
    CHECK_ROW(operated ? a.status == 201
              : seen   ? a.status != 201
                       : hidden,
              "%s: child: %d " STR_FMT, story, a.status, STR_ARG(a.body));
}

static void check_scope_line(World *w, const PolicyLine *line)
{
    Str rest = line->head;
    const char *view = arena_cstr(kit_arena(), str_split(&rest, ' '));
    const char *operate = arena_cstr(kit_arena(), rest);
    world_ask_as(w, view, operate, ALL_FIELDS);
    int seen_count = 0;
    for (int c = 0; c < CLASSES; c++) {
        Str right = policy_word(line->text, str_z(class_name((RecordClass)c)));
        bool seen = str_eq(right, S("w")) || str_eq(right, S("r"));
        seen_count += seen;
        CHECK(right.len == 1);
        check_family(w, fmt("view %s, operate %s, %s", view, operate, class_name((RecordClass)c)),
                     &w->families[c], right);
    }
    Answer a = ask(&w->asker, METHOD_GET, "/api/v1/customers?count=1", NULL);
    CHECK_ROW(answer_num(&a, "count") == seen_count, "view %s: %lld customers, not %d", view,
              (long long)answer_num(&a, "count"), seen_count);
}

static void scopes(bool postgres)
{
    CLEANUP(place_close) Place p;
    if (!place_open(&p, postgres))
        return;
    World w;
    world_make(&w, &p);
    Policy policy = policy_read();
    for (size_t i = 0; i < policy.scopes.len; i++)
        check_scope_line(&w, &policy.scopes.ptr[i]);
}

TEST(scopes_sqlite)
{
    scopes(false);
}

TEST(scopes_postgres)
{
    scopes(true);
}

// --- the secret

typedef struct Probe {
    World *w;
    const Family *secret;
    int64_t tried;
} Probe;

static bool leaks(const Answer *a, const Family *f)
{
    for (size_t i = 0; i < a->nheaders; i++)
        if (str_find(a->headers[i].value, str_z(f->marker), 0) < a->headers[i].value.len)
            return true;
    return body_has(a, f->marker);
}

static void probe(Probe *p, Method m, const char *path, const char *body)
{
    Answer a = ask(&p->w->asker, m, path, body);
    p->tried++;
    CHECK_ROW(!leaks(&a, p->secret), "%s %s %s: " STR_FMT, method_name(m), path,
              body == NULL ? "" : body, STR_ARG(str_sub(a.body, 0, SHOWN)));
    CHECK_ROW(a.status < 500, "%s %s: %d", method_name(m), path, a.status);
}

static const char *with_id(const char *path, int64_t id)
{
    Buf b = buf_new(kit_arena(), LIMIT_URL);
    for (const char *p = path; *p != '\0'; p++) {
        if (*p != ':') {
            buf_char(&b, *p);
            continue;
        }
        buf_int(&b, id);
        while (p[1] != '\0' && p[1] != '/')
            p++;
    }
    return arena_cstr(kit_arena(), buf_str(&b));
}

static void probe_get(Probe *p, const Route *r)
{
    const Family *f = p->secret;
    const int64_t ids[] = { f->customer, f->contact, f->address, f->identity, f->order, f->refund };
    if (strchr(r->path, ':') != NULL) {
        for (size_t i = 0; i < ARRAY_LEN(ids); i++)
            probe(p, METHOD_GET, with_id(r->path, ids[i]), NULL);
        return;
    }
    probe(p, METHOD_GET, r->path, NULL);
    probe(p, METHOD_GET, fmt("%s?limit=200&count=1", r->path), NULL);
    probe(p, METHOD_GET, fmt("%s?limit=200&deleted=1", r->path), NULL);
    // The question itself holds no secret: half of the word.
    probe(p, METHOD_GET, fmt("%s?q=zqot", r->path), NULL);
}

static void probe_post(Probe *p, const Route *r)
{
    static const char *const FIELDS[] = { "name",  "company", "city",    "number",
                                          "buyer", "value",   "receiver" };
    probe(p, METHOD_POST, r->path, "{}");
    probe(p, METHOD_POST, r->path, "{\"q\":\"zqot\",\"limit\":200,\"count\":true}");
    probe(p, METHOD_POST, r->path, "{\"limit\":200,\"deleted\":true}");
    probe(p, METHOD_POST, r->path,
          "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"max\",\"field\":\"id\"}]}");
    for (size_t i = 0; i < ARRAY_LEN(FIELDS); i++)
        probe(p, METHOD_POST, r->path,
              fmt("{\"measures\":[{\"fn\":\"count\"}],\"group\":[\"%s\"]}", FIELDS[i]));
}

static void probe_export(Probe *p, const char *collection, const char *format)
{
    Id job = { 0 };
    Answer a = ask(&p->w->asker, METHOD_POST, fmt("/api/v1/%s/export", collection),
                   fmt("{\"format\":\"%s\"}", format));
    CHECK_STR(job_end(&p->w->asker, &a, &job), S("done"));
    probe(p, METHOD_GET, fmt("/api/v1/jobs/%lld/file", (long long)job.v), NULL);
    probe(p, METHOD_GET, fmt("/api/v1/jobs/%lld", (long long)job.v), NULL);
}

static void secrets(bool postgres)
{
    CLEANUP(place_close) Place p;
    if (!place_open(&p, postgres))
        return;
    World w;
    world_make(&w, &p);
    world_ask_as(&w, "own", "own", ALL_FIELDS);
    Probe probe_ = { .w = &w, .secret = &w.families[CLASS_OTHER] };
    for (size_t m = 0; m < p.app->nmodules; m++)
        for (size_t i = 0; i < p.app->modules[m]->nroutes; i++) {
            const Route *r = &p.app->modules[m]->routes[i];
            if (r->method == METHOD_GET && (r->flags & ROUTE_STREAM) == 0)
                probe_get(&probe_, r);
            else if ((r->flags & ROUTE_READS) != 0)
                probe_post(&probe_, r);
        }
    static const char *const EXPORTED[] = { "customers", "contacts", "addresses", "identities",
                                            "orders",    "lines",    "refunds" };
    for (size_t i = 0; i < ARRAY_LEN(EXPORTED); i++)
        probe_export(&probe_, EXPORTED[i], "csv");
    CHECK(probe_.tried > 200);
    // The same questions find the asker's own: the probe can fail.
    Probe own = { .w = &w, .secret = &w.families[CLASS_OWN] };
    Answer a = ask(&w.asker, METHOD_GET, "/api/v1/customers?q=zqow", NULL);
    CHECK(leaks(&a, own.secret));
}

TEST(secrets_sqlite)
{
    secrets(false);
}

TEST(secrets_postgres)
{
    secrets(true);
}

// --- missing and out of scope look the same

static Str without_request(Str body)
{
    Str key = S("\"request\":\"");
    size_t at = str_find(body, key, 0);
    if (at == body.len)
        return body;
    size_t end = str_find_char(body, '"', at + key.len);
    return arena_fmt(kit_arena(), STR_FMT STR_FMT, STR_ARG(str_sub(body, 0, at)),
                     STR_ARG(str_sub(body, end, body.len)));
}

TEST(out_of_scope_is_missing)
{
    static const struct {
        Method method;
        const char *suffix, *body;
    } ASKED[] = {
        { METHOD_GET, "", NULL },           { METHOD_GET, "/history", NULL },
        { METHOD_PATCH, "", "{}" },         { METHOD_PATCH, "", "{\"version\":1}" },
        { METHOD_DELETE, "", NULL },        { METHOD_DELETE, "?version=7", NULL },
        { METHOD_POST, "/restore", "{}" },  { METHOD_POST, "/restore", "{\"change\":3}" },
        { METHOD_GET, "/timeline", NULL },  { METHOD_GET, "/lines", NULL },
        { METHOD_GET, "/purchases", NULL }, { METHOD_GET, "/sources", NULL },
    };
    CLEANUP(place_close) Place p;
    if (!place_open(&p, false))
        return;
    World w;
    world_make(&w, &p);
    world_ask_as(&w, "own", "own", ALL_FIELDS);
    const Family *f = &w.families[CLASS_OTHER];
    const struct {
        const char *collection;
        int64_t id;
    } KINDS[] = { { "customers", f->customer }, { "contacts", f->contact },
                  { "addresses", f->address },  { "identities", f->identity },
                  { "orders", f->order },       { "refunds", f->refund } };
    for (size_t k = 0; k < ARRAY_LEN(KINDS); k++)
        for (size_t i = 0; i < ARRAY_LEN(ASKED); i++) {
            Answer there =
                ask(&w.asker, ASKED[i].method,
                    path_of(KINDS[k].collection, KINDS[k].id, ASKED[i].suffix), ASKED[i].body);
            Answer missing =
                ask(&w.asker, ASKED[i].method,
                    path_of(KINDS[k].collection, 987654321, ASKED[i].suffix), ASKED[i].body);
            CHECK_ROW(there.status == missing.status &&
                          str_eq(without_request(there.body), without_request(missing.body)),
                      "%s %s%s: " STR_FMT " or " STR_FMT, method_name(ASKED[i].method),
                      KINDS[k].collection, ASKED[i].suffix, STR_ARG(there.body),
                      STR_ARG(missing.body));
        }
}
