// Counts and sums by groups, under the same permission and scope as any read. Times are grouped by
// the organisation's local day, week, month, quarter or year: offset changes of the zone are
// written as a CASE, so that both databases agree with text/zone.
#include "entity/query_internal.h"

enum { MAX_MEASURES = 8, MAX_GROUPS = 3, MAX_ROWS = 10000, MAX_CHANGES = 256 };

typedef enum Fn { FN_COUNT, FN_SUM, FN_AVG, FN_MIN, FN_MAX, FN_DISTINCT } Fn;
static const char *const FN_NAMES[] = { "count", "sum", "avg", "min", "max", "distinct" };

typedef enum By { BY_VALUE, BY_DAY, BY_WEEK, BY_MONTH, BY_QUARTER, BY_YEAR } By;
static const char *const BY_NAMES[] = { "value", "day", "week", "month", "quarter", "year" };

typedef struct Measure {
    Fn fn;
    const Field *field;
} Measure;

typedef struct Group {
    const Field *field;
    By by;
} Group;

typedef struct Aggregate {
    Query query;
    Measure measures[MAX_MEASURES];
    size_t nmeasures;
    Group groups[MAX_GROUPS];
    size_t ngroups;
    int64_t limit;
    int sort; // measure, -1: by the groups
    bool desc;
} Aggregate;

static int name_index(const char *const *names, size_t n, Str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_z(names[i])))
            return (int)i;
    return -1;
}

static Status usable(Ctx *cx, const EntityInfo *e, Str name, uint32_t flag, const Field **ret)
{
    const Field *f = field_find(e, name);
    if (f == NULL || (f->flags & F_HIDDEN) != 0 || (f->index != 0 && (f->flags & flag) == 0))
        return FAIL(cx, INVALID, "aggregate.field", arena_cstr(cx->arena, name),
                    "cannot be used here");
    if (field_access(cx, e, f) < ACCESS_READ)
        return FAIL(cx, FORBIDDEN, "filter.permission", arena_cstr(cx->arena, name),
                    "you may not use this field");
    *ret = f;
    return STATUS_OK;
}

static Status parse_measures(Ctx *cx, Aggregate *g, const Json *list)
{
    if (list == NULL || list->kind != JSON_ARRAY_NODE || list->len == 0 || list->len > MAX_MEASURES)
        return FAIL(cx, INVALID, "aggregate.measures", "measures", "needs 1 to %d measures",
                    MAX_MEASURES);
    for (const Json *m = list->first; m != NULL; m = m->next) {
        int fn = name_index(FN_NAMES, ARRAY_LEN(FN_NAMES), json_text(m, "fn", (Str){ 0 }));
        if (fn < 0)
            return FAIL(cx, INVALID, "aggregate.fn", "measures", "no such function");
        Measure *to = &g->measures[g->nmeasures++];
        to->fn = (Fn)fn;
        Str name = json_text(m, "field", (Str){ 0 });
        if (to->fn == FN_COUNT && name.len == 0)
            continue;
        uint32_t flag = to->fn == FN_SUM || to->fn == FN_AVG ? F_SUM : F_FILTER | F_SORT;
        TRY(usable(cx, g->query.info, name, flag, &to->field));
        bool ordered = to->fn == FN_MIN || to->fn == FN_MAX;
        if (((to->fn != FN_COUNT && to->fn != FN_DISTINCT) && to->field->kind == FIELD_TEXT) ||
            (ordered && to->field->kind == FIELD_CHOICE) || field_is_sealed(to->field))
            return FAIL(cx, INVALID, "aggregate.fn", to->field->name.ptr, "does not fit the field");
    }
    return STATUS_OK;
}

static Status parse_groups(Ctx *cx, Aggregate *g, const Json *list)
{
    if (list == NULL || list->kind == JSON_NULL_NODE)
        return STATUS_OK;
    if (list->kind != JSON_ARRAY_NODE || list->len > MAX_GROUPS)
        return FAIL(cx, INVALID, "aggregate.group", "group", "takes at most %d groups", MAX_GROUPS);
    for (const Json *m = list->first; m != NULL; m = m->next) {
        Group *to = &g->groups[g->ngroups++];
        Str name = m->kind == JSON_STR_NODE ? m->text : json_text(m, "field", (Str){ 0 });
        TRY(usable(cx, g->query.info, name, F_FILTER | F_SORT, &to->field));
        bool time = to->field->kind == FIELD_INSTANT || to->field->kind == FIELD_DAY;
        int by = name_index(BY_NAMES, ARRAY_LEN(BY_NAMES),
                            json_text(m, "by", time ? S("day") : S("value")));
        if (by < 0 || time != (by != BY_VALUE) || field_is_sealed(to->field))
            return FAIL(cx, INVALID, "aggregate.group", to->field->name.ptr,
                        "does not fit the field");
        to->by = (By)by;
    }
    return STATUS_OK;
}

static Status parse_sort(Ctx *cx, Aggregate *g, Str text)
{
    g->sort = -1;
    if (text.len == 0)
        return STATUS_OK;
    g->desc = str_starts(text, S("-"));
    int64_t n = 0;
    if (!str_int(g->desc ? str_sub(text, 1, text.len) : text, &n) || n < 0 ||
        n >= (int64_t)g->nmeasures)
        return FAIL(cx, MALFORMED, "sort", "sort", "must be the number of a measure, like \"-0\"");
    g->sort = (int)n;
    return STATUS_OK;
}

// --- SQL

static void plain(Sql *q, const Field *f)
{
    if ((f->flags & F_CUSTOM) != 0)
        query_sort_column(q, f);
    else
        sql_col(q, (f->flags & F_STAT) != 0 ? SQL("s") : SQL("t"), f->col);
}

static void local_day(Ctx *cx, Sql *q, const Field *f)
{
    if (f->kind == FIELD_DAY) {
        plain(q, f);
        return;
    }
    ZoneChange changes[MAX_CHANGES];
    const Zone *zone = cx->catalog->zone;
    Instant from = { 0 };
    Instant to = { cx->now.ms + 366ll * 86400000 };
    size_t n = zone_changes(zone, from, to, changes, MAX_CHANGES);
    // Floor division: instants before 1970 are negative.
    sql_add(q, SQL("(("));
    plain(q, f);
    sql_add(q, SQL(" + "));
    if (n > 0) {
        sql_add(q, SQL("CASE"));
        // The newest first: most rows are young and end there.
        for (size_t i = n; i > 0; i--) {
            sql_add(q, SQL(" WHEN "));
            plain(q, f);
            sql_add(q, SQL(" >= "));
            sql_int(q, changes[i - 1].at.ms);
            sql_add(q, SQL(" THEN "));
            sql_int(q, changes[i - 1].offset_ms);
        }
        sql_add(q, SQL(" ELSE "));
        sql_int(q, zone_offset_ms(zone, (Instant){ from.ms - 1 }));
        sql_add(q, SQL(" END"));
    } else {
        sql_int(q, zone_offset_ms(zone, cx->now));
    }
    sql_add(q, SQL(" + 8640000000000) / 86400000 - 100000)"));
}

static void measure_sql(Sql *q, const Measure *m)
{
    switch (m->fn) {
    case FN_COUNT:
        if (m->field == NULL) {
            sql_add(q, SQL(", count(*), 1"));
            return;
        }
        sql_add(q, SQL(", count("));
        break;
    case FN_DISTINCT: sql_add(q, SQL(", count(DISTINCT ")); break;
    case FN_SUM:
    case FN_AVG: sql_either(q, SQL(", sum("), SQL(", CAST(sum(")); break;
    case FN_MIN: sql_add(q, SQL(", min(")); break;
    case FN_MAX: sql_add(q, SQL(", max(")); break;
    }
    plain(q, m->field);
    sql_add(q, SQL(")"));
    if (m->fn == FN_SUM || m->fn == FN_AVG)
        sql_either(q, SQL(""), SQL(" AS BIGINT)"));
    sql_add(q, SQL(", count("));
    plain(q, m->field);
    sql_add(q, SQL(")"));
}

// Months since year 0 of the local day.
static void month_number(Ctx *cx, Sql *q, const Field *f)
{
    sql_either(q, SQL("(CAST(strftime('%Y', 86400 * "),
               SQL("CAST(extract(year FROM to_timestamp(86400 * "));
    local_day(cx, q, f);
    sql_either(q, SQL(", 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', 86400 * "),
               SQL(") AT TIME ZONE 'UTC') * 12 + extract(month FROM to_timestamp(86400 * "));
    local_day(cx, q, f);
    sql_either(q, SQL(", 'unixepoch') AS INTEGER) - 1)"),
               SQL(") AT TIME ZONE 'UTC') - 1 AS BIGINT)"));
}

static void bucket(Ctx *cx, Sql *q, const Group *g)
{
    switch (g->by) {
    case BY_VALUE:
        plain(q, g->field);
        if (g->field->kind == FIELD_TEXT)
            sql_either(q, SQL(""), SQL(" COLLATE \"C\""));
        break;
    case BY_DAY: local_day(cx, q, g->field); break;
    case BY_WEEK:
        sql_add(q, SQL("("));
        local_day(cx, q, g->field);
        sql_add(q, SQL(" + 700003) / 7"));
        break;
    case BY_MONTH: month_number(cx, q, g->field); break;
    case BY_QUARTER:
        month_number(cx, q, g->field);
        sql_add(q, SQL(" / 3"));
        break;
    case BY_YEAR:
        month_number(cx, q, g->field);
        sql_add(q, SQL(" / 12"));
        break;
    }
}

static Day bucket_day(By by, int64_t n)
{
    int32_t months = (int32_t)(by == BY_YEAR ? n * 12 : by == BY_QUARTER ? n * 3 : n);
    if (by == BY_DAY)
        return (Day){ (int32_t)n };
    if (by == BY_WEEK)
        return (Day){ (int32_t)(n * 7 - 700003) };
    return day_from_date((Date){ months / 12, months % 12 + 1, 1 });
}

// By the chosen measure ("sort":"-0" is the first one, largest first), then by the groups.
static void order_groups(Sql *q, const Aggregate *g)
{
    static const SqlText GROUPS[] = { SQL_INIT("2"), SQL_INIT(", 3"), SQL_INIT(", 4") };
    sql_add(q, SQL(" ORDER BY "));
    if (g->sort >= 0) {
        int column = 2 + (int)g->ngroups + 2 * g->sort;
        static const SqlText COLUMNS[] = {
            SQL_INIT("2"),  SQL_INIT("3"),  SQL_INIT("4"),  SQL_INIT("5"),  SQL_INIT("6"),
            SQL_INIT("7"),  SQL_INIT("8"),  SQL_INIT("9"),  SQL_INIT("10"), SQL_INIT("11"),
            SQL_INIT("12"), SQL_INIT("13"), SQL_INIT("14"), SQL_INIT("15"), SQL_INIT("16"),
            SQL_INIT("17"), SQL_INIT("18"), SQL_INIT("19"),
        };
        sql_add(q, COLUMNS[column - 2]);
        if (g->desc)
            sql_either(q, SQL(" DESC, "), SQL(" DESC NULLS LAST, "));
        else
            sql_either(q, SQL(", "), SQL(" NULLS FIRST, "));
    }
    for (size_t i = 0; i < g->ngroups; i++) {
        sql_add(q, GROUPS[i]);
        sql_either(q, SQL(""), SQL(" NULLS FIRST"));
    }
}

static Status statement(Ctx *cx, Db *db, const Aggregate *g, Sql **ret)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT 0"));
    for (size_t i = 0; i < g->ngroups; i++) {
        sql_add(q, SQL(", "));
        bucket(cx, q, &g->groups[i]);
    }
    for (size_t i = 0; i < g->nmeasures; i++)
        measure_sql(q, &g->measures[i]);
    Query query = g->query;
    for (size_t i = 0; i < g->nmeasures; i++)
        if (g->measures[i].field != NULL && g->measures[i].field->index < MASK_CUSTOM)
            mask_set(&query.only, g->measures[i].field->index);
    for (size_t i = 0; i < g->ngroups; i++)
        if (g->groups[i].field->index < MASK_CUSTOM)
            mask_set(&query.only, g->groups[i].field->index);
    query_from(cx, q, &query);
    sql_add(q, SQL(" WHERE "));
    TRY(query_where(cx, q, &query));
    static const SqlText NUMBERS[] = { SQL_INIT(" GROUP BY 2"), SQL_INIT(", 3"), SQL_INIT(", 4") };
    for (size_t i = 0; i < g->ngroups; i++)
        sql_add(q, NUMBERS[i]);
    if (g->ngroups > 0)
        order_groups(q, g);
    sql_add(q, SQL(" LIMIT "));
    sql_int(q, g->limit);
    *ret = q;
    return STATUS_OK;
}

static void write_key(Ctx *cx, JsonOut *j, const Group *g, const Stmt *st, int col)
{
    static const Field DAY = { .kind = FIELD_DAY };
    if (stmt_is_null(st, col))
        json_null(j);
    else if (g->by != BY_VALUE)
        value_json(j, cx->catalog, &DAY,
                   value_num(FIELD_DAY, bucket_day(g->by, stmt_int(st, col)).n));
    else if (g->field->kind == FIELD_TEXT)
        json_str(j, stmt_view(st, col));
    else
        value_json(j, cx->catalog, g->field, value_num(g->field->kind, stmt_int(st, col)));
}

static void write_measure(Ctx *cx, JsonOut *j, const Measure *m, const Stmt *st, int col)
{
    if (m->fn == FN_COUNT || m->fn == FN_DISTINCT) {
        json_int(j, stmt_int(st, col));
        return;
    }
    int64_t count = stmt_int(st, col + 1);
    int64_t v = stmt_int(st, col);
    FieldKind kind = m->field->kind;
    if (count == 0 && m->fn != FN_SUM) {
        json_null(j);
        return;
    }
    if (m->fn != FN_AVG) {
        value_json(j, cx->catalog, m->field, value_num(kind, v));
        return;
    }
    bool fixed = kind == FIELD_MONEY || kind == FIELD_DECIMAL;
    Field shown = { .kind = fixed ? kind : FIELD_DECIMAL };
    (void)money_div(fixed ? v : v * MONEY_ONE, count * MONEY_ONE, &v);
    value_json(j, cx->catalog, &shown, value_num(shown.kind, v));
}

static void write_row(Ctx *cx, const Aggregate *g, const Stmt *st, JsonOut *j)
{
    json_open(j);
    json_key_open_array(j, "group");
    for (size_t k = 0; k < g->ngroups; k++)
        write_key(cx, j, &g->groups[k], st, 1 + (int)k);
    json_close_array(j);
    json_key_open_array(j, "values");
    for (size_t k = 0; k < g->nmeasures; k++)
        write_measure(cx, j, &g->measures[k], st, 1 + (int)(g->ngroups + 2 * k));
    json_close_array(j);
    json_close(j);
}

Status query_aggregate(Ctx *cx, Db *db, const EntityInfo *e, const Json *request, JsonOut *j)
{
    static const char *const KEYS[] = { "filter", "q", "measures", "group", "limit", "sort", NULL };
    TRY(require(cx, e, MAY_READ));
    TRY(json_only(cx, request, KEYS));
    Aggregate g = { .query = { .info = e }, .limit = json_num(request, "limit", MAX_ROWS) };
    if (g.limit < 1 || g.limit > MAX_ROWS)
        return FAIL(cx, MALFORMED, "limit", "limit", "must be between 1 and %d", MAX_ROWS);
    TRY(filter_parse(cx, e, json_get(request, "filter"), &g.query.filter));
    g.query.q = json_text(request, "q", (Str){ 0 });
    TRY(parse_measures(cx, &g, json_get(request, "measures")));
    TRY(parse_groups(cx, &g, json_get(request, "group")));
    TRY(parse_sort(cx, &g, json_text(request, "sort", (Str){ 0 })));
    Sql *q = NULL;
    TRY(statement(cx, db, &g, &q));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    json_open(j);
    json_key_open_array(j, "rows");
    while (stmt_next(st))
        write_row(cx, &g, st, j);
    json_close_array(j);
    json_close(j);
    return stmt_end(cx, &st);
}
