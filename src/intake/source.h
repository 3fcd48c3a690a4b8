// A file as rows: how it is written, its headings, and a working copy that can be read in order.
#ifndef GUANXI_INTAKE_SOURCE_H
#define GUANXI_INTAKE_SOURCE_H

#include "csv/csv.h"
#include "intake/targets.h"
#include "job/job.h"
#include "os/os.h"

typedef struct SourceSpec {
    const char *path;
    bool xlsx;
    Charset charset;
    char delimiter;
    int64_t sheet;
} SourceSpec;

enum { LOOK_ROWS = 20 };

// The beginning of a file.
typedef struct SourceLook {
    SourceSpec spec; // with what was found out
    Str *headings;
    size_t n;
    Str *samples; // nrows x n
    size_t nrows;
    Str *sheets;
    size_t nsheets;
} SourceLook;

// Finds out charset and delimiter (unless `keep` says to obey spec) and reads headings and samples.
// INVALID for what is no table: binary, without a heading, a broken workbook.
Status source_look(Ctx *cx, const SourceSpec *spec, bool keep, SourceLook *ret) MUST_USE;
// The whole file as UTF-8 CSV with commas or its own delimiter at `to`; *ret_delimiter says which.
Status source_copy(Ctx *cx, const SourceSpec *spec, const char *to, char *ret_delimiter) MUST_USE;

// The working copy, with the rows of one order next to each other.
typedef struct Spool {
    const char *path;
    char delimiter;
    int64_t rows; // without the heading
    // When rows had to be moved: the number in the source of each row; NULL otherwise.
    int64_t *numbers;
    size_t key[4]; // columns whose cell (the first that holds something) says which rows belong
                   // together
    size_t nkey;
    size_t
        follow; // a row without a key belongs to the one before when this column is empty; SIZE_MAX
} Spool;
// Counts, and when rows of one key are apart, writes a second file in which they are not.
// `progress` may be NULL.
Status spool_make(Ctx *cx, const SourceSpec *spec, const char *dir, JobRun *progress,
                  Spool *io) MUST_USE;

typedef struct SpoolReader {
    Arena arena;
    File *file;
    CsvReader *csv;
    CsvRow row;
    int64_t number; // of this row in the source, from 1, heading included
    int64_t count;  // rows read, without the heading
    Status broken;  // of this row: INVALID with its error in the context
    const Spool *spool;
} SpoolReader;
// Stands behind the heading.
Status spool_open(Ctx *cx, const Spool *s, SpoolReader *ret) MUST_USE;
Status spool_next(Ctx *cx, SpoolReader *r, bool *ret_more) MUST_USE;
void spool_close(SpoolReader *r);
// The cell that says which order a row belongs to, cleaned; empty when there is none.
Str spool_key(const Spool *s, const CsvRow *row);
bool spool_follows(const Spool *s, const CsvRow *row);

#endif
