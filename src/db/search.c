// The token index: FTS5 without contents on SQLite, a tsvector with a GIN index on PostgreSQL.
#include "db/driver.h"

// tsvector allows 2 KiB; what a person types is shorter. Cut on both sides alike.
enum { TOKEN_MOST = 200, TEXT_MOST = 8 * 1024 * 1024 };

static Str cut(Str token)
{
    if (token.len <= TOKEN_MOST)
        return token;
    size_t n = TOKEN_MOST;
    while (n > 0 && ((unsigned char)token.ptr[n] & 0xc0) == 0x80)
        n--;
    return str_sub(token, 0, n);
}

static bool same(const Str *a, size_t na, const Str *b, size_t nb)
{
    if (na != nb)
        return false;
    for (size_t i = 0; i < na; i++)
        if (!str_eq(a[i], b[i]))
            return false;
    return true;
}

// Tokens separated by blanks, for FTS5.
static Str joined(Arena *a, const Str *tokens, size_t n)
{
    Buf b = buf_new(a, TEXT_MOST);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_add(&b, cut(tokens[i]));
    }
    return buf_str(&b);
}

// FTS5 knows no escapes but the doubled quote; PostgreSQL's forms know the backslash too.
static void quoted(Buf *b, Str s, char quote, char escape, bool slashes)
{
    buf_char(b, quote);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == quote)
            buf_char(b, escape);
        else if (slashes && s.ptr[i] == '\\')
            buf_char(b, '\\');
        buf_char(b, s.ptr[i]);
    }
    buf_char(b, quote);
}

// An array literal: {"a","b"}.
static Str array(Arena *a, const Str *tokens, size_t n)
{
    Buf b = buf_new(a, TEXT_MOST);
    buf_char(&b, '{');
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (tokens[i].len == 0) // array_to_tsvector refuses it
            continue;
        if (!first)
            buf_char(&b, ',');
        first = false;
        quoted(&b, cut(tokens[i]), '"', '\\', true);
    }
    buf_char(&b, '}');
    return buf_str(&b);
}

static Status sqlite_put(Ctx *cx, Db *db, SqlText table, int64_t id, Str before, Str after)
{
    if (before.len > 0) {
        Sql *q = sql_new(cx->scratch, db);
        sql_add(q, SQL("INSERT INTO "));
        sql_add(q, table);
        sql_add(q, SQL(" ("));
        sql_add(q, table);
        sql_add(q, SQL(", rowid, tokens) VALUES ('delete', "));
        sql_int(q, id);
        sql_add(q, SQL(", "));
        sql_text(q, before);
        sql_add(q, SQL(")"));
        TRY(db_exec(cx, db, q, NULL));
    }
    if (after.len == 0)
        return STATUS_OK;
    Sql *q = sql_new(cx->scratch, db);
    sql_add(q, SQL("INSERT INTO "));
    sql_add(q, table);
    sql_add(q, SQL(" (rowid, tokens) VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", "));
    sql_text(q, after);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

static Status postgres_put(Ctx *cx, Db *db, SqlText table, int64_t id, Str after)
{
    Sql *q = sql_new(cx->scratch, db);
    if (str_eq(after, S("{}"))) {
        sql_add(q, SQL("DELETE FROM "));
        sql_add(q, table);
        sql_add(q, SQL(" WHERE id = "));
        sql_int(q, id);
        return db_exec(cx, db, q, NULL);
    }
    sql_add(q, SQL("INSERT INTO "));
    sql_add(q, table);
    sql_add(q, SQL(" (id, tokens) VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", array_to_tsvector(cast("));
    sql_text(q, after);
    sql_add(q, SQL(" AS text[]))) ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens"));
    return db_exec(cx, db, q, NULL);
}

Status db_search_put(Ctx *cx, Db *db, SqlText table, int64_t id, const Str *before, size_t nbefore,
                     const Str *after, size_t nafter)
{
    check(db->writer);
    if (same(before, nbefore, after, nafter))
        return STATUS_OK;
    if (db_dialect(db) == DIALECT_SQLITE)
        return sqlite_put(cx, db, table, id, joined(cx->scratch, before, nbefore),
                          joined(cx->scratch, after, nafter));
    return postgres_put(cx, db, table, id, array(cx->scratch, after, nafter));
}

static void expression(Buf *b, Dialect dialect, const SearchToken *t, size_t n)
{
    bool sqlite = dialect == DIALECT_SQLITE;
    for (size_t i = 0; i < n; i++) {
        bool opens = i == 0 || t[i].group != t[i - 1].group;
        if (opens)
            buf_add(b, i == 0 ? S("(") : sqlite ? S(") AND (") : S(") & ("));
        else
            buf_add(b, sqlite ? S(" OR ") : S(" | "));
        quoted(b, cut(t[i].token), sqlite ? '"' : '\'', sqlite ? '"' : '\'', !sqlite);
        if (t[i].prefix)
            buf_add(b, sqlite ? S("*") : S(":*"));
    }
    buf_char(b, ')');
}

void sql_search(Sql *q, SqlText id_column, SqlText table, const SearchToken *t, size_t n)
{
    if (n == 0) {
        sql_add(q, SQL("1 = 0"));
        return;
    }
    Buf b = buf_new(q->text.arena, LIMIT_SQL_TEXT);
    expression(&b, q->dialect, t, n);
    sql_add(q, id_column);
    if (q->dialect == DIALECT_SQLITE) {
        sql_add(q, SQL(" IN (SELECT rowid FROM "));
        sql_add(q, table);
        sql_add(q, SQL(" WHERE "));
        sql_add(q, table);
        sql_add(q, SQL(" MATCH "));
        sql_text(q, buf_str(&b));
    } else {
        sql_add(q, SQL(" IN (SELECT id FROM "));
        sql_add(q, table);
        sql_add(q, SQL(" WHERE tokens @@ cast("));
        sql_text(q, buf_str(&b));
        sql_add(q, SQL(" AS tsquery)"));
    }
    sql_add(q, SQL(")"));
    if (!buf_ok(&b))
        q->text.overflow = true;
}
