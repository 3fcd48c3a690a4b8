#include "customer/customer_internal.h"

#include <inttypes.h>

static const ChoiceDef IDENTITY_KINDS[] = {
    { "account", { "账号", "Account" } },
    { "nickname", { "昵称", "Nickname" } },
    { "member", { "会员号", "Member number" } },
    { NULL, { NULL, NULL } },
};

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Identity, name, __VA_ARGS__),
#include "customer/identity.def"
#undef FIELD
};

typedef struct Holder {
    Id identity, customer;
    bool gone; // the customer lies in the bin
} Holder;

static Status find_holder(Ctx *cx, Db *db, const Identity *i, Holder *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT i.id, i.customer_id, c.deleted_at FROM identity i JOIN customer c"
                   " ON c.id = i.customer_id WHERE i.deleted_at IS NULL AND i.value = "));
    sql_text(q, i->value);
    sql_add(q, SQL(" AND i.shop_id = "));
    sql_id(q, i->shop_id);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st)) {
        ret->identity.v = stmt_int(st, 0);
        ret->customer.v = stmt_int(st, 1);
        ret->gone = !stmt_is_null(st, 2);
    }
    return stmt_end(cx, &st);
}

// An account belongs to one customer. Held by one in the bin it may go to another, as far as the
// program is concerned: the caller need not have a right over the deleted one.
static Status release(Ctx *cx, Db *db, const EntityInfo *e, Id identity)
{
    const Access *mine = cx->access;
    Access all = *mine;
    all.all = true;
    cx->access = &all;
    Status s = change_delete(cx, db, e, identity, 0, S("customer deleted"));
    cx->access = mine;
    return s;
}

static Status check_identity(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    Identity *i = after;
    if (i == NULL)
        return STATUS_OK;
    if (!row_is_set(i, field_at(e, IDENTITY_kind)))
        row_put(cx->arena, i, field_at(e, IDENTITY_kind),
                value_num(FIELD_CHOICE, IDENTITY_ACCOUNT));
    TRY(check_references(cx, db, e, before, after));
    const Identity *was = before;
    if (was != NULL && was->shop_id.v == i->shop_id.v && str_eq(was->value, i->value))
        return STATUS_OK;
    Holder h = { 0 };
    TRY(find_holder(cx, db, i, &h));
    if (h.identity.v == 0 || h.identity.v == i->id.v)
        return STATUS_OK;
    if (h.gone)
        return release(cx, db, e, h.identity);
    if (!record_is_visible(cx, db, catalog_of(cx, &customer_entity), h.customer))
        return FAIL(cx, CONFLICT, "taken", "value", "belongs to another customer already");
    (void)FAIL(cx, CONFLICT, "identity.taken", "value", "belongs to customer %" PRId64 " already",
               h.customer.v);
    return ctx_fail_args(cx, STATUS_CONFLICT, arena_fmt(cx->arena, "%" PRId64, h.customer.v),
                         (Str){ 0 });
}

const Entity identity_entity = {
    .name = "identity",
    .path = "identities",
    .label = { "平台账号", "Shop identity" },
    .plural = { "平台账号", "Shop identities" },
    .table = SQL_INIT("identity"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Identity),
    .title = IDENTITY_value,
    .parent = IDENTITY_customer_id,
    .flags = E_TRASH,
    .check = check_identity,
};
