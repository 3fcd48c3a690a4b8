#include "bench.h"

#include <inttypes.h>
#include <stdio.h>

enum { BATCH = 5000, ORDERS_EACH = 10 };
static const int64_t FIRST_MS = 1672531200000; // 2023-01-01
static const int64_t SPAN_MS = 94608000000;    // three years

static const char *const CITIES[] = { "上海市", "北京市", "杭州市", "广州市", "深圳市",
                                      "成都市", "武汉市", "南京市", "西安市", "苏州市",
                                      "重庆市", "长沙市", "天津市", "郑州市", "青岛市",
                                      "宁波市", "东莞市", "合肥市", "佛山市", "丽水市" };
static const char *const SURNAMES[] = {
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴",
    "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗"
};
static const char *const GIVEN[] = { "伟",   "芳",   "娜",   "秀英", "敏",   "静",   "丽",   "强",
                                     "磊",   "军",   "洋",   "勇",   "艳",   "杰",   "娟",   "涛",
                                     "明",   "超",   "秀兰", "霞",   "平",   "桂英", "梓涵", "浩然",
                                     "欣怡", "子轩", "诗涵", "宇轩", "思远", "雨桐" };

static uint64_t dice(int64_t a, uint64_t b)
{
    uint64_t z = (uint64_t)a * 0x9e3779b97f4a7c15u + b * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static Str name_of(Arena *a, int64_t id)
{
    return arena_fmt(a, "%s%s", SURNAMES[dice(id, 1) % ARRAY_LEN(SURNAMES)],
                     GIVEN[dice(id, 2) % ARRAY_LEN(GIVEN)]);
}

// Uneven, as cities are: half of all live in the first four.
static Str city_of(int64_t id)
{
    uint64_t d = dice(id, 3);
    return str_z(CITIES[d % 2 == 0 ? (d >> 8) % 4 : (d >> 8) % ARRAY_LEN(CITIES)]);
}

static int64_t ordered_at(int64_t order)
{
    return FIRST_MS + (int64_t)(dice(order, 4) % (uint64_t)SPAN_MS);
}

static int64_t amount_of(int64_t order)
{
    return (int64_t)(dice(order, 5) % 50000 + 990) * 100;
}

typedef struct Range {
    int64_t from, to; // customers
} Range;

static Status put_customers(Ctx *cx, Db *db, const Range *r)
{
    CLEANUP(bulk_cleanup) Bulk *b = NULL;
    TRY(bulk_open(cx, db, SQL("customer"),
                  SQL("id, name, name_pinyin, kind, stage, gender, city, source, version, "
                      "created_at, updated_at"),
                  11, &b));
    for (int64_t id = r->from; id < r->to; id++) {
        Str name = name_of(cx->arena, id);
        bulk_int(b, id);
        bulk_text(b, name);
        bulk_text(b, text_pinyin(cx->arena, name, true));
        bulk_int(b, 0);
        bulk_int(b, 1);
        bulk_int(b, (int64_t)(dice(id, 6) % 2));
        bulk_text(b, city_of(id));
        bulk_int(b, (int64_t)(dice(id, 7) % 8));
        bulk_int(b, 1);
        bulk_int(b, FIRST_MS);
        bulk_int(b, FIRST_MS);
        TRY(bulk_row(cx, b));
    }
    return bulk_end(cx, &b);
}

static Status put_orders(Ctx *cx, Db *db, const Range *r)
{
    CLEANUP(bulk_cleanup) Bulk *b = NULL;
    TRY(bulk_open(
        cx, db, SQL("orders"),
        SQL("id, shop_id, number, state, customer_id, ordered_at, total_amount, paid_amount, "
            "item_count, line_count, version, created_at, updated_at"),
        13, &b));
    for (int64_t id = r->from * ORDERS_EACH; id < r->to * ORDERS_EACH; id++) {
        bulk_int(b, id);
        bulk_int(b, 1);
        bulk_text(b, arena_fmt(cx->arena, "B%012" PRId64, id));
        bulk_int(b, (int64_t)(dice(id, 8) % 20 == 0 ? 1 : 3));
        bulk_int(b, id / ORDERS_EACH);
        bulk_int(b, ordered_at(id));
        bulk_int(b, amount_of(id));
        bulk_int(b, amount_of(id));
        bulk_int(b, 10000);
        bulk_int(b, 0);
        bulk_int(b, 1);
        bulk_int(b, ordered_at(id));
        bulk_int(b, ordered_at(id));
        TRY(bulk_row(cx, b));
    }
    return bulk_end(cx, &b);
}

static Status put_totals(Ctx *cx, Db *db, const Range *r)
{
    CLEANUP(bulk_cleanup) Bulk *b = NULL;
    TRY(bulk_open(cx, db, SQL("customer_stat"),
                  SQL("id, order_count, total_amount, net_amount, average_amount, first_order_at, "
                      "last_order_at"),
                  7, &b));
    for (int64_t id = r->from; id < r->to; id++) {
        int64_t sum = 0;
        int64_t first = INT64_MAX;
        int64_t last = 0;
        for (int64_t o = id * ORDERS_EACH; o < (id + 1) * ORDERS_EACH; o++) {
            sum += amount_of(o);
            first = ordered_at(o) < first ? ordered_at(o) : first;
            last = ordered_at(o) > last ? ordered_at(o) : last;
        }
        bulk_int(b, id);
        bulk_int(b, ORDERS_EACH);
        bulk_int(b, sum);
        bulk_int(b, sum);
        bulk_int(b, sum / ORDERS_EACH);
        bulk_int(b, first);
        bulk_int(b, last);
        TRY(bulk_row(cx, b));
    }
    return bulk_end(cx, &b);
}

static Status put_index(Ctx *cx, Db *db, const Range *r)
{
    for (int64_t id = r->from; id < r->to; id++) {
        Tokens t = text_name_tokens(cx->arena, name_of(cx->arena, id));
        TRY(db_search_put(cx, db, SQL("customer_search"), id, NULL, 0, t.ptr, t.len));
    }
    return STATUS_OK;
}

static Status put_range(Ctx *cx, Db *db, void *arg)
{
    TRY(put_customers(cx, db, arg));
    TRY(put_totals(cx, db, arg));
    TRY(put_orders(cx, db, arg));
    return put_index(cx, db, arg);
}

static Status newest(Bench *b, int64_t *ret)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(&b->cx, b->store, &db));
    Sql *q = sql_new(b->cx.arena, db);
    sql_add(q, SQL("SELECT coalesce(max(id), 0) FROM customer"));
    return db_int(&b->cx, db, q, ret);
}

// Whoever writes afterwards gets ids behind ours.
static Status reserve(Ctx *cx, Db *db, void *arg)
{
    int64_t first = 0;
    int64_t n = *(const int64_t *)arg + 1;
    TRY(db_next_ids(cx, db, SQL("customer"), n, &first));
    return db_next_ids(cx, db, SQL("orders"), n * ORDERS_EACH, &first);
}

static Status analyze(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("ANALYZE"));
    return db_exec(cx, db, q, NULL);
}

// Goes on where an earlier filling was interrupted.
void bench_fill(Bench *b, int64_t customers)
{
    int64_t have = 0;
    bench_must(b, newest(b, &have), "count");
    if (have >= customers)
        return;
    int64_t began = os_monotonic_us();
    Arena arena = { 0 };
    for (int64_t id = have + 1; id <= customers; id += BATCH) {
        Ctx cx = b->cx;
        cx.arena = cx.scratch = &arena;
        Range r = { id, id + BATCH <= customers + 1 ? id + BATCH : customers + 1 };
        b->cx.errors = NULL;
        Status s = store_write(&cx, b->store, put_range, &r);
        b->cx.errors = cx.errors;
        bench_must(b, s, "fill");
        arena_clear(&arena);
    }
    arena_reset(&arena);
    bench_must(b, store_write(&b->cx, b->store, reserve, &customers), "ids");
    bench_must(b, store_write(&b->cx, b->store, analyze, NULL), "analyze");
    (void)printf("filled %" PRId64 " customers, %" PRId64 " orders in %.1f s\n", customers,
                 customers * ORDERS_EACH, (double)(os_monotonic_us() - began) / 1e6);
}
