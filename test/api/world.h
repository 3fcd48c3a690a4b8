// Customers of every record class with what hangs on them, and askers with a data scope.
#ifndef GUANXI_TEST_API_WORLD_H
#define GUANXI_TEST_API_WORLD_H

#include "place.h"

typedef enum RecordClass {
    CLASS_OWN,
    CLASS_SAME,
    CLASS_SUB,
    CLASS_ABOVE,
    CLASS_OTHER,
    CLASS_UNOWNED,
    CLASS_DELETED,
    CLASS_MISSING,
    CLASSES
} RecordClass;
const char *class_name(RecordClass c);

// One customer and his contact, address, order; ids of what never was for CLASS_MISSING.
typedef struct Family {
    int64_t customer, contact, address, identity, order, refund;
    const char *marker; // stands in every text of the family
} Family;

typedef struct World {
    Place *place;
    Caller admin, asker;
    int64_t shop, product;
    Family families[CLASSES];
} World;

// The asker sits in the left department and holds this role.
void world_make(World *w, Place *p);
void world_ask_as(World *w, const char *view, const char *operate, const char *fields);

#endif
