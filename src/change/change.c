// Create, change, delete, restore: permission, scope, rules, row, index, history in one place.
#include "change/change_internal.h"

static const Field *system_field(const EntityInfo *e, Str name)
{
    const Field *f = field_find(e, name);
    check(f != NULL);
    return f;
}

static void set_instant(Ctx *cx, const EntityInfo *e, void *row, Str name, Instant t)
{
    row_put(cx->arena, row, system_field(e, name), value_num(FIELD_INSTANT, t.ms));
}

static int64_t version_of(const EntityInfo *e, const void *row)
{
    return row_get(row, system_field(e, S("version"))).num;
}

// What the caller set himself needs write access; what the program sets is marked readonly.
static Status check_fields(Ctx *cx, const EntityInfo *e, const void *row)
{
    if (cx->access != NULL && cx->access->all && !cx->access->read_only)
        return STATUS_OK;
    FOR_FIELDS(e, f)
        if (row_has(row, f) && (f->flags & (F_READONLY | F_HIDDEN)) == 0 &&
            field_access(cx, e, f) != ACCESS_WRITE)
            return FAIL(cx, FORBIDDEN, "field.permission", f->name.ptr, "you may not change this");
    return STATUS_OK;
}

// New records belong to whoever makes them unless said otherwise, so that data scope finds them.
static void default_owner(Ctx *cx, const EntityInfo *e, void *row)
{
    const Entity *entity = e->entity;
    const Access *a = cx->access;
    if (a == NULL || a->user.v == 0)
        return;
    if (entity->owner != 0 && !row_has(row, field_at(e, entity->owner)))
        row_put(cx->arena, row, field_at(e, entity->owner), value_num(FIELD_ID, a->user.v));
    if (entity->department != 0 && !row_has(row, field_at(e, entity->department)) &&
        a->department.v != 0)
        row_put(cx->arena, row, field_at(e, entity->department),
                value_num(FIELD_ID, a->department.v));
}

// A record created or moved must be within what its maker may operate on; the parent's scope
// decides for records that hang on another.
static Status check_scope(Ctx *cx, Db *db, const EntityInfo *e, Id id, bool is_new)
{
    if (cx->access->all)
        return STATUS_OK;
    Query q = { .info = e, .operate = true, .ids = &id.v, .nids = 1 };
    Sql *sql = sql_new(cx->arena, db);
    sql_add(sql, SQL("SELECT 1 FROM "));
    sql_add(sql, e->entity->table);
    sql_add(sql, SQL(" t"));
    if (e->entity->stat_table.literal != NULL) {
        sql_add(sql, SQL(" JOIN "));
        sql_add(sql, e->entity->stat_table);
        sql_add(sql, SQL(" s ON s.id = t.id"));
    }
    sql_add(sql, SQL(" WHERE "));
    TRY(query_where(cx, sql, &q));
    int64_t found = 0;
    Status s = db_int(cx, db, sql, &found);
    if (s != STATUS_NOT_FOUND)
        return s;
    // What hangs on a record that the caller does not see hears the same as for a missing one
    // (B11).
    if (is_new && e->entity->parent != 0)
        return FAIL(cx, INVALID, "reference", field_at(e, e->entity->parent)->name.ptr,
                    "does not exist");
    return FAIL(cx, FORBIDDEN, "scope", NULL, "this would lie outside your data scope");
}

Status change_create(Ctx *cx, Db *db, const EntityInfo *e, void *row, Str reason)
{
    TRY(require(cx, e, MAY_CREATE));
    TRY(check_fields(cx, e, row));
    TRY(row_validate(cx, e, row, true));
    default_owner(cx, e, row);
    if (row_id(row, e).v == 0) {
        int64_t id = 0;
        TRY(db_next_id(cx, db, e->entity->table, &id));
        row_put(cx->arena, row, field_at(e, 0), value_num(FIELD_ID, id));
    }
    if (e->entity->check != NULL)
        TRY((e->entity->check)(cx, db, e, NULL, row));
    row_put(cx->arena, row, system_field(e, S("version")), value_num(FIELD_INT, 1));
    set_instant(cx, e, row, S("created_at"), cx->now);
    set_instant(cx, e, row, S("updated_at"), cx->now);
    TRY(entity_insert(cx, db, e, row));
    TRY(entity_index(cx, db, e, NULL, row));
    bool any = false;
    Str diff = change_diff(cx, e, NULL, row, &any);
    TRY(change_add(cx, db, CHANGE_CREATE, e->entity->name, row_id(row, e), 1, reason, diff));
    if (e->entity->changed != NULL)
        TRY(e->entity->changed(cx, db, e, NULL, row));
    return check_scope(cx, db, e, row_id(row, e), true);
}

// To be changed, a record must be visible and within the operate scope. Visible but not to be
// operated on is FORBIDDEN, not visible is NOT_FOUND.
static Status load(Ctx *cx, Db *db, const EntityInfo *e, Id id, Bin bin, void *row)
{
    Query seen = {
        .info = e, .ids = &id.v, .nids = 1, .limit = 1, .bin = bin, .only = mask_all(e)
    };
    Rows rows = { 0 };
    TRY(query_rows(cx, db, &seen, &rows));
    if (rows.len == 0)
        return FAIL(cx, NOT_FOUND, "missing", NULL, "there is no such record");
    memcpy(row, rows.ptr[0], e->entity->size);
    if (cx->access->all)
        return STATUS_OK;
    Query operate = seen;
    operate.operate = true;
    operate.only = (Mask){ 0 };
    TRY(query_rows(cx, db, &operate, &rows));
    if (rows.len == 0)
        return FAIL(cx, FORBIDDEN, "scope", NULL, "you may see this record but not change it");
    return STATUS_OK;
}

static Status check_version(Ctx *cx, const EntityInfo *e, const void *before, int64_t version)
{
    if (version == 0 || version == version_of(e, before))
        return STATUS_OK;
    return FAIL(cx, CONFLICT, "version", "version", "somebody has changed this record meanwhile");
}

// The wish laid over what is there. Derived fields come from the entity's own rule.
static void *overlay(Ctx *cx, const EntityInfo *e, const void *before, const void *patch)
{
    void *after = row_copy(cx->arena, e, before);
    FOR_FIELDS(e, f)
        if (f->index != 0 && row_has(patch, f))
            row_put(cx->arena, after, f, row_get(patch, f));
    return after;
}

// Only the columns that differ, plus version and time.
static void *update_row(Ctx *cx, const EntityInfo *e, const void *before, const void *after)
{
    void *row = row_new(cx->arena, e);
    row_put(cx->arena, row, field_at(e, 0), row_get(before, field_at(e, 0)));
    bool custom = false;
    FOR_FIELDS(e, f) {
        if (f->index == 0 || (f->flags & F_STAT) != 0 ||
            value_equal(row_get(before, f), row_get(after, f)))
            continue;
        if ((f->flags & F_CUSTOM) != 0)
            custom = true;
        else
            row_put(cx->arena, row, f, row_get(after, f));
    }
    // The custom document is one column: written whole.
    if (custom)
        ((RowHead *)row)->custom = ((const RowHead *)after)->custom;
    return row;
}

static Status write_update(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after,
                           ChangeAction action, Str reason, Str diff)
{
    int64_t version = version_of(e, before) + 1;
    row_put(cx->arena, after, system_field(e, S("version")), value_num(FIELD_INT, version));
    set_instant(cx, e, after, S("updated_at"), cx->now);
    TRY(entity_update(cx, db, e, update_row(cx, e, before, after)));
    TRY(change_add(cx, db, action, e->entity->name, row_id(after, e), version, reason, diff));
    return STATUS_OK;
}

static Status update(Ctx *cx, Db *db, const EntityInfo *e, Id id, int64_t version,
                     const void *patch, bool always, Str reason, void **ret_after)
{
    TRY(require(cx, e, MAY_UPDATE));
    TRY(check_fields(cx, e, patch));
    void *before = row_new(cx->arena, e);
    TRY(load(cx, db, e, id, BIN_LIVE, before));
    TRY(check_version(cx, e, before, version));
    void *wish = row_copy(cx->arena, e, patch);
    TRY(row_validate(cx, e, wish, false));
    void *after = overlay(cx, e, before, wish);
    if (e->entity->check != NULL)
        TRY((e->entity->check)(cx, db, e, before, after));
    bool any = false;
    Str diff = change_diff(cx, e, before, after, &any);
    if (any || always) {
        TRY(write_update(cx, db, e, before, after, CHANGE_UPDATE, reason, diff));
        TRY(entity_index(cx, db, e, before, after));
        if (e->entity->changed != NULL)
            TRY(e->entity->changed(cx, db, e, before, after));
        TRY(check_scope(cx, db, e, id, false));
    }
    if (ret_after != NULL)
        *ret_after = after;
    return STATUS_OK;
}

Status change_update(Ctx *cx, Db *db, const EntityInfo *e, Id id, int64_t version,
                     const void *patch, Str reason, void **ret_after)
{
    return update(cx, db, e, id, version, patch, false, reason, ret_after);
}

Status change_touch(Ctx *cx, Db *db, const EntityInfo *e, Id id, int64_t version, const void *patch,
                    Str reason, void **ret_after)
{
    return update(cx, db, e, id, version, patch, true, reason, ret_after);
}

Status change_delete(Ctx *cx, Db *db, const EntityInfo *e, Id id, int64_t version, Str reason)
{
    TRY(require(cx, e, MAY_DELETE));
    check((e->entity->flags & E_TRASH) != 0);
    void *before = row_new(cx->arena, e);
    TRY(load(cx, db, e, id, BIN_LIVE, before));
    TRY(check_version(cx, e, before, version));
    if (e->entity->check != NULL)
        TRY((e->entity->check)(cx, db, e, before, NULL));
    void *after = row_copy(cx->arena, e, before);
    set_instant(cx, e, after, S("deleted_at"), cx->now);
    bool any = false;
    Str diff = change_diff(cx, e, before, NULL, &any);
    TRY(write_update(cx, db, e, before, after, CHANGE_DELETE, reason, diff));
    TRY(entity_index(cx, db, e, before, NULL));
    return e->entity->changed == NULL ? STATUS_OK : e->entity->changed(cx, db, e, before, NULL);
}

Status change_undelete(Ctx *cx, Db *db, const EntityInfo *e, Id id, Str reason, void **ret_after)
{
    TRY(require(cx, e, MAY_UPDATE));
    void *before = row_new(cx->arena, e);
    TRY(load(cx, db, e, id, BIN_DELETED, before));
    void *after = row_copy(cx->arena, e, before);
    row_put(cx->arena, after, system_field(e, S("deleted_at")), value_null(FIELD_INSTANT));
    // Its place may have been taken meanwhile (number, account): the same rules as for a new one.
    if (e->entity->check != NULL)
        TRY((e->entity->check)(cx, db, e, NULL, after));
    bool any = false;
    Str diff = change_diff(cx, e, NULL, after, &any);
    TRY(write_update(cx, db, e, before, after, CHANGE_RESTORE, reason, diff));
    TRY(entity_index(cx, db, e, NULL, after));
    if (e->entity->changed != NULL)
        TRY(e->entity->changed(cx, db, e, NULL, after));
    if (ret_after != NULL)
        *ret_after = after;
    return STATUS_OK;
}
