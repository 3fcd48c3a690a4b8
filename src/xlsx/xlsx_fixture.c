#include "xlsx/xlsx_fixture.h"

#include "kit/kit.h"

Str fixture_zip(const Entry *entries, size_t n)
{
    Arena *a = kit_arena();
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
    check(out != NULL);
    zip_source_keep(out);
    zip_t *z = zip_open_from_source(out, ZIP_TRUNCATE, NULL);
    check(z != NULL);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *s = zip_source_buffer(z, entries[i].content.ptr, entries[i].content.len, 0);
        zip_int64_t index = zip_file_add(z, entries[i].name, s, ZIP_FL_ENC_UTF_8);
        check(index >= 0);
        check(zip_set_file_compression(z, (zip_uint64_t)index,
                                       entries[i].stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 9) == 0);
    }
    check(zip_close(z) == 0);
    check(zip_source_open(out) == 0);
    zip_stat_t st;
    zip_stat_init(&st);
    check(zip_source_stat(out, &st) == 0);
    char *p = arena_array(a, char, st.size + 1);
    check(zip_source_read(out, p, st.size) == (zip_int64_t)st.size);
    (void)zip_source_close(out);
    zip_source_free(out);
    return (Str){ p, st.size };
}

static void part(Entry *entries, size_t *n, const char *name, Str given, Str usual)
{
    if (given.ptr != NULL && given.len == 0)
        return;
    entries[(*n)++] = (Entry){ .name = name, .content = given.ptr == NULL ? usual : given };
}

Str fixture_book(const Book *b)
{
    Entry *entries = arena_array(kit_arena(), Entry, 16 + b->nmore);
    size_t n = 0;
    part(entries, &n, "_rels/.rels", b->root,
         S(XML "<Relationships " PACKAGE "><Relationship Id=\"r1\" Type=\"" OFFICE
               "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
    part(entries, &n, "xl/workbook.xml", b->workbook,
         S(XML "<workbook " MAIN " xmlns:r=\"" OFFICE "\"><workbookPr/><sheets>"
               "<sheet name=\"订单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"));
    part(entries, &n, "xl/_rels/workbook.xml.rels", b->relations,
         S(XML
           "<Relationships " PACKAGE "><Relationship Id=\"r1\" Type=\"" OFFICE
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" OFFICE
           "/styles\" Target=\"styles.xml\"/><Relationship Id=\"r3\" Type=\"" OFFICE
           "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"));
    part(entries, &n, "xl/styles.xml", b->styles,
         S(XML "<styleSheet " MAIN "><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>"));
    part(entries, &n, "xl/sharedStrings.xml", b->strings, S(XML "<sst " MAIN "/>"));
    Str sheet = b->sheet;
    if (sheet.ptr != NULL && sheet.len > 0 && sheet.ptr[0] == '<' && sheet.ptr[1] == 's')
        sheet = arena_fmt(kit_arena(), XML "<worksheet " MAIN ">" STR_FMT "</worksheet>",
                          STR_ARG(sheet));
    part(entries, &n, "xl/worksheets/sheet1.xml", sheet,
         S(XML "<worksheet " MAIN "><sheetData><row><c><v>1</v></c></row></sheetData>"
               "</worksheet>"));
    for (size_t i = 0; i < b->nmore; i++)
        entries[n++] = b->more[i];
    return fixture_zip(entries, n);
}

static void tell_error(Buf *b)
{
    const Err *e = kit_ctx()->errors;
    CHECK(e != NULL);
    buf_fmt(b, "!%s ", e == NULL ? "?" : e->code);
}

Str fixture_told(Str bytes)
{
    Ctx *cx = kit_ctx();
    cx->errors = NULL;
    Buf b = buf_new(kit_arena(), 1 << 22);
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    if (xlsx_open_memory(cx, kit_arena(), bytes, &r) != STATUS_OK ||
        xlsx_select(cx, r, 0) != STATUS_OK) {
        tell_error(&b);
        return buf_str(&b);
    }
    for (bool more = true; more;) {
        Str *cells = NULL;
        size_t n = 0;
        int64_t row = 0;
        Status st = xlsx_next(cx, r, &cells, &n, &row, &more);
        if (st == STATUS_OK && !more)
            break;
        if (more)
            buf_fmt(&b, "%lld", (long long)row);
        for (size_t i = 0; i < n && st == STATUS_OK; i++)
            buf_fmt(&b, "[" STR_FMT "]", STR_ARG(cells[i]));
        if (st != STATUS_OK)
            tell_error(&b);
        else
            buf_char(&b, ' ');
    }
    return buf_str(&b);
}
