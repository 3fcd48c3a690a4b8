// Private to text/: our UTF-8 to and from ICU's UTF-16.
#ifndef GUANXI_TEXT_ICU_H
#define GUANXI_TEXT_ICU_H

#include "base/base.h"

#include <unicode/utypes.h>

typedef struct Wide {
    UChar *ptr;
    int32_t len;
} Wide;

// Text over WIDE_MAX bytes is cut at a character: ICU counts in int32_t, and nothing we are given
// is near that long.
enum { WIDE_MAX = 256 * 1024 * 1024 };

// Invalid bytes and U+0000 become U+FFFD.
Wide wide_from(Arena *a, Str s);
Str wide_to(Arena *a, Wide w);

#endif
