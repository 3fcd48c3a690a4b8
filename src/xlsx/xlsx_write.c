// The writer. libxlsxwriter keeps one row in memory and the rest in a temporary file beside the
// target. It does not look at what its writes to that file return, so that is done here.
#include "xlsx/xlsx.h"

#include <errno.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

enum {
    ROWS = 1048576,
    COLUMNS = 512,
    WIDTHS = 512,
    TEXT_UNITS = 32767,      // UTF-16 units in a cell
    NAME_UNITS = 31,         // in a sheet's name
    EXACT = 999999999999999, // whole numbers a sheet shows exactly
};

struct XlsxWriter {
    Arena *arena;
    Arena scratch;
    char *path, *folder;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    Str name;
    int sheets;
    lxw_row_t row; // the next one in this sheet
    bool in_row;
    const Str *head;
    size_t nhead;
    double widths[WIDTHS];
    lxw_format *bold, *date, *time, *money[5];
    long written; // bytes of the largest sheet, to be found again in the archive
    bool failed;
};

static size_t units_of(uint32_t cp)
{
    return cp > 0xffff ? 2 : 1;
}

// A name Excel takes: not empty, no []:*?/\ and no apostrophe at its ends, 31 units with `tail`.
static char *sheet_name(Arena *a, Str name, Str tail)
{
    Buf b = buf_new(a, 256);
    size_t units = tail.len;
    name = str_trim(name);
    while (name.len > 0 && name.ptr[0] == '\'')
        name = str_sub(name, 1, name.len);
    for (size_t at = 0; at < name.len;) {
        char c[4];
        uint32_t cp = utf8_next(name, &at);
        units += units_of(cp);
        if (units > NAME_UNITS)
            break;
        if (cp < 0x20 || cp == 0x7f || (cp < 0x80 && strchr("[]:*?/\\", (int)cp) != NULL))
            cp = '_';
        buf_add(&b, (Str){ c, utf8_put(c, cp) });
    }
    while (b.len > 0 && b.ptr[b.len - 1] == '\'')
        b.len--;
    if (b.len == 0)
        buf_add(&b, S("Sheet"));
    buf_add(&b, tail);
    return arena_cstr(a, buf_str(&b));
}

static void note(XlsxWriter *w, lxw_error e)
{
    w->failed |= e != LXW_NO_ERROR;
}

static bool is_escape(Str s)
{
    if (s.len < 7 || s.ptr[0] != '_' || s.ptr[1] != 'x' || s.ptr[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++)
        if (!ascii_is_digit(s.ptr[i]) &&
            !(ascii_lower(s.ptr[i]) >= 'a' && ascii_lower(s.ptr[i]) <= 'f'))
            return false;
    return true;
}

// What the cell takes: 32,767 units, characters XML has, and "_x0041_" kept as these seven letters.
static const char *cell_text(Arena *a, Str s)
{
    Buf b = buf_new(a, (size_t)TEXT_UNITS * 8 + 16);
    size_t units = 0;
    for (size_t at = 0; at < s.len;) {
        char c[4];
        if (is_escape(str_sub(s, at, 7))) {
            units += 7;
            if (units > TEXT_UNITS)
                break;
            buf_add(&b, S("_x005F_")); // the underscore
            at++;
            continue;
        }
        uint32_t cp = utf8_next(s, &at);
        if (cp == 0 || cp == 0xfffe || cp == 0xffff)
            cp = 0xfffd;
        units += units_of(cp);
        if (units > TEXT_UNITS)
            break;
        buf_add(&b, (Str){ c, utf8_put(c, cp) });
    }
    buf_char(&b, '\0');
    return b.ptr;
}

static void put_text(XlsxWriter *w, size_t column, Str s, lxw_format *format)
{
    if (s.len == 0 || column >= COLUMNS)
        return;
    note(w, worksheet_write_string(w->sheet, w->row, (lxw_col_t)column, cell_text(&w->scratch, s),
                                   format));
    arena_clear(&w->scratch);
}

static void put_head(XlsxWriter *w)
{
    if (w->nhead == 0)
        return;
    for (size_t i = 0; i < w->nhead; i++)
        put_text(w, i, w->head[i], w->bold);
    worksheet_freeze_panes(w->sheet, 1, 0);
    w->row = 1;
}

static void new_sheet(XlsxWriter *w)
{
    w->sheets++;
    Str tail = w->sheets == 1 ? (Str){ "", 0 } : arena_fmt(w->arena, " (%d)", w->sheets);
    w->sheet = workbook_add_worksheet(w->book, sheet_name(w->arena, w->name, tail));
    w->failed |= w->sheet == NULL;
    w->row = 0;
    for (size_t i = 0; i < WIDTHS && w->sheet != NULL; i++)
        if (w->widths[i] > 0)
            note(w, worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, w->widths[i], NULL));
}

static void end_sheet(XlsxWriter *w)
{
    if (w->sheet == NULL)
        return;
    lxw_row_t last = w->row > 0 ? w->row - 1 : 0;
    if (w->nhead > 0)
        note(w, worksheet_autofilter(w->sheet, 0, 0, last, (lxw_col_t)(w->nhead - 1)));
}

static lxw_format *format_of(lxw_workbook *book, const char *code)
{
    lxw_format *f = workbook_add_format(book);
    if (f != NULL)
        format_set_num_format(f, code);
    return f;
}

Status xlsx_create(Ctx *cx, const char *path, Str sheet, XlsxWriter **ret)
{
    static const char *const MONEY[] = { "#,##0", "#,##0.0", "#,##0.00", "#,##0.000",
                                         "#,##0.0000" };
    XlsxWriter *w = arena_new(cx->arena, XlsxWriter);
    w->arena = cx->arena;
    w->path = arena_cstr(cx->arena, str_z(path));
    w->name = arena_dup(cx->arena, sheet);
    const char *slash = strrchr(path, '/');
    Str folder = slash == NULL ? S(".") : (Str){ path, (size_t)(slash - path) + 1 };
    w->folder = arena_cstr(cx->arena, folder);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = w->folder };
    if (access(w->folder, W_OK) != 0)
        return FAIL(cx, INTERNAL, "xlsx.write", NULL, "cannot write there (%d)", errno);
    w->book = workbook_new_opt(w->path, &options);
    if (w->book == NULL)
        return FAIL(cx, INTERNAL, "xlsx.write", NULL, "cannot start a workbook");
    lxw_doc_properties properties = { .created = (time_t)(cx->now.ms / 1000) };
    (void)workbook_set_properties(w->book, &properties);
    w->bold = workbook_add_format(w->book);
    if (w->bold != NULL)
        format_set_bold(w->bold);
    w->date = format_of(w->book, "yyyy-mm-dd");
    w->time = format_of(w->book, "yyyy-mm-dd hh:mm:ss");
    for (size_t i = 0; i < ARRAY_LEN(MONEY); i++)
        w->money[i] = format_of(w->book, MONEY[i]);
    *ret = w;
    return STATUS_OK;
}

// The first sheet is made as late as its first use, so that widths may come in any order.
static bool ready(XlsxWriter *w)
{
    if (w->sheet == NULL || w->row >= ROWS) {
        end_sheet(w);
        new_sheet(w);
        if (w->sheet != NULL)
            put_head(w);
    }
    return w->sheet != NULL;
}

void xlsx_width(XlsxWriter *w, size_t column, double characters)
{
    if (column >= WIDTHS)
        return;
    w->widths[column] = characters;
    if (w->sheet != NULL)
        note(w, worksheet_set_column(w->sheet, (lxw_col_t)column, (lxw_col_t)column, characters,
                                     NULL));
}

void xlsx_head(XlsxWriter *w, const Str *cells, size_t n)
{
    check(w->sheet == NULL && n <= COLUMNS);
    Str *head = arena_array(w->arena, Str, n);
    for (size_t i = 0; i < n; i++)
        head[i] = arena_dup(w->arena, cells[i]);
    w->head = head;
    w->nhead = n;
    (void)ready(w);
}

void xlsx_text(XlsxWriter *w, size_t column, Str s)
{
    if (ready(w))
        put_text(w, column, s, NULL);
}

static void put_number(XlsxWriter *w, size_t column, double v, lxw_format *format)
{
    if (column < COLUMNS)
        note(w, worksheet_write_number(w->sheet, w->row, (lxw_col_t)column, v, format));
}

void xlsx_int(XlsxWriter *w, size_t column, int64_t v)
{
    if (!ready(w))
        return;
    if (v >= -(int64_t)EXACT && v <= (int64_t)EXACT)
        put_number(w, column, (double)v, NULL);
    else
        put_text(w, column, arena_fmt(&w->scratch, "%lld", (long long)v), NULL);
}

void xlsx_money(XlsxWriter *w, size_t column, int64_t e4, int decimals)
{
    check(decimals >= 0 && decimals <= 4);
    if (!ready(w))
        return;
    int64_t figures = e4;
    for (int i = 0; i < 4 && figures % 10 == 0; i++)
        figures /= 10;
    if (figures >= -(int64_t)EXACT && figures <= (int64_t)EXACT)
        put_number(w, column, (double)e4 / MONEY_ONE, w->money[decimals]);
    else
        put_text(w, column, money_str(&w->scratch, e4, decimals), NULL);
}

// Serial days begin to agree with the calendar on 1900-03-01.
enum { SERIAL_1970 = 25569, SERIAL_FIRST = 61, SERIAL_LAST = 2958465 };

static bool has_serial(Day d)
{
    return d.n + SERIAL_1970 >= SERIAL_FIRST && d.n + SERIAL_1970 <= SERIAL_LAST;
}

void xlsx_date(XlsxWriter *w, size_t column, Day d)
{
    if (!ready(w))
        return;
    if (has_serial(d)) {
        put_number(w, column, (double)(d.n + SERIAL_1970), w->date);
        return;
    }
    Buf b = buf_new(&w->scratch, 32);
    day_add(&b, d);
    put_text(w, column, buf_str(&b), NULL);
}

void xlsx_time(XlsxWriter *w, size_t column, Clock c)
{
    if (!ready(w))
        return;
    Day d = day_from_date(c.date);
    if (has_serial(d)) {
        double seconds = (double)((c.hour * 60 + c.minute) * 60 + c.second) + c.ms / 1000.0;
        put_number(w, column, (double)(d.n + SERIAL_1970) + seconds / 86400, w->time);
        return;
    }
    put_text(w, column,
             arena_fmt(&w->scratch, "%04d-%02d-%02d %02d:%02d:%02d", c.date.year, c.date.month,
                       c.date.day, c.hour, c.minute, c.second),
             NULL);
}

void xlsx_row_end(XlsxWriter *w)
{
    if (ready(w))
        w->row++;
}

// A full disk shows in the temporary file's error flag, or in a sheet that came out too short.
static bool rows_are_written(XlsxWriter *w)
{
    lxw_worksheet *sheet = NULL;
    bool good = true;
    STAILQ_FOREACH(sheet, w->book->worksheets, list_pointers)
    {
        lxw_worksheet_write_single_row(sheet);
        FILE *f = sheet->optimize_tmpfile;
        if (f == NULL)
            continue;
        good = fflush(f) == 0 && ferror(f) == 0 && good;
        long n = ftell(f);
        w->written = n > w->written ? n : w->written;
    }
    return good;
}

static bool archive_is_whole(const XlsxWriter *w)
{
    zip_t *z = zip_open(w->path, ZIP_RDONLY, NULL);
    if (z == NULL)
        return false;
    zip_uint64_t largest = 0;
    zip_int64_t n = zip_get_num_entries(z, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t st;
        zip_stat_init(&st);
        if (zip_stat_index(z, (zip_uint64_t)i, 0, &st) == 0 &&
            strncmp(st.name, "xl/worksheets/", 14) == 0 && st.size > largest)
            largest = st.size;
    }
    zip_discard(z);
    return largest > (zip_uint64_t)w->written;
}

// errno is long gone when the library reports a failure; so the disk itself is asked.
static bool disk_is_full(const XlsxWriter *w)
{
    enum { LITTLE = 1024 * 1024 };
    struct statvfs st;
    return errno == ENOSPC || errno == EDQUOT ||
           (statvfs(w->folder, &st) == 0 && st.f_bavail * st.f_frsize < LITTLE);
}

Status xlsx_finish(Ctx *cx, XlsxWriter **writer)
{
    CLEANUP(xlsx_writer_cleanup) XlsxWriter *w = *writer;
    *writer = NULL;
    (void)ready(w);
    end_sheet(w);
    bool good = !w->failed && rows_are_written(w);
    if (good) {
        lxw_error e = workbook_close(w->book);
        w->book = NULL;
        good = e == LXW_NO_ERROR && archive_is_whole(w);
    }
    if (good)
        return STATUS_OK;
    bool full = disk_is_full(w);
    (void)unlink(w->path);
    if (full)
        return FAIL(cx, FULL, "xlsx.full", NULL, "the disk is full");
    return FAIL(cx, INTERNAL, "xlsx.write", NULL, "the workbook could not be written");
}

void xlsx_writer_cleanup(XlsxWriter **writer)
{
    XlsxWriter *w = *writer;
    *writer = NULL;
    if (w == NULL)
        return;
    arena_reset(&w->scratch);
    if (w->book != NULL)
        lxw_workbook_free(w->book);
}
