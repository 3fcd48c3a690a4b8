#include "kit/kit.h"

TEST(money_reads_what_shops_write)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t e4;
    } STORIES[] = {
        { "199", true, 1990000 },
        { "-5.5", true, -55000 },
        { "0.1234", true, 1234 },
        { "0.12345", false, 0 },
        { "0.12300", true, 1230 },
        { "¥1,234.50", true, 12345000 },
        { "12元", true, 120000 },
        { "(5.00)", true, -50000 },
        { "1,23", false, 0 },
        { "１２．５", true, 125000 },
        { "US$3", true, 30000 },
        { "", false, 0 },
        { "1.2.3", false, 0 },
        { "922337203685477.5807", true, INT64_MAX },
        { "922337203685477.5808", false, 0 },
        { "1,234,567", true, 12345670000 },
        { "-¥3", true, -30000 },
        { "¥-3", true, -30000 },
        { "12,3456", false, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        int64_t got = 0;
        bool ok = money_parse_loose(str_z(STORIES[i].text), false, &got);
        CHECK_ROW(ok == STORIES[i].ok, "%s", STORIES[i].text);
        CHECK_ROW(!ok || got == STORIES[i].e4, "%s gave %lld", STORIES[i].text, (long long)got);
    }
    CHECK_STR(money_str(kit_arena(), 1990000, 2), S("199.00"));
    CHECK_STR(money_str(kit_arena(), 25500, 2), S("2.55"));
    CHECK_STR(money_str(kit_arena(), 12340, 2), S("1.234"));
    CHECK_STR(money_str(kit_arena(), -1, 0), S("-0.0001"));
}

TEST(days_go_both_ways)
{
    for (int32_t n = -719162; n < 2932896; n += 97) {
        Date d = day_to_date((Day){ n });
        CHECK(date_valid(d) && day_from_date(d).n == n);
    }
    Instant t = { 0 };
    CHECK(instant_parse(S("2026-05-01T10:00:00+02:00"), &t));
    CHECK_INT(t.ms, 1777622400000);
    CHECK(!instant_parse(S("2026-02-30T10:00:00Z"), &t));
    Day end = { 0 };
    CHECK(day_parse(S("2024-01-31"), &end));
    Buf b = buf_new(kit_arena(), 100);
    day_add(&b, day_add_months(end, 1));
    CHECK_STR(buf_str(&b), S("2024-02-29"));
}

TEST(utf8_refuses_what_is_not)
{
    CHECK(utf8_valid(S("张三 🎉")));
    CHECK(!utf8_valid(S("\xc0\x80")) && !utf8_valid(S("\xed\xa0\x80")) && !utf8_valid(S("\xf5")));
    CHECK(!utf8_valid((Str){ "a\0b", 3 }));
    CHECK_INT(utf8_count(S("张三🎉")), 3);
    CHECK_STR(utf8_left(S("张三丰"), 2), S("张三"));
}

TEST(map_keeps_what_it_is_given)
{
    Map m = map_new(kit_arena());
    for (int64_t i = 0; i < 5000; i++)
        *map_put(&m, arena_fmt(kit_arena(), "key %lld", (long long)i), NULL) = i;
    for (int64_t i = 0; i < 5000; i++)
        CHECK_INT(*map_get(&m, arena_fmt(kit_arena(), "key %lld", (long long)i)), i);
    CHECK(map_get(&m, S("none")) == NULL);
}

TEST(text_is_trimmed_and_split)
{
    CHECK_STR(str_trim(S(" \t\xe3\x80\x80 a b\xc2\xa0\r\n")), S("a b"));
    Str rest = S("a,,b");
    CHECK_STR(str_split(&rest, ','), S("a"));
    CHECK_STR(str_split(&rest, ','), S(""));
    CHECK_STR(str_split(&rest, ','), S("b"));
    CHECK(rest.ptr == NULL);
    int64_t v = 0;
    CHECK(str_int(S("-9223372036854775808"), &v) && v == INT64_MIN);
    CHECK(!str_int(S("9223372036854775808"), &v) && !str_int(S("-"), &v) && !str_int(S(""), &v));
}
