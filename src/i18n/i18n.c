#include "i18n/i18n.h"

// Filled once at start, read by all threads afterwards.
static Arena arena;
static Map by_code;
static VEC(const char *) texts;

void i18n_init(const MessageTable *tables, size_t n)
{
    arena_reset(&arena);
    by_code = map_new(&arena);
    texts.ptr = NULL;
    texts.len = texts.cap = 0;
    for (size_t t = 0; t < n; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            *map_put(&by_code, str_z(tables[t].defs[i].code), NULL) = (int64_t)texts.len;
            *vec_add(&arena, &texts) = tables[t].defs[i].zh;
        }
}

// The first language of the list that we have; weights are in order in what browsers send.
const char *i18n_pick(Str accept_language, const char *fallback)
{
    while (accept_language.ptr != NULL) {
        Str one = str_trim(str_split(&accept_language, ','));
        if (one.len >= 2 && str_ieq(str_sub(one, 0, 2), S("zh")))
            return "zh-CN";
        if (one.len >= 2 && str_ieq(str_sub(one, 0, 2), S("en")))
            return "en";
    }
    return fallback;
}

static const char *find(const char *lang, const char *code)
{
    if (lang[0] != 'z')
        return NULL;
    const int64_t *at = map_get(&by_code, str_z(code));
    return at == NULL ? NULL : texts.ptr[*at];
}

Str i18n_text(const char *lang, const char *code, const char *english)
{
    const char *zh = find(lang, code);
    return str_z(zh == NULL ? english : zh);
}

enum { MAX_MESSAGE = 2000 };

static void insert(Buf *b, Str name, const char *lang, const Err *err, const EntityInfo *e)
{
    if (str_eq(name, S("0"))) {
        buf_add(b, err->args[0]);
    } else if (str_eq(name, S("1"))) {
        buf_add(b, err->args[1]);
    } else {
        const Field *f = e == NULL || err->field == NULL ? NULL : field_find(e, str_z(err->field));
        buf_add(b, f != NULL ? label_text(f->label, lang)
                             : str_z(err->field == NULL ? "" : err->field));
    }
}

Str i18n_error(Arena *a, const char *lang, const Err *err, const EntityInfo *e)
{
    const char *pattern = find(lang, err->code);
    if (pattern == NULL)
        return err->message;
    Buf b = buf_new(a, MAX_MESSAGE);
    Str rest = str_z(pattern);
    while (rest.len > 0) {
        size_t open = str_find_char(rest, '{', 0);
        size_t close = str_find_char(rest, '}', open);
        buf_add(&b, (Str){ rest.ptr, open });
        if (close >= rest.len)
            break;
        insert(&b, str_sub(rest, open + 1, close - open - 1), lang, err, e);
        rest = str_sub(rest, close + 1, rest.len);
    }
    return buf_str(&b);
}

// Internal failures tell the client nothing but their code and the request's id (D6).
static bool is_internal(Status s)
{
    return s == STATUS_DB || s == STATUS_INTERNAL;
}

static void write_error(Ctx *cx, JsonOut *j, const Err *err, const EntityInfo *e)
{
    json_open(j);
    bool internal = is_internal(err->status);
    json_key_str(j, "code", internal ? S("internal") : str_z(err->code));
    if (err->field == NULL || internal)
        json_key_null(j, "field");
    else
        json_key_str(j, "field", str_z(err->field));
    Str message = internal ? i18n_text(cx->lang, "internal", "something went wrong on our side")
                           : i18n_error(cx->arena, cx->lang, err, e);
    json_key_str(j, "message", message);
    json_close(j);
}

enum { MAX_ERRORS = 200, MAX_BODY = 512 * 1024 };

Str i18n_error_body(Ctx *cx, Status s, const EntityInfo *e)
{
    Buf b = buf_new(cx->arena, MAX_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open(&j, "error");
    json_key_str(&j, "status", str_z(status_name(is_internal(s) ? STATUS_INTERNAL : s)));
    json_key_str(&j, "request", cx->request_id);
    json_key_open_array(&j, "errors");
    // Recorded newest first; people read in the order of the form.
    const Err *list[MAX_ERRORS];
    size_t n = 0;
    for (const Err *err = cx->errors; err != NULL && n < MAX_ERRORS; err = err->next)
        list[n++] = err;
    while (n > 0)
        write_error(cx, &j, list[--n], e);
    json_close_array(&j);
    json_close(&j);
    json_close(&j);
    return buf_str(&b);
}
