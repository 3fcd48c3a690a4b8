#include "os/os.h"

#include <errno.h>
#include <time.h>

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, US_PER_S = 1000000, NS_PER_US = 1000 };

Instant os_now(void)
{
    struct timespec t = { 0 };
    check(clock_gettime(CLOCK_REALTIME, &t) == 0);
    return (Instant){ (int64_t)t.tv_sec * MS_PER_S + t.tv_nsec / NS_PER_MS };
}

int64_t os_monotonic_us(void)
{
    struct timespec t = { 0 };
    check(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
    return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / NS_PER_US;
}

void os_sleep_ms(int64_t ms)
{
    if (ms <= 0)
        return;
    struct timespec rest = { .tv_sec = ms / MS_PER_S, .tv_nsec = (ms % MS_PER_S) * NS_PER_MS };
    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) == EINTR)
        continue;
}
