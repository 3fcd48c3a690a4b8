// Customers by what identifies them, as imports and forms ask. The oldest one wins where several
// share a phone or an address.
#include "customer/customer_internal.h"

Status customer_by_identity(Ctx *cx, Db *db, Id shop, Str value, Id *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT c.id FROM identity i JOIN customer c ON c.id = i.customer_id"
                   " AND c.deleted_at IS NULL WHERE i.deleted_at IS NULL AND i.value = "));
    sql_text(q, value);
    sql_add(q, SQL(" AND i.shop_id = "));
    sql_id(q, shop);
    return db_int(cx, db, q, &ret->v);
}

static Status blind_of_field(Ctx *cx, uint32_t field, Str value, Str *ret)
{
    return blind_of(cx, field_at(catalog_of(cx, &customer_entity), field), value, cx->arena, ret);
}

Status customer_by_phone(Ctx *cx, Db *db, Str e164, Id *ret)
{
    Str blind = { 0 };
    TRY(blind_of_field(cx, CUSTOMER_phone, e164, &blind));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM customer WHERE deleted_at IS NULL AND phone_blind = "));
    sql_blob(q, blind);
    sql_add(q, SQL(" ORDER BY id LIMIT 1"));
    return db_int(cx, db, q, &ret->v);
}

Status customer_by_email(Ctx *cx, Db *db, Str email, Id *ret)
{
    Str blind = { 0 };
    TRY(blind_of_field(cx, CUSTOMER_email, email, &blind));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM customer WHERE deleted_at IS NULL AND email_blind = "));
    sql_blob(q, blind);
    sql_add(q, SQL(" ORDER BY id LIMIT 1"));
    return db_int(cx, db, q, &ret->v);
}
