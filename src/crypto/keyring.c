// The master key's file and the keys it wraps.
#include "crypto/keyring_impl.h"

#include "os/os.h"

#include <sodium.h>

enum {
    WRAP_VERSION = 1,
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    WRAPPED_BYTES = 1 + NONCE_BYTES + KEY_BYTES + TAG_BYTES,
    KEY_FILE_MAX = 256,
    KEY_FILE_OTHERS = 077, // any of these mode bits is too much
};
_Static_assert(WRAPPED_BYTES == 73, "as crypto.h says");
_Static_assert(KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key size");
_Static_assert(KEY_BYTES == crypto_kdf_KEYBYTES, "key size");
_Static_assert(_Alignof(Keyring) <= 8, "sodium_malloc puts the end, not the start, at a page");

static const char WRAP_LABEL[] = "guanxi data key";

static Status key_file_make(Ctx *cx, const char *path)
{
    uint8_t key[KEY_BYTES];
    char text[KEY_BYTES * 2 + 1];
    os_random(key, sizeof(key));
    (void)sodium_bin2hex(text, sizeof(text), key, sizeof(key));
    text[KEY_BYTES * 2] = '\n';
    Status status = os_write_file(cx, path, (Str){ text, sizeof(text) }, 0600);
    wipe(key, sizeof(key));
    wipe(text, sizeof(text));
    return status;
}

static Status key_file_check(Ctx *cx, const char *path)
{
    unsigned mode = 0;
    int64_t size = 0;
    TRY(os_file_mode(cx, path, &mode, &size));
    if ((mode & KEY_FILE_OTHERS) != 0)
        return FAIL(cx, UNAVAILABLE, "key.mode", NULL,
                    "%s has mode %04o: group and others must have no right to it", path, mode);
    if (!os_is_own_file(path))
        return FAIL(cx, UNAVAILABLE, "key.owner", NULL,
                    "%s is not a file that belongs to the user who runs this program", path);
    return STATUS_OK;
}

Status key_file_load(Ctx *cx, const char *path, bool create, uint8_t ret_key[KEY_BYTES])
{
    if (!os_exists(path)) {
        if (!create)
            return FAIL(cx, UNAVAILABLE, "key.missing", NULL, "there is no key file %s", path);
        TRY(key_file_make(cx, path));
    }
    TRY(key_file_check(cx, path));
    // Into a scope of its own: the text of the key does not stay in the request's memory.
    CLEANUP(arena_cleanup) Arena own = { 0 };
    Ctx inner = { .arena = &own, .scratch = &own, .now = cx->now, .lang = cx->lang };
    Str text = { 0 };
    if (os_read_file(&inner, path, KEY_FILE_MAX, &text) != STATUS_OK)
        return FAIL(cx, UNAVAILABLE, "key.broken", NULL, "%s cannot be read", path);
    bool ok = hex_parse(str_trim(text), ret_key, KEY_BYTES);
    sodium_memzero((char *)(uintptr_t)text.ptr, text.len);
    if (!ok)
        return FAIL(cx, UNAVAILABLE, "key.broken", NULL, "%s does not hold 64 hex digits", path);
    return STATUS_OK;
}

Keyring *keyring_new(const uint8_t master[KEY_BYTES])
{
    // Guard pages, wiped when freed, kept out of swap and core dumps as far as the limits allow.
    Keyring *k = sodium_malloc(sizeof(*k));
    check(k != NULL);
    sodium_memzero(k, sizeof(*k));
    memcpy(k->master, master, KEY_BYTES);
    return k;
}

void keyring_close(Keyring **k)
{
    if (*k != NULL)
        sodium_free(*k);
    *k = NULL;
}

const DataKey *keyring_find(const Keyring *k, uint32_t id)
{
    uint64_t len = atomic_load_explicit(&k->len, memory_order_acquire);
    for (uint64_t i = 0; i < len; i++)
        if (k->keys[i].id == id)
            return &k->keys[i];
    return NULL;
}

void put_u32(uint8_t to[4], uint32_t v)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(v >> (24 - 8 * i));
}

void put_u64(uint8_t to[8], uint64_t v)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)(v >> (56 - 8 * i));
}

// The id is authenticated: a wrapped key cannot stand in for another.
typedef struct WrapLabel {
    uint8_t bytes[sizeof(WRAP_LABEL) + 4];
} WrapLabel;

static WrapLabel wrap_label(uint32_t id)
{
    WrapLabel l = { 0 };
    memcpy(l.bytes, WRAP_LABEL, sizeof(WRAP_LABEL));
    put_u32(l.bytes + sizeof(WRAP_LABEL), id);
    return l;
}

static Str wrap(Arena *a, uint32_t id, const uint8_t data[KEY_BYTES],
                const uint8_t master[KEY_BYTES])
{
    uint8_t *to = arena_array(a, uint8_t, WRAPPED_BYTES);
    WrapLabel label = wrap_label(id);
    to[0] = WRAP_VERSION;
    os_random(to + 1, NONCE_BYTES);
    check(crypto_aead_xchacha20poly1305_ietf_encrypt(to + 1 + NONCE_BYTES, NULL, data, KEY_BYTES,
                                                     label.bytes, sizeof(label.bytes), NULL, to + 1,
                                                     master) == 0);
    return (Str){ (const char *)to, WRAPPED_BYTES };
}

// False when the ring is full.
static bool keyring_put(Keyring *k, uint32_t id, const uint8_t data[KEY_BYTES])
{
    static const char CONTEXT[crypto_kdf_CONTEXTBYTES] = "gx-data";
    enum { FOR_SEAL = 1, FOR_BLIND = 2 };
    uint64_t at = atomic_load(&k->len);
    if (at == KEYRING_MAX)
        return false;
    DataKey *key = &k->keys[at];
    key->id = id;
    memcpy(key->data, data, KEY_BYTES);
    check(crypto_kdf_derive_from_key(key->seal, KEY_BYTES, FOR_SEAL, CONTEXT, data) == 0);
    if (id == 1) {
        check(crypto_kdf_derive_from_key(k->blind, KEY_BYTES, FOR_BLIND, CONTEXT, data) == 0);
        atomic_store(&k->has_blind, 1);
    }
    atomic_store_explicit(&k->len, at + 1, memory_order_release);
    return true;
}

Str keyring_make(Keyring *k, Arena *a, uint32_t id)
{
    check(id > 0 && keyring_find(k, id) == NULL);
    uint8_t data[KEY_BYTES];
    os_random(data, sizeof(data));
    Str wrapped = wrap(a, id, data, k->master);
    check(keyring_put(k, id, data));
    wipe(data, sizeof(data));
    return wrapped;
}

static bool unwrap(const Keyring *k, uint32_t id, Str wrapped, uint8_t ret[KEY_BYTES])
{
    WrapLabel label = wrap_label(id);
    const uint8_t *p = (const uint8_t *)wrapped.ptr;
    return id != 0 && wrapped.len == WRAPPED_BYTES && p[0] == WRAP_VERSION &&
           crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, p + 1 + NONCE_BYTES,
                                                      KEY_BYTES + TAG_BYTES, label.bytes,
                                                      sizeof(label.bytes), p + 1, k->master) == 0;
}

bool keyring_opens(const Keyring *k, uint32_t id, Str wrapped)
{
    uint8_t data[KEY_BYTES];
    bool opens = unwrap(k, id, wrapped, data);
    wipe(data, sizeof(data));
    return opens;
}

Status keyring_add(Ctx *cx, Keyring *k, uint32_t id, Str wrapped)
{
    uint8_t data[KEY_BYTES];
    if (!unwrap(k, id, wrapped, data))
        return FAIL(cx, UNAVAILABLE, "key.wrong", NULL,
                    "data key %u was wrapped by another master key", id);
    const DataKey *have = keyring_find(k, id);
    bool same = have != NULL && bytes_equal(have->data, data, KEY_BYTES);
    bool ok = same || (have == NULL && keyring_put(k, id, data));
    wipe(data, sizeof(data));
    if (!ok)
        return FAIL(cx, UNAVAILABLE, have == NULL ? "key.many" : "key.twice", NULL,
                    "data key %u cannot be taken into the ring", id);
    return STATUS_OK;
}

void keyring_use(Keyring *k, uint32_t id)
{
    const DataKey *key = keyring_find(k, id);
    check(key != NULL);
    atomic_store(&k->use, (uint64_t)(key - k->keys) + 1);
}

Str keyring_rewrap(Keyring *k, Arena *a, uint32_t id, const uint8_t new_master[KEY_BYTES])
{
    const DataKey *key = keyring_find(k, id);
    check(key != NULL);
    return wrap(a, id, key->data, new_master);
}
