#include "base/buf.h"

#include "base/status.h"

#include <inttypes.h>
#include <stdio.h>

Buf buf_new(Arena *a, size_t max)
{
    return (Buf){ .arena = a, .max = max };
}

char *buf_reserve(Buf *b, size_t n)
{
    if (b->overflow || n > b->max - b->len) {
        b->overflow = true;
        return NULL;
    }
    if (b->len + n + 1 > b->cap) {
        size_t cap = b->cap == 0 ? 256 : b->cap;
        while (cap < b->len + n + 1)
            cap *= 2;
        char *p = arena_array(b->arena, char, cap);
        if (b->len > 0)
            memcpy(p, b->ptr, b->len);
        b->ptr = p;
        b->cap = cap;
    }
    return b->ptr + b->len;
}

void buf_add(Buf *b, Str s)
{
    char *to = buf_reserve(b, s.len);
    if (to == NULL)
        return;
    if (s.len > 0)
        memcpy(to, s.ptr, s.len);
    b->len += s.len;
    b->ptr[b->len] = '\0';
}

void buf_char(Buf *b, char c)
{
    buf_add(b, (Str){ &c, 1 });
}

void buf_int(Buf *b, int64_t v)
{
    char tmp[24];
    int n = snprintf(tmp, sizeof(tmp), "%" PRId64, v);
    buf_add(b, (Str){ tmp, (size_t)n });
}

void buf_fmt(Buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    check(n >= 0);
    char *to = buf_reserve(b, (size_t)n);
    if (to != NULL) {
        (void)vsnprintf(to, (size_t)n + 1, fmt, ap);
        b->len += (size_t)n;
    }
    va_end(ap);
}
