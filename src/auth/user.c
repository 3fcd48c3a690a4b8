// Users as records: their fields, the rules about changing them, and their roles.
#include "auth/auth_internal.h"

#include <inttypes.h>

const ChoiceDef LANGS[] = {
    { "zh-CN", { "简体中文", "Simplified Chinese" } },
    { "en", { "英文", "English" } },
    { NULL, { NULL, NULL } },
};

Str username_normal(Arena *a, Str s)
{
    return text_fold(a, str_trim(s));
}

// Letters of any script, digits and . _ - @: what people type without thinking, nothing that could
// be taken for another sign in lists and logs.
static Status check_username(Ctx *cx, const Field *f, Value *v)
{
    Str s = username_normal(cx->arena, v->text);
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = utf8_next(s, &at);
        bool plain = cp < 0x80;
        char c = (char)cp;
        if (plain && !ascii_is_alpha(c) && !ascii_is_digit(c) && strchr("._-@", c) == NULL)
            return FAIL(cx, INVALID, "username.letters", f->name.ptr,
                        "may hold letters, digits and . _ - @ only");
    }
    if (!text_is_clean(s, false) || utf8_count(s) < 2)
        return FAIL(cx, INVALID, "username.letters", f->name.ptr,
                    "may hold letters, digits and . _ - @ only");
    v->text = s;
    return STATUS_OK;
}

static Status check_email(Ctx *cx, const Field *f, Value *v)
{
    if (!email_parse(cx->arena, v->text, &v->text))
        return FAIL(cx, INVALID, "email.format", f->name.ptr, "is not an e-mail address");
    return STATUS_OK;
}

static Status check_phone(Ctx *cx, const Field *f, Value *v)
{
    if (phone_parse(cx->arena, v->text, cx->catalog->region, &v->text) == PHONE_INVALID)
        return FAIL(cx, INVALID, "phone.format", f->name.ptr, "is not a phone number");
    return STATUS_OK;
}

static const Field USER_DEFS[] = {
#define FIELD(type, name, ...) FIELD_ROW(User, name, __VA_ARGS__),
#include "auth/user.def"
#undef FIELD
};

Status exec_id(Ctx *cx, Db *db, SqlText text, Id id, int64_t *ret_changed)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, text);
    sql_id(q, id);
    return db_exec(cx, db, q, ret_changed);
}

Status count_id(Ctx *cx, Db *db, SqlText text, Id id, int64_t *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, text);
    sql_id(q, id);
    return db_int(cx, db, q, ret);
}

Status rights_changed(Ctx *cx, Db *db)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE rights_version SET version = version + 1 WHERE id = 1"));
    return db_exec(cx, db, q, NULL);
}

const Access *access_elevated(Ctx *cx)
{
    Access *a = arena_new(cx->arena, Access);
    if (cx->access != NULL)
        *a = *cx->access;
    a->all = true;
    a->read_only = false;
    return a;
}

const Access *access_nobody(Ctx *cx, Str address)
{
    Access *a = arena_new(cx->arena, Access);
    size_t n = cx->catalog == NULL ? 0 : cx->catalog->nentities;
    EntityAccess *entities = arena_array(cx->arena, EntityAccess, n + 1);
    for (size_t i = 0; i < n; i++)
        entities[i].field = arena_array(cx->arena, uint8_t, cx->catalog->entities[i].nfields + 1);
    *a = (Access){ .entities = entities, .origin = ORIGIN_PAGE, .address = address };
    return a;
}

// --- reading whoever asks

static Status user_read(Ctx *cx, Db *db, Id id, Str username, User *ret)
{
    const EntityInfo *e = catalog_of(cx, &user_entity);
    Mask all = mask_all(e);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT "));
    entity_columns(q, e, &all);
    sql_add(q, SQL(" FROM app_user t WHERE t.deleted_at IS NULL AND "));
    if (id.v != 0) {
        sql_add(q, SQL("t.id = "));
        sql_id(q, id);
    } else {
        sql_add(q, SQL("t.username = "));
        sql_text(q, username);
    }
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (!stmt_next(st)) {
        TRY(stmt_end(cx, &st));
        return STATUS_NOT_FOUND;
    }
    *ret = (User){ 0 };
    TRY(entity_read(cx, e, &all, st, 0, cx->arena, ret));
    return stmt_end(cx, &st);
}

Status user_load(Ctx *cx, Db *db, Id id, User *ret)
{
    Status s = user_read(cx, db, id, (Str){ 0 }, ret);
    return s == STATUS_NOT_FOUND ? FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record")
                                 : s;
}

Status user_find(Ctx *cx, Db *db, Str username, User *ret)
{
    return user_read(cx, db, (Id){ 0 }, username_normal(cx->arena, username), ret);
}

// --- rules

static Status user_require_below(Ctx *cx, Db *db, Id user)
{
    const Access *actor = cx->access;
    if (actor != NULL && (actor->all || (user.v != 0 && actor->user.v == user.v)))
        return STATUS_OK;
    RoleSet set = { 0 };
    Rights *held = NULL;
    TRY(roles_load(cx, db, &set));
    TRY(rights_of_user(cx, db, &set, user, &held));
    return rights_require(cx, db, &set, held);
}

static Status check_department(Ctx *cx, Db *db, Id department)
{
    int64_t found = 0;
    if (department.v == 0)
        return STATUS_OK;
    Status s = count_id(cx, db, SQL("SELECT 1 FROM department WHERE deleted_at IS NULL AND id = "),
                        department, &found);
    if (s == STATUS_NOT_FOUND)
        return FAIL(cx, INVALID, "ref", "department_id", "there is no such department");
    return s;
}

static Status check_taken(Ctx *cx, Db *db, const User *u)
{
    int64_t other = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM app_user WHERE username = "));
    sql_text(q, u->username);
    sql_add(q, SQL(" AND id <> "));
    sql_int(q, u->id.v);
    Status s = db_int(cx, db, q, &other);
    if (s == STATUS_OK)
        return FAIL(cx, CONFLICT, "username.taken", "username", "is taken already");
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static Status check_leaving(Ctx *cx, Db *db, Id user)
{
    if (cx->access != NULL && cx->access->user.v == user.v)
        return FAIL(cx, CONFLICT, "user.self", NULL, "You cannot remove yourself.");
    return user_keep_administrator(cx, db, user);
}

static Status user_check(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)e;
    const User *was = before;
    const User *u = after;
    if (was != NULL)
        TRY(user_require_below(cx, db, was->id));
    if (u == NULL)
        return check_leaving(cx, db, was->id);
    if (was == NULL || !str_eq(was->username, u->username))
        TRY(check_taken(cx, db, u));
    if (was != NULL && was->department_id.v == u->department_id.v)
        return STATUS_OK;
    // "Department and below" follows the department: nobody widens his own view by moving himself.
    if (was != NULL && cx->access != NULL && !cx->access->all && cx->access->user.v == was->id.v)
        return FAIL(cx, FORBIDDEN, "rights.self", "department_id",
                    "you cannot change your own department");
    return check_department(cx, db, u->department_id);
}

static Status user_gone(Ctx *cx, Db *db, Id user)
{
    TRY(user_hold(cx, db, user));
    TRY(sessions_end(cx, db, user, (Id){ 0 }, NULL));
    TRY(user_drop_recoveries(cx, db, user));
    return exec_id(cx, db, SQL("DELETE FROM known_device WHERE user_id = "), user, NULL);
}

static Status user_changed(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                           const void *after)
{
    (void)e;
    const User *was = before;
    const User *u = after;
    if (u == NULL)
        TRY(user_gone(cx, db, was->id));
    else if (was == NULL)
        TRY(user_require_below(cx, db, u->id)); // undelete: he may still hold roles
    else if (!str_eq(was->email, u->email))
        TRY(user_drop_recoveries(cx, db, u->id));
    if (u != NULL && was != NULL && was->department_id.v == u->department_id.v &&
        was->disabled == u->disabled)
        return STATUS_OK;
    return rights_changed(cx, db);
}

Status user_to_change(Ctx *cx, Db *db, Id id, User *ret)
{
    const EntityInfo *e = catalog_of(cx, &user_entity);
    User *row = row_new(cx->arena, e);
    TRY(query_one_to_change(cx, db, e, id, BIN_LIVE, row));
    TRY(user_require_below(cx, db, id));
    return user_load(cx, db, id, ret);
}

Status user_write(Ctx *cx, Db *db, Id id, User *patch, Str reason)
{
    const Access *mine = cx->access;
    cx->access = access_elevated(cx);
    Status s = change_update(cx, db, catalog_of(cx, &user_entity), id, 0, patch, reason, NULL);
    cx->access = mine;
    return s;
}

Status user_hold(Ctx *cx, Db *db, Id user)
{
    return exec_id(cx, db, SQL("UPDATE app_user SET last_login_at = last_login_at WHERE id = "),
                   user, NULL);
}

// --- the last administrator

Status user_is_last_administrator(Ctx *cx, Db *db, Id user, bool *ret)
{
    int64_t is_one = 0;
    int64_t others = 0;
    TRY(count_id(cx, db,
                 SQL("SELECT count(*) FROM user_role ur JOIN role r ON r.id = ur.role_id"
                     " WHERE r.builtin = 'administrator' AND ur.user_id = "),
                 user, &is_one));
    TRY(count_id(cx, db,
                 SQL("SELECT count(*) FROM user_role ur JOIN role r ON r.id = ur.role_id"
                     " JOIN app_user u ON u.id = ur.user_id"
                     " JOIN user_login l ON l.user_id = u.id"
                     " WHERE r.builtin = 'administrator' AND u.deleted_at IS NULL"
                     " AND u.disabled = 0 AND u.id <> "),
                 user, &others));
    *ret = is_one > 0 && others == 0;
    return STATUS_OK;
}

Status user_keep_administrator(Ctx *cx, Db *db, Id user)
{
    bool last = false;
    // Two administrators who disable each other at the same moment wait here for one another.
    TRY(rights_changed(cx, db));
    TRY(user_is_last_administrator(cx, db, user, &last));
    if (last)
        return FAIL(cx, CONFLICT, "administrator.last", NULL,
                    "This is the last administrator; make another one first.");
    return STATUS_OK;
}

// --- roles of a user

static Status note_roles(Ctx *cx, Db *db, Id user, const int64_t *before, size_t nbefore,
                         const int64_t *after, size_t nafter)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "event", S("user.roles"));
    json_key_open_array(&j, "before");
    for (size_t i = 0; i < nbefore; i++)
        json_int(&j, before[i]);
    json_close_array(&j);
    json_key_open_array(&j, "after");
    for (size_t i = 0; i < nafter; i++)
        json_int(&j, after[i]);
    json_close_array(&j);
    json_close(&j);
    return change_note(cx, db, CHANGE_SECURITY, "user", user, (Str){ 0 }, buf_str(&b));
}

typedef VEC(int64_t) Ids;

static Status roles_of(Ctx *cx, Db *db, Id user, Ids *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT role_id FROM user_role WHERE user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" ORDER BY role_id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, ret) = stmt_int(st, 0);
    return stmt_end(cx, &st);
}

static bool ids_have(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (ids[i] == id)
            return true;
    return false;
}

// Every role that comes or goes must be within what the caller holds himself.
static Status require_differences(Ctx *cx, Db *db, const RoleSet *set, const Ids *before,
                                  const int64_t *roles, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const RoleNode *r = roles_find(set, (Id){ roles[i] });
        if (r == NULL)
            return FAIL(cx, INVALID, "ref", "roles", "there is no role %" PRId64, roles[i]);
        if (!ids_have(before->ptr, before->len, roles[i]))
            TRY(rights_require(cx, db, set, rights_of_role(cx, set, r)));
    }
    for (size_t i = 0; i < before->len; i++) {
        const RoleNode *r = roles_find(set, (Id){ before->ptr[i] });
        if (r != NULL && !ids_have(roles, n, r->id.v))
            TRY(rights_require(cx, db, set, rights_of_role(cx, set, r)));
    }
    return STATUS_OK;
}

static Status drops_administrator(const RoleSet *set, const Ids *before, const int64_t *roles,
                                  size_t n, bool *ret)
{
    *ret = false;
    for (size_t i = 0; i < before->len; i++) {
        const RoleNode *r = roles_find(set, (Id){ before->ptr[i] });
        if (r != NULL && role_is_all(r) && !ids_have(roles, n, r->id.v))
            *ret = true;
    }
    return STATUS_OK;
}

Status user_set_roles(Ctx *cx, Db *db, Id user, const int64_t *roles, size_t n)
{
    RoleSet set = { 0 };
    Ids before = { 0 };
    Ids after = { 0 };
    bool drops = false;
    TRY(user_hold(cx, db, user));
    TRY(roles_load(cx, db, &set));
    TRY(roles_of(cx, db, user, &before));
    TRY(user_require_below(cx, db, user));
    TRY(require_differences(cx, db, &set, &before, roles, n));
    TRY(drops_administrator(&set, &before, roles, n, &drops));
    if (drops)
        TRY(user_keep_administrator(cx, db, user));
    TRY(exec_id(cx, db, SQL("DELETE FROM user_role WHERE user_id = "), user, NULL));
    for (size_t i = 0; i < n; i++) {
        if (ids_have(after.ptr, after.len, roles[i]))
            continue;
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("INSERT INTO user_role (user_id, role_id) VALUES ("));
        sql_id(q, user);
        sql_add(q, SQL(", "));
        sql_int(q, roles[i]);
        sql_add(q, SQL(")"));
        TRY(db_exec(cx, db, q, NULL));
        *vec_add(cx->arena, &after) = roles[i];
    }
    bool same = after.len == before.len;
    for (size_t i = 0; same && i < after.len; i++)
        same = ids_have(before.ptr, before.len, after.ptr[i]);
    if (same)
        return STATUS_OK;
    TRY(note_roles(cx, db, user, before.ptr, before.len, after.ptr, after.len));
    TRY(sessions_end(cx, db, user, (Id){ 0 }, NULL));
    return rights_changed(cx, db);
}

Status user_set_disabled(Ctx *cx, Db *db, Id user, bool disabled)
{
    User patch = { .disabled = disabled };
    row_touch(&patch.row, USER_disabled);
    if (disabled) {
        if (cx->access != NULL && cx->access->user.v == user.v)
            return FAIL(cx, CONFLICT, "user.self", NULL, "You cannot disable yourself.");
        TRY(user_keep_administrator(cx, db, user));
        TRY(user_hold(cx, db, user));
        TRY(sessions_end(cx, db, user, (Id){ 0 }, NULL));
        TRY(user_drop_recoveries(cx, db, user));
    }
    return user_write(cx, db, user, &patch, (Str){ 0 });
}

Status user_drop_recoveries(Ctx *cx, Db *db, Id user)
{
    return exec_id(cx, db, SQL("DELETE FROM recovery WHERE user_id = "), user, NULL);
}

const Entity user_entity = {
    .name = "user",
    .path = "users",
    .label = { "用户", "User" },
    .plural = { "用户", "Users" },
    .table = SQL_INIT("app_user"),
    .search_table = SQL_INIT("app_user_search"),
    .fields = USER_DEFS,
    .nfields = ARRAY_LEN(USER_DEFS),
    .size = sizeof(User),
    .title = USER_name,
    .department = USER_department_id,
    .flags = E_TRASH,
    .check = user_check,
    .changed = user_changed,
};
