// Who a row is about, and products.
#include "intake/intake_internal.h"

static Str joined_name(Ctx *cx, Str first, Str last)
{
    if (first.len == 0 || last.len == 0)
        return first.len == 0 ? last : first;
    size_t at = 0;
    // Chinese names: family name first, nothing between.
    if (utf8_is_han(utf8_next(last, &at)))
        return arena_fmt(cx->arena, STR_FMT STR_FMT, STR_ARG(last), STR_ARG(first));
    return arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(first), STR_ARG(last));
}

static Str open_cell(Ctx *cx, const Reading *r, const Cells *c, TargetId t)
{
    Str s = cell_of(cx, r, c, t);
    return cell_is_masked(s) ? (Str){ 0 } : s;
}

static Str own_name(Ctx *cx, const Reading *r, const Cells *c)
{
    Str name = open_cell(cx, r, c, TARGET_customer_name);
    if (name.len > 0)
        return name;
    return joined_name(cx, open_cell(cx, r, c, TARGET_customer_first_name),
                       open_cell(cx, r, c, TARGET_customer_last_name));
}

static void read_identity(Ctx *cx, const Reading *r, const Cells *c, DraftPerson *p)
{
    static const struct {
        TargetId target;
        IdentityKind kind;
    } KINDS[] = { { TARGET_identity_member, IDENTITY_MEMBER },
                  { TARGET_identity_value, IDENTITY_ACCOUNT },
                  { TARGET_customer_nickname, IDENTITY_NICKNAME } };
    for (size_t i = 0; i < ARRAY_LEN(KINDS) && p->identity.len == 0; i++) {
        // A nickname is no identity of a customer file that has phones: two may share it.
        if (KINDS[i].kind == IDENTITY_NICKNAME && columns_has(&r->columns, TARGET_customer_phone))
            continue;
        p->identity = open_cell(cx, r, c, KINDS[i].target);
        p->identity_kind = KINDS[i].kind;
    }
    // "17850.0": numbers that went through a table with gaps.
    if (p->identity_kind == IDENTITY_MEMBER && str_ends(p->identity, S(".0")))
        p->identity.len -= 2;
    p->identity = utf8_left(p->identity, 200);
}

// Phones and addresses that cannot be read are left out of orders, and refused in customer files.
static Status read_contact(Ctx *cx, const Reading *r, const Cells *c, bool strict, Customer *to)
{
    Str phone = cell_of(cx, r, c, TARGET_customer_phone);
    if (phone.len == 0 && !strict)
        phone = cell_of(cx, r, c, TARGET_order_phone);
    Str e164 = { 0 };
    if (phone.len > 0 && !cell_is_masked(phone) &&
        (strict || phone_parse(cx->arena, phone, cx->catalog->region, &e164) != PHONE_INVALID))
        put_text(cx, r->customer, to, CUSTOMER_phone, e164.len > 0 ? e164 : phone);
    Str email = cell_of(cx, r, c, TARGET_customer_email);
    Str normal = { 0 };
    if (email.len > 0 && !cell_is_masked(email) &&
        (strict || email_parse(cx->arena, email, &normal)))
        put_text(cx, r->customer, to, CUSTOMER_email, normal.len > 0 ? normal : email);
    return STATUS_OK;
}

static void copy_text(Ctx *cx, const Reading *r, Customer *to, uint32_t field, const Order *o,
                      uint32_t from)
{
    Value v = row_get(o, field_at(r->order, from));
    if (!v.null && !cell_is_masked(v.text))
        put_text(cx, r->customer, to, field, v.text);
}

static void read_order_address(Ctx *cx, const Reading *r, const Order *o, Customer *to)
{
    copy_text(cx, r, to, CUSTOMER_country, o, ORDER_country);
    copy_text(cx, r, to, CUSTOMER_province, o, ORDER_province);
    copy_text(cx, r, to, CUSTOMER_city, o, ORDER_city);
    copy_text(cx, r, to, CUSTOMER_district, o, ORDER_district);
    copy_text(cx, r, to, CUSTOMER_street, o, ORDER_street);
    copy_text(cx, r, to, CUSTOMER_postcode, o, ORDER_postcode);
}

static void read_own_address(Ctx *cx, const Reading *r, const Cells *c, Customer *to)
{
    const EntityInfo *e = r->customer;
    Str street = cell_of(cx, r, c, TARGET_customer_street);
    Str more = cell_of(cx, r, c, TARGET_customer_street2);
    if (more.len > 0)
        street = arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(street), STR_ARG(more));
    AddressParts parts = address_split(cell_of(cx, r, c, TARGET_customer_address));
    Str province = cell_of(cx, r, c, TARGET_customer_province);
    Str city = cell_of(cx, r, c, TARGET_customer_city);
    Str district = cell_of(cx, r, c, TARGET_customer_district);
    put_text(cx, e, to, CUSTOMER_province, province.len > 0 ? province : parts.province);
    put_text(cx, e, to, CUSTOMER_city, city.len > 0 ? city : parts.city);
    put_text(cx, e, to, CUSTOMER_district, district.len > 0 ? district : parts.district);
    put_text(cx, e, to, CUSTOMER_street, street.len > 0 ? street : parts.street);
    put_text(cx, e, to, CUSTOMER_postcode, cell_of(cx, r, c, TARGET_customer_postcode));
}

static void read_gender(Ctx *cx, const Reading *r, const Cells *c, Customer *to)
{
    static const struct {
        const char *word;
        int64_t ordinal;
    } WORDS[] = { { "男", 0 }, { "女", 1 },   { "male", 0 }, { "female", 1 }, { "m", 0 },
                  { "f", 1 },  { "先生", 0 }, { "女士", 1 }, { "other", 2 },  { "其他", 2 } };
    Str s = cell_of(cx, r, c, TARGET_customer_gender);
    for (size_t i = 0; i < ARRAY_LEN(WORDS); i++)
        if (str_ieq(s, str_z(WORDS[i].word)))
            put_num(cx, r->customer, to, CUSTOMER_gender, WORDS[i].ordinal);
}

static Status read_profile(Ctx *cx, const Reading *r, const Cells *c, Customer *to)
{
    const EntityInfo *e = r->customer;
    read_gender(cx, r, c, to);
    put_text(cx, e, to, CUSTOMER_company, cell_of(cx, r, c, TARGET_customer_company));
    put_text(cx, e, to, CUSTOMER_occupation, cell_of(cx, r, c, TARGET_customer_occupation));
    put_text(cx, e, to, CUSTOMER_wechat, cell_of(cx, r, c, TARGET_customer_wechat));
    put_text(cx, e, to, CUSTOMER_note, cell_of(cx, r, c, TARGET_customer_note));
    put_text(cx, e, to, CUSTOMER_source_note, cell_of(cx, r, c, TARGET_customer_source_note));
    Str birthday = cell_of(cx, r, c, TARGET_customer_birthday);
    Day day = { 0 };
    if (birthday.len > 0 && text_day(birthday, r->options.day_first, &day))
        put_num(cx, e, to, CUSTOMER_birthday, day.n);
    else if (birthday.len > 0 && !cell_is_masked(birthday))
        return FAIL(cx, INVALID, "import.date", "customer.birthday",
                    "\"" STR_FMT "\" is not a date", STR_ARG(utf8_left(birthday, 40)));
    Instant at = { 0 };
    bool any = false;
    TRY(read_time(cx, r, c, TARGET_customer_collected_at, &at, &any));
    if (any)
        put_num(cx, e, to, CUSTOMER_collected_at, at.ms);
    return STATUS_OK;
}

// What to call somebody whose name is not told.
static Str fallback_name(Ctx *cx, const Reading *r, const Cells *c, const DraftPerson *p,
                         const Customer *to)
{
    Str nickname = open_cell(cx, r, c, TARGET_customer_nickname);
    Str receiver = open_cell(cx, r, c, TARGET_order_receiver);
    if (receiver.len > 0)
        return receiver;
    if (nickname.len > 0)
        return nickname;
    if (p->identity.len > 0)
        return p->identity;
    Str masked = cell_of(cx, r, c, TARGET_customer_name);
    if (masked.len > 0)
        return masked;
    return to->email.len > 0 ? to->email : mask_phone(cx->arena, to->phone);
}

Status draft_person(Ctx *cx, const Reading *r, const Cells *c, const Order *o, Draft *d)
{
    DraftPerson p = { 0 };
    bool strict = o == NULL;
    Customer *to = row_new(cx->arena, r->customer);
    read_identity(cx, r, c, &p);
    TRY(read_contact(cx, r, c, strict, to));
    Str name = own_name(cx, r, c);
    bool nothing_else = !columns_has(&r->columns, TARGET_identity_value) &&
                        !columns_has(&r->columns, TARGET_identity_member) &&
                        !columns_has(&r->columns, TARGET_customer_phone) &&
                        !columns_has(&r->columns, TARGET_order_phone) &&
                        !columns_has(&r->columns, TARGET_customer_email);
    if (!strict && nothing_else && name.len > 0) {
        p.identity = utf8_left(name, 200);
        p.identity_kind = IDENTITY_NICKNAME;
    }
    bool known = p.identity.len > 0 || to->phone.len > 0 || to->email.len > 0;
    // Nothing but a name: it must do as the mark by which the row is known again.
    if (!known && strict) {
        Str nickname = open_cell(cx, r, c, TARGET_customer_nickname);
        p.identity = utf8_left(nickname.len > 0 ? nickname : name, 200);
        p.identity_kind = IDENTITY_NICKNAME;
        known = p.identity.len > 0;
    }
    if (!known)
        return strict ? FAIL(cx, INVALID, "import.no_person", "customer.name",
                             "there is no name, phone, e-mail address or account in this row")
                      : STATUS_OK;
    if (name.len == 0)
        name = fallback_name(cx, r, c, &p, to);
    put_text(cx, r->customer, to, CUSTOMER_name, name);
    put_text(cx, r->customer, to, CUSTOMER_country, cell_of(cx, r, c, TARGET_customer_country));
    if (strict) {
        read_own_address(cx, r, c, to);
        TRY(read_profile(cx, r, c, to));
    } else {
        read_order_address(cx, r, o, to);
        put_text(cx, r->customer, to, CUSTOMER_company, cell_of(cx, r, c, TARGET_customer_company));
    }
    put_num(cx, r->customer, to, CUSTOMER_source, strict ? SOURCE_IMPORT : SOURCE_ORDER);
    TRY(row_validate(cx, r->customer, to, true));
    p.customer = to;
    d->person = p;
    return STATUS_OK;
}

// --- products

static Status one_product(Ctx *cx, const Reading *r, const Cells *cells, const Draft *d, size_t i,
                          Product *to)
{
    const EntityInfo *e = r->product;
    static const struct {
        TargetId target;
        uint32_t field;
        bool shared; // said once for all rows of a group
    } TEXTS[] = {
        { TARGET_product_name, PRODUCT_name, true },
        { TARGET_product_sku, PRODUCT_sku, false },
        { TARGET_product_brand, PRODUCT_brand, true },
        { TARGET_product_unit, PRODUCT_unit, true },
        { TARGET_product_barcode, PRODUCT_barcode, false },
        { TARGET_product_description, PRODUCT_description, true },
    };
    for (size_t k = 0; k < ARRAY_LEN(TEXTS); k++) {
        Str s = cell_of(cx, r, &cells[i], TEXTS[k].target);
        for (size_t row = 0; s.len == 0 && TEXTS[k].shared && row < d->nrows; row++)
            s = cell_of(cx, r, &cells[row], TEXTS[k].target);
        put_text(cx, e, to, TEXTS[k].field, s);
    }
    Str spec = cell_of(cx, r, &cells[i], TARGET_product_spec);
    Str more = cell_of(cx, r, &cells[i], TARGET_product_spec2);
    if (more.len > 0)
        spec = arena_fmt(cx->arena, STR_FMT " / " STR_FMT, STR_ARG(spec), STR_ARG(more));
    if (!str_eq(spec, S("Default Title")))
        put_text(cx, e, to, PRODUCT_spec, spec);
    bool any = false;
    int64_t v = 0;
    TRY(read_money(cx, r, &cells[i], TARGET_product_price, &v, &any));
    if (any)
        put_num(cx, e, to, PRODUCT_price, v);
    TRY(read_money(cx, r, &cells[i], TARGET_product_cost, &v, &any));
    if (any)
        put_num(cx, e, to, PRODUCT_cost, v);
    TRY(read_money(cx, r, &cells[i], TARGET_product_stock, &v, &any));
    if (any)
        put_num(cx, e, to, PRODUCT_stock, v / MONEY_ONE);
    if (!row_is_set(to, field_at(e, PRODUCT_name)))
        put_text(cx, e, to, PRODUCT_name, to->sku);
    return STATUS_OK;
}

Status draft_products(Ctx *cx, const Reading *r, const Cells *cells, Draft *d, size_t *ret_bad)
{
    d->products = arena_array(cx->arena, Product *, d->nrows + 1);
    d->category = cell_of(cx, r, &cells[0], TARGET_product_category);
    for (size_t i = 0; i < d->nrows; i++) {
        *ret_bad = i;
        // Further rows of a group without a code or price only bring pictures.
        if (i > 0 && cell_of(cx, r, &cells[i], TARGET_product_sku).len == 0 &&
            cell_of(cx, r, &cells[i], TARGET_product_price).len == 0)
            continue;
        Product *to = row_new(cx->arena, r->product);
        TRY(one_product(cx, r, cells, d, i, to));
        if (to->name.len == 0)
            return FAIL(cx, INVALID, "import.no_product", "product.name",
                        "there is no name or code in this row");
        TRY(row_validate(cx, r->product, to, true));
        d->products[d->nproducts++] = to;
    }
    return STATUS_OK;
}
