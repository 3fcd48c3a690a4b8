// Prepared statements of one connection, found by their text; the least recently used go first.
#ifndef GUANXI_DB_CACHE_H
#define GUANXI_DB_CACHE_H

#include "db/sql.h"

enum { CACHE_MOST = 256, CACHE_SLOTS = 512 };

typedef struct CacheEntry {
    struct CacheEntry *chain, *older, *newer;
    uint64_t hash;
    Str text;
    // PostgreSQL: the parameter kinds it was prepared with. A NULL fits every kind, and a parameter
    // that was NULL then was left to the server and so fits every kind too.
    uint8_t *kinds;
    size_t nkinds;
    void *handle;  // sqlite3_stmt *
    uint64_t name; // PostgreSQL: the number in its name
    bool busy;     // being stepped: neither to be shared nor to be dropped
} CacheEntry;

typedef struct Cache {
    CacheEntry *slots[CACHE_SLOTS];
    CacheEntry *newest, *oldest;
    size_t len;
    void (*drop)(Db *db, CacheEntry *e); // releases the driver's part
    Db *db;
} Cache;

// The entry that fits, now the most recently used; NULL when there is none.
CacheEntry *cache_find(Cache *c, const Sql *q, bool by_kinds);
CacheEntry *cache_add(Cache *c, const Sql *q, bool by_kinds);
void cache_clear(Cache *c);

#endif
