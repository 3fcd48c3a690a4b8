// Sessions: 256 random bits in a cookie, only their digest in the store.
#include "auth/auth_internal.h"

enum { AGENT_MOST = 200, MINUTE_MS = 60 * 1000 };

Str session_cookie(const Req *rq)
{
    Str v = req_cookie(rq, "sid");
    return v.len > 128 ? (Str){ 0 } : v;
}

Str session_csrf(const Ctx *cx, Str token)
{
    return base64url(cx->arena, keyed(cx, "csrf", token));
}

Str session_digest(Arena *a, Str token)
{
    return str_sub(hex(a, (const uint8_t *)token_digest(a, token).ptr, DIGEST_BYTES), 0, 16);
}

Session *session_of(const Req *rq)
{
    return rq->session;
}

static void row_read(const Stmt *st, SessionRow *r)
{
    r->id.v = stmt_int(st, 0);
    r->user.v = stmt_int(st, 1);
    r->preview.v = stmt_int(st, 2);
    r->created_at.ms = stmt_int(st, 3);
    r->seen_at.ms = stmt_int(st, 4);
    r->stepped_up_at.ms = stmt_int(st, 5);
    r->mfa_pending = stmt_int(st, 6) != 0;
    r->disabled = stmt_int(st, 7) != 0;
    r->must_change_password = stmt_int(st, 8) != 0;
    r->totp = stmt_int(st, 9) != 0;
    r->lang = stmt_is_null(st, 10) ? -1 : (int)stmt_int(st, 10);
    r->rights_version = stmt_int(st, 11);
}

static bool too_old(const Ctx *cx, const SessionRow *r)
{
    int64_t idle = setting_int(cx, "auth.idle_minutes") * MINUTE_MS;
    int64_t absolute = setting_int(cx, "auth.session_hours") * 60 * MINUTE_MS;
    return cx->now.ms - r->seen_at.ms > idle || cx->now.ms - r->created_at.ms > absolute;
}

Status session_find(Ctx *cx, Db *db, Str token, SessionRow *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT s.id, s.user_id, s.preview_id, s.created_at, s.seen_at,"
                   " s.stepped_up_at, s.mfa_pending, u.disabled, u.must_change_password, u.totp,"
                   " u.lang, (SELECT version FROM rights_version WHERE id = 1)"
                   " FROM user_session s JOIN app_user u ON u.id = s.user_id"
                   " WHERE u.deleted_at IS NULL AND s.token_hash = "));
    sql_blob(q, token_digest(cx->arena, token));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    SessionRow r = { 0 };
    bool found = stmt_next(st);
    if (found)
        row_read(st, &r);
    TRY(stmt_end(cx, &st));
    if (!found || r.disabled || too_old(cx, &r))
        return FAIL(cx, UNAUTHENTICATED, "session", NULL, "Sign in first.");
    *ret = r;
    return STATUS_OK;
}

static Status sweep(Ctx *cx, Db *db)
{
    int64_t idle = setting_int(cx, "auth.idle_minutes") * MINUTE_MS;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM user_session WHERE seen_at < "));
    sql_int(q, cx->now.ms - idle - MINUTE_MS);
    return db_exec(cx, db, q, NULL);
}

Status session_start(Ctx *cx, Db *db, Id user, Str token, Str address, Str agent, bool mfa_pending,
                     Id *ret)
{
    int64_t id = 0;
    TRY(sweep(cx, db));
    TRY(db_next_id(cx, db, SQL("user_session"), &id));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO user_session (id, user_id, token_hash, created_at, seen_at,"
                   " stepped_up_at, mfa_pending, address, agent) VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", "));
    sql_id(q, user);
    sql_add(q, SQL(", "));
    sql_blob(q, token_digest(cx->arena, token));
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", "));
    sql_int(q, mfa_pending ? 0 : cx->now.ms);
    sql_add(q, SQL(", "));
    sql_int(q, mfa_pending);
    sql_add(q, SQL(", "));
    sql_text(q, address);
    sql_add(q, SQL(", "));
    sql_text(q, utf8_valid(agent) ? utf8_left(agent, AGENT_MOST) : (Str){ 0 });
    sql_add(q, SQL(")"));
    TRY(db_exec(cx, db, q, NULL));
    ret->v = id;
    return STATUS_OK;
}

Status session_renew(Ctx *cx, Db *db, Id session, Str token)
{
    int64_t changed = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE user_session SET mfa_pending = 0, token_hash = "));
    sql_blob(q, token_digest(cx->arena, token));
    sql_add(q, SQL(", stepped_up_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", seen_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, session);
    TRY(db_exec(cx, db, q, &changed));
    if (changed == 0)
        return FAIL(cx, UNAUTHENTICATED, "session", NULL, "Sign in first.");
    return STATUS_OK;
}

Status sessions_end(Ctx *cx, Db *db, Id user, Id keep, int64_t *ret_ended)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM user_session WHERE user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" AND id <> "));
    sql_int(q, keep.v);
    return db_exec(cx, db, q, ret_ended);
}

// --- handlers

static Status end_noted(Ctx *cx, Db *db, Id user, Id session, bool others, const char *how)
{
    int64_t ended = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM user_session WHERE user_id = "));
    sql_id(q, user);
    if (others)
        sql_add(q, SQL(" AND id <> "));
    else
        sql_add(q, SQL(" AND id = "));
    sql_id(q, session);
    TRY(db_exec(cx, db, q, &ended));
    if (ended == 0 && !others)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    return change_note(cx, db, CHANGE_LOGOUT, "user", user, (Str){ 0 },
                       arena_fmt(cx->arena, "{\"event\":\"%s\"}", how));
}

typedef struct End {
    Id user, session;
    bool others;
    const char *how;
} End;

static Status end_write(Ctx *cx, Db *db, void *arg)
{
    const End *end = arg;
    return end_noted(cx, db, end->user, end->session, end->others, end->how);
}

Status session_delete(Req *rq)
{
    const Session *s = session_of(rq);
    End end = { s->user, s->id, false, "logout" };
    TRY(store_write(rq->cx, auth_store(rq->app), end_write, &end));
    req_set_cookie(rq, "sid", (Str){ 0 });
    return req_reply_json(rq, 204, (Str){ 0 });
}

Status sessions_delete_one(Req *rq)
{
    Id id = { 0 };
    TRY(req_id(rq, &id));
    End end = { session_of(rq)->user, id, false, "session.end" };
    return store_write(rq->cx, auth_store(rq->app), end_write, &end);
}

Status sessions_delete_others(Req *rq)
{
    const Session *s = session_of(rq);
    End end = { s->user, s->id, true, "session.end_others" };
    TRY(store_write(rq->cx, auth_store(rq->app), end_write, &end));
    auth_ended(rq, s->user);
    return STATUS_OK;
}

Status sessions_list(Req *rq)
{
    Ctx *cx = rq->cx;
    const Session *mine = session_of(rq);
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, auth_store(rq->app), &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, created_at, seen_at, address, agent FROM user_session"
                   " WHERE user_id = "));
    sql_id(q, mine->user);
    sql_add(q, SQL(" ORDER BY seen_at DESC, id DESC LIMIT 100"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "items");
    while (stmt_next(st)) {
        json_open(&j);
        json_key_int(&j, "id", stmt_int(st, 0));
        json_key_instant(&j, "created_at", (Instant){ stmt_int(st, 1) });
        json_key_instant(&j, "seen_at", (Instant){ stmt_int(st, 2) });
        json_key_str(&j, "address", stmt_text(st, 3, cx->arena));
        json_key_str(&j, "agent", stmt_text(st, 4, cx->arena));
        json_key_bool(&j, "current", stmt_int(st, 0) == mine->id.v);
        json_close(&j);
    }
    json_close_array(&j);
    json_close(&j);
    TRY(stmt_end(cx, &st));
    return req_reply_json(rq, 200, buf_str(&b));
}
