#include "kit/kit.h"

#include "xlsx/xlsx_fixture.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static const char *path_of(const char *name)
{
    return arena_fmt(kit_arena(), "%s/%s", kit_dir(), name).ptr;
}

static size_t files_in(const char *folder)
{
    DIR *d = opendir(folder);
    check(d != NULL);
    size_t n = 0;
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d))
        n += e->d_name[0] != '.';
    (void)closedir(d);
    return n;
}

static Str next_row(XlsxReader *r)
{
    Str *cells = NULL;
    size_t n = 0;
    int64_t row = 0;
    bool more = false;
    CHECK_OK(xlsx_next(kit_ctx(), r, &cells, &n, &row, &more));
    if (!more)
        return S("end");
    Buf b = buf_new(kit_arena(), 1 << 20);
    buf_int(&b, row);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "[" STR_FMT "]", STR_ARG(cells[i]));
    return buf_str(&b);
}

TEST(every_kind_comes_back)
{
    Ctx *cx = kit_ctx();
    const char *path = path_of("a.xlsx");
    CLEANUP(xlsx_writer_cleanup) XlsxWriter *w = NULL;
    CHECK_OK(xlsx_create(cx, path, S("客户: 2026/01"), &w));
    const Str head[] = { S("姓名"), S("数量"), S("金额"), S("日期"), S("时间"), S("编号") };
    xlsx_width(w, 0, 20);
    xlsx_head(w, head, ARRAY_LEN(head));
    xlsx_text(w, 0, S("李玉梅"));
    xlsx_int(w, 1, -42);
    xlsx_money(w, 2, 1999900, 2);
    xlsx_date(w, 3, day_from_date((Date){ 2011, 12, 9 }));
    xlsx_time(w, 4, (Clock){ .date = { 2011, 12, 9 }, .hour = 12, .minute = 50, .second = 7 });
    xlsx_text(w, 5, S("307855572292761845"));
    xlsx_row_end(w);
    xlsx_money(w, 2, 1000, 2); // 0.1
    xlsx_int(w, 5, 307855572292761845);
    xlsx_row_end(w);
    xlsx_row_end(w); // an empty row
    xlsx_money(w, 0, 12345678, 4);
    xlsx_money(w, 1, -5, 4);
    xlsx_money(w, 2, INT64_MAX, 2);
    xlsx_int(w, 3, INT64_MIN);
    xlsx_int(w, 4, 999999999999999);
    xlsx_money(w, 5, 9000000000000000000, 0);
    xlsx_row_end(w);
    xlsx_date(w, 0, day_from_date((Date){ 1899, 5, 1 }));
    xlsx_date(w, 1, day_from_date((Date){ 1900, 3, 1 }));
    xlsx_date(w, 2, day_from_date((Date){ 9999, 12, 31 }));
    xlsx_time(w, 3, (Clock){ .date = { 1850, 1, 2 }, .hour = 3, .minute = 4, .second = 5 });
    xlsx_time(w, 4, (Clock){ .date = { 2026, 1, 1 }, .hour = 23, .minute = 59, .second = 59 });
    xlsx_time(w, 5, (Clock){ .date = { 2026, 1, 1 } });
    xlsx_row_end(w);
    CHECK_OK(xlsx_finish(cx, &w));
    CHECK(w == NULL);
    CHECK_INT(files_in(kit_dir()), 1);

    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    CHECK_OK(xlsx_open(cx, kit_arena(), path, &r));
    CHECK_INT(xlsx_sheets(r), 1);
    CHECK_STR(xlsx_sheet_name(r, 0), S("客户_ 2026_01"));
    CHECK_OK(xlsx_select(cx, r, 0));
    CHECK_STR(next_row(r), S("1[姓名][数量][金额][日期][时间][编号]"));
    CHECK_STR(next_row(r), S("2[李玉梅][-42][199.99][2011-12-09][2011-12-09 12:50:07]"
                             "[307855572292761845]"));
    CHECK_STR(next_row(r), S("3[][][0.1][][][307855572292761845]"));
    CHECK_STR(next_row(r), S("5[1234.5678][-0.0005][922337203685477.5807]"
                             "[-9223372036854775808][999999999999999][900000000000000]"));
    CHECK_STR(next_row(r), S("6[1899-05-01][1900-03-01][9999-12-31][1850-01-02 03:04:05]"
                             "[2026-01-01 23:59:59][2026-01-01 00:00:00]"));
    CHECK_STR(next_row(r), S("end"));
}

// Texts stay what they are: no formulas, no links, no numbers, no lost characters.
TEST(texts_come_back)
{
    static const Str TEXTS[] = {
        S_INIT("=1+1"),
        S_INIT("{=1}"),
        S_INIT("+86 138"),
        S_INIT("-5"),
        S_INIT("@x"),
        S_INIT("=HYPERLINK(\"http://127.0.0.1\",\"x\")"),
        S_INIT("http://127.0.0.1/"),
        S_INIT("mailto:a@b.cn"),
        S_INIT("007"),
        S_INIT("1E5"),
        S_INIT("TRUE"),
        S_INIT("#N/A"),
        S_INIT(" 前后空格 "),
        S_INIT("a\nb\tc\r\nd"),
        S_INIT("\x01\x1f\x7f"),
        S_INIT("<b>&amp;\"'</b>"),
        S_INIT("_x000D_"),
        S_INIT("a_x005F_x000D_b"),
        S_INIT("_x00_ _xZZZZ_ __x0041_"),
        S_INIT("😀𠮷"),
        S_INIT("'quoted"),
        S_INIT("   "),
    };
    Ctx *cx = kit_ctx();
    const char *path = path_of("t.xlsx");
    CLEANUP(xlsx_writer_cleanup) XlsxWriter *w = NULL;
    CHECK_OK(xlsx_create(cx, path, S(""), &w));
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++) {
        xlsx_text(w, 0, TEXTS[i]);
        xlsx_row_end(w);
    }
    CHECK_OK(xlsx_finish(cx, &w));
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    CHECK_OK(xlsx_open(cx, kit_arena(), path, &r));
    CHECK_STR(xlsx_sheet_name(r, 0), S("Sheet"));
    CHECK_OK(xlsx_select(cx, r, 0));
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++)
        CHECK_STR(next_row(r),
                  arena_fmt(kit_arena(), "%zu[" STR_FMT "]", i + 1, STR_ARG(TEXTS[i])));
    // No <f> anywhere in the sheet.
    zip_t *z = zip_open(path, ZIP_RDONLY, NULL);
    zip_file_t *f = zip_fopen(z, "xl/worksheets/sheet1.xml", 0);
    char *xml = arena_array(kit_arena(), char, 1 << 16);
    zip_int64_t n = zip_fread(f, xml, 1 << 16);
    CHECK(n > 100);
    Str text = { xml, (size_t)n };
    CHECK(str_find(text, S("<f>"), 0) == text.len && str_find(text, S("<f "), 0) == text.len);
    (void)zip_fclose(f);
    zip_discard(z);
}

TEST(long_texts_are_cut_and_bad_bytes_replaced)
{
    Ctx *cx = kit_ctx();
    const char *path = path_of("l.xlsx");
    char *x = arena_array(kit_arena(), char, 40001);
    memset(x, 'x', 40000);
    CLEANUP(xlsx_writer_cleanup) XlsxWriter *w = NULL;
    CHECK_OK(xlsx_create(cx, path, S("a"), &w));
    xlsx_text(w, 0, (Str){ x, 40000 });
    xlsx_text(w, 1, (Str){ "a\0b\xff\xef\xbf\xbf", 7 });
    xlsx_text(w, 600, S("too far right"));
    xlsx_row_end(w);
    CHECK_OK(xlsx_finish(cx, &w));
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    CHECK_OK(xlsx_open(cx, kit_arena(), path, &r));
    CHECK_OK(xlsx_select(cx, r, 0));
    Str *cells = NULL;
    size_t n = 0;
    int64_t row = 0;
    bool more = false;
    CHECK_OK(xlsx_next(cx, r, &cells, &n, &row, &more));
    CHECK_INT(n, 2);
    CHECK_INT(cells[0].len, 32767);
    CHECK_STR(cells[1], S("a\xef\xbf\xbd"
                          "b\xef\xbf\xbd\xef\xbf\xbd"));
}

TEST(names_of_sheets)
{
    static const struct {
        Str name;
        const char *want;
    } ROWS[] = {
        { S_INIT("'it's'"), "it's" },
        { S_INIT("[a]:*?/\\"), "_a______" },
        { S_INIT("  "), "Sheet" },
        { S_INIT("'''"), "Sheet" },
        { S_INIT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三"),
          "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一" },
        { S_INIT("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"), "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀" },
    };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        const char *path = path_of("n.xlsx");
        CLEANUP(xlsx_writer_cleanup) XlsxWriter *w = NULL;
        CHECK_OK(xlsx_create(kit_ctx(), path, ROWS[i].name, &w));
        CHECK_OK(xlsx_finish(kit_ctx(), &w));
        CLEANUP(xlsx_close) XlsxReader *r = NULL;
        CHECK_OK(xlsx_open(kit_ctx(), kit_arena(), path, &r));
        if (r != NULL)
            CHECK_STR(xlsx_sheet_name(r, 0), str_z(ROWS[i].want));
    }
}

TEST(rows_go_on_in_a_second_sheet)
{
    Ctx *cx = kit_ctx();
    const char *path = path_of("big.xlsx");
    CLEANUP(xlsx_writer_cleanup) XlsxWriter *w = NULL;
    CHECK_OK(xlsx_create(cx, path, S("N"), &w));
    xlsx_head(w, &S("n"), 1);
    for (int i = 1; i <= 1048576; i++) {
        // Only the last ones hold something: this is about counting.
        if (i >= 1048575)
            xlsx_int(w, 0, i);
        xlsx_row_end(w);
    }
    CHECK_OK(xlsx_finish(cx, &w));
    CLEANUP(xlsx_close) XlsxReader *r = NULL;
    CHECK_OK(xlsx_open(cx, kit_arena(), path, &r));
    CHECK_INT(xlsx_sheets(r), 2);
    CHECK_STR(xlsx_sheet_name(r, 1), S("N (2)"));
    CHECK_OK(xlsx_select(cx, r, 0));
    CHECK_STR(next_row(r), S("1[n]"));
    CHECK_STR(next_row(r), S("1048576[1048575]"));
    CHECK_STR(next_row(r), S("end"));
    CHECK_OK(xlsx_select(cx, r, 1));
    CHECK_STR(next_row(r), S("1[n]"));
    CHECK_STR(next_row(r), S("2[1048576]"));
    CHECK_STR(next_row(r), S("end"));
}

TEST(memory_stays_where_it_is)
{
    Ctx *cx = kit_ctx();
    const char *path = path_of("c.xlsx");
    CLEANUP(xlsx_writer_cleanup) XlsxWriter *w = NULL;
    CHECK_OK(xlsx_create(cx, path, S("c"), &w));
    size_t before = kit_arena()->total;
    for (int i = 0; i < 20000; i++) {
        xlsx_text(w, 0, S("一段文字"));
        xlsx_int(w, 1, i);
        xlsx_money(w, 2, i * 100, 2);
        xlsx_row_end(w);
    }
    CHECK(kit_arena()->total - before < 1024);
    // The temporary file has no name any more: nothing to sweep after a crash.
    CHECK_INT(files_in(kit_dir()), 0);
    CHECK_OK(xlsx_finish(cx, &w));
}

TEST(failures_leave_nothing_behind)
{
    Ctx *cx = kit_ctx();
    CLEANUP(xlsx_writer_cleanup) XlsxWriter *none = NULL;
    CHECK_STATUS(xlsx_create(cx, "/nonexistent/x.xlsx", S("a"), &none), INTERNAL);
    CHECK(none == NULL);
    XlsxWriter *w = NULL;
    CHECK_OK(xlsx_create(cx, path_of("x.xlsx"), S("a"), &w));
    xlsx_text(w, 0, S("given up"));
    xlsx_row_end(w);
    xlsx_writer_cleanup(&w);
    CHECK(w == NULL);
    CHECK_INT(files_in(kit_dir()), 0);
    // The target is a folder: it cannot be written.
    CHECK_OK(xlsx_create(cx, arena_fmt(kit_arena(), "%s/.", kit_dir()).ptr, S("a"), &w));
    xlsx_text(w, 0, S("x"));
    xlsx_row_end(w);
    CHECK_STATUS(xlsx_finish(cx, &w), INTERNAL);
    CHECK_INT(files_in(kit_dir()), 0);
}

TEST(a_full_disk_is_noticed)
{
    Ctx *cx = kit_ctx();
    // A limit on file size acts like a full disk: writes fail from there on.
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit old;
    CHECK(getrlimit(RLIMIT_FSIZE, &old) == 0);
    XlsxWriter *w = NULL;
    CHECK_OK(xlsx_create(cx, path_of("f.xlsx"), S("a"), &w));
    struct rlimit small = { 100000, old.rlim_max };
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    for (int i = 0; i < 20000; i++) {
        xlsx_text(w, 0, S("0123456789"));
        xlsx_row_end(w);
    }
    Status st = xlsx_finish(cx, &w);
    CHECK(setrlimit(RLIMIT_FSIZE, &old) == 0);
    CHECK_ROW(st != STATUS_OK, "%s", status_name(st));
    CHECK_INT(files_in(kit_dir()), 0);
}
