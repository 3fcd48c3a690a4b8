#include "base/map.h"

static uint64_t key0 = 0x0706050403020100ull, key1 = 0x0f0e0d0c0b0a0908ull;

void map_seed(uint64_t k0, uint64_t k1)
{
    key0 = k0;
    key1 = k1;
}

static inline uint64_t rotate(uint64_t x, int b)
{
    return (x << b) | (x >> (64 - b));
}

typedef struct Sip {
    uint64_t v0, v1, v2, v3;
} Sip;

static void sip_round(Sip *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = rotate(s->v2, 32);
}

// SipHash-1-3 (Aumasson, Bernstein 2012), the variant with fewer rounds that hash tables use.
uint64_t map_hash(Str key)
{
    Sip s = { key0 ^ 0x736f6d6570736575ull, key1 ^ 0x646f72616e646f6dull,
              key0 ^ 0x6c7967656e657261ull, key1 ^ 0x7465646279746573ull };
    size_t i = 0;
    for (; i + 8 <= key.len; i += 8) {
        uint64_t m = 0;
        memcpy(&m, key.ptr + i, 8);
        s.v3 ^= m;
        sip_round(&s);
        s.v0 ^= m;
    }
    uint64_t last = (uint64_t)key.len << 56;
    for (size_t j = 0; i + j < key.len; j++)
        last |= (uint64_t)(unsigned char)key.ptr[i + j] << (8 * j);
    s.v3 ^= last;
    sip_round(&s);
    s.v0 ^= last;
    s.v2 ^= 0xff;
    for (int round = 0; round < 3; round++)
        sip_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

Map map_new(Arena *a)
{
    return (Map){ .arena = a };
}

static MapSlot *slot_of(MapSlot *slots, size_t cap, Str key, uint64_t hash)
{
    size_t i = (size_t)hash & (cap - 1);
    while (slots[i].key.ptr != NULL && !(slots[i].hash == hash && str_eq(slots[i].key, key)))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow(Map *m)
{
    size_t cap = m->cap == 0 ? 16 : m->cap * 2;
    MapSlot *slots = arena_array(m->arena, MapSlot, cap);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].key.ptr != NULL)
            *slot_of(slots, cap, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    m->slots = slots;
    m->cap = cap;
}

int64_t *map_put(Map *m, Str key, bool *ret_new)
{
    if ((m->len + 1) * 4 > m->cap * 3)
        grow(m);
    uint64_t hash = map_hash(key);
    MapSlot *slot = slot_of(m->slots, m->cap, key, hash);
    bool is_new = slot->key.ptr == NULL;
    if (is_new) {
        *slot = (MapSlot){ .key = { key.ptr == NULL ? "" : key.ptr, key.len }, .hash = hash };
        m->len++;
    }
    if (ret_new != NULL)
        *ret_new = is_new;
    return &slot->value;
}

int64_t *map_get(const Map *m, Str key)
{
    if (m->cap == 0)
        return NULL;
    MapSlot *slot = slot_of(m->slots, m->cap, key, map_hash(key));
    return slot->key.ptr == NULL ? NULL : &slot->value;
}
