// Sealed values and blind indexes.
#include "crypto/keyring_impl.h"

#include "os/os.h"

#include <sodium.h>

enum {
    VERSION = 1,
    ALGORITHM_XCHACHA20_POLY1305 = 1,
    ID_AT = 2,
    NONCE_AT = 6,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    BODY_AT = NONCE_AT + NONCE_BYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    PLACE_MAX = 256,
};

// What is authenticated beside the text: the header and the place. Names end with NUL, so that
// ("ab", "c") differs from ("a", "bc").
typedef struct Bound {
    uint8_t bytes[PLACE_MAX];
    size_t len;
} Bound;

static Bound bind_place(const uint8_t header[NONCE_AT], SealPlace where)
{
    Bound b = { .len = NONCE_AT };
    size_t table = strlen(where.table) + 1;
    size_t column = strlen(where.column) + 1;
    check(table + column + NONCE_AT + 8 <= sizeof(b.bytes));
    memcpy(b.bytes, header, NONCE_AT);
    memcpy(b.bytes + b.len, where.table, table);
    b.len += table;
    memcpy(b.bytes + b.len, where.column, column);
    b.len += column;
    put_u64(b.bytes + b.len, (uint64_t)where.row);
    b.len += 8;
    return b;
}

Str seal(const Keyring *k, Arena *a, SealPlace where, Str plain)
{
    uint64_t use = atomic_load(&k->use);
    check(use > 0);
    const DataKey *key = &k->keys[use - 1];
    size_t len = BODY_AT + plain.len + TAG_BYTES;
    uint8_t *to = arena_array(a, uint8_t, len);
    to[0] = VERSION;
    to[1] = ALGORITHM_XCHACHA20_POLY1305;
    put_u32(to + ID_AT, (uint32_t)key->id);
    // 192 bits are enough to be drawn by chance without a counter, however many values there are.
    os_random(to + NONCE_AT, NONCE_BYTES);
    Bound b = bind_place(to, where);
    check(crypto_aead_xchacha20poly1305_ietf_encrypt(to + BODY_AT, NULL, (const uint8_t *)plain.ptr,
                                                     plain.len, b.bytes, b.len, NULL, to + NONCE_AT,
                                                     key->seal) == 0);
    return (Str){ (const char *)to, len };
}

static const DataKey *key_of(const Keyring *k, Str sealed)
{
    const uint8_t *p = (const uint8_t *)sealed.ptr;
    if (sealed.len < BODY_AT + TAG_BYTES || p[0] != VERSION || p[1] != ALGORITHM_XCHACHA20_POLY1305)
        return NULL;
    uint32_t id = 0;
    for (int i = 0; i < 4; i++)
        id = id << 8 | p[ID_AT + i];
    return keyring_find(k, id);
}

Status unseal(Ctx *cx, const Keyring *k, Arena *a, SealPlace where, Str sealed, Str *ret)
{
    const DataKey *key = key_of(k, sealed);
    if (key != NULL) {
        const uint8_t *p = (const uint8_t *)sealed.ptr;
        size_t len = sealed.len - BODY_AT - TAG_BYTES;
        uint8_t *to = arena_array(a, uint8_t, len + 1);
        Bound b = bind_place(p, where);
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(to, NULL, NULL, p + BODY_AT, len + TAG_BYTES,
                                                       b.bytes, b.len, p + NONCE_AT,
                                                       key->seal) == 0) {
            *ret = (Str){ (const char *)to, len };
            return STATUS_OK;
        }
    }
    return FAIL(cx, INTERNAL, "sealed.broken", NULL,
                "the sealed value %s.%s of row %lld does not open", where.table, where.column,
                (long long)where.row);
}

Str blind_index(const Keyring *k, Arena *a, const char *purpose, Str normal)
{
    check(atomic_load(&k->has_blind) != 0);
    uint8_t *to = arena_array(a, uint8_t, BLIND_BYTES);
    crypto_generichash_state state;
    check(crypto_generichash_init(&state, k->blind, KEY_BYTES, BLIND_BYTES) == 0);
    // With its NUL, so that no purpose is the beginning of another.
    check(crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1) == 0);
    check(crypto_generichash_update(&state, (const uint8_t *)normal.ptr, normal.len) == 0);
    check(crypto_generichash_final(&state, to, BLIND_BYTES) == 0);
    sodium_memzero(&state, sizeof(state));
    return (Str){ (const char *)to, BLIND_BYTES };
}
