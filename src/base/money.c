#include "base/money.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>

// Digits with one optional point; at most four significant decimals. No sign.
static bool unsigned_e4(Str s, uint64_t *ret)
{
    uint64_t v = 0;
    int decimals = -1;
    bool any = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (!ascii_is_digit(c))
            return false;
        any = true;
        if (decimals >= 4) {
            if (c != '0')
                return false;
            continue;
        }
        if (decimals >= 0)
            decimals++;
        if (__builtin_mul_overflow(v, 10u, &v) ||
            __builtin_add_overflow(v, (uint64_t)(c - '0'), &v))
            return false;
    }
    for (int d = decimals < 0 ? 0 : decimals; d < 4; d++)
        if (__builtin_mul_overflow(v, 10u, &v))
            return false;
    *ret = v;
    return any && v <= INT64_MAX;
}

bool money_parse(Str s, int64_t *ret_e4)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    if (s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+'))
        s = str_sub(s, 1, s.len);
    uint64_t v = 0;
    if (!unsigned_e4(s, &v))
        return false;
    *ret_e4 = negative ? -(int64_t)v : (int64_t)v;
    return true;
}

static const Str UNITS[] = {
    S_INIT("￥"), S_INIT("¥"),  S_INIT("$"),   S_INIT("€"),   S_INIT("£"),
    S_INIT("元"), S_INIT("圆"), S_INIT("RMB"), S_INIT("CNY"), S_INIT("USD"),
    S_INIT("US"), S_INIT("HK"), S_INIT("EUR"), S_INIT("GBP"),
};

// Cuts one currency word at the start or end; false when there is none.
static bool cut_unit(Str *s)
{
    for (const Str *u = UNITS; u < UNITS + ARRAY_LEN(UNITS); u++) {
        if (s->len > u->len && str_starts(*s, *u)) {
            *s = str_trim(str_sub(*s, u->len, s->len));
            return true;
        }
        if (s->len > u->len && str_ends(*s, *u)) {
            *s = str_trim((Str){ s->ptr, s->len - u->len });
            return true;
        }
    }
    return false;
}

// Full-width ASCII (U+FF01..FF5E) to plain, in place of a normaliser: numbers only.
static size_t narrow(Str s, char *out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len;) {
        if (n + 4 > max)
            return 0;
        uint32_t cp = utf8_next(s, &i);
        if (cp >= 0xff01 && cp <= 0xff5e && cp != 0xffe5)
            cp -= 0xfee0;
        n += utf8_put(out + n, cp);
    }
    return n;
}

// Thousands separators must stand every three digits before the point: "1,234,567.5".
static bool cut_thousands(char *p, size_t *len)
{
    size_t point = str_find_char((Str){ p, *len }, '.', 0);
    size_t n = 0;
    bool seen = false;
    size_t run = 0;
    for (size_t i = 0; i < *len; i++) {
        if (p[i] == ',') {
            if (i > point || run == 0 || run > 3 || (seen && run != 3))
                return false;
            seen = true;
            run = 0;
            continue;
        }
        if (i == point && seen && run != 3)
            return false;
        run++;
        p[n++] = p[i];
    }
    if (point == *len && seen && run != 3)
        return false;
    *len = n;
    return true;
}

bool money_parse_loose(Str s, bool comma_decimal, int64_t *ret_e4)
{
    char tmp[96];
    s = str_trim(s);
    size_t len = narrow(s, tmp, sizeof(tmp));
    Str t = str_trim((Str){ tmp, len });
    bool negative = false;
    if (t.len > 2 && t.ptr[0] == '(' && t.ptr[t.len - 1] == ')') {
        negative = true;
        t = str_trim(str_sub(t, 1, t.len - 2));
    }
    for (int turn = 0; turn < 4; turn++) {
        if (t.len > 1 && (t.ptr[0] == '-' || t.ptr[0] == '+')) {
            negative ^= t.ptr[0] == '-';
            t = str_trim(str_sub(t, 1, t.len));
        }
        if (!cut_unit(&t))
            break;
    }
    char *p = tmp + (t.ptr - tmp);
    if (comma_decimal)
        for (size_t i = 0; i < t.len; i++)
            p[i] = p[i] == ',' ? '.' : p[i] == '.' ? ',' : p[i];
    uint64_t v = 0;
    if (t.len == 0 || !cut_thousands(p, &t.len) || !unsigned_e4(t, &v))
        return false;
    *ret_e4 = negative ? -(int64_t)v : (int64_t)v;
    return true;
}

void money_add(Buf *b, int64_t e4, int min_decimals)
{
    uint64_t v = e4 < 0 ? 0 - (uint64_t)e4 : (uint64_t)e4;
    char tmp[32];
    int n = snprintf(tmp, sizeof(tmp), "%s%" PRIu64 ".%04" PRIu64, e4 < 0 ? "-" : "", v / MONEY_ONE,
                     v % MONEY_ONE);
    int drop = 4 - min_decimals;
    while (drop > 0 && tmp[n - 1] == '0') {
        n--;
        drop--;
    }
    if (tmp[n - 1] == '.')
        n--;
    buf_add(b, (Str){ tmp, (size_t)n });
}

Str money_str(Arena *a, int64_t e4, int min_decimals)
{
    Buf b = buf_new(a, 32);
    money_add(&b, e4, min_decimals);
    return buf_str(&b);
}

static bool round_div(__int128 n, __int128 d, int64_t *ret)
{
    if (d == 0)
        return false;
    if (d < 0) {
        n = -n;
        d = -d;
    }
    __int128 q = n >= 0 ? (n + d / 2) / d : (n - d / 2) / d;
    if (q > INT64_MAX || q < INT64_MIN)
        return false;
    *ret = (int64_t)q;
    return true;
}

bool money_mul(int64_t a_e4, int64_t b_e4, int64_t *ret_e4)
{
    return round_div((__int128)a_e4 * b_e4, MONEY_ONE, ret_e4);
}

bool money_div(int64_t a_e4, int64_t b_e4, int64_t *ret_e4)
{
    return round_div((__int128)a_e4 * MONEY_ONE, b_e4, ret_e4);
}

bool money_sum(int64_t a_e4, int64_t b_e4, int64_t *ret_e4)
{
    return !__builtin_add_overflow(a_e4, b_e4, ret_e4);
}
