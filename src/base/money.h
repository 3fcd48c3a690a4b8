// Fixed-point amounts: ten-thousandths in an int64. Real shops export prices with three decimals,
// and sums must come out exact.
#ifndef GUANXI_BASE_MONEY_H
#define GUANXI_BASE_MONEY_H

#include "base/buf.h"

enum { MONEY_ONE = 10000 };

// "199", "-1234.5678" -> e4. At most 4 decimals (further zeros are fine), no blanks, signs or
// separators but a leading '-' or '+'. False when it is not a number, too fine or too large.
bool money_parse(Str s, int64_t *ret_e4);
// What people and exports write: "¥1,234.50", "12元", "(5.00)", full-width digits, blanks, "US$3".
// False for anything else. "1.234,50" (comma decimal) only when `comma_decimal`.
bool money_parse_loose(Str s, bool comma_decimal, int64_t *ret_e4);
// Shortest exact form with at least `min_decimals` (0 to 4): 1990000 -> "199.00" for 2.
void money_add(Buf *b, int64_t e4, int min_decimals);
Str money_str(Arena *a, int64_t e4, int min_decimals);
// e4 * e4 / 10^4 rounded half away from zero; false on overflow.
bool money_mul(int64_t a_e4, int64_t b_e4, int64_t *ret_e4);
// a/b as e4, rounded half away from zero; false when b is 0 or on overflow.
bool money_div(int64_t a_e4, int64_t b_e4, int64_t *ret_e4);
bool money_sum(int64_t a_e4, int64_t b_e4, int64_t *ret_e4);

#endif
