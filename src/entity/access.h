// What an actor may see and do, as plain data. auth/ fills it; the query compiler and the change
// pipeline obey it; nothing else decides.
#ifndef GUANXI_ENTITY_ACCESS_H
#define GUANXI_ENTITY_ACCESS_H

#include "entity/entity.h"
#include "entity/filter.h"

typedef enum FieldAccess { ACCESS_NONE, ACCESS_MASKED, ACCESS_READ, ACCESS_WRITE } FieldAccess;

enum { // of an entity
    MAY_READ = 1u << 0,
    MAY_CREATE = 1u << 1,
    MAY_UPDATE = 1u << 2,
    MAY_DELETE = 1u << 3,
    MAY_EXPORT = 1u << 4,
    MAY_IMPORT = 1u << 5,
    MAY_BULK = 1u << 6,
};
const char *may_name(uint32_t may); // "read", "create", …

enum { // of a data scope; several roles add up
    SCOPE_OWN = 1u << 0,
    SCOPE_DEPARTMENT = 1u << 1,
    SCOPE_TREE = 1u << 2, // department and below
    SCOPE_ALL = 1u << 3,
};

typedef struct Scope {
    uint32_t kinds; // 0 and no filters: nothing
    const Filter **filters;
    size_t nfilters;
} Scope;

typedef struct EntityAccess {
    uint32_t may;
    Scope view, operate;
    uint8_t *field; // FieldAccess by field index, custom fields included
} EntityAccess;

// A right that is not "<entity>.<verb>": "setting.write", "audit.read", "customer.reveal".
typedef struct PermissionDef {
    const char *name;
    Label label;
    const char *group;
} PermissionDef;

typedef enum Origin {
    ORIGIN_PAGE,
    ORIGIN_API,
    ORIGIN_IMPORT,
    ORIGIN_JOB,
    ORIGIN_CLI,
    ORIGIN_SYSTEM,
    ORIGIN_UNDO,
    ORIGINS
} Origin;
extern const ChoiceDef ORIGIN_CHOICES[];

typedef struct Access {
    Id user; // 0: the system itself
    Id department;
    const int64_t *tree; // the department and all below it
    size_t ntree;
    bool all;                     // the system and built-in administrators: everything
    bool read_only;               // "see as this user"
    const EntityAccess *entities; // by catalog index; NULL with `all`
    const Map *permissions;       // names of function permissions; NULL with `all`
    Origin origin;
    Id origin_id; // token, import, job
    Str address;
    Str session; // short digest of the session, for the audit
} Access;

// For jobs of the program itself, commands on the host and tests.
const Access *access_system(Arena *a, Origin origin, Id origin_id);
bool may(const Ctx *cx, const EntityInfo *e, uint32_t what);
// By name: "customer.update" asks the entity's rights, any other name the function permissions.
bool may_do(const Ctx *cx, const char *permission);
FieldAccess field_access(const Ctx *cx, const EntityInfo *e, const Field *f);
// FORBIDDEN with code "permission" naming what is missing.
Status require(Ctx *cx, const EntityInfo *e, uint32_t what) MUST_USE;
Status require_permission(Ctx *cx, const char *permission) MUST_USE;

#endif
