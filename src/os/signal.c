#include "os/os_fail.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int stop_event = -1;
static int stop_signals = -1;

void os_signals_init(void)
{
    check(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    // A full disk quota must be an error of write(), not the end of the process.
    check(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    sigset_t stop;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTERM);
    (void)sigaddset(&stop, SIGINT);
    // Blocked here and so in every later thread; they arrive by descriptor only.
    check(pthread_sigmask(SIG_BLOCK, &stop, NULL) == 0);
    if (stop_event >= 0)
        return;
    stop_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    stop_signals = signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK);
    check(stop_event >= 0 && stop_signals >= 0);
}

void os_wait_stop(void)
{
    check(stop_event >= 0);
    struct pollfd waits[] = {
        { .fd = stop_event, .events = POLLIN },
        { .fd = stop_signals, .events = POLLIN },
    };
    int n = 0;
    do {
        n = poll(waits, ARRAY_LEN(waits), -1);
    } while (n < 0 && errno == EINTR);
    check(n > 0);
    struct signalfd_siginfo info;
    if ((waits[1].revents & POLLIN) != 0)
        (void)!read(stop_signals, &info, sizeof(info));
    // Stays set: whoever asks later is told as well.
    os_stop();
}

void os_stop(void)
{
    check(stop_event >= 0);
    uint64_t one = 1;
    // Fails only when the counter is full, and then it is set already.
    (void)!write(stop_event, &one, sizeof(one));
}
