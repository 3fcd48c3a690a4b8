// What administrators do with users beyond editing their record.
#include "auth/auth_internal.h"

typedef struct UserTask {
    Id user;
    int64_t *roles;
    size_t nroles;
    Str phc, reply;
    bool flag;
} UserTask;

static Status user_task(Req *rq, UserTask *t, WriteFn fn)
{
    TRY(store_write(rq->cx, auth_store(rq->app), fn, t));
    auth_ended(rq, t->user);
    return STATUS_OK;
}

// --- roles

static Status roles_json(Ctx *cx, Db *db, Id user, Str *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT r.id, r.name, r.name_en FROM user_role ur JOIN role r"
                   " ON r.id = ur.role_id WHERE r.deleted_at IS NULL AND ur.user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" ORDER BY r.id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "roles");
    while (stmt_next(st)) {
        RoleNode r = { .name = stmt_text(st, 1, cx->arena),
                       .name_en = stmt_text(st, 2, cx->arena) };
        json_open(&j);
        json_key_int(&j, "id", stmt_int(st, 0));
        json_key_str(&j, "name", role_title(cx, &r));
        json_close(&j);
    }
    json_close_array(&j);
    json_close(&j);
    *ret = buf_str(&b);
    return stmt_end(cx, &st);
}

Status user_roles_show(Req *rq)
{
    Ctx *cx = rq->cx;
    const EntityInfo *e = catalog_of(cx, &user_entity);
    Id id = { 0 };
    Str reply = { 0 };
    TRY(req_id(rq, &id));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, auth_store(rq->app), &db));
    TRY(query_one(cx, db, e, id, row_new(cx->arena, e)));
    TRY(roles_json(cx, db, id, &reply));
    return req_reply_json(rq, 200, reply);
}

static Status roles_write(Ctx *cx, Db *db, void *arg)
{
    UserTask *t = arg;
    User u = { 0 };
    TRY(user_to_change(cx, db, t->user, &u));
    TRY(user_set_roles(cx, db, t->user, t->roles, t->nroles));
    return roles_json(cx, db, t->user, &t->reply);
}

static Status read_ids(Ctx *cx, const Json *list, const char *field, int64_t **ret, size_t *ret_n)
{
    if (list == NULL || list->kind != JSON_ARRAY_NODE || list->len > LIMIT_PAGE)
        return FAIL(cx, INVALID, "format", field, "must be a list of ids");
    *ret = arena_array(cx->arena, int64_t, list->len + 1);
    *ret_n = 0;
    for (const Json *m = list->first; m != NULL; m = m->next) {
        if (m->kind != JSON_INT_NODE || m->num <= 0)
            return FAIL(cx, INVALID, "format", field, "must be a list of ids");
        (*ret)[(*ret_n)++] = m->num;
    }
    return STATUS_OK;
}

Status user_roles_put(Req *rq)
{
    static const char *const KEYS[] = { "roles", NULL };
    const Json *in = NULL;
    UserTask t = { 0 };
    TRY(req_id(rq, &t.user));
    TRY(req_json(rq, &in));
    TRY(json_only(rq->cx, in, KEYS));
    TRY(read_ids(rq->cx, json_get(in, "roles"), "roles", &t.roles, &t.nroles));
    TRY(user_task(rq, &t, roles_write));
    return req_reply_json(rq, 200, t.reply);
}

// --- a temporary password

static Status password_write(Ctx *cx, Db *db, void *arg)
{
    const UserTask *t = arg;
    User u = { 0 };
    TRY(user_to_change(cx, db, t->user, &u));
    if (cx->access->user.v == u.id.v)
        return FAIL(cx, CONFLICT, "user.self", NULL,
                    "Change your own password with the old one in hand.");
    return password_set(cx, db, t->user, t->phc, true, (Id){ 0 }, "password.temporary");
}

Status user_password_post(Req *rq)
{
    static const char *const KEYS[] = { "password", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    const EntityInfo *e = catalog_of(cx, &user_entity);
    UserTask t = { 0 };
    User u = { 0 };
    TRY(req_id(rq, &t.user));
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    Str password = json_text(in, "password", (Str){ 0 });
    {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, auth_store(rq->app), &db));
        TRY(query_one_to_change(cx, db, e, t.user, BIN_LIVE, row_new(cx->arena, e)));
        TRY(user_load(cx, db, t.user, &u));
    }
    TRY(password_check_for(cx, password, "password", &u));
    TRY(password_make(cx, auth_of(rq->app), password, &t.phc));
    return user_task(rq, &t, password_write);
}

// --- disable, enable, end sessions, take the second factor off

static Status disable_write(Ctx *cx, Db *db, void *arg)
{
    const UserTask *t = arg;
    User u = { 0 };
    TRY(user_to_change(cx, db, t->user, &u));
    return user_set_disabled(cx, db, t->user, t->flag);
}

static Status set_disabled(Req *rq, bool disabled)
{
    UserTask t = { .flag = disabled };
    TRY(req_id(rq, &t.user));
    return user_task(rq, &t, disable_write);
}

Status user_disable(Req *rq)
{
    return set_disabled(rq, true);
}

Status user_enable(Req *rq)
{
    return set_disabled(rq, false);
}

static Status sessions_write(Ctx *cx, Db *db, void *arg)
{
    const UserTask *t = arg;
    User u = { 0 };
    TRY(user_to_change(cx, db, t->user, &u));
    TRY(sessions_end(cx, db, t->user, (Id){ 0 }, NULL));
    return change_note(cx, db, CHANGE_LOGOUT, "user", t->user, (Str){ 0 },
                       S("{\"event\":\"session.end_all\"}"));
}

Status user_sessions_delete(Req *rq)
{
    UserTask t = { 0 };
    TRY(req_id(rq, &t.user));
    return user_task(rq, &t, sessions_write);
}

static Status totp_write(Ctx *cx, Db *db, void *arg)
{
    const UserTask *t = arg;
    User u = { 0 };
    TRY(user_to_change(cx, db, t->user, &u));
    if (cx->access->user.v == u.id.v)
        return FAIL(cx, CONFLICT, "user.self", NULL, "Switch your own second factor off yourself.");
    TRY(mfa_drop(cx, db, t->user));
    return sessions_end(cx, db, t->user, (Id){ 0 }, NULL);
}

Status user_totp_delete(Req *rq)
{
    UserTask t = { 0 };
    TRY(req_id(rq, &t.user));
    return user_task(rq, &t, totp_write);
}
