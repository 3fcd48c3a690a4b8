// Reading records: the request's wishes checked against the caller's access, then one statement.
#include "entity/query_internal.h"

#include <stdio.h>

Query query_of(const Ctx *cx, const EntityInfo *e)
{
    Query q = { .info = e, .limit = LIMIT_PAGE_DEFAULT };
    for (uint32_t i = 0; i < e->nbuiltin; i++)
        if (field_access(cx, e, field_at(e, i)) != ACCESS_NONE)
            mask_set(&q.only, i);
    if ((e->entity->flags & E_CUSTOM) != 0)
        mask_set(&q.only, MASK_CUSTOM);
    return q;
}

Status query_set_sort(Ctx *cx, Query *query, Str names)
{
    query->nsort = 0;
    while (names.ptr != NULL && names.len > 0) {
        Str name = str_trim(str_split(&names, ','));
        bool desc = str_starts(name, S("-"));
        name = desc ? str_sub(name, 1, name.len) : name;
        const Field *f = field_find(query->info, name);
        if (f == NULL || (f->flags & F_HIDDEN) != 0 ||
            (f->index != 0 && (f->flags & F_SORT) == 0) || field_is_sealed(f))
            return FAIL(cx, MALFORMED, "sort", "sort", "no such field to sort by");
        if (field_access(cx, query->info, f) < ACCESS_READ)
            return FAIL(cx, FORBIDDEN, "sort.permission", "sort", "you may not sort by this field");
        if (query->nsort == LIMIT_SORT_KEYS)
            return FAIL(cx, MALFORMED, "sort", "sort", "too many fields to sort by");
        if (f->index == 0 && names.ptr == NULL && query->nsort == 0 && desc)
            return STATUS_OK;
        query->sort[query->nsort++] = (SortKey){ f, desc };
    }
    return STATUS_OK;
}

Status query_set_fields(Ctx *cx, Query *query, Str names)
{
    Mask wanted = { 0 };
    mask_set(&wanted, 0);
    while (names.ptr != NULL && names.len > 0) {
        Str name = str_trim(str_split(&names, ','));
        if (str_eq(name, S("custom"))) {
            mask_set(&wanted, MASK_CUSTOM);
            continue;
        }
        const Field *f = field_find(query->info, name);
        if (f == NULL || (f->flags & F_HIDDEN) != 0)
            return FAIL(cx, MALFORMED, "fields", "fields", "no such field");
        if (field_access(cx, query->info, f) == ACCESS_NONE)
            return FAIL(cx, FORBIDDEN, "fields.permission", "fields", "you may not see this field");
        mask_set(&wanted, (f->flags & F_CUSTOM) != 0 ? (uint32_t)MASK_CUSTOM : f->index);
    }
    const Field *version = field_find(query->info, S("version"));
    if (version != NULL)
        mask_set(&wanted, version->index);
    query->only = wanted;
    return STATUS_OK;
}

Status query_set_filter(Ctx *cx, Query *query, Str json)
{
    return filter_parse_text(cx, query->info, json, &query->filter);
}

static Status set_limit(Ctx *cx, Query *query, int64_t limit)
{
    if (limit < 1 || limit > LIMIT_PAGE)
        return FAIL(cx, MALFORMED, "limit", "limit", "must be between 1 and %d", LIMIT_PAGE);
    query->limit = (int)limit;
    return STATUS_OK;
}

static Status wrong_kind(Ctx *cx, const char *key, const char *what)
{
    return FAIL(cx, MALFORMED, "format", key, "must be %s", what);
}

// A wish that is not understood must not be passed over: without its "q" a bulk deletion would mean
// everything. null is the same as missing.
static Status wish(Ctx *cx, const Json *object, const char *key, JsonKind kind, const char *what,
                   const Json **ret)
{
    const Json *v = json_get(object, key);
    *ret = v == NULL || v->kind == JSON_NULL_NODE ? NULL : v;
    return *ret != NULL && v->kind != kind ? wrong_kind(cx, key, what) : STATUS_OK;
}

static Status text_wish(Ctx *cx, const Json *object, const char *key, Str *ret)
{
    const Json *v = NULL;
    TRY(wish(cx, object, key, JSON_STR_NODE, "a text", &v));
    *ret = v == NULL ? (Str){ 0 } : v->text;
    return STATUS_OK;
}

// Names as one text with commas or as a list of texts.
static Status names_wish(Ctx *cx, const Json *object, const char *key, Str *ret)
{
    const Json *list = json_get(object, key);
    if (list == NULL || list->kind != JSON_ARRAY_NODE)
        return text_wish(cx, object, key, ret);
    Buf b = buf_new(cx->arena, LIMIT_URL);
    for (const Json *v = list->first; v != NULL; v = v->next) {
        if (v->kind != JSON_STR_NODE)
            return wrong_kind(cx, key, "a list of names");
        if (v != list->first)
            buf_char(&b, ',');
        buf_add(&b, v->text);
    }
    if (!buf_ok(&b))
        return wrong_kind(cx, key, "shorter");
    *ret = buf_str(&b);
    return STATUS_OK;
}

Status query_from_json(Ctx *cx, Query *query, const Json *object)
{
    const Json *deleted = NULL;
    const Json *limit = NULL;
    Str sort = { 0 };
    Str fields = { 0 };
    TRY(filter_parse(cx, query->info, json_get(object, "filter"), &query->filter));
    TRY(text_wish(cx, object, "q", &query->q));
    TRY(text_wish(cx, object, "cursor", &query->cursor));
    TRY(wish(cx, object, "deleted", JSON_BOOL_NODE, "true or false", &deleted));
    TRY(wish(cx, object, "limit", JSON_INT_NODE, "a whole number", &limit));
    TRY(names_wish(cx, object, "sort", &sort));
    TRY(names_wish(cx, object, "fields", &fields));
    query->bin = deleted != NULL && deleted->num != 0 ? BIN_DELETED : BIN_LIVE;
    TRY(query_set_sort(cx, query, sort));
    if (fields.len > 0)
        TRY(query_set_fields(cx, query, fields));
    return set_limit(cx, query, limit == NULL ? query->limit : limit->num);
}

void query_from(const Ctx *cx, Sql *q, const Query *query)
{
    const Entity *e = query->info->entity;
    sql_add(q, SQL(" FROM "));
    sql_add(q, e->table);
    sql_add(q, SQL(" t"));
    if (query_joins_stat(cx, query)) {
        sql_add(q, SQL(" JOIN "));
        sql_add(q, e->stat_table);
        sql_add(q, SQL(" s ON s.id = t.id"));
    }
}

static void order_by(Sql *q, const Query *query)
{
    sql_add(q, SQL(" ORDER BY "));
    for (size_t i = 0; i < query->nsort; i++) {
        query_sort_column(q, query->sort[i].field);
        // SQLite's own order of NULL, said to PostgreSQL: smallest.
        if (query->sort[i].desc)
            sql_either(q, SQL(" DESC, "), SQL(" DESC NULLS LAST, "));
        else
            sql_either(q, SQL(", "), SQL(" NULLS FIRST, "));
    }
    bool desc = query->nsort == 0 || query->sort[0].desc;
    sql_add(q, desc ? SQL("t.id DESC") : SQL("t.id"));
}

// Fields that decide order must be loaded to make the cursor; sort columns beside the field's own
// (pinyin) are selected behind the others.
static Str cursor_of(Ctx *cx, const Query *query, const Stmt *st, int from, Id id)
{
    Buf b = buf_new(cx->arena, LIMIT_URL);
    JsonOut j = json_out(&b);
    json_open_array(&j);
    for (size_t i = 0; i < query->nsort; i++) {
        int col = from + (int)i;
        if (stmt_is_null(st, col))
            json_null(&j);
        else if (query->sort[i].field->kind == FIELD_TEXT)
            json_str(&j, stmt_view(st, col));
        else
            json_int(&j, stmt_int(st, col));
    }
    json_int(&j, id.v);
    json_close_array(&j);
    return base64url(cx->arena, buf_str(&b));
}

static int column_count(const EntityInfo *e, const Mask *only)
{
    int n = 1;
    for (uint32_t i = 1; i < e->nbuiltin; i++)
        n += mask_has(only, i);
    return n + mask_has(only, MASK_CUSTOM);
}

Status query_each(Ctx *cx, Db *db, const Query *query, RowFn fn, void *arg, Str *ret_next)
{
    TRY(require(cx, query->info, MAY_READ));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT "));
    entity_columns(q, query->info, &query->only);
    for (size_t i = 0; i < query->nsort; i++) {
        sql_add(q, SQL(", "));
        query_sort_column(q, query->sort[i].field);
    }
    query_from(cx, q, query);
    sql_add(q, SQL(" WHERE "));
    TRY(query_where(cx, q, query));
    TRY(query_keyset(cx, q, query));
    order_by(q, query);
    sql_add(q, SQL(" LIMIT "));
    sql_int(q, query->limit + 1);

    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    int keys_at = column_count(query->info, &query->only);
    Str next = { 0 };
    Str last = { 0 };
    int n = 0;
    while (stmt_next(st)) {
        if (n == query->limit) {
            next = last;
            break;
        }
        void *row = row_new(cx->scratch, query->info);
        TRY(entity_read(cx, query->info, &query->only, st, 0, cx->scratch, row));
        if (++n == query->limit)
            last = cursor_of(cx, query, st, keys_at, row_id(row, query->info));
        TRY(fn(cx, row, arg));
    }
    TRY(stmt_end(cx, &st));
    if (ret_next != NULL)
        *ret_next = next;
    return STATUS_OK;
}

Status query_count(Ctx *cx, Db *db, const Query *query, int64_t *ret)
{
    TRY(require(cx, query->info, MAY_READ));
    Query bare = *query;
    bare.only = (Mask){ 0 };
    bare.nsort = 0;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT count(*)"));
    query_from(cx, q, &bare);
    sql_add(q, SQL(" WHERE "));
    TRY(query_where(cx, q, &bare));
    return db_int(cx, db, q, ret);
}

typedef struct Gather {
    const EntityInfo *info;
    VEC(void *) rows;
} Gather;

static Status gather_row(Ctx *cx, const void *row, void *arg)
{
    Gather *g = arg;
    *vec_add(cx->arena, &g->rows) =
        cx->scratch == cx->arena ? (void *)(uintptr_t)row : row_copy(cx->arena, g->info, row);
    return STATUS_OK;
}

Status query_rows(Ctx *cx, Db *db, const Query *query, Rows *ret)
{
    Gather g = { .info = query->info };
    Arena *scratch = cx->scratch;
    cx->scratch = cx->arena; // rows outlive the statement
    Status s = query_each(cx, db, query, gather_row, &g, &ret->next);
    cx->scratch = scratch;
    TRY(s);
    ret->ptr = g.rows.ptr;
    ret->len = g.rows.len;
    return STATUS_OK;
}

static Status one(Ctx *cx, Db *db, Query *query, Id id, void *row)
{
    query->ids = &id.v;
    query->nids = 1;
    query->limit = 1;
    query->only = mask_all(query->info);
    Rows rows = { 0 };
    TRY(query_rows(cx, db, query, &rows));
    if (rows.len == 0)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    memcpy(row, rows.ptr[0], query->info->entity->size);
    return STATUS_OK;
}

Status query_one(Ctx *cx, Db *db, const EntityInfo *e, Id id, void *row)
{
    Query q = { .info = e };
    return one(cx, db, &q, id, row);
}

Status query_one_to_change(Ctx *cx, Db *db, const EntityInfo *e, Id id, Bin bin, void *row)
{
    Query q = { .info = e, .operate = true, .bin = bin };
    return one(cx, db, &q, id, row);
}

enum { STREAM_PAGE = 1000 };

Status query_stream(Ctx *cx, Store *s, const Query *query, RowFn fn, void *arg)
{
    Query page = *query;
    page.limit = STREAM_PAGE;
    Arena cursor = { 0 };
    Arena work = { 0 };
    Arena *arena = cx->arena;
    Status status = STATUS_OK;
    do {
        CLEANUP(db_release) Db *db = NULL;
        Str next = { 0 };
        Arena row_arena = { 0 };
        Arena *scratch = cx->scratch;
        cx->arena = &work;
        cx->scratch = &row_arena;
        status = store_read(cx, s, &db);
        if (status == STATUS_OK)
            status = query_each(cx, db, &page, fn, arg, &next);
        cx->arena = arena;
        cx->scratch = scratch;
        arena_reset(&row_arena);
        if (status != STATUS_OK) {
            // Errors live in the page's arena: say it again where the caller can see it.
            Err *err = cx->errors;
            Str message = err == NULL ? S("reading failed") : arena_dup(arena, err->message);
            const char *code = err == NULL ? "db" : err->code;
            cx->errors = NULL;
            status =
                ctx_fail(cx, status, code, NULL, __FILE__, __LINE__, STR_FMT, STR_ARG(message));
            break;
        }
        arena_clear(&cursor);
        page.cursor = next.len == 0 ? (Str){ 0 } : arena_dup(&cursor, next);
        arena_clear(&work);
    } while (page.cursor.len > 0);
    arena_reset(&cursor);
    arena_reset(&work);
    return status;
}
