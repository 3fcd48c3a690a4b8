// The test kit: TEST(name) registers itself; CHECK counts and goes on. Stories are rows of a static
// table looped over inside one TEST. Runs on cmocka; the closing line is "N passed, N failed".
#ifndef GUANXI_TEST_KIT_H
#define GUANXI_TEST_KIT_H

#include "base/base.h"

typedef void (*KitFn)(void);
void kit_register(const char *file, const char *name, KitFn fn);
void kit_fail(const char *file, int line, const char *fmt, ...) PRINTF(3, 4);
// Marks the running test as skipped with its reason; the test must return afterwards.
void kit_skip(const char *fmt, ...) PRINTF(1, 2);
void kit_count(void);
// A fresh arena and context per test (now = 2026-01-15T08:00:00Z, lang "en"); freed after it.
Arena *kit_arena(void);
Ctx *kit_ctx(void);
// A new empty directory that is removed after the test.
const char *kit_dir(void);
// The data folder beside the repository ("../shared/data") or NULL: skip then.
const char *kit_shared(void);
// Whole file into the test's arena; fails the test when it cannot be read.
Str kit_file(const char *path);

#define TEST(name)                                                                                 \
    static void test_##name(void);                                                                 \
    __attribute__((constructor)) static void register_##name(void)                                 \
    {                                                                                              \
        kit_register(__FILE__, #name, test_##name);                                                \
    }                                                                                              \
    static void test_##name(void)

#define CHECK(cond)                                                                                \
    do {                                                                                           \
        kit_count();                                                                               \
        if (!(cond))                                                                               \
            kit_fail(__FILE__, __LINE__, "%s", #cond);                                             \
    } while (0)
// With words that name the story, printf style, printed after the condition.
#define CHECK_ROW(cond, ...)                                                                       \
    do {                                                                                           \
        kit_count();                                                                               \
        if (!(cond)) {                                                                             \
            kit_fail(__FILE__, __LINE__, "%s", #cond);                                             \
            kit_fail(__FILE__, __LINE__, __VA_ARGS__);                                             \
        }                                                                                          \
    } while (0)
#define CHECK_INT(got, want)                                                                       \
    kit_check_int(__FILE__, __LINE__, #got, (int64_t)(got), (int64_t)(want))
#define CHECK_STR(got, want) kit_check_str(__FILE__, __LINE__, #got, (got), (want))
void kit_check_int(const char *file, int line, const char *what, int64_t got, int64_t want);
void kit_check_str(const char *file, int line, const char *what, Str got, Str want);
// STATUS_OK, or fails with the context's errors written out.
#define CHECK_OK(status) kit_check_ok(__FILE__, __LINE__, #status, (status))
void kit_check_ok(const char *file, int line, const char *what, Status got);
#define CHECK_STATUS(status, want)                                                                 \
    CHECK_STR(str_z(status_name(status)), str_z(status_name(STATUS_##want)))

#endif
