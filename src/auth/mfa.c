// Second factor: time-based codes (RFC 6238) and ten codes for the day the phone is lost.
#include "auth/auth_internal.h"

enum { CODE_BYTES = 10 }; // 80 bits

static SealPlace place_of(Id user)
{
    return (SealPlace){ .table = "user_login", .column = "totp_secret", .row = user.v };
}

static Status secret_of(Ctx *cx, Db *db, Id user, bool confirmed, Str *ret)
{
    Str sealed = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT totp_secret FROM user_login WHERE totp_secret IS NOT NULL"
                   " AND totp_confirmed = "));
    sql_int(q, confirmed);
    sql_add(q, SQL(" AND user_id = "));
    sql_id(q, user);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        sealed = stmt_blob(st, 0, cx->arena);
    TRY(stmt_end(cx, &st));
    if (sealed.len == 0)
        return FAIL(cx, CONFLICT, "totp.none", NULL, "There is no second factor to check.");
    return unseal(cx, cx->catalog->keys, cx->arena, place_of(user), sealed, ret);
}

// A step counts once: the condition in the UPDATE decides between two who send the same code.
static Status step_take(Ctx *cx, Db *db, Id user, int64_t step, bool *ret)
{
    int64_t changed = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE user_login SET totp_step = "));
    sql_int(q, step);
    sql_add(q, SQL(" WHERE totp_step < "));
    sql_int(q, step);
    sql_add(q, SQL(" AND user_id = "));
    sql_id(q, user);
    TRY(db_exec(cx, db, q, &changed));
    *ret = changed > 0;
    return STATUS_OK;
}

static Str code_normal(Arena *a, Str typed)
{
    Buf b = buf_new(a, 64);
    for (size_t i = 0; i < typed.len && i < 64; i++) {
        char c = typed.ptr[i];
        if (ascii_is_alpha(c))
            buf_char(&b, c >= 'a' ? (char)(c - 32) : c);
        else if (ascii_is_digit(c))
            buf_char(&b, c);
    }
    return buf_str(&b);
}

static Status code_take(Ctx *cx, Db *db, Id user, Str code, bool *ret)
{
    int64_t changed = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE recovery_code SET used_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" WHERE used_at IS NULL AND user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" AND code_hash = "));
    sql_blob(q, token_digest(cx->arena, code));
    TRY(db_exec(cx, db, q, &changed));
    *ret = changed > 0;
    return STATUS_OK;
}

static bool is_six_digits(Str s)
{
    bool digits = s.len == 6;
    for (size_t i = 0; i < s.len; i++)
        digits &= ascii_is_digit(s.ptr[i]);
    return digits;
}

Status mfa_check(Ctx *cx, Db *db, Id user, Str code, bool *ret_right)
{
    Str normal = code_normal(cx->arena, code);
    *ret_right = false;
    if (!is_six_digits(normal))
        return code_take(cx, db, user, normal, ret_right);
    Str secret = { 0 };
    int64_t step = 0;
    TRY(secret_of(cx, db, user, true, &secret));
    if (!totp_check(secret, normal, cx->now, &step))
        return STATUS_OK;
    return step_take(cx, db, user, step, ret_right);
}

static Status mfa_mark(Ctx *cx, Db *db, Id user, bool on)
{
    User patch = { .totp = on };
    row_touch(&patch.row, USER_totp);
    return user_write(cx, db, user, &patch, (Str){ 0 });
}

Status mfa_drop(Ctx *cx, Db *db, Id user)
{
    TRY(exec_id(cx, db,
                SQL("UPDATE user_login SET totp_secret = NULL, totp_confirmed = 0, totp_step = 0"
                    " WHERE user_id = "),
                user, NULL));
    TRY(exec_id(cx, db, SQL("DELETE FROM recovery_code WHERE user_id = "), user, NULL));
    TRY(mfa_mark(cx, db, user, false));
    return change_note(cx, db, CHANGE_SECURITY, "user", user, (Str){ 0 },
                       S("{\"event\":\"totp.off\"}"));
}

// --- handlers

typedef struct Start {
    Id user;
    Str secret;
} Start;

static Status start_write(Ctx *cx, Db *db, void *arg)
{
    const Start *s = arg;
    User u = { 0 };
    int64_t changed = 0;
    TRY(user_load(cx, db, s->user, &u));
    if (u.totp)
        return FAIL(cx, CONFLICT, "totp.on", NULL, "The second factor is on already.");
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE user_login SET totp_confirmed = 0, totp_step = 0, totp_secret = "));
    sql_blob(q, seal(cx->catalog->keys, cx->arena, place_of(s->user), s->secret));
    sql_add(q, SQL(" WHERE user_id = "));
    sql_id(q, s->user);
    TRY(db_exec(cx, db, q, &changed));
    if (changed == 0)
        return FAIL(cx, CONFLICT, "totp.none", NULL, "Set a password first.");
    return change_note(cx, db, CHANGE_SECURITY, "user", s->user, (Str){ 0 },
                       S("{\"event\":\"totp.start\"}"));
}

static Status account_name(Req *rq, Id user, Str *ret)
{
    User u = { 0 };
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, auth_store(rq->app), &db));
    TRY(user_load(rq->cx, db, user, &u));
    *ret = u.username;
    return STATUS_OK;
}

Status totp_start(Req *rq)
{
    Ctx *cx = rq->cx;
    Str account = { 0 };
    Start s = { .user = session_of(rq)->user, .secret = totp_secret(cx->arena) };
    TRY(account_name(rq, s.user, &account));
    TRY(store_write(cx, auth_store(rq->app), start_write, &s));
    Str issuer = setting_text(cx, "org.name");
    Str uri = totp_uri(cx->arena, s.secret, issuer.len > 0 ? issuer : S("Guanxi"), account);
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "secret", totp_base32(cx->arena, s.secret));
    json_key_str(&j, "uri", uri);
    json_key_str(&j, "svg", qr_svg(cx->arena, uri));
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}

typedef struct Confirm {
    Id user, session;
    Str code;
    Str codes[RECOVERY_CODES]; // as shown, "ABCD-EFGH-…"
} Confirm;

static Status codes_store(Ctx *cx, Db *db, const Confirm *c)
{
    TRY(exec_id(cx, db, SQL("DELETE FROM recovery_code WHERE user_id = "), c->user, NULL));
    for (int i = 0; i < RECOVERY_CODES; i++) {
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("INSERT INTO recovery_code (user_id, code_hash) VALUES ("));
        sql_id(q, c->user);
        sql_add(q, SQL(", "));
        sql_blob(q, token_digest(cx->arena, code_normal(cx->arena, c->codes[i])));
        sql_add(q, SQL(")"));
        TRY(db_exec(cx, db, q, NULL));
    }
    return STATUS_OK;
}

static Status confirm_write(Ctx *cx, Db *db, void *arg)
{
    const Confirm *c = arg;
    Str secret = { 0 };
    int64_t step = 0;
    bool fresh = false;
    TRY(secret_of(cx, db, c->user, false, &secret));
    if (totp_check(secret, code_normal(cx->arena, c->code), cx->now, &step))
        TRY(step_take(cx, db, c->user, step, &fresh));
    if (!fresh)
        return FAIL(cx, INVALID, "code.wrong", "code", "The code is wrong or was used.");
    TRY(exec_id(cx, db, SQL("UPDATE user_login SET totp_confirmed = 1 WHERE user_id = "), c->user,
                NULL));
    TRY(codes_store(cx, db, c));
    TRY(mfa_mark(cx, db, c->user, true));
    TRY(sessions_end(cx, db, c->user, c->session, NULL));
    return change_note(cx, db, CHANGE_SECURITY, "user", c->user, (Str){ 0 },
                       S("{\"event\":\"totp.on\"}"));
}

static Str recovery_code_new(Arena *a)
{
    uint8_t bytes[CODE_BYTES];
    os_random(bytes, sizeof(bytes));
    Str text = totp_base32(a, (Str){ (const char *)bytes, sizeof(bytes) }); // 16 letters
    wipe(bytes, sizeof(bytes));
    return arena_fmt(a, "%.4s-%.4s-%.4s-%.4s", text.ptr, text.ptr + 4, text.ptr + 8, text.ptr + 12);
}

Status totp_confirm(Req *rq)
{
    static const char *const KEYS[] = { "code", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    Confirm c = { .user = session_of(rq)->user,
                  .session = session_of(rq)->id,
                  .code = json_text(in, "code", (Str){ 0 }) };
    for (int i = 0; i < RECOVERY_CODES; i++)
        c.codes[i] = recovery_code_new(cx->arena);
    TRY(store_write(cx, auth_store(rq->app), confirm_write, &c));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "codes");
    for (int i = 0; i < RECOVERY_CODES; i++)
        json_str(&j, c.codes[i]);
    json_close_array(&j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}

static Status drop_write(Ctx *cx, Db *db, void *arg)
{
    const Id *user = arg;
    return mfa_drop(cx, db, *user);
}

Status totp_delete(Req *rq)
{
    static const char *const KEYS[] = { "password", NULL };
    const Json *in = NULL;
    User me = { 0 };
    TRY(req_json(rq, &in));
    TRY(json_only(rq->cx, in, KEYS));
    TRY(password_again(rq, json_text(in, "password", (Str){ 0 }), "password", &me));
    return store_write(rq->cx, auth_store(rq->app), drop_write, &me.id);
}
