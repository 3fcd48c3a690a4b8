// Password recovery in five steps: the link on the sign-in page, who are you, a code by mail, a new
// password, done. What is unknown answers like what is known.
#include "auth/auth_internal.h"

#include <inttypes.h>

enum {
    RECOVERY_MS = 10 * 60 * 1000,
    RECOVERY_TRIES = 5,
    RECOVERY_MAILS = 3, // an hour and user
    RECOVERY_RATE = 10, // starts a minute and network
    HOUR_MS = 60 * 60 * 1000,
    CODE_SPACE = 100000000,
};

typedef struct Recovery {
    Str username, email;
    Str ticket, code, link;
    User user;
    bool mail;
} Recovery;

// True when this is a user, the address is his, and he was not mailed too often.
static Status recovery_find(Ctx *cx, Db *db, Recovery *r)
{
    int64_t mails = 0;
    Str email = { 0 };
    Status found = user_find(cx, db, r->username, &r->user);
    if (found != STATUS_OK && found != STATUS_NOT_FOUND)
        return found;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM recovery WHERE created_at > "));
    sql_int(q, cx->now.ms - HOUR_MS);
    sql_add(q, SQL(" AND user_id = "));
    sql_int(q, found == STATUS_OK ? r->user.id.v : 0);
    TRY(db_int(cx, db, q, &mails));
    r->mail = found == STATUS_OK && !r->user.disabled && r->user.email.len > 0 &&
              email_parse(cx->arena, r->email, &email) && str_ieq(email, r->user.email) &&
              mails < RECOVERY_MAILS;
    return STATUS_OK;
}

static Status recovery_sweep(Ctx *cx, Db *db)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM recovery WHERE created_at < "));
    sql_int(q, cx->now.ms - HOUR_MS);
    return db_exec(cx, db, q, NULL);
}

static Status recovery_write(Ctx *cx, Db *db, void *arg)
{
    Recovery *r = arg;
    int64_t id = 0;
    TRY(recovery_sweep(cx, db));
    TRY(recovery_find(cx, db, r));
    TRY(db_next_id(cx, db, SQL("recovery"), &id));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO recovery (id, user_id, ticket_hash, code_hash, link_hash,"
                   " created_at, expires_at) VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", "));
    sql_id(q, r->mail ? r->user.id : (Id){ 0 });
    sql_add(q, SQL(", "));
    sql_blob(q, token_digest(cx->arena, r->ticket));
    sql_add(q, SQL(", "));
    // Eight digits alone could be found again from their digest; with the ticket they cannot.
    sql_blob(q, token_digest(cx->arena, arena_fmt(cx->arena, STR_FMT "|" STR_FMT,
                                                  STR_ARG(r->ticket), STR_ARG(r->code))));
    sql_add(q, SQL(", "));
    sql_blob(q, token_digest(cx->arena, r->link));
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms + RECOVERY_MS);
    sql_add(q, SQL(")"));
    TRY(db_exec(cx, db, q, NULL));
    return change_note(cx, db, CHANGE_SECURITY, "user", r->mail ? r->user.id : (Id){ 0 },
                       (Str){ 0 }, S("{\"event\":\"recovery.start\"}"));
}

static Status recovery_mail(Req *rq, const Recovery *r)
{
    Ctx *cx = rq->cx;
    bool zh = r->user.lang.ordinal == 0;
    Str base = setting_text(cx, "public_url");
    while (str_ends(base, S("/")))
        base.len--;
    // Only from the setting: a Host header is the sender's to choose.
    Str link = base.len == 0 ? (Str){ 0 }
                             : arena_fmt(cx->arena, STR_FMT "/recover?token=" STR_FMT "\r\n",
                                         STR_ARG(base), STR_ARG(r->link));
    Str text =
        arena_fmt(cx->arena,
                  zh ? "您的验证码：" STR_FMT "\r\n" STR_FMT
                       "\r\n10 分钟内有效，只能使用一次。若不是您本人操作，请忽略此邮件。\r\n"
                     : "Your code: " STR_FMT "\r\n" STR_FMT
                       "\r\nValid for 10 minutes, once. If this was not you, ignore this "
                       "mail.\r\n",
                  STR_ARG(r->code), STR_ARG(link));
    return mail_put(cx, auth_of(rq->app), r->mail ? r->user.email : (Str){ 0 },
                    zh ? S("找回密码") : S("Password recovery"), text);
}

Status recovery_start(Req *rq)
{
    static const char *const KEYS[] = { "username", "email", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    if (!bucket_take(auth_of(rq->app), S("recovery"), network_of(cx->arena, rq->peer),
                     RECOVERY_RATE))
        return FAIL(cx, RATE_LIMITED, "rate", NULL, "Too many requests; wait a moment.");
    Recovery r = { .username = json_text(in, "username", (Str){ 0 }),
                   .email = json_text(in, "email", (Str){ 0 }),
                   .ticket = token_new(cx->arena),
                   .link = token_new(cx->arena),
                   .code = arena_fmt(cx->arena, "%08d", (int)(os_random_u64() % CODE_SPACE)) };
    TRY(store_write(cx, auth_store(rq->app), recovery_write, &r));
    TRY(recovery_mail(rq, &r));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "recovery", r.ticket);
    json_close(&j);
    return req_reply_json(rq, 202, buf_str(&b));
}

// --- the code

typedef struct CodeStep {
    Str ticket, code, token;
    bool right;
} CodeStep;

typedef struct Found {
    Id id, user;
    int64_t tries;
    Str code_hash;
} Found;

static Status find_by(Ctx *cx, Db *db, SqlText column, Str digest, Found *ret)
{
    *ret = (Found){ 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, user_id, tries, code_hash FROM recovery WHERE expires_at > "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" AND "));
    sql_add(q, column);
    sql_add(q, SQL(" = "));
    sql_blob(q, digest);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        *ret = (Found){
            { stmt_int(st, 0) }, { stmt_int(st, 1) }, stmt_int(st, 2), stmt_blob(st, 3, cx->arena)
        };
    return stmt_end(cx, &st);
}

static Status code_write(Ctx *cx, Db *db, void *arg)
{
    CodeStep *c = arg;
    Found f = { 0 };
    c->right = false;
    TRY(find_by(cx, db, SQL("ticket_hash"), token_digest(cx->arena, c->ticket), &f));
    Str digest = token_digest(
        cx->arena, arena_fmt(cx->arena, STR_FMT "|" STR_FMT, STR_ARG(c->ticket), STR_ARG(c->code)));
    if (f.id.v == 0 || f.tries >= RECOVERY_TRIES)
        return STATUS_OK;
    bool right = f.user.v != 0 && f.code_hash.len == digest.len &&
                 bytes_equal(f.code_hash.ptr, digest.ptr, digest.len);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE recovery SET tries = tries + 1"));
    if (right) {
        sql_add(q, SQL(", token_hash = "));
        sql_blob(q, token_digest(cx->arena, c->token));
    }
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, f.id);
    TRY(db_exec(cx, db, q, NULL));
    c->right = right;
    return change_note(cx, db, CHANGE_SECURITY, "user", f.user, (Str){ 0 },
                       right ? S("{\"event\":\"recovery.code\"}")
                             : S("{\"event\":\"recovery.code_wrong\"}"));
}

Status recovery_code(Req *rq)
{
    static const char *const KEYS[] = { "recovery", "code", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    CodeStep c = { .ticket = json_text(in, "recovery", (Str){ 0 }),
                   .code = str_trim(json_text(in, "code", (Str){ 0 })),
                   .token = token_new(cx->arena) };
    TRY(store_write(cx, auth_store(rq->app), code_write, &c));
    if (!c.right)
        return FAIL(cx, INVALID, "recovery.code", "code", "is wrong or too old");
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "token", c.token);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}

// --- the new password

typedef struct Reset {
    Str token, phc;
    Id user;
} Reset;

static Status reset_find(Ctx *cx, Db *db, Str token, Found *ret)
{
    Str digest = token_digest(cx->arena, token);
    TRY(find_by(cx, db, SQL("token_hash"), digest, ret));
    if (ret->id.v == 0)
        TRY(find_by(cx, db, SQL("link_hash"), digest, ret));
    if (ret->id.v == 0 || ret->user.v == 0)
        return FAIL(cx, INVALID, "recovery.token", "token", "is wrong, used or too old");
    return STATUS_OK;
}

static Status reset_write(Ctx *cx, Db *db, void *arg)
{
    Reset *r = arg;
    Found f = { 0 };
    User u = { 0 };
    TRY(reset_find(cx, db, r->token, &f)); // again: between, another may have used it
    TRY(user_load(cx, db, f.user, &u));
    if (u.disabled)
        return FAIL(cx, INVALID, "recovery.token", "token", "is wrong, used or too old");
    r->user = u.id;
    return password_set(cx, db, u.id, r->phc, false, (Id){ 0 }, "recovery.password");
}

Status recovery_password(Req *rq)
{
    static const char *const KEYS[] = { "token", "password", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    Str password = json_text(in, "password", (Str){ 0 });
    Reset r = { .token = json_text(in, "token", (Str){ 0 }) };
    {
        Found f = { 0 };
        User u = { 0 };
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, auth_store(rq->app), &db));
        TRY(reset_find(cx, db, r.token, &f));
        TRY(user_load(cx, db, f.user, &u));
        TRY(password_check_for(cx, password, "password", &u));
    }
    TRY(password_make(cx, auth_of(rq->app), password, &r.phc));
    TRY(store_write(cx, auth_store(rq->app), reset_write, &r));
    auth_ended(rq, r.user);
    return STATUS_OK;
}
