// Many records at once, as a job: each page in one transaction; where a page fails, its records are
// tried one by one, so that one bad record stops nobody else. Undone by its origin.
#include "api/api_internal.h"

#include <inttypes.h>

enum { BULK_PAGE = 200, BULK_MAX_IDS = 10000, BULK_MAX_FAULTS = 100 };

typedef enum BulkAction { BULK_UPDATE, BULK_DELETE, BULK_RESTORE } BulkAction;

static bool action_find(Str name, BulkAction *ret)
{
    static const char *const NAMES[] = { "update", "delete", "restore" };
    for (int i = 0; i < 3; i++)
        if (str_eq(name, str_z(NAMES[i]))) {
            *ret = (BulkAction)i;
            return true;
        }
    return false;
}

static const uint32_t NEEDS[] = { MAY_UPDATE, MAY_DELETE, MAY_UPDATE };

Str query_part(Ctx *cx, const Json *body)
{
    static const char *const PARTS[] = { "filter", "q", "sort", "fields", "ids", "deleted" };
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    for (size_t i = 0; i < ARRAY_LEN(PARTS); i++) {
        const Json *part = json_get(body, PARTS[i]);
        if (part == NULL)
            continue;
        json_key(&j, str_z(PARTS[i]));
        json_write(&j, part);
    }
    json_close(&j);
    return buf_str(&b);
}

Status job_query(Ctx *cx, const Json *params, Query *ret)
{
    const EntityInfo *e = catalog_find(cx->catalog, json_text(params, "entity", (Str){ 0 }));
    if (e == NULL)
        return FAIL(cx, INVALID, "unknown", "entity", "is not known");
    *ret = query_of(cx, e);
    const Json *query = json_get(params, "query");
    TRY(query_from_json(cx, ret, query));
    const Json *ids = json_get(query, "ids");
    if (ids == NULL)
        return STATUS_OK;
    if (ids->kind != JSON_ARRAY_NODE || ids->len == 0 || ids->len > BULK_MAX_IDS)
        return FAIL(cx, INVALID, "bulk.ids", "ids", "takes 1 to %d records", BULK_MAX_IDS);
    int64_t *list = arena_array(cx->arena, int64_t, ids->len);
    for (const Json *id = ids->first; id != NULL; id = id->next) {
        if (id->kind != JSON_INT_NODE)
            return FAIL(cx, INVALID, "bulk.ids", "ids", "must be whole numbers");
        list[ret->nids++] = id->num;
    }
    ret->ids = list;
    return STATUS_OK;
}

// --- the request

typedef struct Submit {
    Req *rq;
    const char *kind;
    Str title, params;
    Id job;
} Submit;

static Status write_submit(Ctx *cx, Db *db, void *arg)
{
    Submit *s = arg;
    bool seen = false;
    Id job = { 0 };
    TRY(api_seen(s->rq, db, &seen, &job));
    if (!seen) {
        TRY(job_submit(cx, db, s->kind, s->title, s->params, &job));
        TRY(api_made(s->rq, db, job));
    }
    s->job = job;
    return STATUS_OK;
}

static Str bulk_params(Ctx *cx, const EntityInfo *e, const Json *body, Str reason)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "entity", str_z(e->entity->name));
    json_key_str(&j, "action", json_text(body, "action", (Str){ 0 }));
    json_key_str(&j, "reason", reason);
    json_key(&j, S("query"));
    json_raw(&j, query_part(cx, body));
    if (json_get(body, "set") != NULL) {
        json_key(&j, S("set"));
        json_write(&j, json_get(body, "set"));
    }
    json_close(&j);
    return buf_str(&b);
}

// Said before the job starts what it would fail with: wrong fields, missing rights.
static Status check_bulk(Ctx *cx, const EntityInfo *e, const Json *body, BulkAction *ret)
{
    static const char *const NAMES[] = { "ids", "filter", "q",       "action",
                                         "set", "reason", "deleted", NULL };
    TRY(json_only(cx, body, NAMES));
    if (!action_find(json_text(body, "action", (Str){ 0 }), ret))
        return FAIL(cx, INVALID, "bulk.action", "action", "must be update, delete or restore");
    TRY(require(cx, e, NEEDS[*ret]));
    // "Everything" has to be said, with an empty filter; it is never what was forgotten.
    if (json_get(body, "ids") == NULL && json_get(body, "filter") == NULL &&
        json_get(body, "q") == NULL)
        return FAIL(cx, INVALID, "bulk.which", NULL, "needs ids, a filter or a search");
    const Json *set = json_get(body, "set");
    if (*ret != BULK_UPDATE)
        return STATUS_OK;
    if (set == NULL || set->kind != JSON_OBJECT_NODE || set->len == 0)
        return FAIL(cx, INVALID, "bulk.set", "set", "needs the values to be set");
    void *row = row_new(cx->arena, e);
    TRY(row_from_json(cx, e, set, false, row));
    FOR_FIELDS(e, f)
        if ((f->flags & F_CRYPT) != 0 && row_is_set(row, f))
            return FAIL(cx, INVALID, "bulk.personal", f->name.ptr,
                        "is personal and differs for everybody");
    return row_validate(cx, e, row, false);
}

Status api_bulk(Req *rq)
{
    Ctx *cx = rq->cx;
    const EntityInfo *e = api_entity(rq);
    const Json *body = NULL;
    BulkAction action = BULK_UPDATE;
    TRY(req_json(rq, &body));
    TRY(check_bulk(cx, e, body, &action));
    Str reason = { 0 };
    TRY(api_reason_of(rq, body, &reason));
    Submit s = { .rq = rq, .kind = "bulk", .params = bulk_params(cx, e, body, reason) };
    static const Label TITLES[] = { { "批量修改", "Change" },
                                    { "批量删除", "Delete" },
                                    { "批量恢复", "Restore" } };
    s.title =
        arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(label_text(TITLES[action], cx->lang)),
                  STR_ARG(label_text(e->entity->plural, cx->lang)));
    const Json *params = NULL;
    Query query;
    TRY(json_parse(cx, s.params, &params));
    TRY(job_query(cx, params, &query));
    TRY(api_write(rq, write_submit, &s));
    return api_reply_job(rq, s.job);
}

// --- the job

typedef struct BulkWork {
    JobRun *run;
    const EntityInfo *e;
    BulkAction action;
    const void *patch;
    Str reason;
    Arena *keep; // of the job; the context's arena is exchanged while streaming
    VEC(int64_t) ids;
    int64_t done, total, failed, changed;
    Buf faults; // JSON array items
    JsonOut out;
} BulkWork;

typedef struct Page {
    BulkWork *w;
    size_t from, to;
} Page;

static Status apply(Ctx *cx, Db *db, const BulkWork *w, Id id)
{
    switch (w->action) {
    case BULK_UPDATE: return change_update(cx, db, w->e, id, 0, w->patch, w->reason, NULL);
    case BULK_DELETE: return change_delete(cx, db, w->e, id, 0, w->reason);
    case BULK_RESTORE: return change_undelete(cx, db, w->e, id, w->reason, NULL);
    }
    return STATUS_OK;
}

static Status write_page(Ctx *cx, Db *db, void *arg)
{
    const Page *p = arg;
    for (size_t i = p->from; i < p->to; i++)
        TRY(apply(cx, db, p->w, (Id){ p->w->ids.ptr[i] }));
    return STATUS_OK;
}

static Status collect(Ctx *cx, const void *row, void *arg)
{
    (void)cx;
    BulkWork *w = arg;
    *vec_add(w->keep, &w->ids) = row_id(row, w->e).v;
    return STATUS_OK;
}

static void fault(BulkWork *w, Ctx *cx, Id id)
{
    w->failed++;
    if (w->failed > BULK_MAX_FAULTS || cx->errors == NULL)
        return;
    json_open(&w->out);
    json_key_int(&w->out, "id", id.v);
    json_key_str(&w->out, "code", str_z(cx->errors->code));
    json_key_str(&w->out, "message", i18n_error(cx->arena, cx->lang, cx->errors, w->e));
    json_close(&w->out);
}

// Each page and each record gets an arena of its own, so that the job's memory does not grow.
static Status in_own_arena(BulkWork *w, Page *p)
{
    Ctx *cx = w->run->cx;
    Ctx own = *cx;
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    own.arena = own.scratch = &arena;
    own.errors = NULL;
    Status s = store_write(&own, w->run->store, write_page, p);
    if (s != STATUS_OK && p->to - p->from == 1)
        fault(w, &own, (Id){ w->ids.ptr[p->from] });
    return s;
}

static Status run_page(BulkWork *w, size_t from, size_t to)
{
    Page whole = { w, from, to };
    if (in_own_arena(w, &whole) == STATUS_OK) {
        w->changed += (int64_t)(to - from);
        return STATUS_OK;
    }
    for (size_t i = from; to - from > 1 && i < to; i++) {
        Page one = { w, i, i + 1 };
        w->changed += in_own_arena(w, &one) == STATUS_OK;
    }
    return STATUS_OK;
}

static Status bulk_result(BulkWork *w)
{
    json_close_array(&w->out);
    Ctx *cx = w->run->cx;
    Str faults = buf_str(&w->faults);
    return job_result_json(w->run, arena_fmt(cx->arena,
                                             "{\"changed\":%" PRId64 ",\"failed\":%" PRId64
                                             ",\"errors\":" STR_FMT "}",
                                             w->changed, w->failed, STR_ARG(faults)));
}

Status bulk_run(JobRun *run)
{
    Ctx *cx = run->cx;
    BulkWork w = { .run = run, .keep = cx->arena };
    Query query;
    TRY(job_query(cx, run->params, &query));
    w.e = query.info;
    (void)action_find(json_text(run->params, "action", (Str){ 0 }), &w.action);
    w.reason = json_text(run->params, "reason", (Str){ 0 });
    void *patch = row_new(cx->arena, w.e);
    if (w.action == BULK_UPDATE)
        TRY(row_from_json(cx, w.e, json_get(run->params, "set"), false, patch));
    w.patch = patch;
    w.faults = buf_new(cx->arena, LIMIT_JSON_BODY);
    w.out = json_out(&w.faults);
    json_open_array(&w.out);
    query.operate = true;
    query.bin = w.action == BULK_RESTORE ? BIN_DELETED : BIN_LIVE;
    query.only = (Mask){ 0 };
    TRY(query_stream(cx, run->store, &query, collect, &w));
    w.total = (int64_t)w.ids.len;
    for (size_t at = 0; at < w.ids.len; at += BULK_PAGE) {
        size_t to = at + BULK_PAGE < w.ids.len ? at + BULK_PAGE : w.ids.len;
        TRY(run_page(&w, at, to));
        TRY(job_progress(run, (int64_t)to, w.total));
    }
    return bulk_result(&w);
}

static bool undo_progress(void *arg, int64_t done, int64_t total)
{
    return job_progress(arg, done, total) == STATUS_OK;
}

Status bulk_undo(JobRun *run)
{
    UndoCount count = { 0 };
    Id job = { json_num(run->params, "job", 0) };
    TRY(change_undo_origin(run->cx, run->store, ORIGIN_JOB, job, &count, undo_progress, run));
    return job_result_json(run,
                           arena_fmt(run->cx->arena,
                                     "{\"removed\":%" PRId64 ",\"put_back\":%" PRId64
                                     ",\"restored\":%" PRId64 ",\"kept\":%" PRId64 "}",
                                     count.removed, count.put_back, count.restored, count.kept));
}
