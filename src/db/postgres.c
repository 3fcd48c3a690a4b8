#include "db/driver.h"
Status postgres_open(Ctx *cx, const StoreOptions *o, Store **ret)
{
    (void)o, (void)ret;
    return FAIL(cx, UNAVAILABLE, "store.postgres", NULL, "PostgreSQL is not built in.");
}
