#include "api/api_internal.h"

typedef struct View {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "api/view.def"
#undef FIELD
} View;

enum {
#define FIELD(type, name, ...) VIEW_##name,
#include "api/view.def"
#undef FIELD
};

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(View, name, __VA_ARGS__),
#include "api/view.def"
#undef FIELD
};

// Sharing shows a view to everybody: it must be a list that exists, and the right is asked for.
static Status check_view(Ctx *cx, Db *db, const EntityInfo *e, const void *before, void *after)
{
    (void)db, (void)e;
    const View *was = before;
    View *v = after;
    if (v == NULL)
        return STATUS_OK;
    if (catalog_find(cx->catalog, v->entity) == NULL)
        return FAIL(cx, INVALID, "view.entity", "entity", "is not a list");
    if (v->shared && (was == NULL || !was->shared))
        return require_permission(cx, "view.share");
    return STATUS_OK;
}

const Entity view_entity = {
    .name = "view",
    .path = "views",
    .label = { "视图", "View" },
    .plural = { "视图", "Views" },
    .table = SQL_INIT("view"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(View),
    .title = VIEW_name,
    .owner = VIEW_owner_id,
    .flags = E_TRASH | E_SELF,
    .check = check_view,
};
