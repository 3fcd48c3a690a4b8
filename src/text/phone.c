// Phone numbers. libphonenumber takes about 50 us each; nearly all of ours are plain Chinese
// mobile numbers, which are recognised here with the library's own verdict on their first five
// digits, asked once per process and prefix.
#include "text/text.h"

#include "text/phone_lib.h"

#include <stdatomic.h>

enum { MOBILE = 11, PREFIXES = 10000, TEXT_MAX = 250 };

typedef enum Verdict { VERDICT_UNASKED, VERDICT_MOBILE, VERDICT_ASK_ALWAYS } Verdict;

static _Atomic unsigned char verdicts[PREFIXES]; // by the digits 2 to 5

// Whether every number with these first five digits is a mobile one. All known rules of mobile
// ranges end within them.
static bool is_mobile(const char digits[MOBILE])
{
    size_t prefix = 0;
    for (size_t i = 1; i < 5; i++)
        prefix = prefix * 10 + (size_t)(digits[i] - '0');
    unsigned char known = atomic_load_explicit(&verdicts[prefix], memory_order_relaxed);
    if (known != VERDICT_UNASKED)
        return known == VERDICT_MOBILE;
    char out[PHONE_LIB_TEXT];
    size_t len = 0;
    char sample[MOBILE + 1] = { 0 };
    memcpy(sample, digits, MOBILE);
    int kind = phone_lib_parse(sample, MOBILE, "CN", out, &len);
    bool same = kind == PHONE_LIB_MOBILE && len == MOBILE + 3 && memcmp(out, "+86", 3) == 0 &&
                memcmp(out + 3, digits, MOBILE) == 0;
    atomic_store_explicit(&verdicts[prefix], same ? VERDICT_MOBILE : VERDICT_ASK_ALWAYS,
                          memory_order_relaxed);
    return same;
}

// Plain writings of a Chinese mobile number: 11 digits, with +86, 0086 or 86 before them, with
// blanks and dashes between. False for everything else, which the library decides.
static bool plain_mobile(Str s, bool in_china, char ret[MOBILE])
{
    char digits[MOBILE + 4];
    size_t n = 0;
    bool plus = s.len > 0 && s.ptr[0] == '+';
    for (size_t i = plus ? 1 : 0; i < s.len; i++) {
        char c = s.ptr[i];
        if ((c == ' ' || c == '-') && n > 0)
            continue;
        if (!ascii_is_digit(c) || n == sizeof(digits))
            return false;
        digits[n++] = c;
    }
    if (s.len == 0 || !ascii_is_digit(s.ptr[s.len - 1]) || n < MOBILE || (!plus && !in_china))
        return false;
    size_t before = n - MOBILE;
    bool country = (before == 2 && memcmp(digits, "86", 2) == 0) ||
                   (before == 4 && !plus && memcmp(digits, "0086", 4) == 0);
    if (before == 0 ? plus : !country)
        return false;
    memcpy(ret, digits + before, MOBILE);
    return ret[0] == '1' && ret[1] >= '3' && is_mobile(ret);
}

// "*" and "xx" hide digits; the library would skip them.
static bool is_masked(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char next = i + 1 < s.len ? ascii_lower(s.ptr[i + 1]) : '\0';
        if (s.ptr[i] == '*' || (ascii_lower(s.ptr[i]) == 'x' && next == 'x'))
            return true;
    }
    return str_find(s, S("＊"), 0) < s.len || str_find(s, S("•"), 0) < s.len ||
           str_find(s, S("●"), 0) < s.len;
}

// Chinese words for an extension become the one the library knows.
static Str with_ext(Arena *a, Str s)
{
    static const Str WORDS[] = { S_INIT("分机号"), S_INIT("分机"), S_INIT("转") };
    for (size_t i = 0; i < ARRAY_LEN(WORDS); i++) {
        size_t at = str_find(s, WORDS[i], 0);
        size_t behind = at + WORDS[i].len;
        if (at < s.len)
            return arena_fmt(a, STR_FMT " ext " STR_FMT, (int)at, s.ptr, (int)(s.len - behind),
                             s.ptr + behind);
    }
    return s;
}

// Two letters in upper case; "ZZ" (no country: only numbers with + are understood) otherwise.
static void region_code(Str region, char ret[3])
{
    memcpy(ret, "ZZ", 3);
    if (region.len != 2 || !ascii_is_alpha(region.ptr[0]) || !ascii_is_alpha(region.ptr[1]))
        return;
    ret[0] = (char)(ascii_lower(region.ptr[0]) - 32);
    ret[1] = (char)(ascii_lower(region.ptr[1]) - 32);
}

PhoneKind phone_parse(Arena *a, Str s, Str region, Str *ret_e164)
{
    s = str_trim(s);
    if (s.len == 0 || s.len > TEXT_MAX)
        return PHONE_INVALID;
    char code[3];
    region_code(region, code);
    char digits[MOBILE];
    if (plain_mobile(s, strcmp(code, "CN") == 0, digits)) {
        char *to = arena_array(a, char, MOBILE + 4);
        memcpy(to, "+86", 3);
        memcpy(to + 3, digits, MOBILE);
        *ret_e164 = (Str){ to, MOBILE + 3 };
        return PHONE_MOBILE;
    }
    if (is_masked(s))
        return PHONE_INVALID;
    s = with_ext(a, s);
    char out[PHONE_LIB_TEXT];
    size_t len = 0;
    int kind = phone_lib_parse(s.ptr, s.len, code, out, &len);
    if (kind == PHONE_LIB_INVALID)
        return PHONE_INVALID;
    *ret_e164 = arena_dup(a, (Str){ out, len });
    return kind == PHONE_LIB_MOBILE  ? PHONE_MOBILE
           : kind == PHONE_LIB_FIXED ? PHONE_FIXED
                                     : PHONE_OTHER;
}

Str phone_format(Arena *a, Str e164, Str region)
{
    char code[3];
    region_code(region, code);
    char digits[MOBILE];
    if (e164.len == MOBILE + 3 && plain_mobile(e164, true, digits))
        return arena_fmt(a, "%s%.3s %.4s %.4s", strcmp(code, "CN") == 0 ? "" : "+86 ", digits,
                         digits + 3, digits + 7);
    char out[PHONE_LIB_TEXT];
    size_t len = 0;
    if (e164.len == 0 || e164.len > TEXT_MAX ||
        phone_lib_format(e164.ptr, e164.len, code, out, &len) == 0)
        return arena_dup(a, e164);
    return arena_dup(a, (Str){ out, len });
}
