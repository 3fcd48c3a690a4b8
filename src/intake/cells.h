// Cells as exports write them, turned into values.
#ifndef GUANXI_INTAKE_CELLS_H
#define GUANXI_INTAKE_CELLS_H

#include "entity/entity.h"

// Numbers and codes: without ="…", a leading ' or TAB, quotes and blanks around.
Str cell_code(Str s);
// Texts: trimmed, without ="…"; a ' is taken off only before what it defused.
Str cell_text(Str s);
// Without what no text may hold: controls become blanks, characters that cannot be seen or turn the
// direction of writing go. Line ends stay when multiline. The same text when there is nothing to
// do.
Str cell_scrub(Arena *a, Str s, bool multiline);
// Masked or encrypted: holds * in place of letters, or is a marketplace's cipher text.
bool cell_is_masked(Str s);

// What a state word means. `paid`: something was paid although the order is closed (refunded).
typedef struct StateWord {
    int32_t state; // OrderState
    bool paid, refunded;
} StateWord;
bool cell_state(Str s, StateWord *ret);
// What an after-sales word means: all money back?
bool cell_is_refunded(Str s);

// "省 市 区 街道" with or without blanks. Parts that are not found stay empty; what is left is
// street.
typedef struct AddressParts {
    Str province, city, district, street;
} AddressParts;
AddressParts address_split(Str s);

// "2× Name, 1× Other": quantity 1 where there is none.
typedef struct Packed {
    int64_t quantity_e4;
    Str name;
} Packed;
size_t packed_split(Arena *a, Str s, Packed **ret);

#endif
