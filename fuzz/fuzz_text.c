// Text from outside, the first byte choosing what it is: dates, amounts, phone numbers, addresses,
// names, or bytes of some charset fed whole and in drips.
#include "text/text.h"

static const Zone *zone(Ctx *cx)
{
    const Zone *z = NULL;
    check(zone_find(cx, S("America/New_York"), &z) == STATUS_OK);
    return z;
}

static void dates(Ctx *cx, Str s)
{
    const Zone *z = zone(cx);
    Instant t = { 0 };
    Day d = { 0 };
    for (int day_first = 0; day_first < 2; day_first++) {
        // Ten digits may be any instant of an epoch; the calendar ends with year 9999.
        if (text_time(s, z, day_first != 0, &t))
            check(zone_day_start(z, zone_day(z, t)).ms <= t.ms || t.ms > 253402214400000);
        if (text_day(s, day_first != 0, &d)) {
            Buf b = buf_new(cx->arena, 64);
            day_add(&b, d);
            Day again = { 0 };
            check(day_to_date(d).year > 9999 ||
                  (text_day(buf_str(&b), false, &again) && again.n == d.n));
        }
    }
}

static void amounts(Ctx *cx, Str s)
{
    int64_t e4 = 0;
    int64_t again = 0;
    if (money_parse_loose(s, false, &e4))
        check(money_parse(money_str(cx->arena, e4, 2), &again) && again == e4);
    (void)money_parse_loose(s, true, &e4);
}

static void contacts(Ctx *cx, Str s)
{
    Str got = { 0 };
    Str again = { 0 };
    // What came out is read back as the same.
    if (phone_parse(cx->arena, s, S("CN"), &got) == PHONE_MOBILE && got.len == 14)
        check(phone_parse(cx->arena, got, S("CN"), &again) == PHONE_MOBILE && str_eq(got, again));
    if (email_parse(cx->arena, s, &got))
        check(email_parse(cx->arena, got, &again) && str_eq(got, again));
    Day birth = { 0 };
    bool female = false;
    if (idno_parse(cx->arena, s, &got, &birth, &female))
        check(got.len == 18 && mask_idno(cx->arena, got).len == 18);
    (void)mask_phone(cx->arena, s);
    (void)mask_email(cx->arena, s);
}

static void names(Ctx *cx, Str s)
{
    Str folded = text_fold(cx->arena, s);
    check(utf8_valid(folded) && str_eq(text_fold(cx->arena, folded), folded));
    check(text_name_tokens(cx->arena, s).len <= 64);
    (void)text_query_tokens(cx->arena, s);
    (void)text_pinyin(cx->arena, s, true);
    (void)text_is_clean(s, true);
}

static void charsets(Ctx *cx, Charset from, Str bytes, size_t step)
{
    Arena *a = cx->arena;
    CLEANUP(decoder_close) Decoder *once = decoder_open(a, from);
    CLEANUP(decoder_close) Decoder *drip = decoder_open(a, from);
    Str whole = decoder_feed(once, a, bytes, true);
    Buf b = buf_new(a, 1 << 26);
    for (size_t at = 0; at < bytes.len; at += step)
        buf_add(&b, decoder_feed(drip, a, str_sub(bytes, at, step), false));
    buf_add(&b, decoder_feed(drip, a, (Str){ 0 }, true));
    check(utf8_valid(whole) && str_eq(whole, buf_str(&b)));
    check(decoder_errors(once) == decoder_errors(drip));
    (void)charset_detect(bytes, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    CLEANUP(arena_cleanup) Arena arena = { 0 };
    Ctx cx = { .arena = &arena, .scratch = &arena, .lang = "en" };
    Str s = { (const char *)data + 1, size - 1 };
    switch (data[0] % 8) {
    case 0: dates(&cx, s); break;
    case 1: amounts(&cx, s); break;
    case 2: contacts(&cx, s); break;
    case 3: names(&cx, s); break;
    default: charsets(&cx, (Charset)(data[0] / 8 % CHARSETS), s, 1 + data[0] % 4); break;
    }
    return 0;
}
