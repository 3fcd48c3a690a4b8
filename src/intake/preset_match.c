// Finding the preset of a file by its headings.
#include "intake/presets.h"

const Preset *preset_find(Str name)
{
    for (size_t i = 0; i < PRESETS_LEN; i++)
        if (str_eq(name, str_z(PRESETS[i].name)))
            return &PRESETS[i];
    return NULL;
}

// Headings are compared without blanks around them, full-width brackets as plain ones.
static bool same_heading(Str heading, const char *known)
{
    heading = str_trim(heading);
    Str want = str_z(known);
    size_t i = 0;
    size_t k = 0;
    while (i < heading.len && k < want.len) {
        uint32_t a = utf8_next(heading, &i);
        uint32_t b = utf8_next(want, &k);
        bool bracket = (a == 0xff08 && b == '(') || (a == 0xff09 && b == ')') ||
                       (b == 0xff08 && a == '(') || (b == 0xff09 && a == ')');
        if (a != b && !bracket &&
            !(a < 128 && b < 128 && ascii_lower((char)a) == ascii_lower((char)b)))
            return false;
    }
    return i == heading.len && k == want.len;
}

static bool has_heading(const Str *headings, size_t n, const char *known)
{
    for (size_t i = 0; i < n; i++)
        if (same_heading(headings[i], known))
            return true;
    return false;
}

static size_t hits(const Preset *p, const Str *headings, size_t n, size_t *ret_known)
{
    for (const char *const *key = p->key; *key != NULL; key++)
        if (!has_heading(headings, n, *key))
            return 0;
    size_t found = 0;
    *ret_known = 0;
    for (const PresetColumn *c = p->columns; c->heading != NULL; c++) {
        found += has_heading(headings, n, c->heading);
        ++*ret_known;
    }
    return found;
}

const Preset *preset_recognise(const Str *headings, size_t n)
{
    enum { LEAST = 3 };
    const Preset *best = NULL;
    size_t most = 0;
    size_t fewest = 0;
    for (size_t i = 0; i < PRESETS_LEN; i++) {
        size_t known = 0;
        size_t found = hits(&PRESETS[i], headings, n, &known);
        // Of two with as many hits the one with fewer columns missing.
        if (found < LEAST || found < most || (found == most && known >= fewest))
            continue;
        best = &PRESETS[i];
        most = found;
        fewest = known;
    }
    return best;
}

void preset_map(const Preset *p, const Str *headings, size_t n, TargetId *targets)
{
    for (size_t i = 0; i < n; i++) {
        targets[i] = TARGETS;
        for (const PresetColumn *c = p->columns; c->heading != NULL && targets[i] == TARGETS; c++)
            if (c->target != NULL && same_heading(headings[i], c->heading))
                targets[i] = target_find(str_z(c->target), p->kind);
    }
}
