#include "order/order_internal.h"

const ChoiceDef ORDER_STATES[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    ORDER_STATE_LIST(X)
#undef X
        { NULL, { NULL, NULL } },
};

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Order, name, __VA_ARGS__),
#include "order/order.def"
#undef FIELD
};

static const Field LINE_ROWS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Line, name, __VA_ARGS__),
#include "order/line.def"
#undef FIELD
};

static void put_default(Ctx *cx, const EntityInfo *e, void *row, uint32_t field, int64_t num)
{
    const Field *f = field_at(e, field);
    if (!row_is_set(row, f))
        row_put(cx->arena, row, f, value_num(f->kind, num));
}

static Status fill_currency(Ctx *cx, Db *db, const EntityInfo *e, Order *o)
{
    const Field *f = field_at(e, ORDER_currency);
    if (row_is_set(o, f))
        return STATUS_OK;
    Str currency = cx->catalog->currency;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT currency FROM shop WHERE currency IS NOT NULL AND id = "));
    sql_id(q, o->shop_id);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        currency = stmt_text(st, 0, cx->arena);
    TRY(stmt_end(cx, &st));
    row_put(cx->arena, o, f, value_text(currency));
    return STATUS_OK;
}

static Status check_order(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    Order *o = after;
    if (o == NULL)
        return STATUS_OK;
    if (before == NULL) {
        put_default(cx, e, o, ORDER_item_count, 0);
        put_default(cx, e, o, ORDER_line_count, 0);
        if (resolved_by_import(cx))
            put_default(cx, e, o, ORDER_import_id, cx->access->origin_id.v);
        TRY(fill_currency(cx, db, e, o));
    }
    if (!resolved_by_import(cx))
        TRY(check_references(cx, db, e, before, after));
    return head_check_number(cx, db, e, before, after);
}

static void touch_customer(Ctx *cx, Db *db, const Order *o)
{
    if (o != NULL && o->customer_id.v != 0)
        change_defer(cx, db, order_refresh_customer, o->customer_id);
}

// Refunds that followed the order's customer follow him to the next one, by the program itself.
static Status move_refunds(Ctx *cx, Db *db, const Order *was, const Order *is)
{
    const EntityInfo *e = catalog_of(cx, &refund_entity);
    VEC(int64_t) ids = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM refund WHERE deleted_at IS NULL AND order_id = "));
    sql_id(q, is->id);
    sql_add(q, SQL(" AND coalesce(customer_id, 0) = "));
    sql_int(q, was->customer_id.v);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, &ids) = stmt_int(st, 0);
    TRY(stmt_end(cx, &st));
    Refund *patch = row_new(cx->arena, e);
    const Field *f = field_at(e, REFUND_customer_id);
    row_put(cx->arena, patch, f,
            is->customer_id.v == 0 ? value_null(FIELD_ID) : value_num(FIELD_ID, is->customer_id.v));
    for (size_t i = 0; i < ids.len; i++)
        TRY(change_update(cx, db, e, (Id){ ids.ptr[i] }, 0, patch, S("order moved"), NULL));
    return STATUS_OK;
}

static Status order_moved(Ctx *cx, Db *db, const Order *was, const Order *is)
{
    bool moved = was->customer_id.v != is->customer_id.v;
    if (!moved && was->ordered_at.ms == is->ordered_at.ms)
        return STATUS_OK;
    LineHead head = { is->id, is->customer_id, is->ordered_at };
    TRY(lines_move(cx, db, &ORDER_LINE_TABLE, head));
    return moved ? move_refunds(cx, db, was, is) : STATUS_OK;
}

static Status select_refunds(Ctx *cx, Db *db, Id order, bool deleted_with_it, Id **ret,
                             size_t *ret_n)
{
    VEC(Id) ids = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT r.id FROM refund r WHERE r.order_id = "));
    sql_id(q, order);
    if (deleted_with_it) {
        sql_add(q,
                SQL(" AND r.deleted_at = (SELECT max(c.at) FROM change c WHERE c.entity = 'order' "
                    "AND c.record_id = "));
        sql_id(q, order);
        sql_add(q, SQL(" AND c.action = "));
        sql_int(q, CHANGE_DELETE);
        sql_add(q, SQL(")"));
    } else {
        sql_add(q, SQL(" AND r.deleted_at IS NULL"));
    }
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        vec_add(cx->arena, &ids)->v = stmt_int(st, 0);
    TRY(stmt_end(cx, &st));
    *ret = ids.ptr;
    *ret_n = ids.len;
    return STATUS_OK;
}

// A deleted order takes its refunds into the bin and brings them back, otherwise its customer would
// be left with refunds of nothing.
static Status cascade(Ctx *cx, Db *db, Id order, bool restore)
{
    const EntityInfo *e = catalog_of(cx, &refund_entity);
    Id *ids = NULL;
    size_t n = 0;
    TRY(select_refunds(cx, db, order, restore, &ids, &n));
    for (size_t i = 0; i < n; i++) {
        if (restore)
            TRY(change_undelete(cx, db, e, ids[i], S("order restored"), NULL));
        else
            TRY(change_delete(cx, db, e, ids[i], 0, S("order deleted")));
    }
    return STATUS_OK;
}

static Status follow(Ctx *cx, Db *db, const Order *was, const Order *is)
{
    if (was != NULL && is != NULL)
        return order_moved(cx, db, was, is);
    if (is == NULL)
        return cascade(cx, db, was->id, false);
    // Version 1: made just now, so nothing lies in the bin.
    return is->version == 1 ? STATUS_OK : cascade(cx, db, is->id, true);
}

static Status order_changed(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                            const void *after)
{
    (void)e;
    const Order *was = before;
    const Order *is = after;
    bool counts = was == NULL || is == NULL || was->customer_id.v != is->customer_id.v ||
                  was->paid_amount.e4 != is->paid_amount.e4 ||
                  was->item_count.e4 != is->item_count.e4 ||
                  was->ordered_at.ms != is->ordered_at.ms;
    if (counts) {
        touch_customer(cx, db, was);
        touch_customer(cx, db, is);
    }
    const Access *mine = cx->access;
    Access all = access_of_program(cx);
    cx->access = &all;
    Status s = follow(cx, db, was, is);
    cx->access = mine;
    return s;
}

static const Relation RELATIONS[] = {
    { "lines", "line", SQL_INIT("order_id") },
    { "refunds", "refund", SQL_INIT("order_id") },
    { NULL, NULL, { NULL } },
};

const Entity order_entity = {
    .name = "order",
    .path = "orders",
    .label = { "订单", "Order" },
    .plural = { "订单", "Orders" },
    .table = SQL_INIT("orders"),
    .search_table = SQL_INIT("orders_search"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Order),
    .title = ORDER_number,
    .parent = ORDER_customer_id,
    .flags = E_TRASH | E_CUSTOM,
    .relations = RELATIONS,
    .check = check_order,
    .changed = order_changed,
    .put_back = order_put_back,
};

const Entity line_entity = {
    .name = "line",
    .path = "lines",
    .label = { "订单明细", "Order line" },
    .plural = { "订单明细", "Order lines" },
    .table = SQL_INIT("order_line"),
    .fields = LINE_ROWS,
    .nfields = ARRAY_LEN(LINE_ROWS),
    .size = sizeof(Line),
    .title = LINE_name,
    .parent = LINE_order_id,
    .flags = E_READONLY,
};

// --- writing

static void complete(Ctx *cx, const EntityInfo *e, Order *o, size_t n, const LineSums *sums)
{
    row_put(cx->arena, o, field_at(e, ORDER_line_count), value_num(FIELD_INT, (int64_t)n));
    if (n > 0) {
        row_put(cx->arena, o, field_at(e, ORDER_item_count),
                value_num(FIELD_DECIMAL, sums->quantity));
        put_default(cx, e, o, ORDER_goods_amount, sums->amount);
    }
    // Unchecked numbers still: what does not add up is left to the check of values.
    int64_t total = row_get(o, field_at(e, ORDER_goods_amount)).num;
    bool adds_up =
        row_is_set(o, field_at(e, ORDER_goods_amount)) &&
        !__builtin_sub_overflow(total, row_get(o, field_at(e, ORDER_discount)).num, &total) &&
        money_sum(total, row_get(o, field_at(e, ORDER_freight)).num, &total) &&
        money_sum(total, row_get(o, field_at(e, ORDER_tax)).num, &total);
    if (adds_up)
        put_default(cx, e, o, ORDER_total_amount, total);
    bool paid = o->state.ordinal == ORDER_STATE_PAID || o->state.ordinal == ORDER_STATE_SHIPPED ||
                o->state.ordinal == ORDER_STATE_DONE;
    put_default(cx, e, o, ORDER_paid_amount,
                paid ? row_get(o, field_at(e, ORDER_total_amount)).num : 0);
}

Status order_create(Ctx *cx, Db *db, Order *order, const OrderLine *lines, size_t n, Str reason)
{
    const EntityInfo *e = catalog_of(cx, &order_entity);
    OrderLine *clean = NULL;
    LineSums sums = { 0 };
    TRY(lines_check(cx, lines, n, &clean));
    TRY(lines_sum(cx, clean, n, &sums));
    complete(cx, e, order, n, &sums);
    TRY(change_create(cx, db, e, order, reason));
    LineHead head = { order->id, order->customer_id, order->ordered_at };
    return lines_insert(cx, db, &ORDER_LINE_TABLE, head, clean, n);
}

static Status replace_lines(Ctx *cx, Db *db, const EntityInfo *e, const Order *o,
                            const LinesChange *c)
{
    LineHead head = { o->id, o->customer_id, o->ordered_at };
    if (c->nbefore > 0)
        TRY(lines_remove(cx, db, &ORDER_LINE_TABLE, o->id));
    TRY(lines_insert(cx, db, &ORDER_LINE_TABLE, head, c->after, c->nafter));
    change_attach(cx, db, e, o->id, "lines",
                  lines_pair(cx->arena, c->before, c->nbefore, c->after, c->nafter));
    touch_customer(cx, db, o);
    return STATUS_OK;
}

// The sum of the lines is the truth, if there are any.
static Status fit_counts(Ctx *cx, Db *db, const EntityInfo *e, Id id, const LinesChange *c,
                         bool given, Order *wish)
{
    const Field *items = field_at(e, ORDER_item_count);
    row_drop(wish, field_at(e, ORDER_line_count));
    size_t n = c->nafter;
    if (!given && row_has(wish, items)) {
        OrderLine *lines = NULL;
        TRY(lines_load(cx, db, &ORDER_LINE_TABLE, id, &lines, &n));
    }
    if (n > 0)
        row_drop(wish, items);
    if (!c->differs)
        return STATUS_OK;
    row_put(cx->arena, wish, field_at(e, ORDER_line_count), value_num(FIELD_INT, (int64_t)n));
    if (!row_has(wish, items))
        row_put(cx->arena, wish, items, value_num(FIELD_DECIMAL, c->sums.quantity));
    return STATUS_OK;
}

Status order_change(Ctx *cx, Db *db, Id id, int64_t version, const Order *patch,
                    const OrderLine *lines, size_t n, Str reason, Order **ret_after, bool *ret_any)
{
    const EntityInfo *e = catalog_of(cx, &order_entity);
    int64_t was = 0;
    Status s = head_lock(cx, db, &order_entity, id, &was);
    if (s != STATUS_OK && s != STATUS_NOT_FOUND)
        return s;
    LinesChange c = { 0 };
    Order *wish = row_copy(cx->arena, e, patch);
    TRY(lines_compare(cx, db, &ORDER_LINE_TABLE, id, lines, n, &c));
    TRY(fit_counts(cx, db, e, id, &c, lines != NULL, wish));
    void *after = NULL;
    TRY(c.differs ? change_touch(cx, db, e, id, version, wish, reason, &after)
                  : change_update(cx, db, e, id, version, wish, reason, &after));
    if (c.differs)
        TRY(replace_lines(cx, db, e, after, &c));
    if (ret_any != NULL)
        *ret_any = ((const Order *)after)->version != was;
    if (ret_after != NULL)
        *ret_after = after;
    return STATUS_OK;
}

Status order_put_back(Ctx *cx, Db *db, const EntityInfo *e, Id id, const Json *data,
                      const void *patch, bool force, Str reason, bool *ret_kept)
{
    (void)e;
    static const OrderLine NONE[1];
    OrderLine *before = NULL;
    size_t n = 0;
    bool back = false;
    TRY(lines_to_put_back(cx, db, &ORDER_LINE_TABLE, id, data, force, &before, &n, &back,
                          ret_kept));
    const OrderLine *lines = n == 0 ? NONE : before;
    return order_change(cx, db, id, 0, patch, back ? lines : NULL, n, reason, NULL, NULL);
}

Status order_by_number(Ctx *cx, Db *db, Id shop, Str number, Order *ret)
{
    return head_by_number(cx, db, &order_entity, shop, number, ret);
}

Status order_lines(Ctx *cx, Db *db, Id order, OrderLine **ret, size_t *ret_n)
{
    return lines_load(cx, db, &ORDER_LINE_TABLE, order, ret, ret_n);
}
