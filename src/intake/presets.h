// The files that shops export, known by their headings; and guesses for all others.
#ifndef GUANXI_INTAKE_PRESETS_H
#define GUANXI_INTAKE_PRESETS_H

#include "intake/targets.h"
#include "shop/shop.h"

enum {
    PRESET_SUMMARY = 1u << 0, // a row is an order; its goods are summed up in it
    PRESET_SUM = 1u << 1,     // amounts of an order are the sums over its rows
    PRESET_RETAIL =
        1u << 2, // numbers that begin with C are cancellations; done when there is no state
    PRESET_DASH_EMPTY = 1u << 3,  // "-" stands for an empty cell
    PRESET_DATE_NUMBER = 1u << 4, // the order number begins with its day as YYMMDD
    PRESET_ONE_LINE = 1u << 5,    // rows of one order hold one line each and repeat the order
};

typedef struct PresetColumn {
    const char *heading;
    const char *target; // NULL: known but not taken
} PresetColumn;

typedef struct Preset {
    const char *name;
    Label label;
    ImportKind kind;
    Platform platform;
    uint32_t flags;
    const char *shop;            // its shop's name when the file says none
    const char *const *key;      // headings that must be there, NULL-ended
    const PresetColumn *columns; // ended by a NULL heading
} Preset;

extern const Preset PRESETS[];
extern const size_t PRESETS_LEN;

const Preset *preset_find(Str name); // NULL when unknown
// The preset that fits these headings best; NULL when none fits.
const Preset *preset_recognise(const Str *headings, size_t n);
// targets[i] for column i by this preset; TARGETS where it says nothing.
void preset_map(const Preset *p, const Str *headings, size_t n, TargetId *targets);
// For unknown files: by the words of the headings, then by what the samples look like. Columns that
// have a target already are left. samples is nrows x n.
void guess_columns(Arena *a, ImportKind kind, Str region, const Str *headings, size_t n,
                   const Str *samples, size_t nrows, TargetId *targets);
// orders, customers, … by the headings of an unknown file.
ImportKind guess_kind(Arena *a, const Str *headings, size_t n);

#endif
