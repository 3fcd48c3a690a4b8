// History of a record, and putting one change back.
#include "change/change_internal.h"

#include <inttypes.h>

typedef struct HistoryRow {
    int64_t id, at, actor, origin, origin_id, action, version;
    Str actor_name, reason, data;
} HistoryRow;

static void read_row(Arena *a, const Stmt *st, HistoryRow *r)
{
    *r = (HistoryRow){ .id = stmt_int(st, 0),
                       .at = stmt_int(st, 1),
                       .actor = stmt_int(st, 2),
                       .origin = stmt_int(st, 3),
                       .origin_id = stmt_int(st, 4),
                       .action = stmt_int(st, 5),
                       .version = stmt_int(st, 6),
                       .reason = stmt_text(st, 7, a),
                       .data = stmt_text(st, 8, a),
                       .actor_name = stmt_text(st, 9, a) };
}

static void select_rows(Sql *q, const EntityInfo *e, Id id)
{
    sql_add(
        q,
        SQL("SELECT c.id, c.at, c.actor_id, c.origin, c.origin_id, c.action, c.version, c.reason,"
            " c.data, u.name FROM change c LEFT JOIN app_user u ON u.id = c.actor_id"
            " WHERE c.entity = "));
    sql_text(q, str_z(e->entity->name));
    sql_add(q, SQL(" AND c.record_id = "));
    sql_id(q, id);
}

static const char *action_name(int64_t action)
{
    static const char *const NAMES[] = {
#define X(id, name, zh, en) name,
        CHANGE_ACTIONS(X)
#undef X
    };
    return action >= 0 && (size_t)action < ARRAY_LEN(NAMES) ? NAMES[action] : "system";
}

static Status write_side(Ctx *cx, const EntityInfo *e, Id id, const Field *f, const Json *node,
                         const char *key, JsonOut *j)
{
    Value v = { 0 };
    Err *errors = cx->errors;
    Status s = change_value(cx, e, id, f, node, &v);
    json_key(j, str_z(key));
    // A value of a time when the field was of another kind or had other choices.
    if (s == STATUS_INVALID) {
        cx->errors = errors;
        json_null(j);
        return STATUS_OK;
    }
    TRY(s);
    if (field_access(cx, e, f) == ACCESS_MASKED) {
        v = value_masked(cx->arena, f, v);
        if (v.null)
            json_null(j);
        else
            json_str(j, v.text);
        return STATUS_OK;
    }
    value_json(j, cx->catalog, f, v);
    return STATUS_OK;
}

static Status write_fields(Ctx *cx, const EntityInfo *e, Id id, Str data, JsonOut *j)
{
    json_key_open_array(j, "fields");
    const Json *doc = NULL;
    if (data.len > 0)
        TRY(json_parse(cx, data, &doc));
    const Json *fields = doc == NULL ? NULL : json_get(doc, "fields");
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next) {
        const Field *f = field_find(e, m->key);
        if (f == NULL || field_access(cx, e, f) == ACCESS_NONE || m->len != 2)
            continue;
        json_open(j);
        json_key_str(j, "name", f->name);
        TRY(write_side(cx, e, id, f, m->first, "before", j));
        TRY(write_side(cx, e, id, f, m->first->next, "after", j));
        json_close(j);
    }
    json_close_array(j);
    return STATUS_OK;
}

static Status write_item(Ctx *cx, const EntityInfo *e, Id id, const HistoryRow *r, JsonOut *j)
{
    json_open(j);
    json_key_int(j, "id", r->id);
    json_key_instant(j, "at", (Instant){ r->at });
    if (r->actor == 0) {
        json_key_null(j, "actor");
    } else {
        json_key_open(j, "actor");
        json_key_int(j, "id", r->actor);
        json_key_str(j, "name", r->actor_name);
        json_close(j);
    }
    bool known = r->origin >= 0 && r->origin < ORIGINS;
    json_key_str(j, "origin", str_z(ORIGIN_CHOICES[known ? r->origin : ORIGIN_SYSTEM].name));
    json_key_int(j, "origin_id", r->origin_id);
    json_key_str(j, "action", str_z(action_name(r->action)));
    json_key_int(j, "version", r->version);
    if (r->reason.len == 0)
        json_key_null(j, "reason");
    else
        json_key_str(j, "reason", r->reason);
    TRY(write_fields(cx, e, id, r->data, j));
    json_close(j);
    return STATUS_OK;
}

// The record decides: who may not see it sees no history. Deleted ones keep theirs.
static Status must_be_visible(Ctx *cx, Db *db, const EntityInfo *e, Id id)
{
    Query seen = { .info = e, .ids = &id.v, .nids = 1, .bin = BIN_BOTH };
    int64_t visible = 0;
    TRY(query_count(cx, db, &seen, &visible));
    if (visible == 0)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    return STATUS_OK;
}

Status change_history_json(Ctx *cx, Db *db, const EntityInfo *e, Id id, Str cursor, int limit,
                           JsonOut *j)
{
    TRY(must_be_visible(cx, db, e, id));
    int64_t before = INT64_MAX;
    if (cursor.len > 0 && !str_int(cursor, &before))
        return FAIL(cx, MALFORMED, "cursor", "cursor", "does not belong to this list");
    Sql *q = sql_new(cx->arena, db);
    select_rows(q, e, id);
    sql_add(q, SQL(" AND c.id < "));
    sql_int(q, before);
    sql_add(q, SQL(" ORDER BY c.id DESC LIMIT "));
    sql_int(q, limit + 1);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    int n = 0;
    int64_t last = 0;
    bool more = false;
    json_open(j);
    json_key_open_array(j, "items");
    while (stmt_next(st)) {
        if (n++ == limit) {
            more = true;
            break;
        }
        HistoryRow r;
        read_row(cx->arena, st, &r);
        last = r.id;
        TRY(write_item(cx, e, id, &r, j));
    }
    TRY(stmt_end(cx, &st));
    json_close_array(j);
    if (more)
        json_key_str(j, "next", arena_fmt(cx->arena, "%" PRId64, last));
    else
        json_key_null(j, "next");
    json_close(j);
    return STATUS_OK;
}

static Status read_after(Ctx *cx, Db *db, const EntityInfo *e, Id id, void **ret_after)
{
    if (ret_after == NULL)
        return STATUS_OK;
    *ret_after = row_new(cx->arena, e);
    return query_one(cx, db, e, id, *ret_after);
}

Status change_put_back(Ctx *cx, Db *db, const EntityInfo *e, Id id, Id change, void **ret_after)
{
    // Who may not see the record does not learn which changes it had.
    TRY(require(cx, e, MAY_UPDATE));
    TRY(must_be_visible(cx, db, e, id));
    Sql *q = sql_new(cx->arena, db);
    select_rows(q, e, id);
    sql_add(q, SQL(" AND c.id = "));
    sql_id(q, change);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (!stmt_next(st))
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such change");
    HistoryRow r;
    read_row(cx->arena, st, &r);
    TRY(stmt_end(cx, &st));
    if (r.action == CHANGE_DELETE)
        return change_undelete(cx, db, e, id, S("put back"), ret_after);
    if (r.action != CHANGE_UPDATE)
        return FAIL(cx, CONFLICT, "change.kind", "change",
                    "only a change of values can be put back");
    const Json *doc = NULL;
    TRY(json_parse(cx, r.data.len == 0 ? S("{}") : r.data, &doc));
    const Json *fields = json_get(doc, "fields");
    void *patch = row_new(cx->arena, e);
    bool any = false;
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next) {
        const Field *f = field_find(e, m->key);
        if (f == NULL || (f->flags & (F_READONLY | F_CREATE | F_HIDDEN)) != 0 || m->len != 2)
            continue;
        Value v = { 0 };
        Err *errors = cx->errors;
        Status s = change_value(cx, e, id, f, m->first, &v);
        if (s == STATUS_INVALID) { // of a kind or choice that is gone
            cx->errors = errors;
            continue;
        }
        TRY(s);
        row_put(cx->arena, patch, f, v);
        any = true;
    }
    Str reason = arena_fmt(cx->arena, "put back %" PRId64, change.v);
    if (change_has_parts(e, doc)) {
        bool kept = false;
        TRY(e->entity->put_back(cx, db, e, id, doc, patch, true, reason, &kept));
        return read_after(cx, db, e, id, ret_after);
    }
    if (!any)
        return FAIL(cx, CONFLICT, "change.empty", "change", "holds nothing that could be put back");
    return change_update(cx, db, e, id, 0, patch, reason, ret_after);
}

Status change_erase(Ctx *cx, Db *db, const EntityInfo *e, Id id)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE change SET data = NULL, salt = NULL WHERE entity = "));
    sql_text(q, str_z(e->entity->name));
    sql_add(q, SQL(" AND record_id = "));
    sql_id(q, id);
    return db_exec(cx, db, q, NULL);
}

Status change_feed(Ctx *cx, Db *db, int64_t after, size_t max, FeedRow **ret, size_t *ret_len)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, action, entity, record_id, origin, origin_id, actor_id, version"
                   " FROM change WHERE id > "));
    sql_int(q, after);
    sql_add(q, SQL(" ORDER BY id LIMIT "));
    sql_int(q, (int64_t)max);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    FeedRow *rows = arena_array(cx->arena, FeedRow, max);
    size_t n = 0;
    while (n < max && stmt_next(st))
        rows[n++] = (FeedRow){ .id = stmt_int(st, 0),
                               .action = (ChangeAction)stmt_int(st, 1),
                               .entity = stmt_text(st, 2, cx->arena),
                               .record = { stmt_int(st, 3) },
                               .origin = (Origin)stmt_int(st, 4),
                               .origin_id = { stmt_int(st, 5) },
                               .actor = { stmt_int(st, 6) },
                               .version = stmt_int(st, 7) };
    TRY(stmt_end(cx, &st));
    *ret = rows;
    *ret_len = n;
    return STATUS_OK;
}
