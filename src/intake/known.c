// What the run knows of the store, so that it asks once for each product and customer.
#include "intake/intake_internal.h"

// Beyond this it starts anew: memory stays bounded, the store is asked again.
enum { KNOWN_BYTES_MAX = 192 * 1024 * 1024 };

void known_reset(Known *k)
{
    arena_reset(&k->arena);
    k->ids = map_new(&k->arena);
}

void known_done(Known *k)
{
    arena_reset(&k->arena);
}

KnownKey known_key(KnownKind kind, int64_t scope, Str text)
{
    KnownKey key;
    key.text[0] = (char)kind;
    memcpy(key.text + 1, &scope, sizeof(scope));
    size_t n = text.len < KNOWN_KEY_MAX - 9 ? text.len : KNOWN_KEY_MAX - 9;
    if (n > 0)
        memcpy(key.text + 9, text.ptr, n);
    key.len = n + 9;
    return key;
}

static Str key_str(const KnownKey *key)
{
    return (Str){ key->text, key->len };
}

void fresh_put(Batch *b, const KnownKey *key, int64_t value)
{
    *map_put(&b->fresh, arena_dup(&b->work, key_str(key)), NULL) = value;
}

bool known_get(const Batch *b, const KnownKey *key, int64_t *ret)
{
    const int64_t *found = map_get(&b->fresh, key_str(key));
    if (found == NULL)
        found = map_get(&b->known->ids, key_str(key));
    if (found == NULL)
        return false;
    *ret = *found;
    return true;
}

const KnownProduct *product_at(int64_t value)
{
    return (const KnownProduct *)(intptr_t)value;
}

const KnownCustomer *customer_at(int64_t value)
{
    return (const KnownCustomer *)(intptr_t)value;
}

static int64_t keep_value(Known *k, char kind, int64_t value, Map *moved)
{
    Str place = { (const char *)&value, sizeof(value) };
    const int64_t *done = map_get(moved, place);
    if (done != NULL)
        return *done;
    int64_t kept = value;
    if (kind == KNOWN_SKU || kind == KNOWN_NAME) {
        KnownProduct *p = arena_new(&k->arena, KnownProduct);
        *p = *product_at(value);
        p->name = arena_dup(&k->arena, p->name);
        kept = (int64_t)(intptr_t)p;
    } else if (kind == KNOWN_IDENTITY || kind == KNOWN_PHONE || kind == KNOWN_EMAIL) {
        KnownCustomer *c = arena_new(&k->arena, KnownCustomer);
        *c = *customer_at(value);
        kept = (int64_t)(intptr_t)c;
    } else {
        return value;
    }
    *map_put(moved, arena_dup(moved->arena, place), NULL) = kept;
    return kept;
}

void batch_learn(Batch *b)
{
    Known *k = b->known;
    if (k->arena.total > KNOWN_BYTES_MAX)
        known_reset(k);
    Map moved = map_new(&b->work);
    for (size_t i = 0; i < b->fresh.cap; i++) {
        const MapSlot *slot = &b->fresh.slots[i];
        if (slot->key.ptr == NULL)
            continue;
        int64_t value = keep_value(k, slot->key.ptr[0], slot->value, &moved);
        int64_t *place = map_get(&k->ids, slot->key);
        if (place == NULL)
            place = map_put(&k->ids, arena_dup(&k->arena, slot->key), NULL);
        *place = value;
    }
}
