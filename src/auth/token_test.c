// API tokens and looking as another user: two ways to do less than one may.
#include "auth/auth_kit.h"

#include <inttypes.h>

static Answer make_token(Browser *b, const char *scopes, const char *more)
{
    return call(b, METHOD_POST, "/api/v1/tokens",
                arena_fmt(b->a, "{\"name\":\"shop\",\"scopes\":%s%s}", scopes, more).ptr);
}

TEST_BOTH(a_token_does_what_its_scopes_say)
{
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    Answer a = make_token(&b, "[\"thing.read\"]", "");
    CHECK_INT(a.status, 201);
    Str token = answer_text(&a, "token");
    CHECK(str_starts(token, S("gx_")));
    CHECK_INT(token.len, 3 + 16 + 1 + 64);
    int64_t id = answer_num(&a, "id");
    Browser t = browser(p);
    t.bearer = token;
    CHECK_INT(call(&t, METHOD_GET, "/api/v1/things", NULL).status, 200);
    CHECK_INT(call(&t, METHOD_POST, "/api/v1/things/search", "{}").status, 200);
    CHECK_CODE(call(&t, METHOD_POST, "/api/v1/things", "{}"), 403, "permission");
    CHECK_INT(call(&t, METHOD_GET, "/api/v1/report", NULL).status, 403);
    a = call(&t, METHOD_GET, "/api/v1/me", NULL);
    CHECK_INT(a.status, 200);
    CHECK(body_has(&a, "\"permissions\":[\"thing.read\"]"));
    // It makes no other token, changes no password, answers no step-up.
    CHECK_CODE(make_token(&t, "[\"thing.read\"]", ""), 403, "token.session_only");
    CHECK_CODE(call(&t, METHOD_POST, "/api/v1/me/password", "{}"), 403, "token.session_only");
    CHECK_INT(call(&t, METHOD_POST, "/api/v1/delicate", "{}").status, 403);
    a = call(&b, METHOD_GET, "/api/v1/tokens", NULL);
    CHECK(body_has(&a, "\"name\":\"shop\""));
    CHECK(!body_has(&a, "token\":\"gx"));
    CHECK(str_find(a.body, str_sub(token, 20, 64), 0) == a.body.len); // shown once
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM api_token WHERE used_at IS NOT NULL")), 1);
    CHECK_INT(
        call(&b, METHOD_DELETE, arena_fmt(b.a, "/api/v1/tokens/%" PRId64, id).ptr, NULL).status,
        204);
    CHECK_CODE(call(&t, METHOD_GET, "/api/v1/things", NULL), 401, "token");
    CHECK_INT(count_changes(p, CHANGE_SECURITY, "token.create"), 1);
    CHECK_INT(count_changes(p, CHANGE_SECURITY, "token.revoke"), 1);
}

TEST_BOTH(a_token_follows_its_owners_present_rights)
{
    Id anna = make_user(p, "anna", "anna-has-4-cats", "manager");
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "anna", "anna-has-4-cats"), 201);
    CHECK_CODE(make_token(&b, "[\"thing.delete\"]", ""), 403, "rights.above");
    CHECK_CODE(make_token(&b, "[\"no.such\"]", ""), 403, "rights.above");
    CHECK_CODE(make_token(&b, "[]", ""), 422, "required");
    Answer a = make_token(&b, "[\"report.read\"]", "");
    CHECK_INT(a.status, 201);
    Browser t = browser(p);
    t.bearer = answer_text(&a, "token");
    CHECK_INT(call(&t, METHOD_GET, "/api/v1/report", NULL).status, 200);
    int64_t guest = role_id(p, "guest").v;
    give_roles(p, anna, &guest, 1);
    CHECK_INT(call(&t, METHOD_GET, "/api/v1/report", NULL).status, 403);
    int64_t manager = role_id(p, "manager").v;
    give_roles(p, anna, &manager, 1);
    CHECK_INT(call(&t, METHOD_GET, "/api/v1/report", NULL).status, 200);
    Browser boss = browser(p);
    CHECK_INT(sign_in(&boss, "boss", BOSS_PASSWORD), 201);
    CHECK_INT(call(&boss, METHOD_POST,
                   arena_fmt(b.a, "/api/v1/users/%" PRId64 "/disable", anna.v).ptr, NULL)
                  .status,
              204);
    CHECK_CODE(call(&t, METHOD_GET, "/api/v1/report", NULL), 401, "token");
    // Background work in her name stops as well (B9).
    const Access *access = NULL;
    CLEANUP(db_release) Db *db = NULL;
    Ctx *cx = place_ctx(p);
    CHECK_OK(store_read(cx, p->store, &db));
    CHECK_STATUS(auth_access(cx, db, anna, ORIGIN_JOB, &access), UNAUTHENTICATED);
}

TEST(tokens_end_and_are_not_guessed)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    Browser b = browser(&p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    CHECK_INT(make_token(&b, "[\"thing.read\"]", ",\"expires_at\":\"2020-01-01T00:00:00Z\"").status,
              422);
    CHECK_INT(make_token(&b, "[\"thing.read\"]", ",\"expires_at\":\"soon\"").status, 422);
    CHECK_INT(make_token(&b, "[\"thing.read\"]", ",\"user_id\":1").status, 400);
    Answer a = make_token(&b, "[\"thing.read\"]", ",\"expires_at\":\"2026-01-15T09:00:00Z\"");
    CHECK_INT(a.status, 201);
    Browser t = browser(&p);
    t.bearer = answer_text(&a, "token");
    CHECK_INT(call(&t, METHOD_GET, "/api/v1/things", NULL).status, 200);
    static const char *const WRONG[] = { "x", "gx_", "gx__", "gx_0000000000000000_0" };
    Str good = t.bearer;
    for (size_t i = 0; i < ARRAY_LEN(WRONG); i++) {
        t.bearer = str_z(WRONG[i]);
        CHECK_CODE(call(&t, METHOD_GET, "/api/v1/things", NULL), 401, "token");
    }
    char *altered = arena_cstr(b.a, good);
    altered[good.len - 1] = altered[good.len - 1] == '0' ? '1' : '0';
    t.bearer = str_z(altered);
    CHECK_CODE(call(&t, METHOD_GET, "/api/v1/things", NULL), 401, "token");
    t.bearer = good;
    p.now.ms += MINUTES(60);
    CHECK_CODE(call(&t, METHOD_GET, "/api/v1/things", NULL), 401, "token");
    // A wrong token is not saved by a good cookie.
    b.bearer = good;
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/me", NULL).status, 401);
}

TEST_BOTH(looking_as_another_reads_only)
{
    Id anna = make_user(p, "anna", "anna-has-4-cats", "manager");
    Id bob = make_user(p, "bob", "bob-has-5-dogs", "administrator");
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    Answer a = call(&b, METHOD_POST, "/api/v1/preview",
                    arena_fmt(b.a, "{\"user\":%" PRId64 "}", anna.v).ptr);
    CHECK_INT(a.status, 204);
    a = call(&b, METHOD_GET, "/api/v1/me", NULL);
    CHECK(body_has(&a, "\"username\":\"anna\""));
    CHECK(body_has(
        &a, arena_fmt(b.a, "\"preview\":{\"id\":%" PRId64 ",\"name\":\"anna\"}", anna.v).ptr));
    CHECK(body_has(&a, "\"report.read\""));
    CHECK(!body_has(&a, "\"role.grant\""));
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/report", NULL).status, 200);
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/things", NULL).status, 403); // she may not
    CHECK_CODE(call(&b, METHOD_POST, "/api/v1/things", "{}"), 403, "preview");
    CHECK_CODE(call(&b, METHOD_PATCH, "/api/v1/me", "{\"name\":\"x\"}"), 403, "preview");
    CHECK_CODE(call(&b, METHOD_POST, "/api/v1/delicate", "{}"), 403, "preview");
    CHECK_INT(call(&b, METHOD_DELETE, "/api/v1/preview", NULL).status, 204);
    a = call(&b, METHOD_GET, "/api/v1/me", NULL);
    CHECK(body_has(&a, "\"username\":\"boss\""));
    CHECK_INT(count_changes(p, CHANGE_SECURITY, "preview.start"), 1);
    CHECK_INT(count_changes(p, CHANGE_SECURITY, "preview.end"), 1);
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM change WHERE data LIKE '%preview.%' AND actor_id ="
                         " (SELECT id FROM app_user WHERE username = 'boss')")),
              2);
    // An administrator seen as by another still changes nothing.
    CHECK_INT(call(&b, METHOD_POST, "/api/v1/preview",
                   arena_fmt(b.a, "{\"user\":%" PRId64 "}", bob.v).ptr)
                  .status,
              204);
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/things", NULL).status, 200);
    CHECK_CODE(call(&b, METHOD_POST, "/api/v1/things", "{}"), 403, "preview");
    CHECK_INT(call(&b, METHOD_DELETE, "/api/v1/session", NULL).status, 204);
    // Who may not, may not.
    Browser hers = browser(p);
    CHECK_INT(sign_in(&hers, "anna", "anna-has-4-cats"), 201);
    CHECK_INT(call(&hers, METHOD_POST, "/api/v1/preview",
                   arena_fmt(b.a, "{\"user\":%" PRId64 "}", bob.v).ptr)
                  .status,
              403);
}

TEST_BOTH(nobody_climbs_by_the_user_routes)
{
    // May do everything with users, but is no administrator.
    Id clerk_role = make_role(p, "Clerk", (Id){ 0 },
                              "{\"functions\":{\"user.read\":true,\"user.update\":true,"
                              "\"user.delete\":true,\"user.password\":true,\"role.assign\":true,"
                              "\"role.read\":true,\"role.grant\":true,\"role.update\":true},"
                              "\"scopes\":{\"user\":{\"view\":\"all\",\"operate\":\"all\"}},"
                              "\"fields\":{\"user.*\":\"write\"}}");
    Id clerk = make_user(p, "clerk", "clerk-has-6-pens", NULL);
    give_roles(p, clerk, &clerk_role.v, 1);
    Id anna = make_user(p, "anna", "anna-has-4-cats", NULL);
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "clerk", "clerk-has-6-pens"), 201);
    static const struct {
        Method m;
        const char *path, *body;
    } ABOVE[] = {
        { METHOD_POST, "/password", "{\"password\":\"for-one-day-8\"}" },
        { METHOD_POST, "/disable", NULL },
        { METHOD_DELETE, "/sessions", NULL },
        { METHOD_DELETE, "/totp", NULL },
        { METHOD_PUT, "/roles", "{\"roles\":[]}" },
    };
    for (size_t i = 0; i < ARRAY_LEN(ABOVE); i++) {
        Answer a =
            call(&b, ABOVE[i].m,
                 arena_fmt(b.a, "/api/v1/users/%" PRId64 "%s", p->admin.v, ABOVE[i].path).ptr,
                 ABOVE[i].body);
        CHECK_ROW(a.status == 403 && str_eq(answer_code(&a), S("rights.above")), "%s: %d " STR_FMT,
                  ABOVE[i].path, a.status, STR_ARG(a.body));
        a = call(&b, ABOVE[i].m,
                 arena_fmt(b.a, "/api/v1/users/%" PRId64 "%s", anna.v, ABOVE[i].path).ptr,
                 ABOVE[i].body);
        CHECK_ROW(a.status == 204 || a.status == 200, "%s: %d", ABOVE[i].path, a.status);
    }
    Answer a = call(&b, METHOD_PUT, arena_fmt(b.a, "/api/v1/users/%" PRId64 "/roles", clerk.v).ptr,
                    arena_fmt(b.a, "{\"roles\":[%" PRId64 "]}", role_id(p, "administrator").v).ptr);
    CHECK_CODE(a, 403, "rights.above");
    a = call(&b, METHOD_PUT,
             arena_fmt(b.a, "/api/v1/roles/%" PRId64 "/permissions", clerk_role.v).ptr,
             "{\"functions\":{\"setting.write\":true}}");
    CHECK_CODE(a, 403, "rights.above");
    a = call(&b, METHOD_PUT, arena_fmt(b.a, "/api/v1/users/%" PRId64 "/roles", anna.v).ptr,
             arena_fmt(b.a, "{\"roles\":[%" PRId64 "]}", clerk_role.v).ptr);
    CHECK_INT(a.status, 200); // what he holds he may give
}
