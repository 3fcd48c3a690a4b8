#include "crypto/crypto.h"
#include "kit/kit.h"

#define SECRET S("12345678901234567890")

// RFC 6238 appendix B prints eight digits; ours are the last six of them.
TEST(codes_are_those_of_rfc_6238)
{
    static const struct {
        int64_t seconds;
        Str code;
    } ROWS[] = {
        { 59, S_INIT("287082") },         { 1111111109, S_INIT("081804") },
        { 1111111111, S_INIT("050471") }, { 1234567890, S_INIT("005924") },
        { 2000000000, S_INIT("279037") }, { 20000000000, S_INIT("353130") },
    };
    crypto_init();
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Instant now = { ROWS[i].seconds * 1000 };
        int64_t step = 0;
        CHECK_STR(totp_code(kit_arena(), SECRET, now), ROWS[i].code);
        CHECK(totp_check(SECRET, ROWS[i].code, now, &step));
        CHECK_INT(step, ROWS[i].seconds / 30);
    }
}

TEST(one_step_either_way_is_forgiven)
{
    static const struct {
        int64_t seconds; // from the beginning of the code's step
        bool ok;
    } ROWS[] = { { 0, true },   { 29, true }, { 30, true },  { 59, true },
                 { 60, false }, { -1, true }, { -30, true }, { -31, false } };
    crypto_init();
    int64_t start = 1234567890; // divides by 30
    Str code = totp_code(kit_arena(), SECRET, (Instant){ start * 1000 });
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        int64_t step = -7;
        bool ok = totp_check(SECRET, code, (Instant){ (start + ROWS[i].seconds) * 1000 }, &step);
        CHECK_ROW(ok == ROWS[i].ok, "%lld s", (long long)ROWS[i].seconds);
        CHECK_INT(step, ROWS[i].ok ? start / 30 : -7);
    }
}

TEST(what_is_no_code_is_refused)
{
    static const Str ROWS[] = { S_INIT(""),         S_INIT("28708"),  S_INIT("2870822"),
                                S_INIT("94287082"), S_INIT("28708a"), S_INIT(" 287082") };
    crypto_init();
    int64_t step = 0;
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        CHECK_ROW(!totp_check(SECRET, ROWS[i], (Instant){ 59000 }, &step), STR_FMT,
                  STR_ARG(ROWS[i]));
    CHECK(!totp_check(SECRET, S("287082"), (Instant){ -1 }, &step));
    CHECK(
        totp_check(SECRET, totp_code(kit_arena(), SECRET, (Instant){ 0 }), (Instant){ 0 }, &step));
}

TEST(secret_and_uri)
{
    crypto_init();
    Str secret = totp_secret(kit_arena());
    CHECK_INT(secret.len, 20);
    CHECK(!str_eq(secret, totp_secret(kit_arena())));
    CHECK_STR(totp_base32(kit_arena(), SECRET), S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    CHECK_STR(totp_base32(kit_arena(), S("foo")), S("MZXW6"));
    CHECK_STR(totp_uri(kit_arena(), SECRET, S("\xe5\x85\xb3 & co"), S("li@example.com")),
              S("otpauth://totp/%E5%85%B3%20%26%20co:li%40example.com"
                "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%85%B3%20%26%20co"
                "&algorithm=SHA1&digits=6&period=30"));
}

TEST(qr_is_a_square_picture_of_paths)
{
    Str svg = qr_svg(kit_arena(), S("hello"));
    // Version 1 has 21 modules, with a quiet zone of 4 on each side; the finder patterns open it.
    CHECK(str_starts(svg, S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\"")));
    CHECK(str_find(svg, S("d=\"M4 4h7v1H4z"), 0) < svg.len);
    CHECK(str_find(svg, S("M18 4h7v1H18z"), 0) < svg.len);
    CHECK(str_ends(svg, S("z\"/></svg>")));
    CHECK(str_find(svg, S("style"), 0) == svg.len);
    CHECK_INT(qr_svg(kit_arena(), S("")).len, 0);
    Buf b = buf_new(kit_arena(), 10000);
    while (b.len < 2400)
        buf_char(&b, 'x');
    CHECK_INT(qr_svg(kit_arena(), buf_str(&b)).len, 0);
    CHECK(qr_svg(kit_arena(), str_sub(buf_str(&b), 0, 2000)).len > 0);
}
