#include "text/text.h"

#include "kit/kit.h"

static Str decoded(Charset from, Str bytes, size_t step, int64_t *ret_errors)
{
    Arena *a = kit_arena();
    CLEANUP(decoder_close) Decoder *d = decoder_open(a, from);
    Buf all = buf_new(a, (size_t)1 << 24);
    for (size_t at = 0; at < bytes.len; at += step)
        buf_add(&all, decoder_feed(d, a, str_sub(bytes, at, step), false));
    buf_add(&all, decoder_feed(d, a, (Str){ 0 }, true));
    *ret_errors = decoder_errors(d);
    CHECK(buf_ok(&all));
    return buf_str(&all);
}

static Str whole(Charset from, Str bytes, int64_t *ret_errors)
{
    return decoded(from, bytes, bytes.len + 1, ret_errors);
}

TEST(charset_detects)
{
    static const struct Story {
        const char *what;
        Str head;
        bool whole;
        Charset want;
    } STORIES[] = {
        { "nothing", S_INIT(""), true, CHARSET_UTF8 },
        { "plain ASCII", S_INIT("a,b\r\n1,2\r\n"), true, CHARSET_UTF8 },
        { "UTF-8", S_INIT("张三"), true, CHARSET_UTF8 },
        { "UTF-8 with BOM",
          S_INIT("\xef\xbb\xbf"
                 "a"),
          true, CHARSET_UTF8_BOM },
        { "BOM alone", S_INIT("\xef\xbb\xbf"), true, CHARSET_UTF8_BOM },
        { "GBK", S_INIT("\xd5\xc5\xc8\xfd"), true, CHARSET_GB18030 },
        { "four-byte GB18030", S_INIT("\x95\x32\x82\x36"), true, CHARSET_GB18030 },
        { "GBK whose second byte is a backslash", S_INIT("\x81\x5c,1"), true, CHARSET_GB18030 },
        { "UTF-16LE by BOM",
          S_INIT("\xff\xfe"
                 "a\0"),
          true, CHARSET_UTF16LE },
        { "UTF-16BE by BOM", S_INIT("\xfe\xff\0a"), true, CHARSET_UTF16BE },
        { "UTF-16LE by zeros", S_INIT("\x20\x5f,\0\x09\x4e\n\0"), true, CHARSET_UTF16LE },
        { "UTF-16BE by zeros", S_INIT("\x5f\x20\0,\x4e\x09\0\n"), true, CHARSET_UTF16BE },
        { "UTF-8 cut in a character", S_INIT("张\xe4\xb8"), false, CHARSET_UTF8 },
        { "the same as the whole text", S_INIT("\xe5\xbc\xa0\xe4\xb8"), true,
          CHARSET_WINDOWS_1252 },
        { "GBK cut in a character", S_INIT("\xd5\xc5\xc8"), false, CHARSET_GB18030 },
        { "Latin-1", S_INIT("caf\xe9, th\xe9"), true, CHARSET_WINDOWS_1252 },
        { "overlong is not UTF-8", S_INIT("\xc0\xaf"), true, CHARSET_GB18030 },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Charset got = charset_detect(STORIES[i].head, STORIES[i].whole);
        CHECK_ROW(got == STORIES[i].want, "%s: %s", STORIES[i].what, charset_name(got));
    }
}

TEST(charset_one_bad_byte_in_a_long_text)
{
    Arena *a = kit_arena();
    Buf b = buf_new(a, 4096);
    for (int i = 0; i < 100; i++)
        buf_add(&b, S("张三丰，"));
    buf_add(&b, S("\xff\n"));
    CHECK_INT(charset_detect(buf_str(&b), true), CHARSET_UTF8);
}

TEST(charset_names_go_both_ways)
{
    for (int c = 0; c < CHARSETS; c++) {
        Charset got = CHARSETS;
        CHECK(charset_by_name(str_z(charset_name((Charset)c)), &got) && (int)got == c);
    }
    Charset got = CHARSETS;
    CHECK(charset_by_name(S("gbk"), &got) && got == CHARSET_GB18030);
    CHECK(charset_by_name(S("GB2312"), &got) && got == CHARSET_GB18030);
    CHECK(!charset_by_name(S("klingon"), &got));
    CHECK(!charset_by_name(S(""), &got));
}

TEST(decoder_reads_what_is_known)
{
    static const struct Story {
        const char *what;
        Charset from;
        Str bytes, want;
        int64_t errors;
    } STORIES[] = {
        { "GBK", CHARSET_GB18030, S_INIT("\xd5\xc5\xc8\xfd\xb7\xe1"), S_INIT("张三丰"), 0 },
        { "GB18030 U+20000", CHARSET_GB18030, S_INIT("\x95\x32\x82\x36"), S_INIT("𠀀"), 0 },
        { "GB18030 U+0080", CHARSET_GB18030, S_INIT("\x81\x30\x81\x30"), S_INIT("\xc2\x80"), 0 },
        { "GB18030 U+10FFFF", CHARSET_GB18030, S_INIT("\xe3\x32\x9a\x35"),
          S_INIT("\xf4\x8f\xbf\xbf"), 0 },
        { "GB18030 emoji", CHARSET_GB18030, S_INIT("\x94\x39\xda\x33"), S_INIT("💩"), 0 },
        { "GB18030 BOM", CHARSET_GB18030,
          S_INIT("\x84\x31\x95\x33"
                 "a"),
          S_INIT("a"), 0 },
        { "GB18030 lead byte at the end", CHARSET_GB18030, S_INIT("a\xd5"), S_INIT("a\xef\xbf\xbd"),
          1 },
        { "Big5", CHARSET_BIG5, S_INIT("\xb1\x69\xa4\x54"), S_INIT("張三"), 0 },
        { "Shift-JIS", CHARSET_SHIFT_JIS, S_INIT("\x93\xfa\x96\x7b"), S_INIT("日本"), 0 },
        { "Windows-1252", CHARSET_WINDOWS_1252, S_INIT("\x80 caf\xe9"), S_INIT("€ café"), 0 },
        { "UTF-16LE", CHARSET_UTF16LE, S_INIT("\xff\xfe\x20\x5f\x3d\xd8\xa9\xdc"), S_INIT("张💩"),
          0 },
        { "UTF-16BE", CHARSET_UTF16BE, S_INIT("\x5f\x20\xd8\x3d\xdc\xa9"), S_INIT("张💩"), 0 },
        { "UTF-16LE lone half", CHARSET_UTF16LE, S_INIT("\x3d\xd8\x61\0"),
          S_INIT("\xef\xbf\xbd"
                 "a"),
          1 },
        { "UTF-16LE odd byte", CHARSET_UTF16LE, S_INIT("a\0b"), S_INIT("a\xef\xbf\xbd"), 1 },
        { "UTF-8 with BOM", CHARSET_UTF8_BOM,
          S_INIT("\xef\xbb\xbf"
                 "a\xef\xbb\xbf"),
          S_INIT("a\xef\xbb\xbf"), 0 },
        { "UTF-8 surrogate", CHARSET_UTF8, S_INIT("\xed\xa0\x80"),
          S_INIT("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"), 3 },
        { "UTF-8 cut", CHARSET_UTF8, S_INIT("a\xe5\xbc"), S_INIT("a\xef\xbf\xbd\xef\xbf\xbd"), 2 },
        { "a real U+FFFD is no error", CHARSET_UTF8, S_INIT("\xef\xbf\xbd"), S_INIT("\xef\xbf\xbd"),
          0 },
        { "NUL", CHARSET_UTF8, S_INIT("a\0b"),
          S_INIT("a\xef\xbf\xbd"
                 "b"),
          1 },
        { "NUL in GBK", CHARSET_GB18030, S_INIT("a\0b"),
          S_INIT("a\xef\xbf\xbd"
                 "b"),
          1 },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        int64_t errors = 0;
        Str got = whole(STORIES[i].from, STORIES[i].bytes, &errors);
        CHECK_ROW(str_eq(got, STORIES[i].want), "%s: " STR_FMT, STORIES[i].what, STR_ARG(got));
        CHECK_ROW(errors == STORIES[i].errors, "%s: %d errors", STORIES[i].what, (int)errors);
        got = decoded(STORIES[i].from, STORIES[i].bytes, 1, &errors);
        CHECK_ROW(str_eq(got, STORIES[i].want), "by bytes: %s: " STR_FMT, STORIES[i].what,
                  STR_ARG(got));
        CHECK_ROW(errors == STORIES[i].errors, "%s: %d errors", STORIES[i].what, (int)errors);
    }
}

TEST(decoder_by_any_step_equals_whole_on_noise)
{
    static const size_t STEPS[] = { 1, 2, 3, 7, 4096 };
    uint64_t state = 42;
    char noise[9000];
    for (size_t i = 0; i < sizeof(noise); i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        noise[i] = (char)(state >> 56);
    }
    for (int c = 0; c < CHARSETS; c++) {
        Str bytes = { noise, sizeof(noise) };
        int64_t want_errors = 0;
        Str want = whole((Charset)c, bytes, &want_errors);
        CHECK_ROW(utf8_valid(want), "%s", charset_name((Charset)c));
        for (size_t i = 0; i < ARRAY_LEN(STEPS); i++) {
            int64_t errors = 0;
            Str got = decoded((Charset)c, bytes, STEPS[i], &errors);
            CHECK_ROW(str_eq(got, want) && errors == want_errors, "%s by %zu",
                      charset_name((Charset)c), STEPS[i]);
        }
    }
}

TEST(decoder_reads_real_exports)
{
    static const struct Story {
        const char *file;
        Charset want;
    } STORIES[] = {
        { "ExportOrderList_gbk.csv", CHARSET_GB18030 },
        { "ExportOrderList_gbk_bare.csv", CHARSET_GB18030 },
        { "ExportOrderList_gb18030.csv", CHARSET_GB18030 },
        { "ExportOrderList_utf8bom.csv", CHARSET_UTF8_BOM },
    };
    if (kit_shared() == NULL) {
        kit_skip("no shared data");
        return;
    }
    Str first_line = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Str path = arena_fmt(kit_arena(), "%s/cn/synthetic/%s", kit_shared(), STORIES[i].file);
        Str bytes = kit_file(path.ptr);
        Charset got = charset_detect(str_sub(bytes, 0, 65536), false);
        CHECK_ROW(got == STORIES[i].want, "%s: %s", STORIES[i].file, charset_name(got));
        int64_t errors = -1;
        Str text = whole(got, bytes, &errors);
        CHECK_INT(errors, 0);
        CHECK(utf8_valid(text) && text.len + 3 >= bytes.len);
        int64_t by_bytes_errors = -1;
        CHECK(str_eq(decoded(got, bytes, 1, &by_bytes_errors), text));
        CHECK(str_find(text, S("交易成功"), 0) < text.len);
        Str line = { text.ptr, str_find_char(text, '\n', 0) };
        if (i == 0)
            first_line = line;
        CHECK_ROW(str_find(line, S("买家"), 0) < line.len, "%s: " STR_FMT, STORIES[i].file,
                  STR_ARG(line));
        CHECK_ROW(i == 1 || str_eq(line, first_line), "%s: another first line", STORIES[i].file);
    }
}
