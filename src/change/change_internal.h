// Shared by the files of change/ only.
#ifndef GUANXI_CHANGE_CHANGE_INTERNAL_H
#define GUANXI_CHANGE_CHANGE_INTERNAL_H

#include "change/change.h"

// A change row waiting for the end of its transaction.
typedef struct PendingRow {
    struct PendingRow *next;
    ChangeAction action;
    const char *entity;
    Id record;
    int64_t version;
    Str reason;
    Str fields; // finished JSON object, or empty
    Str extra;  // further members ("lines":[…]), without braces
} PendingRow;

Status change_add(Ctx *cx, Db *db, ChangeAction action, const char *entity, Id record,
                  int64_t version, Str reason, Str fields) MUST_USE;
// {"name":[before,after],…} of what differs; sealed fields stay sealed. *ret_any tells whether any.
Str change_diff(Ctx *cx, const EntityInfo *e, const void *before, const void *after, bool *ret_any);
// One side of a stored pair back into a value; sealed ones are opened.
Status change_value(Ctx *cx, const EntityInfo *e, Id record, const Field *f, const Json *node,
                    Value *ret) MUST_USE;
// The change carried members beside its fields, and the entity knows how to put them back.
bool change_has_parts(const EntityInfo *e, const Json *doc);
bool change_counts(const Field *f); // differences of this field are worth a row
// What a row's hash is made of besides the hash before it.
typedef struct ChainRow {
    int64_t id, at, actor, origin, origin_id, action, record, version;
    Str entity, address, session, request, reason, digest;
} ChainRow;
void chain_hash(Arena *a, Str before, const ChainRow *row, uint8_t ret[DIGEST_BYTES]);
void chain_digest(Str salt, Str data, uint8_t ret[DIGEST_BYTES]);

#endif
