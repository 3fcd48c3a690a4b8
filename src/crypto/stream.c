// Long texts sealed in blocks: libsodium's secretstream.
#include "crypto/keyring_impl.h"

#include <sodium.h>

typedef crypto_secretstream_xchacha20poly1305_state State;
_Static_assert(sizeof(State) <= sizeof(((SealStream *)0)->state), "crypto.h keeps room for it");
_Static_assert(SEAL_HEADER_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES,
               "as crypto.h says");
_Static_assert(SEAL_BLOCK_EXTRA == crypto_secretstream_xchacha20poly1305_ABYTES,
               "as crypto.h says");
_Static_assert(KEY_BYTES == crypto_secretstream_xchacha20poly1305_KEYBYTES, "key size");

void keyring_derive(const Keyring *k, const char *purpose, uint8_t ret[KEY_BYTES])
{
    // With its NUL, so that no purpose is the beginning of another.
    check(crypto_generichash(ret, KEY_BYTES, (const uint8_t *)purpose, strlen(purpose) + 1,
                             k->master, KEY_BYTES) == 0);
}

void seal_stream_start(SealStream *s, const uint8_t key[KEY_BYTES],
                       uint8_t ret_header[SEAL_HEADER_BYTES])
{
    check(crypto_secretstream_xchacha20poly1305_init_push((State *)(void *)s->state, ret_header,
                                                          key) == 0);
}

void seal_stream_add(SealStream *s, Str where, Str plain, bool last, uint8_t *to)
{
    uint8_t tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                       : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    check(crypto_secretstream_xchacha20poly1305_push(
              (State *)(void *)s->state, to, NULL, (const uint8_t *)plain.ptr, plain.len,
              (const uint8_t *)where.ptr, where.len, tag) == 0);
}

bool unseal_stream_start(SealStream *s, const uint8_t key[KEY_BYTES],
                         const uint8_t header[SEAL_HEADER_BYTES])
{
    return crypto_secretstream_xchacha20poly1305_init_pull((State *)(void *)s->state, header,
                                                           key) == 0;
}

bool unseal_stream_add(SealStream *s, Str where, Str sealed, uint8_t *to, bool *ret_last)
{
    uint8_t tag = 0;
    if (sealed.len < SEAL_BLOCK_EXTRA ||
        crypto_secretstream_xchacha20poly1305_pull((State *)(void *)s->state, to, NULL, &tag,
                                                   (const uint8_t *)sealed.ptr, sealed.len,
                                                   (const uint8_t *)where.ptr, where.len) != 0)
        return false;
    *ret_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return true;
}
