// What the page needs to draw lists and forms: entities and fields as the caller may see them.
#include "api/api_internal.h"

static void write_label(JsonOut *j, const char *key, Label l)
{
    json_key_open(j, key);
    json_key_str(j, "zh", label_text(l, "zh-CN"));
    json_key_str(j, "en", label_text(l, "en"));
    json_close(j);
}

static void write_choices(JsonOut *j, const Field *f)
{
    if (f->choices == NULL) {
        json_key_null(j, "choices");
        return;
    }
    json_key_open_array(j, "choices");
    for (const ChoiceDef *c = f->choices; c->name != NULL; c++) {
        json_open(j);
        json_key_str(j, "name", str_z(c->name));
        write_label(j, "label", c->label);
        json_close(j);
    }
    json_close_array(j);
}

static void write_bound(JsonOut *j, Ctx *cx, const Field *f, const char *key, int64_t v)
{
    bool fixed = f->kind == FIELD_MONEY || f->kind == FIELD_DECIMAL;
    if (f->min >= f->max)
        json_key_null(j, key);
    else if (fixed)
        json_key_str(j, key, money_str(cx->arena, v, 0));
    else
        json_key_int(j, key, v);
}

static void write_field(Ctx *cx, JsonOut *j, const Field *f, FieldAccess access)
{
    static const char *const ACCESS[] = { "none", "masked", "read", "write" };
    uint32_t flags = f->flags;
    bool sealed = (flags & F_CRYPT) != 0;
    json_open(j);
    json_key_str(j, "name", f->name);
    write_label(j, "label", f->label);
    if (f->help.zh == NULL)
        json_key_null(j, "help");
    else
        write_label(j, "help", f->help);
    json_key_str(j, "kind", str_z(field_kind_name(f->kind)));
    json_key_str(j, "block", str_z(f->block == NULL || f->block[0] == '\0' ? "basic" : f->block));
    json_key_bool(j, "required", (flags & F_REQUIRED) != 0);
    json_key_bool(j, "readonly", (flags & F_READONLY) != 0);
    json_key_bool(j, "create_only", (flags & F_CREATE) != 0);
    json_key_bool(j, "unique", (flags & F_UNIQUE) != 0);
    json_key_bool(j, "search", (flags & F_SEARCH) != 0);
    json_key_bool(j, "sort", (flags & F_SORT) != 0 && access >= ACCESS_READ);
    json_key_bool(j, "filter", (flags & F_FILTER) != 0 && access >= ACCESS_READ);
    json_key_bool(j, "list", (flags & F_LIST) != 0);
    json_key_bool(j, "sum", (flags & F_SUM) != 0);
    json_key_bool(j, "pii", (flags & F_PII) != 0);
    json_key_bool(j, "sealed", sealed);
    json_key_bool(j, "custom", (flags & F_CUSTOM) != 0);
    json_key_bool(j, "multiline", (flags & F_MULTILINE) != 0);
    write_bound(j, cx, f, "min", f->min);
    write_bound(j, cx, f, "max", f->max);
    write_choices(j, f);
    if (f->ref == NULL)
        json_key_null(j, "ref");
    else
        json_key_str(j, "ref", str_z(f->ref));
    json_key_str(j, "access", str_z(ACCESS[access]));
    json_close(j);
}

static void write_may(Ctx *cx, JsonOut *j, const EntityInfo *e)
{
    static const uint32_t MAYS[] = { MAY_READ,   MAY_CREATE, MAY_UPDATE, MAY_DELETE,
                                     MAY_EXPORT, MAY_IMPORT, MAY_BULK };
    json_key_open(j, "may");
    for (size_t i = 0; i < ARRAY_LEN(MAYS); i++)
        json_key_bool(j, may_name(MAYS[i]), may(cx, e, MAYS[i]));
    json_close(j);
}

static void write_entity(Ctx *cx, JsonOut *j, const EntityInfo *e)
{
    json_open(j);
    json_key_str(j, "name", str_z(e->entity->name));
    json_key_str(j, "path", str_z(e->entity->path));
    write_label(j, "label", e->entity->label);
    write_label(j, "plural", e->entity->plural);
    write_may(cx, j, e);
    json_key_str(j, "title", field_at(e, e->entity->title)->name);
    json_key_bool(j, "custom_fields", (e->entity->flags & E_CUSTOM) != 0);
    json_key_bool(j, "readonly", (e->entity->flags & E_READONLY) != 0);
    json_key_bool(j, "scoped", (e->entity->flags & E_GLOBAL) == 0);
    json_key_open_array(j, "fields");
    FOR_FIELDS(e, f) {
        FieldAccess access = field_access(cx, e, f);
        if (access != ACCESS_NONE)
            write_field(cx, j, f, access);
    }
    json_close_array(j);
    json_close(j);
}

static void write_permissions(Ctx *cx, JsonOut *j)
{
    json_key_open_array(j, "permissions");
    for (size_t i = 0; i < cx->catalog->npermissions; i++) {
        const PermissionDef *p = &cx->catalog->permissions[i];
        json_open(j);
        json_key_str(j, "name", str_z(p->name));
        write_label(j, "label", p->label);
        json_key_str(j, "group", str_z(p->group));
        json_close(j);
    }
    json_close_array(j);
}

static void write_organisation(Ctx *cx, JsonOut *j)
{
    json_key_open(j, "organisation");
    json_key_str(j, "name", setting_text(cx, "org.name"));
    json_key_str(j, "currency", cx->catalog->currency);
    json_key_int(j, "decimals", cx->catalog->decimals);
    json_key_str(j, "zone", setting_text(cx, "org.zone"));
    json_key_str(j, "lang", setting_text(cx, "org.lang"));
    json_close(j);
}

enum { MAX_META = 4 * 1024 * 1024 };

Status api_meta(Req *rq)
{
    Ctx *cx = rq->cx;
    Buf b = buf_new(cx->arena, MAX_META);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_str(&j, "version", S(GUANXI_VERSION));
    write_organisation(cx, &j);
    json_key_open_array(&j, "entities");
    for (size_t i = 0; i < cx->catalog->nentities; i++) {
        const EntityInfo *e = &cx->catalog->entities[i];
        if (e->entity->path != NULL && may(cx, e, MAY_READ))
            write_entity(cx, &j, e);
    }
    json_close_array(&j);
    write_permissions(cx, &j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
