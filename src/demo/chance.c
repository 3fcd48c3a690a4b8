// splitmix64: small, even, and the same everywhere.
#include "demo/demo_internal.h"

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

Chance chance_of(uint64_t a, uint64_t b)
{
    return (Chance){ mix(mix(a + 0x9e3779b97f4a7c15u) + b) };
}

uint64_t chance_next(Chance *c)
{
    c->state += 0x9e3779b97f4a7c15u;
    return mix(c->state);
}

int64_t chance_int(Chance *c, int64_t from, int64_t to)
{
    return from + (int64_t)(chance_next(c) % (uint64_t)(to - from + 1));
}

bool chance_in(Chance *c, int64_t per_mille)
{
    return chance_int(c, 0, 999) < per_mille;
}

int64_t chance_gap(Chance *c)
{
    // The product of two even draws leans to the left and has its tail on the right.
    int64_t a = chance_int(c, 400, 1600);
    int64_t b = chance_int(c, 350, 1650);
    int64_t gap = a * b / 1000;
    if (chance_in(c, 60))
        gap += chance_int(c, 300, 1400); // once in a while he forgets us
    return gap;
}
