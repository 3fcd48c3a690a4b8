// Keys, sealed values, digests, passwords, one-time codes. libsodium and liboath behind our types.
#ifndef GUANXI_CRYPTO_CRYPTO_H
#define GUANXI_CRYPTO_CRYPTO_H

#include "base/base.h"

enum { KEY_BYTES = 32, DIGEST_BYTES = 32, BLIND_BYTES = 16 };

void crypto_init(void); // once, before anything else

// The master key lives in a file outside the database (E1): 64 hex digits, mode 0400 or 0600, owned
// by the user who runs us. It wraps the data keys, which stand wrapped in the database (table
// data_key), and the keys derived for blind indexes.
typedef struct Keyring Keyring;
// Makes the file with a new key (0600) when missing and `create`; UNAVAILABLE with code "key.mode"
// when group or others may read it.
Status key_file_load(Ctx *cx, const char *path, bool create, uint8_t ret_key[KEY_BYTES]) MUST_USE;
Keyring *keyring_new(const uint8_t master[KEY_BYTES]); // locked, wiped at close
void keyring_close(Keyring **k);
// A fresh data key, taken into the ring and wrapped by the master: 73 bytes to be stored. Id
// from 1.
Str keyring_make(Keyring *k, Arena *a, uint32_t id);
// Takes a stored wrapped key into the ring; UNAVAILABLE "key.wrong" when the master is another.
Status keyring_add(Ctx *cx, Keyring *k, uint32_t id, Str wrapped) MUST_USE;
// Whether a stored wrapped key was wrapped by this master; takes nothing in.
bool keyring_opens(const Keyring *k, uint32_t id, Str wrapped);
void keyring_use(Keyring *k, uint32_t id); // seals from now on with this one
// The same key wrapped by another master, for `guanxi key rotate`.
Str keyring_rewrap(Keyring *k, Arena *a, uint32_t id, const uint8_t new_master[KEY_BYTES]);

// Sealed value: version 1 | algorithm 1 (XChaCha20-Poly1305) | key id (4, big endian) | nonce 24 |
// ciphertext | tag 16. `where` (table, column, row id) is authenticated: a value moved to another
// row or column does not open (E5).
typedef struct SealPlace {
    const char *table, *column;
    int64_t row;
} SealPlace;
Str seal(const Keyring *k, Arena *a, SealPlace where, Str plain);
// INTERNAL with code "sealed.broken" when it was changed, moved or its key is missing.
Status unseal(Ctx *cx, const Keyring *k, Arena *a, SealPlace where, Str sealed, Str *ret) MUST_USE;
// Keyed 128-bit digest for equality (HMAC-like keyed BLAKE2b); `purpose` ("phone", "phone.tail")
// separates the fields. The value must be in normal form. The key comes from data key 1, whatever
// key seals: so indexes outlive rotation, and key 1 must be kept for ever.
Str blind_index(const Keyring *k, Arena *a, const char *purpose, Str normal);

// A key of its own for another use, derived from the master: "backup". Wipe it after use.
void keyring_derive(const Keyring *k, const char *purpose, uint8_t ret[KEY_BYTES]);

// A sequence of blocks (backups): each is sealed with its place in the order, and the last one says
// so: what is cut, moved, repeated or left out does not open. `where` is authenticated with every
// block. Sealed blocks are SEAL_BLOCK_EXTRA bytes longer.
enum { SEAL_HEADER_BYTES = 24, SEAL_BLOCK_EXTRA = 17 };
typedef struct SealStream {
    _Alignas(16) unsigned char state[64];
} SealStream;
void seal_stream_start(SealStream *s, const uint8_t key[KEY_BYTES],
                       uint8_t ret_header[SEAL_HEADER_BYTES]);
void seal_stream_add(SealStream *s, Str where, Str plain, bool last, uint8_t *to);
bool unseal_stream_start(SealStream *s, const uint8_t key[KEY_BYTES],
                         const uint8_t header[SEAL_HEADER_BYTES]);
// False when it does not open; `to` takes sealed.len - SEAL_BLOCK_EXTRA bytes.
bool unseal_stream_add(SealStream *s, Str where, Str sealed, uint8_t *to, bool *ret_last);

void sha256(Str s, uint8_t ret[DIGEST_BYTES]);
typedef struct Sha256 {
    _Alignas(16) unsigned char state[128];
} Sha256;
void sha256_start(Sha256 *h);
void sha256_add(Sha256 *h, Str s);
void sha256_end(Sha256 *h, uint8_t ret[DIGEST_BYTES]);
void hmac_sha256(Str key, Str message, uint8_t ret[DIGEST_BYTES]);
Str hex(Arena *a, const uint8_t *p, size_t n);
bool hex_parse(Str s, uint8_t *to, size_t n); // exactly n bytes
Str base64url(Arena *a, Str bytes);           // without padding
bool base64url_parse(Arena *a, Str s, Str *ret);
bool bytes_equal(const void *a, const void *b, size_t n); // constant time
void wipe(void *p, size_t n);

// argon2id, PHC string (A1: t=2, m=19456 KiB, p=1 at least). Slow on purpose: call on a worker, the
// caller bounds how many run at once.
Str password_hash(Arena *a, Str password);
bool password_verify(Str phc, Str password);
bool password_is_weak_hash(Str phc); // made with less than today's parameters

// RFC 6238: SHA-1, 30 s, 6 digits.
Str totp_secret(Arena *a); // 20 random bytes
Str totp_base32(Arena *a, Str secret);
// *ret_step is the matched step within +-1, for the "used once" rule.
bool totp_check(Str secret, Str code, Instant now, int64_t *ret_step);
Str totp_code(Arena *a, Str secret, Instant now);
// otpauth:// URI and its QR code as an SVG path-only picture.
Str totp_uri(Arena *a, Str secret, Str issuer, Str account);
Str qr_svg(Arena *a, Str text); // empty when the text is empty or too long for a code

#endif
