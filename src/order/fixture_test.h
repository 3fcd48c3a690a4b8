// A small shop for the tests of order/: every step is a transaction of its own.
#ifndef GUANXI_ORDER_FIXTURE_TEST_H
#define GUANXI_ORDER_FIXTURE_TEST_H

#include "kit/kit.h"
#include "kit/store.h"
#include "order/order_internal.h"

typedef struct Fixture {
    KitStore kit;
    Ctx *cx;
    Store *store;
    Id shop;
    Id products[3];
    int numbers;
} Fixture;

// False: this database is not here, the test is skipped.
bool fixture_open(Fixture *f, bool postgres);
void fixture_close(Fixture *f);
Id fixture_customer(Fixture *f, Str name);
// Paid in whole units on a local day ("2026-01-05") at an hour, with these lines; number "N1", "N2"
// …
Id fixture_order(Fixture *f, Id customer, Str day, int hour, int64_t paid, const OrderLine *lines,
                 size_t n);
Id fixture_refund(Fixture *f, Id order, Id customer, int64_t amount, RefundState state);
Status fixture_change(Fixture *f, const Entity *e, Id id, const void *patch);
Status fixture_lines(Fixture *f, Id order, const OrderLine *lines, size_t n, bool *ret_any);
Status fixture_delete(Fixture *f, const Entity *e, Id id);
Status fixture_restore(Fixture *f, const Entity *e, Id id);
Status fixture_create(Fixture *f, const Entity *e, void *row);
CustomerTotals fixture_totals(Fixture *f, Id customer);
// How many findings the proof has; they are printed.
int64_t fixture_verify(Fixture *f);
int64_t fixture_int(Fixture *f, SqlText select, int64_t arg);
Status fixture_exec(Fixture *f, SqlText statement, int64_t arg);
// How many records of an entity the present access finds for a quick search or filter.
int64_t fixture_count(Fixture *f, const Entity *e, Str q, Str filter);

#define BOTH(name)                                                                                 \
    static void name(bool postgres);                                                               \
    TEST(name##_sqlite)                                                                            \
    {                                                                                              \
        name(false);                                                                               \
    }                                                                                              \
    TEST(name##_postgres)                                                                          \
    {                                                                                              \
        name(true);                                                                                \
    }                                                                                              \
    static void name(bool postgres)

#endif
