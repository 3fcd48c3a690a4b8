// A shop to look around in: fills an empty store with a believable merchant of everyday goods,
// three years of orders up to yesterday. Always the same people and orders for the same day and
// size.
//
// Nobody in it exists: names are put together by chance, phone numbers lie in the never assigned
// blocks 1xx 0000 xxxx, mail addresses at example.com, .net and .org (RFC 2606), users have no
// password and cannot sign in.
#ifndef GUANXI_DEMO_DEMO_H
#define GUANXI_DEMO_DEMO_H

#include "order/order.h"

enum { DEMO_CUSTOMERS = 10000, DEMO_CUSTOMERS_MIN = 10, DEMO_ORDERS_PER_CUSTOMER = 6 };

typedef struct DemoOptions {
    int customers; // DEMO_CUSTOMERS_MIN to DEMO_CUSTOMERS; six orders each on average
    Day today;     // the last order is of the day before
    // Told after every batch what is written; a failure ends the work and is returned. May be NULL.
    Status (*progress)(void *arg, int64_t done, int64_t total);
    void *arg;
} DemoOptions;

// CONFLICT "demo.used" when the store holds or has held shops, products, customers or orders. Every
// batch is a transaction of its own: what is interrupted leaves a part, and the store is used then.
// The context needs the catalog and the rights of the system.
Status demo_fill(Ctx *cx, Store *s, const DemoOptions *o) MUST_USE;

extern const Module demo_module; // POST /api/v1/demo and its job

#endif
