// A job from being taken to its end, and what it may call meanwhile.
#include "job/job_internal.h"

#include <stdio.h>

typedef struct Report {
    Id id;
    Str self;
    JobState state;
    Str text;         // error, message or result
    const char *what; // which column
    int64_t done, total;
    bool cancelled;
    const JobRun *run;
    const char *path, *type;
    Str name;
} Report;

void job_tell(Jobs *j, Ctx *cx, Id id)
{
    if (j->listener == NULL)
        return;
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx own = *cx;
    own.arena = own.scratch = &arena;
    own.errors = NULL;
    own.now = os_now();
    CLEANUP(db_release) Db *db = NULL;
    Buf b = buf_new(&arena, LIMIT_JSON_BODY);
    JsonOut out = json_out(&b);
    Id owner = { 0 };
    if (store_read(&own, j->store, &db) == STATUS_OK &&
        job_json(&own, db, id, &owner, &out) == STATUS_OK)
        j->listener(j->app, owner, buf_str(&b));
}

// Every word of a running job renews its lease; when the lease is lost to another server, or
// somebody has cancelled, the job learns it here.
static Status write_progress(Ctx *cx, Db *db, void *arg)
{
    Report *r = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET done = "));
    sql_int(q, r->done);
    sql_add(q, SQL(", total = "));
    sql_int(q, r->total);
    sql_add(q, SQL(", lease_until = "));
    sql_int(q, os_now().ms + LEASE_MS);
    sql_add(q, SQL(" WHERE state = 1 AND lease = "));
    sql_text(q, r->self);
    sql_add(q, SQL(" AND id = "));
    sql_id(q, r->id);
    int64_t changed = 0;
    TRY(db_exec(cx, db, q, &changed));
    if (changed == 0)
        return FAIL(cx, CONFLICT, "job.paused", NULL, "the job has gone to another server");
    Sql *ask = sql_new(cx->arena, db);
    sql_add(ask, SQL("SELECT cancel FROM job WHERE id = "));
    sql_id(ask, r->id);
    int64_t cancel = 0;
    TRY(db_int(cx, db, ask, &cancel));
    r->cancelled = cancel != 0;
    return STATUS_OK;
}

Status job_progress(JobRun *run, int64_t done, int64_t total)
{
    Jobs *j = run->jobs;
    Ctx *cx = run->cx;
    mutex_lock(&j->lock);
    bool stopping = j->stopping;
    mutex_unlock(&j->lock);
    if (stopping)
        return FAIL(cx, CONFLICT, "job.paused", NULL, "the server is stopping");
    int64_t now = os_monotonic_us();
    if (run->said_us != 0 && now - run->said_us < SAY_EVERY_US && done != total)
        return STATUS_OK;
    run->said_us = now;
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx own = *cx;
    own.arena = own.scratch = &arena;
    own.errors = NULL;
    Report r = { .id = run->id, .self = j->self, .done = done, .total = total };
    Status s = store_write(&own, run->store, write_progress, &r);
    if (s != STATUS_OK)
        return FAIL(cx, CONFLICT, "job.paused", NULL, "the job cannot report and pauses");
    job_tell(j, cx, run->id);
    return r.cancelled ? FAIL(cx, CONFLICT, "job.cancelled", NULL, "was cancelled") : STATUS_OK;
}

static Status write_text(Ctx *cx, Db *db, void *arg)
{
    const Report *r = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET "));
    if (strcmp(r->what, "result") == 0) {
        sql_add(q, SQL("result = "));
        sql_json(q, r->text);
    } else {
        sql_add(q, SQL("message = "));
        sql_text(q, r->text);
    }
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, r->id);
    return db_exec(cx, db, q, NULL);
}

Status job_message(JobRun *run, Str message)
{
    Report r = { .id = run->id, .what = "message", .text = message };
    return store_write(run->cx, run->store, write_text, &r);
}

Status job_result_json(JobRun *run, Str json)
{
    Report r = { .id = run->id, .what = "result", .text = json };
    return store_write(run->cx, run->store, write_text, &r);
}

Status job_checkpoint(JobRun *run, Db *db, Str state)
{
    Sql *q = sql_new(run->cx->arena, db);
    sql_add(q, SQL("UPDATE job SET checkpoint = "));
    sql_text(q, state);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, run->id);
    return db_exec(run->cx, db, q, NULL);
}

enum { RESULT_KEPT_MS = 24 * 60 * 60 * 1000 };

static Status write_result(Ctx *cx, Db *db, void *arg)
{
    const Report *r = arg;
    StoredFile file = { 0 };
    Instant expires = { os_now().ms + RESULT_KEPT_MS };
    TRY(file_add(cx, db, &r->run->jobs->files, r->path, r->name, r->type, "job", r->id, expires,
                 &file));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET file_id = "));
    sql_id(q, file.id);
    sql_add(q, SQL(", file_name = "));
    sql_text(q, file.name);
    sql_add(q, SQL(", file_size = "));
    sql_int(q, file.size);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, r->id);
    return db_exec(cx, db, q, NULL);
}

Status job_result(JobRun *run, const char *path, Str name, const char *type)
{
    Report r = { .id = run->id, .run = run, .path = path, .name = name, .type = type };
    return store_write(run->cx, run->store, write_result, &r);
}

// --- from start to end

static Status write_end(Ctx *cx, Db *db, void *arg)
{
    const Report *r = arg;
    bool done = r->state == JOB_DONE;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET lease = NULL, lease_until = NULL, state = "));
    sql_int(q, (int64_t)r->state);
    sql_add(q, SQL(", error = "));
    if (r->text.len == 0)
        sql_null(q);
    else
        sql_text(q, r->text);
    sql_add(q, SQL(", ended_at = "));
    if (r->state == JOB_QUEUED)
        sql_null(q);
    else
        sql_int(q, os_now().ms);
    if (done)
        sql_add(q, SQL(", done = coalesce(total, done)"));
    sql_add(q, SQL(" WHERE state = 1 AND lease = "));
    sql_text(q, r->self);
    sql_add(q, SQL(" AND id = "));
    sql_id(q, r->id);
    TRY(db_exec(cx, db, q, NULL));
    if (!done)
        return STATUS_OK;
    // A finished undo marks what it undid.
    Sql *mark = sql_new(cx->arena, db);
    sql_add(mark, SQL("UPDATE job SET undone = 1 WHERE id = (SELECT undo_of FROM job WHERE id = "));
    sql_id(mark, r->id);
    sql_add(mark, SQL(")"));
    return db_exec(cx, db, mark, NULL);
}

static bool has_code(const Ctx *cx, const char *code)
{
    for (const Err *e = cx->errors; e != NULL; e = e->next)
        if (strcmp(e->code, code) == 0)
            return true;
    return false;
}

static void end(Jobs *j, Ctx *cx, const Taken *t, Status s)
{
    Report r = { .id = t->id, .self = j->self, .state = JOB_DONE };
    bool paused = s != STATUS_OK && has_code(cx, "job.paused");
    // What cannot go on from where it was must not silently begin again.
    if (paused && (t->def->resumable || t->undo))
        r.state = JOB_QUEUED;
    else if (s != STATUS_OK && has_code(cx, "job.cancelled"))
        r.state = JOB_CANCELLED;
    else if (s != STATUS_OK)
        r.state = JOB_FAILED;
    bool internal = s == STATUS_DB || s == STATUS_INTERNAL;
    if (r.state == JOB_FAILED && cx->errors != NULL)
        r.text = paused ? S("interrupted") : internal ? S("internal") : cx->errors->message;
    if (r.state == JOB_FAILED)
        log_errors(LOG_WARN, "a job failed", cx);
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx own = { .arena = &arena,
                .scratch = &arena,
                .now = os_now(),
                .lang = cx->lang,
                .access = access_system(&arena, ORIGIN_JOB, t->id),
                .catalog = cx->catalog };
    if (store_write(&own, j->store, write_end, &r) != STATUS_OK)
        log_errors(LOG_ERROR, "a job's end could not be written", &own);
    job_tell(j, &own, t->id);
}

static Status access_for(Jobs *j, Ctx *cx, const Taken *t)
{
    CLEANUP(db_release) Db *db = NULL;
    if (t->owner.v == 0) {
        cx->access = access_system(cx->arena, ORIGIN_JOB, t->id);
        return STATUS_OK;
    }
    TRY(store_read(cx, j->store, &db));
    const Access *now = NULL;
    TRY(j->access_of(cx, db, j->app, t->owner, &now));
    Access *mine = arena_new(cx->arena, Access);
    *mine = *now;
    mine->origin = t->undo ? ORIGIN_UNDO : ORIGIN_JOB;
    mine->origin_id = t->id;
    cx->access = mine;
    return STATUS_OK;
}

static Status run(Jobs *j, Ctx *cx, const Taken *t, const char *work_dir)
{
    JobRun r = { .cx = cx,
                 .store = j->store,
                 .app = j->app,
                 .id = t->id,
                 .jobs = j,
                 .checkpoint = t->checkpoint,
                 .work_dir = work_dir };
    TRY(access_for(j, cx, t));
    TRY(json_parse(cx, t->params, &r.params));
    TRY(os_make_dir(cx, j->dir, 0700));
    TRY(os_make_dir(cx, work_dir, 0700));
    return t->undo ? t->def->undo(&r) : t->def->run(&r);
}

void job_run_taken(Jobs *j, const Taken *t)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    CLEANUP(arena_cleanup) Arena scratch = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &scratch, .now = os_now(), .lang = "zh-CN" };
    cx.request_id = arena_fmt(&arena, "job-%lld", (long long)t->id.v);
    j->prepare(&cx, j->app);
    job_tell(j, &cx, t->id);
    const char *work_dir = arena_fmt(&arena, "%s/%lld", j->dir, (long long)t->id.v).ptr;
    Status s = run(j, &cx, t, work_dir);
    // The file store may have taken the file out of the folder already.
    Err *errors = cx.errors;
    if (os_remove_tree(&cx, work_dir) != STATUS_OK)
        log_errors(LOG_WARN, "a work folder could not be removed", &cx);
    cx.errors = errors;
    end(j, &cx, t, s);
    catalog_release(cx.catalog);
}
