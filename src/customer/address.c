#include "customer/customer_internal.h"

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Address, name, __VA_ARGS__),
#include "customer/address.def"
#undef FIELD
};

static Status check_address(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    return after == NULL ? STATUS_OK : check_references(cx, db, e, before, after);
}

const Entity address_entity = {
    .name = "address",
    .path = "addresses",
    .label = { "收货地址", "Address" },
    .plural = { "收货地址", "Addresses" },
    .table = SQL_INIT("address"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Address),
    .title = ADDRESS_city,
    .parent = ADDRESS_customer_id,
    .flags = E_TRASH,
    .check = check_address,
};
