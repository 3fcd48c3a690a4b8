// The first administrator, and which passwords are refused.
#include "auth/auth_kit.h"

static Answer setup(Browser *b, Str token, const char *password)
{
    return call(b, METHOD_POST, "/api/v1/setup",
                arena_fmt(b->a,
                          "{\"token\":\"" STR_FMT "\",\"username\":\"chef\",\"password\":\"%s\","
                          "\"name\":\"Chef\",\"organisation\":\"小店\",\"currency\":\"EUR\","
                          "\"zone\":\"Europe/Berlin\",\"lang\":\"en\"}",
                          STR_ARG(token), password)
                    .ptr);
}

static Status empty_write(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    static const SqlText STATEMENTS[] = { SQL_INIT("DELETE FROM user_role"),
                                          SQL_INIT("DELETE FROM user_login"),
                                          SQL_INIT("DELETE FROM app_user") };
    for (size_t i = 0; i < ARRAY_LEN(STATEMENTS); i++) {
        Sql *q = sql_new(cx->arena, db);
        sql_add(q, STATEMENTS[i]);
        TRY(db_exec(cx, db, q, NULL));
    }
    return STATUS_OK;
}

TEST_BOTH(set_up_page_with_a_one_time_token)
{
    Browser b = browser(p);
    Answer a = call(&b, METHOD_GET, "/api/v1/setup", NULL);
    CHECK_STR(a.body, S("{\"needed\":false}"));
    a = setup(&b, S("anything"), "kitchen-door-12");
    CHECK_CODE(a, 409, "setup.done");
    CHECK_OK(store_write(place_ctx(p), p->store, empty_write, NULL));
    a = call(&b, METHOD_GET, "/api/v1/setup", NULL);
    CHECK_STR(a.body, S("{\"needed\":true}"));
    a = setup(&b, S("anything"), "kitchen-door-12");
    CHECK_CODE(a, 403, "setup.token"); // none was made
    a = setup(&b, S(""), "kitchen-door-12");
    CHECK_CODE(a, 403, "setup.token");
    CHECK_INT(sign_in(&b, "admin", "admin"), 401); // no account by default

    Str token = { 0 };
    const char *path = arena_fmt(b.a, "%s/setup-token", kit_dir()).ptr;
    CHECK_OK(auth_setup_token(place_ctx(p), p->auth, path, &token));
    unsigned mode = 0;
    int64_t size = 0;
    CHECK_OK(os_file_mode(kit_ctx(), path, &mode, &size));
    CHECK_INT(mode & 0777, 0600);
    CHECK_STR(str_trim(kit_file(path)), token);
    a = setup(&b, token, "password123");
    CHECK_CODE(a, 422, "password.common");
    p->now.ms += MINUTES(30) + 1;
    a = setup(&b, token, "kitchen-door-12");
    CHECK_CODE(a, 403, "setup.token");
    CHECK_OK(auth_setup_token(place_ctx(p), p->auth, path, &token));
    a = setup(&b, token, "kitchen-door-12");
    CHECK_INT(a.status, 201);
    CHECK(b.sid.len > 0);
    CHECK(body_has(&a, "\"mfa\":\"none\""));
    place_reload(p);
    CHECK_STR(setting_text(place_ctx(p), "org.currency"), S("EUR"));
    CHECK_STR(setting_text(place_ctx(p), "org.name"), S("小店"));
    CHECK_INT(call(&b, METHOD_GET, "/api/v1/things", NULL).status, 200);
    a = setup(&b, token, "kitchen-door-12");
    CHECK_CODE(a, 409, "setup.done");
    // The audit knows who.
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM change WHERE data LIKE '%\"setup\"%' AND actor_id ="
                         " (SELECT id FROM app_user WHERE username = 'chef')")),
              1);
    int64_t rows = 0;
    CHECK_OK(change_verify(place_ctx(p), p->store, &rows));
    CHECK(rows > 15);
}

TEST(only_one_first_administrator)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    FirstAdmin again = { S("second"), S("second-has-7-hats"), S("Second") };
    Id id = { 0 };
    Ctx *cx = place_ctx(&p);
    CHECK_STATUS(auth_first_admin(cx, p.store, &again, &id), CONFLICT);
    CHECK_STR(str_z(cx->errors->code), S("setup.done"));
}

// A3. Length, guessability, nearness; any script, no silent cutting.
TEST(forty_passwords)
{
    static const struct {
        const char *password, *code; // NULL: taken
    } STORIES[] = {
        { "", "password.short" },
        { "short", "password.short" },
        { "nine-char", "password.short" },
        { "password12", "password.common" },
        { "Password123!", "password.common" },
        { "P@ssw0rd2024", "password.common" },
        { "p@$$w0rd!!!", "password.common" },
        { "passwordpassword", "password.common" },
        { "qwertyuiop", "password.common" },
        { "qwerty123456", "password.common" },
        { "1qaz2wsx3edc", "password.common" },
        { "1234567890", "password.common" },
        { "0987654321", "password.common" },
        { "13800138000", "password.common" },
        { "19870613", "password.short" },
        { "1987061319870613", "password.common" },
        { "aaaaaaaaaaaa", "password.common" },
        { "abababababab", "password.common" },
        { "abcdefghijkl", "password.common" },
        { "iloveyou520", "password.common" },
        { "iloveyou1314520", "password.common" },
        { "woaini1314520", "password.common" },
        { "admin123456", "password.common" },
        { "administrator", "password.common" },
        { "welcome2026", "password.common" },
        { "letmein!!letmein", "password.common" },
        { "Changeme2026!", "password.common" },
        { "taobao123456", "password.common" },
        { "!!!!!!!!!!!!", "password.common" },
        { "anna-wu-2026-x", "password.near" }, // the username
        { "ANNA-WU-secret", "password.near" },
        { "my 00138000 id", "password.near" },  // the phone
        { "the silken road", "password.near" }, // the shop
        { "correct horse battery staple", NULL },
        { "Tr0ub4dor&3xyz", NULL },
        { "kV7#pq2!Lm", NULL },
        { "十个汉字也可以做密码吧", NULL },
        { "床前明月光疑是", "password.short" }, // seven
        { "ÄÖÜß-éèê-ñ", NULL },
        { "  blanks count  ", NULL },
        { "violet tram 44 ginger", NULL },
    };
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    set_setting(&p, "org.name", "Silken Road");
    User u = { .username = S("anna-wu"),
               .name = S("Anna"),
               .phone = S("+8613800138000"),
               .email = S("wu.anna@x.cn") };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Ctx *cx = place_ctx(&p);
        Status s = password_check_for(cx, str_z(STORIES[i].password), "password", &u);
        const char *code = s == STATUS_OK ? NULL : cx->errors->code;
        bool as_told = code == NULL || STORIES[i].code == NULL ? code == STORIES[i].code
                                                               : strcmp(code, STORIES[i].code) == 0;
        CHECK_ROW(as_told, "%s: %s", STORIES[i].password, code == NULL ? "taken" : code);
        cx->errors = NULL;
    }
    char *edge = arena_array(kit_arena(), char, 140);
    for (int i = 0; i < 129; i++)
        edge[i] = (char)('!' + i * 37 % 90);
    CHECK_OK(password_check(place_ctx(&p), (Str){ edge, 128 }, "password", NULL, 0));
    CHECK_STATUS(password_check(place_ctx(&p), (Str){ edge, 129 }, "password", NULL, 0), INVALID);
    kit_ctx()->errors = NULL;
}

TEST(a_long_password_is_not_cut)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    char *text = arena_array(kit_arena(), char, 140);
    for (int i = 0; i < 128; i++)
        text[i] = (char)('a' + (i * 7 + i / 3) % 26);
    make_user(&p, "anna", text, "user");
    Browser b = browser(&p);
    text[127] = 'A';
    CHECK_INT(sign_in(&b, "anna", text), 401);
    text[127] = (char)('a' + (127 * 7 + 127 / 3) % 26);
    CHECK_INT(sign_in(&b, "anna", text), 201);
    text[0] = 'A'; // no change of case
    CHECK_INT(sign_in(&b, "anna", text), 401);
}

static void hash_one(void *arg)
{
    CLEANUP(arena_cleanup) Arena a = { 0 };
    Ctx cx = { .arena = &a, .scratch = &a, .lang = "en" };
    bool right = false;
    (void)!password_try(&cx, arg, (Str){ 0 }, S("whatever-it-is"), &right);
}

TEST(hashing_is_bounded)
{
    Auth *a = auth_open("outbox");
    a->hash_max = 1;
    a->hash_running = 1; // somebody is at it
    a->hash_waiting = 32;
    Ctx *cx = kit_ctx();
    bool right = true;
    CHECK_STATUS(password_try(cx, a, (Str){ 0 }, S("whatever-it-is"), &right), RATE_LIMITED);
    CHECK_STR(str_z(cx->errors->code), S("busy"));
    cx->errors = NULL;
    a->hash_waiting = 0;
    a->hash_running = 0;
    Thread *t[4];
    for (size_t i = 0; i < ARRAY_LEN(t); i++)
        t[i] = thread_start("hash", hash_one, a);
    for (size_t i = 0; i < ARRAY_LEN(t); i++)
        thread_join(&t[i]);
    CHECK_INT(a->hash_running, 0);
    CHECK_INT(a->hash_waiting, 0);
    auth_close(&a);
}
