// The units of the house as distinct types: money cannot be added to a date, and a field's kind
// follows from its C type.
#ifndef GUANXI_BASE_TYPES_H
#define GUANXI_BASE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE     __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define CLEANUP(fn)  __attribute__((cleanup(fn)))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

typedef struct Id {
    int64_t v; // 0 means none
} Id;

typedef struct Money {
    int64_t e4; // ten-thousandths of the currency unit
} Money;

typedef struct Decimal {
    int64_t e4; // ten-thousandths: quantities, rates, ratios
} Decimal;

typedef struct Instant {
    int64_t ms; // milliseconds since 1970-01-01T00:00:00Z
} Instant;

typedef struct Day {
    int32_t n; // days since 1970-01-01 in the organisation's time zone
} Day;

typedef struct Choice {
    int32_t ordinal;
} Choice;

#endif
