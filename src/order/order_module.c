#include "order/order_internal.h"

static const Entity *const ENTITIES[] = { &order_entity, &line_entity, &refund_entity };

static const Route ROUTES[] = {
    ROUTES_READ(order_entity, "orders", "order"),
    { METHOD_POST, "/api/v1/orders", order_http_create, "order.create", "create",
      "Create an order with its lines", ROUTE_IDEMPOTENT, &order_entity, "order_lines", NULL },
    { METHOD_PATCH, "/api/v1/orders/:id", order_http_change, "order.update", "update",
      "Change an order, or replace its lines", 0, &order_entity, "order_lines", NULL },
    { METHOD_DELETE, "/api/v1/orders/:id", api_delete, "order.delete", "delete", "Delete an order",
      0, &order_entity, NULL, NULL },
    { METHOD_POST, "/api/v1/orders/:id/restore", api_restore, "order.update", "restore",
      "Put back a change, or undelete", 0, &order_entity, "restore", NULL },
    { METHOD_POST, "/api/v1/orders/bulk", api_bulk, "order.bulk", "update", "Change many orders",
      ROUTE_IDEMPOTENT, &order_entity, "bulk", "job" },
    { METHOD_GET, "/api/v1/orders/:id/lines", order_show_lines, "order.read", NULL,
      "Lines of an order", 0, &line_entity, NULL, "items" },
    ROUTES_READ(line_entity, "lines", "line"),
    ROUTES_READ(refund_entity, "refunds", "refund"),
    { METHOD_POST, "/api/v1/refunds", order_http_create, "refund.create", "create",
      "Create a refund with its lines", ROUTE_IDEMPOTENT, &refund_entity, "order_lines", NULL },
    { METHOD_PATCH, "/api/v1/refunds/:id", order_http_change, "refund.update", "update",
      "Change a refund, or replace its lines", 0, &refund_entity, "order_lines", NULL },
    { METHOD_DELETE, "/api/v1/refunds/:id", api_delete, "refund.delete", "delete",
      "Delete a refund", 0, &refund_entity, NULL, NULL },
    { METHOD_POST, "/api/v1/refunds/:id/restore", api_restore, "refund.update", "restore",
      "Put back a change, or undelete", 0, &refund_entity, "restore", NULL },
    { METHOD_POST, "/api/v1/refunds/bulk", api_bulk, "refund.bulk", "update", "Change many refunds",
      ROUTE_IDEMPOTENT, &refund_entity, "bulk", "job" },
    { METHOD_GET, "/api/v1/refunds/:id/lines", refund_show_lines, "refund.read", NULL,
      "Lines of a refund", 0, &refund_entity, NULL, "items" },
    { METHOD_GET, "/api/v1/customers/:id/purchases", customer_purchases, "customer.read", NULL,
      "What a customer buys, and when", 0, &customer_entity, NULL, "purchases" },
    { METHOD_GET, "/api/v1/home", home_show, NULL, NULL, "How the shop stands", ROUTE_SELF, NULL,
      NULL, "home" },
};

static const SchemaDef SCHEMAS[] = {
    { "order_lines",
      "{\"type\":\"object\",\"description\":\"the fields of the record, and its "
      "lines\",\"properties\":{"
      "\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":false,"
      "\"properties\":{\"product_id\":{\"type\":[\"integer\",\"null\"]},\"sku\":{\"type\":"
      "\"string\"},"
      "\"name\":{\"type\":\"string\"},\"spec\":{\"type\":\"string\"},\"quantity\":{\"type\":"
      "\"string\"},"
      "\"price\":{\"type\":\"string\"},\"amount\":{\"type\":\"string\"}}}}}}" },
    { "purchases",
      "{\"type\":\"object\",\"required\":[\"products\",\"by_month\"],\"properties\":{\"products\":{"
      "\"type\":\"array\"},\"by_month\":{\"type\":\"array\"}}}" },
    { "home",
      "{\"type\":\"object\",\"required\":[\"cards\",\"series\",\"top_products\",\"top_customers\"],"
      "\"properties\":{\"cards\":{\"type\":\"array\"},\"series\":{\"type\":\"object\"},\"top_"
      "products\":{"
      "\"type\":\"array\"},\"top_customers\":{\"type\":\"array\"}}}" },
};

static const MessageDef MESSAGES[] = {
    { "lines.many", "明细行太多" },       { "lines.range", "明细中的数字过大" },
    { "lines.text", "明细中的文字过长" }, { "line.product", "明细中的商品不存在" },
    { "totals.range", "累计金额过大" },
};

const Module order_module = {
    .name = "order",
    .entities = ENTITIES,
    .nentities = ARRAY_LEN(ENTITIES),
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
    .messages = MESSAGES,
    .nmessages = ARRAY_LEN(MESSAGES),
    .schemas = SCHEMAS,
    .nschemas = ARRAY_LEN(SCHEMAS),
    .verify = order_verify,
};
