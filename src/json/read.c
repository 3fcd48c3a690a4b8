// The reader: a cheap look at the shape first, then jansson, then a copy into the arena.
#include "json/json.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>

// Its json_null() is not ours, and not needed.
#define json_null jansson_null
#include <jansson.h>
#undef json_null

static void tree_cleanup(json_t **tree)
{
    json_decref(*tree);
}

typedef struct Place {
    int line, column;
} Place;

static Place place_of(Str text, size_t at)
{
    Place p = { 1, 1 };
    for (size_t i = 0; i < at && i < text.len; i++) {
        bool continues = ((unsigned char)text.ptr[i] & 0xc0) == 0x80;
        p.column += continues ? 0 : 1;
        if (text.ptr[i] == '\n')
            p = (Place){ p.line + 1, 1 };
    }
    return p;
}

// The library's own words quote the text, which may hold what must not be logged.
static Status fail_at(Ctx *cx, const char *code, Place p, const char *what)
{
    (void)FAIL(cx, MALFORMED, code, NULL, "JSON line %d, column %d: %s", p.line, p.column, what);
    return ctx_fail_args(cx, STATUS_MALFORMED, arena_fmt(cx->arena, "%d", p.line),
                         arena_fmt(cx->arena, "%d", p.column));
}

// Depth and number of values by brackets and commas outside of strings. Exact for what is JSON, and
// what is not is refused later anyway. Keeps hostile nesting away from the library's recursion and
// hostile numbers of values away from its memory.
static Status check_shape(Ctx *cx, Str text)
{
    size_t depth = 0;
    size_t values = 1;
    bool in_string = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (in_string) {
            in_string = c != '"';
            i += c == '\\' ? 1 : 0;
            continue;
        }
        in_string = c == '"';
        bool opens = c == '[' || c == '{';
        depth += opens ? 1 : 0;
        depth -= (c == ']' || c == '}') && depth > 0 ? 1 : 0;
        // An empty array or object is counted one too many: hence twice the limit here, and the
        // exact count in the copy.
        values += opens || c == ',' ? 1 : 0;
        if (depth > LIMIT_JSON_DEPTH)
            return fail_at(cx, "json.depth", place_of(text, i), "nested too deeply");
        if (values > 2 * (size_t)LIMIT_JSON_NODES + 1)
            return fail_at(cx, "json.nodes", place_of(text, i), "too many values");
    }
    return STATUS_OK;
}

static const char *reason(enum json_error_code code)
{
    static const struct {
        enum json_error_code code;
        const char *words;
    } REASONS[] = {
        { json_error_premature_end_of_input, "the text ends too early" },
        { json_error_end_of_input_expected, "something follows the value" },
        { json_error_invalid_utf8, "not UTF-8" },
        { json_error_duplicate_key, "a key stands twice in an object" },
        { json_error_numeric_overflow, "a number is too large" },
        { json_error_null_character, "U+0000 is not allowed" },
        { json_error_null_byte_in_key, "U+0000 is not allowed" },
    };
    for (size_t i = 0; i < ARRAY_LEN(REASONS); i++)
        if (REASONS[i].code == code)
            return REASONS[i].words;
    return "not JSON";
}

typedef struct Copy {
    Ctx *cx;
    size_t nodes;
} Copy;

// Shortest digits that read back the same, and never the look of an integer.
static Str real_text(Arena *a, double value)
{
    char tmp[40];
    int n = 0;
    // DBL_DIG digits without the zeros at their end are the shortest form whenever they read back;
    // numbers next to zero have fewer.
    bool tiny = value > -DBL_MIN && value < DBL_MIN;
    for (int digits = tiny ? 1 : DBL_DIG; digits <= DBL_DECIMAL_DIG; digits++) {
        n = snprintf(tmp, sizeof(tmp), "%.*g", digits, value);
        double back = strtod(tmp, NULL);
        if (memcmp(&back, &value, sizeof(value)) == 0)
            break;
    }
    Str text = { tmp, (size_t)n };
    bool whole = str_find_char(text, '.', 0) == text.len && str_find_char(text, 'e', 0) == text.len;
    return arena_fmt(a, STR_FMT "%s", STR_ARG(text), whole ? ".0" : "");
}

static Json *copy_node(Copy *c, json_t *from);

static void copy_array(Copy *c, json_t *from, Json *to)
{
    const Json **tail = &to->first;
    to->len = json_array_size(from);
    for (size_t i = 0; i < to->len; i++) {
        Json *item = copy_node(c, json_array_get(from, i));
        *tail = item;
        tail = &item->next;
    }
}

static void copy_object(Copy *c, json_t *from, Json *to)
{
    const Json **tail = &to->first;
    to->len = json_object_size(from);
    for (void *it = json_object_iter(from); it != NULL; it = json_object_iter_next(from, it)) {
        Json *member = copy_node(c, json_object_iter_value(it));
        member->key = arena_dup(c->cx->arena, str_z(json_object_iter_key(it)));
        *tail = member;
        tail = &member->next;
    }
}

// Recursion is bounded by check_shape().
static Json *copy_node(Copy *c, json_t *from)
{
    Arena *a = c->cx->arena;
    Json *to = arena_new(a, Json);
    c->nodes++;
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        to->kind = JSON_OBJECT_NODE;
        copy_object(c, from, to);
        break;
    case JSON_ARRAY:
        to->kind = JSON_ARRAY_NODE;
        copy_array(c, from, to);
        break;
    case JSON_STRING:
        to->kind = JSON_STR_NODE;
        to->text = arena_dup(a, (Str){ json_string_value(from), json_string_length(from) });
        break;
    case JSON_INTEGER:
        to->kind = JSON_INT_NODE;
        to->num = json_integer_value(from);
        break;
    case JSON_REAL:
        to->kind = JSON_REAL_NODE;
        to->text = real_text(a, json_real_value(from));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_BOOL_NODE;
        to->num = json_typeof(from) == JSON_TRUE;
        break;
    case JSON_NULL: to->kind = JSON_NULL_NODE; break;
    }
    return to;
}

Status json_parse(Ctx *cx, Str text, const Json **ret)
{
    // To the library a zero byte is the end, and it would not look at what follows.
    size_t zero = str_find_char(text, '\0', 0);
    if (zero < text.len)
        return fail_at(cx, "json.syntax", place_of(text, zero), "U+0000 is not allowed");
    TRY(check_shape(cx, text));
    json_error_t err;
    CLEANUP(tree_cleanup)
    json_t *tree = json_loadb(text.ptr == NULL ? "" : text.ptr, text.len,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &err);
    if (tree == NULL)
        return fail_at(cx, "json.syntax", (Place){ err.line, err.column },
                       reason(json_error_code(&err)));
    Copy c = { .cx = cx };
    const Json *copy = copy_node(&c, tree);
    if (c.nodes > LIMIT_JSON_NODES)
        return fail_at(cx, "json.nodes", place_of(text, text.len), "too many values");
    *ret = copy;
    return STATUS_OK;
}
