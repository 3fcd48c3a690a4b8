// One search over what the caller may see, for the command palette.
#include "api/api_internal.h"

enum { SUGGEST_EACH = 5 };

typedef struct Suggest {
    JsonOut *j;
    const EntityInfo *e;
} Suggest;

static Str shown(Ctx *cx, const EntityInfo *e, const Field *f, const void *row)
{
    Value v = row_get(row, f);
    FieldAccess access = field_access(cx, e, f);
    if (access == ACCESS_NONE || v.null)
        return (Str){ 0 };
    return access == ACCESS_MASKED ? value_masked(cx->arena, f, v).text
                                   : value_show(cx->arena, cx, f, v);
}

// Behind the title: the first few list fields that hold something.
static Str subtitle(Ctx *cx, const EntityInfo *e, const void *row)
{
    Buf b = buf_new(cx->arena, LIMIT_CSV_CELL);
    int n = 0;
    FOR_FIELDS(e, f) {
        if ((f->flags & F_LIST) == 0 || (f->flags & (F_CUSTOM | F_STAT)) != 0 ||
            f->kind == FIELD_ID || f->index == e->entity->title || n == 3)
            continue;
        Str s = shown(cx, e, f, row);
        if (s.len == 0)
            continue;
        if (n++ > 0)
            buf_add(&b, S(" · "));
        buf_add(&b, s);
    }
    return buf_str(&b);
}

static Status write_one(Ctx *cx, const void *row, void *arg)
{
    Suggest *s = arg;
    json_open(s->j);
    json_key_str(s->j, "entity", str_z(s->e->entity->name));
    json_key_str(s->j, "path", str_z(s->e->entity->path));
    json_key_int(s->j, "id", row_id(row, s->e).v);
    json_key_str(s->j, "title", shown(cx, s->e, field_at(s->e, s->e->entity->title), row));
    json_key_str(s->j, "subtitle", subtitle(cx, s->e, row));
    json_close(s->j);
    return STATUS_OK;
}

Status api_suggest(Req *rq)
{
    static const char *const NAMES[] = { "q", NULL };
    static const char *const ENTITIES[] = { "customer", "order", "product" };
    Ctx *cx = rq->cx;
    TRY(req_query_only(rq, NAMES));
    CLEANUP(db_release) Db *db = NULL;
    TRY(store_read(cx, app_of(rq)->store, &db));
    Buf b = buf_new(cx->arena, LIMIT_RESPONSE);
    JsonOut j = json_out(&b);
    json_open(&j);
    json_key_open_array(&j, "items");
    Str q = str_trim(req_query(rq, "q"));
    for (size_t i = 0; q.len > 0 && i < ARRAY_LEN(ENTITIES); i++) {
        const EntityInfo *e = catalog_find(cx->catalog, str_z(ENTITIES[i]));
        if (e == NULL || !may(cx, e, MAY_READ))
            continue;
        Query query = query_of(cx, e);
        query.q = q;
        query.limit = SUGGEST_EACH;
        Suggest s = { &j, e };
        TRY(query_each(cx, db, &query, write_one, &s, NULL));
    }
    json_close_array(&j);
    json_close(&j);
    return req_reply_json(rq, 200, buf_str(&b));
}
