// The workers: take the oldest waiting job under a lease, run it, look for the next.
#include "job/job_internal.h"

#include <unistd.h>

enum { LOOK_EVERY_MS = 2000 };

typedef struct Take {
    Jobs *j;
    Arena *arena; // of the taken job's texts
    Taken taken;
    bool found, interrupted;
    Id interrupted_id;
} Take;

static Status candidate(Ctx *cx, Db *db, Stmt **ret)
{
    Sql *q = sql_new(cx->arena, db);
    int64_t now = os_now().ms;
    sql_add(q, SQL("SELECT j.id, j.kind, j.owner_id, j.params, j.checkpoint, j.state FROM job j"
                   " WHERE (j.state = 0 OR (j.state = 1 AND j.lease_until < "));
    sql_int(q, now);
    sql_add(q, SQL(")) ORDER BY j.id"));
    sql_either(q, SQL(""), SQL(" FOR UPDATE SKIP LOCKED"));
    return db_run(cx, db, q, ret);
}

static Status is_running(Ctx *cx, Db *db, Str kind, bool *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT 1 FROM job WHERE state = 1 AND kind = "));
    sql_text(q, kind);
    sql_add(q, SQL(" AND lease_until >= "));
    sql_int(q, os_now().ms);
    sql_add(q, SQL(" LIMIT 1"));
    int64_t one = 0;
    Status s = db_int(cx, db, q, &one);
    *ret = s == STATUS_OK;
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static Status lease(Ctx *cx, Db *db, const Jobs *j, const Taken *t)
{
    int64_t now = os_now().ms;
    const JobDef *d = t->def;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET state = 1, lease = "));
    sql_text(q, j->self);
    sql_add(q, SQL(", lease_until = "));
    sql_int(q, now + LEASE_MS);
    sql_add(q, SQL(", started_at = coalesce(started_at, "));
    sql_int(q, now);
    sql_add(q, SQL("), can_undo = "));
    sql_int(q, !t->undo && d->undo != NULL);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, t->id);
    return db_exec(cx, db, q, NULL);
}

static Status give_up(Ctx *cx, Db *db, Id id)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET state = 3, lease = NULL, lease_until = NULL, error = "
                   "'interrupted', ended_at = "));
    sql_int(q, os_now().ms);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, id);
    return db_exec(cx, db, q, NULL);
}

// "bulk.undo" is the undo of kind "bulk".
static const JobDef *def_of(const Jobs *j, Str kind, bool *ret_undo)
{
    *ret_undo = str_ends(kind, S(".undo"));
    if (*ret_undo)
        kind.len -= S(".undo").len;
    const JobDef *d = job_def(j, kind);
    return d != NULL && *ret_undo && d->undo == NULL ? NULL : d;
}

typedef struct Waiting {
    Id id, owner;
    Str kind, params, checkpoint;
    bool was_running;
} Waiting;

static Status list_waiting(Ctx *cx, Db *db, Waiting **ret, size_t *ret_n)
{
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    VEC(Waiting) list = { 0 };
    TRY(candidate(cx, db, &st));
    while (stmt_next(st) && list.len < 50)
        *vec_add(cx->arena, &list) = (Waiting){ .id = { stmt_int(st, 0) },
                                                .kind = stmt_text(st, 1, cx->arena),
                                                .owner = { stmt_int(st, 2) },
                                                .params = stmt_text(st, 3, cx->arena),
                                                .checkpoint = stmt_text(st, 4, cx->arena),
                                                .was_running = stmt_int(st, 5) == JOB_RUNNING };
    *ret = list.ptr;
    *ret_n = list.len;
    return stmt_end(cx, &st);
}

static Status take_one(Ctx *cx, Db *db, void *arg)
{
    Take *out = arg;
    Waiting *list = NULL;
    size_t n = 0;
    out->found = out->interrupted = false;
    TRY(list_waiting(cx, db, &list, &n));
    for (size_t i = 0; i < n; i++) {
        Taken t = { .id = list[i].id, .owner = list[i].owner };
        t.def = def_of(out->j, list[i].kind, &t.undo);
        if (t.def == NULL)
            continue; // of a newer program on the same database
        bool busy = false;
        if (t.def->exclusive)
            TRY(is_running(cx, db, list[i].kind, &busy));
        if (busy)
            continue;
        if (list[i].was_running && !t.def->resumable && !t.undo) {
            out->interrupted = true;
            return give_up(cx, db, t.id);
        }
        TRY(lease(cx, db, out->j, &t));
        t.params = arena_dup(out->arena, list[i].params);
        t.checkpoint = arena_dup(out->arena, list[i].checkpoint);
        out->taken = t;
        out->found = true;
        return STATUS_OK;
    }
    return STATUS_OK;
}

// Looking costs a read; only when something waits is the writer asked.
static Status anything_waits(Ctx *cx, Jobs *j, bool *ret)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, j->store, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT 1 FROM job WHERE state = 0 OR (state = 1 AND lease_until < "));
    sql_int(q, os_now().ms);
    sql_add(q, SQL(") LIMIT 1"));
    int64_t one = 0;
    Status s = db_int(cx, db, q, &one);
    *ret = s == STATUS_OK;
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static void count_running(Jobs *j, int by)
{
    mutex_lock(&j->lock);
    j->running += by;
    mutex_unlock(&j->lock);
}

// True when a job was run or given up: there may be more.
static bool work(Jobs *j)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    CLEANUP(arena_cleanup) Arena step = { 0 };
    Ctx cx = {
        .arena = &step, .scratch = &step, .now = os_now(), .lang = "zh-CN", .request_id = S("jobs")
    };
    cx.access = access_system(&step, ORIGIN_SYSTEM, (Id){ 0 });
    Take take = { .j = j, .arena = &arena };
    bool waits = false;
    if (anything_waits(&cx, j, &waits) != STATUS_OK || !waits)
        return false;
    if (store_write(&cx, j->store, take_one, &take) != STATUS_OK) {
        log_errors(LOG_WARN, "no job could be taken", &cx);
        return false;
    }
    if (take.found) {
        count_running(j, 1);
        job_run_taken(j, &take.taken);
        count_running(j, -1);
    }
    return take.found || take.interrupted;
}

static void worker(void *arg)
{
    Jobs *j = arg;
    for (;;) {
        mutex_lock(&j->lock);
        int64_t seen = j->wakes;
        bool stopping = j->stopping;
        mutex_unlock(&j->lock);
        if (stopping)
            return;
        if (work(j))
            continue;
        mutex_lock(&j->lock);
        if (j->wakes == seen && !j->stopping)
            (void)cond_wait_ms(&j->wake, &j->lock, LOOK_EVERY_MS);
        mutex_unlock(&j->lock);
    }
}

// What a process of this name left behind is nobody's: a data directory has one server, and a
// PostgreSQL server's name is drawn anew at every start.
static Status release_own(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET lease_until = 0 WHERE state = 1"));
    return db_exec(cx, db, q, NULL);
}

Status jobs_start(Ctx *cx, Store *s, void *app, const JobTable *tables, size_t ntables, int workers,
                  const char *dir, JobPrepareFn prepare, JobAccessFn access_of, Jobs **ret)
{
    Jobs *j = mem_alloc(sizeof(Jobs));
    *j = (Jobs){ .store = s, .app = app, .prepare = prepare, .access_of = access_of };
    j->dir = arena_fmt(&j->arena, "%s/work", dir).ptr;
    j->files.dir = arena_fmt(&j->arena, "%s/files", dir).ptr;
    j->self = os_random_text(&j->arena, 9);
    for (size_t t = 0; t < ntables; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            check(j->ndefs < MAX_JOB_DEFS);
            j->defs[j->ndefs++] = &tables[t].defs[i];
        }
    mutex_init(&j->lock);
    cond_init(&j->wake);
    *ret = j;
    if (store_dialect(s) == DIALECT_SQLITE)
        TRY(store_write(cx, s, release_own, NULL));
    check(workers <= MAX_WORKERS);
    j->keeper = thread_start("keeper", job_keeper, j);
    for (int i = 0; i < workers; i++)
        j->workers[j->nworkers++] = thread_start("job", worker, j);
    return STATUS_OK;
}

void jobs_stop(Jobs **ptr)
{
    Jobs *j = *ptr;
    if (j == NULL)
        return;
    mutex_lock(&j->lock);
    j->stopping = true;
    cond_broadcast(&j->wake);
    mutex_unlock(&j->lock);
    for (size_t i = 0; i < j->nworkers; i++)
        thread_join(&j->workers[i]);
    if (j->keeper != NULL)
        thread_join(&j->keeper);
    cond_done(&j->wake);
    mutex_done(&j->lock);
    arena_reset(&j->arena);
    mem_free(j);
    *ptr = NULL;
}
