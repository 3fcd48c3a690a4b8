// Entities: one descriptor line per field drives SQL, JSON, CSV, XLSX, forms, validation,
// permissions, history, search and API documents.
#ifndef GUANXI_ENTITY_ENTITY_H
#define GUANXI_ENTITY_ENTITY_H

#include "base/base.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "json/json.h"
#include "text/text.h"

typedef struct Label {
    const char *zh, *en;
} Label;

// A JSON document kept as text (saved view, mapping). Always valid JSON.
typedef struct JsonDoc {
    Str text;
} JsonDoc;

typedef enum FieldKind {
    FIELD_TEXT,
    FIELD_INT,
    FIELD_BOOL,
    FIELD_ID,
    FIELD_MONEY,
    FIELD_DECIMAL,
    FIELD_INSTANT,
    FIELD_DAY,
    FIELD_CHOICE,
    FIELD_JSON,
    FIELD_KINDS
} FieldKind;
const char *field_kind_name(FieldKind k); // "text", "int", …
bool field_kind_find(Str name, FieldKind *ret);

#define FIELD_KIND_OF(expr)                                                                        \
    _Generic((expr), Str                                                                           \
             : FIELD_TEXT, int64_t                                                                 \
             : FIELD_INT, bool                                                                     \
             : FIELD_BOOL, Id                                                                      \
             : FIELD_ID, Money                                                                     \
             : FIELD_MONEY, Decimal                                                                \
             : FIELD_DECIMAL, Instant                                                              \
             : FIELD_INSTANT, Day                                                                  \
             : FIELD_DAY, Choice                                                                   \
             : FIELD_CHOICE, JsonDoc                                                               \
             : FIELD_JSON)

enum {
    F_REQUIRED = 1u << 0,
    F_READONLY = 1u << 1, // set by the program only
    F_UNIQUE = 1u << 2,   // the table has a unique index; said in forms
    F_SEARCH = 1u << 3,   // its tokens are in the search index
    F_SORT = 1u << 4,
    F_FILTER = 1u << 5,
    F_PII = 1u << 6,   // personal: erased on request, masked by default for most roles
    F_CRYPT = 1u << 7, // stored sealed, with <name>_blind; Str only
    F_TAIL = 1u << 8,  // sealed and with <name>_tail over the last four digits
    F_LIST = 1u << 9,  // a column of the list unless chosen otherwise
    F_STAT = 1u << 10, // lives in the stat table (alias s), kept by the program
    F_MULTILINE = 1u << 11,
    F_CREATE = 1u << 12,     // may be set when created, not changed later
    F_HIDDEN = 1u << 13,     // never leaves the program (password hash, derived keys)
    F_CUSTOM = 1u << 14,     // defined at run time, value in the custom document
    F_NO_HISTORY = 1u << 15, // changes are not worth a change row (last seen)
    F_SUM = 1u << 16,        // may be summed and averaged
    F_NO_BLIND = 1u << 17,   // sealed without a blind index: never looked up (street address)
};

// In a Mask, the bit that stands for all custom fields of the entity together.
enum { MASK_CUSTOM = LIMIT_FIELDS - 1 };

typedef enum MaskKind {
    MASK_NONE,
    MASK_PHONE,
    MASK_EMAIL,
    MASK_IDNO,
    MASK_NAME,
    MASK_TEXT
} MaskKind;

typedef struct ChoiceDef {
    const char *name; // NULL ends the list
    Label label;
} ChoiceDef;

// A value outside its row. Text kinds use `text`, all others `num` (bool 0/1, choice ordinal, e4,
// ms, days).
typedef struct Value {
    FieldKind kind;
    bool null;
    int64_t num;
    Str text;
} Value;

typedef struct Field Field;
struct Field {
    Str name; // column = JSON key = CSV heading = form name; custom fields: "custom.<key>"
    SqlText col, blind_col, tail_col;
    SqlText sort_col; // set when sorting uses another column (name -> name_pinyin)
    Str key;          // custom fields: the key in the document; always bound, never spliced
    Label label, help;
    FieldKind kind;
    uint32_t offset; // in the row struct
    uint32_t index;  // in EntityInfo.fields
    uint32_t flags;
    int64_t min, max;         // Str: code points; others: the value. Unbounded when equal
    const ChoiceDef *choices; // FIELD_CHOICE
    const char *ref;          // FIELD_ID: name of the entity pointed at
    const char *block;        // form section: "basic", "contact", "need", "transaction", …
    MaskKind mask;
    // Own check; may put the value in normal form. Runs only for values that are present.
    Status (*check)(Ctx *cx, const Field *f, Value *v);
};

#define FIELD_ROW(T, member, ...)                                                                  \
    {                                                                                              \
        .name = S_INIT(#member), .col = SQL_INIT(#member),                                         \
        .blind_col = SQL_INIT(#member "_blind"), .tail_col = SQL_INIT(#member "_tail"),            \
        .kind = FIELD_KIND_OF(((T *)0)->member), .offset = offsetof(T, member), __VA_ARGS__        \
    }

typedef struct Mask {
    uint64_t w[LIMIT_FIELDS / 64];
} Mask;
static inline bool mask_has(const Mask *m, uint32_t i)
{
    return (m->w[i / 64] >> (i % 64) & 1) != 0;
}
static inline void mask_set(Mask *m, uint32_t i)
{
    m->w[i / 64] |= 1ull << (i % 64);
}
static inline void mask_clear(Mask *m, uint32_t i)
{
    m->w[i / 64] &= ~(1ull << (i % 64));
}

// A custom value of a row. Keys whose definition is gone keep their raw JSON, so nothing is lost.
typedef struct CustomValue {
    struct CustomValue *next;
    Str key;
    const Field *field; // NULL: no longer defined
    Value value;
    Str raw; // JSON of the value when field is NULL
} CustomValue;

// First member of every row struct. Present: was in the request / is loaded. PATCH, partial SELECT,
// diff and import share this one notion.
typedef struct RowHead {
    Mask present, null;
    CustomValue *custom; // present ones only
} RowHead;

typedef struct Entity Entity;
typedef struct EntityInfo EntityInfo;

enum {
    E_TRASH = 1u << 0,    // delete sets deleted_at; restore clears it
    E_CUSTOM = 1u << 1,   // takes custom fields (column custom $JSON)
    E_READONLY = 1u << 2, // no generic create, update, delete
    E_GLOBAL = 1u << 3,   // no data scope: the permission alone decides
    E_NO_API = 1u << 4,   // no generic routes
    E_SELF = 1u << 5,     // scope "own" compares owner with the user even for scope all (views)
};

// "orders" of a customer: rows of another entity that point here.
typedef struct Relation {
    const char *name;   // in filters
    const char *entity; // its rows …
    SqlText fk;         // … point here by this column
} Relation;

struct Entity {
    const char *name; // "customer"
    const char *path; // "customers"
    Label label, plural;
    SqlText table;        // alias t
    SqlText stat_table;   // alias s, column id = t.id, a row for every row of table; or empty
    SqlText search_table; // or empty
    // Further places to look a quick search up, ended by an empty one: condition texts to which the
    // bound query and ")" are added ("t.id IN (SELECT o.customer_id FROM orders o WHERE o.number =
    // ")
    const SqlText *search_also;
    const Field *fields; // [0] is id; the last ones come from entity/system.def
    size_t nfields;
    size_t size;
    uint32_t title;             // field that names a record
    uint32_t owner, department; // fields for data scope; 0: none
    uint32_t parent;            // field whose record decides the scope; 0: none
    uint32_t flags;
    const Relation *relations; // NULL-name ended; may be NULL
    // Rule over several fields. before is NULL on create; `after` holds the whole record as it will
    // be and may be completed (derived fields, by row_put). after is NULL on delete, which the rule
    // may refuse.
    Status (*check)(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after);
    // In the same transaction, after the row is written: totals and other dependent rows. before
    // NULL on create and undelete; after NULL on delete.
    Status (*changed)(Ctx *cx, Db *db, const EntityInfo *e, const void *before, const void *after);
    // Puts back a change that carried members beside its fields (change_attach; order lines): does
    // the whole update, patch included. Without `force` what has been changed since stays and is
    // told by *ret_kept. May be NULL.
    Status (*put_back)(Ctx *cx, Db *db, const EntityInfo *e, Id id, const Json *data,
                       const void *patch, bool force, Str reason, bool *ret_kept);
};

#define FOR_FIELDS(info, f)                                                                        \
    for (const Field *const *f##_at = (info)->fields, *f = NULL;                                   \
         f##_at < (info)->fields + (info)->nfields && ((f = *f##_at), true); f##_at++)

// An entity with its custom fields, as of one moment.
struct EntityInfo {
    const Entity *entity;
    const Field *const *fields; // built-in ones first, then custom; index = position
    size_t nfields, nbuiltin;
    Map by_name;
    uint32_t index; // in the catalog
};

// Immutable snapshot that a request works with: entities, custom fields, organisation settings.
typedef struct Catalog {
    Arena arena;
    int refs;
    int64_t version;
    EntityInfo *entities;
    size_t nentities;
    Map by_name, by_path;
    const Zone *zone;
    Str currency; // "CNY"
    int decimals; // of the currency, 0 to 4
    Str region;   // "CN", default of phone numbers
    const Keyring *keys;
    const struct PermissionDef *permissions; // function permissions beside "<entity>.<verb>"
    size_t npermissions;
    const void *settings; // setting/: values by key
} Catalog;

// NULL when unknown.
const EntityInfo *catalog_find(const Catalog *c, Str name);
const EntityInfo *catalog_by_path(const Catalog *c, Str path);
// The info of a compiled-in entity; it must be in the catalog.
const EntityInfo *catalog_of(const Ctx *cx, const Entity *e);
// Builds a catalog of these entities; custom fields are read from table custom_field when db is not
// NULL. The caller fills zone, currency, keys, settings.
Status catalog_build(Ctx *cx, Db *db, const Entity *const *entities, size_t n,
                     Catalog **ret) MUST_USE;
void catalog_keep(const Catalog *c);
void catalog_release(const Catalog *c);

const Field *field_find(const EntityInfo *e, Str name); // NULL when unknown
static inline const Field *field_at(const EntityInfo *e, uint32_t i)
{
    return e->fields[i];
}
Str label_text(Label l, const char *lang);

// Its value is stored sealed: it can be compared by its blind index at most, never ordered.
static inline bool field_is_sealed(const Field *f)
{
    return (f->flags & F_CRYPT) != 0 || (f->flags & (F_CUSTOM | F_PII)) == (F_CUSTOM | F_PII);
}

// --- rows (row.c)
void *row_new(Arena *a, const EntityInfo *e);
void *row_copy(Arena *a, const EntityInfo *e, const void *row);
// With everything it points at, so that it outlives where it was read.
void *row_keep(Arena *a, const EntityInfo *e, const void *row);
Id row_id(const void *row, const EntityInfo *e);
bool row_has(const void *row, const Field *f);    // present
bool row_is_set(const void *row, const Field *f); // present and not null
Value row_get(const void *row, const Field *f);   // null when not set
void row_put(Arena *a, void *row, const Field *f, Value v);
void row_drop(void *row, const Field *f); // no longer present
bool value_equal(Value a, Value b);
Value value_null(FieldKind k);
Value value_num(FieldKind k, int64_t num);
Value value_text(Str s);
// Marks a struct member as present: row_touch(&c.row, CUSTOMER_name).
void row_touch(RowHead *h, uint32_t field);

// --- codec.c: values as texts and JSON
void value_json(JsonOut *j, const Catalog *c, const Field *f, Value v);
// What a form, CSV or JSON string holds -> value. INVALID naming the field.
Status value_from_text(Ctx *cx, const Field *f, Str s, Value *ret) MUST_USE;
Status value_from_json(Ctx *cx, const Field *f, const Json *node, Value *ret) MUST_USE;
// One form of a document whatever the database made of it: members by length and bytes of their
// keys (as jsonb keeps them), no blanks. The text itself when it is not JSON.
Str json_normal(Ctx *cx, Arena *a, Str text);
// For people and exports: choice labels, local times, money with decimals.
Str value_show(Arena *a, const Ctx *cx, const Field *f, Value v);
Value value_masked(Arena *a, const Field *f, Value v); // always text
// A JSON object into a row: unknown and readonly keys are MALFORMED, fields without write access
// FORBIDDEN; faults of values are collected.
// "version" is skipped: the caller reads it for the version check.
Status row_from_json(Ctx *cx, const EntityInfo *e, const Json *object, bool create,
                     void *row) MUST_USE;
// One record as JSON object members by the caller's field access; `refs` may be NULL.
struct RefNames;
void row_json(Ctx *cx, const EntityInfo *e, const void *row, const Mask *only,
              const struct RefNames *refs, JsonOut *j);

// --- validate.c
Status row_validate(Ctx *cx, const EntityInfo *e, void *row, bool whole) MUST_USE;

// --- store.c: raw rows; only change/ writes with these
Status entity_insert(Ctx *cx, Db *db, const EntityInfo *e, void *row) MUST_USE;
Status entity_update(Ctx *cx, Db *db, const EntityInfo *e,
                     const void *row) MUST_USE; // present ones, by id
Status entity_index(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                    const void *after) MUST_USE;
// Every column of descriptors exists; run at start for every entity.
Status entity_check_schema(Ctx *cx, Db *db, const Entity *e) MUST_USE;
// Selects the columns of the fields in `only` (id always) as text into q: "t.id, t.name, s.total".
void entity_columns(Sql *q, const EntityInfo *e, const Mask *only);
// Reads the current row of such a statement, starting at column `from`.
Status entity_read(Ctx *cx, const EntityInfo *e, const Mask *only, const Stmt *st, int from,
                   Arena *a, void *row) MUST_USE;
Mask mask_all(const EntityInfo *e);
Status blind_of(Ctx *cx, const Field *f, Str value, Arena *a, Str *ret) MUST_USE;

#endif
