// Every read of records goes through here: permission, data scope, field access, filter, search,
// sort, paging in one compiled statement.
#ifndef GUANXI_ENTITY_QUERY_H
#define GUANXI_ENTITY_QUERY_H

#include "entity/access.h"
#include "entity/filter.h"

typedef struct SortKey {
    const Field *field;
    bool desc;
} SortKey;

typedef enum Bin { BIN_LIVE, BIN_DELETED, BIN_BOTH } Bin;

typedef struct Query {
    const EntityInfo *info;
    const Filter *filter; // NULL: all
    Str q;                // quick search
    SortKey sort[LIMIT_SORT_KEYS];
    size_t nsort; // the id is always the last key, in the direction of the first
    int limit;
    Str cursor;   // from the page before
    Mask only;    // fields to load
    bool operate; // check the operate scope instead of the view scope
    Bin bin;
    const int64_t *ids; // only these
    size_t nids;
} Query;

// All fields the caller may read, default sort (-id), default limit.
Query query_of(const Ctx *cx, const EntityInfo *e);
// Reads filter, q, sort, limit, cursor, fields, deleted from a JSON object ("filter" as tree) or
// from texts of a query string. Names are resolved and checked against the caller's access.
Status query_from_json(Ctx *cx, Query *query, const Json *object) MUST_USE;
Status query_set_filter(Ctx *cx, Query *query, Str json) MUST_USE;
Status query_set_sort(Ctx *cx, Query *query, Str names) MUST_USE;   // "-net_amount,name"
Status query_set_fields(Ctx *cx, Query *query, Str names) MUST_USE; // "id,name"

// fn is called per row in order; rows live until it returns (scratch arena). Returns the cursor of
// the next page (empty at the end) in *ret_next, which may be NULL.
typedef Status (*RowFn)(Ctx *cx, const void *row, void *arg);
Status query_each(Ctx *cx, Db *db, const Query *query, RowFn fn, void *arg, Str *ret_next) MUST_USE;
Status query_count(Ctx *cx, Db *db, const Query *query, int64_t *ret) MUST_USE;
// One record with the same checks; NOT_FOUND when missing or out of scope.
Status query_one(Ctx *cx, Db *db, const EntityInfo *e, Id id, void *row) MUST_USE;
Status query_one_to_change(Ctx *cx, Db *db, const EntityInfo *e, Id id, Bin bin,
                           void *row) MUST_USE;
// Rows into memory, at most query->limit.
typedef struct Rows {
    void **ptr;
    size_t len;
    Str next;
} Rows;
Status query_rows(Ctx *cx, Db *db, const Query *query, Rows *ret) MUST_USE;
// WHERE part alone ("(…)" over alias t, s), for hand-written statements that must obey the scope.
Status query_where(Ctx *cx, Sql *q, const Query *query) MUST_USE;
bool query_needs_stat(const Query *query);
// Rows of the whole answer by keyset pages of 1,000, each on its own snapshot (exports).
Status query_stream(Ctx *cx, Store *s, const Query *query, RowFn fn, void *arg) MUST_USE;

// Aggregates: {measures:[{fn, field}], group:[{field, by}], filter, q, limit} -> {"rows":[…]}
Status query_aggregate(Ctx *cx, Db *db, const EntityInfo *e, const Json *request,
                       JsonOut *j) MUST_USE;

// Names of referenced records for display, gathered for a page of rows.
typedef struct RefNames RefNames;
Status refs_load(Ctx *cx, Db *db, const EntityInfo *e, void *const *rows, size_t n,
                 const Mask *only, RefNames **ret) MUST_USE;
Str refs_name(const RefNames *r, const Field *f, int64_t id); // empty when unknown
// {"items":[…],"next":…,"count":…}
Status query_list_json(Ctx *cx, Db *db, const Query *query, bool count, JsonOut *j) MUST_USE;
Status query_record_json(Ctx *cx, Db *db, const EntityInfo *e, const void *row,
                         JsonOut *j) MUST_USE;

#endif
