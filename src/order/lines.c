// Lines: written in bulk, read by range, compared in memory.
#include "order/order_internal.h"

#include <inttypes.h>

const LineTable ORDER_LINE_TABLE = {
    .table = SQL_INIT("order_line"),
    .columns =
        SQL_INIT("id, order_id, customer_id, product_id, name, spec, quantity, price, amount, "
                 "ordered_at"),
    .select = SQL_INIT("SELECT product_id, name, spec, quantity, price, amount FROM order_line"),
    .remove = SQL_INIT("DELETE FROM order_line"),
    .move = SQL_INIT("UPDATE order_line SET ordered_at = "),
};

const LineTable REFUND_LINE_TABLE = {
    .table = SQL_INIT("refund_line"),
    .columns =
        SQL_INIT("id, refund_id, customer_id, product_id, name, spec, quantity, price, amount, "
                 "refunded_at"),
    .select = SQL_INIT("SELECT product_id, name, spec, quantity, price, amount FROM refund_line"),
    .remove = SQL_INIT("DELETE FROM refund_line"),
    .move = SQL_INIT("UPDATE refund_line SET refunded_at = "),
};

enum { LINE_COLUMNS = 10, LINE_TEXT_MAX = 300 };
static const int64_t AMOUNT_MAX = 10000000000000; // 10^9 units

// Tabs and line ends separate the texts of the history; a name has no use for them.
static Str clean(Arena *a, Str s)
{
    s = str_trim(s);
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x20 && s.ptr[i] != 0x7f)
            continue;
        Str copy = arena_dup(a, s);
        char *p = (char *)(uintptr_t)copy.ptr;
        for (; i < copy.len; i++)
            if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
                p[i] = ' ';
        return copy;
    }
    return s;
}

static bool in_bounds(int64_t e4)
{
    return e4 >= -AMOUNT_MAX && e4 <= AMOUNT_MAX;
}

static bool fits(Str s)
{
    return s.len <= LINE_TEXT_MAX || utf8_count(s) <= LINE_TEXT_MAX;
}

Status lines_check(Ctx *cx, const OrderLine *lines, size_t n, OrderLine **ret)
{
    if (n > ORDER_LINES_MAX)
        return FAIL(cx, INVALID, "lines.many", "lines", "has more than %d lines", ORDER_LINES_MAX);
    OrderLine *copy = n == 0 ? NULL : arena_array(cx->arena, OrderLine, n);
    for (size_t i = 0; i < n; i++) {
        copy[i] = lines[i];
        copy[i].name = clean(cx->arena, lines[i].name);
        copy[i].spec = clean(cx->arena, lines[i].spec);
        if (!in_bounds(lines[i].quantity_e4) || !in_bounds(lines[i].price_e4) ||
            !in_bounds(lines[i].amount_e4))
            return FAIL(cx, INVALID, "lines.range", "lines", "line %zu holds too large a number",
                        i + 1);
        if (!fits(copy[i].name) || !fits(copy[i].spec))
            return FAIL(cx, INVALID, "lines.text", "lines", "line %zu holds too long a text",
                        i + 1);
    }
    *ret = copy;
    return STATUS_OK;
}

static void where_range(Sql *q, Id head)
{
    sql_add(q, SQL(" WHERE id > "));
    sql_int(q, head.v * ORDER_LINE_STEP);
    sql_add(q, SQL(" AND id < "));
    sql_int(q, (head.v + 1) * ORDER_LINE_STEP);
}

Status lines_load(Ctx *cx, Db *db, const LineTable *t, Id head, OrderLine **ret, size_t *ret_n)
{
    VEC(OrderLine) list = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, t->select);
    where_range(q, head);
    sql_add(q, SQL(" ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, &list) = (OrderLine){ .product_id = { stmt_int(st, 0) },
                                                  .name = stmt_text(st, 1, cx->arena),
                                                  .spec = stmt_text(st, 2, cx->arena),
                                                  .quantity_e4 = stmt_int(st, 3),
                                                  .price_e4 = stmt_int(st, 4),
                                                  .amount_e4 = stmt_int(st, 5) };
    TRY(stmt_end(cx, &st));
    *ret = list.ptr;
    *ret_n = list.len;
    return STATUS_OK;
}

static void text_or_null(Bulk *b, Str s)
{
    if (s.len == 0)
        bulk_null(b);
    else
        bulk_text(b, s);
}

Status lines_insert(Ctx *cx, Db *db, const LineTable *t, LineHead head, const OrderLine *lines,
                    size_t n)
{
    if (n == 0)
        return STATUS_OK;
    CLEANUP(bulk_cleanup) Bulk *b = NULL;
    TRY(bulk_open(cx, db, t->table, t->columns, LINE_COLUMNS, &b));
    for (size_t i = 0; i < n; i++) {
        bulk_int(b, head.id.v * ORDER_LINE_STEP + (int64_t)i + 1);
        bulk_id(b, head.id);
        bulk_id(b, head.customer);
        bulk_id(b, lines[i].product_id);
        text_or_null(b, lines[i].name);
        text_or_null(b, lines[i].spec);
        bulk_int(b, lines[i].quantity_e4);
        bulk_int(b, lines[i].price_e4);
        bulk_int(b, lines[i].amount_e4);
        bulk_int(b, head.at.ms);
        TRY(bulk_row(cx, b));
    }
    return bulk_end(cx, &b);
}

Status lines_remove(Ctx *cx, Db *db, const LineTable *t, Id head)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, t->remove);
    where_range(q, head);
    return db_exec(cx, db, q, NULL);
}

Status lines_move(Ctx *cx, Db *db, const LineTable *t, LineHead head)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, t->move);
    sql_int(q, head.at.ms);
    sql_add(q, SQL(", customer_id = "));
    sql_id(q, head.customer);
    where_range(q, head.id);
    return db_exec(cx, db, q, NULL);
}

bool lines_equal(const OrderLine *a, size_t na, const OrderLine *b, size_t nb)
{
    if (na != nb)
        return false;
    for (size_t i = 0; i < na; i++)
        if (a[i].product_id.v != b[i].product_id.v || a[i].quantity_e4 != b[i].quantity_e4 ||
            a[i].price_e4 != b[i].price_e4 || a[i].amount_e4 != b[i].amount_e4 ||
            !str_eq(a[i].name, b[i].name) || !str_eq(a[i].spec, b[i].spec))
            return false;
    return true;
}

Status lines_sum(Ctx *cx, const OrderLine *lines, size_t n, LineSums *ret)
{
    LineSums sums = { 0 };
    for (size_t i = 0; i < n; i++)
        if (!money_sum(sums.quantity, lines[i].quantity_e4, &sums.quantity) ||
            !money_sum(sums.amount, lines[i].amount_e4, &sums.amount))
            return FAIL(cx, INVALID, "lines.range", "lines", "add up to too large a number");
    *ret = sums;
    return STATUS_OK;
}

// --- texts of the history: one value for the JSON reader, however many lines there are

enum { ENCODED_MAX = 16 * 1024 * 1024 };

Str lines_encode(Arena *a, const OrderLine *lines, size_t n)
{
    Buf b = buf_new(a, ENCODED_MAX);
    for (size_t i = 0; i < n; i++) {
        const OrderLine *l = &lines[i];
        buf_int(&b, l->product_id.v);
        buf_char(&b, '\t');
        buf_int(&b, l->quantity_e4);
        buf_char(&b, '\t');
        buf_int(&b, l->price_e4);
        buf_char(&b, '\t');
        buf_int(&b, l->amount_e4);
        buf_char(&b, '\t');
        buf_add(&b, l->name);
        buf_char(&b, '\t');
        buf_add(&b, l->spec);
        buf_char(&b, '\n');
    }
    return n == 0 ? S("") : buf_str(&b);
}

static bool decode_line(Str line, OrderLine *l)
{
    bool numbers = str_int(str_split(&line, '\t'), &l->product_id.v) &&
                   str_int(str_split(&line, '\t'), &l->quantity_e4) &&
                   str_int(str_split(&line, '\t'), &l->price_e4) &&
                   str_int(str_split(&line, '\t'), &l->amount_e4);
    l->name = str_split(&line, '\t');
    l->spec = line;
    return numbers && line.ptr != NULL;
}

bool lines_decode(Arena *a, Str text, OrderLine **ret, size_t *ret_n)
{
    VEC(OrderLine) list = { 0 };
    while (text.len > 0)
        if (list.len == ORDER_LINES_MAX || !decode_line(str_split(&text, '\n'), vec_add(a, &list)))
            return false;
    *ret = list.ptr;
    *ret_n = list.len;
    return true;
}

Str lines_pair(Arena *a, const OrderLine *before, size_t nbefore, const OrderLine *after,
               size_t nafter)
{
    Buf b = buf_new(a, 2 * ENCODED_MAX);
    JsonOut j = json_out(&b);
    json_open_array(&j);
    json_str(&j, lines_encode(a, before, nbefore));
    json_str(&j, lines_encode(a, after, nafter));
    json_close_array(&j);
    return buf_str(&b);
}

Status lines_compare(Ctx *cx, Db *db, const LineTable *t, Id head, const OrderLine *lines, size_t n,
                     LinesChange *ret)
{
    LinesChange c = { 0 };
    if (lines != NULL) {
        TRY(lines_check(cx, lines, n, &c.after));
        c.nafter = n;
        TRY(lines_sum(cx, c.after, n, &c.sums));
        TRY(lines_load(cx, db, t, head, &c.before, &c.nbefore));
        c.differs = !lines_equal(c.before, c.nbefore, c.after, c.nafter);
    }
    *ret = c;
    return STATUS_OK;
}

Status lines_to_put_back(Ctx *cx, Db *db, const LineTable *t, Id head, const Json *data, bool force,
                         OrderLine **ret, size_t *ret_n, bool *ret_back, bool *ret_kept)
{
    OrderLine *became = NULL;
    OrderLine *now = NULL;
    size_t nbecame = 0;
    size_t nnow = 0;
    const Json *pair = json_get(data, "lines");
    *ret_back = *ret_kept = false;
    if (pair == NULL || pair->kind != JSON_ARRAY_NODE || pair->len != 2)
        return STATUS_OK;
    if (!lines_decode(cx->arena, pair->first->text, ret, ret_n) ||
        !lines_decode(cx->arena, pair->first->next->text, &became, &nbecame))
        return FAIL(cx, INTERNAL, "lines.broken", NULL, "the lines of a change cannot be read");
    TRY(lines_load(cx, db, t, head, &now, &nnow));
    *ret_back = force || lines_equal(now, nnow, became, nbecame);
    *ret_kept = !*ret_back;
    return STATUS_OK;
}
