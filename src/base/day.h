// Calendar arithmetic (proleptic Gregorian) and ISO 8601 texts. Time zones are in text/zone.h.
#ifndef GUANXI_BASE_DAY_H
#define GUANXI_BASE_DAY_H

#include "base/buf.h"

typedef struct Date {
    int32_t year;       // 1 to 9999
    int32_t month, day; // from 1
} Date;

typedef struct Clock {
    Date date;
    int32_t hour, minute, second, ms;
} Clock;

Day day_from_date(Date d);
Date day_to_date(Day d);
bool date_valid(Date d);
// 0 is Monday.
int day_weekday(Day d);
int month_days(int32_t year, int32_t month);
// Same day n months on, cut to the month's last day.
Day day_add_months(Day d, int32_t n);

Instant instant_from_clock(Clock c); // as UTC
Clock instant_to_clock(Instant t);   // as UTC

// "2011-12-09"
void day_add(Buf *b, Day d);
bool day_parse(Str s, Day *ret);
// "2011-12-09T12:50:00Z", with ".123" when there are milliseconds
void instant_add(Buf *b, Instant t);
// Needs a zone: Z or +hh:mm. Fractions beyond ms are cut.
bool instant_parse(Str s, Instant *ret);

#endif
