// XLSX in and out. Reading treats the file as hostile: libzip + expat, no DOCTYPE, no external
// relations, inflated size, ratio, entries, rows, columns and cell size bounded (DESIGN 13); runs
// in a limited child process (os_child_start) that writes rows to a pipe.
#ifndef GUANXI_XLSX_XLSX_H
#define GUANXI_XLSX_XLSX_H

#include "base/base.h"

// --- in: errors are INVALID or TOO_LARGE with codes xlsx.not_a_workbook, .old_format, .encrypted,
// .forbidden, .too_large, .damaged, .reference, .cell_too_long, .too_many_cells; INTERNAL
// xlsx.file when the file itself cannot be read.
typedef struct XlsxReader XlsxReader;
Status xlsx_open(Ctx *cx, Arena *a, const char *path, XlsxReader **ret) MUST_USE;
size_t xlsx_sheets(const XlsxReader *r);
Str xlsx_sheet_name(const XlsxReader *r, size_t sheet);
// Starts reading a sheet from its first row.
// A sheet may be chosen again, and in the middle of another.
Status xlsx_select(Ctx *cx, XlsxReader *r, size_t sheet) MUST_USE;
// Cells as text: numbers in their shortest exact form, dates and times by the cell's number format
// as "2011-12-09 12:50:00" or "2011-12-09" (1900 and 1904 systems), booleans TRUE/FALSE, errors as
// written, formulas by their stored value, rich text joined, phonetic runs skipped. Empty rows are
// skipped; *ret_row counts from 1 as the sheet does. Valid until the next call. A cell over 32 KiB
// or beyond column 512 is INVALID with *ret_more true: the row is lost, reading may go on. Any
// other error ends the sheet. Memory: one row, and the workbook's shared texts (at most 256 MiB).
Status xlsx_next(Ctx *cx, XlsxReader *r, Str **ret_cells, size_t *ret_len, int64_t *ret_row,
                 bool *ret_more) MUST_USE;
void xlsx_close(XlsxReader **r); // for CLEANUP() too

// --- out: libxlsxwriter in constant-memory mode; texts are always strings, never formulas, and cut
// at 32,767 characters. Numbers a sheet cannot hold exactly (over 15 digits) and days before
// 1900-03-01 are written as text. Columns count from 0; those from 512 on are left out.
typedef struct XlsxWriter XlsxWriter;
Status xlsx_create(Ctx *cx, const char *path, Str sheet, XlsxWriter **ret) MUST_USE;
void xlsx_width(XlsxWriter *w, size_t column, double characters);
// Bold, frozen, with filter, and again in every further sheet. Before the first row.
void xlsx_head(XlsxWriter *w, const Str *cells, size_t n);
void xlsx_text(XlsxWriter *w, size_t column, Str s);
void xlsx_int(XlsxWriter *w, size_t column, int64_t v);
void xlsx_money(XlsxWriter *w, size_t column, int64_t e4, int decimals);
void xlsx_date(XlsxWriter *w, size_t column, Day d);
void xlsx_time(XlsxWriter *w, size_t column, Clock local);
void xlsx_row_end(XlsxWriter *w);
// At most 1,048,576 rows a sheet; further rows go on in "Sheet (2)". On failure there is no file:
// FULL when the disk is full, else INTERNAL. *w is gone either way.
Status xlsx_finish(Ctx *cx, XlsxWriter **w) MUST_USE;
void xlsx_writer_cleanup(XlsxWriter **w);

#endif
