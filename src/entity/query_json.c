// Pages and records as JSON.
#include "entity/query.h"

static Status write_rows(Ctx *cx, Db *db, const Query *query, const Rows *rows, JsonOut *j)
{
    RefNames *refs = NULL;
    TRY(refs_load(cx, db, query->info, rows->ptr, rows->len, &query->only, &refs));
    json_key_open_array(j, "items");
    for (size_t i = 0; i < rows->len; i++) {
        json_open(j);
        row_json(cx, query->info, rows->ptr[i], &query->only, refs, j);
        json_close(j);
    }
    json_close_array(j);
    return STATUS_OK;
}

Status query_list_json(Ctx *cx, Db *db, const Query *query, bool count, JsonOut *j)
{
    Rows rows = { 0 };
    TRY(query_rows(cx, db, query, &rows));
    int64_t total = (int64_t)rows.len;
    bool whole = query->cursor.len == 0 && rows.next.len == 0;
    if (count && !whole)
        TRY(query_count(cx, db, query, &total));
    json_open(j);
    TRY(write_rows(cx, db, query, &rows, j));
    if (rows.next.len > 0)
        json_key_str(j, "next", rows.next);
    else
        json_key_null(j, "next");
    if (count)
        json_key_int(j, "count", total);
    else
        json_key_null(j, "count");
    json_close(j);
    return STATUS_OK;
}

Status query_record_json(Ctx *cx, Db *db, const EntityInfo *e, const void *row, JsonOut *j)
{
    RefNames *refs = NULL;
    void *rows[1] = { (void *)(uintptr_t)row };
    TRY(refs_load(cx, db, e, rows, 1, NULL, &refs));
    json_open(j);
    row_json(cx, e, row, NULL, refs, j);
    json_close(j);
    return STATUS_OK;
}
