#include "order/fixture_test.h"

static const Entity *const ENTITIES[] = {
    &shop_entity,    &category_entity, &product_entity, &customer_entity, &contact_entity,
    &address_entity, &identity_entity, &order_entity,   &line_entity,     &refund_entity,
};

typedef struct Step {
    const EntityInfo *e;
    void *row;
    const void *patch;
    Id id;
    const OrderLine *lines;
    size_t n;
    bool any;
} Step;

static Status write_create(Ctx *cx, Db *db, void *arg)
{
    Step *s = arg;
    void *row = row_copy(cx->arena, s->e, s->row);
    if (s->e->entity == &order_entity)
        TRY(order_create(cx, db, row, s->lines, s->n, (Str){ 0 }));
    else if (s->e->entity == &refund_entity)
        TRY(refund_create(cx, db, row, s->lines, s->n, (Str){ 0 }));
    else
        TRY(change_create(cx, db, s->e, row, (Str){ 0 }));
    s->id = row_id(row, s->e);
    return STATUS_OK;
}

static Status write_change(Ctx *cx, Db *db, void *arg)
{
    Step *s = arg;
    if (s->e->entity == &order_entity)
        return order_change(cx, db, s->id, 0, s->patch, s->lines, s->n, (Str){ 0 }, NULL, &s->any);
    if (s->e->entity == &refund_entity)
        return refund_change(cx, db, s->id, 0, s->patch, s->lines, s->n, (Str){ 0 }, NULL, &s->any);
    return change_update(cx, db, s->e, s->id, 0, s->patch, (Str){ 0 }, NULL);
}

static Status write_delete(Ctx *cx, Db *db, void *arg)
{
    Step *s = arg;
    return change_delete(cx, db, s->e, s->id, 0, (Str){ 0 });
}

static Status write_restore(Ctx *cx, Db *db, void *arg)
{
    Step *s = arg;
    return change_undelete(cx, db, s->e, s->id, (Str){ 0 }, NULL);
}

static Status create(Fixture *f, const Entity *e, void *row, const OrderLine *lines, size_t n,
                     Id *ret)
{
    f->cx->now.ms += 1000;
    Step s = { .e = catalog_of(f->cx, e), .row = row, .lines = lines, .n = n };
    TRY(store_write(f->cx, f->store, write_create, &s));
    *ret = s.id;
    return STATUS_OK;
}

Status fixture_create(Fixture *f, const Entity *e, void *row)
{
    Id id = { 0 };
    return create(f, e, row, NULL, 0, &id);
}

Status fixture_change(Fixture *f, const Entity *e, Id id, const void *patch)
{
    f->cx->now.ms += 1000;
    Step s = { .e = catalog_of(f->cx, e), .id = id, .patch = patch };
    return store_write(f->cx, f->store, write_change, &s);
}

Status fixture_lines(Fixture *f, Id order, const OrderLine *lines, size_t n, bool *ret_any)
{
    f->cx->now.ms += 1000;
    const EntityInfo *e = catalog_of(f->cx, &order_entity);
    Step s = { .e = e, .id = order, .patch = row_new(f->cx->arena, e), .lines = lines, .n = n };
    TRY(store_write(f->cx, f->store, write_change, &s));
    *ret_any = s.any;
    return STATUS_OK;
}

Status fixture_delete(Fixture *f, const Entity *e, Id id)
{
    f->cx->now.ms += 1000;
    Step s = { .e = catalog_of(f->cx, e), .id = id };
    return store_write(f->cx, f->store, write_delete, &s);
}

Status fixture_restore(Fixture *f, const Entity *e, Id id)
{
    f->cx->now.ms += 1000;
    Step s = { .e = catalog_of(f->cx, e), .id = id };
    return store_write(f->cx, f->store, write_restore, &s);
}

bool fixture_open(Fixture *f, bool postgres)
{
    *f = (Fixture){ 0 };
    if (!kit_store(&f->kit, postgres, ENTITIES, ARRAY_LEN(ENTITIES)))
        return false;
    f->cx = f->kit.cx;
    f->store = f->kit.store;
    Shop shop = { .name = S("一号店"), .platform = { PLATFORM_TAOBAO } };
    row_touch(&shop.row, SHOP_name);
    row_touch(&shop.row, SHOP_platform);
    CHECK_OK(create(f, &shop_entity, &shop, NULL, 0, &f->shop));
    for (size_t i = 0; i < ARRAY_LEN(f->products); i++) {
        Product p = { .name = arena_fmt(f->cx->arena, "商品%zu", i + 1),
                      .sku = arena_fmt(f->cx->arena, "SKU-%zu", i + 1) };
        row_touch(&p.row, PRODUCT_name);
        row_touch(&p.row, PRODUCT_sku);
        CHECK_OK(create(f, &product_entity, &p, NULL, 0, &f->products[i]));
    }
    return true;
}

void fixture_close(Fixture *f)
{
    kit_store_close(&f->kit);
}

Id fixture_customer(Fixture *f, Str name)
{
    Id id = { 0 };
    Customer c = { .name = name };
    row_touch(&c.row, CUSTOMER_name);
    CHECK_OK(create(f, &customer_entity, &c, NULL, 0, &id));
    return id;
}

static Instant local(const Fixture *f, Str day, int hour)
{
    Day d = { 0 };
    CHECK(day_parse(day, &d));
    return (Instant){ zone_day_start(f->kit.catalog->zone, d).ms + hour * 3600000LL };
}

Id fixture_order(Fixture *f, Id customer, Str day, int hour, int64_t paid, const OrderLine *lines,
                 size_t n)
{
    Id id = { 0 };
    Order o = { .shop_id = f->shop,
                .number = arena_fmt(f->cx->arena, "N%d", ++f->numbers),
                .state = { paid > 0 ? ORDER_STATE_PAID : ORDER_STATE_UNPAID },
                .customer_id = customer,
                .ordered_at = local(f, day, hour),
                .paid_amount = { paid * MONEY_ONE } };
    row_touch(&o.row, ORDER_shop_id);
    row_touch(&o.row, ORDER_number);
    row_touch(&o.row, ORDER_state);
    if (customer.v != 0)
        row_touch(&o.row, ORDER_customer_id);
    row_touch(&o.row, ORDER_ordered_at);
    row_touch(&o.row, ORDER_paid_amount);
    CHECK_OK(create(f, &order_entity, &o, lines, n, &id));
    return id;
}

Id fixture_refund(Fixture *f, Id order, Id customer, int64_t amount, RefundState state)
{
    Id id = { 0 };
    Refund r = { .shop_id = f->shop,
                 .state = { (int32_t)state },
                 .order_id = order,
                 .customer_id = customer,
                 .amount = { amount * MONEY_ONE },
                 .refunded_at = f->cx->now };
    row_touch(&r.row, REFUND_shop_id);
    row_touch(&r.row, REFUND_state);
    if (order.v != 0)
        row_touch(&r.row, REFUND_order_id);
    if (customer.v != 0)
        row_touch(&r.row, REFUND_customer_id);
    row_touch(&r.row, REFUND_amount);
    row_touch(&r.row, REFUND_refunded_at);
    CHECK_OK(create(f, &refund_entity, &r, NULL, 0, &id));
    return id;
}

CustomerTotals fixture_totals(Fixture *f, Id customer)
{
    CustomerTotals t = { 0 };
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(f->cx, f->store, &db));
    CHECK_OK(customer_totals(f->cx, db, customer, &t));
    return t;
}

enum { FINDINGS_TEXT = 1024 * 1024 };

int64_t fixture_verify(Fixture *f)
{
    Buf out = buf_new(f->cx->arena, FINDINGS_TEXT);
    int64_t checked = 0;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(f->cx, f->store, &db));
    CHECK_OK(order_verify(f->cx, db, &out, &checked));
    CHECK(checked > 0);
    int64_t n = 0;
    for (size_t i = 0; i < out.len; i++)
        n += out.ptr[i] == '\n';
    return n;
}

int64_t fixture_int(Fixture *f, SqlText select, int64_t arg)
{
    int64_t n = -1;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(f->cx, f->store, &db));
    Sql *q = sql_new(f->cx->arena, db);
    sql_add(q, select);
    sql_int(q, arg);
    CHECK_OK(db_int(f->cx, db, q, &n));
    return n;
}

typedef struct Raw {
    SqlText text;
    int64_t arg;
} Raw;

static Status write_raw(Ctx *cx, Db *db, void *arg)
{
    const Raw *r = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, r->text);
    sql_int(q, r->arg);
    return db_exec(cx, db, q, NULL);
}

Status fixture_exec(Fixture *f, SqlText statement, int64_t arg)
{
    Raw r = { statement, arg };
    return store_write(f->cx, f->store, write_raw, &r);
}

int64_t fixture_count(Fixture *f, const Entity *e, Str q, Str filter)
{
    int64_t n = -1;
    Query query = query_of(f->cx, catalog_of(f->cx, e));
    query.q = q;
    CHECK_OK(query_set_filter(f->cx, &query, filter));
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(f->cx, f->store, &db));
    CHECK_OK(query_count(f->cx, db, &query, &n));
    return n;
}
