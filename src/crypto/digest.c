// Digests, text forms of bytes, comparing and wiping.
#include "crypto/crypto.h"

#include <liboath/oath.h>
#include <sodium.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(Sha256), "Sha256 holds it");
_Static_assert(DIGEST_BYTES == crypto_hash_sha256_BYTES, "digest size");

void crypto_init(void)
{
    check(sodium_init() >= 0);
    check(oath_init() == OATH_OK);
}

void sha256(Str s, uint8_t ret[DIGEST_BYTES])
{
    check(crypto_hash_sha256(ret, (const uint8_t *)s.ptr, s.len) == 0);
}

// The state is copied in and out: its type is the library's business and not our header's.
void sha256_start(Sha256 *h)
{
    crypto_hash_sha256_state state;
    check(crypto_hash_sha256_init(&state) == 0);
    memcpy(h->state, &state, sizeof(state));
}

void sha256_add(Sha256 *h, Str s)
{
    crypto_hash_sha256_state state;
    memcpy(&state, h->state, sizeof(state));
    check(crypto_hash_sha256_update(&state, (const uint8_t *)s.ptr, s.len) == 0);
    memcpy(h->state, &state, sizeof(state));
}

void sha256_end(Sha256 *h, uint8_t ret[DIGEST_BYTES])
{
    crypto_hash_sha256_state state;
    memcpy(&state, h->state, sizeof(state));
    check(crypto_hash_sha256_final(&state, ret) == 0);
    wipe(h, sizeof(*h));
}

void hmac_sha256(Str key, Str message, uint8_t ret[DIGEST_BYTES])
{
    crypto_auth_hmacsha256_state state;
    check(crypto_auth_hmacsha256_init(&state, (const uint8_t *)key.ptr, key.len) == 0);
    check(crypto_auth_hmacsha256_update(&state, (const uint8_t *)message.ptr, message.len) == 0);
    check(crypto_auth_hmacsha256_final(&state, ret) == 0);
    wipe(&state, sizeof(state));
}

Str hex(Arena *a, const uint8_t *p, size_t n)
{
    char *to = arena_array(a, char, n * 2 + 1);
    (void)sodium_bin2hex(to, n * 2 + 1, p, n);
    return (Str){ to, n * 2 };
}

bool hex_parse(Str s, uint8_t *to, size_t n)
{
    size_t len = 0;
    return s.len == n * 2 && sodium_hex2bin(to, n, s.ptr, s.len, NULL, &len, NULL) == 0 && len == n;
}

Str base64url(Arena *a, Str bytes)
{
    size_t max = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *to = arena_array(a, char, max);
    (void)sodium_bin2base64(to, max, (const uint8_t *)bytes.ptr, bytes.len,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (Str){ to, max - 1 };
}

bool base64url_parse(Arena *a, Str s, Str *ret)
{
    size_t max = s.len / 4 * 3 + 3;
    uint8_t *to = arena_array(a, uint8_t, max);
    size_t len = 0;
    // With NULL for the end, anything left over is an error.
    if (sodium_base642bin(to, max, s.ptr, s.len, NULL, &len, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    *ret = (Str){ (const char *)to, len };
    return true;
}

bool bytes_equal(const void *a, const void *b, size_t n)
{
    return sodium_memcmp(a, b, n) == 0;
}

void wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}
