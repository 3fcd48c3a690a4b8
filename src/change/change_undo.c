// Undo of everything one import or job did, newest first, in batches that each commit by
// themselves: killed in between, running it again goes on.
#include "change/change_internal.h"

enum { UNDO_BATCH = 500 };

typedef struct Step {
    int64_t id;
    ChangeAction action;
    Str entity;
    Id record;
    Str data;
} Step;

typedef struct Batch {
    Origin origin;
    Id origin_id;
    int64_t below;
    size_t limit; // of steps
    int64_t at;   // the step being done, also when the batch fails
    size_t n;
    UndoCount count;
} Batch;

static Status load_steps(Ctx *cx, Db *db, const Batch *b, Step *steps, size_t *ret_n)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, action, entity, record_id, data FROM change WHERE origin = "));
    sql_int(q, (int64_t)b->origin);
    sql_add(q, SQL(" AND origin_id = "));
    sql_id(q, b->origin_id);
    sql_add(q, SQL(" AND id < "));
    sql_int(q, b->below);
    sql_add(q, SQL(" AND action <= "));
    sql_int(q, CHANGE_RESTORE);
    sql_add(q, SQL(" ORDER BY id DESC LIMIT "));
    sql_int(q, (int64_t)b->limit);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    size_t n = 0;
    while (n < b->limit && stmt_next(st))
        steps[n++] = (Step){ .id = stmt_int(st, 0),
                             .action = (ChangeAction)stmt_int(st, 1),
                             .entity = stmt_text(st, 2, cx->arena),
                             .record = { stmt_int(st, 3) },
                             .data = stmt_text(st, 4, cx->arena) };
    *ret_n = n;
    return stmt_end(cx, &st);
}

// Missing now (deleted or restored since) is no fault: somebody did it already.
static Status forgive_missing(Ctx *cx, Status s, Err *errors, int64_t *done, int64_t *kept)
{
    if (s == STATUS_NOT_FOUND) {
        cx->errors = errors;
        (*kept)++;
        return STATUS_OK;
    }
    if (s == STATUS_OK)
        (*done)++;
    return s;
}

// Fields that still hold what this change gave them go back; those changed since stay.
static Status put_back_fields(Ctx *cx, Db *db, const EntityInfo *e, const Step *step,
                              UndoCount *count)
{
    const Json *doc = NULL;
    void *now = row_new(cx->arena, e);
    Err *errors = cx->errors;
    Status s = query_one(cx, db, e, step->record, now);
    if (s == STATUS_NOT_FOUND)
        return forgive_missing(cx, s, errors, &count->put_back, &count->kept);
    TRY(s);
    TRY(json_parse(cx, step->data.len == 0 ? S("{}") : step->data, &doc));
    const Json *fields = json_get(doc, "fields");
    void *patch = row_new(cx->arena, e);
    bool any = false;
    bool moved = false;
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next) {
        const Field *f = field_find(e, m->key);
        if (f == NULL || m->len != 2)
            continue;
        Value was = { 0 };
        Value became = { 0 };
        Err *before = cx->errors;
        Status known = change_value(cx, e, step->record, f, m->first, &was);
        if (known == STATUS_OK)
            known = change_value(cx, e, step->record, f, m->first->next, &became);
        if (known != STATUS_OK && known != STATUS_INVALID)
            return known;
        cx->errors = before;
        if (known == STATUS_INVALID || !value_equal(row_get(now, f), became)) {
            moved = true;
            continue;
        }
        row_put(cx->arena, patch, f, was);
        any = true;
    }
    if (change_has_parts(e, doc)) {
        bool kept = false;
        TRY(e->entity->put_back(cx, db, e, step->record, doc, patch, false, S("undo"), &kept));
        count->kept += moved || kept;
        count->put_back++;
        return STATUS_OK;
    }
    count->kept += moved;
    if (!any)
        return STATUS_OK;
    count->put_back++;
    return change_update(cx, db, e, step->record, 0, patch, S("undo"), NULL);
}

static Status undo_step(Ctx *cx, Db *db, const Step *step, UndoCount *count)
{
    const EntityInfo *e = catalog_find(cx->catalog, step->entity);
    if (e == NULL)
        return STATUS_OK;
    Err *errors = cx->errors;
    if (step->action == CHANGE_CREATE || step->action == CHANGE_RESTORE)
        return forgive_missing(cx, change_delete(cx, db, e, step->record, 0, S("undo")), errors,
                               &count->removed, &count->kept);
    if (step->action == CHANGE_DELETE)
        return forgive_missing(cx, change_undelete(cx, db, e, step->record, S("undo"), NULL),
                               errors, &count->restored, &count->kept);
    return put_back_fields(cx, db, e, step, count);
}

static Status undo_batch(Ctx *cx, Db *db, void *arg)
{
    Batch *out = arg;
    Batch b = *out;
    Step *steps = arena_array(cx->arena, Step, b.limit);
    TRY(load_steps(cx, db, &b, steps, &b.n));
    for (size_t i = 0; i < b.n; i++) {
        out->at = steps[i].id;
        TRY(undo_step(cx, db, &steps[i], &b.count));
        b.below = steps[i].id;
    }
    *out = b;
    return STATUS_OK;
}

static Status count_steps(Ctx *cx, Store *s, const Batch *b, int64_t *ret)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM change WHERE origin = "));
    sql_int(q, (int64_t)b->origin);
    sql_add(q, SQL(" AND origin_id = "));
    sql_id(q, b->origin_id);
    return db_int(cx, db, q, ret);
}

// A record that may not go back (its number is taken, a required value would be missing, it is out
// of the caller's hands) stays as it is and stops nobody else.
static bool is_refusal(Status s)
{
    return s == STATUS_INVALID || s == STATUS_CONFLICT || s == STATUS_FORBIDDEN;
}

// One batch; where it is refused, its steps are done one by one.
static Status do_batch(Ctx *cx, Store *s, Batch *b, size_t *singles)
{
    Err *errors = cx->errors;
    b->limit = *singles > 0 ? 1 : UNDO_BATCH;
    Status status = store_write(cx, s, undo_batch, b);
    if (*singles > 0)
        --*singles;
    if (!is_refusal(status))
        return status;
    cx->errors = errors;
    if (b->limit == 1) {
        b->n = 1;
        b->count.kept++;
        b->below = b->at;
    } else {
        b->n = b->limit = 0; // nothing done yet, but there is more
        *singles = UNDO_BATCH;
    }
    return STATUS_OK;
}

Status change_undo_origin(Ctx *cx, Store *s, Origin origin, Id origin_id, UndoCount *ret,
                          bool (*progress)(void *arg, int64_t done, int64_t total), void *arg)
{
    Batch b = { .origin = origin, .origin_id = origin_id, .below = INT64_MAX };
    int64_t total = 0;
    int64_t done = 0;
    TRY(count_steps(cx, s, &b, &total));
    CLEANUP(arena_cleanup) Arena work = { 0 };
    Arena *arena = cx->arena;
    Arena *scratch = cx->scratch;
    Status status = STATUS_OK;
    size_t singles = 0;
    do {
        cx->arena = cx->scratch = &work;
        status = do_batch(cx, s, &b, &singles);
        cx->arena = arena;
        cx->scratch = scratch;
        if (status != STATUS_OK) {
            Str message =
                cx->errors == NULL ? S("undo failed") : arena_dup(arena, cx->errors->message);
            cx->errors = NULL;
            return ctx_fail(cx, status, "undo", NULL, __FILE__, __LINE__, STR_FMT,
                            STR_ARG(message));
        }
        arena_clear(&work);
        done += (int64_t)b.n;
        if (progress != NULL && !progress(arg, done, total))
            return FAIL(cx, CONFLICT, "job.cancelled", NULL, "was cancelled");
    } while (b.n == b.limit);
    *ret = b.count;
    return STATUS_OK;
}
