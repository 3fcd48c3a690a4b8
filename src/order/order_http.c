// Orders and refunds with their lines over HTTP: the generic routes know fields only.
#include "order/order_internal.h"

typedef struct LineWish {
    OrderLine line;
    Str sku;
    bool has_quantity, has_price, has_amount;
} LineWish;

typedef struct Wish {
    Req *rq;
    const EntityInfo *e;
    void *row;
    Id id;
    int64_t version;
    OrderLine *lines; // NULL: not mentioned
    size_t n;
    Str body; // of the answer
} Wish;

static const char *const LINE_KEYS[] = { "product_id", "sku",   "name",   "spec",
                                         "quantity",   "price", "amount", NULL };

static Status read_number(Ctx *cx, const EntityInfo *e, uint32_t field, const Json *node,
                          int64_t *ret, bool *ret_has)
{
    const Field *f = field_at(e, field);
    const Json *given = json_get(node, f->name.ptr);
    Value v = value_null(f->kind);
    if (given != NULL)
        TRY(value_from_json(cx, f, given, &v));
    *ret_has = !v.null;
    *ret = v.num;
    return STATUS_OK;
}

static Status read_text(Ctx *cx, const Json *node, const char *key, Str *ret)
{
    const Json *given = json_get(node, key);
    if (given == NULL || given->kind == JSON_NULL_NODE)
        return STATUS_OK;
    if (given->kind != JSON_STR_NODE)
        return FAIL(cx, INVALID, "format", "lines", "%s must be a text", key);
    *ret = str_trim(given->text);
    return STATUS_OK;
}

static Status read_line(Ctx *cx, const Json *node, LineWish *w)
{
    const EntityInfo *e = catalog_of(cx, &line_entity);
    bool has_product = false;
    if (node->kind != JSON_OBJECT_NODE)
        return FAIL(cx, MALFORMED, "format", "lines", "must be a list of objects");
    TRY(json_only(cx, node, LINE_KEYS));
    TRY(read_number(cx, e, LINE_product_id, node, &w->line.product_id.v, &has_product));
    TRY(read_number(cx, e, LINE_quantity, node, &w->line.quantity_e4, &w->has_quantity));
    TRY(read_number(cx, e, LINE_price, node, &w->line.price_e4, &w->has_price));
    TRY(read_number(cx, e, LINE_amount, node, &w->line.amount_e4, &w->has_amount));
    TRY(read_text(cx, node, "name", &w->line.name));
    TRY(read_text(cx, node, "spec", &w->line.spec));
    TRY(read_text(cx, node, "sku", &w->sku));
    if (!has_product && w->sku.len == 0 && w->line.name.len == 0)
        return FAIL(cx, INVALID, "required", "lines", "each needs a product, a code or a name");
    return STATUS_OK;
}

// The product by id or code. Its present name is not repeated in the line; its price is the
// default.
static Status resolve_product(Ctx *cx, Db *db, LineWish *w)
{
    if (w->line.product_id.v == 0 && w->sku.len == 0)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, name, price FROM product WHERE deleted_at IS NULL AND "));
    if (w->line.product_id.v != 0) {
        sql_add(q, SQL("id = "));
        sql_id(q, w->line.product_id);
    } else {
        sql_add(q, SQL("sku = "));
        sql_text(q, w->sku);
    }
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    bool found = stmt_next(st);
    if (found) {
        w->line.product_id.v = stmt_int(st, 0);
        if (str_eq(w->line.name, stmt_view(st, 1)))
            w->line.name = (Str){ 0 };
        if (!w->has_price && !w->has_amount && !stmt_is_null(st, 2)) {
            w->line.price_e4 = stmt_int(st, 2);
            w->has_price = true;
        }
    }
    TRY(stmt_end(cx, &st));
    return found ? STATUS_OK
                 : FAIL(cx, INVALID, "line.product", "lines", "there is no such product");
}

// Of quantity, price and amount two give the third; one piece is the default.
static Status complete_line(Ctx *cx, LineWish *w)
{
    OrderLine *l = &w->line;
    bool fits = true;
    if (!w->has_quantity)
        l->quantity_e4 = MONEY_ONE;
    if (!w->has_amount)
        fits = money_mul(l->price_e4, l->quantity_e4, &l->amount_e4);
    else if (!w->has_price && l->quantity_e4 != 0)
        fits = money_div(l->amount_e4, l->quantity_e4, &l->price_e4);
    return fits ? STATUS_OK : FAIL(cx, INVALID, "lines.range", "lines", "holds too large a number");
}

static Status read_lines(Ctx *cx, Db *db, const Json *list, Wish *w)
{
    if (list->kind != JSON_ARRAY_NODE)
        return FAIL(cx, MALFORMED, "format", "lines", "must be a list of objects");
    if (list->len > ORDER_LINES_MAX)
        return FAIL(cx, INVALID, "lines.many", "lines", "has more than %d lines", ORDER_LINES_MAX);
    w->lines = arena_array(cx->arena, OrderLine, list->len + 1);
    for (const Json *node = list->first; node != NULL; node = node->next) {
        LineWish line = { 0 };
        TRY(read_line(cx, node, &line));
        TRY(resolve_product(cx, db, &line));
        TRY(complete_line(cx, &line));
        w->lines[w->n++] = line.line;
    }
    return STATUS_OK;
}

// The body without its lines, for the reader of fields.
static const Json *without_lines(Arena *a, const Json *body)
{
    Json *rest = arena_new(a, Json);
    *rest = *body;
    rest->first = NULL;
    rest->len = 0;
    const Json **link = &rest->first;
    for (const Json *m = body->first; m != NULL; m = m->next) {
        if (str_eq(m->key, S("lines")))
            continue;
        Json *copy = arena_new(a, Json);
        *copy = *m;
        copy->next = NULL;
        *link = copy;
        link = &copy->next;
        rest->len++;
    }
    return rest;
}

// What the program fills in when it is missing must not be refused by the reader for being missing:
// it only reads; change/ validates.
static Status read_body(Req *rq, bool create, Wish *w)
{
    Ctx *cx = rq->cx;
    const Json *body = NULL;
    TRY(req_json(rq, &body));
    const Json *list = json_get(body, "lines");
    if (list != NULL) {
        CLEANUP(db_release) Db *db = NULL;
        TRY(store_read(cx, app_of(rq)->store, &db));
        TRY(read_lines(cx, db, list, w));
    }
    w->row = row_new(cx->arena, w->e);
    TRY(row_from_json(cx, w->e, without_lines(cx->arena, body), create, w->row));
    return create ? STATUS_OK : api_version(rq, body, &w->version);
}

static Status write_create(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    bool seen = false;
    Id made = { 0 };
    TRY(api_seen(w->rq, db, &seen, &made));
    if (!seen) {
        void *row = row_copy(cx->arena, w->e, w->row);
        if (w->e->entity == &order_entity)
            TRY(order_create(cx, db, row, w->lines, w->n, (Str){ 0 }));
        else
            TRY(refund_create(cx, db, row, w->lines, w->n, (Str){ 0 }));
        made = row_id(row, w->e);
        TRY(api_made(w->rq, db, made));
    }
    TRY(api_record_body(cx, db, w->e, made, &w->body));
    w->id = made;
    return STATUS_OK;
}

Status order_http_create(Req *rq)
{
    Wish w = { .rq = rq, .e = api_entity(rq) };
    TRY(read_body(rq, true, &w));
    TRY(api_write(rq, write_create, &w));
    req_set_header(
        rq, "Location",
        arena_fmt(rq->cx->arena, "/api/v1/%s/%lld", w.e->entity->path, (long long)w.id.v));
    return req_reply_json(rq, 201, w.body);
}

static Status write_change(Ctx *cx, Db *db, void *arg)
{
    Wish *w = arg;
    if (w->e->entity == &order_entity)
        TRY(order_change(cx, db, w->id, w->version, w->row, w->lines, w->n, (Str){ 0 }, NULL,
                         NULL));
    else
        TRY(refund_change(cx, db, w->id, w->version, w->row, w->lines, w->n, (Str){ 0 }, NULL,
                          NULL));
    return api_record_body(cx, db, w->e, w->id, &w->body);
}

Status order_http_change(Req *rq)
{
    Wish w = { .rq = rq, .e = api_entity(rq) };
    TRY(req_id(rq, &w.id));
    TRY(read_body(rq, false, &w));
    Status s = api_write(rq, write_change, &w);
    const Err *err = rq->cx->errors;
    if (s == STATUS_CONFLICT && err != NULL && strcmp(err->code, "version") == 0)
        return api_reply_conflict(rq, w.e, w.id);
    TRY(s);
    return req_reply_json(rq, 200, w.body);
}

// --- lines of one

static Status require_visible(Ctx *cx, Db *db, const EntityInfo *e, Id id)
{
    Query q = { .info = e, .ids = &id.v, .nids = 1, .bin = BIN_BOTH };
    int64_t n = 0;
    TRY(query_count(cx, db, &q, &n));
    return n == 1 ? STATUS_OK : FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
}

// The order decides, so that the lines of one in the bin can be looked at, too. The filter keeps to
// the order's range of ids.
Status order_show_lines(Req *rq)
{
    Ctx *cx = rq->cx;
    Id id = { 0 };
    TRY(req_id(rq, &id));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    TRY(require_visible(cx, db, catalog_of(cx, &order_entity), id));
    const EntityInfo *e = catalog_of(cx, &line_entity);
    Query q = query_of(cx, e);
    Value range[2] = { value_num(FIELD_ID, id.v * ORDER_LINE_STEP + 1),
                       value_num(FIELD_ID, (id.v + 1) * ORDER_LINE_STEP - 1) };
    Filter filter = { .kind = FILTER_FIELD,
                      .field = field_at(e, LINE_id),
                      .op = OP_BETWEEN,
                      .values = range,
                      .nvalues = 2 };
    q.filter = &filter;
    q.bin = BIN_BOTH;
    q.limit = ORDER_LINES_MAX;
    q.sort[0] = (SortKey){ field_at(e, LINE_id), false };
    q.nsort = 1;
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    TRY(query_list_json(cx, db, &q, false, &j));
    return req_reply_json(rq, 200, buf_str(&b));
}

static void write_refund_line(Ctx *cx, const OrderLine *l, JsonOut *j)
{
    json_open(j);
    if (l->product_id.v == 0)
        json_key_null(j, "product_id");
    else
        json_key_int(j, "product_id", l->product_id.v);
    json_key_str(j, "name", l->name);
    json_key_str(j, "spec", l->spec);
    json_key_str(j, "quantity", money_str(cx->arena, l->quantity_e4, 0));
    json_key_str(j, "price", money_str(cx->arena, l->price_e4, cx->catalog->decimals));
    json_key_str(j, "amount", money_str(cx->arena, l->amount_e4, cx->catalog->decimals));
    json_close(j);
}

Status refund_show_lines(Req *rq)
{
    Ctx *cx = rq->cx;
    Id id = { 0 };
    OrderLine *lines = NULL;
    size_t n = 0;
    TRY(req_id(rq, &id));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    TRY(require_visible(cx, db, catalog_of(cx, &refund_entity), id));
    TRY(refund_lines(cx, db, id, &lines, &n));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "items");
    for (size_t i = 0; i < n; i++)
        write_refund_line(cx, &lines[i], &j);
    json_close_array(&j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
