#include "kit/kit.h"
#include "os/os.h"

#include <signal.h>
#include <unistd.h>

typedef struct Counter {
    Mutex lock;
    Cond changed;
    int64_t value;
} Counter;

enum { THREADS = 4, STEPS = 5000 };

static void count_up(void *arg)
{
    Counter *c = arg;
    for (int i = 0; i < STEPS; i++) {
        mutex_lock(&c->lock);
        c->value++;
        mutex_unlock(&c->lock);
    }
    cond_broadcast(&c->changed);
}

TEST(mutex_keeps_every_step)
{
    Counter c = { 0 };
    mutex_init(&c.lock);
    cond_init(&c.changed);
    Thread *threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        threads[i] = thread_start("a name longer than the kernel's", count_up, &c);
    for (int i = 0; i < THREADS; i++)
        thread_join(&threads[i]);
    CHECK(threads[0] == NULL);
    thread_join(&threads[0]);
    CHECK_INT(c.value, THREADS * STEPS);
    cond_done(&c.changed);
    mutex_done(&c.lock);
}

TEST(condition_times_out_on_the_monotonic_clock)
{
    Counter c = { 0 };
    mutex_init(&c.lock);
    cond_init(&c.changed);
    mutex_lock(&c.lock);
    int64_t before = os_monotonic_us();
    // Nobody signals; spurious wake-ups are allowed to say true.
    while (cond_wait_ms(&c.changed, &c.lock, 30))
        before = os_monotonic_us();
    CHECK(os_monotonic_us() - before >= 29000);
    CHECK(!cond_wait_ms(&c.changed, &c.lock, 0));
    CHECK(!cond_wait_ms(&c.changed, &c.lock, -1));
    mutex_unlock(&c.lock);
    cond_done(&c.changed);
    mutex_done(&c.lock);
}

static void set_one(void *arg)
{
    Counter *c = arg;
    mutex_lock(&c->lock);
    c->value = 1;
    cond_signal(&c->changed);
    mutex_unlock(&c->lock);
}

TEST(condition_wakes_a_waiter)
{
    Counter c = { 0 };
    mutex_init(&c.lock);
    cond_init(&c.changed);
    mutex_lock(&c.lock);
    Thread *t = thread_start("set", set_one, &c);
    while (c.value == 0)
        cond_wait(&c.changed, &c.lock);
    mutex_unlock(&c.lock);
    thread_join(&t);
    CHECK_INT(c.value, 1);
    cond_done(&c.changed);
    mutex_done(&c.lock);
}

static void look_at_mask(void *arg)
{
    sigset_t mask;
    (void)pthread_sigmask(SIG_SETMASK, NULL, &mask);
    *(bool *)arg = sigismember(&mask, SIGTERM) == 1 && sigismember(&mask, SIGHUP) == 1;
}

TEST(threads_take_no_signals_and_the_starter_keeps_his_mask)
{
    bool blocked = false;
    sigset_t before;
    sigset_t after;
    (void)pthread_sigmask(SIG_SETMASK, NULL, &before);
    Thread *t = thread_start("mask", look_at_mask, &blocked);
    thread_join(&t);
    (void)pthread_sigmask(SIG_SETMASK, NULL, &after);
    CHECK(blocked);
    CHECK_INT(sigismember(&after, SIGHUP), sigismember(&before, SIGHUP));
}

static int wait_in_child(int in_fd, int out_fd, void *arg)
{
    (void)in_fd;
    os_signals_init();
    int how = *(int *)arg;
    if (how != 0)
        (void)kill(getpid(), how);
    else
        os_stop();
    os_wait_stop();
    os_wait_stop(); // told again
    (void)raise(SIGPIPE);
    (void)raise(SIGXFSZ);
    return write(out_fd, "stopped", 7) == 7 ? 0 : 1;
}

// In a child, because the mask and the handlers would stay with this process.
TEST(stop_comes_by_signal_or_call)
{
    static int ways[] = { SIGTERM, SIGINT, 0 };
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        int fd = -1;
        int pid = 0;
        int code = -1;
        char text[16];
        CHECK_OK(os_child_start(kit_ctx(), (ChildLimits){ .cpu_seconds = 5 }, -1, wait_in_child,
                                &ways[i], &fd, &pid));
        ssize_t n = read(fd, text, sizeof(text));
        CHECK_ROW(n == 7, "signal %d", ways[i]);
        CHECK(close(fd) == 0);
        CHECK_OK(os_child_wait(kit_ctx(), pid, &code));
        CHECK_INT(code, 0);
    }
}
