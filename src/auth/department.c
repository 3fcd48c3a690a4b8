// Departments: a tree, because data scopes say "department and below".
#include "auth/auth_internal.h"

static const Field DEPARTMENT_DEFS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Department, name, __VA_ARGS__),
#include "auth/department.def"
#undef FIELD
};

static Status parent_of(Ctx *cx, Db *db, Id id, Id *ret)
{
    int64_t parent = 0;
    Status s = count_id(cx, db,
                        SQL("SELECT coalesce(parent_id, 0) FROM department"
                            " WHERE deleted_at IS NULL AND id = "),
                        id, &parent);
    if (s == STATUS_NOT_FOUND)
        return FAIL(cx, INVALID, "ref", "parent_id", "there is no such department");
    TRY(s);
    ret->v = parent;
    return STATUS_OK;
}

static Status department_empty(Ctx *cx, Db *db, Id id)
{
    int64_t n = 0;
    TRY(count_id(cx, db,
                 SQL("SELECT count(*) FROM app_user WHERE deleted_at IS NULL AND department_id = "),
                 id, &n));
    if (n > 0)
        return FAIL(cx, CONFLICT, "department.in_use", NULL,
                    "The department still has users; move them first.");
    TRY(count_id(cx, db,
                 SQL("SELECT count(*) FROM department WHERE deleted_at IS NULL AND parent_id = "),
                 id, &n));
    if (n > 0)
        return FAIL(cx, CONFLICT, "department.in_use", NULL,
                    "The department still has departments below it.");
    return STATUS_OK;
}

static Status department_check(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                               void *after)
{
    (void)e;
    const Department *was = before;
    const Department *d = after;
    if (d == NULL)
        return department_empty(cx, db, was->id);
    if (was != NULL && was->parent_id.v == d->parent_id.v)
        return STATUS_OK;
    int depth = 1;
    for (Id at = d->parent_id; at.v != 0; depth++) {
        if (at.v == d->id.v)
            return FAIL(cx, INVALID, "department.cycle", "parent_id",
                        "would put the department below itself");
        if (depth >= TREE_DEPTH)
            return FAIL(cx, INVALID, "department.depth", "parent_id", "the tree is too deep");
        TRY(parent_of(cx, db, at, &at));
    }
    return STATUS_OK;
}

static Status department_changed(Ctx *cx, Db *db, const EntityInfo *e, const void *before,
                                 const void *after)
{
    (void)e;
    const Department *was = before;
    const Department *d = after;
    if (d != NULL && was != NULL && was->parent_id.v == d->parent_id.v)
        return STATUS_OK;
    return rights_changed(cx, db);
}

const Entity department_entity = {
    .name = "department",
    .path = "departments",
    .label = { "部门", "Department" },
    .plural = { "部门", "Departments" },
    .table = SQL_INIT("department"),
    .search_table = SQL_INIT("department_search"),
    .fields = DEPARTMENT_DEFS,
    .nfields = ARRAY_LEN(DEPARTMENT_DEFS),
    .size = sizeof(Department),
    .title = DEPARTMENT_name,
    .flags = E_TRASH | E_GLOBAL,
    .check = department_check,
    .changed = department_changed,
};
