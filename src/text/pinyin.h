// Private to text/: readings of Han characters.
#ifndef GUANXI_TEXT_PINYIN_H
#define GUANXI_TEXT_PINYIN_H

#include "base/base.h"

enum { PINYIN_OTHERS = 3, PINYIN_RUN = 64 };

// One character's reading in its place, and what else people may type for it. The texts live as
// long as the process.
typedef struct Syllable {
    const char *main; // "" when nobody knows how to read it
    const char *others[PINYIN_OTHERS];
    size_t nothers;
} Syllable;

// Characters of which runs are split into single characters and pairs.
bool pinyin_is_han(uint32_t cp);
// `n` characters, at most PINYIN_RUN of them are read; returns how many. `as_name` reads the first
// one or two as a surname.
size_t pinyin_run(const uint32_t *cps, size_t n, bool as_name, Syllable *ret);
// A letter of Latin script without its marks in lower case, or "" for anything else.
const char *pinyin_latin(uint32_t cp);

#endif
