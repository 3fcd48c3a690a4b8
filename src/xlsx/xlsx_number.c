// Numbers as people wrote them. A sheet stores 0.1 as 0.10000000000000001 and days as serial
// numbers with a format beside them.
#include "xlsx/xlsx_internal.h"

#include <stdio.h>
#include <stdlib.h>

NumberKind number_kind_of_id(int64_t id)
{
    if (id == 22)
        return KIND_DATE_TIME;
    if (id == 46)
        return KIND_ELAPSED;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 ||
        id == 56)
        return KIND_TIME;
    // 27 to 58 are the dates of East Asian versions.
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58)
        return KIND_DATE;
    return KIND_NUMBER;
}

typedef struct Letters {
    bool date, time, month_or_minute, elapsed;
} Letters;

// [h], [mm], [ss] count hours, minutes, seconds on; other brackets are colours or conditions.
static size_t bracket(Str code, size_t at, Letters *l)
{
    size_t end = str_find_char(code, ']', at);
    Str inner = str_sub(code, at + 1, end - at - 1);
    bool same = inner.len > 0;
    char first = same ? ascii_lower(inner.ptr[0]) : '\0';
    for (size_t i = 0; i < inner.len; i++)
        same = same && ascii_lower(inner.ptr[i]) == first;
    if (same && (first == 'h' || first == 'm' || first == 's'))
        l->elapsed = true;
    return end;
}

// Returns the position of the last byte that belongs to the token at `at`.
static size_t token(Str code, size_t at, Letters *l)
{
    Str rest = str_sub(code, at, code.len);
    if (str_ieq(str_sub(rest, 0, 7), S("general")))
        return at + 6;
    if (str_ieq(str_sub(rest, 0, 5), S("am/pm"))) {
        l->time = true;
        return at + 4;
    }
    if (str_ieq(str_sub(rest, 0, 3), S("a/p"))) {
        l->time = true;
        return at + 2;
    }
    switch (ascii_lower(code.ptr[at])) {
    case '"': return str_find_char(code, '"', at + 1);
    case '\\':
    case '_':
    case '*': return at + 1;
    case '[': return bracket(code, at, l);
    case 'e': // era year, or the exponent of 0.00E+00
        l->date |= rest.len < 2 || (rest.ptr[1] != '+' && rest.ptr[1] != '-');
        return at;
    case 'y':
    case 'd': l->date = true; return at;
    case 'h':
    case 's': l->time = true; return at;
    case 'm': l->month_or_minute = true; return at;
    default: return at;
    }
}

NumberKind number_kind_of_format(Str code)
{
    Letters l = { 0 };
    for (size_t at = 0; at < code.len && code.ptr[at] != ';'; at++)
        at = token(code, at, &l);
    if (l.elapsed)
        return KIND_ELAPSED;
    if (l.month_or_minute && !l.time)
        l.date = true;
    if (l.date)
        return l.time ? KIND_DATE_TIME : KIND_DATE;
    return l.time ? KIND_TIME : KIND_NUMBER;
}

// Digits of a decimal number, as written.
typedef struct Decimals {
    bool negative, has_exponent;
    Str whole, fraction;
} Decimals;

static Str digits(Str *s)
{
    size_t n = 0;
    while (n < s->len && ascii_is_digit(s->ptr[n]))
        n++;
    Str run = { s->ptr, n };
    *s = str_sub(*s, n, s->len);
    return run;
}

static bool decimals_parse(Str s, Decimals *ret)
{
    *ret = (Decimals){ .negative = s.len > 0 && s.ptr[0] == '-' };
    if (ret->negative)
        s = str_sub(s, 1, s.len);
    ret->whole = digits(&s);
    if (s.len > 0 && s.ptr[0] == '.') {
        s = str_sub(s, 1, s.len);
        ret->fraction = digits(&s);
    }
    if (ret->whole.len + ret->fraction.len == 0)
        return false;
    if (s.len > 0 && ascii_lower(s.ptr[0]) == 'e') {
        ret->has_exponent = true;
        s = str_sub(s, 1, s.len);
        if (s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+'))
            s = str_sub(s, 1, s.len);
        if (digits(&s).len == 0)
            return false;
    }
    return s.len == 0;
}

static void add(char out[NUMBER_TEXT], size_t *n, Str s)
{
    size_t room = NUMBER_TEXT - *n;
    size_t len = s.len < room ? s.len : room;
    if (len > 0)
        memcpy(out + *n, s.ptr, len);
    *n += len;
}

// sign, whole, fraction without the zeros that say nothing
static Str plain(char out[NUMBER_TEXT], bool negative, Str whole, Str fraction)
{
    while (whole.len > 1 && whole.ptr[0] == '0')
        whole = str_sub(whole, 1, whole.len);
    while (fraction.len > 0 && fraction.ptr[fraction.len - 1] == '0')
        fraction.len--;
    if (whole.len == 0)
        whole = S("0");
    bool zero = fraction.len == 0 && str_eq(whole, S("0"));
    size_t n = 0;
    if (negative && !zero)
        add(out, &n, S("-"));
    add(out, &n, whole);
    if (fraction.len > 0) {
        add(out, &n, S("."));
        add(out, &n, fraction);
    }
    return (Str){ out, n };
}

// The fewest digits that give the same double again, without an exponent where that stays short.
static Str shortest(char out[NUMBER_TEXT], double d)
{
    char e[40];
    for (int precision = 14; precision <= 16; precision++) {
        (void)snprintf(e, sizeof(e), "%.*e", precision, d);
        double back = strtod(e, NULL);
        if (memcmp(&back, &d, sizeof(d)) == 0)
            break;
    }
    bool negative = e[0] == '-';
    char *first = e + negative;
    char *mark = strchr(e, 'e');
    check(mark != NULL);
    long exponent = strtol(mark + 1, NULL, 10);
    // "d.ddd" to "dddd"
    char figures[24] = { first[0] };
    size_t count = 1;
    for (const char *p = first + 2; p < mark; p++)
        figures[count++] = *p;
    while (count > 1 && figures[count - 1] == '0')
        count--;
    static const char ZEROS[] = "000000000000000000000000";
    char whole[48];
    if (exponent < -9 || exponent > 20) {
        int n = snprintf(out, NUMBER_TEXT, "%s%c%s%.*sE%+ld", negative ? "-" : "", figures[0],
                         count > 1 ? "." : "", (int)(count - 1), figures + 1, exponent);
        return (Str){ out, (size_t)n };
    }
    if (exponent < 0) {
        int n = snprintf(whole, sizeof(whole), "%.*s%.*s", (int)(-exponent - 1), ZEROS, (int)count,
                         figures);
        return plain(out, negative, S("0"), (Str){ whole, (size_t)n });
    }
    size_t before = (size_t)exponent + 1;
    size_t taken = count < before ? count : before;
    int n = snprintf(whole, sizeof(whole), "%.*s%.*s", (int)taken, figures, (int)(before - taken),
                     ZEROS);
    return plain(out, negative, (Str){ whole, (size_t)n }, (Str){ figures + taken, count - taken });
}

// Days since 1970 of a serial day; 1900 was no leap year, but serial 60 is its February 29th.
static int32_t day_of_serial(int64_t serial, bool is_1904)
{
    if (is_1904)
        return (int32_t)(serial - 24107);
    return (int32_t)(serial - (serial < 60 ? 25568 : 25569));
}

static bool dated(char out[NUMBER_TEXT], double serial, NumberKind kind, bool is_1904, int *ret_n)
{
    enum { LAST_DAY = 2958465 };
    if (!(serial >= 0 && serial < LAST_DAY + 1 - (is_1904 ? 1462 : 0)))
        return false;
    int64_t second = (int64_t)(serial * 86400 + 0.5);
    int64_t day = second / 86400;
    int hour = (int)(second / 3600 % 24);
    int minute = (int)(second / 60 % 60);
    int sec = (int)(second % 60);
    if (kind == KIND_ELAPSED) {
        *ret_n =
            snprintf(out, NUMBER_TEXT, "%lld:%02d:%02d", (long long)(second / 3600), minute, sec);
        return true;
    }
    bool has_day = day > 0 || is_1904;
    if (kind != KIND_DATE && (day == 0 && (kind == KIND_TIME || !has_day))) {
        *ret_n = snprintf(out, NUMBER_TEXT, "%02d:%02d:%02d", hour, minute, sec);
        return true;
    }
    if (!has_day)
        return false;
    // A date format shows the day it stands on, however near to the next.
    int64_t shown = kind == KIND_DATE ? (int64_t)serial : day;
    if (!is_1904 && shown == 0)
        return false;
    Date d = shown == 60 && !is_1904 ? (Date){ 1900, 2, 29 }
                                     : day_to_date((Day){ day_of_serial(shown, is_1904) });
    int n = snprintf(out, NUMBER_TEXT, "%04d-%02d-%02d", d.year, d.month, d.day);
    if (kind != KIND_DATE)
        n += snprintf(out + n, (size_t)(NUMBER_TEXT - n), " %02d:%02d:%02d", hour, minute, sec);
    *ret_n = n;
    return d.year <= 9999;
}

Str number_text(char out[NUMBER_TEXT], Str v, NumberKind kind, bool is_1904)
{
    char z[64];
    Decimals parsed;
    if (!decimals_parse(v, &parsed) || v.len >= NUMBER_TEXT) {
        size_t n = 0;
        add(out, &n, v);
        return (Str){ out, n };
    }
    bool short_enough = v.len < sizeof(z);
    memcpy(z, v.ptr, short_enough ? v.len : 0);
    z[short_enough ? v.len : 0] = '\0';
    int n = 0;
    if (kind != KIND_NUMBER && short_enough && dated(out, strtod(z, NULL), kind, is_1904, &n))
        return (Str){ out, (size_t)n };
    // Whole numbers are exact as they stand, whatever their length; so are 15 digits.
    bool exact = parsed.fraction.len == 0 || parsed.whole.len + parsed.fraction.len <= 15;
    if (!parsed.has_exponent && (exact || !short_enough))
        return plain(out, parsed.negative, parsed.whole, parsed.fraction);
    double d = short_enough ? strtod(z, NULL) : 0;
    if (!short_enough || !(d > -1e308 && d < 1e308)) {
        size_t len = 0;
        add(out, &len, v);
        return (Str){ out, len };
    }
    return shortest(out, d);
}
