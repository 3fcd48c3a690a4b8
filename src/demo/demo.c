#include "demo/demo_internal.h"

enum { BATCH = 50 }; // customers with everything of theirs in one transaction

static Status count_rows(Ctx *cx, Db *db, int64_t *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT (SELECT count(*) FROM shop) + (SELECT count(*) FROM product) + "
                   "(SELECT count(*) FROM customer) + (SELECT count(*) FROM orders)"));
    return db_int(cx, db, q, ret);
}

// What others hang on: in one transaction with the look whether the store is empty.
static Status write_start(Ctx *cx, Db *db, void *arg)
{
    Demo *d = arg;
    int64_t n = 0;
    TRY(count_rows(cx, db, &n));
    if (n > 0)
        return FAIL(cx, CONFLICT, "demo.used", NULL,
                    "The demonstration fills an empty store only; this one is used.");
    // It may run again.
    d->shelves.len = d->keepers.len = d->departments.len = 0;
    TRY(demo_staff(cx, db, d));
    TRY(demo_goods(cx, db, d));
    return change_note(cx, db, CHANGE_SYSTEM, "store", (Id){ 0 }, S("demo"), (Str){ 0 });
}

typedef struct Batch {
    const Demo *demo;
    size_t from, to;
} Batch;

static Status write_batch(Ctx *cx, Db *db, void *arg)
{
    const Batch *b = arg;
    for (size_t i = b->from; i < b->to; i++)
        TRY(demo_customer(cx, db, b->demo, i));
    return STATUS_OK;
}

// A batch has its own memory: the filling of a large store must not grow.
static Status run_batch(Ctx *cx, Store *s, Batch *b, Arena *arena)
{
    arena_clear(arena);
    Ctx inner = *cx;
    inner.arena = inner.scratch = arena;
    Status status = store_write(&inner, s, write_batch, b);
    if (status == STATUS_OK)
        return status;
    const Err *e = inner.errors;
    return ctx_fail(
        cx, status, e == NULL ? "demo" : e->code, NULL, __FILE__, __LINE__, STR_FMT,
        STR_ARG(e == NULL ? S("could not be written") : arena_dup(cx->arena, e->message)));
}

Status demo_fill(Ctx *cx, Store *s, const DemoOptions *o)
{
    check(o->customers >= DEMO_CUSTOMERS_MIN && o->customers <= DEMO_CUSTOMERS);
    CLEANUP(arena_cleanup) Arena kept = { 0 };
    CLEANUP(arena_cleanup) Arena batch = { 0 };
    Demo d = { .arena = &kept, .zone = cx->catalog->zone, .today = o->today };
    words_load(&kept, &d.words);
    plan_make(&kept, o->customers, o->today, &d.plan);
    TRY(store_write(cx, s, write_start, &d));
    int64_t total = (int64_t)d.plan.nbuyers + d.plan.norders;
    for (size_t i = 0; i < d.plan.nbuyers; i += BATCH) {
        size_t to = i + BATCH < d.plan.nbuyers ? i + BATCH : d.plan.nbuyers;
        Batch b = { &d, i, to };
        TRY(run_batch(cx, s, &b, &batch));
        const Buyer *last = &d.plan.buyers[to - 1];
        if (o->progress != NULL)
            TRY(o->progress(o->arg, (int64_t)to + last->first_order + (int64_t)last->ndays, total));
    }
    return STATUS_OK;
}
