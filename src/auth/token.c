// API tokens: gx_<prefix>_<secret>. The prefix finds the row, of the secret only a digest is kept.
#include "auth/auth_internal.h"

#include <inttypes.h>

enum { PREFIX_BYTES = 8, SECRET_BYTES = 32, NAME_MOST = 100, TOKENS_MOST = 50 };
static const int64_t YEAR_MS = 366LL * 24 * 60 * 60 * 1000;

static Str random_hex(Arena *a, size_t n)
{
    uint8_t bytes[SECRET_BYTES];
    os_random(bytes, n);
    Str text = hex(a, bytes, n);
    wipe(bytes, sizeof(bytes));
    return text;
}

Status token_find(Ctx *cx, Db *db, Str bearer, TokenRow *ret)
{
    Str rest = bearer;
    Str head = str_split(&rest, '_');
    Str prefix = rest.ptr == NULL ? (Str){ 0 } : str_split(&rest, '_');
    *ret = (TokenRow){ 0 };
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT k.id, k.user_id, k.secret_hash, k.scopes, k.used_at, u.disabled,"
                   " u.lang, (SELECT version FROM rights_version WHERE id = 1)"
                   " FROM api_token k JOIN app_user u ON u.id = k.user_id"
                   " WHERE u.deleted_at IS NULL AND k.revoked_at IS NULL AND k.expires_at > "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" AND k.prefix = "));
    sql_text(q, prefix);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    Str stored = { 0 };
    Str scopes = { 0 };
    bool usable = false;
    if (stmt_next(st)) {
        ret->id.v = stmt_int(st, 0);
        ret->user.v = stmt_int(st, 1);
        stored = stmt_blob(st, 2, cx->arena);
        scopes = stmt_text(st, 3, cx->arena);
        ret->used_at.ms = stmt_int(st, 4);
        usable = stmt_int(st, 5) == 0;
        ret->lang = stmt_is_null(st, 6) ? -1 : (int)stmt_int(st, 6);
        ret->rights_version = stmt_int(st, 7);
    }
    TRY(stmt_end(cx, &st));
    Str digest = token_digest(cx->arena, rest);
    bool right = str_eq(head, S("gx")) && usable && stored.len == digest.len &&
                 bytes_equal(stored.ptr, digest.ptr, digest.len);
    if (!right)
        return FAIL(cx, UNAUTHENTICATED, "token", NULL, "The token is not valid.");
    return json_parse(cx, scopes, &ret->scopes);
}

// --- handlers

typedef struct Create {
    Id user, id;
    Str name, prefix, secret, scopes;
    Instant expires_at;
} Create;

static Status create_write(Ctx *cx, Db *db, void *arg)
{
    Create *c = arg;
    int64_t n = 0;
    int64_t id = 0;
    TRY(count_id(cx, db,
                 SQL("SELECT count(*) FROM api_token WHERE revoked_at IS NULL AND user_id = "),
                 c->user, &n));
    if (n >= TOKENS_MOST)
        return FAIL(cx, CONFLICT, "token.many", NULL, "You have %d tokens already.", TOKENS_MOST);
    TRY(db_next_id(cx, db, SQL("api_token"), &id));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO api_token (id, user_id, name, prefix, secret_hash, scopes,"
                   " created_at, expires_at) VALUES ("));
    sql_int(q, id);
    sql_add(q, SQL(", "));
    sql_id(q, c->user);
    sql_add(q, SQL(", "));
    sql_text(q, c->name);
    sql_add(q, SQL(", "));
    sql_text(q, c->prefix);
    sql_add(q, SQL(", "));
    sql_blob(q, token_digest(cx->arena, c->secret));
    sql_add(q, SQL(", "));
    sql_text(q, c->scopes);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", "));
    sql_int(q, c->expires_at.ms);
    sql_add(q, SQL(")"));
    TRY(db_exec(cx, db, q, NULL));
    c->id.v = id;
    return change_note(cx, db, CHANGE_SECURITY, "user", c->user, (Str){ 0 },
                       arena_fmt(cx->arena,
                                 "{\"event\":\"token.create\",\"token\":%" PRId64
                                 ",\"scopes\":" STR_FMT "}",
                                 id, STR_ARG(c->scopes)));
}

static Status read_scopes(Ctx *cx, const Json *in, Str *ret)
{
    const Json *scopes = json_get(in, "scopes");
    if (scopes == NULL || scopes->kind != JSON_ARRAY_NODE || scopes->len == 0)
        return FAIL(cx, INVALID, "required", "scopes", "needs at least one permission");
    for (const Json *s = scopes->first; s != NULL; s = s->next) {
        if (s->kind != JSON_STR_NODE || !may_do(cx, arena_cstr(cx->arena, s->text))) {
            (void)FAIL(cx, FORBIDDEN, "rights.above", "scopes",
                       "holds something you may not do: " STR_FMT, STR_ARG(s->text));
            return ctx_fail_args(cx, STATUS_FORBIDDEN, s->text, (Str){ 0 });
        }
    }
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_write(&j, scopes);
    *ret = buf_str(&b);
    return STATUS_OK;
}

static Status create_read(Req *rq, Create *c)
{
    static const char *const KEYS[] = { "name", "scopes", "expires_at", NULL };
    Ctx *cx = rq->cx;
    const Json *in = NULL;
    TRY(req_json(rq, &in));
    TRY(json_only(cx, in, KEYS));
    c->user = session_of(rq)->user;
    c->name = str_trim(json_text(in, "name", (Str){ 0 }));
    if (c->name.len == 0)
        return FAIL(cx, INVALID, "required", "name", "is required");
    if (utf8_count(c->name) > NAME_MOST || !text_is_clean(c->name, false))
        return FAIL(cx, INVALID, "format", "name", "is too long or holds control characters");
    TRY(read_scopes(cx, in, &c->scopes));
    const Json *expires = json_get(in, "expires_at");
    if (expires == NULL || expires->kind == JSON_NULL_NODE)
        c->expires_at.ms = cx->now.ms + YEAR_MS;
    else if (expires->kind != JSON_STR_NODE || !instant_parse(expires->text, &c->expires_at))
        return FAIL(cx, INVALID, "format", "expires_at",
                    "must be a time like 2026-01-15T08:00:00Z");
    if (c->expires_at.ms <= cx->now.ms || c->expires_at.ms > cx->now.ms + YEAR_MS)
        return FAIL(cx, INVALID, "range", "expires_at", "must be within a year");
    return STATUS_OK;
}

static void token_json(JsonOut *j, const Create *c)
{
    json_key_int(j, "id", c->id.v);
    json_key_str(j, "name", c->name);
    json_key_str(j, "prefix", c->prefix);
    json_key(j, S("scopes"));
    json_raw(j, c->scopes);
    json_key_instant(j, "expires_at", c->expires_at);
}

Status tokens_create(Req *rq)
{
    Ctx *cx = rq->cx;
    Create c = { 0 };
    TRY(create_read(rq, &c));
    c.prefix = random_hex(cx->arena, PREFIX_BYTES);
    c.secret = random_hex(cx->arena, SECRET_BYTES);
    TRY(store_write(cx, auth_store(rq->app), create_write, &c));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    token_json(&j, &c);
    json_key_instant(&j, "created_at", cx->now);
    json_key_null(&j, "used_at");
    json_key_str(
        &j, "token",
        arena_fmt(cx->arena, "gx_" STR_FMT "_" STR_FMT, STR_ARG(c.prefix), STR_ARG(c.secret)));
    json_close(&j);
    return req_reply_json(rq, 201, buf_str(&b));
}

Status tokens_list(Req *rq)
{
    Ctx *cx = rq->cx;
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, auth_store(rq->app), &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, name, prefix, scopes, expires_at, created_at, used_at FROM api_token"
                   " WHERE revoked_at IS NULL AND user_id = "));
    sql_id(q, session_of(rq)->user);
    sql_add(q, SQL(" ORDER BY id"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "items");
    while (stmt_next(st)) {
        Create c = { .id = { stmt_int(st, 0) },
                     .name = stmt_text(st, 1, cx->arena),
                     .prefix = stmt_text(st, 2, cx->arena),
                     .scopes = stmt_text(st, 3, cx->arena),
                     .expires_at = { stmt_int(st, 4) } };
        json_open(&j);
        token_json(&j, &c);
        json_key_instant(&j, "created_at", (Instant){ stmt_int(st, 5) });
        json_key_instant(&j, "used_at", (Instant){ stmt_int(st, 6) });
        json_close(&j);
    }
    json_close_array(&j);
    json_close(&j);
    TRY(stmt_end(cx, &st));
    return req_reply_json(rq, 200, buf_str(&b));
}

typedef struct Revoke {
    Id id, user;
} Revoke;

static Status revoke_write(Ctx *cx, Db *db, void *arg)
{
    const Revoke *r = arg;
    int64_t changed = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE api_token SET revoked_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(" WHERE revoked_at IS NULL AND user_id = "));
    sql_id(q, r->user);
    sql_add(q, SQL(" AND id = "));
    sql_id(q, r->id);
    TRY(db_exec(cx, db, q, &changed));
    if (changed == 0)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    return change_note(
        cx, db, CHANGE_SECURITY, "user", r->user, (Str){ 0 },
        arena_fmt(cx->arena, "{\"event\":\"token.revoke\",\"token\":%" PRId64 "}", r->id.v));
}

Status tokens_delete(Req *rq)
{
    Revoke r = { .user = session_of(rq)->user };
    TRY(req_id(rq, &r.id));
    return store_write(rq->cx, auth_store(rq->app), revoke_write, &r);
}
