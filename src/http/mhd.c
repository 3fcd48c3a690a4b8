// The one file that knows libmicrohttpd. Its threads move bytes; a complete request is suspended,
// handed to a pool, and resumed with the answer.
#include "http/http_int.h"

#include <microhttpd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    LOOPS = 2,
    CONNECTION_MEMORY = 80 * 1024, // address, headers and their bookkeeping
    STREAM_BLOCK = 16 * 1024
};

static Conn *conn_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

// --- from the library's request to an Exchange

// The only place where the target can be seen as it was sent.
static void *on_request_line(void *cls, const char *uri, struct MHD_Connection *mhd)
{
    Listener *l = cls;
    Conn *c = conn_of(mhd);
    Exchange *ex = exchange_new(l->server, c);
    ex->mhd = mhd;
    ex->raw_target = arena_dup(&ex->arena, str_z(uri));
    if (c != NULL && atomic_load(&c->phase) == PHASE_IDLE)
        conn_phase(c, PHASE_HEAD, 0);
    return ex;
}

typedef struct HeaderWalk {
    Exchange *ex;
    uint64_t bytes; // of the header block as strict syntax would have it
    bool odd;
} HeaderWalk;

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *key,
                                 size_t key_len, const char *value, size_t value_len)
{
    (void)kind;
    HeaderWalk *w = cls;
    Arena *a = &w->ex->arena;
    *vec_add(a, &w->ex->headers) =
        (Pair){ arena_dup(a, (Str){ key, key_len }), arena_dup(a, (Str){ value, value_len }) };
    // Both stand in the receive buffer, on one line: what lies between them was colon and blanks.
    uintptr_t gap = (uintptr_t)value - ((uintptr_t)key + key_len);
    w->odd = w->odd || value == NULL || gap < 1 || gap > LIMIT_HEADERS;
    w->bytes += key_len + gap + value_len + 2;
    return MHD_YES;
}

// The library forgives bare LF, folded lines, NUL and doubled blanks and hides them from us, but
// it tells how many bytes the head had: when that is not what strict syntax gives, there was
// something it forgave. Only for the version whose reckoning was read.
static bool head_is_strict(const HeaderWalk *w, const struct MHD_Connection *mhd)
{
    if (strcmp(MHD_get_version(), "0.9.75") != 0)
        return true;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        (struct MHD_Connection *)(uintptr_t)mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    const Exchange *ex = w->ex;
    uint64_t line = ex->raw_method.len + 1 + ex->raw_target.len + 1 + ex->version.len + 2;
    return info == NULL || (!w->odd && info->header_size == line + w->bytes + 2);
}

static void refuse(Exchange *ex, Status s)
{
    reply_error(ex, s, ex->prepared);
    run_finish(ex);
}

static void request_begin(Exchange *ex, const char *method, const char *version)
{
    ex->begun = true;
    ex->counted = true;
    atomic_fetch_add(&ex->server->active, 1);
    // The clock of the log starts with the complete head, not with the first byte.
    ex->rq.started_us = os_monotonic_us();
    ex->raw_method = arena_dup(&ex->arena, str_z(method));
    ex->version = arena_dup(&ex->arena, str_z(version));
    HeaderWalk w = { .ex = ex };
    (void)MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, on_header, &w);
    ex->odd_head = !head_is_strict(&w, ex->mhd);
    Status s = guard_request(ex);
    if (s == STATUS_OK && atomic_load(&ex->server->stopping)) {
        ex->reply.close = true;
        s = FAIL(&ex->cx, UNAVAILABLE, "stopping", NULL, "the server is stopping");
    }
    if (s != STATUS_OK)
        refuse(ex, s);
}

// --- from the Reply to the library's response

static ssize_t on_stream_read(void *cls, uint64_t pos, char *to, size_t max)
{
    (void)pos;
    int64_t n = stream_read(cls, to, max);
    if (n >= 0)
        return (ssize_t)n;
    return n == -1 ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
}

static struct MHD_Response *response_of(Exchange *ex)
{
    Reply *r = &ex->reply;
    if (r->kind == REPLY_STREAM)
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, on_stream_read,
                                                 ex->stream, NULL);
    if (r->kind == REPLY_FILE) {
        struct MHD_Response *m = MHD_create_response_from_fd64((uint64_t)r->size, r->fd);
        if (m != NULL)
            r->fd = -1; // the response closes it
        return m;
    }
    // The bytes live in the exchange's arena or for ever; both outlive the response.
    return MHD_create_response_from_buffer(r->body.len, (void *)(uintptr_t)r->body.ptr,
                                           MHD_RESPMEM_PERSISTENT);
}

static int64_t reply_size(const Reply *r)
{
    return r->kind == REPLY_FILE ? r->size : (int64_t)r->body.len;
}

static enum MHD_Result answer(Exchange *ex)
{
    Reply *r = &ex->reply;
    if (atomic_load(&ex->server->stopping) && !r->close)
        reply_header(r, &ex->arena, "Connection", S("close"), true);
    struct MHD_Response *m = response_of(ex);
    if (m == NULL)
        return MHD_NO;
    enum MHD_Result ok = MHD_YES;
    for (size_t i = 0; i < r->headers.len && ok == MHD_YES; i++)
        if (r->headers.ptr[i].value.len > 0) // the library refuses empty ones
            ok = MHD_add_response_header(m, r->headers.ptr[i].key.ptr, r->headers.ptr[i].value.ptr);
    if (ex->conn != NULL)
        conn_phase(ex->conn, r->kind == REPLY_STREAM ? PHASE_STREAM : PHASE_WRITE, reply_size(r));
    if (ok == MHD_YES)
        ok = MHD_queue_response(ex->mhd, (unsigned)r->status, m);
    MHD_destroy_response(m);
    return ok;
}

// --- the handler

static void hand_over(Exchange *ex, Stage stage)
{
    ex->stage = stage;
    if (ex->conn != NULL)
        conn_phase(ex->conn, PHASE_RUN, 0);
    // First suspended, then queued: a worker may be done before this function returns.
    MHD_suspend_connection(ex->mhd);
    bool is_long =
        ex->rq.route != NULL && (ex->rq.route->flags & ROUTE_LONG) != 0 && stage == STAGE_RUN;
    if (pool_put(is_long ? &ex->server->long_pool : &ex->server->pool, ex))
        return;
    atomic_fetch_add(&ex->server->refused, 1);
    refuse(ex, FAIL(&ex->cx, UNAVAILABLE, "busy", NULL, "the server is busy, try again"));
    exchange_done(ex);
}

void exchange_done(Exchange *ex)
{
    MHD_resume_connection(ex->mhd);
}

// An answer before the body has come ends the connection. So a short body is swallowed first: the
// client gets to read the answer and may go on; a long one is not waited for.
static bool swallow(Exchange *ex)
{
    if (ex->reply.close || ex->content_length > DISCARD_MAX ||
        (ex->has_body && req_header(&ex->rq, "Expect").ptr != NULL))
        return false;
    ex->body.mode = BODY_DISCARD;
    return true;
}

static enum MHD_Result early_answer(Exchange *ex)
{
    if (swallow(ex)) {
        if (ex->conn != NULL)
            conn_phase(ex->conn, PHASE_BODY, 0);
        return MHD_YES;
    }
    return answer(ex);
}

// The head is complete. For uploads this comes a second time, after the guard.
static enum MHD_Result on_head(Exchange *ex, const char *method, const char *version)
{
    if (!ex->begun)
        request_begin(ex, method, version);
    bool upload = ex->rq.route != NULL && (ex->rq.route->flags & ROUTE_UPLOAD) != 0;
    if (ex->reply.kind == REPLY_NONE && upload && !ex->guarded) {
        hand_over(ex, STAGE_GUARD);
        return MHD_YES;
    }
    if (ex->reply.kind == REPLY_NONE) {
        Status s = body_begin(ex);
        if (s != STATUS_OK)
            refuse(ex, s);
    }
    ex->head_done = true;
    if (ex->reply.kind != REPLY_NONE)
        return early_answer(ex);
    if (ex->conn != NULL)
        conn_phase(ex->conn, PHASE_BODY, 0);
    return MHD_YES;
}

static enum MHD_Result on_body(Exchange *ex, Str bytes)
{
    Status s = body_feed(ex, bytes);
    if (ex->conn != NULL)
        atomic_fetch_add(&ex->conn->bytes, (int64_t)bytes.len);
    if (s != STATUS_OK) {
        refuse(ex, s);
        body_drop(ex);
        ex->body.mode = BODY_DISCARD;
    }
    return ex->body.mode == BODY_DISCARD && ex->body.got > DISCARD_MAX + LIMIT_JSON_BODY ? MHD_NO
                                                                                         : MHD_YES;
}

static enum MHD_Result on_end(Exchange *ex)
{
    if (ex->reply.kind == REPLY_NONE && !ex->complete) {
        ex->complete = true;
        Status s = body_end(ex);
        if (s != STATUS_OK)
            refuse(ex, s);
    }
    if (ex->reply.kind != REPLY_NONE)
        return answer(ex);
    hand_over(ex, STAGE_RUN);
    return MHD_YES;
}

static enum MHD_Result on_access(void *cls, struct MHD_Connection *mhd, const char *url,
                                 const char *method, const char *version, const char *data,
                                 size_t *data_len, void **req_cls)
{
    (void)cls;
    (void)mhd;
    (void)url;
    Exchange *ex = *req_cls;
    if (ex == NULL)
        return MHD_NO;
    if (!ex->head_done)
        return on_head(ex, method, version);
    if (*data_len == 0)
        return on_end(ex);
    Str bytes = { data, *data_len };
    *data_len = 0;
    return on_body(ex, bytes);
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **req_cls,
                         enum MHD_RequestTerminationCode why)
{
    (void)cls;
    (void)mhd;
    (void)why;
    Exchange *ex = *req_cls;
    *req_cls = NULL;
    if (ex == NULL)
        return;
    Conn *c = ex->conn;
    // What the client broke off before an answer was found still ends what prepare began.
    if (ex->prepared && !ex->finished)
        refuse(ex, FAIL(&ex->cx, MALFORMED, "aborted", NULL, "the client broke off"));
    exchange_free(ex);
    if (c != NULL)
        conn_phase(c, PHASE_IDLE, 0);
}

// --- connections

static enum MHD_Result on_accept(void *cls, const struct sockaddr *addr, socklen_t len)
{
    const Listener *l = cls;
    (void)len;
    return conn_admit(l->server, l->kind, addr) ? MHD_YES : MHD_NO;
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    const Listener *l = cls;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context != NULL)
            conn_remove(*context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *addr =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (fd != NULL)
        *context =
            conn_add(l->server, l->kind, fd->connect_fd, addr == NULL ? NULL : addr->client_addr);
}

// Decoding is ours; the library must leave the target alone.
static size_t on_unescape(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

static void on_panic(void *cls, const char *file, unsigned int line, const char *reason)
{
    (void)cls;
    LOG(LOG_ERROR, "http library", { "file", LOG_Z(file) }, { "line", LOG_INT(line) },
        { "reason", LOG_Z(reason == NULL ? "" : reason) });
    check_failed(file, (int)line, "the http library has given up");
}

Status mhd_start(Ctx *cx, HttpServer *s, Listener *l)
{
    l->server = s;
    MHD_set_panic_func(on_panic, NULL);
    // Ours are the limits that count; the library's own must only never be the first to bite.
    unsigned limit = (unsigned)(s->options.connections * 2 + 64);
    unsigned timeout = (unsigned)(s->options.keep_alive_ms / 1000 + 1);
    l->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, on_accept, l,
        on_access, l, MHD_OPTION_LISTEN_SOCKET, l->fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)LOOPS,
        MHD_OPTION_CONNECTION_LIMIT, limit, MHD_OPTION_CONNECTION_TIMEOUT, timeout,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_URI_LOG_CALLBACK, on_request_line, l, MHD_OPTION_UNESCAPE_CALLBACK,
        on_unescape, l, MHD_OPTION_NOTIFY_COMPLETED, on_completed, l, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, l, MHD_OPTION_END);
    if (l->daemon == NULL)
        return FAIL(cx, UNAVAILABLE, "listen.failed", NULL, "the http library does not start");
    return STATUS_OK;
}

void mhd_quiesce(Listener *l)
{
    if (l->daemon != NULL && l->fd >= 0) {
        (void)MHD_quiesce_daemon(l->daemon);
        (void)close(l->fd);
    }
    l->fd = -1;
}

void mhd_stop(Listener *l)
{
    if (l->daemon != NULL)
        MHD_stop_daemon(l->daemon);
    l->daemon = NULL;
    if (l->fd >= 0)
        (void)close(l->fd);
    if (l->path[0] != '\0')
        (void)unlink(l->path);
}
