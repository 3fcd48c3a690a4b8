// SQL text put together by printf must not compile.
#include "db/sql.h"

void probe(Sql *q, Arena *a, Str user);
void probe(Sql *q, Arena *a, Str user)
{
    Str made = arena_fmt(a, "x" STR_FMT, STR_ARG(user));
#ifdef WRONG
    sql_add(q, SQL(made.ptr));
#else
    sql_text(q, made);
#endif
}
