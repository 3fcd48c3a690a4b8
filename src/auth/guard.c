// What every request passes before its handler: who is it, is the request really his, may he.
#include "auth/auth_internal.h"

enum { PUBLIC_RATE = 600, DENIAL_RATE = 6 };

typedef struct Caller {
    Access *access;
    Session *session;
    int lang; // of his record; -1: none
    bool must_change_password, totp;
    bool touch; // seen_at is due
} Caller;

static bool changes(const Req *rq)
{
    return rq->method != METHOD_GET && rq->method != METHOD_HEAD;
}

static Status limited(Req *rq)
{
    req_set_header(rq, "Retry-After", S("10"));
    return FAIL(rq->cx, RATE_LIMITED, "rate", NULL, "Too many requests; wait a moment.");
}

// --- is it really his

// "https://host:port" without the scheme.
static Str host_of_origin(Str origin)
{
    size_t at = str_find(origin, S("://"), 0);
    return at == origin.len ? origin : str_sub(origin, at + 3, origin.len);
}

static Str public_host(const Ctx *cx)
{
    Str rest = host_of_origin(setting_text(cx, "public_url"));
    return str_split(&rest, '/');
}

static Status check_origin(Req *rq)
{
    Ctx *cx = rq->cx;
    Str site = req_header(rq, "Sec-Fetch-Site");
    Str origin = req_header(rq, "Origin");
    if (site.ptr != NULL && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
        return FAIL(cx, FORBIDDEN, "origin", NULL, "The request comes from another site.");
    if (origin.ptr == NULL)
        return STATUS_OK;
    Str host = host_of_origin(origin);
    Str mine = public_host(cx);
    if (str_ieq(host, req_header(rq, "Host")) || (mine.len > 0 && str_ieq(host, mine)))
        return STATUS_OK;
    return FAIL(cx, FORBIDDEN, "origin", NULL, "The request comes from another site.");
}

// Forms of other sites can send text/plain and urlencoded bodies without asking; nothing here takes
// those.
static Status check_media(Req *rq)
{
    Str type = req_header(rq, "Content-Type");
    Str media = str_trim(str_split(&type, ';'));
    bool upload = (rq->route->flags & ROUTE_UPLOAD) != 0;
    if (media.len == 0 && rq->body.len == 0)
        return STATUS_OK;
    if (str_ieq(media, S("application/json")) ||
        (upload &&
         (str_ieq(media, S("multipart/form-data")) ||
          str_ieq(media, S("application/octet-stream")) || str_ieq(media, S("text/csv")))))
        return STATUS_OK;
    return FAIL(rq->cx, MEDIA_TYPE, "media_type", NULL, "The body must be application/json.");
}

static Status check_csrf(Req *rq, const Session *s)
{
    Str sent = req_header(rq, "X-CSRF-Token");
    if (sent.len == s->csrf.len && sent.len > 0 && bytes_equal(sent.ptr, s->csrf.ptr, sent.len))
        return STATUS_OK;
    return FAIL(rq->cx, FORBIDDEN, "csrf", NULL, "The X-CSRF-Token header is missing or wrong.");
}

// --- who is it

static Status by_local(Req *rq, Caller *c)
{
    Access *a = arena_new(rq->cx->arena, Access);
    *a = *access_system(rq->cx->arena, ORIGIN_CLI, (Id){ 0 });
    a->address = S("local");
    c->access = a;
    c->session->stepped_up_at = rq->cx->now;
    return STATUS_OK;
}

static Status by_token(Req *rq, Db *db, Str bearer, Caller *c)
{
    Ctx *cx = rq->cx;
    TokenRow t = { 0 };
    TRY(token_find(cx, db, bearer, &t));
    AccessWant want = { .user = t.user,
                        .rights_version = t.rights_version,
                        .scopes = t.scopes,
                        .origin = ORIGIN_API,
                        .origin_id = t.id,
                        .address = rq->peer };
    const Access *a = NULL;
    TRY(access_cached(cx, auth_of(rq->app), db, &want, &a));
    c->access = (Access *)(uintptr_t)a;
    c->lang = t.lang;
    c->touch = cx->now.ms - t.used_at.ms >= SESSION_SEEN_MS;
    *c->session = (Session){ .id = t.id, .user = t.user, .token = true };
    return STATUS_OK;
}

static Status by_cookie(Req *rq, Db *db, Str cookie, Caller *c)
{
    Ctx *cx = rq->cx;
    SessionRow r = { 0 };
    TRY(session_find(cx, db, cookie, &r));
    Id seen_as = r.preview.v != 0 ? r.preview : r.user;
    bool ending = rq->route->handle == preview_end;
    AccessWant want = { .user = ending ? r.user : seen_as,
                        .rights_version = r.rights_version,
                        .read_only = r.preview.v != 0 && !ending,
                        .origin = ORIGIN_PAGE,
                        .address = rq->peer,
                        .session = session_digest(cx->arena, cookie) };
    const Access *a = NULL;
    if (r.mfa_pending) {
        Access *pending = arena_new(cx->arena, Access);
        *pending = *access_nobody(cx, rq->peer);
        pending->user = r.user;
        pending->session = want.session;
        a = pending;
    } else {
        TRY(access_cached(cx, auth_of(rq->app), db, &want, &a));
    }
    c->access = (Access *)(uintptr_t)a;
    c->lang = r.lang;
    c->must_change_password = r.must_change_password;
    c->totp = r.totp;
    c->touch = cx->now.ms - r.seen_at.ms >= SESSION_SEEN_MS;
    *c->session = (Session){ .id = r.id,
                             .user = r.user,
                             .csrf = session_csrf(cx, cookie),
                             .mfa_pending = r.mfa_pending,
                             .stepped_up_at = r.stepped_up_at,
                             .preview = r.preview };
    return STATUS_OK;
}

static Status identify(Req *rq, Caller *c)
{
    Ctx *cx = rq->cx;
    Str header = req_header(rq, "Authorization");
    Str cookie = session_cookie(rq);
    if (rq->local)
        return by_local(rq, c);
    if (header.ptr == NULL && cookie.len == 0)
        return FAIL(cx, UNAUTHENTICATED, "session", NULL, "Sign in first.");
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, auth_store(rq->app), &db));
    if (header.ptr == NULL)
        return by_cookie(rq, db, cookie, c);
    if (header.len < 7 || !str_ieq(str_sub(header, 0, 7), S("Bearer ")))
        return FAIL(cx, UNAUTHENTICATED, "token", NULL, "The token is not valid.");
    return by_token(rq, db, str_trim(str_sub(header, 7, header.len)), c);
}

static Status touch_write(Ctx *cx, Db *db, void *arg)
{
    const Session *s = arg;
    Sql *q = sql_new(cx->arena, db);
    if (s->token)
        sql_add(q, SQL("UPDATE api_token SET used_at = "));
    else
        sql_add(q, SQL("UPDATE user_session SET seen_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, s->id);
    return db_exec(cx, db, q, NULL);
}

// A full disk must not lock readers out, so a failure here is nobody's error.
static void touch(Req *rq, const Caller *c)
{
    Err *errors = rq->cx->errors;
    if (c->touch)
        (void)!store_write(rq->cx, auth_store(rq->app), touch_write, c->session);
    rq->cx->errors = errors;
}

// --- may he

static bool demands_totp(Ctx *cx)
{
    static const char *const PRIVILEGED[] = { "user.update",    "role.update", "role.grant",
                                              "setting.write",  "audit.read",  "customer.export",
                                              "customer.reveal" };
    Str rule = setting_text(cx, "auth.totp");
    if (str_eq(rule, S("all")))
        return true;
    if (!str_eq(rule, S("privileged")))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(PRIVILEGED); i++)
        if (may_do(cx, PRIVILEGED[i]))
            return true;
    return false;
}

static Status check_state(Req *rq, const Caller *c)
{
    Ctx *cx = rq->cx;
    uint32_t flags = rq->route->flags;
    const Session *s = c->session;
    if (s->mfa_pending)
        return (flags & ROUTE_MFA) != 0
                   ? STATUS_OK
                   : FAIL(cx, UNAUTHENTICATED, "code.required", NULL, "Enter the code first.");
    if (s->token && (flags & ROUTE_SELF) != 0 && changes(rq) && (flags & ROUTE_READS) == 0)
        return FAIL(cx, FORBIDDEN, "token.session_only", NULL, "Only in a browser session.");
    if (s->preview.v != 0 && changes(rq) && (flags & ROUTE_READS) == 0 &&
        rq->route->handle != preview_end && rq->route->handle != session_delete)
        return FAIL(cx, FORBIDDEN, "preview", NULL, "You are only looking as another user.");
    if (c->must_change_password && (flags & ROUTE_SELF) == 0)
        return FAIL(cx, FORBIDDEN, "password.change_required", NULL, "Change your password first.");
    if (s->user.v != 0 && !s->token && !c->totp && (flags & ROUTE_SELF) == 0 && demands_totp(cx))
        return FAIL(cx, FORBIDDEN, "totp.required", NULL, "Set up your second factor first.");
    if ((flags & ROUTE_STEP_UP) != 0 && !rq->local)
        return step_up_require(cx, s);
    return STATUS_OK;
}

// Written for what a person did, not for every repetition a program makes of it.
static void note_denial(Req *rq)
{
    Ctx *cx = rq->cx;
    Str who = arena_fmt(cx->arena, "%s %s", rq->route->path,
                        cx->access->session.len > 0 ? cx->access->session.ptr : "");
    if (!bucket_take(auth_of(rq->app), S("denial"), who, DENIAL_RATE))
        return;
    Err *errors = cx->errors;
    Str data = arena_fmt(cx->arena, "{\"event\":\"denied\",\"route\":\"%s %s\"}",
                         method_name(rq->route->method), rq->route->path);
    (void)!change_note_now(cx, auth_store(rq->app), CHANGE_DENIED, "", (Id){ 0 }, (Str){ 0 }, data);
    cx->errors = errors;
}

static Status check_rate(Req *rq, const Caller *c)
{
    Ctx *cx = rq->cx;
    const char *key = c->session->token ? "auth.rate_token" : "auth.rate_user";
    Str who = arena_fmt(cx->arena, "%lld", (long long)c->session->id.v);
    if (rq->local || bucket_take(auth_of(rq->app), str_z(key), who, setting_int(cx, key)))
        return STATUS_OK;
    return limited(rq);
}

static void choose_lang(Req *rq, int lang)
{
    const char *mine = lang >= 0 && lang < 2 ? LANGS[lang].name : rq->cx->lang;
    rq->cx->lang = i18n_pick(req_header(rq, "Accept-Language"), mine);
}

// A key in an address ends up in logs and histories.
static Status check_query(Req *rq)
{
    static const char *const SECRET[] = { "api_key", "access_token", "apikey" };
    for (size_t i = 0; i < ARRAY_LEN(SECRET); i++)
        if (rq->query.len > 0 && req_has_query(rq, SECRET[i]))
            return FAIL(rq->cx, MALFORMED, "key.in_url", NULL,
                        "A key belongs into the Authorization header.");
    return STATUS_OK;
}

static Status guard_public(Req *rq)
{
    Ctx *cx = rq->cx;
    cx->access = access_nobody(cx, rq->peer);
    rq->session = arena_new(cx->arena, Session);
    choose_lang(rq, -1);
    if (!rq->local &&
        !bucket_take(auth_of(rq->app), S("public"), network_of(cx->arena, rq->peer), PUBLIC_RATE))
        return limited(rq);
    if (!changes(rq) || rq->local)
        return STATUS_OK;
    TRY(check_origin(rq));
    return check_media(rq);
}

Status auth_guard(Req *rq)
{
    Ctx *cx = rq->cx;
    Caller c = { .session = arena_new(cx->arena, Session), .lang = -1 };
    TRY(check_query(rq));
    if ((rq->route->flags & ROUTE_PUBLIC) != 0)
        return guard_public(rq);
    cx->access = access_nobody(cx, rq->peer);
    choose_lang(rq, -1);
    TRY(identify(rq, &c));
    cx->access = c.access;
    rq->session = c.session;
    rq->user = c.session->user.v;
    choose_lang(rq, c.lang);
    TRY(check_rate(rq, &c));
    if (changes(rq) && !rq->local && !c.session->token) {
        TRY(check_origin(rq));
        TRY(check_media(rq));
        TRY(check_csrf(rq, c.session));
    } else if (changes(rq) && !rq->local) {
        TRY(check_media(rq));
    }
    TRY(check_state(rq, &c));
    touch(rq, &c);
    if (rq->route->permission == NULL)
        return STATUS_OK;
    Status s = require_permission(cx, rq->route->permission);
    if (s == STATUS_FORBIDDEN)
        note_denial(rq);
    return s;
}
