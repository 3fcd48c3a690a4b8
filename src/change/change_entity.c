#include "change/change.h"

static const ChoiceDef ACTIONS[] = {
#define X(id, name, zh, en) { name, { zh, en } },
    CHANGE_ACTIONS(X)
#undef X
        { NULL, { NULL, NULL } },
};

typedef struct Change {
    RowHead row;
#define FIELD(type, name, ...) type name;
#include "change/change.def"
#undef FIELD
} Change;

static const Field FIELDS[] = {
#define FIELD(type, name, ...) FIELD_ROW(Change, name, __VA_ARGS__),
#include "change/change.def"
#undef FIELD
};

const Entity change_entity = {
    .name = "change",
    .path = "changes",
    .label = { "变更", "Change" },
    .plural = { "变更记录", "Changes" },
    .table = SQL_INIT("change"),
    .fields = FIELDS,
    .nfields = ARRAY_LEN(FIELDS),
    .size = sizeof(Change),
    .flags = E_READONLY | E_GLOBAL,
};
