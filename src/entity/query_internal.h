// Shared by the files of the query compiler only.
#ifndef GUANXI_ENTITY_QUERY_INTERNAL_H
#define GUANXI_ENTITY_QUERY_INTERNAL_H

#include "entity/query.h"

void query_sort_column(Sql *q, const Field *f);
// A member of the custom document in the field's own type; NULL when the document holds another
// (the field of this name was one of another kind once).
void query_custom_column(Sql *q, const Field *f);
Status query_keyset(Ctx *cx, Sql *q, const Query *query) MUST_USE;
bool query_joins_stat(const Ctx *cx, const Query *query);
// " FROM table t JOIN stat s ON …"
void query_from(const Ctx *cx, Sql *q, const Query *query);

#endif
