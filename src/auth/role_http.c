// The permission matrix of a role, and its users from the role's side.
#include "auth/auth_internal.h"

#include <inttypes.h>

static Status matrix_reply(Req *rq, Id role)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, auth_store(rq->app), &db));
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    TRY(role_matrix_json(rq->cx, db, role, &j));
    return req_reply_json(rq, 200, buf_str(&b));
}

Status role_permissions_show(Req *rq)
{
    Id id = { 0 };
    TRY(req_id(rq, &id));
    return matrix_reply(rq, id);
}

typedef struct RoleTask {
    Id role, to;
    const Json *document;
    const Json *add, *remove;
    int64_t moved;
} RoleTask;

static Status rights_write(Ctx *cx, Db *db, void *arg)
{
    const RoleTask *t = arg;
    return role_set_rights(cx, db, t->role, t->document);
}

Status role_permissions_put(Req *rq)
{
    RoleTask t = { 0 };
    TRY(req_id(rq, &t.role));
    TRY(req_json(rq, &t.document));
    TRY(store_write(rq->cx, auth_store(rq->app), rights_write, &t));
    return matrix_reply(rq, t.role);
}

Status role_users_show(Req *rq)
{
    Id id = { 0 };
    TRY(req_id(rq, &id));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, auth_store(rq->app), &db));
    Buf b = buf_new(rq->cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    TRY(role_users(rq->cx, db, id, LIMIT_PAGE, &j));
    return req_reply_json(rq, 200, buf_str(&b));
}

// --- from the role's side

static Status assign_one(Ctx *cx, Db *db, Id role, Id user, bool add)
{
    User u = { 0 };
    int64_t *roles = arena_array(cx->arena, int64_t, LIMIT_PAGE + 1);
    size_t n = 0;
    TRY(user_to_change(cx, db, user, &u));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT role_id FROM user_role WHERE user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" AND role_id <> "));
    sql_id(q, role);
    {
        CLEANUP(stmt_cleanup) Stmt *st = NULL;
        TRY(db_run(cx, db, q, &st));
        while (n < LIMIT_PAGE && stmt_next(st))
            roles[n++] = stmt_int(st, 0);
        TRY(stmt_end(cx, &st));
    }
    if (add)
        roles[n++] = role.v;
    return user_set_roles(cx, db, user, roles, n);
}

static Status assign_all(Ctx *cx, Db *db, Id role, const Json *list, const char *field, bool add)
{
    if (list == NULL)
        return STATUS_OK;
    if (list->kind != JSON_ARRAY_NODE || list->len > LIMIT_PAGE)
        return FAIL(cx, INVALID, "format", field, "must be a list of ids");
    for (const Json *m = list->first; m != NULL; m = m->next) {
        if (m->kind != JSON_INT_NODE || m->num <= 0)
            return FAIL(cx, INVALID, "format", field, "must be a list of ids");
        TRY(assign_one(cx, db, role, (Id){ m->num }, add));
    }
    return STATUS_OK;
}

static Status assign_write(Ctx *cx, Db *db, void *arg)
{
    const RoleTask *t = arg;
    RoleSet set = { 0 };
    TRY(roles_load(cx, db, &set));
    if (roles_find(&set, t->role) == NULL)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    TRY(assign_all(cx, db, t->role, t->add, "add", true));
    return assign_all(cx, db, t->role, t->remove, "remove", false);
}

static void all_ended(Req *rq, const Json *list)
{
    for (const Json *m = list == NULL ? NULL : list->first; m != NULL; m = m->next)
        auth_ended(rq, (Id){ m->num });
}

Status role_users_change(Req *rq)
{
    static const char *const KEYS[] = { "add", "remove", NULL };
    const Json *in = NULL;
    RoleTask t = { 0 };
    TRY(req_id(rq, &t.role));
    TRY(req_json(rq, &in));
    TRY(json_only(rq->cx, in, KEYS));
    t.add = json_get(in, "add");
    t.remove = json_get(in, "remove");
    TRY(store_write(rq->cx, auth_store(rq->app), assign_write, &t));
    all_ended(rq, t.add);
    all_ended(rq, t.remove);
    return role_users_show(rq);
}

static Status move_write(Ctx *cx, Db *db, void *arg)
{
    RoleTask *t = arg;
    int64_t moved = 0;
    TRY(role_move_users(cx, db, t->role, t->to, &moved));
    t->moved = moved;
    return STATUS_OK;
}

Status role_move_post(Req *rq)
{
    static const char *const KEYS[] = { "to", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    RoleTask t = { 0 };
    TRY(req_id(rq, &t.role));
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    t.to.v = json_num(in, "to", 0);
    TRY(store_write(cx, auth_store(rq->app), move_write, &t));
    return req_reply_json(rq, 200, arena_fmt(cx->arena, "{\"moved\":%" PRId64 "}", t.moved));
}
