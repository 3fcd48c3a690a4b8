// A field of a C type that is no kind of field must not compile.
#include "entity/entity.h"

#ifdef WRONG
typedef double Probed;
#else
typedef int64_t Probed;
#endif

typedef struct Probe {
    RowHead row;
    Probed amount;
} Probe;

const Field *probe(void);
const Field *probe(void)
{
    static const Field FIELDS[] = { FIELD_ROW(Probe, amount, .label = { "金额", "Amount" }) };
    return FIELDS;
}
