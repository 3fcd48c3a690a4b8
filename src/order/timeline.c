// Orders and refunds as sources of a customer's timeline.
#include "order/order_internal.h"

static Status list_orders(Ctx *cx, Db *db, Id customer, Instant before, int limit,
                          TimelineItems *ret)
{
    const EntityInfo *e = catalog_of(cx, &order_entity);
    bool money = field_access(cx, e, field_at(e, ORDER_paid_amount)) >= ACCESS_READ;
    Query where = { .info = e };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT t.id, t.ordered_at, t.number, t.state, t.paid_amount, s.name "
                   "FROM orders t LEFT JOIN shop s ON s.id = t.shop_id WHERE "));
    TRY(query_where(cx, q, &where));
    sql_add(q, SQL(" AND t.customer_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" AND t.ordered_at <= "));
    sql_int(q, before.ms);
    sql_add(q, SQL(" ORDER BY t.ordered_at DESC, t.id DESC LIMIT "));
    sql_int(q, limit);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, ret) =
            (TimelineItem){ .at = { stmt_int(st, 1) },
                            .kind = "order",
                            .id = stmt_int(st, 0),
                            .title = stmt_text(st, 2, cx->arena),
                            .text = stmt_text(st, 5, cx->arena),
                            .has_amount = money,
                            .amount = stmt_int(st, 4),
                            .state = str_z(ORDER_STATES[stmt_int(st, 3)].name) };
    return stmt_end(cx, &st);
}

static Status list_refunds(Ctx *cx, Db *db, Id customer, Instant before, int limit,
                           TimelineItems *ret)
{
    const EntityInfo *e = catalog_of(cx, &refund_entity);
    bool money = field_access(cx, e, field_at(e, REFUND_amount)) >= ACCESS_READ;
    Query where = { .info = e };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT t.id, t.refunded_at, t.number, t.state, t.amount, t.reason FROM refund "
                   "t WHERE "));
    TRY(query_where(cx, q, &where));
    sql_add(q, SQL(" AND t.customer_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" AND t.refunded_at <= "));
    sql_int(q, before.ms);
    sql_add(q, SQL(" ORDER BY t.refunded_at DESC, t.id DESC LIMIT "));
    sql_int(q, limit);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, ret) =
            (TimelineItem){ .at = { stmt_int(st, 1) },
                            .kind = "refund",
                            .id = stmt_int(st, 0),
                            .title = stmt_text(st, 2, cx->arena),
                            .text = stmt_text(st, 5, cx->arena),
                            .has_amount = money,
                            .amount = stmt_int(st, 4),
                            .state = str_z(REFUND_STATES[stmt_int(st, 3)].name) };
    return stmt_end(cx, &st);
}

const TimelineSource order_timeline = { "order", "order.read", list_orders };
const TimelineSource refund_timeline = { "refund", "refund.read", list_refunds };
