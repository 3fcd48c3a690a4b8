// Inside of backups.
#ifndef GUANXI_BACKUP_BACKUP_INTERNAL_H
#define GUANXI_BACKUP_BACKUP_INTERNAL_H

#include "backup/backup.h"

enum {
    BACKUP_FORMAT = 1,
    BACKUP_BLOCK = 64 * 1024,
    MANIFEST_MAX = 64 * 1024 * 1024, // a line for every stored file
};
#define STORE_PATH "guanxi.db"

// One file of a backup.
typedef struct Part {
    Str name;            // in the backup: "0001.sealed"
    Str path;            // in the data directory: "guanxi.db", "files/ab/…"
    int64_t size, plain; // sealed and not
    Str sha256;          // hex, of the sealed bytes
} Part;

typedef struct Count {
    Str table;
    int64_t rows;
} Count;

typedef struct Manifest {
    Str program, key; // key: tells whether a key is the right one
    int64_t format, schema, created, change, files, bytes;
    Str change_hash, list_sum;
    VEC(Part) parts;
    VEC(Count) counts;
} Manifest;

// --- seal_file.c
typedef Status (*Moved)(void *arg, int64_t bytes);
Status seal_file(Ctx *cx, const uint8_t key[KEY_BYTES], const char *from, const char *to,
                 Part *part, Moved moved, void *arg) MUST_USE;
// Checks size and sum while reading, then writes the plain file.
Status unseal_file(Ctx *cx, const uint8_t key[KEY_BYTES], const char *from, const char *to,
                   const Part *part) MUST_USE;
Status check_sum(Ctx *cx, const char *path, const Part *part) MUST_USE;

// --- manifest.c
Str key_mark(Arena *a, const uint8_t key[KEY_BYTES]);
Status manifest_write(Ctx *cx, const uint8_t key[KEY_BYTES], const char *dir,
                      const Manifest *m) MUST_USE;
// With a key also its digest is checked; without, only what it says is read.
Status manifest_read(Ctx *cx, const uint8_t *key, const char *dir, Manifest *ret) MUST_USE;
// Rows of all tables that are there, the newest change and the schema, from a store.
Status manifest_count(Ctx *cx, const BackupSource *s, Store *store, Manifest *m) MUST_USE;
BackupFacts manifest_facts(Arena *a, Str name, const Manifest *m);

Status broken(Ctx *cx, Str what);

#endif
