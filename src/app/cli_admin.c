// Commands about the store itself.
#include "app/migrations.h"
#include "app/wiring.h"
#include "os/os.h"

#include <inttypes.h>
#include <stdio.h>

typedef struct InitWish {
    const char *admin, *password_file, *name;
} InitWish;

// Makes the store and writes the administrator without a server in between: there is nobody yet.
static Status init(Ctx *cx, const OpenOptions *o, const InitWish *w)
{
    enum { MAX_PASSWORD_FILE = 4096 };
    App *app = NULL;
    Str password = { 0 };
    TRY(os_read_file(cx, w->password_file, MAX_PASSWORD_FILE, &password));
    while (password.len > 0 &&
           (password.ptr[password.len - 1] == '\n' || password.ptr[password.len - 1] == '\r'))
        password.len--;
    TRY(app_open(cx, o, &app));
    app_prepare_ctx(cx, app);
    cx->access = access_system(cx->arena, ORIGIN_CLI, (Id){ 0 });
    FirstAdmin in = { str_z(w->admin), password, str_z(w->name == NULL ? w->admin : w->name) };
    Id user = { 0 };
    Status s = auth_first_admin(cx, app->store, &in, &user);
    catalog_release(cx->catalog);
    cx->catalog = NULL;
    app_close(&app);
    return s;
}

int init_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a) };
    o.key = args_option(&a, "key");
    o.db = args_option(&a, "db");
    InitWish w = { args_option(&a, "admin"), args_option(&a, "password-file"),
                   args_option(&a, "name") };
    if (!args_done(&a) || w.admin == NULL || w.password_file == NULL) {
        (void)fprintf(stderr, "guanxi: init needs --admin NAME and --password-file FILE\n");
        return EXIT_USAGE;
    }
    Client c = { 0 };
    log_level(LOG_WARN);
    c.cx = (Ctx){ .arena = &c.arena,
                  .scratch = &c.arena,
                  .now = os_now(),
                  .lang = "en",
                  .request_id = S("init") };
    Status s = init(&c.cx, &o, &w);
    int code = client_failed(&c, s);
    if (s == STATUS_OK)
        (void)printf("administrator '%s' is made; start with: guanxi serve --data %s\n", w.admin,
                     o.data);
    client_close(&c);
    arena_reset(&a.arena);
    return code;
}

// One request, its answer printed; the shape of most administrative commands.
static int ask(Args *a, Method m, const char *target, Str body, bool (*show)(const Json *answer))
{
    OpenOptions o = { .data = args_data(a), .must_exist = true };
    o.key = args_option(a, "key");
    o.db = args_option(a, "db");
    bool json = args_flag(a, "json");
    if (!args_done(a))
        return EXIT_USAGE;
    Client c = { 0 };
    const Json *answer = NULL;
    Str raw = { 0 };
    Status s = client_open(&c, &o);
    if (s == STATUS_OK)
        s = client_call(&c, m, target, body, &answer, &raw);
    int code = client_failed(&c, s);
    bool good = true;
    if (s == STATUS_OK && (json || show == NULL || answer == NULL))
        (void)printf(STR_FMT "\n", STR_ARG(raw));
    if (s == STATUS_OK && show != NULL && answer != NULL)
        good = json ? json_flag(answer, "ok", true) : show(answer);
    client_close(&c);
    arena_reset(&a->arena);
    return good ? code : EXIT_FAILED;
}

static bool show_verify(const Json *v)
{
    bool ok = json_flag(v, "ok", false);
    (void)printf("%s: %" PRId64 " change rows, %" PRId64 " records checked\n",
                 ok ? "ok" : "FAULTS FOUND", json_num(v, "changes", 0), json_num(v, "checked", 0));
    const Json *list = json_get(v, "findings");
    for (const Json *f = list == NULL ? NULL : list->first; f != NULL; f = f->next)
        (void)printf("  " STR_FMT "\n", STR_ARG(json_text(f, "message", (Str){ 0 })));
    return ok;
}

int verify_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    return ask(&a, METHOD_POST, "/api/v1/verify", S("{}"), show_verify);
}

int call_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    const char *data = args_option(&a, "data");
    const char *method = args_word(&a);
    const char *path = args_word(&a);
    const char *body = args_word(&a);
    if (path == NULL || !args_done(&a)) {
        (void)fprintf(stderr, "guanxi: call needs a method and a path, such as GET /api/v1/me\n");
        return EXIT_USAGE;
    }
    Method m = METHODS;
    for (int i = 0; i < METHODS; i++)
        if (str_ieq(str_z(method), str_z(method_name((Method)i))))
            m = (Method)i;
    if (m == METHODS) {
        (void)fprintf(stderr, "guanxi: '%s' is no method\n", method);
        return EXIT_USAGE;
    }
    Args rest = { .argc = data == NULL ? 0 : 2,
                  .argv = (char *[]){ arena_cstr(&a.arena, S("--data")),
                                      arena_cstr(&a.arena, str_z(data == NULL ? "" : data)) } };
    int code = ask(&rest, m, path, str_z(body), NULL);
    arena_reset(&a.arena);
    return code;
}

int key_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    const char *data = args_option(&a, "data");
    const char *what = args_word(&a);
    bool rotate = what != NULL && strcmp(what, "rotate") == 0;
    if (!args_done(&a) || (!rotate && (what == NULL || strcmp(what, "reencrypt") != 0))) {
        (void)fprintf(stderr, "guanxi: key needs rotate or reencrypt\n");
        return EXIT_USAGE;
    }
    char *words[] = { arena_cstr(&a.arena, S("--data")),
                      arena_cstr(&a.arena, str_z(data == NULL ? "./data" : data)) };
    Args rest = { .argc = 2, .argv = words };
    int code = ask(&rest, METHOD_POST, rotate ? "/api/v1/keys/rotate" : "/api/v1/keys/reencrypt",
                   S("{}"), NULL);
    arena_reset(&a.arena);
    return code;
}

int routes_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    bool json = args_flag(&a, "json");
    if (!args_done(&a))
        return EXIT_USAGE;
    Buf b = buf_new(&a.arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open_array(&j);
    for (size_t m = 0; m < MODULES_LEN; m++)
        for (size_t i = 0; i < MODULES[m]->nroutes; i++) {
            const Route *r = &MODULES[m]->routes[i];
            json_open(&j);
            json_key_str(&j, "method", str_z(method_name(r->method)));
            json_key_str(&j, "path", str_z(r->path));
            if (r->permission == NULL)
                json_key_null(&j, "perm");
            else
                json_key_str(&j, "perm", str_z(r->permission));
            json_key_bool(&j, "public", (r->flags & ROUTE_PUBLIC) != 0);
            json_key_bool(&j, "self", (r->flags & ROUTE_SELF) != 0);
            json_key_str(&j, "audit", str_z(r->audit));
            json_close(&j);
            if (!json)
                (void)printf("%-6s %-50s %s\n", method_name(r->method), r->path,
                             r->permission == NULL ? "-" : r->permission);
        }
    json_close_array(&j);
    if (json)
        (void)printf(STR_FMT "\n", STR_ARG(buf_str(&b)));
    arena_reset(&a.arena);
    return EXIT_OK_;
}

static Status check_upgrade(Ctx *cx, const OpenOptions *o)
{
    StoreOptions so = { .url = o->db, .readers = 1 };
    if (o->db == NULL)
        so.path = arena_fmt(cx->arena, "%s/guanxi.db", o->data).ptr;
    Store *store = NULL;
    int version = 0;
    TRY(store_open(cx, &so, &store));
    Status s = db_schema_version(cx, store, &version);
    store_close(&store);
    TRY(s);
    int pending = 0;
    for (size_t i = 0; i < MIGRATIONS_LEN; i++)
        if (MIGRATIONS[i].number > version) {
            (void)printf("%04d %s\n", MIGRATIONS[i].number, MIGRATIONS[i].name);
            pending++;
        }
    (void)printf("schema %04d, %d migrations to run%s\n", version, pending,
                 pending > 0 ? "; the next start writes a checked backup first" : "");
    return STATUS_OK;
}

int upgrade_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a) };
    o.db = args_option(&a, "db");
    bool only_check = args_flag(&a, "check");
    if (!args_done(&a) || !only_check) {
        (void)fprintf(stderr,
                      "guanxi: every start upgrades; upgrade --check says what it would do\n");
        return EXIT_USAGE;
    }
    Client c = { 0 };
    c.cx = (Ctx){ .arena = &c.arena, .scratch = &c.arena, .now = os_now(), .lang = "en" };
    int code = client_failed(&c, check_upgrade(&c.cx, &o));
    client_close(&c);
    arena_reset(&a.arena);
    return code;
}
