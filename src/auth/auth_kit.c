#include "auth/auth_kit.h"

#include "kit/pg.h"

typedef struct Thing {
    RowHead row;
    Id id;
    Str name, phone;
    Id owner_id, department_id;
    int64_t version;
    Instant created_at, updated_at, deleted_at;
} Thing;

static const Field THING_DEFS[] = {
    FIELD_ROW(Thing, id, .label = { "编号", "No." }, .flags = F_READONLY | F_FILTER),
    FIELD_ROW(Thing, name, .label = { "名称", "Name" }, .max = 100, .flags = F_REQUIRED | F_FILTER),
    FIELD_ROW(Thing, phone, .label = { "手机", "Phone" }, .max = 40, .flags = F_PII | F_FILTER,
              .mask = MASK_PHONE),
    FIELD_ROW(Thing, owner_id, .label = { "负责人", "Owner" }, .ref = "user", .flags = F_FILTER),
    FIELD_ROW(Thing, department_id, .label = { "部门", "Department" }, .ref = "department",
              .flags = F_FILTER),
    FIELD_ROW(Thing, version, .flags = F_READONLY),
    FIELD_ROW(Thing, created_at, .flags = F_READONLY),
    FIELD_ROW(Thing, updated_at, .flags = F_READONLY),
    FIELD_ROW(Thing, deleted_at, .flags = F_READONLY | F_HIDDEN),
};

const Entity thing_entity = {
    .name = "thing",
    .path = "things",
    .label = { "物", "Thing" },
    .plural = { "物", "Things" },
    .table = SQL_INIT("thing"),
    .fields = THING_DEFS,
    .nfields = ARRAY_LEN(THING_DEFS),
    .size = sizeof(Thing),
    .title = 1,
    .owner = 3,
    .department = 4,
    .flags = E_TRASH,
};

static const char THING_SQL[] =
    "CREATE TABLE thing (id $ID, name TEXT NOT NULL, phone TEXT, owner_id $BIG,"
    " department_id $BIG, version $BIG NOT NULL, created_at $BIG NOT NULL,"
    " updated_at $BIG NOT NULL, deleted_at $BIG) $STRICT;\n";

static const PermissionDef MORE[] = {
    { "setting.write", { "修改设置", "Change settings" }, "admin" },
    { "report.read", { "查看报表", "Read reports" }, "report" },
};

Auth *auth_of(void *app)
{
    return ((Place *)app)->auth;
}

Store *auth_store(void *app)
{
    return ((Place *)app)->store;
}

// --- routes of our own beside the real ones

static Status things(Req *rq)
{
    Ctx *cx = rq->cx;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, auth_store(rq->app), &db));
    Query q = query_of(cx, catalog_of(cx, &thing_entity));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    TRY(query_list_json(cx, db, &q, true, &j));
    return req_reply_json(rq, 200, buf_str(&b));
}

static Status thing_create(Req *rq)
{
    return req_reply_json(rq, 200, S("{\"made\":true}"));
}

static const Route EXTRA[] = {
    { METHOD_GET, "/api/v1/things", things, "thing.read", NULL, "Things", 0, NULL, NULL, NULL },
    { METHOD_POST, "/api/v1/things", thing_create, "thing.create", "create", "A thing", 0, NULL,
      NULL, NULL },
    { METHOD_POST, "/api/v1/things/search", things, "thing.read", NULL, "Things", ROUTE_READS, NULL,
      NULL, NULL },
    { METHOD_POST, "/api/v1/delicate", thing_create, "setting.write", "setting", "Delicate",
      ROUTE_STEP_UP | ROUTE_NO_SCOPE, NULL, NULL, NULL },
    { METHOD_GET, "/api/v1/report", thing_create, "report.read", NULL, "Report", ROUTE_NO_SCOPE,
      NULL, NULL, NULL },
};

// --- the place

static void prepare(Req *rq)
{
    Place *p = rq->app;
    rq->cx->catalog = p->catalog;
    rq->cx->now = p->now;
    rq->peer = p->peer;
    rq->local = p->local;
    rq->secure = p->secure;
}

static Str error_body(Req *rq, Status s)
{
    rq->cx->request_id = S("r"); // so that bodies can be compared
    return i18n_error_body(rq->cx, s, NULL);
}

static void ended(void *app, Id user)
{
    ((Place *)app)->ended = user.v;
}

Ctx *place_ctx(Place *p)
{
    Ctx *cx = kit_ctx();
    cx->catalog = p->catalog;
    cx->now = p->now;
    cx->errors = NULL;
    cx->access = access_system(cx->arena, ORIGIN_SYSTEM, (Id){ 0 });
    return cx;
}

void place_reload(Place *p)
{
    static const Entity *const ENTITIES[] = { &user_entity, &department_entity, &role_entity,
                                              &thing_entity };
    static int64_t version = 1;
    Ctx *cx = kit_ctx();
    Catalog *old = p->catalog;
    Catalog *c = NULL;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(cx, p->store, &db));
    CHECK_OK(catalog_build(cx, db, ENTITIES, ARRAY_LEN(ENTITIES), &c));
    PermissionDef *all =
        arena_array(&c->arena, PermissionDef, AUTH_PERMISSIONS_LEN + ARRAY_LEN(MORE));
    for (size_t i = 0; i < AUTH_PERMISSIONS_LEN; i++)
        all[c->npermissions++] = AUTH_PERMISSIONS[i];
    for (size_t i = 0; i < ARRAY_LEN(MORE); i++)
        all[c->npermissions++] = MORE[i];
    c->permissions = all;
    c->keys = p->keys;
    c->version = version++;
    SettingTable tables[] = { { SETTING_DEFS, SETTING_DEFS_LEN },
                              { AUTH_SETTINGS, AUTH_SETTINGS_LEN } };
    cx->catalog = c;
    CHECK_OK(setting_load(cx, db, tables, ARRAY_LEN(tables), c));
    p->catalog = c;
    catalog_release(old);
}

static void migrate(Place *p)
{
    Ctx *cx = kit_ctx();
    const Migration list[] = {
        { 1, "change", kit_file("src/change/sql/0001_change.sql").ptr },
        { 2, "auth", kit_file("src/auth/sql/0002_auth.sql").ptr },
        { 3, "setting", kit_file("src/setting/sql/0003_setting.sql").ptr },
        { 4, "thing", THING_SQL },
    };
    CHECK_OK(db_migrate(cx, p->store, list, ARRAY_LEN(list), NULL));
}

bool place_open(Place *p, bool postgres)
{
    static const uint8_t MASTER[KEY_BYTES] = { 1, 2, 3 };
    Ctx *cx = kit_ctx();
    crypto_init();
    log_level(LOG_ERROR);
    StoreOptions o = { .create = true };
    if (postgres)
        o.url = kit_postgres();
    else
        o.path = arena_fmt(cx->arena, "%s/store.db", kit_dir()).ptr;
    if (o.url == NULL && o.path == NULL)
        return false;
    CHECK_OK(store_open(cx, &o, &p->store));
    migrate(p);
    p->keys = keyring_new(MASTER);
    (void)keyring_make(p->keys, cx->arena, 1);
    keyring_use(p->keys, 1);
    p->now = cx->now;
    p->peer = S("192.0.2.1");
    p->outbox = arena_fmt(cx->arena, "%s/outbox", kit_dir()).ptr;
    p->auth = auth_open(p->outbox);
    auth_hooks(p->auth, (AuthHooks){ .ended = ended });
    place_reload(p);
    const Route *tables[] = { AUTH_ROUTES, EXTRA };
    const size_t sizes[] = { AUTH_ROUTES_LEN, ARRAY_LEN(EXTRA) };
    HttpOptions h = { .upload_dir = kit_dir(),
                      .app = p,
                      .tables = tables,
                      .table_sizes = sizes,
                      .ntables = 2,
                      .guard = auth_guard,
                      .prepare = prepare,
                      .error_body = error_body,
                      .workers = 1,
                      .long_workers = 1 };
    CHECK_OK(http_start(cx, &h, &p->http));
    FirstAdmin boss = { S("boss"), S(BOSS_PASSWORD), S("Boss") };
    CHECK_OK(auth_first_admin(place_ctx(p), p->store, &boss, &p->admin));
    return true;
}

void place_close(Place *p)
{
    if (p->http != NULL)
        http_stop(&p->http, 1000);
    auth_close(&p->auth);
    if (p->catalog != NULL)
        catalog_release(p->catalog);
    if (p->store != NULL)
        store_close(&p->store);
    if (p->keys != NULL)
        keyring_close(&p->keys);
}

// --- browsers

Browser browser(Place *p)
{
    return (Browser){ .place = p, .a = kit_arena() };
}

static void keep_cookies(Browser *b, const Answer *a)
{
    for (size_t i = 0; i < a->nheaders; i++) {
        if (!str_ieq(a->headers[i].key, S("Set-Cookie")))
            continue;
        Str rest = a->headers[i].value;
        Str pair = str_split(&rest, ';');
        Str value = pair;
        Str name = str_split(&value, '=');
        if (str_ends(name, S("sid")))
            b->sid = value;
        if (str_ends(name, S("device")))
            b->device = value;
    }
    Str csrf = answer_text(a, "csrf");
    if (csrf.len > 0)
        b->csrf = csrf;
}

Answer call(Browser *b, Method m, const char *path, const char *body)
{
    VEC(Pair) h = { 0 };
    const char *prefix = b->place->secure ? "__Host-" : "";
    if (b->sid.len > 0 || b->device.len > 0)
        *vec_add(b->a, &h) =
            (Pair){ S("Cookie"), arena_fmt(b->a, "%ssid=" STR_FMT "; %sdevice=" STR_FMT, prefix,
                                           STR_ARG(b->sid), prefix, STR_ARG(b->device)) };
    if (b->csrf.len > 0 && !b->no_csrf)
        *vec_add(b->a, &h) = (Pair){ S("X-CSRF-Token"), b->csrf };
    if (b->bearer.len > 0)
        *vec_add(b->a, &h) =
            (Pair){ S("Authorization"), arena_fmt(b->a, "Bearer " STR_FMT, STR_ARG(b->bearer)) };
    if (b->origin.len > 0)
        *vec_add(b->a, &h) = (Pair){ S("Origin"), b->origin };
    if (b->site.len > 0)
        *vec_add(b->a, &h) = (Pair){ S("Sec-Fetch-Site"), b->site };
    if (body != NULL)
        *vec_add(b->a, &h) =
            (Pair){ S("Content-Type"), b->type.len > 0 ? b->type : S("application/json") };
    Answer a = http_call(b->place->http, b->a, m, path, h.ptr, h.len, str_z(body));
    keep_cookies(b, &a);
    return a;
}

int sign_in(Browser *b, const char *username, const char *password)
{
    Answer a =
        call(b, METHOD_POST, "/api/v1/session",
             arena_fmt(b->a, "{\"username\":\"%s\",\"password\":\"%s\"}", username, password).ptr);
    return a.status;
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

Str answer_code(const Answer *a)
{
    const Json *error = json_get(answer_json(a), "error");
    const Json *errors = error == NULL ? NULL : json_get(error, "errors");
    return errors == NULL || errors->first == NULL ? (Str){ 0 }
                                                   : json_text(errors->first, "code", (Str){ 0 });
}

int64_t answer_num(const Answer *a, const char *key)
{
    return json_num(answer_json(a), key, -1);
}

Str answer_text(const Answer *a, const char *key)
{
    const Json *j = answer_json(a);
    return j == NULL ? (Str){ 0 } : json_text(j, key, (Str){ 0 });
}

bool body_has(const Answer *a, const char *text)
{
    return str_find(a->body, str_z(text), 0) < a->body.len;
}

// --- as the system

typedef struct Make {
    const char *username, *name, *document, *key, *value;
    Str phc;
    const int64_t *roles;
    size_t nroles;
    Id id, parent;
} Make;

static Status user_make(Ctx *cx, Db *db, void *arg)
{
    Make *m = arg;
    User u = { .username = str_z(m->username),
               .name = str_z(m->username),
               .email = arena_fmt(cx->arena, "%s@x.cn", m->username) };
    row_touch(&u.row, USER_username);
    row_touch(&u.row, USER_name);
    row_touch(&u.row, USER_email);
    TRY(change_create(cx, db, catalog_of(cx, &user_entity), &u, (Str){ 0 }));
    m->id = u.id;
    if (m->phc.len > 0)
        TRY(password_store(cx, db, u.id, m->phc));
    return user_set_roles(cx, db, u.id, m->roles, m->nroles);
}

Id make_user(Place *p, const char *username, const char *password, const char *role)
{
    int64_t id = role == NULL ? 0 : role_id(p, role).v;
    Ctx *cx = place_ctx(p);
    Make m = { .username = username, .roles = &id, .nroles = role != NULL };
    if (password != NULL)
        m.phc = password_hash(cx->arena, str_z(password));
    CHECK_OK(store_write(cx, p->store, user_make, &m));
    return m.id;
}

static Status role_make(Ctx *cx, Db *db, void *arg)
{
    Make *m = arg;
    const Json *doc = NULL;
    Role r = { .name = str_z(m->name), .parent_id = m->parent };
    row_touch(&r.row, ROLE_name);
    if (m->parent.v != 0)
        row_touch(&r.row, ROLE_parent_id);
    TRY(change_create(cx, db, catalog_of(cx, &role_entity), &r, (Str){ 0 }));
    m->id = r.id;
    TRY(json_parse(cx, str_z(m->document), &doc));
    return role_set_rights(cx, db, r.id, doc);
}

Id make_role(Place *p, const char *name, Id parent, const char *document)
{
    Make m = { .name = name, .parent = parent, .document = document };
    CHECK_OK(store_write(place_ctx(p), p->store, role_make, &m));
    return m.id;
}

static Status roles_give(Ctx *cx, Db *db, void *arg)
{
    const Make *m = arg;
    return user_set_roles(cx, db, m->id, m->roles, m->nroles);
}

void give_roles(Place *p, Id user, const int64_t *roles, size_t n)
{
    Make m = { .id = user, .roles = roles, .nroles = n };
    CHECK_OK(store_write(place_ctx(p), p->store, roles_give, &m));
}

static Status setting_write(Ctx *cx, Db *db, void *arg)
{
    const Make *m = arg;
    return setting_set_text(cx, db, m->key, str_z(m->value));
}

void set_setting(Place *p, const char *key, const char *value)
{
    Make m = { .key = key, .value = value };
    CHECK_OK(store_write(place_ctx(p), p->store, setting_write, &m));
    place_reload(p);
}

static int64_t ask_sql(Place *p, void (*write)(Sql *q, const void *arg), const void *arg)
{
    Ctx *cx = place_ctx(p);
    int64_t n = -1;
    CLEANUP(db_release) Db *db = NULL;
    if (store_read(cx, p->store, &db) != STATUS_OK)
        return -1;
    Sql *q = sql_new(cx->arena, db);
    write(q, arg);
    return db_int(cx, db, q, &n) == STATUS_OK ? n : -1;
}

static void write_text(Sql *q, const void *arg)
{
    sql_add(q, *(const SqlText *)arg);
}

int64_t ask(Place *p, SqlText text)
{
    return ask_sql(p, write_text, &text);
}

static void write_builtin(Sql *q, const void *arg)
{
    sql_add(q, SQL("SELECT id FROM role WHERE builtin = "));
    sql_text(q, str_z(arg));
}

Id role_id(Place *p, const char *builtin)
{
    return (Id){ ask_sql(p, write_builtin, builtin) };
}

static void write_changes(Sql *q, const void *arg)
{
    const Make *m = arg;
    sql_add(q, SQL("SELECT count(*) FROM change WHERE action = "));
    sql_int(q, m->id.v);
    sql_add(q, SQL(" AND data LIKE "));
    sql_text(q, str_z(m->value));
}

int64_t count_changes(Place *p, ChangeAction action, const char *event)
{
    Make m = { .id = { (int64_t)action },
               .value = arena_fmt(kit_arena(), "%%\"event\":\"%s\"%%", event).ptr };
    return ask_sql(p, write_changes, &m);
}
