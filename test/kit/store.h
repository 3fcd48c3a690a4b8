// A migrated store with a catalog, for tests above db/: on SQLite and on PostgreSQL.
#ifndef GUANXI_TEST_STORE_H
#define GUANXI_TEST_STORE_H

#include "entity/access.h"

typedef struct KitStore {
    Ctx *cx; // of the test, with catalog and the rights of the system
    Store *store;
    Catalog *catalog; // zone Asia/Shanghai, CNY, fixed test keys
    Keyring *keys;
    const char *path; // of the SQLite file; NULL on PostgreSQL
} KitStore;

// Opens an empty store, applies every src/*/sql/NNNN_*.sql in order of number and builds a catalog
// of these entities. False when this database is not installed (the test is skipped) or when
// something failed (the test has failed). Close with CLEANUP(kit_store_close).
bool kit_store(KitStore *ret, bool postgres, const Entity *const *entities, size_t n);
void kit_store_close(KitStore *s);
// The whole file of the SQLite store, its log written back: to look for clear text.
Str kit_store_bytes(KitStore *s);

#endif
