// A sheet, row by row: the parser pauses behind every row that has something in it.
#include "xlsx/xlsx_internal.h"

// "B12" to column 1 (from 0) and row 12; false when it is no cell of a sheet.
static bool reference(Str s, size_t *ret_column, int64_t *ret_row)
{
    size_t column = 0;
    size_t i = 0;
    for (; i < s.len && i < 4 && s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'; i++)
        column = column * 26 + (size_t)(s.ptr[i] - 'A') + 1;
    Str row = str_sub(s, i, s.len);
    *ret_column = column - 1;
    return column >= 1 && column <= XLSX_COLUMNS && row.len > 0 && ascii_is_digit(row.ptr[0]) &&
           str_int(row, ret_row) && *ret_row >= 1 && *ret_row <= XLSX_ROWS;
}

static void refuse_reference(Part *p)
{
    part_refuse(p, STATUS_INVALID, "xlsx.reference", "a row or cell is not where it may be");
}

static void start_row(Part *p, const char **attributes)
{
    XlsxReader *r = p->reader;
    Str at = part_attribute(attributes, "r");
    int64_t row = r->row + 1;
    if (at.ptr != NULL && !str_int(at, &row))
        row = 0;
    if (row <= r->row || row > XLSX_ROWS) {
        refuse_reference(p);
        return;
    }
    r->row = row;
    r->in_row = true;
    r->column = 0;
    r->len = 0;
    r->row_error = NULL;
    r->texts.len = 0;
}

static char type_of(Str t)
{
    static const struct {
        Str name;
        char type;
    } TYPES[] = {
        { S_INIT("s"), 's' }, { S_INIT("inlineStr"), 'i' }, { S_INIT("str"), 't' },
        { S_INIT("b"), 'b' }, { S_INIT("e"), 'e' },         { S_INIT("d"), 'd' },
    };
    for (size_t i = 0; i < ARRAY_LEN(TYPES); i++)
        if (str_eq(t, TYPES[i].name))
            return TYPES[i].type;
    return 'n';
}

static void start_cell(Part *p, const char **attributes)
{
    XlsxReader *r = p->reader;
    int64_t row = r->row;
    int64_t style = 0;
    r->type = 'n';
    r->kind = KIND_NUMBER;
    for (const char **a = attributes; a[0] != NULL; a += 2) {
        if (a[0][0] == '\0' || a[0][1] != '\0')
            continue;
        Str value = str_z(a[1]);
        if (a[0][0] == 'r' && (!reference(value, &r->column, &row) || row != r->row)) {
            refuse_reference(p);
            return;
        }
        if (a[0][0] == 't')
            r->type = type_of(value);
        if (a[0][0] == 's' && str_int(value, &style) && style >= 0 && (uint64_t)style < r->nkinds)
            r->kind = (NumberKind)r->kinds[style];
    }
    if (r->column >= XLSX_COLUMNS) {
        refuse_reference(p);
        return;
    }
    r->in_cell = true;
    gather_reset(&r->gather, p->depth + 1);
}

static void sheet_start(Part *p, const char *name, const char **attributes)
{
    XlsxReader *r = p->reader;
    switch (p->depth) {
    case 1: return;
    case 2: r->in_data = strcmp(name, "sheetData") == 0; return;
    case 3:
        if (r->in_data && strcmp(name, "row") == 0)
            start_row(p, attributes);
        return;
    case 4:
        if (r->in_row && strcmp(name, "c") == 0)
            start_cell(p, attributes);
        return;
    case 5:
        r->in_inline = r->in_cell && r->type == 'i' && strcmp(name, "is") == 0;
        r->in_value = r->in_cell && r->type != 'i' && strcmp(name, "v") == 0;
        return;
    default:
        if (r->in_inline)
            gather_start(&r->gather, p->depth, name);
        return;
    }
}

static void sheet_text(Part *p, const char *s, size_t n)
{
    XlsxReader *r = p->reader;
    if ((r->in_value && p->depth == 5) || (r->in_inline && r->gather.on))
        gather_add(&r->gather, s, n);
}

static void set_cell(XlsxReader *r, Str text, bool copy)
{
    if (r->column >= LIMIT_CSV_COLUMNS) {
        r->row_error = "xlsx.too_many_cells";
        return;
    }
    for (; r->len <= r->column; r->len++) {
        r->cells[r->len] = S("");
        r->own[r->len] = false;
    }
    r->own[r->column] = copy;
    if (copy) {
        r->offset[r->column] = r->texts.len;
        buf_add(&r->texts, text);
        if (!buf_ok(&r->texts)) { // the same cell again and again
            r->row_error = "xlsx.too_many_cells";
            r->texts.overflow = false;
        }
    }
    r->cells[r->column] = text;
}

static void shared_cell(Part *p, Str index)
{
    XlsxReader *r = p->reader;
    int64_t i = -1;
    if (!str_int(str_trim(index), &i) || i < 0 || (uint64_t)i >= r->nstrings) {
        part_refuse(p, STATUS_INVALID, "xlsx.damaged", "a cell's text is missing");
        return;
    }
    Str s = r->strings.ptr[i / STRING_BLOCK][i % STRING_BLOCK];
    if (s.ptr == NULL)
        r->row_error = "xlsx.cell_too_long";
    else if (s.len > 0)
        set_cell(r, s, false);
}

// ISO 8601 as strict workbooks have it: T becomes a blank, fractions and Z go.
static Str iso_text(char out[NUMBER_TEXT], Str v)
{
    char z[32] = { 0 };
    Instant t = { 0 };
    if (v.len < 19 || v.len > sizeof(z) - 2)
        return v;
    memcpy(z, v.ptr, v.len);
    size_t n = v.len;
    if (v.ptr[n - 1] != 'Z')
        z[n++] = 'Z';
    if (!instant_parse((Str){ z, n }, &t))
        return v;
    memcpy(out, v.ptr, 19);
    out[10] = ' ';
    return (Str){ out, 19 };
}

static void end_cell(Part *p)
{
    XlsxReader *r = p->reader;
    char out[NUMBER_TEXT];
    if (r->gather.too_long)
        r->row_error = "xlsx.cell_too_long";
    Str v = r->type == 'n' || r->type == 's' ? (Str){ r->gather.text, r->gather.len }
                                             : gather_text(&r->gather);
    if (v.len > 0 && !r->gather.too_long) {
        if (r->type == 's')
            shared_cell(p, v);
        else if (r->type == 'b')
            set_cell(r, str_eq(v, S("0")) || str_ieq(v, S("false")) ? S("FALSE") : S("TRUE"),
                     false);
        else if (r->type == 'd')
            set_cell(r, iso_text(out, v), true);
        else if (r->type == 'n')
            set_cell(r, number_text(out, str_trim(v), r->kind, r->is_1904), true);
        else
            set_cell(r, v, true);
    }
    r->in_cell = false;
    r->column++;
}

static void end_row(Part *p)
{
    XlsxReader *r = p->reader;
    r->in_row = false;
    for (size_t i = 0; i < r->len; i++)
        if (r->own[i])
            r->cells[i].ptr = r->texts.ptr + r->offset[i];
    if (r->len > 0 || r->row_error != NULL) {
        r->row_ready = true;
        part_pause(p);
    }
}

static void sheet_end(Part *p, const char *name)
{
    (void)name;
    XlsxReader *r = p->reader;
    if (p->depth == 5)
        r->in_value = r->in_inline = false;
    else if (p->depth > 5 && r->in_inline)
        gather_end(&r->gather, p->depth);
    else if (p->depth == 4 && r->in_cell)
        end_cell(p);
    else if (p->depth == 3 && r->in_row)
        end_row(p);
    else if (p->depth == 2)
        r->in_data = false;
}

const PartHandler xlsx_sheet_handler = { "worksheet", sheet_start, sheet_end, sheet_text };

Status xlsx_select(Ctx *cx, XlsxReader *r, size_t sheet)
{
    check(sheet < r->sheets.len);
    part_close(&r->part);
    r->in_data = r->in_row = r->in_cell = r->in_value = r->in_inline = r->row_ready = false;
    r->row = 0;
    r->selected = false;
    r->dead = STATUS_OK;
    if (r->texts.arena == NULL)
        r->texts = buf_new(r->arena, (size_t)LIMIT_CSV_COLUMNS * LIMIT_CSV_CELL);
    TRY(part_open(cx, r, r->sheets.ptr[sheet].entry, &xlsx_sheet_handler, &r->part));
    r->selected = true;
    return STATUS_OK;
}

static Status report_row(Ctx *cx, const XlsxReader *r)
{
    long long row = (long long)r->row;
    if (strcmp(r->row_error, "xlsx.cell_too_long") == 0)
        (void)FAIL(cx, INVALID, "xlsx.cell_too_long", NULL,
                   "row %lld: a cell is longer than %d bytes", row, LIMIT_CSV_CELL);
    else
        (void)FAIL(cx, INVALID, "xlsx.too_many_cells", NULL, "row %lld: more than %d cells", row,
                   LIMIT_CSV_COLUMNS);
    return ctx_fail_args(cx, STATUS_INVALID, arena_fmt(cx->arena, "%lld", row), (Str){ 0 });
}

Status xlsx_next(Ctx *cx, XlsxReader *r, Str **ret_cells, size_t *ret_len, int64_t *ret_row,
                 bool *ret_more)
{
    check(r->selected);
    *ret_more = false;
    *ret_len = 0;
    if (r->dead != STATUS_OK)
        return FAIL(cx, INVALID, "xlsx.damaged", NULL, "the sheet cannot be read on");
    if (r->part.done)
        return STATUS_OK;
    r->row_ready = false;
    r->dead = part_read(cx, &r->part);
    if (r->dead != STATUS_OK)
        return r->dead;
    if (!r->row_ready)
        return STATUS_OK;
    *ret_more = true;
    *ret_row = r->row;
    if (r->row_error != NULL)
        return report_row(cx, r);
    *ret_cells = r->cells;
    *ret_len = r->len;
    return STATUS_OK;
}
