#include "text/text.h"

// First `head` and last `tail` characters with `stars` between them; of a text that is not longer
// than both, only stars.
static Str masked(Arena *a, Str s, size_t head, size_t tail, size_t stars)
{
    size_t n = utf8_count(s);
    if (n <= head + tail)
        head = tail = 0;
    Str start = utf8_left(s, head);
    Str before_end = utf8_left(s, n - tail);
    Buf b = buf_new(a, s.len + stars);
    buf_add(&b, start);
    for (size_t i = 0; i < stars; i++)
        buf_char(&b, '*');
    buf_add(&b, (Str){ s.ptr + before_end.len, s.len - before_end.len });
    return buf_str(&b);
}

Str mask_phone(Arena *a, Str s)
{
    s = str_trim(s);
    s.len = str_find_char(s, ';', 0); // the extension
    if (s.len == 14 && str_starts(s, S("+861")))
        s = (Str){ s.ptr + 3, s.len - 3 };
    if (s.len == 0)
        return (Str){ 0 };
    return utf8_count(s) < 9 ? masked(a, s, 0, 2, 4) : masked(a, s, 3, 4, 4);
}

Str mask_email(Arena *a, Str s)
{
    s = str_trim(s);
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != '@')
        at--;
    if (at == 0)
        return mask_text(a, s);
    // A single letter before the @ would be the whole secret.
    Str local = { s.ptr, at - 1 };
    Str start = utf8_left(local, utf8_count(local) > 1 ? 1 : 0);
    return arena_fmt(a, STR_FMT "***" STR_FMT, STR_ARG(start), (int)(s.len - at + 1),
                     s.ptr + at - 1);
}

Str mask_idno(Arena *a, Str s)
{
    s = str_trim(s);
    size_t n = utf8_count(s);
    return n > 10 ? masked(a, s, 3, 4, n - 7) : masked(a, s, 0, 0, n);
}

Str mask_name(Arena *a, Str s)
{
    // One star whatever the length: it says nothing about the rest.
    return s.len == 0 ? (Str){ 0 } : masked(a, str_trim(s), 1, 0, 1);
}

Str mask_text(Arena *a, Str s)
{
    s = str_trim(s);
    Str start = utf8_left(s, utf8_count(s) / 3);
    return s.len == 0 ? (Str){ 0 } : arena_fmt(a, STR_FMT "***", STR_ARG(start));
}
