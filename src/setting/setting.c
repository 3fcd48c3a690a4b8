#include "setting/setting.h"

typedef struct Loaded {
    const SettingDef *def;
    Str value; // as text; secrets in clear
    bool is_default;
} Loaded;

typedef struct Settings {
    Loaded *all;
    size_t n;
    Map by_key;
} Settings;

static const Settings *settings_of(const Ctx *cx)
{
    check(cx->catalog != NULL && cx->catalog->settings != NULL);
    return cx->catalog->settings;
}

static Status read_values(Ctx *cx, Db *db, Settings *s, Arena *a)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT key, value, sealed FROM setting"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        const int64_t *at = map_get(&s->by_key, stmt_view(st, 0));
        if (at == NULL)
            continue;
        Loaded *l = &s->all[*at];
        l->is_default = false;
        if (stmt_is_null(st, 2)) {
            l->value = stmt_text(st, 1, a);
            continue;
        }
        SealPlace place = { "setting", l->def->key, 0 };
        TRY(unseal(cx, cx->catalog->keys, a, place, stmt_view(st, 2), &l->value));
    }
    return stmt_end(cx, &st);
}

// Decimals of ISO 4217 currencies that do not have two.
static int currency_decimals(Str code)
{
    static const Str NONE[] = { S_INIT("JPY"), S_INIT("KRW"), S_INIT("VND"), S_INIT("CLP"),
                                S_INIT("ISK") };
    static const Str THREE[] = { S_INIT("KWD"), S_INIT("BHD"), S_INIT("OMR"), S_INIT("JOD"),
                                 S_INIT("TND") };
    for (size_t i = 0; i < ARRAY_LEN(NONE); i++) {
        if (str_eq(code, NONE[i]))
            return 0;
        if (str_eq(code, THREE[i]))
            return 3;
    }
    return 2;
}

static Str value_of(const Settings *s, const char *key)
{
    const int64_t *at = map_get(&s->by_key, str_z(key));
    check(at != NULL);
    return s->all[*at].value;
}

Status setting_load(Ctx *cx, Db *db, const SettingTable *tables, size_t ntables, Catalog *c)
{
    Arena *a = &c->arena;
    Settings *s = arena_new(a, Settings);
    size_t n = 0;
    for (size_t t = 0; t < ntables; t++)
        n += tables[t].n;
    s->all = arena_array(a, Loaded, n + 1);
    s->by_key = map_new(a);
    for (size_t t = 0; t < ntables; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            const SettingDef *d = &tables[t].defs[i];
            *map_put(&s->by_key, str_z(d->key), NULL) = (int64_t)s->n;
            s->all[s->n++] = (Loaded){ d, str_z(d->value), true };
        }
    TRY(read_values(cx, db, s, a));
    c->settings = s;
    c->currency = value_of(s, "org.currency");
    c->decimals = currency_decimals(c->currency);
    c->region = value_of(s, "org.region");
    return zone_find(cx, value_of(s, "org.zone"), &c->zone);
}

static const Loaded *find(const Ctx *cx, Str key)
{
    const Settings *s = settings_of(cx);
    const int64_t *at = map_get(&s->by_key, key);
    return at == NULL ? NULL : &s->all[*at];
}

Str setting_text(const Ctx *cx, const char *key)
{
    const Loaded *l = find(cx, str_z(key));
    check(l != NULL);
    return l->value;
}

int64_t setting_int(const Ctx *cx, const char *key)
{
    int64_t v = 0;
    Str text = setting_text(cx, key);
    check(str_int(text, &v));
    return v;
}

bool setting_bool(const Ctx *cx, const char *key)
{
    return str_eq(setting_text(cx, key), S("true"));
}

// --- writing

static Status bad(Ctx *cx, const SettingDef *d, const char *code, const char *what)
{
    return FAIL(cx, INVALID, code, d->key, "%s", what);
}

static Status check_choice(Ctx *cx, const SettingDef *d, Str value)
{
    for (const ChoiceDef *c = d->choices; c != NULL && c->name != NULL; c++)
        if (str_eq(value, str_z(c->name)))
            return STATUS_OK;
    return bad(cx, d, "choice", "is not one of the choices");
}

static Status to_text(Ctx *cx, const SettingDef *d, const Json *v, Str *ret)
{
    int64_t n = 0;
    switch (d->kind) {
    case FIELD_BOOL:
        if (v->kind != JSON_BOOL_NODE)
            return bad(cx, d, "format", "must be true or false");
        *ret = v->num != 0 ? S("true") : S("false");
        return STATUS_OK;
    case FIELD_INT:
        if (v->kind != JSON_INT_NODE || v->num < d->min || v->num > d->max) {
            (void)bad(cx, d, "range", "is not a whole number within its bounds");
            return ctx_fail_args(cx, STATUS_INVALID,
                                 arena_fmt(cx->arena, "%lld", (long long)d->min),
                                 arena_fmt(cx->arena, "%lld", (long long)d->max));
        }
        *ret = arena_fmt(cx->arena, "%lld", (long long)v->num);
        return STATUS_OK;
    case FIELD_MONEY:
    case FIELD_DECIMAL:
        if (v->kind != JSON_STR_NODE || !money_parse(v->text, &n) || n < d->min || n > d->max)
            return bad(cx, d, "range", "is not an amount within its bounds");
        *ret = v->text;
        return STATUS_OK;
    case FIELD_JSON: {
        Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
        JsonOut j = json_out(&b);
        json_write(&j, v);
        *ret = buf_str(&b);
        return STATUS_OK;
    }
    case FIELD_TEXT:
    case FIELD_CHOICE:
        if (v->kind != JSON_STR_NODE)
            return bad(cx, d, "format", "must be a text");
        *ret = str_trim(v->text);
        if (d->kind == FIELD_CHOICE)
            return check_choice(cx, d, *ret);
        n = (int64_t)utf8_count(*ret);
        if (n < d->min || (d->max > 0 && n > d->max))
            return bad(cx, d, "length", "has a wrong length");
        // Names and addresses end up in headers of mails: one line.
        return text_is_clean(*ret, false) ? STATUS_OK
                                          : bad(cx, d, "text.unclean", "holds control characters");
    case FIELD_ID:
    case FIELD_INSTANT:
    case FIELD_DAY:
    case FIELD_KINDS: break;
    }
    return bad(cx, d, "format", "cannot be set");
}

static void bind_value(Ctx *cx, Sql *q, const SettingDef *d, Str value)
{
    if (d->secret) {
        SealPlace place = { "setting", d->key, 0 };
        sql_null(q);
        sql_add(q, SQL(", "));
        sql_blob(q, seal(cx->catalog->keys, cx->arena, place, value));
    } else {
        sql_text(q, value);
        sql_add(q, SQL(", "));
        sql_null(q);
    }
}

static Status note(Ctx *cx, Db *db, const SettingDef *d, Str before, Str value)
{
    Buf b = buf_new(cx->arena, LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, d->key);
    json_str(&j, d->secret ? S("…") : before);
    json_str(&j, d->secret ? S("…") : value);
    json_close_array(&j);
    json_close(&j);
    return change_note(cx, db, CHANGE_SETTING, "setting", (Id){ 0 }, str_z(d->key), buf_str(&b));
}

static Status write(Ctx *cx, Db *db, const Loaded *l, Str value)
{
    const SettingDef *d = l->def;
    if (d->check != NULL)
        TRY((d->check)(cx, value));
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("INSERT INTO setting (key, value, sealed, updated_at) VALUES ("));
    sql_text(q, str_z(d->key));
    sql_add(q, SQL(", "));
    bind_value(cx, q, d, value);
    sql_add(q, SQL(", "));
    sql_int(q, cx->now.ms);
    sql_add(
        q, SQL(") ON CONFLICT (key) DO UPDATE SET value = excluded.value, sealed = excluded.sealed,"
               " updated_at = excluded.updated_at"));
    TRY(db_exec(cx, db, q, NULL));
    return note(cx, db, d, l->value, value);
}

Status setting_set(Ctx *cx, Db *db, Str key, const Json *value)
{
    const Loaded *l = find(cx, key);
    if (l == NULL)
        return FAIL(cx, INVALID, "setting.unknown", arena_cstr(cx->arena, key), "is not a setting");
    Str text = { 0 };
    TRY(to_text(cx, l->def, value, &text));
    return write(cx, db, l, text);
}

Status setting_set_text(Ctx *cx, Db *db, const char *key, Str value)
{
    const Loaded *l = find(cx, str_z(key));
    check(l != NULL);
    return write(cx, db, l, value);
}

// --- showing

static void show_value(JsonOut *j, const SettingDef *d, const char *key, Str text)
{
    int64_t n = 0;
    json_key(j, str_z(key));
    if (d->kind == FIELD_INT && str_int(text, &n))
        json_int(j, n);
    else if (d->kind == FIELD_BOOL)
        json_bool(j, str_eq(text, S("true")));
    else if (d->kind == FIELD_JSON && text.len > 0)
        json_raw(j, text);
    else
        json_str(j, text);
}

static void show_label(JsonOut *j, const char *key, Label l)
{
    json_key_open(j, key);
    json_key_str(j, "zh", label_text(l, "zh-CN"));
    json_key_str(j, "en", label_text(l, "en"));
    json_close(j);
}

static void show(JsonOut *j, const Loaded *l)
{
    const SettingDef *d = l->def;
    json_open(j);
    json_key_str(j, "key", str_z(d->key));
    show_label(j, "label", d->label);
    show_label(j, "help", d->help);
    json_key_str(j, "group", str_z(d->group));
    json_key_str(j, "kind", str_z(field_kind_name(d->kind)));
    json_key_bool(j, "secret", d->secret);
    if (d->secret && l->value.len == 0)
        json_key_null(j, "value");
    else if (d->secret)
        json_key_str(j, "value", S("set"));
    else
        show_value(j, d, "value", l->value);
    show_value(j, d, "default", str_z(d->value));
    json_key_int(j, "min", d->min);
    json_key_int(j, "max", d->max);
    if (d->choices == NULL) {
        json_key_null(j, "choices");
    } else {
        json_key_open_array(j, "choices");
        for (const ChoiceDef *c = d->choices; c->name != NULL; c++) {
            json_open(j);
            json_key_str(j, "name", str_z(c->name));
            show_label(j, "label", c->label);
            json_close(j);
        }
        json_close_array(j);
    }
    json_close(j);
}

void setting_json(const Ctx *cx, JsonOut *j)
{
    const Settings *s = settings_of(cx);
    json_open(j);
    json_key_open_array(j, "items");
    for (size_t i = 0; i < s->n; i++)
        show(j, &s->all[i]);
    json_close_array(j);
    json_close(j);
}
