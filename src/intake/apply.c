// A batch of drafts against the store: decided here, written by change/ (or not, when dry).
#include "intake/intake_internal.h"

void example_add(Batch *b, Outcome o, Counted what, int64_t row, Str title, Str text)
{
    enum { EACH = 5 };
    size_t same = 0;
    for (size_t i = 0; i < b->examples.len; i++)
        same += b->examples.ptr[i].outcome == o && b->examples.ptr[i].what == what;
    if (same < EACH)
        *vec_add(&b->work, &b->examples) =
            (Example){ o, what, row, arena_dup(&b->work, title), arena_dup(&b->work, text) };
}

void refuse(Batch *b, Ctx *cx, const EntityInfo *e)
{
    const Err *err = cx->errors;
    b->reason =
        err == NULL ? S("invalid") : i18n_error(&b->work, b->reading->options.lang.ptr, err, e);
    b->reason_field = err == NULL || err->field == NULL ? (Str){ 0 } : str_z(err->field);
    cx->errors = NULL;
}

bool patch_of(Ctx *cx, const EntityInfo *e, const void *before, const void *wish, Policy policy,
              void *ret)
{
    bool any = false;
    for (uint32_t i = 1; i < e->nbuiltin && policy != POLICY_SKIP; i++) {
        const Field *f = field_at(e, i);
        if (!row_is_set(wish, f))
            continue;
        Value was = row_get(before, f);
        Value is = row_get(wish, f);
        if (value_equal(was, is) || (policy == POLICY_FILL && !was.null))
            continue;
        row_put(cx->arena, ret, f, is);
        any = true;
    }
    return any;
}

Policy policy_for(Batch *b, Counted what, int64_t id, bool *ret_again)
{
    Str text = { (const char *)&id, sizeof(id) };
    KnownKey key = known_key(KNOWN_TOUCHED, what, text);
    int64_t one = 0;
    *ret_again = known_get(b, &key, &one);
    if (!*ret_again)
        fresh_put(b, &key, 1);
    Policy policy = b->reading->options.policy;
    return *ret_again && policy == POLICY_UPDATE ? POLICY_FILL : policy;
}

// --- shops and products

Status apply_shop(Ctx *cx, Db *db, Batch *b, const Draft *d, Id *ret)
{
    if (b->default_shop.v != 0) {
        *ret = b->default_shop;
        return STATUS_OK;
    }
    Str name = d->shop.len > 0 ? utf8_left(d->shop, 200) : b->shop_name;
    KnownKey key = known_key(KNOWN_SHOP, (int64_t)b->platform, name);
    if (known_get(b, &key, &ret->v))
        return STATUS_OK;
    if (!b->dry) {
        TRY(shop_find_or_create(cx, db, b->platform, name, ret));
    } else {
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("SELECT id FROM shop WHERE deleted_at IS NULL AND name = "));
        sql_text(q, name);
        sql_add(q, SQL(" AND platform = "));
        sql_int(q, b->platform);
        sql_add(q, SQL(" ORDER BY id LIMIT 1"));
        Status s = db_int(cx, db, q, &ret->v);
        if (s == STATUS_NOT_FOUND)
            ret->v = --*b->virtual_id;
        else
            TRY(s);
    }
    fresh_put(b, &key, ret->v);
    return STATUS_OK;
}

static Status find_product(Ctx *cx, Db *db, const DraftLine *line, KnownProduct *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, name FROM product WHERE deleted_at IS NULL AND "));
    if (line->sku.len > 0) {
        sql_add(q, SQL("sku = "));
        sql_text(q, line->sku);
    } else {
        sql_add(q, SQL("sku IS NULL AND name = "));
        sql_text(q, line->name);
    }
    sql_add(q, SQL(" ORDER BY id LIMIT 1"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        *ret = (KnownProduct){ .id = { stmt_int(st, 0) }, .name = stmt_text(st, 1, cx->arena) };
    return stmt_end(cx, &st);
}

static Status make_product(Ctx *cx, Db *db, Batch *b, const DraftLine *line, KnownProduct *p)
{
    const EntityInfo *e = b->reading->product;
    p->name = utf8_left(line->name.len > 0 ? line->name : line->sku, 300);
    b->counts.n[COUNT_PRODUCTS][CREATED]++;
    if (b->dry) {
        p->id.v = --*b->virtual_id;
        return STATUS_OK;
    }
    Product *row = row_new(cx->arena, e);
    put_text(cx, e, row, PRODUCT_name, p->name);
    put_text(cx, e, row, PRODUCT_sku, line->sku);
    TRY(change_create(cx, db, e, row, (Str){ 0 }));
    p->id = row->id;
    return STATUS_OK;
}

// A product that is called by its code only gets its name from the first line that has one.
static Status name_product(Ctx *cx, Db *db, Batch *b, const DraftLine *line, KnownProduct *p)
{
    const EntityInfo *e = b->reading->product;
    p->name = utf8_left(line->name, 300);
    b->counts.n[COUNT_PRODUCTS][UPDATED]++;
    if (b->dry)
        return STATUS_OK;
    Product *patch = row_new(cx->arena, e);
    put_text(cx, e, patch, PRODUCT_name, p->name);
    return change_update(cx, db, e, p->id, 0, patch, (Str){ 0 }, NULL);
}

Status apply_product(Ctx *cx, Db *db, Batch *b, const DraftLine *line, const KnownProduct **ret)
{
    *ret = NULL;
    if (line->sku.len == 0 && line->name.len == 0)
        return STATUS_OK;
    KnownKey key = line->sku.len > 0 ? known_key(KNOWN_SKU, 0, line->sku)
                                     : known_key(KNOWN_NAME, 0, line->name);
    int64_t found = 0;
    KnownProduct p = { 0 };
    if (known_get(b, &key, &found))
        p = *product_at(found);
    else
        TRY(find_product(cx, db, line, &p));
    bool is_new = p.id.v == 0;
    if (is_new)
        TRY(make_product(cx, db, b, line, &p));
    bool names = !is_new && line->name.len > 0 && str_eq(p.name, line->sku) &&
                 !str_eq(line->name, p.name) && b->reading->options.policy != POLICY_SKIP;
    if (names)
        TRY(name_product(cx, db, b, line, &p));
    if (found != 0 && !names) {
        *ret = product_at(found);
        return STATUS_OK;
    }
    KnownProduct *kept = arena_new(&b->work, KnownProduct);
    *kept = p;
    kept->name = arena_dup(&b->work, p.name);
    fresh_put(b, &key, (int64_t)(intptr_t)kept);
    *ret = kept;
    return STATUS_OK;
}

// --- the batch

static Status apply_one(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret)
{
    switch (b->reading->kind) {
    case IMPORT_ORDERS: return apply_order(cx, db, b, d, ret);
    case IMPORT_LINES: return apply_lines(cx, db, b, d, ret);
    case IMPORT_PAYMENTS: return apply_payments(cx, db, b, d, ret);
    case IMPORT_CUSTOMERS: return apply_customer_row(cx, db, b, d, ret);
    case IMPORT_PRODUCTS: return apply_product_row(cx, db, b, d, ret);
    case IMPORT_KIND_COUNT: break;
    }
    return FAIL(cx, INTERNAL, "import.kind", NULL, "unknown kind of import");
}

Status batch_apply(Ctx *cx, Db *db, void *batch)
{
    Batch *b = batch;
    // A repeated attempt starts from nothing.
    cx->errors = NULL;
    b->fresh = map_new(&b->work);
    b->counts = (Counts){ 0 };
    b->examples.ptr = NULL;
    b->examples.len = b->examples.cap = 0;
    b->reasons = arena_array(&b->work, Str, b->n + 1);
    b->reason_fields = arena_array(&b->work, Str, b->n + 1);
    for (size_t i = b->from; i < b->to; i++) {
        if (b->drafts[i]->error.len > 0)
            continue;
        Outcome outcome = UNCHANGED;
        TRY(apply_one(cx, db, b, b->drafts[i], &outcome));
        if (outcome == REFUSED) {
            b->reasons[i] = b->reason;
            b->reason_fields[i] = b->reason_field;
        }
    }
    return b->also == NULL ? STATUS_OK : b->also(cx, db, b);
}
