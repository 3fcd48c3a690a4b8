// What the benches share: a store filled straight through the tables, clocks, rows of the result.
#ifndef GUANXI_BENCH_BENCH_H
#define GUANXI_BENCH_BENCH_H

#include "app/wiring.h"

// A store with all migrations and a catalog of all entities, and the rights of the system.
typedef struct Bench {
    Arena arena;
    Ctx cx;
    Store *store;
    Keyring *keys;
    Catalog *catalog;
} Bench;
// Opens or makes the store in a folder; with the key file beside it when there is one. Ends the
// process when that fails.
void bench_open(Bench *b, const char *folder);
void bench_close(Bench *b);
void bench_must(const Bench *b, Status s, const char *what);

// Customers with totals and search index, ten orders each, by bulk inserts past change/: nothing
// but reading may be measured on it. Does nothing when they are there already.
void bench_fill(Bench *b, int64_t customers);

typedef struct Times {
    int64_t *us;
    size_t len;
} Times;
int64_t times_part(Times *t, int per_mille); // microseconds; sorts
// bench<TAB>what<TAB>ours<TAB>rival<TAB>ratio
void bench_row(const char *bench, const char *what, Str ours, Str rival, Str ratio);
// A new folder under $TMPDIR or /tmp, into the arena; the caller removes it.
const char *bench_folder(Arena *a);
bool bench_deep(int argc, char **argv);

#endif
