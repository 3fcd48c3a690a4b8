#include "shop/shop.h"

static const ChoiceDef PLATFORMS[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    PLATFORM_LIST(X)
#undef X
        { NULL, { NULL, NULL } },
};

Status check_currency(Ctx *cx, const Field *f, Value *v)
{
    Str upper = arena_dup(cx->arena, v->text);
    char *p = (char *)(uintptr_t)upper.ptr;
    for (size_t i = 0; i < upper.len; i++) {
        if (!ascii_is_alpha(p[i]))
            return FAIL(cx, INVALID, "currency", f->name.ptr, "must be three letters, such as CNY");
        p[i] = (char)(p[i] >= 'a' ? p[i] - 32 : p[i]);
    }
    v->text = upper;
    return STATUS_OK;
}

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Shop, name, __VA_ARGS__),
#include "shop/shop.def"
#undef FIELD
};

static Status check_shop(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)db, (void)before;
    Shop *s = after;
    if (s != NULL && !row_is_set(s, field_at(e, SHOP_currency)))
        row_put(cx->arena, s, field_at(e, SHOP_currency), value_text(cx->catalog->currency));
    return STATUS_OK;
}

const Entity shop_entity = {
    .name = "shop",
    .path = "shops",
    .label = { "店铺", "Shop" },
    .plural = { "店铺", "Shops" },
    .table = SQL_INIT("shop"),
    .search_table = SQL_INIT("shop_search"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Shop),
    .title = SHOP_name,
    .flags = E_TRASH | E_CUSTOM | E_GLOBAL,
    .check = check_shop,
};

Status shop_find_or_create(Ctx *cx, Db *db, Platform platform, Str name, Id *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM shop WHERE deleted_at IS NULL AND name = "));
    sql_text(q, name);
    sql_add(q, SQL(" AND platform = "));
    sql_int(q, platform);
    sql_add(q, SQL(" ORDER BY id LIMIT 1"));
    Status s = db_int(cx, db, q, &ret->v);
    if (s != STATUS_NOT_FOUND)
        return s;
    const EntityInfo *e = catalog_of(cx, &shop_entity);
    Shop shop = { .name = name, .platform = { (int32_t)platform } };
    row_touch(&shop.row, SHOP_name);
    row_touch(&shop.row, SHOP_platform);
    TRY(change_create(cx, db, e, &shop, (Str){ 0 }));
    *ret = shop.id;
    return STATUS_OK;
}

static const Entity *const ENTITIES[] = { &shop_entity };
static const Route ROUTES[] = { ROUTES_CRUD(shop_entity, "shops", "shop") };

const Module shop_module = {
    .name = "shop",
    .entities = ENTITIES,
    .nentities = ARRAY_LEN(ENTITIES),
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
};
