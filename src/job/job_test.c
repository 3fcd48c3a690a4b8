// Leased work: it runs once, by who holds the lease; it is cancelled, paused, taken up again; its
// owner's present rights decide; files come and go.
#include "job/job_internal.h"
#include "kit/kit.h"
#include "kit/store.h"

enum { LIMIT_MS = 20000 };

typedef struct World {
    KitStore kit;
    Jobs *jobs;
    const char *dir;
    Mutex lock;
    int runs, undone, steps;
    bool disabled, hold;
} World;

static World world;

static void count(int *what)
{
    mutex_lock(&world.lock);
    ++*what;
    mutex_unlock(&world.lock);
}

static int counted(const int *what)
{
    mutex_lock(&world.lock);
    int n = *what;
    mutex_unlock(&world.lock);
    return n;
}

static bool held(void)
{
    mutex_lock(&world.lock);
    bool hold = world.hold;
    mutex_unlock(&world.lock);
    return hold;
}

static void set_hold(bool hold)
{
    mutex_lock(&world.lock);
    world.hold = hold;
    mutex_unlock(&world.lock);
}

static Status run_plain(JobRun *run)
{
    count(&world.runs);
    TRY(job_message(run, S("working")));
    return job_result_json(run, S("{\"ok\":true}"));
}

static Status run_bad(JobRun *run)
{
    return FAIL(run->cx, INVALID, "bad", NULL, "cannot be done");
}

typedef struct StepSave {
    JobRun *run;
    int64_t at;
} StepSave;

static Status save_step(Ctx *cx, Db *db, void *arg)
{
    const StepSave *save = arg;
    return job_checkpoint(save->run, db, arena_fmt(cx->arena, "%lld", (long long)save->at));
}

// Ten steps with a checkpoint after each; waits for a word before it goes on behind the fifth.
static Status run_steps(JobRun *run)
{
    int64_t at = 0;
    count(&world.runs);
    (void)str_int(run->checkpoint, &at);
    while (at < 10) {
        at++;
        count(&world.steps);
        StepSave save = { run, at };
        TRY(store_write(run->cx, run->store, save_step, &save));
        run->said_us = 0; // every word is written, not only each 300 ms
        TRY(job_progress(run, at, 10));
        for (int i = 0; at == 5 && held() && i < 2000; i++) {
            os_sleep_ms(5);
            run->said_us = 0;
            TRY(job_progress(run, at, 10));
        }
    }
    return STATUS_OK;
}

static Status run_undo(JobRun *run)
{
    (void)run;
    count(&world.undone);
    return STATUS_OK;
}

static Status run_file(JobRun *run)
{
    const char *path = arena_fmt(run->cx->arena, "%s/out", run->work_dir).ptr;
    TRY(os_write_file(run->cx, path, S("a,b\r\n"), 0600));
    return job_result(run, path, S("../x/sheet.csv"), "text/csv");
}

static const JobDef DEFS[] = {
    { .kind = "plain", .title = { "a", "a" }, .run = run_plain, .undo = run_undo },
    { .kind = "bad", .title = { "b", "b" }, .run = run_bad },
    { .kind = "steps",
      .title = { "c", "c" },
      .resumable = true,
      .exclusive = true,
      .run = run_steps },
    { .kind = "once", .title = { "d", "d" }, .run = run_steps },
    { .kind = "file", .title = { "e", "e" }, .run = run_file },
};
static const JobTable TABLE = { DEFS, ARRAY_LEN(DEFS) };

static void prepare(Ctx *cx, void *app)
{
    (void)app;
    catalog_keep(world.kit.catalog);
    cx->catalog = world.kit.catalog;
}

static Status access_of(Ctx *cx, Db *db, void *app, Id user, const Access **ret)
{
    (void)db, (void)app, (void)user;
    if (world.disabled)
        return FAIL(cx, UNAUTHENTICATED, "session", NULL, "is disabled");
    *ret = access_system(cx->arena, ORIGIN_JOB, (Id){ 0 });
    return STATUS_OK;
}

static void start(int workers)
{
    CHECK_OK(jobs_start(world.kit.cx, world.kit.store, NULL, &TABLE, 1, workers, world.dir, prepare,
                        access_of, &world.jobs));
}

static bool open_world(bool postgres)
{
    static const Entity *const ENTITIES[] = { &job_entity };
    world = (World){ 0 };
    mutex_init(&world.lock);
    if (!kit_store(&world.kit, postgres, ENTITIES, 1))
        return false;
    log_level(LOG_ERROR);
    world.dir = kit_dir();
    start(2);
    return true;
}

static void close_world(void)
{
    jobs_stop(&world.jobs);
    kit_store_close(&world.kit);
    mutex_done(&world.lock);
}

typedef struct Submit {
    const char *kind;
    Id user, id;
} Submit;

static Status submit_write(Ctx *cx, Db *db, void *arg)
{
    Submit *s = arg;
    const Access *mine = cx->access;
    Access as = *mine;
    as.user = s->user;
    cx->access = &as;
    Str params = str_ends(str_z(s->kind), S(".undo"))
                     ? arena_fmt(cx->arena, "{\"job\":%lld}", (long long)s->id.v)
                     : S("{}");
    Status got = job_submit(cx, db, s->kind, S("title"), params, &s->id);
    cx->access = mine;
    return got;
}

static Id submit(const char *kind, int64_t user, int64_t of)
{
    Submit s = { .kind = kind, .user = { user }, .id = { of } };
    CHECK_OK(store_write(world.kit.cx, world.kit.store, submit_write, &s));
    if (world.jobs != NULL)
        jobs_wake(world.jobs);
    return s.id;
}

static Str ended(Id id)
{
    Str state = S("none");
    CHECK_OK(job_wait(world.kit.cx, world.kit.store, id, LIMIT_MS, &state));
    return state;
}

static Str shown(Id id)
{
    Ctx *cx = world.kit.cx;
    CLEANUP(db_release) Db *db = NULL;
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    Id owner = { 0 };
    CHECK_OK(store_read(cx, world.kit.store, &db));
    CHECK_OK(job_json(cx, db, id, &owner, &j));
    return buf_str(&b);
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_z(part), 0) < text.len;
}

static Status cancel_write(Ctx *cx, Db *db, void *arg)
{
    return job_cancel(cx, db, *(const Id *)arg);
}

static void wait_for_step(int n)
{
    for (int i = 0; i < 4000 && counted(&world.steps) < n; i++)
        os_sleep_ms(5);
    CHECK(counted(&world.steps) >= n);
}

static void ends(void)
{
    Id a = submit("plain", 0, 0);
    CHECK_STR(ended(a), S("done"));
    CHECK(has(shown(a), "\"message\":\"working\"") && has(shown(a), "\"undo\":true"));
    CHECK_INT(counted(&world.runs), 1);
    Id back = submit("plain.undo", 0, a.v);
    CHECK_STR(ended(back), S("done"));
    CHECK_INT(counted(&world.undone), 1);
    CHECK(has(shown(a), "\"undo\":false"));
    Id bad = submit("bad", 0, 0);
    CHECK_STR(ended(bad), S("failed"));
    CHECK(has(shown(bad), "cannot be done"));
    world.disabled = true;
    Id stranger = submit("plain", 7, 0);
    CHECK_STR(ended(stranger), S("failed"));
    CHECK_INT(counted(&world.runs), 1);
    world.disabled = false;
    Id file = submit("file", 0, 0);
    CHECK_STR(ended(file), S("done"));
    CHECK(has(shown(file), "\"file\":{\"name\":\"sheet.csv\",\"size\":5}"));
}

static void cancels(void)
{
    set_hold(true);
    Id running = submit("steps", 0, 0);
    wait_for_step(5);
    Id waiting = submit("steps", 0, 0); // exclusive: waits for the other
    CHECK_OK(store_write(world.kit.cx, world.kit.store, cancel_write, &waiting));
    CHECK_STR(ended(waiting), S("cancelled"));
    CHECK_OK(store_write(world.kit.cx, world.kit.store, cancel_write, &running));
    CHECK_STR(ended(running), S("cancelled"));
    CHECK_STATUS(store_write(world.kit.cx, world.kit.store, cancel_write, &running), CONFLICT);
    world.kit.cx->errors = NULL;
    set_hold(false);
    CHECK_INT(counted(&world.steps), 5);
}

// Stopped in the middle, a resumable job goes on behind its checkpoint; another one has failed.
static void resumes(void)
{
    int before = counted(&world.steps);
    set_hold(true);
    Id steps = submit("steps", 0, 0);
    wait_for_step(before + 5);
    jobs_stop(&world.jobs);
    CHECK(has(shown(steps), "\"state\":\"queued\""));
    set_hold(false);
    start(2);
    CHECK_STR(ended(steps), S("done"));
    CHECK_INT(counted(&world.steps), before + 10);
    set_hold(true);
    Id once = submit("once", 0, 0);
    wait_for_step(before + 15);
    jobs_stop(&world.jobs);
    set_hold(false);
    start(2);
    CHECK_STR(ended(once), S("failed"));
    CHECK(has(shown(once), "interrupted"));
}

typedef struct Lease {
    SqlText text;
} Lease;

static Status run_text(Ctx *cx, Db *db, void *arg)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, ((const Lease *)arg)->text);
    return db_exec(cx, db, q, NULL);
}

// A dead server's job: under a foreign lease that has run out.
static void taken_over(void)
{
    jobs_stop(&world.jobs);
    Id steps = submit("steps", 0, 0);
    Id once = submit("once", 0, 0);
    Lease dead = { SQL("UPDATE job SET state = 1, lease = 'dead', lease_until = 1, checkpoint = "
                       "'8' WHERE state = 0") };
    CHECK_OK(store_write(world.kit.cx, world.kit.store, run_text, &dead));
    int before = counted(&world.steps);
    start(2);
    CHECK_STR(ended(steps), S("done"));
    CHECK_STR(ended(once), S("failed"));
    CHECK_INT(counted(&world.steps), before + 2);
}

static void stories(bool postgres)
{
    if (open_world(postgres)) {
        ends();
        cancels();
        resumes();
        taken_over();
    }
    close_world();
}

TEST(jobs_sqlite)
{
    stories(false);
}

TEST(jobs_postgres)
{
    stories(true);
}

// --- files

static Status add_file(Ctx *cx, Db *db, void *arg)
{
    StoredFile *f = arg;
    Files files = { arena_fmt(cx->arena, "%s/files", world.dir).ptr };
    const char *from = arena_fmt(cx->arena, "%s/in", world.dir).ptr;
    return file_add(cx, db, &files, from, f->name, f->type.ptr, "sample", (Id){ 1 }, f->expires_at,
                    f);
}

static Status keep(Str name, const char *kind, Str content, int64_t expires, StoredFile *ret)
{
    Ctx *cx = world.kit.cx;
    CHECK_OK(os_write_file(cx, arena_fmt(cx->arena, "%s/in", world.dir).ptr, content, 0600));
    *ret = (StoredFile){ .name = name, .type = str_z(kind), .expires_at = { expires } };
    cx->errors = NULL;
    return store_write(cx, world.kit.store, add_file, ret);
}

TEST(files_by_content)
{
    static const struct {
        Str name;
        const char *kind;
        Str content;
        bool taken;
    } ROWS[] = {
        { S_INIT("a.png"), "picture", S_INIT("\x89PNG\r\n\x1a\nrest"), true },
        { S_INIT("a.jpg"), "picture", S_INIT("\x89PNG\r\n\x1a\nrest"), false },
        { S_INIT("a.svg"), "picture", S_INIT("<svg onload=alert(1)>"), false },
        { S_INIT("a.pdf"), "picture", S_INIT("%PDF-1.4"), false },
        { S_INIT("a.pdf"), "attachment", S_INIT("%PDF-1.4"), true },
        { S_INIT("a.html"), "attachment", S_INIT("<html>"), false },
        { S_INIT("a.csv"), "attachment", S_INIT("姓名,电话\n"), true },
        { S_INIT("a.csv"), "attachment", S_INIT("\xff\xfe\x00"), false },
        { S_INIT("png"), "picture", S_INIT("\x89PNG\r\n\x1a\n"), false },
        { S_INIT("a.exe"), "any", S_INIT("MZ"), true },
    };
    if (open_world(false))
        for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
            StoredFile f;
            Status got = keep(ROWS[i].name, ROWS[i].kind, ROWS[i].content, 0, &f);
            CHECK_ROW((got == STATUS_OK) == ROWS[i].taken, "row %zu: %s", i, status_name(got));
        }
    close_world();
}

TEST(file_names)
{
    static const struct {
        Str in, out;
    } ROWS[] = {
        { S_INIT("../../etc/passwd"), S_INIT("passwd") },
        { S_INIT("C:\\x\\y.txt"), S_INIT("y.txt") },
        { S_INIT("a\r\nb.txt"), S_INIT("ab.txt") },
        { S_INIT("a\"b.txt"), S_INIT("ab.txt") },
        { S_INIT("..."), S_INIT("file") },
        { S_INIT(""), S_INIT("file") },
        { S_INIT("x/"), S_INIT("file") },
        { S_INIT("txt.\xe2\x80\xae"
                 "exe"),
          S_INIT("txt.exe") },
        { S_INIT("中文.csv"), S_INIT("中文.csv") },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        CHECK_STR(file_clean_name(kit_arena(), ROWS[i].in), ROWS[i].out);
}

static void sweeps(bool postgres)
{
    if (open_world(postgres)) {
        Ctx *cx = world.kit.cx;
        Files files = { arena_fmt(cx->arena, "%s/files", world.dir).ptr };
        StoredFile kept, old;
        CHECK_OK(keep(S("kept.txt"), "any", S("kept"), 0, &kept));
        CHECK_OK(keep(S("old.txt"), "any", S("old"), cx->now.ms - 1, &old));
        const char *stray = arena_fmt(cx->arena, "%s/zz/stray", files.dir).ptr;
        CHECK_OK(os_make_dir(cx, arena_fmt(cx->arena, "%s/zz", files.dir).ptr, 0700));
        CHECK_OK(os_write_file(cx, stray, S("x"), 0600));
        int64_t removed = 0;
        CHECK_OK(file_sweep(cx, world.kit.store, &files, &removed));
        CHECK(os_exists(kept.path.ptr) && !os_exists(old.path.ptr));
        // The stray's name has another folder than its own first letters: it is not ours to touch.
        CHECK(removed >= 1);
        CHECK_OK(file_sweep(cx, world.kit.store, &files, &removed));
        CHECK_INT(removed, 0);
        CLEANUP(db_release) Db *db = NULL;
        StoredFile found;
        CHECK_OK(store_read(cx, world.kit.store, &db));
        CHECK_OK(file_find(cx, db, &files, kept.id, &found));
        CHECK_STATUS(file_find(cx, db, &files, old.id, &found), NOT_FOUND);
        cx->errors = NULL;
    }
    close_world();
}

TEST(sweeps_sqlite)
{
    sweeps(false);
}

TEST(sweeps_postgres)
{
    sweeps(true);
}
