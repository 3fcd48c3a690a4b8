// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#ifndef GUANXI_BASE_UTF8_H
#define GUANXI_BASE_UTF8_H

#include "base/str.h"

// Whole text valid, and without U+0000.
bool utf8_valid(Str s);
// Code points; the text must be valid.
size_t utf8_count(Str s);
// Decodes at *at and moves it on; U+FFFD and one byte for what is not valid. *at < s.len.
uint32_t utf8_next(Str s, size_t *at);
// Writes 1 to 4 bytes, returns how many.
size_t utf8_put(char out[4], uint32_t cp);
// The first n code points.
Str utf8_left(Str s, size_t n);
// Han ideographs (unified, extensions A-H, compatibility).
bool utf8_is_han(uint32_t cp);

#endif
