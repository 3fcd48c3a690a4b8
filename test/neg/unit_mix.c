// An amount made of an instant must not compile.
#include "base/base.h"

Money probe(Instant at);
Money probe(Instant at)
{
#ifdef WRONG
    Money m = at;
#else
    Money m = { at.ms };
#endif
    return m;
}
