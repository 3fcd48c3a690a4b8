// Server-sent events. A stream waits suspended in the library until somebody sends; its queue is
// bounded, so a client that does not read costs at most that and is then cut.
#include "http/http_int.h"

#include <microhttpd.h>
#include <poll.h>

enum { STREAM_MAX = 64 * 1024 };

struct Stream {
    Stream *prev, *next; // under the server's stream_lock
    HttpServer *server;
    Mutex lock;
    struct MHD_Connection *mhd; // NULL when the connection is over
    Conn *conn;
    char *queue; // STREAM_MAX bytes once something was sent
    size_t len;
    bool suspended, ended, cut;
    int64_t last_us;
    void *owner;
    void (*closed)(void *owner);
};

// The lock is held.
static void wake(Stream *s)
{
    if (!s->suspended || s->mhd == NULL)
        return;
    s->suspended = false;
    MHD_resume_connection(s->mhd);
}

// The lock is held. A client that stopped reading is not woken by us but by the watchdog's knife.
static void cut(Stream *s)
{
    s->ended = true;
    s->cut = true;
    s->len = 0;
    if (s->conn != NULL && s->mhd != NULL)
        atomic_store(&s->conn->kill, true);
    wake(s);
}

Stream *stream_new(Exchange *ex, void *owner, void (*closed)(void *owner))
{
    HttpServer *server = ex->server;
    Stream *s = mem_alloc(sizeof(Stream));
    mutex_init(&s->lock);
    s->server = server;
    s->mhd = ex->mhd;
    s->conn = ex->conn;
    s->owner = owner;
    s->closed = closed;
    s->last_us = os_monotonic_us();
    mutex_lock(&server->stream_lock);
    int max = server->options.streams;
    bool fits = server->nstreams < max && !atomic_load(&server->stopping);
    if (fits) {
        s->next = server->streams;
        if (s->next != NULL)
            s->next->prev = s;
        server->streams = s;
        server->nstreams++;
    }
    mutex_unlock(&server->stream_lock);
    if (fits)
        return s;
    mutex_done(&s->lock);
    mem_free(s);
    return NULL;
}

void stream_gone(Stream *s)
{
    mutex_lock(&s->lock);
    s->mhd = NULL;
    s->conn = NULL;
    s->ended = true;
    mutex_unlock(&s->lock);
    mutex_lock(&s->server->stream_lock);
    *(s->prev == NULL ? &s->server->streams : &s->prev->next) = s->next;
    if (s->next != NULL)
        s->next->prev = s->prev;
    s->server->nstreams--;
    mutex_unlock(&s->server->stream_lock);
    if (s->closed != NULL)
        s->closed(s->owner);
    mutex_done(&s->lock);
    mem_free(s->queue);
    mem_free(s);
}

Status req_stream(Req *rq, void *owner, void (*closed)(void *owner), Stream **ret)
{
    Exchange *ex = exchange_of(rq);
    check(rq->route != NULL && (rq->route->flags & ROUTE_STREAM) != 0);
    check(ex->reply.kind == REPLY_NONE);
    Stream *s = stream_new(ex, owner, closed);
    if (s == NULL)
        return FAIL(rq->cx, UNAVAILABLE, "busy", NULL, "too many streams are open");
    ex->stream = s;
    ex->reply.kind = REPLY_STREAM;
    ex->reply.status = 200;
    req_set_header(rq, "Content-Type", S("text/event-stream; charset=utf-8"));
    req_set_header(rq, "X-Accel-Buffering", S("no"));
    *ret = s;
    return STATUS_OK;
}

int64_t stream_read(Stream *s, char *to, size_t max)
{
    mutex_lock(&s->lock);
    int64_t n = 0;
    if (s->len > 0) {
        size_t part = s->len < max ? s->len : max;
        memcpy(to, s->queue, part);
        memmove(s->queue, s->queue + part, s->len - part);
        s->len -= part;
        n = (int64_t)part;
    } else if (s->ended) {
        n = s->cut ? -2 : -1;
    } else {
        // Under the lock, so that a sender either sees "suspended" or we see what he has put in.
        s->suspended = true;
        MHD_suspend_connection(s->mhd);
    }
    mutex_unlock(&s->lock);
    return n;
}

// The lock is held.
static void put(Stream *s, Str text)
{
    memcpy(s->queue + s->len, text.ptr, text.len);
    s->len += text.len;
}

// The lock is held. Every line of the data needs its own prefix; a lone CR would be a line end too.
static void put_event(Stream *s, const char *event, Str data)
{
    if (event != NULL) {
        put(s, S("event: "));
        put(s, str_z(event));
        put(s, S("\n"));
    }
    do {
        put(s, S("data: "));
        Str line = str_split(&data, '\n');
        size_t from = s->len;
        if (line.len > 0)
            put(s, line);
        for (; from < s->len; from++)
            if (s->queue[from] == '\r')
                s->queue[from] = ' ';
        put(s, S("\n"));
    } while (data.ptr != NULL);
    put(s, S("\n"));
}

static size_t event_size(const char *event, Str data)
{
    size_t lines = 1;
    for (size_t i = 0; i < data.len; i++)
        lines += data.ptr[i] == '\n';
    return (event == NULL ? 0 : strlen(event) + 8) + data.len + lines * 7 + 1;
}

bool stream_send(Stream *s, const char *event, Str data)
{
    check(event == NULL || strpbrk(event, "\r\n") == NULL);
    mutex_lock(&s->lock);
    bool open = !s->ended;
    if (open && s->queue == NULL)
        s->queue = mem_alloc(STREAM_MAX);
    if (open && event_size(event, data) > STREAM_MAX - s->len) {
        cut(s);
        open = false;
    }
    if (open) {
        put_event(s, event, data);
        s->last_us = os_monotonic_us();
        wake(s);
    }
    mutex_unlock(&s->lock);
    return open;
}

void stream_close(Stream *s)
{
    mutex_lock(&s->lock);
    s->ended = true;
    wake(s);
    mutex_unlock(&s->lock);
}

static bool hung_up(const Stream *s)
{
    struct pollfd p = { .fd = s->conn->fd, .events = POLLRDHUP };
    return poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void streams_tick(HttpServer *server, int64_t now_us)
{
    mutex_lock(&server->stream_lock);
    for (Stream *s = server->streams; s != NULL; s = s->next) {
        mutex_lock(&s->lock);
        if (s->mhd != NULL && s->conn != NULL && s->suspended && hung_up(s)) {
            // The library does not look at suspended connections.
            cut(s);
        } else if (!s->ended && now_us - s->last_us > server->options.ping_ms * INT64_C(1000)) {
            if (s->queue == NULL)
                s->queue = mem_alloc(STREAM_MAX);
            s->last_us = now_us;
            if (STREAM_MAX - s->len >= 8)
                put(s, S(": ping\n\n"));
            else
                cut(s);
            wake(s);
        }
        mutex_unlock(&s->lock);
    }
    mutex_unlock(&server->stream_lock);
}

void streams_end(HttpServer *server)
{
    mutex_lock(&server->stream_lock);
    for (Stream *s = server->streams; s != NULL; s = s->next) {
        mutex_lock(&s->lock);
        s->ended = true;
        wake(s);
        mutex_unlock(&s->lock);
    }
    mutex_unlock(&server->stream_lock);
}
