// Compression of answers: zlib at its fastest, which packs JSON to about a fifth.
#include "http/http_int.h"

#include <zlib.h>

// "q=0", "q=0.000"
static bool weight_is_zero(Str weight)
{
    if (!str_ieq(str_sub(weight, 0, 3), S("q=0")))
        return false;
    for (size_t i = 3; i < weight.len; i++)
        if (weight.ptr[i] != '.' && weight.ptr[i] != '0')
            return false;
    return true;
}

// True when gzip, or else *, is named with a weight that is not zero.
bool accepts_gzip(Str accept)
{
    bool any = false;
    while (accept.ptr != NULL) {
        Str rest = str_trim(str_split(&accept, ','));
        Str name = str_trim(str_split(&rest, ';'));
        bool wanted = !weight_is_zero(str_trim(rest));
        if (str_ieq(name, S("gzip")))
            return wanted;
        if (str_eq(name, S("*")))
            any = wanted;
    }
    return any;
}

static void deflate_cleanup(z_stream *z)
{
    (void)deflateEnd(z);
}

bool gzip_pack(Arena *a, Str body, Str *ret)
{
    enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 8 };
    CLEANUP(deflate_cleanup) z_stream z = { 0 };
    if (body.len > UINT32_MAX / 2 ||
        deflateInit2(&z, 1, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    // Never more than the body: what does not shrink is sent as it is.
    char *out = arena_array(a, char, body.len);
    z.next_in = (Bytef *)(uintptr_t)body.ptr;
    z.avail_in = (uInt)body.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)body.len;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        return false;
    *ret = (Str){ out, body.len - z.avail_out };
    return true;
}
