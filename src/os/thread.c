#include "os/os.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

enum { NAME_MAX_LINUX = 16, MS_PER_S = 1000, NS_PER_MS = 1000000, NS_PER_S = 1000000000 };

struct Thread {
    pthread_t id;
    ThreadFn fn;
    void *arg;
    char name[NAME_MAX_LINUX];
};

static void *thread_main(void *arg)
{
    Thread *t = arg;
    (void)pthread_setname_np(pthread_self(), t->name);
    t->fn(t->arg);
    return NULL;
}

Thread *thread_start(const char *name, ThreadFn fn, void *arg)
{
    Thread *t = mem_alloc(sizeof(*t));
    t->fn = fn;
    t->arg = arg;
    memcpy(t->name, name, strnlen(name, sizeof(t->name) - 1));
    // The new thread inherits the mask, so that there is no moment in which it can be interrupted.
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    check(pthread_sigmask(SIG_SETMASK, &all, &before) == 0);
    check(pthread_create(&t->id, NULL, thread_main, t) == 0);
    check(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
    return t;
}

void thread_join(Thread **t)
{
    if (*t == NULL)
        return;
    check(pthread_join((*t)->id, NULL) == 0);
    mem_free(*t);
    *t = NULL;
}

void mutex_init(Mutex *m)
{
    check(pthread_mutex_init(m, NULL) == 0);
}

void mutex_lock(Mutex *m)
{
    check(pthread_mutex_lock(m) == 0);
}

void mutex_unlock(Mutex *m)
{
    check(pthread_mutex_unlock(m) == 0);
}

void mutex_done(Mutex *m)
{
    check(pthread_mutex_destroy(m) == 0);
}

void cond_init(Cond *c)
{
    pthread_condattr_t attr;
    check(pthread_condattr_init(&attr) == 0);
    check(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
    check(pthread_cond_init(c, &attr) == 0);
    (void)pthread_condattr_destroy(&attr);
}

void cond_wait(Cond *c, Mutex *m)
{
    check(pthread_cond_wait(c, m) == 0);
}

bool cond_wait_ms(Cond *c, Mutex *m, int64_t ms)
{
    struct timespec until = { 0 };
    check(clock_gettime(CLOCK_MONOTONIC, &until) == 0);
    if (ms > 0) {
        until.tv_sec += ms / MS_PER_S;
        until.tv_nsec += (ms % MS_PER_S) * NS_PER_MS;
    }
    if (until.tv_nsec >= NS_PER_S) {
        until.tv_nsec -= NS_PER_S;
        until.tv_sec++;
    }
    int err = pthread_cond_timedwait(c, m, &until);
    check(err == 0 || err == ETIMEDOUT);
    return err == 0;
}

void cond_signal(Cond *c)
{
    check(pthread_cond_signal(c) == 0);
}

void cond_broadcast(Cond *c)
{
    check(pthread_cond_broadcast(c) == 0);
}

void cond_done(Cond *c)
{
    check(pthread_cond_destroy(c) == 0);
}
