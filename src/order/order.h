// Orders with their lines, refunds, and what both amount to for a customer.
#ifndef GUANXI_ORDER_ORDER_H
#define GUANXI_ORDER_ORDER_H

#include "customer/customer.h"
#include "product/product.h"
#include "shop/shop.h"

typedef struct Order {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "order/order.def"
#undef FIELD
} Order;

typedef enum OrderField {
#define FIELD(type, name, ...) ORDER_##name,
#include "order/order.def"
#undef FIELD
    ORDER_FIELDS,
} OrderField;

// A line as the entity "line" shows it: read only, changed with its order.
typedef struct Line {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "order/line.def"
#undef FIELD
} Line;

typedef enum LineField {
#define FIELD(type, name, ...) LINE_##name,
#include "order/line.def"
#undef FIELD
    LINE_FIELDS,
} LineField;

typedef struct Refund {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "order/refund.def"
#undef FIELD
} Refund;

typedef enum RefundField {
#define FIELD(type, name, ...) REFUND_##name,
#include "order/refund.def"
#undef FIELD
    REFUND_FIELDS,
} RefundField;

#define ORDER_STATE_LIST(X)                                                                        \
    X(UNPAID, "unpaid", "待付款", "Unpaid")                                                        \
    X(PAID, "paid", "已付款", "Paid")                                                              \
    X(SHIPPED, "shipped", "已发货", "Shipped")                                                     \
    X(DONE, "done", "已完成", "Done") X(CLOSED, "closed", "已关闭", "Closed")
typedef enum OrderState {
#define X(id, name, zh, en) ORDER_STATE_##id,
    ORDER_STATE_LIST(X)
#undef X
} OrderState;

#define REFUND_KIND_LIST(X)                                                                        \
    X(REFUND, "refund", "仅退款", "Refund")                                                        \
    X(RETURN, "return", "退货退款", "Return")                                                      \
    X(CANCELLATION, "cancellation", "取消", "Cancellation")                                        \
    X(EXCHANGE, "exchange", "换货", "Exchange")
typedef enum RefundKind {
#define X(id, name, zh, en) REFUND_KIND_##id,
    REFUND_KIND_LIST(X)
#undef X
} RefundKind;

#define REFUND_STATE_LIST(X)                                                                       \
    X(REQUESTED, "requested", "申请中", "Requested")                                               \
    X(DONE, "done", "已完成", "Done") X(REFUSED, "refused", "已拒绝", "Refused")
typedef enum RefundState {
#define X(id, name, zh, en) REFUND_STATE_##id,
    REFUND_STATE_LIST(X)
#undef X
} RefundState;

enum {
    ORDER_LINES_MAX = 16383, // of one order or refund
    ORDER_LINE_STEP = 16384, // line id = order id * this + line number from 1
};

// A line being written or read. Name and spec as sold, may be empty; product_id may be 0 (unknown).
typedef struct OrderLine {
    Id product_id;
    Str name, spec;
    int64_t quantity_e4, price_e4, amount_e4;
} OrderLine;

extern const Entity order_entity, line_entity, refund_entity;
extern const Module order_module;
extern const TimelineSource order_timeline, refund_timeline;

// All of these inside store_write. Permission, scope, rules, history as by change_create and
// change_update; the totals of the customers concerned are recomputed once, at the end of the
// transaction.
//
// Completes what is missing: item_count and line_count from the lines (without lines the caller's
// item_count stays), goods_amount from the lines, total_amount = goods - discount + freight + tax,
// paid_amount = total_amount for the states paid, shipped and done, else 0; currency of the shop.
// CONFLICT "taken" (field number, args[0] the order's id when visible) when the shop has a live
// order of this number; INVALID for more than ORDER_LINES_MAX lines or amounts beyond +-10^9.
// product_id of lines is not looked up: the caller knows it. The order's id is in order->id on
// return.
Status order_create(Ctx *cx, Db *db, Order *order, const OrderLine *lines, size_t n,
                    Str reason) MUST_USE;
// lines NULL: they stay. Otherwise they replace the present ones, when they differ at all; an equal
// patch and equal lines write nothing (ret_any false). *ret_after and ret_any may be NULL. A change
// of lines that leaves every field as it was makes a new version, too.
Status order_change(Ctx *cx, Db *db, Id id, int64_t version, const Order *patch,
                    const OrderLine *lines, size_t n, Str reason, Order **ret_after,
                    bool *ret_any) MUST_USE;
// The live order of this number, whole (all fields but custom ones too). By the program itself, not
// by the caller's scope. NOT_FOUND without an error record.
Status order_by_number(Ctx *cx, Db *db, Id shop, Str number, Order *ret) MUST_USE;
// Lines in their order, into cx->arena.
Status order_lines(Ctx *cx, Db *db, Id order, OrderLine **ret, size_t *ret_n) MUST_USE;

// Refunds: customer_id is completed from the order, kind and state default to refund and done.
// Amounts are positive. refund_amount of the order is kept from its live refunds that are done.
Status refund_create(Ctx *cx, Db *db, Refund *refund, const OrderLine *lines, size_t n,
                     Str reason) MUST_USE;
Status refund_change(Ctx *cx, Db *db, Id id, int64_t version, const Refund *patch,
                     const OrderLine *lines, size_t n, Str reason, Refund **ret_after,
                     bool *ret_any) MUST_USE;
Status refund_by_number(Ctx *cx, Db *db, Id shop, Str number, Refund *ret) MUST_USE;
Status refund_lines(Ctx *cx, Db *db, Id refund, OrderLine **ret, size_t *ret_n) MUST_USE;

// Recomputes one customer from his live orders with paid_amount > 0 and his live refunds that are
// done, and keeps the result by customer_set_totals. For change_defer.
Status order_refresh_customer(Ctx *cx, Db *db, Id customer) MUST_USE;
// The totals as they must be, by pure computation.
Status order_compute_totals(Ctx *cx, Db *db, Id customer, CustomerTotals *ret) MUST_USE;

#endif
