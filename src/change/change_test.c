// The one way in: what a change writes, what it refuses, what comes back; a failing statement
// leaves nothing behind; undo of everything one origin did.
#include "change/change_internal.h"
#include "entity/fixture_test.h"

typedef struct Doing {
    Sample *row;
    Id id, change;
    int64_t version;
    int what; // 0 create, 1 update, 2 delete, 3 undelete, 4 put back
} Doing;

static Status act(Ctx *cx, Db *db, void *arg)
{
    Doing *d = arg;
    const EntityInfo *e = catalog_of(cx, &sample_entity);
    if (d->what == 0) {
        void *copy = row_copy(cx->arena, e, d->row);
        TRY(change_create(cx, db, e, copy, S("made")));
        d->id = row_id(copy, e);
        return STATUS_OK;
    }
    if (d->what == 1)
        return change_update(cx, db, e, d->id, d->version, d->row, S("because"), NULL);
    if (d->what == 2)
        return change_delete(cx, db, e, d->id, d->version, (Str){ 0 });
    if (d->what == 3)
        return change_undelete(cx, db, e, d->id, (Str){ 0 }, NULL);
    return change_put_back(cx, db, e, d->id, d->change, NULL);
}

static Status doing(Samples *s, Doing *d)
{
    s->kit.cx->errors = NULL;
    return samples_write(s, act, d);
}

static Sample sample(Samples *s, Str name, int64_t num)
{
    Sample row = { 0 };
    row_put(s->kit.cx->arena, &row, field_at(s->info, SAMPLE_name), value_text(name));
    row_put(s->kit.cx->arena, &row, field_at(s->info, SAMPLE_num), value_num(FIELD_INT, num));
    return row;
}

static int64_t number(Samples *s, SqlText text)
{
    Ctx *cx = s->kit.cx;
    int64_t n = -1;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(cx, s->kit.store, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, text);
    return db_int(cx, db, q, &n) == STATUS_OK ? n : -1;
}

static Str history(Samples *s, Id id, Str cursor, int limit)
{
    Ctx *cx = s->kit.cx;
    CLEANUP(db_release) Db *db = NULL;
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    CHECK_OK(store_read(cx, s->kit.store, &db));
    CHECK_OK(change_history_json(cx, db, s->info, id, cursor, limit, &j));
    return buf_str(&b);
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_z(part), 0) < text.len;
}

static void life(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, false))
        return;
    Sample row = sample(&s, S("one"), 1);
    row_put(s.kit.cx->arena, &row, field_at(s.info, SAMPLE_code), value_text(S("13800138000x")));
    row_put(s.kit.cx->arena, &row, field_find(s.info, S("custom.x")), value_text(S("whisper")));
    Doing d = { .row = &row };
    CHECK_OK(doing(&s, &d));
    Id id = d.id;
    int64_t made = number(&s, SQL("SELECT max(id) FROM change"));
    Sample patch = sample(&s, S("two"), 1);
    d = (Doing){ .what = 1, .row = &patch, .id = id, .version = 1 };
    CHECK_OK(doing(&s, &d));
    int64_t change = number(&s, SQL("SELECT max(id) FROM change"));
    CHECK_INT(change, made + 1);
    // The same again changes nothing and writes nothing; an old version is refused.
    d.version = 2;
    CHECK_OK(doing(&s, &d));
    CHECK_INT(number(&s, SQL("SELECT max(id) FROM change")), change);
    CHECK_INT(number(&s, SQL("SELECT version FROM sample")), 2);
    d.version = 1;
    CHECK_STATUS(doing(&s, &d), CONFLICT);
    Str told = history(&s, id, (Str){ 0 }, 10);
    CHECK(has(told, "{\"name\":\"name\",\"before\":\"one\",\"after\":\"two\"}"));
    CHECK(has(told, "\"after\":\"13800138000x\"") && has(told, "\"after\":\"whisper\""));
    CHECK(has(told, "\"reason\":\"because\"") && !has(told, "updated_at"));
    Str first = history(&s, id, (Str){ 0 }, 1);
    CHECK(has(first, arena_fmt(kit_arena(), "\"next\":\"%lld\"", (long long)change).ptr));
    CHECK(has(history(&s, id, arena_fmt(kit_arena(), "%lld", (long long)change), 1),
              "\"action\":\"create\""));
    // Sealed in the log as well.
    CHECK_INT(number(&s, SQL("SELECT count(*) FROM change WHERE data LIKE '%13800138000%' OR data "
                             "LIKE '%whisper%'")),
              0);
    d = (Doing){ .what = 4, .id = id, .change = { made } };
    CHECK_STATUS(doing(&s, &d), CONFLICT); // a creation has nothing before it
    d.change.v = change;
    CHECK_OK(doing(&s, &d));
    CHECK(has(history(&s, id, (Str){ 0 }, 1), "\"before\":\"two\",\"after\":\"one\""));
    d = (Doing){ .what = 2, .id = id, .version = 3 };
    CHECK_OK(doing(&s, &d));
    CHECK_STATUS(doing(&s, &d), NOT_FOUND);
    int64_t gone = number(&s, SQL("SELECT max(id) FROM change"));
    d = (Doing){ .what = 4, .id = id, .change = { gone } };
    CHECK_OK(doing(&s, &d));                // putting a deletion back restores
    CHECK_STATUS(doing(&s, &d), NOT_FOUND); // it is not in the bin any more
    CHECK_INT(number(&s, SQL("SELECT version FROM sample WHERE deleted_at IS NULL")), 5);
    int64_t rows = 0;
    CHECK_OK(change_verify(s.kit.cx, s.kit.store, &rows));
    CHECK_INT(rows, number(&s, SQL("SELECT count(*) FROM change")));
    s.kit.cx->errors = NULL;
}

TEST(life_sqlite)
{
    life(false);
}

TEST(life_postgres)
{
    life(true);
}

// --- nothing by halves (G6)

static void fails_closed(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, false))
        return;
    Sample row = sample(&s, S("one"), 1);
    Sample patch = sample(&s, S("two"), 2);
    Doing start = { .row = &row };
    CHECK_OK(doing(&s, &start));
    const Doing list[] = {
        { .row = &row },
        { .what = 1, .row = &patch, .id = start.id },
        { .what = 2, .id = start.id },
        { .what = 3, .id = start.id },
    };
    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        int64_t nth = 1;
        for (; nth < 100; nth++) {
            int64_t changes = number(&s, SQL("SELECT coalesce(max(id), 0) FROM change"));
            int64_t samples = number(&s, SQL("SELECT coalesce(sum(version), 0) FROM sample"));
            int64_t stats = number(&s, SQL("SELECT count(*) FROM sample_stat"));
            Doing d = list[i];
            db_fail_nth(nth);
            Status got = doing(&s, &d);
            db_fail_nth(0);
            bool more = number(&s, SQL("SELECT coalesce(max(id), 0) FROM change")) > changes;
            CHECK_ROW(more == (got == STATUS_OK), "act %d, statement %lld: %s, change row %d",
                      d.what, (long long)nth, status_name(got), more);
            if (got == STATUS_OK)
                break;
            CHECK_INT(number(&s, SQL("SELECT coalesce(sum(version), 0) FROM sample")), samples);
            CHECK_INT(number(&s, SQL("SELECT count(*) FROM sample_stat")), stats);
        }
        CHECK_ROW(nth > 3 && nth < 100, "act %d: %lld statements", list[i].what, (long long)nth);
    }
    int64_t rows = 0;
    s.kit.cx->errors = NULL;
    CHECK_OK(change_verify(s.kit.cx, s.kit.store, &rows));
}

TEST(fails_closed_sqlite)
{
    fails_closed(false);
}

TEST(fails_closed_postgres)
{
    fails_closed(true);
}

// --- undo

static void as(Samples *s, Origin origin, int64_t id)
{
    s->kit.cx->access = access_system(s->kit.cx->arena, origin, (Id){ id });
}

static Id made(Samples *s, Str name)
{
    Sample row = sample(s, name, 1);
    Doing d = { .row = &row };
    CHECK_OK(doing(s, &d));
    return d.id;
}

static void renamed(Samples *s, Id id, Str name, int64_t num)
{
    Sample row = sample(s, name, num);
    Doing d = { .what = 1, .row = &row, .id = id };
    CHECK_OK(doing(s, &d));
}

static void removed(Samples *s, Id id)
{
    Doing d = { .what = 2, .id = id };
    CHECK_OK(doing(s, &d));
}

static UndoCount undo(Samples *s, int64_t job)
{
    UndoCount n = { 0 };
    as(s, ORIGIN_UNDO, 99);
    s->kit.cx->errors = NULL;
    CHECK_OK(change_undo_origin(s->kit.cx, s->kit.store, ORIGIN_JOB, (Id){ job }, &n, NULL, NULL));
    return n;
}

static void check_count(UndoCount got, UndoCount want)
{
    CHECK_INT(got.removed, want.removed);
    CHECK_INT(got.put_back, want.put_back);
    CHECK_INT(got.restored, want.restored);
    CHECK_INT(got.kept, want.kept);
}

static void undoing(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, false))
        return;
    as(&s, ORIGIN_PAGE, 0);
    Id old = made(&s, S("old"));
    Id moved = made(&s, S("moved"));
    Id victim = made(&s, S("victim"));
    as(&s, ORIGIN_JOB, 7);
    Id fresh = made(&s, S("fresh"));
    renamed(&s, fresh, S("fresh 2"), 2);
    renamed(&s, old, S("old 2"), 2);
    renamed(&s, old, S("old 3"), 3);
    renamed(&s, moved, S("moved 2"), 5);
    removed(&s, victim);
    as(&s, ORIGIN_JOB, 8);
    Id foreign = made(&s, S("foreign"));
    as(&s, ORIGIN_PAGE, 0);
    renamed(&s, moved, S("by hand"), 5); // the name stays, the number goes back
    check_count(undo(&s, 7), (UndoCount){ .removed = 1, .put_back = 4, .restored = 1, .kept = 1 });
    CHECK_INT(number(&s, SQL("SELECT count(*) FROM sample WHERE deleted_at IS NULL AND name IN"
                             " ('old', 'by hand', 'victim', 'foreign')")),
              4);
    CHECK_INT(number(&s, SQL("SELECT num FROM sample WHERE name = 'by hand'")), 1);
    CHECK_INT(number(&s, SQL("SELECT count(*) FROM sample WHERE deleted_at IS NOT NULL")), 1);
    // Once more: nothing is left to be done, and nothing breaks.
    (void)undo(&s, 7);
    CHECK_INT(number(&s, SQL("SELECT count(*) FROM sample WHERE deleted_at IS NULL")), 4);
    // What may not come back stays away and stops nobody else.
    as(&s, ORIGIN_JOB, 9);
    removed(&s, foreign);
    renamed(&s, old, S("old 4"), 4);
    fixture_refuses = true;
    check_count(undo(&s, 9), (UndoCount){ .put_back = 1, .kept = 1 });
    fixture_refuses = false;
    CHECK_INT(
        number(
            &s,
            SQL("SELECT count(*) FROM sample WHERE name = 'foreign' AND deleted_at IS NOT NULL")),
        1);
    CHECK_INT(number(&s, SQL("SELECT count(*) FROM sample WHERE name = 'old'")), 1);
    int64_t rows = 0;
    s.kit.cx->errors = NULL;
    CHECK_OK(change_verify(s.kit.cx, s.kit.store, &rows));
}

TEST(undoing_sqlite)
{
    undoing(false);
}

TEST(undoing_postgres)
{
    undoing(true);
}
