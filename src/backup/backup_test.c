#include "backup/backup.h"
#include "kit/kit.h"
#include "kit/store.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

// app/ gives these to auth/; here nobody signs in.
Auth *auth_of(void *app)
{
    return ((App *)app)->auth;
}

Store *auth_store(void *app)
{
    return ((App *)app)->store;
}

static const Entity *const ENTITIES[] = { &user_entity, &department_entity, &role_entity };
static const Module PEOPLE = { .name = "people",
                               .entities = ENTITIES,
                               .nentities = ARRAY_LEN(ENTITIES) };
static const Module *const MODULES_HERE[] = { &PEOPLE };

enum { DEPARTMENTS = 300 };

typedef struct Place {
    KitStore k;
    BackupSource source;
    const char *folder;
} Place;

static void close_place(Place *p)
{
    kit_store_close(&p->k);
}

static Str in_dir(const char *name)
{
    return arena_fmt(kit_arena(), "%s/%s", kit_dir(), name);
}

static Status write_key(Ctx *cx, Db *db, void *arg)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO data_key (id, wrapped, created_at) VALUES (2, "));
    sql_blob(q, *(const Str *)arg);
    sql_add(q, SQL(", 1)"));
    return db_exec(cx, db, q, NULL);
}

static Status write_departments(Ctx *cx, Db *db, void *arg)
{
    const EntityInfo *e = catalog_of(cx, &department_entity);
    for (int i = 0; i < *(const int *)arg; i++) {
        void *row = row_new(cx->arena, e);
        row_put(cx->arena, row, field_find(e, S("name")),
                value_text(arena_fmt(cx->arena, "第%d组", i)));
        TRY(change_create(cx, db, e, row, (Str){ 0 }));
    }
    return STATUS_OK;
}

static bool open_place(Place *p)
{
    int n = DEPARTMENTS;
    if (!kit_store(&p->k, false, ENTITIES, ARRAY_LEN(ENTITIES)))
        return false;
    Str wrapped = keyring_make(p->k.keys, kit_arena(), 2);
    CHECK_OK(store_write(p->k.cx, p->k.store, write_key, &wrapped));
    CHECK_OK(store_write(p->k.cx, p->k.store, write_departments, &n));
    CHECK_OK(os_make_dir(p->k.cx, in_dir("files").ptr, 0700));
    CHECK_OK(os_make_dir(p->k.cx, in_dir("files/ab").ptr, 0700));
    CHECK_OK(os_write_file(p->k.cx, in_dir("files/ab/abcdef").ptr, S("a stored file"), 0600));
    CHECK_OK(os_write_file(p->k.cx, in_dir("files/ab/empty").ptr, S(""), 0600));
    p->folder = in_dir("backups").ptr;
    p->source = (BackupSource){ .store = p->k.store,
                                .keys = p->k.keys,
                                .files_dir = in_dir("files").ptr,
                                .modules = MODULES_HERE,
                                .nmodules = ARRAY_LEN(MODULES_HERE) };
    return true;
}

static Str make(Place *p)
{
    BackupFacts f = { 0 };
    Status s = backup_make(p->k.cx, &p->source, p->folder, &f);
    CHECK_OK(s);
    CHECK_INT(f.files, 3);
    CHECK(f.rows >= DEPARTMENTS * 2);
    return s != STATUS_OK ? (Str){ 0 }
                          : arena_fmt(kit_arena(), "%s/" STR_FMT, p->folder, STR_ARG(f.name));
}

static Status proved(Place *p, Str dir)
{
    BackupFacts f = { 0 };
    return backup_verify(p->k.cx, &p->source, arena_cstr(kit_arena(), dir), in_dir("proof").ptr,
                         &f);
}

TEST(a_backup_verifies_and_restores_equal)
{
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    Str dir = make(&p);
    CHECK_STR(arena_dup(kit_arena(), str_sub(dir, dir.len - 16, 16)), S("20260115T080000Z"));
    CHECK_OK(proved(&p, dir));
    CHECK(!os_exists(in_dir("proof").ptr));
    BackupFacts f = { 0 };
    CHECK_OK(backup_restore(p.k.cx, &p.source, dir.ptr, in_dir("new").ptr, &f));
    CHECK_STR(kit_file(in_dir("new/files/ab/abcdef").ptr), S("a stored file"));
    CHECK_STR(kit_file(in_dir("new/files/ab/empty").ptr), S(""));
    CHECK(str_find(kit_file(arena_fmt(kit_arena(), STR_FMT "/000001.sealed", STR_ARG(dir)).ptr),
                   S("第1组"), 0) ==
          kit_file(arena_fmt(kit_arena(), STR_FMT "/000001.sealed", STR_ARG(dir)).ptr).len);
    // Restoring there again, or into any folder with something in it, is refused.
    CHECK_STATUS(backup_restore(p.k.cx, &p.source, dir.ptr, in_dir("new").ptr, &f), CONFLICT);
    CHECK_STR(str_z(p.k.cx->errors->code), S("restore.used"));
}

// Every row of every table, bytes and all.
static Str digest_of(Ctx *cx, const char *path)
{
    static const SqlText TABLES[] = {
        SQL_INIT("SELECT * FROM department ORDER BY id"),
        SQL_INIT("SELECT * FROM change ORDER BY id"),
        SQL_INIT("SELECT * FROM data_key ORDER BY id"),
        SQL_INIT("SELECT * FROM app_user ORDER BY id"),
    };
    StoreOptions o = { .path = path, .readers = 1 };
    Store *store = NULL;
    uint8_t bytes[DIGEST_BYTES];
    Sha256 h;
    sha256_start(&h);
    CHECK_OK(store_open(cx, &o, &store));
    for (size_t t = 0; store != NULL && t < ARRAY_LEN(TABLES); t++) {
        CLEANUP(db_release) Db *db = NULL;
        CLEANUP(stmt_cleanup) Stmt *st = NULL;
        CHECK_OK(store_read(cx, store, &db));
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, TABLES[t]);
        CHECK_OK(db_run(cx, db, q, &st));
        while (stmt_next(st))
            for (int i = 0; i < stmt_columns(st); i++) {
                int64_t n = stmt_int(st, i);
                sha256_add(&h, (Str){ (const char *)&n, sizeof(n) });
                sha256_add(&h, stmt_view(st, i));
            }
        CHECK_OK(stmt_end(cx, &st));
    }
    store_close(&store);
    sha256_end(&h, bytes);
    return hex(kit_arena(), bytes, sizeof(bytes));
}

TEST(what_is_restored_equals_its_source)
{
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    BackupFacts f = { 0 };
    Str dir = make(&p);
    CHECK_OK(backup_restore(p.k.cx, &p.source, dir.ptr, in_dir("new").ptr, &f));
    store_close(&p.k.store);
    CHECK_STR(digest_of(p.k.cx, in_dir("new/guanxi.db").ptr), digest_of(p.k.cx, p.k.path));
}

TEST(another_key_says_so)
{
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    uint8_t other[KEY_BYTES] = { 8 };
    Str dir = make(&p);
    Keyring *wrong = keyring_new(other);
    p.source.keys = wrong;
    CHECK_STATUS(proved(&p, dir), UNAVAILABLE);
    CHECK_STR(str_z(p.k.cx->errors->code), S("key.wrong"));
    keyring_close(&wrong);
}

// --- every flipped byte is found

static int64_t size_of(Ctx *cx, const char *path)
{
    unsigned mode = 0;
    int64_t size = 0;
    CHECK_OK(os_file_mode(cx, path, &mode, &size));
    return size;
}

static void flip(const char *path, int64_t at, int bit)
{
    FILE *f = fopen(path, "r+b");
    CHECK(f != NULL);
    if (f == NULL)
        return;
    (void)fseek(f, (long)at, SEEK_SET);
    int c = fgetc(f);
    (void)fseek(f, (long)at, SEEK_SET);
    (void)fputc(c ^ (1 << bit), f);
    (void)fclose(f);
}

TEST(one_flipped_bit_is_always_found)
{
    enum { ROUNDS = 200 };
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    Names names = { 0 };
    Str dir = make(&p);
    CHECK_OK(os_list_dir(p.k.cx, kit_arena(), dir.ptr, &names));
    CHECK_INT(names.len, 6);
    uint64_t dice = 20260115;
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        // Small files as often as the large one: their bytes matter more.
        Str name = names.ptr[(dice >> 33) % names.len];
        const char *path =
            arena_fmt(kit_arena(), STR_FMT "/" STR_FMT, STR_ARG(dir), STR_ARG(name)).ptr;
        int64_t at = (int64_t)((dice >> 20) % (uint64_t)size_of(p.k.cx, path));
        int bit = (int)(dice >> 60) % 8;
        flip(path, at, bit);
        Status s = proved(&p, dir);
        found += s != STATUS_OK;
        CHECK_ROW(s != STATUS_OK, "byte %lld of " STR_FMT, (long long)at, STR_ARG(name));
        flip(path, at, bit);
        p.k.cx->errors = NULL;
    }
    CHECK_INT(found, ROUNDS);
    CHECK_OK(proved(&p, dir));
}

static const struct {
    const char *what, *remove, *rename_to, *add;
} DAMAGES[] = {
    { "a sealed file is missing", "000002.sealed", NULL, NULL },
    { "the manifest is missing", "manifest.json", NULL, NULL },
    { "its digest is missing", "manifest.mac", NULL, NULL },
    { "the list is missing", "files.jsonl", NULL, NULL },
    { "a file that is not in the list", NULL, NULL, "000009.sealed" },
    { "two files changed places", "000002.sealed", "000003.sealed", NULL },
};

TEST(what_is_missing_or_too_much_is_found)
{
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    for (size_t i = 0; i < ARRAY_LEN(DAMAGES); i++) {
        Str dir = make(&p);
        const char *base = arena_cstr(kit_arena(), dir);
        if (DAMAGES[i].rename_to != NULL)
            CHECK_OK(os_rename(p.k.cx, arena_fmt(kit_arena(), "%s/%s", base, DAMAGES[i].remove).ptr,
                               arena_fmt(kit_arena(), "%s/%s", base, DAMAGES[i].rename_to).ptr));
        else if (DAMAGES[i].remove != NULL)
            CHECK_OK(
                os_remove(p.k.cx, arena_fmt(kit_arena(), "%s/%s", base, DAMAGES[i].remove).ptr));
        if (DAMAGES[i].add != NULL)
            CHECK_OK(os_write_file(
                p.k.cx, arena_fmt(kit_arena(), "%s/%s", base, DAMAGES[i].add).ptr, S("x"), 0600));
        CHECK_ROW(proved(&p, dir) != STATUS_OK, "%s", DAMAGES[i].what);
        p.k.cx->errors = NULL;
    }
}

TEST(only_as_many_as_wanted_are_kept)
{
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    BackupList list = { 0 };
    int64_t removed = 0;
    for (int i = 0; i < 4; i++) {
        p.k.cx->now.ms += 1000;
        (void)make(&p);
    }
    CHECK_OK(os_make_dir(p.k.cx, arena_fmt(kit_arena(), "%s/mine", p.folder).ptr, 0700));
    CHECK_OK(backup_prune(p.k.cx, p.folder, 2, &removed));
    CHECK_INT(removed, 2);
    CHECK_OK(backup_list(p.k.cx, p.folder, &list));
    CHECK_INT(list.len, 2);
    CHECK_STR(list.ptr[1].name, S("20260115T080004Z"));
    CHECK(os_exists(arena_fmt(kit_arena(), "%s/mine", p.folder).ptr));
}

// --- others write meanwhile

typedef struct Writer {
    Place *place;
    bool stop;
} Writer;

static void write_on(void *arg)
{
    Writer *w = arg;
    while (!__atomic_load_n(&w->stop, __ATOMIC_RELAXED)) {
        CLEANUP(arena_cleanup) Arena a = { 0 };
        Ctx cx = *w->place->k.cx;
        cx.arena = cx.scratch = &a;
        cx.errors = NULL;
        int n = 3;
        CHECK_OK(store_write(&cx, w->place->k.store, write_departments, &n));
    }
}

TEST(a_backup_under_load_is_of_one_moment)
{
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    Writer w = { .place = &p };
    Thread *t = thread_start("writer", write_on, &w);
    for (int i = 0; i < 5; i++)
        CHECK_OK(proved(&p, make(&p)));
    __atomic_store_n(&w.stop, true, __ATOMIC_RELAXED);
    thread_join(&t);
}

// --- killed while it works

static void backup_until_killed(const Place *p, const uint8_t master[KEY_BYTES])
{
    CLEANUP(arena_cleanup) Arena a = { 0 };
    Ctx cx = { .arena = &a, .scratch = &a, .now = { 1768464000000 }, .lang = "en" };
    StoreOptions o = { .path = p->k.path, .readers = 1 };
    BackupSource s = p->source;
    BackupFacts f = { 0 };
    Keyring *keys = keyring_new(master);
    s.keys = keys;
    if (store_open(&cx, &o, &s.store) == STATUS_OK)
        for (;; cx.now.ms += 1000)
            if (backup_make(&cx, &s, p->folder, &f) != STATUS_OK)
                break;
    _exit(1);
}

// However slow the machine: the last child has made at least one whole backup before it dies.
static void wait_for_one(Place *p)
{
    enum { STEP_MS = 50, MOST = 600 };
    BackupList list = { 0 };
    for (int i = 0; i < MOST && list.len == 0; i++) {
        os_sleep_ms(STEP_MS);
        CHECK_OK(backup_list(p->k.cx, p->folder, &list));
    }
}

TEST(killed_it_leaves_nothing_that_verifies_but_is_wrong)
{
    enum { KILLS = 20 };
    CLEANUP(close_place) Place p = { 0 };
    if (!open_place(&p))
        return;
    uint8_t master[KEY_BYTES] = { 7 }; // as test/kit/store.c
    int64_t whole = 0;
    int64_t removed = 0;
    store_close(&p.k.store);
    for (int i = 0; i < KILLS; i++) {
        pid_t child = fork();
        if (child == 0)
            backup_until_killed(&p, master);
        os_sleep_ms(20 + i * 13);
        if (i + 1 == KILLS)
            wait_for_one(&p);
        CHECK(kill(child, SIGKILL) == 0);
        CHECK(waitpid(child, NULL, 0) == child);
        BackupList list = { 0 };
        CHECK_OK(backup_list(p.k.cx, p.folder, &list));
        for (size_t k = 0; k < list.len; k++)
            CHECK_OK(proved(
                &p, arena_fmt(kit_arena(), "%s/" STR_FMT, p.folder, STR_ARG(list.ptr[k].name))));
        whole += (int64_t)list.len;
        CHECK_OK(backup_prune(p.k.cx, p.folder, 0, &removed));
    }
    CHECK(whole > 0); // otherwise nothing was shown
}

TEST(postgres_is_told_to_use_its_own_tools)
{
    CLEANUP(kit_store_close) KitStore k = { 0 };
    if (!kit_store(&k, true, ENTITIES, ARRAY_LEN(ENTITIES)))
        return;
    BackupFacts f = { 0 };
    BackupSource s = { .store = k.store, .keys = k.keys };
    CHECK_STATUS(backup_make(k.cx, &s, in_dir("backups").ptr, &f), INVALID);
    CHECK_STR(str_z(k.cx->errors->code), S("backup.postgres"));
    CHECK(!os_exists(in_dir("backups").ptr));
}
