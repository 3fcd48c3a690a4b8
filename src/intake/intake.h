// Importing orders, customers, products and what belongs to them from CSV and XLSX files.
#ifndef GUANXI_INTAKE_INTAKE_H
#define GUANXI_INTAKE_INTAKE_H

#include "api/app.h"

extern const Entity import_entity, preset_entity;
extern const Module intake_module;

#endif
