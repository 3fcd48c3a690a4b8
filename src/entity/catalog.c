// Snapshots of what entities look like: built-in fields and those defined at run time.
#include "entity/entity.h"

static const char *const KIND_NAMES[FIELD_KINDS] = {
    [FIELD_TEXT] = "text",       [FIELD_INT] = "int",     [FIELD_BOOL] = "bool",
    [FIELD_ID] = "id",           [FIELD_MONEY] = "money", [FIELD_DECIMAL] = "decimal",
    [FIELD_INSTANT] = "instant", [FIELD_DAY] = "day",     [FIELD_CHOICE] = "choice",
    [FIELD_JSON] = "json",
};

const char *field_kind_name(FieldKind k)
{
    return KIND_NAMES[k];
}

bool field_kind_find(Str name, FieldKind *ret)
{
    for (int k = 0; k < FIELD_KINDS; k++)
        if (str_eq(name, str_z(KIND_NAMES[k]))) {
            *ret = (FieldKind)k;
            return true;
        }
    return false;
}

Str label_text(Label l, const char *lang)
{
    const char *z = lang[0] == 'z' ? l.zh : l.en;
    return str_z(z == NULL ? (l.en == NULL ? "" : l.en) : z);
}

const EntityInfo *catalog_find(const Catalog *c, Str name)
{
    const int64_t *at = map_get(&c->by_name, name);
    return at == NULL ? NULL : &c->entities[*at];
}

const EntityInfo *catalog_by_path(const Catalog *c, Str path)
{
    const int64_t *at = map_get(&c->by_path, path);
    return at == NULL ? NULL : &c->entities[*at];
}

const EntityInfo *catalog_of(const Ctx *cx, const Entity *e)
{
    const EntityInfo *info = catalog_find(cx->catalog, str_z(e->name));
    check(info != NULL);
    return info;
}

const Field *field_find(const EntityInfo *e, Str name)
{
    const int64_t *at = map_get(&e->by_name, name);
    return at == NULL ? NULL : e->fields[*at];
}

void catalog_keep(const Catalog *c)
{
    Catalog *mine = (Catalog *)(uintptr_t)c;
    (void)__atomic_add_fetch(&mine->refs, 1, __ATOMIC_RELAXED);
}

void catalog_release(const Catalog *c)
{
    Catalog *mine = (Catalog *)(uintptr_t)c;
    if (mine == NULL || __atomic_sub_fetch(&mine->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    arena_reset(&mine->arena);
    mem_free(mine);
}

typedef VEC(const Field *) FieldList;

static Label label_of(Arena *a, const Stmt *st, int col)
{
    return (Label){ .zh = stmt_text(st, col, a).ptr, .en = stmt_text(st, col + 1, a).ptr };
}

static const ChoiceDef *choices_of(Ctx *cx, Arena *a, Str json)
{
    const Json *list = NULL;
    if (json.len == 0 || json_parse(cx, json, &list) != STATUS_OK)
        return NULL;
    ChoiceDef *defs = arena_array(a, ChoiceDef, list->len + 1);
    size_t n = 0;
    for (const Json *c = list->first; c != NULL; c = c->next) {
        Str name = json_text(c, "name", (Str){ 0 });
        defs[n++] = (ChoiceDef){
            .name = arena_cstr(a, name),
            .label = { .zh = arena_cstr(a, json_text(c, "label_zh", name)),
                       .en = arena_cstr(a, json_text(c, "label_en", name)) },
        };
    }
    return defs;
}

enum { CUSTOM_TEXT_MAX = 2000 };

// Columns of the statement in custom_fields().
static Field custom_field(Ctx *cx, Arena *a, const Stmt *st, FieldKind kind)
{
    Field f = { .kind = kind, .flags = F_CUSTOM | F_FILTER | F_SORT };
    f.key = stmt_text(st, 1, a);
    f.name = arena_fmt(a, "custom." STR_FMT, STR_ARG(f.key));
    f.label = label_of(a, st, 2);
    f.choices = choices_of(cx, a, stmt_text(st, 5, cx->arena));
    f.flags |= stmt_int(st, 6) != 0 ? F_REQUIRED : 0u;
    f.flags |= stmt_int(st, 7) != 0 ? F_LIST : 0u;
    f.flags |= stmt_int(st, 8) != 0 ? F_PII : 0u;
    f.flags |= kind == FIELD_MONEY || kind == FIELD_INT || kind == FIELD_DECIMAL ? F_SUM : 0u;
    f.mask = (f.flags & F_PII) != 0 ? MASK_TEXT : MASK_NONE;
    f.block = stmt_text(st, 9, a).ptr;
    if (kind == FIELD_TEXT)
        f.max = CUSTOM_TEXT_MAX;
    return f;
}

static Status custom_fields(Ctx *cx, Db *db, Catalog *c, const Entity *e, FieldList *list)
{
    if (db == NULL || (e->flags & E_CUSTOM) == 0)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q,
            SQL("SELECT id, key, label_zh, label_en, kind, choices, required, in_list, pii, block"
                " FROM custom_field WHERE deleted_at IS NULL AND hidden = 0 AND entity = "));
    sql_text(q, str_z(e->name));
    sql_add(q, SQL(" ORDER BY position, id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        // The kind is stored as the ordinal of the choice list, which is the order of FieldKind.
        FieldKind kind = (FieldKind)stmt_int(st, 4);
        if (kind >= FIELD_KINDS)
            continue;
        Field *f = arena_new(&c->arena, Field);
        *f = custom_field(cx, &c->arena, st, kind);
        *vec_add(&c->arena, list) = f;
    }
    return stmt_end(cx, &st);
}

static Status info_build(Ctx *cx, Db *db, Catalog *c, const Entity *e, EntityInfo *info)
{
    Arena *a = &c->arena;
    FieldList list = { 0 };
    check(e->nfields < MASK_CUSTOM);
    for (size_t i = 0; i < e->nfields; i++) {
        Field *f = arena_new(a, Field);
        *f = e->fields[i];
        *vec_add(a, &list) = f;
    }
    TRY(custom_fields(cx, db, c, e, &list));
    info->entity = e;
    info->by_name = map_new(a);
    info->nbuiltin = e->nfields;
    info->nfields = list.len;
    info->fields = list.ptr;
    for (size_t i = 0; i < list.len; i++) {
        Field *f = (Field *)(uintptr_t)list.ptr[i];
        f->index = (uint32_t)i;
        *map_put(&info->by_name, f->name, NULL) = (int64_t)i;
    }
    return STATUS_OK;
}

Status catalog_build(Ctx *cx, Db *db, const Entity *const *entities, size_t n, Catalog **ret)
{
    Catalog *c = mem_alloc(sizeof(Catalog));
    c->refs = 1;
    c->entities = arena_array(&c->arena, EntityInfo, n);
    c->nentities = n;
    c->by_name = map_new(&c->arena);
    c->by_path = map_new(&c->arena);
    c->currency = S("CNY");
    c->decimals = 2;
    c->region = S("CN");
    for (size_t i = 0; i < n; i++) {
        Status s = info_build(cx, db, c, entities[i], &c->entities[i]);
        if (s != STATUS_OK) {
            catalog_release(c);
            return s;
        }
        c->entities[i].index = (uint32_t)i;
        *map_put(&c->by_name, str_z(entities[i]->name), NULL) = (int64_t)i;
        if (entities[i]->path != NULL)
            *map_put(&c->by_path, str_z(entities[i]->path), NULL) = (int64_t)i;
    }
    *ret = c;
    return STATUS_OK;
}
