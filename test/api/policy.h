// test/data/api/policy.txt: what the roles may do, as written by hand.
#ifndef GUANXI_TEST_API_POLICY_H
#define GUANXI_TEST_API_POLICY_H

#include "place.h"

typedef struct PolicyRoute {
    Str method, path, allowed; // allowed: words of roles and sets
    bool used;
} PolicyRoute;

typedef struct PolicyLine {
    Str head, text; // "own department", "own=w same=-"; "customers", "name phone"
} PolicyLine;

typedef struct Policy {
    VEC(PolicyRoute) routes;
    VEC(PolicyLine) sets, scopes, writes;
} Policy;

Policy policy_read(void);
PolicyRoute *policy_route(Policy *p, const char *method, const char *path); // NULL: no line
bool policy_allows(const Policy *p, Str words, Str role);                   // with sets inside sets
Str policy_line(const Policy *p, Str collection);                           // of the writes
// The value of "key=value" in a line of such words; empty when missing.
Str policy_word(Str line, Str key);

#endif
