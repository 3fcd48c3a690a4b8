// Stories over the API: what each request answers, which change rows it writes and how many
// statements it may cost. Every 2xx answer of a JSON route must fit the program's own document.
#include "schema.h"

typedef struct Step {
    const char *who;
    Method method;
    const char *path; // {name} is replaced by what an earlier step kept
    const char *body;
    int status;
    const char *code;  // of the first error, or NULL
    int changes;       // change rows written; ANY: whatever
    const char *has;   // text in the body, or NULL
    const char *keep;  // keeps the answer's id (or job) under this name
    int statements;    // at most; 0: not counted
} Step;

enum { ANY = -1, MAX_KEPT = 32, LIST_COST = 8, WRITE_COST = 40, SHOWN = 400 };

typedef struct Story {
    Place *place;
    Caller callers[4];
    size_t ncallers;
    ApiDoc doc;
    struct {
        const char *name;
        int64_t id;
    } kept[MAX_KEPT];
    size_t nkept;
} Story;

static Caller *who(Story *s, const char *name)
{
    for (size_t i = 0; i < s->ncallers; i++)
        if (strcmp(s->callers[i].name, name) == 0)
            return &s->callers[i];
    kit_fail(__FILE__, __LINE__, "nobody is called %s", name);
    return &s->callers[0];
}

static int64_t kept(const Story *s, Str name)
{
    for (size_t i = s->nkept; i > 0; i--)
        if (str_eq(str_z(s->kept[i - 1].name), name))
            return s->kept[i - 1].id;
    kit_fail(__FILE__, __LINE__, "nothing was kept as " STR_FMT, STR_ARG(name));
    return 0;
}

// "{c}" only: braces of JSON hold quotes.
static const char *filled(const Story *s, const char *text)
{
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    for (const char *p = text; *p != '\0'; p++) {
        size_t n = strcspn(p + 1, "{}\":, ");
        if (*p == '{' && n > 0 && p[n + 1] == '}') {
            buf_int(&b, kept(s, (Str){ p + 1, n }));
            p += n + 1;
        } else {
            buf_char(&b, *p);
        }
    }
    return arena_cstr(kit_arena(), buf_str(&b));
}

static const Route *route_of(const Story *s, const Step *t, const char *path)
{
    uint32_t allowed = 0;
    Str plain = str_z(path);
    return http_find(s->place->app->http, t->method, str_split(&plain, '?'), &allowed);
}

static void check_schema(Story *s, const Step *t, const char *path, const Answer *a)
{
    const Route *r = route_of(s, t, path);
    if (a->status < 200 || a->status > 299 || r == NULL)
        return;
    Str wrong = api_fault(&s->doc, t->method, r->path, a);
    CHECK_ROW(wrong.len == 0, "%s %s: " STR_FMT, method_name(t->method), path, STR_ARG(wrong));
}

static void run_step(Story *s, const Step *t, size_t i)
{
    const char *path = filled(s, t->path);
    const char *body = t->body == NULL ? NULL : filled(s, t->body);
    int64_t changes = place_changes(s->place);
    db_fail_nth(-1);
    Answer a = ask(who(s, t->who), t->method, path, body);
    int64_t cost = -1 - db_fail_left();
    db_fail_nth(0);
    CHECK_ROW(a.status == t->status && str_eq(answer_code(&a), str_z(t->code == NULL ? "" : t->code)),
              "step %zu %s %s %s: %d " STR_FMT, i, method_name(t->method), path, body == NULL ? "" : body,
              a.status, STR_ARG(str_sub(a.body, 0, SHOWN)));
    if (t->changes != ANY)
        CHECK_ROW(place_changes(s->place) - changes == t->changes, "step %zu %s %s: %lld change rows", i,
                  method_name(t->method), path, (long long)(place_changes(s->place) - changes));
    if (t->has != NULL)
        CHECK_ROW(body_has(&a, filled(s, t->has)), "step %zu %s %s: " STR_FMT, i, method_name(t->method),
                  path, STR_ARG(str_sub(a.body, 0, SHOWN)));
    if (t->statements > 0)
        CHECK_ROW(cost <= t->statements, "step %zu %s %s: %lld statements", i, method_name(t->method),
                  path, (long long)cost);
    check_schema(s, t, path, &a);
    if (a.status == 202)
        CHECK_STR(job_end(who(s, t->who), &a, NULL), S("done"));
    if (t->keep != NULL) {
        check(s->nkept < MAX_KEPT);
        s->kept[s->nkept].name = t->keep;
        s->kept[s->nkept++].id = answer_num(&a, a.status == 202 ? "job" : "id");
    }
}

static void tell(Place *p, const Step *steps, size_t n)
{
    Story s = { .place = p };
    static const char OWN[] = "{\"functions\":{\"customer.read\":true,\"customer.create\":true,"
                              "\"customer.update\":true,\"product.read\":true,\"job.read\":true},"
                              "\"scopes\":{\"customer\":{\"view\":\"own\",\"operate\":\"own\"},"
                              "\"job\":{\"view\":\"own\",\"operate\":\"own\"}},"
                              "\"fields\":{\"customer.name\":\"write\"}}";
    Id admin = place_user(p, "admin", (Id){ 0 }, place_role_of_template(p, "administrator"));
    Id sales = place_user(p, "sales", p->left, place_role(p, "own customers", OWN));
    s.callers[s.ncallers++] = caller_of(p, admin, "admin");
    s.callers[s.ncallers++] = caller_of(p, sales, "sales");
    s.callers[s.ncallers++] = stranger(p);
    s.doc = api_doc(&s.callers[0]);
    for (size_t i = 0; i < n; i++)
        run_step(&s, &steps[i], i);
}

#define G METHOD_GET
#define P METHOD_POST
#define U METHOD_PATCH
#define D METHOD_DELETE
#define V "/api/v1/"

static const Step RECORDS[] = {
    { "stranger", G, V "customers", NULL, 401, "session", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{}", 422, "required", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"\"}", 422, "required", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":5}", 422, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"phone\":\"12\"}", 422, "phone", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"nope\":1}", 400, "unknown", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"id\":9}", 400, "readonly", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"version\":1}", 400, "readonly", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"net_amount\":\"1.00\"}", 400, "readonly", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"age\":151}", 422, "range", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"gender\":\"neither-nor\"}", 422, "choice", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"birthday\":\"2026-02-30\"}", 422, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"credit_limit\":1.5}", 201, NULL, 1, "\"credit_limit\":\"1.50\"", NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"owner_id\":999999}", 422, "reference", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "[]", 400, "json.object", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{", 400, "json.syntax", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"name\":\"b\"}", 400, "json.syntax", 0, NULL, NULL, 0 },
    { "admin", P, V "customers",
      "{\"name\":\"张三丰\",\"phone\":\"13800138000\",\"email\":\"zhang@example.cn\",\"city\":\"上海\",\"birthday\":\"1990-03-08\","
      "\"street\":\"中山路 1 号\",\"credit_limit\":\"100.5\"}",
      201, NULL, 1, "\"version\":1", "c", WRITE_COST },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"name\":\"张三丰\"", NULL, LIST_COST },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"phone\":\"+8613800138000\"", NULL, 0 },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"credit_limit\":\"100.50\"", NULL, 0 },
    { "admin", G, V "customers/999999", NULL, 404, "missing", 0, NULL, NULL, 0 },
    { "admin", G, V "customers/0", NULL, 404, "not_found", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?q=zsf", NULL, 200, NULL, 0, "\"id\":{c},", NULL, LIST_COST },
    { "admin", G, V "customers?q=13800138000", NULL, 200, NULL, 0, "\"id\":{c},", NULL, LIST_COST },
    { "admin", G, V "customers?q=8000", NULL, 200, NULL, 0, "\"id\":{c},", NULL, LIST_COST },
    { "admin", G, V "customers?limit=0", NULL, 400, "limit", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?limit=201", NULL, 400, "limit", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?limit=x", NULL, 400, "limit", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?sort=id%3Bdrop", NULL, 400, "sort", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?sort=phone", NULL, 400, "sort", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?sort=name_pinyin", NULL, 400, "sort", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?fields=id,secret", NULL, 400, "fields", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?cursor=nonsense", NULL, 400, "cursor", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?nope=1", NULL, 400, "unknown", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?filter=%7B", NULL, 400, "json.syntax", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?fields=id,name&count=1&sort=-name", NULL, 200, NULL, 0, "\"count\":2", NULL, LIST_COST },
    { "admin", P, V "customers/search", "{\"filter\":{\"city\":\"上海\"},\"count\":true}", 200, NULL, 0, "\"count\":1", NULL, LIST_COST },
    { "admin", P, V "customers/search", "{\"filter\":{\"all\":[{\"field\":\"nope\"}]}}", 422, "filter.field", 0, "filter.all[0]", NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"phone\":\"138 0013 8000\"},\"count\":true}", 200, NULL, 0, "\"count\":1", NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"phone\":{\"ends\":\"8000\"}},\"count\":true}", 200, NULL, 0, "\"count\":1", NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"phone\":{\"contains\":\"8000\"}}}", 422, "filter.op", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"q\":5}", 400, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"limit\":\"5\"}", 400, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"deleted\":\"1\"}", 400, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"sort\":5}", 400, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"sort\":[1]}", 400, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"fields\":{}}", 400, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"credit_limit\"}]}", 200, NULL, 0, "\"values\":[2,\"102.00\"]", NULL, LIST_COST },
    { "admin", P, V "customers/aggregate", "{\"measures\":[]}", 422, "aggregate.measures", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"sum\",\"field\":\"name\"}]}", 422, "aggregate.field", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"count\"}],\"group\":[{\"field\":\"phone\"}]}", 422, "aggregate.group", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"version\":1,\"city\":\"北京\"}", 200, NULL, 1, "\"version\":2", NULL, WRITE_COST },
    { "admin", U, V "customers/{c}", "{\"version\":2,\"city\":\"北京\"}", 200, NULL, 0, "\"version\":2", NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"version\":1,\"city\":\"广州\"}", 409, "version", 0, "\"current\":{\"id\":{c},", NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"version\":\"2\",\"city\":\"广州\"}", 422, "format", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"id\":7}", 400, "readonly", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"name\":null}", 422, "required", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"name_pinyin\":\"x\"}", 400, "unknown", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/999999", "{\"city\":\"x\"}", 404, "missing", 0, NULL, NULL, 0 },
    { "admin", G, V "customers/{c}/history", NULL, 200, NULL, 0, "\"before\":\"上海\",\"after\":\"北京\"", NULL, 0 },
    { "admin", G, V "customers/{c}/history?limit=1", NULL, 200, NULL, 0, "\"action\":\"update\"", NULL, 0 },
    { "admin", G, V "customers/{c}/history?cursor=x", NULL, 400, "cursor", 0, NULL, NULL, 0 },
    { "admin", G, V "customers/999999/history", NULL, 404, "missing", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/{c}/restore", "{\"change\":999999}", 404, "missing", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/{c}/restore", "{\"change\":\"1\"}", 400, "format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/{c}/restore", "{}", 404, "missing", 0, NULL, NULL, 0 },
    { "admin", D, V "customers/{c}?version=1", NULL, 409, "version", 0, "\"current\"", NULL, 0 },
    { "admin", D, V "customers/{c}?version=x", NULL, 400, "format", 0, NULL, NULL, 0 },
    { "admin", D, V "customers/{c}?version=2&reason=duplicate", NULL, 204, NULL, 1, NULL, NULL, WRITE_COST },
    { "admin", D, V "customers/{c}", NULL, 404, "missing", 0, NULL, NULL, 0 },
    { "admin", G, V "customers/{c}", NULL, 404, "missing", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"city\":\"x\"}", 404, "missing", 0, NULL, NULL, 0 },
    { "admin", G, V "customers?deleted=1&count=1", NULL, 200, NULL, 0, "\"id\":{c},", NULL, 0 },
    { "admin", G, V "customers?q=zsf&count=1", NULL, 200, NULL, 0, "\"count\":0", NULL, 0 },
    { "admin", G, V "customers/{c}/history", NULL, 200, NULL, 0, "\"reason\":\"duplicate\"", NULL, 0 },
    { "admin", P, V "customers/{c}/restore", NULL, 200, NULL, 1, "\"city\":\"北京\"", NULL, WRITE_COST },
    { "admin", G, V "customers?q=zsf&count=1", NULL, 200, NULL, 0, "\"count\":1", NULL, 0 },
    { "admin", P, V "customers/bulk", "{\"action\":\"update\",\"set\":{\"city\":\"杭州\"}}", 422, "bulk.which", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/bulk", "{\"action\":\"update\",\"ids\":[{c}]}", 422, "bulk.set", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/bulk", "{\"action\":\"erase\",\"ids\":[{c}]}", 422, "bulk.action", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/bulk", "{\"action\":\"update\",\"ids\":[{c}],\"set\":{\"phone\":\"13900139000\"}}", 422, "bulk.personal", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/bulk", "{\"action\":\"update\",\"ids\":[],\"set\":{\"city\":\"x\"}}", 422, "bulk.ids", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/bulk", "{\"action\":\"update\",\"ids\":[{c}],\"set\":{\"city\":\"杭州\"}}", 202, NULL, ANY, NULL, "j", 0 },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"city\":\"杭州\"", NULL, 0 },
    { "admin", G, V "jobs/{j}", NULL, 200, NULL, 0, "\"changed\"", NULL, 0 },
    { "admin", P, V "jobs/{j}/cancel", NULL, 409, "job.ended", 0, NULL, NULL, 0 },
    { "admin", P, V "jobs/{j}/undo", NULL, 202, NULL, ANY, NULL, NULL, 0 },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"city\":\"北京\"", NULL, 0 },
    { "admin", P, V "jobs/{j}/undo", NULL, 409, "job.undo", 0, NULL, NULL, 0 },
    { "admin", G, V "jobs?limit=1", NULL, 200, NULL, 0, "\"next\":\"", NULL, 0 },
    { "admin", P, V "customers/export", "{\"format\":\"pdf\"}", 422, "export.format", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/export", "{\"fields\":[\"name\",\"city\"],\"headings\":\"names\"}", 202, NULL, ANY, NULL, "x", 0 },
    { "admin", G, V "jobs/{x}/file", NULL, 200, NULL, 0, "张三丰,北京", NULL, 0 },
    { "admin", G, V "jobs/{x}/path", NULL, 404, "missing", 0, NULL, NULL, 0 },
    { "admin", G, V "suggest?q=zsf", NULL, 200, NULL, 0, "张三丰", NULL, 16 },
    { "sales", G, V "suggest?q=zsf", NULL, 200, NULL, 0, "\"items\":[]", NULL, 16 },
    { "admin", U, V "nothing", "{}", 404, "not_found", 0, NULL, NULL, 0 },
    { "admin", P, V "meta", "{}", 405, "method", 0, NULL, NULL, 0 },
};

static const Step SCOPES[] = {
    { "sales", P, V "customers", "{\"name\":\"李四\"}", 201, NULL, 1, "\"owner_id$\":\"sales\"", "mine", WRITE_COST },
    { "admin", P, V "customers", "{\"name\":\"王五\"}", 201, NULL, 1, NULL, "other", 0 },
    { "sales", G, V "customers?count=1", NULL, 200, NULL, 0, "\"count\":1", NULL, LIST_COST },
    { "sales", G, V "customers/{mine}", NULL, 200, NULL, 0, NULL, NULL, 0 },
    { "sales", G, V "customers/{other}", NULL, 404, "missing", 0, NULL, NULL, 0 },
    { "sales", U, V "customers/{other}", "{\"city\":\"x\"}", 404, "missing", 0, NULL, NULL, 0 },
    { "sales", U, V "customers/{mine}", "{\"city\":\"x\"}", 200, NULL, 1, NULL, NULL, WRITE_COST },
    // Giving a record away out of one's own scope is not within one's rights.
    { "sales", U, V "customers/{mine}", "{\"owner_id\":null}", 403, "scope", 0, NULL, NULL, 0 },
    { "sales", P, V "customers", "{\"name\":\"x\",\"owner_id\":1}", 403, "scope", 0, NULL, NULL, 0 },
    { "sales", D, V "customers/{mine}", NULL, 403, "permission", ANY, NULL, NULL, 0 },
    { "sales", P, V "customers/bulk", "{\"action\":\"delete\",\"ids\":[{mine}]}", 403, "permission", ANY, NULL, NULL, 0 },
    { "sales", P, V "customers/export", "{}", 403, "permission", ANY, NULL, NULL, 0 },
    { "sales", G, V "settings", NULL, 403, "permission", ANY, NULL, NULL, 0 },
    { "sales", G, V "changes", NULL, 403, "permission", ANY, NULL, NULL, 0 },
    { "sales", G, V "customers/{other}/history", NULL, 404, "missing", 0, NULL, NULL, 0 },
    { "sales", P, V "customers/{other}/restore", "{\"change\":1}", 404, "missing", 0, NULL, NULL, 0 },
    { "sales", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"count\"}]}", 200, NULL, 0, "\"values\":[1]", NULL, 0 },
    { "sales", P, V "customers/search", "{\"filter\":{\"phone\":\"13800138000\"}}", 403, "filter.permission", 0, NULL, NULL, 0 },
    { "sales", G, V "customers?sort=birthday", NULL, 403, "sort.permission", 0, NULL, NULL, 0 },
    { "sales", G, V "jobs", NULL, 200, NULL, 0, "\"items\":[]", NULL, 0 },
};

static const Step META[] = {
    { "admin", G, V "meta", NULL, 200, NULL, 0, "\"name\":\"customer\"", NULL, 0 },
    { "sales", G, V "meta", NULL, 200, NULL, 0, "\"name\":\"customer\"", NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"Bad\",\"label_zh\":\"x\",\"label_en\":\"x\",\"kind\":\"text\"}", 422, "key", 0, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"view\",\"key\":\"a\",\"label_zh\":\"x\",\"label_en\":\"x\",\"kind\":\"text\"}", 422, "field.entity", 0, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"a\",\"label_zh\":\"x\",\"label_en\":\"x\",\"kind\":\"id\"}", 422, "field.kind", 0, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"a\",\"label_zh\":\"x\",\"label_en\":\"x\",\"kind\":\"int\",\"pii\":true}", 422, "field.pii", 0, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"size\",\"label_zh\":\"尺码\",\"label_en\":\"Size\",\"kind\":\"choice\",\"choices\":[{\"name\":\"s\"},{\"name\":\"s\"}]}", 422, "field.choices", 0, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"size\",\"label_zh\":\"尺码\",\"label_en\":\"Size\",\"kind\":\"choice\",\"choices\":[{\"name\":\"s\"},{\"name\":\"m\"}]}", 201, NULL, 1, NULL, "f", 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"size\",\"label_zh\":\"尺码\",\"label_en\":\"Size\",\"kind\":\"text\"}", 409, "taken", 0, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"shoe\",\"label_zh\":\"鞋码\",\"label_en\":\"Shoe\",\"kind\":\"int\"}", 201, NULL, 1, NULL, "shoe", 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"secret\",\"label_zh\":\"密\",\"label_en\":\"Secret\",\"kind\":\"text\",\"pii\":true}", 201, NULL, 1, NULL, "secret", 0 },
    { "admin", P, V "customers", "{\"name\":\"赵六\",\"custom\":{\"size\":\"m\",\"shoe\":42,\"secret\":\"whisper\"}}", 201, NULL, 1, "\"shoe\":42", "c", 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"custom\":{\"size\":\"xl\"}}", 422, "choice", 0, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"custom\":{\"none\":1}}", 400, "unknown", 0, "custom.none", NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"custom\":5}", 400, "unknown", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"custom\":{\"shoe\":43}}", 200, NULL, 1, "\"secret\":\"whisper\"", NULL, 0 },
    { "admin", G, V "customers/{c}/history", NULL, 200, NULL, 0, "\"name\":\"custom.shoe\",\"before\":42,\"after\":43", NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"custom.shoe\":{\"gt\":42}},\"sort\":\"custom.shoe\",\"count\":true}", 200, NULL, 0, "\"count\":1", NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"custom.size\":\"m\"},\"sort\":\"-custom.size\",\"count\":true}", 200, NULL, 0, "\"count\":1", NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"custom.secret\":\"whisper\"}}", 422, "filter.op", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"custom.secret\":{\"not_empty\":true}},\"count\":true}", 200, NULL, 0, "\"count\":1", NULL, 0 },
    { "admin", G, V "customers?sort=custom.secret", NULL, 400, "sort", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"count\"}],\"group\":[\"custom.secret\"]}", 422, "aggregate.group", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"distinct\",\"field\":\"custom.secret\"}]}", 422, "aggregate.fn", 0, NULL, NULL, 0 },
    { "admin", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"max\",\"field\":\"custom.shoe\"}],\"group\":[\"custom.size\"]}", 200, NULL, 0, "{\"group\":[\"m\"],\"values\":[43]}", NULL, 0 },
    { "sales", P, V "fields", "{}", 403, "permission", ANY, NULL, NULL, 0 },
    // What is stored as a place in the list must keep its place.
    { "admin", U, V "fields/{f}", "{\"choices\":[{\"name\":\"m\"}]}", 422, "field.choices_kept", 0, NULL, NULL, 0 },
    { "admin", U, V "fields/{f}", "{\"choices\":[{\"name\":\"m\"},{\"name\":\"s\"}]}", 422, "field.choices_kept", 0, NULL, NULL, 0 },
    { "admin", U, V "fields/{f}", "{\"choices\":[{\"name\":\"s\",\"label_en\":\"Small\"},{\"name\":\"m\"},{\"name\":\"l\"}]}", 200, NULL, 1, NULL, NULL, 0 },
    { "admin", U, V "fields/{f}", "{\"kind\":\"text\"}", 400, "readonly", 0, NULL, NULL, 0 },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"size\":\"m\"", NULL, 0 },
    // A field that is gone keeps its values; another of the same name and another kind does not
    // stumble over them.
    { "admin", D, V "fields/{shoe}", NULL, 204, NULL, 1, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"custom\":{\"shoe\":1}}", 400, "unknown", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"custom\":{\"size\":\"s\"}}", 200, NULL, 1, NULL, NULL, 0 },
    { "admin", G, V "customers/{c}/history", NULL, 200, NULL, 0, NULL, NULL, 0 },
    { "admin", P, V "fields/{shoe}/restore", NULL, 200, NULL, 1, NULL, NULL, 0 },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"shoe\":43", NULL, 0 },
    { "admin", D, V "fields/{shoe}", NULL, 204, NULL, 1, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"shoe\",\"label_zh\":\"鞋\",\"label_en\":\"Shoe\",\"kind\":\"text\"}", 201, NULL, 1, NULL, "shoe2", 0 },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"shoe\":null", NULL, 0 },
    { "admin", G, V "customers/{c}/history", NULL, 200, NULL, 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"custom.shoe\":{\"starts\":\"4\"}},\"count\":true}", 200, NULL, 0, "\"count\":0", NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"custom.shoe\":{\"empty\":true}},\"sort\":\"custom.shoe\"}", 200, NULL, 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"custom\":{\"shoe\":\"loafer\"}}", 200, NULL, 1, "\"shoe\":\"loafer\"", NULL, 0 },
    { "admin", D, V "fields/{shoe2}", NULL, 204, NULL, 1, NULL, NULL, 0 },
    { "admin", P, V "fields", "{\"entity\":\"customer\",\"key\":\"shoe\",\"label_zh\":\"鞋\",\"label_en\":\"Shoe\",\"kind\":\"money\"}", 201, NULL, 1, NULL, "shoe3", 0 },
    { "admin", G, V "customers?sort=custom.shoe", NULL, 200, NULL, 0, NULL, NULL, 0 },
    { "admin", P, V "customers/search", "{\"filter\":{\"custom.shoe\":{\"gt\":\"1\"}},\"count\":true}", 200, NULL, 0, "\"count\":0", NULL, 0 },
    { "admin", P, V "customers/aggregate", "{\"measures\":[{\"fn\":\"sum\",\"field\":\"custom.shoe\"}]}", 200, NULL, 0, "\"0.00\"", NULL, 0 },
    // Hidden fields are out of the way without losing anything.
    { "admin", U, V "fields/{secret}", "{\"hidden\":true}", 200, NULL, 1, NULL, NULL, 0 },
    { "admin", P, V "customers", "{\"name\":\"a\",\"custom\":{\"secret\":\"x\"}}", 400, "unknown", 0, NULL, NULL, 0 },
    { "admin", U, V "customers/{c}", "{\"custom\":{\"size\":\"m\"}}", 200, NULL, 1, NULL, NULL, 0 },
    { "admin", U, V "fields/{secret}", "{\"hidden\":false}", 200, NULL, 1, NULL, NULL, 0 },
    { "admin", G, V "customers/{c}", NULL, 200, NULL, 0, "\"secret\":\"whisper\"", NULL, 0 },
    // Views are everybody's own.
    { "admin", P, V "views", "{\"entity\":\"customer\",\"name\":\"v\",\"config\":{\"q\":\"a\"}}", 201, NULL, 1, "\"config\":{\"q\":\"a\"}", "v", 0 },
    { "admin", U, V "views/{v}", "{\"config\":{\"q\":\"a\",\"columns\":[\"b\",\"a\"],\"sort\":\"name\"}}", 200, NULL, 1, NULL, NULL, 0 },
    { "admin", U, V "views/{v}", "{\"config\":{\"sort\":\"name\",  \"columns\":[\"b\",\"a\"],\"q\":\"a\"}}", 200, NULL, 0, NULL, NULL, 0 },
    { "admin", P, V "views", "{\"entity\":\"nothing\",\"name\":\"v\",\"config\":{}}", 422, "view.entity", 0, NULL, NULL, 0 },
    { "admin", P, V "views", "{\"entity\":\"customer\",\"name\":\"v\",\"config\":{},\"owner_id\":2}", 400, "readonly", 0, NULL, NULL, 0 },
    { "sales", G, V "views", NULL, 403, "permission", ANY, NULL, NULL, 0 },
    { "admin", G, V "settings", NULL, 200, NULL, 0, "\"org.zone\"", NULL, 0 },
    { "admin", U, V "settings", "{\"org.zone\":\"Mars/Olympus\"}", 422, "zone.unknown", 0, "org.zone", NULL, 0 },
    { "admin", U, V "settings", "{\"org.currency\":\"eur\"}", 422, "currency", 0, NULL, NULL, 0 },
    { "admin", U, V "settings", "{\"nope\":1}", 422, "setting.unknown", 0, NULL, NULL, 0 },
    { "admin", U, V "settings", "{\"org.name\":\"a\\nb\"}", 422, "text.unclean", 0, NULL, NULL, 0 },
    { "admin", U, V "settings", "{\"auth.idle_minutes\":0}", 422, "range", 0, NULL, NULL, 0 },
    { "admin", U, V "settings", "{\"auth.idle_minutes\":\"30\"}", 422, "range", 0, NULL, NULL, 0 },
    { "admin", U, V "settings", "{\"auth.totp\":\"sometimes\"}", 422, "choice", 0, NULL, NULL, 0 },
    { "admin", U, V "settings", "{\"public_url\":\"javascript:alert(1)\"}", 422, "url", 0, NULL, NULL, 0 },
    { "admin", U, V "settings", "{\"org.name\":\"新店\",\"org.currency\":\"JPY\"}", 200, NULL, 2, "新店", NULL, 0 },
    { "admin", U, V "settings", "{\"org.name\":\"旧店\",\"org.currency\":\"x\"}", 422, "text.long", 0, NULL, NULL, 0 },
    { "admin", G, V "meta", NULL, 200, NULL, 0, "\"currency\":\"JPY\",\"decimals\":0", NULL, 0 },
    { "admin", G, V "settings", NULL, 200, NULL, 0, "新店", NULL, 0 },
    { "admin", G, V "changes?count=1", NULL, 200, NULL, 0, "\"action\":\"setting\"", NULL, 0 },
    { "admin", G, V "changes?filter=%7B%22entity%22%3A%22setting%22%7D&count=1", NULL, 200, NULL, 0, "\"count\":2", NULL, 0 },
    { "admin", P, V "verify", "{}", 200, NULL, 1, "\"ok\":true", NULL, 0 },
    { "admin", P, V "backup", "{\"path\":\"/tmp/x\"}", 403, "backup.local", 0, NULL, NULL, 0 },
    { "stranger", G, "/healthz", NULL, 200, NULL, 0, NULL, NULL, 0 },
    { "stranger", G, "/readyz", NULL, 200, NULL, 0, NULL, NULL, 0 },
    { "stranger", G, "/metrics", NULL, 401, "session", 0, NULL, NULL, 0 },
    { "admin", G, "/metrics", NULL, 200, NULL, 0, "guanxi_requests_total", NULL, 0 },
};

#define STORY(name, steps)                                                                         \
    TEST(name##_sqlite)                                                                            \
    {                                                                                              \
        CLEANUP(place_close) Place p;                                                              \
        if (place_open(&p, false))                                                                 \
            tell(&p, steps, ARRAY_LEN(steps));                                                     \
    }                                                                                              \
    TEST(name##_postgres)                                                                          \
    {                                                                                              \
        CLEANUP(place_close) Place p;                                                              \
        if (place_open(&p, true))                                                                  \
            tell(&p, steps, ARRAY_LEN(steps));                                                     \
    }

STORY(records, RECORDS)
STORY(scopes, SCOPES)
STORY(meta, META)
