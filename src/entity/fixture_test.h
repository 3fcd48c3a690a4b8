// An entity with a field of every kind, for the tests of this folder: its table, two hundred rows
// of chance with gaps and ties, children that point at them, custom fields.
#ifndef GUANXI_ENTITY_FIXTURE_TEST_H
#define GUANXI_ENTITY_FIXTURE_TEST_H

#include "entity/query_internal.h"
#include "kit/kit.h"
#include "kit/store.h"

typedef struct Sample {
    RowHead row;
    Id id;
    Str name, code;
    int64_t num;
    bool flag;
    Id friend_id;
    Money amount;
    Decimal rate;
    Instant at;
    Day on_day;
    Choice color;
    JsonDoc doc;
    Id owner_id, department_id;
    Money total;
    int64_t version;
    Instant created_at, updated_at, deleted_at;
} Sample;

enum {
    SAMPLE_id,
    SAMPLE_name,
    SAMPLE_code,
    SAMPLE_num,
    SAMPLE_flag,
    SAMPLE_friend_id,
    SAMPLE_amount,
    SAMPLE_rate,
    SAMPLE_at,
    SAMPLE_on_day,
    SAMPLE_color,
    SAMPLE_doc,
    SAMPLE_owner_id,
    SAMPLE_department_id,
    SAMPLE_total,
};

typedef struct Child {
    RowHead row;
    Id id, sample_id;
    Str label;
    int64_t size;
    int64_t version;
    Instant created_at, updated_at, deleted_at;
} Child;

extern const Entity sample_entity, child_entity;
extern bool fixture_refuses; // samples cannot be made or restored

enum { SAMPLES = 200, CHILDREN = 260 };

typedef struct Samples {
    KitStore kit;
    const EntityInfo *info, *children;
    Sample *rows[SAMPLES]; // as they were put in
    Child *kids[CHILDREN];
} Samples;

// With rows when `fill`. False: not here, skipped.
bool samples_open(Samples *s, bool postgres, bool fill);
void samples_close(Samples *s);
// Chance that is the same in every run.
uint64_t chance(void);
void chance_seed(uint64_t seed);
int chance_below(int n);
Status samples_write(Samples *s, WriteFn fn, void *arg);
const Filter *filter_of(Samples *s, Str json); // NULL and a failed check when it is refused
// Ids that a filter finds, in order.
typedef struct Ids {
    int64_t ptr[SAMPLES];
    size_t len;
} Ids;
bool ids_found(Samples *s, const Filter *f, Ids *ret);

#endif
