// What ICU and libphonenumber know, behind our types: charsets, pinyin, normal forms, collation,
// time zones, phone numbers; and the checks of e-mail addresses and Chinese identity numbers.
#ifndef GUANXI_TEXT_TEXT_H
#define GUANXI_TEXT_TEXT_H

#include "base/base.h"

// --- charset.c: BOM, then strict UTF-8, then GB18030; UTF-16 by BOM or by zero bytes.
typedef enum Charset {
    CHARSET_UTF8,
    CHARSET_UTF8_BOM,
    CHARSET_GB18030, // reads GBK and GB2312 too
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
    CHARSET_BIG5,
    CHARSET_SHIFT_JIS,
    CHARSET_WINDOWS_1252,
    CHARSETS
} Charset;
const char *charset_name(Charset c); // "UTF-8", "UTF-8 BOM", "GB18030", ...
bool charset_by_name(Str name, Charset *ret);
// From the first bytes (64 KiB are plenty); `whole` says that head is the whole text, so that a cut
// character at the end counts as an error.
Charset charset_detect(Str head, bool whole);
typedef struct Decoder Decoder;
Decoder *decoder_open(Arena *a, Charset from);
void decoder_close(Decoder **d); // for CLEANUP()
// Decodes a block to valid UTF-8; bytes of a character cut at the end wait for the next call.
// Undecodable bytes and U+0000 become U+FFFD and are counted. `last` flushes. Drops a leading BOM.
Str decoder_feed(Decoder *d, Arena *a, Str bytes, bool last);
int64_t decoder_errors(const Decoder *d);

// --- pinyin.c
// "张三丰" -> syllables joined by blanks "zhang san feng"; surnames as names read (曾 zeng, 单
// shan); other scripts to plain lower-case ASCII where ICU knows how. Empty for text without
// letters.
Str text_pinyin(Arena *a, Str s, bool as_name);
// Search form: NFKC, case folded, blanks collapsed, full-width digits plain, zero-width removed.
Str text_fold(Arena *a, Str s);
Str text_nfc(Arena *a, Str s);
// Refuses bidi controls, zero-width and control characters (LF and TAB allowed when multiline, and
// the joiner inside an emoji).
bool text_is_clean(Str s, bool multiline);

// Search tokens of a text for the index of entity/search: the same function makes them for storing
// and asking, so that what is stored is found. For a name: folded words; for Han runs each
// character, each pair and the whole run; pinyin ("pzhangsan", and from each later syllable),
// initials ("izs", and each later tail). Prefix letters keep the families apart. At most 64, of at
// most 49 bytes: of a longer name the beginning is found. Characters with several readings are
// found by each of them.
typedef struct Tokens {
    Str *ptr;
    size_t len;
} Tokens;
Tokens text_name_tokens(Arena *a, Str name);
// What a typed query asks for: all groups must match, within a group any token. `prefix` tokens
// match by beginning.
typedef struct QueryToken {
    Str token;
    bool prefix;
    int group;
} QueryToken;
typedef struct QueryTokens {
    QueryToken *ptr;
    size_t len;
} QueryTokens;
QueryTokens text_query_tokens(Arena *a, Str q);

// --- zone.c
typedef struct Zone Zone;
// IANA name; INVALID when unknown. The zone lives as long as the process (cached).
Status zone_find(Ctx *cx, Str name, const Zone **ret) MUST_USE;
int64_t zone_offset_ms(const Zone *z, Instant t); // local minus UTC
Day zone_day(const Zone *z, Instant t);
Clock zone_clock(const Zone *z, Instant t);
// Local time to instant; in a gap the later, in an overlap the earlier reading.
Instant zone_instant(const Zone *z, Clock local);
Instant zone_day_start(const Zone *z, Day d);
// Offset changes within [from, to): up to max of them, for SQL that needs local days.
typedef struct ZoneChange {
    Instant at;
    int64_t offset_ms;
} ZoneChange;
size_t zone_changes(const Zone *z, Instant from, Instant to, ZoneChange *ret, size_t max);

// --- phone.cc: libphonenumber.
typedef enum PhoneKind { PHONE_INVALID, PHONE_MOBILE, PHONE_FIXED, PHONE_OTHER } PhoneKind;
// Any usual writing to E.164 ("+8613800138000"), with extension as "+862160000000;ext=802".
// `region` is the default country ("CN"). PHONE_INVALID leaves *ret untouched. Masked numbers
// (186******05) are invalid. Where mobile and fixed numbers look alike (US) it says PHONE_MOBILE.
PhoneKind phone_parse(Arena *a, Str s, Str region, Str *ret_e164);
// As people of that country write it: "138 0013 8000", "+44 20 7946 0958".
Str phone_format(Arena *a, Str e164, Str region);

// --- email.c, idno.c
// RFC 5321/5322 address as mail systems accept it; on success the domain in lower case. ASCII only;
// comments, folding and other forms nobody can send to are refused. Blanks around it are dropped.
bool email_parse(Arena *a, Str s, Str *ret);
// 18-digit Chinese resident identity number: region, date of birth, checksum (GB 11643-1999).
bool idno_parse(Arena *a, Str s, Str *ret, Day *ret_birth, bool *ret_female);

// --- date.c: dates as exports write them, in a zone: "2011-12-09 12:50:00", "2011/12/9 12:50",
// "12/9/2011 12:50" (order by `day_first`), "9.12.2011", "2011年12月9日 12时50分", RFC 3339,
// "2026-05-01 10:00:00 +0200", 1899/1900 serial numbers ("40886.5347"; five digits, so from 1927
// on), "20111209", epoch seconds and milliseconds of 10 and 13 digits. Nothing is guessed:
// "25/12/2011" is false unless `day_first`, years have four digits. text_day takes the day as it is
// written, whatever time and offset follow, and refuses epochs, which are no day without a zone.
bool text_time(Str s, const Zone *z, bool day_first, Instant *ret);
bool text_day(Str s, bool day_first, Day *ret);

// --- mask.c: what a person without the right sees.
Str mask_phone(Arena *a, Str s); // 138****8000
Str mask_email(Arena *a, Str s); // a***@x.cn
Str mask_idno(Arena *a, Str s);  // 110***********1234
Str mask_name(Arena *a, Str s);  // 张*, one star whatever the length
Str mask_text(Arena *a, Str s);  // the first third, then ***

#endif
