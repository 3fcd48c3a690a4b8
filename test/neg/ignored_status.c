// A Status that nobody looks at must not compile.
#include "db/db.h"

Status probe(Ctx *cx, Db *db, const Sql *q);
Status probe(Ctx *cx, Db *db, const Sql *q)
{
#ifdef WRONG
    db_exec(cx, db, q, NULL);
#else
    TRY(db_exec(cx, db, q, NULL));
#endif
    return STATUS_OK;
}
