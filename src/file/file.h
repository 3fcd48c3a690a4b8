// Stored files: content in the data directory under random names, row in table stored_file (name,
// type, size, SHA-256, owner record). Served only as the record they belong to (B8).
#ifndef GUANXI_FILE_FILE_H
#define GUANXI_FILE_FILE_H

#include "change/change.h"

typedef struct Files {
    const char *dir; // "<data>/files"
} Files;

typedef struct StoredFile {
    Id id;
    Str name, type, path; // path on disk
    int64_t size;
    Str sha256;
    Str entity;
    Id record;
    Instant expires_at; // 0: kept
} StoredFile;

// Moves the file at `from` in. Type is judged by content against the allow list; INVALID
// "file.type" otherwise (kind "any" takes everything, for imports and results).
Status file_add(Ctx *cx, Db *db, const Files *f, const char *from, Str name, const char *kind,
                const char *entity, Id record, Instant expires_at, StoredFile *ret) MUST_USE;
Status file_find(Ctx *cx, Db *db, const Files *f, Id id, StoredFile *ret) MUST_USE;
Status file_remove(Ctx *cx, Db *db, const Files *f, Id id) MUST_USE;
// Removes expired files and files on disk without a row; returns how many.
Status file_sweep(Ctx *cx, Store *s, const Files *f, int64_t *ret) MUST_USE;
// Name fit for Content-Disposition: no path, no control characters, at most 120 code points.
Str file_clean_name(Arena *a, Str name);

#endif
