// Text in plain lower-case ASCII. Locking: texts of other scripts go through ICU's Any-Latin, whose
// transliterators must not be shared: a pool lends one at a time, guarded by `lock`.
#include "text/text.h"

#include "text/icu.h"
#include "text/pinyin.h"

#include <pthread.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { POOL = 8 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static UTransliterator *pool[POOL];
static size_t pooled;

// NULL when ICU lacks it.
static UTransliterator *machine_take(void)
{
    UTransliterator *t = NULL;
    check(pthread_mutex_lock(&lock) == 0);
    if (pooled > 0)
        t = pool[--pooled];
    check(pthread_mutex_unlock(&lock) == 0);
    if (t != NULL)
        return t;
    static const UChar ID[] = u"Any-Latin; Latin-ASCII; Any-Lower";
    UErrorCode err = U_ZERO_ERROR;
    return utrans_openU(ID, -1, UTRANS_FORWARD, NULL, 0, NULL, &err);
}

static void machine_give(UTransliterator **t)
{
    if (*t == NULL)
        return;
    check(pthread_mutex_lock(&lock) == 0);
    bool full = pooled == POOL;
    if (!full)
        pool[pooled++] = *t;
    check(pthread_mutex_unlock(&lock) == 0);
    if (full)
        utrans_close(*t);
}

static Str any_to_ascii(Arena *a, Str s)
{
    CLEANUP(machine_give) UTransliterator *t = machine_take();
    if (t == NULL)
        return (Str){ 0 };
    Wide w = wide_from(a, s);
    int32_t cap = w.len * 8 + 64;
    Wide to = { arena_array(a, UChar, (size_t)cap), w.len };
    memcpy(to.ptr, w.ptr, (size_t)w.len * sizeof(UChar));
    int32_t limit = w.len;
    UErrorCode err = U_ZERO_ERROR;
    utrans_transUChars(t, to.ptr, &to.len, cap, 0, &limit, &err);
    return U_SUCCESS(err) ? wide_to(a, to) : (Str){ 0 };
}

static void blank_add(Buf *b)
{
    if (b->len > 0 && b->ptr[b->len - 1] != ' ')
        buf_char(b, ' ');
}

// Letters and digits; an apostrophe vanishes, everything else parts words.
static void ascii_add(Buf *b, Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = ascii_lower(s.ptr[i]);
        if (ascii_is_alpha(c) || ascii_is_digit(c))
            buf_char(b, c);
        else if (c != '\'' && (unsigned char)c < 0x80)
            blank_add(b);
    }
}

static void run_add(Buf *b, const uint32_t *cps, size_t n, bool as_name)
{
    Syllable syllables[PINYIN_RUN];
    for (size_t from = 0; from < n; from += PINYIN_RUN) {
        size_t len = pinyin_run(cps + from, n - from, as_name && from == 0, syllables);
        for (size_t i = 0; i < len; i++) {
            blank_add(b);
            buf_add(b, str_z(syllables[i].main));
        }
    }
    blank_add(b);
}

// The Han run at *at; moves on behind it.
static void han_at(Arena *a, Buf *b, Str s, size_t *at, bool as_name)
{
    VEC(uint32_t) run = { 0 };
    for (size_t next = *at; next < s.len; *at = next) {
        uint32_t cp = utf8_next(s, &next);
        if (!pinyin_is_han(cp))
            break;
        *vec_add(a, &run) = cp;
    }
    run_add(b, run.ptr, run.len, as_name);
}

// Characters that are neither ASCII nor Han: Latin letters by table, the rest by ICU in one go.
static void other_at(Arena *a, Buf *b, Str s, size_t *at)
{
    size_t from = *at;
    for (size_t next = *at; next < s.len; *at = next) {
        uint32_t cp = utf8_next(s, &next);
        const char *latin = pinyin_latin(cp);
        if (cp < 0x80 || pinyin_is_han(cp))
            break;
        if (latin[0] != '\0') {
            ascii_add(b, any_to_ascii(a, (Str){ s.ptr + from, *at - from }));
            buf_add(b, str_z(latin));
            from = next;
        }
    }
    if (*at > from)
        ascii_add(b, any_to_ascii(a, (Str){ s.ptr + from, *at - from }));
}

static bool has_letter(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_alpha(s.ptr[i]))
            return true;
    return false;
}

Str text_pinyin(Arena *a, Str s, bool as_name)
{
    Str folded = text_fold(a, s);
    Buf b = buf_new(a, folded.len * 16 + 64);
    bool first = true;
    for (size_t at = 0; at < folded.len;) {
        size_t next = at;
        uint32_t cp = utf8_next(folded, &next);
        if (cp < 0x80) {
            ascii_add(&b, (Str){ folded.ptr + at, 1 });
            at = next;
        } else if (pinyin_is_han(cp)) {
            han_at(a, &b, folded, &at, as_name && first);
            first = false;
        } else {
            other_at(a, &b, folded, &at);
        }
    }
    Str all = str_trim(buf_str(&b));
    return has_letter(all) ? all : (Str){ 0 };
}
