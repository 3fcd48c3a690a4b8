// Beside the workers: keeps the leases of long steps alive, and clears away files that have
// expired.
#include "job/job_internal.h"

static Status renew(Ctx *cx, Db *db, void *arg)
{
    const Jobs *j = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE job SET lease_until = "));
    sql_int(q, os_now().ms + LEASE_MS);
    sql_add(q, SQL(" WHERE state = 1 AND lease = "));
    sql_text(q, j->self);
    return db_exec(cx, db, q, NULL);
}

// A statement of minutes says no word of progress; its lease must not run out under it.
static void renew_leases(Jobs *j, Ctx *cx)
{
    mutex_lock(&j->lock);
    bool any = j->running > 0;
    mutex_unlock(&j->lock);
    if (any && store_write(cx, j->store, renew, j) != STATUS_OK)
        log_errors(LOG_WARN, "leases could not be renewed", cx);
}

static void sweep(Jobs *j, Ctx *cx)
{
    int64_t removed = 0;
    if (file_sweep(cx, j->store, &j->files, &removed) != STATUS_OK)
        log_errors(LOG_WARN, "old files could not be removed", cx);
    else if (removed > 0)
        LOG(LOG_INFO, "old files removed", { "files", LOG_INT(removed) });
}

static void keep(Jobs *j, int64_t *swept_us)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena,
               .scratch = &arena,
               .now = os_now(),
               .lang = "zh-CN",
               .request_id = S("keeper") };
    cx.access = access_system(&arena, ORIGIN_SYSTEM, (Id){ 0 });
    renew_leases(j, &cx);
    int64_t now = os_monotonic_us();
    if (now - *swept_us < (int64_t)SWEEP_MS * 1000)
        return;
    *swept_us = now;
    sweep(j, &cx);
}

void job_keeper(void *arg)
{
    Jobs *j = arg;
    int64_t swept_us = os_monotonic_us();
    int64_t next_us = swept_us + (int64_t)RENEW_MS * 1000;
    for (;;) {
        mutex_lock(&j->lock);
        int64_t left = (next_us - os_monotonic_us()) / 1000;
        if (!j->stopping && left > 0)
            (void)cond_wait_ms(&j->wake, &j->lock, left);
        // While the server stops, jobs end within seconds: less than a lease.
        bool stopping = j->stopping;
        mutex_unlock(&j->lock);
        if (stopping)
            return;
        if (os_monotonic_us() < next_us)
            continue;
        next_us = os_monotonic_us() + (int64_t)RENEW_MS * 1000;
        keep(j, &swept_us);
    }
}
