// Files of products.
#include "intake/intake_internal.h"

static Status find_category(Ctx *cx, Db *db, Batch *b, Str name, Id *ret)
{
    KnownKey key = known_key(KNOWN_CATEGORY, 0, name);
    if (name.len == 0 || known_get(b, &key, &ret->v))
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM category WHERE deleted_at IS NULL AND name = "));
    sql_text(q, name);
    sql_add(q, SQL(" ORDER BY id LIMIT 1"));
    Status s = db_int(cx, db, q, &ret->v);
    if (s == STATUS_NOT_FOUND && b->dry) {
        ret->v = --*b->virtual_id;
    } else if (s == STATUS_NOT_FOUND) {
        const EntityInfo *e = catalog_of(cx, &category_entity);
        Category *row = row_new(cx->arena, e);
        put_text(cx, e, row, CATEGORY_name, name);
        TRY(change_create(cx, db, e, row, (Str){ 0 }));
        *ret = row->id;
    } else {
        TRY(s);
    }
    fresh_put(b, &key, ret->v);
    return STATUS_OK;
}

static Status one_product(Ctx *cx, Db *db, Batch *b, const Draft *d, const Product *from,
                          Outcome *ret)
{
    const EntityInfo *e = b->reading->product;
    Product *wish = row_copy(cx->arena, e, from);
    Id category = { 0 };
    Id id = { 0 };
    bool again = false;
    TRY(find_category(cx, db, b, utf8_left(d->category, 100), &category));
    if (category.v > 0)
        put_num(cx, e, wish, PRODUCT_category_id, category.v);
    bool coded = wish->sku.len > 0;
    KnownKey key = known_key(KNOWN_ROW, coded, coded ? wish->sku : wish->name);
    *ret = CREATED;
    if (!known_get(b, &key, &id.v)) {
        Status s = product_find(cx, db, wish->sku, wish->name, &id);
        if (s != STATUS_NOT_FOUND)
            TRY(s);
    }
    if (id.v == 0) {
        if (b->dry)
            id.v = --*b->virtual_id;
        else
            TRY(change_create(cx, db, e, wish, (Str){ 0 }));
        id = b->dry ? id : wish->id;
        (void)policy_for(b, COUNT_PRODUCTS, id.v, &again);
    } else {
        Policy policy = policy_for(b, COUNT_PRODUCTS, id.v, &again);
        Product *before = row_new(cx->arena, e);
        Product *patch = row_new(cx->arena, e);
        *ret = UNCHANGED;
        if (id.v > 0)
            TRY(query_one(cx, db, e, id, before));
        if (id.v > 0 && patch_of(cx, e, before, wish, policy, patch)) {
            if (!b->dry)
                TRY(change_update(cx, db, e, id, 0, patch, (Str){ 0 }, NULL));
            *ret = again ? MERGED : UPDATED;
        }
    }
    fresh_put(b, &key, id.v);
    b->counts.n[COUNT_PRODUCTS][*ret]++;
    example_add(b, *ret, COUNT_PRODUCTS, d->rows[0].number, wish->name, wish->sku);
    return STATUS_OK;
}

Status apply_product_row(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret)
{
    *ret = UNCHANGED;
    for (size_t i = 0; i < d->nproducts; i++)
        TRY(one_product(cx, db, b, d, d->products[i], ret));
    return STATUS_OK;
}
