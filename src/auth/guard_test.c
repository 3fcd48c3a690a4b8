// What every request passes: forged requests, missing rights, fresh proof, rates.
#include "auth/auth_kit.h"

#include <inttypes.h>

TEST_BOTH(forged_requests_change_nothing)
{
    static const struct {
        const char *story, *origin, *site, *type, *code;
        bool no_csrf;
        int status;
    } STORIES[] = {
        { "plain", "", "", "", "", false, 200 },
        { "same origin", "http://localhost", "same-origin", "", "", false, 200 },
        { "typed address", "", "none", "", "", false, 200 },
        { "charset", "", "", "application/json; charset=utf-8", "", false, 200 },
        { "no token", "", "", "", "csrf", true, 403 },
        { "foreign origin", "https://evil.test", "", "", "origin", false, 403 },
        { "origin that begins alike", "http://localhost.evil.test", "", "", "origin", false, 403 },
        { "null origin", "null", "", "", "origin", false, 403 },
        { "another site", "", "cross-site", "", "origin", false, 403 },
        { "a sister site", "", "same-site", "", "origin", false, 403 },
        { "text", "", "", "text/plain", "media_type", false, 415 },
        { "form", "", "", "application/x-www-form-urlencoded", "media_type", false, 415 },
        { "multipart where none is taken", "", "", "multipart/form-data; boundary=x", "media_type",
          false, 415 },
    };
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        b.origin = str_z(STORIES[i].origin);
        b.site = str_z(STORIES[i].site);
        b.type = str_z(STORIES[i].type);
        b.no_csrf = STORIES[i].no_csrf;
        Answer a = call(&b, METHOD_POST, "/api/v1/things", "{}");
        CHECK_ROW(a.status == STORIES[i].status, "%s: %d", STORIES[i].story, a.status);
        CHECK_ROW(str_eq(answer_code(&a), str_z(STORIES[i].code)), "%s", STORIES[i].story);
    }
}

TEST(every_changing_route_wants_the_token)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    Browser b = browser(&p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    for (size_t i = 0; i < AUTH_ROUTES_LEN; i++) {
        const Route *r = &AUTH_ROUTES[i];
        if (r->method == METHOD_GET || (r->flags & ROUTE_PUBLIC) != 0)
            continue;
        const char *id = strstr(r->path, ":id");
        const char *path =
            id == NULL ? r->path
                       : arena_fmt(b.a, "%.*s1%s", (int)(id - r->path), r->path, id + 3).ptr;
        b.no_csrf = true;
        Answer a = call(&b, r->method, path, "{}");
        CHECK_ROW(a.status == 403 && str_eq(answer_code(&a), S("csrf")), "%s %s: %d",
                  method_name(r->method), path, a.status);
        b.no_csrf = false;
        b.origin = S("https://evil.test");
        a = call(&b, r->method, path, "{}");
        CHECK_ROW(a.status == 403 && str_eq(answer_code(&a), S("origin")), "%s %s: %d",
                  method_name(r->method), path, a.status);
        b.origin = (Str){ 0 };
        b.type = S("text/plain");
        a = call(&b, r->method, path, "{}");
        CHECK_ROW(a.status == 415, "%s %s: %d", method_name(r->method), path, a.status);
        b.type = (Str){ 0 };
    }
    // Signing somebody in from another site is refused too.
    Browser c = browser(&p);
    c.origin = S("https://evil.test");
    CHECK_INT(sign_in(&c, "boss", BOSS_PASSWORD), 403);
}

TEST(public_url_counts_as_our_own_origin)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    set_setting(&p, "public_url", "https://crm.example.cn/");
    Browser b = browser(&p);
    b.origin = S("https://crm.example.cn");
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    b.origin = S("https://crm.example.com");
    CHECK_INT(call(&b, METHOD_POST, "/api/v1/things", "{}").status, 403);
}

TEST_BOTH(missing_right_is_forbidden_and_noted)
{
    make_user(p, "anna", "anna-has-4-cats", "guest");
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "anna", "anna-has-4-cats"), 201);
    Answer a = call(&b, METHOD_GET, "/api/v1/things", NULL);
    CHECK_CODE(a, 403, "permission");
    CHECK_INT(call(&b, METHOD_POST, "/api/v1/things", "{}").status, 403);
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/report", NULL).status, 403);
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/roles/1/permissions", NULL).status, 403);
    CHECK_INT(count_changes(p, CHANGE_DENIED, "denied"), 4);
    for (int i = 0; i < 50; i++)
        (void)call(&b, METHOD_GET, "/api/v1/things", NULL);
    CHECK(count_changes(p, CHANGE_DENIED, "denied") <
          15); // a program's repetitions are not all kept
}

TEST_BOTH(delicate_things_want_a_fresh_password)
{
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    CHECK_INT(call(&b, METHOD_POST, "/api/v1/delicate", "{}").status, 200);
    p->now.ms += MINUTES(5) + 1;
    Answer a = call(&b, METHOD_POST, "/api/v1/delicate", "{}");
    CHECK_CODE(a, 403, "step_up_required");
    a = call(&b, METHOD_PATCH, "/api/v1/me", "{\"email\":\"boss@y.cn\"}");
    CHECK_CODE(a, 403, "step_up_required");
    a = call(&b, METHOD_PATCH, "/api/v1/me",
             "{\"name\":\"The Boss\",\"preferences\":{\"density\":2}}");
    CHECK_INT(a.status, 200);
    CHECK(body_has(&a, "\"density\":2"));
    CHECK(body_has(&a, "The Boss"));
    a = call(&b, METHOD_POST, "/api/v1/session/step-up", "{\"password\":\"wrong-wrong-1\"}");
    CHECK_CODE(a, 422, "password.wrong");
    Str old = b.sid;
    a = call(&b, METHOD_POST, "/api/v1/session/step-up", "{\"password\":\"" BOSS_PASSWORD "\"}");
    CHECK_INT(a.status, 200);
    CHECK(!str_eq(old, b.sid));
    CHECK_INT(call(&b, METHOD_POST, "/api/v1/delicate", "{}").status, 200);
    a = call(&b, METHOD_PATCH, "/api/v1/me", "{\"email\":\"boss@y.cn\"}");
    CHECK_INT(a.status, 200);
    CHECK(body_has(&a, "boss@y.cn"));
    CHECK_INT(call(&b, METHOD_PATCH, "/api/v1/me", "{\"department_id\":1}").status, 400);
    CHECK_INT(call(&b, METHOD_PATCH, "/api/v1/me", "{\"disabled\":false}").status, 400);
}

TEST(local_socket_is_the_system)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    Browser b = browser(&p);
    p.local = true;
    CHECK_INT(call(&b, METHOD_POST, "/api/v1/delicate", "{}").status, 200);
    Answer a = call(&b, METHOD_GET, "/api/v1/me", NULL);
    CHECK_INT(a.status, 200);
    CHECK(body_has(&a, "\"user\":null"));
    p.local = false;
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/me", NULL).status, 401);
}

TEST(rates_are_limited)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    set_setting(&p, "auth.rate_user", "30");
    Browser b = browser(&p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    int limited = 0;
    Str retry = { 0 };
    for (int i = 0; i < 60; i++) {
        Answer a = call(&b, METHOD_GET, "/api/v1/me", NULL);
        limited += a.status == 429;
        for (size_t k = 0; a.status == 429 && k < a.nheaders; k++)
            if (str_ieq(a.headers[k].key, S("Retry-After")))
                retry = a.headers[k].value;
    }
    CHECK_ROW(limited >= 25 && limited <= 30, "%d", limited);
    CHECK_STR(retry, S("10"));
    // Strangers by address.
    limited = 0;
    for (int i = 0; i < 700; i++)
        limited += call(&b, METHOD_GET, "/api/v1/setup", NULL).status == 429;
    CHECK_ROW(limited > 50, "%d", limited);
    p.peer = S("192.0.2.200");
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/setup", NULL).status, 200);
}

TEST(a_million_keys_cost_no_memory)
{
    Auth *a = auth_open("outbox");
    CLEANUP(arena_cleanup) Arena tmp = { 0 };
    int64_t before = os_resident_bytes();
    for (int i = 0; i < 1000000; i++) {
        if (!bucket_take(a, S("x"), arena_fmt(&tmp, "%d", i), 60))
            CHECK_ROW(false, "key %d was refused at once", i);
        arena_clear(&tmp);
    }
    CHECK(os_resident_bytes() - before < 32 * 1024 * 1024);
    for (int i = 0; i < 60; i++)
        (void)bucket_take(a, S("x"), S("mine"), 60);
    CHECK(!bucket_take(a, S("x"), S("mine"), 60));
    CHECK(bucket_take(a, S("y"), S("mine"), 60));
    auth_close(&a);
}

TEST(key_in_the_address_is_refused)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    Browser b = browser(&p);
    Answer a = call(&b, METHOD_GET, "/api/v1/me?api_key=gx_1_2", NULL);
    CHECK_CODE(a, 400, "key.in_url");
}

TEST(language_is_the_browsers_then_ones_own)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    Pair zh[] = { { S_INIT("Accept-Language"), S_INIT("zh-CN,zh;q=0.9") } };
    Answer a = http_call(p.http, kit_arena(), METHOD_GET, "/api/v1/me", zh, 1, S(""));
    CHECK_INT(a.status, 401);
    // Messages come from the tables that app/ hands to i18n; here the English text is the fallback.
    CHECK(str_eq(answer_code(&a), S("session")));
}

TEST_BOTH(guard_costs_one_statement)
{
    make_user(p, "anna", "anna-has-4-cats", "manager");
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "anna", "anna-has-4-cats"), 201);
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/report", NULL).status, 200);
    // The same reading connection is given again: nobody else asks for one.
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(place_ctx(p), p->store, &db));
    int64_t before = db_statements(db);
    db_release(&db);
    db = NULL;
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/report", NULL).status, 200);
    CHECK_OK(store_read(place_ctx(p), p->store, &db));
    int64_t spent = db_statements(db) - before;
    CHECK_ROW(spent <= 1, "%" PRId64 " statements", spent);
}
