// The WHERE of every read: bin, data scope, filter, quick search, keyset. Nothing reads records of
// entities by another way.
#include "entity/query_internal.h"

static Status scope_of(Ctx *cx, Sql *q, const EntityInfo *e, bool operate);

static void or_sep(Sql *q, bool *first)
{
    if (!*first)
        sql_add(q, SQL(" OR "));
    *first = false;
}

static void scope_ids(Sql *q, const Field *f, const int64_t *ids, size_t n)
{
    sql_col(q, SQL("t"), f->col);
    sql_add(q, SQL(" IN ("));
    sql_int_list(q, ids, n);
    sql_add(q, SQL(")"));
}

static Status scope_parts(Ctx *cx, Sql *q, const EntityInfo *e, const Scope *s)
{
    const Access *a = cx->access;
    const Entity *entity = e->entity;
    bool first = true;
    sql_add(q, SQL("("));
    if ((s->kinds & SCOPE_OWN) != 0 && entity->owner != 0) {
        or_sep(q, &first);
        scope_ids(q, field_at(e, entity->owner), &a->user.v, 1);
    }
    if ((s->kinds & SCOPE_DEPARTMENT) != 0 && entity->department != 0) {
        or_sep(q, &first);
        scope_ids(q, field_at(e, entity->department), &a->department.v, 1);
    }
    if ((s->kinds & SCOPE_TREE) != 0 && entity->department != 0) {
        or_sep(q, &first);
        scope_ids(q, field_at(e, entity->department), a->tree, a->ntree);
    }
    for (size_t i = 0; i < s->nfilters; i++) {
        or_sep(q, &first);
        TRY(filter_sql(cx, q, e, s->filters[i]));
    }
    if (first)
        sql_add(q, SQL("FALSE"));
    sql_add(q, SQL(")"));
    return STATUS_OK;
}

// A record that hangs on another (order, contact) is in scope when that one is.
static Status scope_parent(Ctx *cx, Sql *q, const EntityInfo *e, bool operate)
{
    const Field *f = field_at(e, e->entity->parent);
    const EntityInfo *parent = catalog_find(cx->catalog, str_z(f->ref));
    check(parent != NULL);
    sql_col(q, SQL("t"), f->col);
    sql_add(q, SQL(" IN (SELECT t.id FROM "));
    sql_add(q, parent->entity->table);
    sql_add(q, SQL(" t"));
    if (parent->entity->stat_table.literal != NULL) {
        sql_add(q, SQL(" JOIN "));
        sql_add(q, parent->entity->stat_table);
        sql_add(q, SQL(" s ON s.id = t.id"));
    }
    sql_add(q, SQL(" WHERE "));
    if ((parent->entity->flags & E_TRASH) != 0)
        sql_add(q, SQL("t.deleted_at IS NULL AND "));
    TRY(scope_of(cx, q, parent, operate));
    sql_add(q, SQL(")"));
    return STATUS_OK;
}

static const Scope *scope_in_force(const Ctx *cx, const EntityInfo *e, bool operate)
{
    const EntityAccess *a = &cx->access->entities[e->index];
    return operate ? &a->operate : &a->view;
}

// Only his own, and for viewing those that are shared, whoever asks.
static void scope_self(Ctx *cx, Sql *q, const EntityInfo *e, bool operate)
{
    sql_add(q, SQL("("));
    scope_ids(q, field_at(e, e->entity->owner), &cx->access->user.v, 1);
    const Field *shared = field_find(e, S("shared"));
    if (shared != NULL && !operate) {
        sql_add(q, SQL(" OR "));
        sql_col(q, SQL("t"), shared->col);
        sql_add(q, SQL(" = 1"));
    }
    sql_add(q, SQL(")"));
}

// Rows that can do without what they hang on (an order whose buyer is unknown) are seen by whoever
// sees all of those; rows that cannot are asked for their own one, which may lie in the bin.
static bool sees_all(const Ctx *cx, const EntityInfo *e, bool operate)
{
    while (e->entity->parent != 0) {
        const Field *f = field_at(e, e->entity->parent);
        const EntityInfo *parent = catalog_find(cx->catalog, str_z(f->ref));
        if (parent == NULL || (f->flags & F_REQUIRED) != 0)
            return false;
        e = parent;
    }
    return (e->entity->flags & E_GLOBAL) != 0 ||
           (scope_in_force(cx, e, operate)->kinds & SCOPE_ALL) != 0;
}

static Status scope_of(Ctx *cx, Sql *q, const EntityInfo *e, bool operate)
{
    const Access *a = cx->access;
    if (a == NULL || (a->read_only && operate)) {
        sql_add(q, SQL("FALSE"));
        return STATUS_OK;
    }
    if ((e->entity->flags & E_SELF) != 0 && a->user.v != 0) {
        scope_self(cx, q, e, operate);
        return STATUS_OK;
    }
    if (a->all || (e->entity->flags & E_GLOBAL) != 0 ||
        (scope_in_force(cx, e, operate)->kinds & SCOPE_ALL) != 0 || sees_all(cx, e, operate)) {
        sql_add(q, SQL("TRUE"));
        return STATUS_OK;
    }
    if (e->entity->parent != 0)
        return scope_parent(cx, q, e, operate);
    return scope_parts(cx, q, e, scope_in_force(cx, e, operate));
}

// --- quick search

static int count_digits(Str s)
{
    int n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ascii_is_digit(s.ptr[i]);
    return n;
}

// Sealed fields are asked for by their blind indexes: a whole phone or address, or the last four.
static Status search_sealed(Ctx *cx, Sql *q, const EntityInfo *e, const Field *f, Str text)
{
    Value v = value_text(text);
    bool tail = (f->flags & F_TAIL) != 0 && text.len == 4 && count_digits(text) == 4;
    Err *before = cx->errors;
    bool whole = f->check == NULL || (f->check)(cx, f, &v) == STATUS_OK;
    cx->errors = before;
    if (field_access(cx, e, f) < ACCESS_MASKED || (!tail && !whole))
        return STATUS_OK;
    sql_add(q, SQL(" OR "));
    if (tail) {
        Str purpose = arena_fmt(cx->arena, STR_FMT ".tail", STR_ARG(f->name));
        sql_col(q, SQL("t"), f->tail_col);
        sql_add(q, SQL(" = "));
        sql_blob(q, blind_index(cx->catalog->keys, cx->arena, purpose.ptr, text));
        return STATUS_OK;
    }
    Str blind = { 0 };
    TRY(blind_of(cx, f, v.text, cx->arena, &blind));
    sql_col(q, SQL("t"), f->blind_col);
    sql_add(q, SQL(" = "));
    sql_blob(q, blind);
    return STATUS_OK;
}

static void search_tokens(Ctx *cx, Sql *q, const EntityInfo *e, Str text)
{
    QueryTokens t = text_query_tokens(cx->arena, text);
    if (t.len == 0 || e->entity->search_table.literal == NULL) {
        sql_add(q, SQL("FALSE"));
        return;
    }
    SearchToken *tokens = arena_array(cx->arena, SearchToken, t.len);
    for (size_t i = 0; i < t.len; i++)
        tokens[i] = (SearchToken){ t.ptr[i].token, t.ptr[i].prefix, t.ptr[i].group };
    sql_search(q, SQL("t.id"), e->entity->search_table, tokens, t.len);
}

static bool has_tokens(const Field *f)
{
    return (f->flags & F_SEARCH) != 0 && (f->flags & F_CRYPT) == 0 && f->kind == FIELD_TEXT;
}

static void contains(Sql *q, SqlText col, Str text)
{
    sql_either(q, SQL("instr(lower("), SQL("strpos(lower(("));
    sql_col(q, SQL("t"), col);
    sql_either(q, SQL("), "), SQL(") COLLATE \"C\"), "));
    sql_text(q, text);
    sql_add(q, SQL(") > 0"));
}

// The token index knows all fields together. For who may not see one of them, what it finds must be
// found in a field that he sees, or searching would tell him what stands in the other.
static void search_seen(Ctx *cx, Sql *q, const EntityInfo *e, Str text)
{
    bool hidden = false;
    FOR_FIELDS(e, f)
        hidden = hidden || (has_tokens(f) && field_access(cx, e, f) == ACCESS_NONE);
    if (!hidden)
        return;
    Str small = arena_dup(cx->arena, text);
    for (char *p = (char *)(uintptr_t)small.ptr; p < small.ptr + small.len; p++)
        *p = ascii_lower(*p);
    sql_add(q, SQL(" AND (FALSE"));
    FOR_FIELDS(e, f) {
        if (!has_tokens(f) || field_access(cx, e, f) == ACCESS_NONE)
            continue;
        sql_add(q, SQL(" OR "));
        contains(q, f->col, small);
        if (f->sort_col.literal != NULL) {
            sql_add(q, SQL(" OR "));
            contains(q, f->sort_col, small);
        }
    }
    sql_add(q, SQL(")"));
}

static Status search(Ctx *cx, Sql *q, const EntityInfo *e, Str text)
{
    sql_add(q, SQL(" AND (("));
    search_tokens(cx, q, e, text);
    search_seen(cx, q, e, text);
    sql_add(q, SQL(")"));
    FOR_FIELDS(e, f)
        if ((f->flags & F_CRYPT) != 0 && (f->flags & F_SEARCH) != 0)
            TRY(search_sealed(cx, q, e, f, text));
    for (const SqlText *also = e->entity->search_also; also != NULL && also->literal[0] != '\0';
         also++) {
        sql_add(q, SQL(" OR "));
        sql_add(q, *also);
        sql_text(q, text);
        sql_add(q, SQL(")"));
    }
    sql_add(q, SQL(")"));
    return STATUS_OK;
}

// --- keyset

void query_custom_column(Sql *q, const Field *f)
{
    bool number = f->kind != FIELD_TEXT;
    sql_either(q, SQL("CASE WHEN typeof(t.custom ->> "),
               SQL("CASE WHEN jsonb_typeof(t.custom -> "));
    sql_text(q, f->key);
    if (number)
        sql_either(q, SQL(") = 'integer' THEN t.custom ->> "),
                   SQL(") = 'number' THEN CAST(t.custom ->> "));
    else
        sql_either(q, SQL(") = 'text' THEN t.custom ->> "), SQL(") = 'string' THEN t.custom ->> "));
    sql_text(q, f->key);
    if (number)
        sql_either(q, SQL(" END"), SQL(" AS BIGINT) END"));
    else
        sql_add(q, SQL(" END"));
}

void query_sort_column(Sql *q, const Field *f)
{
    if ((f->flags & F_CUSTOM) != 0) {
        sql_add(q, SQL("("));
        query_custom_column(q, f);
        sql_add(q, SQL(")"));
    } else {
        sql_col(q, (f->flags & F_STAT) != 0 ? SQL("s") : SQL("t"),
                f->sort_col.literal != NULL ? f->sort_col : f->col);
    }
    if (f->kind == FIELD_TEXT)
        sql_either(q, SQL(""), SQL(" COLLATE \"C\""));
}

static void key_bind(Sql *q, const Field *f, const Json *v)
{
    if (f->kind == FIELD_TEXT)
        sql_text(q, v->text);
    else
        sql_int(q, v->num);
}

// Rows behind the cursor: missing values count as smallest. Writes "(k past v OR (k = v AND …))".
static void keyset(Sql *q, const Query *query, size_t i, const Json *v)
{
    const SortKey *k = &query->sort[i];
    bool last = i == query->nsort;
    const Field *f = last ? field_at(query->info, 0) : k->field;
    bool desc = last ? query->nsort == 0 || query->sort[0].desc : k->desc;
    sql_add(q, SQL("("));
    if (v->kind == JSON_NULL_NODE) {
        if (desc) {
            sql_add(q, SQL("FALSE"));
        } else {
            query_sort_column(q, f);
            sql_add(q, SQL(" IS NOT NULL"));
        }
    } else {
        query_sort_column(q, f);
        sql_add(q, desc ? SQL(" < ") : SQL(" > "));
        key_bind(q, f, v);
        if (desc && !last) {
            sql_add(q, SQL(" OR "));
            query_sort_column(q, f);
            sql_add(q, SQL(" IS NULL"));
        }
    }
    if (!last) {
        sql_add(q, SQL(" OR ("));
        query_sort_column(q, f);
        if (v->kind == JSON_NULL_NODE) {
            sql_add(q, SQL(" IS NULL"));
        } else {
            sql_add(q, SQL(" = "));
            key_bind(q, f, v);
        }
        sql_add(q, SQL(" AND "));
        keyset(q, query, i + 1, v->next);
        sql_add(q, SQL(")"));
    }
    sql_add(q, SQL(")"));
}

static bool cursor_fits(const Query *query, const Json *list)
{
    if (list == NULL || list->kind != JSON_ARRAY_NODE || list->len != query->nsort + 1)
        return false;
    const Json *v = list->first;
    for (size_t i = 0; i <= query->nsort; i++, v = v->next) {
        bool text = i < query->nsort && query->sort[i].field->kind == FIELD_TEXT;
        bool null = v->kind == JSON_NULL_NODE && i < query->nsort;
        if (!null && v->kind != (text ? JSON_STR_NODE : JSON_INT_NODE))
            return false;
    }
    return true;
}

Status query_keyset(Ctx *cx, Sql *q, const Query *query)
{
    if (query->cursor.len == 0)
        return STATUS_OK;
    Str text = { 0 };
    const Json *list = NULL;
    Err *before = cx->errors;
    if (query->cursor.len > LIMIT_URL || !base64url_parse(cx->arena, query->cursor, &text) ||
        json_parse(cx, text, &list) != STATUS_OK || !cursor_fits(query, list)) {
        cx->errors = before;
        return FAIL(cx, MALFORMED, "cursor", "cursor", "does not belong to this list");
    }
    sql_add(q, SQL(" AND "));
    // A plain bound on the first key lets the index be entered at the right place.
    const Json *first = list->first;
    if (query->nsort > 0 && first->kind != JSON_NULL_NODE && !query->sort[0].desc) {
        query_sort_column(q, query->sort[0].field);
        sql_add(q, SQL(" >= "));
        key_bind(q, query->sort[0].field, first);
        sql_add(q, SQL(" AND "));
    }
    keyset(q, query, 0, first);
    return STATUS_OK;
}

// --- the whole

static bool scope_needs_stat(const Ctx *cx, const EntityInfo *e, bool operate)
{
    if (cx->access == NULL || cx->access->all || (e->entity->flags & E_GLOBAL) != 0)
        return false;
    const Scope *s = scope_in_force(cx, e, operate);
    for (size_t i = 0; i < s->nfilters; i++)
        if (filter_needs_stat(s->filters[i]))
            return true;
    return false;
}

bool query_needs_stat(const Query *query)
{
    bool needs = filter_needs_stat(query->filter);
    for (size_t i = 0; i < query->nsort; i++)
        needs |= (query->sort[i].field->flags & F_STAT) != 0;
    FOR_FIELDS(query->info, f)
        if ((f->flags & F_STAT) != 0 && mask_has(&query->only, f->index))
            needs = true;
    return needs && query->info->entity->stat_table.literal != NULL;
}

bool query_joins_stat(const Ctx *cx, const Query *query)
{
    return query_needs_stat(query) || scope_needs_stat(cx, query->info, false) ||
           (query->operate && scope_needs_stat(cx, query->info, true));
}

// Rows without a bin of their own (order lines) are gone as long as what they hang on is.
static void parent_lives(const Ctx *cx, Sql *q, const EntityInfo *e)
{
    const Field *f = field_at(e, e->entity->parent);
    const EntityInfo *parent = catalog_find(cx->catalog, str_z(f->ref));
    if (parent == NULL || (parent->entity->flags & E_TRASH) == 0)
        return;
    sql_add(q, SQL("EXISTS (SELECT 1 FROM "));
    sql_add(q, parent->entity->table);
    sql_add(q, SQL(" p WHERE p.deleted_at IS NULL AND p.id = "));
    sql_col(q, SQL("t"), f->col);
    sql_add(q, SQL(") AND "));
}

Status query_where(Ctx *cx, Sql *q, const Query *query)
{
    const EntityInfo *e = query->info;
    sql_add(q, SQL("("));
    if ((e->entity->flags & E_TRASH) != 0 && query->bin != BIN_BOTH)
        sql_add(q, query->bin == BIN_LIVE ? SQL("t.deleted_at IS NULL AND ")
                                          : SQL("t.deleted_at IS NOT NULL AND "));
    if ((e->entity->flags & E_TRASH) == 0 && e->entity->parent != 0 && query->bin == BIN_LIVE)
        parent_lives(cx, q, e);
    TRY(scope_of(cx, q, e, false));
    // Nobody operates on what he does not see, however the two scopes were written.
    if (query->operate) {
        sql_add(q, SQL(" AND "));
        TRY(scope_of(cx, q, e, true));
    }
    if (query->filter != NULL) {
        sql_add(q, SQL(" AND "));
        TRY(filter_sql(cx, q, e, query->filter));
    }
    if (query->ids != NULL) {
        sql_add(q, SQL(" AND t.id IN ("));
        sql_int_list(q, query->ids, query->nids);
        sql_add(q, SQL(")"));
    }
    Str text = str_trim(query->q);
    if (text.len > 0)
        TRY(search(cx, q, e, text));
    sql_add(q, SQL(")"));
    return STATUS_OK;
}
