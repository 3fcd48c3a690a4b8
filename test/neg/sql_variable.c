// SQL text from a variable must not compile.
#include "db/sql.h"

void probe(Sql *q, const char *user);
void probe(Sql *q, const char *user)
{
#ifdef WRONG
    sql_add(q, SQL(user));
#else
    sql_add(q, SQL("SELECT "));
    sql_text(q, str_z(user));
#endif
}
