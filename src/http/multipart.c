// The streaming parser. The delimiter is CRLF "--" boundary; CR occurs in it only at the start, so
// after a mismatch a new match can only begin at the present byte: no backtracking, no look-ahead.
#include "http/multipart.h"

typedef enum State {
    STATE_PREAMBLE, // before the first delimiter
    STATE_DATA,
    STATE_AFTER,    // behind a delimiter: "--" or blanks and CRLF
    STATE_DASH,     // one '-' seen
    STATE_LINE_END, // CR seen, LF must follow
    STATE_HEADERS,
    STATE_EPILOGUE
} State;

enum { PREAMBLE_MAX = 1024, PADDING_MAX = 64 };

struct Multipart {
    MultipartSink sink;
    Arena *arena;
    State state;
    char delimiter[MULTIPART_BOUNDARY_MAX + 4];
    size_t delimiter_len, matched;
    char head[MULTIPART_HEADER_MAX];
    size_t head_len;
    size_t parts, preamble, padding;
};

static bool is_token(char c)
{
    return c > 0x20 && c < 0x7f && strchr("()<>@,;:\\\"/[]?={}", c) == NULL;
}

static Str skip_blanks(Str s)
{
    while (s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
        s = str_sub(s, 1, s.len);
    return s;
}

static Str take_token(Str *s)
{
    size_t n = 0;
    while (n < s->len && is_token(s->ptr[n]))
        n++;
    Str token = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->len);
    return token;
}

// A quoted string from the opening quote on. Only \" and \\ are escapes: browsers of old send
// whole Windows paths.
static bool take_quoted(Arena *a, Str *s, Str *ret)
{
    char *out = arena_array(a, char, s->len + 1);
    size_t n = 0;
    for (size_t i = 1; i < s->len; i++) {
        char c = s->ptr[i];
        if (c == '"') {
            *ret = (Str){ out, n };
            *s = str_sub(*s, i + 1, s->len);
            return true;
        }
        if (c == '\\' && i + 1 < s->len && (s->ptr[i + 1] == '"' || s->ptr[i + 1] == '\\'))
            c = s->ptr[++i];
        out[n++] = c;
    }
    return false;
}

bool header_param(Arena *a, Str value, Str name, Str *ret)
{
    *ret = (Str){ 0 };
    Str rest = str_sub(value, str_find_char(value, ';', 0), value.len);
    for (rest = skip_blanks(rest); rest.len > 0; rest = skip_blanks(rest)) {
        if (rest.ptr[0] != ';')
            return false;
        rest = skip_blanks(str_sub(rest, 1, rest.len));
        if (rest.len == 0)
            break;
        Str key = take_token(&rest);
        if (key.len == 0 || rest.len < 2 || rest.ptr[0] != '=')
            return false;
        rest = str_sub(rest, 1, rest.len);
        Str got = { 0 };
        if (rest.ptr[0] == '"') {
            if (!take_quoted(a, &rest, &got))
                return false;
        } else {
            got = take_token(&rest);
            if (got.len == 0)
                return false;
        }
        if (!str_ieq(key, name))
            continue;
        if (ret->ptr != NULL)
            return false;
        *ret = got;
    }
    return true;
}

static bool boundary_char(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (c != '\0' && strchr("'()+_,-./:=? ", c));
}

Status multipart_boundary(Ctx *cx, Str content_type, Str *ret)
{
    Str kind = str_trim(str_sub(content_type, 0, str_find_char(content_type, ';', 0)));
    if (!str_ieq(kind, S("multipart/form-data")))
        return FAIL(cx, MEDIA_TYPE, "media_type", NULL, "the body must be multipart/form-data");
    Str b = { 0 };
    bool ok = header_param(cx->arena, content_type, S("boundary"), &b) && b.len > 0 &&
              b.len <= MULTIPART_BOUNDARY_MAX && b.ptr[b.len - 1] != ' ';
    for (size_t i = 0; ok && i < b.len; i++)
        ok = boundary_char(b.ptr[i]);
    if (!ok)
        return FAIL(cx, MALFORMED, "multipart", NULL, "the boundary must be 1 to %d plain letters",
                    MULTIPART_BOUNDARY_MAX);
    *ret = b;
    return STATUS_OK;
}

Multipart *multipart_new(Arena *a, Str boundary, MultipartSink sink)
{
    check(boundary.len > 0 && boundary.len <= MULTIPART_BOUNDARY_MAX);
    Multipart *m = arena_new(a, Multipart);
    m->arena = a;
    m->sink = sink;
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.ptr, boundary.len);
    m->delimiter_len = boundary.len + 4;
    m->matched = 2; // the body's start counts as the start of a line
    return m;
}

static Status broken(Ctx *cx, const char *what)
{
    return FAIL(cx, MALFORMED, "multipart", NULL, "the form data is broken: %s", what);
}

// The last segment, as browsers of old sent whole paths.
static Str base_name(Str path)
{
    size_t from = path.len;
    while (from > 0 && path.ptr[from - 1] != '/' && path.ptr[from - 1] != '\\')
        from--;
    return str_sub(path, from, path.len);
}

static bool text_ok(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
            return false;
    return utf8_valid(s);
}

static Status part_disposition(Ctx *cx, Multipart *m, Str value, Part *p)
{
    Str kind = str_trim(str_sub(value, 0, str_find_char(value, ';', 0)));
    Str filename = { 0 };
    if (p->name.ptr != NULL || !str_ieq(kind, S("form-data")) ||
        !header_param(m->arena, value, S("name"), &p->name) || p->name.ptr == NULL ||
        !header_param(m->arena, value, S("filename"), &filename))
        return broken(cx, "a part's Content-Disposition");
    p->is_file = filename.ptr != NULL;
    p->filename = base_name(filename);
    if (!text_ok(p->name) || !text_ok(p->filename))
        return broken(cx, "a part's name is not plain UTF-8");
    return STATUS_OK;
}

static Status part_header(Ctx *cx, Multipart *m, Str line, Part *p)
{
    size_t colon = str_find_char(line, ':', 0);
    Str rest = line;
    Str name = take_token(&rest);
    if (colon == line.len || name.len != colon || name.len == 0)
        return broken(cx, "a part's header");
    Str value = str_trim(str_sub(line, colon + 1, line.len));
    for (size_t i = 0; i < value.len; i++)
        if (((unsigned char)value.ptr[i] < 0x20 && value.ptr[i] != '\t') || value.ptr[i] == 0x7f)
            return broken(cx, "a control in a part's header");
    if (str_ieq(name, S("Content-Disposition")))
        return part_disposition(cx, m, value, p);
    if (str_ieq(name, S("Content-Type")))
        p->content_type = arena_dup(m->arena, value);
    // Deprecated by RFC 7578; an encoding that would have to be undone is refused.
    if (str_ieq(name, S("Content-Transfer-Encoding")) && !str_ieq(value, S("binary")) &&
        !str_ieq(value, S("8bit")) && !str_ieq(value, S("7bit")))
        return broken(cx, "an encoded part");
    return STATUS_OK;
}

static Status part_begin(Ctx *cx, Multipart *m)
{
    Part p = { 0 };
    Str rest = { m->head, m->head_len };
    while (rest.len > 0) {
        size_t end = str_find(rest, S("\r\n"), 0);
        TRY(part_header(cx, m, str_sub(rest, 0, end), &p));
        rest = str_sub(rest, end + 2, rest.len);
    }
    if (p.name.ptr == NULL)
        return broken(cx, "a part without a name");
    m->state = STATE_DATA;
    m->matched = 0;
    return m->sink.begin(cx, m->sink.arg, &p);
}

// One byte of the part's header; the block ends with an empty line.
static Status feed_head(Ctx *cx, Multipart *m, char c)
{
    if (m->head_len == sizeof(m->head))
        return broken(cx, "a part's header is too long");
    if (c == '\n' && (m->head_len == 0 || m->head[m->head_len - 1] != '\r'))
        return broken(cx, "a line ends without CR");
    m->head[m->head_len++] = c;
    Str head = { m->head, m->head_len };
    if (str_eq(head, S("\r\n"))) {
        m->head_len = 0;
        return part_begin(cx, m);
    }
    if (c == '\n' && str_ends(head, S("\r\n\r\n"))) {
        m->head_len -= 2;
        return part_begin(cx, m);
    }
    return STATUS_OK;
}

// One byte behind a delimiter.
static Status feed_after(Ctx *cx, Multipart *m, char c)
{
    if (m->state == STATE_LINE_END) {
        if (c != '\n')
            return broken(cx, "a boundary line");
        m->state = STATE_HEADERS;
        m->head_len = 0;
        if (++m->parts > LIMIT_MULTIPART_PARTS)
            return broken(cx, "too many parts");
        return STATUS_OK;
    }
    if (m->state == STATE_DASH) {
        m->state = STATE_EPILOGUE;
        return c == '-' ? STATUS_OK : broken(cx, "a boundary line");
    }
    if (c == '\r') {
        m->state = STATE_LINE_END;
    } else if (c == '-' && m->padding == 0) {
        m->state = STATE_DASH;
    } else if ((c != ' ' && c != '\t') || ++m->padding > PADDING_MAX) {
        return broken(cx, "a boundary line");
    }
    return STATUS_OK;
}

static Status emit(Ctx *cx, Multipart *m, Str bytes)
{
    if (bytes.len == 0)
        return STATUS_OK;
    if (m->state == STATE_DATA)
        return m->sink.data(cx, m->sink.arg, bytes);
    m->preamble += bytes.len;
    return m->preamble > PREAMBLE_MAX ? broken(cx, "text before the first boundary") : STATUS_OK;
}

static Status delimiter_found(Ctx *cx, Multipart *m)
{
    bool in_part = m->state == STATE_DATA;
    m->state = STATE_AFTER;
    m->padding = 0;
    m->matched = 0;
    return in_part ? m->sink.end(cx, m->sink.arg) : STATUS_OK;
}

// Data up to the next delimiter; consumes at least one byte.
static Status feed_data(Ctx *cx, Multipart *m, Str bytes, size_t *at)
{
    if (m->matched == 0) {
        size_t cr = str_find_char(bytes, '\r', *at);
        TRY(emit(cx, m, str_sub(bytes, *at, cr - *at)));
        *at = cr;
        if (cr < bytes.len) {
            m->matched = 1;
            ++*at;
        }
        return STATUS_OK;
    }
    if (bytes.ptr[*at] == m->delimiter[m->matched]) {
        ++*at;
        return ++m->matched == m->delimiter_len ? delimiter_found(cx, m) : STATUS_OK;
    }
    // At the very start of the body the line break before the delimiter is only assumed.
    bool assumed = m->state == STATE_PREAMBLE && m->preamble == 0;
    size_t skip = assumed && m->matched >= 2 ? 2 : 0;
    Str kept = { m->delimiter + skip, m->matched - skip };
    m->matched = 0;
    if (m->state == STATE_PREAMBLE && kept.len == 0)
        m->preamble++;
    return emit(cx, m, kept);
}

Status multipart_feed(Ctx *cx, Multipart *m, Str bytes)
{
    size_t at = 0;
    while (at < bytes.len) {
        switch (m->state) {
        case STATE_PREAMBLE:
        case STATE_DATA: TRY(feed_data(cx, m, bytes, &at)); break;
        case STATE_AFTER:
        case STATE_DASH:
        case STATE_LINE_END: TRY(feed_after(cx, m, bytes.ptr[at++])); break;
        case STATE_HEADERS: TRY(feed_head(cx, m, bytes.ptr[at++])); break;
        case STATE_EPILOGUE: return STATUS_OK;
        }
    }
    return STATUS_OK;
}

Status multipart_end(Ctx *cx, Multipart *m)
{
    return m->state == STATE_EPILOGUE ? STATUS_OK : broken(cx, "the closing boundary is missing");
}
