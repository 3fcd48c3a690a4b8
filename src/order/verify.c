// Proves what is kept about orders by computing it again from the rows: one pass over customers,
// one over orders, in ranges of ids so that no statement runs long.
#include "order/order_internal.h"

#include <inttypes.h>

enum { RANGE = 2000, FINDINGS_MAX = 1000 };

typedef struct Person {
    Id id;
    CustomerTotals kept;
    Tally tally;
    int64_t line; // of the best line so far: its amount
} Person;

typedef struct Pass {
    Arena *arena;
    Person *people;
    size_t n;
    Buf *out;
    int64_t checked, findings;
} Pass;

static void finding(Pass *p, const char *what, Id id, int64_t kept, int64_t real)
{
    if (p->findings++ >= FINDINGS_MAX)
        return;
    buf_fmt(p->out,
            "{\"what\":\"%s\",\"id\":%" PRId64 ",\"kept\":%" PRId64 ",\"real\":%" PRId64 "}\n",
            what, id.v, kept, real);
}

static Status last_id(Ctx *cx, Db *db, SqlText select, int64_t *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, select);
    return db_int(cx, db, q, ret);
}

static void between(Sql *q, SqlText column, int64_t after, int64_t upto)
{
    sql_add(q, column);
    sql_add(q, SQL(" > "));
    sql_int(q, after);
    sql_add(q, SQL(" AND "));
    sql_add(q, column);
    sql_add(q, SQL(" <= "));
    sql_int(q, upto);
}

static CustomerTotals read_kept(const Stmt *st)
{
    return (CustomerTotals){ .order_count = stmt_int(st, 1),
                             .total_amount = stmt_int(st, 2),
                             .refund_amount = stmt_int(st, 3),
                             .net_amount = stmt_int(st, 4),
                             .average_amount = stmt_int(st, 5),
                             .item_count = stmt_int(st, 6),
                             .refund_count = stmt_int(st, 7),
                             .first_order_at = stmt_int(st, 8),
                             .last_order_at = stmt_int(st, 9),
                             .last_product_id = stmt_int(st, 10),
                             .gap_mean = stmt_int(st, 11),
                             .gap_median = stmt_int(st, 12) };
}

// Customers of the range, without a row of totals too: reading NULLs gives zeros, and the missing
// row is a finding of its own.
static Status read_people(Ctx *cx, Db *db, int64_t after, Pass *p)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(
        q, SQL("SELECT c.id, s.order_count, s.total_amount, s.refund_amount, s.net_amount, "
               "s.average_amount, s.item_count, s.refund_count, s.first_order_at, s.last_order_at, "
               "s.last_product_id, s.gap_mean, s.gap_median, s.id "
               "FROM customer c LEFT JOIN customer_stat s ON s.id = c.id WHERE "));
    between(q, SQL("c.id"), after, after + RANGE);
    sql_add(q, SQL(" ORDER BY c.id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    p->n = 0;
    while (stmt_next(st)) {
        p->people[p->n++] = (Person){ .id = { stmt_int(st, 0) }, .kept = read_kept(st) };
        if (stmt_is_null(st, 13))
            finding(p, "customer.stat", (Id){ stmt_int(st, 0) }, 0, 1);
    }
    p->checked += (int64_t)p->n;
    return stmt_end(cx, &st);
}

// Both lists come by id, so a pointer walks along.
static Person *person(Pass *p, size_t *at, int64_t id)
{
    while (*at < p->n && p->people[*at].id.v < id)
        (*at)++;
    return *at < p->n && p->people[*at].id.v == id ? &p->people[*at] : NULL;
}

static Status read_orders(Ctx *cx, Db *db, int64_t after, Pass *p)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q,
            SQL("SELECT customer_id, id, ordered_at, paid_amount, item_count FROM orders WHERE "));
    between(q, SQL("customer_id"), after, after + RANGE);
    sql_add(
        q, SQL(" AND deleted_at IS NULL AND paid_amount > 0 ORDER BY customer_id, ordered_at, id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    size_t at = 0;
    while (stmt_next(st)) {
        Person *who = person(p, &at, stmt_int(st, 0));
        if (who == NULL)
            finding(p, "order.customer", (Id){ stmt_int(st, 1) }, stmt_int(st, 0), 0);
        else
            tally_order(cx, p->arena, &who->tally, (Id){ stmt_int(st, 1) },
                        (Instant){ stmt_int(st, 2) }, stmt_int(st, 3), stmt_int(st, 4));
    }
    return stmt_end(cx, &st);
}

static Status read_refunds(Ctx *cx, Db *db, int64_t after, Pass *p)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT customer_id, id, amount FROM refund WHERE "));
    between(q, SQL("customer_id"), after, after + RANGE);
    sql_add(q, SQL(" AND deleted_at IS NULL AND state = "));
    sql_int(q, REFUND_STATE_DONE);
    sql_add(q, SQL(" ORDER BY customer_id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    size_t at = 0;
    while (stmt_next(st)) {
        Person *who = person(p, &at, stmt_int(st, 0));
        if (who == NULL) {
            finding(p, "refund.customer", (Id){ stmt_int(st, 1) }, stmt_int(st, 0), 0);
            continue;
        }
        CustomerTotals *sum = &who->tally.totals;
        who->tally.overflow |=
            __builtin_add_overflow(sum->refund_amount, stmt_int(st, 2), &sum->refund_amount);
        sum->refund_count++;
    }
    return stmt_end(cx, &st);
}

enum { ORDERS_AT_ONCE = 200 };

// The largest product line of these people's last orders. CROSS JOIN keeps SQLite from walking all
// lines first.
static Status read_products(Ctx *cx, Db *db, Person *const *people, size_t n)
{
    int64_t *orders = arena_array(cx->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        orders[i] = people[i]->tally.last_order.v;
    Sql *q = sql_new(cx->arena, db);
    sql_add(
        q,
        SQL("SELECT o.customer_id, l.product_id, l.amount FROM orders o CROSS JOIN order_line l "
            "WHERE l.id > o.id * 16384 AND l.id < (o.id + 1) * 16384 AND l.product_id IS NOT NULL "
            "AND o.id IN ("));
    sql_int_list(q, orders, n);
    sql_add(q, SQL(") ORDER BY o.customer_id, l.id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    size_t at = 0;
    while (stmt_next(st)) {
        while (at < n && people[at]->id.v < stmt_int(st, 0))
            at++;
        check(at < n);
        Person *who = people[at];
        if (who->tally.totals.last_product_id != 0 && stmt_int(st, 2) <= who->line)
            continue;
        who->tally.totals.last_product_id = stmt_int(st, 1);
        who->line = stmt_int(st, 2);
    }
    return stmt_end(cx, &st);
}

static Status read_last_products(Ctx *cx, Db *db, Pass *p)
{
    Person *group[ORDERS_AT_ONCE];
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->people[i].tally.last_order.v != 0)
            group[n++] = &p->people[i];
        if (n == ORDERS_AT_ONCE || (i + 1 == p->n && n > 0)) {
            TRY(read_products(cx, db, group, n));
            n = 0;
        }
    }
    return STATUS_OK;
}

static void compare(Pass *p, const Person *who)
{
    const CustomerTotals *kept = &who->kept;
    const CustomerTotals *real = &who->tally.totals;
    const struct {
        const char *what;
        int64_t kept, real;
    } pairs[] = {
        { "customer.order_count", kept->order_count, real->order_count },
        { "customer.total_amount", kept->total_amount, real->total_amount },
        { "customer.refund_amount", kept->refund_amount, real->refund_amount },
        { "customer.net_amount", kept->net_amount, real->net_amount },
        { "customer.average_amount", kept->average_amount, real->average_amount },
        { "customer.item_count", kept->item_count, real->item_count },
        { "customer.refund_count", kept->refund_count, real->refund_count },
        { "customer.first_order_at", kept->first_order_at, real->first_order_at },
        { "customer.last_order_at", kept->last_order_at, real->last_order_at },
        { "customer.last_product_id", kept->last_product_id, real->last_product_id },
        { "customer.gap_mean", kept->gap_mean, real->gap_mean },
        { "customer.gap_median", kept->gap_median, real->gap_median },
    };
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        if (pairs[i].kept != pairs[i].real)
            finding(p, pairs[i].what, who->id, pairs[i].kept, pairs[i].real);
}

static Status verify_people(Ctx *cx, Db *db, int64_t after, Pass *p)
{
    p->people = arena_array(p->arena, Person, RANGE);
    TRY(read_people(cx, db, after, p));
    TRY(read_orders(cx, db, after, p));
    TRY(read_refunds(cx, db, after, p));
    TRY(read_last_products(cx, db, p));
    for (size_t i = 0; i < p->n; i++) {
        TRY(tally_end(cx, &p->people[i].tally));
        compare(p, &p->people[i]);
    }
    return STATUS_OK;
}

typedef struct OrderFacts {
    Id id, customer;
    int64_t at, line_count, item_count, refund_amount; // as kept
    int64_t lines, items, refunds;                     // as they are
} OrderFacts;

static Status read_facts(Ctx *cx, Db *db, int64_t after, OrderFacts *facts, size_t *ret_n)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, customer_id, ordered_at, line_count, item_count, refund_amount "
                   "FROM orders WHERE "));
    between(q, SQL("id"), after, after + RANGE);
    sql_add(q, SQL(" ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    size_t n = 0;
    while (stmt_next(st))
        facts[n++] = (OrderFacts){ .id = { stmt_int(st, 0) },
                                   .customer = { stmt_int(st, 1) },
                                   .at = stmt_int(st, 2),
                                   .line_count = stmt_int(st, 3),
                                   .item_count = stmt_int(st, 4),
                                   .refund_amount = stmt_int(st, 5) };
    *ret_n = n;
    return stmt_end(cx, &st);
}

static OrderFacts *fact_of(OrderFacts *facts, size_t n, size_t *at, int64_t order)
{
    while (*at < n && facts[*at].id.v < order)
        (*at)++;
    return *at < n && facts[*at].id.v == order ? &facts[*at] : NULL;
}

static Status read_lines(Ctx *cx, Db *db, int64_t after, OrderFacts *facts, size_t n, Pass *p)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(
        q,
        SQL("SELECT id, order_id, customer_id, ordered_at, quantity FROM order_line WHERE id > "));
    sql_int(q, (after + 1) * ORDER_LINE_STEP);
    sql_add(q, SQL(" AND id < "));
    sql_int(q, (after + RANGE + 1) * ORDER_LINE_STEP);
    sql_add(q, SQL(" ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    size_t at = 0;
    while (stmt_next(st)) {
        Id id = { stmt_int(st, 0) };
        OrderFacts *o = fact_of(facts, n, &at, id.v / ORDER_LINE_STEP);
        p->checked++;
        if (o == NULL || o->id.v != stmt_int(st, 1)) {
            finding(p, "line.order", id, stmt_int(st, 1), id.v / ORDER_LINE_STEP);
            continue;
        }
        if (o->customer.v != stmt_int(st, 2))
            finding(p, "line.customer_id", id, stmt_int(st, 2), o->customer.v);
        if (o->at != stmt_int(st, 3))
            finding(p, "line.ordered_at", id, stmt_int(st, 3), o->at);
        o->lines++;
        o->items += stmt_int(st, 4);
    }
    return stmt_end(cx, &st);
}

static Status read_order_refunds(Ctx *cx, Db *db, int64_t after, OrderFacts *facts, size_t n)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT order_id, amount FROM refund WHERE "));
    between(q, SQL("order_id"), after, after + RANGE);
    sql_add(q, SQL(" AND deleted_at IS NULL AND state = "));
    sql_int(q, REFUND_STATE_DONE);
    sql_add(q, SQL(" ORDER BY order_id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    size_t at = 0;
    while (stmt_next(st)) {
        OrderFacts *o = fact_of(facts, n, &at, stmt_int(st, 0));
        if (o != NULL)
            o->refunds += stmt_int(st, 1);
    }
    return stmt_end(cx, &st);
}

// An order against its lines and refunds. Items are only counted where there are lines: an export
// may give the number alone.
static Status verify_orders(Ctx *cx, Db *db, int64_t after, Pass *p)
{
    size_t n = 0;
    OrderFacts *facts = arena_array(p->arena, OrderFacts, RANGE);
    TRY(read_facts(cx, db, after, facts, &n));
    TRY(read_lines(cx, db, after, facts, n, p));
    TRY(read_order_refunds(cx, db, after, facts, n));
    for (const OrderFacts *o = facts; o < facts + n; o++) {
        if (o->line_count != o->lines)
            finding(p, "order.line_count", o->id, o->line_count, o->lines);
        if (o->lines > 0 && o->item_count != o->items)
            finding(p, "order.item_count", o->id, o->item_count, o->items);
        if (o->refund_amount != o->refunds)
            finding(p, "order.refund_amount", o->id, o->refund_amount, o->refunds);
    }
    p->checked += (int64_t)n;
    return STATUS_OK;
}

static Status ranges(Ctx *cx, Db *db, int64_t last, Pass *p,
                     Status (*fn)(Ctx *cx, Db *db, int64_t after, Pass *p))
{
    CLEANUP(arena_cleanup) Arena work = { 0 };
    Arena *arena = cx->arena;
    Arena *scratch = cx->scratch;
    Status s = STATUS_OK;
    for (int64_t after = 0; after < last && s == STATUS_OK; after += RANGE) {
        p->arena = cx->arena = cx->scratch = &work;
        s = fn(cx, db, after, p);
        cx->arena = arena;
        cx->scratch = scratch;
        if (s == STATUS_OK)
            arena_clear(&work);
    }
    if (s == STATUS_OK)
        return s;
    // The error lives in the arena that ends here: say it again.
    Str message = cx->errors == NULL ? S("reading failed") : arena_dup(arena, cx->errors->message);
    cx->errors = NULL;
    return ctx_fail(cx, s, "verify", NULL, __FILE__, __LINE__, STR_FMT, STR_ARG(message));
}

Status order_verify(Ctx *cx, Db *db, Buf *out, int64_t *ret_checked)
{
    Pass p = { .out = out };
    int64_t customers = 0;
    int64_t orders = 0;
    TRY(last_id(cx, db, SQL("SELECT coalesce(max(id), 0) FROM customer"), &customers));
    TRY(last_id(cx, db, SQL("SELECT coalesce(max(id), 0) FROM orders"), &orders));
    TRY(ranges(cx, db, customers, &p, verify_people));
    TRY(ranges(cx, db, orders, &p, verify_orders));
    *ret_checked = p.checked;
    return STATUS_OK;
}
