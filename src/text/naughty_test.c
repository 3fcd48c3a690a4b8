// Every naughty string through every function: nothing crashes, whatever comes out is valid UTF-8.
#include "text/text.h"

#include "kit/kit.h"

#include <jansson.h>

static bool clean_token(Str t)
{
    return t.len > 1 && utf8_valid(t) && str_find_char(t, ' ', 0) == t.len &&
           str_find_char(t, '"', 0) == t.len && str_find_char(t, '\'', 0) == t.len;
}

static void tokens(Arena *a, Str s)
{
    Tokens t = text_name_tokens(a, s);
    CHECK(t.len <= 64);
    for (size_t i = 0; i < t.len; i++)
        CHECK_ROW(clean_token(t.ptr[i]), STR_FMT " of " STR_FMT, STR_ARG(t.ptr[i]), STR_ARG(s));
    QueryTokens q = text_query_tokens(a, s);
    for (size_t i = 0; i < q.len; i++)
        CHECK_ROW(clean_token(q.ptr[i].token), STR_FMT " of " STR_FMT, STR_ARG(q.ptr[i].token),
                  STR_ARG(s));
}

static void texts(Arena *a, Str s)
{
    Str folded = text_fold(a, s);
    CHECK_ROW(utf8_valid(folded), STR_FMT, STR_ARG(s));
    CHECK_STR(text_fold(a, folded), folded);
    CHECK_ROW(utf8_valid(text_nfc(a, s)), STR_FMT, STR_ARG(s));
    Str pinyin[2] = { text_pinyin(a, s, true), text_pinyin(a, s, false) };
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < pinyin[i].len; k++) {
            char c = pinyin[i].ptr[k];
            CHECK_ROW(c == ' ' || ascii_is_digit(c) || (c >= 'a' && c <= 'z'), STR_FMT, STR_ARG(s));
        }
    (void)text_is_clean(s, true);
}

static void checks(Arena *a, Str s)
{
    static Str (*const MASKS[])(Arena * a, Str s) = { mask_phone, mask_email, mask_idno, mask_name,
                                                      mask_text };
    for (size_t i = 0; utf8_valid(s) && i < ARRAY_LEN(MASKS); i++)
        CHECK_ROW(utf8_valid(MASKS[i](a, s)), STR_FMT, STR_ARG(s));
    Str got = S("untouched");
    if (phone_parse(a, s, S("CN"), &got) == PHONE_INVALID)
        CHECK_STR(got, S("untouched"));
    CHECK(utf8_valid(got));
    (void)phone_format(a, s, S("CN"));
    if (email_parse(a, s, &got))
        CHECK(utf8_valid(got));
    Day birth = { 0 };
    bool female = false;
    CHECK(!idno_parse(a, s, &got, &birth, &female));
}

static void times(Str s)
{
    const Zone *z = NULL;
    const Zone *shanghai = NULL;
    Status found = zone_find(kit_ctx(), s, &z);
    CHECK(found == STATUS_OK || found == STATUS_INVALID);
    CHECK_OK(zone_find(kit_ctx(), S("Asia/Shanghai"), &shanghai));
    Instant t = { 0 };
    Day d = { 0 };
    (void)text_time(s, shanghai, true, &t);
    (void)text_day(s, false, &d);
}

static void decoders(Arena *a, Str s)
{
    (void)charset_detect(s, true);
    for (int c = 0; c < CHARSETS; c++) {
        CLEANUP(decoder_close) Decoder *d = decoder_open(a, (Charset)c);
        CHECK(utf8_valid(decoder_feed(d, a, s, true)));
    }
}

static void everything(Str s)
{
    Arena a = { 0 };
    texts(&a, s);
    tokens(&a, s);
    checks(&a, s);
    times(s);
    decoders(&a, s);
    arena_reset(&a);
}

TEST(naughty_strings)
{
    json_error_t error;
    json_t *all = json_load_file("test/data/text/blns.json", 0, &error);
    CHECK_ROW(all != NULL, "%s", error.text);
    CHECK(json_array_size(all) > 500);
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        everything((Str){ json_string_value(one), json_string_length(one) });
    }
    json_decref(all);
}

TEST(bytes_that_are_no_text)
{
    static const Str BYTES[] = {
        S_INIT("\xff\xfe\xfd"), S_INIT("\xe5\xbc"),     S_INIT("张\xe4"),   S_INIT("\0"),
        S_INIT("a\0b"),         S_INIT("\xed\xa0\x80"), S_INIT("\x80"),     S_INIT("张\xff三"),
        S_INIT("\xe4\xb8\0"),   S_INIT("\xf0\x9f\x92"), S_INIT("\xc0\x80"),
    };
    for (size_t i = 0; i < ARRAY_LEN(BYTES); i++)
        everything(BYTES[i]);
    everything((Str){ 0 });
}
