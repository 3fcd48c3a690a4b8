// The SQL back end of the filter language. Every condition is written so that it is never NULL
// where that matters: below a NOT the whole is wrapped in coalesce.
#include "entity/query_internal.h"

static Status write_filter(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f);

static bool is_text(const Field *f)
{
    return f->kind == FIELD_TEXT;
}

// The column, or the member of the custom document in the field's own type.
static void column(Sql *q, const Field *f)
{
    if ((f->flags & F_CUSTOM) == 0) {
        sql_col(q, (f->flags & F_STAT) != 0 ? SQL("s") : SQL("t"), f->col);
        return;
    }
    sql_add(q, SQL("("));
    if (field_is_sealed(f)) { // only whether there is one can be asked
        sql_add(q, SQL("t.custom ->> "));
        sql_text(q, f->key);
    } else {
        query_custom_column(q, f);
    }
    sql_add(q, SQL(")"));
}

static void text_order(Sql *q, const Field *f)
{
    if (is_text(f))
        sql_either(q, SQL(""), SQL(" COLLATE \"C\""));
}

static Status bind(Ctx *cx, Sql *q, const Field *f, Value v)
{
    if ((f->flags & F_CRYPT) != 0) {
        Str blind = { 0 };
        TRY(blind_of(cx, f, v.text, cx->arena, &blind));
        sql_blob(q, blind);
    } else if (is_text(f)) {
        sql_text(q, v.text);
    } else {
        sql_int(q, v.num);
    }
    return STATUS_OK;
}

static void compared_column(Sql *q, const Field *f)
{
    if ((f->flags & F_CRYPT) != 0)
        sql_col(q, SQL("t"), f->blind_col);
    else
        column(q, f);
}

static Status in_list(Ctx *cx, Sql *q, const Filter *f)
{
    bool negated = f->op == OP_NOT_IN || f->op == OP_NE;
    if (negated) {
        sql_add(q, SQL("("));
        compared_column(q, f->field);
        sql_add(q, SQL(" IS NULL OR "));
    }
    compared_column(q, f->field);
    if (f->nvalues == 1) {
        sql_add(q, negated ? SQL(" <> ") : SQL(" = "));
        TRY(bind(cx, q, f->field, f->values[0]));
    } else {
        sql_add(q, negated ? SQL(" NOT IN (") : SQL(" IN ("));
        for (size_t i = 0; i < f->nvalues; i++) {
            if (i > 0)
                sql_add(q, SQL(", "));
            TRY(bind(cx, q, f->field, f->values[i]));
        }
        sql_add(q, SQL(")"));
    }
    if (negated)
        sql_add(q, SQL(")"));
    return STATUS_OK;
}

static Status order(Ctx *cx, Sql *q, const Field *f, SqlText op, Value v)
{
    column(q, f);
    text_order(q, f);
    sql_add(q, op);
    return bind(cx, q, f, v);
}

static Str lower(Arena *a, Str s)
{
    Str out = arena_dup(a, s);
    char *p = (char *)(uintptr_t)out.ptr;
    for (size_t i = 0; i < out.len; i++)
        p[i] = ascii_lower(p[i]);
    return out;
}

// Fragments ignore the case of ASCII letters, on both databases alike.
static void fragment(Ctx *cx, Sql *q, const Filter *f)
{
    Str pattern = lower(cx->arena, f->values[0].text);
    int64_t n = (int64_t)utf8_count(pattern);
    if (f->op == OP_CONTAINS) {
        sql_either(q, SQL("instr(lower("), SQL("strpos(lower(("));
        column(q, f->field);
        sql_either(q, SQL("), "), SQL(") COLLATE \"C\"), "));
        sql_text(q, pattern);
        sql_add(q, SQL(") > 0"));
        return;
    }
    if (f->op == OP_STARTS) {
        sql_either(q, SQL("substr(lower("), SQL("left(lower(("));
        column(q, f->field);
        sql_either(q, SQL("), 1, "), SQL(") COLLATE \"C\"), "));
    } else {
        sql_either(q, SQL("substr(lower("), SQL("right(lower(("));
        column(q, f->field);
        sql_either(q, SQL("), -"), SQL(") COLLATE \"C\"), "));
    }
    sql_int(q, n);
    sql_either(q, SQL(") = "), SQL("::int) = "));
    sql_text(q, pattern);
}

static Status tail(Ctx *cx, Sql *q, const Filter *f)
{
    Str digits = f->values[0].text;
    if (digits.len != 4)
        return FAIL(cx, INVALID, "filter.tail", f->field->name.ptr, "needs the last four digits");
    Str purpose = arena_fmt(cx->arena, STR_FMT ".tail", STR_ARG(f->field->name));
    sql_col(q, SQL("t"), f->field->tail_col);
    sql_add(q, SQL(" = "));
    sql_blob(q, blind_index(cx->catalog->keys, cx->arena, purpose.ptr, digits));
    return STATUS_OK;
}

static void matches(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f)
{
    QueryTokens t = text_query_tokens(cx->arena, f->values[0].text);
    SearchToken *tokens = arena_array(cx->arena, SearchToken, t.len + 1);
    for (size_t i = 0; i < t.len; i++)
        tokens[i] = (SearchToken){ t.ptr[i].token, t.ptr[i].prefix, t.ptr[i].group };
    if (t.len == 0 || e->entity->search_table.literal == NULL)
        sql_add(q, SQL("FALSE"));
    else
        sql_search(q, SQL("t.id"), e->entity->search_table, tokens, t.len);
}

static Status write_field(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f)
{
    const Field *field = f->field;
    switch (f->op) {
    case OP_EQ:
    case OP_NE:
    case OP_IN:
    case OP_NOT_IN: return in_list(cx, q, f);
    case OP_GT: return order(cx, q, field, SQL(" > "), f->values[0]);
    case OP_GTE: return order(cx, q, field, SQL(" >= "), f->values[0]);
    case OP_LT: return order(cx, q, field, SQL(" < "), f->values[0]);
    case OP_LTE: return order(cx, q, field, SQL(" <= "), f->values[0]);
    case OP_BETWEEN:
        sql_add(q, SQL("("));
        TRY(order(cx, q, field, SQL(" >= "), f->values[0]));
        sql_add(q, SQL(" AND "));
        TRY(order(cx, q, field, SQL(" <= "), f->values[1]));
        sql_add(q, SQL(")"));
        return STATUS_OK;
    case OP_ENDS:
        if ((field->flags & F_TAIL) != 0)
            return tail(cx, q, f);
        fragment(cx, q, f);
        return STATUS_OK;
    case OP_CONTAINS:
    case OP_STARTS: fragment(cx, q, f); return STATUS_OK;
    case OP_MATCHES: matches(cx, q, e, f); return STATUS_OK;
    case OP_EMPTY:
        column(q, field);
        sql_add(q, SQL(" IS NULL"));
        return STATUS_OK;
    case OP_NOT_EMPTY:
        column(q, field);
        sql_add(q, SQL(" IS NOT NULL"));
        return STATUS_OK;
    }
    return STATUS_OK;
}

static Status write_group(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f)
{
    if (f->first == NULL) {
        sql_add(q, f->kind == FILTER_ALL ? SQL("TRUE") : SQL("FALSE"));
        return STATUS_OK;
    }
    sql_add(q, SQL("("));
    for (const Filter *c = f->first; c != NULL; c = c->next) {
        if (c != f->first)
            sql_add(q, f->kind == FILTER_ALL ? SQL(" AND ") : SQL(" OR "));
        TRY(write_filter(cx, q, e, c));
    }
    sql_add(q, SQL(")"));
    return STATUS_OK;
}

static Status write_measure(Ctx *cx, Sql *q, const Filter *f)
{
    static const SqlText OPS[] = {
        [OP_EQ] = SQL_INIT(" = "),   [OP_NE] = SQL_INIT(" <> "), [OP_GT] = SQL_INIT(" > "),
        [OP_GTE] = SQL_INIT(" >= "), [OP_LT] = SQL_INIT(" < "),  [OP_LTE] = SQL_INIT(" <= "),
    };
    if (f->op == OP_BETWEEN) {
        sql_add(q, SQL(" BETWEEN "));
        sql_int(q, f->values[0].num);
        sql_add(q, SQL(" AND "));
        sql_int(q, f->values[1].num);
        return STATUS_OK;
    }
    if (f->op > OP_LTE || OPS[f->op].literal == NULL)
        return FAIL(cx, INVALID, "filter.op", f->relation->name, "this comparison does not fit");
    sql_add(q, OPS[f->op]);
    sql_int(q, f->values[0].num);
    return STATUS_OK;
}

// Counting needs the rows of this one record: a correlated subquery over the foreign key's index.
// Inner alias t hides the outer one, so the outer id goes through alias o of a one-row subselect.
static Status write_related(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f)
{
    (void)e;
    Query inner = { .info = f->related, .filter = f->where };
    sql_add(q, SQL("t.id IN (SELECT "));
    sql_col(q, SQL("t"), f->relation->fk);
    sql_add(q, SQL(" FROM "));
    sql_add(q, f->related->entity->table);
    sql_add(q, SQL(" t"));
    if (query_joins_stat(cx, &inner) || (f->sum != NULL && (f->sum->flags & F_STAT) != 0)) {
        sql_add(q, SQL(" JOIN "));
        sql_add(q, f->related->entity->stat_table);
        sql_add(q, SQL(" s ON s.id = t.id"));
    }
    sql_add(q, SQL(" WHERE "));
    TRY(query_where(cx, q, &inner));
    sql_add(q, SQL(" AND "));
    sql_col(q, SQL("t"), f->relation->fk);
    sql_add(q, SQL(" IS NOT NULL"));
    if (!f->exists) {
        sql_add(q, SQL(" GROUP BY "));
        sql_col(q, SQL("t"), f->relation->fk);
        sql_add(q, SQL(" HAVING "));
        if (f->sum != NULL) {
            sql_add(q, SQL("CAST(coalesce(sum("));
            column(q, f->sum);
            sql_either(q, SQL("), 0) AS INTEGER)"), SQL("), 0) AS BIGINT)"));
        } else {
            sql_add(q, SQL("count(*)"));
        }
        TRY(write_measure(cx, q, f));
    }
    sql_add(q, SQL(")"));
    return STATUS_OK;
}

// "count lt 3", "count eq 0" hold for records without any related row too: true at zero means the
// complement is what the subquery can find.
static bool true_at_zero(const Filter *f)
{
    if (f->exists)
        return false;
    int64_t v = f->values[0].num;
    switch (f->op) {
    case OP_EQ: return v == 0;
    case OP_NE: return v != 0;
    case OP_LT: return v > 0;
    case OP_LTE: return v >= 0;
    case OP_GT: return v < 0;
    case OP_GTE: return v <= 0;
    case OP_BETWEEN: return v <= 0 && f->values[1].num >= 0;
    case OP_IN:
    case OP_NOT_IN:
    case OP_CONTAINS:
    case OP_STARTS:
    case OP_ENDS:
    case OP_EMPTY:
    case OP_NOT_EMPTY:
    case OP_MATCHES: break;
    }
    return false;
}

static Status write_related_or_none(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f)
{
    if (!true_at_zero(f))
        return write_related(cx, q, e, f);
    Filter any = *f;
    any.exists = true;
    sql_add(q, SQL("("));
    TRY(write_related(cx, q, e, f));
    sql_add(q, SQL(" OR NOT "));
    TRY(write_related(cx, q, e, &any));
    sql_add(q, SQL(")"));
    return STATUS_OK;
}

static Status write_filter(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f)
{
    switch (f->kind) {
    case FILTER_ALL:
    case FILTER_ANY: return write_group(cx, q, e, f);
    case FILTER_NOT:
        sql_either(q, SQL("NOT coalesce(("), SQL("NOT coalesce(("));
        TRY(write_filter(cx, q, e, f->first));
        sql_add(q, SQL("), FALSE)"));
        return STATUS_OK;
    case FILTER_FIELD: return write_field(cx, q, e, f);
    case FILTER_RELATED: return write_related_or_none(cx, q, e, f);
    }
    return STATUS_OK;
}

Status filter_sql(Ctx *cx, Sql *q, const EntityInfo *e, const Filter *f)
{
    sql_add(q, SQL("("));
    TRY(write_filter(cx, q, e, f));
    sql_add(q, SQL(")"));
    // Conditions on related rows may be written twice: said here, not by the database.
    if (!buf_ok(&q->text))
        return FAIL(cx, INVALID, "filter.size", "filter", "the filter is too large");
    return STATUS_OK;
}

bool filter_needs_stat(const Filter *f)
{
    if (f == NULL)
        return false;
    if (f->kind == FILTER_FIELD)
        return (f->field->flags & F_STAT) != 0;
    for (const Filter *c = f->first; c != NULL; c = c->next)
        if (filter_needs_stat(c))
            return true;
    return false;
}
