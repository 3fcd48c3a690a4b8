// Odd files, bad rows, related files, policies.
#include "intake/desk_test.h"

#include "xlsx/xlsx.h"

// --- bad rows and the error file

BOTH(bad_rows_come_back_and_can_be_put_right)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    Str text = S("订单号,下单时间,实付金额,状态,商家编码,数量,单价,买家\n"
                 "A1,2026-01-02 10:00:00,20.00,交易成功,S1,2,10.00,tom\n"
                 "A2,2026-13-02 10:00:00,20.00,交易成功,S1,2,10.00,tom\n"
                 "A3,2026-01-03 10:00:00,zwanzig,交易成功,S1,2,10.00,tom\n"
                 "A4,2026-01-04 10:00:00,20.00,漂流中,S1,2,10.00,tom\n"
                 ",2026-01-05 10:00:00,20.00,交易成功,S1,2,10.00,tom\n"
                 "A6,2026-01-06 10:00:00,30.00,交易成功,S1,1,10.00,ann\n"
                 "A6,2026-01-06 10:00:00,30.00,交易成功,S2,x,20.00,ann\n"
                 "A7,2026-01-07 10:00:00,10.00,交易成功,S1,1,10.00,\"a, b\"\n");
    int64_t id = desk_upload(&d, S("/api/v1/imports?kind=orders"), text, 201);
    const Json *done = desk_do(&d, id, "run");
    CHECK_STR(json_text(done, "state", S("")), S("done"));
    CHECK_INT(json_num(done, "created", 0), 2);
    CHECK_INT(json_num(done, "refused", 0), 6);
    CHECK_INT(json_get(done, "errors")->len, 6);
    CHECK_INT(json_num(json_get(done, "errors")->first, "row", 0), 3);
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM orders")), 2);

    Str errors =
        desk_get(&d, arena_fmt(d.cx->arena, "/api/v1/imports/%lld/errors", (long long)id), 200);
    CsvReader *r = csv_open_str(d.cx->arena, (CsvDialect){ ',', '"' }, errors);
    CsvRow row = { 0 };
    bool more = true;
    int64_t rows = 0;
    while (csv_next(d.cx, r, &row, &more) == STATUS_OK && more) {
        CHECK_INT(row.len, 9);
        CHECK(row.cells[8].len > 0);
        rows++;
    }
    CHECK_INT(rows, 7);
    // Put right by hand, the reason left where it is.
    static const struct {
        const char *wrong, *right;
    } REPAIRS[] = { { "2026-13-02", "2026-01-02" },
                    { "zwanzig", "20.00" },
                    { "漂流中", "交易成功" },
                    { "\n,2026-01-05", "\nA5,2026-01-05" },
                    { "S2,x", "S2,1" } };
    for (size_t i = 0; i < ARRAY_LEN(REPAIRS); i++) {
        size_t at = str_find(errors, str_z(REPAIRS[i].wrong), 0);
        CHECK_ROW(at < errors.len, "%s", REPAIRS[i].wrong);
        Str tail = str_sub(errors, at + strlen(REPAIRS[i].wrong), errors.len);
        errors = arena_fmt(d.cx->arena, STR_FMT "%s" STR_FMT, (int)at, errors.ptr, REPAIRS[i].right,
                           STR_ARG(tail));
    }
    done = desk_import(&d, "orders", errors);
    CHECK_INT(json_num(done, "refused", -1), 0);
    CHECK_INT(json_num(done, "created", 0), 5);
    CHECK_STR(desk_aggregate(
                  &d, "orders",
                  "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"paid_amount\"}]}"),
              S("7 140.00"));
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM customer")), 3);
}

// One order that the database will not have does not take the others of its batch along.
BOTH(a_failing_statement_costs_little)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    Buf b = buf_new(d.cx->arena, 1024 * 1024);
    buf_add(&b, S("订单号,下单时间,实付金额,状态,买家\n"));
    for (int i = 0; i < 60; i++)
        buf_fmt(&b, "B%d,2026-01-02 10:00:00,20.00,交易成功,user%d\n", i, i);
    int64_t id = desk_upload(&d, S("/api/v1/imports?kind=orders"), buf_str(&b), 201);
    db_fail_nth(90);
    const Json *done = desk_do(&d, id, "run");
    db_fail_nth(0);
    CHECK_STR(json_text(done, "state", S("")), S("done"));
    CHECK_INT(json_num(done, "created", 0) + json_num(done, "refused", 0), 60);
    CHECK(json_num(done, "refused", 0) <= 1);
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM orders")), json_num(done, "created", 0));
}

// --- what is no table

TEST(hostile_files)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, false))
        return;
    Buf wide = buf_new(d.cx->arena, 1024 * 1024);
    for (int i = 0; i < 513; i++)
        buf_fmt(&wide, "%sc%d", i == 0 ? "" : ",", i);
    buf_add(&wide, S("\n1\n"));
    char random[4096];
    os_random(random, sizeof(random));
    random[0] = 1;
    const struct {
        const char *what;
        Str content;
        int want;
    } STORIES[] = {
        { "nothing but blanks", S(" \r\n \n"), 422 },
        { "chance", (Str){ random, sizeof(random) }, 422 },
        { "an archive that is none", S("PK\x03\x04 and then nothing of use"), 422 },
        { "an old workbook", S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), 422 },
        { "513 columns", buf_str(&wide), 422 },
        { "separators only", S(",,,\n1,2,3,4\n"), 422 },
        { "headings only", S("订单号,下单时间,金额\n"), 201 },
        { "a quote without an end",
          S("订单号,下单时间,金额\nA1,2026-01-02,5\nA2,\"2026-01-02,5\nA3,2026-01-02,5\n"), 201 },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        int64_t id =
            desk_upload(&d, S("/api/v1/imports?kind=orders"), STORIES[i].content, STORIES[i].want);
        if (id == 0)
            continue;
        const Json *done = desk_do(&d, id, "run");
        CHECK_ROW(str_eq(json_text(done, "state", S("")), S("done")), "%s", STORIES[i].what);
    }
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM orders")), 1);
    CHECK_INT(desk_int(&d, SQL("SELECT max(refused) FROM import_run")), 1);
    (void)desk_upload(&d, S("/api/v1/imports?kind=shoes"), S("a,b\n"), 422);
    (void)desk_call(&d, METHOD_GET, S("/api/v1/imports/99999"), (Str){ 0 }, 404);
    // A mapping that leads nowhere, or leaves out what must be there.
    int64_t id = desk_upload(&d, S("/api/v1/imports?kind=orders"), S("x,y\n1,2\n"), 201);
    Str at = arena_fmt(d.cx->arena, "/api/v1/imports/%lld", (long long)id);
    (void)desk_call(&d, METHOD_POST, arena_fmt(d.cx->arena, STR_FMT "/run", STR_ARG(at)), S("{}"),
                    422);
    (void)desk_call(&d, METHOD_PATCH, at, S("{\"mapping\":{\"0\":\"order.colour\"}}"), 422);
    (void)desk_call(&d, METHOD_PATCH, at, S("{\"options\":{\"policy\":\"guess\"}}"), 422);
    (void)desk_call(&d, METHOD_PATCH, at, S("{\"colour\":1}"), 400);
}

// Every naughty string in every column of a file of orders: refused or taken, never harmful.
TEST(naughty_strings_in_every_column)
{
    enum { COLUMNS = 12 };
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, false))
        return;
    const Json *all = NULL;
    CHECK_OK(json_parse(d.cx, kit_file("test/data/text/blns.json"), &all));
    Buf b = buf_new(d.cx->arena, 8 * 1024 * 1024);
    buf_add(&b, S("订单号,下单时间,实付金额,状态,商家编码,商品名称,数量,单价,买家,收货人,收货地址,"
                  "买家留言\n"));
    int64_t rows = 0;
    size_t i = 0;
    for (const Json *naughty = all->first; naughty != NULL; naughty = naughty->next, i++)
        for (int column = 0; column < COLUMNS; column += 1 + (int)(i % 3)) {
            static const Str GOOD[COLUMNS] = {
                S_INIT("N"),
                S_INIT("2026-01-02"),
                S_INIT("1.00"),
                S_INIT("交易成功"),
                S_INIT("S1"),
                S_INIT("帽子"),
                S_INIT("1"),
                S_INIT("1.00"),
                S_INIT("tom"),
                S_INIT("李雷"),
                S_INIT("上海市黄浦区人民路1号"),
                S_INIT("谢谢"),
            };
            for (int c = 0; c < COLUMNS; c++) {
                Str cell = GOOD[c];
                if (c == 0)
                    cell = arena_fmt(d.cx->arena, "N%lld", (long long)rows);
                if (c == column)
                    cell = naughty->text;
                if (c > 0)
                    csv_sep(&b);
                csv_cell(&b, cell, false);
            }
            csv_end(&b);
            rows++;
        }
    const Json *done = desk_import(&d, "orders", buf_str(&b));
    CHECK_INT(json_num(done, "rows", 0), rows);
    CHECK(json_num(done, "created", 0) > rows / 2);
    const Json *again = desk_import(&d, "orders", buf_str(&b));
    CHECK_INT(json_num(again, "created", -1), 0);
    CHECK_INT(json_num(again, "updated", -1), 0);
    CHECK_INT(json_num(again, "refused", -1), json_num(done, "refused", 0));
}

// --- related files

BOTH(orders_lines_payments_customers)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    const Json *o = desk_import(&d, "orders",
                                S("order_id,customer_id,order_status,order_purchase_timestamp\n"
                                  "o1,c1,delivered,2017-10-02 10:56:33\n"
                                  "o2,c1,shipped,2018-07-24 20:41:37\n"
                                  "o3,c2,canceled,2018-08-08 08:38:49\n"));
    CHECK_INT(json_num(o, "created", 0), 3);
    const Json *l = desk_import(&d, "lines",
                                S("order_id,product_id,quantity,price\n"
                                  "o1,p1,1,58.90\no1,p2,2,10.05\no2,p1,1,58.90\no9,p1,1,1.00\n"));
    CHECK_INT(json_num(l, "updated", 0), 2);
    CHECK_INT(json_num(l, "refused", 0), 1);
    const Json *p =
        desk_import(&d, "payments",
                    S("order_id,payment_type,payment_value\n"
                      "o1,credit_card,70.00\no1,voucher,9.00\no2,boleto,58.90\no3,boleto,-5\n"));
    CHECK_INT(json_num(p, "updated", 0), 3); // of the third only the method of payment
    const Json *c = desk_import(&d, "customers",
                                S("customer_id,customer_city,customer_state,phone\n"
                                  "c1,franca,SP,13800138000\nc2,santos,SP,\n"));
    CHECK_INT(json_num(c, "created", -1), 0);
    CHECK_INT(json_num(c, "updated", 0), 2);
    CHECK_STR(desk_aggregate(&d, "orders",
                             "{\"group\":[{\"field\":\"number\"}],\"measures\":["
                             "{\"fn\":\"sum\",\"field\":\"paid_amount\"},{\"fn\":\"sum\",\"field\":"
                             "\"line_count\"}]}"),
              S("o1 79.00 2; o2 58.90 1; o3 0.00 0"));
    CHECK_INT(desk_int(&d, SQL("SELECT net_amount FROM customer_stat s JOIN customer c ON c.id = "
                               "s.id WHERE c.name = 'c1'")),
              1379000);
    // All four again: nothing moves.
    const Json *again = desk_import(&d, "payments",
                                    S("order_id,payment_type,payment_value\n"
                                      "o1,credit_card,70.00\no1,voucher,9.00\no2,boleto,58.90\n"));
    CHECK_INT(json_num(again, "updated", -1), 0);
    CHECK_INT(json_num(again, "unchanged", -1), 2);
}

BOTH(shopify_rows_share_an_order)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    Str text = S(
        "Name,Email,Financial Status,Paid at,Fulfillment "
        "Status,Currency,Subtotal,Shipping,Taxes,Total,"
        "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing "
        "Name,Shipping Zip,"
        "Refunded Amount\n"
        "#1001,ann@example.com,paid,2026-05-01 10:05:00 +0200,fulfilled,EUR,30.00,5.00,0.00,35.00,"
        "2026-05-01 10:00:00 +0200,1,Hat,10.00,H-1,Ann Lee,'01067,0.00\n"
        "#1001,ann@example.com,,,,,,,,,2026-05-01 10:00:00 +0200,2,Scarf,10.00,S-1,,,\n"
        "#1002,bob@example.com,refunded,2026-05-02 10:05:00 +0200,,EUR,10.00,0.00,0.00,10.00,"
        "2026-05-02 10:00:00 +0200,1,Hat,10.00,H-1,Bob Ray,,10.00\n");
    const Json *done = desk_import(&d, "orders", text);
    CHECK_STR(json_text(done, "preset", S("")), S("shopify_orders"));
    CHECK_INT(desk_count(done, "orders", "created"), 2);
    CHECK_INT(desk_count(done, "refunds", "created"), 1);
    CHECK_STR(
        desk_aggregate(
            &d, "orders",
            "{\"group\":[{\"field\":\"number\"},{\"field\":\"state\"},{\"field\":\"currency\"}],"
            "\"measures\":[{\"fn\":\"sum\",\"field\":\"paid_amount\"},"
            "{\"fn\":\"sum\",\"field\":\"refund_amount\"},{\"fn\":\"sum\",\"field\":\"line_count\"}"
            "]}"),
        S("#1001 shipped EUR 35.00 0.00 2; #1002 closed EUR 10.00 10.00 1"));
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM orders WHERE postcode = '01067'")), 1);
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM orders WHERE ordered_at = 1777622400000")), 1);
    CHECK_INT(json_num(desk_import(&d, "orders", text), "unchanged", 0), 3);
}

// --- matching and policies

BOTH(policies_of_customer_files)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    (void)desk_import(&d, "customers", S("姓名,手机号,邮箱,城市\n张三,13800138000,,上海\n"));
    static const struct {
        const char *policy;
        Str city, email;
        int64_t updated;
    } STORIES[] = {
        { "skip", S_INIT("上海"), S_INIT(""), 0 },
        { "fill", S_INIT("上海"), S_INIT("z@example.com"), 1 },
        { "update", S_INIT("北京"), S_INIT("z@example.com"), 1 },
        { "update", S_INIT("北京"), S_INIT("z@example.com"), 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        // Twice in one file: the first row counts, the second only fills.
        int64_t id =
            desk_upload(&d, S("/api/v1/imports?kind=customers"),
                        S("姓名,手机号,邮箱,城市\n张三,+86 138 0013 8000,z@Example.com,北京\n"
                          "张三三,13800138000,other@example.com,广州\n"),
                        201);
        Str at = arena_fmt(d.cx->arena, "/api/v1/imports/%lld", (long long)id);
        Str options =
            arena_fmt(d.cx->arena, "{\"options\":{\"policy\":\"%s\",\"match\":[\"phone\"]}}",
                      STORIES[i].policy);
        (void)desk_call(&d, METHOD_PATCH, at, options, 200);
        const Json *done = desk_do(&d, id, "run");
        CHECK_INT(json_num(done, "created", -1), 0);
        CHECK_INT(json_num(done, "updated", -1), STORIES[i].updated);
        const Json *all =
            json_get(desk_call(&d, METHOD_GET, S("/api/v1/customers"), (Str){ 0 }, 200), "items");
        CHECK_INT(all->len, 1);
        CHECK_STR(json_text(all->first, "city", S("")), STORIES[i].city);
        CHECK_STR(json_text(all->first, "email", S("")), STORIES[i].email);
        CHECK_STR(json_text(all->first, "name", S("")), S("张三"));
    }
}

BOTH(own_presets)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, postgres))
        return;
    (void)desk_call(
        &d, METHOD_POST, S("/api/v1/presets"),
        S("{\"name\":\"门店\",\"kind\":\"orders\",\"mapping\":{\"A\":\"order.colour\"}}"), 422);
    const Json *made =
        desk_call(&d, METHOD_POST, S("/api/v1/presets"),
                  S("{\"name\":\"门店\",\"kind\":\"orders\",\"mapping\":{\"票号\":\"order.number\","
                    "\"何时\":\"order.ordered_at\",\"收\":\"order.paid_amount\"},"
                    "\"options\":{\"day_first\":true}}"),
                  201);
    CHECK(json_num(made, "id", 0) > 0);
    int64_t id = desk_upload(&d, S("/api/v1/imports"),
                             S("票号;何时;收;其他\n7;25/12/2025 10:30;¥1,234.50;x\n"), 201);
    const Json *done = desk_do(&d, id, "run");
    CHECK_STR(json_text(done, "delimiter", S("")), S(";"));
    CHECK(str_starts(json_text(done, "preset", S("")), S("own:")));
    CHECK_STR(desk_aggregate(
                  &d, "orders",
                  "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"paid_amount\"}]}"),
              S("1 1234.50"));
    CHECK(
        json_get(desk_call(&d, METHOD_GET, S("/api/v1/presets"), (Str){ 0 }, 200), "items")->len ==
        PRESETS_LEN + 1);
    CHECK(json_get(desk_call(&d, METHOD_GET, S("/api/v1/imports/targets?kind=payments"), (Str){ 0 },
                             200),
                   "targets")
              ->len == 5);
}

TEST(workbooks)
{
    CLEANUP(desk_close) Desk d;
    if (!desk_open(&d, false))
        return;
    const char *path = arena_fmt(d.cx->arena, "%s/orders.xlsx", kit_dir()).ptr;
    XlsxWriter *w = NULL;
    static const Str HEAD[] = { S_INIT("订单号"), S_INIT("下单时间"), S_INIT("实付金额"),
                                S_INIT("手机号") };
    CHECK_OK(xlsx_create(d.cx, path, S("订单"), &w));
    xlsx_head(w, HEAD, ARRAY_LEN(HEAD));
    for (int i = 0; i < 30; i++) {
        xlsx_text(w, 0, arena_fmt(d.cx->arena, "X%d", i));
        xlsx_time(w, 1, (Clock){ .date = { 2026, 1, 1 + i }, .hour = 9 });
        xlsx_money(w, 2, 12345000, 2);
        xlsx_text(w, 3, S("13800138000"));
        xlsx_row_end(w);
    }
    CHECK_OK(xlsx_finish(d.cx, &w));
    const Json *done = desk_import(&d, "orders", kit_file(path));
    CHECK_STR(json_text(done, "charset", S("")), S("xlsx"));
    CHECK_STR(json_get(done, "sheets")->first->text, S("订单"));
    CHECK_INT(json_num(done, "rows", 0), 30);
    CHECK_STR(desk_aggregate(
                  &d, "orders",
                  "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"paid_amount\"},"
                  "{\"fn\":\"distinct\",\"field\":\"customer_id\"}]}"),
              S("30 37035.00 1"));
    CHECK_INT(desk_int(&d, SQL("SELECT count(*) FROM orders WHERE ordered_at = 1767229200000")), 1);
}
