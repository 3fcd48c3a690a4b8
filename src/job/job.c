// Submitting, cancelling, waiting; and the job as JSON.
#include "job/job_internal.h"

const JobDef *job_def(const Jobs *j, Str kind)
{
    for (size_t i = 0; i < j->ndefs; i++)
        if (str_eq(kind, str_z(j->defs[i]->kind)))
            return j->defs[i];
    return NULL;
}

Status job_submit(Ctx *cx, Db *db, const char *kind, Str title, Str params, Id *ret)
{
    int64_t id = 0;
    TRY(db_next_id(cx, db, SQL("job"), &id));
    const Json *doc = NULL;
    TRY(json_parse(cx, params, &doc));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO job (id, kind, title, state, owner_id, params, undo_of, version, "
                   "created_at, updated_at)"
                   " VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", "));
    sql_text(q, str_z(kind));
    sql_add(q, SQL(", "));
    sql_text(q, title);
    sql_add(q, SQL(", 0, "));
    sql_id(q, cx->access == NULL ? (Id){ 0 } : cx->access->user);
    sql_add(q, SQL(", "));
    sql_text(q, params);
    sql_add(q, SQL(", "));
    sql_id(q, (Id){ str_ends(str_z(kind), S(".undo")) ? json_num(doc, "job", 0) : 0 });
    sql_add(q, SQL(", 1, "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(")"));
    TRY(db_exec(cx, db, q, NULL));
    ret->v = id;
    return STATUS_OK;
}

Status job_cancel(Ctx *cx, Db *db, Id id)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET cancel = 1, ended_at = CASE WHEN state = 0 THEN "));
    sql_int(q, cx->now.ms);
    sql_add(
        q,
        SQL(" ELSE ended_at END, state = CASE WHEN state = 0 THEN 4 ELSE state END WHERE id = "));
    sql_id(q, id);
    sql_add(q, SQL(" AND state <= 1"));
    int64_t changed = 0;
    TRY(db_exec(cx, db, q, &changed));
    if (changed == 0)
        return FAIL(cx, CONFLICT, "job.ended", NULL, "the job has ended already");
    return STATUS_OK;
}

void jobs_wake(Jobs *j)
{
    mutex_lock(&j->lock);
    j->wakes++;
    cond_broadcast(&j->wake);
    mutex_unlock(&j->lock);
}

void jobs_listen(Jobs *j, JobListener fn)
{
    j->listener = fn;
}

static void write_progress(JsonOut *j, int64_t done, int64_t total, int64_t started, int64_t now)
{
    json_key_int(j, "done", done);
    json_key_int(j, "total", total);
    if (total > 0)
        json_key_int(j, "percent", done >= total ? 100 : done * 100 / total);
    else
        json_key_null(j, "percent");
    int64_t ms = now - started;
    bool known = started > 0 && ms > 0 && done > 0;
    if (known)
        json_key_int(j, "rate", done * 1000 / ms);
    else
        json_key_null(j, "rate");
    if (known && total > done)
        json_key_int(j, "remaining_s", (total - done) * ms / done / 1000);
    else
        json_key_null(j, "remaining_s");
}

static void text_or_null(JsonOut *j, const char *key, Str s)
{
    if (s.len == 0)
        json_key_null(j, key);
    else
        json_key_str(j, key, s);
}

static void write_job(Ctx *cx, const Stmt *st, JsonOut *j)
{
    Arena *a = cx->arena;
    int64_t ended = stmt_int(st, 13);
    json_open(j);
    json_key_int(j, "id", stmt_int(st, 0));
    json_key_str(j, "kind", stmt_text(st, 1, a));
    json_key_str(j, "title", stmt_text(st, 2, a));
    json_key_str(j, "state", str_z(job_state_name((JobState)stmt_int(st, 3))));
    write_progress(j, stmt_int(st, 5), stmt_int(st, 6), stmt_int(st, 12),
                   ended > 0 ? ended : cx->now.ms);
    text_or_null(j, "message", stmt_text(st, 7, a));
    text_or_null(j, "error", stmt_text(st, 8, a));
    json_key(j, S("result"));
    if (stmt_is_null(st, 9))
        json_null(j);
    else
        json_raw(j, stmt_text(st, 9, a));
    if (stmt_is_null(st, 10)) {
        json_key_null(j, "file");
    } else {
        json_key_open(j, "file");
        json_key_str(j, "name", stmt_text(st, 10, a));
        json_key_int(j, "size", stmt_int(st, 11));
        json_close(j);
    }
    json_key_bool(j, "undo",
                  stmt_int(st, 14) != 0 && stmt_int(st, 15) == 0 && stmt_int(st, 3) == JOB_DONE);
    json_key_instant(j, "created_at", (Instant){ stmt_int(st, 16) });
    json_key_instant(j, "started_at", (Instant){ stmt_int(st, 12) });
    json_key_instant(j, "ended_at", (Instant){ ended });
    json_close(j);
}

Status job_json(Ctx *cx, Db *db, Id id, Id *ret_owner, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(
        q,
        SQL("SELECT id, kind, title, state, owner_id, done, total, message, error, result, "
            "file_name,"
            " file_size, started_at, ended_at, can_undo, undone, created_at FROM job WHERE id = "));
    sql_id(q, id);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (!stmt_next(st)) {
        TRY(stmt_end(cx, &st));
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such job");
    }
    ret_owner->v = stmt_int(st, 4);
    write_job(cx, st, j);
    return stmt_end(cx, &st);
}

static Status state_of(Ctx *cx, Store *s, Id id, int64_t *ret)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT state FROM job WHERE id = "));
    sql_id(q, id);
    Status status = db_int(cx, db, q, ret);
    return status == STATUS_NOT_FOUND ? FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such job")
                                      : status;
}

Status job_wait(Ctx *cx, Store *s, Id id, int64_t limit_ms, Str *ret_state)
{
    enum { LOOK_MS = 20 };
    int64_t until = os_monotonic_us() + limit_ms * 1000;
    for (;;) {
        int64_t state = 0;
        TRY(state_of(cx, s, id, &state));
        if (state > JOB_RUNNING) {
            *ret_state = str_z(job_state_name((JobState)state));
            return STATUS_OK;
        }
        if (os_monotonic_us() > until)
            return FAIL(cx, UNAVAILABLE, "busy", NULL, "the job did not end in time");
        os_sleep_ms(LOOK_MS);
    }
}
