// Administration: users, departments and roles by the generic routes, and all of auth/.
#ifndef GUANXI_ADMIN_ADMIN_H
#define GUANXI_ADMIN_ADMIN_H

#include "api/app.h"

// Two rows of the module list: one table of routes each.
extern const Module auth_module, admin_module;

#endif
