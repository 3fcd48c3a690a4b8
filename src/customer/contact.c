#include "customer/customer_internal.h"

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Contact, name, __VA_ARGS__),
#include "customer/contact.def"
#undef FIELD
};

static Status check_contact(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    return after == NULL ? STATUS_OK : check_references(cx, db, e, before, after);
}

const Entity contact_entity = {
    .name = "contact",
    .path = "contacts",
    .label = { "联系人", "Contact" },
    .plural = { "联系人", "Contacts" },
    .table = SQL_INIT("contact"),
    .search_table = SQL_INIT("contact_search"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Contact),
    .title = CONTACT_name,
    .parent = CONTACT_customer_id,
    .flags = E_TRASH,
    .check = check_contact,
};

static Status list_contacts(Ctx *cx, Db *db, Id customer, Instant before, int limit,
                            TimelineItems *ret)
{
    const EntityInfo *e = catalog_of(cx, &contact_entity);
    const Field *name = field_at(e, CONTACT_name);
    Query where = { .info = e };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT t.id, t.created_at, t.name, t.position FROM contact t WHERE "));
    TRY(query_where(cx, q, &where));
    sql_add(q, SQL(" AND t.customer_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" AND t.created_at <= "));
    sql_int(q, before.ms);
    sql_add(q, SQL(" ORDER BY t.created_at DESC, t.id DESC LIMIT "));
    sql_int(q, limit);
    FieldAccess access = field_access(cx, e, name);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        Value v = value_text(access == ACCESS_NONE ? (Str){ 0 } : stmt_text(st, 2, cx->arena));
        if (access == ACCESS_MASKED)
            v = value_masked(cx->arena, name, v);
        *vec_add(cx->arena, ret) = (TimelineItem){ .at = { stmt_int(st, 1) },
                                                   .kind = "contact",
                                                   .id = stmt_int(st, 0),
                                                   .title = v.text,
                                                   .text = stmt_text(st, 3, cx->arena) };
    }
    return stmt_end(cx, &st);
}

const TimelineSource contact_timeline = { "contact", "contact.read", list_contacts };
