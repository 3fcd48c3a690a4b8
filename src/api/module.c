#include "api/api_internal.h"

static const Entity *const ENTITIES[] = { &change_entity, &view_entity, &custom_field_entity,
                                          &job_entity };

static const Route ROUTES[] = {
    { METHOD_GET, "/api/v1/meta", api_meta, NULL, NULL,
      "Entities and fields as the caller may see them", ROUTE_SELF, NULL, NULL, "meta" },
    { METHOD_GET, "/api/v1/openapi.json", api_openapi, NULL, NULL, "This document", ROUTE_SELF,
      NULL, NULL, "object" },
    { METHOD_GET, "/api/v1/suggest", api_suggest, NULL, NULL,
      "Search everything for the command palette", ROUTE_SELF, NULL, NULL, "items" },
    { METHOD_GET, "/api/v1/changes", api_list, "audit.read", NULL, "Search the audit log",
      ROUTE_NO_SCOPE, &change_entity, NULL, NULL },
    { METHOD_POST, "/api/v1/changes/search", api_search, "audit.read", NULL, "Search the audit log",
      ROUTE_READS | ROUTE_NO_SCOPE, &change_entity, "query", NULL },
    { METHOD_POST, "/api/v1/changes/aggregate", api_aggregate, "audit.read", NULL,
      "Count audit rows", ROUTE_READS | ROUTE_NO_SCOPE, &change_entity, "aggregate", "rows" },
    { METHOD_POST, "/api/v1/changes/export", api_export, "change.export", "export",
      "Export the audit log", 0, &change_entity, "export", "job" },
    { METHOD_GET, "/healthz", system_health, NULL, NULL, "The process is alive", ROUTE_PUBLIC, NULL,
      NULL, "object" },
    { METHOD_GET, "/readyz", system_ready, NULL, NULL, "The store answers", ROUTE_PUBLIC, NULL,
      NULL, "object" },
    { METHOD_GET, "/metrics", system_metrics, "system.metrics", NULL, "Counters for Prometheus",
      ROUTE_NO_SCOPE, NULL, NULL, NULL },
    { METHOD_GET, "/api/v1/settings", system_settings, "setting.read", NULL, "All settings",
      ROUTE_NO_SCOPE, NULL, NULL, "items" },
    { METHOD_PATCH, "/api/v1/settings", system_set, "setting.write", "setting", "Change settings",
      ROUTE_NO_SCOPE, NULL, "object", "items" },
    { METHOD_GET, "/api/v1/jobs", system_jobs, NULL, NULL, "Background jobs the caller may see",
      ROUTE_SELF, &job_entity, NULL, "items" },
    { METHOD_GET, "/api/v1/jobs/:id", system_job, NULL, NULL, "One background job", ROUTE_SELF,
      NULL, NULL, "object" },
    { METHOD_POST, "/api/v1/jobs/:id/cancel", system_job_cancel, NULL, "system", "Cancel a job",
      ROUTE_SELF, NULL, NULL, "object" },
    { METHOD_POST, "/api/v1/jobs/:id/undo", system_job_undo, NULL, "undo", "Undo what a job did",
      ROUTE_SELF, NULL, NULL, "job" },
    { METHOD_GET, "/api/v1/jobs/:id/file", system_job_file, NULL, NULL, "The result file of a job",
      ROUTE_SELF, NULL, NULL, NULL },
    { METHOD_GET, "/api/v1/jobs/:id/path", system_job_path, NULL, NULL,
      "Where the file lies, for commands on the host", ROUTE_SELF, NULL, NULL, "object" },
    { METHOD_GET, "/api/v1/stream", system_stream, NULL, NULL, "Server-sent events",
      ROUTE_SELF | ROUTE_STREAM, NULL, NULL, NULL },
    { METHOD_POST, "/api/v1/verify", system_verify, "system.verify", "system", "Prove the store",
      ROUTE_NO_SCOPE | ROUTE_LONG, NULL, NULL, "object" },
    { METHOD_POST, "/api/v1/keys/rotate", keys_rotate, "system.keys", "security",
      "Wrap the data keys by a new master key", ROUTE_NO_SCOPE | ROUTE_LONG, NULL, NULL, "object" },
    { METHOD_POST, "/api/v1/keys/reencrypt", keys_reencrypt, "system.keys", "security",
      "Seal all personal values anew with a new data key", ROUTE_NO_SCOPE, NULL, NULL, "job" },
    ROUTES_CRUD(view_entity, "views", "view"),
    ROUTES_CRUD(custom_field_entity, "fields", "field"),
};

static const PermissionDef PERMISSIONS[] = {
    { "audit.read", { "查看审计日志", "Read the audit log" }, "security" },
    { "setting.read", { "查看设置", "Read settings" }, "system" },
    { "setting.write", { "修改设置", "Change settings" }, "system" },
    { "system.metrics", { "查看运行指标", "Read metrics" }, "system" },
    { "system.verify", { "校验数据", "Verify the store" }, "system" },
    { "system.keys", { "管理密钥", "Manage keys" }, "system" },
    { "system.backup", { "备份", "Back up" }, "system" },
    { "view.share", { "共享视图", "Share views" }, "general" },
};

static const MessageDef MESSAGES[] = {
    { "view.entity", "没有这个列表" },
    { "key", "只能用小写字母、数字和下划线，以字母开头" },
    { "field.choices", "每个选项都要有不重复的名称" },
    { "field.entity", "此对象不支持自定义字段" },
    { "field.kind", "自定义字段不能用这种类型" },
    { "field.pii", "只有文本可以加密保存" },
    { "idempotency.key", "Idempotency-Key 太长" },
    { "idempotency.body", "这个 Idempotency-Key 已用于另一个请求" },
    { "bulk.action", "操作须为 update、delete 或 restore" },
    { "bulk.set", "请给出要设置的值" },
    { "bulk.which", "请给出记录编号、筛选条件或搜索词" },
    { "reason.long", "原因最多 500 个字符" },
    { "field.choices_kept", "已有的选项不能删除或调换顺序，新选项请加在最后" },
    { "bulk.ids", "记录编号的数量不对" },
    { "bulk.personal", "是个人信息，每个人都不同，不能批量设置" },
    { "job.ended", "任务已经结束" },
    { "job.undo", "这个任务不能撤销，或已经撤销过" },
    { "key.local", "更换密钥请在服务器上用命令进行" },
    { "export.format", "格式须为 csv 或 xlsx" },
};

const JobDef API_JOBS[] = {
    { .kind = "export", .title = { "导出", "Export" }, .run = export_run },
    { .kind = "bulk", .title = { "批量操作", "Bulk change" }, .run = bulk_run, .undo = bulk_undo },
    { .kind = "key.reencrypt",
      .title = { "重新加密", "Re-encrypt" },
      .resumable = true,
      .exclusive = true,
      .run = reencrypt_run },
};
const size_t API_JOBS_LEN = ARRAY_LEN(API_JOBS);

// Another server of the same database may have changed fields or settings.
static Status feed_catalog(Ctx *cx, void *app, const FeedRow *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].entity, S("field")) || str_eq(rows[i].entity, S("setting")))
            return app_reload(cx, app);
    return STATUS_OK;
}

// Open pages learn what changed; they ask again for what they may see.
static Status feed_page(Ctx *cx, void *arg, const FeedRow *rows, size_t n)
{
    App *app = arg;
    for (size_t i = 0; i < n && n <= 50; i++) {
        if (rows[i].action > CHANGE_RESTORE)
            continue;
        Buf b = buf_new(cx->arena, 256);
        JsonOut j = json_out(&b);
        json_open(&j);
        json_key_str(&j, "entity", rows[i].entity);
        json_key_int(&j, "id", rows[i].record.v);
        json_close(&j);
        events_send(app->events, (Id){ 0 }, "change", buf_str(&b));
    }
    return STATUS_OK;
}

static const Consumer CONSUMERS[] = { { "", feed_catalog }, { "", feed_page } };

const Module api_module = {
    .name = "api",
    .settings = SETTING_DEFS,
    .nsettings = SETTING_DEFS_LEN,
    .entities = ENTITIES,
    .nentities = ARRAY_LEN(ENTITIES),
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
    .jobs = API_JOBS,
    .njobs = ARRAY_LEN(API_JOBS),
    .permissions = PERMISSIONS,
    .npermissions = ARRAY_LEN(PERMISSIONS),
    .messages = MESSAGES,
    .nmessages = ARRAY_LEN(MESSAGES),
    .consumers = CONSUMERS,
    .nconsumers = ARRAY_LEN(CONSUMERS),
};
