// What a customer's orders amount to, exactly. An order counts when it is live and something was
// paid; a refund counts when it is live and done.
#include "order/order_internal.h"

#include <stdlib.h>

static bool add(int64_t *sum, int64_t v)
{
    return !__builtin_add_overflow(*sum, v, sum);
}

void tally_order(const Ctx *cx, Arena *a, Tally *t, Id order, Instant at, int64_t paid,
                 int64_t items)
{
    CustomerTotals *sum = &t->totals;
    Day day = zone_day(cx->catalog->zone, at);
    if (sum->order_count == 0) {
        sum->first_order_at = at.ms;
        t->first_day = day;
    } else if (day.n != t->last_day.n) {
        *vec_add(a, &t->gaps) = day.n - t->last_day.n;
    }
    t->last_day = day;
    t->last_order = order;
    sum->last_order_at = at.ms;
    sum->order_count++;
    t->overflow |= !add(&sum->total_amount, paid) | !add(&sum->item_count, items);
}

static int by_number(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

// Days between neighbouring purchase days; of an even number of gaps the median is the mean of the
// two in the middle.
static void measure_gaps(Tally *t)
{
    size_t n = t->gaps.len;
    if (n == 0)
        return;
    int32_t *gaps = t->gaps.ptr;
    int64_t days = t->last_day.n - t->first_day.n;
    (void)money_div(days * MONEY_ONE, (int64_t)n * MONEY_ONE, &t->totals.gap_mean);
    qsort(gaps, n, sizeof(int32_t), by_number);
    int64_t twice = n % 2 == 1 ? 2 * (int64_t)gaps[n / 2] : (int64_t)gaps[n / 2 - 1] + gaps[n / 2];
    t->totals.gap_median = twice * (MONEY_ONE / 2);
    t->totals.has_gap = true;
}

Status tally_end(Ctx *cx, Tally *t)
{
    CustomerTotals *sum = &t->totals;
    t->overflow |= __builtin_sub_overflow(sum->total_amount, sum->refund_amount, &sum->net_amount);
    if (sum->order_count > 0)
        t->overflow |=
            !money_div(sum->total_amount, sum->order_count * MONEY_ONE, &sum->average_amount);
    if (t->overflow)
        return FAIL(cx, INVALID, "totals.range", "paid_amount", "adds up to too large a number");
    measure_gaps(t);
    return STATUS_OK;
}

static Status read_orders(Ctx *cx, Db *db, Id customer, Tally *t)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q,
            SQL("SELECT id, ordered_at, paid_amount, item_count FROM orders WHERE customer_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" AND deleted_at IS NULL AND paid_amount > 0 ORDER BY ordered_at, id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        tally_order(cx, cx->arena, t, (Id){ stmt_int(st, 0) }, (Instant){ stmt_int(st, 1) },
                    stmt_int(st, 2), stmt_int(st, 3));
    return stmt_end(cx, &st);
}

static Status read_refunds(Ctx *cx, Db *db, Id customer, Tally *t)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT amount FROM refund WHERE customer_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" AND deleted_at IS NULL AND state = "));
    sql_int(q, REFUND_STATE_DONE);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        t->overflow |= !add(&t->totals.refund_amount, stmt_int(st, 0));
        t->totals.refund_count++;
    }
    return stmt_end(cx, &st);
}

// The largest line of the last order; the earlier one of two alike.
static Status read_last_product(Ctx *cx, Db *db, Tally *t)
{
    if (t->last_order.v == 0)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT product_id FROM order_line WHERE id > "));
    sql_int(q, t->last_order.v * ORDER_LINE_STEP);
    sql_add(q, SQL(" AND id < "));
    sql_int(q, (t->last_order.v + 1) * ORDER_LINE_STEP);
    sql_add(q, SQL(" AND product_id IS NOT NULL ORDER BY amount DESC, id LIMIT 1"));
    Status s = db_int(cx, db, q, &t->totals.last_product_id);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

Status order_compute_totals(Ctx *cx, Db *db, Id customer, CustomerTotals *ret)
{
    Tally t = { 0 };
    TRY(read_orders(cx, db, customer, &t));
    TRY(read_refunds(cx, db, customer, &t));
    TRY(read_last_product(cx, db, &t));
    TRY(tally_end(cx, &t));
    *ret = t.totals;
    return STATUS_OK;
}

// PostgreSQL: two transactions that both bring orders of one customer must not compute each without
// the other's; the second waits here and then sees what the first has committed.
static Status lock_customer(Ctx *cx, Db *db, Id customer)
{
    if (db_dialect(db) != DIALECT_POSTGRES)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM customer_stat WHERE id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" FOR UPDATE"));
    int64_t id = 0;
    Status s = db_int(cx, db, q, &id);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

Status order_refresh_customer(Ctx *cx, Db *db, Id customer)
{
    CustomerTotals t = { 0 };
    TRY(lock_customer(cx, db, customer));
    TRY(order_compute_totals(cx, db, customer, &t));
    return customer_set_totals(cx, db, customer, &t);
}

// Derived like the totals, so without a version of its own.
Status order_refresh_refunds(Ctx *cx, Db *db, Id order)
{
    int64_t sum = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT amount FROM refund WHERE order_id = "));
    sql_id(q, order);
    sql_add(q, SQL(" AND deleted_at IS NULL AND state = "));
    sql_int(q, REFUND_STATE_DONE);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    bool overflow = false;
    while (stmt_next(st))
        overflow |= !add(&sum, stmt_int(st, 0));
    TRY(stmt_end(cx, &st));
    if (overflow)
        return FAIL(cx, INVALID, "totals.range", "amount", "adds up to too large a number");
    Sql *set = sql_new(cx->arena, db);
    sql_add(set, SQL("UPDATE orders SET refund_amount = "));
    sql_int(set, sum);
    sql_add(set, SQL(" WHERE id = "));
    sql_id(set, order);
    sql_add(set, SQL(" AND refund_amount <> "));
    sql_int(set, sum);
    return db_exec(cx, db, set, NULL);
}
