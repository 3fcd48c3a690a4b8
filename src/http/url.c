// URL coding, the normal form of paths, and the request target.
#include "http/url.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char l = ascii_lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

Str url_decode(Arena *a, Str s, bool plus_is_blank, bool *ret_ok)
{
    char *out = arena_array(a, char, s.len + 1);
    size_t n = 0;
    *ret_ok = true;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '+' && plus_is_blank) {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < s.len ? hex_value(s.ptr[i + 1]) : -1;
            int low = i + 2 < s.len ? hex_value(s.ptr[i + 2]) : -1;
            if (high < 0 || low < 0) {
                *ret_ok = false;
                out[n++] = c;
                continue;
            }
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (c == '\0')
            *ret_ok = false;
        out[n++] = c;
    }
    return (Str){ out, n };
}

Str url_encode(Arena *a, Str s)
{
    static const char HEX[] = "0123456789ABCDEF";
    check(s.len < SIZE_MAX / 4);
    char *out = arena_array(a, char, s.len * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '.' || c == '_' ||
            c == '~') {
            out[n++] = c;
            continue;
        }
        out[n++] = '%';
        out[n++] = HEX[(unsigned char)c >> 4];
        out[n++] = HEX[(unsigned char)c & 15];
    }
    return (Str){ out, n };
}

static bool has_control(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
            return true;
    return false;
}

// An encoded separator would be a second reading of the same path: proxies and we could differ.
static bool hides_separator(Str raw)
{
    for (size_t i = 0; i + 2 < raw.len; i++) {
        if (raw.ptr[i] != '%')
            continue;
        char low = ascii_lower(raw.ptr[i + 2]);
        if ((raw.ptr[i + 1] == '2' && low == 'f') || (raw.ptr[i + 1] == '5' && low == 'c'))
            return true;
    }
    return str_find_char(raw, '\\', 0) < raw.len;
}

Status path_normalise(Ctx *cx, Str raw, Str *ret)
{
    if (raw.len == 0 || raw.ptr[0] != '/')
        return FAIL(cx, MALFORMED, "url", NULL, "the path must begin with a slash");
    if (hides_separator(raw))
        return FAIL(cx, MALFORMED, "url", NULL, "the path holds an encoded slash or a backslash");
    bool ok = false;
    Str rest = url_decode(cx->arena, raw, false, &ok);
    if (!ok || has_control(rest) || !utf8_valid(rest))
        return FAIL(cx, MALFORMED, "url", NULL, "the path is not valid percent-encoded UTF-8");
    char *out = arena_array(cx->arena, char, rest.len + 2);
    size_t n = 0;
    while (rest.ptr != NULL) {
        Str segment = str_split(&rest, '/');
        if (segment.len == 0 || str_eq(segment, S(".")))
            continue;
        if (str_eq(segment, S(".."))) {
            if (n == 0)
                return FAIL(cx, MALFORMED, "url", NULL, "the path leads above the root");
            while (out[--n] != '/') {
            }
            continue;
        }
        out[n++] = '/';
        memcpy(out + n, segment.ptr, segment.len);
        n += segment.len;
    }
    if (n == 0)
        out[n++] = '/';
    *ret = (Str){ out, n };
    return STATUS_OK;
}

bool query_next(Arena *a, Str *rest, Pair *ret)
{
    while (rest->ptr != NULL) {
        Str part = str_split(rest, '&');
        if (part.len == 0)
            continue;
        size_t at = str_find_char(part, '=', 0);
        bool ok = false;
        ret->key = url_decode(a, str_sub(part, 0, at), true, &ok);
        ret->value = url_decode(a, str_sub(part, at + 1, part.len), true, &ok);
        return true;
    }
    return false;
}

// Blanks and line ends of a form field are fine inside a value; NUL is not, and no broken coding.
static Status query_check(Ctx *cx, Str query)
{
    if (query.ptr == NULL)
        return STATUS_OK;
    bool ok = false;
    Str text = url_decode(cx->arena, query, true, &ok);
    if (!ok || !utf8_valid(text))
        return FAIL(cx, MALFORMED, "url", NULL, "the query is not valid percent-encoded UTF-8");
    return STATUS_OK;
}

static bool port_valid(Str port)
{
    int64_t n = 0;
    if (port.len == 0)
        return true;
    return ascii_is_digit(port.ptr[0]) && port.len <= 5 && str_int(port, &n) && n <= 65535;
}

bool host_valid(Str host)
{
    if (host.len == 0 || host.len > 261)
        return false;
    size_t at = 0;
    if (host.ptr[0] == '[') {
        at = str_find_char(host, ']', 0);
        if (at == host.len)
            return false;
        for (size_t i = 1; i < at; i++)
            if (hex_value(host.ptr[i]) < 0 && host.ptr[i] != ':' && host.ptr[i] != '.')
                return false;
        at++;
    } else {
        for (; at < host.len && host.ptr[at] != ':'; at++) {
            char c = host.ptr[at];
            if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' && c != '.' && c != '_')
                return false;
        }
    }
    if (at == 0)
        return false;
    return at == host.len || (host.ptr[at] == ':' && port_valid(str_sub(host, at + 1, host.len)));
}

// "http://host/path" -> host and the rest. False when it is not in absolute form.
static bool absolute_split(Str raw, Str *ret_host, Str *ret_rest)
{
    static const Str SCHEMES[] = { S_INIT("http://"), S_INIT("https://") };
    for (size_t i = 0; i < ARRAY_LEN(SCHEMES); i++) {
        if (!str_ieq(str_sub(raw, 0, SCHEMES[i].len), SCHEMES[i]))
            continue;
        Str behind = str_sub(raw, SCHEMES[i].len, raw.len);
        size_t end = 0;
        while (end < behind.len && behind.ptr[end] != '/' && behind.ptr[end] != '?')
            end++;
        *ret_host = str_sub(behind, 0, end);
        *ret_rest = str_sub(behind, end, behind.len);
        return true;
    }
    return false;
}

Status target_parse(Ctx *cx, Str raw, Str host, Str *ret_path, Str *ret_query)
{
    for (size_t i = 0; i < raw.len; i++)
        if ((unsigned char)raw.ptr[i] <= 0x20 || (unsigned char)raw.ptr[i] >= 0x7f ||
            raw.ptr[i] == '#')
            return FAIL(cx, MALFORMED, "url", NULL,
                        "the address holds a byte that must be encoded");
    Str named = { 0 };
    Str target = raw;
    if (absolute_split(raw, &named, &target)) {
        if (!host_valid(named) || !str_ieq(named, host))
            return FAIL(cx, MALFORMED, "host", NULL, "the address names another host");
        if (target.len == 0 || target.ptr[0] == '?')
            target = arena_fmt(cx->arena, "/" STR_FMT, STR_ARG(target));
    }
    size_t mark = str_find_char(target, '?', 0);
    Str query = mark < target.len ? str_sub(target, mark + 1, target.len) : (Str){ 0 };
    TRY(path_normalise(cx, str_sub(target, 0, mark), ret_path));
    TRY(query_check(cx, query));
    *ret_query = query;
    return STATUS_OK;
}
