// Our own table of what the reader takes and what it refuses (RFC 8259 and our stricter rules).
#include "json/json.h"
#include "kit/kit.h"

typedef struct Accept {
    Str text, want; // want is what the writer makes of it
} Accept;

static const Accept WORDS_AND_BLANKS[] = {
    { S_INIT("null"), S_INIT("null") },
    { S_INIT("true"), S_INIT("true") },
    { S_INIT("false"), S_INIT("false") },
    { S_INIT(" \t\r\n null \t\r\n "), S_INIT("null") },
    { S_INIT("[ ]"), S_INIT("[]") },
    { S_INIT("{ }"), S_INIT("{}") },
    { S_INIT("[ 1 , 2 ]"), S_INIT("[1,2]") },
    { S_INIT("{ \"a\" : 1 , \"b\" : 2 }"), S_INIT("{\"a\":1,\"b\":2}") },
    { S_INIT("{\n\t\"a\"\n:\r\n1}"), S_INIT("{\"a\":1}") },
    { S_INIT("[null,true,false]"), S_INIT("[null,true,false]") },
    { S_INIT("[[],[[]],{}]"), S_INIT("[[],[[]],{}]") },
    { S_INIT("[{\"a\":[{\"b\":{}}]}]"), S_INIT("[{\"a\":[{\"b\":{}}]}]") },
    { S_INIT("{\"z\":1,\"a\":2,\"m\":3}"), S_INIT("{\"z\":1,\"a\":2,\"m\":3}") },
    { S_INIT("{\"\":0}"), S_INIT("{\"\":0}") },
    { S_INIT("{\"a\":1,\"A\":2}"), S_INIT("{\"a\":1,\"A\":2}") },
    { S_INIT("{\"a\":1,\"a \":2}"), S_INIT("{\"a\":1,\"a \":2}") },
    { S_INIT("{\"a\":{\"a\":1}}"), S_INIT("{\"a\":{\"a\":1}}") },
    { S_INIT("[{\"a\":1},{\"a\":1}]"), S_INIT("[{\"a\":1},{\"a\":1}]") },
    { S_INIT("{\"\\u00e9\":1,\"e\\u0301\":2}"), S_INIT("{\"\xc3\xa9\":1,\"e\xcc\x81\":2}") },
    { S_INIT("{\"__proto__\":1}"), S_INIT("{\"__proto__\":1}") },
};

static const Accept NUMBERS[] = {
    { S_INIT("0"), S_INIT("0") },
    { S_INIT("-0"), S_INIT("0") },
    { S_INIT("1"), S_INIT("1") },
    { S_INIT("-1"), S_INIT("-1") },
    { S_INIT("42"), S_INIT("42") },
    { S_INIT("9007199254740992"), S_INIT("9007199254740992") },
    { S_INIT("9007199254740993"), S_INIT("9007199254740993") },
    { S_INIT("9223372036854775807"), S_INIT("9223372036854775807") },
    { S_INIT("-9223372036854775808"), S_INIT("-9223372036854775808") },
    { S_INIT("0.0"), S_INIT("0.0") },
    { S_INIT("-0.0"), S_INIT("-0.0") },
    { S_INIT("1.0"), S_INIT("1.0") },
    { S_INIT("1.50"), S_INIT("1.5") },
    { S_INIT("0.1"), S_INIT("0.1") },
    { S_INIT("0.30000000000000004"), S_INIT("0.30000000000000004") },
    { S_INIT("199.999"), S_INIT("199.999") },
    { S_INIT("-12.5"), S_INIT("-12.5") },
    { S_INIT("1e0"), S_INIT("1.0") },
    { S_INIT("1E2"), S_INIT("100.0") },
    { S_INIT("1e+2"), S_INIT("100.0") },
    { S_INIT("1e-2"), S_INIT("0.01") },
    { S_INIT("1.5e3"), S_INIT("1500.0") },
    { S_INIT("0e1"), S_INIT("0.0") },
    { S_INIT("0e+01"), S_INIT("0.0") },
    { S_INIT("1e20"), S_INIT("1e+20") },
    { S_INIT("1e-7"), S_INIT("1e-07") },
    { S_INIT("5e-324"), S_INIT("5e-324") },
    { S_INIT("4.9406564584124654e-324"), S_INIT("5e-324") },
    { S_INIT("2.2250738585072014e-308"), S_INIT("2.2250738585072014e-308") },
    { S_INIT("1.7976931348623157e308"), S_INIT("1.7976931348623157e+308") },
    { S_INIT("123456789.123456789"), S_INIT("123456789.12345679") },
    { S_INIT("1.000000000000000005"), S_INIT("1.0") },
};

static const Accept STRINGS[] = {
    { S_INIT("\"\""), S_INIT("\"\"") },
    { S_INIT("\" \""), S_INIT("\" \"") },
    { S_INIT("\"abc\""), S_INIT("\"abc\"") },
    { S_INIT("\"\\\"\\\\\\/\""), S_INIT("\"\\\"\\\\/\"") },
    { S_INIT("\"\\b\\f\\n\\r\\t\""), S_INIT("\"\\b\\f\\n\\r\\t\"") },
    { S_INIT("\"\\u0041\""), S_INIT("\"A\"") },
    { S_INIT("\"\\u0001\""), S_INIT("\"\\u0001\"") },
    { S_INIT("\"\\u001F\""), S_INIT("\"\\u001f\"") },
    { S_INIT("\"\\u007f\""), S_INIT("\"\x7f\"") },
    { S_INIT("\"\\u00e9\""), S_INIT("\"\xc3\xa9\"") },
    { S_INIT("\"\\u4E2d\\u6587\""), S_INIT("\"\xe4\xb8\xad\xe6\x96\x87\"") },
    { S_INIT("\"\xe4\xb8\xad\xe6\x96\x87\""), S_INIT("\"\xe4\xb8\xad\xe6\x96\x87\"") },
    { S_INIT("\"\\ud83d\\ude00\""), S_INIT("\"\xf0\x9f\x98\x80\"") },
    { S_INIT("\"\xf0\x9f\x98\x80\""), S_INIT("\"\xf0\x9f\x98\x80\"") },
    { S_INIT("\"\\uD800\\uDC00\""), S_INIT("\"\xf0\x90\x80\x80\"") },
    { S_INIT("\"\\uDBFF\\uDFFF\""), S_INIT("\"\xf4\x8f\xbf\xbf\"") },
    { S_INIT("\"\\uD7FF\\uE000\""), S_INIT("\"\xed\x9f\xbf\xee\x80\x80\"") },
    { S_INIT("\"\\uFFFF\""), S_INIT("\"\xef\xbf\xbf\"") },
    { S_INIT("\"\\u2028\""), S_INIT("\"\\u2028\"") },
    { S_INIT("\"\xe2\x80\xa9\""), S_INIT("\"\\u2029\"") },
    { S_INIT("\"\xc2\x80\""), S_INIT("\"\xc2\x80\"") },
    { S_INIT("\"\xdf\xbf\""), S_INIT("\"\xdf\xbf\"") },
    { S_INIT("\"\xe0\xa0\x80\""), S_INIT("\"\xe0\xa0\x80\"") },
    { S_INIT("\"\xf4\x8f\xbf\xbf\""), S_INIT("\"\xf4\x8f\xbf\xbf\"") },
    { S_INIT("\"\xef\xbb\xbf\""), S_INIT("\"\xef\xbb\xbf\"") },
    { S_INIT("\"</script>\""), S_INIT("\"<\\/script>\"") },
    { S_INIT("\"// no comment\""), S_INIT("\"// no comment\"") },
    { S_INIT("\"[[[{{{\""), S_INIT("\"[[[{{{\"") },
    { S_INIT("\"\\\\\""), S_INIT("\"\\\\\"") },
    { S_INIT("[\"\\\\\",\"]\"]"), S_INIT("[\"\\\\\",\"]\"]") },
    { S_INIT("\"\\\\u0000\""), S_INIT("\"\\\\u0000\"") },
};

static void check_accepted(const Accept *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const Json *node = NULL;
        CHECK_ROW(json_parse(kit_ctx(), rows[i].text, &node) == STATUS_OK, STR_FMT,
                  STR_ARG(rows[i].text));
        if (node == NULL)
            continue;
        Buf b = buf_new(kit_arena(), 4096);
        JsonOut j = json_out(&b);
        json_write(&j, node);
        CHECK_STR(buf_str(&b), rows[i].want);
    }
}

TEST(table_of_what_is_accepted)
{
    check_accepted(WORDS_AND_BLANKS, ARRAY_LEN(WORDS_AND_BLANKS));
    check_accepted(NUMBERS, ARRAY_LEN(NUMBERS));
    check_accepted(STRINGS, ARRAY_LEN(STRINGS));
}

static const Str BAD_SHAPE[] = {
    S_INIT(""),
    S_INIT(" "),
    S_INIT("\n"),
    S_INIT("\0"),
    S_INIT("null\0"),
    S_INIT("null\0x"),
    S_INIT("[1]\0]"),
    S_INIT("\0null"),
    S_INIT("\xef\xbb\xbfnull"),
    S_INIT("\xef\xbb\xbf{}"),
    S_INIT("n\0u\0l\0l\0"),
    S_INIT("nul"),
    S_INIT("nulll"),
    S_INIT("Null"),
    S_INIT("NULL"),
    S_INIT("True"),
    S_INIT("fals"),
    S_INIT("undefined"),
    S_INIT("nan"),
    S_INIT("hello"),
    S_INIT("'a'"),
    S_INIT("null null"),
    S_INIT("1 2"),
    S_INIT("{}{}"),
    S_INIT("[][]"),
    S_INIT("[]]"),
    S_INIT("{}}"),
    S_INIT("{},"),
    S_INIT("[1]x"),
    S_INIT("[1];"),
    S_INIT(",1"),
    S_INIT("["),
    S_INIT("]"),
    S_INIT("[1"),
    S_INIT("[1,"),
    S_INIT("[1,]"),
    S_INIT("[,1]"),
    S_INIT("[,]"),
    S_INIT("[1,,2]"),
    S_INIT("[1 2]"),
    S_INIT("[1:2]"),
    S_INIT("[1}"),
    S_INIT("{1]"),
    S_INIT("{"),
    S_INIT("}"),
    S_INIT("{\"a\""),
    S_INIT("{\"a\":"),
    S_INIT("{\"a\":1"),
    S_INIT("{\"a\":1,"),
    S_INIT("{\"a\":1,}"),
    S_INIT("{,\"a\":1}"),
    S_INIT("{\"a\"}"),
    S_INIT("{\"a\":}"),
    S_INIT("{:1}"),
    S_INIT("{a:1}"),
    S_INIT("{'a':1}"),
    S_INIT("{1:1}"),
    S_INIT("{null:1}"),
    S_INIT("{\"a\" 1}"),
    S_INIT("{\"a\"::1}"),
    S_INIT("{\"a\",1}"),
    S_INIT("{\"a\":1 \"b\":2}"),
    S_INIT("{\"a\":1;\"b\":2}"),
    S_INIT("{[]:1}"),
    S_INIT("// x\n1"),
    S_INIT("1 // x"),
    S_INIT("/* x */ 1"),
    S_INIT("# x\n1"),
    S_INIT("[1/**/]"),
    S_INIT("\xc2\xa0"
           "1"),
    S_INIT("\xe2\x80\xa8"
           "1"),
    S_INIT("\v1"),
    S_INIT("\f1"),
    S_INIT("1\xe3\x80\x80"),
    S_INIT("\\u0031"),
    S_INIT("[\\n]"),
    S_INIT("<null>"),
    S_INIT(")]}',\n{}"),
};

static const Str BAD_NUMBERS[] = {
    S_INIT("+1"),
    S_INIT("-"),
    S_INIT("--1"),
    S_INIT("- 1"),
    S_INIT("01"),
    S_INIT("-01"),
    S_INIT("00"),
    S_INIT(".5"),
    S_INIT("-.5"),
    S_INIT("1."),
    S_INIT("1.e2"),
    S_INIT("0.e1"),
    S_INIT("1e"),
    S_INIT("1e+"),
    S_INIT("1e-"),
    S_INIT("1e1.5"),
    S_INIT("1ee2"),
    S_INIT("1e+-2"),
    S_INIT("0x10"),
    S_INIT("0b1"),
    S_INIT("0o7"),
    S_INIT("1_000"),
    S_INIT("1,000"),
    S_INIT("1 000"),
    S_INIT("1.2.3"),
    S_INIT("1a"),
    S_INIT("1L"),
    S_INIT("1f"),
    S_INIT("NaN"),
    S_INIT("Infinity"),
    S_INIT("-Infinity"),
    S_INIT("inf"),
    S_INIT("1e999"),
    S_INIT("-1e999"),
    S_INIT("9223372036854775808"),
    S_INIT("-9223372036854775809"),
    S_INIT("100000000000000000000000"),
    S_INIT("\xef\xbc\x91"),
    S_INIT("1\0"),
    S_INIT("\xd9\xa1"),
    S_INIT("1/2"),
    S_INIT("(1)"),
    S_INIT("1%"),
    S_INIT("\xe2\x88\x92"
           "1"),
};

static const Str BAD_STRINGS[] = {
    S_INIT("\""),
    S_INIT("\"a"),
    S_INIT("a\""),
    S_INIT("\"\\\""),
    S_INIT("\"a\nb\""),
    S_INIT("\"a\tb\""),
    S_INIT("\"\r\""),
    S_INIT("\"\x1f\""),
    S_INIT("\"\x01\""),
    S_INIT("\"a\0b\""),
    S_INIT("\"\\u0000\""),
    S_INIT("{\"\\u0000\":1}"),
    S_INIT("{\"a\\u0000b\":1}"),
    S_INIT("\"\\x41\""),
    S_INIT("\"\\a\""),
    S_INIT("\"\\'\""),
    S_INIT("\"\\0\""),
    S_INIT("\"\\101\""),
    S_INIT("\"\\U0041\""),
    S_INIT("\"\\u\""),
    S_INIT("\"\\u004\""),
    S_INIT("\"\\u004g\""),
    S_INIT("\"\\u{41}\""),
    S_INIT("\"\\u+041\""),
    S_INIT("\"\\u 041\""),
    S_INIT("\"\\ud800\""),
    S_INIT("\"\\udc00\""),
    S_INIT("\"\\ud800x\""),
    S_INIT("\"\\ud800\\ud800\""),
    S_INIT("\"\\udc00\\ud800\""),
    S_INIT("\"\\ud83d\\u0041\""),
    S_INIT("\"\\ud83d\\n\""),
    S_INIT("\"\xed\xa0\x80\""),
    S_INIT("\"\xed\xbf\xbf\""),
    S_INIT("\"\xc0\x80\""),
    S_INIT("\"\xc0\xaf\""),
    S_INIT("\"\xc1\xbf\""),
    S_INIT("\"\xe0\x80\xaf\""),
    S_INIT("\"\xe0\x9f\xbf\""),
    S_INIT("\"\xf0\x80\x80\x80\""),
    S_INIT("\"\xf0\x8f\xbf\xbf\""),
    S_INIT("\"\xf4\x90\x80\x80\""),
    S_INIT("\"\xf5\x80\x80\x80\""),
    S_INIT("\"\xfe\""),
    S_INIT("\"\xff\""),
    S_INIT("\"\x80\""),
    S_INIT("\"\xe4\xb8\""),
    S_INIT("\"\xe4\xb8"),
    S_INIT("\"\xf0\x9f\x98\""),
    S_INIT("\"\xc3\""),
    S_INIT("\"\xd6\xd0\xce\xc4\""),
    S_INIT("{\"\xff\":1}"),
    S_INIT("\xff\xfe\"\0a\0\"\0"),
    S_INIT("\"a\" \"b\""),
    S_INIT("\"a\"\\n"),
    S_INIT("`a`"),
};

static const Str DUPLICATES[] = {
    S_INIT("{\"a\":1,\"a\":1}"),       S_INIT("{\"a\":1,\"b\":2,\"a\":3}"),
    S_INIT("{\"a\":1,\"\\u0061\":2}"), S_INIT("[{\"x\":{\"k\":1,\"k\":null}}]"),
    S_INIT("{\"\":1,\"\":2}"),         S_INIT("{\"a\":null,\"a\":null}"),
};

static void check_refused(const Str *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        static const Json UNTOUCHED;
        const Json *node = &UNTOUCHED;
        CHECK_ROW(json_parse(kit_ctx(), rows[i], &node) == STATUS_MALFORMED, STR_FMT,
                  STR_ARG(rows[i]));
        CHECK(node == &UNTOUCHED);
    }
}

TEST(table_of_what_is_refused)
{
    check_refused(BAD_SHAPE, ARRAY_LEN(BAD_SHAPE));
    check_refused(BAD_NUMBERS, ARRAY_LEN(BAD_NUMBERS));
    check_refused(BAD_STRINGS, ARRAY_LEN(BAD_STRINGS));
    check_refused(DUPLICATES, ARRAY_LEN(DUPLICATES));
}
