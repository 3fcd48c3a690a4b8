// The generic routes of every entity.
#include "api/api_internal.h"

#include <stdio.h>

static Status reply_list(Req *rq, const Query *query, bool count)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, app_of(rq)->store, &db));
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    TRY(query_list_json(rq->cx, db, query, count, &j));
    rq->rows = query->limit;
    return req_reply_json(rq, 200, buf_str(&b));
}

static bool flag(Str s)
{
    return str_eq(s, S("1")) || str_eq(s, S("true"));
}

Status api_query_of_url(Req *rq, Query *ret, bool *ret_count)
{
    static const char *const NAMES[] = { "filter", "q",     "sort",    "limit", "cursor",
                                         "fields", "count", "deleted", NULL };
    TRY(req_query_only(rq, NAMES));
    Query query = query_of(rq->cx, api_entity(rq));
    TRY(query_set_filter(rq->cx, &query, req_query(rq, "filter")));
    TRY(query_set_sort(rq->cx, &query, req_query(rq, "sort")));
    if (req_query(rq, "fields").len > 0)
        TRY(query_set_fields(rq->cx, &query, req_query(rq, "fields")));
    query.q = req_query(rq, "q");
    query.cursor = req_query(rq, "cursor");
    query.bin = flag(req_query(rq, "deleted")) ? BIN_DELETED : BIN_LIVE;
    Str limit = req_query(rq, "limit");
    int64_t n = query.limit;
    if (limit.len > 0 && (!str_int(limit, &n) || n < 1 || n > LIMIT_PAGE))
        return FAIL(rq->cx, MALFORMED, "limit", "limit", "must be between 1 and %d", LIMIT_PAGE);
    query.limit = (int)n;
    *ret = query;
    *ret_count = flag(req_query(rq, "count"));
    return STATUS_OK;
}

Status api_list(Req *rq)
{
    Query query;
    bool count = false;
    TRY(api_query_of_url(rq, &query, &count));
    return reply_list(rq, &query, count);
}

Status api_search(Req *rq)
{
    static const char *const NAMES[] = { "filter", "q",     "sort",    "limit", "cursor",
                                         "fields", "count", "deleted", NULL };
    const Json *body = NULL;
    TRY(req_json(rq, &body));
    TRY(json_only(rq->cx, body, NAMES));
    Query query = query_of(rq->cx, api_entity(rq));
    TRY(query_from_json(rq->cx, &query, body));
    const Json *count = json_get(body, "count");
    if (count != NULL && count->kind != JSON_BOOL_NODE && count->kind != JSON_INT_NODE)
        return FAIL(rq->cx, MALFORMED, "format", "count", "must be true or false");
    return reply_list(rq, &query, count != NULL && count->num != 0);
}

Status api_aggregate(Req *rq)
{
    const Json *body = NULL;
    TRY(req_json(rq, &body));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, app_of(rq)->store, &db));
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    TRY(query_aggregate(rq->cx, db, api_entity(rq), body, &j));
    return req_reply_json(rq, 200, buf_str(&b));
}

Status api_show(Req *rq)
{
    Id id = { 0 };
    TRY(req_id(rq, &id));
    return api_reply_record(rq, 200, api_entity(rq), id);
}

enum { HISTORY_PAGE = 50, MAX_HISTORY = 8 * 1024 * 1024 };

Status api_history(Req *rq)
{
    static const char *const NAMES[] = { "cursor", "limit", NULL };
    Id id = { 0 };
    TRY(req_id(rq, &id));
    TRY(req_query_only(rq, NAMES));
    int64_t limit = HISTORY_PAGE;
    if (req_has_query(rq, "limit") &&
        (!str_int(req_query(rq, "limit"), &limit) || limit < 1 || limit > LIMIT_PAGE))
        return FAIL(rq->cx, MALFORMED, "limit", "limit", "must be between 1 and %d", LIMIT_PAGE);
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, app_of(rq)->store, &db));
    Buf b = buf_new(rq->cx->arena, MAX_HISTORY);
    JsonOut j = json_out(&b);
    TRY(change_history_json(rq->cx, db, api_entity(rq), id, req_query(rq, "cursor"), (int)limit,
                            &j));
    return req_reply_json(rq, 200, buf_str(&b));
}

// --- changes

enum { MAX_REASON = 500 };

Status api_reason(Req *rq, Str text, Str *ret)
{
    Str s = str_trim(text);
    if (utf8_count(s) > MAX_REASON)
        return FAIL(rq->cx, INVALID, "reason.long", "reason", "must have at most %d characters",
                    MAX_REASON);
    if (!utf8_valid(s) || !text_is_clean(s, false))
        return FAIL(rq->cx, INVALID, "text.unclean", "reason",
                    "holds invisible or control characters");
    *ret = s;
    return STATUS_OK;
}

Status api_reason_of(Req *rq, const Json *body, Str *ret)
{
    const Json *reason = json_get(body, "reason");
    if (reason == NULL || reason->kind == JSON_NULL_NODE)
        return STATUS_OK;
    if (reason->kind != JSON_STR_NODE)
        return FAIL(rq->cx, MALFORMED, "format", "reason", "must be a text");
    return api_reason(rq, reason->text, ret);
}

typedef struct Wish {
    Req *rq;
    const EntityInfo *e;
    void *row;
    Id id, change;
    int64_t version;
    Str reason;
    Str body; // of the answer
} Wish;

// Fields of the catalog itself take effect at once for the next request. What is written is
// written: when this fails, the change feed tries again within a second.
static void reload_if_needed(Req *rq, const EntityInfo *e)
{
    Err *errors = rq->cx->errors;
    if (e->entity == &custom_field_entity && app_reload(rq->cx, app_of(rq)) != STATUS_OK)
        log_errors(LOG_WARN, "the catalog could not be built anew", rq->cx);
    rq->cx->errors = errors;
}

static Status reply_wish(Req *rq, int status, const Wish *w)
{
    reload_if_needed(rq, w->e);
    rq->rows = 1;
    return req_reply_json(rq, status, w->body);
}

static Status write_create(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    bool seen = false;
    Id made = { 0 };
    TRY(api_seen(w->rq, db, &seen, &made));
    if (!seen) {
        void *row = row_copy(cx->arena, w->e, w->row);
        TRY(change_create(cx, db, w->e, row, w->reason));
        made = row_id(row, w->e);
        TRY(api_made(w->rq, db, made));
    }
    TRY(api_record_body(cx, db, w->e, made, &w->body));
    w->id = made;
    return STATUS_OK;
}

Status api_create(Req *rq)
{
    const Json *body = NULL;
    Wish w = { .rq = rq, .e = api_entity(rq) };
    TRY(req_json(rq, &body));
    w.row = row_new(rq->cx->arena, w.e);
    TRY(row_from_json(rq->cx, w.e, body, true, w.row));
    TRY(api_write(rq, write_create, &w));
    req_set_header(
        rq, "Location",
        arena_fmt(rq->cx->arena, "/api/v1/%s/%lld", w.e->entity->path, (long long)w.id.v));
    return reply_wish(rq, 201, &w);
}

static Status write_change(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    TRY(change_update(cx, db, w->e, w->id, w->version, w->row, w->reason, NULL));
    return api_record_body(cx, db, w->e, w->id, &w->body);
}

Status api_reply_conflict(Req *rq, const EntityInfo *e, Id id)
{
    Str error = i18n_error_body(rq->cx, STATUS_CONFLICT, e);
    rq->cx->errors = NULL;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, app_of(rq)->store, &db));
    void *row = row_new(rq->cx->arena, e);
    TRY(query_one(rq->cx, db, e, id, row));
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    // The error's object without its closing brace, then the record beside it.
    buf_add(&b, (Str){ error.ptr, error.len - 1 });
    buf_add(&b, S(",\"current\":"));
    JsonOut j = json_out(&b);
    TRY(query_record_json(rq->cx, db, e, row, &j));
    buf_add(&b, S("}"));
    return req_reply_json(rq, 409, buf_str(&b));
}

Status api_version(Req *rq, const Json *body, int64_t *ret)
{
    const Json *given = body == NULL ? NULL : json_get(body, "version");
    Str match = req_header(rq, "If-Match");
    if (given != NULL && given->kind != JSON_INT_NODE)
        return FAIL(rq->cx, INVALID, "format", "version", "must be a whole number");
    if (given != NULL)
        *ret = given->num;
    else if (match.len > 2 && match.ptr[0] == '"')
        (void)str_int(str_sub(match, 1, match.len - 2), ret);
    else if (match.len > 0)
        (void)str_int(match, ret);
    return STATUS_OK;
}

Status api_change(Req *rq)
{
    const Json *body = NULL;
    Wish w = { .rq = rq, .e = api_entity(rq) };
    TRY(req_id(rq, &w.id));
    TRY(req_json(rq, &body));
    w.row = row_new(rq->cx->arena, w.e);
    TRY(row_from_json(rq->cx, w.e, body, false, w.row));
    TRY(api_version(rq, body, &w.version));
    Status s = api_write(rq, write_change, &w);
    const Err *err = rq->cx->errors;
    if (s == STATUS_CONFLICT && err != NULL && strcmp(err->code, "version") == 0)
        return api_reply_conflict(rq, w.e, w.id);
    TRY(s);
    return reply_wish(rq, 200, &w);
}

static Status write_delete(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    return change_delete(cx, db, w->e, w->id, w->version, w->reason);
}

Status api_delete(Req *rq)
{
    static const char *const NAMES[] = { "version", "reason", NULL };
    Wish w = { .rq = rq, .e = api_entity(rq) };
    TRY(req_id(rq, &w.id));
    TRY(req_query_only(rq, NAMES));
    if (req_has_query(rq, "version") && !str_int(req_query(rq, "version"), &w.version))
        return FAIL(rq->cx, MALFORMED, "format", "version", "must be a whole number");
    TRY(api_reason(rq, req_query(rq, "reason"), &w.reason));
    Status s = api_write(rq, write_delete, &w);
    const Err *err = rq->cx->errors;
    if (s == STATUS_CONFLICT && err != NULL && strcmp(err->code, "version") == 0)
        return api_reply_conflict(rq, w.e, w.id);
    TRY(s);
    reload_if_needed(rq, w.e);
    return req_reply(rq, 204, NULL, (Str){ 0 });
}

static Status write_restore(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    if (w->change.v != 0)
        TRY(change_put_back(cx, db, w->e, w->id, w->change, NULL));
    else
        TRY(change_undelete(cx, db, w->e, w->id, w->reason, NULL));
    return api_record_body(cx, db, w->e, w->id, &w->body);
}

Status api_restore(Req *rq)
{
    static const char *const NAMES[] = { "change", "reason", NULL };
    const Json *body = NULL;
    Wish w = { .rq = rq, .e = api_entity(rq) };
    TRY(req_id(rq, &w.id));
    if (rq->body.len > 0) {
        TRY(req_json(rq, &body));
        TRY(json_only(rq->cx, body, NAMES));
        const Json *change = json_get(body, "change");
        if (change != NULL && (change->kind != JSON_INT_NODE || change->num <= 0))
            return FAIL(rq->cx, MALFORMED, "format", "change", "must be the number of a change");
        w.change.v = change == NULL ? 0 : change->num;
        TRY(api_reason_of(rq, body, &w.reason));
    }
    TRY(api_write(rq, write_restore, &w));
    return reply_wish(rq, 200, &w);
}
