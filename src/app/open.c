// From a directory to a running program, and back.
#include "app/migrations.h"
#include "app/wiring.h"
#include "crypto/crypto.h"
#include "os/os.h"

#include <stdio.h>
#include <unistd.h>

typedef struct Running {
    App app; // first: handlers get the App
    Arena arena;
    int lock;
} Running;

Auth *auth_of(void *app)
{
    return ((App *)app)->auth;
}

Store *auth_store(void *app)
{
    return ((App *)app)->store;
}

Str app_socket(Arena *a, const char *data)
{
    return arena_fmt(a, "%s/guanxi.sock", data);
}

void app_prepare_ctx(Ctx *cx, void *app)
{
    cx->catalog = app_catalog(app);
    cx->now = os_now();
    cx->lang = setting_text(cx, "org.lang").ptr;
}

static void prepare(Req *rq)
{
    app_prepare_ctx(rq->cx, rq->app);
    rq->cx->lang = i18n_pick(req_header(rq, "Accept-Language"), rq->cx->lang);
}

static void finish(Req *rq, int http_status)
{
    (void)http_status;
    catalog_release(rq->cx->catalog);
    rq->cx->catalog = NULL;
}

static Str error_body(Req *rq, Status s)
{
    const Entity *e = rq->route == NULL ? NULL : rq->route->extra;
    const EntityInfo *info =
        e == NULL || rq->cx->catalog == NULL ? NULL : catalog_find(rq->cx->catalog, str_z(e->name));
    return i18n_error_body(rq->cx, s, info);
}

static Status job_access(Ctx *cx, Db *db, void *app, Id user, const Access **ret)
{
    (void)app;
    return auth_access(cx, db, user, ORIGIN_JOB, ret);
}

static void job_changed(void *app, Id user, Str job_json)
{
    // Jobs of the program itself are nobody's: user 0 would mean everybody.
    if (user.v != 0)
        events_send(((App *)app)->events, user, "job", job_json);
}

static Status reload(Req *rq)
{
    return app_reload(rq->cx, app_of(rq));
}

static void sessions_ended(void *app, Id user)
{
    if (((App *)app)->events != NULL)
        events_end(((App *)app)->events, user);
}

// --- opening, step by step

static Status open_directory(Ctx *cx, Running *r, const OpenOptions *o)
{
    Arena *a = &r->arena;
    TRY(os_make_dir(cx, o->data, 0700));
    r->app.data_dir = arena_cstr(a, str_z(o->data));
    r->app.files.dir = arena_fmt(a, "%s/files", o->data).ptr;
    Status s = os_lock_file(cx, arena_fmt(a, "%s/lock", o->data).ptr, &r->lock);
    if (s == STATUS_CONFLICT) {
        cx->errors = NULL;
        return FAIL(
            cx, CONFLICT, "data.locked", NULL,
            "Another Guanxi is running on %s. Stop it first, or use another --data directory.",
            o->data);
    }
    TRY(s);
    if (o->db == NULL && !os_is_local_disk(o->data))
        return FAIL(cx, UNAVAILABLE, "data.remote", NULL,
                    "%s is on a network file system, where the store would not be safe.", o->data);
    return STATUS_OK;
}

static Status open_store(Ctx *cx, Running *r, const OpenOptions *o, bool *ret_new)
{
    Arena *a = &r->arena;
    StoreOptions so = { .url = o->db, .create = !o->must_exist, .read_limit_ms = 20000 };
    if (o->db == NULL)
        so.path = arena_fmt(a, "%s/guanxi.db", o->data).ptr;
    *ret_new = o->db == NULL && !os_exists(so.path);
    if (*ret_new && o->must_exist)
        return FAIL(cx, NOT_FOUND, "data.missing", NULL, "There is no store in %s.", o->data);
    TRY(store_open(cx, &so, &r->app.store));
    const char *backups = arena_fmt(a, "%s/backups", o->data).ptr;
    TRY(os_make_dir(cx, backups, 0700));
    return db_migrate(cx, r->app.store, MIGRATIONS, MIGRATIONS_LEN, backups);
}

typedef struct NewKey {
    Str wrapped;
    int64_t now;
} NewKey;

static Status write_key(Ctx *cx, Db *db, void *arg)
{
    const NewKey *k = arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO data_key (id, wrapped, created_at) VALUES (1, "));
    sql_blob(q, k->wrapped);
    sql_add(q, SQL(", "));
    sql_int(q, k->now);
    sql_add(q, SQL(") ON CONFLICT (id) DO NOTHING"));
    return db_exec(cx, db, q, NULL);
}

static Status read_keys(Ctx *cx, Running *r, uint32_t *ret_newest)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, r->app.store, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, wrapped FROM data_key ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        *ret_newest = (uint32_t)stmt_int(st, 0);
        TRY(keyring_add(cx, r->app.keys, *ret_newest, stmt_blob(st, 1, cx->arena)));
    }
    return stmt_end(cx, &st);
}

// A rotation that was cut off after the store had changed left the new master beside the old one.
static Status finish_rotation(Ctx *cx, Running *r, uint32_t *ret_newest, Status failed)
{
    const char *fresh = arena_fmt(&r->arena, "%s.new", r->app.key_path).ptr;
    if (!os_exists(fresh))
        return failed;
    uint8_t master[KEY_BYTES];
    cx->errors = NULL;
    TRY(key_file_load(cx, fresh, false, master));
    keyring_close(&r->app.keys);
    r->app.keys = keyring_new(master);
    wipe(master, sizeof(master));
    TRY(read_keys(cx, r, ret_newest));
    return os_rename(cx, fresh, r->app.key_path);
}

// A store that has keys already must not be given a fresh master: everything sealed would be lost.
static Status open_keys(Ctx *cx, Running *r, const OpenOptions *o)
{
    const char *path = o->key != NULL ? o->key : arena_fmt(&r->arena, "%s.key", o->data).ptr;
    bool has_keys = false;
    {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, r->app.store, &db));
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, SQL("SELECT count(*) FROM data_key"));
        int64_t n = 0;
        TRY(db_int(cx, db, q, &n));
        has_keys = n > 0;
    }
    r->app.key_path = arena_cstr(&r->arena, str_z(path));
    uint8_t master[KEY_BYTES];
    TRY(key_file_load(cx, path, !has_keys, master));
    r->app.keys = keyring_new(master);
    uint32_t newest = 0;
    if (!has_keys) {
        Keyring *fresh = keyring_new(master);
        NewKey k = { keyring_make(fresh, cx->arena, 1), cx->now.ms };
        keyring_close(&fresh);
        TRY(store_write(cx, r->app.store, write_key, &k));
    }
    wipe(master, sizeof(master));
    // Read back: on PostgreSQL another server may have been first.
    Status s = read_keys(cx, r, &newest);
    if (s != STATUS_OK)
        TRY(finish_rotation(cx, r, &newest, s));
    keyring_use(r->app.keys, newest);
    return STATUS_OK;
}

static Status check_tables(Ctx *cx, App *app)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app->store, &db));
    for (size_t m = 0; m < app->nmodules; m++)
        for (size_t i = 0; i < app->modules[m]->nentities; i++)
            TRY(entity_check_schema(cx, db, app->modules[m]->entities[i]));
    return STATUS_OK;
}

enum { MAX_TABLES = 64, DEFAULT_JOB_WORKERS = 2 };

static void init_messages(const App *app)
{
    MessageTable tables[MAX_TABLES + 1];
    tables[0] = (MessageTable){ I18N_MESSAGES, I18N_MESSAGES_LEN };
    for (size_t m = 0; m < app->nmodules; m++)
        tables[m + 1] = (MessageTable){ app->modules[m]->messages, app->modules[m]->nmessages };
    i18n_init(tables, app->nmodules + 1);
}

static Status start_work(Ctx *cx, Running *r, const OpenOptions *o)
{
    App *app = &r->app;
    JobTable jobs[MAX_TABLES];
    ConsumerTable consumers[MAX_TABLES];
    for (size_t m = 0; m < app->nmodules; m++) {
        jobs[m] = (JobTable){ app->modules[m]->jobs, app->modules[m]->njobs };
        consumers[m] = (ConsumerTable){ app->modules[m]->consumers, app->modules[m]->nconsumers };
    }
    int workers = o->workers > 0 ? o->workers : DEFAULT_JOB_WORKERS;
    TRY(events_start(cx, app->store, app, consumers, app->nmodules, app_prepare_ctx, &app->events));
    TRY(jobs_start(cx, app->store, app, jobs, app->nmodules, workers, app->data_dir,
                   app_prepare_ctx, job_access, &app->jobs));
    jobs_listen(app->jobs, job_changed);
    // The change feed is read from here on; what another server changed before that is read now.
    return app_reload(cx, app);
}

static Status start_http(Ctx *cx, Running *r, const OpenOptions *o)
{
    App *app = &r->app;
    const Route *tables[MAX_TABLES];
    size_t sizes[MAX_TABLES];
    for (size_t m = 0; m < app->nmodules; m++) {
        tables[m] = app->modules[m]->routes;
        sizes[m] = app->modules[m]->nroutes;
    }
    Str socket = app_socket(&r->arena, o->data);
    Str listen = arena_fmt(&r->arena, "local:" STR_FMT "%s%s", STR_ARG(socket),
                           o->listen == NULL ? "" : ",", o->listen == NULL ? "" : o->listen);
    const char *uploads = arena_fmt(&r->arena, "%s/uploads", o->data).ptr;
    TRY(os_remove_tree(cx, uploads));
    TRY(os_make_dir(cx, uploads, 0700));
    HttpOptions ho = {
        .listen = listen.ptr,
        .insecure_listen = o->insecure_listen,
        .trusted_proxies = o->trusted_proxies,
        .upload_dir = uploads,
        .upload_max = 2ll * 1024 * 1024 * 1024,
        .app = app,
        .tables = tables,
        .table_sizes = sizes,
        .ntables = app->nmodules,
        .guard = auth_guard,
        .prepare = prepare,
        .finish = finish,
        .error_body = error_body,
        .fallback = page_serve,
    };
    return http_start(cx, &ho, &app->http);
}

static Status open_all(Ctx *cx, Running *r, const OpenOptions *o)
{
    App *app = &r->app;
    bool is_new = false;
    TRY(open_directory(cx, r, o));
    TRY(open_store(cx, r, o, &is_new));
    TRY(open_keys(cx, r, o));
    TRY(app_reload(cx, app));
    cx->catalog = app->catalog;
    cx->access = access_system(&r->arena, ORIGIN_SYSTEM, (Id){ 0 });
    TRY(check_tables(cx, app));
    app->auth = auth_open(arena_fmt(&r->arena, "%s/outbox", o->data).ptr);
    auth_hooks(app->auth, (AuthHooks){ .reload = reload, .ended = sessions_ended });
    TRY(start_work(cx, r, o));
    return start_http(cx, r, o);
}

Status app_open(Ctx *cx, const OpenOptions *o, App **ret)
{
    Running *r = mem_alloc(sizeof(Running));
    r->lock = -1;
    App *app = &r->app;
    app->modules = MODULES;
    app->nmodules = MODULES_LEN;
    check(MODULES_LEN < MAX_TABLES);
    mutex_init(&app->catalog_lock);
    init_messages(app);
    modules_init();
    Status s = open_all(cx, r, o);
    cx->catalog = NULL;
    *ret = app;
    if (s != STATUS_OK)
        app_close(ret);
    return s;
}

enum { STOP_LIMIT_MS = 8000 };

void app_close(App **ptr)
{
    App *app = *ptr;
    if (app == NULL)
        return;
    Running *r = (Running *)app;
    http_stop(&app->http, STOP_LIMIT_MS);
    jobs_stop(&app->jobs);
    events_stop(&app->events);
    auth_close(&app->auth);
    catalog_release(app->catalog);
    keyring_close(&app->keys);
    store_close(&app->store);
    mutex_done(&app->catalog_lock);
    if (r->lock >= 0)
        (void)close(r->lock);
    arena_reset(&r->arena);
    mem_free(r);
    *ptr = NULL;
}
