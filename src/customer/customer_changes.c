// The customer's own history as a timeline source: what was done, to which fields, by whom.
#include "customer/customer_internal.h"

typedef struct Event {
    int64_t id, at, actor, origin, origin_id, action;
    Str actor_name, reason, data;
} Event;

typedef struct Action {
    const char *name;
    Label label;
} Action;

static const Action ACTIONS[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    CHANGE_ACTIONS(X)
#undef X
};

static Status write_fields(Ctx *cx, const EntityInfo *e, const Event *ev, JsonOut *j, Buf *words)
{
    const Json *doc = NULL;
    json_key_open_array(j, "fields");
    if (ev->data.len > 0)
        TRY(json_parse(cx, ev->data, &doc));
    const Json *fields = doc == NULL ? NULL : json_get(doc, "fields");
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next) {
        const Field *f = field_find(e, m->key);
        if (f == NULL || field_access(cx, e, f) == ACCESS_NONE)
            continue;
        Str label = label_text(f->label, cx->lang);
        if (words->len > 0)
            buf_add(words, cx->lang[0] == 'z' ? S("、") : S(", "));
        buf_add(words, label);
        json_open(j);
        json_key_str(j, "name", f->name);
        json_key_str(j, "label", label);
        json_close(j);
    }
    json_close_array(j);
    return STATUS_OK;
}

static Status add_event(Ctx *cx, const Event *ev, TimelineItems *ret)
{
    const Action *action = &ACTIONS[ev->action];
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    Buf words = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "origin", str_z(ORIGIN_CHOICES[ev->origin].name));
    json_key_int(&j, "origin_id", ev->origin_id);
    if (ev->reason.len > 0)
        json_key_str(&j, "reason", ev->reason);
    else
        json_key_null(&j, "reason");
    if (ev->actor == 0) {
        json_key_null(&j, "actor");
    } else {
        json_key_open(&j, "actor");
        json_key_int(&j, "id", ev->actor);
        json_key_str(&j, "name", ev->actor_name);
        json_close(&j);
    }
    TRY(write_fields(cx, catalog_of(cx, &customer_entity), ev, &j, &words));
    json_close(&j);
    bool named = ev->action == CHANGE_UPDATE;
    *vec_add(cx->arena, ret) = (TimelineItem){ .at = { ev->at },
                                               .kind = "change",
                                               .id = ev->id,
                                               .title = label_text(action->label, cx->lang),
                                               .text = named ? buf_str(&words) : (Str){ 0 },
                                               .state = str_z(action->name),
                                               .data = buf_str(&b) };
    return STATUS_OK;
}

static void select_events(Sql *q, Id customer, Instant before, int limit)
{
    sql_add(q,
            SQL("SELECT c.id, c.at, c.actor_id, c.origin, c.origin_id, c.action, u.name, c.reason, "
                "c.data FROM change c LEFT JOIN app_user u ON u.id = c.actor_id "
                "WHERE c.entity = 'customer' AND c.record_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" AND c.at <= "));
    sql_int(q, before.ms);
    sql_add(q, SQL(" AND c.action <= "));
    sql_int(q, CHANGE_RESTORE);
    sql_add(q, SQL(" ORDER BY c.at DESC, c.id DESC LIMIT "));
    sql_int(q, limit);
}

static Status list_changes(Ctx *cx, Db *db, Id customer, Instant before, int limit,
                           TimelineItems *ret)
{
    Sql *q = sql_new(cx->arena, db);
    select_events(q, customer, before, limit);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        Event ev = { .id = stmt_int(st, 0),
                     .at = stmt_int(st, 1),
                     .actor = stmt_int(st, 2),
                     .origin = stmt_int(st, 3),
                     .origin_id = stmt_int(st, 4),
                     .action = stmt_int(st, 5),
                     .actor_name = stmt_text(st, 6, cx->arena),
                     .reason = stmt_text(st, 7, cx->arena),
                     .data = stmt_text(st, 8, cx->arena) };
        TRY(add_event(cx, &ev, ret));
    }
    return stmt_end(cx, &st);
}

const TimelineSource change_timeline = { "change", "customer.read", list_changes };
