// Messages in the caller's language: errors are found by their code, English text is the fallback.
#ifndef GUANXI_I18N_I18N_H
#define GUANXI_I18N_I18N_H

#include "entity/entity.h"

typedef struct MessageDef {
    const char *code; // "login.wrong"; or "METHOD /path" for route summaries
    const char *zh;   // {field} is replaced by the field's label, {0} and {1} by the error's args
} MessageDef;

typedef struct MessageTable {
    const MessageDef *defs;
    size_t n;
} MessageTable;

void i18n_init(const MessageTable *tables, size_t n); // once at start
// "zh-CN" or "en" from an Accept-Language header; `fallback` when it names neither.
const char *i18n_pick(Str accept_language, const char *fallback);
// The error's sentence; e may be NULL (then the error's field has no label).
Str i18n_error(Arena *a, const char *lang, const Err *err, const EntityInfo *e);
Str i18n_text(const char *lang, const char *code, const char *english);
// Wire form of all errors of the context: {"error":{"status":…,"request":…,"errors":[…]}}
Str i18n_error_body(Ctx *cx, Status s, const EntityInfo *e);

extern const MessageDef I18N_MESSAGES[]; // codes of the platform
extern const size_t I18N_MESSAGES_LEN;

#endif
