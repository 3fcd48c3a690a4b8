#include "json/json.h"
#include "kit/kit.h"

enum { MAX = 1 << 20 };

static Str str_out(Str s)
{
    Buf b = buf_new(kit_arena(), MAX);
    JsonOut j = json_out(&b);
    json_str(&j, s);
    CHECK(buf_ok(&b));
    return buf_str(&b);
}

TEST(strings_are_escaped)
{
    static const struct {
        Str text, want;
    } ROWS[] = {
        { S_INIT(""), S_INIT("\"\"") },
        { S_INIT("plain"), S_INIT("\"plain\"") },
        { S_INIT("\"\\/"), S_INIT("\"\\\"\\\\/\"") },
        { S_INIT("\b\t\n\f\r"), S_INIT("\"\\b\\t\\n\\f\\r\"") },
        { S_INIT("\0\x01\x0b\x1f"), S_INIT("\"\\u0000\\u0001\\u000b\\u001f\"") },
        { S_INIT("\x7f"), S_INIT("\"\x7f\"") },
        { S_INIT("</script><b>"), S_INIT("\"<\\/script><b>\"") },
        { S_INIT("<"), S_INIT("\"<\"") },
        { S_INIT("<</"), S_INIT("\"<<\\/\"") },
        { S_INIT("a\xe2\x80\xa8g\xe2\x80\xa9"), S_INIT("\"a\\u2028g\\u2029\"") },
        { S_INIT("\xe2\x80\xa7\xe2\x80\xaa\xe2\x82\xac"),
          S_INIT("\"\xe2\x80\xa7\xe2\x80\xaa\xe2\x82\xac\"") },
        { S_INIT("\xe4\xb8\xad\xf0\x9f\x98\x80"), S_INIT("\"\xe4\xb8\xad\xf0\x9f\x98\x80\"") },
        { S_INIT("at the end\n"), S_INIT("\"at the end\\n\"") },
        { S_INIT("\nat the start"), S_INIT("\"\\nat the start\"") },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        CHECK_STR(str_out(ROWS[i].text), ROWS[i].want);
}

// A slice that ends inside what would be a special sequence must not be read past its end.
TEST(slices_end_where_they_end)
{
    Str whole = arena_dup(kit_arena(), S("x</\xe2\x80\xa8"));
    CHECK_STR(str_out(str_sub(whole, 0, 2)), S("\"x<\""));
    CHECK_STR(str_out((Str){ "\xe2\x80\xa8", 2 }), S("\"\xe2\x80\""));
    CHECK_STR(str_out((Str){ "\xe2\x80\xa8", 1 }), S("\"\xe2\""));
}

TEST(integers)
{
    static const struct {
        int64_t v;
        Str want;
    } ROWS[] = {
        { 0, S_INIT("0") },
        { -1, S_INIT("-1") },
        { 10, S_INIT("10") },
        { 9007199254740993, S_INIT("9007199254740993") },
        { INT64_MAX, S_INIT("9223372036854775807") },
        { INT64_MIN, S_INIT("-9223372036854775808") },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Buf b = buf_new(kit_arena(), MAX);
        JsonOut j = json_out(&b);
        json_int(&j, ROWS[i].v);
        CHECK_STR(buf_str(&b), ROWS[i].want);
    }
}

TEST(commas_stand_where_they_belong)
{
    Buf b = buf_new(kit_arena(), MAX);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "a", S("x\n"));
    json_key_int(&j, "b", -5);
    json_key_open_array(&j, "c");
    json_close_array(&j);
    json_key_open_array(&j, "d");
    json_null(&j);
    json_bool(&j, true);
    json_open(&j);
    json_close(&j);
    json_open(&j);
    json_key_null(&j, "k\"");
    json_close(&j);
    json_raw(&j, S("1.50"));
    json_open_array(&j);
    json_int(&j, 1);
    json_close_array(&j);
    json_str(&j, S("s"));
    json_close_array(&j);
    json_key_open(&j, "e");
    json_close(&j);
    json_key_bool(&j, "f", false);
    json_key_instant(&j, "g", (Instant){ 0 });
    json_key_instant(&j, "h", (Instant){ 1323435000123 });
    json_key_instant(&j, "i", (Instant){ 1323435000000 });
    json_close(&j);
    CHECK_STR(
        buf_str(&b),
        S("{\"a\":\"x\\n\",\"b\":-5,\"c\":[],\"d\":[null,true,{},{\"k\\\"\":null},1.50,[1],\"s\"],"
          "\"e\":{},\"f\":false,\"g\":null,\"h\":\"2011-12-09T12:50:00.123Z\","
          "\"i\":\"2011-12-09T12:50:00Z\"}"));
    CHECK_INT(j.depth, 0);
}

// Every ceiling from nothing to just enough: never over it, and told afterwards.
TEST(ceiling_is_kept_at_every_byte)
{
    Str want = S("{\"key\":[\"a\\nb\",12,\"2011-12-09T12:50:00Z\"]}");
    for (size_t max = 0; max <= want.len; max++) {
        Buf b = buf_new(kit_arena(), max);
        JsonOut j = json_out(&b);
        json_open(&j);
        json_key_open_array(&j, "key");
        json_str(&j, S("a\nb"));
        json_int(&j, 12);
        json_raw(&j, S("\"2011-12-09T12:50:00Z\""));
        json_close_array(&j);
        json_close(&j);
        CHECK(b.len <= max);
        CHECK_ROW(max == want.len || !buf_ok(&b), "max %zu", max);
    }
}
