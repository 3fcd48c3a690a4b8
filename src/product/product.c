#include "product/product_internal.h"

static const ChoiceDef STATES[] = {
    { "on_sale", { "在售", "On sale" } },
    { "off_sale", { "下架", "Off sale" } },
    { NULL, { NULL, NULL } },
};

// GS1 check digit: from the right, weights 3 and 1 in turn over all but the last.
static Status check_barcode(Ctx *cx, const Field *f, Value *v)
{
    Str s = v->text;
    int sum = 0;
    bool ok = s.len == 8 || s.len == 12 || s.len == 13 || s.len == 14;
    for (size_t i = 0; ok && i < s.len; i++) {
        ok = ascii_is_digit(s.ptr[i]);
        sum += (s.ptr[i] - '0') * ((s.len - i) % 2 == 0 ? 3 : 1);
    }
    if (!ok || sum % 10 != 0)
        return FAIL(cx, INVALID, "barcode", f->name.ptr,
                    "is not an EAN, UPC or GTIN with a right check digit");
    return STATUS_OK;
}

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Product, name, __VA_ARGS__),
#include "product/product.def"
#undef FIELD
};

static const Field CATEGORY_ROWS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Category, name, __VA_ARGS__),
#include "product/category.def"
#undef FIELD
};

static Status taken(Ctx *cx, Db *db, Str sku, Id self)
{
    Id other = { 0 };
    Status s = product_find(cx, db, sku, (Str){ 0 }, &other);
    if (s == STATUS_OK && other.v != self.v)
        return FAIL(cx, CONFLICT, "taken", "sku", "another product has this code already");
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static Status check_product(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)before;
    Product *p = after;
    if (p == NULL)
        return STATUS_OK;
    if (!row_is_set(p, field_at(e, PRODUCT_state)))
        row_put(cx->arena, p, field_at(e, PRODUCT_state), value_num(FIELD_CHOICE, 0));
    const Product *was = before;
    if (p->sku.len > 0 && (was == NULL || !str_eq(was->sku, p->sku)))
        return taken(cx, db, p->sku, p->id);
    return STATUS_OK;
}

enum { CATEGORY_DEPTH = 16 };

// A category may not be above itself; deleting one that is used says so.
static Status check_category(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)e;
    const Category *was = before;
    Category *c = after;
    if (c == NULL) {
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("SELECT 1 FROM category WHERE deleted_at IS NULL AND parent_id = "));
        sql_id(q, was->id);
        sql_add(
            q, SQL(" UNION ALL SELECT 1 FROM product WHERE deleted_at IS NULL AND category_id = "));
        sql_id(q, was->id);
        sql_add(q, SQL(" LIMIT 1"));
        int64_t one = 0;
        Status s = db_int(cx, db, q, &one);
        if (s == STATUS_OK)
            return FAIL(cx, CONFLICT, "category.used", NULL, "holds products or other categories");
        return s == STATUS_NOT_FOUND ? STATUS_OK : s;
    }
    int64_t above = c->parent_id.v;
    for (int depth = 0; above != 0; depth++) {
        if (above == c->id.v || depth == CATEGORY_DEPTH)
            return FAIL(cx, INVALID, "category.cycle", "parent_id", "would be above itself");
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("SELECT coalesce(parent_id, 0) FROM category WHERE id = "));
        sql_int(q, above);
        Status s = db_int(cx, db, q, &above);
        if (s == STATUS_NOT_FOUND)
            return FAIL(cx, INVALID, "reference", "parent_id", "does not exist");
        TRY(s);
    }
    return STATUS_OK;
}

const Entity product_entity = {
    .name = "product",
    .path = "products",
    .label = { "商品", "Product" },
    .plural = { "商品", "Products" },
    .table = SQL_INIT("product"),
    .search_table = SQL_INIT("product_search"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Product),
    .title = PRODUCT_name,
    .flags = E_TRASH | E_CUSTOM | E_GLOBAL,
    .check = check_product,
};

const Entity category_entity = {
    .name = "category",
    .path = "categories",
    .label = { "类目", "Category" },
    .plural = { "类目", "Categories" },
    .table = SQL_INIT("category"),
    .search_table = SQL_INIT("category_search"),
    .fields = CATEGORY_ROWS,
    .nfields = ARRAY_LEN(CATEGORY_ROWS),
    .size = sizeof(Category),
    .title = CATEGORY_name,
    .flags = E_TRASH | E_GLOBAL,
    .check = check_category,
};

Status product_find(Ctx *cx, Db *db, Str sku, Str name, Id *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM product WHERE deleted_at IS NULL AND "));
    if (sku.len > 0) {
        sql_add(q, SQL("sku = "));
        sql_text(q, sku);
    } else {
        sql_add(q, SQL("sku IS NULL AND name = "));
        sql_text(q, name);
    }
    sql_add(q, SQL(" ORDER BY id LIMIT 1"));
    return db_int(cx, db, q, &ret->v);
}

static const Entity *const ENTITIES[] = { &category_entity, &product_entity };
static const Route ROUTES[] = {
    ROUTES_CRUD(product_entity, "products", "product"),
    { METHOD_POST, "/api/v1/products/:id/pictures", product_add_picture, "product.update", "update",
      "Add a picture to a product", ROUTE_UPLOAD, NULL, NULL, "object" },
    { METHOD_GET, "/api/v1/products/:id/pictures/:file", product_show_picture, "product.read", NULL,
      "One picture of a product", 0, NULL, NULL, NULL },
    ROUTES_CRUD(category_entity, "categories", "category"),
};
static const MessageDef MESSAGES[] = {
    { "barcode", "不是校验位正确的 EAN、UPC 或 GTIN 条码" },
    { "product.pictures", "每个商品最多 20 张图片" },
    { "category.used", "类目下还有商品或下级类目" },
    { "category.cycle", "不能把类目放到自己下面" },
};

const Module product_module = {
    .name = "product",
    .entities = ENTITIES,
    .nentities = ARRAY_LEN(ENTITIES),
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
    .messages = MESSAGES,
    .nmessages = ARRAY_LEN(MESSAGES),
};
