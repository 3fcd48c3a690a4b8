// The kept totals of a customer. order/ computes them; here they are stored.
#include "customer/customer_internal.h"

static CustomerTotals read_totals(const Stmt *st, int from)
{
    return (CustomerTotals){
        .order_count = stmt_int(st, from),
        .total_amount = stmt_int(st, from + 1),
        .refund_amount = stmt_int(st, from + 2),
        .net_amount = stmt_int(st, from + 3),
        .average_amount = stmt_int(st, from + 4),
        .item_count = stmt_int(st, from + 5),
        .refund_count = stmt_int(st, from + 6),
        .first_order_at = stmt_int(st, from + 7),
        .last_order_at = stmt_int(st, from + 8),
        .last_product_id = stmt_int(st, from + 9),
        .gap_mean = stmt_int(st, from + 10),
        .gap_median = stmt_int(st, from + 11),
        .has_gap = !stmt_is_null(st, from + 10),
    };
}

static bool equal(const CustomerTotals *a, const CustomerTotals *b)
{
    return a->order_count == b->order_count && a->total_amount == b->total_amount &&
           a->refund_amount == b->refund_amount && a->net_amount == b->net_amount &&
           a->average_amount == b->average_amount && a->item_count == b->item_count &&
           a->refund_count == b->refund_count && a->first_order_at == b->first_order_at &&
           a->last_order_at == b->last_order_at && a->last_product_id == b->last_product_id &&
           a->gap_mean == b->gap_mean && a->gap_median == b->gap_median && a->has_gap == b->has_gap;
}

typedef struct Kept {
    CustomerTotals totals;
    int64_t stage;
    bool exists, live;
} Kept;

static Status load(Ctx *cx, Db *db, Id customer, Kept *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(
        q, SQL("SELECT s.order_count, s.total_amount, s.refund_amount, s.net_amount, "
               "s.average_amount, s.item_count, s.refund_count, s.first_order_at, s.last_order_at, "
               "s.last_product_id, s.gap_mean, s.gap_median, c.stage, c.deleted_at "
               "FROM customer_stat s JOIN customer c ON c.id = s.id WHERE s.id = "));
    sql_id(q, customer);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    *ret = (Kept){ 0 };
    if (stmt_next(st))
        *ret = (Kept){ .totals = read_totals(st, 0),
                       .stage = stmt_int(st, 12),
                       .exists = true,
                       .live = stmt_is_null(st, 13) };
    return stmt_end(cx, &st);
}

static void set_int(Sql *q, SqlText column, int64_t v)
{
    sql_add(q, column);
    sql_int(q, v);
}

static void set_or_null(Sql *q, SqlText column, int64_t v, bool known)
{
    sql_add(q, column);
    if (known)
        sql_int(q, v);
    else
        sql_null(q);
}

static Status store(Ctx *cx, Db *db, Id customer, const CustomerTotals *t)
{
    bool bought = t->order_count > 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE customer_stat SET"));
    set_int(q, SQL(" order_count = "), t->order_count);
    set_int(q, SQL(", total_amount = "), t->total_amount);
    set_int(q, SQL(", refund_amount = "), t->refund_amount);
    set_int(q, SQL(", net_amount = "), t->net_amount);
    set_int(q, SQL(", average_amount = "), t->average_amount);
    set_int(q, SQL(", item_count = "), t->item_count);
    set_int(q, SQL(", refund_count = "), t->refund_count);
    set_or_null(q, SQL(", first_order_at = "), t->first_order_at, bought);
    set_or_null(q, SQL(", last_order_at = "), t->last_order_at, bought);
    set_or_null(q, SQL(", last_product_id = "), t->last_product_id, t->last_product_id != 0);
    set_or_null(q, SQL(", gap_mean = "), t->gap_mean, t->has_gap);
    set_or_null(q, SQL(", gap_median = "), t->gap_median, t->has_gap);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, customer);
    return db_exec(cx, db, q, NULL);
}

// Whoever enters the order need not have the right to change customers: the program does it.
static Status promote(Ctx *cx, Db *db, Id customer)
{
    const EntityInfo *e = catalog_of(cx, &customer_entity);
    const Access *mine = cx->access;
    Access all = *mine;
    all.all = true;
    all.read_only = false;
    Customer patch = { .stage = { STAGE_CUSTOMER } };
    row_touch(&patch.row, CUSTOMER_stage);
    cx->access = &all;
    Status s = change_update(cx, db, e, customer, 0, &patch, S("first paid order"), NULL);
    cx->access = mine;
    return s;
}

Status customer_set_totals(Ctx *cx, Db *db, Id customer, const CustomerTotals *t)
{
    Kept kept = { 0 };
    TRY(load(cx, db, customer, &kept));
    if (!kept.exists || equal(&kept.totals, t))
        return STATUS_OK;
    TRY(store(cx, db, customer, t));
    // Only by his first order: an undo that takes the orders away step by step must not promote
    // him.
    if (kept.live && kept.stage == STAGE_PROSPECT && kept.totals.order_count == 0 &&
        t->order_count > 0)
        return promote(cx, db, customer);
    return STATUS_OK;
}

Status customer_totals(Ctx *cx, Db *db, Id customer, CustomerTotals *ret)
{
    Kept kept = { 0 };
    TRY(load(cx, db, customer, &kept));
    if (!kept.exists)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    *ret = kept.totals;
    return STATUS_OK;
}
