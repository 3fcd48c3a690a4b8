// Names of referenced records: one statement per referenced entity and page.
#include "entity/query.h"

typedef struct RefTable {
    const EntityInfo *info;
    Map names; // key: 8 bytes of the id; value: index into texts
} RefTable;

struct RefNames {
    Arena *arena;
    VEC(Str) texts;
    VEC(RefTable) tables;
};

static Str id_key(Arena *a, int64_t id)
{
    return arena_dup(a, (Str){ (const char *)&id, sizeof(id) });
}

static RefTable *table_of(RefNames *r, const EntityInfo *info)
{
    for (size_t i = 0; i < r->tables.len; i++)
        if (r->tables.ptr[i].info == info)
            return &r->tables.ptr[i];
    RefTable *t = vec_add(r->arena, &r->tables);
    t->info = info;
    t->names = map_new(r->arena);
    return t;
}

enum { REF_CHUNK = 200 };

static Status load_chunk(Ctx *cx, Db *db, RefNames *r, RefTable *t, const int64_t *ids, size_t n)
{
    const Field *title = field_at(t->info, t->info->entity->title);
    Mask only = { 0 };
    mask_set(&only, title->index);
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT "));
    entity_columns(q, t->info, &only);
    sql_add(q, SQL(" FROM "));
    sql_add(q, t->info->entity->table);
    sql_add(q, SQL(" t WHERE t.id IN ("));
    sql_int_list(q, ids, n);
    sql_add(q, SQL(")"));
    FieldAccess access = field_access(cx, t->info, title);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st)) {
        void *row = row_new(cx->arena, t->info);
        TRY(entity_read(cx, t->info, &only, st, 0, r->arena, row));
        Value v = row_get(row, title);
        if (access < ACCESS_MASKED)
            continue;
        if (access == ACCESS_MASKED)
            v = value_masked(r->arena, title, v);
        int64_t *at =
            map_get(&t->names, (Str){ (const char *)&(int64_t){ row_id(row, t->info).v }, 8 });
        if (at != NULL)
            r->texts.ptr[*at] = v.text;
    }
    return stmt_end(cx, &st);
}

static void want(RefNames *r, RefTable *t, int64_t id)
{
    bool is_new = false;
    int64_t *at = map_put(&t->names, id_key(r->arena, id), &is_new);
    if (is_new) {
        *at = (int64_t)r->texts.len;
        *vec_add(r->arena, &r->texts) = (Str){ "", 0 };
    }
}

Status refs_load(Ctx *cx, Db *db, const EntityInfo *e, void *const *rows, size_t n,
                 const Mask *only, RefNames **ret)
{
    RefNames *r = arena_new(cx->arena, RefNames);
    r->arena = cx->arena;
    FOR_FIELDS(e, f) {
        const EntityInfo *to = f->ref == NULL ? NULL : catalog_find(cx->catalog, str_z(f->ref));
        if (to == NULL || f->index >= e->nbuiltin || (only != NULL && !mask_has(only, f->index)))
            continue;
        RefTable *t = table_of(r, to);
        for (size_t i = 0; i < n; i++) {
            Value v = row_get(rows[i], f);
            if (!v.null)
                want(r, t, v.num);
        }
    }
    for (size_t i = 0; i < r->tables.len; i++) {
        RefTable *t = &r->tables.ptr[i];
        VEC(int64_t) ids = { 0 };
        for (size_t s = 0; s < t->names.cap; s++)
            if (t->names.slots[s].key.ptr != NULL)
                memcpy(vec_add(cx->arena, &ids), t->names.slots[s].key.ptr, sizeof(int64_t));
        for (size_t at = 0; at < ids.len; at += REF_CHUNK)
            TRY(load_chunk(cx, db, r, t, ids.ptr + at,
                           ids.len - at < REF_CHUNK ? ids.len - at : REF_CHUNK));
    }
    *ret = r;
    return STATUS_OK;
}

Str refs_name(const RefNames *r, const Field *f, int64_t id)
{
    for (size_t i = 0; i < r->tables.len; i++) {
        const RefTable *t = &r->tables.ptr[i];
        if (!str_eq(str_z(t->info->entity->name), str_z(f->ref)))
            continue;
        const int64_t *at = map_get(&t->names, (Str){ (const char *)&id, sizeof(id) });
        return at == NULL ? (Str){ "", 0 } : r->texts.ptr[*at];
    }
    return (Str){ "", 0 };
}
