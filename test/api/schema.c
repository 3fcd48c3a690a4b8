#include "schema.h"

ApiDoc api_doc(Caller *c)
{
    Answer a = ask(c, METHOD_GET, "/api/v1/openapi.json", NULL);
    CHECK_INT(a.status, 200);
    return (ApiDoc){ answer_json(&a) };
}

static Str kind_name(const Json *v)
{
    switch (v->kind) {
    case JSON_NULL_NODE: return S("null");
    case JSON_BOOL_NODE: return S("boolean");
    case JSON_INT_NODE: return S("integer");
    case JSON_REAL_NODE: return S("number");
    case JSON_STR_NODE: return S("string");
    case JSON_ARRAY_NODE: return S("array");
    case JSON_OBJECT_NODE: return S("object");
    }
    return S("?");
}

static bool type_fits(const Json *type, Str kind)
{
    if (type == NULL)
        return true;
    if (type->kind == JSON_STR_NODE)
        return str_eq(type->text, kind) ||
               (str_eq(type->text, S("number")) && str_eq(kind, S("integer")));
    for (const Json *t = type->first; t != NULL; t = t->next)
        if (type_fits(t, kind))
            return true;
    return false;
}

static bool same(const Json *a, const Json *b)
{
    return a->kind == b->kind && a->num == b->num && str_eq(a->text, b->text);
}

static bool decimal(Str s)
{
    int64_t e4 = 0;
    return money_parse(s, &e4);
}

static Str fault(Str at, const char *what)
{
    return arena_fmt(kit_arena(), STR_FMT ": %s", STR_ARG(at), what);
}

static Str check_node(const ApiDoc *d, const Json *schema, const Json *v, Str at);

static Str check_text(const Json *schema, const Json *v, Str at)
{
    const Json *longest = json_get(schema, "maxLength");
    Str format = json_text(schema, "format", (Str){ 0 });
    Instant t = { 0 };
    Day day = { 0 };
    if (longest != NULL && (int64_t)utf8_count(v->text) > longest->num)
        return fault(at, "is too long");
    if (str_eq(format, S("date-time")) && !instant_parse(v->text, &t))
        return fault(at, "is no instant");
    if (str_eq(format, S("date")) && !day_parse(v->text, &day))
        return fault(at, "is no day");
    // The only pattern in use is that of decimal numbers.
    if (json_get(schema, "pattern") != NULL && !decimal(v->text))
        return fault(at, "is no decimal number");
    return (Str){ 0 };
}

static Str check_object(const ApiDoc *d, const Json *schema, const Json *v, Str at)
{
    const Json *required = json_get(schema, "required");
    const Json *properties = json_get(schema, "properties");
    bool closed = json_get(schema, "additionalProperties") != NULL &&
                  !json_flag(schema, "additionalProperties", true);
    for (const Json *r = required == NULL ? NULL : required->first; r != NULL; r = r->next)
        if (json_get(v, arena_cstr(kit_arena(), r->text)) == NULL)
            return fault(at, arena_fmt(kit_arena(), "misses " STR_FMT, STR_ARG(r->text)).ptr);
    for (const Json *m = v->first; m != NULL; m = m->next) {
        Str below = arena_fmt(kit_arena(), STR_FMT "." STR_FMT, STR_ARG(at), STR_ARG(m->key));
        const Json *of =
            properties == NULL ? NULL : json_get(properties, arena_cstr(kit_arena(), m->key));
        if (of == NULL && closed)
            return fault(below, "is not in the schema");
        Str wrong = of == NULL ? (Str){ 0 } : check_node(d, of, m, below);
        if (wrong.len > 0)
            return wrong;
    }
    return (Str){ 0 };
}

static Str check_node(const ApiDoc *d, const Json *schema, const Json *v, Str at)
{
    Str ref = json_text(schema, "$ref", (Str){ 0 });
    if (ref.len > 0)
        return schema_fault(
            d, arena_cstr(kit_arena(), str_sub(ref, strlen("#/components/schemas/"), ref.len)), v);
    if (!type_fits(json_get(schema, "type"), kind_name(v)))
        return fault(at, fmt("has the wrong kind %s", kind_name(v).ptr));
    const Json *choices = json_get(schema, "enum");
    bool found = choices == NULL;
    for (const Json *c = found ? NULL : choices->first; c != NULL; c = c->next)
        found = found || same(c, v);
    if (!found)
        return fault(at, "is not one of the choices");
    if (v->kind == JSON_STR_NODE)
        return check_text(schema, v, at);
    if (v->kind == JSON_OBJECT_NODE)
        return check_object(d, schema, v, at);
    const Json *items = json_get(schema, "items");
    for (const Json *i = v->kind == JSON_ARRAY_NODE && items != NULL ? v->first : NULL; i != NULL;
         i = i->next) {
        Str wrong = check_node(d, items, i, arena_fmt(kit_arena(), STR_FMT "[]", STR_ARG(at)));
        if (wrong.len > 0)
            return wrong;
    }
    return (Str){ 0 };
}

Str schema_fault(const ApiDoc *d, const char *name, const Json *value)
{
    const Json *schemas = json_get(json_get(d->doc, "components"), "schemas");
    const Json *schema = schemas == NULL ? NULL : json_get(schemas, name);
    if (schema == NULL)
        return fault(str_z(name), "is no schema");
    return check_node(d, schema, value, str_z(name));
}

// "/api/v1/x/:id" -> "/api/v1/x/{id}"
static const char *doc_path(const char *path)
{
    Buf b = buf_new(kit_arena(), LIMIT_URL);
    bool inside = false;
    for (const char *p = path; *p != '\0'; p++) {
        if (inside && *p == '/')
            buf_char(&b, '}');
        inside = *p == ':' || (inside && *p != '/');
        buf_char(&b, *p == ':' ? '{' : *p);
    }
    if (inside)
        buf_char(&b, '}');
    return arena_cstr(kit_arena(), buf_str(&b));
}

static const Json *response_of(const Json *operation, int status)
{
    const Json *all = json_get(operation, "responses");
    const Json *exact = all == NULL ? NULL : json_get(all, fmt("%d", status));
    return exact != NULL || all == NULL ? exact : json_get(all, "2XX");
}

Str api_fault(const ApiDoc *d, Method m, const char *path, const Answer *a)
{
    Str word = arena_dup(kit_arena(), str_z(method_name(m)));
    for (char *p = (char *)(uintptr_t)word.ptr; *p != '\0'; p++)
        *p = ascii_lower(*p);
    const Json *item = json_get(json_get(d->doc, "paths"), doc_path(path));
    const Json *operation = item == NULL ? NULL : json_get(item, word.ptr);
    if (operation == NULL)
        return fault(str_z(path), "is not in the document");
    const Json *response = response_of(operation, a->status);
    if (response == NULL)
        return fault(str_z(path), fmt("has no answer %d in the document", a->status));
    const Json *content = json_get(response, "content");
    const Json *schema = json_get(json_get(content, "application/json"), "schema");
    if (schema == NULL)
        return (Str){ 0 };
    const Json *body = answer_json(a);
    if (body == NULL)
        return fault(str_z(path), "answers no JSON");
    return check_node(d, schema, body, S("body"));
}
