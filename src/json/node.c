// Looking into a parsed value, and writing it again.
#include "json/json.h"

const Json *json_get(const Json *object, const char *key)
{
    if (object == NULL || object->kind != JSON_OBJECT_NODE)
        return NULL;
    Str want = str_z(key);
    for (const Json *n = object->first; n != NULL; n = n->next)
        if (str_eq(n->key, want))
            return n;
    return NULL;
}

Str json_text(const Json *object, const char *key, Str fallback)
{
    const Json *n = json_get(object, key);
    return n != NULL && n->kind == JSON_STR_NODE ? n->text : fallback;
}

int64_t json_num(const Json *object, const char *key, int64_t fallback)
{
    const Json *n = json_get(object, key);
    return n != NULL && n->kind == JSON_INT_NODE ? n->num : fallback;
}

bool json_flag(const Json *object, const char *key, bool fallback)
{
    const Json *n = json_get(object, key);
    return n != NULL && n->kind == JSON_BOOL_NODE ? n->num != 0 : fallback;
}

static bool is_allowed(Str key, const char *const *allowed)
{
    for (; *allowed != NULL; allowed++)
        if (str_eq(key, str_z(*allowed)))
            return true;
    return false;
}

Status json_only(Ctx *cx, const Json *object, const char *const *allowed)
{
    if (object == NULL || object->kind != JSON_OBJECT_NODE)
        return STATUS_OK;
    Status status = STATUS_OK;
    for (const Json *n = object->first; n != NULL; n = n->next)
        if (!is_allowed(n->key, allowed))
            status =
                FAIL(cx, MALFORMED, "unknown", arena_cstr(cx->arena, n->key), "is not known here");
    return status;
}

static void write_members(JsonOut *j, const Json *node)
{
    for (const Json *n = node->first; n != NULL; n = n->next) {
        if (node->kind == JSON_OBJECT_NODE)
            json_key(j, n->key);
        json_write(j, n);
    }
}

void json_write(JsonOut *j, const Json *node)
{
    switch (node->kind) {
    case JSON_NULL_NODE: json_null(j); break;
    case JSON_BOOL_NODE: json_bool(j, node->num != 0); break;
    case JSON_INT_NODE: json_int(j, node->num); break;
    case JSON_REAL_NODE: json_raw(j, node->text); break;
    case JSON_STR_NODE: json_str(j, node->text); break;
    case JSON_ARRAY_NODE:
        json_open_array(j);
        write_members(j, node);
        json_close_array(j);
        break;
    case JSON_OBJECT_NODE:
        json_open(j);
        write_members(j, node);
        json_close(j);
        break;
    }
}
