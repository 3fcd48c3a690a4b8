#include "place.h"

#include "auth/auth_internal.h"
#include "kit/pg.h"

#include <stdlib.h>

const char *fmt(const char *f, ...)
{
    va_list ap;
    va_start(ap, f);
    Str s = arena_vfmt(kit_arena(), f, ap);
    va_end(ap);
    return s.ptr;
}

// --- opening

static bool open_app(Place *p)
{
    Ctx *cx = kit_ctx();
    cx->now = os_now();
    OpenOptions o = { .data = p->data, .db = p->url, .workers = 1 };
    Status s = app_open(cx, &o, &p->app);
    CHECK_OK(s);
    return s == STATUS_OK;
}

typedef struct DepartmentWish {
    const char *name;
    Id parent, id;
} DepartmentWish;

static Status make_department(Ctx *cx, Db *db, void *arg)
{
    DepartmentWish *w = arg;
    Department d = { .name = str_z(w->name), .parent_id = w->parent };
    row_touch(&d.row, DEPARTMENT_name);
    if (w->parent.v != 0)
        row_touch(&d.row, DEPARTMENT_parent_id);
    TRY(change_create(cx, db, catalog_of(cx, &department_entity), &d, (Str){ 0 }));
    w->id = d.id;
    return STATUS_OK;
}

static Id department(Place *p, const char *name, Id parent)
{
    DepartmentWish w = { .name = name, .parent = parent };
    place_write(p, make_department, &w);
    return w.id;
}

static Status make_templates(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    return templates_make(cx, db);
}

bool place_open(Place *p, bool postgres)
{
    static bool seeded;
    // In memory where there is some: nothing here has to survive, and every write is synced.
    const char *memory = os_exists("/dev/shm") ? "/dev/shm" : kit_dir();
    *p = (Place){ .data =
                      fmt("%s/guanxi-api-%016llx", memory, (unsigned long long)os_random_u64()) };
    log_level(LOG_ERROR);
    if (!seeded) {
        crypto_init();
        seeded = true;
    }
    if (postgres && (p->url = kit_postgres()) == NULL)
        return false;
    if (!open_app(p))
        return false;
    place_write(p, make_templates, NULL);
    p->root = department(p, "总部", (Id){ 0 });
    p->left = department(p, "左部", p->root);
    p->leaf = department(p, "左一部", p->left);
    p->right = department(p, "右部", p->root);
    return true;
}

void place_stop(Place *p)
{
    db_fail_nth(0);
    if (p->app != NULL)
        app_close(&p->app);
}

void place_close(Place *p)
{
    place_stop(p);
    if (p->data != NULL) {
        (void)!os_remove_tree(kit_ctx(), p->data);
        (void)!os_remove(kit_ctx(), fmt("%s.key", p->data));
    }
    p->data = NULL;
}

void place_restart(Place *p)
{
    app_close(&p->app);
    (void)open_app(p);
}

Ctx *place_ctx(Place *p)
{
    Ctx *cx = kit_ctx();
    cx->catalog = app_catalog(p->app);
    cx->now = os_now();
    cx->errors = NULL;
    cx->access = access_system(cx->arena, ORIGIN_SYSTEM, (Id){ 0 });
    return cx;
}

void place_done(Ctx *cx)
{
    catalog_release(cx->catalog);
    cx->catalog = NULL;
    cx->access = NULL;
}

void place_ctx_cleanup(Ctx **cx)
{
    place_done(*cx);
}

void place_write(Place *p, WriteFn fn, void *arg)
{
    CLEANUP(place_ctx_cleanup) Ctx *cx = place_ctx(p);
    CHECK_OK(store_write(cx, p->app->store, fn, arg));
}

int64_t place_ask(Place *p, SqlText text)
{
    Ctx *cx = kit_ctx();
    int64_t n = -1;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(cx, p->app->store, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, text);
    Status s = db_int(cx, db, q, &n);
    if (s != STATUS_NOT_FOUND)
        CHECK_OK(s);
    return n;
}

int64_t place_changes(Place *p)
{
    return place_ask(p, SQL("SELECT coalesce(max(id), 0) FROM change"));
}

// --- roles and users

typedef struct RoleWish {
    const char *name, *document;
    Id id;
} RoleWish;

static Status make_role(Ctx *cx, Db *db, void *arg)
{
    RoleWish *w = arg;
    const Json *doc = NULL;
    Role r = { .name = str_z(w->name) };
    row_touch(&r.row, ROLE_name);
    TRY(change_create(cx, db, catalog_of(cx, &role_entity), &r, (Str){ 0 }));
    w->id = r.id;
    TRY(json_parse(cx, str_z(w->document), &doc));
    return role_set_rights(cx, db, r.id, doc);
}

Id place_role(Place *p, const char *name, const char *document)
{
    RoleWish w = { .name = name, .document = document };
    place_write(p, make_role, &w);
    return w.id;
}

Id place_role_of_template(Place *p, const char *builtin)
{
    Ctx *cx = kit_ctx();
    Id id = { 0 };
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(cx, p->app->store, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM role WHERE builtin = "));
    sql_text(q, str_z(builtin));
    CHECK_OK(db_int(cx, db, q, &id.v));
    return id;
}

typedef struct UserWish {
    const char *name;
    Id department, role, id;
} UserWish;

static Status make_user(Ctx *cx, Db *db, void *arg)
{
    UserWish *w = arg;
    User u = { .username = str_z(w->name), .name = str_z(w->name), .department_id = w->department };
    row_touch(&u.row, USER_username);
    row_touch(&u.row, USER_name);
    if (w->department.v != 0)
        row_touch(&u.row, USER_department_id);
    TRY(change_create(cx, db, catalog_of(cx, &user_entity), &u, (Str){ 0 }));
    w->id = u.id;
    return user_set_roles(cx, db, u.id, &w->role.v, w->role.v != 0);
}

Id place_user(Place *p, const char *name, Id department_id, Id role)
{
    UserWish w = { .name = name, .department = department_id, .role = role };
    place_write(p, make_user, &w);
    return w.id;
}

// --- callers

static Status start_session(Ctx *cx, Db *db, void *arg)
{
    Caller *c = arg;
    Id id = { 0 };
    return session_start(cx, db, c->user, c->sid, S("192.0.2.1"), S("test"), false, &id);
}

Caller caller_of(Place *p, Id user, const char *name)
{
    Caller c = { .place = p, .user = user, .name = name, .sid = token_new(kit_arena()) };
    place_write(p, start_session, &c);
    CLEANUP(place_ctx_cleanup) Ctx *cx = place_ctx(p);
    c.csrf = session_csrf(cx, c.sid);
    return c;
}

Caller stranger(Place *p)
{
    return (Caller){ .place = p, .name = "stranger" };
}

Answer ask_str(Caller *c, Method m, const char *path, Str body)
{
    Arena *a = kit_arena();
    Pair h[6];
    size_t n = 0;
    if (c->sid.len > 0)
        h[n++] = (Pair){ S("Cookie"), arena_fmt(a, "sid=" STR_FMT, STR_ARG(c->sid)) };
    if (c->csrf.len > 0 && !c->no_csrf)
        h[n++] = (Pair){ S("X-CSRF-Token"), c->csrf };
    if (c->bearer.len > 0)
        h[n++] = (Pair){ S("Authorization"), arena_fmt(a, "Bearer " STR_FMT, STR_ARG(c->bearer)) };
    if (body.len > 0)
        h[n++] = (Pair){ S("Content-Type"), str_z(c->type == NULL ? "application/json" : c->type) };
    h[n++] = (Pair){ S("Accept-Language"), str_z(c->lang == NULL ? "en" : c->lang) };
    if (c->extra.key.len > 0)
        h[n++] = c->extra;
    return http_call(c->place->app->http, a, m, path, h, n, body);
}

Answer ask(Caller *c, Method m, const char *path, const char *body)
{
    return ask_str(c, m, path, body == NULL ? (Str){ 0 } : str_z(body));
}

const Json *answer_json(const Answer *a)
{
    const Json *j = NULL;
    Ctx *cx = kit_ctx();
    Err *errors = cx->errors;
    if (a->body.len == 0 || json_parse(cx, a->body, &j) != STATUS_OK)
        j = NULL;
    cx->errors = errors;
    return j;
}

static Str of_first_error(const Answer *a, const char *key)
{
    const Json *error = json_get(answer_json(a), "error");
    const Json *errors = error == NULL ? NULL : json_get(error, "errors");
    return errors == NULL || errors->first == NULL ? (Str){ 0 }
                                                   : json_text(errors->first, key, (Str){ 0 });
}

Str answer_code(const Answer *a)
{
    return of_first_error(a, "code");
}

Str answer_field(const Answer *a)
{
    return of_first_error(a, "field");
}

int64_t answer_num(const Answer *a, const char *key)
{
    return json_num(answer_json(a), key, -1);
}

bool body_has(const Answer *a, const char *text)
{
    return str_find(a->body, str_z(text), 0) < a->body.len;
}

enum { JOB_LIMIT_MS = 30000 };

Str job_end(Caller *c, const Answer *a, Id *ret_job)
{
    Id job = { answer_num(a, "job") };
    Str state = { 0 };
    Ctx *cx = kit_ctx();
    if (ret_job != NULL)
        *ret_job = job;
    if (a->status != 202 ||
        job_wait(cx, c->place->app->store, job, JOB_LIMIT_MS, &state) != STATUS_OK)
        return S("none");
    return state;
}
