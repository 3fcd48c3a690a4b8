// Output buffer with a ceiling. Going over the ceiling is remembered, not fatal: check buf_ok()
// once, at the end.
#ifndef GUANXI_BASE_BUF_H
#define GUANXI_BASE_BUF_H

#include "base/arena.h"

typedef struct Buf {
    Arena *arena;
    char *ptr;
    size_t len, cap, max;
    bool overflow;
} Buf;

Buf buf_new(Arena *a, size_t max);
void buf_add(Buf *b, Str s);
void buf_char(Buf *b, char c);
void buf_int(Buf *b, int64_t v);
void buf_fmt(Buf *b, const char *fmt, ...) PRINTF(2, 3);
// Room for n more bytes, to be filled by the caller who then raises len. NULL when over the max.
char *buf_reserve(Buf *b, size_t n);

static inline Str buf_str(const Buf *b)
{
    return (Str){ b->ptr, b->len };
}
static inline bool buf_ok(const Buf *b)
{
    return !b->overflow;
}

#endif
