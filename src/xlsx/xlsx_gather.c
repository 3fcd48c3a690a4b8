// The text of a shared or inline string, as plain text.
#include "xlsx/xlsx_internal.h"

void gather_reset(Gather *g, int base)
{
    g->base = base;
    g->in_run = g->on = g->too_long = false;
    g->len = 0;
}

void gather_start(Gather *g, int depth, const char *name)
{
    if (depth == g->base + 1)
        g->in_run = strcmp(name, "r") == 0;
    bool in_place = depth == g->base + 1 || (depth == g->base + 2 && g->in_run);
    g->on = in_place && strcmp(name, "t") == 0;
}

void gather_end(Gather *g, int depth)
{
    g->on = false;
    if (depth == g->base + 1)
        g->in_run = false;
}

void gather_add(Gather *g, const char *s, size_t n)
{
    if (n > sizeof(g->text) - g->len) {
        g->too_long = true;
        return;
    }
    memcpy(g->text + g->len, s, n);
    g->len += n;
}

static int hex(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// "_xHHHH_" at s; 0 when it is something else, or no character of its own.
static uint32_t escaped(const char *s, size_t n)
{
    if (n < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
        return 0;
    uint32_t cp = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex(s[i]);
        if (digit < 0)
            return 0;
        cp = cp * 16 + (uint32_t)digit;
    }
    return (cp >= 0xd800 && cp <= 0xdfff) || cp >= 0xfffe ? 0 : cp;
}

Str gather_text(Gather *g)
{
    if (g->len < 7 || memchr(g->text, '_', g->len) == NULL)
        return (Str){ g->text, g->len };
    size_t n = 0;
    for (size_t i = 0; i < g->len;) {
        uint32_t cp = escaped(g->text + i, g->len - i);
        if (cp == 0) {
            g->text[n++] = g->text[i++];
            continue;
        }
        n += utf8_put(g->text + n, cp);
        i += 7;
    }
    return (Str){ g->text, n };
}
