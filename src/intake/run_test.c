// Whole imports of real and realistic files, on both databases.
#include "intake/desk_test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// --- 淘宝, in four encodings, against what was computed when the file was made

static void check_taobao(Desk *d)
{
    CHECK_STR(desk_aggregate(
                  d, "orders",
                  "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"paid_amount\"},"
                  "{\"fn\":\"sum\",\"field\":\"refund_amount\"}]}"),
              S("400 62939.70 5220.61"));
    CHECK_STR(
        desk_aggregate(d, "orders",
                       "{\"filter\":{\"field\":\"paid_amount\",\"op\":\"gt\",\"value\":\"0\"},"
                       "\"measures\":[{\"fn\":\"count\"}]}"),
        S("357"));
    CHECK_STR(
        desk_aggregate(d, "orders",
                       "{\"group\":[{\"field\":\"state\"}],\"measures\":[{\"fn\":\"count\"}]}"),
        S("unpaid 16; paid 30; shipped 21; done 279; closed 54"));
    CHECK_INT(
        desk_int(d,
                 SQL("SELECT count(DISTINCT phone_blind) FROM customer WHERE deleted_at IS NULL")),
        102);
    CHECK_INT(desk_int(d, SQL("SELECT count(*) FROM customer WHERE deleted_at IS NULL")), 102);
    const Json *top = desk_call(d, METHOD_POST, S("/api/v1/customers/search"),
                                S("{\"sort\":\"-net_amount\",\"limit\":5,"
                                  "\"fields\":[\"phone\",\"order_count\",\"net_amount\"]}"),
                                200);
    static const struct {
        Str phone;
        int64_t orders;
        Str net;
    } TOP[] = {
        { S_INIT("+8613500000119"), 28, S_INIT("4631.50") },
        { S_INIT("+8618900000037"), 7, S_INIT("2196.90") },
        { S_INIT("+8615000000002"), 10, S_INIT("2141.20") },
        { S_INIT("+8615000000020"), 9, S_INIT("1749.70") },
        { S_INIT("+8617700000016"), 5, S_INIT("1622.70") },
    };
    const Json *c = json_get(top, "items")->first;
    for (size_t i = 0; i < ARRAY_LEN(TOP) && c != NULL; i++, c = c->next) {
        CHECK_STR(json_text(c, "phone", S("")), TOP[i].phone);
        CHECK_STR(desk_aggregate(d, "orders",
                                 arena_fmt(d->cx->arena,
                                           "{\"filter\":{\"field\":\"customer_id\",\"op\":\"eq\","
                                           "\"value\":%lld},\"measures\":[{\"fn\":\"count\"}]}",
                                           (long long)json_num(c, "id", 0))
                                     .ptr),
                  arena_fmt(d->cx->arena, "%lld", (long long)TOP[i].orders));
        CHECK_STR(json_text(c, "net_amount", S("")), TOP[i].net);
    }
}

BOTH(taobao_in_four_encodings)
{
    static const struct {
        const char *path, *charset;
        int64_t rows;
    } FILES[] = {
        { "test/data/cn/synthetic/ExportOrderList_gbk.csv", "GB18030", 400 },
        { "test/data/cn/synthetic/ExportOrderList_gbk_bare.csv", "GB18030", 400 },
        { "test/data/cn/synthetic/ExportOrderList_utf8bom.csv", "UTF-8 BOM", 400 },
    };
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    int64_t changes = 0;
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        const Json *done = desk_import(&d, "orders", kit_file(FILES[i].path));
        CHECK_STR(json_text(done, "charset", S("")), str_z(FILES[i].charset));
        CHECK_STR(json_text(done, "preset", S("")), S("taobao_orders"));
        CHECK_INT(json_num(done, "rows", 0), FILES[i].rows);
        CHECK_INT(json_num(done, "refused", 0), 0);
        check_taobao(&d);
        int64_t now = desk_int(&d, SQL("SELECT count(*) FROM change WHERE entity <> 'import'"));
        if (i == 0) {
            changes = now;
            CHECK_INT(desk_count(done, "orders", "created"), 400);
            continue;
        }
        // The same orders in another encoding: nothing is written.
        CHECK_INT(desk_count(done, "orders", "unchanged"), 400);
        CHECK_INT(json_num(done, "created", -1) + json_num(done, "updated", -1), 0);
        CHECK_INT(
            desk_count(done, "customers", "created") + desk_count(done, "customers", "updated"), 0);
        CHECK_INT(now, changes);
    }
}

TEST(taobao_gb18030_has_a_row_more)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, false))
        return;
    const Json *done =
        desk_import(&d, "orders", kit_file("test/data/cn/synthetic/ExportOrderList_gb18030.csv"));
    CHECK_INT(json_num(done, "rows", 0), 401);
    CHECK_INT(json_num(done, "refused", 0), 0);
    CHECK_STR(json_text(done, "charset", S("")), S("GB18030"));
}

// --- dry run and undo

static int64_t records(Desk *d)
{
    return desk_int(
        d, SQL("SELECT (SELECT count(*) FROM orders WHERE deleted_at IS NULL)"
               " + (SELECT count(*) FROM customer WHERE deleted_at IS NULL)"
               " + (SELECT count(*) FROM product WHERE deleted_at IS NULL)"
               " + (SELECT count(*) FROM shop WHERE deleted_at IS NULL)"
               " + (SELECT count(*) FROM identity WHERE deleted_at IS NULL)"
               " + (SELECT count(*) FROM refund WHERE deleted_at IS NULL)"
               " + (SELECT count(*) FROM change WHERE entity <> 'import' AND action < 5)"));
}

BOTH(dry_run_says_what_the_run_does)
{
    static const char *const WHAT[] = { "orders", "refunds", "customers", "products" };
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    Str file = kit_file("test/data/cn/synthetic/ExportOrderList_gbk.csv");
    int64_t id = desk_upload(&d, S("/api/v1/imports"), file, 201);
    const Json *dry = desk_do(&d, id, "check");
    CHECK_STR(json_text(dry, "state", S("")), S("checked"));
    CHECK_INT(records(&d), 0);
    CHECK(json_get(dry, "preview")->len > 0);
    const Json *done = desk_do(&d, id, "run");
    for (size_t i = 0; i < ARRAY_LEN(WHAT); i++) {
        CHECK_INT(desk_count(done, WHAT[i], "created"), desk_count(dry, WHAT[i], "created"));
        CHECK(desk_count(done, WHAT[i], "created") > 0);
    }
    // Once done it cannot be run again or mapped anew.
    Str at = arena_fmt(d.cx->arena, "/api/v1/imports/%lld", (long long)id);
    (void)desk_call(&d, METHOD_POST, arena_fmt(d.cx->arena, STR_FMT "/run", STR_ARG(at)), S("{}"),
                    409);
    (void)desk_call(&d, METHOD_PATCH, at, S("{\"options\":{}}"), 409);
}

// Without the versions: what was changed and put back is older by two.
static Str customers_text(Desk *d)
{
    static const char *const FIELDS[] = { "name", "phone", "city", "net_amount" };
    const Json *all = desk_call(d, METHOD_GET, S("/api/v1/customers?sort=id"), (Str){ 0 }, 200);
    Buf b = buf_new(d->cx->arena, LIMIT_JSON_BODY);
    for (const Json *c = json_get(all, "items")->first; c != NULL; c = c->next)
        for (size_t i = 0; i < ARRAY_LEN(FIELDS); i++) {
            buf_add(&b, json_text(c, FIELDS[i], S("-")));
            buf_char(&b, i + 1 == ARRAY_LEN(FIELDS) ? ';' : ' ');
        }
    return buf_str(&b);
}

BOTH(undo_leaves_the_store_as_before)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    const Json *first = desk_import(
        &d, "customers", S("姓名,手机号,城市\n张三,13500000119,\n李四,13811112222,上海\n"));
    CHECK_INT(json_num(first, "created", 0), 2);
    Str state = customers_text(&d);
    int64_t id = desk_upload(&d, S("/api/v1/imports"),
                             kit_file("test/data/cn/synthetic/ExportOrderList_utf8bom.csv"), 201);
    const Json *done = desk_do(&d, id, "run");
    CHECK_INT(desk_count(done, "customers", "created"), 101); // one of them was there
    CHECK_INT(desk_count(done, "customers", "merged"), 1);
    CHECK(!str_eq(state, customers_text(&d)));
    const Json *undone = desk_do(&d, id, "undo");
    CHECK_STR(json_text(undone, "state", S("")), S("undone"));
    CHECK_STR(customers_text(&d), state);
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM orders WHERE deleted_at IS NULL")), 0);
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM refund WHERE deleted_at IS NULL")), 0);
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM product WHERE deleted_at IS NULL")), 0);
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM identity WHERE deleted_at IS NULL")), 0);
}

// --- Online Retail

static const char RETAIL[] = "test/data/online-retail/online_retail_2010_2011.csv.xz";
enum { CUT_BYTES = 1200 * 1024, WHOLE_BYTES = 60 * 1024 * 1024 };

#define S_LINES                                                                                    \
    "\"filter\":{\"all\":[{\"field\":\"customer_id\",\"op\":\"not_empty\"},"                       \
    "{\"field\":\"quantity\",\"op\":\"gt\",\"value\":\"0\"},"                                      \
    "{\"field\":\"price\",\"op\":\"gt\",\"value\":\"0\"}]}"
#define S_MEASURES                                                                                 \
    "\"measures\":[{\"fn\":\"count\"},{\"fn\":\"distinct\",\"field\":\"order_id\"},"               \
    "{\"fn\":\"distinct\",\"field\":\"customer_id\"},{\"fn\":\"sum\",\"field\":\"quantity\"},"     \
    "{\"fn\":\"sum\",\"field\":\"amount\"}]"

// What filter S gives, summed up here with nothing but a CSV reader.
static Str plain_sums(Str text)
{
    Arena *a = kit_arena();
    CsvReader *r = csv_open_str(a, (CsvDialect){ ',', '"' }, text);
    CsvRow row = { 0 };
    bool more = true;
    Map orders = map_new(a), customers = map_new(a);
    int64_t rows = 0, units = 0, sum = 0;
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    while (csv_next(kit_ctx(), r, &row, &more) == STATUS_OK && more) {
        int64_t quantity = 0, price = 0;
        CHECK(str_int(row.cells[3], &quantity) && money_parse(row.cells[5], &price));
        if (row.cells[6].len == 0 || row.cells[0].ptr[0] == 'C' || quantity <= 0 || price <= 0)
            continue;
        rows++;
        units += quantity;
        sum += quantity * price;
        (void)map_put(&orders, arena_dup(a, row.cells[0]), NULL);
        (void)map_put(&customers, arena_dup(a, row.cells[6]), NULL);
    }
    return arena_fmt(a, "%lld %zu %zu %lld " STR_FMT, (long long)rows, orders.len, customers.len,
                     (long long)units, STR_ARG(money_str(a, sum, 2)));
}

BOTH(online_retail_cut)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    Str text = desk_unpack(RETAIL, CUT_BYTES);
    const Json *done = desk_import(&d, "orders", text);
    CHECK_STR(json_text(done, "preset", S("")), S("online_retail"));
    CHECK_INT(json_num(done, "refused", -1), 0);
    CHECK_STR(desk_aggregate(&d, "lines", "{" S_LINES "," S_MEASURES "}"), plain_sums(text));
    CHECK(desk_count(done, "refunds", "created") > 50);
    // Rows of one order that are apart are one order all the same.
    const Json *again = desk_import(&d, "orders", text);
    CHECK_INT(json_num(again, "created", -1) + json_num(again, "updated", -1), 0);
    CHECK_INT(json_num(again, "unchanged", -1), json_num(done, "created", 0));
    CHECK_INT(desk_count(again, "products", "created") + desk_count(again, "products", "updated"),
              0);
}

// The figures of the whole file; minutes under sanitizers, so only where somebody asks for it.
TEST(online_retail_whole)
{
    if (getenv("GUANXI_TEST_WHOLE") == NULL) {
        kit_skip("GUANXI_TEST_WHOLE is not set");
        return;
    }
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, false))
        return;
    const Json *done = desk_import(&d, "orders", desk_unpack(RETAIL, WHOLE_BYTES));
    CHECK_INT(json_num(done, "rows", 0), 541909);
    CHECK_INT(desk_count(done, "customers", "created"), 4372);
    CHECK_INT(json_num(done, "created", 0), 25900);
    CHECK_STR(desk_aggregate(&d, "lines", "{" S_LINES "," S_MEASURES "}"),
              S("397884 18532 4338 5167812 8911407.904"));
    CHECK_STR(desk_aggregate(&d, "lines",
                             "{" S_LINES ",\"group\":[{\"field\":\"ordered_at\",\"by\":\"month\"}],"
                             "\"measures\":[{\"fn\":\"sum\",\"field\":\"amount\"},"
                             "{\"fn\":\"distinct\",\"field\":\"order_id\"},"
                             "{\"fn\":\"distinct\",\"field\":\"customer_id\"},"
                             "{\"fn\":\"sum\",\"field\":\"quantity\"}]}"),
              S("2010-12-01 572713.89 1400 885 312265; 2011-01-01 569445.04 987 741 349098; "
                "2011-02-01 447137.35 997 758 265622; 2011-03-01 595500.76 1321 974 348503; "
                "2011-04-01 469200.361 1149 856 292222; 2011-05-01 678594.56 1555 1056 373601; "
                "2011-06-01 661213.69 1393 991 363699; 2011-07-01 600091.011 1331 949 369420; "
                "2011-08-01 645343.90 1280 935 398121; 2011-09-01 952838.382 1755 1266 544897; "
                "2011-10-01 1039318.79 1929 1364 593900; 2011-11-01 1161817.38 2657 1664 669051; "
                "2011-12-01 518192.79 778 615 287413"));
    CHECK_STR(desk_aggregate(
                  &d, "orders",
                  "{\"filter\":{\"all\":[{\"field\":\"customer_id\",\"op\":\"not_empty\"},"
                  "{\"field\":\"country\",\"op\":\"in\",\"value\":[\"EIRE\",\"Netherlands\"]},"
                  "{\"field\":\"paid_amount\",\"op\":\"gt\",\"value\":\"0\"}]},"
                  "\"group\":[{\"field\":\"country\"}],"
                  "\"measures\":[{\"fn\":\"sum\",\"field\":\"paid_amount\"},{\"fn\":\"count\"},"
                  "{\"fn\":\"distinct\",\"field\":\"customer_id\"}]}"),
              S("EIRE 265545.90 260 3; Netherlands 285446.34 94 9"));
    const char *shared = kit_shared();
    if (shared == NULL)
        return;
    Str other = arena_fmt(d.cx->arena, "%s/online-retail/online_retail_2009_2010.csv.xz", shared);
    const Json *second = desk_import(&d, "orders", desk_unpack(other.ptr, WHOLE_BYTES));
    CHECK_INT(json_num(second, "rows", 0), 525461);
    CHECK_INT(json_num(second, "unchanged", 0), 1088);
    CHECK_INT(json_num(second, "updated", -1), 0);
    CHECK_STR(desk_aggregate(&d, "lines",
                             "{" S_LINES ",\"measures\":[{\"fn\":\"count\"},"
                             "{\"fn\":\"distinct\",\"field\":\"order_id\"},"
                             "{\"fn\":\"distinct\",\"field\":\"customer_id\"},"
                             "{\"fn\":\"sum\",\"field\":\"amount\"}]}"),
              S("791044 36969 5878 17431533.178"));
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM customer")), 5942);
}

// --- interrupted

// Stopping the workers is what stopping the server does to a run.
BOTH(a_paused_run_goes_on)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    import_batch_rows = 200;
    Str text = desk_unpack(RETAIL, 300 * 1024);
    int64_t id = desk_upload(&d, S("/api/v1/imports"), text, 201);
    Str at = arena_fmt(d.cx->arena, "/api/v1/imports/%lld", (long long)id);
    const Json *made = desk_call(&d, METHOD_POST,
                                 arena_fmt(d.cx->arena, STR_FMT "/run", STR_ARG(at)), S("{}"), 202);
    for (int i = 0; i < 3; i++) {
        os_sleep_ms(150);
        desk_stop_jobs(&d);
        desk_start_jobs(&d);
    }
    Str state = { 0 };
    CHECK_OK(job_wait(d.cx, d.app.store, (Id){ json_num(made, "job", 0) }, 60000, &state));
    import_batch_rows = 10000;
    CHECK_STR(state, S("done"));
    const Json *done = desk_call(&d, METHOD_GET, at, (Str){ 0 }, 200);
    CHECK_STR(json_text(done, "state", S("")), S("done"));
    CHECK_INT(json_num(done, "done", 0), json_num(done, "rows", -1));
    CHECK_INT(json_num(done, "unchanged", -1), 0);
    CHECK_STR(desk_aggregate(&d, "lines", "{" S_LINES "," S_MEASURES "}"), plain_sums(text));
}

// A process of its own that opens the store and works until it is killed.
_Noreturn static void work_until_killed(const Desk *d)
{
    Ctx *cx = kit_ctx();
    StoreOptions o = { .path = d->kit.path, .readers = 2 };
    Desk own = *d;
    own.app.jobs = NULL;
    if (store_open(cx, &o, &own.app.store) != STATUS_OK)
        _exit(2);
    desk_start_jobs(&own);
    for (;;)
        os_sleep_ms(1000);
}

TEST(a_killed_run_goes_on)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, false))
        return;
    import_batch_rows = 100;
    Str text = desk_unpack(RETAIL, 400 * 1024);
    desk_stop_jobs(&d);
    int64_t id = desk_upload(&d, S("/api/v1/imports"), text, 201);
    Str at = arena_fmt(d.cx->arena, "/api/v1/imports/%lld", (long long)id);
    // No worker is there, so the job waits.
    desk_start_jobs(&d);
    desk_stop_jobs(&d);
    Jobs *none = NULL;
    CHECK_OK(jobs_start(d.cx, d.app.store, &d.app, NULL, 0, 0, d.app.data_dir, NULL, NULL, &none));
    d.app.jobs = none;
    const Json *made = desk_call(&d, METHOD_POST,
                                 arena_fmt(d.cx->arena, STR_FMT "/run", STR_ARG(at)), S("{}"), 202);
    desk_stop_jobs(&d);
    store_close(&d.app.store);
    int64_t last = -1;
    for (int i = 0; i < 6; i++) {
        pid_t pid = fork();
        if (pid == 0)
            work_until_killed(&d);
        os_sleep_ms(200 + 130 * i);
        CHECK(kill(pid, SIGKILL) == 0);
        CHECK(waitpid(pid, NULL, 0) == pid);
    }
    StoreOptions o = { .path = d.kit.path, .readers = 2 };
    CHECK_OK(store_open(d.cx, &o, &d.app.store));
    d.kit.store = d.app.store;
    last = desk_int(&d, SQL("SELECT done FROM import_run"));
    CHECK_ROW(last > 0, "killed before anything was written");
    CHECK_INT(desk_int(&d, SQL("SELECT sum(line_count) FROM orders")) +
                  desk_int(&d, SQL("SELECT coalesce(sum(line_count), 0) FROM refund")),
              last);
    desk_start_jobs(&d);
    Str state = { 0 };
    CHECK_OK(job_wait(d.cx, d.app.store, (Id){ json_num(made, "job", 0) }, 60000, &state));
    import_batch_rows = 10000;
    CHECK_STR(state, S("done"));
    CHECK_INT(desk_int(&d, SQL("SELECT done - rows FROM import_run")), 0);
    CHECK_INT(desk_int(&d, SQL("SELECT unchanged FROM import_run")), 0);
    CHECK_STR(desk_aggregate(&d, "lines", "{" S_LINES "," S_MEASURES "}"), plain_sums(text));
    int64_t rows = 0;
    CHECK_OK(change_verify(d.cx, d.app.store, &rows));
}
