// Rows of a file to drafts of records: everything that can be known without the database.
#include "intake/intake_internal.h"

void columns_set(Columns *c, const TargetId *targets, size_t n)
{
    memset(c->at, 0, sizeof(c->at));
    c->n = n;
    for (size_t i = 0; i < n && i < UINT16_MAX; i++)
        for (size_t k = 0; targets[i] != TARGETS && k < COLUMNS_PER_TARGET; k++)
            if (c->at[targets[i]][k] == 0) {
                c->at[targets[i]][k] = (uint16_t)(i + 1);
                break;
            }
}

static bool may_have_lines(TargetId t)
{
    return t == TARGET_order_buyer_note || t == TARGET_order_seller_note ||
           t == TARGET_customer_note || t == TARGET_product_description;
}

static Str read_cell(const Reading *r, Str s, CellType type)
{
    Str clean = type == CELL_TEXT ? cell_text(s) : cell_code(s);
    if ((r->columns.flags & PRESET_DASH_EMPTY) != 0 && str_eq(clean, S("-")))
        return (Str){ 0 };
    // Databases write this for "no value".
    return str_eq(clean, S("NULL")) || str_eq(clean, S("\\N")) ? (Str){ 0 } : clean;
}

// Of several phone columns the first mobile number, or else the first that holds anything.
static Str phone_cell(Ctx *cx, const Reading *r, const Cells *c, TargetId t)
{
    Str first = { 0 };
    for (size_t k = 0; k < COLUMNS_PER_TARGET && r->columns.at[t][k] != 0; k++) {
        size_t i = r->columns.at[t][k] - 1u;
        Str s = i < c->len ? read_cell(r, c->ptr[i], CELL_PHONE) : (Str){ 0 };
        Str e164 = { 0 };
        if (s.len == 0)
            continue;
        if (r->columns.at[t][1] == 0 ||
            phone_parse(cx->arena, s, cx->catalog->region, &e164) == PHONE_MOBILE)
            return s;
        if (first.len == 0)
            first = s;
    }
    return first;
}

Str cell_of(Ctx *cx, const Reading *r, const Cells *c, TargetId t)
{
    if (r->columns.at[t][0] == 0)
        return (Str){ 0 };
    CellType type = TARGET_TABLE[t].type;
    if (type == CELL_PHONE)
        return phone_cell(cx, r, c, t);
    for (size_t k = 0; k < COLUMNS_PER_TARGET && r->columns.at[t][k] != 0; k++) {
        size_t i = r->columns.at[t][k] - 1u;
        Str s = i < c->len ? read_cell(r, c->ptr[i], type) : (Str){ 0 };
        if (s.len > 0)
            return cell_scrub(cx->arena, s, may_have_lines(t));
    }
    return (Str){ 0 };
}

Status read_money(Ctx *cx, const Reading *r, const Cells *c, TargetId t, int64_t *ret,
                  bool *ret_any)
{
    Str s = cell_of(cx, r, c, t);
    *ret_any = s.len > 0;
    *ret = 0;
    if (s.len == 0 || money_parse(s, ret) || money_parse_loose(s, r->options.comma_decimal, ret))
        return STATUS_OK;
    (void)FAIL(cx, INVALID, "import.number", TARGET_TABLE[t].name.ptr,
               "\"" STR_FMT "\" is not a number", STR_ARG(utf8_left(s, 40)));
    return ctx_fail_args(cx, STATUS_INVALID, utf8_left(s, 40), (Str){ 0 });
}

Status read_time(Ctx *cx, const Reading *r, const Cells *c, TargetId t, Instant *ret, bool *ret_any)
{
    Str s = cell_of(cx, r, c, t);
    *ret_any = s.len > 0;
    *ret = (Instant){ 0 };
    // Some exports write a nought date where there is none.
    if (str_starts(s, S("0000-00-00")) || str_starts(s, S("1970-01-01 08:00:00")) ||
        str_eq(s, S("-")))
        *ret_any = false;
    if (!*ret_any || text_time(s, r->options.zone, r->options.day_first, ret))
        return STATUS_OK;
    (void)FAIL(cx, INVALID, "import.date", TARGET_TABLE[t].name.ptr,
               "\"" STR_FMT "\" is not a date", STR_ARG(utf8_left(s, 40)));
    return ctx_fail_args(cx, STATUS_INVALID, utf8_left(s, 40), (Str){ 0 });
}

void put_text(Ctx *cx, const EntityInfo *e, void *row, uint32_t field, Str s)
{
    if (s.len == 0)
        return;
    const Field *f = field_at(e, field);
    // Longer texts than the field holds are cut: a note is no reason to refuse an order.
    if (f->max > f->min && (int64_t)s.len > f->max && field != ORDER_number)
        s = utf8_left(s, (size_t)f->max);
    row_put(cx->arena, row, f, value_text(s));
}

void put_num(Ctx *cx, const EntityInfo *e, void *row, uint32_t field, int64_t num)
{
    const Field *f = field_at(e, field);
    row_put(cx->arena, row, f, value_num(f->kind, num));
}

// The first error of the context becomes the reason, in the language of the run.
void draft_refuse(Ctx *cx, const Reading *r, Draft *d, size_t row, const EntityInfo *e)
{
    const Err *err = cx->errors;
    while (err != NULL && err->next != NULL && err->next->status == STATUS_INVALID)
        err = err->next;
    d->error_row = d->nrows > 0 ? d->rows[row < d->nrows ? row : 0].number : 0;
    Str sentence = err == NULL ? S("invalid") : i18n_error(cx->arena, r->options.lang.ptr, err, e);
    // The error may live in memory that the next attempt to write clears.
    d->error = arena_dup(cx->arena, sentence);
    d->error_field =
        err == NULL || err->field == NULL ? (Str){ 0 } : arena_dup(cx->arena, str_z(err->field));
    cx->errors = NULL;
}

static const EntityInfo *entity_of(const Reading *r)
{
    switch (r->kind) {
    case IMPORT_CUSTOMERS: return r->customer;
    case IMPORT_PRODUCTS: return r->product;
    case IMPORT_ORDERS:
    case IMPORT_LINES:
    case IMPORT_PAYMENTS:
    case IMPORT_KIND_COUNT: break;
    }
    return r->order;
}

static Status read_number(Ctx *cx, const Reading *r, const Cells *cells, Draft *d)
{
    d->number = cell_of(cx, r, &cells[0], TARGET_order_number);
    if (d->number.len == 0)
        return FAIL(cx, INVALID, "import.no_number", "order.number", "the order number is missing");
    d->shop = cell_of(cx, r, &cells[0], TARGET_shop_name);
    return STATUS_OK;
}

static Status read_kind(Ctx *cx, const Reading *r, const Cells *cells, Draft *d, size_t *ret_bad)
{
    switch (r->kind) {
    case IMPORT_ORDERS:
        TRY(read_number(cx, r, cells, d));
        return draft_order(cx, r, cells, d, ret_bad);
    case IMPORT_LINES:
        TRY(read_number(cx, r, cells, d));
        return draft_lines(cx, r, cells, d, ret_bad);
    case IMPORT_PAYMENTS:
        TRY(read_number(cx, r, cells, d));
        return draft_payments(cx, r, cells, d, ret_bad);
    case IMPORT_CUSTOMERS:
        d->shop = cell_of(cx, r, &cells[0], TARGET_shop_name);
        return draft_person(cx, r, &cells[0], NULL, d);
    case IMPORT_PRODUCTS: return draft_products(cx, r, cells, d, ret_bad);
    case IMPORT_KIND_COUNT: break;
    }
    return FAIL(cx, INTERNAL, "import.kind", NULL, "unknown kind of import");
}

void draft_read(Ctx *cx, const Reading *r, const Cells *cells, Draft *d)
{
    size_t bad = 0;
    if (read_kind(cx, r, cells, d, &bad) != STATUS_OK)
        draft_refuse(cx, r, d, bad, entity_of(r));
}
