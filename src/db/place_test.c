#include "db/place_test.h"

#include "kit/kit.h"
#include "kit/pg.h"

static const Migration SCHEMA[] = {
    { 1, "thing",
      "-- What the stories write; a remark that ends in a semicolon;\n"
      "CREATE TABLE thing (\n"
      "    id $ID, -- given by us\n"
      "    name TEXT NOT NULL UNIQUE,\n"
      "    n $BIG,\n"
      "    data $JSON,\n"
      "    raw $BLOB,\n"
      "    parent $BIG REFERENCES thing (id)\n"
      ") $STRICT;\n"
      "CREATE TABLE pair (a $BIG NOT NULL, b $BIG NOT NULL, PRIMARY KEY (a, b)) "
      "$STRICT_WITHOUT_ROWID;\n"
      "CREATE TABLE late (id $ID,\n"
      "    thing $BIG REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED) $STRICT;\n"
      "--search thing_search\n" },
};

Place place_sqlite(void)
{
    const char *path = arena_fmt(kit_arena(), "%s/store.db", kit_dir()).ptr;
    return (Place){ .options = { .path = path, .create = true }, .there = true };
}

Place place_postgres(void)
{
    const char *url = kit_postgres();
    return (Place){ .options = { .url = url }, .there = url != NULL };
}

Store *place_open(const Place *p)
{
    Store *s = NULL;
    CHECK_OK(store_open(kit_ctx(), &p->options, &s));
    check(s != NULL);
    CHECK_OK(db_migrate(kit_ctx(), s, SCHEMA, ARRAY_LEN(SCHEMA), NULL));
    return s;
}

Status thing_insert(Ctx *cx, Db *db, int64_t id, Str name, int64_t n)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO thing (id, name, n) VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", "));
    sql_text(q, name);
    sql_add(q, SQL(", "));
    sql_int(q, n);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

int64_t count_things(Ctx *cx, Store *s)
{
    CLEANUP(db_release) Db *db = NULL;
    if (store_read(cx, s, &db) != STATUS_OK)
        return -1;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM thing"));
    int64_t n = -1;
    return db_int(cx, db, q, &n) == STATUS_OK ? n : -1;
}

Ctx thread_ctx(Arena *a)
{
    return (Ctx){
        .arena = a, .scratch = a, .now = { 1768464000000 }, .lang = "en", .request_id = S("thread")
    };
}
