#include "base/utf8.h"

// Length of a valid sequence at s[i], 0 when there is none; the code point goes to *cp.
static size_t sequence(Str s, size_t i, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s.ptr + i;
    size_t left = s.len - i;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    size_t n = p[0] >= 0xc2 && p[0] <= 0xdf   ? 2
               : p[0] >= 0xe0 && p[0] <= 0xef ? 3
               : p[0] >= 0xf0 && p[0] <= 0xf4 ? 4
                                              : 0;
    if (n == 0 || n > left)
        return 0;
    uint32_t c = p[0] & (0x7fu >> n);
    for (size_t k = 1; k < n; k++) {
        if ((p[k] & 0xc0) != 0x80)
            return 0;
        c = (c << 6) | (p[k] & 0x3fu);
    }
    if ((n == 3 && c < 0x800) || (n == 4 && c < 0x10000) || c > 0x10ffff ||
        (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *cp = c;
    return n;
}

bool utf8_valid(Str s)
{
    for (size_t i = 0; i < s.len;) {
        uint32_t cp = 0;
        size_t n = sequence(s, i, &cp);
        if (n == 0 || cp == 0)
            return false;
        i += n;
    }
    return true;
}

size_t utf8_count(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xc0) != 0x80;
    return n;
}

uint32_t utf8_next(Str s, size_t *at)
{
    uint32_t cp = 0xfffd;
    size_t n = sequence(s, *at, &cp);
    *at += n == 0 ? 1 : n;
    return n == 0 ? 0xfffd : cp;
}

size_t utf8_put(char out[4], uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t k = n - 1; k > 0; k--) {
        out[k] = (char)(0x80u | (cp & 0x3fu));
        cp >>= 6;
    }
    static const unsigned char LEAD[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    out[0] = (char)(LEAD[n] | cp);
    return n;
}

Str utf8_left(Str s, size_t n)
{
    size_t at = 0;
    while (at < s.len && n > 0) {
        (void)utf8_next(s, &at);
        n--;
    }
    return (Str){ s.ptr, at };
}

bool utf8_is_han(uint32_t cp)
{
    return (cp >= 0x4e00 && cp <= 0x9fff) || (cp >= 0x3400 && cp <= 0x4dbf) ||
           (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x323af) || cp == 0x3007;
}
