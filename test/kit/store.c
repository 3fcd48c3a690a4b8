#include "kit/store.h"

#include "kit/kit.h"
#include "kit/pg.h"
#include "os/os.h"

#include <glob.h>
#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    return ((const Migration *)a)->number - ((const Migration *)b)->number;
}

static Migration migration_of(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    Migration m = { .name = arena_dup(kit_arena(), str_z(name)).ptr, .text = kit_file(path).ptr };
    for (const char *p = name; ascii_is_digit(*p); p++)
        m.number = m.number * 10 + (*p - '0');
    return m;
}

static Migration *migrations(size_t *ret_n)
{
    glob_t found = { 0 };
    CHECK(glob("src/*/sql/[0-9]*.sql", 0, NULL, &found) == 0);
    Migration *list = arena_array(kit_arena(), Migration, found.gl_pathc + 1);
    for (size_t i = 0; i < found.gl_pathc; i++)
        list[i] = migration_of(found.gl_pathv[i]);
    *ret_n = found.gl_pathc;
    globfree(&found);
    qsort(list, *ret_n, sizeof(Migration), by_number);
    return list;
}

static Keyring *test_keys(Ctx *cx)
{
    uint8_t master[KEY_BYTES] = { 7 };
    crypto_init();
    Keyring *k = keyring_new(master);
    CHECK_OK(keyring_add(cx, k, 1, keyring_make(k, cx->arena, 1)));
    keyring_use(k, 1);
    return k;
}

static bool open_store(Ctx *cx, KitStore *s, bool postgres)
{
    StoreOptions o = { .readers = 2, .create = true };
    if (postgres) {
        o.url = kit_postgres();
        if (o.url == NULL)
            return false;
    } else {
        s->path = arena_fmt(cx->arena, "%s/test.db", kit_dir()).ptr;
        o.path = s->path;
    }
    Status opened = store_open(cx, &o, &s->store);
    CHECK_OK(opened);
    return opened == STATUS_OK;
}

bool kit_store(KitStore *ret, bool postgres, const Entity *const *entities, size_t n)
{
    Ctx *cx = kit_ctx();
    *ret = (KitStore){ .cx = cx };
    log_level(LOG_WARN);
    if (!open_store(cx, ret, postgres))
        return false;
    size_t count = 0;
    Migration *list = migrations(&count);
    Status migrated = db_migrate(cx, ret->store, list, count, NULL);
    CHECK_OK(migrated);
    Status built = catalog_build(cx, NULL, entities, n, &ret->catalog);
    CHECK_OK(built);
    if (migrated != STATUS_OK || built != STATUS_OK)
        return false;
    ret->keys = test_keys(cx);
    ret->catalog->keys = ret->keys;
    CHECK_OK(zone_find(cx, S("Asia/Shanghai"), &ret->catalog->zone));
    cx->catalog = ret->catalog;
    cx->access = access_system(cx->arena, ORIGIN_SYSTEM, (Id){ 0 });
    return true;
}

void kit_store_close(KitStore *s)
{
    if (s->cx != NULL)
        s->cx->catalog = NULL;
    if (s->catalog != NULL)
        catalog_release(s->catalog);
    if (s->keys != NULL)
        keyring_close(&s->keys);
    if (s->store != NULL)
        store_close(&s->store);
    *s = (KitStore){ 0 };
}

Str kit_store_bytes(KitStore *s)
{
    const char *path = s->path;
    store_close(&s->store);
    return kit_file(path);
}
