// The one filter language: a JSON tree, parsed once into a typed tree with names resolved, then
// given to a back end (SQL here; the column engine later). Meaning is two-valued: a missing value
// fails every comparison except ne, not_in, empty; `not` is the exact complement.
#ifndef GUANXI_ENTITY_FILTER_H
#define GUANXI_ENTITY_FILTER_H

#include "entity/entity.h"

typedef enum FilterKind {
    FILTER_ALL,
    FILTER_ANY,
    FILTER_NOT,
    FILTER_FIELD,
    FILTER_RELATED,
} FilterKind;

// clang-format off
#define FILTER_OPS(X) \
    X(EQ, "eq") \
    X(NE, "ne") \
    X(IN, "in") \
    X(NOT_IN, "not_in") \
    X(GT, "gt") \
    X(GTE, "gte") \
    X(LT, "lt") \
    X(LTE, "lte") \
    X(BETWEEN, "between") \
    X(CONTAINS, "contains") \
    X(STARTS, "starts") \
    X(ENDS, "ends") \
    X(EMPTY, "empty") \
    X(NOT_EMPTY, "not_empty") \
    X(MATCHES, "matches")
// clang-format on

typedef enum FilterOp {
#define X(id, name) OP_##id,
    FILTER_OPS(X)
#undef X
} FilterOp;

typedef struct Filter Filter;
struct Filter {
    FilterKind kind;
    const Filter *first, *next; // children of ALL, ANY, NOT
    const Field *field;         // FILTER_FIELD
    FilterOp op;                // relative dates are resolved to GTE/LT/BETWEEN against cx->now
    const Value *values;
    size_t nvalues;
    const Relation *relation; // FILTER_RELATED: how many (or how much) of the related rows …
    const EntityInfo *related;
    const Filter *where; // … that satisfy this (NULL: any)
    const Field *sum;    // NULL: count
    bool exists;         // no measure given: at least one
};

// INVALID (422) with the path of the fault ("filter.all[1].op"): unknown field or operator, wrong
// kind of value, over LIMIT_FILTER_NODES / DEPTH / VALUES; FORBIDDEN for fields the caller may not
// read in full. A NULL or null node gives NULL: everything.
Status filter_parse(Ctx *cx, const EntityInfo *e, const Json *node, const Filter **ret) MUST_USE;
Status filter_parse_text(Ctx *cx, const EntityInfo *e, Str json, const Filter **ret) MUST_USE;
// A condition in parentheses over alias t (and s for totals).
Status filter_sql(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f) MUST_USE;
bool filter_needs_stat(const Filter *f);
Str filter_op_name(FilterOp op);

#endif
