// Orders, lines and payments out of rows.
#include "intake/intake_internal.h"

static bool flag(const Reading *r, uint32_t which)
{
    return (r->columns.flags & which) != 0;
}

// --- lines

static Status one_line(Ctx *cx, const Reading *r, const Cells *c, DraftLine *l, bool *ret_any)
{
    bool has_quantity = false, has_price = false, has_amount = false;
    *l = (DraftLine){ .sku = cell_of(cx, r, c, TARGET_line_sku),
                      .name = cell_of(cx, r, c, TARGET_line_name),
                      .spec = cell_of(cx, r, c, TARGET_line_spec) };
    TRY(read_money(cx, r, c, TARGET_line_quantity, &l->quantity_e4, &has_quantity));
    TRY(read_money(cx, r, c, TARGET_line_price, &l->price_e4, &has_price));
    TRY(read_money(cx, r, c, TARGET_line_amount, &l->amount_e4, &has_amount));
    *ret_any = l->sku.len > 0 || l->name.len > 0 || has_quantity || has_price || has_amount;
    if (!has_quantity)
        l->quantity_e4 = MONEY_ONE;
    if (!has_amount && !money_mul(l->quantity_e4, l->price_e4, &l->amount_e4))
        return FAIL(cx, INVALID, "lines.range", "line.price", "quantity times price is too large");
    if (!has_price && has_amount && l->quantity_e4 != 0)
        (void)money_div(l->amount_e4, l->quantity_e4, &l->price_e4);
    if (l->sku.len > 100)
        l->sku = utf8_left(l->sku, 100);
    return STATUS_OK;
}

static Status packed_lines(Ctx *cx, const Reading *r, const Cells *c, Draft *d)
{
    Packed *packed = NULL;
    size_t n = packed_split(cx->arena, cell_of(cx, r, c, TARGET_line_packed), &packed);
    if (n > ORDER_LINES_MAX)
        return FAIL(cx, INVALID, "lines.many", "lines", "has too many lines");
    d->lines = arena_array(cx->arena, DraftLine, n + 1);
    for (size_t i = 0; i < n; i++)
        d->lines[d->nlines++] =
            (DraftLine){ .name = packed[i].name, .quantity_e4 = packed[i].quantity_e4 };
    return STATUS_OK;
}

Status draft_lines(Ctx *cx, const Reading *r, const Cells *cells, Draft *d, size_t *ret_bad)
{
    if (columns_has(&r->columns, TARGET_line_packed))
        return packed_lines(cx, r, &cells[0], d);
    if (d->nrows > ORDER_LINES_MAX)
        return FAIL(cx, INVALID, "lines.many", "lines", "has too many lines");
    d->lines = arena_array(cx->arena, DraftLine, d->nrows + 1);
    for (size_t i = 0; i < d->nrows; i++) {
        bool any = false;
        *ret_bad = i;
        TRY(one_line(cx, r, &cells[i], &d->lines[d->nlines], &any));
        d->nlines += any;
    }
    *ret_bad = 0;
    if (r->kind == IMPORT_LINES && d->nlines == 0)
        return FAIL(cx, INVALID, "import.no_lines", "line.name", "there is no product in this row");
    return STATUS_OK;
}

// --- amounts and times of the order itself

// The first row that says it, or the sum over all rows.
static Status order_money(Ctx *cx, const Reading *r, const Cells *cells, const Draft *d, TargetId t,
                          int64_t *ret, bool *ret_any)
{
    *ret_any = false;
    *ret = 0;
    if (!columns_has(&r->columns, t))
        return STATUS_OK;
    for (size_t i = 0; i < d->nrows; i++) {
        int64_t v = 0;
        bool any = false;
        TRY(read_money(cx, r, &cells[i], t, &v, &any));
        if (!any)
            continue;
        if (!money_sum(*ret, v, ret))
            return FAIL(cx, INVALID, "lines.range", TARGET_TABLE[t].name.ptr,
                        "adds up to too much");
        *ret_any = true;
        if (!flag(r, PRESET_SUM))
            break;
    }
    return STATUS_OK;
}

typedef struct Amounts {
    int64_t goods, discount, freight, tax, total, paid, refund, items;
    bool has_goods, has_discount, has_freight, has_tax, has_total, has_paid, has_refund, has_items;
} Amounts;

static Status read_amounts(Ctx *cx, const Reading *r, const Cells *c, const Draft *d, Amounts *m)
{
    TRY(order_money(cx, r, c, d, TARGET_order_goods_amount, &m->goods, &m->has_goods));
    TRY(order_money(cx, r, c, d, TARGET_order_discount, &m->discount, &m->has_discount));
    TRY(order_money(cx, r, c, d, TARGET_order_freight, &m->freight, &m->has_freight));
    TRY(order_money(cx, r, c, d, TARGET_order_tax, &m->tax, &m->has_tax));
    TRY(order_money(cx, r, c, d, TARGET_order_total_amount, &m->total, &m->has_total));
    TRY(order_money(cx, r, c, d, TARGET_order_paid_amount, &m->paid, &m->has_paid));
    TRY(order_money(cx, r, c, d, TARGET_refund_amount, &m->refund, &m->has_refund));
    return order_money(cx, r, c, d, TARGET_order_item_count, &m->items, &m->has_items);
}

// What the file does not say follows from what it says.
static Status complete_amounts(Ctx *cx, const Draft *d, StateWord state, Amounts *m)
{
    int64_t goods = 0;
    bool fits = true;
    for (size_t i = 0; i < d->nlines; i++)
        fits = fits && money_sum(goods, d->lines[i].amount_e4, &goods);
    if (!m->has_goods && d->nlines > 0) {
        m->goods = goods;
        m->has_goods = true;
    }
    if (!m->has_total && m->has_goods) {
        fits = fits && money_sum(m->goods, -m->discount, &m->total) &&
               money_sum(m->total, m->freight, &m->total) && money_sum(m->total, m->tax, &m->total);
        m->has_total = true;
    }
    if (!m->has_total && m->has_paid) {
        m->total = m->paid;
        m->has_total = true;
    }
    bool paid = state.paid || state.state == ORDER_STATE_PAID ||
                state.state == ORDER_STATE_SHIPPED || state.state == ORDER_STATE_DONE;
    if (!m->has_paid)
        m->paid = paid ? m->total : 0;
    if (!m->has_refund && state.refunded) {
        m->refund = m->paid;
        m->has_refund = true;
    }
    return fits ? STATUS_OK
                : FAIL(cx, INVALID, "lines.range", "order.total_amount", "adds up to too much");
}

static void put_amounts(Ctx *cx, const Reading *r, const Draft *d, const Amounts *m, Order *o)
{
    const EntityInfo *e = r->order;
    if (m->has_goods)
        put_num(cx, e, o, ORDER_goods_amount, m->goods);
    if (m->has_discount)
        put_num(cx, e, o, ORDER_discount, m->discount);
    if (m->has_freight)
        put_num(cx, e, o, ORDER_freight, m->freight);
    if (m->has_tax)
        put_num(cx, e, o, ORDER_tax, m->tax);
    if (m->has_total)
        put_num(cx, e, o, ORDER_total_amount, m->total);
    put_num(cx, e, o, ORDER_paid_amount, m->paid);
    if (m->has_items && d->nlines == 0)
        put_num(cx, e, o, ORDER_item_count, m->items);
}

static Str first_cell(Ctx *cx, const Reading *r, const Cells *cells, const Draft *d, TargetId t)
{
    for (size_t i = 0; i < d->nrows && columns_has(&r->columns, t); i++) {
        Str s = cell_of(cx, r, &cells[i], t);
        if (s.len > 0)
            return s;
    }
    return (Str){ 0 };
}

static Status first_time(Ctx *cx, const Reading *r, const Cells *cells, const Draft *d, TargetId t,
                         Instant *ret, bool *ret_any)
{
    *ret_any = false;
    for (size_t i = 0; i < d->nrows && !*ret_any && columns_has(&r->columns, t); i++)
        TRY(read_time(cx, r, &cells[i], t, ret, ret_any));
    return STATUS_OK;
}

static Status read_state(Ctx *cx, const Reading *r, const Cells *cells, const Draft *d,
                         StateWord *ret)
{
    Str word = first_cell(cx, r, cells, d, TARGET_order_state);
    Str fulfilment = first_cell(cx, r, cells, d, TARGET_order_fulfilment);
    StateWord sent = { 0 };
    *ret = (StateWord){ .state = ORDER_STATE_DONE };
    if (word.len > 0 && !cell_state(word, ret)) {
        (void)FAIL(cx, INVALID, "import.state", "order.state",
                   "the state \"" STR_FMT "\" is not known", STR_ARG(utf8_left(word, 40)));
        return ctx_fail_args(cx, STATUS_INVALID, utf8_left(word, 40), (Str){ 0 });
    }
    if (ret->state == ORDER_STATE_PAID && cell_state(fulfilment, &sent) &&
        sent.state == ORDER_STATE_SHIPPED)
        ret->state = ORDER_STATE_SHIPPED;
    if (cell_is_refunded(first_cell(cx, r, cells, d, TARGET_order_aftersale)))
        ret->refunded = true;
    if (first_cell(cx, r, cells, d, TARGET_order_closed_at).len > 0)
        ret->state = ORDER_STATE_CLOSED;
    return STATUS_OK;
}

// Pinduoduo writes no time while an order waits; its number begins with the day.
static bool date_of_number(const Reading *r, Str number, Instant *ret)
{
    int64_t n = 0;
    if (!flag(r, PRESET_DATE_NUMBER) || number.len < 6 || !str_int(str_sub(number, 0, 6), &n))
        return false;
    Date day = { 2000 + (int32_t)(n / 10000), (int32_t)(n / 100 % 100), (int32_t)(n % 100) };
    if (!date_valid(day))
        return false;
    *ret = zone_instant(r->options.zone, (Clock){ .date = day });
    return true;
}

static Status read_times(Ctx *cx, const Reading *r, const Cells *cells, Draft *d, Order *o)
{
    static const struct {
        TargetId target;
        uint32_t field;
    } TIMES[] = {
        { TARGET_order_ordered_at, ORDER_ordered_at }, { TARGET_order_paid_at, ORDER_paid_at },
        { TARGET_order_shipped_at, ORDER_shipped_at }, { TARGET_order_done_at, ORDER_done_at },
        { TARGET_order_closed_at, ORDER_closed_at },
    };
    for (size_t i = 0; i < ARRAY_LEN(TIMES); i++) {
        Instant t = { 0 };
        bool any = false;
        TRY(first_time(cx, r, cells, d, TIMES[i].target, &t, &any));
        if (any)
            put_num(cx, r->order, o, TIMES[i].field, t.ms);
    }
    Instant t = { 0 };
    if (!row_is_set(o, field_at(r->order, ORDER_ordered_at))) {
        if (row_is_set(o, field_at(r->order, ORDER_paid_at)))
            t = o->paid_at;
        else if (!date_of_number(r, d->number, &t))
            return FAIL(cx, INVALID, "import.no_date", "order.ordered_at",
                        "the time of the order is missing");
        put_num(cx, r->order, o, ORDER_ordered_at, t.ms);
    }
    return STATUS_OK;
}

static void read_texts(Ctx *cx, const Reading *r, const Cells *cells, const Draft *d, Order *o)
{
    static const struct {
        TargetId target;
        uint32_t field;
    } TEXTS[] = {
        { TARGET_identity_value, ORDER_buyer },
        { TARGET_order_receiver, ORDER_receiver },
        { TARGET_order_country, ORDER_country },
        { TARGET_order_province, ORDER_province },
        { TARGET_order_city, ORDER_city },
        { TARGET_order_district, ORDER_district },
        { TARGET_order_postcode, ORDER_postcode },
        { TARGET_order_carrier, ORDER_carrier },
        { TARGET_order_tracking, ORDER_tracking },
        { TARGET_order_payment_method, ORDER_payment_method },
        { TARGET_order_unpaid_reason, ORDER_unpaid_reason },
        { TARGET_order_channel, ORDER_channel },
        { TARGET_order_buyer_note, ORDER_buyer_note },
        { TARGET_order_seller_note, ORDER_seller_note },
        { TARGET_order_currency, ORDER_currency },
    };
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++)
        put_text(cx, r->order, o, TEXTS[i].field, first_cell(cx, r, cells, d, TEXTS[i].target));
    if (!row_is_set(o, field_at(r->order, ORDER_currency)))
        put_text(cx, r->order, o, ORDER_currency, r->options.currency);
}

static void read_delivery(Ctx *cx, const Reading *r, const Cells *cells, const Draft *d, Order *o)
{
    const EntityInfo *e = r->order;
    Str phone = first_cell(cx, r, cells, d, TARGET_order_phone);
    put_text(cx, e, o, ORDER_phone, utf8_left(phone, 40));
    Str street = first_cell(cx, r, cells, d, TARGET_order_street);
    Str more = first_cell(cx, r, cells, d, TARGET_order_street2);
    if (more.len > 0)
        street = arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(street), STR_ARG(more));
    Str whole = first_cell(cx, r, cells, d, TARGET_order_address);
    if (whole.len > 0) {
        AddressParts parts = address_split(whole);
        if (!row_is_set(o, field_at(e, ORDER_province)))
            put_text(cx, e, o, ORDER_province, parts.province);
        if (!row_is_set(o, field_at(e, ORDER_city)))
            put_text(cx, e, o, ORDER_city, parts.city);
        if (!row_is_set(o, field_at(e, ORDER_district)))
            put_text(cx, e, o, ORDER_district, parts.district);
        if (street.len == 0)
            street = parts.street;
    }
    put_text(cx, e, o, ORDER_street, street);
}

// --- refunds

static Refund *new_refund(Ctx *cx, const Reading *r, const Draft *d, RefundKind kind,
                          int64_t amount, Instant at)
{
    Refund *refund = row_new(cx->arena, r->refund);
    put_text(cx, r->refund, refund, REFUND_number, d->number);
    put_num(cx, r->refund, refund, REFUND_kind, kind);
    put_num(cx, r->refund, refund, REFUND_state, REFUND_STATE_DONE);
    put_num(cx, r->refund, refund, REFUND_amount, amount);
    put_num(cx, r->refund, refund, REFUND_refunded_at, at.ms);
    return refund;
}

// An invoice that only gives back: its lines become those of a refund, with the signs turned.
static bool gives_back(const Reading *r, const Draft *d, RefundKind *ret_kind, int64_t *ret_amount)
{
    int64_t sum = 0;
    bool all = d->nlines > 0;
    for (size_t i = 0; i < d->nlines; i++) {
        all = all && (d->lines[i].quantity_e4 < 0 || d->lines[i].amount_e4 < 0);
        if (!money_sum(sum, -d->lines[i].amount_e4, &sum))
            return false;
    }
    bool cancelled = flag(r, PRESET_RETAIL) && d->number.len > 0 && d->number.ptr[0] == 'C';
    *ret_kind = cancelled ? REFUND_KIND_CANCELLATION : REFUND_KIND_RETURN;
    *ret_amount = sum;
    return (all || cancelled) && sum >= 0;
}

static void turn_lines(Ctx *cx, Draft *d)
{
    d->refund_lines = arena_array(cx->arena, DraftLine, d->nlines + 1);
    d->nrefund_lines = d->nlines;
    for (size_t i = 0; i < d->nlines; i++) {
        DraftLine l = d->lines[i];
        if (l.quantity_e4 == 0 || l.price_e4 >= 0)
            l.quantity_e4 = -l.quantity_e4;
        else
            l.price_e4 = -l.price_e4;
        l.amount_e4 = -l.amount_e4;
        d->refund_lines[i] = l;
    }
    d->lines = NULL;
    d->nlines = 0;
}

static Instant refund_time(const Reading *r, const Order *o)
{
    if (row_is_set(o, field_at(r->order, ORDER_closed_at)))
        return o->closed_at;
    if (row_is_set(o, field_at(r->order, ORDER_done_at)))
        return o->done_at;
    return row_is_set(o, field_at(r->order, ORDER_paid_at)) ? o->paid_at : o->ordered_at;
}

// --- whole

static Status summarise(Ctx *cx, const Reading *r, const Cells *cells, const Amounts *m, Draft *d)
{
    int64_t kinds = 0;
    bool any = false;
    TRY(read_money(cx, r, &cells[0], TARGET_order_kinds, &kinds, &any));
    if (!flag(r, PRESET_SUMMARY) || d->nlines == 0)
        return STATUS_OK;
    d->lines_are_summary = true;
    // Titles of several goods in one cell are no product.
    if (d->nlines != 1 || (any && kinds > MONEY_ONE)) {
        d->nlines = 0;
        return STATUS_OK;
    }
    DraftLine *l = &d->lines[0];
    l->amount_e4 = m->goods;
    if (l->quantity_e4 != 0)
        (void)money_div(l->amount_e4, l->quantity_e4, &l->price_e4);
    return STATUS_OK;
}

// A line per row and the total in each: with one row only, its price may be that of the whole.
static void fill_prices(const Reading *r, const Amounts *m, Draft *d)
{
    bool priced =
        columns_has(&r->columns, TARGET_line_price) || columns_has(&r->columns, TARGET_line_amount);
    if (priced || d->nlines != 1)
        return;
    DraftLine *l = &d->lines[0];
    l->amount_e4 = m->has_goods ? m->goods : m->has_total ? m->total : m->paid;
    if (l->quantity_e4 != 0)
        (void)money_div(l->amount_e4, l->quantity_e4, &l->price_e4);
}

static Status order_of(Ctx *cx, const Reading *r, const Cells *cells, Draft *d, Order *o)
{
    StateWord state = { 0 };
    Amounts m = { 0 };
    TRY(read_state(cx, r, cells, d, &state));
    TRY(read_amounts(cx, r, cells, d, &m));
    TRY(summarise(cx, r, cells, &m, d));
    fill_prices(r, &m, d);
    TRY(complete_amounts(cx, d, state, &m));
    put_num(cx, r->order, o, ORDER_state, state.state);
    put_amounts(cx, r, d, &m, o);
    if (flag(r, PRESET_RETAIL) && !row_is_set(o, field_at(r->order, ORDER_paid_at)))
        put_num(cx, r->order, o, ORDER_paid_at, o->ordered_at.ms);
    if (m.has_refund && m.refund < 0)
        m.refund = -m.refund;
    if (m.refund > 0)
        d->refund = new_refund(cx, r, d, REFUND_KIND_REFUND, m.refund, refund_time(r, o));
    d->order = o;
    return row_validate(cx, r->order, o, false);
}

Status draft_order(Ctx *cx, const Reading *r, const Cells *cells, Draft *d, size_t *ret_bad)
{
    Order *o = row_new(cx->arena, r->order);
    put_text(cx, r->order, o, ORDER_number, d->number);
    TRY(draft_lines(cx, r, cells, d, ret_bad));
    TRY(read_times(cx, r, cells, d, o));
    read_texts(cx, r, cells, d, o);
    read_delivery(cx, r, cells, d, o);
    TRY(draft_person(cx, r, &cells[0], o, d));
    RefundKind kind = REFUND_KIND_REFUND;
    int64_t amount = 0;
    if (!gives_back(r, d, &kind, &amount))
        return order_of(cx, r, cells, d, o);
    turn_lines(cx, d);
    d->refund = new_refund(cx, r, d, kind, amount, o->ordered_at);
    return row_validate(cx, r->refund, d->refund, false);
}

Status draft_payments(Ctx *cx, const Reading *r, const Cells *cells, Draft *d, size_t *ret_bad)
{
    bool any_amount = false;
    for (size_t i = 0; i < d->nrows; i++) {
        int64_t amount = 0;
        bool any = false, has_time = false;
        Instant at = { 0 };
        StateWord state = { .state = ORDER_STATE_PAID };
        *ret_bad = i;
        TRY(read_money(cx, r, &cells[i], TARGET_payment_amount, &amount, &any));
        TRY(read_time(cx, r, &cells[i], TARGET_payment_paid_at, &at, &has_time));
        Str word = cell_of(cx, r, &cells[i], TARGET_payment_state);
        if (!any || (cell_state(word, &state) && !state.refunded &&
                     (state.state == ORDER_STATE_UNPAID || state.state == ORDER_STATE_CLOSED)))
            continue;
        any_amount = true;
        int64_t *sum = amount < 0 || state.refunded ? &d->refund_e4 : &d->paid_e4;
        if (!money_sum(*sum, amount < 0 ? -amount : amount, sum))
            return FAIL(cx, INVALID, "lines.range", "payment.amount", "adds up to too much");
        if (has_time && (d->paid_at.ms == 0 || at.ms < d->paid_at.ms))
            d->paid_at = at;
        if (d->payment_method.len == 0)
            d->payment_method = utf8_left(cell_of(cx, r, &cells[i], TARGET_payment_method), 100);
    }
    *ret_bad = 0;
    return any_amount ? STATUS_OK
                      : FAIL(cx, INVALID, "import.no_amount", "payment.amount",
                             "nothing was paid in these rows");
}
