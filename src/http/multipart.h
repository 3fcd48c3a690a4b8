// multipart/form-data (RFC 7578) as it streams in, in constant memory. Knows nothing of HTTP.
#ifndef GUANXI_HTTP_MULTIPART_H
#define GUANXI_HTTP_MULTIPART_H

#include "base/base.h"

enum { MULTIPART_BOUNDARY_MAX = 70, MULTIPART_HEADER_MAX = 8 * 1024 };

// Valid during begin(); copy what must live longer.
typedef struct Part {
    Str name;         // UTF-8, without controls
    bool is_file;     // has a filename parameter, even an empty one
    Str filename;     // without folders; never to be used as a path
    Str content_type; // empty when not given
} Part;

typedef struct MultipartSink {
    void *arg;
    Status (*begin)(Ctx *cx, void *arg, const Part *part);
    Status (*data)(Ctx *cx, void *arg, Str bytes); // not called with nothing
    Status (*end)(Ctx *cx, void *arg);
} MultipartSink;

typedef struct Multipart Multipart;

// The boundary out of a Content-Type value. MEDIA_TYPE when it is not multipart/form-data,
// MALFORMED when the boundary is missing, too long or has letters it may not have.
Status multipart_boundary(Ctx *cx, Str content_type, Str *ret) MUST_USE;
// Lives in the arena; the boundary is copied.
Multipart *multipart_new(Arena *a, Str boundary, MultipartSink sink);
// MALFORMED for anything that is not RFC 7578, more than LIMIT_MULTIPART_PARTS parts, a part header
// over MULTIPART_HEADER_MAX; else what the sink fails with. After a failure feed no more.
Status multipart_feed(Ctx *cx, Multipart *m, Str bytes) MUST_USE;
// MALFORMED when the closing boundary has not come.
Status multipart_end(Ctx *cx, Multipart *m) MUST_USE;

// A parameter of a header value such as `form-data; name="x"`: *ret.ptr NULL when missing.
// False when the value is broken or has the parameter twice.
bool header_param(Arena *a, Str value, Str name, Str *ret);

#endif
