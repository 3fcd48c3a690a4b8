// The first administrator: by the set-up page with a one-time token, or from the command line.
// There is never a default account.
#include "auth/auth_internal.h"

enum { SETUP_MS = 30 * 60 * 1000, SETUP_RATE = 10 };

static Status needs_setup(Ctx *cx, Db *db, bool *ret)
{
    int64_t n = 0;
    Sql *q = sql_new(cx->arena, db);
    // Who cannot sign in does not count: a demo store has staff, but nobody with a password.
    sql_add(q, SQL("SELECT count(*) FROM user_login"));
    TRY(db_int(cx, db, q, &n));
    *ret = n == 0;
    return STATUS_OK;
}

Status auth_needs_setup(Ctx *cx, Store *s, bool *ret)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    return needs_setup(cx, db, ret);
}

// --- roles

static Status template_there(Ctx *cx, Db *db, const char *key, bool *ret)
{
    int64_t id = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM role WHERE builtin = "));
    sql_text(q, str_z(key));
    Status s = db_int(cx, db, q, &id);
    *ret = s == STATUS_OK;
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static Status template_make(Ctx *cx, Db *db, const RoleTemplate *t)
{
    Role r = { .name = str_z(t->name.zh),
               .name_en = str_z(t->name.en),
               .builtin = str_z(t->key),
               .description = str_z(t->description.zh) };
    row_touch(&r.row, ROLE_name);
    row_touch(&r.row, ROLE_name_en);
    row_touch(&r.row, ROLE_description);
    row_touch(&r.row, ROLE_builtin);
    TRY(change_create(cx, db, catalog_of(cx, &role_entity), &r, (Str){ 0 }));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO role_rights (role_id, document) VALUES ("));
    sql_id(q, r.id);
    sql_add(q, SQL(", "));
    sql_text(q, template_document(cx->arena, t));
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

Status templates_make(Ctx *cx, Db *db)
{
    for (size_t i = 0; i < ROLE_TEMPLATES_LEN; i++) {
        bool there = false;
        TRY(template_there(cx, db, ROLE_TEMPLATES[i].key, &there));
        if (!there)
            TRY(template_make(cx, db, &ROLE_TEMPLATES[i]));
    }
    return STATUS_OK;
}

// --- the administrator

static Status administrator_role(Ctx *cx, Db *db, int64_t *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM role WHERE builtin = 'administrator'"));
    return db_int(cx, db, q, ret);
}

static Status first_rows(Ctx *cx, Db *db, const FirstAdmin *in, Str phc, Id *ret_user)
{
    bool needed = false;
    int64_t role = 0;
    TRY(needs_setup(cx, db, &needed));
    if (!needed)
        return FAIL(cx, CONFLICT, "setup.done", NULL, "The set-up is done already; sign in.");
    TRY(templates_make(cx, db));
    User u = { .username = in->username, .name = in->name };
    row_touch(&u.row, USER_username);
    row_touch(&u.row, USER_name);
    TRY(change_create(cx, db, catalog_of(cx, &user_entity), &u, (Str){ 0 }));
    TRY(password_store(cx, db, u.id, phc));
    TRY(administrator_role(cx, db, &role));
    TRY(user_set_roles(cx, db, u.id, &role, 1));
    TRY(change_note(cx, db, CHANGE_SECURITY, "user", u.id, (Str){ 0 },
                    S("{\"event\":\"administrator.first\"}")));
    *ret_user = u.id;
    return STATUS_OK;
}

Status first_write(Ctx *cx, Db *db, const FirstAdmin *in, Str phc, Id *ret_user)
{
    const Access *mine = cx->access;
    cx->access = access_elevated(cx);
    Status s = first_rows(cx, db, in, phc, ret_user);
    cx->access = mine;
    return s;
}

typedef struct First {
    const FirstAdmin *in;
    Str phc;
    Id user;
} First;

static Status first_alone(Ctx *cx, Db *db, void *arg)
{
    First *f = arg;
    return first_write(cx, db, f->in, f->phc, &f->user);
}

static Status check_first(Ctx *cx, const FirstAdmin *in)
{
    Str near[] = { in->username, in->name };
    if (in->name.len == 0)
        (void)FAIL(cx, INVALID, "required", "name", "is required");
    if (in->username.len == 0)
        (void)FAIL(cx, INVALID, "required", "username", "is required");
    Status s = password_check(cx, in->password, "password", near, ARRAY_LEN(near));
    return s != STATUS_OK ? s : ctx_status(cx);
}

Status auth_first_admin(Ctx *cx, Store *s, const FirstAdmin *in, Id *ret_user)
{
    bool needed = false;
    TRY(auth_needs_setup(cx, s, &needed));
    if (!needed)
        return FAIL(cx, CONFLICT, "setup.done", NULL, "The set-up is done already; sign in.");
    TRY(check_first(cx, in));
    First f = { .in = in, .phc = password_hash(cx->arena, in->password) };
    TRY(store_write(cx, s, first_alone, &f));
    *ret_user = f.user;
    return STATUS_OK;
}

// --- the set-up page

Status auth_setup_token(Ctx *cx, Auth *a, const char *path, Str *ret)
{
    Str token = token_new(cx->arena);
    TRY(os_write_file(cx, path, arena_fmt(cx->arena, STR_FMT "\n", STR_ARG(token)), 0600));
    mutex_lock(&a->lock);
    sha256(token, a->setup_hash);
    a->setup_until.ms = cx->now.ms + SETUP_MS;
    mutex_unlock(&a->lock);
    *ret = token;
    return STATUS_OK;
}

bool setup_token_right(Auth *a, const Ctx *cx, Str token)
{
    uint8_t digest[DIGEST_BYTES];
    sha256(token, digest);
    mutex_lock(&a->lock);
    bool right =
        a->setup_until.ms > cx->now.ms && bytes_equal(digest, a->setup_hash, sizeof(digest));
    mutex_unlock(&a->lock);
    return right;
}

static void setup_token_drop(Auth *a)
{
    mutex_lock(&a->lock);
    a->setup_until.ms = 0;
    wipe(a->setup_hash, sizeof(a->setup_hash));
    mutex_unlock(&a->lock);
}

Status setup_show(Req *rq)
{
    bool needed = false;
    TRY(auth_needs_setup(rq->cx, auth_store(rq->app), &needed));
    return req_reply_json(rq, 200, needed ? S("{\"needed\":true}") : S("{\"needed\":false}"));
}

typedef struct Setup {
    FirstAdmin admin;
    Str settings[4];
    Str phc, token, address, agent;
    Id user, session;
} Setup;

static const struct {
    const char *body, *key;
} ORGANISATION[] = {
    { "organisation", "org.name" },
    { "currency", "org.currency" },
    { "zone", "org.zone" },
    { "lang", "org.lang" },
};

static Status setup_rows(Ctx *cx, Db *db, Setup *s)
{
    for (size_t i = 0; i < ARRAY_LEN(ORGANISATION); i++)
        if (s->settings[i].len > 0)
            TRY(setting_set_text(cx, db, ORGANISATION[i].key, s->settings[i]));
    TRY(change_note(cx, db, CHANGE_LOGIN, "user", s->user, (Str){ 0 }, S("{\"event\":\"setup\"}")));
    return session_start(cx, db, s->user, s->token, s->address, s->agent, false, &s->session);
}

static Status setup_write(Ctx *cx, Db *db, void *arg)
{
    Setup *s = arg;
    TRY(first_write(cx, db, &s->admin, s->phc, &s->user));
    // Stays: the audit rows are written with the access that stands at the end.
    Access *him = arena_new(cx->arena, Access);
    *him = *access_elevated(cx);
    him->user = s->user;
    cx->access = him;
    return setup_rows(cx, db, s);
}

static Status setup_body(Req *rq, Setup *s)
{
    static const char *const KEYS[] = { "token",    "username", "password", "name", "organisation",
                                        "currency", "zone",     "lang",     NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    bool needed = false;
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    if (!bucket_take(auth_of(rq->app), S("setup"), network_of(cx->arena, rq->peer), SETUP_RATE))
        return FAIL(cx, RATE_LIMITED, "rate", NULL, "Too many requests; wait a moment.");
    TRY(auth_needs_setup(cx, auth_store(rq->app), &needed));
    if (!needed)
        return FAIL(cx, CONFLICT, "setup.done", NULL, "The set-up is done already; sign in.");
    if (!setup_token_right(auth_of(rq->app), cx, json_text(in, "token", (Str){ 0 })))
        return FAIL(cx, FORBIDDEN, "setup.token", "token", "is wrong or too old");
    s->admin =
        (FirstAdmin){ json_text(in, "username", (Str){ 0 }), json_text(in, "password", (Str){ 0 }),
                      str_trim(json_text(in, "name", (Str){ 0 })) };
    for (size_t i = 0; i < ARRAY_LEN(ORGANISATION); i++)
        s->settings[i] = json_text(in, ORGANISATION[i].body, (Str){ 0 });
    return check_first(cx, &s->admin);
}

Status setup_post(Req *rq)
{
    Ctx *cx = rq->cx;
    Auth *a = auth_of(rq->app);
    Setup s = { .address = rq->peer, .agent = req_header(rq, "User-Agent") };
    TRY(setup_body(rq, &s));
    TRY(password_make(cx, a, s.admin.password, &s.phc));
    s.token = token_new(cx->arena);
    TRY(store_write(cx, auth_store(rq->app), setup_write, &s));
    setup_token_drop(a);
    if (a->hooks.reload != NULL)
        TRY(a->hooks.reload(rq));
    req_set_cookie(rq, "sid", s.token);
    Session *session = arena_new(cx->arena, Session);
    *session = (Session){
        .id = s.session, .user = s.user, .csrf = session_csrf(cx, s.token), .stepped_up_at = cx->now
    };
    rq->session = session;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, auth_store(rq->app), &db));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    TRY(me_json(rq, db, &j, true));
    return req_reply_json(rq, 201, buf_str(&b));
}
