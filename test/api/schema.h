// Answers checked against the document the program gives of itself: the subset of JSON Schema that
// its OpenAPI uses.
#ifndef GUANXI_TEST_API_SCHEMA_H
#define GUANXI_TEST_API_SCHEMA_H

#include "place.h"

typedef struct ApiDoc {
    const Json *doc;
} ApiDoc;

ApiDoc api_doc(Caller *c); // as this caller gets it
// The fault of a 2xx answer of the route (pattern path, as in the route table); empty when it fits.
Str api_fault(const ApiDoc *d, Method m, const char *path, const Answer *a);
// The fault of a value against a named schema.
Str schema_fault(const ApiDoc *d, const char *name, const Json *value);

#endif
