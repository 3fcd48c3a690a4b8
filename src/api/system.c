// Routes about the program itself: health, settings, jobs, events, proof.
#include "api/api_internal.h"
#include "os/os.h"

#include <inttypes.h>
#include <stdio.h>

Status system_health(Req *rq)
{
    return req_reply_json(rq, 200, S("{\"status\":\"ok\"}"));
}

// Ready when the store answers.
Status system_ready(Req *rq)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, app_of(rq)->store, &db));
    Sql *q = sql_new(rq->cx->arena, db);
    sql_add(q, SQL("SELECT 1"));
    int64_t one = 0;
    TRY(db_int(rq->cx, db, q, &one));
    return req_reply_json(rq, 200, S("{\"status\":\"ready\"}"));
}

static void metric(Buf *b, const char *name, const char *type, const char *help, int64_t v)
{
    buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", name, help, name, type, name, v);
}

static void duration_metric(Buf *b, const HttpCounters *c)
{
    buf_add(b, S("# HELP guanxi_request_seconds Duration of requests.\n# TYPE "
                 "guanxi_request_seconds histogram\n"));
    int64_t sum = 0;
    for (size_t i = 0; i < ARRAY_LEN(c->bucket_us); i++) {
        sum += c->bucket_count[i];
        if (c->bucket_us[i] <= 0 || c->bucket_us[i] == INT64_MAX)
            buf_fmt(b, "guanxi_request_seconds_bucket{le=\"+Inf\"} %" PRId64 "\n", sum);
        else
            buf_fmt(b,
                    "guanxi_request_seconds_bucket{le=\"%" PRId64 ".%06" PRId64 "\"} %" PRId64 "\n",
                    c->bucket_us[i] / 1000000, c->bucket_us[i] % 1000000, sum);
    }
    buf_fmt(b, "guanxi_request_seconds_count %" PRId64 "\n", c->requests);
}

// Prometheus text exposition format 0.0.4.
Status system_metrics(Req *rq)
{
    HttpCounters c = http_counters(app_of(rq)->http);
    Buf b = buf_new(rq->cx->arena, LIMIT_JSON_BODY);
    metric(&b, "guanxi_requests_total", "counter", "Requests answered.", c.requests);
    metric(&b, "guanxi_requests_running", "gauge", "Requests being worked on.", c.running);
    metric(&b, "guanxi_requests_queued", "gauge", "Requests waiting for a worker.", c.queued);
    metric(&b, "guanxi_requests_refused_total", "counter", "Requests refused before a handler.",
           c.refused);
    metric(&b, "guanxi_connections", "gauge", "Open connections.", c.connections);
    metric(&b, "guanxi_streams", "gauge", "Open event streams.", c.streams);
    buf_add(
        &b,
        S("# HELP guanxi_answers_total Answers by class.\n# TYPE guanxi_answers_total counter\n"));
    for (int i = 1; i < 6; i++)
        buf_fmt(&b, "guanxi_answers_total{class=\"%dxx\"} %" PRId64 "\n", i, c.by_class[i]);
    duration_metric(&b, &c);
    metric(&b, "guanxi_resident_bytes", "gauge", "Resident memory.", os_resident_bytes());
    metric(&b, "guanxi_disk_free_bytes", "gauge", "Free bytes on the data disk.",
           os_disk_free(app_of(rq)->data_dir));
    return req_reply(rq, 200, "text/plain; version=0.0.4; charset=utf-8", buf_str(&b));
}

// --- settings

Status system_settings(Req *rq)
{
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    setting_json(rq->cx, &j);
    return req_reply_json(rq, 200, buf_str(&b));
}

static Status write_settings(Ctx *cx, Db *db, void *arg)
{
    const Json *body = arg;
    Status worst = STATUS_OK;
    for (const Json *s = body->first; s != NULL; s = s->next) {
        Status one = setting_set(cx, db, s->key, s);
        worst = one == STATUS_OK ? worst : one;
    }
    return worst;
}

Status system_set(Req *rq)
{
    const Json *body = NULL;
    TRY(req_json(rq, &body));
    if (body->kind != JSON_OBJECT_NODE)
        return FAIL(rq->cx, MALFORMED, "json.object", NULL, "must be a JSON object");
    TRY(api_write(rq, write_settings, (void *)(uintptr_t)body));
    TRY(app_reload(rq->cx, app_of(rq)));
    // Answer with what is in force now, not with the snapshot this request began with.
    const Catalog *before = rq->cx->catalog;
    rq->cx->catalog = app_catalog(app_of(rq));
    Status s = system_settings(rq);
    catalog_release(rq->cx->catalog);
    rq->cx->catalog = before;
    return s;
}

// --- jobs

typedef struct JobList {
    int64_t ids[LIMIT_PAGE];
    size_t n;
    const EntityInfo *e;
} JobList;

static Status take_id(Ctx *cx, const void *row, void *arg)
{
    (void)cx;
    JobList *l = arg;
    l->ids[l->n++] = row_id(row, l->e).v;
    return STATUS_OK;
}

// The jobs the caller may see: his own, or all by scope.
Status system_jobs(Req *rq)
{
    Ctx *cx = rq->cx;
    JobList list = { .e = api_entity(rq) };
    Query query;
    bool count = false;
    int64_t total = 0;
    TRY(api_query_of_url(rq, &query, &count));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    Str next = { 0 };
    TRY(query_each(cx, db, &query, take_id, &list, &next));
    if (count)
        TRY(query_count(cx, db, &query, &total));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "items");
    for (size_t i = 0; i < list.n; i++) {
        Id owner = { 0 };
        TRY(job_json(cx, db, (Id){ list.ids[i] }, &owner, &j));
    }
    json_close_array(&j);
    if (next.len > 0)
        json_key_str(&j, "next", next);
    else
        json_key_null(&j, "next");
    if (count)
        json_key_int(&j, "count", total);
    else
        json_key_null(&j, "count");
    json_close(&j);
    rq->rows = (int64_t)list.n;
    return req_reply_json(rq, 200, buf_str(&b));
}

static Status visible_job(Req *rq, Db *db, Id *ret)
{
    TRY(req_id(rq, ret));
    const EntityInfo *e = catalog_of(rq->cx, &job_entity);
    void *row = row_new(rq->cx->arena, e);
    return query_one(rq->cx, db, e, *ret, row);
}

// To cancel or undo, the job must be within the operate scope: to see it is not enough.
static Status job_to_change(Req *rq, Id *ret)
{
    const EntityInfo *e = catalog_of(rq->cx, &job_entity);
    void *row = row_new(rq->cx->arena, e);
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, app_of(rq)->store, &db));
    TRY(visible_job(rq, db, ret));
    Err *errors = rq->cx->errors;
    if (query_one_to_change(rq->cx, db, e, *ret, BIN_LIVE, row) == STATUS_OK)
        return STATUS_OK;
    rq->cx->errors = errors;
    return FAIL(rq->cx, FORBIDDEN, "scope", NULL, "you may see this job but not change it");
}

Status system_job(Req *rq)
{
    Ctx *cx = rq->cx;
    Id id = { 0 };
    Id owner = { 0 };
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    TRY(visible_job(rq, db, &id));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    TRY(job_json(cx, db, id, &owner, &j));
    return req_reply_json(rq, 200, buf_str(&b));
}

static Status write_cancel(Ctx *cx, Db *db, void *arg)
{
    const Id *id = arg;
    TRY(job_cancel(cx, db, *id));
    return change_note(cx, db, CHANGE_SYSTEM, "job", *id, S("cancel"), (Str){ 0 });
}

Status system_job_cancel(Req *rq)
{
    Id id = { 0 };
    TRY(job_to_change(rq, &id));
    TRY(api_write(rq, write_cancel, &id));
    return system_job(rq);
}

typedef struct Undo {
    Id job, made;
    Str kind, title;
} Undo;

static Status write_undo(Ctx *cx, Db *db, void *arg)
{
    Undo *u = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT kind, title FROM job WHERE state = 2 AND can_undo = 1 AND undone = 0"
                   " AND NOT EXISTS (SELECT 1 FROM job u WHERE u.undo_of = job.id AND u.state <= "
                   "2) AND id = "));
    sql_id(q, u->job);
    sql_either(q, SQL(""), SQL(" FOR UPDATE"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (!stmt_next(st))
        return FAIL(cx, CONFLICT, "job.undo", NULL,
                    "this job cannot be undone, or has been already");
    Str kind = arena_fmt(cx->arena, STR_FMT ".undo", STR_ARG(stmt_view(st, 0)));
    Str title = arena_fmt(cx->arena, STR_FMT ": " STR_FMT,
                          STR_ARG(label_text((Label){ "撤销", "Undo" }, cx->lang)),
                          STR_ARG(stmt_view(st, 1)));
    TRY(stmt_end(cx, &st));
    Str params = arena_fmt(cx->arena, "{\"job\":%" PRId64 "}", u->job.v);
    return job_submit(cx, db, kind.ptr, title, params, &u->made);
}

Status system_job_undo(Req *rq)
{
    Undo u = { 0 };
    TRY(job_to_change(rq, &u.job));
    TRY(api_write(rq, write_undo, &u));
    return api_reply_job(rq, u.made);
}

static Status result_file(Req *rq, StoredFile *ret)
{
    Ctx *cx = rq->cx;
    Id id = { 0 };
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    TRY(visible_job(rq, db, &id));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT file_id FROM job WHERE file_id IS NOT NULL AND id = "));
    sql_id(q, id);
    int64_t file = 0;
    Status s = db_int(cx, db, q, &file);
    if (s == STATUS_NOT_FOUND)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "this job has no file");
    TRY(s);
    return file_find(cx, db, &app_of(rq)->files, (Id){ file }, ret);
}

Status system_job_file(Req *rq)
{
    StoredFile file = { 0 };
    TRY(result_file(rq, &file));
    return req_reply_file(rq, file.path.ptr, arena_cstr(rq->cx->arena, file.type),
                          arena_cstr(rq->cx->arena, file.name));
}

// Where the file lies, for commands on the host; nobody else learns paths.
Status system_job_path(Req *rq)
{
    StoredFile file = { 0 };
    if (!rq->local)
        return FAIL(rq->cx, NOT_FOUND, "missing", NULL, "there is no such record");
    TRY(result_file(rq, &file));
    Buf b = buf_new(rq->cx->arena, LIMIT_URL);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "path", file.path);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}

Status system_stream(Req *rq)
{
    return events_subscribe(rq, app_of(rq)->events, rq->cx->access->user);
}

// --- proof

static void finding(JsonOut *j, const char *what, Str message)
{
    json_open(j);
    json_key_str(j, "check", str_z(what));
    json_key_str(j, "message", message);
    json_close(j);
}

// Runs one check; its failure becomes a finding.
static void proved(Ctx *cx, JsonOut *j, const char *what, Status s, bool *ok)
{
    if (s == STATUS_OK)
        return;
    *ok = false;
    finding(j, what, cx->errors == NULL ? S("failed") : cx->errors->message);
    cx->errors = NULL;
}

static Status verify_module(Ctx *cx, App *app, const Module *m, JsonOut *j, int64_t *checked,
                            bool *ok)
{
    if (m->verify == NULL)
        return STATUS_OK;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app->store, &db));
    Buf lines = buf_new(cx->arena, LIMIT_JSON_BODY);
    proved(cx, j, m->name, m->verify(cx, db, &lines, checked), ok);
    for (Str rest = buf_str(&lines); rest.ptr != NULL && rest.len > 0;) {
        Str line = str_trim(str_split(&rest, '\n'));
        if (line.len == 0)
            continue;
        *ok = false;
        finding(j, m->name, line);
    }
    return STATUS_OK;
}

Status system_verify(Req *rq)
{
    Ctx *cx = rq->cx;
    App *app = app_of(rq);
    Buf list = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&list);
    int64_t changes = 0;
    int64_t checked = 0;
    bool ok = true;
    json_open_array(&j);
    proved(cx, &j, "integrity", store_integrity(cx, app->store, false), &ok);
    proved(cx, &j, "chain", change_verify(cx, app->store, &changes), &ok);
    for (size_t m = 0; m < app->nmodules; m++)
        TRY(verify_module(cx, app, app->modules[m], &j, &checked, &ok));
    json_close_array(&j);
    TRY(change_note_now(cx, app->store, CHANGE_SYSTEM, "store", (Id){ 0 }, S("verify"),
                        (Str){ 0 }));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    buf_fmt(&b, "{\"ok\":%s,\"changes\":%" PRId64 ",\"checked\":%" PRId64 ",\"findings\":",
            ok ? "true" : "false", changes, checked);
    buf_add(&b, buf_str(&list));
    buf_char(&b, '}');
    return req_reply_json(rq, 200, buf_str(&b));
}
