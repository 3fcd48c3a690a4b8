#include "http/test_server.h"
#include "kit/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static Status handle(Req *rq)
{
    (void)rq;
    return STATUS_OK;
}

#define ROUTE(method, path, flags)                                                                 \
    {                                                                                              \
        METHOD_##method, path, handle, "p", "a", "s", flags, NULL, NULL, NULL                      \
    }

static const Route ROUTES[] = {
    ROUTE(GET, "/", 0),
    ROUTE(GET, "/api/v1/customers", 0),
    ROUTE(POST, "/api/v1/customers", 0),
    ROUTE(POST, "/api/v1/customers/search", 0),
    ROUTE(GET, "/api/v1/customers/:id", 0),
    ROUTE(PATCH, "/api/v1/customers/:id", 0),
    ROUTE(GET, "/api/v1/customers/:id/history", 0),
    ROUTE(GET, "/api/v1/customers/:name/photo", 0),
    ROUTE(GET, "/api/v1/customers/new", 0),
    ROUTE(GET, "/api/v1/settings/:name", 0),
    ROUTE(PUT, "/api/v1/settings/:name", 0),
    ROUTE(GET, "/api/v1/:name/:id/links/:to", 0),
};

TEST(router_finds)
{
    static const struct {
        Method method;
        const char *path, *want; // NULL: none
        const char *allowed;     // methods of the path, first letters
    } ROWS[] = {
        { METHOD_GET, "/", "/", "GH" },
        { METHOD_POST, "/", NULL, "GH" },
        { METHOD_GET, "/api/v1/customers", "/api/v1/customers", NULL },
        { METHOD_HEAD, "/api/v1/customers", "/api/v1/customers", NULL },
        { METHOD_DELETE, "/api/v1/customers", NULL, "GPH" },
        { METHOD_POST, "/api/v1/customers/search", "/api/v1/customers/search", NULL },
        { METHOD_GET, "/api/v1/customers/search", NULL, "P" },
        { METHOD_GET, "/api/v1/customers/12", "/api/v1/customers/:id", NULL },
        { METHOD_GET, "/api/v1/customers/012", "/api/v1/customers/:id", NULL },
        { METHOD_GET, "/api/v1/customers/12x", NULL, "" },
        { METHOD_GET, "/api/v1/customers/-1", NULL, "" },
        { METHOD_GET, "/api/v1/customers/12345678901234567890", NULL, "" },
        { METHOD_GET, "/api/v1/customers/new", "/api/v1/customers/new", NULL },
        { METHOD_GET, "/api/v1/customers/12/history", "/api/v1/customers/:id/history", NULL },
        { METHOD_GET, "/api/v1/customers/x/history", NULL, "" },
        // Back from the digits branch into the text branch
        { METHOD_GET, "/api/v1/customers/12/photo", "/api/v1/customers/:name/photo", NULL },
        { METHOD_GET, "/api/v1/settings/12", "/api/v1/settings/:name", NULL },
        { METHOD_PUT, "/api/v1/settings/a.b", "/api/v1/settings/:name", NULL },
        // Back from a plain segment into the text branch
        { METHOD_GET, "/api/v1/customers/3/links/x", "/api/v1/:name/:id/links/:to", NULL },
        { METHOD_GET, "/api/v1", NULL, "" },
        { METHOD_GET, "/api/v1/customers/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", NULL, "" },
        { METHOD_GET, "", NULL, "" },
    };
    const Route *const tables[] = { ROUTES };
    const size_t sizes[] = { ARRAY_LEN(ROUTES) };
    CHECK_OK(http_validate_routes(kit_ctx(), tables, sizes, 1));
    Router r = { 0 };
    router_build(kit_ctx(), &r, tables, sizes, 1);
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        uint32_t allowed = 0;
        const Route *got = router_find(&r, ROWS[i].method, str_z(ROWS[i].path), &allowed);
        CHECK_ROW((got == NULL) == (ROWS[i].want == NULL), "%s", ROWS[i].path);
        if (got != NULL && ROWS[i].want != NULL)
            CHECK_STR(str_z(got->path), str_z(ROWS[i].want));
        if (ROWS[i].allowed == NULL)
            continue;
        char letters[METHODS + 1] = "";
        for (int m = 0, n = 0; m < METHODS; m++)
            if ((allowed & (1u << m)) != 0)
                letters[n++] = method_name((Method)m)[0];
        CHECK_STR(str_z(letters), str_z(ROWS[i].allowed));
    }
    CHECK_STR(route_param(&ROUTES[11], S("/api/v1/a/7/links/b"), S("name")), S("a"));
    CHECK_STR(route_param(&ROUTES[11], S("/api/v1/a/7/links/b"), S("id")), S("7"));
    CHECK_STR(route_param(&ROUTES[11], S("/api/v1/a/7/links/b"), S("to")), S("b"));
    CHECK_INT(route_param(&ROUTES[11], S("/api/v1/a/7/links/b"), S("api")).len, 0);
    arena_reset(&r.arena);
}

typedef struct Bad {
    const char *want; // part of the message
    Route routes[2];
} Bad;

static const Bad BADS[] = {
    { "no permission", { { METHOD_GET, "/a", handle, NULL, NULL, "s", 0, NULL, NULL, NULL } } },
    { "no permission", { { METHOD_GET, "/a", handle, "", NULL, "s", 0, NULL, NULL, NULL } } },
    { "no audit", { { METHOD_POST, "/a", handle, "p", NULL, "s", 0, NULL, NULL, NULL } } },
    { "no audit",
      { { METHOD_DELETE, "/a", handle, NULL, "", "s", ROUTE_SELF, NULL, NULL, NULL } } },
    { "no handler", { { METHOD_GET, "/a", NULL, "p", NULL, "s", 0, NULL, NULL, NULL } } },
    { "twice", { ROUTE(GET, "/a", 0), ROUTE(GET, "/a", 0) } },
    { "twice", { ROUTE(GET, "/:id", 0), ROUTE(GET, "/:id", 0) } },
    { "twice", { ROUTE(GET, "/:name", 0), ROUTE(GET, "/:key", 0) } },
    { "must be /segments", { ROUTE(GET, "a", 0) } },
    { "must be /segments", { ROUTE(GET, "/a/", 0) } },
    { "must be /segments", { ROUTE(GET, "/a//b", 0) } },
    { "must be /segments", { ROUTE(GET, "/a/:", 0) } },
    { "must be /segments", { ROUTE(GET, "/a b", 0) } },
    { "must be /segments", { ROUTE(GET, NULL, 0) } },
    { "must be GET", { ROUTE(HEAD, "/a", 0) } },
    { "public and", { ROUTE(GET, "/a", ROUTE_PUBLIC) } },
    { "both public",
      { { METHOD_GET, "/a", handle, NULL, NULL, "s", ROUTE_PUBLIC | ROUTE_SELF, NULL, NULL,
          NULL } } },
    { "stream must", { ROUTE(POST, "/a", ROUTE_STREAM) } },
    { "upload cannot", { ROUTE(GET, "/a", ROUTE_UPLOAD) } },
};

TEST(malformed_route_tables_are_refused)
{
    for (size_t i = 0; i < ARRAY_LEN(BADS); i++) {
        const Route *const tables[] = { BADS[i].routes };
        bool two = BADS[i].routes[1].handle != NULL;
        const size_t sizes[] = { two ? 2 : 1 };
        Ctx cx = *kit_ctx();
        cx.errors = NULL;
        CHECK_STATUS(http_validate_routes(&cx, tables, sizes, 1), MALFORMED);
        CHECK_ROW(cx.errors != NULL &&
                      str_find(cx.errors->message, str_z(BADS[i].want), 0) < cx.errors->message.len,
                  "%s: " STR_FMT, BADS[i].want,
                  STR_ARG(cx.errors == NULL ? S("nothing") : cx.errors->message));
    }
    // POST that only reads needs no audit word; two tables are one.
    static const Route READS[] = { { METHOD_POST, "/a", handle, "p", NULL, "s", ROUTE_READS, NULL,
                                     NULL, NULL } };
    const Route *const twice[] = { READS, READS };
    const size_t sizes[] = { 1, 1 };
    CHECK_OK(http_validate_routes(kit_ctx(), twice, sizes, 1));
    CHECK_STATUS(http_validate_routes(kit_ctx(), twice, sizes, 2), MALFORMED);
}

TEST(a_malformed_table_ends_the_process_with_78)
{
    const Route *const tables[] = { BADS[0].routes };
    const size_t sizes[] = { 1 };
    HttpOptions o = { .tables = tables, .table_sizes = sizes, .ntables = 1 };
    pid_t pid = fork();
    if (pid == 0) {
        HttpServer *s = NULL;
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(1);
        _Exit(http_start(kit_ctx(), &o, &s) == STATUS_OK ? 0 : 1);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 78);
}
