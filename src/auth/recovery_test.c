// Password recovery in five steps, with the outbox folder as the mailbox.
#include "auth/auth_kit.h"

#include <inttypes.h>

static Str newest_mail(Place *p)
{
    Names names = { 0 };
    if (!os_exists(p->outbox))
        return (Str){ 0 };
    CHECK_OK(os_list_dir(kit_ctx(), kit_arena(), p->outbox, &names));
    for (size_t i = names.len; i > 0; i--)
        if (str_ends(names.ptr[i - 1], S(".eml")))
            return kit_file(
                arena_fmt(kit_arena(), "%s/" STR_FMT, p->outbox, STR_ARG(names.ptr[i - 1])).ptr);
    return (Str){ 0 };
}

static size_t mails(Place *p)
{
    Names names = { 0 };
    size_t n = 0;
    if (!os_exists(p->outbox))
        return 0;
    CHECK_OK(os_list_dir(kit_ctx(), kit_arena(), p->outbox, &names));
    for (size_t i = 0; i < names.len; i++)
        n += str_ends(names.ptr[i], S(".eml"));
    return n;
}

static Str behind(Str text, const char *mark, size_t len)
{
    size_t at = str_find(text, str_z(mark), 0);
    return at == text.len ? (Str){ 0 } : str_sub(text, at + strlen(mark), len);
}

static Answer start(Browser *b, const char *name, const char *email)
{
    b->place->now.ms += 1; // file names sort by time
    return call(b, METHOD_POST, "/api/v1/recovery",
                arena_fmt(b->a, "{\"username\":\"%s\",\"email\":\"%s\"}", name, email).ptr);
}

static Answer send_code(Browser *b, Str ticket, Str code)
{
    return call(b, METHOD_POST, "/api/v1/recovery/code",
                arena_fmt(b->a, "{\"recovery\":\"" STR_FMT "\",\"code\":\"" STR_FMT "\"}",
                          STR_ARG(ticket), STR_ARG(code))
                    .ptr);
}

static Answer send_password(Browser *b, Str token, const char *password)
{
    return call(
        b, METHOD_POST, "/api/v1/recovery/password",
        arena_fmt(b->a, "{\"token\":\"" STR_FMT "\",\"password\":\"%s\"}", STR_ARG(token), password)
            .ptr);
}

static Str code_in(Str mail)
{
    Str code = behind(mail, "您的验证码：", 8);
    return code.len > 0 ? code : behind(mail, "Your code: ", 8);
}

TEST_BOTH(five_steps)
{
    Id anna = make_user(p, "anna", "anna-has-4-cats", "user");
    Browser signed_in = browser(p);
    CHECK_INT(sign_in(&signed_in, "anna", "anna-has-4-cats"), 201);
    Browser b = browser(p);
    Answer a = start(&b, "anna", "anna@X.cn");
    CHECK_INT(a.status, 202);
    Str ticket = answer_text(&a, "recovery");
    Str mail = newest_mail(p);
    CHECK(str_find(mail, S("To: anna@x.cn\r\n"), 0) < mail.len);
    Str code = code_in(mail);
    CHECK_INT(code.len, 8);
    CHECK(str_find(mail, S("recover?token="), 0) == mail.len); // no public_url, no link
    Answer wrong = send_code(&b, ticket, S("12345678"));
    CHECK_CODE(wrong, 422, "recovery.code");
    a = send_code(&b, ticket, code);
    CHECK_INT(a.status, 200);
    Str token = answer_text(&a, "token");
    a = send_password(&b, token, "short");
    CHECK_CODE(a, 422, "password.short");
    a = send_password(&b, token, "brand-new-door-3");
    CHECK_INT(a.status, 204);
    CHECK_INT(p->ended, anna.v);
    CHECK_INT(call(&signed_in, METHOD_GET, "/api/v1/me", NULL).status, 401);
    CHECK_INT(sign_in(&b, "anna", "anna-has-4-cats"), 401);
    CHECK_INT(sign_in(&b, "anna", "brand-new-door-3"), 201);
    a = send_password(&b, token, "brand-new-door-4");
    CHECK_CODE(a, 422, "recovery.token"); // once
    a = send_code(&b, ticket, code);
    CHECK_INT(a.status, 422);
    CHECK_INT(count_changes(p, CHANGE_SECURITY, "recovery.password"), 1);
    // The code stands nowhere in the store.
    CHECK_INT(ask(p, SQL("SELECT count(*) FROM recovery WHERE length(code_hash) <> 32")), 0);
}

TEST_BOTH(unknown_looks_like_known)
{
    static const char *const STORIES[][2] = {
        { "nobody", "nobody@x.cn" },
        { "anna", "wrong@x.cn" },
        { "anna", "not an address" },
        { "", "" },
    };
    make_user(p, "anna", "anna-has-4-cats", "user");
    Browser b = browser(p);
    Answer known = start(&b, "anna", "anna@x.cn");
    size_t sent = mails(p);
    int64_t rows = ask(p, SQL("SELECT count(*) FROM recovery"));
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Answer a = start(&b, STORIES[i][0], STORIES[i][1]);
        CHECK_INT(a.status, known.status);
        CHECK_INT(a.body.len, known.body.len);
        CHECK_INT(mails(p), sent);
        CHECK_INT(ask(p, SQL("SELECT count(*) FROM recovery")), rows + (int64_t)i + 1);
        Answer code = send_code(&b, answer_text(&a, "recovery"), S("12345678"));
        CHECK_CODE(code, 422, "recovery.code");
    }
    Answer made_up = send_code(&b, S("made-up"), S("12345678"));
    CHECK_CODE(made_up, 422, "recovery.code");
}

TEST_BOTH(link_comes_from_the_setting_only)
{
    set_setting(p, "public_url", "https://crm.example.cn/");
    make_user(p, "anna", "anna-has-4-cats", "user");
    Arena *a = kit_arena();
    const Pair evil[] = { { S_INIT("Host"), S_INIT("evil.test") },
                          { S_INIT("X-Forwarded-Host"), S_INIT("evil.test") },
                          { S_INIT("Content-Type"), S_INIT("application/json") } };
    Answer got = http_call(p->http, a, METHOD_POST, "/api/v1/recovery", evil, ARRAY_LEN(evil),
                           S("{\"username\":\"anna\",\"email\":\"anna@x.cn\"}"));
    CHECK_INT(got.status, 202);
    Str mail = newest_mail(p);
    CHECK(str_find(mail, S("evil"), 0) == mail.len);
    Str token = behind(mail, "https://crm.example.cn/recover?token=", 43);
    CHECK_INT(token.len, 43);
    Browser b = browser(p);
    CHECK_INT(send_password(&b, token, "brand-new-door-3").status, 204);
    CHECK_INT(sign_in(&b, "anna", "brand-new-door-3"), 201);
    CHECK_INT(send_password(&b, token, "brand-new-door-4").status, 422);
}

typedef struct Patch {
    Id user;
    User row;
    bool remove;
} Patch;

static Status patch_write(Ctx *cx, Db *db, void *arg)
{
    const Patch *patch = arg;
    const EntityInfo *e = catalog_of(cx, &user_entity);
    if (patch->remove)
        return change_delete(cx, db, e, patch->user, 0, (Str){ 0 });
    return change_update(cx, db, e, patch->user, 0, &patch->row, (Str){ 0 }, NULL);
}

static Status password_write(Ctx *cx, Db *db, void *arg)
{
    const Patch *patch = arg;
    return password_set(cx, db, patch->user, password_hash(cx->arena, S("other-door-77")), false,
                        (Id){ 0 }, "test");
}

static Status disable_write(Ctx *cx, Db *db, void *arg)
{
    const Patch *patch = arg;
    return user_set_disabled(cx, db, patch->user, true);
}

TEST_BOTH(a_recovery_dies_with_what_it_was_for)
{
    static const char *const STORIES[] = { "time",     "tries",   "email",
                                           "password", "deleted", "disabled" };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        p->now.ms += MINUTES(61);
        Str name = arena_fmt(kit_arena(), "anna%zu", i);
        Patch patch = { .user = make_user(p, name.ptr, "anna-has-4-cats", "user") };
        Browser b = browser(p);
        Answer a = start(&b, name.ptr, arena_fmt(b.a, "%s@x.cn", name.ptr).ptr);
        Str ticket = answer_text(&a, "recovery");
        Str code = code_in(newest_mail(p));
        CHECK_INT(code.len, 8);
        switch (i) {
        case 0: p->now.ms += MINUTES(10) + 1; break;
        case 1:
            for (int k = 0; k < 5; k++)
                CHECK_INT(send_code(&b, ticket, S("00000000")).status, 422);
            break;
        case 2:
            patch.row.email = S("new@x.cn");
            row_touch(&patch.row.row, USER_email);
            CHECK_OK(store_write(place_ctx(p), p->store, patch_write, &patch));
            break;
        case 3: CHECK_OK(store_write(place_ctx(p), p->store, password_write, &patch)); break;
        case 4:
            patch.remove = true;
            CHECK_OK(store_write(place_ctx(p), p->store, patch_write, &patch));
            break;
        default: CHECK_OK(store_write(place_ctx(p), p->store, disable_write, &patch)); break;
        }
        a = send_code(&b, ticket, code);
        CHECK_ROW(a.status == 422, "%s: %d", STORIES[i], a.status);
    }
}

TEST(three_mails_an_hour)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    make_user(&p, "anna", "anna-has-4-cats", "user");
    Browser b = browser(&p);
    for (int i = 0; i < 6; i++)
        CHECK_INT(start(&b, "anna", "anna@x.cn").status, 202);
    CHECK_INT(mails(&p), 3);
    for (int i = 0; i < 4; i++)
        (void)start(&b, "anna", "anna@x.cn");
    CHECK_INT(start(&b, "anna", "anna@x.cn").status, 429);
}

TEST(mail_headers_cannot_be_split)
{
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    Ctx *cx = place_ctx(&p);
    CHECK_OK(mail_put(cx, p.auth, S("a@x.cn\r\nBcc: b@x.cn"), S("找回密码"), S("text")));
    Str mail = newest_mail(&p);
    CHECK(str_find(mail, S("\r\nBcc:"), 0) == mail.len);
    CHECK(str_find(mail, S("Subject: =?UTF-8?Q?=E6=89=BE"), 0) < mail.len);
    unsigned mode = 0;
    int64_t size = 0;
    Names names = { 0 };
    CHECK_OK(os_list_dir(cx, cx->arena, p.outbox, &names));
    CHECK_OK(os_file_mode(cx,
                          arena_fmt(cx->arena, "%s/" STR_FMT, p.outbox, STR_ARG(names.ptr[0])).ptr,
                          &mode, &size));
    CHECK_INT(mode & 0777, 0600);
}
