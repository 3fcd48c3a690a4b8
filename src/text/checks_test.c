#include "text/text.h"

#include "kit/kit.h"

#include <jansson.h>

// What the vectors call valid in some message, but no mail can be sent to.
typedef struct Refused {
    const char *id;
    const char *why;
} Refused;

static const Refused REFUSED[] = {
    { "23", "numeric top-level domain" },
    { "24", "numeric top-level domain" },
    { "26", "local part over 64" },
    { "28", "label over 63" },
    { "39", "address over 254" },
    { "40", "address over 254" },
    { "41", "domain over 253" },
    { "54", "quoted piecewise" },
    { "56", "quoted piecewise" },
    { "58", "control character" },
    { "59", "local part over 64" },
    { "60", "local part over 64" },
    { "63", "not an IP address" },
    { "64", "not an IP address" },
    { "65", "not an IP address" },
    { "66", "IPv6 without its tag" },
    { "67", "not an IP address" },
    { "69", "not an IP address" },
    { "70", "not an IP address" },
    { "71", ":: for one group" },
    { "73", "not an IP address" },
    { "74", "not an IP address" },
    { "76", "not an IP address" },
    { "78", "not an IP address" },
    { "80", "not an IP address" },
    { "82", "not an IP address" },
    { "83", "not an IP address" },
    { "84", "not an IP address" },
    { "85", "blanks inside" },
    { "86", "blanks inside" },
    { "87", "blanks inside" },
    { "88", "folding" },
    { "89", "folding" },
    { "90", "comment" },
    { "92", "comment" },
    { "93", "comment" },
    { "95", "comment" },
    { "96", "comment" },
    { "97", "comment" },
    { "98", "comment" },
    { "112", "not an IP address" },
    { "115", "not an IP address" },
    { "116", "not an IP address" },
    { "117", "not an IP address" },
    { "120", "not an IP address" },
    { "121", "comment" },
    { "124", "control character" },
    { "125", "control character" },
    { "126", "comment" },
    { "134", "control character" },
    { "138", "control character" },
    { "139", "control character" },
    { "140", "comment" },
    { "144", "folding" },
    { "148", "folding" },
    { "149", "folding" },
    { "153", "folding" },
    { "159", "not an IP address" },
    { "161", "slash in the domain" },
    { "165", "comment" },
};

static const char *refused_why(const char *id)
{
    for (size_t i = 0; i < ARRAY_LEN(REFUSED); i++)
        if (strcmp(REFUSED[i].id, id) == 0)
            return REFUSED[i].why;
    return NULL;
}

TEST(email_vectors)
{
    json_error_t error;
    json_t *all = json_load_file("test/data/text/isemail_tests.json", JSON_ALLOW_NUL, &error);
    CHECK_ROW(all != NULL, "%s", error.text);
    const json_t *tests = json_object_get(all, "tests");
    CHECK_INT(json_array_size(tests), 164);
    size_t refused = 0;
    for (size_t i = 0; i < json_array_size(tests); i++) {
        const json_t *test = json_array_get(tests, i);
        const json_t *address = json_object_get(test, "address");
        const char *id = json_string_value(json_object_get(test, "id"));
        bool err = strcmp(json_string_value(json_object_get(test, "category")), "ISEMAIL_ERR") == 0;
        Str s = { json_string_value(address), json_string_length(address) };
        Str got = { 0 };
        bool want = !err && refused_why(id) == NULL;
        refused += !err && !want;
        CHECK_ROW(email_parse(kit_arena(), s, &got) == want, "%s: " STR_FMT, id, STR_ARG(s));
        CHECK_ROW(!(err && refused_why(id) != NULL), "%s is refused anyway", id);
    }
    CHECK_INT(refused, ARRAY_LEN(REFUSED));
    json_decref(all);
}

TEST(email_stories)
{
    static const struct Story {
        const char *text, *want; // NULL: refused
    } STORIES[] = {
        { "a@x.cn", "a@x.cn" },
        { "  Zhang.San@QQ.COM ", "Zhang.San@qq.com" },
        { "a+b@x.cn", "a+b@x.cn" },
        { "\"a b\"@X.cn", "\"a b\"@x.cn" },
        { "a@[192.0.2.1]", "a@[192.0.2.1]" },
        { "a@[IPv6:2001:DB8::1]", "a@[ipv6:2001:db8::1]" },
        { "a@[ipv6:2001:db8::1]", "a@[ipv6:2001:db8::1]" },
        { "张三@qq.com", NULL },
        { "a@例子.cn", NULL },
        { "a@x.cn,b@x.cn", NULL },
        { "a@x.cn b@x.cn", NULL },
        { "a@x_y.cn", NULL },
        { "a@b@x.cn", NULL },
        { "<a@x.cn>", NULL },
        { "a@x.cn\n", NULL },
        { "a@x.cn\r\nBcc: b@x.cn", NULL },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Str got = { 0 };
        bool good = email_parse(kit_arena(), str_z(STORIES[i].text), &got);
        CHECK_ROW(good == (STORIES[i].want != NULL), "%s", STORIES[i].text);
        CHECK_STR(got, str_z(STORIES[i].want));
    }
}

TEST(idno_stories)
{
    static const struct Story {
        const char *text, *want, *birth;
        bool female;
    } STORIES[] = {
        // The example of the standard itself.
        { "11010519491231002X", "11010519491231002X", "1949-12-31", true },
        { " 11010519491231002x ", "11010519491231002X", "1949-12-31", true },
        { "440524188001010014", "440524188001010014", "1880-01-01", false },
        { "110105194912310021", NULL, NULL, false },
        { "11010519491331002X", NULL, NULL, false },
        { "110105194902290028", NULL, NULL, false },
        { "00010519491231002X", NULL, NULL, false },
        { "11010519491231002", NULL, NULL, false },
        { "110105491231002", NULL, NULL, false },
        { "1101051949123100２X", NULL, NULL, false },
        { "X1010519491231002X", NULL, NULL, false },
        { "", NULL, NULL, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++) {
        Str got = { 0 };
        Day birth = { 0 };
        bool female = false;
        bool good = idno_parse(kit_arena(), str_z(STORIES[i].text), &got, &birth, &female);
        CHECK_ROW(good == (STORIES[i].want != NULL), "%s", STORIES[i].text);
        if (!good || STORIES[i].want == NULL)
            continue;
        Buf b = buf_new(kit_arena(), 32);
        day_add(&b, birth);
        CHECK_STR(got, str_z(STORIES[i].want));
        CHECK_STR(buf_str(&b), str_z(STORIES[i].birth));
        CHECK(female == STORIES[i].female);
    }
}

TEST(idno_every_wrong_check_digit_is_refused)
{
    static const char *const CHECKS = "0123456789X";
    int good = 0;
    for (size_t i = 0; i < 11; i++) {
        Str text = arena_fmt(kit_arena(), "51010519900307421%c", CHECKS[i]);
        Str got = { 0 };
        Day birth = { 0 };
        bool female = false;
        good += idno_parse(kit_arena(), text, &got, &birth, &female);
    }
    CHECK_INT(good, 1);
}

typedef Str (*Mask)(Arena *a, Str s);

TEST(masks)
{
    static const struct Story {
        Mask mask;
        const char *text, *want;
    } STORIES[] = {
        { mask_phone, "13800138000", "138****8000" },
        { mask_phone, "+8613800138000", "138****8000" },
        { mask_phone, "+442079460958", "+44****0958" },
        { mask_phone, "+862160000000;ext=802", "+86****0000" },
        { mask_phone, "62781234", "****34" },
        { mask_phone, "12", "****" },
        { mask_phone, "", "" },
        { mask_email, "alice@x.cn", "a***@x.cn" },
        { mask_email, "a@x.cn", "***@x.cn" },
        { mask_email, "\"a@b\"@x.cn", "\"***@x.cn" },
        { mask_email, "no address", "no ***" },
        { mask_email, "", "" },
        { mask_idno, "110105194912311234", "110***********1234" },
        { mask_idno, "12345678", "********" },
        { mask_idno, "", "" },
        { mask_name, "张三", "张*" },
        { mask_name, "张三丰", "张*" },
        { mask_name, "张", "*" },
        { mask_name, "John Smith", "J*" },
        { mask_name, "", "" },
        { mask_text, "上海市静安区南京西路", "上海市***" },
        { mask_text, "ab", "***" },
        { mask_text, "", "" },
    };
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++)
        CHECK_STR(STORIES[i].mask(kit_arena(), str_z(STORIES[i].text)), str_z(STORIES[i].want));
}
