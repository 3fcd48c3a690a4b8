#include "json/json.h"
#include "kit/kit.h"

static const Json *parse(Str text)
{
    const Json *node = NULL;
    CHECK_OK(json_parse(kit_ctx(), text, &node));
    return node;
}

static Str repeat(Str piece, size_t n)
{
    Buf b = buf_new(kit_arena(), 4 << 20);
    for (size_t i = 0; i < n; i++)
        buf_add(&b, piece);
    return buf_str(&b);
}

static Str nested(size_t depth)
{
    return arena_fmt(kit_arena(), STR_FMT STR_FMT, STR_ARG(repeat(S("["), depth)),
                     STR_ARG(repeat(S("]"), depth)));
}

TEST(depth_is_bounded)
{
    const Json *node = NULL;
    CHECK_OK(json_parse(kit_ctx(), nested(LIMIT_JSON_DEPTH), &node));
    CHECK_STATUS(json_parse(kit_ctx(), nested(LIMIT_JSON_DEPTH + 1), &node), MALFORMED);
    CHECK_STR(str_z(kit_ctx()->errors->code), S("json.depth"));
    CHECK_STATUS(json_parse(kit_ctx(), repeat(S("{\"a\":["), 100000), &node), MALFORMED);
    CHECK_STR(str_z(kit_ctx()->errors->code), S("json.depth"));
    // Side by side is not deep.
    CHECK_OK(json_parse(kit_ctx(),
                        arena_fmt(kit_arena(), "[" STR_FMT "0]", STR_ARG(repeat(S("[],"), 1000))),
                        &node));
    CHECK_OK(json_parse(
        kit_ctx(), arena_fmt(kit_arena(), "[\"" STR_FMT "\"]", STR_ARG(repeat(S("\\\"["), 1000))),
        &node));
}

// A list of n values counts n + 1 nodes.
static Str list_of(Str value, size_t n)
{
    return arena_fmt(kit_arena(), "[" STR_FMT STR_FMT "]",
                     STR_ARG(repeat(arena_fmt(kit_arena(), STR_FMT ",", STR_ARG(value)), n - 1)),
                     STR_ARG(value));
}

TEST(nodes_are_bounded)
{
    static const Str VALUES[] = { S_INIT("0"), S_INIT("[]"), S_INIT("{}"), S_INIT("\",\"") };
    for (size_t i = 0; i < ARRAY_LEN(VALUES); i++) {
        const Json *node = NULL;
        CHECK_OK(json_parse(kit_ctx(), list_of(VALUES[i], LIMIT_JSON_NODES - 1), &node));
        CHECK_INT(node->len, LIMIT_JSON_NODES - 1);
        CHECK_STATUS(json_parse(kit_ctx(), list_of(VALUES[i], LIMIT_JSON_NODES), &node), MALFORMED);
        CHECK_STR(str_z(kit_ctx()->errors->code), S("json.nodes"));
        CHECK_STATUS(json_parse(kit_ctx(), list_of(VALUES[i], 100000), &node), MALFORMED);
        CHECK_STR(str_z(kit_ctx()->errors->code), S("json.nodes"));
    }
}

TEST(error_says_where_and_does_not_quote)
{
    static const struct {
        Str text, line, message;
    } ROWS[] = {
        { S_INIT("{\n  \"phone\": 13800138000x }"), S_INIT("2"), S_INIT("not JSON") },
        { S_INIT("[1,"), S_INIT("1"), S_INIT("the text ends too early") },
        { S_INIT("1 13800138000"), S_INIT("1"), S_INIT("something follows the value") },
        { S_INIT("\n\n{\"a\":1,\"a\":2}"), S_INIT("3"), S_INIT("a key stands twice in an object") },
        { S_INIT("\"\xff\""), S_INIT("1"), S_INIT("not UTF-8") },
        { S_INIT("[\n99999999999999999999]"), S_INIT("2"), S_INIT("a number is too large") },
        { S_INIT("\"\\u0000\""), S_INIT("1"), S_INIT("U+0000 is not allowed") },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        const Json *node = NULL;
        CHECK_STATUS(json_parse(kit_ctx(), ROWS[i].text, &node), MALFORMED);
        const Err *e = kit_ctx()->errors;
        CHECK_STR(str_z(e->code), S("json.syntax"));
        CHECK_STR(e->args[0], ROWS[i].line);
        CHECK_ROW(str_ends(e->message, ROWS[i].message), STR_FMT, STR_ARG(e->message));
        CHECK(str_find(e->message, S("13800138000"), 0) == e->message.len);
    }
    const Json *node = NULL;
    Str text = arena_fmt(kit_arena(), "[\"\xe4\xb8\xad\",\n\"\xe4\xb8\xad\"," STR_FMT "]",
                         STR_ARG(nested(40)));
    CHECK_STATUS(json_parse(kit_ctx(), text, &node), MALFORMED);
    CHECK_STR(kit_ctx()->errors->message, S("JSON line 2, column 36: nested too deeply"));
}

TEST(values_are_found_and_wrong_kinds_read_as_the_default)
{
    const Json *o = parse(S("{\"s\":\"text\",\"n\":-5,\"t\":true,\"f\":false,\"r\":1.5,\"z\":null,"
                            "\"a\":[1,\"two\",[]],\"o\":{\"in\":7}}"));
    CHECK_INT(o->len, 8);
    CHECK_STR(json_text(o, "s", S("d")), S("text"));
    CHECK_STR(json_text(o, "n", S("d")), S("d"));
    CHECK_STR(json_text(o, "missing", S("d")), S("d"));
    CHECK_INT(json_num(o, "n", 9), -5);
    CHECK_INT(json_num(o, "r", 9), 9);
    CHECK_INT(json_num(o, "s", 9), 9);
    CHECK(json_flag(o, "t", false));
    CHECK(!json_flag(o, "f", true));
    CHECK(json_flag(o, "z", true));
    CHECK(json_flag(o, "n", true));
    CHECK(json_get(o, "z")->kind == JSON_NULL_NODE);
    CHECK_STR(json_get(o, "r")->text, S("1.5"));
    CHECK_INT(json_num(json_get(o, "o"), "in", 0), 7);
    const Json *a = json_get(o, "a");
    CHECK_INT(a->len, 3);
    CHECK_INT(a->first->num, 1);
    CHECK_STR(a->first->next->text, S("two"));
    CHECK(a->first->next->next->next == NULL);
    CHECK(json_get(a, "s") == NULL && json_get(NULL, "s") == NULL);
    CHECK(json_get(o, "missing") == NULL && json_get(o, "") == NULL);
    CHECK_STR(json_text(NULL, "s", S("d")), S("d"));
}

TEST(unknown_keys_are_refused_by_name)
{
    static const char *const ALLOWED[] = { "a", "b", NULL };
    static const char *const NONE[] = { NULL };
    Ctx *cx = kit_ctx();
    CHECK_OK(json_only(cx, parse(S("{}")), ALLOWED));
    CHECK_OK(json_only(cx, parse(S("{\"b\":1,\"a\":{\"c\":1}}")), ALLOWED));
    CHECK_OK(json_only(cx, parse(S("[1]")), ALLOWED));
    CHECK_STATUS(json_only(cx, parse(S("{\"a\":1,\"c\":1,\"A\":1}")), ALLOWED), MALFORMED);
    CHECK_STR(str_z(cx->errors->code), S("unknown"));
    CHECK_STR(str_z(cx->errors->field), S("A"));
    CHECK_STR(str_z(cx->errors->next->field), S("c"));
    CHECK_STATUS(json_only(cx, parse(S("{\"a\":1}")), NONE), MALFORMED);
}

TEST(tree_outlives_the_text)
{
    char text[] = "{\"key\":\"value\"}";
    const Json *o = parse(str_z(text));
    memset(text, 'x', sizeof(text));
    CHECK_STR(json_text(o, "key", S("")), S("value"));
}
