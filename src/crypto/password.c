#include "crypto/crypto.h"

#include <sodium.h>

// Today's least parameters (one lane is libsodium's only choice).
enum { PASSES = 2, MEMORY_KIB = 19456 };
// A hash that came in with a restored or hostile store must not cost gigabytes or minutes.
enum { PASSES_MAX = 16, MEMORY_KIB_MAX = 1024 * 1024 };

Str password_hash(Arena *a, Str password)
{
    char *to = arena_array(a, char, crypto_pwhash_STRBYTES);
    // Fails for lack of memory only.
    check(crypto_pwhash_str_alg(to, password.ptr == NULL ? "" : password.ptr, password.len, PASSES,
                                (size_t)MEMORY_KIB * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0);
    return str_z(to);
}

// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash": memory and passes; false when it is anything else.
static bool phc_cost(Str phc, int64_t *ret_kib, int64_t *ret_passes)
{
    static const Str HEAD = S_INIT("$argon2id$v=19$m=");
    if (!str_starts(phc, HEAD))
        return false;
    Str rest = str_sub(phc, HEAD.len, phc.len);
    Str memory = str_split(&rest, ',');
    Str passes = str_split(&rest, ',');
    return str_starts(passes, S("t=")) && str_int(memory, ret_kib) &&
           str_int(str_sub(passes, 2, passes.len), ret_passes);
}

bool password_verify(Str phc, Str password)
{
    int64_t kib = 0;
    int64_t passes = 0;
    char text[crypto_pwhash_STRBYTES] = { 0 };
    if (phc.len >= sizeof(text) || !phc_cost(phc, &kib, &passes) || kib > MEMORY_KIB_MAX ||
        passes > PASSES_MAX)
        return false;
    memcpy(text, phc.ptr, phc.len);
    return crypto_pwhash_str_verify(text, password.ptr == NULL ? "" : password.ptr, password.len) ==
           0;
}

bool password_is_weak_hash(Str phc)
{
    int64_t kib = 0;
    int64_t passes = 0;
    return !phc_cost(phc, &kib, &passes) || kib < MEMORY_KIB || passes < PASSES;
}
