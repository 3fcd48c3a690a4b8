// Resident identity numbers, GB 11643-1999: 6 digits of region, 8 of birth, 3 in sequence (odd for
// men), 1 check character by ISO 7064 MOD 11-2.
#include "text/text.h"

enum { IDNO = 18 };

// Provinces by their first two digits. 83 is what residents of Taiwan get on the mainland.
static bool region_valid(int code)
{
    static const unsigned char PROVINCES[] = { 11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34,
                                               35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
                                               53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83 };
    return memchr(PROVINCES, code, sizeof(PROVINCES)) != NULL;
}

static int number(const char *p, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (p[i] - '0');
    return v;
}

static char check_char(const char *p)
{
    static const int WEIGHTS[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (size_t i = 0; i < ARRAY_LEN(WEIGHTS); i++)
        sum += WEIGHTS[i] * (p[i] - '0');
    return "10X98765432"[sum % 11];
}

bool idno_parse(Arena *a, Str s, Str *ret, Day *ret_birth, bool *ret_female)
{
    s = str_trim(s);
    if (s.len != IDNO)
        return false;
    for (size_t i = 0; i < IDNO - 1; i++)
        if (!ascii_is_digit(s.ptr[i]))
            return false;
    char last = s.ptr[IDNO - 1] == 'x' ? 'X' : s.ptr[IDNO - 1];
    Date birth = { number(s.ptr + 6, 4), number(s.ptr + 10, 2), number(s.ptr + 12, 2) };
    if (!region_valid(number(s.ptr, 2)) || !date_valid(birth) || birth.year < 1850 ||
        birth.year > 2199 || last != check_char(s.ptr))
        return false;
    char *to = arena_array(a, char, IDNO + 1);
    memcpy(to, s.ptr, IDNO);
    to[IDNO - 1] = last;
    *ret = (Str){ to, IDNO };
    *ret_birth = day_from_date(birth);
    *ret_female = (s.ptr[IDNO - 2] - '0') % 2 == 0;
    return true;
}
