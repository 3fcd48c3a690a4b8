// Reading files of any charset and kind into UTF-8 CSV. Workbooks are opened in a limited child.
#include "intake/source.h"

#include "intake/cells.h"
#include "xlsx/xlsx.h"

#include <unistd.h>

enum {
    HEAD_BYTES = 256 * 1024,
    BLOCK_BYTES = 256 * 1024,
    CHILD_MEMORY = 512 * 1024 * 1024,
    CHILD_SECONDS = 300,
    MAX_COLUMN_NAME = 200,
};

// --- workbooks

typedef struct XlsxJob {
    const char *path;
    int64_t sheet, most; // rows; 0: all
    Buf out;
    int fd;
} XlsxJob;

static bool flush_out(XlsxJob *j, size_t least)
{
    if (j->out.len < least)
        return true;
    size_t at = 0;
    while (at < j->out.len) {
        ssize_t n = write(j->fd, j->out.ptr + at, j->out.len - at);
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    j->out.len = 0;
    return true;
}

static void put_row(XlsxJob *j, const Str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            csv_sep(&j->out);
        csv_cell(&j->out, cells[i], false);
    }
    // A row of one empty cell would be a blank line.
    if (n == 1 && cells[0].len == 0)
        buf_add(&j->out, S("\"\""));
    csv_end(&j->out);
}

static Status child_rows(Ctx *cx, XlsxJob *j)
{
    XlsxReader *r = NULL;
    TRY(xlsx_open(cx, cx->arena, j->path, &r));
    size_t n = xlsx_sheets(r);
    Str *names = arena_array(cx->arena, Str, n + 1);
    for (size_t i = 0; i < n; i++)
        names[i] = xlsx_sheet_name(r, i);
    put_row(j, names, n);
    if (j->sheet < 0 || (size_t)j->sheet >= n)
        return FAIL(cx, INVALID, "import.sheet", "sheet", "there is no such sheet");
    TRY(xlsx_select(cx, r, (size_t)j->sheet));
    bool more = true;
    for (int64_t rows = 0; j->most == 0 || rows < j->most; rows++) {
        Str *cells = NULL;
        size_t ncells = 0;
        int64_t row = 0;
        TRY(xlsx_next(cx, r, &cells, &ncells, &row, &more));
        if (!more)
            break;
        put_row(j, cells, ncells);
        if (!flush_out(j, BLOCK_BYTES))
            return FAIL(cx, INTERNAL, "import.pipe", NULL, "nobody reads");
    }
    return STATUS_OK;
}

// The codes a child can name by its exit code.
static const char *const CHILD_CODES[] = { "",
                                           "xlsx.not_a_workbook",
                                           "xlsx.old_format",
                                           "xlsx.encrypted",
                                           "xlsx.too_large",
                                           "xlsx.damaged",
                                           "xlsx.forbidden",
                                           "xlsx.cell_too_long",
                                           "xlsx.too_many_cells",
                                           "import.sheet" };

static int child_main(int in_fd, int out_fd, void *arg)
{
    (void)in_fd;
    XlsxJob *j = arg;
    Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
    j->fd = out_fd;
    j->out = buf_new(&arena, 64 * 1024 * 1024);
    Status s = child_rows(&cx, j);
    if (s == STATUS_OK)
        return flush_out(j, 1) ? 0 : 1;
    for (size_t i = 1; i < ARRAY_LEN(CHILD_CODES); i++)
        if (cx.errors != NULL && strcmp(cx.errors->code, CHILD_CODES[i]) == 0)
            return (int)i;
    return (int)ARRAY_LEN(CHILD_CODES);
}

static void fd_cleanup(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

static Status child_result(Ctx *cx, int code)
{
    if (code == 0)
        return STATUS_OK;
    bool known = code > 0 && (size_t)code < ARRAY_LEN(CHILD_CODES);
    return FAIL(cx, INVALID, known ? CHILD_CODES[code] : "xlsx.damaged", "file",
                "the workbook cannot be read (%s)", known ? CHILD_CODES[code] : "damaged");
}

// Everything the child writes, in pieces; the first line (the sheets' names) goes to *ret_names.
static Status read_workbook(Ctx *cx, const SourceSpec *spec, int64_t most, File *to, Buf *text)
{
    XlsxJob job = { .path = spec->path, .sheet = spec->sheet, .most = most };
    ChildLimits limits = { .address_bytes = CHILD_MEMORY, .cpu_seconds = CHILD_SECONDS };
    CLEANUP(fd_cleanup) int fd = -1;
    int pid = 0;
    int code = 0;
    TRY(os_child_start(cx, limits, -1, child_main, &job, &fd, &pid));
    char *block = arena_array(cx->arena, char, BLOCK_BYTES);
    Status status = STATUS_OK;
    bool named = false;
    for (;;) {
        ssize_t n = read(fd, block, BLOCK_BYTES);
        if (n <= 0)
            break;
        Str piece = { block, (size_t)n };
        if (to != NULL && !named) {
            // Names of sheets hold no line ends, and the pipe's first piece holds them all.
            size_t end = str_find_char(piece, '\n', 0);
            piece = str_sub(piece, end + 1, piece.len);
            named = end < (size_t)n;
        }
        if (to != NULL)
            status = file_write(cx, to, piece.ptr, piece.len);
        else
            buf_add(text, piece);
        if (status != STATUS_OK)
            break;
    }
    (void)close(fd);
    fd = -1;
    Err *errors = cx->errors;
    Status waited = os_child_wait(cx, pid, &code);
    if (status != STATUS_OK) {
        cx->errors = errors;
        return status;
    }
    if (waited != STATUS_OK)
        return FAIL(cx, INVALID, "xlsx.too_large", "file", "reading the workbook took too much");
    return child_result(cx, code);
}

// --- the beginning

static Status read_head(Ctx *cx, const char *path, Str *ret, bool *ret_whole)
{
    CLEANUP(file_cleanup) File *f = NULL;
    TRY(file_open_read(cx, path, &f));
    char *block = arena_array(cx->arena, char, HEAD_BYTES);
    size_t len = 0;
    size_t n = 0;
    do {
        TRY(file_read(cx, f, block + len, HEAD_BYTES - len, &n));
        len += n;
    } while (n > 0 && len < HEAD_BYTES);
    *ret = (Str){ block, len };
    *ret_whole = len < HEAD_BYTES;
    return STATUS_OK;
}

static Status not_a_table(Ctx *cx)
{
    return FAIL(cx, INVALID, "import.no_table", "file",
                "this is not a table in a text file or workbook");
}

// Bytes that no text holds: pictures, archives, programs.
static bool is_binary(Str text)
{
    size_t odd = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        odd += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    }
    return odd * 100 > text.len;
}

static Status take_rows(Ctx *cx, CsvReader *r, SourceLook *look)
{
    CsvRow row = { 0 };
    bool more = false;
    TRY(csv_next(cx, r, &row, &more));
    if (!more)
        return FAIL(cx, INVALID, "import.empty", "file", "the file is empty");
    look->n = row.len;
    look->headings = arena_array(cx->arena, Str, row.len + 1);
    bool any = false;
    for (size_t i = 0; i < row.len; i++) {
        look->headings[i] =
            arena_dup(cx->arena, utf8_left(cell_text(row.cells[i]), MAX_COLUMN_NAME));
        any = any || look->headings[i].len > 0;
        if (!text_is_clean(look->headings[i], true))
            return not_a_table(cx);
    }
    if (!any)
        return not_a_table(cx);
    look->samples = arena_array(cx->arena, Str, LOOK_ROWS * look->n + 1);
    while (look->nrows < LOOK_ROWS) {
        Err *errors = cx->errors;
        Status s = csv_next(cx, r, &row, &more);
        cx->errors = errors;
        if (s == STATUS_OK && !more)
            break;
        if (s != STATUS_OK)
            break;
        for (size_t i = 0; i < look->n; i++)
            look->samples[look->nrows * look->n + i] =
                i < row.len ? arena_dup(cx->arena, utf8_left(row.cells[i], MAX_COLUMN_NAME))
                            : S("");
        look->nrows++;
    }
    return STATUS_OK;
}

static Status look_at_workbook(Ctx *cx, SourceLook *look)
{
    Buf text = buf_new(cx->arena, 64 * 1024 * 1024);
    TRY(read_workbook(cx, &look->spec, LOOK_ROWS + 1, NULL, &text));
    look->spec.delimiter = ',';
    CsvReader *r = csv_open_str(cx->arena, (CsvDialect){ ',', '"' }, buf_str(&text));
    CsvRow names = { 0 };
    bool more = false;
    TRY(csv_next(cx, r, &names, &more));
    look->sheets = arena_array(cx->arena, Str, names.len + 1);
    for (size_t i = 0; i < names.len; i++)
        look->sheets[look->nsheets++] = arena_dup(cx->arena, names.cells[i]);
    return take_rows(cx, r, look);
}

Status source_look(Ctx *cx, const SourceSpec *spec, bool keep, SourceLook *ret)
{
    SourceLook look = { .spec = *spec };
    Str head = { 0 };
    bool whole = false;
    TRY(read_head(cx, spec->path, &head, &whole));
    look.spec.xlsx = str_starts(head, S("PK\x03\x04")) || str_starts(head, S("\xd0\xcf\x11\xe0"));
    if (look.spec.xlsx) {
        TRY(look_at_workbook(cx, &look));
        *ret = look;
        return STATUS_OK;
    }
    if (!keep)
        look.spec.charset = charset_detect(head, whole);
    CLEANUP(decoder_close) Decoder *d = decoder_open(cx->arena, look.spec.charset);
    Str text = decoder_feed(d, cx->arena, head, true);
    if (str_trim(text).len == 0)
        return FAIL(cx, INVALID, "import.empty", "file", "the file is empty");
    if (is_binary(text) || decoder_errors(d) * 200 > (int64_t)text.len)
        return not_a_table(cx);
    if (!keep)
        look.spec.delimiter = csv_detect(text).delimiter;
    TRY(take_rows(cx, csv_open_str(cx->arena, (CsvDialect){ look.spec.delimiter, '"' }, text),
                  &look));
    *ret = look;
    return STATUS_OK;
}

// --- the whole

static Status copy_text(Ctx *cx, const SourceSpec *spec, File *to)
{
    CLEANUP(file_cleanup) File *from = NULL;
    CLEANUP(arena_cleanup) Arena step = { 0 };
    TRY(file_open_read(cx, spec->path, &from));
    CLEANUP(decoder_close) Decoder *d = decoder_open(cx->arena, spec->charset);
    char *block = arena_array(cx->arena, char, BLOCK_BYTES);
    size_t n = 0;
    do {
        TRY(file_read(cx, from, block, BLOCK_BYTES, &n));
        Str text = decoder_feed(d, &step, (Str){ block, n }, n == 0);
        TRY(file_write(cx, to, text.ptr, text.len));
        arena_clear(&step);
    } while (n > 0);
    return STATUS_OK;
}

Status source_copy(Ctx *cx, const SourceSpec *spec, const char *to, char *ret_delimiter)
{
    CLEANUP(file_cleanup) File *out = NULL;
    TRY(file_create(cx, to, 0600, &out));
    if (spec->xlsx) {
        *ret_delimiter = ',';
        return read_workbook(cx, spec, 0, out, NULL);
    }
    *ret_delimiter = spec->delimiter;
    return copy_text(cx, spec, out);
}
