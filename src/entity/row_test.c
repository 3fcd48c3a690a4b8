// Values: every kind through JSON, text, the store and back; what is refused and in which words;
// masks; custom fields, also those that nobody defines any more; sealed values.
#include "entity/fixture_test.h"

typedef struct Reading {
    uint32_t field;
    const char *json, *back; // back: JSON, or the code of the fault with '!' before it
} Reading;

static const Reading READINGS[] = {
    { SAMPLE_name, "\"  a b \"", "\"a b\"" },
    { SAMPLE_name, "\"\"", "null" },
    { SAMPLE_name, "null", "null" },
    { SAMPLE_name, "5", "!format" },
    { SAMPLE_name, "true", "!format" },
    { SAMPLE_name, "\"e\\u0301\"", "\"é\"" },
    { SAMPLE_name, "\"a\\u202eb\"", "!text.unclean" },
    { SAMPLE_name, "\"a\\u200bb\"", "!text.unclean" },
    { SAMPLE_name, "\"a\\nb\"", "!text.unclean" },
    { SAMPLE_name, "\"123456789012345678901\"", "!text.long" },
    { SAMPLE_name, "\"中文中文中文中文中文中文中文中文中文中文\"",
      "\"中文中文中文中文中文中文中文中文中文中文\"" },
    { SAMPLE_num, "-1000", "-1000" },
    { SAMPLE_num, "1001", "!range" },
    { SAMPLE_num, "1.0", "!format" },
    { SAMPLE_num, "\"1\"", "!format" },
    { SAMPLE_flag, "true", "true" },
    { SAMPLE_flag, "1", "!format" },
    { SAMPLE_friend_id, "9223372036854775807", "9223372036854775807" },
    { SAMPLE_friend_id, "-1", "!format" },
    { SAMPLE_amount, "\"12.5\"", "\"12.50\"" },
    { SAMPLE_amount, "12", "\"12.00\"" },
    { SAMPLE_amount, "0.1", "\"0.10\"" },
    { SAMPLE_amount, "\"1.23456\"", "!format" },
    { SAMPLE_amount, "\"1,000\"", "!format" },
    { SAMPLE_amount, "1e2", "\"100.00\"" },
    { SAMPLE_amount, "\"1000.0001\"", "!range" },
    { SAMPLE_rate, "\"-0.0001\"", "\"-0.0001\"" },
    { SAMPLE_at, "\"2026-01-15T08:00:00Z\"", "\"2026-01-15T08:00:00Z\"" },
    { SAMPLE_at, "\"2026-01-15T16:00:00+08:00\"", "\"2026-01-15T08:00:00Z\"" },
    { SAMPLE_at, "\"2026-02-30T08:00:00Z\"", "!format" },
    { SAMPLE_at, "1768464000000", "!format" },
    { SAMPLE_on_day, "\"2024-02-29\"", "\"2024-02-29\"" },
    { SAMPLE_on_day, "\"2023-02-29\"", "!format" },
    { SAMPLE_color, "\"green\"", "\"green\"" },
    { SAMPLE_color, "\"Green\"", "!choice" },
    { SAMPLE_color, "1", "!format" },
    { SAMPLE_doc, "{\"bb\":1,\"a\":[{\"c\":null}]}", "{\"a\":[{\"c\":null}],\"bb\":1}" },
    { SAMPLE_code, "\"1234\"", "\"1234\"" },
    { SAMPLE_code, "\"123\"", "!odd" },
};

static Str shown(Ctx *cx, const EntityInfo *e, const Field *f, const void *row)
{
    (void)e;
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    value_json(&j, cx->catalog, f, row_get(row, f));
    return buf_str(&b);
}

static Str read_one(Samples *s, const Field *f, const char *json)
{
    Ctx *cx = s->kit.cx;
    const Json *node = NULL;
    cx->errors = NULL;
    Str body = arena_fmt(kit_arena(), "{\"" STR_FMT "\":%s}", STR_ARG(f->name), json);
    void *row = row_new(cx->arena, s->info);
    CHECK_OK(json_parse(cx, body, &node));
    Status got = row_from_json(cx, s->info, node, true, row);
    if (got == STATUS_OK)
        got = row_validate(cx, s->info, row, false);
    const Err *err = cx->errors;
    cx->errors = NULL;
    // A required field without a value is said of name only; that is what the rows above ask for.
    if (err != NULL && strcmp(err->code, "required") != 0)
        return arena_fmt(kit_arena(), "!%s", err->code);
    return shown(cx, s->info, f, row);
}

TEST(values_read)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, false, false))
        return;
    for (size_t i = 0; i < ARRAY_LEN(READINGS); i++) {
        Str got = read_one(&s, field_at(s.info, READINGS[i].field), READINGS[i].json);
        CHECK_ROW(str_eq(got, str_z(READINGS[i].back)), "%s gives " STR_FMT ", not %s",
                  READINGS[i].json, STR_ARG(got), READINGS[i].back);
    }
}

static Status update_first(Ctx *cx, Db *db, void *arg)
{
    return entity_update(cx, db, catalog_of(cx, &sample_entity), arg);
}

static bool load(Samples *s, int64_t id, Sample *ret)
{
    Ctx *cx = s->kit.cx;
    CLEANUP(db_release) Db *db = NULL;
    cx->errors = NULL;
    return store_read(cx, s->kit.store, &db) == STATUS_OK &&
           query_one(cx, db, s->info, (Id){ id }, ret) == STATUS_OK;
}

static void round_trip(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, true))
        return;
    for (int i = 0; i < SAMPLES; i++) {
        Sample back = { 0 };
        CHECK(load(&s, i + 1, &back));
        FOR_FIELDS(s.info, f)
            CHECK_ROW(value_equal(row_get(s.rows[i], f), row_get(&back, f)), "row %d, " STR_FMT,
                      i + 1, STR_ARG(f->name));
    }
    // Nulls overwrite, what is not there stays; the custom document is written whole.
    Ctx *cx = s.kit.cx;
    Sample patch = { 0 };
    row_put(cx->arena, &patch, field_at(s.info, 0), value_num(FIELD_ID, 1));
    row_put(cx->arena, &patch, field_at(s.info, SAMPLE_name), value_text(S("changed")));
    row_put(cx->arena, &patch, field_at(s.info, SAMPLE_code), value_null(FIELD_TEXT));
    CHECK_OK(samples_write(&s, update_first, &patch));
    Sample back = { 0 };
    CHECK(load(&s, 1, &back));
    CHECK_STR(back.name, S("changed"));
    CHECK(!row_is_set(&back, field_at(s.info, SAMPLE_code)));
    CHECK(value_equal(row_get(&back, field_at(s.info, SAMPLE_num)),
                      row_get(s.rows[0], field_at(s.info, SAMPLE_num))));
}

TEST(round_trip_sqlite)
{
    round_trip(false);
}

TEST(round_trip_postgres)
{
    round_trip(true);
}

// --- sealed values

typedef struct Swap {
    SqlText text;
} Swap;

static Status run_text(Ctx *cx, Db *db, void *arg)
{
    const Swap *s = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, s->text);
    return db_exec(cx, db, q, NULL);
}

static Status insert_row(Ctx *cx, Db *db, void *arg)
{
    return entity_insert(cx, db, catalog_of(cx, &sample_entity), arg);
}

static void put_sample(Samples *s, int64_t id, Str code, Str secret)
{
    Ctx *cx = s->kit.cx;
    Sample row = { 0 };
    row_put(cx->arena, &row, field_at(s->info, 0), value_num(FIELD_ID, id));
    row_put(cx->arena, &row, field_at(s->info, SAMPLE_name), value_text(S("n")));
    row_put(cx->arena, &row, field_at(s->info, SAMPLE_code), value_text(code));
    row_put(cx->arena, &row, field_find(s->info, S("custom.x")), value_text(secret));
    CHECK_OK(samples_write(s, insert_row, &row));
    Swap stat = { SQL("INSERT INTO sample_stat (id, total) SELECT id, 0 FROM sample WHERE id NOT IN"
                      " (SELECT id FROM sample_stat)") };
    CHECK_OK(samples_write(s, run_text, &stat));
}

static int64_t found(Samples *s, const char *filter)
{
    Ids ids;
    return ids_found(s, filter_of(s, str_z(filter)), &ids) ? (int64_t)ids.len : -1;
}

static void sealed_values(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, false))
        return;
    put_sample(&s, 1, S("13800138000x"), S("whisper one"));
    put_sample(&s, 2, S("13900139000x"), S("whisper two"));
    CHECK_INT(found(&s, "{\"code\":\"13800138000x\"}"), 1);
    CHECK_INT(found(&s, "{\"code\":{\"in\":[\"13800138000x\",\"13900139000x\"]}}"), 2);
    CHECK_INT(found(&s, "{\"code\":{\"ne\":\"13800138000x\"}}"), 1);
    CHECK_INT(found(&s, "{\"code\":{\"ends\":\"8000\"}}"), 1);
    CHECK_INT(found(&s, "{\"code\":{\"ends\":\"800\"}}"), -1);
    CHECK_INT(found(&s, "{\"custom.x\":{\"not_empty\":true}}"), 2);
    // Moved to another row, or changed, a sealed value is an error and never shown (E5).
    static const Swap MOVES[] = {
        { SQL_INIT(
            "UPDATE sample SET code = (SELECT code FROM sample WHERE id = 2) WHERE id = 1") },
        { SQL_INIT(
            "UPDATE sample SET custom = (SELECT custom FROM sample WHERE id = 2) WHERE id = 1") },
    };
    Sample back = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(MOVES); i++) {
        CHECK(load(&s, 2, &back));
        Swap move = MOVES[i];
        CHECK_OK(samples_write(&s, run_text, &move));
        CHECK_ROW(!load(&s, 1, &back), "a value from another row was opened");
        put_sample(&s, 10 + (int64_t)i, S("13"), S("x"));
        Swap gone = { SQL("UPDATE sample SET code = NULL, custom = NULL WHERE id = 1") };
        CHECK_OK(samples_write(&s, run_text, &gone));
        CHECK(load(&s, 1, &back));
    }
    s.kit.cx->errors = NULL;
    if (postgres)
        return;
    Str bytes = kit_store_bytes(&s.kit);
    static const char *const CLEAR[] = { "13800138000x", "13900139000x", "whisper" };
    for (size_t i = 0; i < ARRAY_LEN(CLEAR); i++)
        CHECK_ROW(str_find(bytes, str_z(CLEAR[i]), 0) == bytes.len, "%s lies open in the file",
                  CLEAR[i]);
}

TEST(sealed_values_sqlite)
{
    sealed_values(false);
}

TEST(sealed_values_postgres)
{
    sealed_values(true);
}

// --- custom values nobody knows

static void unknown_keys(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, false))
        return;
    put_sample(&s, 1, S("13"), S("x"));
    Swap alien = { SQL("UPDATE sample SET custom = "
                       "'{\"gone\":{\"deep\":[1,2]},\"n\":\"text\",\"t\":7,\"m\":120000}'"
                       " WHERE id = 1") };
    CHECK_OK(samples_write(&s, run_text, &alien));
    Sample row = { 0 };
    CHECK(load(&s, 1, &row));
    // n is a number now and m money: what does not fit reads as nothing but is not lost.
    CHECK(!row_is_set(&row, field_find(s.info, S("custom.n"))));
    CHECK(!row_is_set(&row, field_find(s.info, S("custom.t"))));
    CHECK_INT(row_get(&row, field_find(s.info, S("custom.m"))).num, 120000);
    CHECK_INT(found(&s, "{\"custom.n\":{\"empty\":true}}"), 1);
    CHECK_INT(found(&s, "{\"custom.n\":{\"gt\":0}}"), 0);
    CHECK_INT(found(&s, "{\"custom.t\":\"7\"}"), 0);
    CHECK_INT(found(&s, "{\"custom.m\":{\"gte\":\"12\"}}"), 1);
    row_put(s.kit.cx->arena, &row, field_find(s.info, S("custom.m")),
            value_num(FIELD_MONEY, 50000));
    row_put(s.kit.cx->arena, &row, field_find(s.info, S("custom.t")), value_text(S("new")));
    CHECK_OK(samples_write(&s, update_first, &row));
    CHECK(load(&s, 1, &row));
    int raw = 0;
    for (const CustomValue *c = row.row.custom; c != NULL; c = c->next) {
        raw += c->field == NULL;
        if (str_eq(c->key, S("gone")))
            CHECK(str_find(c->raw, S("deep"), 0) < c->raw.len);
        if (str_eq(c->key, S("n")))
            CHECK_STR(c->raw, S("\"text\""));
    }
    CHECK_INT(raw, 2);
    CHECK_STR(row_get(&row, field_find(s.info, S("custom.t"))).text, S("new"));
}

TEST(unknown_keys_sqlite)
{
    unknown_keys(false);
}

TEST(unknown_keys_postgres)
{
    unknown_keys(true);
}

// --- masks

TEST(masked_values)
{
    static const struct {
        FieldKind kind;
        MaskKind mask;
        Str in, out;
    } ROWS[] = {
        { FIELD_TEXT, MASK_PHONE, S_INIT("+8613800138000"), S_INIT("138****8000") },
        { FIELD_TEXT, MASK_EMAIL, S_INIT("someone@example.cn"), S_INIT("s***@example.cn") },
        { FIELD_TEXT, MASK_NAME, S_INIT("张三丰"), S_INIT("张*") },
        { FIELD_TEXT, MASK_IDNO, S_INIT("11010519491231002X"), S_INIT("110***********002X") },
        { FIELD_INT, MASK_NONE, S_INIT(""), S_INIT("***") },
        { FIELD_MONEY, MASK_TEXT, S_INIT(""), S_INIT("***") },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Field f = { .kind = ROWS[i].kind, .mask = ROWS[i].mask };
        Value v =
            ROWS[i].kind == FIELD_TEXT ? value_text(ROWS[i].in) : value_num(ROWS[i].kind, 12345);
        Value masked = value_masked(kit_arena(), &f, v);
        CHECK(masked.kind == FIELD_TEXT && !masked.null);
        CHECK_ROW(str_eq(masked.text, ROWS[i].out), "row %zu: " STR_FMT, i, STR_ARG(masked.text));
        CHECK(value_masked(kit_arena(), &f, value_null(ROWS[i].kind)).null);
    }
}
