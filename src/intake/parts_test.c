// Headings, cells, addresses: what needs no database.
#include "intake/desk_test.h"

// Reads one list of the header file without a table of its own: key, then "columns".
static size_t headings_of(const Json *doc, const char *key, Str *to, size_t max)
{
    const Json *columns = json_get(json_get(doc, key), "columns");
    size_t n = 0;
    for (const Json *c = columns == NULL ? NULL : columns->first; c != NULL && n < max; c = c->next)
        to[n++] = c->text;
    return n;
}

enum { HEADINGS_MAX = 100 };

TEST(every_known_header_is_recognised)
{
    static const struct {
        const char *key, *preset;
        size_t least; // columns that lead somewhere
    } STORIES[] = {
        { "taobao_tmall_orders_2020s", "taobao_orders", 23 },
        { "taobao_orders_2010s", "taobao_orders", 22 },
        { "taobao_order_items", "taobao_lines", 6 },
        { "jd_orders", "jd_orders", 18 },
        { "pinduoduo_orders", "pdd_orders", 24 },
        { "douyin_orders", "douyin_orders", 17 },
        { "youzan_orders", "youzan_orders", 24 },
        { "youzan_order_items", "youzan_lines", 8 },
        { "youzan_customers", "youzan_customers", 7 },
        { "alibaba1688_orders_mapped", "1688_orders", 12 },
        { "shopify_orders", "shopify_orders", 30 },
        { "shopify_customers", "shopify_customers", 13 },
        { "shopify_customers_old", "shopify_customers_old", 12 },
        { "shopify_products", "shopify_products", 10 },
        { "woocommerce_products", "woocommerce_products", 6 },
        { "woocommerce_analytics_orders", "woocommerce_analytics_orders", 7 },
        { "woocommerce_analytics_customers", "woocommerce_analytics_customers", 8 },
        { "woocommerce_order_export_plugin", "woocommerce_orders", 20 },
        { "amazon_orders_tsv", "amazon_orders", 11 },
        { "etsy_sold_items", "etsy_orders", 17 },
        { "stripe_customers", "stripe_customers", 6 },
    };
    const Json *doc = NULL;
    CHECK_OK(json_parse(kit_ctx(), kit_file("test/data/platforms/headers.json"), &doc));
    CHECK_INT(doc->len, ARRAY_LEN(STORIES));
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Str headings[HEADINGS_MAX], turned[HEADINGS_MAX];
        TargetId targets[HEADINGS_MAX];
        size_t n = headings_of(doc, STORIES[i].key, headings, HEADINGS_MAX);
        const Preset *p = preset_recognise(headings, n);
        CHECK_ROW(n > 0 && p != NULL && str_eq(str_z(p->name), str_z(STORIES[i].preset)),
                  "%s gives %s", STORIES[i].key, p == NULL ? "nothing" : p->name);
        for (size_t k = 0; k < n; k++)
            turned[k] = headings[n - 1 - k];
        CHECK_ROW(preset_recognise(turned, n) == p, "%s turned round", STORIES[i].key);
        if (p == NULL)
            continue;
        size_t mapped = 0;
        preset_map(p, headings, n, targets);
        for (size_t k = 0; k < n; k++)
            mapped += targets[k] != TARGETS;
        CHECK_ROW(mapped >= STORIES[i].least, "%s maps %zu columns", STORIES[i].key, mapped);
    }
}

TEST(every_preset_leads_to_fields)
{
    for (size_t i = 0; i < PRESETS_LEN; i++)
        for (const PresetColumn *c = PRESETS[i].columns; c->heading != NULL; c++)
            CHECK_ROW(c->target == NULL ||
                          target_find(str_z(c->target), PRESETS[i].kind) != TARGETS,
                      "%s: %s", PRESETS[i].name, c->heading);
}

TEST(unknown_files_are_guessed)
{
    Arena *a = kit_arena();
    static const Str ORDERS[] = {
        S_INIT("单号"),         S_INIT("日期"), S_INIT("会员手机（脱敏）"),
        S_INIT("实收金额(元)"), S_INIT("Qty"),  S_INIT("?")
    };
    static const Str SAMPLES[] = { S_INIT("1"),    S_INIT("2026-01-02"), S_INIT("13800138000"),
                                   S_INIT("5.00"), S_INIT("1"),          S_INIT("x"),
                                   S_INIT("2"),    S_INIT("2026-01-03"), S_INIT("13900139000"),
                                   S_INIT("6.00"), S_INIT("2"),          S_INIT("y") };
    TargetId got[6] = { TARGETS, TARGETS, TARGETS, TARGETS, TARGETS, TARGETS };
    static const TargetId WANT[] = { TARGET_order_number,  TARGET_order_ordered_at,
                                     TARGET_order_phone,   TARGET_order_paid_amount,
                                     TARGET_line_quantity, TARGETS };
    guess_columns(a, IMPORT_ORDERS, S("CN"), ORDERS, 6, SAMPLES, 2, got);
    for (size_t i = 0; i < ARRAY_LEN(WANT); i++)
        CHECK_ROW(got[i] == WANT[i], "column %zu leads to %d", i, (int)got[i]);
    static const Str PEOPLE[] = { S_INIT("姓名"), S_INIT("手机号"), S_INIT("生日") };
    static const Str GOODS[] = { S_INIT("SKU"), S_INIT("Title"), S_INIT("Barcode"),
                                 S_INIT("Cost") };
    CHECK_INT(guess_kind(a, PEOPLE, 3), IMPORT_CUSTOMERS);
    CHECK_INT(guess_kind(a, GOODS, 4), IMPORT_PRODUCTS);
    CHECK_INT(guess_kind(a, ORDERS, 6), IMPORT_ORDERS);
}

TEST(codes_and_texts)
{
    static const struct {
        Str in, code, text;
    } STORIES[] = {
        { S_INIT("=\"307855572292761845\""), S_INIT("307855572292761845"),
          S_INIT("307855572292761845") },
        { S_INIT("'13000000012"), S_INIT("13000000012"), S_INIT("'13000000012") },
        { S_INIT("'"), S_INIT(""), S_INIT("") },
        { S_INIT("\t6917926768823643751"), S_INIT("6917926768823643751"),
          S_INIT("6917926768823643751") },
        { S_INIT("=1+1"), S_INIT("=1+1"), S_INIT("=1+1") },
        { S_INIT("'=1+1"), S_INIT("=1+1"), S_INIT("=1+1") },
        { S_INIT("'tis the season"), S_INIT("tis the season"), S_INIT("'tis the season") },
        { S_INIT("  a b "), S_INIT("a b"), S_INIT("a b") },
        { S_INIT("=\"\""), S_INIT(""), S_INIT("") },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        CHECK_STR(cell_code(STORIES[i].in), STORIES[i].code);
        CHECK_STR(cell_text(STORIES[i].in), STORIES[i].text);
    }
    CHECK(cell_is_masked(S("186******05")) && cell_is_masked(S("##abc")) &&
          cell_is_masked(S("$$x")));
    CHECK(!cell_is_masked(S("13800138000")) && !cell_is_masked(S("")));
}

TEST(state_words)
{
    static const struct {
        const char *word;
        int state; // -1: not known
        bool paid;
    } STORIES[] = {
        { "等待买家付款", ORDER_STATE_UNPAID, false },
        { "买家已付款，等待卖家发货", ORDER_STATE_PAID, false },
        { "卖家已发货，等待买家确认", ORDER_STATE_SHIPPED, false },
        { "交易成功", ORDER_STATE_DONE, false },
        { "交易关闭", ORDER_STATE_CLOSED, false },
        { "已发货，待收货", ORDER_STATE_SHIPPED, false },
        { "已收货", ORDER_STATE_DONE, false },
        { "待发货", ORDER_STATE_PAID, false },
        { "未发货，退款成功", ORDER_STATE_CLOSED, true },
        { "paid", ORDER_STATE_PAID, false },
        { "Partially_Refunded", ORDER_STATE_DONE, true },
        { "refunded", ORDER_STATE_CLOSED, true },
        { "Unshipped", ORDER_STATE_PAID, false },
        { "Shipped - Delivered to Buyer", ORDER_STATE_SHIPPED, false },
        { "Cancelled", ORDER_STATE_CLOSED, false },
        { "Processing", ORDER_STATE_PAID, false },
        { "On hold", ORDER_STATE_UNPAID, false },
        { "delivered", ORDER_STATE_DONE, false },
        { "flying", -1, false },
        { "", -1, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        StateWord w = { .state = -1 };
        bool known = cell_state(str_z(STORIES[i].word), &w);
        CHECK_ROW(known == (STORIES[i].state >= 0) && w.state == STORIES[i].state &&
                      w.paid == STORIES[i].paid,
                  "%s gives %d", STORIES[i].word, (int)w.state);
    }
}

TEST(several_products_in_a_cell)
{
    Packed *p = NULL;
    CHECK_INT(packed_split(kit_arena(), S("2× Hoodie, with pocket, 1× Cap"), &p), 2);
    CHECK_STR(p[0].name, S("Hoodie, with pocket"));
    CHECK_INT(p[0].quantity_e4, 2 * MONEY_ONE);
    CHECK_STR(p[1].name, S("Cap"));
    CHECK_INT(packed_split(kit_arena(), S("Beanie"), &p), 1);
    CHECK_INT(p[0].quantity_e4, MONEY_ONE);
    CHECK_INT(packed_split(kit_arena(), S(""), &p), 0);
}

TEST(addresses)
{
    static const struct {
        const char *whole, *province, *city, *district, *street;
    } STORIES[] = {
        { "湖北省 荆州市 荆州区 凤凰街道建设路240号", "湖北省", "荆州市", "荆州区",
          "凤凰街道建设路240号" },
        { "湖北省荆州市荆州区凤凰街道建设路240号", "湖北省", "荆州市", "荆州区",
          "凤凰街道建设路240号" },
        { "云南省 楚雄彝族自治州 元谋县 元马镇", "云南省", "楚雄彝族自治州", "元谋县", "元马镇" },
        { "内蒙古自治区 赤峰市 巴林左旗 林东产业园", "内蒙古自治区", "赤峰市", "巴林左旗",
          "林东产业园" },
        { "北京市朝阳区建国路1号", "北京市", "北京市", "朝阳区", "建国路1号" },
        { "北京 北京市 朝阳区 建国路1号", "北京市", "北京市", "朝阳区", "建国路1号" },
        { "上海市市辖区黄浦区人民大道", "上海市", "上海市", "黄浦区", "人民大道" },
        { "广东深圳市南山区科技园", "广东省", "深圳市", "南山区", "科技园" },
        { "221B Baker Street", "", "", "", "221B Baker Street" },
        { "", "", "", "", "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        AddressParts p = address_split(str_z(STORIES[i].whole));
        CHECK_STR(p.province, str_z(STORIES[i].province));
        CHECK_STR(p.city, str_z(STORIES[i].city));
        CHECK_STR(p.district, str_z(STORIES[i].district));
        CHECK_STR(p.street, str_z(STORIES[i].street));
    }
}

static Str name_of(const Json *byCode, Str code)
{
    return json_text(byCode, arena_cstr(kit_arena(), code), (Str){ 0 });
}

// Codes to names of one of the tables of divisions, as JSON so that they are looked up by text.
static const Json *names_of(const char *path)
{
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    CsvReader *r = csv_open_str(kit_arena(), (CsvDialect){ ',', '"' }, kit_file(path));
    CsvRow row = { 0 };
    bool more = true;
    json_open(&j);
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    while (csv_next(kit_ctx(), r, &row, &more) == STATUS_OK && more)
        json_key_str(&j, arena_cstr(kit_arena(), row.cells[0]), row.cells[1]);
    json_close(&j);
    const Json *doc = NULL;
    CHECK_OK(json_parse(kit_ctx(), buf_str(&b), &doc));
    return doc;
}

// Every district of the country, written without blanks: the endings of the names alone must do.
TEST(every_district)
{
    const Json *provinces = names_of("test/data/cn/divisions/provinces.csv");
    const Json *cities = names_of("test/data/cn/divisions/cities.csv");
    CsvReader *r = csv_open_str(kit_arena(), (CsvDialect){ ',', '"' },
                                kit_file("test/data/cn/divisions/areas.csv"));
    CsvRow row = { 0 };
    bool more = true;
    int64_t all = 0, right = 0;
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    while (csv_next(kit_ctx(), r, &row, &more) == STATUS_OK && more) {
        Str province = name_of(provinces, row.cells[3]);
        Str city = name_of(cities, row.cells[2]);
        // What is governed without a city between stands under these names only in tables.
        if (str_find(city, S("直辖"), 0) < city.len || str_eq(row.cells[1], city))
            continue;
        Str whole =
            arena_fmt(kit_arena(), STR_FMT STR_FMT STR_FMT "人民路1号", STR_ARG(province),
                      STR_ARG(str_eq(city, S("市辖区")) || str_eq(city, S("县")) ? S("") : city),
                      STR_ARG(row.cells[1]));
        AddressParts p = address_split(whole);
        all++;
        right += str_eq(p.province, province) && str_eq(p.district, row.cells[1]) &&
                 str_eq(p.street, S("人民路1号"));
    }
    CHECK(all > 2900);
    CHECK_ROW(right * 1000 >= all * 985, "%lld of %lld districts", (long long)right,
              (long long)all);
}

TEST(unseen_characters_go)
{
    Arena *a = kit_arena();
    CHECK_STR(cell_scrub(a, S("plain"), false), S("plain"));
    CHECK_STR(cell_scrub(a, S("李\xe2\x80\x8b雷"), false), S("李雷"));
    CHECK_STR(cell_scrub(a, S("a\tb\nc"), false), S("a b c"));
    CHECK_STR(cell_scrub(a, S("a\nb\x07"), true), S("a\nb"));
    CHECK_STR(cell_scrub(a,
                         S("\xe2\x80\xae"
                           "evil"),
                         false),
              S("evil"));
    Str family = S("👨\xe2\x80\x8d👩"); // a joiner inside an emoji is no secret
    CHECK_STR(cell_scrub(a, family, true), family);
}
