// What a change row remembers of a record: pairs of before and after, sealed where the field is.
#include "change/change_internal.h"

bool change_counts(const Field *f)
{
    return (f->flags & (F_STAT | F_NO_HISTORY)) == 0 && f->index != 0 &&
           !(f->block != NULL && strcmp(f->block, "system") == 0);
}

static void side(Ctx *cx, JsonOut *j, const Field *f, Id record, Value v)
{
    if (v.null || !field_is_sealed(f)) {
        value_json(j, cx->catalog, f, v);
        return;
    }
    SealPlace place = { "change", f->name.ptr, record.v };
    json_open(j);
    json_key_str(j, "sealed",
                 base64url(cx->arena, seal(cx->catalog->keys, cx->arena, place, v.text)));
    json_close(j);
}

enum { MAX_DATA = 1024 * 1024 };

Str change_diff(Ctx *cx, const EntityInfo *e, const void *before, const void *after, bool *ret_any)
{
    Buf b = buf_new(cx->arena, MAX_DATA);
    JsonOut j = json_out(&b);
    bool any = false;
    Id record = row_id(after != NULL ? after : before, e);
    json_open(&j);
    FOR_FIELDS(e, f) {
        if (!change_counts(f))
            continue;
        Value was = before == NULL ? value_null(f->kind) : row_get(before, f);
        Value is = after == NULL ? value_null(f->kind) : row_get(after, f);
        if (value_equal(was, is))
            continue;
        any = true;
        json_key(&j, f->name);
        json_open_array(&j);
        side(cx, &j, f, record, was);
        side(cx, &j, f, record, is);
        json_close_array(&j);
    }
    json_close(&j);
    *ret_any = any;
    return buf_str(&b);
}

Status change_value(Ctx *cx, const EntityInfo *e, Id record, const Field *f, const Json *node,
                    Value *ret)
{
    (void)e;
    if (node->kind == JSON_OBJECT_NODE && f->kind == FIELD_TEXT) {
        Str sealed = { 0 };
        SealPlace place = { "change", f->name.ptr, record.v };
        if (!base64url_parse(cx->arena, json_text(node, "sealed", (Str){ 0 }), &sealed))
            return FAIL(cx, INTERNAL, "sealed.broken", NULL, "a sealed value cannot be read");
        *ret = value_text((Str){ 0 });
        return unseal(cx, cx->catalog->keys, cx->arena, place, sealed, &ret->text);
    }
    return value_from_json(cx, f, node, ret);
}

bool change_has_parts(const EntityInfo *e, const Json *doc)
{
    return e->entity->put_back != NULL && doc->len > (json_get(doc, "fields") != NULL ? 1u : 0u);
}
