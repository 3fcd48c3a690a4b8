#include "text/text.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

static const char *const NAMES[CHARSETS] = {
    [CHARSET_UTF8] = "UTF-8",          [CHARSET_UTF8_BOM] = "UTF-8 BOM",
    [CHARSET_GB18030] = "GB18030",     [CHARSET_UTF16LE] = "UTF-16LE",
    [CHARSET_UTF16BE] = "UTF-16BE",    [CHARSET_BIG5] = "Big5",
    [CHARSET_SHIFT_JIS] = "Shift_JIS", [CHARSET_WINDOWS_1252] = "windows-1252",
};

const char *charset_name(Charset c)
{
    return (unsigned)c < CHARSETS ? NAMES[c] : "";
}

typedef struct Alias {
    Str name;
    Charset charset;
} Alias;

bool charset_by_name(Str name, Charset *ret)
{
    static const Alias ALIASES[] = {
        { S_INIT("utf8"), CHARSET_UTF8 },           { S_INIT("utf-8-sig"), CHARSET_UTF8_BOM },
        { S_INIT("gbk"), CHARSET_GB18030 },         { S_INIT("gb2312"), CHARSET_GB18030 },
        { S_INIT("cp936"), CHARSET_GB18030 },       { S_INIT("utf-16"), CHARSET_UTF16LE },
        { S_INIT("big5-hkscs"), CHARSET_BIG5 },     { S_INIT("cp950"), CHARSET_BIG5 },
        { S_INIT("sjis"), CHARSET_SHIFT_JIS },      { S_INIT("cp932"), CHARSET_SHIFT_JIS },
        { S_INIT("cp1252"), CHARSET_WINDOWS_1252 }, { S_INIT("iso-8859-1"), CHARSET_WINDOWS_1252 },
    };
    for (int c = 0; c < CHARSETS; c++) {
        if (str_ieq(name, str_z(NAMES[c]))) {
            *ret = (Charset)c;
            return true;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(ALIASES); i++) {
        if (str_ieq(name, ALIASES[i].name)) {
            *ret = ALIASES[i].charset;
            return true;
        }
    }
    return false;
}

// How well a text fits an encoding.
typedef struct Fit {
    size_t good, bad; // sequences of several bytes, and bytes that are in none
} Fit;

// Length of the UTF-8 sequence at s[i]; 0 when it is wrong; *ret_cut when only its end is missing.
static size_t utf8_length(Str s, size_t i, bool *ret_cut)
{
    unsigned char lead = (unsigned char)s.ptr[i];
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    size_t want = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    // The second byte's range is narrower after some leads: overlong, surrogates, too large.
    unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    for (size_t have = 1; have < want; have++) {
        if (i + have == s.len) {
            *ret_cut = true;
            return 0;
        }
        unsigned char c = (unsigned char)s.ptr[i + have];
        if (c < low || c > high)
            return 0;
        low = 0x80;
        high = 0xbf;
    }
    return want;
}

static bool in(unsigned char c, unsigned from, unsigned to)
{
    return c >= from && c <= to;
}

static size_t gb18030_length(Str s, size_t i, bool *ret_cut)
{
    const unsigned char *p = (const unsigned char *)s.ptr + i;
    size_t left = s.len - i;
    if (p[0] < 0x80)
        return 1;
    if (!in(p[0], 0x81, 0xfe))
        return 0;
    if (left >= 2 && in(p[1], 0x40, 0xfe) && p[1] != 0x7f)
        return 2;
    if (left >= 2 && !in(p[1], 0x30, 0x39))
        return 0;
    if (left >= 3 && !in(p[2], 0x81, 0xfe))
        return 0;
    if (left >= 4)
        return in(p[3], 0x30, 0x39) ? 4 : 0;
    *ret_cut = true;
    return 0;
}

static Fit fit(Str s, bool whole, size_t (*length)(Str s, size_t i, bool *ret_cut))
{
    Fit f = { 0 };
    for (size_t i = 0; i < s.len;) {
        bool cut = false;
        size_t n = length(s, i, &cut);
        if (n == 0 && cut && !whole)
            break;
        f.good += n > 1;
        f.bad += n == 0;
        i += n == 0 ? 1 : n;
    }
    return f;
}

// Chinese text in UTF-16 has no zero bytes of its own, but every line end, comma and digit brings
// one, always on the same side.
static bool utf16_by_zeros(Str head, Charset *ret)
{
    size_t zeros[2] = { 0 };
    for (size_t i = 0; i < head.len; i++)
        zeros[i % 2] += head.ptr[i] == '\0';
    if (zeros[0] == zeros[1])
        return false;
    *ret = zeros[1] > zeros[0] ? CHARSET_UTF16LE : CHARSET_UTF16BE;
    return true;
}

Charset charset_detect(Str head, bool whole)
{
    Charset by_zeros = CHARSET_UTF8;
    if (str_starts(head, S("\xef\xbb\xbf")))
        return CHARSET_UTF8_BOM;
    if (str_starts(head, S("\xff\xfe")))
        return CHARSET_UTF16LE;
    if (str_starts(head, S("\xfe\xff")))
        return CHARSET_UTF16BE;
    if (utf16_by_zeros(head, &by_zeros))
        return by_zeros;
    Fit utf8 = fit(head, whole, utf8_length);
    if (utf8.bad == 0)
        return CHARSET_UTF8;
    Fit gb = fit(head, whole, gb18030_length);
    if (gb.bad == 0)
        return CHARSET_GB18030;
    // A few broken characters in a long text do not make it another encoding.
    enum { GOOD_PER_BAD = 20 };
    if (utf8.good / GOOD_PER_BAD >= utf8.bad)
        return CHARSET_UTF8;
    return gb.good / GOOD_PER_BAD >= gb.bad ? CHARSET_GB18030 : CHARSET_WINDOWS_1252;
}

enum { SLICE = 4096, CARRY = 4, PUT_MAX = 16 };

struct Decoder {
    Decoder *self;         // what ICU's callback is given: a constant place that leads back here
    UConverter *converter; // NULL for UTF-8
    int64_t errors;
    bool begun;        // the first character is out
    UChar lead;        // high surrogate whose other half is still to come, or 0
    char carry[CARRY]; // start of a UTF-8 sequence
    size_t carried;
};

// Puts U+FFFD for what cannot be decoded, whatever the converter would rather put.
static void undecodable(const void *context, UConverterToUnicodeArgs *args, const char *bytes,
                        int32_t len, UConverterCallbackReason reason, UErrorCode *err)
{
    (void)bytes, (void)len;
    static const UChar REPLACEMENT = 0xfffd;
    if (reason > UCNV_IRREGULAR)
        return;
    // ICU only hands its context through; it is ours and not constant.
    Decoder *const *d = context;
    (*d)->errors++;
    *err = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &REPLACEMENT, 1, 0, err);
}

Decoder *decoder_open(Arena *a, Charset from)
{
    static const char *const CONVERTERS[CHARSETS] = {
        [CHARSET_GB18030] = "GB18030",     [CHARSET_UTF16LE] = "UTF-16LE",
        [CHARSET_UTF16BE] = "UTF-16BE",    [CHARSET_BIG5] = "Big5-HKSCS",
        [CHARSET_SHIFT_JIS] = "Shift_JIS", [CHARSET_WINDOWS_1252] = "windows-1252",
    };
    Decoder *d = arena_new(a, Decoder);
    d->self = d;
    if (CONVERTERS[from] == NULL)
        return d;
    UErrorCode err = U_ZERO_ERROR;
    d->converter = ucnv_open(CONVERTERS[from], &err);
    check(U_SUCCESS(err) && d->converter != NULL);
    ucnv_setToUCallBack(d->converter, undecodable, &d->self, NULL, NULL, &err);
    check(U_SUCCESS(err));
    return d;
}

void decoder_close(Decoder **d)
{
    if (*d != NULL && (*d)->converter != NULL)
        ucnv_close((*d)->converter);
    *d = NULL;
}

// The caller has reserved the room.
static void put(Decoder *d, Buf *to, uint32_t cp)
{
    bool first = !d->begun;
    d->begun = true;
    if (!first || cp != 0xfeff)
        to->len += utf8_put(to->ptr + to->len, cp);
}

static void put_bad(Decoder *d, Buf *to)
{
    d->errors++;
    put(d, to, 0xfffd);
}

// U+0000 counts as undecodable: text inside the program never has it.
static void put_unit(Decoder *d, Buf *to, UChar unit)
{
    UChar lead = d->lead;
    d->lead = 0;
    if (lead != 0 && U16_IS_TRAIL(unit)) {
        put(d, to, (uint32_t)U16_GET_SUPPLEMENTARY(lead, unit));
        return;
    }
    if (lead != 0)
        put_bad(d, to);
    if (U16_IS_LEAD(unit))
        d->lead = unit;
    else if (unit == 0 || U16_IS_TRAIL(unit))
        put_bad(d, to);
    else
        put(d, to, unit);
}

static void convert(Decoder *d, Buf *to, Str bytes, bool last)
{
    UChar units[SLICE];
    const char *from = bytes.ptr == NULL ? "" : bytes.ptr;
    const char *end = from + bytes.len;
    UErrorCode err = U_BUFFER_OVERFLOW_ERROR;
    while (err == U_BUFFER_OVERFLOW_ERROR) {
        err = U_ZERO_ERROR;
        UChar *next = units;
        ucnv_toUnicode(d->converter, &next, units + SLICE, &from, end, NULL, last, &err);
        check(buf_reserve(to, (size_t)(next - units) * 3 + PUT_MAX) != NULL);
        for (const UChar *p = units; p < next; p++)
            put_unit(d, to, *p);
    }
    if (last && d->lead != 0) {
        d->lead = 0;
        put_bad(d, to);
    }
}

// One character of UTF-8 at *at; false when its end is still to come.
static bool utf8_one(Decoder *d, Buf *to, Str s, size_t *at, bool last)
{
    bool cut = false;
    size_t n = utf8_length(s, *at, &cut);
    if (n == 0 && cut && !last)
        return false;
    check(buf_reserve(to, PUT_MAX) != NULL);
    if (n == 0 || s.ptr[*at] == '\0') {
        put_bad(d, to);
        (*at)++;
        return true;
    }
    put(d, to, utf8_next(s, at));
    return true;
}

// Where the text stops being valid and without NUL.
static size_t valid_until(Str s, size_t at)
{
    bool cut = false;
    while (at < s.len && s.ptr[at] != '\0') {
        size_t n = s.ptr[at] > 0 ? 1 : utf8_length(s, at, &cut);
        if (n == 0)
            return at;
        at += n;
    }
    return at;
}

// Valid stretches go through in one piece; only the first character may be a BOM.
static void utf8_feed(Decoder *d, Arena *a, Buf *to, Str bytes, bool last)
{
    if (d->carried > 0) {
        char *joined = arena_array(a, char, d->carried + bytes.len + 1);
        memcpy(joined, d->carry, d->carried);
        if (bytes.len > 0)
            memcpy(joined + d->carried, bytes.ptr, bytes.len);
        bytes = (Str){ joined, d->carried + bytes.len };
        d->carried = 0;
    }
    size_t at = 0;
    while (at < bytes.len) {
        size_t valid = d->begun ? valid_until(bytes, at) : at;
        if (valid > at) {
            buf_add(to, (Str){ bytes.ptr + at, valid - at });
            at = valid;
        } else if (!utf8_one(d, to, bytes, &at, last)) {
            d->carried = bytes.len - at;
            memcpy(d->carry, bytes.ptr + at, d->carried);
            return;
        }
    }
}

Str decoder_feed(Decoder *d, Arena *a, Str bytes, bool last)
{
    // No charset makes more than three bytes of UTF-8 out of one; a few bytes may wait from
    // before, and each batch reserves some to spare.
    Buf to = buf_new(a, bytes.len * 3 + (size_t)SLICE * 3 + 64);
    (void)buf_reserve(&to, bytes.len + bytes.len / 2);
    if (d->converter != NULL)
        convert(d, &to, bytes, last);
    else
        utf8_feed(d, a, &to, bytes, last);
    return buf_str(&to);
}

int64_t decoder_errors(const Decoder *d)
{
    return d->errors;
}
