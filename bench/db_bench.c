// Group commit: rows a second written by 1 and by 32 callers, one transaction each, and reading
// after it. `db_bench FOLDER [postgres://…]`; without an address a SQLite file in FOLDER.
#include "db/db.h"
#include "os/os.h"

#include <stdatomic.h>
#include <stdio.h>

enum { MOST = 32, RUN_MS = 2000, POINTS = 20000 };

static const Migration SCHEMA[] = {
    { 1, "entry",
      "CREATE TABLE entry (id $ID, at $BIG NOT NULL, word TEXT NOT NULL) $STRICT;\n"
      "CREATE INDEX entry_at ON entry (at);\n" },
};

typedef struct Run {
    Store *s;
    _Atomic bool stop;
    _Atomic int64_t rows, failed;
} Run;

static Status write_row(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    int64_t id = 0;
    TRY(db_next_id(cx, db, SQL("entry"), &id));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO entry (id, at, word) VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", "));
    sql_int(q, id * 7919 % 1000003);
    sql_add(q, SQL(", "));
    sql_text(q, S("a row of the usual size, about as long as a short remark"));
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

static void write_rows(void *arg)
{
    Run *run = arg;
    Arena arena = { 0 };
    while (!atomic_load(&run->stop)) {
        Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
        if (store_write(&cx, run->s, write_row, NULL) == STATUS_OK)
            atomic_fetch_add(&run->rows, 1);
        else
            atomic_fetch_add(&run->failed, 1);
        arena_clear(&arena);
    }
    arena_reset(&arena);
}

static void bench_writers(Store *s, int writers)
{
    Run run = { .s = s };
    Thread *threads[MOST];
    int64_t start = os_monotonic_us();
    for (int i = 0; i < writers; i++)
        threads[i] = thread_start("bench", write_rows, &run);
    os_sleep_ms(RUN_MS);
    atomic_store(&run.stop, true);
    for (int i = 0; i < writers; i++)
        thread_join(&threads[i]);
    int64_t us = os_monotonic_us() - start;
    (void)printf("%2d writers: %7lld rows/s, %lld failed\n", writers,
                 (long long)(atomic_load(&run.rows) * 1000000 / us),
                 (long long)atomic_load(&run.failed));
}

static Status point_reads(Ctx *cx, Store *s)
{
    int64_t start = os_monotonic_us(), found = 0, at = 0;
    Arena arena = { 0 };
    for (int64_t i = 1; i <= POINTS; i++) {
        Ctx one = *cx;
        one.arena = one.scratch = &arena;
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(&one, s, &db));
        Sql *q = sql_new(&arena, db);
        sql_add(q, SQL("SELECT at FROM entry WHERE id = "));
        sql_int(q, i % 500 + 1);
        found += db_int(&one, db, q, &at) == STATUS_OK;
        arena_clear(&arena);
    }
    arena_reset(&arena);
    (void)printf("point reads: %.1f us each with borrowing, %lld found\n",
                 (double)(os_monotonic_us() - start) / POINTS, (long long)found);
    return STATUS_OK;
}

static Status bench(Ctx *cx, const StoreOptions *o)
{
    Store *s = NULL;
    TRY(store_open(cx, o, &s));
    (void)printf("%s\n", store_version(s));
    Status status = db_migrate(cx, s, SCHEMA, ARRAY_LEN(SCHEMA), NULL);
    for (int round = 0; round < 2 && status == STATUS_OK; round++) {
        bench_writers(s, 1);
        bench_writers(s, MOST);
    }
    if (status == STATUS_OK)
        status = point_reads(cx, s);
    store_close(&s);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "db_bench FOLDER [postgres://...]\n");
        return 2;
    }
    Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en", .now = os_now() };
    StoreOptions o = { .create = true };
    if (argc > 2)
        o.url = argv[2];
    else
        o.path = arena_fmt(&arena, "%s/bench.db", argv[1]).ptr;
    Status status = bench(&cx, &o);
    if (status != STATUS_OK)
        log_errors(LOG_ERROR, "bench failed", &cx);
    arena_reset(&arena);
    return status == STATUS_OK ? 0 : 1;
}
