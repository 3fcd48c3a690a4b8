// Chinese addresses into province, city, district and street, by the endings of the names and the
// list of provinces.
#include "intake/cells.h"

typedef struct Province {
    const char *name, *full;
    bool is_city; // governed directly: province and city at once
} Province;

static const Province PROVINCES[] = {
    { "北京", "北京市", true },          { "天津", "天津市", true },
    { "上海", "上海市", true },          { "重庆", "重庆市", true },
    { "河北", "河北省", false },         { "山西", "山西省", false },
    { "辽宁", "辽宁省", false },         { "吉林", "吉林省", false },
    { "黑龙江", "黑龙江省", false },     { "江苏", "江苏省", false },
    { "浙江", "浙江省", false },         { "安徽", "安徽省", false },
    { "福建", "福建省", false },         { "江西", "江西省", false },
    { "山东", "山东省", false },         { "河南", "河南省", false },
    { "湖北", "湖北省", false },         { "湖南", "湖南省", false },
    { "广东", "广东省", false },         { "海南", "海南省", false },
    { "四川", "四川省", false },         { "贵州", "贵州省", false },
    { "云南", "云南省", false },         { "陕西", "陕西省", false },
    { "甘肃", "甘肃省", false },         { "青海", "青海省", false },
    { "台湾", "台湾省", false },         { "内蒙古", "内蒙古自治区", false },
    { "广西", "广西壮族自治区", false }, { "西藏", "西藏自治区", false },
    { "宁夏", "宁夏回族自治区", false }, { "新疆", "新疆维吾尔自治区", false },
    { "香港", "香港特别行政区", true },  { "澳门", "澳门特别行政区", true },
};

static const Province *take_province(Str *s)
{
    for (const Province *p = PROVINCES; p < PROVINCES + ARRAY_LEN(PROVINCES); p++) {
        Str full = str_z(p->full);
        Str name = str_z(p->name);
        if (!str_starts(*s, name))
            continue;
        size_t n = str_starts(*s, full) ? full.len : name.len;
        Str rest = str_sub(*s, n, s->len);
        if (n == name.len && str_starts(rest, S("省")))
            rest = str_sub(rest, S("省").len, rest.len);
        else if (n == name.len && str_starts(rest, S("自治区")))
            rest = str_sub(rest, S("自治区").len, rest.len);
        *s = str_trim(rest);
        return p;
    }
    return NULL;
}

// The text up to and with the first of these endings, at least two characters before it.
static Str take_ending(Str *s, const Str *endings, size_t n, size_t most)
{
    size_t at = 0;
    for (size_t points = 0; at < s->len && points < most; points++) {
        if (s->ptr[at] == ' ')
            break;
        if (points >= 1)
            for (size_t i = 0; i < n; i++) {
                Str here = str_sub(*s, at, s->len);
                if (!str_starts(here, endings[i]))
                    continue;
                size_t len = at + endings[i].len;
                Str found = str_sub(*s, 0, len);
                *s = str_trim(str_sub(*s, len, s->len));
                return found;
            }
        (void)utf8_next(*s, &at);
    }
    return (Str){ 0 };
}

static Str take_word(Str *s)
{
    size_t blank = str_find_char(*s, ' ', 0);
    if (blank == s->len)
        return (Str){ 0 };
    Str word = str_sub(*s, 0, blank);
    *s = str_trim(str_sub(*s, blank, s->len));
    return word;
}

// A name between blanks is taken as it is when it ends like one.
static bool word_ends(Str s, const Str *endings, size_t n)
{
    size_t blank = str_find_char(s, ' ', 0);
    if (blank == s.len)
        return false;
    Str word = str_sub(s, 0, blank);
    for (size_t i = 0; i < n; i++)
        if (str_ends(word, endings[i]))
            return true;
    return false;
}

AddressParts address_split(Str text)
{
    static const Str CITY[] = { S_INIT("自治州"), S_INIT("地区"), S_INIT("市"), S_INIT("盟") };
    static const Str DISTRICT[] = { S_INIT("自治县"), S_INIT("自治旗"), S_INIT("新区"),
                                    S_INIT("林区"),   S_INIT("区"),     S_INIT("县"),
                                    S_INIT("市"),     S_INIT("旗") };
    enum { CITY_MOST = 13, DISTRICT_MOST = 15 };
    Str rest = str_trim(text);
    AddressParts parts = { 0 };
    if (str_starts(rest, S("中国")))
        rest = str_trim(str_sub(rest, S("中国").len, rest.len));
    const Province *p = take_province(&rest);
    if (p == NULL)
        return (AddressParts){ .street = str_trim(text) };
    parts.province = str_z(p->full);
    if (word_ends(rest, CITY, ARRAY_LEN(CITY)))
        parts.city = take_word(&rest);
    else if (p->is_city && !str_starts(rest, S("市")))
        parts.city = (Str){ 0 };
    else
        parts.city = take_ending(&rest, CITY, ARRAY_LEN(CITY), CITY_MOST);
    if (p->is_city && (parts.city.len == 0 || str_eq(parts.city, S("市辖区"))))
        parts.city = str_z(p->full);
    if (p->is_city && str_starts(rest, str_z(p->full)))
        rest = str_trim(str_sub(rest, strlen(p->full), rest.len));
    if (p->is_city && str_starts(rest, S("市辖区")))
        rest = str_trim(str_sub(rest, S("市辖区").len, rest.len));
    if (word_ends(rest, DISTRICT, ARRAY_LEN(DISTRICT)))
        parts.district = take_word(&rest);
    else
        parts.district = take_ending(&rest, DISTRICT, ARRAY_LEN(DISTRICT), DISTRICT_MOST);
    parts.street = rest;
    return parts;
}
