// guanxi demo: asks the server to fill its empty store, and watches.
#include "app/wiring.h"
#include "demo/demo.h"

#include <inttypes.h>
#include <stdio.h>

static Status fill(Client *c, int64_t customers, const Json **ret)
{
    const Json *made = NULL;
    Str body = arena_fmt(&c->arena, "{\"customers\":%" PRId64 "}", customers);
    TRY(client_call(c, METHOD_POST, "/api/v1/demo", body, &made, NULL));
    TRY(client_job(c, json_num(made, "job", 0), ret));
    if (str_eq(json_text(*ret, "state", (Str){ 0 }), S("done")))
        return STATUS_OK;
    return FAIL(&c->cx, INTERNAL, "demo", NULL, "the filling did not end well: " STR_FMT,
                STR_ARG(json_text(*ret, "error", S("cancelled"))));
}

int demo_command(int argc, char **argv)
{
    Args a = { .argc = argc, .argv = argv };
    OpenOptions o = { .data = args_data(&a) };
    o.key = args_option(&a, "key");
    o.db = args_option(&a, "db");
    const char *wish = args_option(&a, "customers");
    bool json = args_flag(&a, "json");
    int64_t customers = DEMO_CUSTOMERS;
    if (!args_done(&a) || (wish != NULL && !str_int(str_z(wish), &customers))) {
        (void)fprintf(stderr, "guanxi: see guanxi demo --help\n");
        return EXIT_USAGE;
    }
    Client c = { 0 };
    const Json *job = NULL;
    Status s = client_open(&c, &o);
    if (s == STATUS_OK)
        s = fill(&c, customers, &job);
    int code = client_failed(&c, s);
    if (s == STATUS_OK && json)
        (void)printf("{\"customers\":%" PRId64 ",\"records\":%" PRId64 "}\n", customers,
                     json_num(job, "total", 0));
    else if (s == STATUS_OK)
        (void)printf("filled: %" PRId64 " customers, %" PRId64
                     " orders; start with: guanxi serve --data %s\n",
                     customers, json_num(job, "total", 0) - customers, o.data);
    client_close(&c);
    arena_reset(&a.arena);
    return code;
}
