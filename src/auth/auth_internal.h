// What the files of auth/ share among themselves.
#ifndef GUANXI_AUTH_AUTH_INTERNAL_H
#define GUANXI_AUTH_AUTH_INTERNAL_H

#include "auth/auth.h"
#include "os/os.h"

// --- rows of the three entities
typedef struct User {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "auth/user.def"
#undef FIELD
} User;

typedef enum UserField {
#define FIELD(type, name, ...) USER_##name,
#include "auth/user.def"
#undef FIELD
    USER_FIELDS,
} UserField;

typedef struct Department {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "auth/department.def"
#undef FIELD
} Department;

typedef enum DepartmentField {
#define FIELD(type, name, ...) DEPARTMENT_##name,
#include "auth/department.def"
#undef FIELD
    DEPARTMENT_FIELDS,
} DepartmentField;

typedef struct Role {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "auth/role.def"
#undef FIELD
} Role;

typedef enum RoleField {
#define FIELD(type, name, ...) ROLE_##name,
#include "auth/role.def"
#undef FIELD
    ROLE_FIELDS,
} RoleField;

extern const ChoiceDef LANGS[]; // zh-CN, en

enum {
    VERBS = 7, // of an entity; bit i of a MAY_ mask
    ROLE_DEPTH = 8,
    TREE_DEPTH = 16,
    TOKEN_BYTES = 32,
    RECOVERY_CODES = 10,
};

// --- auth.c: state of the process
typedef struct Bucket {
    uint64_t key;
    int64_t at_us;
    int64_t left_e6; // millionths of a request
} Bucket;
enum { BUCKETS = 1 << 15, BUCKET_WAYS = 8, SNAPSHOTS = 512 };

typedef struct Snapshot Snapshot;
struct Auth {
    Arena arena;
    Str outbox;
    Mutex lock; // everything below
    Cond hash_free;
    int hash_max, hash_running, hash_waiting;
    Str dummy; // a hash that no password fits, for users who do not exist
    Snapshot *snapshots[SNAPSHOTS];
    Bucket *buckets;
    uint8_t setup_hash[DIGEST_BYTES];
    Instant setup_until; // 0: no token
    AuthHooks hooks;
};
// Random text of TOKEN_BYTES and the digest under which it is stored.
Str token_new(Arena *a);
Str token_digest(Arena *a, Str token);
// Signs and binds with a key that all servers of one store share.
Str keyed(const Ctx *cx, const char *purpose, Str text);
void auth_ended(Req *rq, Id user); // tells the page of a user that his session is over

// --- user.c
// The record whoever asks; NOT_FOUND when missing or in the bin.
Status user_load(Ctx *cx, Db *db, Id id, User *ret) MUST_USE;
Status user_find(Ctx *cx, Db *db, Str username, User *ret) MUST_USE; // by typed name
Str username_normal(Arena *a, Str s);
// For the caller, within his operate scope and not above him: NOT_FOUND, FORBIDDEN "rights.above".
Status user_to_change(Ctx *cx, Db *db, Id id, User *ret) MUST_USE;
// Writes fields the generic routes may not (disabled, totp …), in the caller's name.
Status user_write(Ctx *cx, Db *db, Id id, User *patch, Str reason) MUST_USE;
// Holds the user's row until the end of the transaction: a session that is being made and a
// password that is being changed must not pass each other unseen.
Status user_hold(Ctx *cx, Db *db, Id user) MUST_USE;
Status user_is_last_administrator(Ctx *cx, Db *db, Id user, bool *ret) MUST_USE;
Status user_keep_administrator(Ctx *cx, Db *db, Id user) MUST_USE; // CONFLICT "administrator.last"
Status user_set_roles(Ctx *cx, Db *db, Id user, const int64_t *roles, size_t n) MUST_USE;
Status user_set_disabled(Ctx *cx, Db *db, Id user, bool disabled) MUST_USE;
Status user_drop_recoveries(Ctx *cx, Db *db, Id user) MUST_USE;
Status rights_changed(Ctx *cx, Db *db) MUST_USE;
// The caller's access with everything allowed, for what he may do about himself and for what was
// checked already. The audit still names him.
const Access *access_elevated(Ctx *cx);
const Access *access_nobody(Ctx *cx, Str address); // signed in by nobody: may do nothing
// Runs statements of one integer parameter.
Status exec_id(Ctx *cx, Db *db, SqlText text, Id id, int64_t *ret_changed) MUST_USE;
Status count_id(Ctx *cx, Db *db, SqlText text, Id id, int64_t *ret) MUST_USE;

// --- rights.c: rights as plain data, by catalog index
typedef struct ScopeRight {
    uint32_t kinds;
    const Str *filters; // JSON
    size_t nfilters;
} ScopeRight;

typedef struct EntityRight {
    uint32_t may;
    ScopeRight view, operate;
    uint8_t *field; // FieldAccess
} EntityRight;

typedef struct Rights {
    bool all;
    EntityRight *entities;
    bool *permissions; // by index in Catalog.permissions
} Rights;

// What one role says itself; -1 and `set` false: nothing.
typedef struct EntityLayer {
    int8_t verb[VERBS];
    bool view_set, operate_set;
    ScopeRight view, operate;
    int8_t *field;
} EntityLayer;

typedef struct Layer {
    EntityLayer *entities;
    int8_t *permissions;
} Layer;

typedef struct RoleNode {
    Id id, parent;
    Str name, name_en, builtin;
    const Json *rights;
} RoleNode;

typedef struct RoleSet {
    RoleNode *ptr;
    size_t len;
} RoleSet;

Status roles_load(Ctx *cx, Db *db, RoleSet *ret) MUST_USE; // those not in the bin
const RoleNode *roles_find(const RoleSet *set, Id id);     // NULL when unknown
bool role_is_all(const RoleNode *r);                       // the built-in administrator
Str role_title(const Ctx *cx, const RoleNode *r);
Layer *layer_new(Ctx *cx);
// Unknown names are skipped: a template may speak of modules that are not there.
void layer_read(Ctx *cx, const Json *document, Layer *to);
// The role with what it inherits; `above` leaves out what it says itself.
Layer *role_layer(Ctx *cx, const RoleSet *set, const RoleNode *r, bool above);
bool scope_matters(const EntityInfo *e); // false: global, own only, or decided by its parent
FieldAccess field_default(const Field *f);
Rights *rights_of_role(Ctx *cx, const RoleSet *set, const RoleNode *r);
Rights *rights_join(Ctx *cx, Rights *const *list, size_t n);
Status rights_of_user(Ctx *cx, Db *db, const RoleSet *set, Id user, Rights **ret) MUST_USE;
// The caller's own present rights, narrowed by his token.
Status rights_of_actor(Ctx *cx, Db *db, const RoleSet *set, Rights **ret) MUST_USE;
// False with the first thing that `of` holds and `holder` does not.
bool rights_cover(Ctx *cx, const Rights *holder, const Rights *of, Str *ret_missing);
// FORBIDDEN "rights.above" unless the caller holds all of it.
Status rights_require(Ctx *cx, Db *db, const RoleSet *set, const Rights *of) MUST_USE;
Rights *rights_copy(Arena *a, const Catalog *c, const Rights *r);
void rights_narrow(Ctx *cx, Rights *r, const Json *scopes); // to a list of permission names

// --- access.c
// Cached for the guard; the copy in cx->arena is the caller's to narrow further.
typedef struct AccessWant {
    Id user;
    int64_t rights_version;
    const Json *scopes; // of a token; NULL: all
    bool read_only;
    Origin origin;
    Id origin_id;
    Str address, session;
} AccessWant;
Status access_cached(Ctx *cx, Auth *a, Db *db, const AccessWant *want, const Access **ret) MUST_USE;
void snapshots_clear(Auth *a);

// --- role.c, role_http.c
Status role_to_change(Ctx *cx, Db *db, const RoleSet *set, const RoleNode *r) MUST_USE;
Status role_set_rights(Ctx *cx, Db *db, Id role, const Json *document) MUST_USE;
Status role_move_users(Ctx *cx, Db *db, Id from, Id to, int64_t *ret_moved) MUST_USE;
Status role_users(Ctx *cx, Db *db, Id role, int limit, JsonOut *j) MUST_USE;
Status role_matrix_json(Ctx *cx, Db *db, Id role, JsonOut *j) MUST_USE;

// --- password.c
// INVALID "password.…" naming `field`. `near` are texts that must not be in it (name, shop).
Status password_check(Ctx *cx, Str password, const char *field, const Str *near, size_t n) MUST_USE;
Status password_check_for(Ctx *cx, Str password, const char *field, const User *u) MUST_USE;
// Both wait for a place among the few that may hash at once; RATE_LIMITED "busy" when the queue is
// full. An empty phc takes the same time and is never right.
Status password_make(Ctx *cx, Auth *a, Str password, Str *ret_phc) MUST_USE;
Status password_try(Ctx *cx, Auth *a, Str phc, Str password, bool *ret_right) MUST_USE;
Status password_of(Ctx *cx, Db *db, Id user, Str *ret_phc) MUST_USE; // empty when none
Status password_store(Ctx *cx, Db *db, Id user, Str phc) MUST_USE;
// Stores it, ends sessions (all, or all but `keep`) and recoveries, writes the audit row.
Status password_set(Ctx *cx, Db *db, Id user, Str phc, bool must_change, Id keep,
                    const char *how) MUST_USE;

// --- throttle.c
// In memory, for request rates: false when `per_minute` is used up; 0: no limit.
bool bucket_take(Auth *a, Str kind, Str key, int64_t per_minute);
// In the store, for guesses. An attempt counts before it is judged, so that parallel ones cannot
// slip through; a right one takes its count back.
typedef struct Attempt {
    Str keys[3]; // account and network (or device), network, account
    size_t n;
    bool known_device;
} Attempt;
Attempt attempt_of(Ctx *cx, Str account, Str network, Str device);
Str network_of(Arena *a, Str peer); // the address, of IPv6 its /64
// RATE_LIMITED "login.locked"; UNAUTHENTICATED "captcha.required" when `solved` is false.
Status attempt_count(Ctx *cx, Db *db, const Attempt *t, bool solved) MUST_USE;
Status attempt_right(Ctx *cx, Db *db, const Attempt *t) MUST_USE;
Status attempt_code(Ctx *cx, Db *db, Id user) MUST_USE; // five wrong codes lock for a while
Status attempt_code_right(Ctx *cx, Db *db, Id user) MUST_USE;
Status used_once(Ctx *cx, Db *db, Str key, Instant until, bool *ret_new) MUST_USE;

// --- captcha.c
void captcha_json(Ctx *cx, Str network, JsonOut *j);
// UNAUTHENTICATED "captcha.wrong" when it is not ours, not solved, old or used.
Status captcha_take(Ctx *cx, Db *db, Str network, const Json *answer) MUST_USE;

// --- session.c
enum { SESSION_SEEN_MS = 60000 };
typedef struct SessionRow {
    Id id, user, preview;
    Instant created_at, seen_at, stepped_up_at;
    bool mfa_pending, disabled, must_change_password, totp;
    int lang;
    int64_t rights_version;
} SessionRow;
Str session_cookie(const Req *rq);
Str session_csrf(const Ctx *cx, Str token);
// UNAUTHENTICATED "session" when unknown, too old, or of somebody who is gone.
Status session_find(Ctx *cx, Db *db, Str token, SessionRow *ret) MUST_USE;
Status session_start(Ctx *cx, Db *db, Id user, Str token, Str address, Str agent, bool mfa_pending,
                     Id *ret) MUST_USE;
Status session_renew(Ctx *cx, Db *db, Id session, Str token) MUST_USE; // second factor passed
// Ends the sessions of a user but `keep` (0: all); *ret_ended may be NULL.
Status sessions_end(Ctx *cx, Db *db, Id user, Id keep, int64_t *ret_ended) MUST_USE;
Str session_digest(Arena *a, Str token); // for the audit
Session *session_of(const Req *rq);

// --- token.c
typedef struct TokenRow {
    Id id, user;
    const Json *scopes;
    Instant used_at;
    int lang;
    int64_t rights_version;
} TokenRow;
Status token_find(Ctx *cx, Db *db, Str bearer, TokenRow *ret) MUST_USE; // UNAUTHENTICATED "token"

// --- mfa.c
Status mfa_check(Ctx *cx, Db *db, Id user, Str code, bool *ret_right) MUST_USE;
Status mfa_drop(Ctx *cx, Db *db, Id user) MUST_USE;

// --- login.c
// The signed-in user's own password once more; INVALID "password.wrong" naming `field`. Counts as
// an attempt.
Status password_again(Req *rq, Str password, const char *field, User *ret) MUST_USE;

// --- mail.c: until message/ exists, into the outbox folder
Status mail_put(Ctx *cx, const Auth *a, Str to, Str subject, Str text) MUST_USE;

// --- first.c, templates.c
typedef struct RoleTemplate {
    const char *key; // Role.builtin
    Label name, description;
    const char *const
        *functions;            // "customer:ru" = entity and verbs by first letter; or permissions
    const char *const *scopes; // "customer own tree": entity, view, operate
    const char *const *fields; // "customer.* read"
} RoleTemplate;
extern const RoleTemplate ROLE_TEMPLATES[];
extern const size_t ROLE_TEMPLATES_LEN;
Str template_document(Arena *a, const RoleTemplate *t); // JSON as in role_rights
Status templates_make(Ctx *cx, Db *db) MUST_USE;        // those that are missing
Status first_write(Ctx *cx, Db *db, const FirstAdmin *in, Str phc, Id *ret_user) MUST_USE;
bool setup_token_right(Auth *a, const Ctx *cx, Str token);

// --- me.c
// FORBIDDEN "step_up_required" unless the password was given within the last minutes.
Status step_up_require(Ctx *cx, const Session *s) MUST_USE;
Status me_json(Req *rq, Db *db, JsonOut *j, bool login) MUST_USE;

// --- handlers, listed in auth_http.c
Status login_post(Req *rq);
Status login_captcha(Req *rq);
Status login_mfa(Req *rq);
Status login_step_up(Req *rq);
Status session_delete(Req *rq);
Status sessions_list(Req *rq);
Status sessions_delete_one(Req *rq);
Status sessions_delete_others(Req *rq);
Status recovery_start(Req *rq);
Status recovery_code(Req *rq);
Status recovery_password(Req *rq);
Status setup_show(Req *rq);
Status setup_post(Req *rq);
Status me_show(Req *rq);
Status me_change(Req *rq);
Status me_password(Req *rq);
Status totp_start(Req *rq);
Status totp_confirm(Req *rq);
Status totp_delete(Req *rq);
Status preview_start(Req *rq);
Status preview_end(Req *rq);
Status tokens_list(Req *rq);
Status tokens_create(Req *rq);
Status tokens_delete(Req *rq);
Status user_roles_show(Req *rq);
Status user_roles_put(Req *rq);
Status user_password_post(Req *rq);
Status user_disable(Req *rq);
Status user_enable(Req *rq);
Status user_sessions_delete(Req *rq);
Status user_totp_delete(Req *rq);
Status role_permissions_show(Req *rq);
Status role_permissions_put(Req *rq);
Status role_users_show(Req *rq);
Status role_users_change(Req *rq);
Status role_move_post(Req *rq);

#endif
