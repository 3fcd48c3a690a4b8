// URLs as they come over the wire: one decoding, one normal form, everything doubtful refused.
#ifndef GUANXI_HTTP_URL_H
#define GUANXI_HTTP_URL_H

#include "http/http.h"

// Decodes once and normalises: no dot segments, no empty segments, no trailing slash. MALFORMED for
// broken percent-encoding, an encoded slash, backslash or control, text that is not UTF-8, and for
// "..", when it leads above the root.
Status path_normalise(Ctx *cx, Str raw, Str *ret) MUST_USE;

// The request target: origin form, or absolute form when it names the same host as the Host header.
// *ret_query is raw but checked: it decodes to UTF-8 without controls.
Status target_parse(Ctx *cx, Str raw, Str host, Str *ret_path, Str *ret_query) MUST_USE;

// host[:port] as RFC 3986 has it, without user information.
bool host_valid(Str host);

// The next name=value of a query or urlencoded form; false at the end. Decoded into the arena.
bool query_next(Arena *a, Str *rest, Pair *ret);

#endif
