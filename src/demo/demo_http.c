// The route and its job: the page and the command offer the same.
#include "demo/demo.h"

#include <inttypes.h>

typedef struct Wish {
    int64_t customers;
    Id job;
} Wish;

static Status is_used(Ctx *cx, Db *db, bool *ret)
{
    int64_t n = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT (SELECT count(*) FROM shop) + (SELECT count(*) FROM product) + "
                   "(SELECT count(*) FROM customer) + (SELECT count(*) FROM orders) + "
                   "(SELECT count(*) FROM job WHERE kind = 'demo.fill' AND state < 2)"));
    TRY(db_int(cx, db, q, &n));
    *ret = n > 0;
    return STATUS_OK;
}

static Status write_job(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    bool used = false;
    TRY(is_used(cx, db, &used));
    if (used)
        return FAIL(cx, CONFLICT, "demo.used", NULL,
                    "The demonstration fills an empty store only; this one is used.");
    Str title = str_z(strcmp(cx->lang, "en") == 0 ? "Demonstration data" : "示例数据");
    Str params = arena_fmt(cx->arena, "{\"customers\":%" PRId64 "}", w->customers);
    return job_submit(cx, db, "demo.fill", title, params, &w->job);
}

static Status post_demo(Req *rq)
{
    static const char *const KEYS[] = { "customers", NULL };
    const Json *body = NULL;
    Wish w = { .customers = DEMO_CUSTOMERS };
    if (rq->body.len > 0) {
        TRY(req_json(rq, &body));
        TRY(json_only(rq->cx, body, KEYS));
        w.customers = json_num(body, "customers", w.customers);
    }
    if (w.customers < DEMO_CUSTOMERS_MIN || w.customers > DEMO_CUSTOMERS) {
        Arena *a = rq->cx->arena;
        Status s = FAIL(rq->cx, INVALID, "range", "customers", "must lie between %d and %d",
                        DEMO_CUSTOMERS_MIN, DEMO_CUSTOMERS);
        return ctx_fail_args(rq->cx, s, arena_fmt(a, "%d", DEMO_CUSTOMERS_MIN),
                             arena_fmt(a, "%d", DEMO_CUSTOMERS));
    }
    TRY(api_write(rq, write_job, &w));
    return api_reply_job(rq, w.job);
}

static Status tell(void *arg, int64_t done, int64_t total)
{
    return job_progress(arg, done, total);
}

static Status run_fill(JobRun *run)
{
    Ctx *cx = run->cx;
    DemoOptions o = { .customers = (int)json_num(run->params, "customers", DEMO_CUSTOMERS),
                      .today = zone_day(cx->catalog->zone, cx->now),
                      .progress = tell,
                      .arg = run };
    return demo_fill(cx, run->store, &o);
}

static const Route ROUTES[] = {
    { METHOD_POST, "/api/v1/demo", post_demo, "system.demo", "system",
      "Fill an empty store with a shop to look around in", ROUTE_NO_SCOPE, NULL, NULL, "job" },
};

static const JobDef JOBS[] = {
    { .kind = "demo.fill",
      .title = { "示例数据", "Demonstration data" },
      .exclusive = true,
      .run = run_fill },
};

static const PermissionDef PERMISSIONS[] = {
    { "system.demo", { "填入示例数据", "Fill in demonstration data" }, "system" },
};

static const MessageDef MESSAGES[] = {
    { "demo.used", "示例数据只能填入空的系统；这里已经有数据" },
};

const Module demo_module = {
    .name = "demo",
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
    .jobs = JOBS,
    .njobs = ARRAY_LEN(JOBS),
    .permissions = PERMISSIONS,
    .npermissions = ARRAY_LEN(PERMISSIONS),
    .messages = MESSAGES,
    .nmessages = ARRAY_LEN(MESSAGES),
};
