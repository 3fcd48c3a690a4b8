#include "customer/customer_internal.h"

static const ChoiceDef KINDS[] = {
    { "person", { "个人", "Person" } },
    { "business", { "企业", "Business" } },
    { NULL, { NULL, NULL } },
};

static const ChoiceDef STAGES[] = {
    { "prospect", { "潜在客户", "Prospect" } },
    { "customer", { "客户", "Customer" } },
    { NULL, { NULL, NULL } },
};

enum { GENDER_MALE, GENDER_FEMALE };
static const ChoiceDef GENDERS[] = {
    { "male", { "男", "Male" } },
    { "female", { "女", "Female" } },
    { "other", { "其他", "Other" } },
    { NULL, { NULL, NULL } },
};

static const ChoiceDef INCOMES[] = {
    { "low", { "较低", "Low" } },       { "lower_middle", { "中低", "Lower middle" } },
    { "middle", { "中等", "Middle" } }, { "upper_middle", { "中高", "Upper middle" } },
    { "high", { "较高", "High" } },     { NULL, { NULL, NULL } },
};

static const ChoiceDef CREDITS[] = {
    { "excellent", { "优", "Excellent" } },
    { "good", { "良", "Good" } },
    { "fair", { "中", "Fair" } },
    { "poor", { "差", "Poor" } },
    { "blocked", { "禁止赊销", "No credit" } },
    { NULL, { NULL, NULL } },
};

static const ChoiceDef SOURCES[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    SOURCE_LIST(X)
#undef X
        { NULL, { NULL, NULL } },
};

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Customer, name, __VA_ARGS__),
#include "customer/customer.def"
#undef FIELD
};

static bool same(const Field *f, const void *before, const void *after)
{
    return before != NULL && value_equal(row_get(before, f), row_get(after, f));
}

static void put_default(Ctx *cx, const Field *f, void *row, Value v)
{
    if (!row_is_set(row, f))
        row_put(cx->arena, row, f, v);
}

// Date of birth and gender stand in the identity number; what somebody entered himself is kept.
static void fill_from_id_number(Ctx *cx, const EntityInfo *e, const void *before, Customer *c)
{
    const Field *f = field_at(e, CUSTOMER_id_number);
    Str normal = { 0 };
    Day birth = { 0 };
    bool female = false;
    if (!row_is_set(c, f) || same(f, before, c) ||
        !idno_parse(cx->arena, c->id_number, &normal, &birth, &female))
        return;
    put_default(cx, field_at(e, CUSTOMER_birthday), c, value_num(FIELD_DAY, birth.n));
    put_default(cx, field_at(e, CUSTOMER_gender), c,
                value_num(FIELD_CHOICE, female ? GENDER_FEMALE : GENDER_MALE));
}

static void fill_pinyin(Ctx *cx, const EntityInfo *e, const void *before, Customer *c)
{
    if (same(field_at(e, CUSTOMER_name), before, c) && same(field_at(e, CUSTOMER_kind), before, c))
        return;
    Str pinyin = text_pinyin(cx->arena, c->name, c->kind.ordinal == CUSTOMER_PERSON);
    if (pinyin.len == 0)
        pinyin = text_fold(cx->arena, c->name);
    row_put(cx->arena, c, field_at(e, CUSTOMER_name_pinyin), value_text(pinyin));
}

static void fill_source(Ctx *cx, const EntityInfo *e, Customer *c)
{
    put_default(cx, field_at(e, CUSTOMER_collected_at), c, value_num(FIELD_INSTANT, cx->now.ms));
    if (cx->access->user.v != 0)
        put_default(cx, field_at(e, CUSTOMER_collector_id), c,
                    value_num(FIELD_ID, cx->access->user.v));
}

static Status check_customer(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    Customer *c = after;
    if (c == NULL)
        return STATUS_OK;
    put_default(cx, field_at(e, CUSTOMER_kind), c, value_num(FIELD_CHOICE, CUSTOMER_PERSON));
    put_default(cx, field_at(e, CUSTOMER_stage), c, value_num(FIELD_CHOICE, STAGE_PROSPECT));
    if (before == NULL)
        fill_source(cx, e, c);
    fill_from_id_number(cx, e, before, c);
    fill_pinyin(cx, e, before, c);
    return check_references(cx, db, e, before, after);
}

// A row of totals for every customer, from the start: lists join the two.
static Status customer_changed(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                               const void *after)
{
    if (before != NULL)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO customer_stat (id) VALUES ("));
    sql_id(q, row_id(after, e));
    sql_add(q, SQL(") ON CONFLICT (id) DO NOTHING"));
    return db_exec(cx, db, q, NULL);
}

static const Relation RELATIONS[] = {
    { "orders", "order", SQL_INIT("customer_id") },
    { "lines", "line", SQL_INIT("customer_id") },
    { "refunds", "refund", SQL_INIT("customer_id") },
    { "contacts", "contact", SQL_INIT("customer_id") },
    { "addresses", "address", SQL_INIT("customer_id") },
    { "identities", "identity", SQL_INIT("customer_id") },
    { NULL, NULL, { NULL } },
};

static const SqlText ALSO[] = {
    SQL_INIT(
        "t.id IN (SELECT o.customer_id FROM orders o WHERE o.deleted_at IS NULL AND o.number = "),
    SQL_INIT(
        "t.id IN (SELECT i.customer_id FROM identity i WHERE i.deleted_at IS NULL AND i.value = "),
    SQL_INIT(""),
};

const Entity customer_entity = {
    .name = "customer",
    .path = "customers",
    .label = { "客户", "Customer" },
    .plural = { "客户", "Customers" },
    .table = SQL_INIT("customer"),
    .stat_table = SQL_INIT("customer_stat"),
    .search_table = SQL_INIT("customer_search"),
    .search_also = ALSO,
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Customer),
    .title = CUSTOMER_name,
    .owner = CUSTOMER_owner_id,
    .department = CUSTOMER_department_id,
    .flags = E_TRASH | E_CUSTOM,
    .relations = RELATIONS,
    .check = check_customer,
    .changed = customer_changed,
};
