#include "entity/access.h"

const ChoiceDef ORIGIN_CHOICES[] = {
    { "page", { "页面", "Page" } },     { "api", { "接口", "API" } },
    { "import", { "导入", "Import" } }, { "job", { "任务", "Job" } },
    { "cli", { "命令行", "Command" } }, { "system", { "系统", "System" } },
    { "undo", { "撤销", "Undo" } },     { NULL, { NULL, NULL } },
};

static const struct {
    uint32_t may;
    const char *name;
} VERBS[] = {
    { MAY_READ, "read" },     { MAY_CREATE, "create" }, { MAY_UPDATE, "update" },
    { MAY_DELETE, "delete" }, { MAY_EXPORT, "export" }, { MAY_IMPORT, "import" },
    { MAY_BULK, "bulk" },
};

const char *may_name(uint32_t what)
{
    for (size_t i = 0; i < ARRAY_LEN(VERBS); i++)
        if ((VERBS[i].may & what) != 0)
            return VERBS[i].name;
    return "read";
}

const Access *access_system(Arena *a, Origin origin, Id origin_id)
{
    Access *access = arena_new(a, Access);
    *access = (Access){ .all = true, .origin = origin, .origin_id = origin_id };
    return access;
}

bool may(const Ctx *cx, const EntityInfo *e, uint32_t what)
{
    const Access *a = cx->access;
    if (a == NULL || (a->read_only && (what & ~(uint32_t)MAY_READ) != 0))
        return false;
    return a->all || (a->entities[e->index].may & what) == what;
}

bool may_do(const Ctx *cx, const char *permission)
{
    const Access *a = cx->access;
    if (a == NULL)
        return false;
    Str rest = str_z(permission);
    Str name = str_split(&rest, '.');
    const EntityInfo *e = cx->catalog == NULL ? NULL : catalog_find(cx->catalog, name);
    if (e != NULL)
        for (size_t i = 0; i < ARRAY_LEN(VERBS); i++)
            if (str_eq(rest, str_z(VERBS[i].name)))
                return may(cx, e, VERBS[i].may);
    return a->all || (a->permissions != NULL && map_get(a->permissions, str_z(permission)) != NULL);
}

FieldAccess field_access(const Ctx *cx, const EntityInfo *e, const Field *f)
{
    const Access *a = cx->access;
    if (a == NULL || (f->flags & F_HIDDEN) != 0)
        return ACCESS_NONE;
    FieldAccess got = a->all ? ACCESS_WRITE : (FieldAccess)a->entities[e->index].field[f->index];
    return got == ACCESS_WRITE && a->read_only ? ACCESS_READ : got;
}

Status require(Ctx *cx, const EntityInfo *e, uint32_t what)
{
    if (may(cx, e, what))
        return STATUS_OK;
    (void)FAIL(cx, FORBIDDEN, "permission", NULL, "needs the permission %s.%s", e->entity->name,
               may_name(what));
    return ctx_fail_args(cx, STATUS_FORBIDDEN,
                         arena_fmt(cx->arena, "%s.%s", e->entity->name, may_name(what)),
                         (Str){ 0 });
}

Status require_permission(Ctx *cx, const char *permission)
{
    if (may_do(cx, permission))
        return STATUS_OK;
    (void)FAIL(cx, FORBIDDEN, "permission", NULL, "needs the permission %s", permission);
    return ctx_fail_args(cx, STATUS_FORBIDDEN, str_z(permission), (Str){ 0 });
}
