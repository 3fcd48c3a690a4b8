// Brakes: request rates in memory, guesses in the store where all servers see them.
#include "auth/auth_internal.h"

#include <inttypes.h>

// --- request rates: token buckets in a fixed table; a newcomer takes the place of the one of its
// group that was idle longest, so a million addresses cost no more memory than a hundred.

bool bucket_take(Auth *a, Str kind, Str key, int64_t per_minute)
{
    enum { ONE = 1000000 };
    if (per_minute <= 0)
        return true;
    uint64_t hash = (map_hash(key) ^ (map_hash(kind) * 0x9e3779b97f4a7c15ull)) | 1;
    Bucket *group = &a->buckets[hash % (BUCKETS / BUCKET_WAYS) * BUCKET_WAYS];
    int64_t now = os_monotonic_us();
    mutex_lock(&a->lock);
    Bucket *b = &group[0];
    for (int i = 0; i < BUCKET_WAYS; i++) {
        if (group[i].key == hash) {
            b = &group[i];
            break;
        }
        if (group[i].at_us < b->at_us)
            b = &group[i];
    }
    if (b->key != hash)
        *b = (Bucket){ .key = hash, .at_us = now, .left_e6 = per_minute * ONE };
    // per_minute / 60 s, in millionths per microsecond
    int64_t idle = now - b->at_us > 60 * ONE ? 60 * ONE : now - b->at_us;
    int64_t left = b->left_e6 + idle * per_minute / 60;
    left = left > per_minute * ONE ? per_minute * ONE : left;
    bool ok = left >= ONE;
    b->left_e6 = ok ? left - ONE : left;
    b->at_us = now;
    mutex_unlock(&a->lock);
    return ok;
}

// --- guesses

enum {
    CAPTCHA_AFTER = 5,
    LOCK_AFTER = 10,
    NETWORK_CAPTCHA_AFTER = 30, // one office behind one address
    NETWORK_LOCK_AFTER = 100,
    ACCOUNT_CAPTCHA_AFTER = 20, // guesses at one account from many places: never a lock
    CODE_LOCK_AFTER = 5,
    LOCK_MINUTES = 15,
    LOCK_MOST_MINUTES = 24 * 60,
    MINUTE_MS = 60 * 1000,
};
static const int64_t FORGET_MS = 24LL * 60 * MINUTE_MS;

typedef struct Failures {
    int64_t count, locks, locked_until, last_at;
} Failures;

// Two attempts at the same moment must not read the same count: the row is made and held first.
static Status failures_hold(Ctx *cx, Db *db, Str key)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO login_failure (key_hash, failures, locks, locked_until, last_at)"
                   " VALUES ("));
    sql_blob(q, key);
    sql_add(q, SQL(", 0, 0, 0, "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(") ON CONFLICT (key_hash) DO UPDATE SET failures = login_failure.failures"));
    return db_exec(cx, db, q, NULL);
}

static Status failures_read(Ctx *cx, Db *db, Str key, Failures *ret)
{
    *ret = (Failures){ 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT failures, locks, locked_until, last_at FROM login_failure"
                   " WHERE key_hash = "));
    sql_blob(q, key);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        *ret = (Failures){ stmt_int(st, 0), stmt_int(st, 1), stmt_int(st, 2), stmt_int(st, 3) };
    TRY(stmt_end(cx, &st));
    int64_t quiet_since = ret->locked_until > ret->last_at ? ret->locked_until : ret->last_at;
    if (cx->now.ms - quiet_since > FORGET_MS)
        *ret = (Failures){ 0 };
    return STATUS_OK;
}

static Status failures_write(Ctx *cx, Db *db, Str key, const Failures *f)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO login_failure (key_hash, failures, locks, locked_until, last_at)"
                   " VALUES ("));
    sql_blob(q, key);
    sql_add(q, SQL(", "));
    sql_int(q, f->count);
    sql_add(q, SQL(", "));
    sql_int(q, f->locks);
    sql_add(q, SQL(", "));
    sql_int(q, f->locked_until);
    sql_add(q, SQL(", "));
    sql_int(q, f->last_at);
    sql_add(q, SQL(") ON CONFLICT (key_hash) DO UPDATE SET failures = excluded.failures,"
                   " locks = excluded.locks, locked_until = excluded.locked_until,"
                   " last_at = excluded.last_at"));
    return db_exec(cx, db, q, NULL);
}

static Status failures_forget(Ctx *cx, Db *db, Str key)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM login_failure WHERE key_hash = "));
    sql_blob(q, key);
    return db_exec(cx, db, q, NULL);
}

static Status locked(Ctx *cx, int64_t until)
{
    int64_t minutes = (until - cx->now.ms + MINUTE_MS - 1) / MINUTE_MS;
    (void)FAIL(cx, RATE_LIMITED, "login.locked", NULL,
               "Too many wrong attempts. Try again in %" PRId64 " minutes.", minutes);
    return ctx_fail_args(cx, STATUS_RATE_LIMITED, arena_fmt(cx->arena, "%" PRId64, minutes),
                         (Str){ 0 });
}

// After a lock the count starts where the captcha begins, so that every five further failures
// lock again, each time twice as long.
static void count_one(const Ctx *cx, Failures *f, int64_t lock_after, int64_t restart)
{
    f->count++;
    f->last_at = cx->now.ms;
    if (lock_after == 0 || f->count < lock_after)
        return;
    int64_t minutes = f->locks > 6 ? LOCK_MOST_MINUTES : LOCK_MINUTES << f->locks;
    if (minutes > LOCK_MOST_MINUTES)
        minutes = LOCK_MOST_MINUTES;
    f->locked_until = cx->now.ms + minutes * MINUTE_MS;
    f->locks++;
    f->count = restart;
}

Str network_of(Arena *a, Str peer)
{
    // fe80:1:2:3:… : one subscriber has a whole /64.
    size_t at = 0;
    int groups = 0;
    if (str_find_char(peer, '.', 0) < peer.len || str_find_char(peer, ':', 0) == peer.len)
        return arena_dup(a, peer);
    for (; at < peer.len && groups < 4; at++)
        groups += peer.ptr[at] == ':';
    return arena_dup(a, str_sub(peer, 0, at));
}

Attempt attempt_of(Ctx *cx, Str account, Str network, Str device)
{
    Str name = text_fold(cx->arena, str_sub(account, 0, 256));
    Attempt t = { .known_device = device.len > 0 };
    Str place = device.len > 0 ? device : network;
    t.keys[t.n++] = keyed(cx, "login.place",
                          arena_fmt(cx->arena, STR_FMT "|" STR_FMT, STR_ARG(name), STR_ARG(place)));
    if (device.len > 0)
        return t;
    t.keys[t.n++] = keyed(cx, "login.network", network);
    t.keys[t.n++] = keyed(cx, "login.account", name);
    return t;
}

static Status sweep(Ctx *cx, Db *db)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("DELETE FROM login_failure WHERE last_at < "));
    sql_int(q, cx->now.ms - 2 * FORGET_MS);
    return db_exec(cx, db, q, NULL);
}

Status attempt_count(Ctx *cx, Db *db, const Attempt *t, bool solved)
{
    static const struct {
        int64_t captcha_after, lock_after, restart;
    } LIMITS[] = {
        { CAPTCHA_AFTER, LOCK_AFTER, CAPTCHA_AFTER },
        { NETWORK_CAPTCHA_AFTER, NETWORK_LOCK_AFTER, NETWORK_CAPTCHA_AFTER },
        { ACCOUNT_CAPTCHA_AFTER, 0, 0 },
    };
    Failures f[ARRAY_LEN(LIMITS)] = { { 0 } };
    bool captcha = str_eq(setting_text(cx, "auth.captcha"), S("always"));
    for (size_t i = 0; i < t->n; i++) {
        TRY(failures_hold(cx, db, t->keys[i]));
        TRY(failures_read(cx, db, t->keys[i], &f[i]));
        if (f[i].locked_until > cx->now.ms)
            return locked(cx, f[i].locked_until);
        captcha |= f[i].count >= LIMITS[i].captcha_after;
    }
    if (captcha && !solved)
        return FAIL(cx, UNAUTHENTICATED, "captcha.required", NULL, "Solve the captcha first.");
    for (size_t i = 0; i < t->n; i++) {
        count_one(cx, &f[i], LIMITS[i].lock_after, LIMITS[i].restart);
        TRY(failures_write(cx, db, t->keys[i], &f[i]));
    }
    return sweep(cx, db);
}

// The network keeps all but this one: one's own account must not wash clean the guesses at others.
Status attempt_right(Ctx *cx, Db *db, const Attempt *t)
{
    TRY(failures_forget(cx, db, t->keys[0]));
    for (size_t i = 1; i < t->n; i++) {
        Failures f = { 0 };
        TRY(failures_hold(cx, db, t->keys[i]));
        TRY(failures_read(cx, db, t->keys[i], &f));
        if (f.count <= 1) {
            TRY(failures_forget(cx, db, t->keys[i]));
            continue;
        }
        f.count--;
        TRY(failures_write(cx, db, t->keys[i], &f));
    }
    return STATUS_OK;
}

static Str code_key(Ctx *cx, Id user)
{
    return keyed(cx, "login.code", arena_fmt(cx->arena, "%" PRId64, user.v));
}

Status attempt_code(Ctx *cx, Db *db, Id user)
{
    Failures f = { 0 };
    Str key = code_key(cx, user);
    TRY(failures_hold(cx, db, key));
    TRY(failures_read(cx, db, key, &f));
    if (f.locked_until > cx->now.ms)
        return locked(cx, f.locked_until);
    count_one(cx, &f, CODE_LOCK_AFTER, 0);
    return failures_write(cx, db, key, &f);
}

Status attempt_code_right(Ctx *cx, Db *db, Id user)
{
    return failures_forget(cx, db, code_key(cx, user));
}

Status used_once(Ctx *cx, Db *db, Str key, Instant until, bool *ret_new)
{
    int64_t changed = 0;
    Sql *old = sql_new(cx->arena, db);
    sql_add(old, SQL("DELETE FROM used_once WHERE expires_at < "));
    sql_int(old, cx->now.ms);
    TRY(db_exec(cx, db, old, NULL));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO used_once (key_hash, expires_at) VALUES ("));
    sql_blob(q, key);
    sql_add(q, SQL(", "));
    sql_int(q, until.ms);
    sql_add(q, SQL(") ON CONFLICT (key_hash) DO NOTHING"));
    TRY(db_exec(cx, db, q, &changed));
    *ret_new = changed > 0;
    return STATUS_OK;
}
