#include "intake/targets.h"

#define X(group, field, zh, en, type, kinds) { S_INIT(#group "." #field), zh, en, type, kinds },
const Target TARGET_TABLE[TARGETS] = { TARGET_LIST(X) };
#undef X

TargetId target_find(Str name, ImportKind kind)
{
    for (int i = 0; i < TARGETS; i++)
        if ((TARGET_TABLE[i].kinds >> kind & 1) != 0 && str_eq(name, TARGET_TABLE[i].name))
            return (TargetId)i;
    return TARGETS;
}

bool target_required(TargetId t, ImportKind kind)
{
    switch (kind) {
    case IMPORT_ORDERS:
    case IMPORT_LINES: return t == TARGET_order_number;
    case IMPORT_PAYMENTS: return t == TARGET_order_number || t == TARGET_payment_amount;
    case IMPORT_CUSTOMERS:
    case IMPORT_PRODUCTS:
    case IMPORT_KIND_COUNT: break;
    }
    return false;
}
