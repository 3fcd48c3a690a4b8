// Customers with their contact persons, addresses and shop identities, and their kept totals.
#ifndef GUANXI_CUSTOMER_CUSTOMER_H
#define GUANXI_CUSTOMER_CUSTOMER_H

#include "api/app.h"

typedef struct Customer {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "customer/customer.def"
#undef FIELD
} Customer;

typedef enum CustomerField {
#define FIELD(type, name, ...) CUSTOMER_##name,
#include "customer/customer.def"
#undef FIELD
    CUSTOMER_FIELDS,
} CustomerField;

typedef struct Contact {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "customer/contact.def"
#undef FIELD
} Contact;

typedef enum ContactField {
#define FIELD(type, name, ...) CONTACT_##name,
#include "customer/contact.def"
#undef FIELD
    CONTACT_FIELDS,
} ContactField;

typedef struct Address {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "customer/address.def"
#undef FIELD
} Address;

typedef enum AddressField {
#define FIELD(type, name, ...) ADDRESS_##name,
#include "customer/address.def"
#undef FIELD
    ADDRESS_FIELDS,
} AddressField;

typedef struct Identity {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "customer/identity.def"
#undef FIELD
} Identity;

typedef enum IdentityField {
#define FIELD(type, name, ...) IDENTITY_##name,
#include "customer/identity.def"
#undef FIELD
    IDENTITY_FIELDS,
} IdentityField;

typedef enum CustomerKind { CUSTOMER_PERSON, CUSTOMER_BUSINESS } CustomerKind;
typedef enum CustomerStage { STAGE_PROSPECT, STAGE_CUSTOMER } CustomerStage;
typedef enum IdentityKind { IDENTITY_ACCOUNT, IDENTITY_NICKNAME, IDENTITY_MEMBER } IdentityKind;

// clang-format off
#define SOURCE_LIST(X) \
    X(ORDER, "order", "订单", "Order") \
    X(IMPORT, "import", "导入", "Import") \
    X(SITE, "site", "网站", "Website") \
    X(SOCIAL, "social", "社交媒体", "Social media") \
    X(CHAT, "chat", "在线咨询", "Online chat") \
    X(EVENT, "event", "线下活动", "Event") \
    X(PARTNER, "partner", "合作伙伴", "Partner") \
    X(REFERRAL, "referral", "老客介绍", "Referral") \
    X(PHONE, "phone", "电话", "Phone") \
    X(STORE, "store", "门店", "Store") \
    X(CAMPAIGN, "campaign", "营销活动", "Campaign") \
    X(OTHER, "other", "其他", "Other")
// clang-format on

typedef enum CustomerSource {
#define X(id, name, zh, en) SOURCE_##id,
    SOURCE_LIST(X)
#undef X
} CustomerSource;

extern const Entity customer_entity, contact_entity, address_entity, identity_entity;
extern const Module customer_module;

// Field checks, shared by everything that holds such values. Phones become E.164.
Status check_phone(Ctx *cx, const Field *f, Value *v);
// Keeps what cannot be read (masked receivers' phones of marketplaces) as it is.
Status check_phone_loose(Ctx *cx, const Field *f, Value *v);
Status check_email(Ctx *cx, const Field *f, Value *v);
Status check_idno(Ctx *cx, const Field *f, Value *v);

// INVALID "reference" for fields with .ref whose value is new against before (NULL: all) and names
// no live record. One statement for all of them; entities that are not in the catalog are not asked
// for.
Status check_references(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                        const void *after) MUST_USE;
// Whether the caller may see this record: decides if a message may name it.
bool record_is_visible(Ctx *cx, Db *db, const EntityInfo *e, Id id);

// Live customers by what identifies them; NOT_FOUND without an error record. The values must be in
// normal form (as the field's check leaves them).
Status customer_by_identity(Ctx *cx, Db *db, Id shop, Str value, Id *ret) MUST_USE;
Status customer_by_phone(Ctx *cx, Db *db, Str e164, Id *ret) MUST_USE;
Status customer_by_email(Ctx *cx, Db *db, Str email, Id *ret) MUST_USE;

// What a customer's orders amount to; kept in customer_stat by order/.
typedef struct CustomerTotals {
    int64_t order_count, total_amount, refund_amount, net_amount, average_amount, item_count,
        refund_count, first_order_at, last_order_at, last_product_id, gap_mean, gap_median;
    bool has_gap;
} CustomerTotals;
// Compares and writes; a prospect with an order becomes a customer. Inside store_write.
Status customer_set_totals(Ctx *cx, Db *db, Id customer, const CustomerTotals *t) MUST_USE;
Status customer_totals(Ctx *cx, Db *db, Id customer, CustomerTotals *ret) MUST_USE;

// Further things that happen to a customer, for the timeline: a source adds its newest items at or
// before `before`, newest first (by at, then id), at most `limit`. order/ has two; later modules
// bring theirs. The customer was found visible before; a source minds the scope of its own records.
typedef struct TimelineItem {
    Instant at;
    const char *kind; // "order", "refund", "contact", "create", "update", …
    int64_t id;
    Str title, text;
    bool has_amount;
    int64_t amount;
    Str state; // word, may be empty
    Str data;  // finished JSON value, may be empty
} TimelineItem;
typedef VEC(TimelineItem) TimelineItems;
typedef Status (*TimelineFn)(Ctx *cx, Db *db, Id customer, Instant before, int limit,
                             TimelineItems *ret);
typedef struct TimelineSource {
    const char *kind, *permission;
    TimelineFn list;
} TimelineSource;
// Set once at start by app/: the sources of other modules (those of customer/ are built in).
void customer_timeline_sources(const TimelineSource *const *sources, size_t n);

#endif
