// What every handler and job can reach: the running program's parts. And how a module is
// registered: const tables, listed in app/modules.c.
#ifndef GUANXI_API_APP_H
#define GUANXI_API_APP_H

#include "auth/auth.h"
#include "event/event.h"
#include "file/file.h"
#include "http/http.h"
#include "i18n/i18n.h"
#include "job/job.h"
#include "os/os.h"
#include "setting/setting.h"

typedef struct App App;

typedef struct Command {
    const char *name;    // "import"
    const char *usage;   // "import orders|customers|products FILE [--preset P] [--dry-run]"
    const char *summary; // one sentence
    int (*run)(int argc, char **argv);
} Command;

// A named JSON schema (OpenAPI 3.1) that routes refer to by body and reply.
typedef struct SchemaDef {
    const char *name, *json;
} SchemaDef;

typedef struct Module {
    const char *name; // its folder
    const Entity *const *entities;
    size_t nentities;
    const Route *routes;
    size_t nroutes;
    const JobDef *jobs;
    size_t njobs;
    const PermissionDef *permissions;
    size_t npermissions;
    const SettingDef *settings;
    size_t nsettings;
    const MessageDef *messages;
    size_t nmessages;
    const Consumer *consumers;
    size_t nconsumers;
    const SchemaDef *schemas;
    size_t nschemas;
    // Proves derived data against the source; adds findings (one JSON object a line) to out.
    Status (*verify)(Ctx *cx, Db *db, Buf *out, int64_t *ret_checked);
} Module;

struct App {
    const char *data_dir;
    Store *store;
    Keyring *keys;
    const char *key_path; // master key file
    Auth *auth;
    Jobs *jobs;
    Events *events;
    Files files;
    HttpServer *http;
    const Module *const *modules;
    size_t nmodules;
    Mutex catalog_lock;
    Catalog *catalog; // newest snapshot; take it by app_catalog
};

// A reference to the newest catalog; catalog_release when done.
const Catalog *app_catalog(App *app);
// Builds a new snapshot after custom fields or settings changed. Requests under way keep theirs.
Status app_reload(Ctx *cx, App *app) MUST_USE;
static inline App *app_of(const Req *rq)
{
    return rq->app;
}

// Generic routes of an entity (list, search, create, show, change, delete, history, restore, bulk,
// export, aggregate), for a module's route table. path and name are literals: "customers",
// "customer".
#define ROUTES_READ(entity, path, name)                                                            \
    { METHOD_GET, "/api/v1/" path, api_list, name ".read", NULL, "List " path,                     \
      0,          &(entity),       NULL,     NULL },                                               \
        { METHOD_POST, "/api/v1/" path "/search",                                                  \
          api_search,  name ".read",                                                               \
          NULL,        "Search " path,                                                             \
          ROUTE_READS, &(entity),                                                                  \
          "query",     NULL },                                                                     \
        { METHOD_POST,   "/api/v1/" path "/aggregate",                                             \
          api_aggregate, name ".read",                                                             \
          NULL,          "Count and sum " path,                                                    \
          ROUTE_READS,   &(entity),                                                                \
          "aggregate",   "rows" },                                                                 \
        { METHOD_POST, "/api/v1/" path "/export",                                                  \
          api_export,  name ".export",                                                             \
          "export",    "Export " path,                                                             \
          0,           &(entity),                                                                  \
          "export",    "job" },                                                                    \
        { METHOD_GET, "/api/v1/" path "/:id",                                                      \
          api_show,   name ".read",                                                                \
          NULL,       "One of " path,                                                              \
          0,          &(entity),                                                                   \
          NULL,       NULL },                                                                      \
    {                                                                                              \
        METHOD_GET, "/api/v1/" path "/:id/history", api_history, name ".read", NULL,               \
            "History of one of " path, 0, &(entity), NULL, "history"                               \
    }
#define ROUTES_WRITE(entity, path, name)                                                           \
    { METHOD_POST,           "/api/v1/" path,  api_create, name ".create", "create",               \
      "Create one of " path, ROUTE_IDEMPOTENT, &(entity),  NULL,           NULL },                 \
        { METHOD_PATCH,                                                                            \
          "/api/v1/" path "/:id",                                                                  \
          api_change,                                                                              \
          name ".update",                                                                          \
          "update",                                                                                \
          "Change one of " path,                                                                   \
          0,                                                                                       \
          &(entity),                                                                               \
          NULL,                                                                                    \
          NULL },                                                                                  \
        { METHOD_DELETE,                                                                           \
          "/api/v1/" path "/:id",                                                                  \
          api_delete,                                                                              \
          name ".delete",                                                                          \
          "delete",                                                                                \
          "Delete one of " path,                                                                   \
          0,                                                                                       \
          &(entity),                                                                               \
          NULL,                                                                                    \
          NULL },                                                                                  \
        { METHOD_POST, "/api/v1/" path "/:id/restore",                                             \
          api_restore, name ".update",                                                             \
          "restore",   "Put back a change, or undelete",                                           \
          0,           &(entity),                                                                  \
          "restore",   NULL },                                                                     \
    {                                                                                              \
        METHOD_POST, "/api/v1/" path "/bulk", api_bulk, name ".bulk", "update",                    \
            "Change many of " path, ROUTE_IDEMPOTENT, &(entity), "bulk", "job"                     \
    }
#define ROUTES_CRUD(entity, path, name)                                                            \
    ROUTES_READ(entity, path, name), ROUTES_WRITE(entity, path, name)

Status api_list(Req *rq);
Status api_search(Req *rq);
Status api_aggregate(Req *rq);
Status api_export(Req *rq);
Status api_show(Req *rq);
Status api_history(Req *rq);
Status api_create(Req *rq);
Status api_change(Req *rq);
Status api_delete(Req *rq);
Status api_restore(Req *rq);
Status api_bulk(Req *rq);

// Answers one record as the caller may see it.
Status api_reply_record(Req *rq, int status, const EntityInfo *e, Id id) MUST_USE;
// The same record as a body, read inside the write: when reading fails, the change is taken back,
// instead of an error for something that was done.
Status api_record_body(Ctx *cx, Db *db, const EntityInfo *e, Id id, Str *ret) MUST_USE;
// A writer with the request's context: store_write(rq->cx, app->store, fn, arg), then wakes jobs.
Status api_write(Req *rq, WriteFn fn, void *arg) MUST_USE;

// Inside the write of a ROUTE_IDEMPOTENT route: *ret_seen says that this user's Idempotency-Key was
// used with the same body before, and which record or job came of it; INVALID (422) when the body
// was another. Without the header nothing happens.
Status api_seen(Req *rq, Db *db, bool *ret_seen, Id *ret_made) MUST_USE;
Status api_made(Req *rq, Db *db, Id made) MUST_USE; // remembers for 24 h
Status api_reply_job(Req *rq, Id job) MUST_USE;     // 202 {"job":id}, and wakes a worker
const EntityInfo *api_entity(const Req *rq);        // of a generic route
// 409 with the record as it is now beside the error, so that the page can show both.
Status api_reply_conflict(Req *rq, const EntityInfo *e, Id id) MUST_USE;
// The version a change is meant for: member "version" of the body, or If-Match. 0 stays when
// neither.
Status api_version(Req *rq, const Json *body, int64_t *ret) MUST_USE;

extern const Module
    api_module; // meta, openapi, suggest, views, custom fields, bulk and export jobs

#endif
