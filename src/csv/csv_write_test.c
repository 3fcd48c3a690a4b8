#include "csv/csv.h"

#include "kit/kit.h"

typedef struct Cell {
    Str cell;
    const char *safe; // as written with safe = true
} Cell;

// The table of SECURITY D4.
static const Cell CELLS[] = {
    { S_INIT("=1+1"), "'=1+1" },
    { S_INIT("+1"), "'+1" },
    { S_INIT("-1"), "'-1" },
    { S_INIT("@SUM(A1)"), "'@SUM(A1)" },
    { S_INIT("%0A"), "'%0A" },
    { S_INIT("|calc"), "'|calc" },
    { S_INIT("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0" },
    { S_INIT("=HYPERLINK(\"http://x/?\"&A1,\"ok\")"),
      "\"'=HYPERLINK(\"\"http://x/?\"\"&A1,\"\"ok\"\")\"" },
    { S_INIT("=\"123\""), "\"'=\"\"123\"\"\"" },
    { S_INIT("=WEBSERVICE(A1)"), "'=WEBSERVICE(A1)" },
    { S_INIT("=DDE(1;2)"), "'=DDE(1;2)" },
    { S_INIT("="), "'=" },
    { S_INIT("-"), "'-" },
    { S_INIT("+"), "'+" },
    { S_INIT("@"), "'@" },
    { S_INIT("＝1"), "'＝1" },
    { S_INIT("＋1"), "'＋1" },
    { S_INIT("－1"), "'－1" },
    { S_INIT("＠x"), "'＠x" },
    { S_INIT("％x"), "'％x" },
    { S_INIT("｜x"), "'｜x" },
    { S_INIT("﹦1"), "'﹦1" },
    { S_INIT("﹢1"), "'﹢1" },
    { S_INIT("﹣1"), "'﹣1" },
    { S_INIT("﹫1"), "'﹫1" },
    { S_INIT(" =1"), "' =1" },
    { S_INIT("   -1"), "'   -1" },
    { S_INIT("\t=1"), "'\t=1" },
    { S_INIT("\ttext"), "'\ttext" },
    { S_INIT("\t"), "'\t" },
    { S_INIT("\rtext"), "\"'\rtext\"" },
    { S_INIT("\r=1"), "\"'\r=1\"" },
    { S_INIT("\n=1"), "\"'\n=1\"" },
    { S_INIT("\ntext"), "\"\ntext\"" },
    { S_INIT(" \t\r\n =1"), "\"' \t\r\n =1\"" },
    { S_INIT("\x0b=1"), "'\x0b=1" },
    { S_INIT("\x01@x"), "'\x01@x" },
    { S_INIT("\x7f=1"), "'\x7f=1" },
    { S_INIT("\xc2\xa0=1"), "'\xc2\xa0=1" },
    { S_INIT("\xc2\x85=1"), "'\xc2\x85=1" },
    { S_INIT("\xe3\x80\x80=1"), "'\xe3\x80\x80=1" },
    { S_INIT("\xe2\x80\x8b=1"), "'\xe2\x80\x8b=1" },
    { S_INIT("\xe2\x80\xae=1"), "'\xe2\x80\xae=1" },
    { S_INIT("\xef\xbb\xbf=1"), "\"'\xef\xbb\xbf=1\"" },
    { S_INIT("\"=1"), "\"'\"\"=1\"" },
    { S_INIT("\"\"=1"), "\"'\"\"\"\"=1\"" },
    { S_INIT("'=1"), "''=1" },
    { S_INIT(" \"' =1"), "\"' \"\"' =1\"" },
    { S_INIT("“=1"), "'“=1" },
    { S_INIT("＂＝1"), "'＂＝1" },
    { S_INIT("`=1"), "'`=1" },
    { S_INIT("-1,5"), "\"'-1,5\"" },
    { S_INIT("=1\n=2"), "\"'=1\n=2\"" },
    { S_INIT("+8613800138000"), "'+8613800138000" },
    { S_INIT("-好评"), "'-好评" },
    { S_INIT("@小红"), "'@小红" },
    // and what must stay as it is
    { S_INIT(""), "" },
    { S_INIT("text"), "text" },
    { S_INIT("1=1"), "1=1" },
    { S_INIT("a-b"), "a-b" },
    { S_INIT("50%"), "50%" },
    { S_INIT("a@b.cn"), "a@b.cn" },
    { S_INIT("safe\t\r"), "\"safe\t\r\"" },
    { S_INIT("  text "), "  text " },
    { S_INIT("'text'"), "'text'" },
    { S_INIT("\"text\""), "\"\"\"text\"\"\"" },
    { S_INIT("(5.00)"), "(5.00)" },
    { S_INIT("李=玉梅"), "李=玉梅" },
    { S_INIT("，=1"), "，=1" },
    { S_INIT("   "), "   " },
    { S_INIT("#=1"), "#=1" },
    { S_INIT("~a;b"), "~a;b" },
    { S_INIT("a\nb"), "\"a\nb\"" },
    { S_INIT("a,b"), "\"a,b\"" },
};

TEST(formulas_are_defused)
{
    CHECK(ARRAY_LEN(CELLS) >= 60);
    for (const Cell *c = CELLS; c < CELLS + ARRAY_LEN(CELLS); c++) {
        Buf b = buf_new(kit_arena(), 4096);
        csv_cell(&b, c->cell, true);
        CHECK_STR(buf_str(&b), str_z(c->safe));
    }
}

// Writes rows and reads them back; `safe` only adds the apostrophe.
TEST(written_and_read_back)
{
    Arena *a = kit_arena();
    for (int safe = 0; safe < 2; safe++) {
        Buf b = buf_new(a, 1 << 20);
        for (size_t i = 0; i < ARRAY_LEN(CELLS); i++) {
            csv_cell(&b, CELLS[i].cell, safe);
            csv_sep(&b);
            csv_cell(&b, CELLS[ARRAY_LEN(CELLS) - 1 - i].cell, safe);
            csv_end(&b);
            csv_cell(&b, CELLS[i].cell, safe);
            csv_end(&b);
        }
        CsvReader *r = csv_open_str(a, (CsvDialect){ ',', '"' }, buf_str(&b));
        for (size_t i = 0; i < 2 * ARRAY_LEN(CELLS); i++) {
            CsvRow row = { 0 };
            bool more = false;
            CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
            CHECK(more && row.len == (i % 2 == 0 ? 2u : 1u));
            Str got = row.cells[0];
            Str want = CELLS[i / 2].cell;
            if (safe && got.len == want.len + 1 && got.ptr[0] == '\'')
                got = str_sub(got, 1, got.len);
            CHECK_STR(got, want);
        }
    }
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static Str random_cell(uint64_t *state)
{
    static const char LETTERS[] = "a,\"\r\n =';\t\xef\xbb\xbf-0x\x80|";
    size_t n = next_random(state) % 9;
    char *p = arena_array(kit_arena(), char, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = LETTERS[next_random(state) % (sizeof(LETTERS) - 1)];
    return (Str){ p, n };
}

TEST(any_cells_come_back_as_they_were)
{
    enum { ROWS = 4000, WIDE = 6 };
    Arena *a = kit_arena();
    uint64_t state = 88172645463325252ull;
    Str *cells = arena_array(a, Str, ROWS * WIDE);
    size_t *widths = arena_array(a, size_t, ROWS);
    Buf b = buf_new(a, 1 << 22);
    for (size_t i = 0; i < ROWS; i++) {
        widths[i] = 1 + next_random(&state) % WIDE;
        for (size_t k = 0; k < widths[i]; k++) {
            cells[i * WIDE + k] = random_cell(&state);
            if (k > 0)
                csv_sep(&b);
            csv_cell(&b, cells[i * WIDE + k], false);
        }
        csv_end(&b);
    }
    CsvReader *r = csv_open_str(a, (CsvDialect){ ',', '"' }, buf_str(&b));
    CsvRow row = { 0 };
    bool more = false;
    for (size_t i = 0; i < ROWS; i++) {
        CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
        CHECK_ROW(more && row.len == widths[i], "row %zu", i);
        for (size_t k = 0; k < row.len && k < widths[i]; k++)
            CHECK_STR(row.cells[k], cells[i * WIDE + k]);
    }
    CHECK_OK(csv_next(kit_ctx(), r, &row, &more));
    CHECK(!more);
}

TEST(the_buffer_s_ceiling_holds)
{
    Buf b = buf_new(kit_arena(), 10);
    csv_cell(&b, S("12345,78901"), true);
    csv_end(&b);
    CHECK(!buf_ok(&b));
}
