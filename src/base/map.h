// Hash table from text to a pointer-sized value, in an arena. Keys are not copied. Seeded per
// process, so that keys from outside cannot be chosen to collide.
#ifndef GUANXI_BASE_MAP_H
#define GUANXI_BASE_MAP_H

#include "base/arena.h"

typedef struct MapSlot {
    Str key;
    uint64_t hash;
    int64_t value;
} MapSlot;

typedef struct Map {
    Arena *arena;
    MapSlot *slots;
    size_t len, cap;
} Map;

Map map_new(Arena *a);
// The value's place, made (as 0) when missing; *ret_new tells which, may be NULL. The place is
// valid until the next map_put.
int64_t *map_put(Map *m, Str key, bool *ret_new);
// NULL when missing.
int64_t *map_get(const Map *m, Str key);
// Keyed hash used by the table; the key is drawn once per process.
uint64_t map_hash(Str key);
void map_seed(uint64_t k0, uint64_t k1); // called once at start

#endif
