// Normal forms, and the characters that have no business in a name.
#include "text/text.h"

#include "text/icu.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

// Length of a character at s[i] that both normal forms leave alone: ASCII, or one of U+3400 to
// U+9FFF, which are the Han characters of nearly every name we see. 0 for anything else.
static size_t inert(Str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.ptr + i;
    if (p[0] < 0x80)
        return p[0] != 0;
    if (s.len - i < 3 || p[0] < 0xe3 || p[0] > 0xe9 || (p[0] == 0xe3 && p[1] < 0x90))
        return 0;
    return (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 ? 3 : 0;
}

static bool is_inert(Str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t n = inert(s, i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

// Blanks collapsed and cut at both ends, ASCII in lower case; `wide` looks for blanks beyond ASCII.
static Str squeeze(Arena *a, Str s, bool wide)
{
    char *to = arena_array(a, char, s.len + 1);
    size_t len = 0;
    bool blank = false;
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        uint32_t cp = (unsigned char)s.ptr[i];
        if (cp < 0x80)
            i++;
        else if (wide)
            cp = utf8_next(s, &i);
        else
            i += 3;
        if (cp <= 0x20 || cp == 0x7f ||
            (wide && cp >= 0x80 && (u_isUWhiteSpace((UChar32)cp) || u_iscntrl((UChar32)cp)))) {
            blank = len > 0;
            continue;
        }
        if (blank)
            to[len++] = ' ';
        blank = false;
        if (cp < 0x80) {
            to[len++] = ascii_lower((char)cp);
            continue;
        }
        memcpy(to + len, s.ptr + from, i - from);
        len += i - from;
    }
    return (Str){ to, len };
}

static Str normalized(Arena *a, const UNormalizer2 *form, Str s)
{
    Wide from = wide_from(a, s);
    UErrorCode err = U_ZERO_ERROR;
    int32_t cap = from.len + 32;
    Wide to = { arena_array(a, UChar, (size_t)cap), 0 };
    to.len = unorm2_normalize(form, from.ptr, from.len, to.ptr, cap, &err);
    if (err == U_BUFFER_OVERFLOW_ERROR) {
        // One character may become eighteen (U+FDFA).
        err = U_ZERO_ERROR;
        cap = to.len + 1;
        to.ptr = arena_array(a, UChar, (size_t)cap);
        to.len = unorm2_normalize(form, from.ptr, from.len, to.ptr, cap, &err);
    }
    return wide_to(a, U_SUCCESS(err) ? to : from);
}

Str text_fold(Arena *a, Str s)
{
    if (is_inert(s))
        return squeeze(a, s, false);
    UErrorCode err = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&err);
    return squeeze(a, U_SUCCESS(err) ? normalized(a, form, s) : wide_to(a, wide_from(a, s)), true);
}

Str text_nfc(Arena *a, Str s)
{
    if (is_inert(s))
        return arena_dup(a, s);
    UErrorCode err = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&err);
    return U_SUCCESS(err) ? normalized(a, form, s) : wide_to(a, wide_from(a, s));
}

typedef struct Range {
    uint32_t from, to;
} Range;

// Invisible, or turning the text around. Sorted.
static const Range UNCLEAN[] = {
    { 0x00ad, 0x00ad }, { 0x034f, 0x034f },   { 0x061c, 0x061c }, // soft hyphen, joiner, ALM
    { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 },   { 0x180b, 0x180f }, // fillers, Mongolian marks
    { 0x200b, 0x200f }, { 0x2028, 0x202e },   { 0x2060, 0x206f }, // zero width, bidi, lines
    { 0x3164, 0x3164 }, { 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 }, // Hangul fillers, BOM
    { 0xfff0, 0xfffb }, { 0xe0000, 0xe007f },                     // annotation, tags
};

static bool is_unclean(uint32_t cp)
{
    if (cp < 0xa0)
        return cp < 0x20 || cp >= 0x7f;
    for (size_t i = 0; i < ARRAY_LEN(UNCLEAN) && UNCLEAN[i].from <= cp; i++)
        if (cp <= UNCLEAN[i].to)
            return true;
    return false;
}

static bool is_pictograph(uint32_t cp)
{
    return cp == 0xfe0f || (cp >= 0x1f3fb && cp <= 0x1f3ff) ||
           u_hasBinaryProperty((UChar32)cp, UCHAR_EXTENDED_PICTOGRAPHIC);
}

// A family or a flag is several pictographs joined by U+200D. Free text may hold them.
static bool joins_pictographs(Str s, uint32_t before, size_t next)
{
    return next < s.len && is_pictograph(before) && is_pictograph(utf8_next(s, &next));
}

bool text_is_clean(Str s, bool multiline)
{
    enum { ZERO_WIDTH_JOINER = 0x200d };
    uint32_t before = 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t cp = (unsigned char)s.ptr[i] < 0x80 ? (unsigned char)s.ptr[i++] : utf8_next(s, &i);
        bool allowed = multiline && (cp == '\n' || cp == '\t' ||
                                     (cp == ZERO_WIDTH_JOINER && joins_pictographs(s, before, i)));
        if (is_unclean(cp) && !allowed)
            return false;
        before = cp;
    }
    return true;
}
