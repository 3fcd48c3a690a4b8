#include "base/day.h"

// Civil calendar from days and back by eras of 400 years (146,097 days), counted from 0000-03-01 so
// that the leap day is the last of its year.
Day day_from_date(Date d)
{
    int32_t y = d.month <= 2 ? d.year - 1 : d.year;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t year_of_era = y - era * 400;
    int32_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (Day){ era * 146097 + day_of_era - 719468 };
}

Date day_to_date(Day day)
{
    int32_t z = day.n + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t day_of_era = z - era * 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t m = (5 * day_of_year + 2) / 153;
    Date d = { .year = year_of_era + era * 400,
               .month = m < 10 ? m + 3 : m - 9,
               .day = day_of_year - (153 * m + 2) / 5 + 1 };
    d.year += d.month <= 2;
    return d;
}

int month_days(int32_t year, int32_t month)
{
    static const int DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : DAYS[month - 1];
}

bool date_valid(Date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= month_days(d.year, d.month);
}

int day_weekday(Day d)
{
    int w = (int)((d.n + 3) % 7);
    return w < 0 ? w + 7 : w;
}

Day day_add_months(Day d, int32_t n)
{
    Date date = day_to_date(d);
    int32_t months = date.year * 12 + (date.month - 1) + n;
    date.year = months / 12;
    date.month = months % 12 + 1;
    int last = month_days(date.year, date.month);
    date.day = date.day > last ? last : date.day;
    return day_from_date(date);
}

enum { DAY_MS = 86400000 };

Instant instant_from_clock(Clock c)
{
    int64_t of_day = ((c.hour * 60ll + c.minute) * 60 + c.second) * 1000 + c.ms;
    return (Instant){ (int64_t)day_from_date(c.date).n * DAY_MS + of_day };
}

Clock instant_to_clock(Instant t)
{
    int64_t day = t.ms / DAY_MS;
    int64_t rest = t.ms % DAY_MS;
    if (rest < 0) {
        rest += DAY_MS;
        day--;
    }
    return (Clock){ .date = day_to_date((Day){ (int32_t)day }),
                    .hour = (int32_t)(rest / 3600000),
                    .minute = (int32_t)(rest / 60000 % 60),
                    .second = (int32_t)(rest / 1000 % 60),
                    .ms = (int32_t)(rest % 1000) };
}

void day_add(Buf *b, Day d)
{
    Date date = day_to_date(d);
    buf_fmt(b, "%04d-%02d-%02d", date.year, date.month, date.day);
}

void instant_add(Buf *b, Instant t)
{
    Clock c = instant_to_clock(t);
    buf_fmt(b, "%04d-%02d-%02dT%02d:%02d:%02d", c.date.year, c.date.month, c.date.day, c.hour,
            c.minute, c.second);
    if (c.ms != 0)
        buf_fmt(b, ".%03d", c.ms);
    buf_char(b, 'Z');
}

// Exactly n digits at *at.
static bool digits(Str s, size_t *at, size_t n, int32_t *ret)
{
    if (s.len - *at < n)
        return false;
    int32_t v = 0;
    for (size_t i = 0; i < n; i++) {
        char c = s.ptr[*at + i];
        if (!ascii_is_digit(c))
            return false;
        v = v * 10 + (c - '0');
    }
    *at += n;
    *ret = v;
    return true;
}

static bool letter(Str s, size_t *at, char c)
{
    if (*at >= s.len || s.ptr[*at] != c)
        return false;
    (*at)++;
    return true;
}

static bool date_at(Str s, size_t *at, Date *ret)
{
    return digits(s, at, 4, &ret->year) && letter(s, at, '-') && digits(s, at, 2, &ret->month) &&
           letter(s, at, '-') && digits(s, at, 2, &ret->day) && date_valid(*ret);
}

bool day_parse(Str s, Day *ret)
{
    size_t at = 0;
    Date d = { 0 };
    if (!date_at(s, &at, &d) || at != s.len)
        return false;
    *ret = day_from_date(d);
    return true;
}

static void fraction(Str s, size_t *at, int32_t *ret_ms)
{
    int32_t scale = 100;
    while (*at < s.len && ascii_is_digit(s.ptr[*at])) {
        *ret_ms += (s.ptr[*at] - '0') * scale;
        scale /= 10;
        (*at)++;
    }
}

// "Z", "+08:00", "-0530"
static bool offset(Str s, size_t *at, int32_t *ret_minutes)
{
    if (letter(s, at, 'Z'))
        return true;
    int32_t sign = 1;
    if (letter(s, at, '-'))
        sign = -1;
    else if (!letter(s, at, '+'))
        return false;
    int32_t h = 0;
    int32_t m = 0;
    if (!digits(s, at, 2, &h))
        return false;
    (void)letter(s, at, ':');
    if (!digits(s, at, 2, &m) || h > 18 || m > 59)
        return false;
    *ret_minutes = sign * (h * 60 + m);
    return true;
}

bool instant_parse(Str s, Instant *ret)
{
    size_t at = 0;
    Clock c = { 0 };
    if (!date_at(s, &at, &c.date) || !letter(s, &at, 'T') || !digits(s, &at, 2, &c.hour) ||
        !letter(s, &at, ':') || !digits(s, &at, 2, &c.minute) || !letter(s, &at, ':') ||
        !digits(s, &at, 2, &c.second) || c.hour > 23 || c.minute > 59 || c.second > 59)
        return false;
    if (letter(s, &at, '.'))
        fraction(s, &at, &c.ms);
    int32_t minutes = 0;
    if (!offset(s, &at, &minutes) || at != s.len)
        return false;
    ret->ms = instant_from_clock(c).ms - minutes * 60000ll;
    return true;
}
