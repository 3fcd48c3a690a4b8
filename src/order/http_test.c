// The handlers of customer/ and order/ behind their routes, without sockets and without sign-in.
#include "order/fixture_test.h"

static const Access *asking; // who the requests come from
static Fixture *served;

static void prepare(Req *rq)
{
    rq->cx->catalog = served->kit.catalog;
    rq->cx->access = asking;
    rq->cx->lang = "en";
    rq->cx->now = served->cx->now;
}

typedef struct Site {
    Fixture f;
    App app;
    HttpServer *http;
} Site;

static bool site_open(Site *s, bool postgres)
{
    static const TimelineSource *const SOURCES[] = { &order_timeline, &refund_timeline };
    *s = (Site){ 0 };
    if (!fixture_open(&s->f, postgres))
        return false;
    const Route *tables[] = { customer_module.routes, order_module.routes };
    const size_t sizes[] = { customer_module.nroutes, order_module.nroutes };
    s->app = (App){ .store = s->f.store, .keys = s->f.kit.keys };
    served = &s->f;
    asking = s->f.cx->access;
    customer_timeline_sources(SOURCES, ARRAY_LEN(SOURCES));
    HttpOptions o = { .upload_dir = kit_dir(),
                      .workers = 1,
                      .long_workers = 1,
                      .app = &s->app,
                      .tables = tables,
                      .table_sizes = sizes,
                      .ntables = 2,
                      .prepare = prepare };
    Status started = http_start(s->f.cx, &o, &s->http);
    CHECK_OK(started);
    return started == STATUS_OK;
}

static void site_close(Site *s)
{
    if (s->http != NULL)
        http_stop(&s->http, 1000);
    fixture_close(&s->f);
    customer_timeline_sources(NULL, 0);
}

static const Json *call(Site *s, Method m, Str target, Str body, int want)
{
    Pair headers[] = { { S("Content-Type"), S("application/json") } };
    Ctx *cx = s->f.cx;
    Answer a = http_call(s->http, cx->arena, m, arena_cstr(cx->arena, target), headers, 1, body);
    CHECK_ROW(a.status == want, STR_FMT " gives %d: " STR_FMT, STR_ARG(target), a.status,
              STR_ARG(a.body));
    const Json *doc = NULL;
    if (a.body.len > 0)
        CHECK_OK(json_parse(cx, a.body, &doc));
    return doc;
}

static const Json *nth(const Json *list, size_t n)
{
    const Json *v = list == NULL ? NULL : list->first;
    while (v != NULL && n-- > 0)
        v = v->next;
    return v;
}

BOTH(orders_with_lines_over_http)
{
    CLEANUP(site_close) Site s;
    if (!site_open(&s, postgres))
        return;
    Arena *a = s.f.cx->arena;
    Id li = fixture_customer(&s.f, S("李雷"));
    Str body =
        arena_fmt(a,
                  "{\"shop_id\":%lld,\"number\":\"A-1\",\"state\":\"paid\",\"customer_id\":%lld,"
                  "\"ordered_at\":\"2026-01-14T02:00:00Z\",\"freight\":\"6.50\",\"lines\":["
                  "{\"sku\":\"SKU-1\",\"quantity\":\"2\",\"price\":\"10.25\"},"
                  "{\"name\":\"gift wrap\",\"amount\":\"3\"}]}",
                  (long long)s.f.shop.v, (long long)li.v);
    const Json *made = call(&s, METHOD_POST, S("/api/v1/orders"), body, 201);
    CHECK_STR(json_text(made, "goods_amount", S("")), S("23.50"));
    CHECK_STR(json_text(made, "total_amount", S("")), S("30.00"));
    CHECK_STR(json_text(made, "paid_amount", S("")), S("30.00"));
    CHECK_STR(json_text(made, "item_count", S("")), S("3"));
    CHECK_STR(json_text(made, "currency", S("")), S("CNY"));
    int64_t id = json_num(made, "id", 0);
    (void)call(&s, METHOD_POST, S("/api/v1/orders"), body, 409);

    Str path = arena_fmt(a, "/api/v1/orders/%lld", (long long)id);
    const Json *lines = json_get(
        call(&s, METHOD_GET, arena_fmt(a, STR_FMT "/lines", STR_ARG(path)), S(""), 200), "items");
    CHECK_INT(lines->len, 2);
    CHECK_INT(json_num(lines->first, "product_id", 0), s.f.products[0].v);
    CHECK_STR(json_text(lines->first, "amount", S("")), S("20.50"));
    CHECK_STR(json_text(nth(lines, 1), "name", S("")), S("gift wrap"));

    const Json *changed = call(&s, METHOD_PATCH, path,
                               S("{\"version\":1,\"carrier\":\"SF\",\"lines\":[{\"product_id\":2,"
                                 "\"quantity\":\"1\",\"amount\":\"7\"}]}"),
                               200);
    CHECK_INT(json_num(changed, "version", 0), 2);
    CHECK_STR(json_text(changed, "item_count", S("")), S("1"));
    const Json *late = call(&s, METHOD_PATCH, path, S("{\"version\":1,\"carrier\":\"JD\"}"), 409);
    CHECK_STR(json_text(json_get(late, "current"), "carrier", S("")), S("SF"));
    static const char *const BAD[] = {
        "{\"lines\":[{\"sku\":\"none\"}]}",
        "{\"lines\":[{}]}",
        "{\"lines\":[{\"name\":7}]}",
        "{\"lines\":[{\"name\":\"x\",\"amount\":\"99999999999\"}]}",
    };
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++)
        (void)call(&s, METHOD_PATCH, path, str_z(BAD[i]), 422);
    (void)call(&s, METHOD_PATCH, path, S("{\"lines\":7}"), 400);
    (void)call(&s, METHOD_PATCH, path, S("{\"item_count\":\"9\"}"), 400);
    CHECK_INT(fixture_verify(&s.f), 0);
}

BOTH(refund_timeline_purchases_home)
{
    CLEANUP(site_close) Site s;
    if (!site_open(&s, postgres))
        return;
    Arena *a = s.f.cx->arena;
    Id li = fixture_customer(&s.f, S("李雷"));
    OrderLine one = { .product_id = s.f.products[0],
                      .quantity_e4 = 2 * MONEY_ONE,
                      .amount_e4 = 80 * MONEY_ONE };
    Id order = fixture_order(&s.f, li, S("2026-01-10"), 10, 80, &one, 1);
    (void)fixture_order(&s.f, li, S("2025-12-05"), 10, 20, &one, 1);
    Str body =
        arena_fmt(a,
                  "{\"shop_id\":%lld,\"kind\":\"refund\",\"order_id\":%lld,\"amount\":\"30\","
                  "\"refunded_at\":\"2026-01-12T00:00:00Z\"}",
                  (long long)s.f.shop.v, (long long)order.v);
    const Json *refund = call(&s, METHOD_POST, S("/api/v1/refunds"), body, 201);
    CHECK_STR(json_text(refund, "number", S("")), S("R1"));
    CHECK_INT(json_num(refund, "customer_id", 0), li.v);

    // Page by page the timeline gives every item once, newest first.
    Str base = arena_fmt(a, "/api/v1/customers/%lld", (long long)li.v);
    Str cursor = S("");
    int n = 0;
    Str last = S("9");
    do {
        const Json *page = call(&s, METHOD_GET,
                                arena_fmt(a, STR_FMT "/timeline?limit=2&cursor=" STR_FMT,
                                          STR_ARG(base), STR_ARG(cursor)),
                                S(""), 200);
        for (const Json *i = json_get(page, "items")->first; i != NULL; i = i->next, n++) {
            CHECK(str_cmp(json_text(i, "at", S("")), last) <= 0);
            last = json_text(i, "at", S(""));
        }
        cursor = json_text(page, "next", S(""));
    } while (cursor.len > 0 && n < 20);
    CHECK_INT(n, 5); // two orders, a refund, created, became a customer
    const Json *orders = call(
        &s, METHOD_GET, arena_fmt(a, STR_FMT "/timeline?kinds=order", STR_ARG(base)), S(""), 200);
    CHECK_INT(json_get(orders, "items")->len, 2);
    (void)call(&s, METHOD_GET, S("/api/v1/customers/999/timeline"), S(""), 404);
    (void)call(&s, METHOD_GET, arena_fmt(a, STR_FMT "/timeline?cursor=x", STR_ARG(base)), S(""),
               400);

    const Json *sources = json_get(
        call(&s, METHOD_GET, arena_fmt(a, STR_FMT "/sources", STR_ARG(base)), S(""), 200), "items");
    bool named = false;
    for (const Json *i = sources->first; i != NULL; i = i->next)
        named |= str_eq(json_text(i, "field", S("")), S("name")) &&
                 str_eq(json_text(i, "channel", S("")), S("system"));
    CHECK(named);

    const Json *bought =
        call(&s, METHOD_GET, arena_fmt(a, STR_FMT "/purchases", STR_ARG(base)), S(""), 200);
    CHECK_STR(json_text(json_get(bought, "products")->first, "amount", S("")), S("160.00"));
    CHECK_STR(json_text(json_get(bought, "products")->first, "quantity", S("")), S("4"));
    CHECK_INT(json_get(bought, "by_month")->len, 2);

    const Json *home = call(&s, METHOD_GET, S("/api/v1/home"), S(""), 200);
    const Json *amount = nth(json_get(home, "cards"), 1);
    CHECK_STR(json_text(amount, "key", S("")), S("amount"));
    CHECK_STR(json_text(amount, "value", S("")), S("80.00"));
    CHECK_STR(json_text(amount, "previous", S("")), S("20.00"));
    const Json *months = json_get(json_get(home, "series"), "by_month");
    CHECK_INT(months->len, 12);
    CHECK_STR(json_text(nth(months, 11), "month", S("")), S("2026-01"));
    CHECK_STR(json_text(nth(months, 10), "amount", S("")), S("20.00"));
    CHECK_STR(json_text(json_get(home, "top_customers")->first, "amount", S("")), S("70.00"));
    CHECK_INT(json_num(json_get(home, "top_products")->first, "id", 0), s.f.products[0].v);
}
