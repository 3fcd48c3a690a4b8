// What orders and refunds have in common: a number that is one of a kind in its shop, and lines.
#include "order/order_internal.h"

#include <inttypes.h>

enum { SHOP_FIELD = 1, NUMBER_FIELD = 2 };
_Static_assert((int)ORDER_shop_id == SHOP_FIELD && (int)ORDER_number == NUMBER_FIELD, "order.def");
_Static_assert((int)REFUND_shop_id == SHOP_FIELD && (int)REFUND_number == NUMBER_FIELD,
               "refund.def");

Access access_of_program(const Ctx *cx)
{
    Access all = *cx->access;
    all.all = true;
    all.read_only = false;
    return all;
}

bool resolved_by_import(const Ctx *cx)
{
    return cx->access->origin == ORIGIN_IMPORT;
}

static void where_number(Sql *q, const Entity *entity, Id shop, Str number)
{
    sql_add(q, SQL(" FROM "));
    sql_add(q, entity->table);
    sql_add(q, SQL(" t WHERE t.deleted_at IS NULL AND t.number = "));
    sql_text(q, number);
    sql_add(q, SQL(" AND t.shop_id = "));
    sql_id(q, shop);
}

Status head_by_number(Ctx *cx, Db *db, const Entity *entity, Id shop, Str number, void *ret)
{
    const EntityInfo *e = catalog_of(cx, entity);
    Mask only = mask_all(e);
    mask_clear(&only, MASK_CUSTOM);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT "));
    entity_columns(q, e, &only);
    where_number(q, entity, shop, number);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    bool found = stmt_next(st);
    if (found)
        TRY(entity_read(cx, e, &only, st, 0, cx->arena, ret));
    TRY(stmt_end(cx, &st));
    return found ? STATUS_OK : STATUS_NOT_FOUND;
}

Status head_check_number(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                         const void *after)
{
    const Field *shop = field_at(e, SHOP_FIELD);
    const Field *number = field_at(e, NUMBER_FIELD);
    if (before != NULL && value_equal(row_get(before, shop), row_get(after, shop)) &&
        value_equal(row_get(before, number), row_get(after, number)))
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT t.id"));
    where_number(q, e->entity, (Id){ row_get(after, shop).num }, row_get(after, number).text);
    int64_t other = 0;
    Status s = db_int(cx, db, q, &other);
    if (s == STATUS_NOT_FOUND || (s == STATUS_OK && other == row_id(after, e).v))
        return STATUS_OK;
    TRY(s);
    (void)FAIL(cx, CONFLICT, "taken", number->name.ptr, "is taken already in this shop");
    return record_is_visible(cx, db, e, (Id){ other })
               ? ctx_fail_args(cx, STATUS_CONFLICT, arena_fmt(cx->arena, "%" PRId64, other),
                               (Str){ 0 })
               : STATUS_CONFLICT;
}

Status head_lock(Ctx *cx, Db *db, const Entity *entity, Id id, int64_t *ret_version)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT version FROM "));
    sql_add(q, entity->table);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, id);
    sql_either(q, SQL(""), SQL(" FOR UPDATE"));
    return db_int(cx, db, q, ret_version);
}
