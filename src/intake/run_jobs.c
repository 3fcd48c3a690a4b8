// The jobs of an import: dry run, run, undo; and what they leave behind at their end.
#include "intake/intake_internal.h"

#include <inttypes.h>

typedef struct Ending {
    Id import;
    ImportState state;
    Str message;
    Str data; // for the audit; empty: none
} Ending;

static Status write_end(Ctx *cx, Db *db, void *arg)
{
    const Ending *e = arg;
    TRY(import_set_state(cx, db, e->import, e->state, e->message));
    return e->data.len == 0
               ? STATUS_OK
               : change_note(cx, db, CHANGE_IMPORT, "import", e->import, (Str){ 0 }, e->data);
}

static bool has_code(const Ctx *cx, const char *code)
{
    for (const Err *e = cx->errors; e != NULL; e = e->next)
        if (strcmp(e->code, code) == 0)
            return true;
    return false;
}

// The end of the job is told to the import, too, unless it only pauses.
static Status end_run(JobRun *job, Id import, Status s, ImportState good, Str data)
{
    Ctx *cx = job->cx;
    Ending e = { .import = import, .state = good, .data = data };
    if (s != STATUS_OK && has_code(cx, "job.paused"))
        return s;
    if (s != STATUS_OK) {
        e.state = has_code(cx, "job.cancelled") ? STATE_CANCELLED : STATE_FAILED;
        e.message =
            cx->errors == NULL ? S("failed") : i18n_error(cx->arena, cx->lang, cx->errors, NULL);
    }
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx own = *cx;
    own.arena = own.scratch = &arena;
    own.errors = NULL;
    own.now = os_now();
    Status written = store_write(&own, job->store, write_end, &e);
    if (s == STATUS_OK && written != STATUS_OK)
        return FAIL(cx, DB, "import.end", NULL, "the end of the import could not be written");
    return s;
}

static Status work(JobRun *job, bool dry)
{
    Counts counts = { 0 };
    Status s = import_go(job, dry, &counts);
    Str data = { 0 };
    if (!dry && s == STATUS_OK) {
        Buf b = buf_new(job->cx->arena, LIMIT_JSON_BODY);
        JsonOut j = json_out(&b);
        counts_json(&j, &counts);
        data = buf_str(&b);
    }
    Id id = { json_num(job->params, "import", 0) };
    return end_run(job, id, s, dry ? STATE_CHECKED : STATE_DONE, data);
}

Status import_check_job(JobRun *run)
{
    return work(run, true);
}

Status import_run_job(JobRun *run)
{
    return work(run, false);
}

// --- undo

static bool undo_progress(void *arg, int64_t done, int64_t total)
{
    JobRun *run = arg;
    return job_progress(run, done, total) == STATUS_OK;
}

static Status import_of_job(JobRun *run, Id *ret)
{
    ret->v = json_num(run->params, "import", 0);
    if (ret->v != 0)
        return STATUS_OK;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(run->cx, run->store, &db));
    Sql *q = sql_new(run->cx->arena, db);
    sql_add(q, SQL("SELECT id FROM import_run WHERE job_id = "));
    sql_int(q, json_num(run->params, "job", 0));
    Status s = db_int(run->cx, db, q, &ret->v);
    return s == STATUS_NOT_FOUND
               ? FAIL(run->cx, NOT_FOUND, "missing", NULL, "there is no such import")
               : s;
}

Status import_undo_job(JobRun *run)
{
    Id id = { 0 };
    UndoCount count = { 0 };
    TRY(import_of_job(run, &id));
    Status s =
        change_undo_origin(run->cx, run->store, ORIGIN_IMPORT, id, &count, undo_progress, run);
    if (s == STATUS_OK) {
        Str result = arena_fmt(run->cx->arena,
                               "{\"removed\":%" PRId64 ",\"put_back\":%" PRId64
                               ",\"restored\":%" PRId64 ",\"kept\":%" PRId64 "}",
                               count.removed, count.put_back, count.restored, count.kept);
        s = job_result_json(run, result);
    }
    return end_run(run, id, s, STATE_UNDONE, (Str){ 0 });
}
