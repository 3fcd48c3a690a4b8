#include "csv/csv.h"

#include "kit/kit.h"

#include <stdio.h>

static const CsvDialect COMMA = { ',', '"' };

// A source that gives at most `block` bytes at a time.
typedef struct Drip {
    Str rest;
    size_t block;
} Drip;

static Status drip(Ctx *cx, void *source, char *to, size_t max, size_t *ret_n)
{
    (void)cx;
    Drip *d = source;
    size_t n = d->rest.len < d->block ? d->rest.len : d->block;
    n = n < max ? n : max;
    if (n > 0)
        memcpy(to, d->rest.ptr, n);
    d->rest = str_sub(d->rest, n, d->rest.len);
    *ret_n = n;
    return STATUS_OK;
}

// Everything a reader says, as one text: cells in [], errors as !code, rows with row, line, offset.
static Str told(Str text, CsvDialect dialect, size_t block)
{
    Arena *a = kit_arena();
    Ctx *cx = kit_ctx();
    Drip source = { text, block };
    CsvReader *r = csv_open(a, dialect, drip, &source);
    Buf b = buf_new(a, 64 * 1024 * 1024);
    for (;;) {
        CsvRow row = { 0 };
        bool more = false;
        cx->errors = NULL;
        Status st = csv_next(cx, r, &row, &more);
        if (st == STATUS_OK && !more)
            return buf_str(&b);
        buf_fmt(&b, "%lld/%lld@%lld", (long long)row.row, (long long)row.line, (long long)row.at);
        for (size_t i = 0; i < row.len; i++)
            buf_fmt(&b, "[" STR_FMT "]", STR_ARG(row.cells[i]));
        if (st != STATUS_OK)
            buf_fmt(&b, "!%s", cx->errors->code);
        buf_char(&b, ' ');
    }
}

typedef struct Story {
    const char *name;
    Str text;
    const char *want;
} Story;

static const Story STORIES[] = {
    { "nothing", S_INIT(""), "" },
    { "one cell without an end", S_INIT("a"), "1/1@0[a] " },
    { "a delimiter alone is two cells", S_INIT(","), "1/1@0[][] " },
    { "LF", S_INIT("a,b\nc,d\n"), "1/1@0[a][b] 2/2@4[c][d] " },
    { "CR", S_INIT("a,b\rc,d\r"), "1/1@0[a][b] 2/2@4[c][d] " },
    { "CRLF", S_INIT("a,b\r\nc,d\r\n"), "1/1@0[a][b] 2/2@5[c][d] " },
    { "LFCR is a line end and a blank line", S_INIT("a\n\rb"), "1/1@0[a] 2/3@3[b] " },
    { "mixed line ends", S_INIT("a\rb\nc\r\nd"), "1/1@0[a] 2/2@2[b] 3/3@4[c] 4/4@7[d] " },
    { "blank lines count as lines, not as rows", S_INIT("\n\r\na\n\n\nb\n\n"),
      "1/3@3[a] 2/6@7[b] " },
    { "only blank lines", S_INIT("\r\n\r\n\n"), "" },
    { "a line of blanks is a row", S_INIT("a\n \nb"), "1/1@0[a] 2/2@2[ ] 3/3@4[b] " },
    { "BOM",
      S_INIT("\xef\xbb\xbf"
             "a,b\nc"),
      "1/1@3[a][b] 2/2@7[c] " },
    { "BOM before a quote", S_INIT("\xef\xbb\xbf\"a\",b"), "1/1@3[a][b] " },
    { "BOM alone", S_INIT("\xef\xbb\xbf"), "" },
    { "half a BOM is text", S_INIT("\xef\xbb"), "1/1@0[\xef\xbb] " },
    { "the second BOM is text",
      S_INIT("\xef\xbb\xbf\xef\xbb\xbf"
             "a"),
      "1/1@3[\xef\xbb\xbf"
      "a] " },
    { "quotes", S_INIT("\"a\",\"\",\"b,c\"\n"), "1/1@0[a][][b,c] " },
    { "doubled quotes", S_INIT("\"a\"\"b\",\"\"\"\",\"\"\"x\"\"\"\n"), "1/1@0[a\"b][\"][\"x\"] " },
    { "line ends inside quotes", S_INIT("\"a\nb\r\nc\rd\",e\nf"),
      "1/1@0[a\nb\r\nc\rd][e] 2/5@13[f] " },
    { "CR last inside quotes", S_INIT("\"a\r\",e\nf"), "1/1@0[a\r][e] 2/3@7[f] " },
    { "blanks behind a closing quote go", S_INIT("\"a\" ,\"b\" \t \nc"), "1/1@0[a][b] 2/2@12[c] " },
    { "blanks before a quote make it text", S_INIT("a, \"b\" ,c"), "1/1@0[a][ \"b\" ][c] " },
    { "a stray quote inside quotes stays", S_INIT("\"a\"b\",c"), "1/1@0[a\"b][c] " },
    { "stray and doubled", S_INIT("\"a\"b\"\"c\"\"\",d"), "1/1@0[a\"b\"c\"][d] " },
    { "a quote inside a bare cell stays", S_INIT("5\" disk,a\"\"b"), "1/1@0[5\" disk][a\"\"b] " },
    { "an open quote at the end", S_INIT("a,b\nc,\"d\ne,f\n"),
      "1/1@0[a][b] 2/2@4!csv.quote_open " },
    { "an open quote and nothing else", S_INIT("\""), "1/1@0!csv.quote_open " },
    { "empty quotes and nothing else", S_INIT("\"\""), "1/1@0[] " },
    { "three quotes are open", S_INIT("\"\"\""), "1/1@0!csv.quote_open " },
    { "a quote closed by the end", S_INIT("a,\"b\""), "1/1@0[a][b] " },
    { "forced text", S_INIT("=\"0012\",=\"\",x\n"), "1/1@0[0012][][x] " },
    { "forced text at the end", S_INIT("x,=\"307855572292761845\""),
      "1/1@0[x][307855572292761845] " },
    { "forced text with the delimiter", S_INIT("=\"a,b\",c\r\nd"), "1/1@0[a,b][c] 2/2@10[d] " },
    { "forced text with doubled quotes", S_INIT("=\"a\"\"b\",c"), "1/1@0[a\"b][c] " },
    { "a formula is not forced text", S_INIT("=\"a\"&B1,c"), "1/1@0[=\"a\"&B1][c] " },
    { "forced text does not cross lines", S_INIT("=\"a\nb\",c"), "1/1@0[=\"a] 2/2@4[b\"][c] " },
    { "forced text without its end", S_INIT("=\"a"), "1/1@0[=\"a] " },
    { "its first two bytes only", S_INIT("=\""), "1/1@0[=\"] " },
    { "an equals sign only", S_INIT("=,="), "1/1@0[=][=] " },
    { "forced text inside quotes stays as written", S_INIT("\"=\"\"12\"\"\",a"),
      "1/1@0[=\"12\"][a] " },
    { "empty cells", S_INIT(",,\n,a,\n"), "1/1@0[][][] 2/2@3[][a][] " },
    { "words of eight", S_INIT("12345678,1234567,123456789\n87654321\n"),
      "1/1@0[12345678][1234567][123456789] 2/2@27[87654321] " },
    { "bytes near the searched ones",
      S_INIT("\x0b\x0c\x0e\x09+-\x2b\x2d\x8a\x8d\xac\x0b,\x0c\x0e\n\x0b"),
      "1/1@0[\x0b\x0c\x0e\x09+-\x2b\x2d\x8a\x8d\xac\x0b][\x0c\x0e] 2/2@16[\x0b] " },
    { "Chinese", S_INIT("姓名,电话\n李玉梅,\"13000000012\"\n"),
      "1/1@0[姓名][电话] 2/2@14[李玉梅][13000000012] " },
};

TEST(grammar_in_blocks_of_any_size)
{
    static const size_t BLOCKS[] = { 1, 2, 3, 7, 8, 1000000 };
    for (const Story *s = STORIES; s < STORIES + ARRAY_LEN(STORIES); s++)
        for (size_t i = 0; i < ARRAY_LEN(BLOCKS); i++) {
            Str got = told(s->text, COMMA, BLOCKS[i]);
            CHECK_ROW(str_eq(got, str_z(s->want)), "%s, blocks of %zu: '" STR_FMT "'", s->name,
                      BLOCKS[i], STR_ARG(got));
        }
}

TEST(dialects)
{
    CHECK_STR(told(S("a;b,c\n"), (CsvDialect){ ';', '"' }, 99), S("1/1@0[a][b,c] "));
    CHECK_STR(told(S("a\t\"b\"\t\"c\"\td"), (CsvDialect){ '\t', '"' }, 99),
              S("1/1@0[a][b][c][d] "));
    CHECK_STR(told(S("'a|b'|c"), (CsvDialect){ '|', '\'' }, 99), S("1/1@0[a|b][c] "));
    CHECK_STR(told(S("\"a,b\"\n=\"c\""), (CsvDialect){ ',', '\0' }, 99),
              S("1/1@0[\"a][b\"] 2/2@6[=\"c\"] "));
}

static void repeat(Buf *b, char c, size_t n)
{
    char *to = buf_reserve(b, n);
    check(to != NULL);
    memset(to, c, n);
    b->len += n;
}

// Tells cells by their length.
static Str told_short(Str text, size_t block)
{
    Arena *a = kit_arena();
    Drip source = { text, block };
    CsvReader *r = csv_open(a, COMMA, drip, &source);
    Buf b = buf_new(a, 4096);
    for (;;) {
        CsvRow row = { 0 };
        bool more = false;
        kit_ctx()->errors = NULL;
        Status st = csv_next(kit_ctx(), r, &row, &more);
        if (st == STATUS_OK && !more)
            return buf_str(&b);
        buf_fmt(&b, "%lld/%lld:", (long long)row.row, (long long)row.line);
        if (st != STATUS_OK)
            buf_fmt(&b, "%s", kit_ctx()->errors->code);
        else if (row.len > 4)
            buf_fmt(&b, "%zu cells", row.len);
        for (size_t i = 0; i < row.len && row.len <= 4; i++)
            buf_fmt(&b, "%zu,", row.cells[i].len);
        buf_char(&b, ' ');
    }
}

typedef struct Size {
    const char *name;
    const char *before, *behind; // around the long run
    char run;
    size_t times;
    const char *want;
} Size;

TEST(limits)
{
    static const Size SIZES[] = {
        { "bare, at the limit", "a\nb,", ",c\nd", 'x', 32768, "1/1:1, 2/2:1,32768,1, 3/3:1, " },
        { "bare, over it", "a\nb,", ",c\nd", 'x', 32769, "1/1:1, 2/2:csv.cell_too_long 3/3:1, " },
        { "bare, far over it", "b,", ",c\nd", 'x', 3000000, "1/1:csv.cell_too_long 2/2:1, " },
        { "bare, over it at the end", "b,", "", 'x', 40000, "1/1:csv.cell_too_long " },
        { "quoted, at the limit", "b,\"", "\",c\nd", 'x', 32768, "1/1:1,32768,1, 2/2:1, " },
        { "quoted, over it", "b,\"", "\",c\nd", 'x', 32769, "1/1:csv.cell_too_long 2/2:1, " },
        { "quoted lines, over it", "b,\"", "\",\"\n\"\nd", '\n', 40000,
          "1/1:csv.cell_too_long 2/40003:1, " },
        { "quoted lines CR, far over it", "b,\"", "\nx\",c\nd", '\r', 2000000,
          "1/1:csv.cell_too_long 2/2000002:1, " },
        { "doubled quotes at the limit", "b,\"", "\",c\nd", '"', 65536, "1/1:1,32768,1, 2/2:1, " },
        { "doubled quotes over it", "b,\"", "\",c\nd", '"', 65538,
          "1/1:csv.cell_too_long 2/2:1, " },
        { "an open quote eats a big rest", "b\nc,\"", "", 'x', 3000000,
          "1/1:1, 2/2:csv.quote_open " },
        { "an open quote of lines", "b\nc,\"", "\n", '\n', 3000000, "1/1:1, 2/2:csv.quote_open " },
        { "512 cells", "", "\nd", ',', 511, "1/1:512 cells 2/2:1, " },
        { "513 cells", "", "\nd", ',', 512, "1/1:csv.too_many_cells 2/2:1, " },
        { "a million cells", "", "\nd", ',', 1000000, "1/1:csv.too_many_cells 2/2:1, " },
        { "too many cells, then an open quote", "", "\"\nd", ',', 600, "1/1:csv.quote_open " },
        { "blanks behind a quote", "\"a\"", "\nb", ' ', 30000, "1/1:1, 2/2:1, " },
        { "forced text at the limit", "=\"", "\"\nb", 'x', 32768, "1/1:32768, 2/2:1, " },
        { "forced text over it", "=\"", "\"\nb", 'x', 32769, "1/1:csv.cell_too_long 2/2:1, " },
        { "a million blank lines", "a\n", "b", '\n', 1000000, "1/1:1, 2/1000002:1, " },
    };
    for (const Size *s = SIZES; s < SIZES + ARRAY_LEN(SIZES); s++) {
        Buf b = buf_new(kit_arena(), 4 * 1024 * 1024);
        buf_add(&b, str_z(s->before));
        repeat(&b, s->run, s->times);
        buf_add(&b, str_z(s->behind));
        static const size_t BLOCKS[] = { 7, 1000, 1 << 20 };
        for (size_t i = 0; i < ARRAY_LEN(BLOCKS); i++) {
            Str got = told_short(buf_str(&b), BLOCKS[i]);
            CHECK_ROW(str_eq(got, str_z(s->want)), "%s, blocks of %zu: '" STR_FMT "'", s->name,
                      BLOCKS[i], STR_ARG(got));
        }
    }
}

TEST(the_largest_row)
{
    Buf b = buf_new(kit_arena(), 64 * 1024 * 1024);
    for (int i = 0; i < LIMIT_CSV_COLUMNS; i++) {
        if (i > 0)
            csv_sep(&b);
        buf_char(&b, '"');
        repeat(&b, '"', LIMIT_CSV_CELL);
        repeat(&b, 'x', LIMIT_CSV_CELL / 2);
        buf_char(&b, '"');
    }
    csv_end(&b);
    buf_add(&b, S("end"));
    CsvReader *r = csv_open_str(kit_arena(), COMMA, buf_str(&b));
    CsvRow row = { 0 };
    bool more = false;
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    CHECK_INT(row.len, LIMIT_CSV_COLUMNS);
    for (size_t i = 0; i < row.len; i++)
        CHECK(row.cells[i].len == LIMIT_CSV_CELL && row.cells[i].ptr[0] == '"' &&
              row.cells[i].ptr[LIMIT_CSV_CELL - 1] == 'x');
    CHECK_INT(csv_raw(r).len, b.len - 5);
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    CHECK(more && row.len == 1 && row.line == 2);
    CHECK_STR(row.cells[0], S("end"));
}

TEST(raw_bytes_and_errors_name_their_place)
{
    Ctx *cx = kit_ctx();
    Str text = S("\xef\xbb\xbf"
                 "a, \"b\"\r\n\r\n\"c\"\"d\" ,\"e\nf\"\r=\"1\"\n\"open");
    static const char *const RAW[] = { "a, \"b\"", "\"c\"\"d\" ,\"e\nf\"", "=\"1\"" };
    CsvReader *r = csv_open_str(kit_arena(), COMMA, text);
    CsvRow row = { 0 };
    bool more = false;
    for (size_t i = 0; i < ARRAY_LEN(RAW); i++) {
        CHECK_OK(csv_next(cx, r, &row, &more));
        CHECK(more);
        CHECK_STR(csv_raw(r), str_z(RAW[i]));
        CHECK_STR(str_sub(text, (size_t)row.at, csv_raw(r).len), csv_raw(r));
    }
    CHECK_STATUS(csv_next(cx, r, &row, &more), INVALID);
    CHECK(!more);
    CHECK_STR(csv_raw(r), S("\"open"));
    CHECK_STR(cx->errors->message, S("row 4 (line 6): a quote is never closed"));
    CHECK_STR(cx->errors->args[0], S("4"));
    CHECK_STR(cx->errors->args[1], S("6"));
    CHECK_OK(csv_next(cx, r, &row, &more));
    CHECK(!more);
}

TEST(a_broken_row_shows_its_beginning)
{
    Buf b = buf_new(kit_arena(), 1 << 20);
    buf_add(&b, S("ok\nstart,"));
    repeat(&b, 'x', 500000);
    buf_add(&b, S("\nnext"));
    CsvReader *r = csv_open_str(kit_arena(), COMMA, buf_str(&b));
    CsvRow row = { 0 };
    bool more = false;
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    CHECK_STATUS(csv_next(kit_ctx(), r, &row, &more), INVALID);
    CHECK(more && row.row == 2 && row.line == 2 && row.at == 3 && row.len == 0);
    CHECK(str_starts(csv_raw(r), S("start,xxxx")));
    CHECK(csv_raw(r).len <= 1024);
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    CHECK_INT(row.at, 3 + 6 + 500000 + 1);
    CHECK_STR(row.cells[0], S("next"));
}

static Status failing(Ctx *cx, void *source, char *to, size_t max, size_t *ret_n)
{
    (void)max;
    int *calls = source;
    if ((*calls)++ > 0)
        return FAIL(cx, INTERNAL, "test.read", NULL, "cannot read");
    memcpy(to, "a,b\nc,\"d", 8);
    *ret_n = 8;
    return STATUS_OK;
}

TEST(a_failing_source_is_reported)
{
    int calls = 0;
    CsvReader *r = csv_open(kit_arena(), COMMA, failing, &calls);
    CsvRow row = { 0 };
    bool more = false;
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    CHECK_INT(row.len, 2);
    CHECK_STATUS(csv_next(kit_ctx(), r, &row, &more), INTERNAL);
}

TEST(detection)
{
    static const struct {
        const char *name;
        Str head;
        char want;
    } ROWS[] = {
        { "nothing", S_INIT(""), ',' },
        { "one column", S_INIT("a\nb\nc"), ',' },
        { "comma", S_INIT("a,b\n1,2\n"), ',' },
        { "semicolon", S_INIT("a;b\n1;2\n"), ';' },
        { "tab", S_INIT("a\tb\n1\t2\n"), '\t' },
        { "pipe", S_INIT("a|b\n1|2\n"), '|' },
        { "decimal commas", S_INIT("name;price\nx;1,50\ny;2,00\n"), ';' },
        { "prose with commas", S_INIT("id;text\n1;well, yes\n2;no\n"), ';' },
        { "semicolons inside quotes", S_INIT("a,b\n\"1;2;3\",2\n\"4;5;6\",3\n"), ',' },
        { "line ends inside quotes", S_INIT("a;b\n\"1\n,,,\n2\";3\n4;5\n"), ';' },
        { "forced text", S_INIT("id;n\n=\"1,2\";a\n=\"3,4\";b\n=\"5\";c\n"), ';' },
        { "BOM before a quote", S_INIT("\xef\xbb\xbf\"a,b,c\";d\n1;2\n"), ';' },
        { "inches do not open quotes", S_INIT("size;n\n5\" a,b;1\n6\";2\n7\";3\n"), ';' },
        { "the cut last line does not count", S_INIT("a;b;c\n1;2;3\n4,4,4,4,4"), ';' },
        { "one line", S_INIT("a\tb\tc,d"), '\t' },
        { "CR only", S_INIT("a;b\rc;d\re;f\r"), ';' },
        { "ragged rows", S_INIT("a,b,c\n1,2,3\n4,5\n6,7,8\n9;9,9,9\n"), ',' },
        { "Chinese with full-width commas", S_INIT("备注;金额\n好，谢谢;1\n不，谢;2\n"), ';' },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        CsvDialect d = csv_detect(ROWS[i].head);
        CHECK_ROW(d.delimiter == ROWS[i].want && d.quote == '"', "%s: '%c'", ROWS[i].name,
                  d.delimiter);
    }
}

// Enough rows to pass every refill of the buffer.
TEST(many_rows)
{
    Buf b = buf_new(kit_arena(), 64 * 1024 * 1024);
    for (int i = 0; i < 200000; i++)
        buf_fmt(&b,
                "%d,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,"
                "\"United Kingdom\"\r\n",
                536365 + i);
    CsvReader *r = csv_open_str(kit_arena(), COMMA, buf_str(&b));
    bool more = true;
    int64_t cells = 0;
    while (more) {
        CsvRow row = { 0 };
        CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
        cells += (int64_t)row.len;
    }
    CHECK_INT(cells, 1600000);
}
