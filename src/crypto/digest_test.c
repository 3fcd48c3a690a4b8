#include "crypto/crypto.h"
#include "kit/kit.h"

static Str hex_of(const uint8_t *p, size_t n)
{
    return hex(kit_arena(), p, n);
}

TEST(sha256_gives_the_published_digests)
{
    static const struct {
        Str text, want;
    } ROWS[] = {
        { S_INIT(""), S_INIT("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") },
        { S_INIT("abc"),
          S_INIT("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") },
        { S_INIT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
          S_INIT("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1") },
    };
    crypto_init();
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        uint8_t whole[DIGEST_BYTES];
        uint8_t parts[DIGEST_BYTES];
        sha256(ROWS[i].text, whole);
        CHECK_STR(hex_of(whole, sizeof(whole)), ROWS[i].want);
        Sha256 h;
        sha256_start(&h);
        for (size_t k = 0; k < ROWS[i].text.len; k++)
            sha256_add(&h, str_sub(ROWS[i].text, k, 1));
        sha256_end(&h, parts);
        CHECK(bytes_equal(whole, parts, DIGEST_BYTES));
    }
}

TEST(hmac_gives_the_digests_of_rfc_4231)
{
    crypto_init();
    uint8_t got[DIGEST_BYTES];
    hmac_sha256(
        S("\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b"),
        S("Hi There"), got);
    CHECK_STR(hex_of(got, sizeof(got)),
              S("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    hmac_sha256(S("Jefe"), S("what do ya want for nothing?"), got);
    CHECK_STR(hex_of(got, sizeof(got)),
              S("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    // Longer than a block: the key itself is hashed.
    char key[131];
    memset(key, 0xaa, sizeof(key));
    hmac_sha256((Str){ key, sizeof(key) },
                S("Test Using Larger Than Block-Size Key - Hash Key First"), got);
    CHECK_STR(hex_of(got, sizeof(got)),
              S("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

TEST(hex_is_exact)
{
    static const struct {
        Str text;
        bool ok;
    } ROWS[] = {
        { S_INIT("00ff10"), true },    { S_INIT("00FF10"), true },  { S_INIT("00ff1"), false },
        { S_INIT("00ff1000"), false }, { S_INIT("00ff1g"), false }, { S_INIT("00 f10"), false },
        { S_INIT(""), false },         { S_INIT("0x00ff"), false },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        uint8_t to[3] = { 0 };
        CHECK_ROW(hex_parse(ROWS[i].text, to, sizeof(to)) == ROWS[i].ok, STR_FMT,
                  STR_ARG(ROWS[i].text));
        if (ROWS[i].ok)
            CHECK_STR(hex_of(to, sizeof(to)), S("00ff10"));
    }
}

TEST(base64url_is_strict)
{
    static const struct {
        Str bytes, text;
    } PAIRS[] = {
        { S_INIT(""), S_INIT("") },
        { S_INIT("f"), S_INIT("Zg") },
        { S_INIT("fo"), S_INIT("Zm8") },
        { S_INIT("foo"), S_INIT("Zm9v") },
        { S_INIT("foobar"), S_INIT("Zm9vYmFy") },
        { S_INIT("\xfb\xff\xfe"), S_INIT("-__-") },
    };
    static const Str WRONG[] = {
        S_INIT("Zg=="), S_INIT("+//+"), S_INIT("Z"), S_INIT("Zm 8"), S_INIT("Zh"), S_INIT("Zm9v!"),
    };
    Str got = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(PAIRS); i++) {
        CHECK_STR(base64url(kit_arena(), PAIRS[i].bytes), PAIRS[i].text);
        CHECK(base64url_parse(kit_arena(), PAIRS[i].text, &got));
        CHECK_STR(got, PAIRS[i].bytes);
    }
    for (size_t i = 0; i < ARRAY_LEN(WRONG); i++)
        CHECK_ROW(!base64url_parse(kit_arena(), WRONG[i], &got), STR_FMT, STR_ARG(WRONG[i]));
}

TEST(equal_and_wipe)
{
    char a[] = "secret";
    char b[] = "secreT";
    CHECK(!bytes_equal(a, b, 6));
    CHECK(bytes_equal(a, b, 5));
    CHECK(bytes_equal(a, b, 0));
    wipe(a, sizeof(a));
    for (size_t i = 0; i < sizeof(a); i++)
        CHECK_INT(a[i], 0);
}
