#ifndef GUANXI_JOB_JOB_INTERNAL_H
#define GUANXI_JOB_JOB_INTERNAL_H

#include "file/file.h"
#include "job/job.h"
#include "os/os.h"

typedef enum JobState { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED } JobState;
const char *job_state_name(JobState s);

enum {
    MAX_JOB_DEFS = 128,
    MAX_WORKERS = 16,
    LEASE_MS = 30000,
    RENEW_MS = LEASE_MS / 3,
    SWEEP_MS = 60 * 60 * 1000,
    SAY_EVERY_US = 300000
};

struct Jobs {
    Store *store;
    void *app;
    const JobDef *defs[MAX_JOB_DEFS];
    size_t ndefs;
    const char *dir;
    Files files;
    JobPrepareFn prepare;
    JobAccessFn access_of;
    JobListener listener;
    Str self; // name of this process in leases
    Arena arena;
    Mutex lock;
    Cond wake;
    bool stopping;
    int64_t wakes;
    int running; // jobs under a lease of ours
    Thread *workers[MAX_WORKERS], *keeper;
    size_t nworkers;
};

// A job as a worker took it.
typedef struct Taken {
    Id id, owner;
    const JobDef *def;
    Str params, checkpoint;
    bool undo;
} Taken;

void job_keeper(void *arg); // thread: renews leases, sweeps files
// Runs a taken job to its end, in the calling thread.
void job_run_taken(Jobs *j, const Taken *t);
const JobDef *job_def(const Jobs *j, Str kind);
void job_tell(Jobs *j, Ctx *cx, Id id);

#endif
