#include "job/job_internal.h"

static const ChoiceDef STATES[] = {
    { "queued", { "排队", "Queued" } },
    { "running", { "运行中", "Running" } },
    { "done", { "完成", "Done" } },
    { "failed", { "失败", "Failed" } },
    { "cancelled", { "已取消", "Cancelled" } },
    { NULL, { NULL, NULL } },
};

typedef struct Job {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "job/job.def"
#undef FIELD
} Job;

enum {
#define FIELD(type, name, ...) JOB_##name,
#include "job/job.def"
#undef FIELD
};

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Job, name, __VA_ARGS__),
#include "job/job.def"
#undef FIELD
};

// Everybody sees the jobs he submitted; who administers jobs sees all by scope.
const Entity job_entity = {
    .name = "job",
    .path = "jobs",
    .label = { "后台任务", "Background job" },
    .plural = { "后台任务", "Background jobs" },
    .table = SQL_INIT("job"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Job),
    .title = JOB_title,
    .owner = JOB_owner_id,
    .flags = E_READONLY,
};

const char *job_state_name(JobState s)
{
    return STATES[s].name;
}
