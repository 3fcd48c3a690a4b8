#include "customer/customer_internal.h"

static const Entity *const ENTITIES[] = {
    &customer_entity,
    &contact_entity,
    &address_entity,
    &identity_entity,
};

static const Route ROUTES[] = {
    ROUTES_CRUD(customer_entity, "customers", "customer"),
    ROUTES_CRUD(contact_entity, "contacts", "contact"),
    ROUTES_CRUD(address_entity, "addresses", "address"),
    ROUTES_CRUD(identity_entity, "identities", "identity"),
    { METHOD_GET, "/api/v1/customers/:id/timeline", customer_timeline, "customer.read", NULL,
      "What happened to a customer", 0, &customer_entity, NULL, "items" },
    { METHOD_GET, "/api/v1/customers/:id/sources", customer_sources, "customer.read", NULL,
      "Where each value of a customer came from", 0, &customer_entity, NULL, "items" },
};

static const MessageDef MESSAGES[] = {
    { "phone", "不是有效的电话号码" },
    { "email", "不是有效的电子邮箱地址" },
    { "idno", "不是有效的居民身份证号" },
    { "reference", "{field}不存在" },
    { "identity.taken", "该账号已属于客户 {0}" },
    { "GET /api/v1/customers/:id/timeline", "客户的动态" },
    { "GET /api/v1/customers/:id/sources", "客户每项资料的来源" },
};

const Module customer_module = {
    .name = "customer",
    .entities = ENTITIES,
    .nentities = ARRAY_LEN(ENTITIES),
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
    .messages = MESSAGES,
    .nmessages = ARRAY_LEN(MESSAGES),
};
