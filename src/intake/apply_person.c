// Customers: matched by account, phone, e-mail in the chosen order; filled, updated or made.
#include "intake/intake_internal.h"

typedef struct Marks {
    KnownKey key[3];
    Match kind[3];
    size_t n;
} Marks;

static void add_mark(Marks *m, Match kind, KnownKey key)
{
    m->key[m->n] = key;
    m->kind[m->n++] = kind;
}

static void marks_of(const Batch *b, Id shop, const DraftPerson *p, Marks *m)
{
    m->n = 0;
    for (size_t i = 0; i < ARRAY_LEN(b->reading->options.match); i++)
        switch (b->reading->options.match[i]) {
        case MATCH_IDENTITY:
            if (p->identity.len > 0)
                add_mark(m, MATCH_IDENTITY, known_key(KNOWN_IDENTITY, shop.v, p->identity));
            break;
        case MATCH_PHONE:
            if (p->customer->phone.len > 0)
                add_mark(m, MATCH_PHONE, known_key(KNOWN_PHONE, 0, p->customer->phone));
            break;
        case MATCH_EMAIL:
            if (p->customer->email.len > 0)
                add_mark(m, MATCH_EMAIL, known_key(KNOWN_EMAIL, 0, p->customer->email));
            break;
        case MATCH_NONE: break;
        }
}

static Status ask_store(Ctx *cx, Db *db, Match kind, Id shop, const DraftPerson *p, Id *ret)
{
    Status s = STATUS_NOT_FOUND;
    if (kind == MATCH_IDENTITY)
        s = customer_by_identity(cx, db, shop, p->identity, ret);
    else if (kind == MATCH_PHONE)
        s = customer_by_phone(cx, db, p->customer->phone, ret);
    else if (kind == MATCH_EMAIL)
        s = customer_by_email(cx, db, p->customer->email, ret);
    return s == STATUS_NOT_FOUND ? STATUS_OK : s;
}

static const uint32_t FILLED[] = { CUSTOMER_phone,    CUSTOMER_email,    CUSTOMER_company,
                                   CUSTOMER_country,  CUSTOMER_province, CUSTOMER_city,
                                   CUSTOMER_district, CUSTOMER_street,   CUSTOMER_postcode };
enum { FIRST_OF_ADDRESS = 4 };

static Status empty_fields(Ctx *cx, Db *db, Id id, Mask *ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q,
            SQL("SELECT phone, email, company, country, province, city, district, street, postcode"
                " FROM customer WHERE id = "));
    sql_id(q, id);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    if (stmt_next(st))
        for (size_t i = 0; i < ARRAY_LEN(FILLED); i++)
            if (stmt_is_null(st, (int)i))
                mask_set(ret, FILLED[i]);
    return stmt_end(cx, &st);
}

// The address is filled as a whole or not at all: a city of one and a street of another are none.
static bool may_fill(const KnownCustomer *k, size_t i)
{
    if (!mask_has(&k->empty, FILLED[i]))
        return false;
    return i < FIRST_OF_ADDRESS ||
           (mask_has(&k->empty, CUSTOMER_province) && mask_has(&k->empty, CUSTOMER_city) &&
            mask_has(&k->empty, CUSTOMER_street));
}

static Status fill_customer(Ctx *cx, Db *db, Batch *b, const DraftPerson *p, KnownCustomer *k,
                            bool *ret_any)
{
    const EntityInfo *e = b->reading->customer;
    Customer *patch = row_new(cx->arena, e);
    KnownCustomer was = *k;
    *ret_any = false;
    for (size_t i = 0; i < ARRAY_LEN(FILLED); i++) {
        const Field *f = field_at(e, FILLED[i]);
        if (!row_is_set(p->customer, f) || !may_fill(&was, i))
            continue;
        row_put(cx->arena, patch, f, row_get(p->customer, f));
        mask_clear(&k->empty, FILLED[i]);
        *ret_any = true;
    }
    if (!*ret_any || b->dry)
        return STATUS_OK;
    return change_update(cx, db, e, k->id, 0, patch, (Str){ 0 }, NULL);
}

static Status add_identity(Ctx *cx, Db *db, Batch *b, Id shop, const DraftPerson *p, Id customer)
{
    if (b->dry)
        return STATUS_OK;
    const EntityInfo *e = catalog_of(cx, &identity_entity);
    Identity *row = row_new(cx->arena, e);
    put_num(cx, e, row, IDENTITY_customer_id, customer.v);
    put_num(cx, e, row, IDENTITY_shop_id, shop.v);
    put_num(cx, e, row, IDENTITY_kind, (int64_t)p->identity_kind);
    put_text(cx, e, row, IDENTITY_value, p->identity);
    return change_create(cx, db, e, row, (Str){ 0 });
}

static Status make_customer(Ctx *cx, Db *db, Batch *b, Id shop, const DraftPerson *p,
                            KnownCustomer *k)
{
    const EntityInfo *e = b->reading->customer;
    for (size_t i = 0; i < ARRAY_LEN(FILLED); i++)
        if (!row_is_set(p->customer, field_at(e, FILLED[i])))
            mask_set(&k->empty, FILLED[i]);
    if (b->dry) {
        k->id.v = --*b->virtual_id;
        return STATUS_OK;
    }
    Customer *row = row_copy(cx->arena, e, p->customer);
    TRY(change_create(cx, db, e, row, (Str){ 0 }));
    k->id = row->id;
    return p->identity.len > 0 ? add_identity(cx, db, b, shop, p, row->id) : STATUS_OK;
}

// Looks for somebody with one of the marks; *ret_by is where he was found.
static Status find_person(Ctx *cx, Db *db, Batch *b, Id shop, const DraftPerson *p, const Marks *m,
                          KnownCustomer *ret, int64_t *ret_place, size_t *ret_by)
{
    for (size_t i = 0; i < m->n; i++) {
        *ret_by = i;
        if (known_get(b, &m->key[i], ret_place)) {
            *ret = *customer_at(*ret_place);
            return STATUS_OK;
        }
        Id id = { 0 };
        if (m->kind[i] != MATCH_IDENTITY || shop.v > 0)
            TRY(ask_store(cx, db, m->kind[i], shop, p, &id));
        if (id.v == 0)
            continue;
        *ret = (KnownCustomer){ .id = id };
        return empty_fields(cx, db, id, &ret->empty);
    }
    *ret_by = m->n;
    return STATUS_OK;
}

static void remember(Batch *b, const Marks *m, const KnownCustomer *k)
{
    KnownCustomer *kept = arena_new(&b->work, KnownCustomer);
    *kept = *k;
    for (size_t i = 0; i < m->n; i++)
        fresh_put(b, &m->key[i], (int64_t)(intptr_t)kept);
}

// The account of somebody found by phone or address belongs to him from now on, unless it is
// somebody else's.
static Status adopt_identity(Ctx *cx, Db *db, Batch *b, Id shop, const DraftPerson *p,
                             const KnownCustomer *k, bool *ret_merged)
{
    *ret_merged = false;
    if (p->identity.len == 0)
        return STATUS_OK;
    KnownKey key = known_key(KNOWN_IDENTITY, shop.v, p->identity);
    int64_t place = 0;
    Id other = { 0 };
    if (known_get(b, &key, &place))
        return STATUS_OK;
    if (shop.v > 0)
        TRY(ask_store(cx, db, MATCH_IDENTITY, shop, p, &other));
    if (other.v != 0)
        return STATUS_OK;
    *ret_merged = true;
    return add_identity(cx, db, b, shop, p, k->id);
}

Status apply_person(Ctx *cx, Db *db, Batch *b, Id shop, const DraftPerson *p, int64_t row, Id *ret)
{
    Marks m;
    KnownCustomer k = { 0 };
    int64_t place = 0;
    size_t by = 0;
    *ret = (Id){ 0 };
    if (p->customer == NULL)
        return STATUS_OK;
    marks_of(b, shop, p, &m);
    TRY(find_person(cx, db, b, shop, p, &m, &k, &place, &by));
    if (k.id.v == 0) {
        TRY(make_customer(cx, db, b, shop, p, &k));
        b->counts.n[COUNT_CUSTOMERS][CREATED]++;
        example_add(b, CREATED, COUNT_CUSTOMERS, row, p->customer->name, p->identity);
        remember(b, &m, &k);
        *ret = k.id;
        return STATUS_OK;
    }
    *ret = k.id;
    bool merged = false;
    bool filled = false;
    if (by < m.n && m.kind[by] != MATCH_IDENTITY)
        TRY(adopt_identity(cx, db, b, shop, p, &k, &merged));
    if (b->reading->options.policy != POLICY_SKIP)
        TRY(fill_customer(cx, db, b, p, &k, &filled));
    b->counts.n[COUNT_CUSTOMERS][MERGED] += merged;
    b->counts.n[COUNT_CUSTOMERS][UPDATED] += filled;
    if (merged)
        example_add(b, MERGED, COUNT_CUSTOMERS, row, p->customer->name, p->identity);
    if (place == 0 || filled || merged)
        remember(b, &m, &k);
    return STATUS_OK;
}

// --- files of customers

static Status update_customer(Ctx *cx, Db *db, Batch *b, const DraftPerson *p, Id id, Policy policy,
                              bool *ret_any)
{
    const EntityInfo *e = b->reading->customer;
    Customer *before = row_new(cx->arena, e);
    Customer *patch = row_new(cx->arena, e);
    *ret_any = false;
    if (id.v < 0)
        return STATUS_OK;
    TRY(query_one(cx, db, e, id, before));
    Customer *wish = row_copy(cx->arena, e, p->customer);
    row_drop(wish, field_at(e, CUSTOMER_source));
    if (row_is_set(before, field_at(e, CUSTOMER_collected_at)))
        row_drop(wish, field_at(e, CUSTOMER_collected_at));
    *ret_any = patch_of(cx, e, before, wish, policy, patch);
    return *ret_any && !b->dry ? change_update(cx, db, e, id, 0, patch, (Str){ 0 }, NULL)
                               : STATUS_OK;
}

Status apply_customer_row(Ctx *cx, Db *db, Batch *b, const Draft *d, Outcome *ret)
{
    const DraftPerson *p = &d->person;
    Id shop = { 0 };
    Marks m;
    KnownCustomer k = { 0 };
    int64_t place = 0;
    size_t by = 0;
    int64_t row = d->rows[0].number;
    TRY(apply_shop(cx, db, b, d, &shop));
    marks_of(b, shop, p, &m);
    TRY(find_person(cx, db, b, shop, p, &m, &k, &place, &by));
    *ret = CREATED;
    bool again = false;
    if (k.id.v == 0) {
        TRY(make_customer(cx, db, b, shop, p, &k));
        (void)policy_for(b, COUNT_CUSTOMERS, k.id.v, &again);
    } else {
        bool merged = false;
        bool changed = false;
        Policy policy = policy_for(b, COUNT_CUSTOMERS, k.id.v, &again);
        TRY(adopt_identity(cx, db, b, shop, p, &k, &merged));
        TRY(update_customer(cx, db, b, p, k.id, policy, &changed));
        *ret = merged || (again && changed) ? MERGED : changed ? UPDATED : UNCHANGED;
    }
    remember(b, &m, &k);
    b->counts.n[COUNT_CUSTOMERS][*ret]++;
    example_add(b, *ret, COUNT_CUSTOMERS, row, p->customer->name, p->identity);
    return STATUS_OK;
}
