#include "kit/kit.h"

#include "xlsx/xlsx_fixture.h"

static const Str STRINGS = S_INIT(
    XML "<sst " MAIN " count=\"7\" uniqueCount=\"7\">"
        "<si><t>姓名</t></si>"
        "<si><t xml:space=\"preserve\"> 前后 </t></si>"
        "<si><r><rPr><b/></rPr><t>粗体</t></r><r><t xml:space=\"preserve\"> 普通</t></r></si>"
        "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr/></si>"
        "<si/>"
        "<si><t>a&amp;b &lt;c&gt; &#x4e2d;</t></si>"
        "<si><t>l1_x000D_&#10;l2 _x005F_x000D_ _xD800_ _x00_</t></si>"
        "</sst>");

static const Str STYLES = S_INIT(
    XML "<styleSheet " MAIN "><numFmts count=\"3\">"
        "<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>"
        "<numFmt numFmtId=\"165\" formatCode=\"&quot;d&quot;0.00\"/>"
        "<numFmt numFmtId=\"14\" formatCode=\"0.0\"/></numFmts>"
        "<cellStyleXfs><xf numFmtId=\"14\"/><xf numFmtId=\"14\"/></cellStyleXfs>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
        "<xf numFmtId=\"14\"/><xf numFmtId=\"15\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>");

typedef struct Story {
    const char *name;
    Str sheet;
    const char *want;
} Story;

#define ROW1(cells) S_INIT("<sheetData><row r=\"1\">" cells "</row></sheetData>")

static const Story STORIES[] = {
    { "no rows", S_INIT("<sheetData/>"), "" },
    { "a number", ROW1("<c r=\"A1\"><v>0.10000000000000001</v></c>"), "1[0.1] " },
    { "blanks around a number", ROW1("<c r=\"A1\"><v> 5 </v></c>"), "1[5] " },
    { "shared strings",
      ROW1("<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
           "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c>"
           "<c r=\"E1\" t=\"s\"><v>4</v></c><c r=\"F1\" t=\"s\"><v>5</v></c>"),
      "1[姓名][ 前后 ][粗体 普通][東京][][a&b <c> 中] " },
    { "escaped characters", ROW1("<c r=\"A1\" t=\"s\"><v>6</v></c>"),
      "1[l1\r\nl2 _x000D_ _xD800_ _x00_] " },
    { "a shared string that is not there", ROW1("<c r=\"A1\" t=\"s\"><v>7</v></c>"),
      "!xlsx.damaged " },
    { "a negative index", ROW1("<c r=\"A1\" t=\"s\"><v>-1</v></c>"), "!xlsx.damaged " },
    { "an index that is none", ROW1("<c r=\"A1\" t=\"s\"><v>x</v></c>"), "!xlsx.damaged " },
    { "inline strings",
      ROW1("<c r=\"A1\" t=\"inlineStr\"><is><t>内联</t></is></c>"
           "<c r=\"B1\" t=\"inlineStr\"><is><r><t>a</t></r><r><rPr/><t>b</t></r>"
           "<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c>"),
      "1[内联][ab] " },
    { "a formula's text, not the formula",
      ROW1("<c r=\"A1\" t=\"str\"><f>\"x\"&amp;\"y\"</f><v>xy</v></c>"
           "<c r=\"B1\"><f>1+2</f><v>3</v></c><c r=\"C1\"><f>A1</f></c>"),
      "1[xy][3] " },
    { "booleans", ROW1("<c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\"><v>0</v></c>"),
      "1[TRUE][FALSE] " },
    { "errors", ROW1("<c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c>"), "1[#DIV/0!] " },
    { "strict dates",
      ROW1("<c r=\"A1\" t=\"d\"><v>2011-12-09T12:50:00</v></c>"
           "<c r=\"B1\" t=\"d\"><v>2011-12-09</v></c>"
           "<c r=\"C1\" t=\"d\"><v>2011-12-09T12:50:00.123Z</v></c>"
           "<c r=\"D1\" t=\"d\"><v>some day</v></c>"),
      "1[2011-12-09 12:50:00][2011-12-09][2011-12-09 12:50:00][some day] " },
    { "styles",
      ROW1("<c r=\"A1\" s=\"0\"><v>40886.5</v></c><c r=\"B1\" s=\"1\"><v>40886.5</v></c>"
           "<c r=\"C1\" s=\"2\"><v>40886.5</v></c><c r=\"D1\" s=\"3\"><v>40886.5</v></c>"
           "<c r=\"E1\" s=\"4\"><v>40886.5</v></c><c r=\"F1\" s=\"5\"><v>1.5</v></c>"
           "<c r=\"G1\" s=\"6\"><v>1.5</v></c><c r=\"H1\" s=\"-1\"><v>1.5</v></c>"),
      "1[40886.5][2011-12-09 12:00:00][40886.5][40886.5][2011-12-09][36:00:00][1.5][1.5] " },
    { "gaps and order",
      ROW1("<c r=\"D1\"><v>4</v></c><c r=\"B1\"><v>2</v></c><c r=\"F1\" s=\"1\"/>"),
      "1[][2][][4] " },
    { "no references",
      S_INIT("<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row>"
             "<row/><row><c><v>4</v></c></row></sheetData>"),
      "1[1][][3] 3[4] " },
    { "a reference, then none", ROW1("<c r=\"C1\"><v>1</v></c><c><v>2</v></c>"), "1[][][1][2] " },
    { "empty rows are skipped",
      S_INIT("<sheetData><row r=\"2\"/><row r=\"5\"><c r=\"A5\" s=\"1\"/></row><row r=\"9\">"
             "<c r=\"B9\"><v>9</v></c></row></sheetData>"),
      "9[][9] " },
    { "the last row",
      S_INIT("<sheetData><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"
             "</sheetData>"),
      "1048576[1] " },
    { "text written as a number", ROW1("<c r=\"A1\" t=\"str\"><v>007</v></c>"), "1[007] " },
    { "CDATA and comments",
      ROW1("<!-- x --><c r=\"A1\" t=\"str\"><v>a<![CDATA[<b>]]><!-- y -->c</v></c>"), "1[a<b>c] " },
    { "cells elsewhere are not cells",
      S_INIT("<sheetViews><row><c><v>1</v></c></row></sheetViews><sheetData><c><v>2</v></c>"
             "<row><x><c><v>3</v></c></x><c><x><v>4</v></x><v>5</v></c></row></sheetData>"
             "<extLst><row><c><v>6</v></c></row></extLst>"),
      "1[5] " },
    { "column 512", ROW1("<c r=\"SR1\"><v>1</v></c>"), NULL },
    { "values beyond column 512",
      S_INIT("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"SS1\"><v>2</v></c></row>"
             "<row r=\"2\"><c r=\"A2\"><v>3</v></c></row></sheetData>"),
      "1!xlsx.too_many_cells 2[3] " },
    { "styled blanks far out are nothing", ROW1("<c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/>"),
      "1[1] " },
    { "beyond the last column", ROW1("<c r=\"XFE1\"><v>1</v></c>"), "!xlsx.reference " },
    { "column 10^6", ROW1("<c r=\"BDWGN1\"><v>1</v></c>"), "!xlsx.reference " },
    { "no column", ROW1("<c r=\"1\"><v>1</v></c>"), "!xlsx.reference " },
    { "small letters", ROW1("<c r=\"a1\"><v>1</v></c>"), "!xlsx.reference " },
    { "no row", ROW1("<c r=\"A\"><v>1</v></c>"), "!xlsx.reference " },
    { "another row", ROW1("<c r=\"A2\"><v>1</v></c>"), "!xlsx.reference " },
    { "row 0", S_INIT("<sheetData><row r=\"0\"/></sheetData>"), "!xlsx.reference " },
    { "row -5", S_INIT("<sheetData><row r=\"-5\"/></sheetData>"), "!xlsx.reference " },
    { "row 1048577", S_INIT("<sheetData><row r=\"1048577\"/></sheetData>"), "!xlsx.reference " },
    { "row 10^30", S_INIT("<sheetData><row r=\"1000000000000000000000000000000\"/></sheetData>"),
      "!xlsx.reference " },
    { "rows going back",
      S_INIT("<sheetData><row r=\"5\"><c><v>1</v></c></row><row r=\"5\"/></sheetData>"),
      "5[1] !xlsx.reference " },
};

TEST(cells)
{
    for (const Story *s = STORIES; s < STORIES + ARRAY_LEN(STORIES); s++) {
        Str got = fixture_told(
            fixture_book(&(Book){ .sheet = s->sheet, .strings = STRINGS, .styles = STYLES }));
        if (s->want == NULL)
            CHECK_ROW(got.len == 1 + 512 * 2 + 1 + 1, "%s: %zu", s->name, got.len);
        else
            CHECK_ROW(str_eq(got, str_z(s->want)), "%s: '" STR_FMT "', not '%s'", s->name,
                      STR_ARG(got), s->want);
    }
}

static Str long_cell(size_t n, const char *type)
{
    char *x = arena_array(kit_arena(), char, n + 1);
    memset(x, 'x', n);
    return arena_fmt(kit_arena(),
                     "<sheetData><row><c t=\"%s\"><is><t>%s</t></is><v>%s</v></c></row>"
                     "<row><c><v>2</v></c></row></sheetData>",
                     type, x, x);
}

TEST(cells_over_the_limit_cost_their_row)
{
    static const char *const TYPES[] = { "inlineStr", "str", "n" };
    for (size_t i = 0; i < ARRAY_LEN(TYPES); i++) {
        Str got = fixture_told(fixture_book(&(Book){ .sheet = long_cell(32769, TYPES[i]) }));
        CHECK_STR(got, S("1!xlsx.cell_too_long 2[2] "));
        got = fixture_told(fixture_book(&(Book){ .sheet = long_cell(32768, TYPES[i]) }));
        size_t cell = strcmp(TYPES[i], "n") == 0 ? NUMBER_TEXT : 32768;
        CHECK_INT(got.len, cell + 4 + 5);
    }
    char *x = arena_array(kit_arena(), char, 32770);
    memset(x, 'x', 32769);
    Str strings = arena_fmt(kit_arena(), "<sst><si><t>%s</t></si><si><t>ok</t></si></sst>", x);
    Str sheet = S("<sheetData><row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c></row>"
                  "</sheetData>");
    CHECK_STR(fixture_told(fixture_book(&(Book){ .sheet = sheet, .strings = strings })),
              S("1!xlsx.cell_too_long 2[ok] "));
}

TEST(errors_name_the_row)
{
    Ctx *cx = kit_ctx();
    (void)fixture_told(fixture_book(&(Book){
        .sheet = S("<sheetData><row r=\"7\"><c r=\"SS7\"><v>1</v></c></row></sheetData>") }));
    CHECK(cx->errors != NULL);
    CHECK_STR(cx->errors->message, S("row 7: more than 512 cells"));
    CHECK_STR(cx->errors->args[0], S("7"));
}

// Prefixes, strict types, 1904, several sheets, a chart among them, relative and absolute targets.
TEST(workbooks_of_other_makes)
{
    Ctx *cx = kit_ctx();
    Entry more[] = {
        { .name = "xl/Worksheets/B.xml",
          .content =
              S("<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" s=\"0\">"
                "<x:v>39424</x:v></x:c></x:row></x:sheetData></x:worksheet>"),
          .stored = true },
        { .name = "docProps/" },
    };
    Str bytes = fixture_book(&(Book){
        .workbook = S("<x:workbook xmlns:x=\"m\" xmlns:q=\"o\"><x:workbookPr date1904=\"true\"/>"
                      "<x:sheets><x:sheet name=\"图\" q:id=\"c\"/><x:sheet name=\"A\" q:id=\"a\"/>"
                      "<x:sheet name=\"B &amp; C\" q:id=\"b\"/></x:sheets></x:workbook>"),
        .relations =
            S("<Relationships><Relationship Id=\"c\" Type=\"p/chartsheet\" Target=\"nowhere\"/>"
              "<Relationship Id=\"b\" Type=\"http://purl.oclc.org/ooxml/officeDocument/"
              "relationships/worksheet\" Target=\"./x/../worksheets/b.xml\"/>"
              "<Relationship Id=\"a\" Type=\"p/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/>"
              "<Relationship Id=\"s\" Type=\"p/styles\" Target=\"styles.xml\"/></Relationships>"),
        .styles = S("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><styleSheet><cellXfs>"
                    "<xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        .more = more,
        .nmore = ARRAY_LEN(more),
    });
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    CHECK_OK(xlsx_open_memory(cx, kit_arena(), bytes, &r));
    if (r == NULL)
        return;
    CHECK_INT(xlsx_sheets(r), 2);
    CHECK_STR(xlsx_sheet_name(r, 0), S("A"));
    CHECK_STR(xlsx_sheet_name(r, 1), S("B & C"));
    Str *cells = NULL;
    size_t n = 0;
    int64_t row = 0;
    bool more_rows = false;
    // Sheets may be read in any order, and again, also from the middle of another.
    static const size_t ORDER[] = { 1, 0, 1, 1 };
    for (size_t i = 0; i < ARRAY_LEN(ORDER); i++) {
        CHECK_OK(xlsx_select(cx, r, ORDER[i]));
        CHECK_OK(xlsx_next(cx, r, &cells, &n, &row, &more_rows));
        CHECK(more_rows && n == 1 && row == 1);
        CHECK_STR(cells[0], ORDER[i] == 1 ? S("2011-12-09") : S("1"));
    }
    CHECK_OK(xlsx_next(cx, r, &cells, &n, &row, &more_rows));
    CHECK(!more_rows);
    CHECK_OK(xlsx_next(cx, r, &cells, &n, &row, &more_rows));
    CHECK(!more_rows);
}

TEST(workbooks_without_styles_and_strings)
{
    Str relations = S("<Relationships><Relationship Id=\"r1\" Type=\"p/worksheet\" "
                      "Target=\"worksheets/sheet1.xml\"/></Relationships>");
    CHECK_STR(fixture_told(fixture_book(
                  &(Book){ .relations = relations, .strings = LEFT_OUT, .styles = LEFT_OUT })),
              S("1[1] "));
}

// More rows than fit one block of the parser: each is whole, none is lost.
TEST(many_rows_come_one_by_one)
{
    enum { COUNT = 20000 };
    Arena *a = kit_arena();
    Buf b = buf_new(a, 1 << 24);
    buf_add(&b, S("<sheetData>"));
    for (int i = 1; i <= COUNT; i++)
        buf_fmt(&b,
                "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c><c r=\"B%d\" t=\"str\"><v>文本%d</v></c>"
                "</row>",
                i, i, i, i, i);
    buf_add(&b, S("</sheetData>"));
    Str bytes = fixture_book(&(Book){ .sheet = buf_str(&b) });
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    CHECK_OK(xlsx_open_memory(kit_ctx(), a, bytes, &r));
    CHECK_OK(xlsx_select(kit_ctx(), r, 0));
    size_t before = a->total;
    for (int i = 1; i <= COUNT + 1; i++) {
        Str *cells = NULL;
        size_t n = 0;
        int64_t row = 0;
        bool more = false;
        CHECK_OK(xlsx_next(kit_ctx(), r, &cells, &n, &row, &more));
        CHECK(more == (i <= COUNT));
        if (!more)
            break;
        char number[16];
        Buf want = { .arena = a, .ptr = number, .cap = sizeof(number), .max = sizeof(number) - 1 };
        buf_int(&want, i);
        CHECK(row == i && n == 2 && str_eq(cells[0], buf_str(&want)));
        CHECK(n == 2 && str_starts(cells[1], S("文本")) &&
              str_eq(str_sub(cells[1], 6, 99), buf_str(&want)));
    }
    CHECK_ROW(a->total - before < 4096, "%zu bytes for %d rows", a->total - before, COUNT);
}
