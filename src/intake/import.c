// Runs of imports and own presets as entities; loading and keeping them.
#include "intake/intake_internal.h"

static const ChoiceDef KINDS[] = {
    { "orders", { "订单", "Orders" } },     { "customers", { "客户", "Customers" } },
    { "products", { "商品", "Products" } }, { "lines", { "订单明细", "Order lines" } },
    { "payments", { "付款", "Payments" } }, { NULL, { NULL, NULL } },
};
_Static_assert(ARRAY_LEN(KINDS) == IMPORT_KIND_COUNT + 1, "every kind has a name");

static const ChoiceDef STATES[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    IMPORT_STATES(X)
#undef X
        { NULL, { NULL, NULL } },
};

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Import, name, __VA_ARGS__),
#include "intake/import.def"
#undef FIELD
};

typedef struct OwnPreset {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "intake/preset.def"
#undef FIELD
} OwnPreset;

enum {
#define FIELD(type, name, ...) PRESET_##name,
#include "intake/preset.def"
#undef FIELD
};

static const Field PRESET_ROWS[] = {
#define FIELD(type, name, ...) FIELD_ROW(OwnPreset, name, __VA_ARGS__),
#include "intake/preset.def"
#undef FIELD
};

// Everybody sees the imports he made; wider scopes see more.
const Entity import_entity = {
    .name = "import",
    .path = "imports",
    .label = { "导入", "Import" },
    .plural = { "导入记录", "Imports" },
    .table = SQL_INIT("import_run"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Import),
    .title = IMPORT_file,
    .owner = IMPORT_owner_id,
    .flags = E_READONLY,
};

static Status check_preset(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)db, (void)before, (void)e;
    OwnPreset *p = after;
    const Json *mapping = NULL;
    if (p == NULL)
        return STATUS_OK;
    TRY(json_parse(cx, p->mapping.text, &mapping));
    if (mapping->kind != JSON_OBJECT_NODE || mapping->len == 0)
        return FAIL(cx, INVALID, "preset.mapping", "mapping", "must map headings to fields");
    for (const Json *m = mapping->first; m != NULL; m = m->next)
        if (m->kind != JSON_STR_NODE ||
            target_find(m->text, (ImportKind)p->kind.ordinal) == TARGETS)
            return FAIL(cx, INVALID, "preset.mapping", "mapping",
                        "\"" STR_FMT "\" leads to no field", STR_ARG(m->key));
    return STATUS_OK;
}

const Entity preset_entity = {
    .name = "preset",
    .path = "presets",
    .label = { "导入格式", "Import preset" },
    .plural = { "导入格式", "Import presets" },
    .table = SQL_INIT("preset"),
    .fields = PRESET_ROWS,
    .nfields = ARRAY_LEN(PRESET_ROWS),
    .size = sizeof(OwnPreset),
    .title = PRESET_name,
    .flags = E_TRASH | E_GLOBAL,
    .check = check_preset,
};

const char *import_state_name(int64_t state)
{
    return STATES[state].name;
}

const char *import_kind_name(int64_t kind)
{
    return KINDS[kind].name;
}

bool import_kind_find(Str name, ImportKind *ret)
{
    for (int i = 0; i < IMPORT_KIND_COUNT; i++)
        if (str_eq(name, str_z(KINDS[i].name))) {
            *ret = (ImportKind)i;
            return true;
        }
    return false;
}

// --- counts

const char *counted_name(Counted c)
{
    static const char *const NAMES[COUNTED] = { "orders", "refunds", "customers", "products" };
    return NAMES[c];
}

const char *outcome_name(Outcome o)
{
    static const char *const NAMES[OUTCOMES] = { "created", "updated", "unchanged", "merged",
                                                 "refused" };
    return NAMES[o];
}

void counts_add(Counts *to, const Counts *more)
{
    for (int c = 0; c < COUNTED; c++)
        for (int o = 0; o < OUTCOMES; o++)
            to->n[c][o] += more->n[c][o];
}

void counts_json(JsonOut *j, const Counts *c)
{
    json_open(j);
    for (int what = 0; what < COUNTED; what++) {
        json_key_open(j, counted_name((Counted)what));
        for (int o = 0; o < OUTCOMES; o++)
            json_key_int(j, outcome_name((Outcome)o), c->n[what][o]);
        json_close(j);
    }
    json_close(j);
}

void counts_parse(const Json *object, Counts *ret)
{
    *ret = (Counts){ 0 };
    for (int what = 0; what < COUNTED; what++) {
        const Json *part = json_get(object, counted_name((Counted)what));
        for (int o = 0; o < OUTCOMES; o++)
            ret->n[what][o] = json_num(part, outcome_name((Outcome)o), 0);
    }
}

// --- options

static Status read_match(Ctx *cx, const Json *list, Options *o)
{
    static const char *const NAMES[] = { "", "identity", "phone", "email" };
    size_t n = 0;
    memset(o->match, 0, sizeof(o->match));
    for (const Json *m = list->first; m != NULL; m = m->next) {
        Match found = MATCH_NONE;
        for (int k = MATCH_IDENTITY; k <= MATCH_EMAIL; k++)
            if (str_eq(m->text, str_z(NAMES[k])))
                found = (Match)k;
        if (found == MATCH_NONE || n == ARRAY_LEN(o->match))
            return FAIL(cx, INVALID, "import.match", "match", "must list identity, phone, email");
        o->match[n++] = found;
    }
    return STATUS_OK;
}

static const char *const POLICIES[] = { "skip", "fill", "update" };

static Status read_policy(Ctx *cx, Str name, Options *o)
{
    for (size_t i = 0; i < ARRAY_LEN(POLICIES); i++)
        if (str_eq(name, str_z(POLICIES[i]))) {
            o->policy = (Policy)i;
            return STATUS_OK;
        }
    return FAIL(cx, INVALID, "import.policy", "policy", "must be skip, fill or update");
}

Status options_parse(Ctx *cx, ImportKind kind, const Json *object, Options *ret)
{
    static const char *const NAMES[] = { "match",    "policy",    "shop_id",
                                         "currency", "day_first", "comma_decimal",
                                         "zone",     "lang",      NULL };
    bool orders = kind != IMPORT_CUSTOMERS && kind != IMPORT_PRODUCTS;
    *ret = (Options){ .match = { MATCH_IDENTITY, MATCH_PHONE, MATCH_EMAIL },
                      .policy = orders ? POLICY_UPDATE : POLICY_FILL,
                      .zone = cx->catalog->zone,
                      .lang = str_z(cx->lang) };
    if (object == NULL)
        return STATUS_OK;
    TRY(json_only(cx, object, NAMES));
    const Json *match = json_get(object, "match");
    if (match != NULL && match->kind == JSON_ARRAY_NODE)
        TRY(read_match(cx, match, ret));
    Str policy = json_text(object, "policy", (Str){ 0 });
    if (policy.len > 0)
        TRY(read_policy(cx, policy, ret));
    ret->shop = (Id){ json_num(object, "shop_id", 0) };
    ret->currency = json_text(object, "currency", (Str){ 0 });
    ret->day_first = json_flag(object, "day_first", false);
    ret->comma_decimal = json_flag(object, "comma_decimal", false);
    ret->zone_name = json_text(object, "zone", (Str){ 0 });
    if (ret->zone_name.len > 0)
        TRY(zone_find(cx, ret->zone_name, &ret->zone));
    Str lang = json_text(object, "lang", ret->lang);
    ret->lang = str_eq(lang, S("en")) ? S("en") : S("zh-CN");
    return STATUS_OK;
}

void options_json(JsonOut *j, const Options *o)
{
    static const char *const MATCHES[] = { "", "identity", "phone", "email" };
    json_open(j);
    json_key_open_array(j, "match");
    for (size_t i = 0; i < ARRAY_LEN(o->match); i++)
        if (o->match[i] != MATCH_NONE)
            json_str(j, str_z(MATCHES[o->match[i]]));
    json_close_array(j);
    json_key_str(j, "policy", str_z(POLICIES[o->policy]));
    if (o->shop.v != 0)
        json_key_int(j, "shop_id", o->shop.v);
    else
        json_key_null(j, "shop_id");
    if (o->currency.len > 0)
        json_key_str(j, "currency", o->currency);
    json_key_bool(j, "day_first", o->day_first);
    json_key_bool(j, "comma_decimal", o->comma_decimal);
    if (o->zone_name.len > 0)
        json_key_str(j, "zone", o->zone_name);
    json_key_str(j, "lang", o->lang);
    json_close(j);
}

// --- loading

Status import_load(Ctx *cx, Db *db, Id id, Import *ret)
{
    const EntityInfo *e = catalog_of(cx, &import_entity);
    Mask only = mask_all(e);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT "));
    entity_columns(q, e, &only);
    sql_add(q, SQL(" FROM import_run t WHERE t.id = "));
    sql_id(q, id);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    bool found = stmt_next(st);
    if (found)
        TRY(entity_read(cx, e, &only, st, 0, cx->arena, ret));
    TRY(stmt_end(cx, &st));
    return found ? STATUS_OK : FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such import");
}

Status import_find(Ctx *cx, Store *s, Id id, Import *ret)
{
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, s, &db));
    return import_load(cx, db, id, ret);
}

Status import_set_state(Ctx *cx, Db *db, Id id, ImportState state, Str message)
{
    bool ends = state == STATE_DONE || state == STATE_FAILED || state == STATE_CANCELLED ||
                state == STATE_UNDONE;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("UPDATE import_run SET state = "));
    sql_int(q, state);
    sql_add(q, SQL(", message = "));
    if (message.len == 0)
        sql_null(q);
    else
        sql_text(q, message);
    if (ends) {
        sql_add(q, SQL(", ended_at = "));
        sql_int(q, cx->now.ms);
    }
    sql_add(q, SQL(", updated_at = "));
    sql_int(q, cx->now.ms);
    sql_add(q, SQL(", version = version + 1 WHERE id = "));
    sql_id(q, id);
    return db_exec(cx, db, q, NULL);
}

// Mapping: {"0":"order.number",…} by column.
Status import_reading(Ctx *cx, const Import *i, Reading *ret)
{
    const Json *mapping = NULL;
    const Json *options = NULL;
    TargetId targets[LIMIT_CSV_COLUMNS];
    Reading r = { .kind = (ImportKind)i->kind.ordinal };
    TRY(json_parse(cx, i->mapping.text.len == 0 ? S("{}") : i->mapping.text, &mapping));
    TRY(json_parse(cx, i->options.text.len == 0 ? S("{}") : i->options.text, &options));
    TRY(options_parse(cx, r.kind, options, &r.options));
    for (size_t c = 0; c < ARRAY_LEN(targets); c++)
        targets[c] = TARGETS;
    for (const Json *m = mapping->first; m != NULL; m = m->next) {
        int64_t column = 0;
        if (str_int(m->key, &column) && column >= 0 && column < LIMIT_CSV_COLUMNS &&
            m->text.len > 0)
            targets[column] = target_find(m->text, r.kind);
    }
    r.columns.preset = preset_find(i->preset);
    r.columns.flags = r.columns.preset == NULL ? 0 : r.columns.preset->flags;
    columns_set(&r.columns, targets, ARRAY_LEN(targets));
    for (int t = 0; t < TARGETS; t++)
        if (target_required((TargetId)t, r.kind) && !columns_has(&r.columns, (TargetId)t))
            return FAIL(cx, INVALID, "import.column", TARGET_TABLE[t].name.ptr,
                        "no column is mapped to \"%s\"", TARGET_TABLE[t].en);
    r.order = catalog_of(cx, &order_entity);
    r.refund = catalog_of(cx, &refund_entity);
    r.customer = catalog_of(cx, &customer_entity);
    r.product = catalog_of(cx, &product_entity);
    *ret = r;
    return STATUS_OK;
}

Status import_spec(Ctx *cx, Db *db, const Files *files, const Import *i, SourceSpec *ret)
{
    StoredFile file = { 0 };
    TRY(file_find(cx, db, files, i->file_id, &file));
    *ret = (SourceSpec){ .path = file.path.ptr, .sheet = i->sheet };
    ret->xlsx = str_eq(i->charset, S("xlsx"));
    (void)charset_by_name(i->charset, &ret->charset);
    ret->delimiter = i->delimiter.len == 0 ? ',' : i->delimiter.ptr[0];
    return STATUS_OK;
}

Status import_require(Ctx *cx, ImportKind kind)
{
    bool orders = kind != IMPORT_CUSTOMERS && kind != IMPORT_PRODUCTS;
    if (orders) {
        TRY(require(cx, catalog_of(cx, &order_entity), MAY_IMPORT | MAY_CREATE | MAY_UPDATE));
        TRY(require(cx, catalog_of(cx, &product_entity), MAY_CREATE));
    }
    if (kind == IMPORT_PRODUCTS)
        return require(cx, catalog_of(cx, &product_entity), MAY_IMPORT | MAY_CREATE | MAY_UPDATE);
    if (kind == IMPORT_ORDERS || kind == IMPORT_CUSTOMERS) {
        TRY(require(cx, catalog_of(cx, &customer_entity), MAY_CREATE | MAY_UPDATE));
        TRY(require(cx, catalog_of(cx, &identity_entity), MAY_CREATE));
    }
    return kind == IMPORT_CUSTOMERS ? require(cx, catalog_of(cx, &customer_entity), MAY_IMPORT)
                                    : STATUS_OK;
}
