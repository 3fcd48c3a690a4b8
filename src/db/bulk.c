// Many rows into one table.
#include "db/driver.h"

Status bulk_open(Ctx *cx, Db *db, SqlText table, SqlText columns, int ncolumns, Bulk **ret)
{
    check(db->writer && db->bulk == NULL && ncolumns > 0);
    if (db->in_fn && db->failed != STATUS_OK)
        return FAIL(cx, DB, "db.failed", NULL, "An earlier step failed. Nothing was saved.");
    Failure failure = { 0 };
    if (db_fail_now(db, &failure))
        return db_report(cx, db, &failure);
    Bulk *b = mem_alloc(sizeof(Bulk));
    b->db = db;
    b->columns = ncolumns;
    db->driver->bulk_open(b, table, columns);
    if (b->failure.status != STATUS_OK) {
        failure = b->failure;
        arena_reset(&b->arena);
        mem_free(b);
        return db_report(cx, db, &failure);
    }
    db->bulk = b;
    *ret = b;
    return STATUS_OK;
}

static void value(Bulk *b, ParamKind kind, int64_t num, Str text)
{
    check(b->at < b->columns);
    if (b->failure.status != STATUS_OK)
        return;
    if ((kind == PARAM_TEXT || kind == PARAM_JSON) && text.len > 0 &&
        memchr(text.ptr, '\0', text.len) != NULL) {
        b->failure = (Failure){ .status = STATUS_INVALID, .code = "text.nul" };
        return;
    }
    b->db->driver->bulk_value(b, kind, num, text);
    b->at++;
}

void bulk_int(Bulk *b, int64_t v)
{
    value(b, PARAM_INT, v, (Str){ 0 });
}

void bulk_id(Bulk *b, Id id)
{
    value(b, id.v == 0 ? PARAM_NULL : PARAM_INT, id.v, (Str){ 0 });
}

void bulk_text(Bulk *b, Str s)
{
    value(b, PARAM_TEXT, 0, s);
}

void bulk_blob(Bulk *b, Str s)
{
    value(b, PARAM_BLOB, 0, s);
}

void bulk_json(Bulk *b, Str s)
{
    value(b, PARAM_JSON, 0, s);
}

void bulk_null(Bulk *b)
{
    value(b, PARAM_NULL, 0, (Str){ 0 });
}

Status bulk_row(Ctx *cx, Bulk *b)
{
    if (b->failure.status == STATUS_OK && !db_fail_now(b->db, &b->failure)) {
        check(b->at == b->columns);
        b->db->driver->bulk_row(b);
    }
    b->at = 0;
    if (b->failure.status == STATUS_OK)
        return STATUS_OK;
    b->told = true;
    return db_report(cx, b->db, &b->failure);
}

static Failure finish(Bulk **b, bool keep)
{
    Bulk *gone = *b;
    gone->db->driver->bulk_end(gone, keep);
    gone->db->bulk = NULL;
    // A COPY given up spoils PostgreSQL's transaction, so it spoils SQLite's too.
    if (!keep && gone->db->failed == STATUS_OK)
        gone->db->failed = STATUS_DB;
    Failure failure = gone->failure;
    arena_reset(&gone->arena);
    mem_free(gone);
    *b = NULL;
    return failure;
}

Status bulk_end(Ctx *cx, Bulk **b)
{
    Db *db = (*b)->db;
    bool told = (*b)->told;
    Failure failure = finish(b, (*b)->failure.status == STATUS_OK);
    if (failure.status == STATUS_OK)
        return STATUS_OK;
    return told ? failure.status : db_report(cx, db, &failure);
}

void bulk_cleanup(Bulk **b)
{
    if (*b != NULL)
        (void)finish(b, false);
    *b = NULL;
}
