// Rows to SQL and back. Only change/ writes with these; reading goes through query.
#include "entity/access.h"

#include <stdio.h>

static SealPlace place_of(const EntityInfo *e, const Field *f, Id id)
{
    return (SealPlace){ .table = e->entity->table.literal, .column = f->col.literal, .row = id.v };
}

static bool stored_here(const Field *f)
{
    return (f->flags & (F_CUSTOM | F_STAT)) == 0;
}

Status blind_of(Ctx *cx, const Field *f, Str value, Arena *a, Str *ret)
{
    check(cx->catalog->keys != NULL);
    *ret = blind_index(cx->catalog->keys, a, f->name.ptr, text_fold(a, value));
    return STATUS_OK;
}

// Last four digits, keyed by another purpose than the whole number.
static Str tail_of(Ctx *cx, const Field *f, Str value)
{
    char digits[4];
    size_t n = 0;
    size_t end = str_find_char(value, ';', 0);
    for (size_t i = end; i > 0 && n < 4; i--)
        if (ascii_is_digit(value.ptr[i - 1]))
            digits[3 - n++] = value.ptr[i - 1];
    if (n < 4)
        return (Str){ 0 };
    Str purpose = arena_fmt(cx->arena, STR_FMT ".tail", STR_ARG(f->name));
    return blind_index(cx->catalog->keys, cx->arena, purpose.ptr, (Str){ digits, 4 });
}

static void bind(Ctx *cx, Sql *q, const EntityInfo *e, const Field *f, Id id, Value v)
{
    if (v.null)
        sql_null(q);
    else if ((f->flags & F_CRYPT) != 0)
        sql_blob(q, seal(cx->catalog->keys, cx->arena, place_of(e, f, id), v.text));
    else if (f->kind == FIELD_JSON)
        sql_json(q, v.text);
    else if (f->kind == FIELD_TEXT)
        sql_text(q, v.text);
    else
        sql_int(q, v.num);
}

static void bind_blob_or_null(Sql *q, Str blob)
{
    if (blob.len == 0)
        sql_null(q);
    else
        sql_blob(q, blob);
}

static Str blind_or_empty(Ctx *cx, const Field *f, Value v)
{
    Str blind = { 0 };
    if (!v.null && blind_of(cx, f, v.text, cx->arena, &blind) != STATUS_OK)
        return (Str){ 0 };
    return blind;
}

static bool has_blind(const Field *f)
{
    return (f->flags & F_CRYPT) != 0 && (f->flags & F_NO_BLIND) == 0;
}

// The whole custom document: known values by their kind, unknown ones as they were.
static Str custom_document(Ctx *cx, const EntityInfo *e, const void *row)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    Id id = row_id(row, e);
    for (const CustomValue *c = ((const RowHead *)row)->custom; c != NULL; c = c->next) {
        if (c->field != NULL && c->value.null)
            continue;
        json_key(&j, c->key);
        if (c->field == NULL) {
            json_raw(&j, c->raw);
        } else if ((c->field->flags & F_PII) != 0 && c->field->kind == FIELD_TEXT) {
            SealPlace place = { e->entity->table.literal, c->key.ptr, id.v };
            json_open(&j);
            json_key_str(
                &j, "sealed",
                base64url(cx->arena, seal(cx->catalog->keys, cx->arena, place, c->value.text)));
            json_close(&j);
        } else if (c->value.kind == FIELD_TEXT) {
            json_str(&j, c->value.text);
        } else {
            json_int(&j, c->value.num);
        }
    }
    json_close(&j);
    return buf_str(&b);
}

static void column(Sql *q, SqlText col, bool *first)
{
    if (!*first)
        sql_add(q, SQL(", "));
    *first = false;
    sql_add(q, col);
}

static void insert_columns(Sql *q, const EntityInfo *e, const void *row, bool custom)
{
    bool first = true;
    FOR_FIELDS(e, f) {
        if (!stored_here(f) || !row_has(row, f))
            continue;
        column(q, f->col, &first);
        if (has_blind(f))
            column(q, f->blind_col, &first);
        if ((f->flags & F_TAIL) != 0)
            column(q, f->tail_col, &first);
    }
    if (custom)
        column(q, SQL("custom"), &first);
}

static void insert_values(Ctx *cx, Sql *q, const EntityInfo *e, const void *row, bool custom)
{
    Id id = row_id(row, e);
    bool first = true;
    FOR_FIELDS(e, f) {
        if (!stored_here(f) || !row_has(row, f))
            continue;
        Value v = row_get(row, f);
        column(q, SQL(""), &first);
        bind(cx, q, e, f, id, v);
        if (has_blind(f)) {
            sql_add(q, SQL(", "));
            bind_blob_or_null(q, blind_or_empty(cx, f, v));
        }
        if ((f->flags & F_TAIL) != 0) {
            sql_add(q, SQL(", "));
            bind_blob_or_null(q, v.null ? (Str){ 0 } : tail_of(cx, f, v.text));
        }
    }
    if (custom) {
        column(q, SQL(""), &first);
        sql_json(q, custom_document(cx, e, row));
    }
}

Status entity_insert(Ctx *cx, Db *db, const EntityInfo *e, void *row)
{
    if (row_id(row, e).v == 0) {
        int64_t id = 0;
        TRY(db_next_id(cx, db, e->entity->table, &id));
        row_put(cx->arena, row, field_at(e, 0), value_num(FIELD_ID, id));
    }
    bool custom = (e->entity->flags & E_CUSTOM) != 0 && ((RowHead *)row)->custom != NULL;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO "));
    sql_add(q, e->entity->table);
    sql_add(q, SQL(" ("));
    insert_columns(q, e, row, custom);
    sql_add(q, SQL(") VALUES ("));
    insert_values(cx, q, e, row, custom);
    sql_add(q, SQL(")"));
    return db_exec(cx, db, q, NULL);
}

Status entity_update(Ctx *cx, Db *db, const EntityInfo *e, const void *row)
{
    Id id = row_id(row, e);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE "));
    sql_add(q, e->entity->table);
    sql_add(q, SQL(" SET "));
    bool first = true;
    FOR_FIELDS(e, f) {
        if (f->index == 0 || !stored_here(f) || !row_has(row, f))
            continue;
        Value v = row_get(row, f);
        column(q, f->col, &first);
        sql_add(q, SQL(" = "));
        bind(cx, q, e, f, id, v);
        if (has_blind(f)) {
            column(q, f->blind_col, &first);
            sql_add(q, SQL(" = "));
            bind_blob_or_null(q, blind_or_empty(cx, f, v));
        }
        if ((f->flags & F_TAIL) != 0) {
            column(q, f->tail_col, &first);
            sql_add(q, SQL(" = "));
            bind_blob_or_null(q, v.null ? (Str){ 0 } : tail_of(cx, f, v.text));
        }
    }
    if (((const RowHead *)row)->custom != NULL) {
        column(q, SQL("custom"), &first);
        sql_add(q, SQL(" = "));
        sql_json(q, custom_document(cx, e, row));
    }
    if (first)
        return STATUS_OK;
    sql_add(q, SQL(" WHERE id = "));
    sql_id(q, id);
    return db_exec(cx, db, q, NULL);
}

// --- search index

static void add_tokens(Arena *a, const EntityInfo *e, const void *row, Tokens *ret)
{
    VEC(Str) list = { 0 };
    if (row != NULL)
        FOR_FIELDS(e, f) {
            if ((f->flags & F_SEARCH) == 0 || (f->flags & F_CRYPT) != 0 || f->kind != FIELD_TEXT)
                continue;
            Tokens t = text_name_tokens(a, row_get(row, f).text);
            for (size_t i = 0; i < t.len; i++)
                *vec_add(a, &list) = t.ptr[i];
        }
    *ret = (Tokens){ list.ptr, list.len };
}

Status entity_index(Ctx *cx, Db *db, const EntityInfo *e, const void *before, const void *after)
{
    if (e->entity->search_table.literal == NULL)
        return STATUS_OK;
    bool differs = before == NULL || after == NULL;
    FOR_FIELDS(e, f)
        if (!differs && (f->flags & F_SEARCH) != 0)
            differs = !value_equal(row_get(before, f), row_get(after, f));
    if (!differs)
        return STATUS_OK;
    Tokens old = { 0 };
    Tokens now = { 0 };
    add_tokens(cx->arena, e, before, &old);
    add_tokens(cx->arena, e, after, &now);
    Id id = row_id(after != NULL ? after : before, e);
    return db_search_put(cx, db, e->entity->search_table, id.v, old.ptr, old.len, now.ptr, now.len);
}

// --- reading

Mask mask_all(const EntityInfo *e)
{
    Mask m = { 0 };
    for (uint32_t i = 0; i < e->nbuiltin; i++)
        mask_set(&m, i);
    if ((e->entity->flags & E_CUSTOM) != 0)
        mask_set(&m, MASK_CUSTOM);
    return m;
}

void entity_columns(Sql *q, const EntityInfo *e, const Mask *only)
{
    bool first = true;
    for (uint32_t i = 0; i < e->nbuiltin; i++) {
        if (i != 0 && !mask_has(only, i))
            continue;
        const Field *f = field_at(e, i);
        if (!first)
            sql_add(q, SQL(", "));
        first = false;
        sql_col(q, (f->flags & F_STAT) != 0 ? SQL("s") : SQL("t"), f->col);
    }
    if (mask_has(only, MASK_CUSTOM))
        sql_add(q, SQL(", t.custom"));
}

// A field of the same key may have been of another kind before.
static bool custom_fits(const Field *f, const Json *node)
{
    if (f->kind != FIELD_TEXT)
        return node->kind == JSON_INT_NODE;
    return node->kind == JSON_STR_NODE || (field_is_sealed(f) && json_get(node, "sealed") != NULL);
}

static Status custom_value(Ctx *cx, const EntityInfo *e, const Json *node, Id id, Arena *a,
                           CustomValue *c)
{
    Str name = arena_fmt(cx->arena, "custom." STR_FMT, STR_ARG(node->key));
    c->key = arena_dup(a, node->key);
    c->field = field_find(e, name);
    if (c->field != NULL && !custom_fits(c->field, node))
        c->field = NULL;
    if (c->field == NULL) {
        Buf b = buf_new(a, LIMIT_JSON_BODY);
        JsonOut j = json_out(&b);
        json_write(&j, node);
        c->raw = buf_str(&b);
        c->value = value_null(FIELD_JSON);
        return STATUS_OK;
    }
    if (node->kind == JSON_OBJECT_NODE) {
        Str sealed = { 0 };
        SealPlace place = { e->entity->table.literal, c->key.ptr, id.v };
        if (!base64url_parse(cx->arena, json_text(node, "sealed", (Str){ 0 }), &sealed))
            return FAIL(cx, INTERNAL, "sealed.broken", NULL, "a sealed value cannot be read");
        c->value = value_text((Str){ 0 });
        return unseal(cx, cx->catalog->keys, a, place, sealed, &c->value.text);
    }
    c->value = node->kind == JSON_STR_NODE ? value_text(arena_dup(a, node->text))
                                           : value_num(c->field->kind, node->num);
    return STATUS_OK;
}

static Status read_custom(Ctx *cx, const EntityInfo *e, Str text, Arena *a, void *row)
{
    if (text.len == 0)
        return STATUS_OK;
    const Json *doc = NULL;
    TRY(json_parse(cx, text, &doc));
    RowHead *h = row;
    for (const Json *node = doc->first; node != NULL; node = node->next) {
        CustomValue *c = arena_new(a, CustomValue);
        TRY(custom_value(cx, e, node, row_id(row, e), a, c));
        c->next = h->custom;
        h->custom = c;
    }
    return STATUS_OK;
}

Status entity_read(Ctx *cx, const EntityInfo *e, const Mask *only, const Stmt *st, int from,
                   Arena *a, void *row)
{
    int col = from;
    for (uint32_t i = 0; i < e->nbuiltin; i++) {
        if (i != 0 && !mask_has(only, i))
            continue;
        const Field *f = field_at(e, i);
        Value v = { .kind = f->kind, .null = stmt_is_null(st, col) };
        if (!v.null && (f->flags & F_CRYPT) != 0)
            TRY(unseal(cx, cx->catalog->keys, a, place_of(e, f, row_id(row, e)), stmt_view(st, col),
                       &v.text));
        else if (!v.null && f->kind == FIELD_JSON)
            v.text = json_normal(cx, a, stmt_view(st, col));
        else if (!v.null && f->kind == FIELD_TEXT)
            v.text = stmt_text(st, col, a);
        else if (!v.null)
            v.num = stmt_int(st, col);
        row_put(a, row, f, v);
        col++;
    }
    if (mask_has(only, MASK_CUSTOM))
        TRY(read_custom(cx, e, stmt_view(st, col), a, row));
    return STATUS_OK;
}

// Selecting every column with LIMIT 0 makes the database itself compare table and descriptors.
Status entity_check_schema(Ctx *cx, Db *db, const Entity *e)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT t.id"));
    for (const Field *f = e->fields; f < e->fields + e->nfields; f++) {
        sql_add(q, SQL(", "));
        sql_col(q, (f->flags & F_STAT) != 0 ? SQL("s") : SQL("t"), f->col);
        if (has_blind(f)) {
            sql_add(q, SQL(", "));
            sql_col(q, SQL("t"), f->blind_col);
        }
        if ((f->flags & F_TAIL) != 0) {
            sql_add(q, SQL(", "));
            sql_col(q, SQL("t"), f->tail_col);
        }
    }
    if ((e->flags & E_CUSTOM) != 0)
        sql_add(q, SQL(", t.custom"));
    sql_add(q, SQL(" FROM "));
    sql_add(q, e->table);
    sql_add(q, SQL(" t"));
    if (e->stat_table.literal != NULL) {
        sql_add(q, SQL(" JOIN "));
        sql_add(q, e->stat_table);
        sql_add(q, SQL(" s ON s.id = t.id"));
    }
    sql_add(q, SQL(" LIMIT 0"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    if (db_run(cx, db, q, &st) != STATUS_OK)
        return FAIL(cx, INTERNAL, "schema", NULL, "table %s does not match its fields",
                    e->table.literal);
    (void)stmt_next(st);
    return stmt_end(cx, &st);
}
