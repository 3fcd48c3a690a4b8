// Every module of the program, in the order of layers.txt.
#include "admin/admin.h"
#include "app/wiring.h"
#include "backup/backup.h"
#include "customer/customer.h"
#include "demo/demo.h"
#include "intake/intake.h"
#include "order/order.h"
#include "product/product.h"
#include "shop/shop.h"

const Module *const MODULES[] = {
    &api_module,      &auth_module,  &admin_module,  &shop_module,   &product_module,
    &customer_module, &order_module, &intake_module, &backup_module, &demo_module,
};
const size_t MODULES_LEN = ARRAY_LEN(MODULES);

// What fills a customer's timeline besides his own changes.
static const TimelineSource *const TIMELINE[] = { &order_timeline, &refund_timeline };

void modules_init(void)
{
    customer_timeline_sources(TIMELINE, ARRAY_LEN(TIMELINE));
}
