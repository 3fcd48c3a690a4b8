// guanxi serve
#include "app/wiring.h"
#include "os/os.h"

#include <stdio.h>
#include <stdlib.h>

static void say_address(const App *app, const char *listen)
{
    int port = http_port(app->http);
    Str host = str_z(listen);
    size_t colon = host.len;
    while (colon > 0 && host.ptr[colon - 1] != ':')
        colon--;
    (void)printf("Guanxi is ready: http://" STR_FMT "%d\n", STR_ARG(str_sub(host, 0, colon)), port);
}

// The link is for whoever started the server: on his terminal, and in a file only he can read.
static Status say_setup(Ctx *cx, App *app, const char *listen)
{
    bool needed = false;
    Str token = { 0 };
    TRY(auth_needs_setup(cx, app->store, &needed));
    if (!needed)
        return STATUS_OK;
    TRY(auth_setup_token(cx, app->auth, arena_fmt(cx->arena, "%s/setup-token", app->data_dir).ptr,
                         &token));
    Str host = str_z(listen);
    size_t colon = str_find_char(host, ':', 0);
    (void)printf("First visit, make the administrator: http://" STR_FMT ":%d/setup#token=" STR_FMT
                 "\n",
                 STR_ARG(str_sub(host, 0, colon)), http_port(app->http), STR_ARG(token));
    return STATUS_OK;
}

static int failed(const Ctx *cx)
{
    for (const Err *e = cx->errors; e != NULL; e = e->next)
        (void)fprintf(stderr, "guanxi: " STR_FMT "\n", STR_ARG(e->message));
    return EXIT_CONFIG;
}

int serve_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a) };
    const char *listen = args_option(&a, "listen");
    o.listen = listen == NULL ? "127.0.0.1:8080" : listen;
    o.db = args_option(&a, "db");
    if (o.db == NULL)
        o.db = secure_getenv("GUANXI_DB");
    o.key = args_option(&a, "key");
    o.trusted_proxies = args_option(&a, "trusted-proxy");
    o.insecure_listen = args_flag(&a, "insecure-listen");
    if (args_flag(&a, "quiet"))
        log_level(LOG_WARN);
    if (!args_done(&a))
        return EXIT_USAGE;
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = {
        .arena = &arena, .scratch = &arena, .now = os_now(), .lang = "en", .request_id = S("start")
    };
    int64_t began = os_monotonic_us();
    App *app = NULL;
    if (app_open(&cx, &o, &app) != STATUS_OK)
        return failed(&cx);
    app_prepare_ctx(&cx, app);
    cx.access = access_system(&arena, ORIGIN_SYSTEM, (Id){ 0 });
    Status s = say_setup(&cx, app, o.listen);
    catalog_release(cx.catalog);
    if (s != STATUS_OK)
        return failed(&cx);
    say_address(app, o.listen);
    (void)fflush(stdout);
    LOG(LOG_INFO, "ready", { "port", LOG_INT(http_port(app->http)) },
        { "store", LOG_Z(store_version(app->store)) },
        { "ms", LOG_INT((os_monotonic_us() - began) / 1000) });
    os_wait_stop();
    LOG(LOG_INFO, "stopping", { "pid", LOG_INT(0) });
    app_close(&app);
    arena_reset(&a.arena);
    return EXIT_OK_;
}
