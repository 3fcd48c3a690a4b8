// The first page: how the shop stands, within what the caller may see. Every number is one walk
// over an index; who sees all customers pays for nothing else.
#include "order/order_internal.h"

enum { MONTHS = 12, TOP = 5, TOP_DAYS = 30 };

typedef struct Span {
    Instant from, to; // [from, to)
} Span;

typedef struct Sales {
    int64_t orders, amount;
} Sales;

typedef struct Home {
    Ctx *cx;
    Db *db;
    JsonOut *j;
    Date today;
    Span month, before; // this month so far, and as far into the last one
    bool orders, money, customers, refunds;
} Home;

static Instant month_start(const Ctx *cx, Date today, int32_t months)
{
    Day first = day_from_date((Date){ today.year, today.month, 1 });
    return zone_day_start(cx->catalog->zone, day_add_months(first, months));
}

static Span month_span(const Ctx *cx, Date today, int32_t months)
{
    return (Span){ month_start(cx, today, months), month_start(cx, today, months + 1) };
}

static void and_between(Sql *q, SqlText column, Span s)
{
    sql_add(q, SQL(" AND "));
    sql_add(q, column);
    sql_add(q, SQL(" >= "));
    sql_int(q, s.from.ms);
    sql_add(q, SQL(" AND "));
    sql_add(q, column);
    sql_add(q, SQL(" < "));
    sql_int(q, s.to.ms);
}

static Status two_numbers(Ctx *cx, Db *db, const Sql *q, Sales *ret)
{
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        *ret = (Sales){ stmt_int(st, 0), stmt_int(st, 1) };
    return stmt_end(cx, &st);
}

static Status sales(const Home *h, Span s, Sales *ret)
{
    Query where = { .info = catalog_of(h->cx, &order_entity) };
    Sql *q = sql_new(h->cx->arena, h->db);
    sql_either(q, SQL("SELECT count(*), coalesce(sum(t.paid_amount), 0) FROM orders t WHERE "),
               SQL("SELECT count(*), CAST(coalesce(sum(t.paid_amount), 0) AS BIGINT) FROM orders t "
                   "WHERE "));
    TRY(query_where(h->cx, q, &where));
    sql_add(q, SQL(" AND t.paid_amount > 0"));
    and_between(q, SQL("t.ordered_at"), s);
    return two_numbers(h->cx, h->db, q, ret);
}

static Status refunded(const Home *h, Span s, Sales *ret)
{
    Query where = { .info = catalog_of(h->cx, &refund_entity) };
    Sql *q = sql_new(h->cx->arena, h->db);
    sql_either(
        q, SQL("SELECT count(*), coalesce(sum(t.amount), 0) FROM refund t WHERE "),
        SQL("SELECT count(*), CAST(coalesce(sum(t.amount), 0) AS BIGINT) FROM refund t WHERE "));
    TRY(query_where(h->cx, q, &where));
    sql_add(q, SQL(" AND t.state = "));
    sql_int(q, REFUND_STATE_DONE);
    and_between(q, SQL("t.refunded_at"), s);
    return two_numbers(h->cx, h->db, q, ret);
}

// Customers by one field between two values; both 0: all.
static Status customers(const Home *h, const char *field, int64_t from, int64_t to, int64_t *ret)
{
    const EntityInfo *e = catalog_of(h->cx, &customer_entity);
    Query q = { .info = e };
    Filter f = { .kind = FILTER_FIELD, .op = OP_BETWEEN, .nvalues = 2 };
    Value range[2] = { 0 };
    if (field != NULL) {
        f.field = field_find(e, str_z(field));
        range[0] = value_num(f.field->kind, from);
        range[1] = value_num(f.field->kind, to);
        f.values = range;
        q.filter = &f;
    }
    return query_count(h->cx, h->db, &q, ret);
}

static Status new_customers(const Home *h, Span s, int64_t *ret)
{
    return customers(h, "created_at", s.from.ms, s.to.ms - 1, ret);
}

// --- cards

typedef struct Card {
    const char *key;
    Label label;
    const char *kind;          // "int", "money", "ratio"
    const char *path, *filter; // where a click leads; filter is JSON
} Card;

static const Card CUSTOMERS = {
    "customers", { "客户总数", "Customers" }, "int", "customers", "null"
};
static const Card NEW_CUSTOMERS = { "new_customers",
                                    { "本月新客户", "New customers this month" },
                                    "int",
                                    "customers",
                                    "{\"field\":\"created_at\",\"op\":\"this_month\"}" };
static const Card REPEAT = { "repeat_rate",
                             { "复购率", "Repeat rate" },
                             "ratio",
                             "customers",
                             "{\"field\":\"order_count\",\"op\":\"gte\",\"value\":2}" };
#define PAID_THIS_MONTH                                                                            \
    "{\"all\":[{\"field\":\"ordered_at\",\"op\":\"this_month\"},"                                  \
    "{\"field\":\"paid_amount\",\"op\":\"gt\",\"value\":\"0\"}]}"
static const Card ORDERS = {
    "orders", { "本月订单", "Orders this month" }, "int", "orders", PAID_THIS_MONTH
};
static const Card AMOUNT = {
    "amount", { "本月销售额", "Sales this month" }, "money", "orders", PAID_THIS_MONTH
};
static const Card AVERAGE = {
    "average", { "本月客单价", "Average order this month" }, "money", "orders", PAID_THIS_MONTH
};
static const Card REFUNDS = { "refunds",
                              { "本月退款", "Refunds this month" },
                              "money",
                              "refunds",
                              "{\"all\":[{\"field\":\"refunded_at\",\"op\":\"this_month\"},"
                              "{\"field\":\"state\",\"op\":\"eq\",\"value\":\"done\"}]}" };

static void key_number(const Home *h, const char *key, const char *kind, int64_t v, bool known)
{
    if (!known)
        json_key_null(h->j, key);
    else if (strcmp(kind, "int") == 0)
        json_key_int(h->j, key, v);
    else
        json_key_str(h->j, key,
                     money_str(h->cx->arena, v, kind[0] == 'm' ? h->cx->catalog->decimals : 0));
}

static void card(const Home *h, const Card *c, int64_t value, int64_t previous, bool has_previous)
{
    JsonOut *j = h->j;
    json_open(j);
    json_key_str(j, "key", str_z(c->key));
    json_key_open(j, "label");
    json_key_str(j, "zh", str_z(c->label.zh));
    json_key_str(j, "en", str_z(c->label.en));
    json_close(j);
    key_number(h, "value", c->kind, value, true);
    json_key_str(j, "kind", str_z(c->kind));
    key_number(h, "previous", c->kind, previous, has_previous);
    json_key_open(j, "link");
    json_key_str(j, "path", str_z(c->path));
    json_key(j, S("filter"));
    json_raw(j, str_z(c->filter));
    json_close(j);
    json_close(j);
}

static int64_t ratio(int64_t part, int64_t whole)
{
    int64_t v = 0;
    (void)money_div(part, whole, &v);
    return v;
}

static int64_t average(Sales s)
{
    return s.orders == 0 ? 0 : ratio(s.amount, s.orders * MONEY_ONE);
}

static Status order_cards(const Home *h)
{
    Sales now = { 0 };
    Sales before = { 0 };
    TRY(sales(h, h->month, &now));
    TRY(sales(h, h->before, &before));
    card(h, &ORDERS, now.orders, before.orders, true);
    if (h->money) {
        card(h, &AMOUNT, now.amount, before.amount, true);
        card(h, &AVERAGE, average(now), average(before), true);
    }
    return STATUS_OK;
}

static Status customer_cards(const Home *h)
{
    int64_t all = 0;
    int64_t fresh = 0;
    int64_t before = 0;
    int64_t bought = 0;
    int64_t again = 0;
    TRY(customers(h, NULL, 0, 0, &all));
    TRY(new_customers(h, h->month, &fresh));
    TRY(new_customers(h, h->before, &before));
    card(h, &CUSTOMERS, all, all - fresh, true);
    card(h, &NEW_CUSTOMERS, fresh, before, true);
    TRY(customers(h, "order_count", 1, INT64_MAX, &bought));
    TRY(customers(h, "order_count", 2, INT64_MAX, &again));
    card(h, &REPEAT, ratio(again, bought), 0, false);
    return STATUS_OK;
}

static Status write_cards(const Home *h)
{
    json_key_open_array(h->j, "cards");
    if (h->orders)
        TRY(order_cards(h));
    if (h->refunds) {
        Sales now = { 0 };
        Sales before = { 0 };
        TRY(refunded(h, h->month, &now));
        TRY(refunded(h, h->before, &before));
        card(h, &REFUNDS, now.amount, before.amount, true);
    }
    if (h->customers)
        TRY(customer_cards(h));
    json_close_array(h->j);
    return STATUS_OK;
}

// --- series and tops

static Status write_months(const Home *h)
{
    JsonOut *j = h->j;
    json_key_open(j, "series");
    json_key_open_array(j, "by_month");
    for (int32_t back = MONTHS - 1; back >= 0; back--) {
        Span s = month_span(h->cx, h->today, -back);
        Date d = zone_clock(h->cx->catalog->zone, s.from).date;
        Sales sum = { 0 };
        int64_t fresh = 0;
        if (h->orders)
            TRY(sales(h, s, &sum));
        if (h->customers)
            TRY(new_customers(h, s, &fresh));
        json_open(j);
        json_key_str(j, "month", arena_fmt(h->cx->arena, "%04d-%02d", d.year, d.month));
        json_key_int(j, "orders", sum.orders);
        key_number(h, "amount", "money", h->money ? sum.amount : 0, true);
        json_key_int(j, "new_customers", fresh);
        json_close(j);
    }
    json_close_array(j);
    json_close(j);
    return STATUS_OK;
}

// CROSS JOIN keeps SQLite from walking all lines first.
static Status select_products(const Home *h, Sql *q)
{
    Query where = { .info = catalog_of(h->cx, &order_entity) };
    Span last = { { h->cx->now.ms - TOP_DAYS * 86400000LL }, { h->cx->now.ms + 1 } };
    sql_add(q, SQL("SELECT l.product_id, p.name, "));
    sql_either(q, SQL("sum(l.quantity), sum(l.amount)"),
               SQL("CAST(sum(l.quantity) AS BIGINT), CAST(sum(l.amount) AS BIGINT)"));
    sql_add(q, SQL(" FROM orders t CROSS JOIN order_line l CROSS JOIN product p"
                   " WHERE p.id = l.product_id AND l.id > t.id * 16384 AND l.id < (t.id + 1) * "
                   "16384 AND "));
    TRY(query_where(h->cx, q, &where));
    sql_add(q, SQL(" AND t.paid_amount > 0"));
    and_between(q, SQL("t.ordered_at"), last);
    sql_add(q, SQL(" GROUP BY l.product_id, p.name ORDER BY 4 DESC, 1 LIMIT "));
    sql_int(q, TOP);
    return STATUS_OK;
}

static Status write_products(const Home *h)
{
    JsonOut *j = h->j;
    const EntityInfo *e = catalog_of(h->cx, &product_entity);
    const EntityInfo *lines = catalog_of(h->cx, &line_entity);
    json_key_open_array(j, "top_products");
    if (h->orders && h->money && may(h->cx, e, MAY_READ) &&
        field_access(h->cx, lines, field_at(lines, LINE_amount)) >= ACCESS_READ) {
        Sql *q = sql_new(h->cx->arena, h->db);
        TRY(select_products(h, q));
        CLEANUP(stmt_cleanup) Stmt *st = NULL;
        TRY(db_run(h->cx, h->db, q, &st));
        while (stmt_next(st)) {
            json_open(j);
            json_key_int(j, "id", stmt_int(st, 0));
            json_key_str(j, "name", stmt_view(st, 1));
            json_key_str(j, "quantity", money_str(h->cx->arena, stmt_int(st, 2), 0));
            key_number(h, "amount", "money", stmt_int(st, 3), true);
            json_close(j);
        }
        TRY(stmt_end(h->cx, &st));
    }
    json_close_array(j);
    return STATUS_OK;
}

static Status write_customer(Ctx *cx, const void *row, void *arg)
{
    const Home *h = arg;
    const EntityInfo *e = catalog_of(cx, &customer_entity);
    const Field *name = field_at(e, CUSTOMER_name);
    Value v = row_get(row, name);
    FieldAccess access = field_access(cx, e, name);
    if (access == ACCESS_MASKED)
        v = value_masked(cx->scratch, name, v);
    json_open(h->j);
    json_key_int(h->j, "id", row_id(row, e).v);
    json_key_str(h->j, "name", access == ACCESS_NONE ? (Str){ "", 0 } : v.text);
    json_key_int(h->j, "orders", row_get(row, field_at(e, CUSTOMER_order_count)).num);
    key_number(h, "amount", "money", row_get(row, field_at(e, CUSTOMER_net_amount)).num, true);
    json_close(h->j);
    return STATUS_OK;
}

static Status write_customers(Home *h)
{
    const EntityInfo *e = catalog_of(h->cx, &customer_entity);
    const Field *net = field_at(e, CUSTOMER_net_amount);
    json_key_open_array(h->j, "top_customers");
    if (h->customers && field_access(h->cx, e, net) >= ACCESS_READ) {
        static const uint32_t WANTED[] = { CUSTOMER_name, CUSTOMER_order_count,
                                           CUSTOMER_net_amount };
        Value zero = value_num(FIELD_MONEY, 0);
        Filter bought = {
            .kind = FILTER_FIELD, .op = OP_GT, .field = net, .values = &zero, .nvalues = 1
        };
        Query q = {
            .info = e, .limit = TOP, .filter = &bought, .sort = { { net, true } }, .nsort = 1
        };
        for (size_t i = 0; i < ARRAY_LEN(WANTED); i++)
            mask_set(&q.only, WANTED[i]);
        TRY(query_each(h->cx, h->db, &q, write_customer, h, NULL));
    }
    json_close_array(h->j);
    return STATUS_OK;
}

static void look_around(Home *h)
{
    Ctx *cx = h->cx;
    const EntityInfo *orders = catalog_of(cx, &order_entity);
    const EntityInfo *refunds = catalog_of(cx, &refund_entity);
    h->orders = may(cx, orders, MAY_READ);
    h->money =
        h->orders && field_access(cx, orders, field_at(orders, ORDER_paid_amount)) >= ACCESS_READ;
    h->customers = may(cx, catalog_of(cx, &customer_entity), MAY_READ);
    h->refunds = may(cx, refunds, MAY_READ) &&
                 field_access(cx, refunds, field_at(refunds, REFUND_amount)) >= ACCESS_READ;
    h->today = zone_clock(cx->catalog->zone, cx->now).date;
    h->month = (Span){ month_start(cx, h->today, 0), { cx->now.ms + 1 } };
    Span last = month_span(cx, h->today, -1);
    int64_t same = last.from.ms + (h->month.to.ms - h->month.from.ms);
    h->before = (Span){ last.from, { same < last.to.ms ? same : last.to.ms } };
}

Status home_show(Req *rq)
{
    Ctx *cx = rq->cx;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    Home h = { .cx = cx, .db = db, .j = &j };
    look_around(&h);
    json_open(&j);
    TRY(write_cards(&h));
    TRY(write_months(&h));
    TRY(write_products(&h));
    TRY(write_customers(&h));
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
