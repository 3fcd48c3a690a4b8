#include "kit/kit.h"
#include "os/os.h"

// The log goes to the file of the running test; each test takes what came since the last look.
static Str lines_of(const char *path)
{
    Str got = { 0 };
    CHECK_OK(os_read_file(kit_ctx(), path, 1 << 20, &got));
    return got;
}

static const char *log_here(void)
{
    const char *path = arena_fmt(kit_arena(), "%s/log", kit_dir()).ptr;
    CHECK_OK(log_to_file(kit_ctx(), path));
    log_level(LOG_INFO);
    return path;
}

static bool has(Str s, Str part)
{
    return str_find(s, part, 0) < s.len;
}

static size_t count(Str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == c;
    return n;
}

TEST(line_is_one_json_object)
{
    const char *path = log_here();
    LOG(LOG_INFO, "ready", { "port", LOG_INT(8080) }, { "db", LOG_Z("sqlite") });
    LOG(LOG_ERROR, "bare");
    Str got = lines_of(path);
    CHECK(str_starts(got, S("{\"time\":\"20")));
    CHECK(
        has(got, S("\"level\":\"info\",\"message\":\"ready\",\"port\":8080,\"db\":\"sqlite\"}\n")));
    CHECK(str_ends(got, S("\"level\":\"error\",\"message\":\"bare\"}\n")));
    CHECK_INT(count(got, '\n'), 2);
}

TEST(hostile_values_stay_in_their_line)
{
    static const struct {
        const char *what;
        Str value, want;
    } ROWS[] = {
        { "end of line", S_INIT("a\r\nb"), S_INIT("\"a\\u000d\\u000ab\"") },
        { "quote and backslash", S_INIT("\"\\"), S_INIT("\"\\\"\\\\\"") },
        { "ANSI escape", S_INIT("\x1b[2J"), S_INIT("\"\\u001b[2J\"") },
        { "NUL", S_INIT("a\0b"), S_INIT("\"a\\u0000b\"") },
        { "DEL", S_INIT("\x7f"), S_INIT("\"\\u007f\"") },
        { "C1 control", S_INIT("\xc2\x9b"), S_INIT("\"\\u009b\"") },
        { "line separator", S_INIT("\xe2\x80\xa8"), S_INIT("\"\\u2028\"") },
        { "right to left", S_INIT("\xe2\x80\xae"), S_INIT("\"\\u202e\"") },
        { "broken UTF-8", S_INIT("\xff\xc0"), S_INIT("\"\\ufffd\\ufffd\"") },
        { "Chinese stays", S_INIT("\xe4\xb8\xad"), S_INIT("\"\xe4\xb8\xad\"") },
    };
    const char *path = log_here();
    size_t seen = 0;
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        LOG(LOG_INFO, "x", { "v", LOG_STR(ROWS[i].value) });
        Str got = lines_of(path);
        Str line = str_sub(got, seen, got.len);
        seen = got.len;
        CHECK_ROW(has(line, ROWS[i].want), "%s: " STR_FMT, ROWS[i].what, STR_ARG(line));
        CHECK_ROW(count(line, '\n') == 1, "%s", ROWS[i].what);
        CHECK_ROW(utf8_valid(line), "%s", ROWS[i].what);
    }
}

TEST(long_values_are_cut_and_the_line_stays_whole)
{
    const char *path = log_here();
    Buf b = buf_new(kit_arena(), 100000);
    while (b.len < 60000)
        buf_add(&b, S("\xe4\xb8\xad\"\n"));
    Str big = buf_str(&b);
    LOG(LOG_INFO, "x", { "a", LOG_STR(big) }, { "b", LOG_STR(big) }, { "c", LOG_STR(big) },
        { "d", LOG_STR(big) }, { "e", LOG_STR(big) }, { "last", LOG_INT(7) });
    Str got = lines_of(path);
    CHECK(got.len < 8193);
    CHECK_INT(count(got, '\n'), 1);
    CHECK(utf8_valid(got));
    CHECK(has(got, S("...\",\"b\":\"")));
    CHECK(str_ends(got, S("}\n")));
}

TEST(levels_below_the_least_are_silent)
{
    const char *path = log_here();
    log_level(LOG_WARN);
    LOG(LOG_DEBUG, "no");
    LOG(LOG_INFO, "no");
    LOG(LOG_WARN, "yes");
    log_level(LOG_INFO);
    Str got = lines_of(path);
    CHECK(!has(got, S("\"no\"")) && has(got, S("\"yes\"")));
}

TEST(errors_of_a_context_come_newest_first)
{
    const char *path = log_here();
    Ctx *cx = kit_ctx();
    (void)FAIL(cx, INVALID, "required", "name", "is missing");
    (void)FAIL(cx, DB, "db.busy", NULL, "busy\nnow");
    log_errors(LOG_WARN, "failed", cx);
    Str got = lines_of(path);
    size_t newer = str_find(got, S("\"code\":\"db.busy\""), 0);
    size_t older = str_find(got, S("\"code\":\"required\",\"field\":\"name\""), 0);
    CHECK(newer < older && older < got.len);
    CHECK(has(got, S("busy\\u000anow")));
    CHECK(has(got, S("log_test.c:")));
    CHECK(has(got, S("\"request\":\"test\"")));
    CHECK_INT(count(got, '\n'), 2);
}

enum { THREADS = 4, LINES = 200 };

static void write_lines(void *arg)
{
    (void)arg;
    for (int i = 0; i < LINES; i++)
        LOG(LOG_INFO, "from a thread", { "i", LOG_INT(i) });
}

TEST(lines_of_threads_do_not_mix)
{
    const char *path = log_here();
    Thread *threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        threads[i] = thread_start("log", write_lines, NULL);
    for (int i = 0; i < THREADS; i++)
        thread_join(&threads[i]);
    Str rest = lines_of(path);
    CHECK_INT(count(rest, '\n'), THREADS * LINES);
    while (rest.len > 0) {
        Str line = str_split(&rest, '\n');
        CHECK(str_starts(line, S("{\"time\"")) && str_ends(line, S("}")));
    }
}
