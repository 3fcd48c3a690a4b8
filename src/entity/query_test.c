// Pages: every sortable column, with gaps and ties, both ways, gives each row once and in the same
// order on both databases. Data scopes. Sums by local calendar against the calendar in C.
#include "entity/fixture_test.h"

enum { PAGE = 7 };

typedef struct Order {
    int64_t ids[SAMPLES * 2];
    size_t len;
} Order;

static bool walk(Samples *s, Str sort, Order *ret)
{
    Ctx *cx = s->kit.cx;
    Query q = query_of(cx, s->info);
    q.limit = PAGE;
    ret->len = 0;
    cx->errors = NULL;
    if (query_set_sort(cx, &q, sort) != STATUS_OK)
        return false;
    do {
        CLEANUP(db_release) Db *db = NULL;
        Rows rows = { 0 };
        if (store_read(cx, s->kit.store, &db) != STATUS_OK ||
            query_rows(cx, db, &q, &rows) != STATUS_OK)
            return false;
        for (size_t i = 0; i < rows.len && ret->len < ARRAY_LEN(ret->ids); i++)
            ret->ids[ret->len++] = row_id(rows.ptr[i], s->info).v;
        q.cursor = rows.next;
    } while (q.cursor.len > 0);
    return true;
}

// NULL counts as smallest; texts by bytes; the id breaks ties in the direction of the first key.
static int compare(const Samples *s, const Field *f, int64_t a, int64_t b)
{
    Value x = row_get(s->rows[a - 1], f);
    Value y = row_get(s->rows[b - 1], f);
    if (x.null || y.null)
        return (int)y.null - (int)x.null;
    if (f->kind == FIELD_TEXT)
        return str_cmp(x.text, y.text);
    return x.num < y.num ? -1 : x.num > y.num;
}

static void check_order(const Samples *s, const Field *f, bool desc, const Order *o)
{
    bool seen[SAMPLES + 1] = { false };
    CHECK_ROW(o->len == SAMPLES, STR_FMT ": %zu rows", STR_ARG(f->name), o->len);
    for (size_t i = 0; i < o->len; i++) {
        CHECK_ROW(!seen[o->ids[i]], STR_FMT ": row %lld twice", STR_ARG(f->name),
                  (long long)o->ids[i]);
        seen[o->ids[i]] = true;
        if (i == 0)
            continue;
        int c = compare(s, f, o->ids[i - 1], o->ids[i]);
        bool tie = c == 0 && (desc ? o->ids[i - 1] > o->ids[i] : o->ids[i - 1] < o->ids[i]);
        CHECK_ROW(tie || (desc ? c > 0 : c < 0), STR_FMT "%s: %lld before %lld", STR_ARG(f->name),
                  desc ? " desc" : "", (long long)o->ids[i - 1], (long long)o->ids[i]);
    }
}

static void paging(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, true))
        return;
    int sorted = 0;
    FOR_FIELDS(s.info, f) {
        for (int desc = 0; desc < 2; desc++) {
            Order o;
            if (!walk(&s,
                      arena_fmt(kit_arena(), "%s" STR_FMT, desc != 0 ? "-" : "", STR_ARG(f->name)),
                      &o))
                continue;
            sorted++;
            check_order(&s, f, desc != 0, &o);
        }
    }
    CHECK_INT(sorted,
              2 * 14); // 11 of the table, total, and the three custom ones that are not sealed
    // Several keys, mixed directions.
    Order o;
    CHECK(walk(&s, S("color,-num,name"), &o));
    CHECK_INT(o.len, SAMPLES);
    CHECK(walk(&s, S("-flag,at,custom.n"), &o));
    CHECK_INT(o.len, SAMPLES);
    s.kit.cx->errors = NULL;
}

TEST(paging_sqlite)
{
    paging(false);
}

TEST(paging_postgres)
{
    paging(true);
}

TEST(cursors_of_others)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, false, true))
        return;
    Ctx *cx = s.kit.cx;
    static const char *const CURSORS[] = { "[1]",          "[null,1]", "[\"a\",1,2]",
                                           "[\"a\",null]", "{}",       "[\"a\",\"b\"]",
                                           "[1,2]",        "x",        "[\"a\",1.5]" };
    for (size_t i = 0; i < ARRAY_LEN(CURSORS); i++) {
        Query q = query_of(cx, s.info);
        CHECK_OK(query_set_sort(cx, &q, S("name")));
        q.cursor = base64url(cx->arena, str_z(CURSORS[i]));
        CLEANUP(db_release) Db *db = NULL;
        CHECK_OK(store_read(cx, s.kit.store, &db));
        Rows rows = { 0 };
        Status got = query_rows(cx, db, &q, &rows);
        CHECK_ROW(got == (i == 1 ? STATUS_OK : STATUS_MALFORMED), "%s: %s", CURSORS[i],
                  status_name(got));
        cx->errors = NULL;
    }
}

// --- scopes

typedef struct ScopeRow {
    uint32_t kinds;
    const char *filter;
    int64_t user, department;
    bool read_only, all;
} ScopeRow;

static const int64_t TREE[] = { 2, 3 };

static bool in_scope(const ScopeRow *r, const Samples *s, int64_t id)
{
    Value owner = row_get(s->rows[id - 1], field_at(s->info, SAMPLE_owner_id));
    Value department = row_get(s->rows[id - 1], field_at(s->info, SAMPLE_department_id));
    Value num = row_get(s->rows[id - 1], field_at(s->info, SAMPLE_num));
    Value total = row_get(s->rows[id - 1], field_at(s->info, SAMPLE_total));
    if (r->all || (r->kinds & SCOPE_ALL) != 0)
        return true;
    if ((r->kinds & SCOPE_OWN) != 0 && !owner.null && owner.num == r->user)
        return true;
    if ((r->kinds & SCOPE_DEPARTMENT) != 0 && !department.null && department.num == r->department)
        return true;
    if ((r->kinds & SCOPE_TREE) != 0 && !department.null &&
        (department.num == 2 || department.num == 3))
        return true;
    if (r->filter != NULL && strstr(r->filter, "num") != NULL)
        return !num.null && num.num > 0;
    return r->filter != NULL && !total.null && total.num >= 0;
}

static const ScopeRow SCOPES[] = {
    { 0, NULL, 1, 2, false, false },
    { SCOPE_OWN, NULL, 1, 2, false, false },
    { SCOPE_OWN, NULL, 99, 2, false, false },
    { SCOPE_DEPARTMENT, NULL, 1, 2, false, false },
    { SCOPE_DEPARTMENT, NULL, 1, 0, false, false },
    { SCOPE_TREE, NULL, 1, 2, false, false },
    { SCOPE_OWN | SCOPE_TREE, NULL, 5, 2, false, false },
    { SCOPE_ALL, NULL, 1, 2, false, false },
    { 0, NULL, 1, 2, false, true },
    { 0, "{\"num\":{\"gt\":0}}", 1, 2, false, false },
    { SCOPE_OWN, "{\"num\":{\"gt\":0}}", 1, 2, false, false },
    { 0, "{\"total\":{\"gte\":\"0\"}}", 1, 2, false, false },
};

static const Access *scope_access(Samples *s, const ScopeRow *r)
{
    Ctx *cx = s->kit.cx;
    const Filter **filters = arena_array(cx->arena, const Filter *, 1);
    cx->access = access_system(cx->arena, ORIGIN_SYSTEM, (Id){ 0 });
    if (r->filter != NULL)
        filters[0] = filter_of(s, str_z(r->filter));
    Access *a = arena_new(cx->arena, Access);
    EntityAccess *list = arena_array(cx->arena, EntityAccess, s->kit.catalog->nentities);
    for (size_t i = 0; i < s->kit.catalog->nentities; i++) {
        const EntityInfo *e = &s->kit.catalog->entities[i];
        list[i] =
            (EntityAccess){ .may = MAY_READ, .field = arena_array(cx->arena, uint8_t, e->nfields) };
        memset(list[i].field, ACCESS_WRITE, e->nfields);
    }
    list[s->info->index].view = (Scope){ r->kinds, filters, r->filter != NULL };
    *a = (Access){ .user = { r->user },
                   .department = { r->department },
                   .tree = TREE,
                   .ntree = 2,
                   .all = r->all,
                   .read_only = r->read_only,
                   .entities = list };
    return a;
}

static void scopes(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, true))
        return;
    for (size_t i = 0; i < ARRAY_LEN(SCOPES); i++) {
        s.kit.cx->access = scope_access(&s, &SCOPES[i]);
        Ids ids;
        CHECK(ids_found(&s, NULL, &ids));
        size_t at = 0;
        for (int64_t id = 1; id <= SAMPLES; id++) {
            bool found = at < ids.len && ids.ptr[at] == id;
            at += found;
            CHECK_ROW(found == in_scope(&SCOPES[i], &s, id), "scope %zu, row %lld", i,
                      (long long)id);
        }
        // Children are in scope when what they hang on is.
        Query kids = query_of(s.kit.cx, s.children);
        int64_t n = -1;
        int64_t want = 0;
        CLEANUP(db_release) Db *db = NULL;
        CHECK_OK(store_read(s.kit.cx, s.kit.store, &db));
        CHECK_OK(query_count(s.kit.cx, db, &kids, &n));
        for (int k = 0; k < CHILDREN; k++)
            want += in_scope(&SCOPES[i], &s, s.kids[k]->sample_id.v);
        CHECK_ROW(n == want, "scope %zu: %lld children, not %lld", i, (long long)n,
                  (long long)want);
    }
}

TEST(scopes_sqlite)
{
    scopes(false);
}

TEST(scopes_postgres)
{
    scopes(true);
}

// --- sums by calendar

static Day bucket(const char *by, Day d)
{
    Date date = day_to_date(d);
    if (strcmp(by, "day") == 0)
        return d;
    if (strcmp(by, "week") == 0)
        return (Day){ d.n - day_weekday(d) };
    if (strcmp(by, "month") == 0)
        return day_from_date((Date){ date.year, date.month, 1 });
    if (strcmp(by, "quarter") == 0)
        return day_from_date((Date){ date.year, (date.month - 1) / 3 * 3 + 1, 1 });
    return day_from_date((Date){ date.year, 1, 1 });
}

typedef struct Instants {
    Samples *s;
    int64_t ms[SAMPLES];
} Instants;

// Around the changes of summer time and of years, and before 1970.
static Status spread(Ctx *cx, Db *db, void *arg)
{
    static const int64_t AROUND[] = {
        1743296400000, 1761440400000, 1711846800000, 1767225600000, 1735689600000, -86400000, 0,
        1893456000000, 951782400000,  4102444800000
    };
    Instants *in = arg;
    for (int i = 0; i < SAMPLES; i++) {
        in->ms[i] =
            AROUND[i % 10] + ((int64_t)chance_below(97) - 48) * 3600000 + chance_below(3600000);
        Sample row = { 0 };
        row_put(cx->arena, &row, field_at(in->s->info, 0), value_num(FIELD_ID, i + 1));
        row_put(cx->arena, &row, field_at(in->s->info, SAMPLE_at),
                value_num(FIELD_INSTANT, in->ms[i]));
        TRY(entity_update(cx, db, in->s->info, &row));
    }
    return STATUS_OK;
}

static Str aggregate(Samples *s, const char *request)
{
    Ctx *cx = s->kit.cx;
    const Json *node = NULL;
    CLEANUP(db_release) Db *db = NULL;
    Buf b = buf_new(kit_arena(), LIMIT_JSON_BODY);
    JsonOut j = json_out(&b);
    CHECK_OK(json_parse(cx, str_z(request), &node));
    CHECK_OK(store_read(cx, s->kit.store, &db));
    CHECK_OK(query_aggregate(cx, db, s->info, node, &j));
    return buf_str(&b);
}

static void check_calendar(Samples *s, const Instants *in, const char *zone, const char *by)
{
    Ctx *cx = s->kit.cx;
    CHECK_OK(zone_find(cx, str_z(zone), &s->kit.catalog->zone));
    Str body = aggregate(
        s,
        arena_fmt(
            kit_arena(),
            "{\"measures\":[{\"fn\":\"count\"}],\"group\":[{\"field\":\"at\",\"by\":\"%s\"}]}", by)
            .ptr);
    const Json *doc = NULL;
    CHECK_OK(json_parse(cx, body, &doc));
    int64_t total = 0;
    for (const Json *r = json_get(doc, "rows")->first; r != NULL; r = r->next) {
        Day day = { 0 };
        CHECK(day_parse(json_get(r, "group")->first->text, &day));
        int64_t want = 0;
        for (int i = 0; i < SAMPLES; i++)
            want += bucket(by, zone_day(s->kit.catalog->zone, (Instant){ in->ms[i] })).n == day.n;
        int64_t got = json_get(r, "values")->first->num;
        CHECK_ROW(got == want, "%s by %s, " STR_FMT ": %lld, not %lld", zone, by,
                  STR_ARG(json_get(r, "group")->first->text), (long long)got, (long long)want);
        total += got;
    }
    CHECK_INT(total, SAMPLES);
}

static void calendars(bool postgres)
{
    static const char *const ZONES[] = { "Europe/Berlin", "America/New_York", "Asia/Shanghai",
                                         "UTC",           "Asia/Kathmandu",   "Australia/Lord_Howe",
                                         "Pacific/Apia" };
    static const char *const BYS[] = { "day", "week", "month", "quarter", "year" };
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, true))
        return;
    Instants in = { .s = &s };
    CHECK_OK(samples_write(&s, spread, &in));
    for (size_t z = 0; z < ARRAY_LEN(ZONES); z++)
        for (size_t b = 0; b < ARRAY_LEN(BYS); b++)
            check_calendar(&s, &in, ZONES[z], BYS[b]);
}

TEST(calendars_sqlite)
{
    calendars(false);
}

TEST(calendars_postgres)
{
    calendars(true);
}

static void measures(bool postgres)
{
    CLEANUP(samples_close) Samples s;
    if (!samples_open(&s, postgres, true))
        return;
    int64_t n = 0;
    int64_t count = 0;
    int64_t sum = 0;
    int64_t least = INT64_MAX;
    int64_t most = INT64_MIN;
    for (int i = 0; i < SAMPLES; i++) {
        Value v = row_get(s.rows[i], field_at(s.info, SAMPLE_num));
        Value color = row_get(s.rows[i], field_at(s.info, SAMPLE_color));
        if (color.null || color.num != 1)
            continue;
        n++;
        if (v.null)
            continue;
        count++;
        sum += v.num;
        least = v.num < least ? v.num : least;
        most = v.num > most ? v.num : most;
    }
    Str got = aggregate(&s, "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"count\",\"field\":\"num\"}"
                            ",{\"fn\":\"sum\",\"field\":\"num\"},"
                            "{\"fn\":\"min\",\"field\":\"num\"},{\"fn\":\"max\",\"field\":\"num\"}]"
                            ",\"filter\":{\"color\":\"green\"}}");
    CHECK_STR(got, arena_fmt(kit_arena(),
                             "{\"rows\":[{\"group\":[],\"values\":[%lld,%lld,%lld,%lld,%lld]}]}",
                             (long long)n, (long long)count, (long long)sum, (long long)least,
                             (long long)most));
    // Nothing found: counts and sums are zero, the others unknown.
    got = aggregate(&s, "{\"measures\":[{\"fn\":\"count\"},{\"fn\":\"sum\",\"field\":\"amount\"},{"
                        "\"fn\":\"avg\",\"field\":\"num\"},"
                        "{\"fn\":\"max\",\"field\":\"at\"}],\"filter\":{\"num\":999}}");
    CHECK_STR(got, S("{\"rows\":[{\"group\":[],\"values\":[0,\"0.00\",null,null]}]}"));
}

TEST(measures_sqlite)
{
    measures(false);
}

TEST(measures_postgres)
{
    measures(true);
}
