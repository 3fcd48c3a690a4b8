// The writer. Most calls are one reservation and one pass: names and short texts without anything
// to escape are the rule.
#include "json/json.h"

// 0: goes out as it is. 'u': as \u00xx. '<' and 0xe2 depend on what follows. Others: as \ and that.
static const unsigned char ESCAPE[256] = {
    [0] = 'u',    [1] = 'u',    [2] = 'u',    [3] = 'u',     [4] = 'u',    [5] = 'u',
    [6] = 'u',    [7] = 'u',    ['\b'] = 'b', ['\t'] = 't',  ['\n'] = 'n', [11] = 'u',
    ['\f'] = 'f', ['\r'] = 'r', [14] = 'u',   [15] = 'u',    [16] = 'u',   [17] = 'u',
    [18] = 'u',   [19] = 'u',   [20] = 'u',   [21] = 'u',    [22] = 'u',   [23] = 'u',
    [24] = 'u',   [25] = 'u',   [26] = 'u',   [27] = 'u',    [28] = 'u',   [29] = 'u',
    [30] = 'u',   [31] = 'u',   ['"'] = '"',  ['\\'] = '\\', ['<'] = '<',  [0xe2] = 0xe2,
};

JsonOut json_out(Buf *buf)
{
    return (JsonOut){ .buf = buf };
}

// Length of the beginning that needs no look: no controls, quotes, '<' or 0xe2.
static size_t clean_run(const char *p, size_t len)
{
    size_t n = 0;
    while (n < len && ESCAPE[(unsigned char)p[n]] == 0)
        n++;
    return n;
}

// U+2028 and U+2029 end a line in old JavaScript; "</" could end a script element.
static size_t special_len(const char *p, size_t len, const char **ret_text)
{
    if (p[0] == '<') {
        bool close = len >= 2 && p[1] == '/';
        *ret_text = close ? "<\\/" : "<";
        return close ? 2 : 1;
    }
    bool separator = len >= 3 && p[1] == '\x80' && (p[2] == '\xa8' || p[2] == '\xa9');
    if (!separator) {
        *ret_text = "\xe2";
        return 1;
    }
    *ret_text = p[2] == '\xa8' ? "\\u2028" : "\\u2029";
    return 3;
}

// Writes one character that is not clean, returns how many bytes it had.
static size_t add_special(Buf *b, const char *p, size_t len)
{
    static const char HEX[] = "0123456789abcdef";
    unsigned char c = (unsigned char)p[0];
    if (ESCAPE[c] == '<' || ESCAPE[c] == 0xe2) {
        const char *text = NULL;
        size_t taken = special_len(p, len, &text);
        buf_add(b, str_z(text));
        return taken;
    }
    if (ESCAPE[c] == 'u') {
        char code[6] = { '\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15] };
        buf_add(b, (Str){ code, sizeof(code) });
    } else {
        char code[2] = { '\\', (char)ESCAPE[c] };
        buf_add(b, (Str){ code, sizeof(code) });
    }
    return 1;
}

// `end` is what follows the text: `"` or `":`.
static void add_quoted(JsonOut *j, Str s, Str end)
{
    size_t run = clean_run(s.ptr, s.len);
    char *to = buf_reserve(j->buf, run + 2 + end.len);
    if (to == NULL)
        return;
    if (j->comma)
        *to++ = ',';
    *to++ = '"';
    if (run > 0)
        memcpy(to, s.ptr, run);
    to += run;
    j->buf->len = (size_t)(to - j->buf->ptr);
    if (run == s.len) {
        memcpy(to, end.ptr, end.len);
        j->buf->len += end.len;
        j->buf->ptr[j->buf->len] = '\0';
        return;
    }
    for (size_t at = run; at < s.len;) {
        at += add_special(j->buf, s.ptr + at, s.len - at);
        run = clean_run(s.ptr + at, s.len - at);
        if (run > 0)
            buf_add(j->buf, (Str){ s.ptr + at, run });
        at += run;
    }
    buf_add(j->buf, end);
}

// A finished value with its comma before it.
static void add_value(JsonOut *j, const char *p, size_t len)
{
    char *to = buf_reserve(j->buf, len + 1);
    if (to != NULL) {
        if (j->comma)
            *to++ = ',';
        memcpy(to, p, len);
        j->buf->len = (size_t)(to - j->buf->ptr) + len;
        j->buf->ptr[j->buf->len] = '\0';
    }
    j->comma = true;
}

static void open_with(JsonOut *j, char c)
{
    add_value(j, &c, 1);
    j->comma = false;
    j->depth++;
}

static void close_with(JsonOut *j, char c)
{
    check(j->depth > 0);
    j->depth--;
    j->comma = false;
    add_value(j, &c, 1);
}

void json_open(JsonOut *j)
{
    open_with(j, '{');
}

void json_close(JsonOut *j)
{
    close_with(j, '}');
}

void json_open_array(JsonOut *j)
{
    open_with(j, '[');
}

void json_close_array(JsonOut *j)
{
    close_with(j, ']');
}

void json_key(JsonOut *j, Str key)
{
    add_quoted(j, key, S("\":"));
    j->comma = false;
}

void json_str(JsonOut *j, Str s)
{
    add_quoted(j, s, S("\""));
    j->comma = true;
}

void json_int(JsonOut *j, int64_t v)
{
    char tmp[24];
    char *end = tmp + sizeof(tmp);
    char *p = end;
    // Unsigned, because the smallest integer has no positive counterpart.
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        *--p = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (v < 0)
        *--p = '-';
    add_value(j, p, (size_t)(end - p));
}

void json_bool(JsonOut *j, bool v)
{
    json_raw(j, v ? S("true") : S("false"));
}

void json_raw(JsonOut *j, Str json)
{
    add_value(j, json.ptr, json.len);
}

void json_key_str(JsonOut *j, const char *key, Str s)
{
    json_key(j, str_z(key));
    json_str(j, s);
}

void json_key_int(JsonOut *j, const char *key, int64_t v)
{
    json_key(j, str_z(key));
    json_int(j, v);
}

void json_key_bool(JsonOut *j, const char *key, bool v)
{
    json_key(j, str_z(key));
    json_bool(j, v);
}

void json_key_null(JsonOut *j, const char *key)
{
    json_key(j, str_z(key));
    json_null(j);
}

void json_key_instant(JsonOut *j, const char *key, Instant t)
{
    json_key(j, str_z(key));
    if (t.ms == 0) {
        json_null(j);
        return;
    }
    json_raw(j, S("\""));
    instant_add(j->buf, t);
    buf_char(j->buf, '"');
}

void json_key_open(JsonOut *j, const char *key)
{
    json_key(j, str_z(key));
    json_open(j);
}

void json_key_open_array(JsonOut *j, const char *key)
{
    json_key(j, str_z(key));
    json_open_array(j);
}
