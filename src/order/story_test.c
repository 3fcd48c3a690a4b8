// Customers as people use them: found, seen, put back, undone.
#include "order/fixture_test.h"

#include <inttypes.h>

static Id person(Fixture *f, Str name, Str phone, Id owner)
{
    const EntityInfo *e = catalog_of(f->cx, &customer_entity);
    Customer *c = row_new(f->cx->arena, e);
    row_put(f->cx->arena, c, field_at(e, CUSTOMER_name), value_text(name));
    if (phone.len > 0)
        row_put(f->cx->arena, c, field_at(e, CUSTOMER_phone), value_text(phone));
    if (owner.v != 0)
        row_put(f->cx->arena, c, field_at(e, CUSTOMER_owner_id), value_num(FIELD_ID, owner.v));
    CHECK_OK(fixture_create(f, &customer_entity, c));
    return (Id){ fixture_int(f, SQL("SELECT max(id) FROM customer WHERE id > "), 0) };
}

static Status add_identity(Fixture *f, Id customer, Str value)
{
    Identity i = { .customer_id = customer, .shop_id = f->shop, .value = value };
    row_touch(&i.row, IDENTITY_customer_id);
    row_touch(&i.row, IDENTITY_shop_id);
    row_touch(&i.row, IDENTITY_value);
    return fixture_create(f, &identity_entity, &i);
}

BOTH(customers_are_found)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id zhang = person(&f, S("张三丰"), S("138 0013 8000"), (Id){ 0 });
    (void)person(&f, S("曾国藩"), S("13900139000"), (Id){ 0 });
    (void)person(&f, S("Jane Miller"), S(""), (Id){ 0 });
    (void)fixture_order(&f, zhang, S("2026-01-05"), 10, 5, NULL, 0);
    CHECK_OK(add_identity(&f, zhang, S("zsf_taobao")));
    static const struct {
        const char *q;
        int64_t found;
    } STORIES[] = {
        { "张三丰", 1 },      { "三丰", 1 },   { "zhangsanfeng", 1 }, { "zsf", 1 },
        { "zgf", 1 },         { "liubei", 0 }, { "miller", 1 },       { "8000", 1 },
        { "9000", 1 },        { "1234", 0 },   { "13800138000", 1 },  { "+86 138 0013 8000", 1 },
        { "13800138001", 0 }, { "N1", 1 },     { "N77", 0 },          { "zsf_taobao", 1 },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        int64_t n = fixture_count(&f, &customer_entity, str_z(STORIES[i].q), S(""));
        CHECK_ROW(n == STORIES[i].found, "%s: %" PRId64, STORIES[i].q, n);
    }
    CHECK_INT(fixture_count(&f, &customer_entity, S(""),
                            S("{\"orders\":{\"where\":{\"field\":\"number\",\"op\":\"eq\","
                              "\"value\":\"N1\"}}}")),
              1);
}

BOTH(identity_belongs_to_one)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id one = fixture_customer(&f, S("甲"));
    Id two = fixture_customer(&f, S("乙"));
    CHECK_OK(add_identity(&f, one, S("buyer")));
    CHECK_STATUS(add_identity(&f, two, S("buyer")), CONFLICT);
    CHECK_STR(str_z(f.cx->errors->code), S("identity.taken"));
    CHECK_STR(f.cx->errors->args[0], arena_fmt(f.cx->arena, "%" PRId64, one.v));
    f.cx->errors = NULL;
    // Whoever lies in the bin gives his account up when somebody else comes with it.
    CHECK_OK(fixture_delete(&f, &customer_entity, one));
    CHECK_OK(add_identity(&f, two, S("buyer")));
    CHECK_OK(fixture_restore(&f, &customer_entity, one));
    Id found = { 0 };
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(f.cx, f.store, &db));
    CHECK_OK(customer_by_identity(f.cx, db, f.shop, S("buyer"), &found));
    CHECK_INT(found.v, two.v);
}

BOTH(identity_number_tells_birthday_and_gender)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    const EntityInfo *e = catalog_of(f.cx, &customer_entity);
    Customer *c = row_new(f.cx->arena, e);
    row_put(f.cx->arena, c, field_at(e, CUSTOMER_name), value_text(S("单雄信")));
    row_put(f.cx->arena, c, field_at(e, CUSTOMER_id_number), value_text(S("11010519491231002x")));
    CHECK_OK(fixture_create(&f, &customer_entity, c));
    Id id = { 1 };
    Day birth = day_from_date((Date){ 1949, 12, 31 });
    CHECK_INT(fixture_int(&f, SQL("SELECT birthday FROM customer WHERE id = "), id.v), birth.n);
    CHECK_INT(fixture_int(&f, SQL("SELECT gender FROM customer WHERE id = "), id.v), 1);
    // A surname is read as a name, and sorting goes by it.
    CHECK_INT(
        fixture_int(&f,
                    SQL("SELECT count(*) FROM customer WHERE name_pinyin LIKE 'shan %' AND id = "),
                    id.v),
        1);
    Customer *bad = row_new(f.cx->arena, e);
    row_put(f.cx->arena, bad, field_at(e, CUSTOMER_id_number), value_text(S("110105194912310021")));
    CHECK_STATUS(fixture_change(&f, &customer_entity, id, bad), INVALID);
    f.cx->errors = NULL;
}

TEST(nothing_personal_in_clear_text)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, false))
        return;
    const EntityInfo *e = catalog_of(f.cx, &customer_entity);
    Customer *c = row_new(f.cx->arena, e);
    row_put(f.cx->arena, c, field_at(e, CUSTOMER_name), value_text(S("张三丰")));
    row_put(f.cx->arena, c, field_at(e, CUSTOMER_phone), value_text(S("13800138000")));
    row_put(f.cx->arena, c, field_at(e, CUSTOMER_email), value_text(S("sanfeng@wudang.example")));
    row_put(f.cx->arena, c, field_at(e, CUSTOMER_street), value_text(S("紫霄宫前街八十八号")));
    row_put(f.cx->arena, c, field_at(e, CUSTOMER_id_number), value_text(S("11010519491231002X")));
    CHECK_OK(fixture_create(&f, &customer_entity, c));
    Customer *patch = row_new(f.cx->arena, e);
    row_put(f.cx->arena, patch, field_at(e, CUSTOMER_phone), value_text(S("13900139000")));
    CHECK_OK(fixture_change(&f, &customer_entity, (Id){ 1 }, patch));
    static const char *const SECRETS[] = { "13800138000", "13900139000", "sanfeng@wudang", "紫霄宫",
                                           "11010519491231002" };
    Str bytes = kit_store_bytes(&f.kit);
    CHECK(str_find(bytes, S("张三丰"), 0) < bytes.len); // the search would find what is there
    for (size_t i = 0; i < ARRAY_LEN(SECRETS); i++)
        CHECK_ROW(str_find(bytes, str_z(SECRETS[i]), 0) == bytes.len, "%s stands in the file",
                  SECRETS[i]);
}

// --- what somebody with a scope sees

enum { ME = 7, OTHER = 8, MAX_FIELDS = 256 };

static const Access *somebody(Fixture *f, uint32_t scope)
{
    Arena *a = f->cx->arena;
    const Catalog *c = f->kit.catalog;
    EntityAccess *entities = arena_array(a, EntityAccess, c->nentities);
    for (size_t i = 0; i < c->nentities; i++) {
        const Entity *e = c->entities[i].entity;
        uint32_t kinds = e == &customer_entity ? scope : e->parent != 0 ? 0 : (uint32_t)SCOPE_ALL;
        entities[i] = (EntityAccess){ .may = 0x7f,
                                      .view = { .kinds = kinds },
                                      .operate = { .kinds = kinds } };
        entities[i].field = arena_array(a, uint8_t, MAX_FIELDS);
        memset(entities[i].field, ACCESS_WRITE, MAX_FIELDS);
    }
    Access *access = arena_new(a, Access);
    *access = (Access){ .user = { ME }, .entities = entities, .origin = ORIGIN_PAGE };
    return access;
}

BOTH(scope_reaches_what_hangs_on_customers)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id mine = person(&f, S("我的"), S(""), (Id){ ME });
    Id others = person(&f, S("别人的"), S(""), (Id){ OTHER });
    OrderLine one = { .product_id = f.products[0],
                      .quantity_e4 = MONEY_ONE,
                      .amount_e4 = MONEY_ONE };
    Id my_order = fixture_order(&f, mine, S("2026-01-05"), 10, 5, &one, 1);
    Id other_order = fixture_order(&f, others, S("2026-01-05"), 10, 5, &one, 1);
    (void)fixture_order(&f, (Id){ 0 }, S("2026-01-05"), 10, 5, &one, 1);
    (void)fixture_refund(&f, my_order, (Id){ 0 }, 1, REFUND_STATE_DONE);
    (void)fixture_refund(&f, other_order, (Id){ 0 }, 1, REFUND_STATE_DONE);
    const Access *system = f.cx->access;
    static const struct {
        uint32_t scope;
        int64_t customers, orders, lines, refunds;
    } STORIES[] = { { SCOPE_OWN, 1, 1, 1, 1 }, { SCOPE_ALL, 2, 3, 3, 2 }, { 0, 0, 0, 0, 0 } };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        f.cx->access = somebody(&f, STORIES[i].scope);
        int64_t customers = fixture_count(&f, &customer_entity, S(""), S(""));
        int64_t orders = fixture_count(&f, &order_entity, S(""), S(""));
        int64_t lines = fixture_count(&f, &line_entity, S(""), S(""));
        int64_t refunds = fixture_count(&f, &refund_entity, S(""), S(""));
        CHECK_ROW(customers == STORIES[i].customers && orders == STORIES[i].orders &&
                      lines == STORIES[i].lines && refunds == STORIES[i].refunds,
                  "scope %u: %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, STORIES[i].scope,
                  customers, orders, lines, refunds);
    }
    f.cx->access = somebody(&f, SCOPE_OWN);
    Order patch = { .buyer = S("x") };
    row_touch(&patch.row, ORDER_buyer);
    CHECK_OK(fixture_change(&f, &order_entity, my_order, &patch));
    CHECK_STATUS(fixture_change(&f, &order_entity, other_order, &patch), NOT_FOUND);
    f.cx->errors = NULL;
    // He may not push an order out of his sight.
    Order away = { .customer_id = others };
    row_touch(&away.row, ORDER_customer_id);
    CHECK_STATUS(fixture_change(&f, &order_entity, my_order, &away), FORBIDDEN);
    f.cx->errors = NULL;
    f.cx->access = system;
    CHECK_INT(fixture_verify(&f), 0);
}

// --- history and undo

BOTH(customer_history_and_bin)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id id = person(&f, S("张三"), S("13800138000"), (Id){ 0 });
    const EntityInfo *e = catalog_of(f.cx, &customer_entity);
    Customer *patch = row_new(f.cx->arena, e);
    row_put(f.cx->arena, patch, field_at(e, CUSTOMER_phone), value_text(S("13900139000")));
    row_put(f.cx->arena, patch, field_at(e, CUSTOMER_city), value_text(S("杭州")));
    CHECK_OK(fixture_change(&f, &customer_entity, id, patch));
    CHECK_INT(fixture_count(&f, &customer_entity, S("13900139000"), S("")), 1);
    CHECK_OK(fixture_delete(&f, &customer_entity, id));
    CHECK_INT(fixture_count(&f, &customer_entity, S("张三"), S("")), 0);
    CHECK_OK(fixture_restore(&f, &customer_entity, id));
    CHECK_INT(fixture_count(&f, &customer_entity, S("张三"), S("")), 1);

    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(f.cx, f.store, &db));
    Buf b = buf_new(f.cx->arena, 65536);
    JsonOut j = json_out(&b);
    CHECK_OK(change_history_json(f.cx, db, e, id, (Str){ 0 }, 50, &j));
    const Json *doc = NULL;
    CHECK_OK(json_parse(f.cx, buf_str(&b), &doc));
    const Json *items = json_get(doc, "items");
    static const char *const ACTIONS[] = { "restore", "delete", "update", "create" };
    CHECK_INT(items->len, ARRAY_LEN(ACTIONS));
    const Json *item = items->first;
    for (size_t i = 0; i < ARRAY_LEN(ACTIONS) && item != NULL; i++, item = item->next)
        CHECK_STR(json_text(item, "action", (Str){ 0 }), str_z(ACTIONS[i]));
    CHECK(str_find(
              buf_str(&b),
              S("[{\"name\":\"phone\",\"before\":\"+8613800138000\",\"after\":\"+8613900139000\"}"),
              0) < b.len);
}

typedef struct Import {
    Fixture *f;
    Id customer, order;
    Id made;
} Import;

// One transaction of an import: a new customer with an order, and other lines for an old order.
static Status write_import(Ctx *cx, Db *db, void *arg)
{
    Import *in = arg;
    const EntityInfo *customers = catalog_of(cx, &customer_entity);
    const EntityInfo *orders = catalog_of(cx, &order_entity);
    Customer *c = row_new(cx->arena, customers);
    row_put(cx->arena, c, field_at(customers, CUSTOMER_name), value_text(S("新客")));
    TRY(change_create(cx, db, customers, c, (Str){ 0 }));
    OrderLine lines[] = {
        { .name = S("新货"), .quantity_e4 = 2 * MONEY_ONE, .amount_e4 = 40 * MONEY_ONE }
    };
    Order *o = row_new(cx->arena, orders);
    row_put(cx->arena, o, field_at(orders, ORDER_shop_id), value_num(FIELD_ID, in->f->shop.v));
    row_put(cx->arena, o, field_at(orders, ORDER_number), value_text(S("IMPORTED")));
    row_put(cx->arena, o, field_at(orders, ORDER_state), value_num(FIELD_CHOICE, ORDER_STATE_DONE));
    row_put(cx->arena, o, field_at(orders, ORDER_customer_id), value_num(FIELD_ID, c->id.v));
    row_put(cx->arena, o, field_at(orders, ORDER_ordered_at), value_num(FIELD_INSTANT, cx->now.ms));
    TRY(order_create(cx, db, o, lines, 1, (Str){ 0 }));
    Order *patch = row_new(cx->arena, orders);
    row_put(cx->arena, patch, field_at(orders, ORDER_carrier), value_text(S("顺丰")));
    TRY(order_change(cx, db, in->order, 0, patch, lines, 1, (Str){ 0 }, NULL, NULL));
    in->made = c->id;
    return STATUS_OK;
}

BOTH(import_is_undone_with_lines_and_totals)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id old = fixture_customer(&f, S("老客"));
    OrderLine one = { .product_id = f.products[0],
                      .quantity_e4 = 7 * MONEY_ONE,
                      .amount_e4 = MONEY_ONE };
    Import in = { .f = &f, .order = fixture_order(&f, old, S("2026-01-05"), 10, 5, &one, 1) };
    const Access *system = f.cx->access;
    f.cx->access = access_system(f.cx->arena, ORIGIN_IMPORT, (Id){ 17 });
    CHECK_OK(store_write(f.cx, f.store, write_import, &in));
    CHECK_INT(fixture_totals(&f, in.made).total_amount, 40 * MONEY_ONE);
    CHECK_INT(fixture_totals(&f, old).item_count, 2 * MONEY_ONE);
    CHECK_INT(fixture_int(&f, SQL("SELECT count(*) FROM orders WHERE import_id = "), 17), 1);
    CHECK_INT(fixture_verify(&f), 0);

    f.cx->access = access_system(f.cx->arena, ORIGIN_UNDO, (Id){ 1 });
    UndoCount count = { 0 };
    CHECK_OK(change_undo_origin(f.cx, f.store, ORIGIN_IMPORT, (Id){ 17 }, &count, NULL, NULL));
    f.cx->access = system;
    CHECK_INT(count.removed, 2);
    CHECK_INT(count.kept, 0);
    CHECK_INT(fixture_totals(&f, in.made).order_count, 0);
    CHECK_INT(fixture_totals(&f, old).item_count, 7 * MONEY_ONE);
    CHECK_INT(fixture_totals(&f, old).last_product_id, f.products[0].v);
    CHECK_INT(fixture_count(&f, &customer_entity, S(""), S("")), 1);
    CHECK_INT(fixture_int(&f, SQL("SELECT count(*) FROM orders WHERE carrier IS NULL AND id = "),
                          in.order.v),
              1);
    CHECK_INT(fixture_verify(&f), 0);
}
