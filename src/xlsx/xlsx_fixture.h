// For the tests of xlsx/: workbooks made by hand, part by part.
#ifndef GUANXI_XLSX_XLSX_FIXTURE_H
#define GUANXI_XLSX_XLSX_FIXTURE_H

#include "xlsx/xlsx_internal.h"

typedef struct Entry {
    const char *name;
    Str content;
    bool stored; // not deflated
} Entry;

// The archive's bytes.
Str fixture_zip(const Entry *entries, size_t n);

// NULL ptr: the usual content; LEFT_OUT: no such entry. `sheet` is what stands inside <worksheet>.
#define LEFT_OUT ((Str){ "", 0 })
typedef struct Book {
    Str sheet, strings, styles, workbook, relations, root;
    const Entry *more;
    size_t nmore;
} Book;

Str fixture_book(const Book *b);

// The first sheet as text: rows as number and cells in [], errors as !code; an error of opening
// or selecting as !code alone.
Str fixture_told(Str bytes);

#define XML     "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

#endif
