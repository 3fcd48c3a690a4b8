#include "os/os.h"

#include <errno.h>
#include <sys/random.h>

void os_random(void *to, size_t len)
{
    char *p = to;
    while (len > 0) {
        ssize_t n = getrandom(p, len, 0);
        if (n < 0 && errno == EINTR)
            continue;
        check(n > 0);
        p += n;
        len -= (size_t)n;
    }
}

uint64_t os_random_u64(void)
{
    uint64_t v = 0;
    os_random(&v, sizeof(v));
    return v;
}

Str os_random_text(Arena *a, size_t nbytes)
{
    static const char LETTERS[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    uint8_t *raw = arena_array(a, uint8_t, nbytes);
    os_random(raw, nbytes);
    char *text = arena_array(a, char, nbytes * 4 / 3 + 3);
    size_t len = 0;
    uint32_t bits = 0;
    unsigned have = 0;
    for (size_t i = 0; i < nbytes; i++) {
        bits = (bits << 8) | raw[i];
        for (have += 8; have >= 6; have -= 6)
            text[len++] = LETTERS[(bits >> (have - 6)) & 63];
    }
    if (have > 0)
        text[len++] = LETTERS[(bits << (6 - have)) & 63];
    // The text is a secret already; its source need not lie around twice.
    explicit_bzero(raw, nbytes);
    return (Str){ text, len };
}
