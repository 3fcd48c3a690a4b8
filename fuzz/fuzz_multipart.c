// multipart/form-data: any bytes, in pieces of a size taken from the first byte, read the same as
// in one piece, never hand out more than came in, and a boundary out of a Content-Type is always
// usable.
#include "fuzz.h"

#include "http/multipart.h"

typedef struct Seen {
    Buf *out;
    size_t parts, ends, bytes;
} Seen;

static Status on_begin(Ctx *cx, void *arg, const Part *p)
{
    (void)cx;
    Seen *s = arg;
    check(p->name.ptr != NULL && s->parts == s->ends);
    check(str_find_char(p->filename, '/', 0) == p->filename.len);
    s->parts++;
    buf_fmt(s->out, "%zu:%d:%zu:%zu;", p->name.len, p->is_file, p->filename.len,
            p->content_type.len);
    buf_add(s->out, p->name);
    return STATUS_OK;
}

static Status on_data(Ctx *cx, void *arg, Str bytes)
{
    (void)cx;
    Seen *s = arg;
    check(bytes.len > 0 && s->parts == s->ends + 1);
    s->bytes += bytes.len;
    buf_add(s->out, bytes);
    return STATUS_OK;
}

static Status on_end(Ctx *cx, void *arg)
{
    (void)cx;
    Seen *s = arg;
    s->ends++;
    buf_char(s->out, ';');
    return STATUS_OK;
}

static Status read_form(Ctx *cx, Str boundary, Str body, size_t step, Seen *seen)
{
    Multipart *m =
        multipart_new(cx->arena, boundary, (MultipartSink){ seen, on_begin, on_data, on_end });
    for (size_t at = 0; at < body.len; at += step)
        TRY(multipart_feed(cx, m, str_sub(body, at, step)));
    return multipart_end(cx, m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
    Str rest = { (const char *)data + 1, size - 1 };
    // The first line is the Content-Type, what follows is the body.
    Str type = str_split(&rest, '\n');
    Str boundary = { 0 };
    if (multipart_boundary(&cx, type, &boundary) != STATUS_OK)
        boundary = S("XX");
    Buf once = buf_new(&arena, 1 << 24), twice = buf_new(&arena, 1 << 24);
    Seen one = { .out = &once }, two = { .out = &twice };
    Status s = read_form(&cx, boundary, rest, rest.len + 1, &one);
    check(read_form(&cx, boundary, rest, 1 + data[0] % 64, &two) == s);
    check(one.parts == two.parts && one.ends == two.ends);
    check(one.bytes <= rest.len && one.parts <= LIMIT_MULTIPART_PARTS);
    // Behind an error the pieces decide how much had been handed out before.
    check(s != STATUS_OK || str_eq(buf_str(&once), buf_str(&twice)));
    return 0;
}
