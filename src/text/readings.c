// Readings per character. ICU knows them, but runs a rule machine over every text; here it runs
// once per 256 characters, at their first use, and the answers are kept for the process.
// Locking: pages are made under `lock` (an ICU transliterator must not be shared) and published by
// an atomic pointer; readers take no lock and pages never change or go away.
#include "text/pinyin.h"

#include "text/icu.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { PAGE = 256, PAGES = 0x33400 / PAGE, READING = 7 };

typedef struct Reading {
    char plain[READING];
    char name[READING];     // as a surname; equal to plain for most
    char keyboard[READING]; // "lv" beside "lu" for 吕, as input methods want it; else ""
    uint8_t polyphone;      // place in POLYPHONES, from 1
    uint8_t surname;        // begins an entry of SURNAMES
} Reading;

typedef struct Page {
    Reading of[PAGE];
} Page;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(Page *) pages[PAGES];

// What ICU has wrong or does not say. The first reading replaces ICU's in running text when
// `replace`; all of them are found by search.
typedef struct Polyphone {
    const char *han;
    bool replace;
    const char *readings[PINYIN_OTHERS];
} Polyphone;

static const Polyphone POLYPHONES[] = {
    { "长", true, { "chang", "zhang" } },  { "晟", true, { "sheng", "cheng" } },
    { "行", false, { "xing", "hang" } },   { "重", false, { "chong", "zhong" } },
    { "乐", false, { "le", "yue" } },      { "朝", false, { "chao", "zhao" } },
    { "都", false, { "du", "dou" } },      { "会", false, { "hui", "kuai" } },
    { "调", false, { "tiao", "diao" } },   { "藏", false, { "cang", "zang" } },
    { "传", false, { "chuan", "zhuan" } }, { "车", false, { "che", "ju" } },
    { "贾", false, { "jia", "gu" } },      { "沈", false, { "shen", "chen" } },
    { "盖", false, { "gai", "ge" } },      { "翟", false, { "zhai", "di" } },
    { "覃", false, { "qin", "tan" } },     { "朴", false, { "piao", "pu" } },
    { "缪", false, { "miao", "mou" } },    { "尉", false, { "wei", "yu" } },
    { "柏", false, { "bai", "bo" } },      { "薄", false, { "bo", "bao" } },
    { "茜", false, { "qian", "xi" } },     { "娜", false, { "na", "nuo" } },
    { "隽", false, { "jun", "juan" } },    { "强", false, { "qiang", "jiang" } },
    { "厦", false, { "xia", "sha" } },     { "卡", false, { "ka", "qia" } },
    { "殷", false, { "yin", "yan" } },     { "省", false, { "sheng", "xing" } },
    { "率", false, { "shuai", "lv" } },    { "陆", false, { "lu", "liu" } },
    { "大", false, { "da", "dai" } },      { "石", false, { "shi", "dan" } },
    { "还", false, { "hai", "huan" } },    { "校", false, { "xiao", "jiao" } },
    { "降", false, { "jiang", "xiang" } }, { "乘", false, { "cheng", "sheng" } },
    { "参", false, { "can", "shen" } },    { "单", false, { "dan", "shan", "chan" } },
};

typedef struct Surname {
    const char *han;
    const char *readings[2];
} Surname;

// Surnames that ICU reads in another way than their bearers do.
static const Surname SURNAMES[] = {
    { "缪", { "miao" } },           { "覃", { "qin" } },
    { "单于", { "chan", "yu" } },   { "澹台", { "tan", "tai" } },
    { "尉迟", { "yu", "chi" } },    { "万俟", { "mo", "qi" } },
    { "长孙", { "zhang", "sun" } }, { "乐正", { "yue", "zheng" } },
    { "子车", { "zi", "ju" } },     { "宰父", { "zai", "fu" } },
    { "拓跋", { "tuo", "ba" } },    { "夹谷", { "jia", "gu" } },
};

bool pinyin_is_han(uint32_t cp)
{
    return utf8_is_han(cp) || cp == 0x3005; // 々 repeats the character before
}

static bool is_latin(uint32_t cp)
{
    return (cp >= 0xc0 && cp < 0x250 && cp != 0xd7 && cp != 0xf7) || (cp >= 0x1e00 && cp < 0x1f00);
}

typedef enum Machine { MACHINE_LATIN, MACHINE_HAN, MACHINE_SURNAME, MACHINES } Machine;

// Made at first use, only touched under `lock`. NULL when ICU lacks it: no readings then.
static UTransliterator *machine_open(Machine which)
{
    static const char *const IDS[MACHINES] = {
        [MACHINE_LATIN] = "Latin-ASCII; Any-Lower",
        [MACHINE_HAN] = "Han-Latin; NFD",
        [MACHINE_SURNAME] = "Han-Latin/Names; Latin-ASCII; Any-Lower",
    };
    static UTransliterator *machines[MACHINES];
    if (machines[which] == NULL) {
        UErrorCode err = U_ZERO_ERROR;
        UChar id[64] = { 0 };
        u_uastrcpy(id, IDS[which]);
        machines[which] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &err);
    }
    return machines[which];
}

static Wide transliterated(Arena *a, Machine which, Wide text)
{
    const UTransliterator *t = machine_open(which);
    if (t == NULL)
        return (Wide){ 0 };
    // A Han character becomes at most a dozen letters.
    int32_t cap = text.len * 16 + 64;
    Wide w = { arena_array(a, UChar, (size_t)cap), text.len };
    memcpy(w.ptr, text.ptr, (size_t)text.len * sizeof(UChar));
    int32_t limit = text.len;
    UErrorCode err = U_ZERO_ERROR;
    utrans_transUChars(t, w.ptr, &w.len, cap, 0, &limit, &err);
    return U_SUCCESS(err) ? w : (Wide){ 0 };
}

// The first word of a line when it is plain ASCII letters, else nothing. Marks of tones and the two
// dots of u, which NFD has parted from their letters, are left out.
static void reading_set(char to[READING], Str line)
{
    line = str_trim(line); // Han-Latin/Names begins lines with a blank
    char word[READING] = { 0 };
    size_t n = 0;
    for (size_t at = 0; at < line.len && line.ptr[at] != ' ';) {
        uint32_t cp = utf8_next(line, &at);
        if (cp >= 0x300 && cp < 0x370)
            continue;
        if (cp < 'a' || cp > 'z' || n == READING - 1)
            return;
        word[n++] = (char)cp;
    }
    memcpy(to, word, READING);
}

// What a keyboard has for the letter with two dots: "lu" + U+0308 is typed "lv".
static void keyboard_set(Reading *r, Str line)
{
    if (str_find(line, S("u\xcc\x88"), 0) == line.len)
        return;
    memcpy(r->keyboard, r->plain, READING);
    for (size_t i = 0; i < READING; i++)
        if (r->keyboard[i] == 'u')
            r->keyboard[i] = 'v';
}

static void page_fill(Page *page, uint32_t first, Machine which)
{
    CLEANUP(arena_cleanup) Arena a = { 0 };
    Buf lines = buf_new(&a, (size_t)PAGE * 8);
    for (uint32_t i = 0; i < PAGE; i++) {
        char utf8[4];
        // Page 0 has line feeds of its own.
        uint32_t cp = first + i < 0x80 ? '?' : first + i;
        buf_add(&lines, (Str){ utf8, utf8_put(utf8, cp) });
        buf_char(&lines, '\n');
    }
    Str rest = wide_to(&a, transliterated(&a, which, wide_from(&a, buf_str(&lines))));
    for (uint32_t i = 0; i < PAGE && rest.ptr != NULL; i++) {
        Str line = str_split(&rest, '\n');
        reading_set(which == MACHINE_SURNAME ? page->of[i].name : page->of[i].plain, line);
        if (which == MACHINE_HAN)
            keyboard_set(&page->of[i], line);
    }
}

static uint32_t first_char(const char *han)
{
    size_t at = 0;
    return utf8_next(str_z(han), &at);
}

// Enters our own tables where they touch this page.
static void page_amend(Page *page, uint32_t first)
{
    for (size_t i = 0; i < ARRAY_LEN(POLYPHONES); i++) {
        uint32_t cp = first_char(POLYPHONES[i].han);
        if (cp - cp % PAGE != first)
            continue;
        Reading *r = &page->of[cp % PAGE];
        r->polyphone = (uint8_t)(i + 1);
        if (POLYPHONES[i].replace)
            reading_set(r->plain, str_z(POLYPHONES[i].readings[0]));
    }
    for (size_t i = 0; i < ARRAY_LEN(SURNAMES); i++) {
        uint32_t cp = first_char(SURNAMES[i].han);
        if (cp - cp % PAGE == first)
            page->of[cp % PAGE].surname = 1;
    }
}

static Page *page_new(uint32_t first)
{
    Page *page = mem_alloc(sizeof(Page));
    if (first < 0x300 || first == 0x1e00) {
        page_fill(page, first, MACHINE_LATIN);
        return page;
    }
    page_fill(page, first, MACHINE_HAN);
    page_fill(page, first, MACHINE_SURNAME);
    page_amend(page, first);
    return page;
}

static const Reading *reading_of(uint32_t cp)
{
    static const Reading NONE;
    if (cp / PAGE >= PAGES)
        return &NONE;
    _Atomic(Page *) *place = &pages[cp / PAGE];
    Page *page = atomic_load_explicit(place, memory_order_acquire);
    if (page == NULL) {
        check(pthread_mutex_lock(&lock) == 0);
        page = atomic_load_explicit(place, memory_order_acquire);
        if (page == NULL) {
            page = page_new(cp - cp % PAGE);
            atomic_store_explicit(place, page, memory_order_release);
        }
        check(pthread_mutex_unlock(&lock) == 0);
    }
    return &page->of[cp % PAGE];
}

const char *pinyin_latin(uint32_t cp)
{
    return is_latin(cp) ? reading_of(cp)->plain : "";
}

// How many characters at the start of a run are a surname from our table; its row goes to *ret.
static size_t surname_find(const uint32_t *cps, size_t n, const Surname **ret)
{
    for (size_t i = 0; i < ARRAY_LEN(SURNAMES); i++) {
        Str han = str_z(SURNAMES[i].han);
        size_t len = 0;
        size_t at = 0;
        while (at < han.len && len < n && utf8_next(han, &at) == cps[len])
            len++;
        // 单于 alone is rather 单 with the given name 于.
        bool whole = at == han.len && len == (size_t)(SURNAMES[i].readings[1] == NULL ? 1 : 2);
        if (whole && (len == 1 || n > len)) {
            *ret = &SURNAMES[i];
            return len;
        }
    }
    return 0;
}

static void other_add(Syllable *s, const char *other)
{
    if (other[0] == '\0' || strcmp(other, s->main) == 0 || s->nothers == PINYIN_OTHERS)
        return;
    for (size_t i = 0; i < s->nothers; i++)
        if (strcmp(s->others[i], other) == 0)
            return;
    s->others[s->nothers++] = other;
}

size_t pinyin_run(const uint32_t *cps, size_t n, bool as_name, Syllable *ret)
{
    size_t len = n < PINYIN_RUN ? n : PINYIN_RUN;
    const Surname *surname = NULL;
    size_t surname_len =
        as_name && n > 0 && reading_of(cps[0])->surname != 0 ? surname_find(cps, n, &surname) : 0;
    for (size_t i = 0; i < len; i++) {
        const Reading *r = reading_of(cps[i]);
        const char *main = r->plain;
        if (i < surname_len)
            main = surname->readings[i];
        else if (i == 0 && as_name && r->name[0] != '\0')
            main = r->name;
        ret[i] = (Syllable){ .main = main };
        other_add(&ret[i], r->keyboard);
        other_add(&ret[i], r->plain);
        for (size_t k = 0; r->polyphone > 0 && k < PINYIN_OTHERS; k++)
            if (POLYPHONES[r->polyphone - 1].readings[k] != NULL)
                other_add(&ret[i], POLYPHONES[r->polyphone - 1].readings[k]);
    }
    return len;
}
