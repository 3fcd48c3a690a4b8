// Backups of a running store (SQLite): a folder that is there whole or not at all. In it
// manifest.json (versions, time, size and SHA-256 of every file, rows of every table, the newest
// change and its hash), manifest.mac (the manifest's keyed digest) and the sealed files: the store,
// copied by the backup API while others write, and the stored files. Sealed with a key derived from
// the master key, so a backup is worth nothing without the key file, which is not in it.
#ifndef GUANXI_BACKUP_BACKUP_H
#define GUANXI_BACKUP_BACKUP_H

#include "api/app.h"

// What is being backed up. The modules' entities say which tables are counted.
typedef struct BackupSource {
    Store *store;
    const Keyring *keys;
    const char *files_dir;
    const Module *const *modules;
    size_t nmodules;
    Status (*progress)(void *arg, int64_t done, int64_t total); // bytes; may be NULL
    void *arg;
} BackupSource;

typedef struct BackupFacts {
    Str name; // its folder: "20260115T080000Z"
    Instant created;
    Str program;
    int64_t schema, files, bytes, rows, changes;
} BackupFacts;

// Writes <folder>/<UTC time>/. Until it is whole it is called <UTC time>.part; such leftovers of
// earlier attempts are removed. INVALID "backup.postgres" on PostgreSQL: pg_dump is the way there.
Status backup_make(Ctx *cx, const BackupSource *s, const char *folder, BackupFacts *ret) MUST_USE;
// Proves that a backup restores: sums, seals, integrity, foreign keys, data keys, chain of changes,
// schema and counts, on a copy in `temp`, a folder that must not exist and is removed. INVALID
// "backup.broken" says what is wrong; UNAVAILABLE "key.wrong" when it was sealed by another key.
Status backup_verify(Ctx *cx, const BackupSource *s, const char *dir, const char *temp,
                     BackupFacts *ret) MUST_USE;
// The same, and leaves the copy as `data`, which must be missing or empty: CONFLICT "restore.used".
Status backup_restore(Ctx *cx, const BackupSource *s, const char *dir, const char *data,
                      BackupFacts *ret) MUST_USE;
// The backups in a folder, oldest first; what is no backup is passed over. Reads manifests only.
typedef struct BackupList {
    BackupFacts *ptr;
    size_t len;
} BackupList;
Status backup_list(Ctx *cx, const char *folder, BackupList *ret) MUST_USE;
// Removes the oldest until `keep` are left.
Status backup_prune(Ctx *cx, const char *folder, int64_t keep, int64_t *ret_removed) MUST_USE;

extern const Module backup_module; // routes, job, setting backup.keep

#endif
