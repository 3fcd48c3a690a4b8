// The web server behind our names: libmicrohttpd moves bytes on epoll threads; a request runs on a
// worker thread from start to end as straight-line code. The only folder with sockets.
#ifndef GUANXI_HTTP_HTTP_H
#define GUANXI_HTTP_HTTP_H

#include "base/base.h"

typedef enum Method {
    METHOD_GET,
    METHOD_POST,
    METHOD_PUT,
    METHOD_PATCH,
    METHOD_DELETE,
    METHOD_HEAD, // answered by the GET route, without the body
    METHODS
} Method;
const char *method_name(Method m);

typedef struct Pair {
    Str key, value;
} Pair;

typedef struct Req Req;
typedef struct HttpServer HttpServer;
typedef struct Route Route;

enum {
    ROUTE_PUBLIC = 1u << 0,     // no session needed (sign-in, health, public links)
    ROUTE_SELF = 1u << 1,       // any signed-in user, about himself: no permission
    ROUTE_READS = 1u << 2,      // POST that changes nothing (search, aggregate, preview)
    ROUTE_IDEMPOTENT = 1u << 3, // takes Idempotency-Key
    ROUTE_STEP_UP = 1u << 4,    // needs a fresh password or code
    ROUTE_UPLOAD = 1u << 5,     // multipart or raw body streamed to a file
    ROUTE_LONG = 1u << 6,       // runs on the long pool
    ROUTE_STREAM = 1u << 7,     // server-sent events: the handler hands the connection over
    ROUTE_MFA = 1u << 8,        // allowed while the second factor is pending
    ROUTE_NO_SCOPE = 1u << 9,   // not about records: permission alone decides
};

// One line of a route table. Path segments ":id" (digits) and ":name" (text) are parameters.
struct Route {
    Method method;
    const char *path;
    Status (*handle)(Req *rq);
    const char *permission; // NULL only with ROUTE_PUBLIC or ROUTE_SELF
    const char *audit;      // event word written when it changes something; NULL for reads
    const char *summary;    // one English sentence; i18n translates by "METHOD path"
    uint32_t flags;
    const void *extra;        // the entity of a generic route
    const char *body, *reply; // names of schemas in api/, for OpenAPI; NULL: none or the entity's
};

// A request as a worker sees it. Strings live as long as the request.
struct Req {
    Ctx *cx;
    const Route *route; // NULL for the fallback and for what is refused before a route is known
    Method method;
    Str path;  // normalised: decoded once, no dot segments, no empty segments
    Str query; // raw, behind '?'
    Str body;  // whole body for JSON routes (at most LIMIT_JSON_BODY)
    const char
        *upload_path; // ROUTE_UPLOAD: the received file, removed after the request unless kept
    Str upload_name;  // the client's file name, never used as a path
    Pair *form;       // ROUTE_UPLOAD: the other multipart fields
    size_t nform;
    Str peer;      // client address; behind a trusted proxy the forwarded one; "unix", "local"
    bool local;    // came by the "local:" socket: the system user the server runs as, or root
    bool secure;   // https, directly or by a trusted proxy
    void *app;     // the application's state, from HttpOptions
    void *session; // set by the guard
    int64_t rows;  // handlers count rows here, for the log line
    int64_t user;  // filled by the guard, for the log line
    int64_t started_us;
};

// --- reading
Str req_param(const Req *rq, const char *name); // path parameter; empty when missing
Status req_id(Req *rq, Id *ret) MUST_USE;       // ":id"; NOT_FOUND when not a positive integer
Str req_query(const Req *rq, const char *name); // decoded; ptr NULL when missing
bool req_has_query(const Req *rq, const char *name);
// MALFORMED when the query string has a name that is not in the NULL-ended list, or one twice.
Status req_query_only(Req *rq, const char *const *allowed) MUST_USE;
Str req_header(const Req *rq, const char *name); // ptr NULL when missing
Str req_cookie(const Req *rq, const char *name);
Str req_form(const Req *rq, const char *name);
// MEDIA_TYPE unless application/json; MALFORMED unless one strict JSON object or array.
struct Json;
Status req_json(Req *rq, const struct Json **ret) MUST_USE;
void req_keep_upload(Req *rq); // the handler has moved the file away
// The client has hung up, or the server stops and its limit is over: long work should end.
bool req_gone(const Req *rq);

// --- answering: exactly once; a handler that returns OK without answering gives 204
Status req_reply_json(Req *rq, int status, Str body) MUST_USE;
Status req_reply(Req *rq, int status, const char *content_type, Str body) MUST_USE;
// Streams a file; `name` for Content-Disposition: attachment (RFC 6266), NULL for inline assets.
Status req_reply_file(Req *rq, const char *path, const char *content_type,
                      const char *name) MUST_USE;
// Static bytes that live as long as the program (embedded page), no copy.
Status req_reply_static(Req *rq, int status, const char *content_type, Str body) MUST_USE;
void req_set_header(Req *rq, const char *name, Str value); // CR, LF, NUL end the process: check()
// Set-Cookie with HttpOnly; SameSite=Lax; Path=/ and, on https, the __Host- prefix and Secure.
// Empty value deletes it.
void req_set_cookie(Req *rq, const char *name, Str value);
Status req_redirect(Req *rq, Str path) MUST_USE; // only to "/path" of this server

// --- server-sent events (ROUTE_STREAM): after handing over, any thread may send; the stream is
// counted, bounded (64 KiB waiting, then closed), pinged every 20 s and ended with the server.
// `closed` is called exactly once, from a thread of the server and without any lock of ours held;
// the stream lives until it returns, so an owner who sends under his own lock and forgets the
// stream in `closed` under the same lock never touches a dead one. UNAVAILABLE: too many streams
// (then `closed` is not called).
typedef struct Stream Stream;
Status req_stream(Req *rq, void *owner, void (*closed)(void *owner), Stream **ret) MUST_USE;
bool stream_send(Stream *s, const char *event, Str data); // false: closed, do not use again
void stream_close(Stream *s);

// --- server
typedef struct HttpOptions {
    // One or more, with commas: "127.0.0.1:8080", "[::1]:0", "localhost:80", "unix:/path" (mode
    // 0660, for a proxy), "local:/path" (0600, for our own commands: Req.local). NULL: none
    // (tests).
    const char *listen;
    bool insecure_listen;        // allows an address that is not loopback without TLS (F1)
    const char *trusted_proxies; // "127.0.0.1,10.0.0.2,unix" or NULL (F3)
    const char *upload_dir;
    int64_t upload_max;        // bytes of one upload
    int workers, long_workers; // 0: 8 and 4
    void *app;
    const Route *const *tables; // several route tables
    const size_t *table_sizes;
    size_t ntables;
    // Called on the worker before the handler: sign-in, permission, CSRF, rate limits. What it
    // fails with is answered. May be NULL (tests). For ROUTE_UPLOAD prepare and guard run before
    // the body is read, on another thread than the handler: strangers cannot fill the disk.
    Status (*guard)(Req *rq);
    // Fills rq->cx (catalog, language, time) before the guard; may be NULL.
    void (*prepare)(Req *rq);
    // Called after the answer was handed to the server; ends what prepare began.
    void (*finish)(Req *rq, int http_status);
    // Writes the error body from cx->errors; NULL: plain English.
    Str (*error_body)(Req *rq, Status s);
    // What answers GET for a path without a route (the page); NULL: 404.
    Status (*fallback)(Req *rq);
    // 0 is the usual value.
    int connections_per_address; // LIMIT_CONNECTIONS_PER_ADDRESS; the oldest slow one makes room
    int connections;             // 1000 in all
    int streams;                 // 400 in all
    int headers_ms;              // 10,000 for a request's head
    int keep_alive_ms;           // 60,000 between requests
    int body_rate;               // 1024 bytes a second, reckoned after headers_ms of grace
    int queue, long_queue;       // 512 and 64 waiting requests, then 503
    int ping_ms;                 // 20,000 between signs of life on a stream
    int gzip;                    // 0: unless the peer is loopback; 1: always; -1: never
} HttpOptions;

// Checks route tables: MALFORMED with one error per fault (code "route", field = the path).
Status http_validate_routes(Ctx *cx, const Route *const *tables, const size_t *sizes,
                            size_t ntables) MUST_USE;
// FORBIDDEN "listen.insecure" for a non-loopback address without insecure_listen; CONFLICT when the
// port is taken. Ends the process with 78 on a malformed route table (B1): no permission, two equal
// routes, changing route without audit.
Status http_start(Ctx *cx, const HttpOptions *o, HttpServer **ret) MUST_USE;
int http_port(const HttpServer *s); // of the first TCP address
// Stops accepting, lets running requests finish up to the limit, ends streams. Handlers that still
// run then see req_gone and are waited for: nothing of the application may be closed under them.
void http_stop(HttpServer **s, int64_t limit_ms);
// Finds the route; NULL with *ret_allowed = bits of methods that exist for the path.
const Route *http_find(const HttpServer *s, Method m, Str path, uint32_t *ret_allowed);

typedef struct HttpCounters {
    int64_t requests, running, queued, connections, streams, refused;
    int64_t by_class[6];                   // [2] = 2xx …
    int64_t bucket_us[8], bucket_count[8]; // upper bounds and counts of durations
} HttpCounters;
HttpCounters http_counters(const HttpServer *s);

// Runs a request through the same code without sockets, for tests: headers as pairs.
typedef struct Answer {
    int status;
    Str body;
    Pair *headers;
    size_t nheaders;
} Answer;
Answer http_call(HttpServer *s, Arena *a, Method m, const char *target, const Pair *headers,
                 size_t nheaders, Str body);

// --- client of our own local socket, for commands that talk to a running server
Status http_local(Ctx *cx, const char *socket_path, Method m, const char *target, Str body,
                  Answer *ret) MUST_USE;

// URL coding
Str url_decode(Arena *a, Str s, bool plus_is_blank, bool *ret_ok);
Str url_encode(Arena *a, Str s);

#endif
