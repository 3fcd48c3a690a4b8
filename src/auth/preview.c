// "See as this user": an administrator looks through somebody's eyes, reads only, and it is noted.
#include "auth/auth_internal.h"

typedef struct Preview {
    Id session, user;
} Preview;

static Status set_preview(Ctx *cx, Db *db, const Preview *p)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE user_session SET preview_id = "));
    sql_id(q, p->user);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, p->session);
    return db_exec(cx, db, q, NULL);
}

static Status start_write(Ctx *cx, Db *db, void *arg)
{
    const Preview *p = arg;
    User u = { 0 };
    RoleSet set = { 0 };
    Rights *held = NULL;
    TRY(user_load(cx, db, p->user, &u));
    if (u.disabled)
        return FAIL(cx, CONFLICT, "user.disabled", "user", "is disabled");
    TRY(roles_load(cx, db, &set));
    TRY(rights_of_user(cx, db, &set, p->user, &held));
    TRY(rights_require(cx, db, &set, held));
    TRY(set_preview(cx, db, p));
    return change_note(cx, db, CHANGE_SECURITY, "user", p->user, (Str){ 0 },
                       S("{\"event\":\"preview.start\"}"));
}

Status preview_start(Req *rq)
{
    static const char *const KEYS[] = { "user", NULL };
    const Json *in = NULL;
    TRY(req_json(rq, &in));
    TRY(json_only(rq->cx, in, KEYS));
    Preview p = { session_of(rq)->id, { json_num(in, "user", 0) } };
    if (p.session.v == 0)
        return FAIL(rq->cx, FORBIDDEN, "token.session_only", NULL, "Only in a browser session.");
    if (p.user.v <= 0 || p.user.v == session_of(rq)->user.v)
        return FAIL(rq->cx, INVALID, "ref", "user", "must be another user");
    return store_write(rq->cx, auth_store(rq->app), start_write, &p);
}

static Status end_write(Ctx *cx, Db *db, void *arg)
{
    const Preview *p = arg;
    Preview none = { p->session, { 0 } };
    TRY(set_preview(cx, db, &none));
    return change_note(cx, db, CHANGE_SECURITY, "user", p->user, (Str){ 0 },
                       S("{\"event\":\"preview.end\"}"));
}

// The guard has put the administrator himself back into cx->access.
Status preview_end(Req *rq)
{
    Preview p = { session_of(rq)->id, session_of(rq)->preview };
    return store_write(rq->cx, auth_store(rq->app), end_write, &p);
}
