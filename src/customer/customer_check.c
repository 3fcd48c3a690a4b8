// Checks of values and references that customers share with what hangs on them.
#include "customer/customer_internal.h"

Status check_phone(Ctx *cx, const Field *f, Value *v)
{
    Str e164 = { 0 };
    if (phone_parse(cx->arena, v->text, cx->catalog->region, &e164) == PHONE_INVALID)
        return FAIL(cx, INVALID, "phone", f->name.ptr, "is not a phone number");
    v->text = e164;
    return STATUS_OK;
}

Status check_phone_loose(Ctx *cx, const Field *f, Value *v)
{
    (void)f;
    Str e164 = { 0 };
    if (phone_parse(cx->arena, v->text, cx->catalog->region, &e164) != PHONE_INVALID)
        v->text = e164;
    return STATUS_OK;
}

Status check_email(Ctx *cx, const Field *f, Value *v)
{
    Str normal = { 0 };
    if (!email_parse(cx->arena, v->text, &normal))
        return FAIL(cx, INVALID, "email", f->name.ptr, "is not an e-mail address");
    v->text = normal;
    return STATUS_OK;
}

Status check_idno(Ctx *cx, const Field *f, Value *v)
{
    Str normal = { 0 };
    Day birth = { 0 };
    bool female = false;
    if (!idno_parse(cx->arena, v->text, &normal, &birth, &female))
        return FAIL(cx, INVALID, "idno", f->name.ptr, "is not a resident identity number");
    v->text = normal;
    return STATUS_OK;
}

// The entity a changed reference points at; NULL when there is nothing to ask.
static const EntityInfo *reference(const Ctx *cx, const Field *f, const void *before,
                                   const void *after)
{
    if (f->ref == NULL || (f->flags & (F_READONLY | F_CUSTOM)) != 0 || !row_is_set(after, f) ||
        (before != NULL && value_equal(row_get(before, f), row_get(after, f))))
        return NULL;
    return catalog_find(cx->catalog, str_z(f->ref));
}

Status check_references(Ctx *cx, Db *db, const EntityInfo *e, const void *before, const void *after)
{
    Sql *q = sql_new(cx->arena, db);
    int n = 0;
    FOR_FIELDS(e, f) {
        const EntityInfo *to = reference(cx, f, before, after);
        if (to == NULL)
            continue;
        sql_add(q, n++ == 0 ? SQL("SELECT CAST(") : SQL(" UNION ALL SELECT CAST("));
        sql_int(q, f->index);
        sql_either(q, SQL(" AS INTEGER)"), SQL(" AS BIGINT)"));
        sql_add(q, SQL(" WHERE NOT EXISTS (SELECT 1 FROM "));
        sql_add(q, to->entity->table);
        sql_add(q, SQL(" WHERE id = "));
        sql_int(q, row_get(after, f).num);
        if ((to->entity->flags & E_TRASH) != 0)
            sql_add(q, SQL(" AND deleted_at IS NULL"));
        sql_add(q, SQL(")"));
    }
    int64_t missing = 0;
    Status s = n == 0 ? STATUS_NOT_FOUND : db_int(cx, db, q, &missing);
    if (s == STATUS_NOT_FOUND)
        return STATUS_OK;
    TRY(s);
    return FAIL(cx, INVALID, "reference", field_at(e, (uint32_t)missing)->name.ptr,
                "does not exist");
}

bool record_is_visible(Ctx *cx, Db *db, const EntityInfo *e, Id id)
{
    Query q = { .info = e, .ids = &id.v, .nids = 1 };
    int64_t n = 0;
    return may(cx, e, MAY_READ) && query_count(cx, db, &q, &n) == STATUS_OK && n == 1;
}
