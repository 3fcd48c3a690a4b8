// What the tests of this folder share: a store, a catalog with a few things to protect, the real
// routes behind the real guard, and browsers that keep cookies.
#ifndef GUANXI_AUTH_AUTH_KIT_H
#define GUANXI_AUTH_AUTH_KIT_H

#include "auth/auth_internal.h"
#include "kit/kit.h"

typedef struct Place {
    Store *store;
    Keyring *keys;
    Catalog *catalog;
    Auth *auth;
    HttpServer *http;
    Instant now;
    Str peer;
    bool local, secure;
    int64_t ended; // last user whose sessions ended
    const char *outbox;
    Id admin;
} Place;

typedef struct Browser {
    Place *place;
    Str sid, device, csrf, bearer;
    Str origin, site, type; // headers sent when not empty
    bool no_csrf;
    Arena *a;
} Browser;

// Everything up to the first administrator "boss" / BOSS_PASSWORD. false: no PostgreSQL, skipped.
#define BOSS_PASSWORD "correct-horse-7-staple"
bool place_open(Place *p, bool postgres);
void place_close(Place *p); // for CLEANUP()
Ctx *place_ctx(Place *p);   // kit_ctx() with the place's catalog and time, as the system
void place_reload(Place *p);

Browser browser(Place *p);
Answer call(Browser *b, Method m, const char *path, const char *body); // keeps cookies and csrf
// 201 expected; the browser is signed in then.
int sign_in(Browser *b, const char *username, const char *password);
Str answer_code(const Answer *a); // code of the first error; empty when none
const Json *answer_json(const Answer *a);
int64_t answer_num(const Answer *a, const char *key);
Str answer_text(const Answer *a, const char *key);
bool body_has(const Answer *a, const char *text);
// As the system: a user with a password, in these built-in roles (NULL-ended).
Id make_user(Place *p, const char *username, const char *password, const char *role);
Id role_id(Place *p, const char *builtin);
Id make_role(Place *p, const char *name, Id parent, const char *document);
void give_roles(Place *p, Id user, const int64_t *roles, size_t n);
void set_setting(Place *p, const char *key, const char *value);
int64_t count_changes(Place *p, ChangeAction action,
                      const char *event); // whose data hold the event
int64_t ask(Place *p, SqlText text);
// Runs the story on SQLite and on PostgreSQL.
#define TEST_BOTH(name)                                                                            \
    static void story_##name(Place *p);                                                            \
    TEST(name##_sqlite)                                                                            \
    {                                                                                              \
        CLEANUP(place_close) Place p = { 0 };                                                      \
        if (place_open(&p, false))                                                                 \
            story_##name(&p);                                                                      \
    }                                                                                              \
    TEST(name##_postgres)                                                                          \
    {                                                                                              \
        CLEANUP(place_close) Place p = { 0 };                                                      \
        if (place_open(&p, true))                                                                  \
            story_##name(&p);                                                                      \
    }                                                                                              \
    static void story_##name(Place *p)

#define MINUTES(n) ((int64_t)(n)*60 * 1000)
#define CHECK_CODE(answer, status_, code_)                                                         \
    do {                                                                                           \
        Answer got_ = (answer);                                                                    \
        CHECK_INT(got_.status, (status_));                                                         \
        CHECK_STR(answer_code(&got_), S(code_));                                                   \
    } while (0)

extern const Entity thing_entity; // owner, department, a personal phone

#endif
