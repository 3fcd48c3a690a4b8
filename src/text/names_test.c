#include "text/text.h"

#include "kit/kit.h"

#include <pthread.h>

TEST(fold_makes_one_form_of_many)
{
    static const struct Story {
        const char *text, *want;
    } STORIES[] = {
        { "", "" },
        { "Hello", "hello" },
        { "  Hello \t\n World ", "hello world" },
        { "张三丰", "张三丰" },
        { " 张 三 ", "张 三" },
        { "ＡＢＣ１２３", "abc123" },
        { "Ａｄｍｉｎ", "admin" },
        { "张\xe3\x80\x80三", "张 三" },
        { "a\xe2\x80\x8b"
          "b",
          "ab" },
        { "\xef\xbb\xbf"
          "a",
          "a" },
        { "STRASSE straße", "strasse strasse" },
        { "José", "josé" },
        { "Jose\xcc\x81", "josé" },
        { "ﬁ", "fi" },
        { "①", "1" },
        { "\xe2\x80\xae"
          "abc",
          "abc" },
        { "\x01"
          "a\x7f"
          "b",
          "a b" },
        { "㍻", "平成" },
        { "ﾊﾅｺ", "ハナコ" },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Str got = text_fold(kit_arena(), str_z(STORIES[i].text));
        CHECK_STR(got, str_z(STORIES[i].want));
        CHECK_STR(text_fold(kit_arena(), got), got);
    }
    CHECK_STR(text_nfc(kit_arena(), S("Jose\xcc\x81 A")), S("José A"));
    CHECK_STR(text_nfc(kit_arena(), S("ﬁ 张 ①")), S("ﬁ 张 ①"));
}

TEST(fold_survives_the_longest_expansion)
{
    // U+FDFA becomes eighteen characters.
    Buf b = buf_new(kit_arena(), 4096);
    for (int i = 0; i < 200; i++)
        buf_add(&b, S("\xef\xb7\xba"));
    Str got = text_fold(kit_arena(), buf_str(&b));
    CHECK(utf8_valid(got));
    CHECK_INT(utf8_count(got), 200 * 18);
}

TEST(clean_text)
{
    static const struct Story {
        const char *what;
        Str text;
        bool line, paragraph;
    } STORIES[] = {
        { "nothing", S_INIT(""), true, true },
        { "a name", S_INIT("张三 Zhang"), true, true },
        { "line feed", S_INIT("a\nb"), false, true },
        { "tab", S_INIT("a\tb"), false, true },
        { "carriage return", S_INIT("a\rb"), false, false },
        { "NUL", S_INIT("a\0b"), false, false },
        { "delete", S_INIT("a\x7f"), false, false },
        { "C1 control", S_INIT("a\xc2\x85"), false, false },
        { "no-break blank is a blank",
          S_INIT("a\xc2\xa0"
                 "b"),
          true, true },
        { "right-to-left override",
          S_INIT("a\xe2\x80\xae"
                 "b"),
          false, false },
        { "isolate",
          S_INIT("\xe2\x81\xa6"
                 "b"),
          false, false },
        { "Arabic letter mark",
          S_INIT("\xd8\x9c"
                 "b"),
          false, false },
        { "zero-width blank", S_INIT("a\xe2\x80\x8b"), false, false },
        { "BOM inside", S_INIT("a\xef\xbb\xbf"), false, false },
        { "soft hyphen", S_INIT("a\xc2\xad"), false, false },
        { "Hangul filler, a name of nothing", S_INIT("\xe3\x85\xa4"), false, false },
        { "line separator", S_INIT("a\xe2\x80\xa8"), false, false },
        { "tag letters", S_INIT("a\xf3\xa0\x81\x81"), false, false },
        { "emoji", S_INIT("🌸小雨❤️"), true, true },
        { "family of joined emoji", S_INIT("👨‍👩‍👧"), false, true },
        { "joiner between letters",
          S_INIT("a\xe2\x80\x8d"
                 "b"),
          false, false },
        { "joiner at the end", S_INIT("👨\xe2\x80\x8d"), false, false },
        { "Arabic", S_INIT("محمد"), true, true },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        CHECK_ROW(text_is_clean(STORIES[i].text, false) == STORIES[i].line, "%s", STORIES[i].what);
        CHECK_ROW(text_is_clean(STORIES[i].text, true) == STORIES[i].paragraph, "%s, multiline",
                  STORIES[i].what);
    }
}

TEST(pinyin_of_names_and_texts)
{
    static const struct Story {
        const char *text;
        bool as_name;
        const char *want;
    } STORIES[] = {
        { "张三丰", true, "zhang san feng" },
        { "曾国藩", true, "zeng guo fan" },
        { "曾国藩", false, "ceng guo fan" },
        { "单雄信", true, "shan xiong xin" },
        { "简单", true, "jian dan" },
        { "仇英", true, "qiu ying" },
        { "解缙", true, "xie jin" },
        { "查良镛", true, "zha liang yong" },
        { "区寄", true, "ou ji" },
        { "朴正熙", true, "pu zheng xi" },
        { "盖叫天", true, "ge jiao tian" },
        { "乐毅", true, "yue yi" },
        { "翟让", true, "zhai rang" },
        { "缪斯", true, "miao si" },
        { "员半千", true, "yun ban qian" },
        { "黑曾单", true, "hei ceng dan" },
        { "尉迟恭", true, "yu chi gong" },
        { "尉官", false, "wei guan" },
        { "万俟卨", true, "mo qi xie" },
        { "单于夫罗", true, "chan yu fu luo" },
        { "单于", true, "shan yu" },
        { "长孙无忌", true, "zhang sun wu ji" },
        { "澹台灭明", true, "tan tai mie ming" },
        { "欧阳修", true, "ou yang xiu" },
        { "长江", false, "chang jiang" },
        { "吕布", true, "lu bu" },
        { "張三豐", true, "zhang san feng" },
        { "张三 (Sam)", true, "zhang san sam" },
        { "Hello World", true, "hello world" },
        { "ＡＢＣ公司", false, "abc gong si" },
        { "José Ñandú", false, "jose nandu" },
        { "Łódź Ærø", false, "lodz aero" },
        { "O'Brien", true, "obrien" },
        { "Иван", true, "ivan" },
        { "Ελλάδα", true, "ellada" },
        { "ハナコ", true, "hanako" },
        { "12345", false, "" },
        { "", true, "" },
        { "，。！", true, "" },
        { "䶮", true, "yan" },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++)
        CHECK_STR(text_pinyin(kit_arena(), str_z(STORIES[i].text), STORIES[i].as_name),
                  str_z(STORIES[i].want));
}

static bool token_matches(const QueryToken *q, Tokens stored)
{
    for (size_t i = 0; i < stored.len; i++)
        if (q->prefix ? str_starts(stored.ptr[i], q->token) : str_eq(stored.ptr[i], q->token))
            return true;
    return false;
}

// As the index does it: every group, by any of its tokens.
static bool finds(const char *query, const char *name)
{
    Tokens stored = text_name_tokens(kit_arena(), str_z(name));
    QueryTokens asked = text_query_tokens(kit_arena(), str_z(query));
    int groups = 0;
    for (size_t i = 0; i < asked.len; i++)
        groups = asked.ptr[i].group >= groups ? asked.ptr[i].group + 1 : groups;
    for (int g = 0; g < groups; g++) {
        bool any = false;
        for (size_t i = 0; i < asked.len; i++)
            any = any || (asked.ptr[i].group == g && token_matches(&asked.ptr[i], stored));
        if (!any)
            return false;
    }
    return groups > 0;
}

TEST(tokens_find_what_people_type)
{
    static const struct Story {
        const char *query, *name;
        bool want;
    } STORIES[] = {
        { "zs", "张三丰", true },
        { "zsf", "张三丰", true },
        { "sf", "张三丰", true },
        { "zhangsan", "张三丰", true },
        { "zhang san", "张三丰", true },
        { "ZhangS", "张三丰", true },
        { "san", "张三丰", true },
        { "feng", "张三丰", true },
        { "三丰", "张三丰", true },
        { "张三", "张三丰", true },
        { "张", "张三丰", true },
        { "丰", "张三丰", true },
        { "张三丰", "张三丰", true },
        { "张 丰", "张三丰", true },
        { "张三丰 zsf", "张三丰", true },
        { "张san", "张三丰", true },
        { "丰三", "张三丰", false },
        { "张丰", "张三丰", false },
        { "李", "张三丰", false },
        { "zf", "张三丰", false },
        { "hang", "张三丰", false },
        { "zhangsi", "张三丰", false },
        { "张三李", "张三丰", false },
        { "zeng", "曾国藩", true },
        { "ceng", "曾国藩", true },
        { "cgf", "曾国藩", true },
        { "lvbu", "吕布", true },
        { "lubu", "吕布", true },
        { "chanyu", "单于夫罗", true },
        { "changjiang", "长江公司", true },
        { "zhangjiang", "长江公司", true },
        { "yuechi", "尉迟恭", false },
        { "john", "John Smith", true },
        { "smi", "John Smith", true },
        { "smith john", "John Smith", true },
        { "JOHN S", "John Smith", true },
        { "ohn", "John Smith", false },
        { "johns", "John Smith", false },
        { "jose", "José", true },
        { "José", "Jose", true },
        { "josé", "José", true },
        { "ivan", "Иван Петров", true },
        { "Петр", "Иван Петров", true },
        { "1234", "tb123456", false },
        { "tb1234", "tb123456", true },
        { "ｔｂ１２", "tb123456", true },
        { "802", "楼802室", true },
        { "o'brien", "O'Brien", true },
        { "科技", "上海某某信息科技有限公司", true },
        { "信息科技有限", "上海某某信息科技有限公司", true },
        { "xxkj", "上海某某信息科技有限公司", true },
        { "", "张三丰", false },
        { "!!!", "张三丰", false },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++)
        CHECK_ROW(finds(STORIES[i].query, STORIES[i].name) == STORIES[i].want, "%s in %s",
                  STORIES[i].query, STORIES[i].name);
}

static bool has_token(Tokens t, const char *want)
{
    for (size_t i = 0; i < t.len; i++)
        if (str_eq(t.ptr[i], str_z(want)))
            return true;
    return false;
}

TEST(tokens_keep_their_families)
{
    static const char *const WANT[] = { "n张",   "n三",     "n丰",           "n张三",
                                        "n三丰", "n张三丰", "pzhangsanfeng", "psanfeng",
                                        "pfeng", "izsf",    "isf",           "if" };
    Tokens t = text_name_tokens(kit_arena(), S("张三丰"));
    CHECK_INT(t.len, ARRAY_LEN(WANT));
    for (size_t i = 0; i < ARRAY_LEN(WANT); i++)
        CHECK_ROW(has_token(t, WANT[i]), "%s", WANT[i]);
    CHECK(has_token(text_name_tokens(kit_arena(), S("John O'Neil")), "wneil"));
    QueryTokens q = text_query_tokens(kit_arena(), S("张三"));
    CHECK_INT(q.len, 1);
    CHECK_STR(q.ptr[0].token, S("n张三"));
    CHECK(!q.ptr[0].prefix);
    q = text_query_tokens(kit_arena(), S("zs"));
    CHECK_INT(q.len, 3);
    CHECK(q.ptr[0].group == q.ptr[2].group && q.ptr[0].prefix && q.ptr[1].prefix);
}

TEST(tokens_of_long_names_are_bounded_and_alike)
{
    Buf b = buf_new(kit_arena(), 4096);
    for (int i = 0; i < 200; i++)
        buf_add(&b, arena_fmt(kit_arena(), "重庆%d长行 ", i));
    Tokens t = text_name_tokens(kit_arena(), buf_str(&b));
    CHECK_INT(t.len, 64);
    Str han = S("中华人民共和国香港特别行政区某某某某股份有限责任公司驻北京办事处联络中心");
    t = text_name_tokens(kit_arena(), han);
    CHECK(t.len <= 64 && has_token(t, "n中华") && has_token(t, "n中"));
    for (size_t i = 0; i < t.len; i++)
        CHECK_ROW(t.ptr[i].len <= 49 && utf8_valid(t.ptr[i]), STR_FMT, STR_ARG(t.ptr[i]));
    CHECK(finds("中华人民共和国香港特别行政区某某某某", han.ptr));
    CHECK(finds("zhonghuarenmingongheguoxianggangtebiexingzhengqu", han.ptr));
    // Cut alike on both sides.
    CHECK(finds("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh"));
}

static void *reader(void *ret)
{
    Arena a = { 0 };
    bool good = true;
    for (uint32_t i = 0; i < 400; i++) {
        arena_clear(&a);
        char utf8[8];
        size_t n = utf8_put(utf8, 0x4e00 + i * 50);
        n += utf8_put(utf8 + n, 0x4e00 + i * 7);
        Str once = text_pinyin(&a, (Str){ utf8, n }, true);
        good = good && str_eq(once, text_pinyin(&a, (Str){ utf8, n }, true)) && once.len > 0;
        good = good && str_eq(text_pinyin(&a, S("Иван"), true), S("ivan"));
    }
    arena_reset(&a);
    *(bool *)ret = good;
    return NULL;
}

TEST(pinyin_from_many_threads)
{
    pthread_t threads[4];
    bool good[4] = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        CHECK(pthread_create(&threads[i], NULL, reader, &good[i]) == 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(good[i]);
    }
}
