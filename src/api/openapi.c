// OpenAPI 3.1 from the route tables, the field descriptors and the named schemas. Nothing here is
// written twice: a new route or field is in the document by being in its table.
#include "api/api_internal.h"

#include <stdio.h>

typedef struct Doc {
    Ctx *cx;
    App *app;
    JsonOut *j;
} Doc;

static const char *field_type(const Field *f)
{
    switch (f->kind) {
    case FIELD_INT:
    case FIELD_ID: return "integer";
    case FIELD_BOOL: return "boolean";
    case FIELD_TEXT:
    case FIELD_MONEY:
    case FIELD_DECIMAL:
    case FIELD_INSTANT:
    case FIELD_DAY:
    case FIELD_CHOICE: return "string";
    case FIELD_JSON:
    case FIELD_KINDS: break;
    }
    return NULL;
}

static void write_type(JsonOut *j, const Field *f)
{
    const char *type = field_type(f);
    if (type != NULL) {
        json_key_open_array(j, "type");
        json_str(j, str_z(type));
        json_str(j, S("null"));
        json_close_array(j);
    }
    if (f->kind == FIELD_INSTANT)
        json_key_str(j, "format", S("date-time"));
    if (f->kind == FIELD_DAY)
        json_key_str(j, "format", S("date"));
    if (f->kind == FIELD_MONEY || f->kind == FIELD_DECIMAL)
        json_key_str(j, "pattern", S("^-?[0-9]+(\\.[0-9]{1,4})?$"));
    if (f->choices != NULL) {
        json_key_open_array(j, "enum");
        for (const ChoiceDef *c = f->choices; c->name != NULL; c++)
            json_str(j, str_z(c->name));
        json_null(j);
        json_close_array(j);
    }
}

// The document is the caller's own: what he may not see is not in it, what he sees masked is a
// text.
static void write_property(Doc *d, const EntityInfo *e, const Field *f)
{
    JsonOut *j = d->j;
    FieldAccess access = field_access(d->cx, e, f);
    if (access == ACCESS_NONE)
        return;
    json_key(j, (f->flags & F_CUSTOM) != 0 ? f->key : f->name);
    json_open(j);
    if (access == ACCESS_MASKED)
        json_key(j, S("type")), json_raw(j, S("[\"string\",\"null\"]"));
    else
        write_type(j, f);
    json_key_str(j, "title", label_text(f->label, d->cx->lang));
    if (f->help.en != NULL)
        json_key_str(j, "description", label_text(f->help, d->cx->lang));
    if ((f->flags & F_READONLY) != 0)
        json_key_bool(j, "readOnly", true);
    if (f->kind == FIELD_TEXT && f->max > 0 && (f->flags & F_READONLY) == 0)
        json_key_int(j, "maxLength", f->max);
    json_close(j);
}

static void write_custom(Doc *d, const EntityInfo *e)
{
    json_key_open(d->j, "custom");
    json_key_str(d->j, "type", S("object"));
    json_key_open(d->j, "properties");
    for (uint32_t i = (uint32_t)e->nbuiltin; i < e->nfields; i++)
        write_property(d, e, field_at(e, i));
    json_close(d->j);
    json_close(d->j);
}

static Str schema_name(Doc *d, const EntityInfo *e, const char *suffix)
{
    Str name = arena_fmt(d->cx->arena, "%s%s", e->entity->name, suffix);
    char *p = (char *)(uintptr_t)name.ptr;
    p[0] = (char)(p[0] >= 'a' && p[0] <= 'z' ? p[0] - 32 : p[0]);
    return name;
}

// What is written: fields that may be set. `create` demands the required ones.
static void write_input(Doc *d, const EntityInfo *e, bool create)
{
    JsonOut *j = d->j;
    json_key(j, schema_name(d, e, create ? "Create" : "Patch"));
    json_open(j);
    json_key_str(j, "type", S("object"));
    json_key_bool(j, "additionalProperties", false);
    json_key_open(j, "properties");
    if (!create) {
        json_key_open(j, "version");
        json_key_str(j, "type", S("integer"));
        json_key_str(j, "description", S("the version the change is based on"));
        json_close(j);
    }
    for (uint32_t i = 0; i < e->nbuiltin; i++) {
        const Field *f = field_at(e, i);
        if ((f->flags & (F_READONLY | F_HIDDEN)) == 0 && (create || (f->flags & F_CREATE) == 0))
            write_property(d, e, f);
    }
    if ((e->entity->flags & E_CUSTOM) != 0)
        write_custom(d, e);
    json_close(j);
    if (create) {
        json_key_open_array(j, "required");
        FOR_FIELDS(e, f)
            if ((f->flags & (F_REQUIRED | F_CUSTOM | F_READONLY)) == F_REQUIRED)
                json_str(j, f->name);
        json_close_array(j);
    }
    json_close(j);
}

static void write_record(Doc *d, const EntityInfo *e)
{
    JsonOut *j = d->j;
    json_key(j, schema_name(d, e, ""));
    json_open(j);
    json_key_str(j, "type", S("object"));
    json_key_open(j, "properties");
    for (uint32_t i = 0; i < e->nbuiltin; i++) {
        const Field *f = field_at(e, i);
        if ((f->flags & F_HIDDEN) != 0)
            continue;
        write_property(d, e, f);
        if (f->kind == FIELD_ID && f->ref != NULL && field_access(d->cx, e, f) >= ACCESS_READ) {
            json_key(j, arena_fmt(d->cx->arena, STR_FMT "$", STR_ARG(f->name)));
            json_raw(j, S("{\"type\":\"string\",\"readOnly\":true,\"description\":\"name of what "
                          "is referred to\"}"));
        }
    }
    if ((e->entity->flags & E_CUSTOM) != 0)
        write_custom(d, e);
    json_close(j);
    json_key_open_array(j, "required");
    json_str(j, S("id"));
    json_close_array(j);
    json_close(j);
    json_key(j, schema_name(d, e, "List"));
    json_raw(j,
             arena_fmt(
                 d->cx->arena,
                 "{\"type\":\"object\",\"required\":[\"items\",\"next\",\"count\"],\"properties\":{"
                 "\"items\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/" STR_FMT
                 "\"}},\"next\":{\"type\":[\"string\",\"null\"]},\"count\":{\"type\":[\"integer\","
                 "\"null\"]}}}",
                 STR_ARG(schema_name(d, e, ""))));
}

// --- paths

// "/api/v1/customers/:id" -> "/api/v1/customers/{id}"
static Str open_path(Doc *d, const char *path)
{
    Buf b = buf_new(d->cx->arena, LIMIT_URL);
    for (Str rest = str_z(path); rest.ptr != NULL;) {
        Str part = str_split(&rest, '/');
        if (b.len > 0 || part.len > 0)
            buf_char(&b, '/');
        if (part.len > 0 && part.ptr[0] == ':')
            buf_fmt(&b, "{" STR_FMT "}", STR_ARG(str_sub(part, 1, part.len)));
        else
            buf_add(&b, part);
    }
    return buf_str(&b);
}

// "get_customers_id_history": stable, made from method and path.
static Str operation_id(Doc *d, const Route *r)
{
    Buf b = buf_new(d->cx->arena, LIMIT_URL);
    for (const char *p = method_name(r->method); *p != '\0'; p++)
        buf_char(&b, ascii_lower(*p));
    Str path = str_z(r->path);
    Str prefix = S("/api/v1");
    path = str_starts(path, prefix) ? str_sub(path, prefix.len, path.len) : path;
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        if (c == ':')
            continue;
        buf_char(&b, ascii_is_alpha(c) || ascii_is_digit(c) ? c : '_');
    }
    return buf_str(&b);
}

static void write_parameters(Doc *d, const Route *r)
{
    JsonOut *j = d->j;
    json_key_open_array(j, "parameters");
    for (Str rest = str_z(r->path); rest.ptr != NULL;) {
        Str part = str_split(&rest, '/');
        if (part.len == 0 || part.ptr[0] != ':')
            continue;
        Str name = str_sub(part, 1, part.len);
        json_open(j);
        json_key_str(j, "name", name);
        json_key_str(j, "in", S("path"));
        json_key_bool(j, "required", true);
        json_key_open(j, "schema");
        json_key_str(j, "type", str_eq(name, S("id")) ? S("integer") : S("string"));
        json_close(j);
        json_close(j);
    }
    if (r->handle == api_list) {
        static const char *const NAMES[] = { "filter", "q",      "sort",  "limit",
                                             "cursor", "fields", "count", "deleted" };
        for (size_t i = 0; i < ARRAY_LEN(NAMES); i++)
            json_raw(
                j, arena_fmt(d->cx->arena, "{\"$ref\":\"#/components/parameters/%s\"}", NAMES[i]));
    }
    if ((r->flags & ROUTE_IDEMPOTENT) != 0)
        json_raw(j, S("{\"$ref\":\"#/components/parameters/idempotencyKey\"}"));
    json_close_array(j);
}

static void write_ref(JsonOut *j, Arena *a, Str name)
{
    json_key_open(j, "content");
    json_key_open(j, "application/json");
    json_key(j, S("schema"));
    json_raw(j, arena_fmt(a, "{\"$ref\":\"#/components/schemas/" STR_FMT "\"}", STR_ARG(name)));
    json_close(j);
    json_close(j);
}

static Str body_schema(Doc *d, const Route *r)
{
    if (r->body != NULL)
        return str_z(r->body);
    const EntityInfo *e = r->extra == NULL ? NULL : catalog_of(d->cx, r->extra);
    if (e != NULL && r->handle == api_create)
        return schema_name(d, e, "Create");
    if (e != NULL && r->handle == api_change)
        return schema_name(d, e, "Patch");
    return (Str){ 0 };
}

static Str reply_schema(Doc *d, const Route *r)
{
    if (r->reply != NULL)
        return str_z(r->reply);
    const EntityInfo *e = r->extra == NULL ? NULL : catalog_of(d->cx, r->extra);
    if (e == NULL || r->handle == api_delete)
        return (Str){ 0 };
    return schema_name(d, e, r->handle == api_list || r->handle == api_search ? "List" : "");
}

static int reply_status(const Route *r)
{
    if (r->handle == api_create)
        return 201;
    if (r->handle == api_bulk || r->handle == api_export)
        return 202;
    if (r->handle == api_delete)
        return 204;
    return 200;
}

static void write_responses(Doc *d, const Route *r)
{
    JsonOut *j = d->j;
    Str schema = reply_schema(d, r);
    json_key_open(j, "responses");
    // Handlers of their own answer with a 2xx of their choice.
    bool generic = r->extra != NULL;
    json_key(j, generic ? arena_fmt(d->cx->arena, "%d", reply_status(r)) : S("2XX"));
    json_open(j);
    json_key_str(j, "description", S("done"));
    if (schema.len > 0)
        write_ref(j, d->cx->arena, schema);
    json_close(j);
    json_key_open(j, "default");
    json_key_str(j, "description", S("refused"));
    write_ref(j, d->cx->arena, S("error"));
    json_close(j);
    json_close(j);
}

static void write_operation(Doc *d, const Module *m, const Route *r)
{
    JsonOut *j = d->j;
    Buf key = buf_new(d->cx->arena, 16);
    for (const char *p = method_name(r->method); *p != '\0'; p++)
        buf_char(&key, ascii_lower(*p));
    json_key(j, buf_str(&key));
    json_open(j);
    json_key_str(j, "operationId", operation_id(d, r));
    json_key_str(j, "summary",
                 i18n_text(d->cx->lang,
                           arena_fmt(d->cx->arena, "%s %s", method_name(r->method), r->path).ptr,
                           r->summary));
    json_key_open_array(j, "tags");
    json_str(j, str_z(m->name));
    json_close_array(j);
    if (r->permission != NULL)
        json_key_str(j, "x-permission", str_z(r->permission));
    if (r->audit != NULL)
        json_key_str(j, "x-audit", str_z(r->audit));
    if ((r->flags & ROUTE_PUBLIC) != 0)
        json_key(j, S("security")), json_raw(j, S("[]"));
    write_parameters(d, r);
    Str body = body_schema(d, r);
    if (body.len > 0) {
        json_key_open(j, "requestBody");
        json_key_bool(j, "required", true);
        write_ref(j, d->cx->arena, body);
        json_close(j);
    }
    write_responses(d, r);
    json_close(j);
}

typedef struct PathRoute {
    const Module *module;
    const Route *route;
} PathRoute;

// Operations of one path stand together, in the order in which the path first came.
static void write_paths(Doc *d)
{
    Map paths = map_new(d->cx->arena);
    VEC(Str) order = { 0 };
    for (size_t m = 0; m < d->app->nmodules; m++)
        for (size_t i = 0; i < d->app->modules[m]->nroutes; i++) {
            bool is_new = false;
            Str path = str_z(d->app->modules[m]->routes[i].path);
            (void)map_put(&paths, path, &is_new);
            if (is_new)
                *vec_add(d->cx->arena, &order) = path;
        }
    json_key_open(d->j, "paths");
    for (size_t p = 0; p < order.len; p++) {
        json_key(d->j, open_path(d, order.ptr[p].ptr));
        json_open(d->j);
        for (size_t m = 0; m < d->app->nmodules; m++)
            for (size_t i = 0; i < d->app->modules[m]->nroutes; i++)
                if (str_eq(str_z(d->app->modules[m]->routes[i].path), order.ptr[p]))
                    write_operation(d, d->app->modules[m], &d->app->modules[m]->routes[i]);
        json_close(d->j);
    }
    json_close(d->j);
}

static void write_components(Doc *d)
{
    static const char PARAMETERS[] =
        "{\"filter\":{\"name\":\"filter\",\"in\":\"query\",\"description\":\"filter tree as "
        "JSON\",\"schema\":{\"type\":\"string\"}},"
        "\"q\":{\"name\":\"q\",\"in\":\"query\",\"description\":\"quick search: name, pinyin or "
        "initials, phone or its last four digits, e-mail, "
        "number\",\"schema\":{\"type\":\"string\"}},"
        "\"sort\":{\"name\":\"sort\",\"in\":\"query\",\"description\":\"field names, a minus for "
        "descending: -net_amount,name\",\"schema\":{\"type\":\"string\"}},"
        "\"limit\":{\"name\":\"limit\",\"in\":\"query\",\"schema\":{\"type\":\"integer\","
        "\"minimum\":1,\"maximum\":200}},"
        "\"cursor\":{\"name\":\"cursor\",\"in\":\"query\",\"description\":\"next of the page "
        "before\",\"schema\":{\"type\":\"string\"}},"
        "\"fields\":{\"name\":\"fields\",\"in\":\"query\",\"description\":\"only these "
        "fields\",\"schema\":{\"type\":\"string\"}},"
        "\"count\":{\"name\":\"count\",\"in\":\"query\",\"description\":\"1: the exact count "
        "beside the page\",\"schema\":{\"type\":\"string\"}},"
        "\"deleted\":{\"name\":\"deleted\",\"in\":\"query\",\"description\":\"1: the bin instead "
        "of the living\",\"schema\":{\"type\":\"string\"}},"
        "\"idempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"description\":\"the "
        "same key and body give the first answer again for 24 "
        "hours\",\"schema\":{\"type\":\"string\",\"maxLength\":200}}}";
    JsonOut *j = d->j;
    json_key_open(j, "components");
    json_key(j, S("securitySchemes"));
    json_raw(j, S("{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"sid\"},"
                  "\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}}"));
    json_key(j, S("parameters"));
    json_raw(j, str_z(PARAMETERS));
    json_key_open(j, "schemas");
    for (size_t i = 0; i < API_SCHEMAS_LEN; i++) {
        json_key(j, str_z(API_SCHEMAS[i].name));
        json_raw(j, str_z(API_SCHEMAS[i].json));
    }
    for (size_t m = 0; m < d->app->nmodules; m++)
        for (size_t i = 0; i < d->app->modules[m]->nschemas; i++) {
            json_key(j, str_z(d->app->modules[m]->schemas[i].name));
            json_raw(j, str_z(d->app->modules[m]->schemas[i].json));
        }
    for (size_t i = 0; i < d->cx->catalog->nentities; i++) {
        const EntityInfo *e = &d->cx->catalog->entities[i];
        if (e->entity->path == NULL)
            continue;
        write_record(d, e);
        if ((e->entity->flags & E_READONLY) != 0)
            continue;
        write_input(d, e, true);
        write_input(d, e, false);
    }
    json_close(j);
    json_close(j);
}

enum { MAX_DOCUMENT = 8 * 1024 * 1024 };

Status api_openapi(Req *rq)
{
    Buf b = buf_new(rq->cx->arena, MAX_DOCUMENT);
    JsonOut j = json_out(&b);
    Doc d = { rq->cx, app_of(rq), &j };
    json_open(&j);
    json_key_str(&j, "openapi", S("3.1.0"));
    json_key_open(&j, "info");
    json_key_str(&j, "title", S("Guanxi"));
    json_key_str(&j, "version", S(GUANXI_VERSION));
    json_close(&j);
    json_key(&j, S("security"));
    json_raw(&j, S("[{\"session\":[]},{\"token\":[]}]"));
    write_paths(&d);
    write_components(&d);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
