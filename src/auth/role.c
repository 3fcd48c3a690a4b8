// Roles as records, the rules about changing them, and what they hold.
#include "auth/auth_internal.h"

#include <inttypes.h>

static const Field ROLE_DEFS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Role, name, __VA_ARGS__),
#include "auth/role.def"
#undef FIELD
};

static bool is_below(const RoleSet *set, const RoleNode *r, Id top)
{
    int depth = 0;
    for (const RoleNode *at = r; at != NULL && depth <= ROLE_DEPTH; depth++) {
        if (at->id.v == top.v)
            return true;
        at = roles_find(set, at->parent);
    }
    return false;
}

// Editing a role edits all that inherit from it, so the caller must hold what each of them holds.
Status role_to_change(Ctx *cx, Db *db, const RoleSet *set, const RoleNode *r)
{
    if (cx->access != NULL && cx->access->all)
        return STATUS_OK;
    for (size_t i = 0; i < set->len; i++)
        if (is_below(set, &set->ptr[i], r->id))
            TRY(rights_require(cx, db, set, rights_of_role(cx, set, &set->ptr[i])));
    return STATUS_OK;
}

static int depth_of(const RoleSet *set, const RoleNode *r)
{
    int depth = 0;
    for (const RoleNode *at = r; at != NULL && depth <= ROLE_DEPTH; depth++)
        at = roles_find(set, at->parent);
    return depth;
}

static Status check_parent(Ctx *cx, const RoleSet *set, Id id, Id parent)
{
    const RoleNode *p = roles_find(set, parent);
    if (parent.v == 0)
        return STATUS_OK;
    if (p == NULL)
        return FAIL(cx, INVALID, "ref", "parent_id", "there is no such role");
    if (role_is_all(p))
        return FAIL(cx, INVALID, "role.parent", "parent_id",
                    "nothing inherits from the administrator: he may do everything");
    if (id.v != 0 && is_below(set, p, id))
        return FAIL(cx, INVALID, "role.cycle", "parent_id", "would inherit from itself");
    int below = 1;
    int above = depth_of(set, p);
    for (size_t i = 0; id.v != 0 && i < set->len; i++)
        if (is_below(set, &set->ptr[i], id)) {
            int here = 1;
            for (const RoleNode *at = &set->ptr[i]; at->id.v != id.v; here++)
                at = roles_find(set, at->parent);
            below = here > below ? here : below;
        }
    if (above + below > ROLE_DEPTH)
        return FAIL(cx, INVALID, "role.depth", "parent_id", "at most %d roles inherit in a row",
                    ROLE_DEPTH);
    return STATUS_OK;
}

static Status check_name(Ctx *cx, Db *db, const Role *r)
{
    int64_t other = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM role WHERE deleted_at IS NULL AND name = "));
    sql_text(q, r->name);
    sql_add(q, SQL(" AND id <> "));
    sql_int(q, r->id.v);
    Status s = db_int(cx, db, q, &other);
    if (s == STATUS_OK)
        return FAIL(cx, CONFLICT, "role.taken", "name", "is the name of another role");
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

// The set with the parent as it will be, to ask what the role would hold then.
static RoleSet set_with_parent(Ctx *cx, const RoleSet *set, Id id, Id parent)
{
    RoleNode *list = arena_array(cx->arena, RoleNode, set->len + 1);
    size_t n = 0;
    bool known = false;
    for (size_t i = 0; i < set->len; i++) {
        list[n] = set->ptr[i];
        if (list[n].id.v == id.v) {
            list[n].parent = parent;
            known = true;
        }
        n++;
    }
    if (!known)
        list[n++] = (RoleNode){ .id = id, .parent = parent };
    return (RoleSet){ list, n };
}

enum { NAMED_USERS = 20 };

static Status role_in_use(Ctx *cx, Db *db, Id role)
{
    int64_t n = 0;
    TRY(count_id(cx, db,
                 SQL("SELECT count(*) FROM user_role ur JOIN app_user u ON u.id = ur.user_id"
                     " WHERE u.deleted_at IS NULL AND ur.role_id = "),
                 role, &n));
    if (n == 0)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT u.name FROM user_role ur JOIN app_user u ON u.id = ur.user_id"
                   " WHERE u.deleted_at IS NULL AND ur.role_id = "));
    sql_id(q, role);
    sql_add(q, SQL(" ORDER BY u.id LIMIT "));
    sql_int(q, NAMED_USERS);
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        buf_add(&b, b.len == 0 ? S("") : S(", "));
        buf_add(&b, stmt_view(st, 0));
    }
    TRY(stmt_end(cx, &st));
    if (n > NAMED_USERS)
        buf_fmt(&b, ", … (%" PRId64 ")", n);
    (void)FAIL(cx, CONFLICT, "role.in_use", NULL, "These users still have the role: " STR_FMT,
               STR_ARG(buf_str(&b)));
    return ctx_fail_args(cx, STATUS_CONFLICT, buf_str(&b), (Str){ 0 });
}

static Status check_leaving(Ctx *cx, Db *db, const Role *was)
{
    int64_t children = 0;
    if (str_eq(was->builtin, S("administrator")) || str_eq(was->builtin, S("user")) ||
        str_eq(was->builtin, S("guest")))
        return FAIL(cx, CONFLICT, "role.builtin", NULL, "This role is built in and stays.");
    TRY(role_in_use(cx, db, was->id));
    TRY(count_id(cx, db, SQL("SELECT count(*) FROM role WHERE deleted_at IS NULL AND parent_id = "),
                 was->id, &children));
    if (children > 0)
        return FAIL(cx, CONFLICT, "role.has_children", NULL, "Other roles inherit from this one.");
    return STATUS_OK;
}

static Status role_check(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)e;
    const Role *was = before;
    const Role *r = after;
    RoleSet set = { 0 };
    TRY(roles_load(cx, db, &set));
    const RoleNode *node = was == NULL ? NULL : roles_find(&set, was->id);
    if (node != NULL)
        TRY(role_to_change(cx, db, &set, node));
    if (r == NULL)
        return check_leaving(cx, db, was);
    if (was == NULL || !str_eq(was->name, r->name))
        TRY(check_name(cx, db, r));
    if (was != NULL && was->parent_id.v == r->parent_id.v)
        return STATUS_OK;
    if (node != NULL && role_is_all(node))
        return FAIL(cx, CONFLICT, "role.builtin", "parent_id",
                    "the administrator inherits nothing");
    TRY(check_parent(cx, &set, was == NULL ? (Id){ 0 } : was->id, r->parent_id));
    // A new role has no id yet; any number that is not taken stands for it.
    Id id = was == NULL ? (Id){ -1 } : was->id;
    RoleSet then = set_with_parent(cx, &set, id, r->parent_id);
    return role_to_change(cx, db, &then, roles_find(&then, id));
}

static Status role_changed(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                           const void *after)
{
    (void)e;
    const Role *r = after;
    if (before == NULL) { // taken out of the bin: it still holds what it held
        RoleSet set = { 0 };
        TRY(roles_load(cx, db, &set));
        TRY(role_to_change(cx, db, &set, roles_find(&set, r->id)));
    }
    return rights_changed(cx, db);
}

// --- what a role holds

static Status bad_key(Ctx *cx, const Json *m, const char *what)
{
    return FAIL(cx, MALFORMED, "unknown", arena_cstr(cx->arena, m->key), "%s", what);
}

static bool known_function(const Catalog *c, Str name)
{
    for (size_t i = 0; i < c->npermissions; i++)
        if (str_eq(name, str_z(c->permissions[i].name)))
            return true;
    Str verb = name;
    const EntityInfo *e = catalog_find(c, str_split(&verb, '.'));
    for (int i = 0; e != NULL && i < VERBS; i++)
        if (str_eq(verb, str_z(may_name(1u << i))))
            return true;
    return false;
}

static Status check_scope(Ctx *cx, const EntityInfo *e, const Json *node)
{
    static const Str WORDS[] = { S_INIT("none"), S_INIT("own"), S_INIT("department"),
                                 S_INIT("tree"), S_INIT("all") };
    if (node->kind == JSON_NULL_NODE)
        return STATUS_OK;
    for (size_t i = 0; node->kind == JSON_STR_NODE && i < ARRAY_LEN(WORDS); i++)
        if (str_eq(node->text, WORDS[i]))
            return STATUS_OK;
    const Filter *f = NULL;
    if (node->kind != JSON_OBJECT_NODE || node->len != 1 || json_get(node, "filter") == NULL)
        return FAIL(cx, INVALID, "role.scope", arena_cstr(cx->arena, node->key),
                    "must be none, own, department, tree, all or {\"filter\":…}");
    TRY(filter_parse(cx, e, json_get(node, "filter"), &f));
    if (f == NULL)
        return FAIL(cx, INVALID, "role.scope", arena_cstr(cx->arena, node->key),
                    "an empty filter would mean everything: say \"all\"");
    return STATUS_OK;
}

static Status check_scopes(Ctx *cx, const Json *scopes)
{
    static const char *const KEYS[] = { "view", "operate", NULL };
    for (const Json *m = scopes == NULL ? NULL : scopes->first; m != NULL; m = m->next) {
        const EntityInfo *e = catalog_find(cx->catalog, m->key);
        if (e == NULL || !scope_matters(e))
            return bad_key(cx, m, "is not something with a data scope");
        if (m->kind != JSON_OBJECT_NODE)
            return bad_key(cx, m, "must hold view and operate");
        TRY(json_only(cx, m, KEYS));
        for (const Json *part = m->first; part != NULL; part = part->next)
            TRY(check_scope(cx, e, part));
    }
    return STATUS_OK;
}

static Status check_fields(Ctx *cx, const Json *fields)
{
    static const Str WORDS[] = { S_INIT("none"), S_INIT("masked"), S_INIT("read"),
                                 S_INIT("write") };
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next) {
        Str name = m->key;
        const EntityInfo *e = catalog_find(cx->catalog, str_split(&name, '.'));
        const Field *f = e == NULL ? NULL : field_find(e, name);
        bool all = e != NULL && str_eq(name, S("*"));
        if (!all && (f == NULL || (f->flags & F_HIDDEN) != 0))
            return bad_key(cx, m, "is not a field");
        bool known = m->kind == JSON_NULL_NODE;
        for (size_t i = 0; m->kind == JSON_STR_NODE && i < ARRAY_LEN(WORDS); i++)
            known |= str_eq(m->text, WORDS[i]);
        if (!known)
            return FAIL(cx, INVALID, "role.field", arena_cstr(cx->arena, m->key),
                        "must be none, masked, read or write");
    }
    return STATUS_OK;
}

static Status check_document(Ctx *cx, const Json *document)
{
    static const char *const KEYS[] = { "functions", "scopes", "fields", NULL };
    if (document->kind != JSON_OBJECT_NODE)
        return FAIL(cx, MALFORMED, "json.object", NULL, "must be a JSON object");
    TRY(json_only(cx, document, KEYS));
    for (const Json *part = document->first; part != NULL; part = part->next)
        if (part->kind != JSON_OBJECT_NODE)
            return bad_key(cx, part, "must be an object");
    const Json *functions = json_get(document, "functions");
    for (const Json *m = functions == NULL ? NULL : functions->first; m != NULL; m = m->next) {
        if (!known_function(cx->catalog, m->key))
            return bad_key(cx, m, "is not a permission");
        if (m->kind != JSON_BOOL_NODE && m->kind != JSON_NULL_NODE)
            return bad_key(cx, m, "must be true, false or null");
    }
    TRY(check_scopes(cx, json_get(document, "scopes")));
    return check_fields(cx, json_get(document, "fields"));
}

static Str json_of(Ctx *cx, const Json *node)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    if (node == NULL)
        json_null(&j);
    else
        json_write(&j, node);
    return buf_str(&b);
}

static Status rights_put(Ctx *cx, Db *db, Id role, Str document)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO role_rights (role_id, document) VALUES ("));
    sql_id(q, role);
    sql_add(q, SQL(", "));
    sql_text(q, document);
    sql_add(q, SQL(") ON CONFLICT (role_id) DO UPDATE SET document = excluded.document"));
    return db_exec(cx, db, q, NULL);
}

Status role_set_rights(Ctx *cx, Db *db, Id role, const Json *document)
{
    RoleSet set = { 0 };
    TRY(roles_load(cx, db, &set));
    RoleNode *r = (RoleNode *)(uintptr_t)roles_find(&set, role);
    if (r == NULL)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    if (role_is_all(r))
        return FAIL(cx, CONFLICT, "role.builtin", NULL,
                    "The administrator may do everything; this cannot be changed.");
    TRY(check_document(cx, document));
    TRY(role_to_change(cx, db, &set, r));
    const Json *before = r->rights;
    r->rights = document;
    TRY(role_to_change(cx, db, &set, r));
    TRY(rights_put(cx, db, role, json_of(cx, document)));
    Str data = arena_fmt(cx->arena,
                         "{\"event\":\"role.rights\",\"before\":" STR_FMT ",\"after\":" STR_FMT "}",
                         STR_ARG(json_of(cx, before)), STR_ARG(json_of(cx, document)));
    TRY(change_note(cx, db, CHANGE_SECURITY, "role", role, (Str){ 0 }, data));
    return rights_changed(cx, db);
}

const Entity role_entity = {
    .name = "role",
    .path = "roles",
    .label = { "角色", "Role" },
    .plural = { "角色", "Roles" },
    .table = SQL_INIT("role"),
    .search_table = SQL_INIT("role_search"),
    .fields = ROLE_DEFS,
    .nfields = ARRAY_LEN(ROLE_DEFS),
    .size = sizeof(Role),
    .title = ROLE_name,
    .flags = E_TRASH | E_GLOBAL,
    .check = role_check,
    .changed = role_changed,
};
