// What the files of http/ share. Nobody else includes this.
#ifndef GUANXI_HTTP_HTTP_INT_H
#define GUANXI_HTTP_HTTP_INT_H

#include "http/http.h"
#include "http/multipart.h"
#include "os/os.h"

#include <stdatomic.h>

struct MHD_Connection;
struct MHD_Daemon;

typedef VEC(Pair) Pairs;
typedef struct Conn Conn;
typedef struct Exchange Exchange;
typedef struct Node Node;

// --- router.c
typedef struct Router {
    Arena arena;
    Node *root;
} Router;
// Adds all routes; faults are recorded in cx and skipped.
void router_build(Ctx *cx, Router *r, const Route *const *tables, const size_t *sizes,
                  size_t ntables);
const Route *router_find(const Router *r, Method m, Str path, uint32_t *ret_allowed);
// The value of ":name" by walking the route's path beside the request's.
Str route_param(const Route *route, Str path, Str name);

// --- a request and its answer
typedef enum ReplyKind {
    REPLY_NONE,
    REPLY_BYTES,
    REPLY_STATIC,
    REPLY_FILE,
    REPLY_STREAM
} ReplyKind;

typedef struct Reply {
    ReplyKind kind;
    int status;
    Str body;
    int fd;       // REPLY_FILE, owned until the server library takes it
    int64_t size; // of the file
    Pairs headers;
    bool close;    // the connection ends with it
    bool finished; // the headers of every answer are on it
} Reply;

typedef enum Stage {
    STAGE_GUARD, // an upload before its body
    STAGE_RUN,   // the body is complete
} Stage;

typedef enum BodyMode { BODY_DISCARD, BODY_BUFFER, BODY_RAW_FILE, BODY_MULTIPART } BodyMode;

typedef struct Body {
    BodyMode mode;
    int64_t got, file_bytes;
    char *buffer; // mem_alloc
    size_t len, cap;
    Multipart *form;
    int fd; // of the upload while it is received
    const char *path;
    Str name;
    bool in_file, kept;
    Pairs fields;
    Buf field;
    size_t fields_bytes;
} Body;

struct Exchange {
    Req rq; // first: a Req is its Exchange
    Ctx cx;
    Arena arena;
    HttpServer *server;
    Conn *conn; // NULL for http_call
    struct MHD_Connection *mhd;
    Str raw_target, raw_method, version;
    Pairs headers;
    int64_t content_length; // -1: none or chunked
    bool has_body;
    bool odd_head;  // the library has forgiven something in the head
    bool begun;     // the guard of the edge has looked at it
    bool head_done; // the answer or the body's way is decided
    bool complete;  // body_end has run
    bool guarded;   // prepare and guard have run
    bool prepared;  // finish must be called
    bool finished;  // logged and counted
    bool counted;   // in server->active
    Stage stage;
    uint32_t allowed;
    Body body;
    Reply reply;
    Stream *stream;
    Exchange *next; // in a pool's queue
};

static inline Exchange *exchange_of(const Req *rq)
{
    return (Exchange *)(uintptr_t)rq;
}

Exchange *exchange_new(HttpServer *s, Conn *c);
void exchange_free(Exchange *ex); // releases the body, the stream, the file

// --- guard.c: what is refused before a route runs
// Checks headers, Host, target; fills rq; finds the route. Fails with the answer's status; wrong
// framing also sets reply.close.
Status guard_request(Exchange *ex) MUST_USE;
typedef struct Trusted {
    struct {
        unsigned char bits[16];
        int prefix;
    } nets[32];
    size_t len;
    bool unix_sockets;
} Trusted;
Status trusted_parse(Ctx *cx, const char *list, Trusted *ret) MUST_USE;
// 16 bytes, IPv4 mapped; false for what is not an address.
bool address_parse(Str text, unsigned char ret[16]);
bool address_trusted(const Trusted *t, const unsigned char bits[16]);
bool address_loopback(const unsigned char bits[16]);

// --- body.c
enum { DISCARD_MAX = 16 * 1024 * 1024 };
// Decides how the body is taken. A failure is the answer.
Status body_begin(Exchange *ex) MUST_USE;
Status body_feed(Exchange *ex, Str bytes) MUST_USE;
Status body_end(Exchange *ex) MUST_USE;
void body_drop(Exchange *ex);

// --- reply.c
// Replaces whatever was answered by an error; the built-in body unless the application's is given.
void reply_error(Exchange *ex, Status s, bool by_application);
void reply_header(Reply *r, Arena *a, const char *name, Str value, bool replace);
Str reply_find(const Reply *r, Str name);
// Headers of every answer, compression, If-None-Match. Once per answer.
void reply_finish(Exchange *ex);
void reply_drop(Reply *r);
bool accepts_gzip(Str accept_encoding);
// *ret gzip of `body` in the arena; false when it did not get smaller.
bool gzip_pack(Arena *a, Str body, Str *ret);

// --- run.c
void run_guard(Exchange *ex);
void run_handler(Exchange *ex);
void run_finish(Exchange *ex);

// --- pool.c
typedef struct Pool {
    HttpServer *server;
    Mutex lock;
    Cond wake;
    Exchange *head, *tail;
    int queued, running, max;
    bool closed;   // takes nothing more
    bool stopping; // threads end when the queue is empty
    Thread *threads[64];
    size_t nthreads;
} Pool;
void pool_start(Pool *p, HttpServer *s, const char *name, int threads, int max);
bool pool_put(Pool *p, Exchange *ex); // false: full or closed
void workers_close(Pool *p);
int pool_pending(Pool *p);
void pool_stop(Pool *p); // joins the threads
// Hands an exchange back to its connection; defined in mhd.c.
void exchange_done(Exchange *ex);

// --- conn.c: connections, their deadlines, the accept policy
typedef enum Phase {
    PHASE_HEAD,
    PHASE_IDLE,
    PHASE_BODY,
    PHASE_RUN,
    PHASE_WRITE,
    PHASE_STREAM
} Phase;
typedef enum ListenKind { LISTEN_TCP, LISTEN_UNIX, LISTEN_LOCAL } ListenKind;
struct Conn {
    Conn *prev, *next;
    HttpServer *server;
    int fd;
    ListenKind kind;
    unsigned char address[16];
    char peer[64];
    bool trusted;
    bool killed, gone;  // under the server's conn_lock
    int64_t idle_bytes; // watchdog: received when it became idle, -1 unknown
    atomic_bool kill;   // asks the watchdog to end it
    _Atomic int phase;
    _Atomic int64_t since_us; // start of the phase
    _Atomic int64_t bytes;    // of the body received, or of the answer to write
};
void conn_phase(Conn *c, Phase p, int64_t bytes);
Conn *conn_add(HttpServer *s, ListenKind kind, int fd, const void *sockaddr);
void conn_remove(Conn *c);
bool conn_admit(HttpServer *s, ListenKind kind, const void *sockaddr);
void watchdog(void *server);

// --- stream.c
Stream *stream_new(Exchange *ex, void *owner, void (*closed)(void *owner));
// The connection is over: tells the owner and frees.
void stream_gone(Stream *s);
int64_t stream_read(Stream *s, char *to, size_t max); // -1: end, -2: end with an error
void streams_tick(HttpServer *s, int64_t now_us);     // pings, hung-up clients
void streams_end(HttpServer *s);

// --- listen.c
typedef struct Listener {
    HttpServer *server;
    ListenKind kind;
    int fd;
    int port;
    char path[108];
    struct MHD_Daemon *daemon;
} Listener;
Status listener_open(Ctx *cx, const HttpOptions *o, Str spec, Listener *ret) MUST_USE;

// --- mhd.c
Status mhd_start(Ctx *cx, HttpServer *s, Listener *l) MUST_USE;
void mhd_quiesce(Listener *l);
void mhd_stop(Listener *l);

// --- server.c
enum { LISTENERS_MAX = 8, ETAGS_MAX = 256 };
struct HttpServer {
    HttpOptions options;
    Arena arena;
    Router router;
    Trusted trusted;
    Listener listeners[LISTENERS_MAX];
    size_t nlisteners;
    Pool pool, long_pool;
    Thread *watchdog;
    Mutex conn_lock;
    Conn *conns;
    int nconns;
    Mutex stream_lock;
    Stream *streams;
    int nstreams;
    Mutex etag_lock;
    struct {
        const char *ptr;
        size_t len;
        char tag[40];
    } etags[ETAGS_MAX];
    size_t netags;
    atomic_bool stopping, over; // over: the limit of http_stop is past
    atomic_bool watch_end;
    _Atomic int64_t active;    // exchanges between the edge and the end of their answer
    _Atomic int64_t in_flight; // bytes of buffered bodies
    _Atomic int64_t requests, refused;
    _Atomic int64_t by_class[6], bucket_count[8];
};

#endif
