// Who has a role, from the role's side, and the matrix of what it holds.
#include "auth/auth_internal.h"

typedef VEC(int64_t) Ids;

static Status ids_of(Ctx *cx, Db *db, SqlText text, Id id, Ids *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, text);
    sql_id(q, id);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, ret) = stmt_int(st, 0);
    return stmt_end(cx, &st);
}

// The user's roles with `from` replaced by `to`.
static Status move_one(Ctx *cx, Db *db, Id user, Id from, Id to)
{
    Ids roles = { 0 };
    Ids then = { 0 };
    TRY(ids_of(cx, db, SQL("SELECT role_id FROM user_role WHERE user_id = "), user, &roles));
    for (size_t i = 0; i < roles.len; i++)
        if (roles.ptr[i] != from.v)
            *vec_add(cx->arena, &then) = roles.ptr[i];
    *vec_add(cx->arena, &then) = to.v;
    return user_set_roles(cx, db, user, then.ptr, then.len);
}

Status role_move_users(Ctx *cx, Db *db, Id from, Id to, int64_t *ret_moved)
{
    RoleSet set = { 0 };
    Ids users = { 0 };
    TRY(roles_load(cx, db, &set));
    if (roles_find(&set, from) == NULL)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    if (roles_find(&set, to) == NULL || from.v == to.v)
        return FAIL(cx, INVALID, "ref", "to", "must be another role");
    TRY(ids_of(cx, db, SQL("SELECT user_id FROM user_role WHERE role_id = "), from, &users));
    for (size_t i = 0; i < users.len; i++)
        TRY(move_one(cx, db, (Id){ users.ptr[i] }, from, to));
    *ret_moved = (int64_t)users.len;
    return STATUS_OK;
}

// Those the caller may see.
Status role_users(Ctx *cx, Db *db, Id role, int limit, JsonOut *j)
{
    Ids users = { 0 };
    Rows rows = { 0 };
    TRY(ids_of(cx, db, SQL("SELECT user_id FROM user_role WHERE role_id = "), role, &users));
    Query query = query_of(cx, catalog_of(cx, &user_entity));
    query.ids = users.ptr;
    query.nids = users.len > LIMIT_SQL_PARAMS / 2 ? LIMIT_SQL_PARAMS / 2 : users.len;
    query.limit = limit;
    json_open(j);
    json_key_open_array(j, "items");
    if (users.len > 0)
        TRY(query_rows(cx, db, &query, &rows));
    for (size_t i = 0; i < rows.len; i++) {
        const User *u = rows.ptr[i];
        json_open(j);
        json_key_int(j, "id", u->id.v);
        json_key_str(j, "username", u->username);
        json_key_str(j, "name", u->name);
        json_key_bool(j, "disabled", u->disabled);
        json_close(j);
    }
    json_close_array(j);
    json_key_int(j, "count", (int64_t)users.len);
    json_close(j);
    return STATUS_OK;
}

// --- the matrix

static void tri(JsonOut *j, const char *key, int8_t v)
{
    if (v < 0)
        json_key_null(j, key);
    else
        json_key_bool(j, key, v == 1);
}

static void scope_json(JsonOut *j, const char *key, bool set, const ScopeRight *s)
{
    json_key(j, str_z(key));
    if (!set) {
        json_null(j);
    } else if (s->nfilters > 0) {
        json_open(j);
        json_key(j, S("filter"));
        json_raw(j, s->filters[0]);
        json_close(j);
    } else {
        json_str(j, (s->kinds & SCOPE_ALL) != 0          ? S("all")
                    : (s->kinds & SCOPE_TREE) != 0       ? S("tree")
                    : (s->kinds & SCOPE_DEPARTMENT) != 0 ? S("department")
                    : (s->kinds & SCOPE_OWN) != 0        ? S("own")
                                                         : S("none"));
    }
}

static const char *const LEVELS[] = { "none", "masked", "read", "write" };

typedef struct Matrix {
    bool all;
    const Layer *own, *above, *whole;
    JsonOut *j;
} Matrix;

static void function_json(Matrix *m, Str name, int8_t own, int8_t above)
{
    json_open(m->j);
    json_key_str(m->j, "name", name);
    tri(m->j, "own", own);
    tri(m->j, "inherited", above);
    json_key_bool(m->j, "effective", m->all || (own >= 0 ? own == 1 : above == 1));
    json_close(m->j);
}

static void functions_json(Ctx *cx, Matrix *m)
{
    const Catalog *c = cx->catalog;
    json_key_open_array(m->j, "functions");
    for (size_t i = 0; i < c->nentities; i++)
        for (int v = 0; v < VERBS; v++)
            function_json(
                m, arena_fmt(cx->arena, "%s.%s", c->entities[i].entity->name, may_name(1u << v)),
                m->own->entities[i].verb[v], m->above->entities[i].verb[v]);
    for (size_t i = 0; i < c->npermissions; i++)
        function_json(m, str_z(c->permissions[i].name), m->own->permissions[i],
                      m->above->permissions[i]);
    json_close_array(m->j);
}

static void scopes_json(Ctx *cx, Matrix *m)
{
    static const ScopeRight ALL = { .kinds = SCOPE_ALL };
    const Catalog *c = cx->catalog;
    json_key_open_array(m->j, "scopes");
    for (size_t i = 0; i < c->nentities; i++) {
        if (!scope_matters(&c->entities[i]))
            continue;
        const EntityLayer *own = &m->own->entities[i];
        const EntityLayer *whole = &m->whole->entities[i];
        json_open(m->j);
        json_key_str(m->j, "entity", str_z(c->entities[i].entity->name));
        json_key_open(m->j, "own");
        scope_json(m->j, "view", own->view_set, &own->view);
        scope_json(m->j, "operate", own->operate_set, &own->operate);
        json_close(m->j);
        json_key_open(m->j, "effective");
        scope_json(m->j, "view", true, m->all ? &ALL : &whole->view);
        scope_json(m->j, "operate", true, m->all ? &ALL : &whole->operate);
        json_close(m->j);
        json_close(m->j);
    }
    json_close_array(m->j);
}

static void fields_json(Ctx *cx, Matrix *m)
{
    const Catalog *c = cx->catalog;
    json_key_open_array(m->j, "fields");
    for (size_t i = 0; i < c->nentities; i++)
        FOR_FIELDS(&c->entities[i], f) {
            if ((f->flags & F_HIDDEN) != 0)
                continue;
            int8_t own = m->own->entities[i].field[f->index];
            int8_t whole = m->whole->entities[i].field[f->index];
            int level = m->all ? ACCESS_WRITE : whole < 0 ? (int)field_default(f) : whole;
            json_open(m->j);
            json_key_str(m->j, "entity", str_z(c->entities[i].entity->name));
            json_key_str(m->j, "field", f->name);
            if (own < 0)
                json_key_null(m->j, "own");
            else
                json_key_str(m->j, "own", str_z(LEVELS[own]));
            json_key_str(m->j, "effective", str_z(LEVELS[level]));
            json_close(m->j);
        }
    json_close_array(m->j);
}

Status role_matrix_json(Ctx *cx, Db *db, Id role, JsonOut *j)
{
    RoleSet set = { 0 };
    TRY(roles_load(cx, db, &set));
    const RoleNode *r = roles_find(&set, role);
    if (r == NULL)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    Layer *own = layer_new(cx);
    if (r->rights != NULL)
        layer_read(cx, r->rights, own);
    Matrix m = { .all = role_is_all(r),
                 .own = own,
                 .above = role_layer(cx, &set, r, true),
                 .whole = role_layer(cx, &set, r, false),
                 .j = j };
    json_open(j);
    if (r->parent.v == 0)
        json_key_null(j, "parent");
    else
        json_key_int(j, "parent", r->parent.v);
    json_key_bool(j, "all", m.all);
    functions_json(cx, &m);
    scopes_json(cx, &m);
    fields_json(cx, &m);
    json_close(j);
    return STATUS_OK;
}
