#include "text/icu.h"

#include <unicode/ustring.h>

Wide wide_from(Arena *a, Str s)
{
    if (s.len > WIDE_MAX)
        s.len = WIDE_MAX;
    // A byte never makes more than one unit.
    UChar *to = arena_array(a, UChar, s.len + 1);
    int32_t len = 0;
    UErrorCode err = U_ZERO_ERROR;
    (void)u_strFromUTF8WithSub(to, (int32_t)s.len + 1, &len, s.len == 0 ? "" : s.ptr,
                               (int32_t)s.len, 0xfffd, NULL, &err);
    for (int32_t i = 0; i < len; i++)
        to[i] = to[i] == 0 ? 0xfffd : to[i];
    return U_SUCCESS(err) ? (Wide){ to, len } : (Wide){ to, 0 };
}

Str wide_to(Arena *a, Wide w)
{
    // A unit never makes more than three bytes.
    size_t cap = (size_t)w.len * 3 + 1;
    char *to = arena_array(a, char, cap);
    int32_t len = 0;
    UErrorCode err = U_ZERO_ERROR;
    (void)u_strToUTF8WithSub(to, (int32_t)cap, &len, w.ptr, w.len, 0xfffd, NULL, &err);
    return U_SUCCESS(err) ? (Str){ to, (size_t)len } : (Str){ to, 0 };
}
