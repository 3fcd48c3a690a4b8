// What one customer buys, and when.
#include "order/order_internal.h"

enum { TOP_PRODUCTS = 20 };

typedef struct Shown {
    bool paid, amount, quantity; // fields the caller may read in full
} Shown;

static bool readable(const Ctx *cx, const EntityInfo *e, uint32_t field)
{
    return field_access(cx, e, field_at(e, field)) >= ACCESS_READ;
}

static void key_money(const Ctx *cx, JsonOut *j, const char *key, int64_t e4, bool shown)
{
    if (shown)
        json_key_str(j, key, money_str(cx->arena, e4, cx->catalog->decimals));
    else
        json_key_null(j, key);
}

// By way of the orders: their index knows the customer, and lines lie together by order.
static void select_products(Sql *q, Id customer)
{
    sql_add(q, SQL("SELECT l.product_id, max(coalesce(p.name, l.name)), "));
    sql_either(q, SQL("sum(l.quantity), sum(l.amount)"),
               SQL("CAST(sum(l.quantity) AS BIGINT), CAST(sum(l.amount) AS BIGINT)"));
    sql_add(q, SQL(", max(o.ordered_at) FROM orders o CROSS JOIN order_line l "
                   "LEFT JOIN product p ON p.id = l.product_id "
                   "WHERE l.id > o.id * 16384 AND l.id < (o.id + 1) * 16384 AND o.deleted_at IS "
                   "NULL AND o.paid_amount > 0 AND o.customer_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" GROUP BY l.product_id, CASE WHEN l.product_id IS NULL THEN l.name END "
                   "ORDER BY 4 DESC, 1 LIMIT "));
    sql_int(q, TOP_PRODUCTS);
}

static Status write_products(Ctx *cx, Db *db, Id customer, Shown shown, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    select_products(q, customer);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    json_key_open_array(j, "products");
    while (stmt_next(st)) {
        json_open(j);
        if (stmt_is_null(st, 0))
            json_key_null(j, "product_id");
        else
            json_key_int(j, "product_id", stmt_int(st, 0));
        json_key_str(j, "name", stmt_view(st, 1));
        if (shown.quantity)
            json_key_str(j, "quantity", money_str(cx->arena, stmt_int(st, 2), 0));
        else
            json_key_null(j, "quantity");
        key_money(cx, j, "amount", stmt_int(st, 3), shown.amount);
        json_key_instant(j, "last_at", (Instant){ stmt_int(st, 4) });
        json_close(j);
    }
    json_close_array(j);
    return stmt_end(cx, &st);
}

typedef struct Month {
    int32_t year, month;
    int64_t orders, amount;
} Month;

static void write_month(const Ctx *cx, const Month *m, Shown shown, JsonOut *j)
{
    if (m->orders == 0)
        return;
    json_open(j);
    json_key_str(j, "month", arena_fmt(cx->arena, "%04d-%02d", m->year, m->month));
    json_key_int(j, "orders", m->orders);
    key_money(cx, j, "amount", m->amount, shown.paid);
    json_close(j);
}

static Status write_months(Ctx *cx, Db *db, Id customer, Shown shown, JsonOut *j)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT ordered_at, paid_amount FROM orders WHERE deleted_at IS NULL "
                   "AND paid_amount > 0 AND customer_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" ORDER BY ordered_at"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    Month m = { 0 };
    json_key_open_array(j, "by_month");
    while (stmt_next(st)) {
        Date d = zone_clock(cx->catalog->zone, (Instant){ stmt_int(st, 0) }).date;
        if (d.year != m.year || d.month != m.month) {
            write_month(cx, &m, shown, j);
            m = (Month){ .year = d.year, .month = d.month };
        }
        m.orders++;
        m.amount += stmt_int(st, 1);
    }
    write_month(cx, &m, shown, j);
    json_close_array(j);
    return stmt_end(cx, &st);
}

Status customer_purchases(Req *rq)
{
    Ctx *cx = rq->cx;
    Id customer = { 0 };
    TRY(req_id(rq, &customer));
    const EntityInfo *orders = catalog_of(cx, &order_entity);
    const EntityInfo *lines = catalog_of(cx, &line_entity);
    TRY(require(cx, orders, MAY_READ));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    Query seen = {
        .info = catalog_of(cx, &customer_entity), .ids = &customer.v, .nids = 1, .bin = BIN_BOTH
    };
    int64_t n = 0;
    TRY(query_count(cx, db, &seen, &n));
    if (n == 0)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    Shown shown = { readable(cx, orders, ORDER_paid_amount), readable(cx, lines, LINE_amount),
                    readable(cx, lines, LINE_quantity) };
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open(&j);
    TRY(write_products(cx, db, customer, shown, &j));
    TRY(write_months(cx, db, customer, shown, &j));
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
