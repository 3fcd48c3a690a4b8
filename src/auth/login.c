// Sign-in. A wrong name and a wrong password look the same in status, body, time and writes.
#include "auth/auth_internal.h"

enum { DEVICES_MOST = 10, RETRY_S = 60 };
static const int64_t DEVICE_MS = 180LL * 24 * 60 * 60 * 1000;

typedef struct Login {
    Auth *auth;
    Str username, password, network, address, agent;
    const Json *captcha;
    Str device;       // digest of the cookie, when it is known for this user
    Str device_token; // a new cookie
    Attempt attempt;
    User user;
    bool exists;
    Str phc, better_phc;
    Str token;
    Id session;
    Req *rq;
    Str reply;
} Login;

static Str device_cookie(const Req *rq)
{
    Str v = req_cookie(rq, "device");
    return v.len > 128 ? (Str){ 0 } : v;
}

static Status device_known(Ctx *cx, Db *db, Id user, Str digest, bool *ret)
{
    int64_t one = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT 1 FROM known_device WHERE user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" AND device_hash = "));
    sql_blob(q, digest);
    sql_add(q, SQL(" AND seen_at > "));
    sql_int(q, cx->now.ms - DEVICE_MS);
    Status s = db_int(cx, db, q, &one);
    *ret = s == STATUS_OK;
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static Status device_keep(Ctx *cx, Db *db, Id user, Str digest)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO known_device (user_id, device_hash, seen_at) VALUES ("));
    sql_id(q, user);
    sql_add(q, SQL(", "));
    sql_blob(q, digest);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q,
            SQL(") ON CONFLICT (user_id, device_hash) DO UPDATE SET seen_at = excluded.seen_at"));
    TRY(db_exec(cx, db, q, NULL));
    Sql *old = sql_new(cx->arena, db);
    sql_add(old, SQL("DELETE FROM known_device WHERE user_id = "));
    sql_id(old, user);
    sql_add(old, SQL(" AND device_hash NOT IN (SELECT device_hash FROM known_device"
                     " WHERE user_id = "));
    sql_id(old, user);
    sql_add(old, SQL(" ORDER BY seen_at DESC LIMIT "));
    sql_int(old, DEVICES_MOST);
    sql_add(old, SQL(")"));
    return db_exec(cx, db, old, NULL);
}

// Counts before anything is judged, so that many at once cannot all pass under the limit.
static Status login_count(Ctx *cx, Db *db, void *arg)
{
    Login *l = arg;
    if (l->captcha != NULL)
        TRY(captcha_take(cx, db, l->network, l->captcha));
    return attempt_count(cx, db, &l->attempt, l->captcha != NULL);
}

static Status login_find(Ctx *cx, Store *s, Login *l, Str device)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    Status found = user_find(cx, db, l->username, &l->user);
    if (found != STATUS_OK && found != STATUS_NOT_FOUND)
        return found;
    l->exists = found == STATUS_OK && !l->user.disabled;
    // The same statements for nobody: id 0 has no row.
    Id id = l->exists ? l->user.id : (Id){ 0 };
    TRY(password_of(cx, db, id, &l->phc));
    bool known = false;
    Str digest = token_digest(cx->arena, device);
    TRY(device_known(cx, db, id, digest, &known));
    if (known && device.len > 0)
        l->device = digest;
    return STATUS_OK;
}

// Names the account that was tried only when there is one: what was typed may be a password.
static Status login_failed(Ctx *cx, Db *db, void *arg)
{
    const Login *l = arg;
    Id id = l->exists ? l->user.id : (Id){ 0 };
    return change_note(cx, db, CHANGE_LOGIN_FAILED, "user", id, (Str){ 0 },
                       S("{\"event\":\"login\"}"));
}

// Past the change log: the sign-in itself is there, and the record's version stays.
static Status login_seen(Ctx *cx, Db *db, Id user)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE app_user SET last_login_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, user);
    return db_exec(cx, db, q, NULL);
}

// Hashing takes long: meanwhile the password may have been changed or the user disabled.
static Status still_right(Ctx *cx, Db *db, const Login *l)
{
    Str phc = { 0 };
    User u = { 0 };
    Status found = user_find(cx, db, l->username, &u);
    if (found != STATUS_OK && found != STATUS_NOT_FOUND)
        return found;
    TRY(password_of(cx, db, l->user.id, &phc));
    if (found == STATUS_NOT_FOUND || u.disabled || u.id.v != l->user.id.v || !str_eq(phc, l->phc))
        return FAIL(cx, UNAUTHENTICATED, "login.wrong", NULL, "The username or password is wrong.");
    return STATUS_OK;
}

// Written within the transaction: an answer that fails leaves no session behind.
static Status signed_in_json(Req *rq, Db *db, Str *ret)
{
    Buf b = buf_new(rq->cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    TRY(me_json(rq, db, &j, true));
    *ret = buf_str(&b);
    return STATUS_OK;
}

static Status login_write(Ctx *cx, Db *db, void *arg)
{
    Login *l = arg;
    bool pending = l->user.totp;
    TRY(login_seen(cx, db, l->user.id)); // holds the row
    TRY(still_right(cx, db, l));
    TRY(attempt_right(cx, db, &l->attempt));
    if (l->better_phc.len > 0)
        TRY(password_store(cx, db, l->user.id, l->better_phc));
    TRY(device_keep(cx, db, l->user.id,
                    l->device.len > 0 ? l->device : token_digest(cx->arena, l->device_token)));
    TRY(change_note(cx, db, CHANGE_LOGIN, "user", l->user.id, (Str){ 0 },
                    pending ? S("{\"event\":\"login.first_factor\"}")
                            : S("{\"event\":\"login\"}")));
    TRY(session_start(cx, db, l->user.id, l->token, l->address, l->agent, pending, &l->session));
    Session *session = arena_new(cx->arena, Session);
    *session = (Session){ .id = l->session,
                          .user = l->user.id,
                          .mfa_pending = pending,
                          .csrf = session_csrf(cx, l->token),
                          .stepped_up_at = cx->now };
    l->rq->session = session;
    return signed_in_json(l->rq, db, &l->reply);
}

static void as_user(Ctx *cx, const Login *l)
{
    Access *a = arena_new(cx->arena, Access);
    *a = *access_nobody(cx, l->address);
    a->user = l->user.id;
    a->session = session_digest(cx->arena, l->token);
    cx->access = a;
}

static Status login_body(Req *rq, Login *l)
{
    static const char *const KEYS[] = { "username", "password", "captcha", NULL };
    static const char *const ANSWER[] = { "algorithm", "challenge", "salt", "signature",
                                          "number",    "max",       NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    l->username = json_text(in, "username", (Str){ 0 });
    l->password = json_text(in, "password", (Str){ 0 });
    const Json *captcha = json_get(in, "captcha");
    if (captcha != NULL && captcha->kind != JSON_NULL_NODE) {
        TRY(json_only(cx, captcha, ANSWER));
        l->captcha = captcha;
    }
    if (l->username.len == 0)
        (void)FAIL(cx, INVALID, "required", "username", "is required");
    if (l->password.len == 0)
        (void)FAIL(cx, INVALID, "required", "password", "is required");
    return ctx_status(cx);
}

static void retry_after(Req *rq, Status s)
{
    if (s == STATUS_RATE_LIMITED)
        req_set_header(rq, "Retry-After", arena_fmt(rq->cx->arena, "%d", RETRY_S));
}

static Status login_judge(Req *rq, Login *l)
{
    Ctx *cx = rq->cx;
    Store *store = auth_store(rq->app);
    bool right = false;
    TRY(store_write(cx, store, login_count, l));
    // Longer than any password can be: judged without the work, but not quicker than others.
    Str tried = l->password.len > 4 * LIMIT_PASSWORD_MAX ? S("too long") : l->password;
    TRY(password_try(cx, l->auth, l->exists ? l->phc : (Str){ 0 }, tried, &right));
    if (!right || tried.len != l->password.len) {
        TRY(store_write(cx, store, login_failed, l));
        return FAIL(cx, UNAUTHENTICATED, "login.wrong", NULL, "The username or password is wrong.");
    }
    if (password_is_weak_hash(l->phc))
        TRY(password_make(cx, l->auth, l->password, &l->better_phc));
    return STATUS_OK;
}

Status login_post(Req *rq)
{
    Ctx *cx = rq->cx;
    Login l = { .rq = rq,
                .auth = auth_of(rq->app),
                .address = rq->peer,
                .agent = req_header(rq, "User-Agent"),
                .network = network_of(cx->arena, rq->peer) };
    Store *store = auth_store(rq->app);
    TRY(login_body(rq, &l));
    TRY(login_find(cx, store, &l, device_cookie(rq)));
    l.attempt = attempt_of(cx, l.username, l.network, l.device);
    Status s = login_judge(rq, &l);
    retry_after(rq, s);
    TRY(s);
    l.token = token_new(cx->arena);
    l.device_token = token_new(cx->arena);
    as_user(cx, &l);
    TRY(store_write(cx, store, login_write, &l));
    req_set_cookie(rq, "sid", l.token);
    if (l.device.len == 0)
        req_set_cookie(rq, "device", l.device_token);
    return req_reply_json(rq, 201, l.reply);
}

Status login_captcha(Req *rq)
{
    Ctx *cx = rq->cx;
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    captcha_json(cx, network_of(cx->arena, rq->peer), &j);
    return req_reply_json(rq, 200, buf_str(&b));
}

// --- second factor

typedef struct Code {
    Id user, session;
    Str code, token;
    bool right;
    Req *rq; // NULL: no answer of a fresh sign-in is wanted
    Str reply;
} Code;

static Status code_count(Ctx *cx, Db *db, void *arg)
{
    const Code *c = arg;
    return attempt_code(cx, db, c->user);
}

static Status code_write(Ctx *cx, Db *db, void *arg)
{
    Code *c = arg;
    bool right = false;
    TRY(mfa_check(cx, db, c->user, c->code, &right));
    c->right = right;
    if (!right)
        return change_note(cx, db, CHANGE_LOGIN_FAILED, "user", c->user, (Str){ 0 },
                           S("{\"event\":\"login.code\"}"));
    TRY(attempt_code_right(cx, db, c->user));
    TRY(session_renew(cx, db, c->session, c->token));
    TRY(change_note(cx, db, CHANGE_LOGIN, "user", c->user, (Str){ 0 },
                    S("{\"event\":\"login.code\"}")));
    if (c->rq == NULL)
        return STATUS_OK;
    session_of(c->rq)->mfa_pending = false;
    session_of(c->rq)->csrf = session_csrf(cx, c->token);
    return signed_in_json(c->rq, db, &c->reply);
}

static Status code_judge(Req *rq, Code *c)
{
    Ctx *cx = rq->cx;
    Status s = store_write(cx, auth_store(rq->app), code_count, c);
    retry_after(rq, s);
    TRY(s);
    TRY(store_write(cx, auth_store(rq->app), code_write, c));
    if (!c->right)
        return FAIL(cx, UNAUTHENTICATED, "code.wrong", "code", "The code is wrong or was used.");
    return STATUS_OK;
}

Status login_mfa(Req *rq)
{
    static const char *const KEYS[] = { "code", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    Session *session = session_of(rq);
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    if (!session->mfa_pending)
        return FAIL(cx, CONFLICT, "code.not_asked", NULL, "No code is asked for.");
    Code c = { .rq = rq,
               .user = session->user,
               .session = session->id,
               .code = json_text(in, "code", (Str){ 0 }),
               .token = token_new(cx->arena) };
    TRY(code_judge(rq, &c));
    req_set_cookie(rq, "sid", c.token);
    return req_reply_json(rq, 200, c.reply);
}

// --- a fresh proof, for what must not be done from a forgotten window

static Status step_count(Ctx *cx, Db *db, void *arg)
{
    const Login *l = arg;
    return attempt_count(cx, db, &l->attempt, true);
}

static Status step_right(Ctx *cx, Db *db, void *arg)
{
    const Login *l = arg;
    return attempt_right(cx, db, &l->attempt);
}

static Status step_renew(Ctx *cx, Db *db, void *arg)
{
    const Code *c = arg;
    TRY(session_renew(cx, db, c->session, c->token));
    return change_note(cx, db, CHANGE_SECURITY, "user", c->user, (Str){ 0 },
                       S("{\"event\":\"step_up\"}"));
}

Status password_again(Req *rq, Str password, const char *field, User *ret)
{
    Ctx *cx = rq->cx;
    Login login = { .auth = auth_of(rq->app) };
    Login *l = &login;
    bool right = false;
    {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, auth_store(rq->app), &db));
        TRY(user_load(cx, db, session_of(rq)->user, &l->user));
        TRY(password_of(cx, db, l->user.id, &l->phc));
    }
    l->attempt = attempt_of(cx, l->user.username, network_of(cx->arena, rq->peer), (Str){ 0 });
    Status s = store_write(cx, auth_store(rq->app), step_count, l);
    retry_after(rq, s);
    TRY(s);
    TRY(password_try(cx, l->auth, l->phc, password, &right));
    if (!right)
        return FAIL(cx, INVALID, "password.wrong", field, "is wrong");
    *ret = l->user;
    return store_write(cx, auth_store(rq->app), step_right, l);
}

Status login_step_up(Req *rq)
{
    static const char *const KEYS[] = { "password", "code", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    Session *session = session_of(rq);
    User me = { 0 };
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    TRY(password_again(rq, json_text(in, "password", (Str){ 0 }), "password", &me));
    Code c = { .user = session->user,
               .session = session->id,
               .code = json_text(in, "code", (Str){ 0 }),
               .token = token_new(cx->arena) };
    if (me.totp)
        TRY(code_judge(rq, &c));
    else
        TRY(store_write(cx, auth_store(rq->app), step_renew, &c));
    req_set_cookie(rq, "sid", c.token);
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "csrf", session_csrf(cx, c.token));
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
