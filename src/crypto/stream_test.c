// Sealed streams: what comes out is what went in, in this order, to its end, or nothing.
#include "crypto/crypto.h"
#include "kit/kit.h"

enum { BLOCKS = 4, BLOCK = 100, SEALED = BLOCK + SEAL_BLOCK_EXTRA };

typedef struct Sealed {
    uint8_t header[SEAL_HEADER_BYTES];
    uint8_t blocks[BLOCKS][SEALED];
} Sealed;

static const uint8_t KEY[KEY_BYTES] = { 1, 2, 3 };

static Str plain_block(char *to, int n)
{
    memset(to, 'a' + n, BLOCK);
    return (Str){ to, BLOCK };
}

static Sealed make(void)
{
    Sealed s = { 0 };
    SealStream stream;
    crypto_init();
    seal_stream_start(&stream, KEY, s.header);
    for (int i = 0; i < BLOCKS; i++) {
        char plain[BLOCK];
        seal_stream_add(&stream, S("store"), plain_block(plain, i), i == BLOCKS - 1, s.blocks[i]);
    }
    return s;
}

typedef struct Story {
    const char *what;
    int order[BLOCKS];
    int blocks; // given to the reader
    int flip;   // bit of the first block, -1: none
    bool other_key, other_place, whole;
} Story;

static const Story STORIES[] = {
    { "as it was", { 0, 1, 2, 3 }, 4, -1, false, false, true },
    { "cut at the end", { 0, 1, 2 }, 3, -1, false, false, false },
    { "two blocks swapped", { 0, 2, 1, 3 }, 4, -1, false, false, false },
    { "a block twice", { 0, 1, 1, 3 }, 4, -1, false, false, false },
    { "the first left out", { 1, 2, 3 }, 3, -1, false, false, false },
    { "first bit flipped", { 0, 1, 2, 3 }, 4, 0, false, false, false },
    { "last bit flipped", { 0, 1, 2, 3 }, 4, SEALED * 8 - 1, false, false, false },
    { "another key", { 0, 1, 2, 3 }, 4, -1, true, false, false },
    { "another place", { 0, 1, 2, 3 }, 4, -1, false, true, false },
};

static bool opens(const Story *t, Sealed *s)
{
    uint8_t key[KEY_BYTES] = { 1, 2, 3 };
    SealStream stream;
    bool last = false;
    if (t->other_key)
        key[31] = 1;
    if (t->flip >= 0)
        s->blocks[t->order[0]][t->flip / 8] ^= (uint8_t)(1u << (t->flip % 8));
    if (!unseal_stream_start(&stream, key, s->header))
        return false;
    for (int i = 0; i < t->blocks; i++) {
        uint8_t out[BLOCK];
        char plain[BLOCK];
        Str sealed = { (const char *)s->blocks[t->order[i]], SEALED };
        if (last || !unseal_stream_add(&stream, t->other_place ? S("files/x") : S("store"), sealed,
                                       out, &last))
            return false;
        CHECK_ROW(memcmp(out, plain_block(plain, t->order[i]).ptr, BLOCK) == 0, "%s", t->what);
    }
    return last;
}

TEST(a_stream_opens_whole_or_not_at_all)
{
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Sealed s = make();
        CHECK_ROW(opens(&STORIES[i], &s) == STORIES[i].whole, "%s", STORIES[i].what);
    }
}

TEST(what_is_too_short_for_a_block_does_not_open)
{
    Sealed s = make();
    SealStream stream;
    uint8_t out[1];
    bool last = false;
    CHECK(unseal_stream_start(&stream, KEY, s.header));
    CHECK(!unseal_stream_add(&stream, S("store"),
                             (Str){ (const char *)s.blocks[0], SEAL_BLOCK_EXTRA - 1 }, out, &last));
    CHECK(!unseal_stream_add(&stream, S("store"), (Str){ NULL, 0 }, out, &last));
}

TEST(derived_keys_differ_by_purpose_and_master)
{
    uint8_t one[KEY_BYTES] = { 1 };
    uint8_t two[KEY_BYTES] = { 2 };
    uint8_t a[KEY_BYTES], b[KEY_BYTES], c[KEY_BYTES], again[KEY_BYTES];
    crypto_init();
    Keyring *k = keyring_new(one);
    Keyring *other = keyring_new(two);
    keyring_derive(k, "backup", a);
    keyring_derive(k, "backup", again);
    keyring_derive(k, "backups", b);
    keyring_derive(other, "backup", c);
    CHECK(bytes_equal(a, again, KEY_BYTES));
    CHECK(!bytes_equal(a, b, KEY_BYTES));
    CHECK(!bytes_equal(a, c, KEY_BYTES));
    CHECK(!bytes_equal(a, one, KEY_BYTES));
    keyring_close(&k);
    keyring_close(&other);
}
