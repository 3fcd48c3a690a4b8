// Rows as plain structs behind field descriptors.
#include "entity/entity.h"

static RowHead *head_of(void *row)
{
    return row;
}

static const RowHead *head(const void *row)
{
    return row;
}

static const void *at(const void *row, const Field *f)
{
    return (const char *)row + f->offset;
}

static void *at_mut(void *row, const Field *f)
{
    return (char *)row + f->offset;
}

static CustomValue *custom_find(const RowHead *h, Str key)
{
    for (CustomValue *c = h->custom; c != NULL; c = c->next)
        if (str_eq(c->key, key))
            return c;
    return NULL;
}

void *row_new(Arena *a, const EntityInfo *e)
{
    return arena_alloc(a, e->entity->size, _Alignof(max_align_t));
}

void *row_copy(Arena *a, const EntityInfo *e, const void *row)
{
    void *copy = row_new(a, e);
    memcpy(copy, row, e->entity->size);
    RowHead *h = head_of(copy);
    CustomValue **link = &h->custom;
    for (const CustomValue *c = head(row)->custom; c != NULL; c = c->next) {
        *link = arena_new(a, CustomValue);
        **link = *c;
        link = &(*link)->next;
    }
    *link = NULL;
    return copy;
}

static void put_member(void *row, const Field *f, Value v)
{
    switch (f->kind) {
    case FIELD_TEXT: *(Str *)at_mut(row, f) = v.text; break;
    case FIELD_JSON: ((JsonDoc *)at_mut(row, f))->text = v.text; break;
    case FIELD_INT: *(int64_t *)at_mut(row, f) = v.num; break;
    case FIELD_BOOL: *(bool *)at_mut(row, f) = v.num != 0; break;
    case FIELD_ID: ((Id *)at_mut(row, f))->v = v.num; break;
    case FIELD_MONEY: ((Money *)at_mut(row, f))->e4 = v.num; break;
    case FIELD_DECIMAL: ((Decimal *)at_mut(row, f))->e4 = v.num; break;
    case FIELD_INSTANT: ((Instant *)at_mut(row, f))->ms = v.num; break;
    case FIELD_DAY: ((Day *)at_mut(row, f))->n = (int32_t)v.num; break;
    case FIELD_CHOICE: ((Choice *)at_mut(row, f))->ordinal = (int32_t)v.num; break;
    case FIELD_KINDS: break;
    }
}

void *row_keep(Arena *a, const EntityInfo *e, const void *row)
{
    void *copy = row_copy(a, e, row);
    for (uint32_t i = 0; i < e->nbuiltin; i++) {
        const Field *f = field_at(e, i);
        Value v = row_get(copy, f);
        if (v.null || (f->kind != FIELD_TEXT && f->kind != FIELD_JSON))
            continue;
        v.text = arena_dup(a, v.text);
        put_member(copy, f, v);
    }
    for (CustomValue *c = head_of(copy)->custom; c != NULL; c = c->next) {
        c->key = arena_dup(a, c->key);
        c->raw = arena_dup(a, c->raw);
        c->value.text = arena_dup(a, c->value.text);
    }
    return copy;
}

Id row_id(const void *row, const EntityInfo *e)
{
    return *(const Id *)at(row, field_at(e, 0));
}

bool row_has(const void *row, const Field *f)
{
    if ((f->flags & F_CUSTOM) != 0)
        return custom_find(head(row), f->key) != NULL;
    return mask_has(&head(row)->present, f->index);
}

bool row_is_set(const void *row, const Field *f)
{
    return !row_get(row, f).null;
}

Value row_get(const void *row, const Field *f)
{
    Value v = { .kind = f->kind, .null = true };
    if ((f->flags & F_CUSTOM) != 0) {
        const CustomValue *c = custom_find(head(row), f->key);
        return c == NULL || c->field == NULL ? v : c->value;
    }
    if (!mask_has(&head(row)->present, f->index) || mask_has(&head(row)->null, f->index))
        return v;
    v.null = false;
    switch (f->kind) {
    case FIELD_TEXT: v.text = *(const Str *)at(row, f); break;
    case FIELD_JSON: v.text = ((const JsonDoc *)at(row, f))->text; break;
    case FIELD_INT: v.num = *(const int64_t *)at(row, f); break;
    case FIELD_BOOL: v.num = *(const bool *)at(row, f); break;
    case FIELD_ID: v.num = ((const Id *)at(row, f))->v; break;
    case FIELD_MONEY: v.num = ((const Money *)at(row, f))->e4; break;
    case FIELD_DECIMAL: v.num = ((const Decimal *)at(row, f))->e4; break;
    case FIELD_INSTANT: v.num = ((const Instant *)at(row, f))->ms; break;
    case FIELD_DAY: v.num = ((const Day *)at(row, f))->n; break;
    case FIELD_CHOICE: v.num = ((const Choice *)at(row, f))->ordinal; break;
    case FIELD_KINDS: break;
    }
    return v;
}

void row_put(Arena *a, void *row, const Field *f, Value v)
{
    RowHead *h = head_of(row);
    if ((f->flags & F_CUSTOM) != 0) {
        CustomValue *c = custom_find(h, f->key);
        if (c == NULL) {
            c = arena_new(a, CustomValue);
            c->next = h->custom;
            c->key = f->key;
            h->custom = c;
        }
        c->field = f;
        c->value = v;
        return;
    }
    mask_set(&h->present, f->index);
    if (v.null) {
        mask_set(&h->null, f->index);
        put_member(row, f, (Value){ .kind = f->kind });
    } else {
        mask_clear(&h->null, f->index);
        put_member(row, f, v);
    }
}

void row_drop(void *row, const Field *f)
{
    RowHead *h = head_of(row);
    if ((f->flags & F_CUSTOM) == 0) {
        mask_clear(&h->present, f->index);
        return;
    }
    for (CustomValue **link = &h->custom; *link != NULL; link = &(*link)->next)
        if (str_eq((*link)->key, f->key)) {
            *link = (*link)->next;
            return;
        }
}

void row_touch(RowHead *h, uint32_t field)
{
    mask_set(&h->present, field);
    mask_clear(&h->null, field);
}

bool value_equal(Value a, Value b)
{
    if (a.null || b.null)
        return a.null == b.null;
    if (a.kind == FIELD_TEXT || a.kind == FIELD_JSON)
        return str_eq(a.text, b.text);
    return a.num == b.num;
}

Value value_null(FieldKind k)
{
    return (Value){ .kind = k, .null = true };
}

Value value_num(FieldKind k, int64_t num)
{
    return (Value){ .kind = k, .num = num };
}

Value value_text(Str s)
{
    return (Value){ .kind = FIELD_TEXT, .text = s };
}
