// Any bytes: refused, or a value that is written and read again to the same text.
#include "fuzz.h"

#include "json/json.h"

static Str write_text(Arena *a, const Json *node)
{
    // Six bytes for one is the worst that escaping makes.
    Buf b = buf_new(a, 64 * 1024 * 1024);
    JsonOut j = json_out(&b);
    json_write(&j, node);
    check(buf_ok(&b));
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_cleanup) Arena a = { 0 };
    Ctx cx = { .arena = &a, .scratch = &a, .lang = "en" };
    const Json *node = NULL;
    Str text = { (const char *)data, size };
    Status status = json_parse(&cx, text, &node);
    check(status == STATUS_OK || status == STATUS_MALFORMED);
    if (status != STATUS_OK)
        return 0;
    // What is accepted is text throughout: JSON has no other bytes.
    check(utf8_valid(text));
    Str first = write_text(&a, node);
    const Json *again = NULL;
    check(json_parse(&cx, first, &again) == STATUS_OK);
    check(str_eq(write_text(&a, again), first));
    return 0;
}
