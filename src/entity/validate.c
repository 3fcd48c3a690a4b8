// What a value may be. Faults are collected, so that a form shows all of them at once.
#include "entity/access.h"

#include <inttypes.h>

static Status check_text(Ctx *cx, const Field *f, Value *v)
{
    v->text = str_trim(v->text);
    if (v->text.len == 0) {
        *v = value_null(f->kind);
        return STATUS_OK;
    }
    if (!utf8_valid(v->text) || !text_is_clean(v->text, (f->flags & F_MULTILINE) != 0))
        return FAIL(cx, INVALID, "text.unclean", f->name.ptr,
                    "holds invisible or control characters");
    v->text = text_nfc(cx->arena, v->text);
    int64_t n = (int64_t)utf8_count(v->text);
    if (f->min < f->max && (n < f->min || n > f->max)) {
        (void)FAIL(cx, INVALID, n < f->min ? "text.short" : "text.long", f->name.ptr,
                   "must have between %" PRId64 " and %" PRId64 " characters", f->min, f->max);
        return ctx_fail_args(cx, STATUS_INVALID, arena_fmt(cx->arena, "%" PRId64, f->min),
                             arena_fmt(cx->arena, "%" PRId64, f->max));
    }
    return STATUS_OK;
}

static Status check_number(Ctx *cx, const Field *f, const Value *v)
{
    if (f->min >= f->max || (v->num >= f->min && v->num <= f->max))
        return STATUS_OK;
    bool fixed = f->kind == FIELD_MONEY || f->kind == FIELD_DECIMAL;
    Str least = fixed ? money_str(cx->arena, f->min, 0) : arena_fmt(cx->arena, "%" PRId64, f->min);
    Str most = fixed ? money_str(cx->arena, f->max, 0) : arena_fmt(cx->arena, "%" PRId64, f->max);
    (void)FAIL(cx, INVALID, "range", f->name.ptr, "must be between " STR_FMT " and " STR_FMT,
               STR_ARG(least), STR_ARG(most));
    return ctx_fail_args(cx, STATUS_INVALID, least, most);
}

static Status check_value(Ctx *cx, const Field *f, Value *v)
{
    if (f->kind == FIELD_TEXT)
        TRY(check_text(cx, f, v));
    else if (f->kind != FIELD_JSON && !v->null)
        TRY(check_number(cx, f, v));
    if (v->null || f->check == NULL)
        return STATUS_OK;
    return (f->check)(cx, f, v);
}

Status row_validate(Ctx *cx, const EntityInfo *e, void *row, bool whole)
{
    Status worst = STATUS_OK;
    FOR_FIELDS(e, f) {
        // What the program itself sets is right by construction and may be NULL on the way.
        if ((f->flags & F_READONLY) != 0)
            continue;
        if (!row_has(row, f)) {
            if (whole && (f->flags & F_REQUIRED) != 0)
                worst = FAIL(cx, INVALID, "required", f->name.ptr, "is required");
            continue;
        }
        Value v = row_get(row, f);
        if (!v.null) {
            Status s = check_value(cx, f, &v);
            if (s != STATUS_OK) {
                worst = s;
                continue;
            }
            row_put(cx->arena, row, f, v);
        }
        if (v.null && (f->flags & F_REQUIRED) != 0)
            worst = FAIL(cx, INVALID, "required", f->name.ptr, "is required");
    }
    return worst;
}
