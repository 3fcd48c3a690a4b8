#include "crypto/crypto.h"
#include "kit/kit.h"

TEST(hash_says_its_parameters)
{
    crypto_init();
    Str phc = password_hash(kit_arena(), S("correct horse"));
    CHECK_ROW(str_starts(phc, S("$argon2id$v=19$m=19456,t=2,p=1$")), STR_FMT, STR_ARG(phc));
    CHECK(!password_is_weak_hash(phc));
    CHECK(password_verify(phc, S("correct horse")));
    CHECK(!password_verify(phc, S("correct hors")));
    CHECK(!password_verify(phc, S("correct horse\0")));
    CHECK(!password_verify(phc, S("")));
    CHECK_ROW(!str_eq(phc, password_hash(kit_arena(), S("correct horse"))), "the salt is missing");
}

// Of the reference implementation's own tests (password "password", salt "somesalt").
#define KNOWN "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"

TEST(hash_of_another_program_verifies_and_counts_as_weak)
{
    crypto_init();
    CHECK(password_verify(S(KNOWN), S("password")));
    CHECK(!password_verify(S(KNOWN), S("passwore")));
    CHECK(password_is_weak_hash(S(KNOWN)));
}

TEST(weak_is_less_than_today)
{
    static const struct {
        Str phc;
        bool weak;
    } ROWS[] = {
        { S_INIT("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"), false },
        { S_INIT("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"), false },
        { S_INIT("$argon2id$v=19$m=19455,t=2,p=1$c2FsdA$aGFzaA"), true },
        { S_INIT("$argon2id$v=19$m=19456,t=1,p=1$c2FsdA$aGFzaA"), true },
        { S_INIT("$argon2i$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA"), true },
        { S_INIT("$2b$12$abcdefghijklmnopqrstuv"), true },
        { S_INIT(""), true },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++)
        CHECK_ROW(password_is_weak_hash(ROWS[i].phc) == ROWS[i].weak, STR_FMT,
                  STR_ARG(ROWS[i].phc));
}

TEST(broken_or_greedy_hash_verifies_nothing)
{
    static const Str ROWS[] = {
        S_INIT(""),
        S_INIT("$argon2id$"),
        S_INIT("$argon2id$v=19$m=19456,t=2,p=1$"),
        S_INIT("$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/"
               "uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
        S_INIT("$argon2id$v=19$m=256,t=4294967295,p=1$c29tZXNhbHQ$nf65EOgLrQMR/"
               "uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
        S_INIT(
            "$argon2id$v=19$m=-1,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
        S_INIT("password"),
    };
    crypto_init();
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        CHECK_ROW(!password_verify(ROWS[i], S("password")), STR_FMT, STR_ARG(ROWS[i]));
        CHECK(!password_verify(ROWS[i], (Str){ 0 }));
    }
}
