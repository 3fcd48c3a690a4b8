// Values as JSON and as text for people.
#include "entity/access.h"
#include "entity/query.h"

#include <inttypes.h>

static Str choice_name(const Field *f, int64_t ordinal)
{
    int64_t n = 0;
    for (const ChoiceDef *c = f->choices; c != NULL && c->name != NULL; c++, n++)
        if (n == ordinal)
            return str_z(c->name);
    return (Str){ 0 };
}

static bool choice_find(const Field *f, Str s, bool labels, int64_t *ret)
{
    int64_t n = 0;
    for (const ChoiceDef *c = f->choices; c != NULL && c->name != NULL; c++, n++)
        if (str_eq(s, str_z(c->name)) ||
            (labels && (str_eq(s, str_z(c->label.zh)) || str_ieq(s, str_z(c->label.en))))) {
            *ret = n;
            return true;
        }
    return false;
}

void value_json(JsonOut *j, const Catalog *c, const Field *f, Value v)
{
    if (v.null) {
        json_null(j);
        return;
    }
    char tmp[64];
    Arena none = { 0 };
    Buf b = { .arena = &none, .ptr = tmp, .cap = sizeof(tmp), .max = sizeof(tmp) - 1 };
    switch (f->kind) {
    case FIELD_TEXT: json_str(j, v.text); return;
    case FIELD_JSON: json_raw(j, v.text); return;
    case FIELD_INT:
    case FIELD_ID: json_int(j, v.num); return;
    case FIELD_BOOL: json_bool(j, v.num != 0); return;
    case FIELD_CHOICE: json_str(j, choice_name(f, v.num)); return;
    case FIELD_MONEY: money_add(&b, v.num, c == NULL ? 2 : c->decimals); break;
    case FIELD_DECIMAL: money_add(&b, v.num, 0); break;
    case FIELD_INSTANT: instant_add(&b, (Instant){ v.num }); break;
    case FIELD_DAY: day_add(&b, (Day){ (int32_t)v.num }); break;
    case FIELD_KINDS: return;
    }
    json_str(j, buf_str(&b));
}

static bool key_before(Str a, Str b)
{
    return a.len != b.len ? a.len < b.len : str_cmp(a, b) < 0;
}

// Members are picked smallest first: documents are small, and bounded by the reader.
static void write_normal(JsonOut *j, const Json *node, Arena *a)
{
    if (node->kind == JSON_ARRAY_NODE) {
        json_open_array(j);
        for (const Json *n = node->first; n != NULL; n = n->next)
            write_normal(j, n, a);
        json_close_array(j);
        return;
    }
    if (node->kind != JSON_OBJECT_NODE) {
        json_write(j, node);
        return;
    }
    const Json **list = arena_array(a, const Json *, node->len + 1);
    size_t len = 0;
    for (const Json *n = node->first; n != NULL; n = n->next) {
        size_t at = len++;
        for (; at > 0 && key_before(n->key, list[at - 1]->key); at--)
            list[at] = list[at - 1];
        list[at] = n;
    }
    json_open(j);
    for (size_t i = 0; i < len; i++) {
        json_key(j, list[i]->key);
        write_normal(j, list[i], a);
    }
    json_close(j);
}

static Str normal_node(Ctx *cx, Arena *a, const Json *node)
{
    Buf b = buf_new(a, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    write_normal(&j, node, cx->arena);
    return buf_str(&b);
}

Str json_normal(Ctx *cx, Arena *a, Str text)
{
    const Json *node = NULL;
    Err *errors = cx->errors;
    bool ok = json_parse(cx, text, &node) == STATUS_OK;
    cx->errors = errors;
    return ok ? normal_node(cx, a, node) : arena_dup(a, text);
}

static Status bad_value(Ctx *cx, const Field *f, const char *code, const char *what)
{
    return FAIL(cx, INVALID, code, f->name.ptr, "%s", what);
}

static bool parse_bool(Str s, int64_t *ret)
{
    static const Str YES[] = { S_INIT("true"), S_INIT("1"),  S_INIT("yes"), S_INIT("y"),
                               S_INIT("是"),   S_INIT("有"), S_INIT("√") };
    static const Str NO[] = { S_INIT("false"), S_INIT("0"),  S_INIT("no"), S_INIT("n"),
                              S_INIT("否"),    S_INIT("无"), S_INIT("×") };
    for (size_t i = 0; i < ARRAY_LEN(YES); i++) {
        if (str_ieq(s, YES[i]) || str_ieq(s, NO[i])) {
            *ret = str_ieq(s, YES[i]);
            return true;
        }
    }
    return false;
}

static bool parse_instant(Ctx *cx, Str s, int64_t *ret)
{
    Instant t = { 0 };
    const Zone *zone = cx->catalog == NULL ? NULL : cx->catalog->zone;
    if (!instant_parse(s, &t) && (zone == NULL || !text_time(s, zone, false, &t)))
        return false;
    *ret = t.ms;
    return true;
}

static bool parse_day(Str s, int64_t *ret)
{
    Day d = { 0 };
    if (!day_parse(s, &d) && !text_day(s, false, &d))
        return false;
    *ret = d.n;
    return true;
}

Status value_from_text(Ctx *cx, const Field *f, Str s, Value *ret)
{
    s = str_trim(s);
    *ret = value_null(f->kind);
    if (s.len == 0)
        return STATUS_OK;
    Value v = { .kind = f->kind };
    bool ok = true;
    const Json *doc = NULL;
    switch (f->kind) {
    case FIELD_TEXT: v.text = s; break;
    case FIELD_JSON:
        TRY(json_parse(cx, s, &doc));
        v.text = normal_node(cx, cx->arena, doc);
        break;
    case FIELD_INT: ok = str_int(s, &v.num); break;
    case FIELD_ID: ok = str_int(s, &v.num) && v.num > 0; break;
    case FIELD_BOOL: ok = parse_bool(s, &v.num); break;
    case FIELD_MONEY:
    case FIELD_DECIMAL: ok = money_parse_loose(s, false, &v.num); break;
    case FIELD_INSTANT: ok = parse_instant(cx, s, &v.num); break;
    case FIELD_DAY: ok = parse_day(s, &v.num); break;
    case FIELD_CHOICE: ok = choice_find(f, s, true, &v.num); break;
    case FIELD_KINDS: ok = false; break;
    }
    if (!ok)
        return bad_value(cx, f, f->kind == FIELD_CHOICE ? "choice" : "format",
                         f->kind == FIELD_CHOICE ? "is not one of the choices" : "cannot be read");
    *ret = v;
    return STATUS_OK;
}

Status value_from_json(Ctx *cx, const Field *f, const Json *node, Value *ret)
{
    *ret = value_null(f->kind);
    if (node->kind == JSON_NULL_NODE)
        return STATUS_OK;
    bool number = node->kind == JSON_INT_NODE;
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_INSTANT:
    case FIELD_DAY:
    case FIELD_CHOICE:
        if (node->kind != JSON_STR_NODE)
            return bad_value(cx, f, "format", "must be a text");
        if (f->kind == FIELD_CHOICE) {
            int64_t n = 0;
            if (node->text.len > 0 && !choice_find(f, node->text, false, &n))
                return bad_value(cx, f, "choice", "is not one of the choices");
        }
        return value_from_text(cx, f, node->text, ret);
    case FIELD_INT:
    case FIELD_ID:
        if (!number || (f->kind == FIELD_ID && node->num <= 0))
            return bad_value(cx, f, "format", "must be a whole number");
        *ret = value_num(f->kind, node->num);
        return STATUS_OK;
    case FIELD_BOOL:
        if (node->kind != JSON_BOOL_NODE)
            return bad_value(cx, f, "format", "must be true or false");
        *ret = value_num(f->kind, node->num);
        return STATUS_OK;
    case FIELD_MONEY:
    case FIELD_DECIMAL: {
        Str text = number ? arena_fmt(cx->arena, "%" PRId64, node->num) : node->text;
        int64_t e4 = 0;
        if ((!number && node->kind != JSON_STR_NODE && node->kind != JSON_REAL_NODE) ||
            !money_parse(text, &e4))
            return bad_value(cx, f, "format", "must be a decimal number as text, like \"199.00\"");
        *ret = value_num(f->kind, e4);
        return STATUS_OK;
    }
    case FIELD_JSON:
        *ret = (Value){ .kind = FIELD_JSON, .text = normal_node(cx, cx->arena, node) };
        return STATUS_OK;
    case FIELD_KINDS: break;
    }
    return bad_value(cx, f, "format", "cannot be read");
}

// Own country's numbers as people dial them, without blanks, so that a spreadsheet takes them back.
static Str show_phone(Arena *a, const Ctx *cx, Str e164)
{
    Str national = phone_format(a, e164, cx->catalog->region);
    if (national.len == 0 || national.ptr[0] == '+')
        return e164;
    Buf b = buf_new(a, LIMIT_CSV_CELL);
    for (size_t i = 0; i < national.len; i++)
        if (national.ptr[i] != ' ')
            buf_char(&b, national.ptr[i]);
    return buf_str(&b);
}

Str value_show(Arena *a, const Ctx *cx, const Field *f, Value v)
{
    if (v.null)
        return (Str){ 0 };
    Buf b = buf_new(a, LIMIT_CSV_CELL);
    switch (f->kind) {
    case FIELD_TEXT: return f->mask == MASK_PHONE ? show_phone(a, cx, v.text) : v.text;
    case FIELD_JSON: return v.text;
    case FIELD_INT:
    case FIELD_ID: buf_int(&b, v.num); break;
    case FIELD_BOOL:
        return label_text(v.num != 0 ? (Label){ "是", "yes" } : (Label){ "否", "no" }, cx->lang);
    case FIELD_MONEY: money_add(&b, v.num, cx->catalog->decimals); break;
    case FIELD_DECIMAL: money_add(&b, v.num, 0); break;
    case FIELD_DAY: day_add(&b, (Day){ (int32_t)v.num }); break;
    case FIELD_INSTANT: {
        Clock c = zone_clock(cx->catalog->zone, (Instant){ v.num });
        buf_fmt(&b, "%04d-%02d-%02d %02d:%02d:%02d", c.date.year, c.date.month, c.date.day, c.hour,
                c.minute, c.second);
        break;
    }
    case FIELD_CHOICE:
        for (int64_t i = 0; f->choices != NULL && f->choices[i].name != NULL; i++)
            if (i == v.num)
                return label_text(f->choices[i].label, cx->lang);
        break;
    case FIELD_KINDS: break;
    }
    return buf_str(&b);
}

Value value_masked(Arena *a, const Field *f, Value v)
{
    if (v.null)
        return value_null(FIELD_TEXT);
    if (f->kind != FIELD_TEXT)
        return value_text(S("***"));
    switch (f->mask) {
    case MASK_PHONE: return value_text(mask_phone(a, v.text));
    case MASK_EMAIL: return value_text(mask_email(a, v.text));
    case MASK_IDNO: return value_text(mask_idno(a, v.text));
    case MASK_NAME: return value_text(mask_name(a, v.text));
    case MASK_TEXT:
    case MASK_NONE: break;
    }
    return value_text(mask_text(a, v.text));
}

// --- records

static Status member_from_json(Ctx *cx, const EntityInfo *e, const Json *m, Str name, bool create,
                               void *row)
{
    const char *shown = arena_cstr(cx->arena, name);
    const Field *f = field_find(e, name);
    if (f == NULL || (f->flags & F_HIDDEN) != 0 || field_access(cx, e, f) == ACCESS_NONE)
        return FAIL(cx, MALFORMED, "unknown", shown, "is not a field of %s", e->entity->name);
    if ((f->flags & F_READONLY) != 0 || (!create && (f->flags & F_CREATE) != 0))
        return FAIL(cx, MALFORMED, "readonly", shown, "cannot be set");
    if (field_access(cx, e, f) != ACCESS_WRITE)
        return FAIL(cx, FORBIDDEN, "field.permission", shown, "you may not change this");
    Value v = { 0 };
    TRY(value_from_json(cx, f, m, &v));
    row_put(cx->arena, row, f, v);
    return STATUS_OK;
}

Status row_from_json(Ctx *cx, const EntityInfo *e, const Json *object, bool create, void *row)
{
    if (object->kind != JSON_OBJECT_NODE)
        return FAIL(cx, MALFORMED, "json.object", NULL, "must be a JSON object");
    Status worst = STATUS_OK;
    for (const Json *m = object->first; m != NULL; m = m->next) {
        Status s = STATUS_OK;
        if (!create && str_eq(m->key, S("version")))
            continue;
        if (str_eq(m->key, S("custom")) && m->kind == JSON_OBJECT_NODE) {
            for (const Json *c = m->first; c != NULL; c = c->next) {
                Str name = arena_fmt(cx->arena, "custom." STR_FMT, STR_ARG(c->key));
                Status one = member_from_json(cx, e, c, name, create, row);
                s = one == STATUS_OK ? s : one;
            }
        } else {
            s = member_from_json(cx, e, m, m->key, create, row);
        }
        worst = s == STATUS_OK ? worst : s;
    }
    return worst == STATUS_OK ? STATUS_OK : ctx_status(cx);
}

static void json_one(Ctx *cx, const EntityInfo *e, const void *row, const Field *f, Str key,
                     const RefNames *refs, JsonOut *j)
{
    FieldAccess access = field_access(cx, e, f);
    if (access == ACCESS_NONE)
        return;
    Value v = row_get(row, f);
    json_key(j, key);
    if (access == ACCESS_MASKED) {
        Value masked = value_masked(cx->scratch, f, v);
        if (masked.null)
            json_null(j);
        else
            json_str(j, masked.text);
        return;
    }
    value_json(j, cx->catalog, f, v);
    if (f->kind == FIELD_ID && f->ref != NULL && refs != NULL && !v.null) {
        json_key(j, arena_fmt(cx->scratch, STR_FMT "$", STR_ARG(key)));
        json_str(j, refs_name(refs, f, v.num));
    }
}

void row_json(Ctx *cx, const EntityInfo *e, const void *row, const Mask *only, const RefNames *refs,
              JsonOut *j)
{
    for (uint32_t i = 0; i < e->nbuiltin; i++) {
        const Field *f = field_at(e, i);
        if ((i == 0 || only == NULL || mask_has(only, i)) && row_has(row, f))
            json_one(cx, e, row, f, f->name, refs, j);
    }
    if ((e->entity->flags & E_CUSTOM) == 0 || (only != NULL && !mask_has(only, MASK_CUSTOM)))
        return;
    json_key_open(j, "custom");
    for (uint32_t i = (uint32_t)e->nbuiltin; i < e->nfields; i++)
        json_one(cx, e, row, field_at(e, i), field_at(e, i)->key, refs, j);
    json_close(j);
}
