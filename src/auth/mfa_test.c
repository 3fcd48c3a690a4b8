// The second factor: codes that count once, codes for a lost phone, a half signed-in session.
#include "auth/auth_kit.h"

#include <inttypes.h>

static Str secret_of(Browser *b, const Answer *a)
{
    // The page shows base32; the test reads it back.
    Str text = answer_text(a, "secret");
    uint8_t *out = arena_array(b->a, uint8_t, text.len);
    size_t n = 0;
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        char c = text.ptr[i];
        uint32_t v = c >= 'A' ? (uint32_t)(c - 'A') : (uint32_t)(c - '2' + 26);
        bits = bits << 5 | v;
        held += 5;
        if (held >= 8) {
            held -= 8;
            out[n++] = (uint8_t)(bits >> held);
        }
    }
    return (Str){ (const char *)out, n };
}

static Answer send_code(Browser *b, const char *path, Str code)
{
    return call(b, METHOD_POST, path,
                arena_fmt(b->a, "{\"code\":\"" STR_FMT "\"}", STR_ARG(code)).ptr);
}

static Str switch_on(Browser *b, const Json **ret_codes)
{
    Answer a = call(b, METHOD_POST, "/api/v1/me/totp", NULL);
    CHECK_INT(a.status, 200);
    CHECK(body_has(&a, "otpauth://totp/"));
    CHECK(body_has(&a, "<svg"));
    Str secret = secret_of(b, &a);
    CHECK_INT(secret.len, 20);
    Answer wrong = send_code(b, "/api/v1/me/totp/confirm", S("000000"));
    CHECK_CODE(wrong, 422, "code.wrong");
    a = send_code(b, "/api/v1/me/totp/confirm", totp_code(b->a, secret, b->place->now));
    CHECK_INT(a.status, 200);
    *ret_codes = json_get(answer_json(&a), "codes");
    CHECK_INT((*ret_codes)->len, RECOVERY_CODES);
    return secret;
}

TEST_BOTH(second_factor_from_on_to_off)
{
    const Json *codes = NULL;
    Browser b = browser(p);
    Browser other = browser(p);
    CHECK_INT(sign_in(&other, "boss", BOSS_PASSWORD), 201);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    Str secret = switch_on(&b, &codes);
    CHECK_INT(call(&other, METHOD_GET, "/api/v1/me", NULL).status, 401); // signed in without it
    p->now.ms += 30000;

    Browser c = browser(p);
    Answer a = call(&c, METHOD_POST, "/api/v1/session",
                    "{\"username\":\"boss\",\"password\":\"" BOSS_PASSWORD "\"}");
    CHECK_INT(a.status, 201);
    CHECK(body_has(&a, "\"mfa\":\"required\""));
    CHECK(!body_has(&a, "permissions"));
    Str half = c.sid;
    // Half signed in: nothing but the code and the way out.
    static const struct {
        Method m;
        const char *path;
    } SHUT[] = {
        { METHOD_GET, "/api/v1/me" },       { METHOD_GET, "/api/v1/things" },
        { METHOD_GET, "/api/v1/sessions" }, { METHOD_DELETE, "/api/v1/me/totp" },
        { METHOD_GET, "/api/v1/tokens" },   { METHOD_POST, "/api/v1/me/password" },
    };
    for (size_t i = 0; i < ARRAY_LEN(SHUT); i++) {
        a = call(&c, SHUT[i].m, SHUT[i].path, SHUT[i].m == METHOD_GET ? NULL : "{}");
        CHECK_ROW(a.status == 401 && str_eq(answer_code(&a), S("code.required")), "%s: %d",
                  SHUT[i].path, a.status);
    }
    Str code = totp_code(c.a, secret, p->now);
    a = send_code(&c, "/api/v1/session/mfa", code);
    CHECK_INT(a.status, 200);
    CHECK(!str_eq(half, c.sid)); // a new token after the second factor
    CHECK_INT(call(&c, METHOD_GET, "/api/v1/me", NULL).status, 200);
    Browser stolen = c;
    stolen.sid = half;
    CHECK_INT(call(&stolen, METHOD_GET, "/api/v1/me", NULL).status, 401);

    // The same code again, by somebody who looked over the shoulder.
    Browser d = browser(p);
    CHECK_INT(sign_in(&d, "boss", BOSS_PASSWORD), 201);
    a = send_code(&d, "/api/v1/session/mfa", code);
    CHECK_CODE(a, 401, "code.wrong");
    p->now.ms += 30000;
    a = send_code(&d, "/api/v1/session/mfa", totp_code(d.a, secret, p->now));
    CHECK_INT(a.status, 200);

    a = call(&d, METHOD_DELETE, "/api/v1/me/totp", "{\"password\":\"wrong-wrong-1\"}");
    CHECK_CODE(a, 422, "password.wrong");
    a = call(&d, METHOD_DELETE, "/api/v1/me/totp", "{\"password\":\"" BOSS_PASSWORD "\"}");
    CHECK_INT(a.status, 204);
    Browser e = browser(p);
    a = call(&e, METHOD_POST, "/api/v1/session",
             "{\"username\":\"boss\",\"password\":\"" BOSS_PASSWORD "\"}");
    CHECK(body_has(&a, "\"mfa\":\"none\""));
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM recovery_code")), 0);
}

TEST_BOTH(recovery_codes_count_once)
{
    const Json *codes = NULL;
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    (void)switch_on(&b, &codes);
    for (int i = 0; i < 2; i++) {
        Browser c = browser(p);
        CHECK_INT(sign_in(&c, "boss", BOSS_PASSWORD), 201);
        // As people copy it: small letters, blanks.
        Str typed = arena_fmt(c.a, " " STR_FMT " ", STR_ARG(codes->first->text));
        Answer a = send_code(&c, "/api/v1/session/mfa", typed);
        CHECK_INT(a.status, i == 0 ? 200 : 401);
    }
    Browser c = browser(p);
    CHECK_INT(sign_in(&c, "boss", BOSS_PASSWORD), 201);
    CHECK_INT(send_code(&c, "/api/v1/session/mfa", codes->first->next->text).status, 200);
    // 80 bits, and only digests in the store.
    CHECK_INT(codes->first->text.len, 19);
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM recovery_code WHERE length(code_hash) = 32")),
              RECOVERY_CODES);
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM recovery_code WHERE used_at IS NOT NULL")), 2);
}

TEST_BOTH(five_wrong_codes_lock)
{
    const Json *codes = NULL;
    Browser b = browser(p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    Str secret = switch_on(&b, &codes);
    p->now.ms += 60000;
    Browser c = browser(p);
    CHECK_INT(sign_in(&c, "boss", BOSS_PASSWORD), 201);
    for (int i = 0; i < 5; i++)
        CHECK_INT(send_code(&c, "/api/v1/session/mfa", S("000000")).status, 401);
    Answer a = send_code(&c, "/api/v1/session/mfa", totp_code(c.a, secret, p->now));
    CHECK_CODE(a, 429, "login.locked");
    // Another session of the same user is locked as well.
    Browser d = browser(p);
    CHECK_INT(sign_in(&d, "boss", BOSS_PASSWORD), 201);
    CHECK_INT(send_code(&d, "/api/v1/session/mfa", codes->first->text).status, 429);
    p->now.ms += MINUTES(15) + 1;
    a = send_code(&c, "/api/v1/session/mfa", totp_code(c.a, secret, p->now));
    CHECK_INT(a.status, 200);
}

TEST_BOTH(lost_phone_is_taken_off_by_an_administrator)
{
    const Json *codes = NULL;
    Id anna = make_user(p, "anna", "anna-has-4-cats", "user");
    Browser b = browser(p);
    Browser boss = browser(p);
    CHECK_INT(sign_in(&b, "anna", "anna-has-4-cats"), 201);
    CHECK_INT(sign_in(&boss, "boss", BOSS_PASSWORD), 201);
    (void)switch_on(&b, &codes);
    const char *path = arena_fmt(b.a, "/api/v1/users/%" PRId64 "/totp", anna.v).ptr;
    CHECK_INT(call(&boss, METHOD_DELETE, path, NULL).status, 204);
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/me", NULL).status, 401);
    Answer a = call(&b, METHOD_POST, "/api/v1/session",
                    "{\"username\":\"anna\",\"password\":\"anna-has-4-cats\"}");
    CHECK(body_has(&a, "\"mfa\":\"none\""));
}

TEST(second_factor_can_be_demanded)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    set_setting(&p, "auth.totp", "privileged");
    make_user(&p, "anna", "anna-has-4-cats", "manager");
    Browser anna = browser(&p);
    Browser boss = browser(&p);
    CHECK_INT(sign_in(&anna, "anna", "anna-has-4-cats"), 201);
    CHECK_INT(sign_in(&boss, "boss", BOSS_PASSWORD), 201);
    Answer a = call(&boss, METHOD_GET, "/api/v1/things", NULL);
    CHECK_CODE(a, 403, "totp.required");
    CHECK_INT(call(&boss, METHOD_GET, "/api/v1/me", NULL).status, 200);
    CHECK_INT(call(&anna, METHOD_GET, "/api/v1/report", NULL).status, 200);
    const Json *codes = NULL;
    (void)switch_on(&boss, &codes);
    CHECK_INT(call(&boss, METHOD_GET, "/api/v1/things", NULL).status, 200);
    set_setting(&p, "auth.totp", "all");
    CHECK_INT(call(&anna, METHOD_GET, "/api/v1/report", NULL).status, 403);
}
