// Settings: one row per setting in const tables, with bounds and default; values in the store, read
// through the request's catalog snapshot, so a request never sees half a change.
#ifndef GUANXI_SETTING_SETTING_H
#define GUANXI_SETTING_SETTING_H

#include "change/change.h"

typedef struct SettingDef {
    const char *key; // "auth.idle_minutes"
    Label label, help;
    const char *group; // section of the settings page
    FieldKind kind;    // TEXT, INT, BOOL, CHOICE, MONEY, JSON
    int64_t min, max;  // INT: value; TEXT: code points
    const ChoiceDef *choices;
    const char *value;                   // default, as text ("30", "true", choice name)
    bool secret;                         // write-only: the API answers "set" or null; stored sealed
    Status (*check)(Ctx *cx, Str value); // may be NULL
} SettingDef;

typedef struct SettingTable {
    const SettingDef *defs;
    size_t n;
} SettingTable;

// Loads all values for a catalog (into its arena) and fills its zone, currency, decimals, region
// from "org.zone", "org.currency", "org.region".
Status setting_load(Ctx *cx, Db *db, const SettingTable *tables, size_t ntables,
                    Catalog *c) MUST_USE;
// Of the snapshot; a missing key is a programmer's error.
int64_t setting_int(const Ctx *cx, const char *key);
bool setting_bool(const Ctx *cx, const char *key);
Str setting_text(const Ctx *cx, const char *key); // secrets in clear: for use, never for output
// Writes with check and audit row; inside store_write. INVALID for unknown keys and bad values.
Status setting_set(Ctx *cx, Db *db, Str key, const Json *value) MUST_USE;
Status setting_set_text(Ctx *cx, Db *db, const char *key, Str value) MUST_USE;
// {"items":[…]} of all settings.
void setting_json(const Ctx *cx, JsonOut *j);

enum { SETTING_DEFS_LEN = 7 }; // a constant, so that a module's static table can name it
extern const SettingDef SETTING_DEFS[SETTING_DEFS_LEN]; // org.name, org.currency, org.zone, …

#endif
