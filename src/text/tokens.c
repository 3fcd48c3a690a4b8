// Search tokens. The first letter is the family: w word, n Han character, pair or run, p pinyin,
// i initials of the pinyin.
#include "text/text.h"

#include "text/pinyin.h"

#include <unicode/uchar.h>

enum {
    TOKENS_MAX = 64,
    HAN_TOKENS_MAX = 40, // of a long name; leaves room for its pinyin
    TOKEN_BYTES = 48,    // longer ones are cut, when stored and when asked
    GROUPS_MAX = 16,
    WHOLE_MAX = 12, // characters of a run that is stored as one token
};

// A maximal piece of a folded text that is searched as one: a word or a run of Han characters.
typedef struct Piece {
    Str text;
    bool han;
} Piece;

static bool is_word(uint32_t cp)
{
    if (cp < 0x80)
        return ascii_is_digit((char)cp) || ascii_is_alpha((char)cp);
    return u_isalnum((UChar32)cp) || (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) != 0;
}

// False at the end of the text.
static bool piece_next(Str s, size_t *at, Piece *ret)
{
    *ret = (Piece){ 0 };
    for (size_t next = *at; next < s.len; *at = next) {
        size_t from = next;
        uint32_t cp = utf8_next(s, &next);
        bool han = pinyin_is_han(cp);
        bool word = !han && is_word(cp);
        bool open = ret->text.len > 0;
        if (open && (ret->han ? !han : !word))
            return true;
        if (!han && !word)
            continue;
        if (!open)
            *ret = (Piece){ { s.ptr + from, 0 }, han };
        ret->text.len += next - from;
    }
    return ret->text.len > 0;
}

static Str token_cut(Str s)
{
    if (s.len <= TOKEN_BYTES)
        return s;
    s.len = TOKEN_BYTES;
    while (s.len > 0 && ((unsigned char)s.ptr[s.len] & 0xc0) == 0x80)
        s.len--;
    return s;
}

typedef struct Draft {
    Arena *arena;
    Str ptr[TOKENS_MAX];
    size_t len, max;
} Draft;

// What stands at `text` after its family letter.
static void draft_add(Draft *d, char family, Str text)
{
    text = token_cut(text);
    if (text.len == 0 || d->len >= d->max)
        return;
    for (size_t i = 0; i < d->len; i++) {
        Str have = d->ptr[i];
        if (have.ptr[0] == family && str_eq((Str){ have.ptr + 1, have.len - 1 }, text))
            return;
    }
    char *to = arena_array(d->arena, char, text.len + 1);
    to[0] = family;
    memcpy(to + 1, text.ptr, text.len);
    d->ptr[d->len++] = (Str){ to, text.len + 1 };
}

static void draft_word(Draft *d, Str word)
{
    draft_add(d, 'w', word);
    for (size_t i = 0; i < word.len; i++) {
        if ((unsigned char)word.ptr[i] < 0x80)
            continue;
        // "josé" is found by "jose", "иван" by "ivan".
        Str rest = text_pinyin(d->arena, word, false);
        while (rest.ptr != NULL)
            draft_add(d, 'w', str_split(&rest, ' '));
        return;
    }
}

// Characters of a run with the byte each starts at; starts[n] is the end.
typedef struct Run {
    uint32_t cps[PINYIN_RUN];
    size_t starts[PINYIN_RUN + 1];
    size_t len;
} Run;

static void run_of(Str s, Run *ret)
{
    size_t at = 0;
    ret->len = 0;
    while (at < s.len && ret->len < PINYIN_RUN) {
        ret->starts[ret->len] = at;
        ret->cps[ret->len++] = utf8_next(s, &at);
    }
    ret->starts[ret->len] = at;
}

static Str run_part(Str s, const Run *run, size_t from, size_t n)
{
    return (Str){ s.ptr + run->starts[from], run->starts[from + n] - run->starts[from] };
}

static void draft_han(Draft *d, Str s, const Run *run)
{
    size_t max = d->max;
    d->max = d->len + HAN_TOKENS_MAX < max ? d->len + HAN_TOKENS_MAX : max;
    for (size_t i = 0; i < run->len; i++) {
        if (i + 1 < run->len)
            draft_add(d, 'n', run_part(s, run, i, 2));
        draft_add(d, 'n', run_part(s, run, i, 1));
    }
    if (run->len > 2 && run->len <= WHOLE_MAX)
        draft_add(d, 'n', s);
    d->max = max;
}

// Syllables from `from` on as one pinyin and one initials token, with `other` in place of
// the reading at `at` (NULL: none).
static void draft_tail(Draft *d, const Syllable *s, size_t n, size_t from, size_t at,
                       const char *other)
{
    char pinyin[TOKEN_BYTES + 8];
    char initials[PINYIN_RUN];
    size_t len = 0;
    size_t ninitials = 0;
    for (size_t i = from; i < n; i++) {
        const char *reading = other != NULL && i == at ? other : s[i].main;
        if (reading[0] == '\0')
            continue;
        initials[ninitials++] = reading[0];
        for (size_t k = 0; reading[k] != '\0' && len < sizeof(pinyin); k++)
            pinyin[len++] = reading[k];
    }
    draft_add(d, 'p', (Str){ pinyin, len });
    draft_add(d, 'i', (Str){ initials, ninitials });
}

static void draft_pinyin(Draft *d, const Run *run)
{
    Syllable s[PINYIN_RUN];
    size_t n = pinyin_run(run->cps, run->len, true, s);
    for (size_t from = 0; from < n && d->len < d->max; from++)
        draft_tail(d, s, n, from, 0, NULL);
    for (size_t at = 0; at < n; at++)
        for (size_t k = 0; k < s[at].nothers; k++)
            for (size_t from = 0; from <= at && d->len < d->max; from++)
                draft_tail(d, s, n, from, at, s[at].others[k]);
}

Tokens text_name_tokens(Arena *a, Str name)
{
    Str folded = text_fold(a, name);
    Draft d = { .arena = a, .max = TOKENS_MAX };
    Piece piece = { 0 };
    Run run;
    for (size_t at = 0; piece_next(folded, &at, &piece);) {
        if (!piece.han) {
            draft_word(&d, piece.text);
            continue;
        }
        run_of(piece.text, &run);
        draft_han(&d, piece.text, &run);
        draft_pinyin(&d, &run);
    }
    Tokens t = { arena_array(a, Str, d.len), d.len };
    if (d.len > 0)
        memcpy(t.ptr, d.ptr, d.len * sizeof(Str));
    return t;
}

typedef struct Query {
    Arena *arena;
    VEC(QueryToken) tokens;
    int groups;
} Query;

static void query_add(Query *q, char family, Str text, bool prefix)
{
    text = token_cut(text);
    char *to = arena_array(q->arena, char, text.len + 1);
    to[0] = family;
    memcpy(to + 1, text.ptr, text.len);
    *vec_add(q->arena, &q->tokens) = (QueryToken){ { to, text.len + 1 }, prefix, q->groups };
}

static void query_word(Query *q, Str word)
{
    Str ascii = text_pinyin(q->arena, word, false);
    bool letters = true;
    for (size_t i = 0; i < word.len; i++)
        letters = letters && ascii_is_alpha(word.ptr[i]);
    query_add(q, 'w', word, true);
    if (letters) {
        query_add(q, 'p', word, true);
        query_add(q, 'i', word, true);
    } else if (ascii.len > 0 && !str_eq(ascii, word) && str_find_char(ascii, ' ', 0) == ascii.len) {
        query_add(q, 'w', ascii, true);
    }
    q->groups++;
}

static void query_han(Query *q, Str s)
{
    Run run;
    run_of(s, &run);
    if (run.len == 1) {
        query_add(q, 'n', s, false);
        q->groups++;
    }
    for (size_t i = 0; i + 1 < run.len && q->groups < GROUPS_MAX; i++) {
        query_add(q, 'n', run_part(s, &run, i, 2), false);
        q->groups++;
    }
}

QueryTokens text_query_tokens(Arena *a, Str q)
{
    Str folded = text_fold(a, q);
    Query query = { .arena = a };
    Piece piece = { 0 };
    for (size_t at = 0; query.groups < GROUPS_MAX && piece_next(folded, &at, &piece);) {
        if (piece.han)
            query_han(&query, piece.text);
        else
            query_word(&query, piece.text);
    }
    return (QueryTokens){ query.tokens.ptr, query.tokens.len };
}
