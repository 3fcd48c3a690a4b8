// Users, departments, roles; sign-in, sessions, second factor, tokens; what a user may do (Access).
#ifndef GUANXI_AUTH_AUTH_H
#define GUANXI_AUTH_AUTH_H

#include "change/change.h"
#include "http/http.h"
#include "i18n/i18n.h"
#include "setting/setting.h"

typedef struct Auth Auth; // throttles, captcha secret, hash pool: process state

// What the guard leaves in rq->session.
typedef struct Session {
    Id id, user;
    Str csrf;
    bool mfa_pending;
    bool token; // bearer token instead of a cookie
    Instant stepped_up_at;
    Id preview; // "see as this user": the user looked as; 0: none
} Session;

Auth *auth_open(const char *outbox_dir); // mails are written there until message/ exists
void auth_close(Auth **a);
// What auth/ asks of the layers above; either may be NULL.
typedef struct AuthHooks {
    Status (*reload)(Req *rq);         // settings were written: make a new catalog
    void (*ended)(void *app, Id user); // his sessions ended: close his event streams
} AuthHooks;
void auth_hooks(Auth *a, AuthHooks hooks);

// For HttpOptions.guard, called with the route found: local socket (system access), bearer token or
// session cookie; idle and absolute time-out; CSRF, Origin and content type for changing routes;
// permission of the route; rate limits; second factor; read-only preview. Sets cx->access,
// cx->lang. `auth` is found by auth_of(rq->app), which app/ provides.
Status auth_guard(Req *rq);
Auth *auth_of(void *app);
Store *auth_store(void *app);

// The present rights of a user (roles with inheritance, scopes, fields), as plain data in the
// arena. UNAUTHENTICATED when he is disabled or gone.
Status auth_access(Ctx *cx, Db *db, Id user, Origin origin, const Access **ret) MUST_USE;

// The first administrator; CONFLICT "setup.done" when there is a user already. Makes built-in roles
// and the templates of IAM-19 when missing.
typedef struct FirstAdmin {
    Str username, password, name;
} FirstAdmin;
Status auth_first_admin(Ctx *cx, Store *s, const FirstAdmin *in, Id *ret_user) MUST_USE;
Status auth_needs_setup(Ctx *cx, Store *s, bool *ret) MUST_USE;
// One-time set-up token: written to `path` (0600), valid 30 minutes, only while there is no user.
Status auth_setup_token(Ctx *cx, Auth *a, const char *path, Str *ret) MUST_USE;

extern const Entity user_entity, department_entity, role_entity;
// Constants, so that a module's static table can name them; auth_http.c proves them right.
enum {
    AUTH_ROUTES_LEN = 36,
    AUTH_SETTINGS_LEN = 7,
    AUTH_PERMISSIONS_LEN = 4,
    AUTH_MESSAGES_LEN = 54,
};
extern const Route AUTH_ROUTES[AUTH_ROUTES_LEN];
extern const SettingDef AUTH_SETTINGS[AUTH_SETTINGS_LEN];
extern const PermissionDef AUTH_PERMISSIONS[AUTH_PERMISSIONS_LEN];
extern const MessageDef AUTH_MESSAGES[AUTH_MESSAGES_LEN];

#endif
