// Rights of a user as the engine wants them. The guard takes them from snapshots keyed by user,
// catalog and rights version, so that a request costs no statement for them.
#include "auth/auth_internal.h"

struct Snapshot {
    int refs; // under Auth.lock
    Arena arena;
    Id user, department;
    int64_t catalog_version, rights_version;
    int64_t *tree;
    size_t ntree;
    const Rights *rights;
};

typedef VEC(int64_t) Ids;

typedef struct Edge {
    int64_t id, parent;
} Edge;

static Status department_tree(Ctx *cx, Db *db, Id top, Ids *ret)
{
    VEC(Edge) edges = { 0 };
    if (top.v == 0)
        return STATUS_OK;
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT id, parent_id FROM department WHERE deleted_at IS NULL"));
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    TRY(db_run(cx, db, q, &st));
    while (stmt_next(st))
        *vec_add(cx->arena, &edges) = (Edge){ stmt_int(st, 0), stmt_int(st, 1) };
    TRY(stmt_end(cx, &st));
    *vec_add(cx->arena, ret) = top.v;
    for (size_t i = 0; i < ret->len && i <= edges.len; i++)
        for (size_t k = 0; k < edges.len; k++)
            if (edges.ptr[k].parent == ret->ptr[i])
                *vec_add(cx->arena, ret) = edges.ptr[k].id;
    return STATUS_OK;
}

static Status user_place(Ctx *cx, Db *db, Id user, Id *ret_department)
{
    Sql *q = sql_new(cx->arena, db);
    sql_add(q, SQL("SELECT coalesce(department_id, 0) FROM app_user"
                   " WHERE deleted_at IS NULL AND disabled = 0 AND id = "));
    sql_id(q, user);
    Status s = db_int(cx, db, q, &ret_department->v);
    if (s == STATUS_NOT_FOUND)
        return FAIL(cx, UNAUTHENTICATED, "session", NULL, "Sign in first.");
    return s;
}

typedef struct Found {
    Id department;
    Ids tree;
    Rights *rights;
} Found;

static Status find_rights(Ctx *cx, Db *db, Id user, Found *ret)
{
    RoleSet set = { 0 };
    TRY(user_place(cx, db, user, &ret->department));
    TRY(department_tree(cx, db, ret->department, &ret->tree));
    TRY(roles_load(cx, db, &set));
    return rights_of_user(cx, db, &set, user, &ret->rights);
}

// --- rights -> Access

// Parsed by the system's eyes: a scope may speak of fields that its holder does not see.
static void add_filters(Ctx *cx, const EntityInfo *e, const ScopeRight *from, Scope *to)
{
    const Access *mine = cx->access;
    Err *errors = cx->errors;
    to->kinds = from->kinds;
    if (from->nfilters == 0)
        return;
    const Filter **list = arena_array(cx->arena, const Filter *, from->nfilters);
    cx->access = access_system(cx->arena, ORIGIN_SYSTEM, (Id){ 0 });
    for (size_t i = 0; i < from->nfilters; i++) {
        const Filter *f = NULL;
        // A filter whose field is gone opens nothing.
        if (filter_parse_text(cx, e, from->filters[i], &f) == STATUS_OK && f != NULL)
            list[to->nfilters++] = f;
    }
    cx->access = mine;
    cx->errors = errors;
    to->filters = list;
}

static bool is_read(Str permission)
{
    return str_ends(permission, S(".read"));
}

static const Access *access_of_rights(Ctx *cx, const Rights *r, const AccessWant *want,
                                      Id department, const int64_t *tree, size_t ntree)
{
    const Catalog *c = cx->catalog;
    Access *a = arena_new(cx->arena, Access);
    *a = (Access){ .user = want->user,
                   .department = department,
                   .ntree = ntree,
                   .read_only = want->read_only,
                   .origin = want->origin,
                   .origin_id = want->origin_id,
                   .address = want->address,
                   .session = want->session,
                   .all = r->all };
    int64_t *own_tree = arena_array(cx->arena, int64_t, ntree + 1);
    for (size_t i = 0; i < ntree; i++)
        own_tree[i] = tree[i];
    a->tree = own_tree;
    if (r->all)
        return a;
    EntityAccess *entities = arena_array(cx->arena, EntityAccess, c->nentities + 1);
    for (size_t i = 0; i < c->nentities; i++) {
        const EntityInfo *e = &c->entities[i];
        entities[i].may = r->entities[i].may;
        entities[i].field = arena_array(cx->arena, uint8_t, e->nfields + 1);
        memcpy(entities[i].field, r->entities[i].field, e->nfields);
        add_filters(cx, e, &r->entities[i].view, &entities[i].view);
        add_filters(cx, e, &r->entities[i].operate, &entities[i].operate);
    }
    Map *names = arena_new(cx->arena, Map);
    *names = map_new(cx->arena);
    for (size_t i = 0; i < c->npermissions; i++) {
        Str name = str_z(c->permissions[i].name);
        if (r->permissions[i] && (!want->read_only || is_read(name)))
            *map_put(names, name, NULL) = 1;
    }
    a->entities = entities;
    a->permissions = names;
    return a;
}

Status auth_access(Ctx *cx, Db *db, Id user, Origin origin, const Access **ret)
{
    Found f = { 0 };
    TRY(find_rights(cx, db, user, &f));
    AccessWant want = { .user = user, .origin = origin };
    *ret = access_of_rights(cx, f.rights, &want, f.department, f.tree.ptr, f.tree.len);
    return STATUS_OK;
}

// --- snapshots

static void snapshot_drop(Auth *a, Snapshot *s)
{
    mutex_lock(&a->lock);
    bool last = s != NULL && --s->refs == 0;
    mutex_unlock(&a->lock);
    if (!last)
        return;
    arena_reset(&s->arena);
    mem_free(s);
}

static Snapshot *snapshot_take(Auth *a, const AccessWant *want, int64_t catalog_version)
{
    mutex_lock(&a->lock);
    Snapshot *s = a->snapshots[(uint64_t)want->user.v % SNAPSHOTS];
    bool fits = s != NULL && s->user.v == want->user.v && s->catalog_version == catalog_version &&
                s->rights_version == want->rights_version;
    if (fits)
        s->refs++;
    mutex_unlock(&a->lock);
    return fits ? s : NULL;
}

// The cache holds one reference, the caller gets another.
static Snapshot *snapshot_put(Auth *a, const Catalog *c, const AccessWant *want, const Found *f)
{
    Snapshot *s = mem_alloc(sizeof(Snapshot));
    *s = (Snapshot){ .refs = 2,
                     .user = want->user,
                     .department = f->department,
                     .catalog_version = c->version,
                     .rights_version = want->rights_version,
                     .ntree = f->tree.len };
    s->tree = arena_array(&s->arena, int64_t, f->tree.len + 1);
    for (size_t i = 0; i < f->tree.len; i++)
        s->tree[i] = f->tree.ptr[i];
    s->rights = rights_copy(&s->arena, c, f->rights);
    mutex_lock(&a->lock);
    Snapshot **place = &a->snapshots[(uint64_t)want->user.v % SNAPSHOTS];
    Snapshot *old = *place;
    *place = s;
    mutex_unlock(&a->lock);
    snapshot_drop(a, old);
    return s;
}

void snapshots_clear(Auth *a)
{
    for (size_t i = 0; i < SNAPSHOTS; i++) {
        mutex_lock(&a->lock);
        Snapshot *s = a->snapshots[i];
        a->snapshots[i] = NULL;
        mutex_unlock(&a->lock);
        snapshot_drop(a, s);
    }
}

Status access_cached(Ctx *cx, Auth *a, Db *db, const AccessWant *want, const Access **ret)
{
    Snapshot *s = snapshot_take(a, want, cx->catalog->version);
    if (s == NULL) {
        Found f = { 0 };
        TRY(find_rights(cx, db, want->user, &f));
        s = snapshot_put(a, cx->catalog, want, &f);
    }
    const Rights *rights = s->rights;
    if (want->scopes != NULL || want->read_only) {
        Rights *narrow = rights_copy(cx->arena, cx->catalog, s->rights);
        if (want->scopes != NULL)
            rights_narrow(cx, narrow, want->scopes);
        rights = narrow;
    }
    *ret = access_of_rights(cx, rights, want, s->department, s->tree, s->ntree);
    snapshot_drop(a, s);
    return STATUS_OK;
}
