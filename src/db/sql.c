// Statements as text and parameters. Going over a limit spoils the statement; db_run refuses it.
#include "db/db.h"

Sql *sql_new(Arena *a, const Db *db)
{
    Sql *q = arena_new(a, Sql);
    q->dialect = db_dialect(db);
    q->text = buf_new(a, LIMIT_SQL_TEXT);
    return q;
}

void sql_add(Sql *q, SqlText text)
{
    buf_add(&q->text, str_z(text.literal));
}

void sql_either(Sql *q, SqlText sqlite, SqlText postgres)
{
    sql_add(q, q->dialect == DIALECT_SQLITE ? sqlite : postgres);
}

static void param_add(Sql *q, Param p)
{
    if (q->nparams == LIMIT_SQL_PARAMS) {
        q->text.overflow = true;
        return;
    }
    if (q->nparams == q->cap) {
        size_t cap = q->cap == 0 ? 8 : q->cap * 2;
        Param *more = arena_array(q->text.arena, Param, cap);
        if (q->nparams > 0)
            memcpy(more, q->params, q->nparams * sizeof(Param));
        q->params = more;
        q->cap = cap;
    }
    q->params[q->nparams++] = p;
    buf_char(&q->text, q->dialect == DIALECT_SQLITE ? '?' : '$');
    buf_int(&q->text, (int64_t)q->nparams);
}

void sql_int(Sql *q, int64_t v)
{
    param_add(q, (Param){ .kind = PARAM_INT, .num = v });
}

void sql_id(Sql *q, Id id)
{
    param_add(q, (Param){ .kind = id.v == 0 ? PARAM_NULL : PARAM_INT, .num = id.v });
}

void sql_text(Sql *q, Str v)
{
    param_add(q, (Param){ .kind = PARAM_TEXT, .text = v });
}

void sql_blob(Sql *q, Str v)
{
    param_add(q, (Param){ .kind = PARAM_BLOB, .text = v });
}

void sql_json(Sql *q, Str v)
{
    param_add(q, (Param){ .kind = PARAM_JSON, .text = v });
}

void sql_null(Sql *q)
{
    param_add(q, (Param){ .kind = PARAM_NULL });
}

void sql_col(Sql *q, SqlText alias, SqlText col)
{
    sql_add(q, alias);
    buf_char(&q->text, '.');
    sql_add(q, col);
}

void sql_int_list(Sql *q, const int64_t *v, size_t n)
{
    if (n == 0)
        sql_add(q, SQL("NULL"));
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            sql_add(q, SQL(", "));
        sql_int(q, v[i]);
    }
}
