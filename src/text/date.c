// Dates as exports write them. Never guesses: what does not fit the expected order is refused,
// because a column half read as d/m and half as m/d is worse than an error.
#include "text/text.h"

typedef struct Reader {
    Str s;
    size_t at;
} Reader;

// What was written. Either wall-clock time, maybe with its own offset, or an instant.
typedef struct When {
    Clock clock; // hour 24 is the next day's start
    bool has_offset;
    int64_t offset_minutes;
    bool is_instant;
    Instant instant;
} When;

static char peek(const Reader *r)
{
    return r->at < r->s.len ? r->s.ptr[r->at] : '\0';
}

static bool take(Reader *r, Str word)
{
    if (!str_starts((Str){ r->s.ptr + r->at, r->s.len - r->at }, word))
        return false;
    r->at += word.len;
    return true;
}

static bool take_letters(Reader *r, Str word)
{
    if (!str_ieq(str_sub(r->s, r->at, word.len), word))
        return false;
    r->at += word.len;
    return true;
}

// ASCII blanks, and the blanks spreadsheets put before AM and PM.
static bool take_blanks(Reader *r)
{
    size_t from = r->at;
    while (take(r, S(" ")) || take(r, S("\t")) || take(r, S("\xc2\xa0")) ||
           take(r, S("\xe2\x80\xaf")) || take(r, S("\xe3\x80\x80")))
        continue;
    return r->at > from;
}

// `min` to `max` digits (max at most 18), and no further digit behind them.
static bool take_number(Reader *r, size_t min, size_t max, int64_t *ret)
{
    int64_t v = 0;
    size_t n = 0;
    while (ascii_is_digit(peek(r)) && n < max) {
        v = v * 10 + (r->s.ptr[r->at++] - '0');
        n++;
    }
    *ret = v;
    return n >= min && !ascii_is_digit(peek(r));
}

static bool take_int(Reader *r, size_t min, size_t max, int32_t *ret)
{
    int64_t v = 0;
    bool good = take_number(r, min, max, &v);
    *ret = (int32_t)v;
    return good;
}

static size_t digits_ahead(const Reader *r)
{
    size_t n = 0;
    while (r->at + n < r->s.len && ascii_is_digit(r->s.ptr[r->at + n]))
        n++;
    return n;
}

static int32_t two_digits(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

// "20111209"
static void compact_date(Reader *r, Clock *c)
{
    const char *p = r->s.ptr + r->at;
    c->date =
        (Date){ two_digits(p) * 100 + two_digits(p + 2), two_digits(p + 4), two_digits(p + 6) };
    r->at += 8;
}

static bool compact_time(Reader *r, Clock *c)
{
    size_t n = digits_ahead(r);
    if (n != 4 && n != 6)
        return false;
    const char *p = r->s.ptr + r->at;
    c->hour = two_digits(p);
    c->minute = two_digits(p + 2);
    c->second = n == 6 ? two_digits(p + 4) : 0;
    r->at += n;
    return true;
}

// The fraction behind the point at r->at, in 10^-12; further digits are cut.
static int64_t take_fraction(Reader *r)
{
    int64_t scale = 100000000000;
    int64_t v = 0;
    for (; ascii_is_digit(peek(r)); r->at++) {
        v += (peek(r) - '0') * scale;
        scale /= 10;
    }
    return v;
}

// Days since 1899-12-30, which makes up for the 29 February 1900 that spreadsheets believe in.
// Five digits: 1927 to 2173. Fewer would be a plain number more often than a date.
static bool serial(Reader *r, Clock *c)
{
    enum { UNIX_EPOCH = 25569, FIRST = 10000 };
    int64_t days = 0;
    if (!take_number(r, 5, 5, &days) || days < FIRST)
        return false;
    int64_t fraction = 0;
    if (peek(r) == '.') {
        r->at++;
        fraction = take_fraction(r);
    }
    int64_t second = (fraction * 86400 + 500000000000) / 1000000000000;
    int64_t ms = ((days - UNIX_EPOCH) * 86400 + second) * 1000;
    *c = instant_to_clock((Instant){ ms });
    return r->at == r->s.len;
}

static bool epoch(Reader *r, size_t digits, When *w)
{
    int64_t v = 0;
    if (!take_number(r, digits, digits, &v))
        return false;
    int64_t ms = digits == 10 ? v * 1000 : v;
    if (digits == 10 && peek(r) == '.') {
        r->at++;
        ms += take_fraction(r) / 1000000000;
    }
    w->is_instant = true;
    w->instant = (Instant){ ms };
    return r->at == r->s.len;
}

// Digits, or digits with one point and digits: no other sign.
static bool is_number(Str s, size_t digits)
{
    size_t i = digits;
    if (i < s.len && s.ptr[i] == '.')
        i++;
    while (i < s.len && ascii_is_digit(s.ptr[i]))
        i++;
    return i == s.len;
}

static bool number(Reader *r, size_t digits, When *w)
{
    if (digits == 5)
        return serial(r, &w->clock);
    if (digits == 10 || digits == 13)
        return epoch(r, digits, w);
    if (digits != r->s.len || (digits != 8 && digits != 12 && digits != 14))
        return false;
    compact_date(r, &w->clock);
    return digits == 8 || compact_time(r, &w->clock);
}

static bool chinese_date(Reader *r, Date *d)
{
    if (!take_int(r, 1, 2, &d->month) || !take(r, S("月")) || !take_int(r, 1, 2, &d->day))
        return false;
    return take(r, S("日")) || take(r, S("号"));
}

static bool year_first(Reader *r, Date *d)
{
    if (!take_int(r, 4, 4, &d->year))
        return false;
    if (take(r, S("年")))
        return chinese_date(r, d);
    char sep = peek(r);
    if (sep != '-' && sep != '/' && sep != '.')
        return false;
    Str again = { &sep, 1 };
    return take(r, again) && take_int(r, 1, 2, &d->month) && take(r, again) &&
           take_int(r, 1, 2, &d->day);
}

static bool year_last(Reader *r, bool day_first, Date *d)
{
    int32_t first = 0;
    int32_t second = 0;
    if (!take_int(r, 1, 2, &first))
        return false;
    char sep = peek(r);
    if (sep != '-' && sep != '/' && sep != '.')
        return false;
    Str again = { &sep, 1 };
    if (!take(r, again) || !take_int(r, 1, 2, &second) || !take(r, again) ||
        !take_int(r, 4, 4, &d->year))
        return false;
    // Dates with points have the day first wherever they are written.
    bool swap = day_first || sep == '.';
    d->month = swap ? second : first;
    d->day = swap ? first : second;
    return true;
}

typedef enum HalfDay { HALF_NONE, HALF_AM, HALF_PM } HalfDay;

static HalfDay half_day(Reader *r)
{
    if (take(r, S("上午")) || take_letters(r, S("AM")))
        return HALF_AM;
    if (take(r, S("下午")) || take_letters(r, S("PM")))
        return HALF_PM;
    return HALF_NONE;
}

static bool half_day_apply(HalfDay half, Clock *c)
{
    if (half == HALF_NONE)
        return true;
    // 下午13:05 is written, 13:05 PM too; 上午13:05 cannot be.
    if (half == HALF_AM ? c->hour > 12 : c->hour > 23)
        return false;
    if (half == HALF_AM && c->hour == 12)
        c->hour = 0;
    if (half == HALF_PM && c->hour < 12)
        c->hour += 12;
    return true;
}

static void milliseconds(Reader *r, Clock *c)
{
    char next = r->at + 1 < r->s.len ? r->s.ptr[r->at + 1] : '\0';
    if ((peek(r) != '.' && peek(r) != ',') || !ascii_is_digit(next))
        return;
    r->at++;
    c->ms = (int32_t)(take_fraction(r) / 1000000000);
}

// "12:50", "12:50:00.123", "12时50分", "12点50分00秒"
static bool clock_digits(Reader *r, Clock *c)
{
    if (!take_int(r, 1, 2, &c->hour))
        return false;
    if (take(r, S("时")) || take(r, S("点"))) {
        if (!ascii_is_digit(peek(r)))
            return true;
        if (!take_int(r, 1, 2, &c->minute))
            return false;
        if (!take(r, S("分")) || !ascii_is_digit(peek(r)))
            return true;
        return take_int(r, 1, 2, &c->second) && take(r, S("秒"));
    }
    if (!take(r, S(":")) || !take_int(r, 2, 2, &c->minute))
        return false;
    if (!take(r, S(":")))
        return true;
    if (!take_int(r, 2, 2, &c->second))
        return false;
    milliseconds(r, c);
    return true;
}

// "Z", "UTC", "GMT", "+08:00", "-0530", "+08"
static bool offset(Reader *r, When *w)
{
    w->has_offset = true;
    if (take_letters(r, S("Z")) || take_letters(r, S("UTC")) || take_letters(r, S("GMT")))
        return true;
    int64_t sign = peek(r) == '-' ? -1 : 1;
    if (!take(r, S("+")) && !take(r, S("-")))
        return false;
    size_t n = digits_ahead(r);
    if (n != 2 && n != 4)
        return false;
    int64_t h = two_digits(r->s.ptr + r->at);
    int64_t m = n == 4 ? two_digits(r->s.ptr + r->at + 2) : 0;
    r->at += n;
    if (n == 2 && take(r, S(":")) && !take_number(r, 2, 2, &m))
        return false;
    w->offset_minutes = sign * (h * 60 + m);
    return h <= 18 && m <= 59;
}

static bool time_of_day(Reader *r, When *w)
{
    Clock *c = &w->clock;
    HalfDay half = half_day(r);
    (void)take_blanks(r);
    bool compact = digits_ahead(r) >= 4;
    if (compact ? !compact_time(r, c) : !clock_digits(r, c))
        return false;
    (void)take_blanks(r);
    if (half == HALF_NONE)
        half = half_day(r);
    (void)take_blanks(r);
    if (!half_day_apply(half, c))
        return false;
    return r->at == r->s.len || (offset(r, w) && r->at == r->s.len);
}

static bool clock_valid(const Clock *c)
{
    bool midnight = c->hour == 24 && c->minute == 0 && c->second == 0 && c->ms == 0;
    return date_valid(c->date) && (c->hour <= 23 || midnight) && c->minute <= 59 && c->second <= 59;
}

static bool when_parse(Str s, bool day_first, When *w)
{
    Reader r = { str_trim(s), 0 };
    *w = (When){ 0 };
    size_t digits = digits_ahead(&r);
    if (digits == 0)
        return false;
    if (is_number(r.s, digits))
        return number(&r, digits, w) && (w->is_instant || clock_valid(&w->clock));
    size_t before = r.at;
    if (digits == 8)
        compact_date(&r, &w->clock);
    else if (digits == 4 ? !year_first(&r, &w->clock.date)
                         : !year_last(&r, day_first, &w->clock.date))
        return false;
    bool chinese = r.at > before && !ascii_is_digit(r.s.ptr[r.at - 1]);
    if (r.at < r.s.len) {
        bool apart = take_blanks(&r) || take(&r, S("T")) || take(&r, S("t")) || chinese;
        if (!apart || !time_of_day(&r, w))
            return false;
    }
    return clock_valid(&w->clock);
}

bool text_time(Str s, const Zone *z, bool day_first, Instant *ret)
{
    When w;
    if (!when_parse(s, day_first, &w))
        return false;
    if (w.is_instant)
        *ret = w.instant;
    else if (w.has_offset)
        *ret = (Instant){ instant_from_clock(w.clock).ms - w.offset_minutes * 60000 };
    else
        *ret = zone_instant(z, w.clock);
    return true;
}

bool text_day(Str s, bool day_first, Day *ret)
{
    When w;
    if (!when_parse(s, day_first, &w) || w.is_instant)
        return false;
    Day d = day_from_date(w.clock.date);
    d.n += w.clock.hour == 24;
    *ret = d;
    return true;
}
