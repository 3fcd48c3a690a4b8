// SQL that cannot be injected into: text comes from literals and descriptors, values are bound.
#ifndef GUANXI_DB_SQL_H
#define GUANXI_DB_SQL_H

#include "base/base.h"

// Only SQL() makes one, and SQL() compiles only with a string literal: "" x "" is no expression for
// a variable.
typedef struct SqlText {
    const char *literal;
} SqlText;

#define SQL(literal_) ((SqlText){ "" literal_ "" })
#define SQL_INIT(literal_)                                                                         \
    {                                                                                              \
        "" literal_ ""                                                                             \
    } // the same, for static tables

typedef enum ParamKind { PARAM_NULL, PARAM_INT, PARAM_TEXT, PARAM_BLOB, PARAM_JSON } ParamKind;

typedef struct Param {
    ParamKind kind;
    int64_t num;
    Str text;
} Param;

typedef enum Dialect { DIALECT_SQLITE, DIALECT_POSTGRES } Dialect;

// One statement being written. Parameters come out as ?1, ?2 … or $1, $2 …
typedef struct Sql {
    Dialect dialect;
    Buf text;
    size_t nparams;
    Param *params; // grows up to LIMIT_SQL_PARAMS; one more makes the statement unusable
    size_t cap;
} Sql;

typedef struct Db Db;

Sql *sql_new(Arena *a, const Db *db);
void sql_add(Sql *q, SqlText text);
// Two texts, the one for this database is taken. For the few differences listed in db/dialect.md.
void sql_either(Sql *q, SqlText sqlite, SqlText postgres);
void sql_int(Sql *q, int64_t v);
void sql_id(Sql *q, Id id); // NULL for 0
void sql_text(Sql *q, Str v);
void sql_blob(Sql *q, Str v);
void sql_json(Sql *q, Str v); // TEXT in SQLite, jsonb in PostgreSQL
void sql_null(Sql *q);
// "alias.column": both from literals.
void sql_col(Sql *q, SqlText alias, SqlText col);
// ?, ?, ? for a list of integers; "NULL" when empty.
void sql_int_list(Sql *q, const int64_t *v, size_t n);

#endif
