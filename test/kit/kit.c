// One process per test executable. Tests run in the order of registration; each gets a fresh
// context. --list names them, an argument selects by part of the name.
#include "kit/kit.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { MAX_TESTS = 1024, MAX_SHOWN = 20 };

static struct CMUnitTest tests[MAX_TESTS];
static KitFn functions[MAX_TESTS];
static size_t ntests;
static size_t failures, checks, skipped;
static bool test_skipped;
static Arena arena;
static Ctx ctx;
static char dir[64];

void kit_count(void)
{
    checks++;
}

void kit_fail(const char *file, int line, const char *fmt, ...)
{
    failures++;
    if (failures > MAX_SHOWN)
        return;
    va_list ap;
    va_start(ap, fmt);
    (void)fprintf(stdout, "%s:%d: ", file, line);
    (void)vfprintf(stdout, fmt, ap);
    (void)fprintf(stdout, "\n");
    va_end(ap);
}

void kit_skip(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    (void)fprintf(stdout, "skipped: ");
    (void)vfprintf(stdout, fmt, ap);
    (void)fprintf(stdout, "\n");
    va_end(ap);
    test_skipped = true;
}

Arena *kit_arena(void)
{
    return &arena;
}

Ctx *kit_ctx(void)
{
    return &ctx;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

const char *kit_dir(void)
{
    if (dir[0] == '\0') {
        (void)snprintf(dir, sizeof(dir), "/tmp/guanxi-test-XXXXXX");
        if (mkdtemp(dir) == NULL)
            fail_msg("cannot make %s", dir);
    }
    return dir;
}

const char *kit_shared(void)
{
    const char *path = getenv("GUANXI_SHARED");
    if (path == NULL)
        path = "../shared/data";
    return access(path, R_OK) == 0 ? path : NULL;
}

Str kit_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        kit_fail(__FILE__, __LINE__, "cannot read %s", path);
        return (Str){ 0 };
    }
    (void)fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *p = arena_array(&arena, char, (size_t)size + 1);
    size_t n = fread(p, 1, (size_t)size, f);
    (void)fclose(f);
    return (Str){ p, n };
}

void kit_check_int(const char *file, int line, const char *what, int64_t got, int64_t want)
{
    checks++;
    if (got != want)
        kit_fail(file, line, "%s is %lld, not %lld", what, (long long)got, (long long)want);
}

void kit_check_str(const char *file, int line, const char *what, Str got, Str want)
{
    checks++;
    if (!str_eq(got, want))
        kit_fail(file, line, "%s is '" STR_FMT "', not '" STR_FMT "'", what, STR_ARG(got),
                 STR_ARG(want));
}

void kit_check_ok(const char *file, int line, const char *what, Status got)
{
    checks++;
    if (got == STATUS_OK)
        return;
    kit_fail(file, line, "%s: %s", what, status_name(got));
    for (const Err *e = ctx.errors; e != NULL; e = e->next)
        kit_fail(e->file, e->line, "  %s %s: " STR_FMT, e->code, e->field == NULL ? "-" : e->field,
                 STR_ARG(e->message));
}

static void run_one(void **state)
{
    KitFn fn = functions[(size_t)(uintptr_t)*state];
    failures = 0;
    test_skipped = false;
    ctx = (Ctx){ .arena = &arena,
                 .scratch = &arena,
                 .now = { 1768464000000 },
                 .lang = "en",
                 .request_id = S("test") };
    fn();
    arena_reset(&arena);
    if (dir[0] != '\0') {
        (void)nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        dir[0] = '\0';
    }
    if (test_skipped) {
        skipped++;
        skip();
    }
    if (failures > 0)
        fail_msg("%zu checks failed", failures);
}

void kit_register(const char *file, const char *name, KitFn fn)
{
    (void)file;
    check(ntests < MAX_TESTS);
    functions[ntests] = fn;
    tests[ntests] = (struct CMUnitTest){ .name = name,
                                         .test_func = run_one,
                                         .initial_state = (void *)(uintptr_t)ntests };
    ntests++;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--list") == 0) {
        for (size_t i = 0; i < ntests; i++)
            (void)printf("%s\n", tests[i].name);
        return 0;
    }
    if (argc > 1)
        cmocka_set_test_filter(arena_fmt(&arena, "*%s*", argv[1]).ptr);
    int failed = _cmocka_run_group_tests("tests", tests, ntests, NULL, NULL);
    arena_reset(&arena);
    (void)printf("%zu passed, %d failed, %zu skipped\n", ntests - (size_t)failed - skipped, failed,
                 skipped);
    return failed != 0;
}
