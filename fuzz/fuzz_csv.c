// CSV: any bytes, in blocks of a size taken from the first byte, give the same rows as in one
// piece; what was read, written again and read again is the same.
#include "csv/csv.h"

typedef struct Drip {
    Str rest;
    size_t block;
} Drip;

static Status drip(Ctx *cx, void *source, char *to, size_t max, size_t *ret_n)
{
    (void)cx;
    Drip *d = source;
    Str part = str_sub(d->rest, 0, d->block < max ? d->block : max);
    if (part.len > 0)
        memcpy(to, part.ptr, part.len);
    d->rest = str_sub(d->rest, part.len, d->rest.len);
    *ret_n = part.len;
    return STATUS_OK;
}

static void same_rows(Ctx *cx, CsvReader *x, CsvReader *y, Str text, Buf *written)
{
    bool more = true;
    int64_t last_at = -1;
    while (more) {
        CsvRow a = { 0 };
        CsvRow b = { 0 };
        bool more_b = false;
        Status st = csv_next(cx, x, &a, &more);
        check(csv_next(cx, y, &b, &more_b) == st && more == more_b);
        check(a.len == b.len && a.row == b.row && a.line == b.line && a.at == b.at);
        if (st != STATUS_OK || !more)
            continue;
        check(a.at > last_at && a.len > 0);
        last_at = a.at;
        Str raw = csv_raw(x);
        check(str_eq(raw, str_sub(text, (size_t)a.at, raw.len)));
        for (size_t i = 0; i < a.len; i++) {
            check(str_eq(a.cells[i], b.cells[i]));
            if (i > 0)
                csv_sep(written);
            csv_cell(written, a.cells[i], false);
        }
        csv_end(written);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
    Str text = { (const char *)data + 1, size - 1 };
    CsvDialect d = csv_detect(text);
    if (data[0] & 0x40)
        d.quote = '\0';
    Drip source = { text, 1 + (data[0] & 0x3f) };
    Buf once = buf_new(&arena, 1 << 26);
    same_rows(&cx, csv_open_str(&arena, d, text), csv_open(&arena, d, drip, &source), text, &once);
    Buf twice = buf_new(&arena, 1 << 26);
    CsvDialect ours = { ',', '"' };
    same_rows(&cx, csv_open_str(&arena, ours, buf_str(&once)),
              csv_open_str(&arena, ours, buf_str(&once)), buf_str(&once), &twice);
    check(str_eq(buf_str(&once), buf_str(&twice)));
    return 0;
}
