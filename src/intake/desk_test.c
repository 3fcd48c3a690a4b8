#include "intake/desk_test.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static const Entity *const ENTITIES[] = {
    &shop_entity,    &category_entity, &product_entity,  &customer_entity,
    &contact_entity, &address_entity,  &identity_entity, &order_entity,
    &line_entity,    &refund_entity,   &import_entity,   &preset_entity,
};

static Desk *served;

static void prepare_ctx(Ctx *cx, void *app)
{
    (void)app;
    catalog_keep(served->kit.catalog);
    cx->catalog = served->kit.catalog;
    cx->lang = "en";
    cx->now = os_now();
}

static void prepare(Req *rq)
{
    prepare_ctx(rq->cx, NULL);
    rq->cx->access = access_system(rq->cx->arena, ORIGIN_API, (Id){ 0 });
}

static void finish(Req *rq, int status)
{
    (void)status;
    catalog_release(rq->cx->catalog);
    rq->cx->catalog = NULL;
}

static Status no_user(Ctx *cx, Db *db, void *app, Id user, const Access **ret)
{
    (void)db, (void)app, (void)user, (void)ret;
    return FAIL(cx, UNAUTHENTICATED, "user", NULL, "there are no users here");
}

void desk_start_jobs(Desk *d)
{
    JobTable jobs = { intake_module.jobs, intake_module.njobs };
    CHECK_OK(jobs_start(d->cx, d->app.store, &d->app, &jobs, 1, 1, d->app.data_dir, prepare_ctx,
                        no_user, &d->app.jobs));
}

void desk_stop_jobs(Desk *d)
{
    jobs_stop(&d->app.jobs);
}

static void init_messages(void)
{
    MessageTable tables[] = { { I18N_MESSAGES, I18N_MESSAGES_LEN },
                              { intake_module.messages, intake_module.nmessages } };
    i18n_init(tables, ARRAY_LEN(tables));
}

bool desk_open(Desk *d, bool postgres)
{
    enum { UPLOAD_MAX = 64 * 1024 * 1024 };
    *d = (Desk){ 0 };
    if (!kit_store(&d->kit, postgres, ENTITIES, ARRAY_LEN(ENTITIES)))
        return false;
    d->cx = d->kit.cx;
    served = d;
    init_messages();
    const Route *tables[] = { intake_module.routes, customer_module.routes, order_module.routes,
                              product_module.routes, shop_module.routes };
    const size_t sizes[] = { intake_module.nroutes, customer_module.nroutes, order_module.nroutes,
                             product_module.nroutes, shop_module.nroutes };
    const char *uploads = arena_fmt(d->cx->arena, "%s/uploads", kit_dir()).ptr;
    d->app = (App){ .store = d->kit.store, .keys = d->kit.keys, .data_dir = kit_dir() };
    d->app.files.dir = arena_fmt(d->cx->arena, "%s/files", kit_dir()).ptr;
    HttpOptions o = { .upload_dir = uploads,
                      .upload_max = UPLOAD_MAX,
                      .workers = 1,
                      .long_workers = 1,
                      .app = &d->app,
                      .tables = tables,
                      .table_sizes = sizes,
                      .ntables = ARRAY_LEN(tables),
                      .prepare = prepare,
                      .finish = finish };
    Status started = http_start(d->cx, &o, &d->http);
    CHECK_OK(started);
    desk_start_jobs(d);
    return started == STATUS_OK;
}

void desk_close(Desk *d)
{
    if (d->http != NULL)
        http_stop(&d->http, 1000);
    jobs_stop(&d->app.jobs);
    kit_store_close(&d->kit);
}

static Answer answer_of(Desk *d, Method m, Str target, const char *type, Str body)
{
    Pair headers[] = { { S("Content-Type"), str_z(type) } };
    return http_call(d->http, d->cx->arena, m, arena_cstr(d->cx->arena, target), headers,
                     body.len > 0 ? 1 : 0, body);
}

const Json *desk_call(Desk *d, Method m, Str target, Str body, int want)
{
    const Json *doc = NULL;
    Answer a = answer_of(d, m, target, "application/json", body);
    CHECK_ROW(a.status == want, STR_FMT " gives %d: " STR_FMT, STR_ARG(target), a.status,
              STR_ARG(a.body));
    if (a.body.len > 0)
        CHECK_OK(json_parse(d->cx, a.body, &doc));
    return doc;
}

Str desk_get(Desk *d, Str target, int want)
{
    Answer a = answer_of(d, METHOD_GET, target, "", (Str){ 0 });
    CHECK_INT(a.status, want);
    return a.body;
}

int64_t desk_upload(Desk *d, Str target, Str content, int want)
{
    const Json *doc = NULL;
    Answer a = answer_of(d, METHOD_POST, target, "text/csv", content);
    CHECK_ROW(a.status == want, STR_FMT " gives %d: " STR_FMT, STR_ARG(target), a.status,
              STR_ARG(a.body));
    if (a.status != 201 || json_parse(d->cx, a.body, &doc) != STATUS_OK)
        return 0;
    return json_num(doc, "id", 0);
}

const Json *desk_do(Desk *d, int64_t import, const char *what)
{
    enum { LIMIT_MS = 170000 };
    Str at = arena_fmt(d->cx->arena, "/api/v1/imports/%lld", (long long)import);
    Str go = arena_fmt(d->cx->arena, STR_FMT "/%s", STR_ARG(at), what);
    const Json *made = desk_call(d, METHOD_POST, go, S("{}"), 202);
    Str state = { 0 };
    CHECK_OK(job_wait(d->cx, d->app.store, (Id){ json_num(made, "job", 0) }, LIMIT_MS, &state));
    return desk_call(d, METHOD_GET, at, (Str){ 0 }, 200);
}

const Json *desk_import(Desk *d, const char *kind, Str content)
{
    Str target = arena_fmt(d->cx->arena, "/api/v1/imports?kind=%s", kind);
    int64_t id = desk_upload(d, target, content, 201);
    if (id == 0)
        return NULL;
    const Json *done = desk_do(d, id, "run");
    CHECK_STR(json_text(done, "state", S("")), S("done"));
    return done;
}

int64_t desk_int(Desk *d, SqlText select)
{
    int64_t n = -1;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(d->cx, d->app.store, &db));
    Sql *q = sql_new(d->cx->arena, db);
    sql_add(q, select);
    CHECK_OK(db_int(d->cx, db, q, &n));
    return n;
}

static void add_values(Buf *b, const Json *list)
{
    for (const Json *v = list == NULL ? NULL : list->first; v != NULL; v = v->next) {
        if (b->len > 0 && b->ptr[b->len - 1] != ' ')
            buf_char(b, ' ');
        if (v->kind == JSON_INT_NODE)
            buf_int(b, v->num);
        else
            buf_add(b, v->text);
    }
}

Str desk_aggregate(Desk *d, const char *path, const char *request)
{
    Str target = arena_fmt(d->cx->arena, "/api/v1/%s/aggregate", path);
    const Json *rows = json_get(desk_call(d, METHOD_POST, target, str_z(request), 200), "rows");
    Buf b = buf_new(d->cx->arena, LIMIT_JSON_BODY);
    for (const Json *r = rows == NULL ? NULL : rows->first; r != NULL; r = r->next) {
        if (b.len > 0)
            buf_add(&b, S("; "));
        add_values(&b, json_get(r, "group"));
        add_values(&b, json_get(r, "values"));
    }
    return buf_str(&b);
}

int64_t desk_count(const Json *import, const char *entity, const char *outcome)
{
    return json_num(json_get(json_get(import, "counts"), entity), outcome, -1);
}

Str desk_unpack(const char *path, size_t most)
{
    int ends[2] = { -1, -1 };
    CHECK(pipe(ends) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        int in = open(path, O_RDONLY);
        if (in < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(ends[1], STDOUT_FILENO) < 0)
            _exit(1);
        (void)close(ends[0]);
        (void)close(ends[1]);
        execlp("xz", "xz", "-dc", (char *)NULL);
        _exit(1);
    }
    (void)close(ends[1]);
    char *text = arena_array(kit_arena(), char, most + 1);
    size_t len = 0;
    ssize_t n = 0;
    while (len < most && (n = read(ends[0], text + len, most - len)) > 0)
        len += (size_t)n;
    (void)close(ends[0]);
    (void)waitpid(pid, NULL, 0);
    while (len > 0 && n > 0 && text[len - 1] != '\n')
        len--;
    return (Str){ text, len };
}
