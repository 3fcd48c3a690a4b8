// Inside of the keyring, for the files of this folder only.
#ifndef GUANXI_CRYPTO_KEYRING_IMPL_H
#define GUANXI_CRYPTO_KEYRING_IMPL_H

#include "crypto/crypto.h"

#include <stdatomic.h>

enum { KEYRING_MAX = 64 };

// A data key is never used itself: what seals and what makes blind indexes are derived from it.
typedef struct DataKey {
    uint64_t id;
    uint8_t data[KEY_BYTES];
    uint8_t seal[KEY_BYTES];
} DataKey;

// In locked memory. Keys are only ever appended, `len` last, so that readers need no lock; whoever
// adds keys does so one at a time.
struct Keyring {
    uint8_t master[KEY_BYTES];
    // Blind indexes must not change when keys do, so they come from data key 1 for ever; all zero
    // until that is there.
    uint8_t blind[KEY_BYTES];
    _Atomic uint64_t has_blind;
    _Atomic uint64_t len;
    _Atomic uint64_t use; // position + 1 of the key that seals
    DataKey keys[KEYRING_MAX];
};

const DataKey *keyring_find(const Keyring *k, uint32_t id); // NULL when missing
void put_u32(uint8_t to[4], uint32_t v);                    // big endian
void put_u64(uint8_t to[8], uint64_t v);

#endif
