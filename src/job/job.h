// Long work: rows in table job, run by a few worker threads under a lease, with progress, cancel,
// result file and undo. A server that dies loses its leases after 30 s; another (or the next start)
// takes the job up: resumable kinds go on from their checkpoint, others fail with
// "job.interrupted".
#ifndef GUANXI_JOB_JOB_H
#define GUANXI_JOB_JOB_H

#include "change/change.h"

typedef struct Jobs Jobs;

typedef struct JobRun {
    Ctx *cx; // access: the submitter's present rights (B9), origin JOB or as given at submit
    Store *store;
    void *app;
    Id id;
    const Json *params;
    Str checkpoint;       // JSON saved by job_checkpoint before an interruption; empty at first
    const char *work_dir; // own folder for temporary files, removed at the end
    Jobs *jobs;
    int64_t said_us;
} JobRun;

typedef struct JobDef {
    const char *kind; // "export", "bulk", "import.run"
    Label title;
    bool resumable;
    bool exclusive; // one of this kind at a time
    Status (*run)(JobRun *run);
    // Undo of a finished job as a new job; NULL: cannot be undone.
    Status (*undo)(JobRun *run);
} JobDef;

typedef struct JobTable {
    const JobDef *defs;
    size_t n;
} JobTable;

// access_of makes the submitter's present access for a run; UNAUTHENTICATED when he is disabled.
typedef Status (*JobAccessFn)(Ctx *cx, Db *db, void *app, Id user, const Access **ret);
typedef void (*JobPrepareFn)(Ctx *cx, void *app); // fills catalog, lang, now
Status jobs_start(Ctx *cx, Store *s, void *app, const JobTable *tables, size_t ntables, int workers,
                  const char *dir, JobPrepareFn prepare, JobAccessFn access_of,
                  Jobs **ret) MUST_USE;
// Running jobs are asked to pause at their next job_progress; leases are handed back; < 10 s.
void jobs_stop(Jobs **j);

// Inside store_write. `title` for people ("导出 customers.xlsx"); params is a JSON object without
// personal values.
Status job_submit(Ctx *cx, Db *db, const char *kind, Str title, Str params, Id *ret) MUST_USE;
// Wakes a worker; call after the write that submitted.
void jobs_wake(Jobs *j);

// From inside run, as often as it likes (written at most every 300 ms). CONFLICT with code
// "job.cancelled" or "job.paused" when it must end: return it.
Status job_progress(JobRun *run, int64_t done, int64_t total) MUST_USE;
Status job_message(JobRun *run, Str message) MUST_USE;
// Inside store_write, with the work itself: after a crash the job goes on from here.
Status job_checkpoint(JobRun *run, Db *db, Str state) MUST_USE;
// The result file (moved into the file store), downloadable by the submitter until it expires.
Status job_result(JobRun *run, const char *path, Str name, const char *type) MUST_USE;
Status job_result_json(JobRun *run, Str json) MUST_USE;
// For tests and commands: waits until the job has ended.
Status job_wait(Ctx *cx, Store *s, Id id, int64_t limit_ms, Str *ret_state) MUST_USE;

typedef void (*JobListener)(void *app, Id user, Str job_json); // progress and state, for the page
void jobs_listen(Jobs *j, JobListener fn);

extern const Entity job_entity; // list and detail by the generic routes; owner sees his own
// The job as the page shows it: state, progress, rate, file. NOT_FOUND; does not look at scope.
Status job_json(Ctx *cx, Db *db, Id id, Id *ret_owner, JsonOut *j) MUST_USE;
Status job_cancel(Ctx *cx, Db *db, Id id) MUST_USE;

#endif
