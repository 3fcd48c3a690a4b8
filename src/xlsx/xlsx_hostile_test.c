// Archives made to hurt. Each is refused with its code, soon, and without much memory.
#include "kit/kit.h"

#include "xlsx/xlsx_fixture.h"

#include <stdio.h>
#include <time.h>

#define RELATION(id, type, rest) "<Relationship Id=\"" id "\" Type=\"p/" type "\" " rest "/>"
#define SHEET1                   RELATION("r1", "worksheet", "Target=\"worksheets/sheet1.xml\"")
#define ROOT                     "<sheetData><row><c><v>1</v></c></row></sheetData>"

typedef struct Story {
    const char *name;
    Book book;
    const char *want;
} Story;

static const Story STORIES[] = {
    { "a document type in a sheet",
      { .sheet = S_INIT("<!DOCTYPE worksheet><worksheet>" ROOT "</worksheet>") },
      "!xlsx.forbidden " },
    { "an external document type",
      { .sheet = S_INIT("<!DOCTYPE worksheet SYSTEM \"file:///etc/passwd\"><worksheet/>") },
      "!xlsx.forbidden " },
    { "an external entity in the strings",
      { .strings = S_INIT("<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                          "<sst><si><t>&x;</t></si></sst>") },
      "!xlsx.forbidden " },
    { "entities of entities",
      { .workbook = S_INIT("<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">"
                           "<!ENTITY c \"&b;&b;&b;&b;&b;\">]><workbook>&c;</workbook>") },
      "!xlsx.forbidden " },
    { "a parameter entity in the styles",
      { .styles = S_INIT("<!DOCTYPE s [<!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;]>"
                         "<styleSheet/>") },
      "!xlsx.forbidden " },
    { "a document type in the relations",
      { .root = S_INIT("<!DOCTYPE r><Relationships/>") },
      "!xlsx.forbidden " },
    { "an entity nobody declared",
      { .sheet = S_INIT("<worksheet>&x;</worksheet>") },
      "!xlsx.damaged " },
    { "UTF-7 declared",
      { .sheet = S_INIT("<?xml version=\"1.0\" encoding=\"UTF-7\"?><worksheet>+ADw-</worksheet>") },
      "!xlsx.forbidden " },
    { "UTF-16 declared, UTF-8 written",
      { .sheet = S_INIT("<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>") },
      "!xlsx.forbidden " },
    { "ISO-2022-JP declared",
      { .sheet = S_INIT("<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><worksheet/>") },
      "!xlsx.forbidden " },
    { "Latin-1 declared",
      { .strings = S_INIT("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><sst/>") },
      "!xlsx.forbidden " },
    { "UCS-4 declared",
      { .workbook = S_INIT("<?xml version=\"1.0\" encoding=\"UCS-4\"?><workbook/>") },
      "!xlsx.forbidden " },
    { "UTF-16 with its mark",
      { .sheet = S_INIT("\xff\xfe<\0w\0o\0r\0k\0s\0h\0e\0e\0t\0/\0>\0") },
      "!xlsx.forbidden " },
    { "UTF-16, the other way round",
      { .sheet = S_INIT("\xfe\xff\0<\0w\0o\0r\0k\0s\0h\0e\0e\0t\0/\0>") },
      "!xlsx.forbidden " },
    { "UTF-16 without its mark",
      { .sheet = S_INIT("<\0w\0o\0r\0k\0s\0h\0e\0e\0t\0/\0>\0") },
      "!xlsx.forbidden " },
    { "UTF-32", { .sheet = S_INIT("\0\0\xfe\xff\0\0\0<\0\0\0w") }, "!xlsx.forbidden " },
    { "UTF-7 not declared",
      { .sheet = S_INIT("+ADw-worksheet+AD4-+ADw-/worksheet+AD4-") },
      "!xlsx.forbidden " },
    { "bytes that are no UTF-8",
      { .sheet = S_INIT("<worksheet><sheetData><row><c t=\"str\"><v>\xc0\xaf\xff</v></c></row>"
                        "</sheetData></worksheet>") },
      "!xlsx.damaged " },
    { "a surrogate by reference",
      { .sheet = S_INIT("<worksheet>&#xd800;</worksheet>") },
      "!xlsx.damaged " },
    { "a NUL by reference", { .sheet = S_INIT("<worksheet>&#0;</worksheet>") }, "!xlsx.damaged " },
    { "a sheet that is none", { .sheet = S_INIT("<html>x</html>") }, "!xlsx.not_a_workbook " },
    { "an empty sheet part", { .sheet = S_INIT(" ") }, "!xlsx.forbidden " },
    { "a sheet that ends too soon",
      { .sheet = S_INIT("<worksheet><sheetData><row><c><v>1</v></c></row>") },
      "1[1] !xlsx.damaged " },
    { "two roots",
      { .sheet = S_INIT("<worksheet>" ROOT "</worksheet><worksheet/>") },
      "1[1] !xlsx.damaged " },
    { "an external sheet",
      { .relations = S_INIT("<Relationships>" RELATION(
            "r1", "worksheet",
            "Target=\"http://127.0.0.1/s.xml\" TargetMode=\"External\"") "</Relationships>") },
      "!xlsx.forbidden " },
    { "an external part beside the sheet",
      { .relations = S_INIT("<Relationships>" SHEET1 RELATION(
            "r9", "sharedStrings",
            "Target=\"file:///etc/passwd\" TargetMode=\"external\"") "</Relationships>") },
      "!xlsx.forbidden " },
    { "an external workbook",
      { .root = S_INIT("<Relationships>" RELATION(
            "r1", "officeDocument",
            "Target=\"//host/w.xml\" TargetMode=\"External\"") "</Relationships>") },
      "!xlsx.forbidden " },
    { "a target above the archive",
      { .relations = S_INIT("<Relationships>" RELATION(
            "r1", "worksheet", "Target=\"../../../etc/passwd\"") "</Relationships>") },
      "!xlsx.not_a_workbook " },
    { "a target that is a loop",
      { .relations = S_INIT("<Relationships>" RELATION(
            "r1", "worksheet", "Target=\"workbook.xml\"") "</Relationships>") },
      "!xlsx.not_a_workbook " },
    { "a sheet missing from the relations",
      { .relations = S_INIT("<Relationships/>") },
      "!xlsx.not_a_workbook " },
    { "no sheets",
      { .workbook = S_INIT("<workbook><sheets/></workbook>") },
      "!xlsx.not_a_workbook " },
    { "no relations at all", { .root = LEFT_OUT }, "!xlsx.not_a_workbook " },
    { "no relations of the workbook", { .relations = LEFT_OUT }, "!xlsx.not_a_workbook " },
    { "no workbook", { .workbook = LEFT_OUT }, "!xlsx.not_a_workbook " },
    { "no sheet part", { .sheet = LEFT_OUT }, "!xlsx.not_a_workbook " },
    { "promised strings missing", { .strings = LEFT_OUT }, "!xlsx.not_a_workbook " },
    { "promised styles missing", { .styles = LEFT_OUT }, "!xlsx.not_a_workbook " },
};

TEST(parts_made_to_hurt)
{
    CHECK(ARRAY_LEN(STORIES) >= 25);
    for (const Story *s = STORIES; s < STORIES + ARRAY_LEN(STORIES); s++) {
        Str got = fixture_told(fixture_book(&s->book));
        CHECK_ROW(str_eq(got, str_z(s->want)), "%s: '" STR_FMT "', not '%s'", s->name, STR_ARG(got),
                  s->want);
    }
}

static Str many(const char *before, const char *unit, size_t times, const char *behind)
{
    Buf b = buf_new(kit_arena(), 256 * 1024 * 1024);
    buf_add(&b, str_z(before));
    for (size_t i = 0; i < times; i++)
        buf_add(&b, str_z(unit));
    buf_add(&b, str_z(behind));
    check(buf_ok(&b));
    return buf_str(&b);
}

static Str numbered(const char *before, const char *fmt_name, size_t times, const char *behind)
{
    Buf b = buf_new(kit_arena(), 256 * 1024 * 1024);
    buf_add(&b, str_z(before));
    for (size_t i = 0; i < times; i++)
        buf_fmt(&b, "<%s%zu/>", fmt_name, i);
    buf_add(&b, str_z(behind));
    return buf_str(&b);
}

// `want` NULL: any error.
static void expect(const char *name, Str bytes, const char *want)
{
    clock_t from = clock();
    size_t before = kit_arena()->total;
    Str got = fixture_told(bytes);
    double seconds = (double)(clock() - from) / CLOCKS_PER_SEC;
    size_t used = kit_arena()->total - before;
    if (want == NULL)
        CHECK_ROW(str_find_char(got, '!', 0) < got.len, "%s: '%.80s'", name, got.ptr);
    else
        CHECK_ROW(str_eq(got, str_z(want)), "%s: '%.80s', not '%s'", name, got.ptr, want);
    CHECK_ROW(seconds < 5, "%s: %.1f s", name, seconds);
    CHECK_ROW(used < 64 * 1024 * 1024, "%s: %zu bytes", name, used);
}

TEST(bombs)
{
    expect("blanks, 1000 times smaller",
           fixture_book(&(Book){ .sheet = many("<worksheet>", "          ", 3000000, "") }),
           "!xlsx.too_large ");
    Entry aside = { .name = "xl/media/image1.png", .content = many("", "0000000000", 3000000, "") };
    expect("the same in a part nobody reads", fixture_book(&(Book){ .more = &aside, .nmore = 1 }),
           "!xlsx.too_large ");
    expect("deep elements", fixture_book(&(Book){ .sheet = many("<worksheet>", "<a>", 90000, "") }),
           "!xlsx.forbidden ");
    expect("ever new names",
           fixture_book(&(Book){ .sheet = numbered("<worksheet>", "n", 60000, "</worksheet>") }),
           "!xlsx.forbidden ");
    expect("a tag of a megabyte",
           fixture_book(&(Book){
               .sheet = many("<worksheet><a b=\"", "xxxxxxxxxx", 100000, "\"/></worksheet>") }),
           "!xlsx.too_large ");
    expect("a comment of a megabyte",
           fixture_book(&(Book){
               .sheet = many("<worksheet><!--", "xxxxxxxxxx", 100000, "--></worksheet>") }),
           "!xlsx.too_large ");
    expect("a row of a million cells in one place",
           fixture_book(
               &(Book){ .sheet = many("<sheetData><row>", "<c r=\"A1\" t=\"str\"><v>xy</v></c>",
                                      30000, "</row></sheetData>") }),
           "1[xy] ");
    expect("too many sheets",
           fixture_book(
               &(Book){ .workbook = many("<workbook><sheets>", "<sheet name=\"x\" id=\"r1\"/>", 300,
                                         "</sheets></workbook>") }),
           "!xlsx.too_large ");
    expect("too many styles",
           fixture_book(&(Book){ .styles = many("<styleSheet><cellXfs>", "<xf/>", 70000,
                                                "</cellXfs></styleSheet>") }),
           "!xlsx.too_large ");
    expect("too many relations",
           fixture_book(&(Book){ .relations = many("<Relationships>", RELATION("r1", "x", ""), 1001,
                                                   "</Relationships>") }),
           "!xlsx.too_large ");
}

TEST(too_many_entries)
{
    Entry *more = arena_array(kit_arena(), Entry, 1200);
    for (size_t i = 0; i < 1200; i++)
        more[i] = (Entry){ .name = arena_fmt(kit_arena(), "n%zu", i).ptr, .content = S("x") };
    // Five entries are the workbook's own, styles and strings among them.
    expect("1000 entries", fixture_book(&(Book){ .more = more, .nmore = 994 }), "1[1] ");
    expect("1001 entries", fixture_book(&(Book){ .more = more, .nmore = 995 }), "!xlsx.too_large ");
    expect("1206 entries", fixture_book(&(Book){ .more = more, .nmore = 1200 }),
           "!xlsx.too_large ");
}

TEST(names)
{
    static const struct {
        const char *name, *want;
    } ROWS[] = {
        { "../../etc/passwd", "!xlsx.forbidden " },
        { "xl/../../x", "!xlsx.forbidden " },
        { "..\\..\\x", "!xlsx.forbidden " },
        { "/etc/passwd", "!xlsx.forbidden " },
        { "\\\\host\\share", "!xlsx.forbidden " },
        { "C:/x", "!xlsx.forbidden " },
        { "a\nb", "!xlsx.forbidden " },
        { "XL/Workbook.xml", "!xlsx.forbidden " }, // once more, in other letters
        { "xl\\workbook.xml", "!xlsx.forbidden " },
        { "xl/..x/y", "1[1] " },
        { "xl/media/图 1.png", "1[1] " },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Entry e = { .name = ROWS[i].name, .content = S("x") };
        expect(ROWS[i].name, fixture_book(&(Book){ .more = &e, .nmore = 1 }), ROWS[i].want);
    }
}

static void put(char *p, uint64_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        p[i] = (char)(unsigned char)(v >> (8 * i));
}

// Overwrites a field of an entry's header: in the table of contents, or before the data.
static Str patched(Str bytes, bool central, const char *entry, size_t at, uint64_t v, size_t n)
{
    char *p = arena_cstr(kit_arena(), bytes);
    Str copy = { p, bytes.len };
    Str mark = central ? S("PK\x01\x02") : S("PK\x03\x04");
    size_t name_at = central ? 46 : 30;
    for (size_t i = str_find(copy, mark, 0); i < copy.len; i = str_find(copy, mark, i + 1))
        if (str_eq(str_sub(copy, i + name_at, strlen(entry)), str_z(entry))) {
            put(p + i + at, v, n);
            return copy;
        }
    check_failed(__FILE__, __LINE__, entry);
}

TEST(headers_that_lie)
{
    static const char SHEET[] = "xl/worksheets/sheet1.xml";
    Str good = fixture_book(
        &(Book){ .sheet = many("<sheetData>", "<row><c><v>12</v></c></row>", 5, "</sheetData>") });
    const char *all = "1[12] 2[12] 3[12] 4[12] 5[12] ";
    expect("as it is", good, all);
    enum { FLAGS = 8, METHOD = 10, CRC = 16, PACKED = 20, SIZE = 24, OFFSET = 42 };
    expect("smaller than it is", patched(good, true, SHEET, SIZE, 40, 4), "!xlsx.damaged ");
    expect("larger than it is", patched(good, true, SHEET, SIZE, 100000, 4),
           arena_fmt(kit_arena(), "%s!xlsx.damaged ", all).ptr);
    expect("two gigabytes", patched(good, true, SHEET, SIZE, 2000000000, 4), "!xlsx.too_large ");
    expect("a ratio of thousands", patched(good, true, SHEET, SIZE, 2000000, 4),
           "!xlsx.too_large ");
    expect("packed larger than the file", patched(good, true, SHEET, PACKED, 100000000, 4),
           "!xlsx.too_large ");
    expect("packed as large as the file", patched(good, true, SHEET, PACKED, good.len - 1, 4),
           "!xlsx.forbidden ");
    expect("another checksum", patched(good, true, SHEET, CRC, 12345, 4),
           arena_fmt(kit_arena(), "%s!xlsx.damaged ", all).ptr);
    expect("encrypted", patched(good, true, SHEET, FLAGS, 1, 2), "!xlsx.encrypted ");
    expect("bzip2", patched(good, true, SHEET, METHOD, 12, 2), "!xlsx.forbidden ");
    expect("stored, though deflated", patched(good, true, SHEET, METHOD, 0, 2), NULL);
    expect("an offset behind the end", patched(good, true, SHEET, OFFSET, 0x7fffffff, 4), NULL);
    expect("an offset into another entry", patched(good, true, SHEET, OFFSET, 0, 4), NULL);
    expect("the offset of itself plus one", patched(good, true, SHEET, OFFSET, 1, 4), NULL);
    expect("a name length of 65535", patched(good, true, SHEET, 28, 65535, 2), NULL);
}

TEST(ends_that_lie)
{
    Str good = fixture_book(&(Book){ 0 });
    static const struct {
        const char *name;
        size_t at;
        uint64_t v;
        size_t n;
    } ROWS[] = {
        { "65,535 entries", 8, 0xffffffff, 4 },
        { "1,001 entries", 8, 1001 | 1001 << 16, 4 },
        { "no entries", 8, 0, 4 },
        { "one entry less", 8, 5 | 5 << 16, 4 },
        { "a directory of 4 GB", 12, 0xffffffff, 4 },
        { "a directory of 2 MB", 12, 2000000, 4 },
        { "an empty directory", 12, 0, 4 },
        { "a directory at the end of the world", 16, 0xfffffff0, 4 },
        { "the directory of the large kind", 16, 0xffffffff, 4 },
        { "the directory at the start", 16, 0, 4 },
        { "a comment that is not there", 20, 1000, 2 },
        { "another disk", 4, 7, 2 },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        char *p = arena_cstr(kit_arena(), good);
        size_t end = good.len - 22;
        check(memcmp(p + end, "PK\x05\x06", 4) == 0);
        put(p + end + ROWS[i].at, ROWS[i].v, ROWS[i].n);
        expect(ROWS[i].name, (Str){ p, good.len }, NULL);
    }
}

TEST(cut_anywhere)
{
    Str good = fixture_book(&(Book){ 0 });
    CHECK(good.len > 500);
    for (size_t n = 0; n < good.len; n++)
        expect("cut", (Str){ arena_dup(kit_arena(), (Str){ good.ptr, n }).ptr, n }, NULL);
}

// One byte after another replaced: never a crash; what still opens gives a row or an error.
TEST(bytes_changed)
{
    Str good = fixture_book(&(Book){ 0 });
    for (size_t i = 0; i < good.len; i++) {
        char *p = arena_cstr(kit_arena(), good);
        p[i] = (char)(unsigned char)(p[i] ^ 0x55);
        Str got = fixture_told((Str){ p, good.len });
        CHECK_ROW(got.len > 0, "byte %zu", i);
        if (i % 64 == 0)
            kit_ctx()->errors = NULL;
    }
}

TEST(other_files)
{
    expect("nothing", S(""), "!xlsx.not_a_workbook ");
    expect("a CSV", S("a,b\n1,2\n"), "!xlsx.not_a_workbook ");
    expect("an old .xls", S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), "!xlsx.old_format ");
    Entry other = { .name = "word/document.xml", .content = S("<document/>") };
    expect("a zip of something else", fixture_zip(&other, 1), "!xlsx.not_a_workbook ");
    Str inner = fixture_book(&(Book){ 0 });
    Entry nested = { .name = "inner.xlsx", .content = inner, .stored = true };
    expect("a workbook within an archive", fixture_zip(&nested, 1), "!xlsx.not_a_workbook ");
    expect("a workbook within a workbook", fixture_book(&(Book){ .more = &nested, .nmore = 1 }),
           "1[1] ");
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    CHECK_STATUS(xlsx_open(kit_ctx(), kit_arena(), "/nonexistent/x.xlsx", &r), INTERNAL);
    CHECK(r == NULL);
    CHECK_STATUS(xlsx_open(kit_ctx(), kit_arena(), kit_dir(), &r), INTERNAL);
}
