// Orders with two lines, history, search index and the customer's totals, each its own transaction
// on the disk before it is answered: one caller against 32 that share commits.
#include "bench.h"
#include "order/order.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>

enum { CUSTOMERS = 5000, WRITERS = 32, RUN_MS = 4000 };

typedef struct Run {
    Bench *bench;
    Id shop;
    _Atomic bool stop;
    _Atomic int64_t next, written, failed;
} Run;

typedef struct Wish {
    Id shop;
    int64_t number;
} Wish;

static Status write_order(Ctx *cx, Db *db, void *arg)
{
    const Wish *w = arg;
    Order o = { .shop_id = w->shop,
                .number = arena_fmt(cx->arena, "W%" PRId64, w->number),
                .state = { ORDER_STATE_PAID },
                .customer_id = { 1 + w->number * 7919 % CUSTOMERS },
                .ordered_at = { 1768464000000 + w->number * 1000 } };
    static const uint32_t SET[] = { ORDER_shop_id, ORDER_number, ORDER_state, ORDER_customer_id,
                                    ORDER_ordered_at };
    for (size_t i = 0; i < ARRAY_LEN(SET); i++)
        row_touch(&o.row, SET[i]);
    OrderLine lines[] = {
        { .name = S("茶"), .quantity_e4 = MONEY_ONE, .price_e4 = 1280000, .amount_e4 = 1280000 },
        { .name = S("杯"), .quantity_e4 = 2 * MONEY_ONE, .price_e4 = 250000, .amount_e4 = 500000 },
    };
    return order_create(cx, db, &o, lines, ARRAY_LEN(lines), (Str){ 0 });
}

static void write_on(void *arg)
{
    Run *run = arg;
    Arena arena = { 0 };
    while (!atomic_load(&run->stop)) {
        Ctx cx = run->bench->cx;
        cx.arena = cx.scratch = &arena;
        cx.errors = NULL;
        Wish w = { run->shop, atomic_fetch_add(&run->next, 1) };
        if (store_write(&cx, run->bench->store, write_order, &w) == STATUS_OK)
            atomic_fetch_add(&run->written, 1);
        else
            atomic_fetch_add(&run->failed, 1);
        arena_clear(&arena);
    }
    arena_reset(&arena);
}

static double rate(Run *run, int writers)
{
    Thread *threads[WRITERS];
    int64_t before = atomic_load(&run->written);
    int64_t began = os_monotonic_us();
    atomic_store(&run->stop, false);
    for (int i = 0; i < writers; i++)
        threads[i] = thread_start("writer", write_on, run);
    os_sleep_ms(RUN_MS);
    atomic_store(&run->stop, true);
    for (int i = 0; i < writers; i++)
        thread_join(&threads[i]);
    return (double)(atomic_load(&run->written) - before) * 1e6 /
           (double)(os_monotonic_us() - began);
}

static Status make_shop(Ctx *cx, Db *db, void *arg)
{
    return shop_find_or_create(cx, db, PLATFORM_SITE, S("bench"), arg);
}

int main(void)
{
    Bench b = { 0 };
    Arena kept = { 0 };
    const char *folder = bench_folder(&kept);
    Run run = { .bench = &b, .next = 1 };
    bench_open(&b, folder);
    bench_fill(&b, CUSTOMERS);
    bench_must(&b, store_write(&b.cx, b.store, make_shop, &run.shop), "shop");
    // In turn: the disk is not the same from one second to the next.
    double one = rate(&run, 1);
    double many = rate(&run, WRITERS);
    one = (one + rate(&run, 1)) / 2;
    many = (many + rate(&run, WRITERS)) / 2;
    if (atomic_load(&run.failed) > 0)
        (void)printf("%" PRId64 " orders failed\n", atomic_load(&run.failed));
    bench_row("writes", "orders with totals, 32 writers", arena_fmt(&kept, "%.0f/s", many),
              arena_fmt(&kept, "1 writer %.0f/s", one),
              arena_fmt(&kept, "%.1f x", one > 0 ? many / one : 0));
    store_close(&b.store);
    bench_must(&b, os_remove_tree(&b.cx, folder), "remove");
    bench_close(&b);
    arena_reset(&kept);
    return atomic_load(&run.failed) > 0 ? 1 : 0;
}
