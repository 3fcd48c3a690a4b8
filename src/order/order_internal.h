// Shared by the files of order/ only.
#ifndef GUANXI_ORDER_ORDER_INTERNAL_H
#define GUANXI_ORDER_ORDER_INTERNAL_H

#include "order/order.h"

// Lines of orders and of refunds are kept alike, in tables of their own.
typedef struct LineTable {
    SqlText table, columns, select, remove, move; // move: customer and time follow the head
} LineTable;
extern const LineTable ORDER_LINE_TABLE, REFUND_LINE_TABLE;

// What lines hang on.
typedef struct LineHead {
    Id id, customer;
    Instant at;
} LineHead;

// Bounds and clean texts; *ret is a copy in the arena. INVALID on field "lines".
Status lines_check(Ctx *cx, const OrderLine *lines, size_t n, OrderLine **ret) MUST_USE;
Status lines_load(Ctx *cx, Db *db, const LineTable *t, Id head, OrderLine **ret,
                  size_t *ret_n) MUST_USE;
Status lines_insert(Ctx *cx, Db *db, const LineTable *t, LineHead head, const OrderLine *lines,
                    size_t n) MUST_USE;
Status lines_remove(Ctx *cx, Db *db, const LineTable *t, Id head) MUST_USE;
Status lines_move(Ctx *cx, Db *db, const LineTable *t, LineHead head) MUST_USE;
bool lines_equal(const OrderLine *a, size_t na, const OrderLine *b, size_t nb);
// One text for the history ("lines" of a change row) and back. False when it is not such a text.
Str lines_encode(Arena *a, const OrderLine *lines, size_t n);
bool lines_decode(Arena *a, Str text, OrderLine **ret, size_t *ret_n);
// [before, after] as the change row holds it.
Str lines_pair(Arena *a, const OrderLine *before, size_t nbefore, const OrderLine *after,
               size_t nafter);
typedef struct LineSums {
    int64_t quantity, amount;
} LineSums;
Status lines_sum(Ctx *cx, const OrderLine *lines, size_t n, LineSums *ret) MUST_USE;

// Follow-up work of the program itself needs no rights of the caller; the actor stays named.
Access access_of_program(const Ctx *cx);

extern const ChoiceDef ORDER_STATES[], REFUND_KINDS[], REFUND_STATES[];

// The live row of a shop's number, whole but for custom fields; NOT_FOUND without an error record.
// Fields 1 and 2 of both entities are shop_id and number.
Status head_by_number(Ctx *cx, Db *db, const Entity *entity, Id shop, Str number,
                      void *ret) MUST_USE;
// CONFLICT "taken" when another live row has the shop and number of `after`.
Status head_check_number(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                         const void *after) MUST_USE;
// Locks the row where the database needs it; version and customer as they are, NOT_FOUND without an
// error record.
Status head_lock(Ctx *cx, Db *db, const Entity *entity, Id id, int64_t *ret_version) MUST_USE;
// References and rules that an import has minded already, in the same transaction.
bool resolved_by_import(const Ctx *cx);

// What a wish for other lines comes to. `lines` NULL: nothing is wished, and nothing differs.
typedef struct LinesChange {
    bool differs;
    OrderLine *before, *after;
    size_t nbefore, nafter;
    LineSums sums; // of after
} LinesChange;
Status lines_compare(Ctx *cx, Db *db, const LineTable *t, Id head, const OrderLine *lines, size_t n,
                     LinesChange *ret) MUST_USE;
// The lines from before a change, when they are to be put back: present ones are those the change
// left, or `force`. Otherwise *ret_back is false and, had there been any, *ret_kept true.
Status lines_to_put_back(Ctx *cx, Db *db, const LineTable *t, Id head, const Json *data, bool force,
                         OrderLine **ret, size_t *ret_n, bool *ret_back, bool *ret_kept) MUST_USE;

// Entity.put_back of both.
Status order_put_back(Ctx *cx, Db *db, const EntityInfo *e, Id id, const Json *data,
                      const void *patch, bool force, Str reason, bool *ret_kept) MUST_USE;
Status refund_put_back(Ctx *cx, Db *db, const EntityInfo *e, Id id, const Json *data,
                       const void *patch, bool force, Str reason, bool *ret_kept) MUST_USE;

Status order_refresh_refunds(Ctx *cx, Db *db, Id order) MUST_USE; // for change_defer

// verify.c, home.c, order_http.c, purchases.c
Status order_verify(Ctx *cx, Db *db, Buf *out, int64_t *ret_checked) MUST_USE;
Status home_show(Req *rq);
Status customer_purchases(Req *rq);
Status order_show_lines(Req *rq);
Status order_http_create(Req *rq); // of both, by the route's entity
Status order_http_change(Req *rq);
Status refund_show_lines(Req *rq);

// The totals of one customer, fed with his counted orders by ordered_at, id.
typedef struct Tally {
    CustomerTotals totals;
    Id last_order;
    Day first_day, last_day;
    VEC(int32_t) gaps; // days between purchase days
    bool overflow;
} Tally;
void tally_order(const Ctx *cx, Arena *a, Tally *t, Id order, Instant at, int64_t paid,
                 int64_t items);
// refund_amount, refund_count and last_product_id must be set before.
Status tally_end(Ctx *cx, Tally *t) MUST_USE;

#endif
