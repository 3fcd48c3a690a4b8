// A format that does not fit its arguments must not compile.
#include "base/base.h"

Str probe(Arena *a, Str s);
Str probe(Arena *a, Str s)
{
#ifdef WRONG
    return arena_fmt(a, "%s", s);
#else
    return arena_fmt(a, STR_FMT, STR_ARG(s));
#endif
}
