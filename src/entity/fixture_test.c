#include "entity/fixture_test.h"

static const ChoiceDef COLORS[] = {
    { "red", { "红", "Red" } },
    { "green", { "绿", "Green" } },
    { "blue", { "蓝", "Blue" } },
    { NULL, { NULL, NULL } },
};

static Status even_code(Ctx *cx, const Field *f, Value *v)
{
    if (v->text.len % 2 != 0)
        return FAIL(cx, INVALID, "odd", f->name.ptr, "has an odd length");
    return STATUS_OK;
}

#define ANY (F_FILTER | F_SORT)

static const Field FIELDS[] = {
    FIELD_ROW(Sample, id, .flags = F_READONLY | ANY),
    FIELD_ROW(Sample, name, .label = { "名称", "Name" }, .min = 1, .max = 20,
              .flags = ANY | F_LIST | F_REQUIRED),
    FIELD_ROW(Sample, code, .flags = F_PII | F_CRYPT | F_TAIL | F_FILTER, .mask = MASK_PHONE,
              .check = even_code),
    FIELD_ROW(Sample, num, .min = -1000, .max = 1000, .flags = ANY | F_SUM),
    FIELD_ROW(Sample, flag, .flags = ANY),
    FIELD_ROW(Sample, friend_id, .ref = "sample", .flags = ANY),
    FIELD_ROW(Sample, amount, .min = -10000000, .max = 10000000, .flags = ANY | F_SUM),
    FIELD_ROW(Sample, rate, .flags = ANY | F_SUM),
    FIELD_ROW(Sample, at, .flags = ANY),
    FIELD_ROW(Sample, on_day, .flags = ANY),
    FIELD_ROW(Sample, color, .choices = COLORS, .flags = ANY),
    FIELD_ROW(Sample, doc, .flags = 0),
    FIELD_ROW(Sample, owner_id, .ref = "user", .flags = F_FILTER),
    FIELD_ROW(Sample, department_id, .ref = "department", .flags = F_FILTER),
    FIELD_ROW(Sample, total, .flags = F_STAT | F_READONLY | ANY | F_SUM),
    FIELD_ROW(Sample, version, .flags = F_READONLY, .block = "system"),
    FIELD_ROW(Sample, created_at, .flags = F_READONLY, .block = "system"),
    FIELD_ROW(Sample, updated_at, .flags = F_READONLY, .block = "system"),
    FIELD_ROW(Sample, deleted_at, .flags = F_READONLY | F_HIDDEN, .block = "system"),
};

bool fixture_refuses;

// Refuses to be made or restored while the test says so, as an entity whose number was taken would.
static Status refuse(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)db, (void)e;
    if (fixture_refuses && before == NULL && after != NULL)
        return FAIL(cx, CONFLICT, "taken", "name", "is taken");
    return STATUS_OK;
}

static Status keep_stat(Ctx *cx, Db *db, const EntityInfo *e, const void *before, const void *after)
{
    if (before != NULL)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO sample_stat (id, total) VALUES ("));
    sql_id(q, row_id(after, e));
    sql_add(q, SQL(", 0) ON CONFLICT (id) DO NOTHING"));
    return db_exec(cx, db, q, NULL);
}

static const Relation RELATIONS[] = {
    { "children", "child", SQL_INIT("sample_id") },
    { NULL, NULL, { NULL } },
};

const Entity sample_entity = {
    .name = "sample",
    .path = "samples",
    .label = { "样", "Sample" },
    .plural = { "样", "Samples" },
    .table = SQL_INIT("sample"),
    .stat_table = SQL_INIT("sample_stat"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Sample),
    .title = SAMPLE_name,
    .owner = SAMPLE_owner_id,
    .department = SAMPLE_department_id,
    .flags = E_TRASH | E_CUSTOM,
    .relations = RELATIONS,
    .check = refuse,
    .changed = keep_stat,
};

static const Field CHILD_FIELDS[] = {
    FIELD_ROW(Child, id, .flags = F_READONLY | ANY),
    FIELD_ROW(Child, sample_id, .ref = "sample", .flags = F_FILTER),
    FIELD_ROW(Child, label, .flags = ANY),
    FIELD_ROW(Child, size, .flags = ANY | F_SUM),
    FIELD_ROW(Child, version, .flags = F_READONLY, .block = "system"),
    FIELD_ROW(Child, created_at, .flags = F_READONLY, .block = "system"),
    FIELD_ROW(Child, updated_at, .flags = F_READONLY, .block = "system"),
    FIELD_ROW(Child, deleted_at, .flags = F_READONLY | F_HIDDEN, .block = "system"),
};

const Entity child_entity = {
    .name = "child",
    .path = "children",
    .label = { "子", "Child" },
    .plural = { "子", "Children" },
    .table = SQL_INIT("sample_child"),
    .fields = CHILD_FIELDS,
    .nfields = ARRAY_LEN(CHILD_FIELDS),
    .size = sizeof(Child),
    .parent = 1,
    .flags = E_TRASH,
};

// --- chance

static uint64_t state = 88172645463325252ull;

void chance_seed(uint64_t seed)
{
    state = seed * 0x9e3779b97f4a7c15ull + 1;
}

uint64_t chance(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

int chance_below(int n)
{
    return (int)(chance() % (uint64_t)n);
}

// --- tables

static Status run(Ctx *cx, Db *db, SqlText sqlite, SqlText postgres)
{
    Sql *q = sql_new(cx->arena, db);
    sql_either(q, sqlite, postgres);
    return db_exec(cx, db, q, NULL);
}

static Status make_tables(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    TRY(run(
        cx, db,
        SQL("CREATE TABLE sample (id INTEGER PRIMARY KEY, name TEXT, code BLOB, code_blind BLOB, "
            "code_tail BLOB,"
            " num INTEGER, flag INTEGER, friend_id INTEGER, amount INTEGER, rate INTEGER, at "
            "INTEGER,"
            " on_day INTEGER, color INTEGER, doc TEXT, owner_id INTEGER, department_id INTEGER, "
            "custom TEXT,"
            " version INTEGER, created_at INTEGER, updated_at INTEGER, deleted_at INTEGER) STRICT"),
        SQL("CREATE TABLE sample (id BIGINT PRIMARY KEY, name TEXT, code BYTEA, code_blind BYTEA, "
            "code_tail BYTEA,"
            " num BIGINT, flag BIGINT, friend_id BIGINT, amount BIGINT, rate BIGINT, at BIGINT,"
            " on_day BIGINT, color BIGINT, doc JSONB, owner_id BIGINT, department_id BIGINT, "
            "custom JSONB,"
            " version BIGINT, created_at BIGINT, updated_at BIGINT, deleted_at BIGINT)")));
    TRY(run(cx, db, SQL("CREATE TABLE sample_stat (id INTEGER PRIMARY KEY, total INTEGER) STRICT"),
            SQL("CREATE TABLE sample_stat (id BIGINT PRIMARY KEY, total BIGINT)")));
    TRY(run(
        cx, db,
        SQL("CREATE TABLE sample_child (id INTEGER PRIMARY KEY, sample_id INTEGER, label TEXT, "
            "size INTEGER,"
            " version INTEGER, created_at INTEGER, updated_at INTEGER, deleted_at INTEGER) STRICT"),
        SQL("CREATE TABLE sample_child (id BIGINT PRIMARY KEY, sample_id BIGINT, label TEXT, size "
            "BIGINT,"
            " version BIGINT, created_at BIGINT, updated_at BIGINT, deleted_at BIGINT)")));
    if (db_dialect(db) == DIALECT_POSTGRES) {
        TRY(run(cx, db, SQL(""), SQL("CREATE SEQUENCE sample_id")));
        TRY(run(cx, db, SQL(""), SQL("CREATE SEQUENCE sample_child_id")));
    }
    return run(cx, db,
               SQL("INSERT INTO custom_field (id, entity, key, label_zh, label_en, kind, pii, "
                   "position, version,"
                   " created_at, updated_at) VALUES (1, 'sample', 'n', 'n', 'n', 1, 0, 0, 1, 0, 0),"
                   " (2, 'sample', 't', 't', 't', 0, 0, 1, 1, 0, 0), (3, 'sample', 'm', 'm', 'm', "
                   "4, 0, 2, 1, 0, 0),"
                   " (4, 'sample', 'x', 'x', 'x', 0, 1, 3, 1, 0, 0)"),
               SQL("INSERT INTO custom_field (id, entity, key, label_zh, label_en, kind, pii, "
                   "position, version,"
                   " created_at, updated_at) VALUES (1, 'sample', 'n', 'n', 'n', 1, 0, 0, 1, 0, 0),"
                   " (2, 'sample', 't', 't', 't', 0, 0, 1, 1, 0, 0), (3, 'sample', 'm', 'm', 'm', "
                   "4, 0, 2, 1, 0, 0),"
                   " (4, 'sample', 'x', 'x', 'x', 0, 1, 3, 1, 0, 0)"));
}

// --- rows

static const Str WORDS[] = {
    S_INIT("alpha"), S_INIT("Alpha"),  S_INIT("beta"),  S_INIT("Beta 2"),
    S_INIT("张三"),  S_INIT("张三丰"), S_INIT("李四"),  S_INIT("ÄÖ"),
    S_INIT("äö"),    S_INIT("a%b_c"),  S_INIT("10"),    S_INIT("9"),
    S_INIT("'; --"), S_INIT("é"),      S_INIT("\"q\""), S_INIT("王"),
};

static void put(Ctx *cx, void *row, const Field *f, Value v)
{
    if (chance_below(5) != 0)
        row_put(cx->arena, row, f, v);
    else if (chance_below(2) == 0)
        row_put(cx->arena, row, f, value_null(f->kind));
}

static Value any_value(Ctx *cx, const Field *f)
{
    int64_t small = chance_below(21) - 10;
    switch (f->kind) {
    case FIELD_TEXT:
        if ((f->flags & F_CRYPT) != 0)
            return value_text(arena_fmt(cx->arena, "13%04d", chance_below(40)));
        return value_text(WORDS[chance_below((int)ARRAY_LEN(WORDS))]);
    case FIELD_INT: return value_num(f->kind, small);
    case FIELD_BOOL: return value_num(f->kind, chance_below(2));
    case FIELD_ID: return value_num(f->kind, 1 + chance_below(6));
    case FIELD_MONEY:
    case FIELD_DECIMAL: return value_num(f->kind, small * 2500);
    case FIELD_INSTANT: return value_num(f->kind, 1768464000000 + small * 3600000 * 30);
    case FIELD_DAY: return value_num(f->kind, 20468 + small * 9);
    case FIELD_CHOICE: return value_num(f->kind, chance_below(3));
    case FIELD_JSON: return (Value){ .kind = FIELD_JSON, .text = S("{\"a\":[1,2]}") };
    case FIELD_KINDS: break;
    }
    return value_null(f->kind);
}

static Status put_stat(Ctx *cx, Db *db, Id id, Sample *s, const EntityInfo *e)
{
    Value total =
        chance_below(4) == 0 ? value_null(FIELD_MONEY) : any_value(cx, field_at(e, SAMPLE_total));
    row_put(cx->arena, s, field_at(e, SAMPLE_total), total);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO sample_stat (id, total) VALUES ("));
    sql_id(q, id);
    sql_add(q, SQL(", "));
    if (total.null)
        sql_null(q);
    else
        sql_int(q, total.num);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

static Status make_rows(Ctx *cx, Db *db, void *arg)
{
    Samples *s = arg;
    chance_seed(7);
    for (int i = 0; i < SAMPLES; i++) {
        Sample *row = row_new(cx->arena, s->info);
        FOR_FIELDS(s->info, f)
            if ((f->flags & F_READONLY) == 0)
                put(cx, row, f, any_value(cx, f));
        row_put(cx->arena, row, field_at(s->info, 0), value_num(FIELD_ID, i + 1));
        TRY(entity_insert(cx, db, s->info, row));
        TRY(put_stat(cx, db, row->id, row, s->info));
        s->rows[i] = row;
    }
    for (int i = 0; i < CHILDREN; i++) {
        Child *kid = row_new(cx->arena, s->children);
        FOR_FIELDS(s->children, f)
            if ((f->flags & F_READONLY) == 0)
                put(cx, kid, f, any_value(cx, f));
        row_put(cx->arena, kid, field_at(s->children, 0), value_num(FIELD_ID, i + 1));
        row_put(cx->arena, kid, field_at(s->children, 1),
                value_num(FIELD_ID, 1 + chance_below(SAMPLES / 2)));
        TRY(entity_insert(cx, db, s->children, kid));
        s->kids[i] = kid;
    }
    return STATUS_OK;
}

Status samples_write(Samples *s, WriteFn fn, void *arg)
{
    return store_write(s->kit.cx, s->kit.store, fn, arg);
}

// The catalog once more, with the custom fields.
static bool take_catalog(Samples *s, const Entity *const *entities, size_t n)
{
    Ctx *cx = s->kit.cx;
    Catalog *c = NULL;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(cx, s->kit.store, &db));
    Status built = db == NULL ? STATUS_DB : catalog_build(cx, db, entities, n, &c);
    CHECK_OK(built);
    if (built != STATUS_OK)
        return false;
    c->keys = s->kit.keys;
    c->zone = s->kit.catalog->zone;
    catalog_release(s->kit.catalog);
    s->kit.catalog = c;
    cx->catalog = c;
    s->info = catalog_of(cx, &sample_entity);
    s->children = catalog_of(cx, &child_entity);
    return true;
}

bool samples_open(Samples *s, bool postgres, bool fill)
{
    static const Entity *const ENTITIES[] = { &sample_entity, &child_entity };
    *s = (Samples){ 0 };
    if (!kit_store(&s->kit, postgres, ENTITIES, ARRAY_LEN(ENTITIES)))
        return false;
    CHECK_OK(samples_write(s, make_tables, NULL));
    if (!take_catalog(s, ENTITIES, ARRAY_LEN(ENTITIES)))
        return false;
    if (fill)
        CHECK_OK(samples_write(s, make_rows, s));
    return true;
}

void samples_close(Samples *s)
{
    kit_store_close(&s->kit);
}

const Filter *filter_of(Samples *s, Str json)
{
    const Filter *f = NULL;
    CHECK_OK(filter_parse_text(s->kit.cx, s->info, json, &f));
    return f;
}

bool ids_found(Samples *s, const Filter *f, Ids *ret)
{
    Ctx *cx = s->kit.cx;
    CLEANUP(db_release) Db *db = NULL;
    Query query = { .info = s->info, .filter = f };
    ret->len = 0;
    if (store_read(cx, s->kit.store, &db) != STATUS_OK)
        return false;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT t.id"));
    query_from(cx, q, &query);
    sql_add(q, SQL(" WHERE "));
    if (query_where(cx, q, &query) != STATUS_OK)
        return false;
    sql_add(q, SQL(" ORDER BY t.id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    if (db_run(cx, db, q, &st) != STATUS_OK)
        return false;
    while (stmt_next(st) && ret->len < SAMPLES)
        ret->ptr[ret->len++] = stmt_int(st, 0);
    return stmt_end(cx, &st) == STATUS_OK;
}
