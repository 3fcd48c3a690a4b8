// Immutable view of bytes. May be a slice of something bigger, so it is not NUL-terminated; text is
// valid UTF-8 from the edge inward.
#ifndef GUANXI_BASE_STR_H
#define GUANXI_BASE_STR_H

#include "base/types.h"

#include <string.h>

typedef struct Str {
    const char *ptr;
    size_t len;
} Str;

#define S(literal) ((Str){ "" literal "", sizeof(literal) - 1 })
#define S_INIT(literal)                                                                            \
    {                                                                                              \
        "" literal "", sizeof(literal) - 1                                                         \
    }
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

static inline Str str_z(const char *z)
{
    return (Str){ z, z == NULL ? 0 : strlen(z) };
}

static inline bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

// Order by bytes, which is code point order for UTF-8. Negative, zero or positive.
int str_cmp(Str a, Str b);
// Equal when ASCII letters are folded; other bytes are compared as they are.
bool str_ieq(Str a, Str b);
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
// The part from `from` of at most `len` bytes; both are cut to what is there.
Str str_sub(Str s, size_t from, size_t len);
// Position of the first `needle` at or after `from`, or s.len when there is none.
size_t str_find(Str s, Str needle, size_t from);
size_t str_find_char(Str s, char c, size_t from);
// Without ASCII blanks and controls (<= 0x20), U+00A0, U+3000 and U+FEFF at both ends.
Str str_trim(Str s);
// Cuts the text before the first `sep` off *rest and returns it. When there is no more, *rest
// becomes empty with ptr NULL; a caller loops `while (rest.ptr != NULL)`.
Str str_split(Str *rest, char sep);
// Whole text as a decimal integer with optional sign; false when it is not one or does not fit.
bool str_int(Str s, int64_t *ret);
// FNV-1a, 64 bit: for tables of trusted or bounded keys.
uint64_t str_hash(Str s);

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool ascii_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

#endif
