// What administration registers: auth/ stands below api/ and cannot list itself.
#include "admin/admin.h"

static const Entity *const ENTITIES[] = { &user_entity, &department_entity, &role_entity };

static const Route ROUTES[] = {
    ROUTES_CRUD(user_entity, "users", "user"),
    ROUTES_CRUD(department_entity, "departments", "department"),
    ROUTES_CRUD(role_entity, "roles", "role"),
};

const Module auth_module = {
    .name = "auth",
    .entities = ENTITIES,
    .nentities = ARRAY_LEN(ENTITIES),
    .routes = AUTH_ROUTES,
    .nroutes = AUTH_ROUTES_LEN,
    .permissions = AUTH_PERMISSIONS,
    .npermissions = AUTH_PERMISSIONS_LEN,
    .settings = AUTH_SETTINGS,
    .nsettings = AUTH_SETTINGS_LEN,
    .messages = AUTH_MESSAGES,
    .nmessages = AUTH_MESSAGES_LEN,
};

const Module admin_module = {
    .name = "admin",
    .routes = ROUTES,
    .nroutes = ARRAY_LEN(ROUTES),
};
