// Routes and the job behind them.
#include "backup/backup_internal.h"

#include <inttypes.h>

static const char *folder_of(Arena *a, const App *app)
{
    return arena_fmt(a, "%s/backups", app->data_dir).ptr;
}

static Status tell(void *arg, int64_t done, int64_t total)
{
    return job_progress(arg, done, total);
}

static void facts_json(JsonOut *j, const BackupFacts *f)
{
    json_open(j);
    json_key_str(j, "name", f->name);
    json_key_instant(j, "created", f->created);
    json_key_str(j, "program", f->program);
    json_key_int(j, "schema", f->schema);
    json_key_int(j, "files", f->files);
    json_key_int(j, "bytes", f->bytes);
    json_key_int(j, "rows", f->rows);
    json_key_int(j, "changes", f->changes);
    json_close(j);
}

static Status run_backup(JobRun *run)
{
    Ctx *cx = run->cx;
    const App *app = run->app;
    BackupSource s = { .store = app->store,
                       .keys = app->keys,
                       .files_dir = app->files.dir,
                       .modules = app->modules,
                       .nmodules = app->nmodules,
                       .progress = tell,
                       .arg = run };
    BackupFacts facts = { 0 };
    int64_t removed = 0;
    Str to = json_text(run->params, "to", (Str){ 0 });
    const char *folder = to.len > 0 ? arena_cstr(cx->arena, to) : folder_of(cx->arena, app);
    TRY(backup_make(cx, &s, folder, &facts));
    if (to.len == 0)
        TRY(backup_prune(cx, folder, setting_int(cx, "backup.keep"), &removed));
    Buf b = buf_new(cx->arena, LIMIT_URL);
    JsonOut j = json_out(&b);
    facts_json(&j, &facts);
    TRY(change_note_now(cx, app->store, CHANGE_SYSTEM, "store", (Id){ 0 }, S("backup"),
                        buf_str(&b)));
    return job_result_json(run, buf_str(&b));
}

typedef struct Wish {
    Str to;
    Id job;
} Wish;

static Status write_job(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    Buf b = buf_new(cx->arena, LIMIT_URL);
    JsonOut j = json_out(&b);
    json_open(&j);
    if (w->to.len > 0)
        json_key_str(&j, "to", w->to);
    json_close(&j);
    Str title = label_text((Label){ "备份", "Backup" }, cx->lang);
    return job_submit(cx, db, "backup.run", title, buf_str(&b), &w->job);
}

static Status post_backup(Req *rq)
{
    static const char *const KEYS[] = { "to", NULL };
    Ctx *cx = rq->cx;
    const Json *body = NULL;
    Wish w = { 0 };
    if (rq->body.len > 0) {
        TRY(req_json(rq, &body));
        TRY(json_only(cx, body, KEYS));
        w.to = json_text(body, "to", (Str){ 0 });
    }
    if (store_dialect(app_of(rq)->store) != DIALECT_SQLITE)
        return FAIL(cx, INVALID, "backup.postgres", NULL,
                    "Back up PostgreSQL with its own tools (pg_dump, pg_basebackup).");
    // Only whoever is on the host may say where on its disk something is written.
    if (w.to.len > 0 && (!rq->local || w.to.ptr[0] != '/'))
        return FAIL(cx, FORBIDDEN, "backup.local", "to",
                    "backups to a folder are made by the command on the host");
    TRY(api_write(rq, write_job, &w));
    return api_reply_job(rq, w.job);
}

static Status get_backups(Req *rq)
{
    Ctx *cx = rq->cx;
    BackupList list = { 0 };
    TRY(backup_list(cx, folder_of(cx->arena, app_of(rq)), &list));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "items");
    for (size_t i = list.len; i > 0; i--)
        facts_json(&j, &list.ptr[i - 1]);
    json_close_array(&j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}

static const Route ROUTES[] = {
    { METHOD_POST, "/api/v1/backups", post_backup, "system.backup", "system",
      "Back the store up while it runs", ROUTE_NO_SCOPE, NULL, NULL, "job" },
    { METHOD_GET, "/api/v1/backups", get_backups, "system.backup", NULL,
      "Backups in the data directory, newest first", ROUTE_NO_SCOPE, NULL, NULL, NULL },
};

static const JobDef JOBS[] = {
    { .kind = "backup.run", .title = { "备份", "Backup" }, .exclusive = true, .run = run_backup },
};

static const SettingDef SETTINGS[] = {
    { .key = "backup.keep",
      .label = { "保留备份数", "Backups kept" },
      .help = { "新的备份完成后，删除更早的备份，只保留这么多份",
                "Older ones are removed after each new backup" },
      .group = "system",
      .kind = FIELD_INT,
      .min = 1,
      .max = 1000,
      .value = "7" },
};

static const MessageDef MESSAGES[] = {
    { "backup.postgres", "PostgreSQL 请用它自己的工具备份（pg_dump、pg_basebackup）" },
    { "backup.broken", "备份已损坏" },
    { "backup.format", "这个程序不认识该备份的格式" },
    { "backup.files", "文件太多，无法放入一个备份" },
    { "restore.used", "目标不是空的；备份只能恢复到新的位置" },
};

const Module backup_module = {
    .name = "backup",
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
    .jobs = JOBS,
    .njobs = ARRAY_LEN(JOBS),
    .settings = SETTINGS,
    .nsettings = ARRAY_LEN(SETTINGS),
    .messages = MESSAGES,
    .nmessages = ARRAY_LEN(MESSAGES),
};
