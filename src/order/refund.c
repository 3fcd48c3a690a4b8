#include "order/order_internal.h"

#include <inttypes.h>

const ChoiceDef REFUND_KINDS[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    REFUND_KIND_LIST(X)
#undef X
        { NULL, { NULL, NULL } },
};

const ChoiceDef REFUND_STATES[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    REFUND_STATE_LIST(X)
#undef X
        { NULL, { NULL, NULL } },
};

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Refund, name, __VA_ARGS__),
#include "order/refund.def"
#undef FIELD
};

static void put_default(Ctx *cx, const EntityInfo *e, void *row, uint32_t field, int64_t num)
{
    const Field *f = field_at(e, field);
    if (!row_is_set(row, f))
        row_put(cx->arena, row, f, value_num(f->kind, num));
}

// A refund belongs to whoever the order belongs to, unless said otherwise.
static Status fill_customer(Ctx *cx, Db *db, const EntityInfo *e, Refund *r)
{
    if (r->order_id.v == 0 || r->customer_id.v != 0)
        return STATUS_OK;
    int64_t customer = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT customer_id FROM orders WHERE customer_id IS NOT NULL AND id = "));
    sql_id(q, r->order_id);
    Status s = db_int(cx, db, q, &customer);
    if (s == STATUS_OK)
        row_put(cx->arena, r, field_at(e, REFUND_customer_id), value_num(FIELD_ID, customer));
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static Status check_refund(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    Refund *r = after;
    if (r == NULL)
        return STATUS_OK;
    if (before == NULL) {
        put_default(cx, e, r, REFUND_state, REFUND_STATE_DONE);
        put_default(cx, e, r, REFUND_item_count, 0);
        put_default(cx, e, r, REFUND_line_count, 0);
        if (resolved_by_import(cx))
            put_default(cx, e, r, REFUND_import_id, cx->access->origin_id.v);
    }
    if (!resolved_by_import(cx))
        TRY(check_references(cx, db, e, before, after));
    const Refund *was = before;
    if (was == NULL || was->order_id.v != r->order_id.v)
        TRY(fill_customer(cx, db, e, r));
    return head_check_number(cx, db, e, before, after);
}

static void touch(Ctx *cx, Db *db, const Refund *r)
{
    if (r == NULL)
        return;
    if (r->customer_id.v != 0)
        change_defer(cx, db, order_refresh_customer, r->customer_id);
    if (r->order_id.v != 0)
        change_defer(cx, db, order_refresh_refunds, r->order_id);
}

static Status refund_changed(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                             const void *after)
{
    (void)e;
    const Refund *was = before;
    const Refund *is = after;
    touch(cx, db, was);
    touch(cx, db, is);
    if (was == NULL || is == NULL ||
        (was->customer_id.v == is->customer_id.v && was->refunded_at.ms == is->refunded_at.ms))
        return STATUS_OK;
    return lines_move(cx, db, &REFUND_LINE_TABLE,
                      (LineHead){ is->id, is->customer_id, is->refunded_at });
}

const Entity refund_entity = {
    .name = "refund",
    .path = "refunds",
    .label = { "退款", "Refund" },
    .plural = { "退款", "Refunds" },
    .table = SQL_INIT("refund"),
    .search_table = SQL_INIT("refund_search"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Refund),
    .title = REFUND_number,
    .parent = REFUND_customer_id,
    .flags = E_TRASH,
    .check = check_refund,
    .changed = refund_changed,
    .put_back = refund_put_back,
};

// --- writing

static Status complete(Ctx *cx, Db *db, const EntityInfo *e, Refund *r, size_t n,
                       const LineSums *sums)
{
    put_default(cx, e, r, REFUND_kind, REFUND_KIND_REFUND);
    row_put(cx->arena, r, field_at(e, REFUND_line_count), value_num(FIELD_INT, (int64_t)n));
    if (n > 0) {
        row_put(cx->arena, r, field_at(e, REFUND_item_count),
                value_num(FIELD_DECIMAL, sums->quantity));
        put_default(cx, e, r, REFUND_amount, sums->amount);
    }
    if (row_is_set(r, field_at(e, REFUND_number)))
        return STATUS_OK;
    // Entered by hand: the shop gave it no number, so it gets one from its id.
    if (r->id.v == 0) {
        int64_t id = 0;
        TRY(db_next_id(cx, db, e->entity->table, &id));
        row_put(cx->arena, r, field_at(e, REFUND_id), value_num(FIELD_ID, id));
    }
    row_put(cx->arena, r, field_at(e, REFUND_number),
            value_text(arena_fmt(cx->arena, "R%" PRId64, r->id.v)));
    return STATUS_OK;
}

Status refund_create(Ctx *cx, Db *db, Refund *refund, const OrderLine *lines, size_t n, Str reason)
{
    const EntityInfo *e = catalog_of(cx, &refund_entity);
    OrderLine *clean = NULL;
    LineSums sums = { 0 };
    TRY(require(cx, e, MAY_CREATE));
    TRY(lines_check(cx, lines, n, &clean));
    TRY(lines_sum(cx, clean, n, &sums));
    TRY(complete(cx, db, e, refund, n, &sums));
    TRY(change_create(cx, db, e, refund, reason));
    LineHead head = { refund->id, refund->customer_id, refund->refunded_at };
    return lines_insert(cx, db, &REFUND_LINE_TABLE, head, clean, n);
}

static Status replace_lines(Ctx *cx, Db *db, const EntityInfo *e, const Refund *r,
                            const LinesChange *c)
{
    LineHead head = { r->id, r->customer_id, r->refunded_at };
    if (c->nbefore > 0)
        TRY(lines_remove(cx, db, &REFUND_LINE_TABLE, r->id));
    TRY(lines_insert(cx, db, &REFUND_LINE_TABLE, head, c->after, c->nafter));
    change_attach(cx, db, e, r->id, "lines",
                  lines_pair(cx->arena, c->before, c->nbefore, c->after, c->nafter));
    return STATUS_OK;
}

Status refund_change(Ctx *cx, Db *db, Id id, int64_t version, const Refund *patch,
                     const OrderLine *lines, size_t n, Str reason, Refund **ret_after,
                     bool *ret_any)
{
    const EntityInfo *e = catalog_of(cx, &refund_entity);
    int64_t was = 0;
    Status s = head_lock(cx, db, &refund_entity, id, &was);
    if (s != STATUS_OK && s != STATUS_NOT_FOUND)
        return s;
    LinesChange c = { 0 };
    Refund *wish = row_copy(cx->arena, e, patch);
    row_drop(wish, field_at(e, REFUND_line_count));
    TRY(lines_compare(cx, db, &REFUND_LINE_TABLE, id, lines, n, &c));
    if (c.differs) {
        row_put(cx->arena, wish, field_at(e, REFUND_line_count),
                value_num(FIELD_INT, (int64_t)c.nafter));
        row_put(cx->arena, wish, field_at(e, REFUND_item_count),
                value_num(FIELD_DECIMAL, c.sums.quantity));
    }
    void *after = NULL;
    TRY(c.differs ? change_touch(cx, db, e, id, version, wish, reason, &after)
                  : change_update(cx, db, e, id, version, wish, reason, &after));
    if (c.differs)
        TRY(replace_lines(cx, db, e, after, &c));
    if (ret_any != NULL)
        *ret_any = ((const Refund *)after)->version != was;
    if (ret_after != NULL)
        *ret_after = after;
    return STATUS_OK;
}

Status refund_put_back(Ctx *cx, Db *db, const EntityInfo *e, Id id, const Json *data,
                       const void *patch, bool force, Str reason, bool *ret_kept)
{
    (void)e;
    static const OrderLine NONE[1];
    OrderLine *before = NULL;
    size_t n = 0;
    bool back = false;
    TRY(lines_to_put_back(cx, db, &REFUND_LINE_TABLE, id, data, force, &before, &n, &back,
                          ret_kept));
    const OrderLine *lines = n == 0 ? NONE : before;
    return refund_change(cx, db, id, 0, patch, back ? lines : NULL, n, reason, NULL, NULL);
}

Status refund_by_number(Ctx *cx, Db *db, Id shop, Str number, Refund *ret)
{
    return head_by_number(cx, db, &refund_entity, shop, number, ret);
}

Status refund_lines(Ctx *cx, Db *db, Id refund, OrderLine **ret, size_t *ret_n)
{
    return lines_load(cx, db, &REFUND_LINE_TABLE, refund, ret, ret_n);
}
