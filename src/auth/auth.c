// State of the process: the hash pool, snapshots of rights, request rates, the set-up token.
#include "auth/auth_internal.h"

#include <unistd.h>

Auth *auth_open(const char *outbox_dir)
{
    Auth *a = mem_alloc(sizeof(Auth));
    a->outbox = arena_dup(&a->arena, str_z(outbox_dir));
    a->buckets = mem_alloc(sizeof(Bucket) * BUCKETS);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    a->hash_max = cores < 1 ? 1 : (int)cores;
    mutex_init(&a->lock);
    cond_init(&a->hash_free);
    return a;
}

void auth_close(Auth **a)
{
    Auth *mine = *a;
    if (mine == NULL)
        return;
    snapshots_clear(mine);
    mem_free(mine->buckets);
    cond_done(&mine->hash_free);
    mutex_done(&mine->lock);
    arena_reset(&mine->arena);
    mem_free(mine);
    *a = NULL;
}

void auth_hooks(Auth *a, AuthHooks hooks)
{
    a->hooks = hooks;
}

void auth_ended(Req *rq, Id user)
{
    const Auth *a = auth_of(rq->app);
    if (a->hooks.ended != NULL)
        a->hooks.ended(rq->app, user);
}

Str token_new(Arena *a)
{
    return os_random_text(a, TOKEN_BYTES);
}

Str token_digest(Arena *a, Str token)
{
    uint8_t digest[DIGEST_BYTES];
    sha256(token, digest);
    return arena_dup(a, (Str){ (const char *)digest, sizeof(digest) });
}

Str keyed(const Ctx *cx, const char *purpose, Str text)
{
    check(cx->catalog->keys != NULL);
    return blind_index(cx->catalog->keys, cx->arena, purpose, text);
}
