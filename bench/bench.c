#include "bench.h"

#include "app/migrations.h"
#include "crypto/crypto.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void bench_must(const Bench *b, Status s, const char *what)
{
    if (s == STATUS_OK)
        return;
    (void)fprintf(stderr, "%s: %s\n", what, status_name(s));
    for (const Err *e = b->cx.errors; e != NULL; e = e->next)
        (void)fprintf(stderr, "  %s " STR_FMT "\n", e->code, STR_ARG(e->message));
    exit(1);
}

static Status read_keys(Bench *b, int64_t *ret_n)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(&b->cx, b->store, &db));
    Sql *q = sql_new(b->cx.arena, db);
    sql_add(q, SQL("SELECT id, wrapped FROM data_key ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(&b->cx, db, q, &st));
    while (stmt_next(st)) {
        TRY(keyring_add(&b->cx, b->keys, (uint32_t)stmt_int(st, 0), stmt_blob(st, 1, b->cx.arena)));
        keyring_use(b->keys, (uint32_t)stmt_int(st, 0));
        ++*ret_n;
    }
    return stmt_end(&b->cx, &st);
}

static void open_keys(Bench *b, const char *folder)
{
    uint8_t master[KEY_BYTES] = { 1 };
    int64_t n = 0;
    const char *path = arena_fmt(&b->arena, "%s.key", folder).ptr;
    if (os_exists(path))
        bench_must(b, key_file_load(&b->cx, path, false, master), "key");
    b->keys = keyring_new(master);
    bench_must(b, read_keys(b, &n), "keys");
    if (n > 0)
        return;
    (void)keyring_make(b->keys, &b->arena, 1);
    keyring_use(b->keys, 1);
}

static void open_catalog(Bench *b)
{
    const Entity *list[256];
    size_t n = 0;
    for (size_t m = 0; m < MODULES_LEN; m++)
        for (size_t i = 0; i < MODULES[m]->nentities; i++)
            list[n++] = MODULES[m]->entities[i];
    bench_must(b, catalog_build(&b->cx, NULL, list, n, &b->catalog), "catalog");
    bench_must(b, zone_find(&b->cx, S("Asia/Shanghai"), &b->catalog->zone), "zone");
    b->catalog->keys = b->keys;
    b->cx.catalog = b->catalog;
}

void bench_open(Bench *b, const char *folder)
{
    crypto_init();
    log_level(LOG_WARN);
    *b = (Bench){ 0 };
    b->cx = (Ctx){ .arena = &b->arena, .scratch = &b->arena, .now = os_now(), .lang = "en" };
    bench_must(b, os_make_dir(&b->cx, folder, 0700), folder);
    StoreOptions o = { .path = arena_fmt(&b->arena, "%s/guanxi.db", folder).ptr, .create = true };
    bench_must(b, store_open(&b->cx, &o, &b->store), "store");
    bench_must(b, db_migrate(&b->cx, b->store, MIGRATIONS, MIGRATIONS_LEN, NULL), "migrations");
    open_keys(b, folder);
    open_catalog(b);
    b->cx.access = access_system(&b->arena, ORIGIN_SYSTEM, (Id){ 0 });
}

void bench_close(Bench *b)
{
    catalog_release(b->catalog);
    keyring_close(&b->keys);
    store_close(&b->store);
    arena_reset(&b->arena);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

int64_t times_part(Times *t, int per_mille)
{
    qsort(t->us, t->len, sizeof(int64_t), by_value);
    size_t at = t->len * (size_t)per_mille / 1000;
    return t->us[at < t->len ? at : t->len - 1];
}

void bench_row(const char *bench, const char *what, Str ours, Str rival, Str ratio)
{
    (void)printf("%s\t%s\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n", bench, what, STR_ARG(ours),
                 STR_ARG(rival), STR_ARG(ratio));
    (void)fflush(stdout);
}

const char *bench_folder(Arena *a)
{
    const char *where = secure_getenv("TMPDIR");
    return arena_fmt(a, "%s/guanxi-bench-" STR_FMT, where == NULL ? "/tmp" : where,
                     STR_ARG(os_random_text(a, 9)))
        .ptr;
}

bool bench_deep(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--deep") == 0)
            return true;
    return false;
}
