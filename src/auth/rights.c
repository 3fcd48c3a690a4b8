// Rights as plain data: what roles say, what they inherit, what several roles add up to, and
// whether one holder's rights cover another's.
#include "auth/auth_internal.h"

#include <stdio.h>

// --- roles from the store

Status roles_load(Ctx *cx, Db *db, RoleSet *ret)
{
    VEC(RoleNode) list = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT r.id, r.parent_id, r.name, r.name_en, r.builtin, x.document"
                   " FROM role r LEFT JOIN role_rights x ON x.role_id = r.id"
                   " WHERE r.deleted_at IS NULL ORDER BY r.id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        RoleNode *r = vec_add(cx->arena, &list);
        r->id.v = stmt_int(st, 0);
        r->parent.v = stmt_int(st, 1);
        r->name = stmt_text(st, 2, cx->arena);
        r->name_en = stmt_text(st, 3, cx->arena);
        r->builtin = stmt_text(st, 4, cx->arena);
        Str document = stmt_text(st, 5, cx->arena);
        if (document.len > 0)
            TRY(json_parse(cx, document, &r->rights));
    }
    TRY(stmt_end(cx, &st));
    *ret = (RoleSet){ list.ptr, list.len };
    return STATUS_OK;
}

const RoleNode *roles_find(const RoleSet *set, Id id)
{
    for (size_t i = 0; i < set->len; i++)
        if (id.v != 0 && set->ptr[i].id.v == id.v)
            return &set->ptr[i];
    return NULL;
}

bool role_is_all(const RoleNode *r)
{
    return str_eq(r->builtin, S("administrator"));
}

Str role_title(const Ctx *cx, const RoleNode *r)
{
    return cx->lang[0] == 'e' && r->name_en.len > 0 ? r->name_en : r->name;
}

// --- layers

Layer *layer_new(Ctx *cx)
{
    const Catalog *c = cx->catalog;
    Layer *l = arena_new(cx->arena, Layer);
    l->entities = arena_array(cx->arena, EntityLayer, c->nentities + 1);
    l->permissions = arena_array(cx->arena, int8_t, c->npermissions + 1);
    memset(l->permissions, -1, c->npermissions);
    for (size_t i = 0; i < c->nentities; i++) {
        EntityLayer *e = &l->entities[i];
        memset(e->verb, -1, sizeof(e->verb));
        e->field = arena_array(cx->arena, int8_t, c->entities[i].nfields + 1);
        memset(e->field, -1, c->entities[i].nfields);
    }
    return l;
}

static void read_function(const Catalog *c, const Json *m, Layer *to)
{
    if (m->kind != JSON_BOOL_NODE)
        return;
    Str verb = m->key;
    const EntityInfo *e = catalog_find(c, str_split(&verb, '.'));
    for (int i = 0; e != NULL && i < VERBS; i++)
        if (str_eq(verb, str_z(may_name(1u << i)))) {
            to->entities[e->index].verb[i] = (int8_t)m->num;
            return;
        }
    for (size_t i = 0; i < c->npermissions; i++)
        if (str_eq(m->key, str_z(c->permissions[i].name)))
            to->permissions[i] = (int8_t)m->num;
}

static bool read_scope(Ctx *cx, const Json *node, ScopeRight *ret)
{
    static const struct {
        Str word;
        uint32_t kinds;
    } WORDS[] = {
        { S_INIT("none"), 0 },
        { S_INIT("own"), SCOPE_OWN },
        { S_INIT("department"), SCOPE_OWN | SCOPE_DEPARTMENT },
        { S_INIT("tree"), SCOPE_OWN | SCOPE_DEPARTMENT | SCOPE_TREE },
        { S_INIT("all"), SCOPE_ALL },
    };
    if (node == NULL)
        return false;
    for (size_t i = 0; node->kind == JSON_STR_NODE && i < ARRAY_LEN(WORDS); i++)
        if (str_eq(node->text, WORDS[i].word)) {
            *ret = (ScopeRight){ .kinds = WORDS[i].kinds };
            return true;
        }
    const Json *filter = json_get(node, "filter");
    if (filter == NULL)
        return false;
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_write(&j, filter);
    Str *text = arena_new(cx->arena, Str);
    *text = buf_str(&b);
    *ret = (ScopeRight){ .filters = text, .nfilters = 1 };
    return true;
}

static int8_t field_level(Str word)
{
    static const Str WORDS[] = { S_INIT("none"), S_INIT("masked"), S_INIT("read"),
                                 S_INIT("write") };
    for (int8_t i = 0; i < (int8_t)ARRAY_LEN(WORDS); i++)
        if (str_eq(word, WORDS[i]))
            return i;
    return -1;
}

// "customer.phone", "customer.custom.size", or "customer.*" for all that are not named.
static void read_field(const Catalog *c, const Json *m, Layer *to)
{
    int8_t level = m->kind == JSON_STR_NODE ? field_level(m->text) : -1;
    Str name = m->key;
    const EntityInfo *e = catalog_find(c, str_split(&name, '.'));
    if (e == NULL || level < 0)
        return;
    const Field *f = field_find(e, name);
    if (f != NULL)
        to->entities[e->index].field[f->index] = level;
}

static void read_all_fields(const Catalog *c, const Json *m, Layer *to)
{
    int8_t level = m->kind == JSON_STR_NODE ? field_level(m->text) : -1;
    Str name = m->key;
    const EntityInfo *e = catalog_find(c, str_split(&name, '.'));
    if (e != NULL && level >= 0 && str_eq(name, S("*")))
        memset(to->entities[e->index].field, level, e->nfields);
}

void layer_read(Ctx *cx, const Json *document, Layer *to)
{
    const Catalog *c = cx->catalog;
    const Json *functions = json_get(document, "functions");
    const Json *scopes = json_get(document, "scopes");
    const Json *fields = json_get(document, "fields");
    for (const Json *m = functions == NULL ? NULL : functions->first; m != NULL; m = m->next)
        read_function(c, m, to);
    for (const Json *m = scopes == NULL ? NULL : scopes->first; m != NULL; m = m->next) {
        const EntityInfo *e = catalog_find(c, m->key);
        if (e == NULL)
            continue;
        EntityLayer *l = &to->entities[e->index];
        l->view_set |= read_scope(cx, json_get(m, "view"), &l->view);
        l->operate_set |= read_scope(cx, json_get(m, "operate"), &l->operate);
    }
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next)
        read_all_fields(c, m, to);
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next)
        read_field(c, m, to);
}

Layer *role_layer(Ctx *cx, const RoleSet *set, const RoleNode *r, bool above)
{
    const RoleNode *chain[ROLE_DEPTH];
    int n = 0;
    for (const RoleNode *at = r; at != NULL && n < ROLE_DEPTH; at = roles_find(set, at->parent))
        chain[n++] = at;
    Layer *l = layer_new(cx);
    for (int i = n - 1; i >= (above ? 1 : 0); i--)
        if (chain[i]->rights != NULL)
            layer_read(cx, chain[i]->rights, l);
    return l;
}

// --- rights

bool scope_matters(const EntityInfo *e)
{
    return (e->entity->flags & (E_GLOBAL | E_SELF)) == 0 && e->entity->parent == 0;
}

FieldAccess field_default(const Field *f)
{
    if ((f->flags & F_HIDDEN) != 0)
        return ACCESS_NONE;
    return (f->flags & F_PII) != 0 ? ACCESS_MASKED : ACCESS_WRITE;
}

static Rights *rights_new(Ctx *cx)
{
    const Catalog *c = cx->catalog;
    Rights *r = arena_new(cx->arena, Rights);
    r->entities = arena_array(cx->arena, EntityRight, c->nentities + 1);
    r->permissions = arena_array(cx->arena, bool, c->npermissions + 1);
    for (size_t i = 0; i < c->nentities; i++)
        r->entities[i].field = arena_array(cx->arena, uint8_t, c->entities[i].nfields + 1);
    return r;
}

Rights *rights_of_role(Ctx *cx, const RoleSet *set, const RoleNode *r)
{
    const Catalog *c = cx->catalog;
    Rights *out = rights_new(cx);
    out->all = role_is_all(r);
    const Layer *l = role_layer(cx, set, r, false);
    for (size_t i = 0; i < c->nentities; i++) {
        const EntityInfo *e = &c->entities[i];
        const EntityLayer *from = &l->entities[i];
        EntityRight *to = &out->entities[i];
        for (int v = 0; v < VERBS; v++)
            to->may |= from->verb[v] == 1 ? 1u << v : 0u;
        if (scope_matters(e)) {
            to->view = from->view;
            to->operate = from->operate;
        } else if (e->entity->parent == 0) {
            to->view.kinds = to->operate.kinds = SCOPE_ALL;
        } // else nothing of its own: an order is in scope when its customer is
        FOR_FIELDS(e, f)
            to->field[f->index] = (uint8_t)(from->field[f->index] < 0 ? (int)field_default(f)
                                                                      : from->field[f->index]);
    }
    for (size_t i = 0; i < c->npermissions; i++)
        out->permissions[i] = l->permissions[i] == 1;
    return out;
}

static void join_scope(Ctx *cx, ScopeRight *to, const ScopeRight *from)
{
    to->kinds |= from->kinds;
    if (from->nfilters == 0)
        return;
    Str *all = arena_array(cx->arena, Str, to->nfilters + from->nfilters);
    for (size_t i = 0; i < to->nfilters; i++)
        all[i] = to->filters[i];
    for (size_t i = 0; i < from->nfilters; i++)
        all[to->nfilters + i] = from->filters[i];
    to->filters = all;
    to->nfilters += from->nfilters;
}

// Scope and fields of a role count only where it opens the entity at all: a role that says nothing
// about orders must not lift the mask that another one puts on them.
Rights *rights_join(Ctx *cx, Rights *const *list, size_t n)
{
    const Catalog *c = cx->catalog;
    Rights *out = rights_new(cx);
    for (size_t k = 0; k < n; k++) {
        out->all |= list[k]->all;
        for (size_t i = 0; i < c->npermissions; i++)
            out->permissions[i] |= list[k]->permissions[i];
        for (size_t i = 0; i < c->nentities; i++) {
            const EntityRight *from = &list[k]->entities[i];
            EntityRight *to = &out->entities[i];
            if (from->may == 0)
                continue;
            to->may |= from->may;
            join_scope(cx, &to->view, &from->view);
            join_scope(cx, &to->operate, &from->operate);
            for (size_t f = 0; f < c->entities[i].nfields; f++)
                if (from->field[f] > to->field[f])
                    to->field[f] = from->field[f];
        }
    }
    // Who may not read users still sees the name of his customer's owner.
    for (size_t i = 0; i < c->nentities; i++) {
        const Field *title = field_at(&c->entities[i], c->entities[i].entity->title);
        if (out->entities[i].may == 0 && (title->flags & (F_PII | F_HIDDEN)) == 0)
            out->entities[i].field[title->index] = ACCESS_READ;
    }
    return out;
}

Status rights_of_user(Ctx *cx, Db *db, const RoleSet *set, Id user, Rights **ret)
{
    VEC(Rights *) list = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT role_id FROM user_role WHERE user_id = "));
    sql_id(q, user);
    sql_add(q, SQL(" ORDER BY role_id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        const RoleNode *r = roles_find(set, (Id){ stmt_int(st, 0) });
        if (r != NULL)
            *vec_add(cx->arena, &list) = rights_of_role(cx, set, r);
    }
    TRY(stmt_end(cx, &st));
    *ret = rights_join(cx, list.ptr, list.len);
    return STATUS_OK;
}

// An administrator's rights written out, so that they can be narrowed.
static void write_out(const Catalog *c, Rights *r)
{
    if (!r->all)
        return;
    r->all = false;
    for (size_t i = 0; i < c->npermissions; i++)
        r->permissions[i] = true;
    for (size_t i = 0; i < c->nentities; i++) {
        EntityRight *e = &r->entities[i];
        e->may = (1u << VERBS) - 1;
        e->view = e->operate = (ScopeRight){ .kinds = SCOPE_ALL };
        FOR_FIELDS(&c->entities[i], f)
            e->field[f->index] = (f->flags & F_HIDDEN) != 0 ? ACCESS_NONE : ACCESS_WRITE;
    }
}

Status rights_of_actor(Ctx *cx, Db *db, const RoleSet *set, Rights **ret)
{
    const Access *a = cx->access;
    if (a == NULL || (a->user.v == 0 && !a->all)) {
        *ret = rights_new(cx);
        return STATUS_OK;
    }
    if (a->all) {
        *ret = rights_new(cx);
        (*ret)->all = true;
        return STATUS_OK;
    }
    TRY(rights_of_user(cx, db, set, a->user, ret));
    // A token of an administrator is narrowed to its scopes; it grants no more than they say.
    write_out(cx->catalog, *ret);
    for (size_t i = 0; i < cx->catalog->nentities; i++) {
        (*ret)->entities[i].may &= a->entities[i].may;
        memcpy((*ret)->entities[i].field, a->entities[i].field, cx->catalog->entities[i].nfields);
    }
    for (size_t i = 0; i < cx->catalog->npermissions; i++)
        (*ret)->permissions[i] = may_do(cx, cx->catalog->permissions[i].name);
    return STATUS_OK;
}

// --- comparison

static bool has_text(const Str *list, size_t n, Str text)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i], text))
            return true;
    return false;
}

// The kinds are ordered: own < department < department and below < all.
static bool scope_covers(const ScopeRight *holder, const ScopeRight *of)
{
    if ((holder->kinds & SCOPE_ALL) != 0)
        return true;
    uint32_t up_to = holder->kinds;
    for (uint32_t bit = SCOPE_ALL; bit > 1; bit >>= 1)
        if ((up_to & bit) != 0)
            up_to |= bit >> 1;
    if ((of->kinds & ~up_to) != 0)
        return false;
    for (size_t i = 0; i < of->nfilters; i++)
        if (!has_text(holder->filters, holder->nfilters, of->filters[i]))
            return false;
    return true;
}

static bool entity_covers(Ctx *cx, const EntityInfo *e, const EntityRight *holder,
                          const EntityRight *of, Str *ret_missing)
{
    for (int v = 0; v < VERBS; v++)
        if ((of->may & ~holder->may & (1u << v)) != 0) {
            *ret_missing = arena_fmt(cx->arena, "%s.%s", e->entity->name, may_name(1u << v));
            return false;
        }
    if (of->may == 0)
        return true;
    if (scope_matters(e) && (!scope_covers(&holder->view, &of->view) ||
                             !scope_covers(&holder->operate, &of->operate))) {
        *ret_missing = str_z(e->entity->name);
        return false;
    }
    FOR_FIELDS(e, f)
        if (of->field[f->index] > holder->field[f->index]) {
            *ret_missing = arena_fmt(cx->arena, "%s." STR_FMT, e->entity->name, STR_ARG(f->name));
            return false;
        }
    return true;
}

bool rights_cover(Ctx *cx, const Rights *holder, const Rights *of, Str *ret_missing)
{
    const Catalog *c = cx->catalog;
    *ret_missing = (Str){ 0 };
    if (holder->all)
        return true;
    if (of->all) {
        *ret_missing = S("administrator");
        return false;
    }
    for (size_t i = 0; i < c->npermissions; i++)
        if (of->permissions[i] && !holder->permissions[i]) {
            *ret_missing = str_z(c->permissions[i].name);
            return false;
        }
    for (size_t i = 0; i < c->nentities; i++)
        if (!entity_covers(cx, &c->entities[i], &holder->entities[i], &of->entities[i],
                           ret_missing))
            return false;
    return true;
}

Status rights_require(Ctx *cx, Db *db, const RoleSet *set, const Rights *of)
{
    Rights *mine = NULL;
    Str missing = { 0 };
    TRY(rights_of_actor(cx, db, set, &mine));
    if (rights_cover(cx, mine, of, &missing))
        return STATUS_OK;
    (void)FAIL(cx, FORBIDDEN, "rights.above", NULL,
               "this needs a right that you do not hold: " STR_FMT, STR_ARG(missing));
    return ctx_fail_args(cx, STATUS_FORBIDDEN, missing, (Str){ 0 });
}

// --- copies

static ScopeRight scope_copy(Arena *a, const ScopeRight *s)
{
    Str *filters = s->nfilters == 0 ? NULL : arena_array(a, Str, s->nfilters);
    for (size_t i = 0; i < s->nfilters; i++)
        filters[i] = arena_dup(a, s->filters[i]);
    return (ScopeRight){ s->kinds, filters, s->nfilters };
}

Rights *rights_copy(Arena *a, const Catalog *c, const Rights *r)
{
    Rights *out = arena_new(a, Rights);
    out->all = r->all;
    out->entities = arena_array(a, EntityRight, c->nentities + 1);
    out->permissions = arena_array(a, bool, c->npermissions + 1);
    for (size_t i = 0; i < c->npermissions; i++)
        out->permissions[i] = r->permissions[i];
    for (size_t i = 0; i < c->nentities; i++) {
        const EntityRight *from = &r->entities[i];
        out->entities[i].may = from->may;
        out->entities[i].view = scope_copy(a, &from->view);
        out->entities[i].operate = scope_copy(a, &from->operate);
        out->entities[i].field = arena_array(a, uint8_t, c->entities[i].nfields + 1);
        memcpy(out->entities[i].field, from->field, c->entities[i].nfields);
    }
    return out;
}

static bool list_has(const Json *list, Str name)
{
    for (const Json *m = list->first; m != NULL; m = m->next)
        if (m->kind == JSON_STR_NODE && str_eq(m->text, name))
            return true;
    return false;
}

void rights_narrow(Ctx *cx, Rights *r, const Json *scopes)
{
    const Catalog *c = cx->catalog;
    write_out(c, r);
    for (size_t i = 0; i < c->npermissions; i++)
        r->permissions[i] &= list_has(scopes, str_z(c->permissions[i].name));
    for (size_t i = 0; i < c->nentities; i++)
        for (int v = 0; v < VERBS; v++) {
            char name[128];
            int n = snprintf(name, sizeof(name), "%s.%s", c->entities[i].entity->name,
                             may_name(1u << v));
            if (n < 0 || (size_t)n >= sizeof(name) || !list_has(scopes, (Str){ name, (size_t)n }))
                r->entities[i].may &= ~(1u << v);
        }
}
