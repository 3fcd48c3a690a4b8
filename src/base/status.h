// How operations fail, and what every operation is given.
#ifndef GUANXI_BASE_STATUS_H
#define GUANXI_BASE_STATUS_H

#include "base/arena.h"

// One list gives the enum, the wire name and the HTTP status.
#define STATUS_LIST(X)                                                                             \
    X(OK, 200, "ok")                                                                               \
    X(MALFORMED, 400, "malformed")                                                                 \
    X(UNAUTHENTICATED, 401, "unauthenticated")                                                     \
    X(FORBIDDEN, 403, "forbidden")                                                                 \
    X(NOT_FOUND, 404, "not_found")                                                                 \
    X(METHOD, 405, "method_not_allowed")                                                           \
    X(CONFLICT, 409, "conflict")                                                                   \
    X(TOO_LARGE, 413, "too_large")                                                                 \
    X(MEDIA_TYPE, 415, "unsupported_media_type")                                                   \
    X(INVALID, 422, "invalid")                                                                     \
    X(PRECONDITION, 428, "precondition_required")                                                  \
    X(RATE_LIMITED, 429, "rate_limited")                                                           \
    X(DB, 500, "db")                                                                               \
    X(INTERNAL, 500, "internal")                                                                   \
    X(UNAVAILABLE, 503, "unavailable")                                                             \
    X(FULL, 507, "full")

typedef enum Status {
#define X(id, http, wire) STATUS_##id,
    STATUS_LIST(X)
#undef X
} Status;

int status_http(Status s);
const char *status_name(Status s);

// What went wrong, in the words of the caller's domain. A list, because a form has many fields.
typedef struct Err {
    struct Err *next;
    Status status;     // what kind of failure: decides the HTTP status
    const char *code;  // stable word for programs and translators: "email.taken"
    const char *field; // which field of the request, or NULL
    Str message;       // English for a person; the catalogue in i18n/ translates by code
    Str args[2];       // what a translation may insert as {0} and {1}
    const char *file;  // for the log, never for the client
    int line;
} Err;

struct Access;  // entity/: what the actor may see and do; NULL means nothing
struct Catalog; // entity/: entities with their custom fields, as of the start of the request

// What every operation is given: its memory, its errors, its time, its actor.
typedef struct Ctx {
    Arena *arena;   // lives as long as the request or job
    Arena *scratch; // for one row or step; whoever loops clears it. May equal arena
    Err *errors;
    Instant now; // an input: tests own time
    const struct Access *access;
    const struct Catalog *catalog;
    const char *lang; // "zh-CN" or "en"; never NULL
    Str request_id;   // in log lines, errors and change rows
} Ctx;

// Records an error and returns its status, so that `return FAIL(...)` reads as one thing.
Status ctx_fail(Ctx *cx, Status status, const char *code, const char *field, const char *file,
                int line, const char *fmt, ...) PRINTF(7, 8);
// Gives the newest error its {0} and {1}, for translated messages.
Status ctx_fail_args(Ctx *cx, Status status, Str arg0, Str arg1);
// The worst recorded error's status (highest HTTP status), or OK.
Status ctx_status(const Ctx *cx);

#define FAIL(cx, status, code, field, ...)                                                         \
    ctx_fail((cx), STATUS_##status, (code), (field), __FILE__, __LINE__, __VA_ARGS__)
#define TRY(call)                                                                                  \
    do {                                                                                           \
        Status try_status = (call);                                                                \
        if (try_status != STATUS_OK)                                                               \
            return try_status;                                                                     \
    } while (0)

// For errors of the programmer, in debug and release. Never for input.
#define check(cond)                                                                                \
    do {                                                                                           \
        if (!(cond))                                                                               \
            check_failed(__FILE__, __LINE__, #cond);                                               \
    } while (0)
_Noreturn void check_failed(const char *file, int line, const char *what);

#endif
