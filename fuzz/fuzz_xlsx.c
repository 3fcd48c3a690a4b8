// XLSX: any bytes as an archive; every sheet that opens is read to its end or its first error.
#include "xlsx/xlsx_internal.h"

static void read_sheet(Ctx *cx, XlsxReader *r, size_t sheet)
{
    if (xlsx_select(cx, r, sheet) != STATUS_OK)
        return;
    int64_t last = 0;
    for (bool more = true; more;) {
        Str *cells = NULL;
        size_t n = 0;
        int64_t row = 0;
        Status st = xlsx_next(cx, r, &cells, &n, &row, &more);
        if (!more)
            return;
        check(row > last && row <= XLSX_ROWS);
        last = row;
        if (st != STATUS_OK)
            continue;
        check(n > 0 && n <= LIMIT_CSV_COLUMNS);
        for (size_t i = 0; i < n; i++)
            check(cells[i].len <= LIMIT_CSV_CELL && (cells[i].len == 0 || utf8_valid(cells[i])));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    if (xlsx_open_memory(&cx, &arena, (Str){ (const char *)data, size }, &r) != STATUS_OK)
        return 0;
    for (size_t i = 0; i < xlsx_sheets(r); i++)
        read_sheet(&cx, r, i);
    return 0;
}
