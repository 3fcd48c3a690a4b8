// Many at once, and a database that fails in the middle.
#include "auth/auth_kit.h"

enum { THREADS = 12 };

typedef struct Racer {
    Place *place;
    Method m;
    const char *path, *body;
    Pair headers[3];
    size_t nheaders;
    int status;
    bool captcha;
} Racer;

static void race(void *arg)
{
    Racer *r = arg;
    CLEANUP(arena_cleanup) Arena a = { 0 };
    Answer got =
        http_call(r->place->http, &a, r->m, r->path, r->headers, r->nheaders, str_z(r->body));
    r->status = got.status;
    r->captcha = str_find(got.body, S("captcha.required"), 0) < got.body.len;
}

static void run_all(Racer *r, size_t n)
{
    Thread *t[THREADS];
    for (size_t i = 0; i < n; i++)
        t[i] = thread_start("race", race, &r[i]);
    for (size_t i = 0; i < n; i++)
        thread_join(&t[i]);
}

TEST_BOTH(parallel_guesses_do_not_slip_under_the_limit)
{
    Racer r[THREADS];
    int judged = 0;
    int asked = 0;
    for (int i = 0; i < THREADS; i++)
        r[i] = (Racer){ .place = p,
                        .m = METHOD_POST,
                        .path = "/api/v1/session",
                        .body = "{\"username\":\"boss\",\"password\":\"wrong-wrong-1\"}",
                        .headers = { { S_INIT("Content-Type"), S_INIT("application/json") } },
                        .nheaders = 1 };
    run_all(r, THREADS);
    for (int i = 0; i < THREADS; i++) {
        judged += r[i].status == 401 && !r[i].captcha;
        asked += r[i].status == 401 && r[i].captcha;
    }
    CHECK_INT(judged, 5);
    CHECK_INT(asked, THREADS - 5);
}

TEST_BOTH(a_session_is_ended_once)
{
    Browser b = browser(p);
    Racer r[THREADS];
    int right = 0;
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    const Pair cookie = { S_INIT("Cookie"), arena_fmt(b.a, "sid=" STR_FMT, STR_ARG(b.sid)) };
    for (int i = 0; i < THREADS; i++)
        r[i] = (Racer){ .place = p,
                        .m = METHOD_DELETE,
                        .path = "/api/v1/session",
                        .body = "",
                        .headers = { cookie, { S_INIT("X-CSRF-Token"), b.csrf } },
                        .nheaders = 2 };
    run_all(r, THREADS);
    for (int i = 0; i < THREADS; i++)
        right += r[i].status == 204;
    CHECK_INT(right, 1);
    CHECK_INT(count_changes(p, CHANGE_LOGOUT, "logout"), 1);
}

// Two administrators take each other's place at the same moment: one stays.
TEST_BOTH(two_administrators_do_not_both_go)
{
    for (int round = 0; round < 3; round++) {
        Id id[2];
        Racer r[2];
        for (int i = 0; i < 2; i++) {
            const char *name = arena_fmt(kit_arena(), "chief%d-%d", round, i).ptr;
            id[i] = make_user(p, name, "chief-has-8-keys", "administrator");
            Browser b = browser(p);
            p->now.ms += 1000;
            CHECK_INT(sign_in(&b, name, "chief-has-8-keys"), 201);
            r[i] = (Racer){ .place = p, .m = METHOD_PUT, .body = "{\"roles\":[]}", .nheaders = 3 };
            r[i].headers[0] = (Pair){ S("Cookie"), arena_fmt(b.a, "sid=" STR_FMT, STR_ARG(b.sid)) };
            r[i].headers[1] = (Pair){ S("X-CSRF-Token"), b.csrf };
            r[i].headers[2] = (Pair){ S("Content-Type"), S("application/json") };
        }
        if (round == 0)
            give_roles(p, p->admin, NULL, 0);
        for (int i = 0; i < 2; i++)
            r[i].path =
                arena_fmt(kit_arena(), "/api/v1/users/%lld/roles", (long long)id[1 - i].v).ptr;
        run_all(r, 2);
        CHECK(ask(p, SQL("SELECT count(*) FROM user_role ur JOIN role r ON r.id = ur.role_id"
                         " WHERE r.builtin = 'administrator'")) >= 1);
    }
}

static Status forget_attempts(Ctx *cx, Db *db, void *arg)
{
    (void)arg;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM login_failure"));
    return db_exec(cx, db, q, NULL);
}

// The n-th statement fails: an answer of the fifth hundred, nothing half done, nothing leaked.
TEST(failing_database)
{
    static const struct {
        Method m;
        const char *path, *body;
        int done;
    } STORIES[] = {
        { METHOD_POST, "/api/v1/session",
          "{\"username\":\"anna\",\"password\":\"anna-has-4-cats\"}", 201 },
        { METHOD_GET, "/api/v1/me", NULL, 200 },
        { METHOD_POST, "/api/v1/me/password",
          "{\"old\":\"" BOSS_PASSWORD "\",\"new\":\"" BOSS_PASSWORD "x\"}", 200 },
        { METHOD_PUT, "/api/v1/users/2/roles", "{\"roles\":[3]}", 200 },
        { METHOD_POST, "/api/v1/recovery", "{\"username\":\"anna\",\"email\":\"anna@x.cn\"}", 202 },
    };
    CLEANUP(place_close) Place p = { 0 };
    CHECK(place_open(&p, false));
    CHECK_INT(make_user(&p, "anna", "anna-has-4-cats", "user").v, 2);
    Browser b = browser(&p);
    CHECK_INT(sign_in(&b, "boss", BOSS_PASSWORD), 201);
    log_level(LOG_ERROR + 1);
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        int status = 0;
        for (int n = 1; n < 80 && status != STORIES[i].done; n++) {
            int64_t before = ask(&p, SQL("SELECT count(*) FROM change"));
            Browser one = b;
            p.now.ms += 1;
            db_fail_nth(n);
            Answer a = call(&one, STORIES[i].m, STORIES[i].path, STORIES[i].body);
            db_fail_nth(0);
            status = a.status;
            if (status == STORIES[i].done) {
                b = i == 2 ? one : b; // the password brought a new token
                break;
            }
            CHECK_ROW(status >= 500 || status == 401 || status == 429, "%s %d: %d", STORIES[i].path,
                      n, status);
            // A failed sign-in may have counted the attempt; nothing else is written.
            CHECK_INT(ask(&p, SQL("SELECT count(*) FROM change")), before);
            CHECK_INT(ask(&p, SQL("SELECT count(*) FROM user_role WHERE user_id = 2")), 1);
            CHECK_OK(store_write(place_ctx(&p), p.store, forget_attempts, NULL));
        }
        CHECK_ROW(status == STORIES[i].done, "%s ends with %d", STORIES[i].path, status);
    }
}
