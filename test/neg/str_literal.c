// S() around a variable, whose length would be that of a pointer, must not compile.
#include "base/base.h"

Str probe(const char *z);
Str probe(const char *z)
{
#ifdef WRONG
    return S(z);
#else
    return str_z(z);
#endif
}
