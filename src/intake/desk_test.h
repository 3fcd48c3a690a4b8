// A server without sockets, with jobs, for the tests of intake/: files go in as uploads.
#ifndef GUANXI_INTAKE_DESK_TEST_H
#define GUANXI_INTAKE_DESK_TEST_H

#include "intake/intake_internal.h"
#include "kit/kit.h"
#include "kit/store.h"

typedef struct Desk {
    KitStore kit;
    Ctx *cx;
    App app;
    HttpServer *http;
} Desk;

// False: this database is not here, the test is skipped.
bool desk_open(Desk *d, bool postgres);
void desk_close(Desk *d);
// Stops and starts the workers, as a restart of the server does.
void desk_stop_jobs(Desk *d);
void desk_start_jobs(Desk *d);
const Json *desk_call(Desk *d, Method m, Str target, Str body, int want);
Str desk_get(Desk *d, Str target, int want); // the body as it is
// Uploads; the number of the import, 0 when it is not answered by `want`.
int64_t desk_upload(Desk *d, Str target, Str content, int want);
// Starts ("check", "run", "undo") and waits for the end; the import as JSON.
const Json *desk_do(Desk *d, int64_t import, const char *what);
// Upload and run in one; fails the test unless it ends "done".
const Json *desk_import(Desk *d, const char *kind, Str content);
int64_t desk_int(Desk *d, SqlText select);
// Values of one row of an aggregate, joined by blanks: "group… values…"; rows joined by "; ".
Str desk_aggregate(Desk *d, const char *path, const char *request);
int64_t desk_count(const Json *import, const char *entity, const char *outcome);
// Content of a .xz file up to `most` bytes, cut behind a line end.
Str desk_unpack(const char *path, size_t most);

#define BOTH(name)                                                                                 \
    static void name(bool postgres);                                                               \
    TEST(name##_sqlite)                                                                            \
    {                                                                                              \
        name(false);                                                                               \
    }                                                                                              \
    TEST(name##_postgres)                                                                          \
    {                                                                                              \
        name(true);                                                                                \
    }                                                                                              \
    static void name(bool postgres)

#endif
