// The embedded page: hashed files for ever, everything else fresh; unknown paths are the page's
// own.
#include "app/assets.h"
#include "app/wiring.h"

#include <stdlib.h>

static int compare(const void *key, const void *row)
{
    const Str *path = key;
    const Asset *a = row;
    return str_cmp(*path, str_z(a->path));
}

static const Asset *find(Str path)
{
    return bsearch(&path, GUANXI_ASSETS, GUANXI_ASSETS_LEN, sizeof(Asset), compare);
}

static Str bytes(const unsigned char *p, size_t n)
{
    return (Str){ (const char *)p, n };
}

static bool accepts(const Req *rq, Str coding)
{
    Str header = req_header(rq, "Accept-Encoding");
    return str_find(header, coding, 0) < header.len;
}

// SECURITY D1. Element Plus positions its popups by the CSSOM, which style-src 'self' allows.
static void page_headers(Req *rq)
{
    req_set_header(
        rq, "Content-Security-Policy",
        S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          " connect-src 'self'; font-src 'self'; worker-src 'self'; form-action 'self';"
          " frame-ancestors 'none'; base-uri 'none'; object-src 'none';"
          " require-trusted-types-for 'script'; trusted-types vue guanxi-worker"));
}

static Status send(Req *rq, const Asset *a)
{
    req_set_header(rq, "ETag", str_z(a->etag));
    req_set_header(rq, "Cache-Control",
                   a->immutable ? S("public, max-age=31536000, immutable") : S("no-cache"));
    if (a->gz != NULL || a->br != NULL)
        req_set_header(rq, "Vary", S("Accept-Encoding"));
    if (str_starts(str_z(a->type), S("text/html")))
        page_headers(rq);
    if (a->br != NULL && accepts(rq, S("br"))) {
        req_set_header(rq, "Content-Encoding", S("br"));
        return req_reply_static(rq, 200, a->type, bytes(a->br, a->br_len));
    }
    if (a->gz != NULL && accepts(rq, S("gzip"))) {
        req_set_header(rq, "Content-Encoding", S("gzip"));
        return req_reply_static(rq, 200, a->type, bytes(a->gz, a->gz_len));
    }
    return req_reply_static(rq, 200, a->type, bytes(a->plain, a->plain_len));
}

Status page_serve(Req *rq)
{
    Str path = rq->path;
    const Asset *a = find(path);
    bool is_page = !str_starts(path, S("/api/")) && !str_starts(path, S("/assets/"));
    if (a == NULL && is_page)
        a = find(S("/index.html"));
    if (a == NULL)
        return FAIL(rq->cx, NOT_FOUND, "route.missing", NULL, "there is nothing at this address");
    return send(rq, a);
}
