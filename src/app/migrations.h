// All migrations of all modules; written by tools/embed_sql.py at build time.
#ifndef GUANXI_APP_MIGRATIONS_H
#define GUANXI_APP_MIGRATIONS_H

#include "db/db.h"

extern const Migration MIGRATIONS[];
extern const size_t MIGRATIONS_LEN;

#endif
