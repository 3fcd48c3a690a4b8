// The signed-in user about himself.
#include "auth/auth_internal.h"

enum { PREFERENCES_MOST = 64 * 1024 };

static Status add_department(Ctx *cx, Db *db, Id department, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT name FROM department WHERE id = "));
    sql_id(q, department);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    json_key(j, S("department"));
    if (stmt_next(st)) {
        json_open(j);
        json_key_int(j, "id", department.v);
        json_key_str(j, "name", stmt_text(st, 0, cx->arena));
        json_close(j);
    } else {
        json_null(j);
    }
    return stmt_end(cx, &st);
}

static Status add_roles(Ctx *cx, Db *db, Id user, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT r.id, r.name, r.name_en, r.builtin FROM user_role ur"
                   " JOIN role r ON r.id = ur.role_id WHERE r.deleted_at IS NULL"
                   " AND ur.user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" ORDER BY r.id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    json_key_open_array(j, "roles");
    while (stmt_next(st)) {
        RoleNode r = { .id = { stmt_int(st, 0) },
                       .name = stmt_text(st, 1, cx->arena),
                       .name_en = stmt_text(st, 2, cx->arena),
                       .builtin = stmt_text(st, 3, cx->arena) };
        json_open(j);
        json_key_int(j, "id", r.id.v);
        json_key_str(j, "name", role_title(cx, &r));
        if (r.builtin.len > 0)
            json_key_str(j, "builtin", r.builtin);
        else
            json_key_null(j, "builtin");
        json_close(j);
    }
    json_close_array(j);
    return stmt_end(cx, &st);
}

static void text_or_null(JsonOut *j, const char *key, Str s)
{
    if (s.len > 0)
        json_key_str(j, key, s);
    else
        json_key_null(j, key);
}

static Status user_json(Ctx *cx, Db *db, const User *u, JsonOut *j)
{
    json_key_open(j, "user");
    json_key_int(j, "id", u->id.v);
    json_key_str(j, "username", u->username);
    json_key_str(j, "name", u->name);
    text_or_null(j, "email", u->email);
    if (mask_has(&u->row.null, USER_lang))
        json_key_null(j, "lang");
    else
        json_key_str(j, "lang", str_z(LANGS[u->lang.ordinal == 1 ? 1 : 0].name));
    TRY(add_department(cx, db, u->department_id, j));
    TRY(add_roles(cx, db, u->id, j));
    json_key_bool(j, "totp", u->totp);
    json_key_bool(j, "must_change_password", u->must_change_password);
    json_close(j);
    return STATUS_OK;
}

static void permissions_json(Ctx *cx, JsonOut *j)
{
    const Catalog *c = cx->catalog;
    json_key_open_array(j, "permissions");
    for (size_t i = 0; i < c->nentities; i++)
        for (int v = 0; v < VERBS; v++)
            if (may(cx, &c->entities[i], 1u << v))
                json_str(j, arena_fmt(cx->arena, "%s.%s", c->entities[i].entity->name,
                                      may_name(1u << v)));
    for (size_t i = 0; i < c->npermissions; i++)
        if (may_do(cx, c->permissions[i].name))
            json_str(j, str_z(c->permissions[i].name));
    json_close_array(j);
}

static Status preferences_json(Ctx *cx, Db *db, Id user, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT document FROM user_preference WHERE user_id = "));
    sql_id(q, user);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    json_key(j, S("preferences"));
    json_raw(j, stmt_next(st) ? stmt_text(st, 0, cx->arena) : S("{}"));
    return stmt_end(cx, &st);
}

static void preview_json(const Session *s, const User *u, JsonOut *j)
{
    if (s->preview.v == 0) {
        json_key_null(j, "preview");
        return;
    }
    json_key_open(j, "preview");
    json_key_int(j, "id", u->id.v);
    json_key_str(j, "name", u->name);
    json_close(j);
}

Status me_json(Req *rq, Db *db, JsonOut *j, bool login)
{
    Ctx *cx = rq->cx;
    const Session *s = session_of(rq);
    Id shown = s->preview.v != 0 ? s->preview : s->user;
    User u = { 0 };
    json_open(j);
    if (shown.v != 0) {
        TRY(user_load(cx, db, shown, &u));
        TRY(user_json(cx, db, &u, j));
    } else {
        json_key_null(j, "user"); // the host's own socket: the system itself
    }
    text_or_null(j, "csrf", s->csrf);
    if (login) {
        json_key_str(j, "mfa", s->mfa_pending ? S("required") : S("none"));
    } else {
        permissions_json(cx, j);
        preview_json(s, &u, j);
        TRY(preferences_json(cx, db, s->user, j));
    }
    json_close(j);
    return STATUS_OK;
}

Status me_show(Req *rq)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, auth_store(rq->app), &db));
    Buf b = buf_new(rq->cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    TRY(me_json(rq, db, &j, false));
    return req_reply_json(rq, 200, buf_str(&b));
}

// --- changes

typedef struct Change {
    Id user;
    User patch;
    bool email;
    Str preferences;
} Change;

static Status preferences_write(Ctx *cx, Db *db, const Change *c)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO user_preference (user_id, document) VALUES ("));
    sql_id(q, c->user);
    sql_add(q, SQL(", "));
    sql_text(q, c->preferences);
    sql_add(q, SQL(") ON CONFLICT (user_id) DO UPDATE SET document = excluded.document"));
    TRY(db_exec(cx, db, q, NULL));
    return change_note(cx, db, CHANGE_SETTING, "user", c->user, (Str){ 0 },
                       S("{\"event\":\"me.preferences\"}"));
}

static Status change_write(Ctx *cx, Db *db, void *arg)
{
    Change *c = arg;
    if (c->preferences.len > 0)
        TRY(preferences_write(cx, db, c));
    User patch = c->patch; // the engine completes the row; a repeat must start from what was asked
    return user_write(cx, db, c->user, &patch, (Str){ 0 });
}

static Status read_field(Ctx *cx, const Json *in, UserField field, Change *c)
{
    const EntityInfo *e = catalog_of(cx, &user_entity);
    const Field *f = field_at(e, field);
    const Json *node = json_get(in, f->name.ptr);
    Value v = { 0 };
    if (node == NULL)
        return STATUS_OK;
    TRY(value_from_json(cx, f, node, &v));
    row_put(cx->arena, &c->patch, f, v);
    c->email |= field == USER_email;
    return STATUS_OK;
}

static Status read_preferences(Ctx *cx, const Json *in, Change *c)
{
    const Json *node = json_get(in, "preferences");
    if (node == NULL)
        return STATUS_OK;
    Buf b = buf_new(cx->arena, PREFERENCES_MOST);
    JsonOut j = json_out(&b);
    json_write(&j, node);
    if (node->kind != JSON_OBJECT_NODE || !buf_ok(&b))
        return FAIL(cx, INVALID, "format", "preferences", "must be a small object");
    c->preferences = buf_str(&b);
    return STATUS_OK;
}

Status step_up_require(Ctx *cx, const Session *s)
{
    int64_t ms = setting_int(cx, "auth.step_up_minutes") * 60 * 1000;
    if (!s->token && cx->now.ms - s->stepped_up_at.ms <= ms)
        return STATUS_OK;
    return FAIL(cx, FORBIDDEN, "step_up_required", NULL, "Enter your password once more.");
}

Status me_change(Req *rq)
{
    static const char *const KEYS[] = { "name", "email", "lang", "preferences", NULL };
    static const UserField FIELDS[] = { USER_name, USER_email, USER_lang };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    Change c = { .user = session_of(rq)->user };
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    for (size_t i = 0; i < ARRAY_LEN(FIELDS); i++)
        TRY(read_field(cx, in, FIELDS[i], &c));
    TRY(read_preferences(cx, in, &c));
    if (c.email)
        TRY(step_up_require(cx, session_of(rq)));
    TRY(store_write(cx, auth_store(rq->app), change_write, &c));
    return me_show(rq);
}

typedef struct NewPassword {
    Id user, session;
    Str phc, token;
} NewPassword;

static Status password_write(Ctx *cx, Db *db, void *arg)
{
    const NewPassword *p = arg;
    TRY(password_set(cx, db, p->user, p->phc, false, p->session, "password.change"));
    return session_renew(cx, db, p->session, p->token);
}

Status me_password(Req *rq)
{
    static const char *const KEYS[] = { "old", "new", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    User me = { 0 };
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    Str old = json_text(in, "old", (Str){ 0 });
    Str password = json_text(in, "new", (Str){ 0 });
    TRY(password_again(rq, old, "old", &me));
    TRY(password_check_for(cx, password, "new", &me));
    if (str_eq(old, password))
        return FAIL(cx, INVALID, "password.same", "new", "is the old one");
    NewPassword p = { .user = me.id, .session = session_of(rq)->id, .token = token_new(cx->arena) };
    TRY(password_make(cx, auth_of(rq->app), password, &p.phc));
    TRY(store_write(cx, auth_store(rq->app), password_write, &p));
    req_set_cookie(rq, "sid", p.token);
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "csrf", session_csrf(cx, p.token));
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
