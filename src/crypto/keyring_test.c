#include "crypto/crypto.h"
#include "kit/kit.h"
#include "os/os.h"

static const uint8_t MASTER[KEY_BYTES] = { 1, 2, 3 };
static const uint8_t OTHER[KEY_BYTES] = { 1, 2, 4 };
static const SealPlace PLACE = { "customer", "phone", 42 };

static Keyring *ring(void)
{
    crypto_init();
    Keyring *k = keyring_new(MASTER);
    (void)keyring_make(k, kit_arena(), 1);
    keyring_use(k, 1);
    return k;
}

static const char *key_path(void)
{
    return arena_fmt(kit_arena(), "%s/key", kit_dir()).ptr;
}

TEST(sealed_value_opens_in_its_place)
{
    static const Str PLAIN[] = { S_INIT(""), S_INIT("13800138000"), S_INIT("a\0b"),
                                 S_INIT("\xe5\x8c\x97\xe4\xba\xac") };
    CLEANUP(keyring_close) Keyring *k = ring();
    for (size_t i = 0; i < ARRAY_LEN(PLAIN); i++) {
        Str sealed = seal(k, kit_arena(), PLACE, PLAIN[i]);
        CHECK_INT(sealed.len, 1 + 1 + 4 + 24 + PLAIN[i].len + 16);
        CHECK(memcmp(sealed.ptr, "\1\1\0\0\0\1", 6) == 0);
        Str got = { 0 };
        CHECK_OK(unseal(kit_ctx(), k, kit_arena(), PLACE, sealed, &got));
        CHECK_STR(got, PLAIN[i]);
    }
    Str once = seal(k, kit_arena(), PLACE, PLAIN[1]);
    Str again = seal(k, kit_arena(), PLACE, PLAIN[1]);
    CHECK_ROW(!str_eq(once, again), "the same text twice must not look the same");
}

TEST(every_changed_byte_is_refused)
{
    CLEANUP(keyring_close) Keyring *k = ring();
    (void)keyring_make(k, kit_arena(), 2); // so that a changed key id may name a key that exists
    (void)keyring_make(k, kit_arena(), 3);
    Str sealed = seal(k, kit_arena(), PLACE, S("13800138000"));
    char *p = arena_cstr(kit_arena(), sealed);
    for (size_t i = 0; i < sealed.len; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            Str got = S("untouched");
            p[i] = (char)(p[i] ^ (1 << bit));
            CHECK_STATUS(unseal(kit_ctx(), k, kit_arena(), PLACE, (Str){ p, sealed.len }, &got),
                         INTERNAL);
            CHECK_ROW(str_eq(got, S("untouched")), "byte %zu", i);
            p[i] = (char)(p[i] ^ (1 << bit));
        }
    }
    CHECK_STR(str_z(kit_ctx()->errors->code), S("sealed.broken"));
    for (size_t len = 0; len < sealed.len; len++) {
        Str got = { 0 };
        CHECK_STATUS(unseal(kit_ctx(), k, kit_arena(), PLACE, str_sub(sealed, 0, len), &got),
                     INTERNAL);
    }
    Str longer = arena_fmt(kit_arena(), "%*s", (int)sealed.len + 1, "");
    memcpy((char *)(uintptr_t)longer.ptr, sealed.ptr, sealed.len);
    CHECK_STATUS(unseal(kit_ctx(), k, kit_arena(), PLACE, longer, &sealed), INTERNAL);
}

TEST(moved_value_is_refused)
{
    static const SealPlace ELSEWHERE[] = {
        { "customer", "phone", 43 },  { "customer", "phone", -42 }, { "customer", "email", 42 },
        { "customers", "phone", 42 }, { "customerp", "hone", 42 },  { "", "customerphone", 42 },
    };
    CLEANUP(keyring_close) Keyring *k = ring();
    Str sealed = seal(k, kit_arena(), PLACE, S("x"));
    for (size_t i = 0; i < ARRAY_LEN(ELSEWHERE); i++) {
        Str got = { 0 };
        Status s = unseal(kit_ctx(), k, kit_arena(), ELSEWHERE[i], sealed, &got);
        CHECK_ROW(s == STATUS_INTERNAL, "%s.%s", ELSEWHERE[i].table, ELSEWHERE[i].column);
    }
}

TEST(value_of_a_missing_key_is_refused)
{
    CLEANUP(keyring_close) Keyring *k = ring();
    (void)keyring_make(k, kit_arena(), 0xfedcba98);
    keyring_use(k, 0xfedcba98);
    Str sealed = seal(k, kit_arena(), PLACE, S("x"));
    CHECK(memcmp(sealed.ptr + 2, "\xfe\xdc\xba\x98", 4) == 0);
    CLEANUP(keyring_close) Keyring *without = ring();
    Str got = { 0 };
    CHECK_STATUS(unseal(kit_ctx(), without, kit_arena(), PLACE, sealed, &got), INTERNAL);
    CHECK_OK(unseal(kit_ctx(), k, kit_arena(), PLACE, sealed, &got));
}

TEST(stored_keys_open_in_a_new_ring_and_old_values_stay_readable)
{
    Ctx *cx = kit_ctx();
    crypto_init();
    CLEANUP(keyring_close) Keyring *k = keyring_new(MASTER);
    Str first = keyring_make(k, kit_arena(), 1);
    Str second = keyring_make(k, kit_arena(), 2);
    CHECK_INT(first.len, 73);
    keyring_use(k, 1);
    Str old = seal(k, kit_arena(), PLACE, S("old"));
    keyring_use(k, 2);
    Str new = seal(k, kit_arena(), PLACE, S("new"));
    CLEANUP(keyring_close) Keyring *later = keyring_new(MASTER);
    CHECK_OK(keyring_add(cx, later, 2, second));
    CHECK_OK(keyring_add(cx, later, 1, first));
    CHECK_OK(keyring_add(cx, later, 1, first));
    Str got = { 0 };
    CHECK_OK(unseal(cx, later, kit_arena(), PLACE, old, &got));
    CHECK_STR(got, S("old"));
    CHECK_OK(unseal(cx, later, kit_arena(), PLACE, new, &got));
    CHECK_STR(got, S("new"));
    // The same id with another key would make values unreadable.
    CLEANUP(keyring_close) Keyring *stranger = keyring_new(MASTER);
    CHECK_STATUS(keyring_add(cx, later, 1, keyring_make(stranger, kit_arena(), 1)), UNAVAILABLE);
    CHECK_STR(str_z(cx->errors->code), S("key.twice"));
}

TEST(wrong_master_or_changed_wrapped_key_is_refused)
{
    Ctx *cx = kit_ctx();
    crypto_init();
    CLEANUP(keyring_close) Keyring *k = keyring_new(MASTER);
    Str wrapped = keyring_make(k, kit_arena(), 1);
    CLEANUP(keyring_close) Keyring *wrong = keyring_new(OTHER);
    CHECK_STATUS(keyring_add(cx, wrong, 1, wrapped), UNAVAILABLE);
    CHECK_STR(str_z(cx->errors->code), S("key.wrong"));
    CLEANUP(keyring_close) Keyring *right = keyring_new(MASTER);
    CHECK_STATUS(keyring_add(cx, right, 2, wrapped), UNAVAILABLE);
    CHECK_STATUS(keyring_add(cx, right, 1, str_sub(wrapped, 0, 72)), UNAVAILABLE);
    CHECK_STATUS(keyring_add(cx, right, 1, (Str){ 0 }), UNAVAILABLE);
    char *p = arena_cstr(kit_arena(), wrapped);
    for (size_t i = 0; i < wrapped.len; i++) {
        p[i] = (char)(p[i] ^ 1);
        CHECK_STATUS(keyring_add(cx, right, 1, (Str){ p, wrapped.len }), UNAVAILABLE);
        p[i] = (char)(p[i] ^ 1);
    }
    CHECK_OK(keyring_add(cx, right, 1, (Str){ p, wrapped.len }));
}

TEST(ring_is_bounded)
{
    CLEANUP(keyring_close) Keyring *k = keyring_new(MASTER);
    CLEANUP(keyring_close) Keyring *full = keyring_new(MASTER);
    for (uint32_t id = 1; id <= 64; id++)
        (void)keyring_make(full, kit_arena(), id);
    CHECK_STATUS(keyring_add(kit_ctx(), full, 65, keyring_make(k, kit_arena(), 65)), UNAVAILABLE);
    CHECK_STR(str_z(kit_ctx()->errors->code), S("key.many"));
}

TEST(rewrapped_key_opens_with_the_new_master_only)
{
    Ctx *cx = kit_ctx();
    CLEANUP(keyring_close) Keyring *k = ring();
    Str sealed = seal(k, kit_arena(), PLACE, S("x"));
    Str blind = blind_index(k, kit_arena(), "phone", S("1"));
    Str rewrapped = keyring_rewrap(k, kit_arena(), 1, OTHER);
    CHECK_INT(rewrapped.len, 73);
    CLEANUP(keyring_close) Keyring *old = keyring_new(MASTER);
    CHECK_STATUS(keyring_add(cx, old, 1, rewrapped), UNAVAILABLE);
    CLEANUP(keyring_close) Keyring *new = keyring_new(OTHER);
    CHECK_OK(keyring_add(cx, new, 1, rewrapped));
    Str got = { 0 };
    CHECK_OK(unseal(cx, new, kit_arena(), PLACE, sealed, &got));
    CHECK_STR(got, S("x"));
    CHECK_STR(blind_index(new, kit_arena(), "phone", S("1")), blind);
}

TEST(blind_index_is_stable_and_separated)
{
    CLEANUP(keyring_close) Keyring *k = ring();
    Str phone = blind_index(k, kit_arena(), "phone", S("13800138000"));
    CHECK_INT(phone.len, BLIND_BYTES);
    CHECK_STR(blind_index(k, kit_arena(), "phone", S("13800138000")), phone);
    CHECK(!str_eq(blind_index(k, kit_arena(), "phone", S("13800138001")), phone));
    CHECK(!str_eq(blind_index(k, kit_arena(), "phone.tail", S("13800138000")), phone));
    CHECK_ROW(!str_eq(blind_index(k, kit_arena(), "phone1", S("3800138000")), phone),
              "purpose and value run together");
    // The sealing key changes, the index does not.
    (void)keyring_make(k, kit_arena(), 2);
    keyring_use(k, 2);
    CHECK_STR(blind_index(k, kit_arena(), "phone", S("13800138000")), phone);
    CLEANUP(keyring_close) Keyring *stranger = ring();
    CHECK(!str_eq(blind_index(stranger, kit_arena(), "phone", S("13800138000")), phone));
}

TEST(key_file_is_made_once)
{
    Ctx *cx = kit_ctx();
    uint8_t key[KEY_BYTES] = { 0 };
    uint8_t again[KEY_BYTES] = { 0 };
    unsigned mode = 0;
    int64_t size = 0;
    CHECK_STATUS(key_file_load(cx, key_path(), false, key), UNAVAILABLE);
    CHECK_STR(str_z(cx->errors->code), S("key.missing"));
    CHECK(!os_exists(key_path()));
    CHECK_OK(key_file_load(cx, key_path(), true, key));
    CHECK_OK(os_file_mode(cx, key_path(), &mode, &size));
    CHECK_INT(mode, 0600);
    CHECK_INT(size, 65);
    CHECK_OK(key_file_load(cx, key_path(), true, again));
    CHECK(bytes_equal(key, again, KEY_BYTES));
    CHECK(!bytes_equal(key, (uint8_t[KEY_BYTES]){ 0 }, KEY_BYTES));
}

TEST(key_file_that_others_may_touch_is_refused)
{
    static const struct {
        unsigned mode;
        bool ok;
    } ROWS[] = { { 0400, true },  { 0600, true },  { 0640, false }, { 0604, false },
                 { 0620, false }, { 0602, false }, { 0610, false }, { 0644, false } };
    Str text = S("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        uint8_t key[KEY_BYTES] = { 0 };
        CHECK_OK(os_write_file(kit_ctx(), key_path(), text, ROWS[i].mode));
        Status s = key_file_load(kit_ctx(), key_path(), false, key);
        CHECK_ROW(s == (ROWS[i].ok ? STATUS_OK : STATUS_UNAVAILABLE), "mode %04o", ROWS[i].mode);
        if (ROWS[i].ok)
            CHECK_INT(key[31], 31);
        else
            CHECK_STR(str_z(kit_ctx()->errors->code), S("key.mode"));
    }
}

TEST(broken_key_file_is_refused)
{
    static const Str TEXTS[] = {
        S_INIT(""),
        S_INIT("\n"),
        S_INIT("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1"),
        S_INIT("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00"),
        S_INIT("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1x"),
    };
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++) {
        uint8_t key[KEY_BYTES];
        CHECK_OK(os_write_file(kit_ctx(), key_path(), TEXTS[i], 0600));
        CHECK_STATUS(key_file_load(kit_ctx(), key_path(), true, key), UNAVAILABLE);
        CHECK_STR(str_z(kit_ctx()->errors->code), S("key.broken"));
    }
}
