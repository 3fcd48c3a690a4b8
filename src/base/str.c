#include "base/str.h"

int str_cmp(Str a, Str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n == 0 ? 0 : memcmp(a.ptr, b.ptr, n);
    if (c != 0)
        return c;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_ieq(Str a, Str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    return true;
}

bool str_starts(Str s, Str prefix)
{
    return s.len >= prefix.len && str_eq((Str){ s.ptr, prefix.len }, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.len >= suffix.len && str_eq((Str){ s.ptr + (s.len - suffix.len), suffix.len }, suffix);
}

Str str_sub(Str s, size_t from, size_t len)
{
    if (from >= s.len)
        return (Str){ 0 };
    size_t rest = s.len - from;
    return (Str){ s.ptr + from, len < rest ? len : rest };
}

size_t str_find(Str s, Str needle, size_t from)
{
    if (from >= s.len || needle.len > s.len - from)
        return s.len;
    if (needle.len == 0)
        return from;
    const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return hit == NULL ? s.len : (size_t)(hit - s.ptr);
}

size_t str_find_char(Str s, char c, size_t from)
{
    if (from >= s.len)
        return s.len;
    const char *hit = memchr(s.ptr + from, c, s.len - from);
    return hit == NULL ? s.len : (size_t)(hit - s.ptr);
}

// Length of the blank at the start of s: ASCII controls and blank, NBSP, ideographic blank, BOM.
static size_t blank_at_start(Str s)
{
    if (s.len >= 1 && (unsigned char)s.ptr[0] <= 0x20)
        return 1;
    if (str_starts(s, S("\xc2\xa0")))
        return 2;
    if (str_starts(s, S("\xe3\x80\x80")) || str_starts(s, S("\xef\xbb\xbf")))
        return 3;
    return 0;
}

static size_t blank_at_end(Str s)
{
    if (s.len >= 1 && (unsigned char)s.ptr[s.len - 1] <= 0x20)
        return 1;
    if (str_ends(s, S("\xc2\xa0")))
        return 2;
    if (str_ends(s, S("\xe3\x80\x80")) || str_ends(s, S("\xef\xbb\xbf")))
        return 3;
    return 0;
}

Str str_trim(Str s)
{
    for (size_t n = blank_at_start(s); n > 0; n = blank_at_start(s))
        s = (Str){ s.ptr + n, s.len - n };
    for (size_t n = blank_at_end(s); n > 0; n = blank_at_end(s))
        s.len -= n;
    return s;
}

Str str_split(Str *rest, char sep)
{
    size_t at = str_find_char(*rest, sep, 0);
    Str head = { rest->ptr, at };
    *rest = at == rest->len ? (Str){ 0 } : (Str){ rest->ptr + at + 1, rest->len - at - 1 };
    return head;
}

bool str_int(Str s, int64_t *ret)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    size_t i = s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0;
    if (i == s.len)
        return false;
    int64_t v = 0;
    for (; i < s.len; i++) {
        if (!ascii_is_digit(s.ptr[i]))
            return false;
        int64_t digit = s.ptr[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, negative ? -digit : digit, &v))
            return false;
    }
    *ret = v;
    return true;
}

uint64_t str_hash(Str s)
{
    uint64_t h = 1469598103934665603ull;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211ull;
    return h;
}
