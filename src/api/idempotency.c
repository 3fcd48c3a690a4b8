// Idempotency-Key: the same key and body of the same user gives the first answer again (C12). The
// row is written with the effect, so a crash between effect and answer cannot double it.
#include "api/api_internal.h"

enum { MAX_KEY = 200, KEPT_MS = 24 * 60 * 60 * 1000 };

static Str digest_of(Req *rq)
{
    uint8_t digest[DIGEST_BYTES];
    Sha256 h;
    sha256_start(&h);
    sha256_add(&h, str_z(method_name(rq->method)));
    sha256_add(&h, rq->path);
    sha256_add(&h, S("\n"));
    sha256_add(&h, rq->body);
    sha256_end(&h, digest);
    return hex(rq->cx->arena, digest, DIGEST_BYTES);
}

Status api_seen(Req *rq, Db *db, bool *ret_seen, Id *ret_made)
{
    Ctx *cx = rq->cx;
    Str key = req_header(rq, "Idempotency-Key");
    if (key.len == 0)
        return STATUS_OK;
    if (key.len > MAX_KEY || !utf8_valid(key))
        return FAIL(cx, MALFORMED, "idempotency.key", NULL, "the Idempotency-Key is too long");
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT digest, made FROM idempotency WHERE user_id = "));
    sql_int(q, cx->access->user.v);
    sql_add(q, SQL(" AND key = "));
    sql_text(q, key);
    sql_add(q, SQL(" AND created_at > "));
    sql_int(q, cx->now.ms - KEPT_MS);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (!stmt_next(st))
        return stmt_end(cx, &st);
    Str digest = stmt_text(st, 0, cx->arena);
    Id made = { stmt_int(st, 1) };
    TRY(stmt_end(cx, &st));
    if (!str_eq(digest, digest_of(rq)))
        return FAIL(cx, INVALID, "idempotency.body", NULL,
                    "this Idempotency-Key was used with another request");
    *ret_seen = true;
    *ret_made = made;
    return STATUS_OK;
}

Status api_made(Req *rq, Db *db, Id made)
{
    Ctx *cx = rq->cx;
    Str key = req_header(rq, "Idempotency-Key");
    if (key.len == 0)
        return STATUS_OK;
    Sql *old = sql_new(cx->arena, db);
    sql_add(old, SQL("DELETE FROM idempotency WHERE created_at <= "));
    sql_int(old, cx->now.ms - KEPT_MS);
    TRY(db_exec(cx, db, old, NULL));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO idempotency (user_id, key, digest, made, created_at) VALUES ("));
    sql_int(q, cx->access->user.v);
    sql_add(q, SQL(", "));
    sql_text(q, key);
    sql_add(q, SQL(", "));
    sql_text(q, digest_of(rq));
    sql_add(q, SQL(", "));
    sql_id(q, made);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}
