#include "api/api_internal.h"

typedef struct CustomField {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "api/custom_field.def"
#undef FIELD
} CustomField;

enum {
#define FIELD(type, name, ...) CUSTOM_FIELD_##name,
#include "api/custom_field.def"
#undef FIELD
};

// In the order of FieldKind: catalog.c reads the ordinal as the kind.
static const ChoiceDef KINDS[] = {
    { "text", { "文本", "Text" } },     { "int", { "整数", "Whole number" } },
    { "bool", { "是/否", "Yes/no" } },  { "id", { "引用", "Reference" } },
    { "money", { "金额", "Money" } },   { "decimal", { "小数", "Decimal" } },
    { "instant", { "时间", "Time" } },  { "day", { "日期", "Day" } },
    { "choice", { "选项", "Choice" } }, { "json", { "文档", "Document" } },
    { NULL, { NULL, NULL } },
};

static Status check_key(Ctx *cx, const Field *f, Value *v)
{
    Str s = v->text;
    bool ok = s.len > 0 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z';
    for (size_t i = 0; i < s.len; i++)
        ok = ok &&
             ((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || ascii_is_digit(s.ptr[i]) || s.ptr[i] == '_');
    if (!ok)
        return FAIL(cx, INVALID, "key", f->name.ptr,
                    "must be lower-case letters, digits and underscores, a letter first");
    return STATUS_OK;
}

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(CustomField, name, __VA_ARGS__),
#include "api/custom_field.def"
#undef FIELD
};

enum { MAX_CUSTOM_CHOICES = 200, MAX_LABEL = 60 };

static bool label_fits(Str s)
{
    return utf8_count(s) <= MAX_LABEL && text_is_clean(s, false);
}

static Status check_choices(Ctx *cx, const CustomField *c)
{
    const Json *list = NULL;
    if (c->choices.text.len > 0)
        TRY(json_parse(cx, c->choices.text, &list));
    if (list == NULL || list->kind != JSON_ARRAY_NODE || list->len == 0 ||
        list->len > MAX_CUSTOM_CHOICES)
        return FAIL(cx, INVALID, "field.choices", "choices", "needs 1 to %d choices",
                    MAX_CUSTOM_CHOICES);
    Map seen = map_new(cx->arena);
    for (const Json *one = list->first; one != NULL; one = one->next) {
        Str name = json_text(one, "name", (Str){ 0 });
        bool is_new = false;
        (void)map_put(&seen, name, &is_new);
        if (!is_new || !label_fits(name) || name.len != str_trim(name).len || name.len == 0 ||
            !label_fits(json_text(one, "label_zh", (Str){ 0 })) ||
            !label_fits(json_text(one, "label_en", (Str){ 0 })))
            return FAIL(cx, INVALID, "field.choices", "choices",
                        "needs a name of its own for every choice, of at most %d characters",
                        MAX_LABEL);
    }
    return STATUS_OK;
}

// Records hold the place of their choice in the list: a place never gets another meaning. Labels
// may change, new choices come at the end.
static Status check_kept(Ctx *cx, const CustomField *before, const CustomField *c)
{
    const Json *was = NULL;
    const Json *is = NULL;
    TRY(json_parse(cx, before->choices.text, &was));
    TRY(json_parse(cx, c->choices.text, &is));
    const Json *to = is->first;
    for (const Json *from = was->first; from != NULL; from = from->next, to = to->next)
        if (to == NULL ||
            !str_eq(json_text(from, "name", (Str){ 0 }), json_text(to, "name", (Str){ 0 })))
            return FAIL(
                cx, INVALID, "field.choices_kept", "choices",
                "must keep the choices there are, in their order; new ones come at the end");
    return STATUS_OK;
}

static Status check_taken(Ctx *cx, Db *db, const CustomField *c)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id FROM custom_field WHERE deleted_at IS NULL AND entity = "));
    sql_text(q, c->entity);
    sql_add(q, SQL(" AND key = "));
    sql_text(q, c->key);
    int64_t id = 0;
    Status s = db_int(cx, db, q, &id);
    if (s == STATUS_OK && id != c->id.v)
        return FAIL(cx, CONFLICT, "taken", "key", "there is a field of this name already");
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static Status check_custom_field(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                                 void *after)
{
    (void)e;
    CustomField *c = after;
    if (c == NULL)
        return STATUS_OK;
    const EntityInfo *of = catalog_find(cx->catalog, c->entity);
    if (of == NULL || (of->entity->flags & E_CUSTOM) == 0)
        return FAIL(cx, INVALID, "field.entity", "entity", "takes no custom fields");
    FieldKind kind = (FieldKind)c->kind.ordinal;
    if (kind == FIELD_ID || kind == FIELD_JSON)
        return FAIL(cx, INVALID, "field.kind", "kind", "cannot be chosen for custom fields");
    if (c->pii && kind != FIELD_TEXT)
        return FAIL(cx, INVALID, "field.pii", "pii", "can be sealed only as text");
    if (kind == FIELD_CHOICE)
        TRY(check_choices(cx, c));
    if (kind == FIELD_CHOICE && before != NULL)
        TRY(check_kept(cx, before, c));
    return before == NULL ? check_taken(cx, db, c) : STATUS_OK;
}

const Entity custom_field_entity = {
    .name = "field",
    .path = "fields",
    .label = { "自定义字段", "Custom field" },
    .plural = { "自定义字段", "Custom fields" },
    .table = SQL_INIT("custom_field"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(CustomField),
    .title = CUSTOM_FIELD_label_zh,
    .flags = E_TRASH | E_GLOBAL,
    .check = check_custom_field,
};
