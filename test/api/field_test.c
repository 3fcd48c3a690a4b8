// Field rights on every reading path, and what a body may set, column by column (B4, B5).
#include "policy.h"
#include "world.h"

enum { SHOWN = 300 };

typedef struct Secret {
    const char *field; // of customers
    const char *value; // as it is set
    const char *shown; // as it must not be seen
    bool sortable, groupable;
} Secret;

static const Secret SECRETS[] = {
    { "name", "\"zqnameqz\"", "zqnameqz", true, true },
    { "company", "\"zqcompanyqz\"", "zqcompanyqz", true, true },
    { "city", "\"zqcityqz\"", "zqcityqz", true, true },
    { "wechat", "\"zqwechatqz\"", "zqwechatqz", false, true },
    { "note", "\"zqnoteqz\"", "zqnoteqz", false, false },
    { "phone", "\"13912345678\"", "13912345678", false, false },
    { "email", "\"zqmailqz@example.cn\"", "zqmailqz", false, false },
    { "id_number", "\"11010519491231002X\"", "11010519491231002X", false, false },
    { "birthday", "\"1987-06-05\"", "1987-06-05", true, true },
    { "credit_limit", "\"7654.32\"", "7654.32", true, true },
    { "custom.plain", "\"zqplainqz\"", "zqplainqz", true, true },
    { "custom.sealed", "\"zqsealedqz\"", "zqsealedqz", false, false },
};

typedef struct Check {
    World *w;
    const Secret *s;
    const char *level;
    int64_t customer;
} Check;

static bool is_custom(const Secret *s)
{
    return strncmp(s->field, "custom.", 7) == 0;
}

static Answer look(Check *c, Method m, const char *path, const char *body)
{
    Answer a = ask(&c->w->asker, m, path, body);
    CHECK_ROW(!body_has(&a, c->s->shown), "%s %s: %s %s: " STR_FMT, c->s->field, c->level,
              method_name(m), path, STR_ARG(str_sub(a.body, 0, SHOWN)));
    return a;
}

static void refused(Check *c, const char *path, const char *body, const char *code)
{
    Answer a = look(c, body == NULL ? METHOD_GET : METHOD_POST, path, body);
    CHECK_ROW(a.status == 403 && str_eq(answer_code(&a), str_z(code)), "%s %s: %s %s: %d " STR_FMT,
              c->s->field, c->level, path, body == NULL ? "" : body, a.status,
              STR_ARG(str_sub(a.body, 0, SHOWN)));
}

static void check_paths(Check *c)
{
    static const char *const PATHS[] = { "customers/%lld",
                                         "customers/%lld/history",
                                         "customers/%lld/timeline",
                                         "customers/%lld/sources",
                                         "customers/%lld/purchases",
                                         "customers?limit=200",
                                         "orders?limit=200",
                                         "contacts?limit=200",
                                         "suggest?q=zq",
                                         "home" };
    for (size_t i = 0; i < ARRAY_LEN(PATHS); i++) {
        Str path = S("");
        Str rest = str_z(PATHS[i]);
        size_t at = str_find(rest, S("%lld"), 0);
        path = at == rest.len
                   ? rest
                   : arena_fmt(kit_arena(), STR_FMT "%lld" STR_FMT, STR_ARG(str_sub(rest, 0, at)),
                               (long long)c->customer, STR_ARG(str_sub(rest, at + 4, rest.len)));
        Answer a = look(c, METHOD_GET, fmt("/api/v1/" STR_FMT, STR_ARG(path)), NULL);
        CHECK_ROW(a.status == 200, STR_FMT ": %d", STR_ARG(path), a.status);
    }
}

static void check_questions(Check *c)
{
    const Secret *s = c->s;
    const char *search = "/api/v1/customers/search";
    const char *aggregate = "/api/v1/customers/aggregate";
    // note is not to be filtered by anybody.
    if (strcmp(s->field, "note") != 0) {
        refused(c, search, fmt("{\"filter\":{\"%s\":{\"not_empty\":true}}}", s->field),
                "filter.permission");
        refused(c, search,
                fmt("{\"filter\":{\"not\":{\"all\":[{\"%s\":{\"empty\":true}}]}}}", s->field),
                "filter.permission");
    }
    if (s->sortable) {
        refused(c, fmt("/api/v1/customers?sort=-%s", s->field), NULL, "sort.permission");
        refused(c, search, fmt("{\"sort\":\"id,%s\"}", s->field), "sort.permission");
    }
    if (s->groupable) {
        refused(c, aggregate,
                fmt("{\"measures\":[{\"fn\":\"count\"}],\"group\":[\"%s\"]}", s->field),
                "filter.permission");
        refused(c, aggregate,
                fmt("{\"measures\":[{\"fn\":\"distinct\",\"field\":\"%s\"}]}", s->field),
                "filter.permission");
    }
}

static void check_export(Check *c)
{
    Id job = { 0 };
    Answer a = look(c, METHOD_POST, "/api/v1/customers/export", "{\"headings\":\"names\"}");
    CHECK_STR(job_end(&c->w->asker, &a, &job), S("done"));
    a = look(c, METHOD_GET, fmt("/api/v1/jobs/%lld/file", (long long)job.v), NULL);
    bool there = body_has(&a, fmt(",%s,", c->s->field)) || body_has(&a, fmt(",%s\r", c->s->field));
    CHECK_ROW(a.status == 200 && there == (c->level[0] == 'm'), "%s %s: export has %d", c->s->field,
              c->level, there);
}

// "name":value, or "custom":{"key":value}
static const char *member(const Secret *s)
{
    return is_custom(s) ? fmt("\"custom\":{\"%s\":%s}", s->field + 7, s->value)
                        : fmt("\"%s\":%s", s->field, s->value);
}

static void check_level(Check *c)
{
    world_ask_as(c->w, "all", "all",
                 fmt("{\"customer.*\":\"write\",\"order.*\":\"write\",\"contact.*\":\"write\","
                     "\"customer.%s\":\"%s\"}",
                     c->s->field, c->level));
    bool none = c->level[0] == 'n';
    check_paths(c);
    check_questions(c);
    check_export(c);
    Answer a = look(c, METHOD_GET, fmt("/api/v1/customers/%lld", (long long)c->customer), NULL);
    const char *key = fmt("\"%s\":", is_custom(c->s) ? c->s->field + 7 : c->s->field);
    CHECK_ROW(body_has(&a, key) != none, "%s %s: the name is%s shown", c->s->field, c->level,
              none ? "" : " not");
    if (none && !is_custom(c->s))
        refused(c, fmt("/api/v1/customers?fields=id,%s", c->s->field), NULL, "fields.permission");
    a = ask(&c->w->asker, METHOD_PATCH, fmt("/api/v1/customers/%lld", (long long)c->customer),
            fmt("{%s}", member(c->s)));
    CHECK_ROW(a.status == (none ? 400 : 403), "%s %s: set %d " STR_FMT, c->s->field, c->level,
              a.status, STR_ARG(str_sub(a.body, 0, SHOWN)));
    // What is not seen is not found by either.
    a = ask(&c->w->asker, METHOD_POST, "/api/v1/customers/search",
            fmt("{\"q\":\"%s\",\"count\":true}", c->s->shown));
    if (none)
        CHECK_ROW(answer_num(&a, "count") == 0, "%s none: found by q", c->s->field);
    a = ask(&c->w->asker, METHOD_GET, "/api/v1/meta", NULL);
    CHECK_ROW(a.status == 200 &&
                  (!none || !is_custom(c->s) || !body_has(&a, fmt("\"%s\"", c->s->field))),
              "%s none: in meta", c->s->field);
    a = ask(&c->w->asker, METHOD_GET, "/api/v1/openapi.json", NULL);
    CHECK_ROW(a.status == 200 &&
                  (!none || !is_custom(c->s) || !body_has(&a, fmt("\"%s\"", c->s->field + 7))),
              "%s none: in the document", c->s->field);
}

static void make_custom(World *w, const char *key, bool pii)
{
    Answer a = ask(&w->admin, METHOD_POST, "/api/v1/fields",
                   fmt("{\"entity\":\"customer\",\"key\":\"%s\",\"label_zh\":\"%s\",\"label_en\":"
                       "\"%s\",\"kind\":\"text\","
                       "\"pii\":%s}",
                       key, key, key, pii ? "true" : "false"));
    CHECK_INT(a.status, 201);
}

static void field_rights(bool postgres)
{
    CLEANUP(place_close) Place p;
    if (!place_open(&p, postgres))
        return;
    World w;
    world_make(&w, &p);
    make_custom(&w, "plain", false);
    make_custom(&w, "sealed", true);
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    buf_fmt(&b, "{\"custom\":{\"plain\":\"zqplainqz\",\"sealed\":\"zqsealedqz\"}");
    for (size_t i = 0; i < ARRAY_LEN(SECRETS); i++)
        if (!is_custom(&SECRETS[i]))
            buf_fmt(&b, ",%s", member(&SECRETS[i]));
    buf_char(&b, '}');
    Answer a = ask_str(&w.admin, METHOD_POST, "/api/v1/customers", buf_str(&b));
    CHECK_ROW(a.status == 201, STR_FMT, STR_ARG(a.body));
    int64_t customer = answer_num(&a, "id");
    a = ask(&w.admin, METHOD_POST, "/api/v1/orders",
            fmt("{\"shop_id\":%lld,\"number\":\"n1\",\"state\":\"paid\",\"customer_id\":%lld,"
                "\"ordered_at\":"
                "\"2026-01-02T03:04:05Z\",\"paid_amount\":\"10.00\"}",
                (long long)w.shop, (long long)customer));
    CHECK_INT(a.status, 201);
    for (size_t i = 0; i < ARRAY_LEN(SECRETS); i++) {
        Check none = { &w, &SECRETS[i], "none", customer };
        Check masked = { &w, &SECRETS[i], "masked", customer };
        check_level(&none);
        check_level(&masked);
    }
}

TEST(field_rights_sqlite)
{
    field_rights(false);
}

TEST(field_rights_postgres)
{
    field_rights(true);
}

// --- B5

typedef struct Base {
    const char *collection, *required; // members without braces; %d is a number never used before
} Base;

static const char *sample(const Field *f)
{
    switch (f->kind) {
    case FIELD_TEXT: return "\"x\"";
    case FIELD_INT: return "1";
    case FIELD_ID: return "1";
    case FIELD_BOOL: return "true";
    case FIELD_MONEY:
    case FIELD_DECIMAL: return "\"1\"";
    case FIELD_INSTANT: return "\"2026-01-02T03:04:05Z\"";
    case FIELD_DAY: return "\"2026-01-02\"";
    case FIELD_CHOICE: return arena_fmt(kit_arena(), "\"%s\"", f->choices[0].name).ptr;
    case FIELD_JSON: return "[]";
    case FIELD_KINDS: break;
    }
    return "null";
}

typedef enum Binding { NEVER, CREATE_ONLY, ALWAYS } Binding;

static Binding binding_of(Str words, Str name)
{
    while (words.ptr != NULL && words.len > 0) {
        Str w = str_split(&words, ' ');
        if (str_eq(w, name))
            return ALWAYS;
        if (w.len == name.len + 1 && str_starts(w, name) && str_ends(w, S("!")))
            return CREATE_ONLY;
    }
    return NEVER;
}

// The required members, numbered anew each time, and one more.
static Str body_of(const Base *base, Str more)
{
    static int number;
    Buf body = buf_new(kit_arena(), LIMIT_JSON_BODY);
    Str rest = str_z(base->required);
    buf_char(&body, '{');
    for (size_t at = str_find(rest, S("%d"), 0); at < rest.len; at = str_find(rest, S("%d"), 0)) {
        buf_add(&body, str_sub(rest, 0, at));
        buf_int(&body, ++number);
        rest = str_sub(rest, at + 2, rest.len);
    }
    buf_add(&body, rest);
    if (more.len > 0)
        buf_char(&body, ',');
    buf_add(&body, more);
    buf_char(&body, '}');
    return buf_str(&body);
}

static void check_column(Caller *c, const Base *base, int64_t id, Str words, Str name,
                         const char *value)
{
    Binding b = binding_of(words, name);
    bool twice =
        str_find(str_z(base->required), arena_fmt(kit_arena(), "\"" STR_FMT "\"", STR_ARG(name)),
                 0) < strlen(base->required);
    Str more = arena_fmt(kit_arena(), "\"" STR_FMT "\":%s", STR_ARG(name), value);
    Str body = body_of(base, twice ? (Str){ 0 } : more);
    Answer a = ask_str(c, METHOD_POST, fmt("/api/v1/%s", base->collection), body);
    bool bound = a.status == 201 || a.status == 422 || a.status == 409;
    CHECK_ROW((b != NEVER || twice) ? bound : a.status == 400, "create %s " STR_FMT ": %d " STR_FMT,
              base->collection, STR_ARG(body), a.status, STR_ARG(str_sub(a.body, 0, SHOWN)));
    a = ask(c, METHOD_PATCH, fmt("/api/v1/%s/%lld", base->collection, (long long)id),
            fmt("{\"" STR_FMT "\":%s}", STR_ARG(name), value));
    bound = a.status == 200 || a.status == 422 || a.status == 409;
    bool version = str_eq(name, S("version")); // what the change is based on, not what it sets
    CHECK_ROW(b == ALWAYS || version ? bound : a.status == 400,
              "change %s " STR_FMT ": %d " STR_FMT, base->collection, STR_ARG(name), a.status,
              STR_ARG(str_sub(a.body, 0, SHOWN)));
}

TEST(bodies_set_what_they_may)
{
    static const char *const EXTRA[] = { "deleted_at", "name_pinyin", "phone_blind",   "phone_tail",
                                         "custom",     "password",    "password_hash", "roles",
                                         "owner_id$",  "__proto__",   "disabled",      "totp",
                                         "builtin",    "permissions" };
    CLEANUP(place_close) Place p;
    if (!place_open(&p, false))
        return;
    World w;
    world_make(&w, &p);
    Policy policy = policy_read();
    long long customer = (long long)w.families[CLASS_OWN].customer;
    const char *child = fmt("\"customer_id\":%lld", customer);
    const Base bases[] = {
        { "customers", "\"name\":\"c\"" },
        { "contacts", fmt("%s,\"name\":\"c\"", child) },
        { "addresses", child },
        { "identities", fmt("%s,\"shop_id\":1,\"value\":\"v%%d\"", child) },
        { "products", "\"name\":\"p\"" },
        { "categories", "\"name\":\"c\"" },
        { "shops", "\"name\":\"s\",\"platform\":\"taobao\"" },
        { "users", "\"username\":\"user%d\",\"name\":\"n\"" },
        { "departments", "\"name\":\"d\"" },
        { "roles", "\"name\":\"role no. %d\"" },
        { "views", "\"entity\":\"customer\",\"name\":\"v\",\"config\":{}" },
        { "fields", "\"entity\":\"customer\",\"key\":\"key_%d\",\"label_zh\":\"k\",\"label_en\":"
                    "\"k\",\"kind\":\"int\"" },
    };
    for (size_t i = 0; i < ARRAY_LEN(bases); i++) {
        Str words = policy_line(&policy, str_z(bases[i].collection));
        CHECK_ROW(words.len > 0, "policy.txt has no write line for %s", bases[i].collection);
        const Catalog *catalog = app_catalog(p.app);
        const EntityInfo *e = catalog_by_path(catalog, str_z(bases[i].collection));
        Answer made = ask_str(&w.admin, METHOD_POST, fmt("/api/v1/%s", bases[i].collection),
                              body_of(&bases[i], (Str){ 0 }));
        CHECK_ROW(made.status == 201, "%s: " STR_FMT, bases[i].collection, STR_ARG(made.body));
        int64_t id = answer_num(&made, "id");
        for (uint32_t f = 0; f < e->nbuiltin; f++)
            check_column(&w.admin, &bases[i], id, words, field_at(e, f)->name,
                         sample(field_at(e, f)));
        for (size_t x = 0; x < ARRAY_LEN(EXTRA); x++)
            if (field_find(e, str_z(EXTRA[x])) == NULL)
                check_column(&w.admin, &bases[i], id, words, str_z(EXTRA[x]), "1");
        catalog_release(catalog);
    }
}
