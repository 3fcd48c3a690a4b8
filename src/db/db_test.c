// Reading, values, failures, ids, bulk, search: what one connection does.
#include "db/place_test.h"
#include "kit/kit.h"

static Status run_text(Ctx *cx, Db *db, SqlText text)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, text);
    return db_exec(cx, db, q, NULL);
}

// --- values

static Status put_values(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO thing (id, name, n, data, raw, parent) VALUES ("));
    sql_int(q, INT64_MAX);
    sql_add(q, SQL(", "));
    sql_text(q, S("名字 'quoted' \"twice\" \\ ; --"));
    sql_add(q, SQL(", "));
    sql_int(q, INT64_MIN);
    sql_add(q, SQL(", "));
    sql_json(q, S("{\"a\": [1, 2]}"));
    sql_add(q, SQL(", "));
    sql_blob(q, S("\0\1\xff bytes \0"));
    sql_add(q, SQL(", "));
    sql_id(q, (Id){ 0 });
    sql_add(q, SQL(")"));
    int64_t changed = -1;
    TRY(db_exec(cx, db, q, &changed));
    CHECK_INT(changed, 1);
    q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO thing (id, name, raw) VALUES (1, "));
    sql_text(q, S(""));
    sql_add(q, SQL(", "));
    sql_blob(q, (Str){ 0 });
    sql_add(q, SQL(")"));
    TRY(db_exec(cx, db, q, NULL));
    q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE thing SET n = 5 WHERE id = 404"));
    changed = -1;
    TRY(db_exec(cx, db, q, &changed));
    CHECK_INT(changed, 0);
    return STATUS_OK;
}

BOTH(values_come_back_as_they_went)
{
    Ctx *cx = kit_ctx();
    Store *s = place_open(p);
    CHECK_OK(store_write(cx, s, put_values, NULL));
    Db *db = NULL;
    CHECK_OK(store_read(cx, s, &db));
    CHECK(!db_is_writer(db) && db_store(db) == s);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, name, n, data, raw, parent, n < 0, sum(n) OVER () FROM thing "
                   "ORDER BY id DESC"));
    Stmt *st = NULL;
    CHECK_OK(db_run(cx, db, q, &st));
    CHECK_INT(stmt_columns(st), 8);
    CHECK(stmt_next(st));
    CHECK_INT(stmt_int(st, 0), INT64_MAX);
    CHECK_STR(stmt_text(st, 1, cx->arena), S("名字 'quoted' \"twice\" \\ ; --"));
    CHECK_INT(stmt_int(st, 2), INT64_MIN);
    CHECK_STR(stmt_text(st, 3, cx->arena), S("{\"a\": [1, 2]}"));
    CHECK_STR(stmt_blob(st, 4, cx->arena), S("\0\1\xff bytes \0"));
    CHECK(stmt_is_null(st, 5));
    CHECK_INT(stmt_int(st, 5), 0);
    CHECK_INT(stmt_text(st, 5, cx->arena).len, 0);
    CHECK_INT(stmt_int(st, 6), 1);
    CHECK_INT(stmt_int(st, 7), INT64_MIN);
    CHECK(stmt_next(st));
    CHECK(!stmt_is_null(st, 1) && stmt_view(st, 1).len == 0);
    CHECK(!stmt_is_null(st, 4) && stmt_view(st, 4).len == 0);
    CHECK(stmt_is_null(st, 3));
    CHECK(!stmt_next(st));
    CHECK(!stmt_next(st));
    CHECK_OK(stmt_end(cx, &st));
    db_release(&db);
    CHECK(db == NULL);
    store_close(&s);
    CHECK(s == NULL);
}

// --- one statement inside the rows of another

static Status many_things(Ctx *cx, Db *db, void *arg)
{
    for (int64_t i = 1; i <= *(int64_t *)arg; i++)
        TRY(thing_insert(cx, db, i, arena_fmt(cx->arena, "thing %lld", (long long)i), i));
    return STATUS_OK;
}

BOTH(statements_nest)
{
    Ctx *cx = kit_ctx();
    Store *s = place_open(p);
    int64_t n = 300, seen = 0, inner = 0;
    CHECK_OK(store_write(cx, s, many_things, &n));
    Db *db = NULL;
    CHECK_OK(store_read(cx, s, &db));
    // The same text inside itself: the cached statement is taken already.
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM thing WHERE id <= "));
    sql_int(q, 300);
    sql_add(q, SQL(" ORDER BY id"));
    Stmt *st = NULL;
    CHECK_OK(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        CHECK_INT(stmt_int(st, 0), ++seen);
        if (seen % 100 != 1)
            continue;
        Stmt *second = NULL;
        CHECK_OK(db_run(cx, db, q, &second));
        while (stmt_next(second) && stmt_int(second, 0) < 250)
            inner++;
        stmt_cleanup(&second); // left before its end
    }
    CHECK_OK(stmt_end(cx, &st));
    CHECK_INT(seen, 300);
    CHECK_INT(inner, 3 * 249);
    // Left open on purpose: giving the connection back closes it.
    CHECK_OK(db_run(cx, db, q, &st));
    db_release(&db);
    CHECK_OK(store_read(cx, s, &db));
    int64_t one = 0;
    CHECK_OK(db_int(cx, db, q, &one));
    CHECK_INT(one, 1);
    db_release(&db);
    store_close(&s);
}

BOTH(statements_are_cached_and_evicted)
{
    Ctx *cx = kit_ctx();
    Store *s = place_open(p);
    int64_t n = 3;
    CHECK_OK(store_write(cx, s, many_things, &n));
    Db *db = NULL;
    CHECK_OK(store_read(cx, s, &db));
    int64_t before = db_statements(db);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 400; i++) { // more texts than the cache holds
            Sql *q = sql_new(cx->arena, db);
            sql_add(q, SQL("SELECT n FROM thing WHERE id = "));
            sql_int(q, 2);
            for (int j = 0; j < i; j++)
                sql_add(q, SQL(" "));
            int64_t got = 0;
            CHECK_OK(db_int(cx, db, q, &got));
            CHECK_INT(got, 2);
        }
    CHECK_INT(db_statements(db) - before, 800);
    // One text with parameters of other kinds and with NULL.
    for (int i = 0; i < 9; i++) {
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("SELECT count(*) FROM thing WHERE n = coalesce("));
        if (i % 3 == 0)
            sql_null(q);
        else
            sql_int(q, i % 3);
        sql_add(q, SQL(", 3)"));
        int64_t got = 0;
        CHECK_OK(db_int(cx, db, q, &got));
        CHECK_INT(got, 1);
    }
    db_release(&db);
    store_close(&s);
}

// --- failures

static Status insert_twice(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    TRY(thing_insert(cx, db, 1, S("same"), 0));
    return thing_insert(cx, db, 2, S("same"), 0);
}

static Status insert_orphan(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    return run_text(cx, db, SQL("INSERT INTO thing (id, name, parent) VALUES (3, 'x', 99)"));
}

static Status delete_parent(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    TRY(run_text(cx, db, SQL("INSERT INTO thing (id, name) VALUES (4, 'parent')")));
    TRY(run_text(cx, db, SQL("INSERT INTO thing (id, name, parent) VALUES (5, 'child', 4)")));
    return run_text(cx, db, SQL("DELETE FROM thing WHERE id = 4"));
}

static Status insert_nothing(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    return run_text(cx, db, SQL("INSERT INTO thing (id) VALUES (6)"));
}

static Status insert_nul(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    return thing_insert(cx, db, 7, S("cut\0here"), 0);
}

static Status wrong_sql(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    return run_text(cx, db, SQL("SELECT secret_column FROM thing"));
}

static Status double_quoted_text(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    return run_text(cx, db, SQL("SELECT \"unknown\" FROM thing"));
}

static Status too_many_params(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    int64_t list[LIMIT_SQL_PARAMS + 1] = { 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM thing WHERE id IN ("));
    sql_int_list(q, list, ARRAY_LEN(list));
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

// SQLite could go on after a failure; PostgreSQL cannot. Neither may.
static Status swallow(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    TRY(thing_insert(cx, db, 8, S("first"), 0));
    CHECK_STATUS(thing_insert(cx, db, 8, S("again"), 0), CONFLICT);
    CHECK_STATUS(thing_insert(cx, db, 9, S("after"), 0), DB);
    return STATUS_OK;
}

BOTH(failures_have_our_words)
{
    static const struct {
        const char *story;
        WriteFn fn;
        Status status;
        const char *code, *field;
    } STORIES[] = {
        { "unique", insert_twice, STATUS_CONFLICT, "taken", "name" },
        { "no such parent", insert_orphan, STATUS_CONFLICT, "referenced", NULL },
        { "parent in use", delete_parent, STATUS_CONFLICT, "referenced", NULL },
        { "not null", insert_nothing, STATUS_INVALID, "required", "name" },
        { "U+0000", insert_nul, STATUS_INVALID, "text.nul", NULL },
        { "wrong statement", wrong_sql, STATUS_DB, "db", NULL },
        { "no text in double quotes", double_quoted_text, STATUS_DB, "db", NULL },
        { "parameters", too_many_params, STATUS_TOO_LARGE, "query.too_large", NULL },
        { "swallowed failure", swallow, STATUS_CONFLICT, "db.failed", NULL },
    };
    Store *s = place_open(p);
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Ctx cx = *kit_ctx();
        Status got = store_write(&cx, s, STORIES[i].fn, NULL);
        CHECK_ROW(got == STORIES[i].status, "%s gave %s", STORIES[i].story, status_name(got));
        CHECK_ROW(cx.errors != NULL, "%s", STORIES[i].story);
        if (cx.errors == NULL)
            continue;
        const Err *e = cx.errors;
        CHECK_STR(str_z(e->code), str_z(STORIES[i].code));
        CHECK_STR(str_z(e->field), str_z(STORIES[i].field));
        CHECK_ROW(str_find(e->message, S(" thing"), 0) == e->message.len &&
                      str_find(e->message, S("same"), 0) == e->message.len &&
                      str_find(e->message, S("secret"), 0) == e->message.len,
                  "%s tells too much: " STR_FMT, STORIES[i].story, STR_ARG(e->message));
    }
    CHECK_INT(count_things(kit_ctx(), s), 0);
    store_close(&s);
}

BOTH(readers_cannot_write)
{
    Ctx *cx = kit_ctx();
    Store *s = place_open(p);
    Db *db = NULL;
    CHECK_OK(store_read(cx, s, &db));
    CHECK_STATUS(thing_insert(cx, db, 1, S("sneaked in"), 0), DB);
    cx->errors = NULL;
    // The connection is good for more.
    int64_t n = -1;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM thing"));
    CHECK_OK(db_int(cx, db, q, &n));
    CHECK_INT(n, 0);
    q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM thing WHERE id = 1"));
    CHECK_STATUS(db_int(cx, db, q, &n), NOT_FOUND);
    CHECK(cx->errors == NULL);
    db_release(&db);
    store_close(&s);
}

BOTH(slow_readers_are_stopped)
{
    Ctx *cx = kit_ctx();
    Place limited = *p;
    limited.options.read_limit_ms = 200;
    Store *s = place_open(&limited);
    Db *db = NULL;
    CHECK_OK(store_read(cx, s, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c "
                   "WHERE x < 2000000000) SELECT count(*) FROM c"));
    int64_t start = os_monotonic_us(), n = 0;
    CHECK_STATUS(db_int(cx, db, q, &n), UNAVAILABLE);
    CHECK(cx->errors != NULL && strcmp(cx->errors->code, "db.slow") == 0);
    CHECK(os_monotonic_us() - start < 5000000);
    cx->errors = NULL;
    q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT 7"));
    CHECK_OK(db_int(cx, db, q, &n));
    CHECK_INT(n, 7);
    db_release(&db);
    store_close(&s);
}

BOTH(a_pool_runs_dry_and_refills)
{
    Ctx *cx = kit_ctx();
    Place small = *p;
    small.options.readers = 2;
    Store *s = place_open(&small);
    Db *a = NULL, *b = NULL, *c = NULL;
    CHECK_OK(store_read(cx, s, &a));
    CHECK_OK(store_read(cx, s, &b));
    CHECK(a != b);
    Db *given = a;
    db_release(&a);
    CHECK_OK(store_read(cx, s, &c));
    CHECK(c == given);
    db_release(&b);
    db_release(&c);
    store_close(&s);
}

BOTH(the_nth_statement_fails)
{
    Store *s = place_open(p);
    for (int nth = 1; nth <= 4; nth++) {
        Ctx cx = *kit_ctx();
        int64_t n = 3;
        db_fail_nth(nth); // three inserts and the commit
        CHECK_ROW(store_write(&cx, s, many_things, &n) == STATUS_DB, "statement %d", nth);
        CHECK_ROW(count_things(kit_ctx(), s) == 0, "statement %d", nth);
    }
    db_fail_nth(0);
    int64_t n = 3;
    CHECK_OK(store_write(kit_ctx(), s, many_things, &n));
    CHECK_INT(count_things(kit_ctx(), s), 3);
    store_close(&s);
}

// --- bulk

enum { BULK_ROWS = 5000 };

static Status load(Ctx *cx, Db *db, void *arg)
{
    bool spoil = *(bool *)arg;
    CLEANUP(bulk_cleanup) Bulk *b = NULL;
    TRY(bulk_open(cx, db, SQL("thing"), SQL("id, name, n, data, raw, parent"), 6, &b));
    for (int64_t i = 1; i <= BULK_ROWS; i++) {
        bulk_int(b, i);
        bulk_text(b, i == 7                    ? S("tab\tnew\nline\r back\\slash \\N ,\"")
                     : spoil && i == BULK_ROWS ? S("name 1")
                                               : arena_fmt(cx->arena, "name %lld", (long long)i));
        if (i % 2 == 0)
            bulk_null(b);
        else
            bulk_int(b, -i);
        bulk_json(b, S("{\"k\": \"a\\\"b\\\\c\"}"));
        bulk_blob(b, i == 8 ? (Str){ 0 } : S("\0\n\\\xff"));
        bulk_id(b, (Id){ i > 10 ? 10 : 0 });
        TRY(bulk_row(cx, b));
    }
    TRY(bulk_end(cx, &b));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM thing"));
    int64_t n = 0;
    TRY(db_int(cx, db, q, &n)); // the connection is free again
    CHECK_INT(n, BULK_ROWS);
    return STATUS_OK;
}

static Status load_and_give_up(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    CLEANUP(bulk_cleanup) Bulk *b = NULL;
    TRY(bulk_open(cx, db, SQL("pair"), SQL("a, b"), 2, &b));
    bulk_int(b, 1);
    bulk_int(b, 1);
    TRY(bulk_row(cx, b));
    return FAIL(cx, INVALID, "changed.mind", NULL, "no");
}

BOTH(bulk_loads_and_takes_back)
{
    Ctx *cx = kit_ctx();
    Store *s = place_open(p);
    bool spoil = true;
    CHECK_STATUS(store_write(cx, s, load, &spoil), CONFLICT);
    CHECK_INT(count_things(cx, s), 0);
    CHECK_STATUS(store_write(cx, s, load_and_give_up, NULL), INVALID);
    cx->errors = NULL;
    spoil = false;
    CHECK_OK(store_write(cx, s, load, &spoil));
    CHECK_INT(count_things(cx, s), BULK_ROWS);
    Db *db = NULL;
    CHECK_OK(store_read(cx, s, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT name, n, data, raw, parent FROM thing WHERE id IN ("));
    sql_int_list(q, (const int64_t[]){ 7, 8, 12 }, 3);
    sql_add(q, SQL(") ORDER BY id"));
    Stmt *st = NULL;
    CHECK_OK(db_run(cx, db, q, &st));
    CHECK(stmt_next(st));
    CHECK_STR(stmt_view(st, 0), S("tab\tnew\nline\r back\\slash \\N ,\""));
    CHECK_INT(stmt_int(st, 1), -7);
    CHECK_STR(stmt_view(st, 2), S("{\"k\": \"a\\\"b\\\\c\"}"));
    CHECK_STR(stmt_view(st, 3), S("\0\n\\\xff"));
    CHECK(stmt_is_null(st, 4));
    CHECK(stmt_next(st));
    CHECK(stmt_is_null(st, 1));
    CHECK(!stmt_is_null(st, 3) && stmt_view(st, 3).len == 0);
    CHECK(stmt_next(st));
    CHECK_INT(stmt_int(st, 4), 10);
    CHECK_OK(stmt_end(cx, &st));
    db_release(&db);
    store_close(&s);
}

// --- search

typedef struct Put {
    int64_t id;
    Str before[4], after[4];
    size_t nbefore, nafter;
} Put;

static Status put_tokens(Ctx *cx, Db *db, void *arg)
{
    const Put *put = arg;
    return db_search_put(cx, db, SQL("thing_search"), put->id, put->before, put->nbefore,
                         put->after, put->nafter);
}

// The ids found, as text: "1 3".
static Str find(Store *s, const SearchToken *t, size_t n)
{
    Ctx *cx = kit_ctx();
    Db *db = NULL;
    CHECK_OK(store_read(cx, s, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT t.id FROM thing t WHERE "));
    sql_search(q, SQL("t.id"), SQL("thing_search"), t, n);
    sql_add(q, SQL(" ORDER BY t.id"));
    Buf b = buf_new(cx->arena, 1000);
    Stmt *st = NULL;
    CHECK_OK(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        if (b.len > 0)
            buf_char(&b, ' ');
        buf_int(&b, stmt_int(st, 0));
    }
    CHECK_OK(stmt_end(cx, &st));
    db_release(&db);
    return buf_str(&b);
}

#define TOKENS(...) { __VA_ARGS__ }, sizeof((SearchToken[]){ __VA_ARGS__ }) / sizeof(SearchToken)

BOTH(search_finds_groups_and_beginnings)
{
    static const Put PUTS[] = {
        { 1, { { 0 } }, { S_INIT("王小"), S_INIT("小明"), S_INIT("e6789") }, 0, 3 },
        { 2, { { 0 } }, { S_INIT("王大"), S_INIT("e1234"), S_INIT("o'hara\\") }, 0, 3 },
        { 3, { { 0 } }, { S_INIT("AND"), S_INIT("wang"), S_INIT("wang"), S_INIT("x:*|&!") }, 0, 4 },
        { 1,
          { S_INIT("王小"), S_INIT("小明"), S_INIT("e6789") },
          { S_INIT("王小"), S_INIT("e0000") },
          3,
          2 },
        { 2,
          { S_INIT("王大"), S_INIT("e1234"), S_INIT("o'hara\\") },
          { S_INIT("王大"), S_INIT("e1234"), S_INIT("o'hara\\") },
          3,
          3 },
    };
    static const struct {
        const char *story;
        SearchToken tokens[4];
        size_t n;
        const char *want;
    } STORIES[] = {
        { "one", TOKENS({ S_INIT("王小"), false, 0 }), "1" },
        { "replaced", TOKENS({ S_INIT("小明"), false, 0 }), "" },
        { "the new one", TOKENS({ S_INIT("e0000"), false, 0 }), "1" },
        { "beginning", TOKENS({ S_INIT("王"), true, 0 }), "1 2" },
        { "whole only", TOKENS({ S_INIT("王"), false, 0 }), "" },
        { "or", TOKENS({ S_INIT("王小"), false, 0 }, { S_INIT("wan"), true, 0 }), "1 3" },
        { "and", TOKENS({ S_INIT("王"), true, 0 }, { S_INIT("e1234"), false, 1 }), "2" },
        { "or inside and",
          TOKENS({ S_INIT("王小"), false, 0 }, { S_INIT("王大"), false, 0 },
                 { S_INIT("e1"), true, 1 }),
          "2" },
        { "word of the query language", TOKENS({ S_INIT("AND"), false, 0 }), "3" },
        { "letters as they are", TOKENS({ S_INIT("and"), false, 0 }), "" },
        { "signs", TOKENS({ S_INIT("x:*|&!"), false, 0 }), "3" },
        { "signs, beginning", TOKENS({ S_INIT("x:*"), true, 0 }), "3" },
        { "quote and backslash", TOKENS({ S_INIT("o'hara\\"), false, 0 }), "2" },
        { "nothing asked", { { { 0 }, false, 0 } }, 0, "" },
    };
    Ctx *cx = kit_ctx();
    Store *s = place_open(p);
    int64_t n = 3;
    CHECK_OK(store_write(cx, s, many_things, &n));
    for (size_t i = 0; i < ARRAY_LEN(PUTS); i++) {
        Put put = PUTS[i];
        CHECK_OK(store_write(cx, s, put_tokens, &put));
    }
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Str got = find(s, STORIES[i].tokens, STORIES[i].n);
        CHECK_ROW(str_eq(got, str_z(STORIES[i].want)), "%s found '" STR_FMT "'", STORIES[i].story,
                  STR_ARG(got));
    }
    Put gone = { 2, { S("王大"), S("e1234"), S("o'hara\\") }, { { 0 } }, 3, 0 };
    CHECK_OK(store_write(cx, s, put_tokens, &gone));
    CHECK_STR(find(s, (SearchToken[]){ { S("王"), true, 0 } }, 1), S("1"));
    // Longer than any index holds: cut alike on both sides.
    char *big = arena_array(cx->arena, char, 5000);
    memset(big, 'z', 5000);
    Put large = { 2, { { 0 } }, { { big, 5000 } }, 0, 1 };
    CHECK_OK(store_write(cx, s, put_tokens, &large));
    CHECK_STR(find(s, (SearchToken[]){ { { big, 4000 }, false, 0 } }, 1), S("2"));
    store_close(&s);
}
