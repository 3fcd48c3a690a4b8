// Commands that wait for a job of the server.
#include "app/wiring.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { LOOK_MS = 200 };

static bool is_end(Str state)
{
    return str_eq(state, S("done")) || str_eq(state, S("failed")) || str_eq(state, S("cancelled"));
}

Status client_job(Client *c, int64_t job, const Json **ret)
{
    Str at = arena_fmt(&c->arena, "/api/v1/jobs/%" PRId64, job);
    bool show = isatty(STDERR_FILENO) != 0;
    for (;;) {
        TRY(client_call(c, METHOD_GET, at.ptr, (Str){ 0 }, ret, NULL));
        int64_t total = json_num(*ret, "total", 0);
        if (show && total > 0)
            (void)fprintf(stderr, "\r%3d%%", (int)(json_num(*ret, "done", 0) * 100 / total));
        if (is_end(json_text(*ret, "state", (Str){ 0 })))
            break;
        os_sleep_ms(LOOK_MS);
    }
    if (show)
        (void)fprintf(stderr, "\r     \r");
    return STATUS_OK;
}
