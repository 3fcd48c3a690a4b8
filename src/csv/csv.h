// CSV as merchants really have it (RFC 4180 and its relatives): any delimiter, quotes doubled
// inside quotes, CR, LF or CRLF, line breaks inside quotes, bare ="..." cells, a BOM, a last line
// without an end. A bare ="0012" reads as 0012; the same inside quotes stays as written. A quote
// inside quotes that closes nothing is taken as written. A state machine over blocks of bytes:
// constant memory, any file size.
#ifndef GUANXI_CSV_CSV_H
#define GUANXI_CSV_CSV_H

#include "base/base.h"

typedef struct CsvDialect {
    char delimiter; // ',' ';' '\t' '|'
    char quote;     // '"', or 0 for none
} CsvDialect;

// The delimiter that splits the first lines most evenly; ',' when in doubt.
CsvDialect csv_detect(Str head);

typedef struct CsvRow {
    Str *cells; // valid until the next csv_next
    size_t len;
    int64_t row;  // from 1, header included
    int64_t line; // physical line where the row starts, from 1
    int64_t at;   // byte offset of the row in the fed bytes
} CsvRow;

typedef struct CsvReader CsvReader;
// Where bytes come from: fills `to`, returns the count, 0 at the end. UTF-8 expected (see text/ for
// decoding in front of it).
typedef Status (*CsvFill)(Ctx *cx, void *source, char *to, size_t max, size_t *ret_n);
CsvReader *csv_open(Arena *a, CsvDialect d, CsvFill fill, void *source);
// From memory, for tests and small texts.
CsvReader *csv_open_str(Arena *a, CsvDialect d, Str text);
// *ret_more = false at the end. Rows over the limits (512 columns, 32 KiB a cell) and an
// unterminated quote at the end come back as INVALID with `ret` naming row and line; reading may go
// on after the former. Blank lines are skipped. Codes: csv.too_many_cells, csv.cell_too_long,
// csv.quote_open, each with {0} = row and {1} = line.
Status csv_next(Ctx *cx, CsvReader *r, CsvRow *ret, bool *ret_more) MUST_USE;
// The row's own bytes as they stood in the source, without the line end; valid like the cells. Of a
// row that was too long only the beginning.
Str csv_raw(const CsvReader *r);

// --- out: RFC 4180, CRLF, quotes only where needed. `safe` defuses spreadsheet formulas as
// SECURITY D4 asks: a text cell whose first character after blanks, controls, BOM and quotes is one
// of = + - @ % | or their full-width forms, or which begins with TAB or CR, gets a leading '.
void csv_cell(Buf *b, Str cell, bool safe);
void csv_sep(Buf *b); // ,
void csv_end(Buf *b); // CRLF

#endif
