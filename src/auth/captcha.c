// A captcha of our own: the browser finds the number whose SHA-256 is given. It costs a person
// nothing and a robot a second a guess; nobody else is asked, and it needs no eyes.
#include "auth/auth_internal.h"

#include <inttypes.h>

enum { CAPTCHA_MAX = 50000, CAPTCHA_MS = 5 * 60 * 1000 };

static Str digest_hex(Arena *a, Str s)
{
    uint8_t digest[DIGEST_BYTES];
    sha256(s, digest);
    return hex(a, digest, sizeof(digest));
}

// Binds the puzzle to the network it was given to. The salt carries its end, so nothing is kept.
static Str sign(Ctx *cx, Str challenge, Str salt, Str network)
{
    Str text = arena_fmt(cx->arena, STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(challenge),
                         STR_ARG(salt), STR_ARG(network));
    Str mac = keyed(cx, "captcha", text);
    return hex(cx->arena, (const uint8_t *)mac.ptr, mac.len);
}

void captcha_json(Ctx *cx, Str network, JsonOut *j)
{
    int64_t number = (int64_t)(os_random_u64() % (CAPTCHA_MAX + 1));
    Str salt = arena_fmt(cx->arena,
                         STR_FMT "."
                                 "%" PRId64 ".",
                         STR_ARG(os_random_text(cx->arena, 12)), cx->now.ms + CAPTCHA_MS);
    Str challenge =
        digest_hex(cx->arena, arena_fmt(cx->arena, STR_FMT "%" PRId64, STR_ARG(salt), number));
    json_open(j);
    json_key_str(j, "algorithm", S("SHA-256"));
    json_key_str(j, "challenge", challenge);
    json_key_str(j, "salt", salt);
    json_key_str(j, "signature", sign(cx, challenge, salt, network));
    json_key_int(j, "max", CAPTCHA_MAX);
    json_close(j);
}

static bool is_solved(Ctx *cx, Str network, const Json *answer, Str challenge, Instant *ret_until)
{
    Str salt = json_text(answer, "salt", (Str){ 0 });
    Str signature = json_text(answer, "signature", (Str){ 0 });
    int64_t number = json_num(answer, "number", -1);
    Str expected = sign(cx, challenge, salt, network);
    if (signature.len != expected.len || !bytes_equal(signature.ptr, expected.ptr, expected.len))
        return false;
    Str rest = salt;
    (void)str_split(&rest, '.');
    if (!str_int(str_split(&rest, '.'), &ret_until->ms) || ret_until->ms < cx->now.ms)
        return false;
    return str_eq(challenge, digest_hex(cx->arena, arena_fmt(cx->arena, STR_FMT "%" PRId64,
                                                             STR_ARG(salt), number)));
}

Status captcha_take(Ctx *cx, Db *db, Str network, const Json *answer)
{
    Instant until = { 0 };
    bool fresh = false;
    Str challenge = json_text(answer, "challenge", (Str){ 0 });
    if (is_solved(cx, network, answer, challenge, &until))
        TRY(used_once(cx, db, keyed(cx, "captcha.used", challenge), until, &fresh));
    if (!fresh)
        return FAIL(cx, UNAUTHENTICATED, "captcha.wrong", NULL,
                    "The captcha is wrong, old or used already.");
    return STATUS_OK;
}
