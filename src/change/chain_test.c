// The chain of hashes: every edit, deletion, swap and insertion is found, and at the right row
// (G2).
#include "change/change_internal.h"
#include "entity/fixture_test.h"

enum { LINKS = 40, MUTATIONS = 1000 };

static Status make_links(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    const EntityInfo *e = catalog_of(cx, &sample_entity);
    for (int i = 0; i < LINKS / 4; i++) {
        Sample *row = row_new(cx->arena, e);
        row_put(cx->arena, row, field_at(e, SAMPLE_name),
                value_text(arena_fmt(cx->arena, "n%d", i)));
        TRY(change_create(cx, db, e, row, S("reason")));
    }
    return STATUS_OK;
}

typedef struct Mutation {
    SqlText text, back; // with one or two row numbers, bound in this order
    int numbers;
} Mutation;

#define EDIT(column, wrong)                                                                        \
    {                                                                                              \
        SQL_INIT("UPDATE change SET " column " = " wrong " WHERE id = "),                          \
            SQL_INIT("UPDATE change SET " column " = (SELECT o." column                            \
                     " FROM change_copy o WHERE o.id = change.id) WHERE id = "),                   \
            1                                                                                      \
    }
#define BACK "INSERT INTO change SELECT * FROM change_copy WHERE id = "

static const Mutation MUTATED[] = {
    EDIT("at", "at + 1"),
    EDIT("actor_id", "coalesce(actor_id, 0) + 1"),
    EDIT("origin", "origin + 1"),
    EDIT("origin_id", "coalesce(origin_id, 0) + 1"),
    EDIT("action", "action + 1"),
    EDIT("entity", "entity || 'x'"),
    EDIT("record_id", "coalesce(record_id, 0) + 1"),
    EDIT("version", "version + 1"),
    EDIT("address", "'192.0.2.9'"),
    EDIT("session", "'s'"),
    EDIT("request", "coalesce(request, '') || 'x'"),
    EDIT("reason", "coalesce(reason, '') || ' '"),
    EDIT("reason", "NULL"),
    EDIT("data", "replace(data, 'n', 'm')"),
    EDIT("data", "data || ' '"),
    EDIT("data", "NULL"),
    EDIT("salt", "digest"),
    EDIT("salt", "NULL"),
    EDIT("digest", "hash"),
    EDIT("hash", "digest"),
    { SQL_INIT("DELETE FROM change WHERE id = "), SQL_INIT(BACK), 1 },
};

static Status run(Ctx *cx, Db *db, SqlText text, int64_t id)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, text);
    if (id != 0)
        sql_int(q, id);
    return db_exec(cx, db, q, NULL);
}

typedef struct Step {
    SqlText text;
    int64_t id;
} Step;

static Status run_step(Ctx *cx, Db *db, void *arg)
{
    const Step *s = arg;
    return run(cx, db, s->text, s->id);
}

static void step(Samples *s, SqlText text, int64_t id)
{
    Step one = { text, id };
    CHECK_OK(samples_write(s, run_step, &one));
}

// The row that the walk names first; 0 when it finds nothing wrong.
static int64_t broken_at(Samples *s)
{
    int64_t rows = 0;
    int64_t id = -1;
    Ctx *cx = s->kit.cx;
    cx->errors = NULL;
    if (change_verify(cx, s->kit.store, &rows) == STATUS_OK)
        return 0;
    Str text = cx->errors->message; // "change row 7: …"
    Str rest = str_sub(text, strlen("change row "), text.len);
    (void)str_int(str_split(&rest, ':'), &id);
    return id;
}

static bool open_chain(Samples *s, bool postgres)
{
    if (!samples_open(s, postgres, false))
        return false;
    // Across transactions too.
    for (int i = 0; i < 4; i++)
        CHECK_OK(samples_write(s, make_links, NULL));
    step(s, SQL("CREATE TABLE change_copy AS SELECT * FROM change"), 0);
    CHECK_INT(broken_at(s), 0);
    return true;
}

static void mutate(Samples *s, const Mutation *m, int64_t id)
{
    // The end of the chain is all there is to say that there was a last row.
    if (m == &MUTATED[ARRAY_LEN(MUTATED) - 1] && id == LINKS)
        return;
    step(s, m->text, id);
    CHECK_ROW(broken_at(s) == id, "%s%lld is found at %lld", m->text.literal, (long long)id,
              (long long)broken_at(s));
    step(s, m->back, id);
}

TEST(every_mutation_is_found)
{
    CLEANUP(samples_close) Samples s;
    if (!open_chain(&s, false))
        return;
    chance_seed(3);
    for (int i = 0; i < MUTATIONS; i++)
        mutate(&s, &MUTATED[i % (int)ARRAY_LEN(MUTATED)], 1 + chance_below(LINKS));
    CHECK_INT(broken_at(&s), 0);
}

TEST(mutations_postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!open_chain(&s, true))
        return;
    for (size_t i = 0; i < ARRAY_LEN(MUTATED); i++)
        mutate(&s, &MUTATED[i], 1 + (int64_t)i);
    CHECK_INT(broken_at(&s), 0);
}

TEST(swaps_insertions_and_gaps)
{
    CLEANUP(samples_close) Samples s;
    if (!open_chain(&s, false))
        return;
    chance_seed(5);
    for (int i = 0; i < 40; i++) {
        int64_t a = 1 + chance_below(LINKS - 1);
        step(&s, SQL("UPDATE change SET id = -id WHERE id = "), a);
        step(&s, SQL("UPDATE change SET id = id - 1 WHERE id = "), a + 1);
        step(&s, SQL("UPDATE change SET id = 1 - id WHERE id = "), -a);
        CHECK_INT(broken_at(&s), a);
        step(&s, SQL("DELETE FROM change WHERE id >= "), a);
        step(&s, SQL("INSERT INTO change SELECT * FROM change_copy WHERE id >= "), a);
        // A hole of several rows.
        step(&s, SQL("DELETE FROM change WHERE id < 40 AND id >= "), a);
        CHECK_INT(broken_at(&s), a == LINKS ? 0 : a);
        step(&s, SQL("INSERT INTO change SELECT * FROM change_copy WHERE id < 40 AND id >= "), a);
    }
    // A row added behind the end that does not follow from it.
    step(
        &s,
        SQL("INSERT INTO change SELECT 41, at, actor_id, origin, origin_id, action, entity, "
            "record_id, version,"
            " address, session, request, reason, data, salt, digest, hash FROM change WHERE id = "),
        7);
    CHECK_INT(broken_at(&s), LINKS + 1);
    step(&s, SQL("DELETE FROM change WHERE id = "), LINKS + 1);
    // Erased on request: what was personal is gone, the chain holds.
    step(&s, SQL("UPDATE change SET data = NULL, salt = NULL WHERE id = "), 9);
    CHECK_INT(broken_at(&s), 0);
}
