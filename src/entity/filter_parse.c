// JSON tree -> typed tree. Every name is resolved against descriptors and the caller's access,
// every value against its field's kind, every limit against base/limits.h.
#include "entity/access.h"
#include "entity/filter.h"

static const char *const OP_NAMES[] = {
#define X(id, name) [OP_##id] = name,
    FILTER_OPS(X)
#undef X
};

typedef struct Parse {
    Ctx *cx;
    int nodes;
    size_t values; // of all lists together
} Parse;

enum { TREE_VALUES = 2 * LIMIT_FILTER_VALUES };

Str filter_op_name(FilterOp op)
{
    return str_z(OP_NAMES[op]);
}

static Status fault(Parse *p, Str path, const char *code, const char *what)
{
    return FAIL(p->cx, INVALID, code, arena_cstr(p->cx->arena, path), "%s", what);
}

static Status node(Parse *p, const EntityInfo *e, const Json *in, Str path, int depth,
                   const Filter **ret);

// Relative dates: name, and the range of days it means, from today.
typedef struct Span {
    Day from, to; // [from, to)
} Span;

static bool named_span(Str name, Day today, Span *ret)
{
    Date d = day_to_date(today);
    Day month = day_from_date((Date){ d.year, d.month, 1 });
    if (str_eq(name, S("this_week"))) {
        Day monday = { today.n - day_weekday(today) };
        *ret = (Span){ monday, { monday.n + 7 } };
    } else if (str_eq(name, S("this_month"))) {
        *ret = (Span){ month, day_add_months(month, 1) };
    } else if (str_eq(name, S("prev_month"))) {
        *ret = (Span){ day_add_months(month, -1), month };
    } else if (str_eq(name, S("this_year"))) {
        *ret = (Span){ day_from_date((Date){ d.year, 1, 1 }),
                       day_from_date((Date){ d.year + 1, 1, 1 }) };
    } else {
        return false;
    }
    return true;
}

enum { SPAN_MAX_DAYS = 36500 };

static bool counted_span(Str name, int64_t n, Day today, Span *ret)
{
    if (n < 0 || n > SPAN_MAX_DAYS)
        return false;
    int32_t days = (int32_t)n;
    if (str_eq(name, S("last_days")))
        *ret = (Span){ { today.n - days + 1 }, { today.n + 1 } };
    else if (str_eq(name, S("next_days")))
        *ret = (Span){ today, { today.n + days } };
    else
        return false;
    return true;
}

static Filter *field_filter(Parse *p, const Field *f, FilterOp op, size_t nvalues)
{
    Filter *out = arena_new(p->cx->arena, Filter);
    out->kind = FILTER_FIELD;
    out->field = f;
    out->op = op;
    out->values = arena_array(p->cx->arena, Value, nvalues == 0 ? 1 : nvalues);
    out->nvalues = nvalues;
    return out;
}

static int64_t day_value(const Ctx *cx, const Field *f, Day d)
{
    return f->kind == FIELD_DAY ? d.n : zone_day_start(cx->catalog->zone, d).ms;
}

// A span becomes "from <= field < to" as two conditions.
static const Filter *span_filter(Parse *p, const Field *f, Span span)
{
    Filter *from = field_filter(p, f, OP_GTE, 1);
    Filter *to = field_filter(p, f, OP_LT, 1);
    ((Value *)(uintptr_t)from->values)[0] = value_num(f->kind, day_value(p->cx, f, span.from));
    ((Value *)(uintptr_t)to->values)[0] = value_num(f->kind, day_value(p->cx, f, span.to));
    from->next = to;
    Filter *all = arena_new(p->cx->arena, Filter);
    *all = (Filter){ .kind = FILTER_ALL, .first = from };
    return all;
}

static bool is_time(const Field *f)
{
    return f->kind == FIELD_DAY || f->kind == FIELD_INSTANT;
}

// True when op is a relative date; *ret is NULL then when its value is wrong.
static bool relative(Parse *p, const Field *f, Str op, const Json *value, const Filter **ret)
{
    Day today = zone_day(p->cx->catalog->zone, p->cx->now);
    Span span = { 0 };
    *ret = NULL;
    if (!is_time(f))
        return false;
    if (named_span(op, today, &span)) {
        *ret = span_filter(p, f, span);
        return true;
    }
    if (str_eq(op, S("last_days")) || str_eq(op, S("next_days"))) {
        if (value != NULL && value->kind == JSON_INT_NODE &&
            counted_span(op, value->num, today, &span))
            *ret = span_filter(p, f, span);
        return true;
    }
    Day day = { 0 };
    bool on = str_eq(op, S("on"));
    if (!on && !str_eq(op, S("before")) && !str_eq(op, S("after")))
        return false;
    if (value == NULL || value->kind != JSON_STR_NODE || !day_parse(value->text, &day))
        return true;
    if (on) {
        *ret = span_filter(p, f, (Span){ day, { day.n + 1 } });
        return true;
    }
    bool before = str_eq(op, S("before"));
    Filter *out = field_filter(p, f, before ? OP_LT : OP_GTE, 1);
    ((Value *)(uintptr_t)out->values)[0] =
        value_num(f->kind, day_value(p->cx, f, before ? day : (Day){ day.n + 1 }));
    *ret = out;
    return true;
}

static bool op_find(Str name, FilterOp *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(OP_NAMES); i++)
        if (str_eq(name, str_z(OP_NAMES[i]))) {
            *ret = (FilterOp)i;
            return true;
        }
    return false;
}

static bool op_fits(const Field *f, FilterOp op)
{
    bool crypt = field_is_sealed(f);
    switch (op) {
    case OP_EMPTY:
    case OP_NOT_EMPTY: return true;
    case OP_EQ:
    case OP_NE:
    case OP_IN:
    case OP_NOT_IN:
        return f->kind != FIELD_JSON && !(crypt && (f->flags & (F_NO_BLIND | F_CUSTOM)) != 0);
    case OP_CONTAINS:
    case OP_STARTS: return f->kind == FIELD_TEXT && !crypt;
    case OP_ENDS: return f->kind == FIELD_TEXT && (!crypt || (f->flags & F_TAIL) != 0);
    case OP_MATCHES: return f->kind == FIELD_TEXT && (f->flags & F_SEARCH) != 0 && !crypt;
    case OP_GT:
    case OP_GTE:
    case OP_LT:
    case OP_LTE:
    case OP_BETWEEN:
        return !crypt && f->kind != FIELD_JSON && f->kind != FIELD_BOOL &&
               f->kind != FIELD_CHOICE && f->kind != FIELD_ID;
    }
    return false;
}

static Status one_value(Parse *p, const Field *f, FilterOp op, const Json *in, Str path, Value *ret)
{
    Ctx *cx = p->cx;
    Err *before = cx->errors;
    Status s = value_from_json(cx, f, in, ret);
    if (s != STATUS_OK || ret->null) {
        cx->errors = before;
        return fault(p, path, "filter.value", "the value does not fit the field");
    }
    if ((op == OP_CONTAINS || op == OP_STARTS || op == OP_ENDS || op == OP_MATCHES) &&
        utf8_count(ret->text) > LIMIT_PATTERN)
        return fault(p, path, "filter.pattern", "the text is too long");
    // Encrypted fields are compared in their normal form, which the field's own check makes.
    if ((f->flags & F_CRYPT) != 0 && f->check != NULL && op != OP_ENDS) {
        (void)(f->check)(cx, f, ret);
        cx->errors = before;
    }
    return STATUS_OK;
}

static Status values(Parse *p, const Field *f, FilterOp op, const Json *value, Str path,
                     const Filter **ret)
{
    bool list = op == OP_IN || op == OP_NOT_IN || op == OP_BETWEEN;
    if (op == OP_EMPTY || op == OP_NOT_EMPTY) {
        *ret = field_filter(p, f, op, 0);
        return STATUS_OK;
    }
    if (value == NULL || list != (value->kind == JSON_ARRAY_NODE))
        return fault(p, path, "filter.value", list ? "needs a list of values" : "needs one value");
    if (list && (value->len == 0 || value->len > LIMIT_FILTER_VALUES ||
                 (op == OP_BETWEEN && value->len != 2)))
        return fault(p, path, "filter.value", "the list has a wrong length");
    p->values += list ? value->len : 1;
    if (p->values > TREE_VALUES)
        return fault(p, path, "filter.size", "the filter is too large");
    Filter *out = field_filter(p, f, op, list ? value->len : 1);
    Value *to = (Value *)(uintptr_t)out->values;
    if (!list) {
        TRY(one_value(p, f, op, value, path, to));
    } else {
        for (const Json *v = value->first; v != NULL; v = v->next)
            TRY(one_value(p, f, op, v, path, to++));
    }
    *ret = out;
    return STATUS_OK;
}

static Status condition(Parse *p, const EntityInfo *e, Str name, Str op_name, const Json *value,
                        Str path, const Filter **ret)
{
    const Field *f = field_find(e, name);
    if (f == NULL || (f->flags & F_HIDDEN) != 0 || (f->index != 0 && (f->flags & F_FILTER) == 0))
        return fault(p, path, "filter.field", "no such field to filter by");
    if (field_access(p->cx, e, f) < ACCESS_READ)
        return FAIL(p->cx, FORBIDDEN, "filter.permission", arena_cstr(p->cx->arena, path),
                    "you may not filter by this field");
    if (relative(p, f, op_name, value, ret))
        return *ret == NULL ? fault(p, path, "filter.value", "the value does not fit") : STATUS_OK;
    FilterOp op = OP_EQ;
    if (!op_find(op_name, &op) || !op_fits(f, op))
        return fault(p, path, "filter.op", "this comparison does not fit the field");
    return values(p, f, op, value, path, ret);
}

// The filter's own fault tells where; json_only's would be a second word for the same.
static bool only(Parse *p, const Json *in, const char *const *keys)
{
    Err *before = p->cx->errors;
    bool ok = json_only(p->cx, in, keys) == STATUS_OK;
    p->cx->errors = before;
    return ok;
}

static Status field_node(Parse *p, const EntityInfo *e, const Json *in, Str path,
                         const Filter **ret)
{
    static const char *const KEYS[] = { "field", "op", "value", NULL };
    const Json *op = json_get(in, "op");
    if (!only(p, in, KEYS))
        return fault(p, path, "filter.key", "holds an unknown key");
    if (op != NULL && op->kind != JSON_STR_NODE)
        return fault(p, path, "filter.op", "the comparison must be a name");
    return condition(p, e, json_text(in, "field", (Str){ 0 }), op == NULL ? S("eq") : op->text,
                     json_get(in, "value"), path, ret);
}

// --- related rows: {"orders":{"where":…,"count":{"gte":2}}}

static const Relation *relation_find(const EntityInfo *e, Str name)
{
    for (const Relation *r = e->entity->relations; r != NULL && r->name != NULL; r++)
        if (str_eq(name, str_z(r->name)))
            return r;
    return NULL;
}

static Status measure(Parse *p, const EntityInfo *related, const Json *in, bool sum, Str path,
                      Filter *out)
{
    if (in->kind != JSON_OBJECT_NODE || in->len != (sum ? 2u : 1u))
        return fault(p, path, "filter.op", "needs one comparison, such as {\"gte\":2}");
    const Json *op = in->first;
    if (sum) {
        const Field *f = field_find(related, json_text(in, "field", (Str){ 0 }));
        if (f == NULL || (f->flags & F_SUM) == 0)
            return fault(p, path, "filter.field", "cannot be summed");
        if (field_access(p->cx, related, f) < ACCESS_READ)
            return FAIL(p->cx, FORBIDDEN, "filter.permission", arena_cstr(p->cx->arena, path),
                        "you may not filter by this field");
        out->sum = f;
        while (op != NULL && str_eq(op->key, S("field")))
            op = op->next;
    }
    if (op == NULL || !op_find(op->key, &out->op) || out->op == OP_IN || out->op == OP_NOT_IN ||
        out->op >= OP_CONTAINS)
        return fault(p, path, "filter.op", "needs one comparison, such as {\"gte\":2}");
    Field number = { .kind = sum ? out->sum->kind : FIELD_INT, .name = S("count") };
    const Filter *compared = NULL;
    TRY(values(p, &number, out->op, op, path, &compared));
    out->values = compared->values;
    out->nvalues = compared->nvalues;
    return STATUS_OK;
}

static Status related_node(Parse *p, const Relation *r, const Json *in, Str path, int depth,
                           const Filter **ret)
{
    static const char *const KEYS[] = { "where", "count", "sum", NULL };
    const EntityInfo *related = catalog_find(p->cx->catalog, str_z(r->entity));
    if (related == NULL || in->kind != JSON_OBJECT_NODE || !only(p, in, KEYS))
        return fault(p, path, "filter.key", "needs where, count or sum");
    if (!may(p->cx, related, MAY_READ))
        return FAIL(p->cx, FORBIDDEN, "filter.permission", arena_cstr(p->cx->arena, path),
                    "you may not read these records");
    Filter *out = arena_new(p->cx->arena, Filter);
    *out = (Filter){ .kind = FILTER_RELATED, .relation = r, .related = related };
    const Json *where = json_get(in, "where");
    if (where != NULL)
        TRY(node(p, related, where, arena_fmt(p->cx->arena, STR_FMT ".where", STR_ARG(path)),
                 depth + 1, &out->where));
    const Json *count = json_get(in, "count");
    const Json *sum = json_get(in, "sum");
    if (count != NULL && sum != NULL)
        return fault(p, path, "filter.key", "takes count or sum, not both");
    out->exists = count == NULL && sum == NULL;
    if (!out->exists)
        TRY(measure(p, related, count != NULL ? count : sum, sum != NULL, path, out));
    *ret = out;
    return STATUS_OK;
}

static Status group_node(Parse *p, const EntityInfo *e, const Json *in, FilterKind kind, Str path,
                         int depth, const Filter **ret)
{
    Filter *out = arena_new(p->cx->arena, Filter);
    out->kind = kind;
    const Filter **link = &out->first;
    if (kind == FILTER_NOT) {
        TRY(node(p, e, in, path, depth + 1, link));
    } else {
        if (in->kind != JSON_ARRAY_NODE)
            return fault(p, path, "filter.list", "needs a list of conditions");
        int i = 0;
        for (const Json *c = in->first; c != NULL; c = c->next, i++) {
            const Filter *child = NULL;
            TRY(node(p, e, c, arena_fmt(p->cx->arena, STR_FMT "[%d]", STR_ARG(path), i), depth + 1,
                     &child));
            // A child may be shared with nothing: every parse makes its own.
            Filter *mine = (Filter *)(uintptr_t)child;
            *link = mine;
            link = &mine->next;
        }
    }
    *ret = out;
    return STATUS_OK;
}

// {"city":{"in":["上海"]}} or {"city":"上海"}: a field named as the key.
static Status short_node(Parse *p, const EntityInfo *e, const Json *in, Str path,
                         const Filter **ret)
{
    const Json *m = in->first;
    Str name = arena_fmt(p->cx->arena, STR_FMT "." STR_FMT, STR_ARG(path), STR_ARG(m->key));
    if (m->kind != JSON_OBJECT_NODE)
        return condition(p, e, m->key, S("eq"), m, name, ret);
    if (m->len != 1)
        return fault(p, name, "filter.op", "needs one comparison");
    return condition(p, e, m->key, m->first->key, m->first, name, ret);
}

static Status node(Parse *p, const EntityInfo *e, const Json *in, Str path, int depth,
                   const Filter **ret)
{
    if (++p->nodes > LIMIT_FILTER_NODES || depth > LIMIT_FILTER_DEPTH)
        return fault(p, path, "filter.size", "the filter is too large");
    if (in->kind != JSON_OBJECT_NODE || in->len == 0)
        return fault(p, path, "filter.node", "needs an object with one condition");
    if (json_get(in, "field") != NULL)
        return field_node(p, e, in, path, ret);
    if (in->len != 1)
        return fault(p, path, "filter.node", "needs an object with one condition");
    const Json *m = in->first;
    Str below = arena_fmt(p->cx->arena, STR_FMT "." STR_FMT, STR_ARG(path), STR_ARG(m->key));
    if (str_eq(m->key, S("all")))
        return group_node(p, e, m, FILTER_ALL, below, depth, ret);
    if (str_eq(m->key, S("any")))
        return group_node(p, e, m, FILTER_ANY, below, depth, ret);
    if (str_eq(m->key, S("not")))
        return group_node(p, e, m, FILTER_NOT, below, depth, ret);
    const Relation *r = relation_find(e, m->key);
    if (r != NULL)
        return related_node(p, r, m, below, depth, ret);
    return short_node(p, e, in, path, ret);
}

Status filter_parse(Ctx *cx, const EntityInfo *e, const Json *in, const Filter **ret)
{
    *ret = NULL;
    if (in == NULL || in->kind == JSON_NULL_NODE || (in->kind == JSON_OBJECT_NODE && in->len == 0))
        return STATUS_OK;
    Parse p = { .cx = cx };
    return node(&p, e, in, S("filter"), 1, ret);
}

Status filter_parse_text(Ctx *cx, const EntityInfo *e, Str json, const Filter **ret)
{
    *ret = NULL;
    const Json *in = NULL;
    if (str_trim(json).len == 0)
        return STATUS_OK;
    TRY(json_parse(cx, json, &in));
    return filter_parse(cx, e, in, ret);
}
