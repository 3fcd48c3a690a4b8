#include "kit/kit.h"
#include "os/os_fail.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static Str read_all(int fd)
{
    Buf b = buf_new(kit_arena(), 1 << 16);
    for (;;) {
        char *to = buf_reserve(&b, 1024);
        ssize_t n = to == NULL ? 0 : read(fd, to, 1024);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return buf_str(&b);
        b.len += (size_t)n;
    }
}

static Status run(ChildLimits limits, int in_fd, ChildFn fn, void *arg, Str *ret_answer,
                  int *ret_code)
{
    int fd = -1;
    int pid = 0;
    TRY(os_child_start(kit_ctx(), limits, in_fd, fn, arg, &fd, &pid));
    *ret_answer = read_all(fd);
    (void)close(fd);
    return os_child_wait(kit_ctx(), pid, ret_code);
}

static int upper(int in_fd, int out_fd, void *arg)
{
    char text[64];
    ssize_t n = read(in_fd, text, sizeof(text));
    for (ssize_t i = 0; i < n; i++)
        text[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 32) : text[i];
    return write(out_fd, text, (size_t)n) == n ? *(int *)arg : 99;
}

TEST(child_answers_and_its_code_comes_back)
{
    static int codes[] = { 0, 1, 42 };
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        int ends[2] = { -1, -1 };
        CHECK(pipe2(ends, O_CLOEXEC) == 0);
        CHECK(write(ends[1], "hello", 5) == 5);
        CHECK(close(ends[1]) == 0);
        Str answer = { 0 };
        int code = -1;
        CHECK_OK(run((ChildLimits){ 1 << 28, 5 }, ends[0], upper, &codes[i], &answer, &code));
        CHECK_STR(answer, S("HELLO"));
        CHECK_INT(code, codes[i]);
        CHECK(close(ends[0]) == 0);
    }
}

// Bits of what the child still has that it should not have.
static int look_around(int in_fd, int out_fd, void *arg)
{
    int secret = *(int *)arg;
    int wrong = in_fd == -1 ? 0 : 1;
    if (fcntl(secret, F_GETFD) != -1)
        wrong |= 2;
    for (int fd = 5; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) != -1)
            wrong |= 4;
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        wrong |= 8;
    struct rlimit core = { 1, 1 };
    if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0)
        wrong |= 16;
    char digit = (char)('A' + wrong);
    return write(out_fd, &digit, 1) == 1 ? 0 : 1;
}

TEST(child_gets_no_descriptors_and_no_privileges)
{
    int secret = open("/dev/null", O_RDONLY); // not close-on-exec, as a careless library has it
    CHECK(secret >= 0);
    int high = fcntl(secret, F_DUPFD, 50);
    Str answer = { 0 };
    int code = -1;
    CHECK_OK(run((ChildLimits){ 1 << 28, 5 }, -1, look_around, &high, &answer, &code));
    CHECK_STR(answer, S("A"));
    CHECK(close(secret) == 0 && close(high) == 0);
}

static int spin(int in_fd, int out_fd, void *arg)
{
    (void)in_fd, (void)out_fd, (void)arg;
    volatile uint64_t steps = 0;
    while (steps < UINT64_MAX)
        steps++;
    return 0;
}

static int die(int in_fd, int out_fd, void *arg)
{
    (void)in_fd, (void)out_fd, (void)arg;
    abort();
}

// A gigabyte, touched; without a limit it ends with 0.
static int eat(int in_fd, int out_fd, void *arg)
{
    enum { STEP = 1 << 20, STEPS = 1024 };
    (void)in_fd, (void)out_fd, (void)arg;
    Arena a = { 0 };
    for (int i = 0; i < STEPS; i++)
        (void)arena_alloc(&a, STEP, 1);
    return 0;
}

TEST(limits_end_the_child)
{
    Ctx *cx = kit_ctx();
    Str answer = { 0 };
    int code = -1;
    CHECK_STATUS(run((ChildLimits){ 0, 1 }, -1, spin, NULL, &answer, &code), INVALID);
    CHECK_STR(str_z(cx->errors->code), S("limits"));
    CHECK_STATUS(run((ChildLimits){ 0, 5 }, -1, die, NULL, &answer, &code), INVALID);
    CHECK_INT(code, -1);
#if !defined(OS_SANITIZED)
    CHECK_STATUS(run((ChildLimits){ 64 << 20, 20 }, -1, eat, NULL, &answer, &code), INVALID);
#else
    (void)eat;
#endif
}

static _Atomic bool stop_churning;

static void churn(void *arg)
{
    (void)arg;
    while (!stop_churning) {
        Arena a = { 0 };
        (void)arena_alloc(&a, 100000, 1);
        arena_reset(&a);
    }
}

static int allocate(int in_fd, int out_fd, void *arg)
{
    (void)in_fd, (void)arg;
    Arena a = { 0 };
    for (int i = 0; i < 50; i++)
        (void)arena_alloc(&a, 30000, 1);
    arena_reset(&a);
    return write(out_fd, "ok", 2) == 2 ? 0 : 1;
}

// Threads busy in malloc at the moment of the fork: a child that inherits a locked heap would hang.
TEST(child_of_a_threaded_process_can_allocate)
{
#if defined(OS_SANITIZED)
    // Their own allocators do not promise this; ours is glibc's.
    kit_skip("sanitizer");
    (void)churn, (void)allocate;
#else
    Thread *threads[2];
    stop_churning = false;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        threads[i] = thread_start("churn", churn, NULL);
    for (int i = 0; i < 50; i++) {
        Str answer = { 0 };
        int code = -1;
        CHECK_OK(run((ChildLimits){ 1 << 28, 5 }, -1, allocate, NULL, &answer, &code));
        CHECK_STR(answer, S("ok"));
    }
    stop_churning = true;
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        thread_join(&threads[i]);
#endif
}
