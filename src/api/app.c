#include "api/app.h"

#include "api/api_internal.h"

const Catalog *app_catalog(App *app)
{
    mutex_lock(&app->catalog_lock);
    const Catalog *c = app->catalog;
    catalog_keep(c);
    mutex_unlock(&app->catalog_lock);
    return c;
}

enum { MAX_ENTITIES = 256, MAX_MODULES = 64 };

// What the organisation hides or demands of built-in fields; the catalog's fields are our own
// copies.
static Status apply_overrides(Ctx *cx, Catalog *c)
{
    const Json *doc = NULL;
    TRY(json_parse(cx, setting_text(cx, "fields.overrides"), &doc));
    for (const Json *one = doc->first; one != NULL; one = one->next) {
        Str rest = one->key;
        const EntityInfo *e = catalog_find(c, str_split(&rest, '.'));
        Field *f = e == NULL ? NULL : (Field *)(uintptr_t)field_find(e, rest);
        if (f == NULL)
            continue; // of a newer or older program
        f->flags |= json_flag(one, "hidden", false) ? F_HIDDEN : 0u;
        f->flags |= json_flag(one, "required", false) ? F_REQUIRED : 0u;
    }
    return STATUS_OK;
}

static Status build(Ctx *cx, App *app, Db *db, Catalog **ret)
{
    const Entity *entities[MAX_ENTITIES];
    SettingTable settings[MAX_MODULES];
    size_t n = 0;
    size_t npermissions = 0;
    check(app->nmodules <= MAX_MODULES);
    for (size_t m = 0; m < app->nmodules; m++) {
        const Module *module = app->modules[m];
        settings[m] = (SettingTable){ module->settings, module->nsettings };
        npermissions += module->npermissions;
        for (size_t i = 0; i < module->nentities; i++) {
            check(n < MAX_ENTITIES);
            entities[n++] = module->entities[i];
        }
    }
    CLEANUP(catalog_cleanup) Catalog *c = NULL;
    TRY(catalog_build(cx, db, entities, n, &c));
    PermissionDef *permissions = arena_array(&c->arena, PermissionDef, npermissions + 1);
    for (size_t m = 0; m < app->nmodules; m++)
        for (size_t i = 0; i < app->modules[m]->npermissions; i++)
            permissions[c->npermissions++] = app->modules[m]->permissions[i];
    c->permissions = permissions;
    c->keys = app->keys;
    // Sealed settings are opened with the keys of the catalog being built.
    const Catalog *outer = cx->catalog;
    cx->catalog = c;
    Status s = setting_load(cx, db, settings, app->nmodules, c);
    if (s == STATUS_OK)
        s = apply_overrides(cx, c);
    cx->catalog = outer;
    TRY(s);
    *ret = c;
    c = NULL;
    return STATUS_OK;
}

static Status reload_alone(Ctx *cx, App *app)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app->store, &db));
    Catalog *fresh = NULL;
    TRY(build(cx, app, db, &fresh));
    mutex_lock(&app->catalog_lock);
    Catalog *old = app->catalog;
    fresh->version = old == NULL ? 1 : old->version + 1;
    app->catalog = fresh;
    mutex_unlock(&app->catalog_lock);
    catalog_release(old);
    return STATUS_OK;
}

// One at a time: of two that run side by side, the one that read earlier must not have the last
// word.
Status app_reload(Ctx *cx, App *app)
{
    static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
    mutex_lock(&one);
    Status s = reload_alone(cx, app);
    mutex_unlock(&one);
    return s;
}

void catalog_cleanup(Catalog **c)
{
    catalog_release(*c);
    *c = NULL;
}

const EntityInfo *api_entity(const Req *rq)
{
    return catalog_of(rq->cx, rq->route->extra);
}

Status api_write(Req *rq, WriteFn fn, void *arg)
{
    return store_write(rq->cx, app_of(rq)->store, fn, arg);
}

enum { MAX_RECORD = 4 * 1024 * 1024 };

Status api_record_body(Ctx *cx, Db *db, const EntityInfo *e, Id id, Str *ret)
{
    void *row = row_new(cx->arena, e);
    TRY(query_one(cx, db, e, id, row));
    Buf b = buf_new(cx->arena, MAX_RECORD);
    JsonOut j = json_out(&b);
    TRY(query_record_json(cx, db, e, row, &j));
    *ret = buf_str(&b);
    return STATUS_OK;
}

Status api_reply_record(Req *rq, int status, const EntityInfo *e, Id id)
{
    Str body = { 0 };
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(rq->cx, app_of(rq)->store, &db));
    TRY(api_record_body(rq->cx, db, e, id, &body));
    rq->rows = 1;
    return req_reply_json(rq, status, body);
}

Status api_reply_job(Req *rq, Id job)
{
    jobs_wake(app_of(rq)->jobs);
    Buf b = buf_new(rq->cx->arena, 64);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_int(&j, "job", job.v);
    json_close(&j);
    return req_reply_json(rq, 202, buf_str(&b));
}
