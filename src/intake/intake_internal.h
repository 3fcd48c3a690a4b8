// Shared by the files of intake/ only.
#ifndef GUANXI_INTAKE_INTAKE_INTERNAL_H
#define GUANXI_INTAKE_INTAKE_INTERNAL_H

#include "intake/cells.h"
#include "intake/intake.h"
#include "intake/presets.h"
#include "intake/source.h"
#include "order/order.h"

typedef struct Import {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "intake/import.def"
#undef FIELD
} Import;

typedef enum ImportField {
#define FIELD(type, name, ...) IMPORT_##name,
#include "intake/import.def"
#undef FIELD
    IMPORT_FIELDS,
} ImportField;

// clang-format off
#define IMPORT_STATES(X) \
    X(UPLOADED, "uploaded", "已上传", "Uploaded") \
    X(CHECKING, "checking", "试导入中", "Checking") \
    X(CHECKED, "checked", "已试导入", "Checked") \
    X(RUNNING, "running", "导入中", "Running") \
    X(DONE, "done", "已完成", "Done") \
    X(FAILED, "failed", "失败", "Failed") \
    X(CANCELLED, "cancelled", "已取消", "Cancelled") \
    X(UNDOING, "undoing", "撤销中", "Undoing") \
    X(UNDONE, "undone", "已撤销", "Undone")
// clang-format on

typedef enum ImportState {
#define X(id, name, zh, en) STATE_##id,
    IMPORT_STATES(X)
#undef X
} ImportState;
const char *import_state_name(int64_t state);
const char *import_kind_name(int64_t kind);
bool import_kind_find(Str name, ImportKind *ret);

// --- options

typedef enum Policy { POLICY_SKIP, POLICY_FILL, POLICY_UPDATE } Policy;
typedef enum Match { MATCH_NONE, MATCH_IDENTITY, MATCH_PHONE, MATCH_EMAIL } Match;

typedef struct Options {
    Match match[3];
    Policy policy;
    Id shop;
    Str currency; // empty: the shop's
    bool day_first, comma_decimal;
    const Zone *zone;
    Str zone_name;
    Str lang; // of the reasons in the error file
} Options;
// From JSON, missing members by default; unknown members and values are INVALID.
Status options_parse(Ctx *cx, ImportKind kind, const Json *object, Options *ret) MUST_USE;
void options_json(JsonOut *j, const Options *o);

// --- columns: which cells a target is taken from

enum { COLUMNS_PER_TARGET = 4 };
typedef struct Columns {
    const Preset *preset;                     // NULL: none
    uint32_t flags;                           // of the preset
    uint16_t at[TARGETS][COLUMNS_PER_TARGET]; // column + 1; 0 ends
    size_t n;                                 // of the heading
} Columns;
void columns_set(Columns *c, const TargetId *targets, size_t n);
static inline bool columns_has(const Columns *c, TargetId t)
{
    return c->at[t][0] != 0;
}

// --- drafts: what a group of rows says, read and checked without the database

typedef struct DraftLine {
    Str sku, name, spec;
    int64_t quantity_e4, price_e4, amount_e4;
} DraftLine;

typedef struct DraftPerson {
    Customer *customer; // NULL: the rows name nobody
    Str identity;       // at the shop; may be empty
    IdentityKind identity_kind;
} DraftPerson;

// A row of the file, to be found again in the working copy.
typedef struct RowRef {
    int64_t number, at, len;
} RowRef;

typedef struct Draft {
    RowRef *rows;
    size_t nrows;
    Str error, error_field; // not empty: refused
    int64_t error_row;
    Str shop; // by name; empty: the run's
    DraftPerson person;
    Order *order;   // orders
    Refund *refund; // orders
    DraftLine *lines;
    size_t nlines;
    DraftLine *refund_lines;
    size_t nrefund_lines;
    bool lines_are_summary; // never replace lines that are known better
    Str number;             // lines, payments
    int64_t paid_e4, refund_e4;
    Instant paid_at;
    Str payment_method;
    Product **products;
    Str category; // by name
    size_t nproducts;
} Draft;

typedef struct Reading {
    ImportKind kind;
    Columns columns;
    Options options;
    const EntityInfo *order, *refund, *customer, *product; // of the catalog
} Reading;

// One row's cells, in the order of the file.
typedef struct Cells {
    const Str *ptr;
    size_t len;
} Cells;
// The first cell of a target that holds something, as its type is read; empty otherwise.
Str cell_of(Ctx *cx, const Reading *r, const Cells *c, TargetId t);
// Reads a group of rows into d; what is wrong is said in d->error. Texts live in cx->arena.
void draft_read(Ctx *cx, const Reading *r, const Cells *cells, Draft *d);
void draft_refuse(Ctx *cx, const Reading *r, Draft *d, size_t row, const EntityInfo *e);
// Parts of draft_read, by kind.
Status draft_order(Ctx *cx, const Reading *r, const Cells *cells, Draft *d,
                   size_t *ret_bad) MUST_USE;
Status draft_lines(Ctx *cx, const Reading *r, const Cells *cells, Draft *d,
                   size_t *ret_bad) MUST_USE;
Status draft_person(Ctx *cx, const Reading *r, const Cells *c, const Order *o, Draft *d) MUST_USE;
Status draft_products(Ctx *cx, const Reading *r, const Cells *cells, Draft *d,
                      size_t *ret_bad) MUST_USE;
Status draft_payments(Ctx *cx, const Reading *r, const Cells *cells, Draft *d,
                      size_t *ret_bad) MUST_USE;
Status read_money(Ctx *cx, const Reading *r, const Cells *c, TargetId t, int64_t *ret,
                  bool *ret_any) MUST_USE;
Status read_time(Ctx *cx, const Reading *r, const Cells *c, TargetId t, Instant *ret,
                 bool *ret_any) MUST_USE;
void put_text(Ctx *cx, const EntityInfo *e, void *row, uint32_t field, Str s);
void put_num(Ctx *cx, const EntityInfo *e, void *row, uint32_t field, int64_t num);

// --- counting

typedef enum Counted {
    COUNT_ORDERS,
    COUNT_REFUNDS,
    COUNT_CUSTOMERS,
    COUNT_PRODUCTS,
    COUNTED
} Counted;
typedef enum Outcome { CREATED, UPDATED, UNCHANGED, MERGED, REFUSED, OUTCOMES } Outcome;
typedef struct Counts {
    int64_t n[COUNTED][OUTCOMES];
} Counts;
const char *counted_name(Counted c);
const char *outcome_name(Outcome o);
void counts_add(Counts *to, const Counts *more);
void counts_json(JsonOut *j, const Counts *c);
void counts_parse(const Json *object, Counts *ret);

// --- what is known of the store: ids by what identifies them

typedef struct KnownProduct {
    Id id;
    Str name;
    bool nameless; // its name is only its code
} KnownProduct;

typedef struct KnownCustomer {
    Id id;
    Mask empty; // fields that hold nothing, of those an order may fill
} KnownCustomer;

typedef struct Known {
    Arena arena;
    Map ids; // keys of known_key: numbers, or pointers to KnownProduct and KnownCustomer
} Known;
void known_reset(Known *k);
void known_done(Known *k); // for CLEANUP()

typedef enum KnownKind {
    KNOWN_SHOP = 'S',     // platform and name: id
    KNOWN_SKU = 'P',      // KnownProduct
    KNOWN_NAME = 'N',     // of products without a code: KnownProduct
    KNOWN_CATEGORY = 'G', // id
    KNOWN_IDENTITY = 'I', // shop and value: KnownCustomer
    KNOWN_PHONE = 'T',    // KnownCustomer
    KNOWN_EMAIL = 'E',    // KnownCustomer
    KNOWN_ROW = 'R',      // of a file of products, by code or name: id
    KNOWN_TOUCHED = 'U',  // record changed by this run: a later row of the file only fills
} KnownKind;
enum { KNOWN_KEY_MAX = 1400 };
typedef struct KnownKey {
    size_t len;
    char text[KNOWN_KEY_MAX];
} KnownKey;
KnownKey known_key(KnownKind kind, int64_t scope, Str text);

typedef struct Example {
    Outcome outcome;
    Counted what;
    int64_t row;
    Str title, text;
} Example;

// One batch of drafts and what becomes of them.
typedef struct Batch {
    Ctx cx;            // own arenas, so that it may be written while the next is read
    Arena arena, work; // of the drafts; of one attempt to write
    Access access;
    const Reading *reading;
    Known *known; // of the batches before
    Map fresh;    // found or made by this batch, in `work`
    bool dry;
    Id import;
    int64_t *virtual_id; // for the dry run: ids of what would be made
    Draft **drafts;
    size_t n, from, to; // the part being written
    Id default_shop;    // 0: by preset
    Str shop_name;
    Platform platform;
    Counts counts;                // of the attempt
    Str *reasons, *reason_fields; // per draft: why it was refused while being written; in `work`
    Str reason, reason_field;
    VEC(Example) examples; // in `work`
    // Written with the batch: progress and refused rows.
    Status (*also)(Ctx *cx, Db *db, struct Batch *b);
    void *also_arg;
} Batch;

// Decides and writes (unless dry) the drafts [from, to) of the batch. For store_write, or on a
// reading connection when dry.
Status batch_apply(Ctx *cx, Db *db, void *batch) MUST_USE;
// Takes over what the batch found and made.
void batch_learn(Batch *b);
Status apply_person(Ctx *cx, Db *db, Batch *b, Id shop, const DraftPerson *p, int64_t row,
                    Id *ret) MUST_USE;
Status apply_product(Ctx *cx, Db *db, Batch *b, const DraftLine *line,
                     const KnownProduct **ret) MUST_USE;
Status apply_shop(Ctx *cx, Db *db, Batch *b, const Draft *d, Id *ret) MUST_USE;
Status apply_customer_row(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret) MUST_USE;
Status apply_product_row(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret) MUST_USE;
Status apply_order(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret) MUST_USE;
Status apply_lines(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret) MUST_USE;
Status apply_payments(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret) MUST_USE;
void example_add(Batch *b, Outcome o, Counted what, int64_t row, Str title, Str text);
void fresh_put(Batch *b, const KnownKey *key, int64_t value);
bool known_get(const Batch *b, const KnownKey *key, int64_t *ret);
const KnownProduct *product_at(int64_t value);
const KnownCustomer *customer_at(int64_t value);
// Once a row of this file has said what a record is, later rows of the same record only fill.
Policy policy_for(Batch *b, Counted what, int64_t id, bool *ret_again);
// Refuses one draft without hurting the others of the batch.
void refuse(Batch *b, Ctx *cx, const EntityInfo *e);
// The fields of `wish` that may be written over `before` by the policy and differ from it; false
// when there are none.
bool patch_of(Ctx *cx, const EntityInfo *e, const void *before, const void *wish, Policy policy,
              void *ret);

// --- the run

Status import_load(Ctx *cx, Db *db, Id id, Import *ret) MUST_USE;
Status import_find(Ctx *cx, Store *s, Id id, Import *ret) MUST_USE;
Status import_set_state(Ctx *cx, Db *db, Id id, ImportState state, Str message) MUST_USE;
Status import_reading(Ctx *cx, const Import *i, Reading *ret) MUST_USE;
Status import_spec(Ctx *cx, Db *db, const Files *files, const Import *i, SourceSpec *ret) MUST_USE;
// Reads, decides, writes (unless dry); goes on from the checkpoint of an interrupted run.
Status import_go(JobRun *job, bool dry, Counts *ret) MUST_USE;
extern int64_t import_batch_rows; // rows of one transaction; tests make it small
Status import_check_job(JobRun *run);
Status import_run_job(JobRun *run);
Status import_undo_job(JobRun *run);
// What a kind of import makes: for the rights it needs.
Status import_require(Ctx *cx, ImportKind kind) MUST_USE;

// "import_error" rows of a run: at most this many are shown, all are in the file.
enum { ERRORS_SHOWN = 100 };

extern const Route INTAKE_ROUTES[];
extern const size_t INTAKE_ROUTES_LEN;

#endif
