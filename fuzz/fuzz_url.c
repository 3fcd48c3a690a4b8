// Addresses: what target_parse accepts is in normal form, stays so when normalised again, and its
// query reads; coding and decoding are each other's inverse.
#include "fuzz.h"

#include "http/url.h"

static void check_path(Ctx *cx, Str path)
{
    check(path.len > 0 && path.ptr[0] == '/' && utf8_valid(path));
    check(path.len == 1 || path.ptr[path.len - 1] != '/');
    check(str_find(path, S("//"), 0) == path.len);
    check(str_find(path, S("/../"), 0) == path.len && !str_ends(path, S("/..")));
    check(str_find(path, S("/./"), 0) == path.len && !str_ends(path, S("/.")));
    check(str_find_char(path, '\\', 0) == path.len);
    for (size_t i = 0; i < path.len; i++)
        check((unsigned char)path.ptr[i] >= 0x20 && path.ptr[i] != 0x7f);
    // Coded segment by segment it comes back as it is.
    Buf coded = buf_new(cx->arena, 1 << 20);
    Str rest = str_sub(path, 1, path.len);
    do {
        buf_char(&coded, '/');
        Str segment = rest.ptr == NULL ? (Str){ 0 } : str_split(&rest, '/');
        buf_add(&coded, url_encode(cx->arena, segment));
    } while (rest.ptr != NULL);
    Str again = { 0 };
    check(!buf_ok(&coded) || path_normalise(cx, buf_str(&coded), &again) == STATUS_OK);
    check(!buf_ok(&coded) || str_eq(again, path));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
    Str text = { (const char *)data, size };
    Str rest = text;
    Str host = str_split(&rest, '\n');
    Str path = { 0 }, query = { 0 };
    (void)host_valid(host);
    if (target_parse(&cx, rest, host, &path, &query) == STATUS_OK) {
        check_path(&cx, path);
        Pair p = { 0 };
        while (query_next(&arena, &query, &p))
            check(utf8_valid(p.key) && utf8_valid(p.value));
    }
    bool ok = false;
    Str back = url_decode(&arena, url_encode(&arena, text), true, &ok);
    check(str_eq(back, text));
    check(ok == (str_find_char(text, '\0', 0) == text.len));
    return 0;
}
