// Transactions: one caller's rollback, many writers at once, ids, commits that are told, crashes.
#include "db/place_test.h"
#include "kit/kit.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Insert {
    int64_t id;
    bool fail;
    int runs;
} Insert;

static Status insert_one(Ctx *cx, Db *db, void *arg)
{
    Insert *in = arg;
    in->runs++;
    TRY(thing_insert(cx, db, in->id, arena_fmt(cx->arena, "name %lld", (long long)in->id), 1));
    return in->fail ? FAIL(cx, INVALID, "asked", NULL, "as asked") : STATUS_OK;
}

BOTH(one_rollback_leaves_the_others)
{
    Store *s = place_open(p);
    enum { N = 40 };
    Arena arenas[N] = { 0 };
    Ctx cx[N];
    Insert in[N];
    Ticket *tickets[N];
    for (int i = 0; i < N; i++) {
        cx[i] = thread_ctx(&arenas[i]);
        in[i] = (Insert){ .id = i + 1, .fail = i % 4 == 3 };
        tickets[i] = store_submit(&cx[i], s, insert_one, &in[i]);
    }
    for (int i = 0; i < N; i++) {
        Status status = store_wait(&tickets[i]);
        CHECK(tickets[i] == NULL);
        CHECK_ROW(status == (in[i].fail ? STATUS_INVALID : STATUS_OK), "write %d gave %s", i,
                  status_name(status));
        CHECK_ROW((cx[i].errors != NULL) == in[i].fail, "write %d", i);
        arena_reset(&arenas[i]);
    }
    CHECK_INT(count_things(kit_ctx(), s), 30);
    store_close(&s);
}

// A deferred key is looked at when the part ends, not when the batch does.
static Status insert_late(Ctx *cx, Db *db, void *arg)
{
    Insert *in = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO late (id, thing) VALUES ("));
    sql_int(q, in->id);
    sql_add(q, SQL(", "));
    sql_int(q, in->id);
    sql_add(q, SQL(")"));
    TRY(db_exec(cx, db, q, NULL));
    return in->fail ? STATUS_OK
                    : thing_insert(cx, db, in->id,
                                   arena_fmt(cx->arena, "late %lld", (long long)in->id), 0);
}

BOTH(deferred_keys_hurt_only_their_own)
{
    Store *s = place_open(p);
    enum { N = 12 };
    Arena arenas[N] = { 0 };
    Ctx cx[N];
    Insert in[N];
    Ticket *tickets[N];
    for (int i = 0; i < N; i++) {
        cx[i] = thread_ctx(&arenas[i]);
        in[i] = (Insert){ .id = i + 1, .fail = i % 3 == 1 };
        tickets[i] = store_submit(&cx[i], s, insert_late, &in[i]);
    }
    for (int i = 0; i < N; i++) {
        Status status = store_wait(&tickets[i]);
        CHECK_ROW(status == (in[i].fail ? STATUS_CONFLICT : STATUS_OK), "write %d gave %s", i,
                  status_name(status));
        arena_reset(&arenas[i]);
    }
    CHECK_INT(count_things(kit_ctx(), s), 8);
    store_close(&s);
}

// --- what readers see

typedef struct Look {
    Store *s;
    int64_t inside, outside;
} Look;

static Status look_from_both_sides(Ctx *cx, Db *db, void *arg)
{
    Look *look = arg;
    TRY(thing_insert(cx, db, 77, S("not yet"), 0));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*) FROM thing"));
    int64_t inside = 0;
    TRY(db_int(cx, db, q, &inside));
    look->outside = count_things(cx, look->s);
    look->inside = inside;
    return STATUS_OK;
}

BOTH(readers_see_commits_only)
{
    Store *s = place_open(p);
    Look look = { .s = s };
    CHECK_OK(store_write(kit_ctx(), s, look_from_both_sides, &look));
    CHECK_INT(look.inside, 1);
    CHECK_INT(look.outside, 0);
    CHECK_INT(count_things(kit_ctx(), s), 1);
    store_close(&s);
}

// --- many writers

enum { WRITERS = 32, PER_WRITER = 25 };

typedef struct Load {
    Store *s;
    int number;
    int64_t done[PER_WRITER];
    int ndone;
} Load;

static Status next_thing(Ctx *cx, Db *db, void *arg)
{
    int64_t id = 0;
    TRY(db_next_id(cx, db, SQL("thing"), &id));
    TRY(thing_insert(cx, db, id, arena_fmt(cx->arena, "n%lld", (long long)id), 1));
    // All meet in one row: only one order of them is right.
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT b FROM pair WHERE a = 1"));
    int64_t b = 0;
    TRY(db_int(cx, db, q, &b));
    q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE pair SET b = "));
    sql_int(q, b + 1);
    sql_add(q, SQL(" WHERE a = 1"));
    TRY(db_exec(cx, db, q, NULL));
    *(int64_t *)arg = id;
    return STATUS_OK;
}

static void write_many(void *arg)
{
    Load *load = arg;
    Arena arena = { 0 };
    for (int i = 0; i < PER_WRITER; i++) {
        Ctx cx = thread_ctx(&arena);
        int64_t id = 0;
        if (store_write(&cx, load->s, next_thing, &id) == STATUS_OK)
            load->done[load->ndone++] = id;
        arena_clear(&arena);
    }
    arena_reset(&arena);
}

static Status first_pair(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO pair (a, b) VALUES (1, 0)"));
    return db_exec(cx, db, q, NULL);
}

static int64_t int_of(Store *s, SqlText text, int64_t id)
{
    CLEANUP(db_release) Db *db = NULL;
    if (store_read(kit_ctx(), s, &db) != STATUS_OK)
        return -1;
    Sql *q = sql_new(kit_arena(), db);
    sql_add(q, text);
    if (id != 0)
        sql_int(q, id);
    int64_t n = -1;
    return db_int(kit_ctx(), db, q, &n) == STATUS_OK ? n : -1;
}

BOTH(many_writers_lose_nothing)
{
    Store *s = place_open(p);
    CHECK_OK(store_write(kit_ctx(), s, first_pair, NULL));
    static Load loads[WRITERS];
    Thread *threads[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        loads[i] = (Load){ .s = s, .number = i };
        threads[i] = thread_start("load", write_many, &loads[i]);
    }
    int64_t done = 0;
    for (int i = 0; i < WRITERS; i++)
        thread_join(&threads[i]);
    for (int i = 0; i < WRITERS; i++) {
        done += loads[i].ndone;
        for (int j = 0; j < loads[i].ndone; j++)
            CHECK(int_of(s, SQL("SELECT count(*) FROM thing WHERE id = "), loads[i].done[j]) == 1);
    }
    CHECK_INT(done, WRITERS * PER_WRITER); // none gave up
    CHECK_INT(count_things(kit_ctx(), s), done);
    CHECK_INT(int_of(s, SQL("SELECT b FROM pair WHERE a = 1"), 0), done);
    store_close(&s);
}

// --- ids

typedef struct Ids {
    int64_t n, first;
    bool fail;
} Ids;

static Status take_ids(Ctx *cx, Db *db, void *arg)
{
    Ids *ids = arg;
    int64_t first = 0;
    TRY(db_next_ids(cx, db, SQL("counted"), ids->n, &first));
    ids->first = first;
    return ids->fail ? FAIL(cx, INVALID, "asked", NULL, "as asked") : STATUS_OK;
}

BOTH(ids_are_never_given_twice)
{
    static const struct {
        int64_t n;
        bool fail, reopen;
    } STEPS[] = {
        { 1, false, false },   { 1, true, false },    { 1, false, false },  { 70, true, false },
        { 1, false, false },   { 200, false, false }, { 3, false, true },   { 1, true, false },
        { 1, true, true },     { 64, false, false },  { 65, false, false }, { 1, false, true },
        { 1000, false, true }, { 1, false, false },   { 900, true, false }, { 1, false, true },
        { 64, false, false },
    };
    Store *s = place_open(p);
    int64_t top = 0, kept = 0;
    for (size_t i = 0; i < ARRAY_LEN(STEPS); i++) {
        Ids ids = { .n = STEPS[i].n, .fail = STEPS[i].fail };
        Ctx cx = *kit_ctx();
        CHECK_ROW(store_write(&cx, s, take_ids, &ids) == (ids.fail ? STATUS_INVALID : STATUS_OK),
                  "step %zu", i);
        CHECK_ROW(i > 0 || ids.first == 1, "the first is %lld", (long long)ids.first);
        // PostgreSQL's blocks may leave gaps; neither goes back while it is open.
        CHECK_ROW(ids.first > top || (p->options.url != NULL && ids.first > 0),
                  "step %zu gave %lld", i, (long long)ids.first);
        top = ids.first + ids.n - 1 > top ? ids.first + ids.n - 1 : top;
        kept = ids.fail ? kept : top;
        if (!STEPS[i].reopen)
            continue;
        top = kept; // what was rolled back before a restart may come again
        store_close(&s);
        CHECK_OK(store_open(kit_ctx(), &p->options, &s));
    }
    store_close(&s);
}

// --- commits that are told

static _Atomic int told;

static void tell(void *arg)
{
    atomic_fetch_add((_Atomic int *)arg, 1);
}

static Status write_log(Ctx *cx, Db *db, void *state)
{
    CHECK(db_pending(db) == state);
    return thing_insert(cx, db, 1000 + *(int64_t *)state, S("log"), 0);
}

static Status write_logged(Ctx *cx, Db *db, void *arg)
{
    int64_t *n = arena_new(cx->arena, int64_t);
    *n = 5;
    CHECK(db_pending(db) == NULL);
    db_set_pending(db, n, write_log);
    TRY(thing_insert(cx, db, 5, S("logged"), 0));
    return *(bool *)arg ? FAIL(cx, INVALID, "asked", NULL, "as asked") : STATUS_OK;
}

BOTH(the_hook_writes_and_commits_are_told)
{
    Ctx *cx = kit_ctx();
    Store *s = place_open(p);
    atomic_store(&told, 0);
    store_on_commit(s, tell, &told);
    bool fail = true;
    CHECK_STATUS(store_write(cx, s, write_logged, &fail), INVALID);
    Insert plain = { .id = 1 };
    CHECK_OK(store_write(cx, s, insert_one, &plain));
    CHECK_INT(atomic_load(&told), 0);
    fail = false;
    CHECK_OK(store_write(cx, s, write_logged, &fail));
    CHECK_INT(atomic_load(&told), 1);
    CHECK_INT(count_things(cx, s), 3);
    // The hook's failure is the caller's.
    CHECK_STATUS(store_write(cx, s, write_logged, &fail), CONFLICT);
    CHECK_INT(atomic_load(&told), 1);
    CHECK_INT(count_things(cx, s), 3);
    store_close(&s);
}

// --- kill -9

enum { ROUNDS = 20, CHILD_THREADS = 4 };

static int child_out;

static void child_writes(void *arg)
{
    Arena arena = { 0 };
    for (;;) {
        Ctx cx = thread_ctx(&arena);
        int64_t id = 0;
        Status status = store_write(&cx, arg, next_thing, &id);
        if (status == STATUS_CONFLICT)
            _exit(4); // an id that was given before
        if (status == STATUS_OK && write(child_out, &id, sizeof(id)) != sizeof(id))
            _exit(1);
        arena_clear(&arena);
    }
}

_Noreturn static void child_main(const Place *p, int out)
{
    Arena arena = { 0 };
    Ctx cx = thread_ctx(&arena);
    Store *s = NULL;
    child_out = out;
    if (store_open(&cx, &p->options, &s) != STATUS_OK)
        _exit(2);
    for (int i = 1; i < CHILD_THREADS; i++)
        (void)thread_start("child", child_writes, s);
    child_writes(s);
    _exit(3);
}

// Kills a writing child after a while; the ids it had been promised go to the list.
static void kill_one(const Place *p, int after_ms, int64_t *ids, size_t *n, size_t most)
{
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    (void)fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        child_main(p, ends[1]);
    (void)close(ends[1]);
    int64_t id = 0, until = 0;
    bool killed = false;
    while (read(ends[0], &id, sizeof(id)) == sizeof(id)) {
        if (*n < most)
            ids[(*n)++] = id;
        if (until == 0) // the time runs from the first write on
            until = os_monotonic_us() + after_ms * 1000;
        if (!killed && os_monotonic_us() > until) {
            (void)kill(pid, SIGKILL);
            killed = true;
        }
    }
    int status = 0;
    (void)waitpid(pid, &status, 0);
    CHECK_ROW(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "the child ended by itself: %d",
              status);
    (void)close(ends[0]);
}

BOTH(a_killed_server_loses_nothing)
{
    enum { MOST = 200000 };
    Store *s = place_open(p);
    CHECK_OK(store_write(kit_ctx(), s, first_pair, NULL));
    store_close(&s);
    int64_t *ids = arena_array(kit_arena(), int64_t, MOST);
    size_t n = 0;
    for (int round = 0; round < ROUNDS; round++)
        kill_one(p, 3 + round * 3, ids, &n, MOST);
    CHECK_ROW(n >= ROUNDS, "only %zu writes", n);
    CHECK_OK(store_open(kit_ctx(), &p->options, &s));
    CHECK_OK(store_integrity(kit_ctx(), s, true));
    for (size_t i = 0; i < n; i++)
        CHECK_ROW(int_of(s, SQL("SELECT count(*) FROM thing WHERE id = "), ids[i]) == 1,
                  "id %lld is lost", (long long)ids[i]);
    // What was not acknowledged may be there or not, but whole.
    CHECK_INT(int_of(s, SQL("SELECT b FROM pair WHERE a = 1"), 0), count_things(kit_ctx(), s));
    store_close(&s);
}
