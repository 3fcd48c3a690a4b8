// Numbered changes of the schema, each in one transaction, one text for both databases.
#include "db/driver.h"

enum { STATEMENT_MOST = 256 * 1024 };

typedef VEC(Str) Texts;

static const struct {
    Str word, sqlite, postgres;
} PLACEHOLDERS[] = {
    { S_INIT("ID"), S_INIT("INTEGER PRIMARY KEY"), S_INIT("BIGINT PRIMARY KEY") },
    { S_INIT("BIG"), S_INIT("INTEGER"), S_INIT("BIGINT") },
    { S_INIT("JSON"), S_INIT("TEXT"), S_INIT("JSONB") },
    { S_INIT("BLOB"), S_INIT("BLOB"), S_INIT("BYTEA") },
    { S_INIT("STRICT"), S_INIT("STRICT"), S_INIT("") },
    { S_INIT("STRICT_WITHOUT_ROWID"), S_INIT("STRICT, WITHOUT ROWID"), S_INIT("") },
};

static bool is_word(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_';
}

// Writes what the placeholder at *at stands for and moves behind it; false when there is none.
static bool placeholder(Buf *b, Dialect dialect, Str line, size_t *at)
{
    size_t end = *at + 1;
    while (end < line.len && is_word(line.ptr[end]))
        end++;
    Str word = str_sub(line, *at + 1, end - *at - 1);
    for (size_t i = 0; i < ARRAY_LEN(PLACEHOLDERS); i++)
        if (str_eq(word, PLACEHOLDERS[i].word)) {
            buf_add(b,
                    dialect == DIALECT_SQLITE ? PLACEHOLDERS[i].sqlite : PLACEHOLDERS[i].postgres);
            *at = end;
            return true;
        }
    return false;
}

// One line without its comment, with its placeholders put in. *quote is the open quote, carried
// from line to line.
static bool add_line(Buf *b, Dialect dialect, Str line, char *quote)
{
    for (size_t i = 0; i < line.len;) {
        char c = line.ptr[i];
        if (*quote == '\0' && c == '-' && i + 1 < line.len && line.ptr[i + 1] == '-')
            break;
        if (*quote == '\0' && c == '$') {
            if (!placeholder(b, dialect, line, &i))
                return false;
            continue;
        }
        if (*quote == '\0' && (c == '\'' || c == '"'))
            *quote = c;
        else if (c == *quote)
            *quote = '\0';
        buf_char(b, c);
        i++;
    }
    buf_char(b, '\n');
    return true;
}

static void add_search(Arena *a, Dialect dialect, Str table, Texts *out)
{
    if (dialect == DIALECT_SQLITE) {
        *vec_add(a, out) = arena_fmt(a,
                                     "CREATE VIRTUAL TABLE " STR_FMT " USING fts5(tokens,"
                                     " content='', columnsize=0, detail=none, tokenize='blank')",
                                     STR_ARG(table));
        return;
    }
    *vec_add(a, out) =
        arena_fmt(a, "CREATE TABLE " STR_FMT " (id BIGINT PRIMARY KEY, tokens tsvector NOT NULL)",
                  STR_ARG(table));
    *vec_add(a, out) =
        arena_fmt(a, "CREATE INDEX " STR_FMT "_tokens ON " STR_FMT " USING gin (tokens)",
                  STR_ARG(table), STR_ARG(table));
}

// The part of the line that counts for this database; empty when none does.
static Str line_for(Dialect dialect, Str line)
{
    static const Str SQLITE = S_INIT("--sqlite "), POSTGRES = S_INIT("--postgres ");
    Str mine = dialect == DIALECT_SQLITE ? SQLITE : POSTGRES;
    Str other = dialect == DIALECT_SQLITE ? POSTGRES : SQLITE;
    if (str_starts(line, mine))
        return str_sub(line, mine.len, line.len);
    return str_starts(line, other) ? (Str){ 0 } : line;
}

// The statements of a migration; false when the text cannot be understood.
static bool split(Arena *a, Dialect dialect, Str text, Texts *out)
{
    Buf b = buf_new(a, STATEMENT_MOST);
    char quote = '\0';
    while (text.ptr != NULL) {
        Str line = line_for(dialect, str_split(&text, '\n'));
        if (str_starts(line, S("--search "))) {
            add_search(a, dialect, str_trim(str_sub(line, 9, line.len)), out);
            continue;
        }
        if (!add_line(&b, dialect, line, &quote))
            return false;
        Str so_far = str_trim(buf_str(&b));
        if (quote == '\0' && str_ends(so_far, S(";"))) {
            so_far.len--;
            if (str_trim(so_far).len > 0)
                *vec_add(a, out) = so_far;
            b = buf_new(a, STATEMENT_MOST);
        }
    }
    if (str_trim(buf_str(&b)).len > 0)
        *vec_add(a, out) = str_trim(buf_str(&b));
    return buf_ok(&b) && quote == '\0';
}

static Status apply(Ctx *cx, Db *db, void *arg)
{
    const Migration *m = arg;
    Texts texts = { 0 };
    if (!split(cx->arena, db_dialect(db), str_z(m->text), &texts))
        return FAIL(cx, INTERNAL, "schema.text", NULL, "Migration %04d has a wrong text.",
                    m->number);
    for (size_t i = 0; i < texts.len; i++) {
        Failure f = { 0 };
        if (!db_fail_now(db, &f))
            db->driver->script(db, texts.ptr[i], &f);
        if (f.status != STATUS_OK) {
            LOG(LOG_ERROR, "migration failed", { "number", LOG_INT(m->number) },
                { "statement", LOG_INT((int64_t)i + 1) }, { "detail", LOG_Z(f.detail) });
            db_report(cx, db, &f);
            return FAIL(cx, DB, "schema.failed", NULL, "Migration %04d %s failed.", m->number,
                        m->name);
        }
    }
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO schema_version (number, name, applied_at) VALUES ("));
    sql_int(q, m->number);
    sql_add(q, SQL(", "));
    sql_text(q, str_z(m->name));
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

static Status current(Ctx *cx, Db *db, void *arg)
{
    Sql *q = sql_new(cx->arena, db);
    sql_either(q, SQL("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'"),
               SQL("SELECT count(*) FROM pg_catalog.pg_tables WHERE tablename = 'schema_version'"
                   " AND schemaname = current_schema()"));
    int64_t there = 0;
    TRY(db_int(cx, db, q, &there));
    int64_t number = 0;
    if (there > 0) {
        q = sql_new(cx->arena, db);
        sql_add(q, SQL("SELECT coalesce(max(number), 0) FROM schema_version"));
        TRY(db_int(cx, db, q, &number));
    }
    *(int *)arg = (int)number;
    return STATUS_OK;
}

static Status first_time(Ctx *cx, Db *db, void *arg)
{
    TRY(current(cx, db, arg));
    Sql *q = sql_new(cx->arena, db);
    sql_either(q,
               SQL("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY,"
                   " name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"),
               SQL("CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY,"
                   " name TEXT NOT NULL, applied_at BIGINT NOT NULL)"));
    return db_exec(cx, db, q, NULL);
}

static Status temp_store(Ctx *cx, Db *db, void *arg)
{
    Sql *q = sql_new(cx->arena, db);
    if (*(bool *)arg)
        sql_add(q, SQL("PRAGMA temp_store=FILE"));
    else
        sql_add(q, SQL("PRAGMA temp_store=MEMORY"));
    return db_exec(cx, db, q, NULL);
}

// Sorting for a new index over a big table takes more memory than a small machine has.
static Status sort_on_disk(Ctx *cx, Store *s, bool on)
{
    return store_dialect(s) == DIALECT_SQLITE ? sqlite_outside(cx, s, temp_store, &on) : STATUS_OK;
}

static Status apply_all(Ctx *cx, Store *s, const Migration *m, size_t n, int version)
{
    for (size_t i = 0; i < n; i++) {
        if (m[i].number <= version)
            continue;
        Migration one = m[i];
        TRY(store_write(cx, s, apply, &one));
        LOG(LOG_INFO, "migrated", { "number", LOG_INT(one.number) }, { "name", LOG_Z(one.name) });
    }
    return STATUS_OK;
}

static Status migrate(Ctx *cx, Store *s, const Migration *m, size_t n, const char *backup_dir)
{
    int version = 0;
    int newest = n == 0 ? 0 : m[n - 1].number;
    TRY(store_write(cx, s, first_time, &version));
    if (version > newest)
        return FAIL(cx, UNAVAILABLE, "schema.newer", NULL,
                    "The data was written by a newer version of the program (schema %d, this one "
                    "knows %d).",
                    version, newest);
    if (version == newest)
        return STATUS_OK;
    if (version > 0 && backup_dir != NULL && store_dialect(s) == DIALECT_SQLITE) {
        Str to = arena_fmt(cx->arena, "%s/before-%04d.db", backup_dir, newest);
        TRY(store_backup(cx, s, to.ptr));
    }
    TRY(sort_on_disk(cx, s, true));
    Status status = apply_all(cx, s, m, n, version);
    Status back = sort_on_disk(cx, s, false);
    mutex_lock(&s->lock);
    s->generation++;
    mutex_unlock(&s->lock);
    return status == STATUS_OK ? back : status;
}

Status db_migrate(Ctx *cx, Store *s, const Migration *m, size_t n, const char *backup_dir)
{
    for (size_t i = 1; i < n; i++)
        check(m[i].number > m[i - 1].number);
    Db *lock = NULL;
    TRY(s->driver->migrate_lock(cx, s, &lock));
    Status status = migrate(cx, s, m, n, backup_dir);
    if (lock != NULL)
        s->driver->disconnect(lock);
    return status;
}

Status db_schema_version(Ctx *cx, Store *s, int *ret)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    return current(cx, db, ret);
}
