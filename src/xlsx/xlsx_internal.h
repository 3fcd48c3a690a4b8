// Inside xlsx/: one XML part read as a stream, and what the reader knows of its workbook.
#ifndef GUANXI_XLSX_XLSX_INTERNAL_H
#define GUANXI_XLSX_XLSX_INTERNAL_H

#include "xlsx/xlsx.h"

#include <expat.h>
#include <zip.h>

enum {
    XLSX_ENTRIES = 1000,
    XLSX_INFLATED = 1024 * 1024 * 1024,
    XLSX_RATIO = 200,
    XLSX_RATIO_FROM = 1024 * 1024, // smaller parts may be as dense as they like
    XLSX_DIRECTORY = 1024 * 1024,  // bytes of the archive's table of contents
    XLSX_SHARED = 256 * 1024 * 1024,
    XLSX_TOKEN = 256 * 1024, // a tag, a comment: what the parser must hold at once
    XLSX_DEPTH = 64,
    XLSX_NAMES = 2000, // distinct names: the parser keeps each of them
    XLSX_SHEETS = 255,
    XLSX_STYLES = 65536,
    XLSX_ROWS = 1048576,
    XLSX_COLUMNS = 16384,
};

// A file in memory instead of on disk: for fuzzing and tests. `bytes` must outlive the reader.
Status xlsx_open_memory(Ctx *cx, Arena *a, Str bytes, XlsxReader **ret) MUST_USE;

// --- parts

typedef struct Part Part;
typedef struct PartHandler {
    const char *root; // local name of the outermost element
    // depth is 1 for the root; names come without prefix
    void (*start)(Part *p, const char *name, const char **attributes);
    void (*end)(Part *p, const char *name);
    void (*text)(Part *p, const char *s, size_t n);
} PartHandler;

struct Part {
    XlsxReader *reader;
    const PartHandler *handler;
    zip_file_t *file;
    XML_Parser parser;
    uint64_t size, fed; // promised by the archive, and seen
    int depth;
    bool paused, last, done, begun;
    uint64_t names_seen[128];
    size_t names;
    Status fail_status; // OK, or why a handler stopped the parser
    const char *fail_code, *fail_text;
};

// Opens entry `index` for reading.
Status part_open(Ctx *cx, XlsxReader *r, int64_t index, const PartHandler *handler,
                 Part *ret) MUST_USE;
// Reads on until a handler pauses or the part ends (p->done).
Status part_read(Ctx *cx, Part *p) MUST_USE;
// Opens, reads to the end and closes.
Status part_whole(Ctx *cx, XlsxReader *r, int64_t index, const PartHandler *handler) MUST_USE;
void part_close(Part *p);
// For handlers: ends the reading with an error; pauses it after a row.
void part_refuse(Part *p, Status status, const char *code, const char *text);
void part_pause(Part *p);
// Attribute by local name; NULL ptr when missing.
Str part_attribute(const char **attributes, const char *name);

// --- texts

// Characters of one <si> or <is>: <t> and <r><t>, not <rPh><t>. `base` is the element's depth.
typedef struct Gather {
    int base;
    bool in_run, on, too_long;
    size_t len;
    char text[LIMIT_CSV_CELL];
} Gather;

void gather_reset(Gather *g, int base);
void gather_start(Gather *g, int depth, const char *name);
void gather_end(Gather *g, int depth);
void gather_add(Gather *g, const char *s, size_t n);
// _x000D_ and the like to their characters, in place.
Str gather_text(Gather *g);

// --- numbers

typedef enum NumberKind {
    KIND_NUMBER,
    KIND_DATE,
    KIND_TIME,
    KIND_DATE_TIME,
    KIND_ELAPSED, // [h]:mm
} NumberKind;

NumberKind number_kind_of_id(int64_t id);
NumberKind number_kind_of_format(Str code);
enum { NUMBER_TEXT = 400 };
// Writes v as the contract of xlsx_next says; what is no number comes out as it is, cut to fit.
Str number_text(char out[NUMBER_TEXT], Str v, NumberKind kind, bool is_1904);

// --- the workbook

enum { STRING_BLOCK = 1024 };
typedef struct Sheet {
    Str name;
    Str relation; // r:id
    int64_t entry;
} Sheet;

typedef struct Relation {
    Str id, type, target;
} Relation;

struct XlsxReader {
    Arena *arena;
    zip_t *zip;
    uint64_t file_size;
    Map entries; // name in small letters -> index + 1
    Str folder;  // of the part whose relations are being read
    VEC(Relation) relations;
    VEC(Sheet) sheets;
    bool is_1904;

    Map formats; // numFmtId -> NumberKind + 1
    bool in_cell_formats;
    uint8_t *kinds; // per cell style
    size_t nkinds, kinds_cap;

    VEC(Str *) strings; // blocks of STRING_BLOCK
    size_t nstrings, shared_bytes;

    Part part; // the sheet being read
    bool selected;
    Status dead; // not OK: the sheet cannot be read on
    bool in_data, in_row, in_cell, in_value, in_inline, row_ready;
    const char *row_error;
    int64_t row;
    size_t column, len;
    char type;
    NumberKind kind;
    Gather gather;
    Buf texts; // of this row
    Str cells[LIMIT_CSV_COLUMNS];
    bool own[LIMIT_CSV_COLUMNS]; // ptr is an offset into texts
    size_t offset[LIMIT_CSV_COLUMNS];
};

extern const PartHandler xlsx_sheet_handler;
extern const PartHandler xlsx_strings_handler;
extern const PartHandler xlsx_styles_handler;

#endif
