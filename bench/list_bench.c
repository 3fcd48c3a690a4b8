// Pages, searches and counts by the query compiler against the best statement that one would write
// by hand for the same answer, on the same connection and file.
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TIMES_EACH = 300, SLOW_US = 20000, FEW = 30 };

typedef struct Case {
    const char *what, *entity, *request;
    bool count;
    SqlText rival;
} Case;

#define COLUMNS                                                                                    \
    "SELECT t.id, t.name, t.city, s.order_count, s.net_amount, s.last_order_at, t.version "        \
    "FROM customer t JOIN customer_stat s ON s.id = t.id WHERE t.deleted_at IS NULL "
#define FIELDS "\"fields\":\"id,name,city,order_count,net_amount,last_order_at\",\"limit\":50"
#define ORDER_COLUMNS                                                                              \
    "SELECT t.id, t.number, t.state, t.customer_id, t.ordered_at, t.paid_amount, t.version "       \
    "FROM orders t WHERE t.deleted_at IS NULL "
#define ORDER_FIELDS                                                                               \
    "\"fields\":\"id,number,state,customer_id,ordered_at,paid_amount\",\"limit\":50"

static const Case CASES[] = {
    { "customers, newest 50", "customer", "{" FIELDS "}", false,
      SQL_INIT(COLUMNS "ORDER BY t.id DESC LIMIT 50") },
    { "customers by value, 50", "customer", "{\"sort\":\"-net_amount\"," FIELDS "}", false,
      SQL_INIT(COLUMNS "ORDER BY s.net_amount DESC, s.id DESC LIMIT 50") },
    { "customers of a large city by last order", "customer",
      "{\"filter\":{\"field\":\"city\",\"op\":\"eq\",\"value\":\"杭州市\"},\"sort\":\"-last_order_"
      "at\"," FIELDS "}",
      false,
      SQL_INIT(COLUMNS "AND t.city = '杭州市' ORDER BY s.last_order_at DESC, s.id DESC LIMIT 50") },
    { "customers of a small city by value", "customer",
      "{\"filter\":{\"field\":\"city\",\"op\":\"eq\",\"value\":\"丽水市\"},\"sort\":\"-net_"
      "amount\"," FIELDS "}",
      false,
      SQL_INIT(COLUMNS "AND t.city = '丽水市' ORDER BY s.net_amount DESC, s.id DESC LIMIT 50") },
    { "search of a two-character name, 50", "customer", "{\"q\":\"王梓\"," FIELDS "}", false,
      SQL_INIT(COLUMNS "AND t.name LIKE '%王梓%' ORDER BY t.id DESC LIMIT 50") },
    { "search by pinyin initials, 50", "customer", "{\"q\":\"wzh\"," FIELDS "}", false,
      SQL_INIT(COLUMNS "AND t.name_pinyin LIKE 'w% z% h%' ORDER BY t.id DESC LIMIT 50") },
    { "count of all customers", "customer", "{}", true,
      SQL_INIT("SELECT count(*) FROM customer WHERE deleted_at IS NULL") },
    { "count of a city", "customer",
      "{\"filter\":{\"field\":\"city\",\"op\":\"eq\",\"value\":\"杭州市\"}}", true,
      SQL_INIT("SELECT count(*) FROM customer WHERE city = '杭州市' AND deleted_at IS NULL") },
    { "count, 3 cities and gender and value", "customer",
      "{\"filter\":{\"all\":[{\"field\":\"city\",\"op\":\"in\",\"value\":[\"上海市\",\"杭州市\","
      "\"苏州市\"]},"
      "{\"field\":\"gender\",\"op\":\"eq\",\"value\":\"female\"},"
      "{\"field\":\"net_amount\",\"op\":\"gte\",\"value\":\"2500\"}]}}",
      true,
      SQL_INIT("SELECT count(*) FROM customer t JOIN customer_stat s ON s.id = t.id WHERE "
               "t.deleted_at IS NULL AND "
               "t.city IN ('上海市', '杭州市', '苏州市') AND t.gender = 1 AND s.net_amount >= "
               "25000000") },
    { "orders, newest 50", "order", "{\"sort\":\"-ordered_at\"," ORDER_FIELDS "}", false,
      SQL_INIT(ORDER_COLUMNS "ORDER BY t.ordered_at DESC, t.id DESC LIMIT 50") },
    { "orders of one customer", "order",
      "{\"filter\":{\"field\":\"customer_id\",\"op\":\"eq\",\"value\":4711},\"sort\":\"-ordered_"
      "at\"," ORDER_FIELDS "}",
      false,
      SQL_INIT(ORDER_COLUMNS
               "AND t.customer_id = 4711 ORDER BY t.ordered_at DESC, t.id DESC LIMIT 50") },
    { "count of orders of a month", "order",
      "{\"filter\":{\"field\":\"ordered_at\",\"op\":\"between\",\"value\":[\"2024-06-01T00:00:"
      "00Z\",\"2024-06-30T23:59:59Z\"]}}",
      true,
      SQL_INIT("SELECT count(*) FROM orders WHERE deleted_at IS NULL AND ordered_at BETWEEN "
               "1717200000000 AND 1719791999000") },
};

static Status ask(Ctx *cx, Db *db, const Case *c, const Json *request, int64_t *ret)
{
    const EntityInfo *e = catalog_find(cx->catalog, str_z(c->entity));
    Query q = query_of(cx, e);
    TRY(query_from_json(cx, &q, request));
    if (c->count)
        return query_count(cx, db, &q, ret);
    Rows rows = { 0 };
    TRY(query_rows(cx, db, &q, &rows));
    *ret = (int64_t)rows.len;
    return STATUS_OK;
}

// Reads every value, as the other side does.
static Status ask_rival(Ctx *cx, Db *db, const Case *c, int64_t *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, c->rival);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    int64_t rows = 0;
    int64_t first = 0;
    for (; stmt_next(st); rows++) {
        first = stmt_int(st, 0);
        for (int i = 0; i < stmt_columns(st); i++)
            (void)stmt_text(st, i, cx->arena);
    }
    *ret = c->count ? first : rows;
    return stmt_end(cx, &st);
}

static Str show_us(Arena *a, Times *t)
{
    return arena_fmt(a, "%.2f / %.2f ms", (double)times_part(t, 500) / 1000,
                     (double)times_part(t, 990) / 1000);
}

typedef struct Sides {
    Times ours, rival;
    int64_t found, rival_found;
} Sides;

static void measure(Bench *b, Db *db, const Case *c, const Json *request, Sides *s)
{
    Arena arena = { 0 };
    Ctx cx = b->cx;
    cx.arena = cx.scratch = &arena;
    int times = TIMES_EACH;
    // In turn, so that what disturbs one side disturbs the other.
    for (int i = 0; i < times; i++) {
        arena_clear(&arena);
        int64_t began = os_monotonic_us();
        bench_must(b, ask(&cx, db, c, request, &s->found), c->what);
        int64_t middle = os_monotonic_us();
        bench_must(b, ask_rival(&cx, db, c, &s->rival_found), c->what);
        int64_t end = os_monotonic_us();
        s->ours.us[s->ours.len++] = middle - began;
        s->rival.us[s->rival.len++] = end - middle;
        if (i == 2 && end - began > SLOW_US)
            times = FEW;
    }
    arena_reset(&arena);
}

static void run_case(Bench *b, Db *db, const Case *c)
{
    const Json *request = NULL;
    Sides s = { { arena_array(&b->arena, int64_t, TIMES_EACH), 0 },
                { arena_array(&b->arena, int64_t, TIMES_EACH), 0 },
                0,
                0 };
    bench_must(b, json_parse(&b->cx, str_z(c->request), &request), c->what);
    measure(b, db, c, request, &s);
    if (s.found != s.rival_found)
        (void)printf("%s: answers differ: %" PRId64 " and %" PRId64 "\n", c->what, s.found,
                     s.rival_found);
    double ours = (double)times_part(&s.ours, 500);
    double rival = (double)times_part(&s.rival, 500);
    bench_row("list", c->what, show_us(&b->arena, &s.ours),
              arena_fmt(&b->arena, "SQL by hand " STR_FMT, STR_ARG(show_us(&b->arena, &s.rival))),
              arena_fmt(&b->arena, "%.2f x", ours > 0 ? rival / ours : 0));
}

int main(int argc, char **argv)
{
    Bench b = { 0 };
    bool deep = bench_deep(argc, argv);
    // The large store is kept between runs: filling it takes longer than measuring.
    const char *kept = secure_getenv("GUANXI_BENCH_STORE");
    Arena own = { 0 };
    const char *folder = kept != NULL ? kept : bench_folder(&own);
    bench_open(&b, folder);
    bench_fill(&b, deep ? 1000000 : 100000);
    {
        CLEANUP(db_release) Db *db = NULL;
        bench_must(&b, store_read(&b.cx, b.store, &db), "read");
        for (size_t i = 0; i < ARRAY_LEN(CASES); i++)
            run_case(&b, db, &CASES[i]);
    }
    Status s = STATUS_OK;
    store_close(&b.store);
    if (kept == NULL)
        s = os_remove_tree(&b.cx, folder);
    bench_close(&b);
    arena_reset(&own);
    return s == STATUS_OK ? 0 : 1;
}
