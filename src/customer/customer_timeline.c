// What happened to a customer, newest first, merged from the sources of all modules. A cursor is
// the instant of the last item given and how many of that instant were given already: many things
// share one instant, because an import writes them in one transaction.
#include "customer/customer_internal.h"

#include <inttypes.h>
#include <stdlib.h>

static const TimelineSource *const *more_sources;
static size_t nmore_sources;

void customer_timeline_sources(const TimelineSource *const *sources, size_t n)
{
    more_sources = sources;
    nmore_sources = n;
}

typedef struct Page {
    Id customer;
    Instant before;
    int64_t skip;
    int limit;
    Str kinds; // comma list; empty: all
    TimelineItems items;
} Page;

enum { SKIP_MAX = 10000 };

static bool wanted(const Page *p, const char *kind)
{
    Str rest = p->kinds;
    while (rest.ptr != NULL && rest.len > 0)
        if (str_eq(str_trim(str_split(&rest, ',')), str_z(kind)))
            return true;
    return p->kinds.len == 0;
}

static Status gather(Ctx *cx, Db *db, const TimelineSource *s, Page *p)
{
    if (!wanted(p, s->kind) || !may_do(cx, s->permission))
        return STATUS_OK;
    return s->list(cx, db, p->customer, p->before, p->limit + (int)p->skip + 1, &p->items);
}

static int newest_first(const void *a, const void *b)
{
    const TimelineItem *x = a;
    const TimelineItem *y = b;
    if (x->at.ms != y->at.ms)
        return x->at.ms < y->at.ms ? 1 : -1;
    int kind = strcmp(x->kind, y->kind);
    if (kind != 0)
        return kind;
    return x->id == y->id ? 0 : x->id < y->id ? 1 : -1;
}

static void write_item(const Ctx *cx, JsonOut *j, const TimelineItem *i)
{
    json_open(j);
    json_key_instant(j, "at", i->at);
    json_key_str(j, "kind", str_z(i->kind));
    json_key_int(j, "id", i->id);
    json_key_str(j, "title", i->title);
    json_key_str(j, "text", i->text);
    if (i->has_amount)
        json_key_str(j, "amount", money_str(cx->arena, i->amount, cx->catalog->decimals));
    else
        json_key_null(j, "amount");
    if (i->state.len > 0)
        json_key_str(j, "state", i->state);
    else
        json_key_null(j, "state");
    json_key(j, S("data"));
    if (i->data.len > 0)
        json_raw(j, i->data);
    else
        json_null(j);
    json_close(j);
}

static void write_page(const Ctx *cx, JsonOut *j, const Page *p)
{
    const TimelineItem *items = p->items.ptr;
    size_t n = p->items.len;
    size_t from = 0;
    // Items of the cursor's instant come first, because nothing newer was asked for.
    while (from < n && from < (size_t)p->skip && items[from].at.ms == p->before.ms)
        from++;
    size_t to = n - from > (size_t)p->limit ? from + (size_t)p->limit : n;
    json_open(j);
    json_key_open_array(j, "items");
    for (size_t i = from; i < to; i++)
        write_item(cx, j, &items[i]);
    json_close_array(j);
    if (to < n) {
        int64_t at = items[to - 1].at.ms;
        size_t same = 0;
        while (same < to && items[to - 1 - same].at.ms == at)
            same++;
        json_key_str(j, "next", arena_fmt(cx->arena, "%" PRId64 ".%zu", at, same));
    } else {
        json_key_null(j, "next");
    }
    json_close(j);
}

static Status read_page(Req *rq, Page *p)
{
    static const char *const NAMES[] = { "cursor", "limit", "kinds", NULL };
    Ctx *cx = rq->cx;
    TRY(req_query_only(rq, NAMES));
    p->before.ms = INT64_MAX;
    p->limit = LIMIT_PAGE_DEFAULT;
    p->kinds = req_query(rq, "kinds");
    int64_t limit = 0;
    if (req_has_query(rq, "limit")) {
        if (!str_int(req_query(rq, "limit"), &limit) || limit < 1 || limit > LIMIT_PAGE)
            return FAIL(cx, MALFORMED, "limit", "limit", "must be between 1 and %d", LIMIT_PAGE);
        p->limit = (int)limit;
    }
    Str cursor = req_query(rq, "cursor");
    if (cursor.len == 0)
        return STATUS_OK;
    Str at = str_split(&cursor, '.');
    if (!str_int(at, &p->before.ms) || !str_int(cursor, &p->skip) || p->skip < 0 ||
        p->skip > SKIP_MAX)
        return FAIL(cx, MALFORMED, "cursor", "cursor", "does not belong to this list");
    return STATUS_OK;
}

// Deleted customers keep their past.
static Status require_visible(Ctx *cx, Db *db, Id customer)
{
    Query seen = {
        .info = catalog_of(cx, &customer_entity), .ids = &customer.v, .nids = 1, .bin = BIN_BOTH
    };
    int64_t n = 0;
    TRY(query_count(cx, db, &seen, &n));
    return n == 1 ? STATUS_OK : FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
}

Status customer_timeline(Req *rq)
{
    Ctx *cx = rq->cx;
    Page p = { 0 };
    TRY(req_id(rq, &p.customer));
    TRY(read_page(rq, &p));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    TRY(require_visible(cx, db, p.customer));
    TRY(gather(cx, db, &change_timeline, &p));
    TRY(gather(cx, db, &contact_timeline, &p));
    for (size_t i = 0; i < nmore_sources; i++)
        TRY(gather(cx, db, more_sources[i], &p));
    if (p.items.len > 0)
        qsort(p.items.ptr, p.items.len, sizeof(TimelineItem), newest_first);
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    write_page(cx, &j, &p);
    rq->rows = (int64_t)p.items.len;
    return req_reply_json(rq, 200, buf_str(&b));
}

// --- where each value came from

typedef struct Source {
    int64_t id, at, actor, origin, origin_id;
    Str actor_name, data;
} Source;

static void write_source(JsonOut *j, const Field *f, const Source *s)
{
    json_open(j);
    json_key_str(j, "field", f->name);
    json_key_str(j, "channel", str_z(ORIGIN_CHOICES[s->origin].name));
    if (s->origin_id == 0)
        json_key_null(j, "origin_id");
    else
        json_key_int(j, "origin_id", s->origin_id);
    json_key_int(j, "change", s->id);
    json_key_instant(j, "at", (Instant){ s->at });
    if (s->actor == 0) {
        json_key_null(j, "actor");
    } else {
        json_key_open(j, "actor");
        json_key_int(j, "id", s->actor);
        json_key_str(j, "name", s->actor_name);
        json_close(j);
    }
    json_close(j);
}

static Status write_new_fields(Ctx *cx, const EntityInfo *e, const Source *s, Map *seen, JsonOut *j)
{
    const Json *doc = NULL;
    if (s->data.len == 0)
        return STATUS_OK;
    TRY(json_parse(cx, s->data, &doc));
    const Json *fields = json_get(doc, "fields");
    for (const Json *m = fields == NULL ? NULL : fields->first; m != NULL; m = m->next) {
        const Field *f = field_find(e, m->key);
        bool is_new = false;
        if (f == NULL || field_access(cx, e, f) == ACCESS_NONE)
            continue;
        (void)map_put(seen, f->name, &is_new);
        if (is_new)
            write_source(j, f, s);
    }
    return STATUS_OK;
}

enum { HISTORY_MAX = 2000 };

static void select_history(Sql *q, Id customer)
{
    sql_add(
        q, SQL("SELECT c.id, c.at, c.actor_id, c.origin, c.origin_id, u.name, c.data FROM change c "
               "LEFT JOIN app_user u ON u.id = c.actor_id WHERE c.entity = 'customer' AND "
               "c.record_id = "));
    sql_id(q, customer);
    sql_add(q, SQL(" AND c.action IN ("));
    const int64_t actions[] = { CHANGE_CREATE, CHANGE_UPDATE };
    sql_int_list(q, actions, ARRAY_LEN(actions));
    sql_add(q, SQL(") ORDER BY c.id DESC LIMIT "));
    sql_int(q, HISTORY_MAX);
}

Status customer_sources(Req *rq)
{
    Ctx *cx = rq->cx;
    Id customer = { 0 };
    TRY(req_id(rq, &customer));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    TRY(require_visible(cx, db, customer));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    Map seen = map_new(cx->arena);
    Sql *q = sql_new(cx->arena, db);
    select_history(q, customer);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    json_open(&j);
    json_key_open_array(&j, "items");
    while (stmt_next(st)) {
        Source s = { .id = stmt_int(st, 0),
                     .at = stmt_int(st, 1),
                     .actor = stmt_int(st, 2),
                     .origin = stmt_int(st, 3),
                     .origin_id = stmt_int(st, 4),
                     .actor_name = stmt_text(st, 5, cx->arena),
                     .data = stmt_text(st, 6, cx->arena) };
        TRY(write_new_fields(cx, catalog_of(cx, &customer_entity), &s, &seen, &j));
    }
    TRY(stmt_end(cx, &st));
    json_close_array(&j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
