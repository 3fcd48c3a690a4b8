// The whole program opened in the test's process: an App on SQLite or PostgreSQL, users with roles
// of the test's choice, and callers who send requests through the real router, guard and handlers.
#ifndef GUANXI_TEST_API_PLACE_H
#define GUANXI_TEST_API_PLACE_H

#include "app/wiring.h"
#include "kit/kit.h"

typedef struct Place {
    App *app;
    const char *data;           // the data directory
    const char *url;            // PostgreSQL; NULL on SQLite
    Id root, left, leaf, right; // departments: root over left over leaf, root over right
} Place;

// False when this database is not installed (the test is skipped) or opening failed.
bool place_open(Place *p, bool postgres);
void place_close(Place *p); // for CLEANUP(); removes the data
void place_stop(Place *p);  // closes the program and leaves the data
// Closes the program and opens it again on the same store.
void place_restart(Place *p);
// kit_ctx() with the newest catalog, the present time and the system's rights. Release the catalog
// by place_done.
Ctx *place_ctx(Place *p);
void place_done(Ctx *cx);
// A catalog kept over a block: CLEANUP(place_ctx_cleanup) Ctx *cx = place_ctx(p);
void place_ctx_cleanup(Ctx **cx);
// Runs fn in a write as the system and checks that it went well.
void place_write(Place *p, WriteFn fn, void *arg);
int64_t place_ask(Place *p, SqlText text); // one number; -1 when there is none
// A fact of the store that changes with every change row, and one over all tables' contents that
// must not change when nothing was written.
int64_t place_changes(Place *p);
Id place_role(Place *p, const char *name,
              const char *document); // rights as PUT permissions takes them
Id place_role_of_template(Place *p, const char *builtin);
// A user in a department (0: none) with one role (0: none).
Id place_user(Place *p, const char *name, Id department, Id role);

// Somebody with a session.
typedef struct Caller {
    Place *place;
    const char *name;
    Id user;
    Str sid, csrf, bearer;
    const char *lang;
    bool no_csrf;
    const char *type; // of the body; NULL: application/json
    Pair extra;       // one more header when its key is not empty
} Caller;

Caller caller_of(Place *p, Id user, const char *name);
Caller stranger(Place *p);
Answer ask(Caller *c, Method m, const char *path, const char *body);
Answer ask_str(Caller *c, Method m, const char *path, Str body);
const Json *answer_json(const Answer *a); // NULL when there is none
Str answer_code(const Answer *a);         // of the first error
Str answer_field(const Answer *a);
int64_t answer_num(const Answer *a, const char *key);
bool body_has(const Answer *a, const char *text);
// Waits for the job of a 202 answer and gives its end state ("done", …).
Str job_end(Caller *c, const Answer *a, Id *ret_job);
const char *fmt(const char *f, ...) PRINTF(1, 2); // in the test's arena

#endif
