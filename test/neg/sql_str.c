// SQL text from a Str must not compile.
#include "db/sql.h"

void probe(Sql *q, Str user);
void probe(Sql *q, Str user)
{
#ifdef WRONG
    sql_add(q, user);
#else
    sql_text(q, user);
#endif
}
