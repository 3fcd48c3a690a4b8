#include "auth/auth_kit.h"

TEST_BOTH(sign_in_and_out)
{
    Browser b = browser(p);
    Answer a = call(&b, METHOD_GET, "/api/v1/me", NULL);
    CHECK_CODE(a, 401, "session");
    CHECK_INT(sign_in(&b, "BOSS ", BOSS_PASSWORD), 201);
    a = call(&b, METHOD_GET, "/api/v1/me", NULL);
    CHECK_INT(a.status, 200);
    CHECK(body_has(&a, "\"username\":\"boss\""));
    CHECK(body_has(&a, "\"role.grant\""));
    CHECK(body_has(&a, "\"thing.delete\""));
    Browser copy = b;
    a = call(&b, METHOD_DELETE, "/api/v1/session", NULL);
    CHECK_INT(a.status, 204);
    a = call(&copy, METHOD_GET, "/api/v1/me", NULL);
    CHECK_CODE(a, 401, "session");
    CHECK_INT(count_changes(p, CHANGE_LOGIN, "login"), 1);
    CHECK_INT(count_changes(p, CHANGE_LOGOUT, "logout"), 1);
}
