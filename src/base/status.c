#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>

int status_http(Status s)
{
    static const int HTTP[] = {
#define X(id, code, wire) [STATUS_##id] = code,
        STATUS_LIST(X)
#undef X
    };
    return HTTP[s];
}

const char *status_name(Status s)
{
    static const char *const NAME[] = {
#define X(id, code, wire) [STATUS_##id] = wire,
        STATUS_LIST(X)
#undef X
    };
    return NAME[s];
}

Status ctx_fail(Ctx *cx, Status status, const char *code, const char *field, const char *file,
                int line, const char *fmt, ...)
{
    Err *e = arena_new(cx->arena, Err);
    *e = (Err){ .next = cx->errors,
                .status = status,
                .code = code,
                .field = field,
                .file = file,
                .line = line };
    va_list ap;
    va_start(ap, fmt);
    e->message = arena_vfmt(cx->arena, fmt, ap);
    va_end(ap);
    cx->errors = e;
    return status;
}

Status ctx_fail_args(Ctx *cx, Status status, Str arg0, Str arg1)
{
    if (cx->errors != NULL) {
        cx->errors->args[0] = arena_dup(cx->arena, arg0);
        cx->errors->args[1] = arena_dup(cx->arena, arg1);
    }
    return status;
}

Status ctx_status(const Ctx *cx)
{
    Status worst = STATUS_OK;
    for (const Err *e = cx->errors; e != NULL; e = e->next)
        if (status_http(e->status) > status_http(worst))
            worst = e->status;
    return worst;
}

_Noreturn void check_failed(const char *file, int line, const char *what)
{
    (void)fprintf(stderr,
                  "{\"level\":\"fatal\",\"message\":\"check failed\",\"at\":\"%s:%d\","
                  "\"check\":\"%s\"}\n",
                  file, line, what);
    abort();
}
