// Migrations, copies, full disks, files that are not ours, several servers on one PostgreSQL.
#include "db/place_test.h"
#include "kit/kit.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t number(Store *s, SqlText text)
{
    CLEANUP(db_release) Db *db = NULL;
    if (store_read(kit_ctx(), s, &db) != STATUS_OK)
        return -1;
    Sql *q = sql_new(kit_arena(), db);
    sql_add(q, text);
    int64_t n = -1;
    return db_int(kit_ctx(), db, q, &n) == STATUS_OK ? n : -1;
}

static int version_of(Store *s)
{
    int version = -1;
    CHECK_OK(db_schema_version(kit_ctx(), s, &version));
    return version;
}

static const Migration STEPS[] = {
    { 1, "first",
      "CREATE TABLE a (\n"
      "    id $ID,\n"
      "    word TEXT NOT NULL DEFAULT 'semi;colon -- no remark $BIG', -- a remark; with\n"
      "    big $BIG NOT NULL DEFAULT 1\n"
      ") $STRICT;\n"
      "INSERT INTO a (id, word) VALUES (1, 'two\n"
      "lines; it''s')\n"
      ";\n"
      "INSERT INTO a (id) VALUES (2);\n" },
    { 2, "dialects",
      "--sqlite INSERT INTO a (id, word) VALUES (3, 'sqlite');\n"
      "--postgres INSERT INTO a (id, word) VALUES (4, 'postgres');\n"
      "CREATE TABLE b (a $BIG NOT NULL, j $JSON, x $BLOB, PRIMARY KEY (a)) $STRICT_WITHOUT_ROWID;\n"
      "INSERT INTO b (a, j) SELECT id, '{\"k\": 1}' FROM a" },
    { 7, "failing", "CREATE TABLE c (id $ID) $STRICT;\nINSERT INTO missing VALUES (1);\n" },
};

BOTH(migrations_go_one_by_one)
{
    Ctx *cx = kit_ctx();
    Store *s = NULL;
    CHECK_OK(store_open(cx, &p->options, &s));
    CHECK_INT(version_of(s), 0);
    CHECK_OK(db_migrate(cx, s, STEPS, 1, kit_dir()));
    CHECK_INT(version_of(s), 1);
    CHECK_INT(number(s, SQL("SELECT count(*) FROM a WHERE word = 'two\nlines; it''s'")), 1);
    CHECK_INT(number(s, SQL("SELECT count(*) FROM a WHERE word = 'semi;colon -- no remark $BIG'")),
              1);
    CHECK_OK(db_migrate(cx, s, STEPS, 2, kit_dir()));
    CHECK_OK(db_migrate(cx, s, STEPS, 2, kit_dir())); // nothing left to do
    CHECK_INT(version_of(s), 2);
    bool sqlite = store_dialect(s) == DIALECT_SQLITE;
    CHECK_INT(number(s, SQL("SELECT count(*) FROM a WHERE id = 3")), sqlite ? 1 : 0);
    CHECK_INT(number(s, SQL("SELECT count(*) FROM a WHERE id = 4")), sqlite ? 0 : 1);
    CHECK_INT(number(s, SQL("SELECT count(*) FROM b")), 3);

    CHECK_STATUS(db_migrate(cx, s, STEPS, 3, kit_dir()), DB);
    CHECK(cx->errors != NULL && strcmp(cx->errors->code, "schema.failed") == 0);
    cx->errors = NULL;
    CHECK_INT(version_of(s), 2);
    CHECK_INT(number(s, SQL("SELECT count(*) FROM a")), 3); // still answers
    // Nothing of the failed step stands: with the fault mended it runs from its start.
    static const Migration MENDED[] = {
        { 1, "first", "" },
        { 2, "dialects", "" },
        { 7, "mended", "CREATE TABLE c (id $ID) $STRICT;" },
    };
    CHECK_OK(db_migrate(cx, s, MENDED, 3, kit_dir()));
    CHECK_INT(version_of(s), 7);

    CHECK_STATUS(db_migrate(cx, s, STEPS, 2, kit_dir()), UNAVAILABLE);
    CHECK(cx->errors != NULL && strcmp(cx->errors->code, "schema.newer") == 0);
    store_close(&s);
    Str copy = arena_fmt(cx->arena, "%s/before-0007.db", kit_dir());
    CHECK(os_exists(copy.ptr) == sqlite);
    CHECK(!os_exists(arena_fmt(cx->arena, "%s/before-0001.db", kit_dir()).ptr));
    if (!sqlite)
        return;
    Store *old = NULL;
    CHECK_OK(store_open(kit_ctx(), &(StoreOptions){ .path = copy.ptr }, &old));
    CHECK_INT(version_of(old), 2);
    store_close(&old);
}

TEST(a_migration_with_an_unknown_word_is_refused)
{
    static const Migration WRONG[] = { { 1, "wrong", "CREATE TABLE a (id $IDENTITY);" } };
    Place p = place_sqlite();
    Store *s = NULL;
    CHECK_OK(store_open(kit_ctx(), &p.options, &s));
    CHECK_STATUS(db_migrate(kit_ctx(), s, WRONG, 1, NULL), INTERNAL);
    CHECK_INT(version_of(s), 0);
    store_close(&s);
}

// --- files

TEST(only_our_own_files_are_opened)
{
    Ctx *cx = kit_ctx();
    const char *path = arena_fmt(cx->arena, "%s/x.db", kit_dir()).ptr;
    Store *s = NULL;
    CHECK_STATUS(store_open(cx, &(StoreOptions){ .path = path }, &s), NOT_FOUND);
    CHECK(s == NULL && !os_exists(path));
    CHECK_OK(os_write_file(cx, path,
                           S("This is a letter, not a database. It is long enough "
                             "to be taken for a file with a header of its own, "
                             "which SQLite reads first."),
                           0600));
    CHECK_STATUS(store_open(cx, &(StoreOptions){ .path = path, .create = true }, &s), INVALID);
    CHECK(strcmp(cx->errors->code, "store.foreign") == 0);
    // Somebody else's SQLite file: ours with the mark taken out of the header.
    CHECK_OK(os_remove(cx, path));
    Place p = { .options = { .path = path, .create = true } };
    s = place_open(&p);
    CHECK(strncmp(store_version(s), "SQLite 3.", 9) == 0);
    store_close(&s);
    unsigned mode = 0;
    int64_t size = 0;
    CHECK_OK(os_file_mode(cx, path, &mode, &size));
    CHECK_INT(mode, 0600);
    Str bytes = kit_file(path);
    char *copy = arena_cstr(cx->arena, bytes);
    memset(copy + 68, 0, 4);
    CHECK_OK(os_write_file(cx, path, (Str){ copy, bytes.len }, 0600));
    CHECK_STATUS(store_open(cx, &p.options, &s), INVALID);
    CHECK(strcmp(cx->errors->code, "store.foreign") == 0);
}

static Status many_rows(Ctx *cx, Db *db, void *arg)
{
    char *big = arena_array(cx->arena, char, 2000);
    memset(big, 'x', 2000);
    for (int i = 0; i < *(int *)arg; i++) {
        int64_t id = 0;
        TRY(db_next_id(cx, db, SQL("thing"), &id));
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("INSERT INTO thing (id, name, raw) VALUES ("));
        sql_int(q, id);
        sql_add(q, SQL(", "));
        sql_text(q, arena_fmt(cx->arena, "row %lld", (long long)id));
        sql_add(q, SQL(", "));
        sql_blob(q, (Str){ big, 2000 });
        sql_add(q, SQL(")"));
        TRY(db_exec(cx, db, q, NULL));
    }
    return STATUS_OK;
}

TEST(copies_are_whole_and_damage_is_found)
{
    Ctx *cx = kit_ctx();
    Place p = place_sqlite();
    Store *s = place_open(&p);
    int n = 500;
    CHECK_OK(store_write(cx, s, many_rows, &n));
    const char *to = arena_fmt(cx->arena, "%s/copy.db", kit_dir()).ptr;
    CHECK_OK(store_backup(cx, s, to));
    CHECK_OK(store_integrity(cx, s, false));
    CHECK_OK(store_integrity(cx, s, true));
    CHECK(store_backup(cx, s, "/nowhere/copy.db") != STATUS_OK);
    store_close(&s);
    CHECK(!os_exists(arena_fmt(cx->arena, "%s.part", to).ptr));
    CHECK(!os_exists(arena_fmt(cx->arena, "%s-wal", to).ptr));
    CHECK_OK(store_open(cx, &(StoreOptions){ .path = to }, &s));
    CHECK_INT(count_things(cx, s), 500);
    store_close(&s);
    Str bytes = kit_file(to);
    char *copy = arena_cstr(cx->arena, bytes);
    memset(copy + bytes.len / 2 - 2048, 0x5a, 4096);
    CHECK_OK(os_write_file(cx, to, (Str){ copy, bytes.len }, 0600));
    CHECK_OK(store_open(cx, &(StoreOptions){ .path = to }, &s));
    CHECK_STATUS(store_integrity(cx, s, true), DB);
    store_close(&s);
}

// The limit of file size stands for the full disk; both come back as "no room".
static int full_disk(const Place *p)
{
    Arena arena = { 0 };
    Ctx cx = thread_ctx(&arena);
    Store *s = place_open(p);
    int few = 50, many = 2000;
    if (store_write(&cx, s, many_rows, &few) != STATUS_OK)
        return 1;
    struct rlimit limit = { 1024 * 1024, 1024 * 1024 * 1024 };
    (void)setrlimit(RLIMIT_FSIZE, &limit);
    if (store_write(&cx, s, many_rows, &many) != STATUS_FULL)
        return 2;
    if (cx.errors == NULL || strcmp(cx.errors->code, "disk.full") != 0)
        return 3;
    if (count_things(&cx, s) != 50)
        return 4;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_FSIZE, &limit);
    if (store_write(&cx, s, many_rows, &few) != STATUS_OK || count_things(&cx, s) != 100)
        return 5;
    if (store_integrity(&cx, s, true) != STATUS_OK)
        return 6;
    store_close(&s);
    arena_reset(&arena);
    return 0;
}

TEST(a_full_disk_is_told_and_reading_goes_on)
{
    Place p = place_sqlite();
    (void)fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        (void)signal(SIGXFSZ, SIG_IGN);
        _exit(full_disk(&p));
    }
    int status = 0;
    (void)waitpid(pid, &status, 0);
    CHECK_ROW(WIFEXITED(status) && WEXITSTATUS(status) == 0, "stopped at step %d",
              WEXITSTATUS(status));
}

TEST(the_log_is_cut_when_it_is_big)
{
    Ctx *cx = kit_ctx();
    Place p = place_sqlite();
    Store *s = place_open(&p);
    Str wal = arena_fmt(cx->arena, "%s-wal", p.options.path);
    unsigned mode = 0;
    int64_t size = 0, largest = 0;
    int n = 2500;
    for (int i = 0; i < 25; i++) {
        CHECK_OK(store_write(cx, s, many_rows, &n));
        CHECK_OK(os_file_mode(cx, wal.ptr, &mode, &size));
        largest = size > largest ? size : largest;
    }
    CHECK_ROW(largest < 90 * 1024 * 1024, "%lld bytes", (long long)largest);
    CHECK_INT(mode, 0600);
    CHECK_INT(count_things(cx, s), 25 * 2500);
    store_close(&s);
    CHECK(!os_exists(wal.ptr));
}

// --- several servers on one PostgreSQL

static _Atomic int heard_here, heard_there;

static void hear(void *arg)
{
    atomic_fetch_add((_Atomic int *)arg, 1);
}

static Status nothing_more(Ctx *cx, Db *db, void *state)
{
    (void)cx, (void)db, (void)state;
    return STATUS_OK;
}

static Status write_told(Ctx *cx, Db *db, void *arg)
{
    db_set_pending(db, arg, nothing_more);
    return thing_insert(cx, db, *(int64_t *)arg,
                        arena_fmt(cx->arena, "%lld", (long long)*(int64_t *)arg), 0);
}

static bool wait_for(_Atomic int *n, int want)
{
    for (int i = 0; i < 500 && atomic_load(n) < want; i++)
        os_sleep_ms(10);
    return atomic_load(n) >= want;
}

TEST(servers_hear_each_other_on_postgres)
{
    Place p = place_postgres();
    if (!p.there)
        return;
    Store *here = place_open(&p), *there = place_open(&p);
    atomic_store(&heard_here, 0);
    atomic_store(&heard_there, 0);
    store_on_commit(here, hear, &heard_here);
    store_on_commit(there, hear, &heard_there);
    int64_t id = 1;
    // The listening session of the other server may not have begun yet.
    for (; id < 50 && atomic_load(&heard_there) == 0; id++) {
        CHECK_OK(store_write(kit_ctx(), here, write_told, &id));
        os_sleep_ms(20);
    }
    CHECK(wait_for(&heard_there, 1));
    CHECK_INT(atomic_load(&heard_here), id - 1); // its own, once each
    CHECK_OK(store_write(kit_ctx(), there, write_told, &id));
    CHECK(wait_for(&heard_here, (int)id));
    store_close(&here);
    store_close(&there);
}

static Status end_sessions(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                   "WHERE datname = current_database() AND pid <> pg_backend_pid()"));
    return db_exec(cx, db, q, NULL);
}

TEST(lost_connections_come_back_on_postgres)
{
    Place p = place_postgres();
    if (!p.there)
        return;
    Store *s = place_open(&p), *other = place_open(&p);
    int64_t id = 1;
    CHECK_OK(store_write(kit_ctx(), s, write_told, &id));
    CHECK_INT(count_things(kit_ctx(), s), 1);
    for (id = 2; id < 5; id++) {
        Ctx cx = *kit_ctx();
        CHECK_OK(store_write(&cx, other, end_sessions, NULL));
        CHECK_INT(count_things(&cx, s), id - 1);
        CHECK_OK(store_write(&cx, s, write_told, &id));
        CHECK(cx.errors == NULL); // failed attempts leave no trace
    }
    store_close(&s);
    store_close(&other);
    Store *none = NULL;
    CHECK_STATUS(
        store_open(kit_ctx(), &(StoreOptions){ .url = "postgres:///x?host=/nowhere" }, &none),
        UNAVAILABLE);
    CHECK(none == NULL);
}

typedef struct Server {
    Place place;
    Status migrated;
    int64_t ids[400];
    size_t nids;
} Server;

static Status three_ids(Ctx *cx, Db *db, void *arg)
{
    int64_t *ret = arg;
    TRY(db_next_id(cx, db, SQL("shared"), &ret[0]));
    TRY(db_next_ids(cx, db, SQL("shared"), 150, &ret[1])); // more than a block in a row
    return db_next_id(cx, db, SQL("shared"), &ret[2]);
}

static void run_server(void *arg)
{
    Server *server = arg;
    Arena arena = { 0 };
    Ctx cx = thread_ctx(&arena);
    Store *s = NULL;
    server->migrated = store_open(&cx, &server->place.options, &s);
    if (server->migrated == STATUS_OK)
        server->migrated = db_migrate(&cx, s, STEPS, 2, NULL);
    for (int i = 0; i < 40 && server->migrated == STATUS_OK; i++) {
        int64_t ids[3] = { 0 };
        if (store_write(&cx, s, three_ids, ids) != STATUS_OK)
            break;
        server->ids[server->nids++] = ids[0];
        server->ids[server->nids++] = ids[2];
        for (int64_t j = 0; j < 150; j += 25)
            server->ids[server->nids++] = ids[1] + j;
    }
    store_close(&s);
    arena_reset(&arena);
}

TEST(servers_share_migrations_and_ids_on_postgres)
{
    Place p = place_postgres();
    if (!p.there)
        return;
    enum { N = 4 };
    static Server servers[N];
    Thread *threads[N];
    for (int i = 0; i < N; i++) {
        servers[i] = (Server){ .place = p };
        threads[i] = thread_start("server", run_server, &servers[i]);
    }
    for (int i = 0; i < N; i++)
        thread_join(&threads[i]);
    Map seen = map_new(kit_arena());
    for (int i = 0; i < N; i++) {
        CHECK_STATUS(servers[i].migrated, OK);
        CHECK_INT(servers[i].nids, 320);
        for (size_t j = 0; j < servers[i].nids; j++) {
            bool is_new = false;
            (void)map_put(&seen, arena_fmt(kit_arena(), "%lld", (long long)servers[i].ids[j]),
                          &is_new);
            CHECK_ROW(is_new, "id %lld came twice", (long long)servers[i].ids[j]);
        }
    }
}
