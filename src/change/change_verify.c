// Walks the hash chain: every edit, deletion, insertion or swap of a row shows.
#include "change/change_internal.h"

enum { VERIFY_PAGE = 5000 };

typedef struct Walk {
    int64_t last_id;
    Str hash; // in its own arena
    int64_t rows;
} Walk;

static Status broken(Ctx *cx, int64_t id, const char *what)
{
    return FAIL(cx, INVALID, "chain.broken", NULL, "change row %lld: %s", (long long)id, what);
}

static Status check_row(Ctx *cx, const Stmt *st, Walk *w, Arena *keep)
{
    int64_t id = stmt_int(st, 0);
    if (id != w->last_id + 1)
        return broken(cx, w->last_id + 1, "is missing");
    Str digest = stmt_blob(st, 15, cx->arena);
    if (!stmt_is_null(st, 14)) {
        uint8_t want[DIGEST_BYTES];
        chain_digest(stmt_blob(st, 14, cx->arena), stmt_text(st, 13, cx->arena), want);
        if (!str_eq(digest, (Str){ (const char *)want, DIGEST_BYTES }))
            return broken(cx, id, "its data were altered");
    } else if (!stmt_is_null(st, 13)) {
        return broken(cx, id, "has data without a salt");
    }
    ChainRow row = {
        .id = id,
        .at = stmt_int(st, 1),
        .actor = stmt_int(st, 2),
        .origin = stmt_int(st, 3),
        .origin_id = stmt_int(st, 4),
        .action = stmt_int(st, 5),
        .entity = stmt_text(st, 6, cx->arena),
        .record = stmt_int(st, 7),
        .version = stmt_int(st, 8),
        .address = stmt_text(st, 9, cx->arena),
        .session = stmt_text(st, 10, cx->arena),
        .request = stmt_text(st, 11, cx->arena),
        .reason = stmt_text(st, 12, cx->arena),
        .digest = digest,
    };
    uint8_t hash[DIGEST_BYTES];
    chain_hash(cx->arena, w->hash, &row, hash);
    Str stored = stmt_view(st, 16);
    if (!str_eq(stored, (Str){ (const char *)hash, DIGEST_BYTES }))
        return broken(cx, id, "does not follow from the row before it");
    arena_clear(keep);
    w->hash = arena_dup(keep, stored);
    w->last_id = id;
    w->rows++;
    return STATUS_OK;
}

static Status walk_page(Ctx *cx, Store *s, Walk *w, Arena *keep, bool *ret_more)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, at, actor_id, origin, origin_id, action, entity, record_id, version,"
                   " address, session, request, reason, data, salt, digest, hash FROM change"
                   " WHERE id > "));
    sql_int(q, w->last_id);
    sql_add(q, SQL(" ORDER BY id LIMIT "));
    sql_int(q, VERIFY_PAGE);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    int64_t before = w->rows;
    while (stmt_next(st))
        TRY(check_row(cx, st, w, keep));
    *ret_more = w->rows - before == VERIFY_PAGE;
    return stmt_end(cx, &st);
}

Status change_verify(Ctx *cx, Store *s, int64_t *ret_rows)
{
    CLEANUP(arena_cleanup) Arena keep = { 0 };
    CLEANUP(arena_cleanup) Arena page = { 0 };
    Walk w = { 0 };
    bool more = true;
    Arena *arena = cx->arena;
    while (more) {
        cx->arena = &page;
        Status status = walk_page(cx, s, &w, &keep, &more);
        cx->arena = arena;
        if (status != STATUS_OK) {
            Str message =
                cx->errors == NULL ? S("cannot be read") : arena_dup(arena, cx->errors->message);
            cx->errors = NULL;
            return ctx_fail(cx, status, "chain.broken", NULL, __FILE__, __LINE__, STR_FMT,
                            STR_ARG(message));
        }
        arena_clear(&page);
    }
    *ret_rows = w.rows;
    return STATUS_OK;
}
