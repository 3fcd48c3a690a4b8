// A child that only computes. After fork() of a threaded process locks of other threads stay locked
// for ever in the child: it must not log nor start threads (glibc keeps malloc usable).
#include "os/os_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CHILD_IN = 3,
    CHILD_OUT = 4,
    CHILD_FDS = 5,
    FDS_MAX = 16,     // a library may dup() its input
    FD_ABOVE = 20,    // parking place, out of the way of the numbers above
    EXIT_SETUP = 125, // the limits could not be set: nothing was run
};

static void set_limit(int which, int64_t value)
{
    // One second more for the hard limit: SIGXCPU comes at the soft one, SIGKILL at the hard one.
    rlim_t v = (rlim_t)value;
    struct rlimit limit = { .rlim_cur = v, .rlim_max = which == RLIMIT_CPU ? v + 1 : v };
    struct rlimit now = { 0 };
    if (getrlimit((__rlimit_resource_t)which, &now) == 0 && now.rlim_max < limit.rlim_max)
        limit.rlim_max = now.rlim_max;
    if (limit.rlim_cur > limit.rlim_max)
        limit.rlim_cur = limit.rlim_max;
    if (setrlimit((__rlimit_resource_t)which, &limit) != 0)
        _exit(EXIT_SETUP);
}

static void set_limits(ChildLimits limits, int64_t address_now)
{
    // The sanitizers' shadow memory is terabytes of address space.
#if !defined(OS_SANITIZED)
    if (limits.address_bytes > 0)
        set_limit(RLIMIT_AS, address_now + limits.address_bytes);
#else
    (void)address_now;
#endif
    if (limits.cpu_seconds > 0)
        set_limit(RLIMIT_CPU, limits.cpu_seconds);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_NOFILE, FDS_MAX);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        _exit(EXIT_SETUP);
}

// Descriptors 0 to 2 become /dev/null, so that a library's message goes nowhere instead of into the
// answer; sanitizers keep stderr for their reports.
static void keep_only(int in_fd, int out_fd)
{
    int in = in_fd < 0 ? -1 : fcntl(in_fd, F_DUPFD, FD_ABOVE);
    int out = fcntl(out_fd, F_DUPFD, FD_ABOVE);
    int null = open("/dev/null", O_RDWR);
    if ((in_fd >= 0 && in < 0) || out < 0 || null < 0)
        _exit(EXIT_SETUP);
#if defined(OS_SANITIZED)
    int last = STDOUT_FILENO;
#else
    int last = STDERR_FILENO;
#endif
    for (int fd = 0; fd <= last; fd++)
        if (dup2(null, fd) < 0)
            _exit(EXIT_SETUP);
    if (dup2(in < 0 ? null : in, CHILD_IN) < 0 || dup2(out, CHILD_OUT) < 0)
        _exit(EXIT_SETUP);
    if (close_range(CHILD_FDS, ~0U, 0) != 0)
        _exit(EXIT_SETUP);
}

_Noreturn static void child_main(ChildLimits limits, int64_t address_now, int in_fd, int out_fd,
                                 ChildFn fn, void *arg)
{
    // Whoever started the child waits for it; without him it has no purpose.
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    keep_only(in_fd, out_fd);
    static const int SIGNALS[] = { SIGTERM, SIGINT, SIGHUP, SIGPIPE, SIGXFSZ, SIGXCPU };
    for (size_t i = 0; i < ARRAY_LEN(SIGNALS); i++)
        (void)signal(SIGNALS[i], SIG_DFL);
    sigset_t none;
    (void)sigemptyset(&none);
    (void)pthread_sigmask(SIG_SETMASK, &none, NULL);
    set_limits(limits, address_now);
    // Not exit(): the handlers and buffers belong to the parent.
    _exit(fn(in_fd < 0 ? -1 : CHILD_IN, CHILD_OUT, arg));
}

Status os_child_start(Ctx *cx, ChildLimits limits, int in_fd, ChildFn fn, void *arg, int *ret_fd,
                      int *ret_pid)
{
    int ends[2] = { -1, -1 };
    if (pipe2(ends, O_CLOEXEC) != 0)
        return OS_FAIL(cx, "make", "a pipe");
    CLEANUP(fd_cleanup) int reading = ends[0];
    CLEANUP(fd_cleanup) int writing = ends[1];
    int64_t address_now = os_address_bytes();
    if (address_now < 0)
        return FAIL(cx, INTERNAL, "child", NULL, "cannot tell the size of the address space");
    pid_t pid = fork();
    if (pid < 0)
        return OS_FAIL(cx, "start", "a child process");
    if (pid == 0)
        child_main(limits, address_now, in_fd, writing, fn, arg);
    *ret_fd = reading;
    *ret_pid = (int)pid;
    reading = -1;
    return STATUS_OK;
}

Status os_child_wait(Ctx *cx, int pid, int *ret_code)
{
    int how = 0;
    pid_t got = 0;
    do {
        got = waitpid((pid_t)pid, &how, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return OS_FAIL(cx, "wait for", "a child process");
    if (WIFSIGNALED(how))
        return FAIL(cx, INVALID, "limits", NULL, "the child was ended by signal %d", WTERMSIG(how));
    if (WEXITSTATUS(how) == EXIT_SETUP)
        return FAIL(cx, INTERNAL, "child", NULL, "the limits of the child could not be set");
    *ret_code = WEXITSTATUS(how);
    return STATUS_OK;
}
