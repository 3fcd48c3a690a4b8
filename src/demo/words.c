// Lists of words, read once per filling.
#include "demo/demo_internal.h"
#include "demo/demo_words.h"

static Words words_read(Arena *a, Str list, bool weighted)
{
    VEC(Word) v = { 0 };
    int64_t total = 0;
    for (Str rest = list; rest.len > 0;) {
        Str weight = str_split(&rest, '\n');
        Str text = weighted ? str_split(&weight, '\t') : weight;
        int64_t n = 1;
        check(!weighted || (str_int(weight, &n) && n > 0));
        total += n;
        *vec_add(a, &v) = (Word){ text, total };
    }
    return (Words){ v.ptr, v.len, total };
}

Words words_plain(Arena *a, Str list)
{
    return words_read(a, list, false);
}

Words words_weighted(Arena *a, Str list)
{
    return words_read(a, list, true);
}

Str words_pick(const Words *w, Chance *c)
{
    int64_t at = chance_int(c, 0, w->total - 1);
    size_t low = 0;
    size_t high = w->len - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->ptr[middle].until > at)
            high = middle;
        else
            low = middle + 1;
    }
    return w->ptr[low].text;
}

// Municipalities and places run by the province have no city of their own in the list.
static Place place_of(Str line)
{
    (void)str_split(&line, '\t'); // code
    Place p = { .province = str_split(&line, '\t') };
    p.city = str_split(&line, '\t');
    p.district = line;
    if (str_eq(p.city, S("市辖区")) || str_eq(p.city, S("县")))
        p.city = p.province;
    else if (str_ends(p.city, S("直辖县级行政区划")))
        p.city = p.district;
    return p;
}

static void load_provinces(Arena *a, WordSet *w)
{
    Words names = words_weighted(a, WORDS_provinces);
    Words lines = words_plain(a, WORDS_divisions);
    Place *all = arena_array(a, Place, lines.len);
    for (size_t i = 0; i < lines.len; i++)
        all[i] = place_of(lines.ptr[i].text);
    w->provinces = arena_array(a, Province, names.len);
    for (size_t i = 0; i < names.len; i++) {
        Province *p = &w->provinces[i];
        VEC(Place) places = { 0 };
        for (size_t k = 0; k < lines.len; k++)
            if (str_eq(all[k].province, names.ptr[i].text))
                *vec_add(a, &places) = all[k];
        check(places.len > 0);
        *p = (Province){ names.ptr[i].text, places.ptr, places.len, names.ptr[i].until };
    }
    w->nprovinces = names.len;
    w->residents = names.total;
}

void words_load(Arena *a, WordSet *ret)
{
    ret->surnames = words_weighted(a, WORDS_surnames);
    ret->men = words_plain(a, WORDS_given_names_male);
    ret->women = words_plain(a, WORDS_given_names_female);
    ret->companies = words_plain(a, WORDS_company_names);
    ret->streets = words_plain(a, WORDS_streets);
    load_provinces(a, ret);
}

Place place_pick(const WordSet *w, Chance *c)
{
    int64_t at = chance_int(c, 0, w->residents - 1);
    const Province *p = w->provinces;
    while (p->until <= at)
        p++;
    return p->places[chance_int(c, 0, (int64_t)p->len - 1)];
}
