// The word lists of words/, built in by tools/embed_words.py.
#ifndef GUANXI_DEMO_DEMO_WORDS_H
#define GUANXI_DEMO_DEMO_WORDS_H

#include "base/base.h"

extern const Str WORDS_company_names, WORDS_divisions, WORDS_given_names_female,
    WORDS_given_names_male, WORDS_products, WORDS_provinces, WORDS_streets, WORDS_surnames;

#endif
