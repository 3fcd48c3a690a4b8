// JSON out: a streaming writer into a Buf. JSON in: jansson, strict (RFC 8259, no duplicate keys,
// depth and nodes bounded), copied into an arena.
#ifndef GUANXI_JSON_JSON_H
#define GUANXI_JSON_JSON_H

#include "base/base.h"

// --- out. Commas and colons are the writer's business: call key() then one value inside objects,
// values alone inside arrays.
typedef struct JsonOut {
    Buf *buf;
    uint32_t depth;
    bool comma; // the next value needs one before it
} JsonOut;

JsonOut json_out(Buf *buf);
void json_open(JsonOut *j);        // {
void json_close(JsonOut *j);       // }
void json_open_array(JsonOut *j);  // [
void json_close_array(JsonOut *j); // ]
void json_key(JsonOut *j, Str key);
void json_str(JsonOut *j, Str s); // must be valid UTF-8; escapes as RFC 8259 and U+2028/2029, </
void json_int(JsonOut *j, int64_t v);
void json_bool(JsonOut *j, bool v);
void json_raw(JsonOut *j, Str json); // a finished value
// Inline, so that there is no symbol of this name: jansson has a json_null() of its own.
static inline void json_null(JsonOut *j)
{
    json_raw(j, S("null"));
}
// Pairs in one call.
void json_key_str(JsonOut *j, const char *key, Str s);
void json_key_int(JsonOut *j, const char *key, int64_t v);
void json_key_bool(JsonOut *j, const char *key, bool v);
void json_key_null(JsonOut *j, const char *key);
void json_key_instant(JsonOut *j, const char *key, Instant t); // null when 0
void json_key_open(JsonOut *j, const char *key);
void json_key_open_array(JsonOut *j, const char *key);

// --- in
typedef enum JsonKind {
    JSON_NULL_NODE,
    JSON_BOOL_NODE,
    JSON_INT_NODE,
    JSON_REAL_NODE, // text holds the shortest form that reads back as the same real: "1.0", "1e+20"
    JSON_STR_NODE,
    JSON_ARRAY_NODE,
    JSON_OBJECT_NODE
} JsonKind;

typedef struct Json Json;
struct Json {
    JsonKind kind;
    Str key; // inside an object
    Str text;
    int64_t num; // JSON_INT_NODE, or 0/1 for JSON_BOOL_NODE
    const Json *first, *next;
    size_t len; // of an array or object
};

// MALFORMED with line and column when the text is not one JSON value within the limits.
Status json_parse(Ctx *cx, Str text, const Json **ret) MUST_USE;
const Json *json_get(const Json *object, const char *key); // NULL when missing or not an object
// Optional values with a default; wrong kinds read as the default.
Str json_text(const Json *object, const char *key, Str fallback);
int64_t json_num(const Json *object, const char *key, int64_t fallback);
bool json_flag(const Json *object, const char *key, bool fallback);
// Refuses keys of `object` that are not in the NULL-ended list: MALFORMED, code "unknown".
Status json_only(Ctx *cx, const Json *object, const char *const *allowed) MUST_USE;
void json_write(JsonOut *j, const Json *node);

#endif
