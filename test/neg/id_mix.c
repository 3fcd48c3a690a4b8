// A bare number in the place of an id must not compile.
#include "db/sql.h"

void probe(Sql *q, int64_t number);
void probe(Sql *q, int64_t number)
{
#ifdef WRONG
    sql_id(q, number);
#else
    sql_id(q, (Id){ number });
#endif
}
