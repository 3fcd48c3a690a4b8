// For the tests of db/: every story runs on SQLite and on PostgreSQL.
#ifndef GUANXI_DB_PLACE_TEST_H
#define GUANXI_DB_PLACE_TEST_H

#include "db/db.h"
#include "os/os.h"

typedef struct Place {
    StoreOptions options;
    bool there;
} Place;

Place place_sqlite(void);
Place place_postgres(void);
// An open store with the tables of the stories: thing(id, name UNIQUE, n, data, raw, parent),
// thing_search, pair, late.
Store *place_open(const Place *p);

// With kit/kit.h.
#define BOTH(name)                                                                                 \
    static void story_##name(const Place *p);                                                      \
    TEST(name##_on_sqlite)                                                                         \
    {                                                                                              \
        Place p = place_sqlite();                                                                  \
        story_##name(&p);                                                                          \
    }                                                                                              \
    TEST(name##_on_postgres)                                                                       \
    {                                                                                              \
        Place p = place_postgres();                                                                \
        if (p.there)                                                                               \
            story_##name(&p);                                                                      \
    }                                                                                              \
    static void story_##name(const Place *p)

// Small statements of the stories.
Status thing_insert(Ctx *cx, Db *db, int64_t id, Str name, int64_t n);
int64_t count_things(Ctx *cx, Store *s);
// A thread's own context; its arena must be reset by the caller.
Ctx thread_ctx(Arena *a);

#endif
