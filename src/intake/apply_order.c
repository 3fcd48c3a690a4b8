// Orders, their lines, refunds and payments against the store.
#include "intake/intake_internal.h"

#include <stdlib.h>

// --- lines

// A line keeps its name only where it differs from the product's.
static Status resolve_lines(Ctx *cx, Db *db, Batch *b, const DraftLine *from, size_t n,
                            OrderLine **ret)
{
    OrderLine *lines = arena_array(cx->arena, OrderLine, n + 1);
    for (size_t i = 0; i < n; i++) {
        const KnownProduct *p = NULL;
        TRY(apply_product(cx, db, b, &from[i], &p));
        lines[i] = (OrderLine){ .spec = utf8_left(from[i].spec, 300),
                                .quantity_e4 = from[i].quantity_e4,
                                .price_e4 = from[i].price_e4,
                                .amount_e4 = from[i].amount_e4 };
        Str name = utf8_left(from[i].name, 300);
        if (p != NULL)
            lines[i].product_id = p->id;
        if (p == NULL || !str_eq(p->name, name))
            lines[i].name = name;
    }
    *ret = lines;
    return STATUS_OK;
}

static int compare_num(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_content(const void *x, const void *y)
{
    const OrderLine *a = x;
    const OrderLine *b = y;
    int c = compare_num(a->product_id.v, b->product_id.v);
    c = c != 0 ? c : compare_num(a->quantity_e4, b->quantity_e4);
    c = c != 0 ? c : compare_num(a->price_e4, b->price_e4);
    c = c != 0 ? c : compare_num(a->amount_e4, b->amount_e4);
    return c != 0 ? c : str_cmp(a->spec, b->spec);
}

// Without the name where one of them leaves it to the product, whose name may have changed since.
static bool same_line(const OrderLine *a, const OrderLine *b)
{
    return by_content(a, b) == 0 &&
           (a->name.len == 0 || b->name.len == 0 || str_eq(a->name, b->name));
}

static bool same_in_order(const OrderLine *a, const OrderLine *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!same_line(&a[i], &b[i]))
            return false;
    return true;
}

// The same lines in another order are the same lines.
static bool same_lines(Ctx *cx, const OrderLine *a, size_t na, const OrderLine *b, size_t nb)
{
    if (na != nb)
        return false;
    if (same_in_order(a, b, na))
        return true;
    OrderLine *x = arena_array(cx->arena, OrderLine, na + 1);
    OrderLine *y = arena_array(cx->arena, OrderLine, nb + 1);
    memcpy(x, a, na * sizeof(OrderLine));
    memcpy(y, b, nb * sizeof(OrderLine));
    qsort(x, na, sizeof(OrderLine), by_content);
    qsort(y, nb, sizeof(OrderLine), by_content);
    return same_in_order(x, y, na);
}

// --- orders

static void show_order(Batch *b, Outcome o, const Draft *d, const Order *order, size_t n)
{
    Str total =
        money_str(&b->work, row_get(order, field_at(b->reading->order, ORDER_paid_amount)).num, 2);
    Str who = d->person.customer == NULL ? S("-") : d->person.customer->name;
    example_add(b, o, COUNT_ORDERS, d->rows[0].number, d->number,
                arena_fmt(&b->work, STR_FMT " · %zu · " STR_FMT, STR_ARG(who), n, STR_ARG(total)));
}

static Status create_order(Ctx *cx, Db *db, Batch *b, const Draft *d, Id shop, Id customer,
                           const OrderLine *lines, Id *ret)
{
    const EntityInfo *e = b->reading->order;
    Order *row = row_copy(cx->arena, e, d->order);
    show_order(b, CREATED, d, row, d->nlines);
    if (b->dry) {
        ret->v = --*b->virtual_id;
        return STATUS_OK;
    }
    put_num(cx, e, row, ORDER_shop_id, shop.v);
    if (customer.v != 0)
        put_num(cx, e, row, ORDER_customer_id, customer.v);
    TRY(order_create(cx, db, row, lines, d->nlines, (Str){ 0 }));
    *ret = row->id;
    return STATUS_OK;
}

static Status update_order(Ctx *cx, Db *db, Batch *b, const Draft *d, const Order *before,
                           Id customer, const OrderLine *lines, Outcome *ret)
{
    const EntityInfo *e = b->reading->order;
    Policy policy = b->reading->options.policy;
    Order *wish = row_copy(cx->arena, e, d->order);
    Order *patch = row_new(cx->arena, e);
    *ret = UNCHANGED;
    if (before->line_count > 0)
        row_drop(wish, field_at(e, ORDER_item_count));
    // Who ordered is not taken away again by a file: somebody may have put it right by hand.
    if (customer.v > 0 && before->customer_id.v == 0)
        put_num(cx, e, wish, ORDER_customer_id, customer.v);
    bool any = patch_of(cx, e, before, wish, policy, patch);
    bool replace = d->nlines > 0 && policy != POLICY_SKIP &&
                   (before->line_count == 0 || (policy == POLICY_UPDATE && !d->lines_are_summary));
    if (replace) {
        OrderLine *old = NULL;
        size_t nold = 0;
        TRY(order_lines(cx, db, before->id, &old, &nold));
        replace = !same_lines(cx, old, nold, lines, d->nlines);
    }
    if (!any && !replace)
        return STATUS_OK;
    *ret = UPDATED;
    show_order(b, UPDATED, d, d->order, d->nlines);
    if (b->dry)
        return STATUS_OK;
    return order_change(cx, db, before->id, 0, patch, replace ? lines : NULL,
                        replace ? d->nlines : 0, (Str){ 0 }, NULL, NULL);
}

// --- refunds

static Status create_refund(Ctx *cx, Db *db, Batch *b, const Draft *d, Id shop, Id order,
                            Id customer, const OrderLine *lines)
{
    const EntityInfo *e = b->reading->refund;
    Refund *row = row_copy(cx->arena, e, d->refund);
    example_add(b, CREATED, COUNT_REFUNDS, d->rows[0].number, d->number,
                money_str(&b->work, row->amount.e4, 2));
    if (b->dry)
        return STATUS_OK;
    put_num(cx, e, row, REFUND_shop_id, shop.v);
    if (order.v > 0)
        put_num(cx, e, row, REFUND_order_id, order.v);
    if (customer.v > 0)
        put_num(cx, e, row, REFUND_customer_id, customer.v);
    return refund_create(cx, db, row, lines, d->nrefund_lines, (Str){ 0 });
}

static Status update_refund(Ctx *cx, Db *db, Batch *b, const Draft *d, const Refund *before,
                            Id customer, const OrderLine *lines, Outcome *ret)
{
    const EntityInfo *e = b->reading->refund;
    Policy policy = b->reading->options.policy;
    Refund *wish = row_copy(cx->arena, e, d->refund);
    Refund *patch = row_new(cx->arena, e);
    *ret = UNCHANGED;
    if (customer.v > 0 && before->customer_id.v == 0)
        put_num(cx, e, wish, REFUND_customer_id, customer.v);
    bool any = patch_of(cx, e, before, wish, policy, patch);
    bool replace = d->nrefund_lines > 0 &&
                   (policy == POLICY_UPDATE || (policy == POLICY_FILL && before->line_count == 0));
    if (replace) {
        OrderLine *old = NULL;
        size_t nold = 0;
        TRY(refund_lines(cx, db, before->id, &old, &nold));
        replace = !same_lines(cx, old, nold, lines, d->nrefund_lines);
    }
    if (!any && !replace)
        return STATUS_OK;
    *ret = UPDATED;
    if (b->dry)
        return STATUS_OK;
    return refund_change(cx, db, before->id, 0, patch, replace ? lines : NULL,
                         replace ? d->nrefund_lines : 0, (Str){ 0 }, NULL, NULL);
}

static Status apply_refund(Ctx *cx, Db *db, Batch *b, const Draft *d, Id shop, Id order,
                           Id customer, Outcome *ret)
{
    OrderLine *lines = NULL;
    Refund *before = row_new(cx->arena, b->reading->refund);
    Outcome outcome = CREATED;
    TRY(resolve_lines(cx, db, b, d->refund_lines, d->nrefund_lines, &lines));
    Status s = shop.v > 0 ? refund_by_number(cx, db, shop, d->number, before) : STATUS_NOT_FOUND;
    if (s == STATUS_NOT_FOUND) {
        TRY(create_refund(cx, db, b, d, shop, order, customer, lines));
    } else {
        TRY(s);
        TRY(update_refund(cx, db, b, d, before, customer, lines, &outcome));
    }
    b->counts.n[COUNT_REFUNDS][outcome]++;
    *ret = outcome;
    return STATUS_OK;
}

Status apply_order(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret)
{
    Id shop = { 0 };
    Id customer = { 0 };
    Id order = { 0 };
    TRY(apply_shop(cx, db, b, d, &shop));
    TRY(apply_person(cx, db, b, shop, &d->person, d->rows[0].number, &customer));
    if (d->order != NULL) {
        OrderLine *lines = NULL;
        Order *before = row_new(cx->arena, b->reading->order);
        TRY(resolve_lines(cx, db, b, d->lines, d->nlines, &lines));
        Status s = shop.v > 0 ? order_by_number(cx, db, shop, d->number, before) : STATUS_NOT_FOUND;
        *ret = CREATED;
        if (s == STATUS_NOT_FOUND) {
            TRY(create_order(cx, db, b, d, shop, customer, lines, &order));
        } else {
            TRY(s);
            order = before->id;
            TRY(update_order(cx, db, b, d, before, customer, lines, ret));
        }
        b->counts.n[COUNT_ORDERS][*ret]++;
    }
    Outcome refunded = UNCHANGED;
    return d->refund == NULL ? STATUS_OK
                             : apply_refund(cx, db, b, d, shop, order, customer, &refunded);
}

// --- related files: lines and payments of orders that are there

// By number in the run's shop, or in any shop when only one has it.
static Status find_order(Ctx *cx, Db *db, Batch *b, const Draft *d, Order *ret, bool *ret_found)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, shop_id FROM orders WHERE deleted_at IS NULL AND number = "));
    sql_text(q, d->number);
    if (b->default_shop.v != 0) {
        sql_add(q, SQL(" AND shop_id = "));
        sql_id(q, b->default_shop);
    }
    sql_add(q, SQL(" LIMIT 2"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    Id shop = { 0 };
    TRY(db_run(cx, db, q, &st));
    bool one = stmt_next(st);
    if (one)
        shop.v = stmt_int(st, 1);
    bool two = one && stmt_next(st);
    TRY(stmt_end(cx, &st));
    *ret_found = one && !two;
    if (*ret_found)
        return order_by_number(cx, db, shop, d->number, ret);
    if (one)
        (void)FAIL(cx, INVALID, "import.order_twice", "order.number",
                   "several shops have an order of this number");
    else
        (void)FAIL(cx, INVALID, "import.no_order", "order.number",
                   "there is no order of this number");
    refuse(b, cx, b->reading->order);
    b->counts.n[COUNT_ORDERS][REFUSED]++;
    return STATUS_OK;
}

Status apply_lines(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret)
{
    Order *before = row_new(cx->arena, b->reading->order);
    OrderLine *lines = NULL;
    OrderLine *old = NULL;
    size_t nold = 0;
    bool found = false;
    *ret = REFUSED;
    TRY(find_order(cx, db, b, d, before, &found));
    if (!found)
        return STATUS_OK;
    *ret = UNCHANGED;
    TRY(resolve_lines(cx, db, b, d->lines, d->nlines, &lines));
    TRY(order_lines(cx, db, before->id, &old, &nold));
    Policy policy = b->reading->options.policy;
    bool replace = (policy == POLICY_UPDATE || (policy == POLICY_FILL && nold == 0)) &&
                   !same_lines(cx, old, nold, lines, d->nlines);
    if (replace)
        *ret = UPDATED;
    b->counts.n[COUNT_ORDERS][*ret]++;
    if (!replace)
        return STATUS_OK;
    show_order(b, UPDATED, d, before, d->nlines);
    return b->dry ? STATUS_OK
                  : order_change(cx, db, before->id, 0, row_new(cx->arena, b->reading->order),
                                 lines, d->nlines, (Str){ 0 }, NULL, NULL);
}

static Status pay_back(Ctx *cx, Db *db, Batch *b, const Draft *d, const Order *o)
{
    const EntityInfo *e = b->reading->refund;
    Draft refund = *d;
    Outcome outcome = UNCHANGED;
    refund.nrefund_lines = 0;
    refund.refund = row_new(cx->arena, e);
    put_text(cx, e, refund.refund, REFUND_number, d->number);
    put_num(cx, e, refund.refund, REFUND_kind, REFUND_KIND_REFUND);
    put_num(cx, e, refund.refund, REFUND_amount, d->refund_e4);
    put_num(cx, e, refund.refund, REFUND_refunded_at,
            d->paid_at.ms != 0 ? d->paid_at.ms : o->ordered_at.ms);
    return apply_refund(cx, db, b, &refund, o->shop_id, o->id, o->customer_id, &outcome);
}

Status apply_payments(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret)
{
    const EntityInfo *e = b->reading->order;
    Order *before = row_new(cx->arena, e);
    Order *wish = row_new(cx->arena, e);
    Order *patch = row_new(cx->arena, e);
    bool found = false;
    *ret = REFUSED;
    TRY(find_order(cx, db, b, d, before, &found));
    if (!found)
        return STATUS_OK;
    put_num(cx, e, wish, ORDER_paid_amount, d->paid_e4);
    if (d->paid_at.ms != 0)
        put_num(cx, e, wish, ORDER_paid_at, d->paid_at.ms);
    put_text(cx, e, wish, ORDER_payment_method, d->payment_method);
    if (before->state.ordinal == ORDER_STATE_UNPAID && d->paid_e4 > 0)
        put_num(cx, e, wish, ORDER_state, ORDER_STATE_PAID);
    Policy policy = b->reading->options.policy;
    // Nought paid is what an order without payments says: as good as empty.
    if (policy == POLICY_FILL && before->paid_amount.e4 == 0)
        policy = POLICY_UPDATE;
    *ret = patch_of(cx, e, before, wish, policy, patch) ? UPDATED : UNCHANGED;
    b->counts.n[COUNT_ORDERS][*ret]++;
    if (*ret == UPDATED) {
        show_order(b, UPDATED, d, wish, (size_t)before->line_count);
        if (!b->dry)
            TRY(order_change(cx, db, before->id, 0, patch, NULL, 0, (Str){ 0 }, NULL, NULL));
    }
    return d->refund_e4 > 0 && policy != POLICY_SKIP ? pay_back(cx, db, b, d, before) : STATUS_OK;
}
