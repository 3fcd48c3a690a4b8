// The body as it comes in: into memory for JSON, into a file for uploads, nowhere when the answer
// is known already.
#include "http/http_int.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { FIELD_MAX = 64 * 1024, FIELDS_MAX = 1024 * 1024, BODIES_IN_FLIGHT = 256 * 1024 * 1024 };

static Status too_large(Exchange *ex, int64_t limit)
{
    return FAIL(&ex->cx, TOO_LARGE, "too_large", NULL, "the body is larger than %lld bytes",
                (long long)limit);
}

static int64_t limit_of(const Exchange *ex)
{
    bool upload = ex->rq.route != NULL && (ex->rq.route->flags & ROUTE_UPLOAD) != 0;
    int64_t most = ex->server->options.upload_max;
    return upload ? (most > 0 ? most : LIMIT_ATTACHMENT) : LIMIT_JSON_BODY;
}

static Status file_open(Exchange *ex)
{
    Body *b = &ex->body;
    Str name = os_random_text(&ex->arena, 16);
    Str path = arena_fmt(&ex->arena, "%s/" STR_FMT ".upload", ex->server->options.upload_dir,
                         STR_ARG(name));
    b->path = arena_cstr(&ex->arena, path);
    b->fd = open(b->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (b->fd < 0) {
        b->path = NULL;
        return errno == ENOSPC ? FAIL(&ex->cx, FULL, "full", NULL, "the disk is full")
                               : FAIL(&ex->cx, INTERNAL, "upload", NULL,
                                      "cannot create a file in the upload folder");
    }
    return STATUS_OK;
}

static Status file_put(Exchange *ex, Str bytes)
{
    ex->body.file_bytes += (int64_t)bytes.len;
    if (ex->body.file_bytes > limit_of(ex))
        return too_large(ex, limit_of(ex));
    while (bytes.len > 0) {
        ssize_t n = write(ex->body.fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return errno == ENOSPC || errno == EDQUOT || errno == EFBIG
                       ? FAIL(&ex->cx, FULL, "full", NULL, "the disk is full")
                       : FAIL(&ex->cx, INTERNAL, "upload", NULL, "cannot write the upload");
        bytes = (Str){ bytes.ptr + n, bytes.len - (size_t)n };
    }
    return STATUS_OK;
}

static Status part_begin(Ctx *cx, void *arg, const Part *p)
{
    Exchange *ex = arg;
    Body *b = &ex->body;
    b->in_file = p->is_file;
    if (!p->is_file) {
        Pair *field = vec_add(&ex->arena, &b->fields);
        field->key = arena_dup(&ex->arena, p->name);
        b->field = buf_new(&ex->arena, FIELD_MAX);
        return STATUS_OK;
    }
    if (b->path != NULL)
        return FAIL(cx, MALFORMED, "multipart", NULL, "only one file in a request");
    b->name = arena_dup(&ex->arena, p->filename);
    return file_open(ex);
}

static Status part_data(Ctx *cx, void *arg, Str bytes)
{
    Exchange *ex = arg;
    Body *b = &ex->body;
    if (b->in_file)
        return file_put(ex, bytes);
    b->fields_bytes += bytes.len;
    buf_add(&b->field, bytes);
    if (!buf_ok(&b->field) || b->fields_bytes > FIELDS_MAX)
        return FAIL(cx, TOO_LARGE, "too_large", NULL, "a form field is larger than %d bytes",
                    FIELD_MAX);
    return STATUS_OK;
}

static Status part_end(Ctx *cx, void *arg)
{
    Exchange *ex = arg;
    Body *b = &ex->body;
    if (b->in_file)
        return STATUS_OK;
    Pair *field = &b->fields.ptr[b->fields.len - 1];
    field->value = arena_dup(&ex->arena, buf_str(&b->field));
    if (field->value.len > 0 && !utf8_valid(field->value))
        return FAIL(cx, MALFORMED, "multipart", NULL, "a form field is not UTF-8");
    return STATUS_OK;
}

static BodyMode mode_of(const Exchange *ex, Str type)
{
    if (ex->rq.route == NULL || (ex->rq.route->flags & ROUTE_UPLOAD) == 0)
        return BODY_BUFFER;
    Str kind = str_trim(str_sub(type, 0, str_find_char(type, ';', 0)));
    return str_ieq(str_sub(kind, 0, 10), S("multipart/")) ? BODY_MULTIPART : BODY_RAW_FILE;
}

Status body_begin(Exchange *ex)
{
    Body *b = &ex->body;
    Str type = req_header(&ex->rq, "Content-Type");
    b->mode = mode_of(ex, type);
    if (ex->content_length > limit_of(ex) + (b->mode == BODY_MULTIPART ? FIELDS_MAX : 0))
        return too_large(ex, limit_of(ex));
    if (b->mode == BODY_BUFFER)
        return STATUS_OK;
    if (type.len == 0)
        return FAIL(&ex->cx, MEDIA_TYPE, "media_type", NULL, "the body has no Content-Type");
    if (ex->server->options.upload_dir == NULL)
        return FAIL(&ex->cx, UNAVAILABLE, "upload", NULL, "uploads are switched off");
    if (b->mode == BODY_RAW_FILE)
        return file_open(ex);
    Str boundary = { 0 };
    TRY(multipart_boundary(&ex->cx, type, &boundary));
    b->form =
        multipart_new(&ex->arena, boundary, (MultipartSink){ ex, part_begin, part_data, part_end });
    return STATUS_OK;
}

static Status buffer_put(Exchange *ex, Str bytes)
{
    Body *b = &ex->body;
    if (b->len + bytes.len > b->cap) {
        size_t cap = b->cap == 0 ? 4096 : b->cap * 2;
        while (cap < b->len + bytes.len)
            cap *= 2;
        int64_t more = (int64_t)(cap - b->cap);
        if (atomic_fetch_add(&ex->server->in_flight, more) + more > BODIES_IN_FLIGHT) {
            atomic_fetch_sub(&ex->server->in_flight, more);
            return FAIL(&ex->cx, UNAVAILABLE, "busy", NULL, "the server is busy, try again");
        }
        b->buffer = mem_grow(b->buffer, cap);
        b->cap = cap;
    }
    memcpy(b->buffer + b->len, bytes.ptr, bytes.len);
    b->len += bytes.len;
    return STATUS_OK;
}

Status body_feed(Exchange *ex, Str bytes)
{
    Body *b = &ex->body;
    b->got += (int64_t)bytes.len;
    if (b->mode == BODY_DISCARD)
        return STATUS_OK;
    // The frame of a form is allowed on top of the file's size.
    if (b->got > limit_of(ex) + (b->mode == BODY_MULTIPART ? FIELDS_MAX : 0))
        return too_large(ex, limit_of(ex));
    if (b->mode == BODY_BUFFER)
        return buffer_put(ex, bytes);
    if (b->mode == BODY_RAW_FILE)
        return file_put(ex, bytes);
    return multipart_feed(&ex->cx, b->form, bytes);
}

Status body_end(Exchange *ex)
{
    Body *b = &ex->body;
    Req *rq = &ex->rq;
    if (b->mode == BODY_MULTIPART) {
        TRY(multipart_end(&ex->cx, b->form));
        rq->form = b->fields.ptr;
        rq->nform = b->fields.len;
    }
    rq->body = (Str){ b->buffer, b->len };
    if (b->fd >= 0) {
        int fd = b->fd;
        b->fd = -1;
        if (close(fd) != 0)
            return FAIL(&ex->cx, FULL, "full", NULL, "the upload could not be written");
        rq->upload_path = b->path;
        rq->upload_name = b->name;
    }
    return STATUS_OK;
}

void body_drop(Exchange *ex)
{
    Body *b = &ex->body;
    if (b->fd >= 0)
        (void)close(b->fd);
    if (b->path != NULL && !b->kept)
        (void)unlink(b->path);
    atomic_fetch_sub(&ex->server->in_flight, (int64_t)b->cap);
    mem_free(b->buffer);
    b->fd = -1;
    b->path = NULL;
    b->buffer = NULL;
    b->len = b->cap = 0;
}
