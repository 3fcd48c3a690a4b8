// Customers: who they are, where they live, under which account they buy, whom one speaks with.
#include "demo/demo_internal.h"

enum { SEED = 20190908, FEMALE = 1, MINUTE_MS = 60 * 1000 };

// Blocks xxx 0000 of these are assigned to nobody; libphonenumber takes them as mobile numbers.
static const char *const PREFIXES[] = {
    "130", "131", "132", "133", "135", "136", "137", "138", "139", "150", "151", "152", "153",
    "155", "156", "157", "158", "159", "180", "181", "182", "185", "186", "187", "188", "189",
};

// One of a kind for every number below 26 * 10,000.
static Str phone_of(Arena *a, size_t number)
{
    size_t n = ARRAY_LEN(PREFIXES);
    size_t tail = (number / n * 7919 + number * 31) % 10000;
    return arena_fmt(a, "%s0000%04zu", PREFIXES[number % n], tail);
}

static Str pick(const char *const *words, size_t n, Chance *c)
{
    return str_z(words[chance_int(c, 0, (int64_t)n - 1)]);
}
#define PICK(list, c) pick((list), ARRAY_LEN(list), (c))

static Str email_of(Ctx *cx, Str name, size_t number, Chance *c)
{
    static const char *const DOMAINS[] = { "example.com", "example.net", "example.org" };
    Str pinyin = text_pinyin(cx->arena, name, true);
    Buf b = buf_new(cx->arena, 64);
    for (size_t i = 0; i < pinyin.len && b.len < 24; i++)
        if (ascii_is_alpha(pinyin.ptr[i]))
            buf_char(&b, pinyin.ptr[i]);
    buf_fmt(&b, "%zu@", number % 1000);
    buf_add(&b, PICK(DOMAINS, c));
    return buf_str(&b);
}

static Str street_of(const Demo *d, Arena *a, Chance *c)
{
    Str street = words_pick(&d->words.streets, c);
    int house = (int)chance_int(c, 1, 388);
    if (chance_in(c, 250))
        return arena_fmt(a, STR_FMT "%d号", STR_ARG(street), house);
    return arena_fmt(a, STR_FMT "%d号%d栋%d单元%d0%d室", STR_ARG(street), house,
                     (int)chance_int(c, 1, 28), (int)chance_int(c, 1, 4), (int)chance_int(c, 1, 32),
                     (int)chance_int(c, 1, 6));
}

static Instant moment(const Demo *d, int32_t day, Chance *c)
{
    Instant start = zone_day_start(d->zone, (Day){ d->plan.first.n + day });
    return (Instant){ start.ms + chance_int(c, 9 * 60, 22 * 60) * MINUTE_MS };
}

static void put_person(Ctx *cx, const Demo *d, Customer *k, Chance *c)
{
    static const char *const WORK[] = {
        "公司职员", "教师", "医生", "护士",   "工程师", "设计师",   "自由职业", "个体经营",
        "公务员",   "学生", "会计", "销售员", "律师",   "全职妈妈", "退休",     "厨师",
    };
    bool female = chance_in(c, 620);
    Str surname = words_pick(&d->words.surnames, c);
    Str given = words_pick(female ? &d->words.women : &d->words.men, c);
    PUT(k, CUSTOMER, name, arena_fmt(cx->arena, STR_FMT STR_FMT, STR_ARG(surname), STR_ARG(given)));
    PUT(k, CUSTOMER, kind, (Choice){ CUSTOMER_PERSON });
    if (chance_in(c, 800))
        PUT(k, CUSTOMER, gender, (Choice){ female ? FEMALE : 0 });
    // Most are between 22 and 48.
    int64_t age = 18 + (chance_int(c, 0, 34) + chance_int(c, 0, 24)) * chance_int(c, 50, 115) / 100;
    if (chance_in(c, 450))
        PUT(k, CUSTOMER, birthday,
            (Day){ d->today.n - (int32_t)(age * 365 + chance_int(c, 0, 364)) });
    else if (chance_in(c, 150))
        PUT(k, CUSTOMER, age, age);
    if (chance_in(c, 350))
        PUT(k, CUSTOMER, occupation, PICK(WORK, c));
    if (chance_in(c, 250))
        PUT(k, CUSTOMER, income,
            (Choice){ (int32_t)((chance_int(c, 0, 4) + chance_int(c, 0, 4)) / 2) });
}

static void put_firm(Ctx *cx, const Demo *d, Customer *k, Place place, Chance *c)
{
    static const char *const FORMS[] = { "贸易有限公司",     "商贸有限公司",     "酒店管理有限公司",
                                         "文化传媒有限公司", "餐饮管理有限公司", "电子商务有限公司",
                                         "食品有限公司",     "母婴生活馆",       "健身俱乐部" };
    static const char *const TRADES[] = { "批发零售", "酒店餐饮", "文化传媒",
                                          "电子商务", "食品加工", "生活服务" };
    Str city = place.city;
    if (str_ends(city, S("市")))
        city.len -= 3;
    Str name = words_pick(&d->words.companies, c);
    PUT(k, CUSTOMER, name,
        arena_fmt(cx->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(city), STR_ARG(name),
                  STR_ARG(PICK(FORMS, c))));
    PUT(k, CUSTOMER, kind, (Choice){ CUSTOMER_BUSINESS });
    PUT(k, CUSTOMER, industry, PICK(TRADES, c));
    PUT(k, CUSTOMER, employees, chance_int(c, 3, 40) * chance_int(c, 1, 8));
    if (!chance_in(c, 400))
        return;
    PUT(k, CUSTOMER, credit_level, (Choice){ (int32_t)chance_int(c, 0, 3) });
    PUT(k, CUSTOMER, credit_limit, (Money){ chance_int(c, 1, 20) * 5000 * MONEY_ONE });
    PUT(k, CUSTOMER, credit_checked, (Day){ d->today.n - (int32_t)chance_int(c, 20, 500) });
}

static void put_source(const Demo *d, Customer *k, const Buyer *b, Chance *c)
{
    static const CustomerSource FIRST_TALK[] = { SOURCE_SITE,     SOURCE_SOCIAL, SOURCE_CHAT,
                                                 SOURCE_CHAT,     SOURCE_EVENT,  SOURCE_REFERRAL,
                                                 SOURCE_CAMPAIGN, SOURCE_PHONE,  SOURCE_SOCIAL };
    bool by_order = b->habit != HABIT_PROSPECT && chance_in(c, 720);
    CustomerSource s = FIRST_TALK[chance_int(c, 0, (int64_t)ARRAY_LEN(FIRST_TALK) - 1)];
    PUT(k, CUSTOMER, source, (Choice){ (int32_t)(by_order ? SOURCE_ORDER : s) });
    PUT(k, CUSTOMER, collected_at, moment(d, b->since, c));
    if (d->keepers.len == 0 || !chance_in(c, 700))
        return;
    size_t at = (size_t)chance_int(c, 0, (int64_t)d->keepers.len - 1);
    PUT(k, CUSTOMER, owner_id, d->keepers.ptr[at]);
    PUT(k, CUSTOMER, department_id, d->departments.ptr[at]);
}

static void put_wishes(Customer *k, const Buyer *b, Chance *c)
{
    static const char *const NEEDS[] = { "送礼为主，需要礼盒包装", "家庭日常采购",
                                         "关注成分和产地",         "企业福利采购",
                                         "给孩子选购，重视安全",   "想要大包装" };
    static const char *const LIKES[] = { "喜欢清淡口味",     "偏好顺丰配送", "喜欢尝试新品",
                                         "只在活动期间下单", "偏好简约包装", "对价格敏感" };
    static const char *const NOTES[] = { "回访时态度友好",     "希望下午联系",
                                         "请勿电话打扰",       "曾反映包装破损，已补发",
                                         "老客户，可优先发货", "常推荐朋友购买" };
    int64_t more = b->habit >= HABIT_REGULAR ? 3 : 1;
    if (chance_in(c, 60 * more))
        PUT(k, CUSTOMER, needs, PICK(NEEDS, c));
    if (chance_in(c, 60 * more))
        PUT(k, CUSTOMER, preferences, PICK(LIKES, c));
    if (chance_in(c, 40 * more))
        PUT(k, CUSTOMER, note, PICK(NOTES, c));
}

static void put_reach(Ctx *cx, Customer *k, Person *p, size_t at, Chance *c)
{
    p->phone = phone_of(cx->arena, at);
    if (chance_in(c, 930))
        PUT(k, CUSTOMER, phone, p->phone);
    if (chance_in(c, 330))
        PUT(k, CUSTOMER, email, email_of(cx, k->name, at, c));
    if (chance_in(c, 160))
        PUT(k, CUSTOMER, wechat, arena_fmt(cx->arena, "wx_demo%05zu", at));
    p->postcode = arena_fmt(cx->arena, "%06d", (int)chance_int(c, 1000, 8599) * 100);
    if (!chance_in(c, 900))
        return;
    PUT(k, CUSTOMER, country, S("中国"));
    PUT(k, CUSTOMER, province, p->place.province);
    PUT(k, CUSTOMER, city, p->place.city);
    PUT(k, CUSTOMER, district, p->place.district);
    PUT(k, CUSTOMER, street, p->street);
}

static Status make_account(Ctx *cx, Db *db, const Demo *d, Id customer, int shop, size_t at,
                           Str *ret)
{
    Identity i = { 0 };
    Str value = shop == 0   ? arena_fmt(cx->arena, "tb%05zu_sy", at)
                : shop == 1 ? arena_fmt(cx->arena, "dy80%06zu", at)
                            : arena_fmt(cx->arena, "M%07zu", at);
    PUT(&i, IDENTITY, customer_id, customer);
    PUT(&i, IDENTITY, shop_id, d->shops[shop]);
    PUT(&i, IDENTITY, kind, (Choice){ shop == 2 ? IDENTITY_MEMBER : IDENTITY_ACCOUNT });
    PUT(&i, IDENTITY, value, value);
    *ret = value;
    return change_create(cx, db, catalog_of(cx, &identity_entity), &i, (Str){ 0 });
}

static Status make_address(Ctx *cx, Db *db, const Person *p, Place place, Str street, bool first)
{
    Address a = { 0 };
    PUT(&a, ADDRESS, customer_id, p->id);
    PUT(&a, ADDRESS, receiver, p->name);
    PUT(&a, ADDRESS, phone, p->phone);
    PUT(&a, ADDRESS, country, S("中国"));
    PUT(&a, ADDRESS, province, place.province);
    PUT(&a, ADDRESS, city, place.city);
    PUT(&a, ADDRESS, district, place.district);
    PUT(&a, ADDRESS, street, street);
    PUT(&a, ADDRESS, postcode, p->postcode);
    PUT(&a, ADDRESS, is_default, first);
    return change_create(cx, db, catalog_of(cx, &address_entity), &a, (Str){ 0 });
}

static Status make_contacts(Ctx *cx, Db *db, const Demo *d, Id customer, size_t at, Chance *c)
{
    static const char *const POSTS[] = { "采购经理", "行政主管", "总经理", "店长", "财务" };
    int64_t n = chance_int(c, 1, 2);
    for (int64_t i = 0; i < n; i++) {
        Contact k = { 0 };
        Str surname = words_pick(&d->words.surnames, c);
        Str given = words_pick(chance_in(c, 500) ? &d->words.women : &d->words.men, c);
        PUT(&k, CONTACT, customer_id, customer);
        PUT(&k, CONTACT, name,
            arena_fmt(cx->arena, STR_FMT STR_FMT, STR_ARG(surname), STR_ARG(given)));
        PUT(&k, CONTACT, position, PICK(POSTS, c));
        // Behind all customers, so that no two numbers are alike.
        PUT(&k, CONTACT, phone, phone_of(cx->arena, 2 * at + (size_t)i + DEMO_CUSTOMERS));
        PUT(&k, CONTACT, email, email_of(cx, k.name, at + 7, c));
        PUT(&k, CONTACT, is_primary, i == 0);
        TRY(change_create(cx, db, catalog_of(cx, &contact_entity), &k, (Str){ 0 }));
    }
    return STATUS_OK;
}

static Status make_dependents(Ctx *cx, Db *db, const Demo *d, size_t at, Person *p, Chance *c)
{
    const Buyer *b = &d->plan.buyers[at];
    if (p->business)
        TRY(make_contacts(cx, db, d, p->id, at, c));
    if (b->habit == HABIT_PROSPECT)
        return STATUS_OK;
    TRY(make_account(cx, db, d, p->id, b->shop, at, &p->account));
    if (chance_in(c, 800))
        TRY(make_address(cx, db, p, p->place, p->street, true));
    if (chance_in(c, 120))
        TRY(make_address(cx, db, p, place_pick(&d->words, c), street_of(d, cx->arena, c), false));
    return STATUS_OK;
}

Status demo_customer(Ctx *cx, Db *db, const Demo *d, size_t at)
{
    Chance c = chance_of(SEED, at);
    const Buyer *b = &d->plan.buyers[at];
    Person p = { .place = place_pick(&d->words, &c), .street = street_of(d, cx->arena, &c) };
    p.business = chance_in(&c, 50);
    Customer k = { 0 };
    if (p.business)
        put_firm(cx, d, &k, p.place, &c);
    else
        put_person(cx, d, &k, &c);
    put_reach(cx, &k, &p, at, &c);
    put_source(d, &k, b, &c);
    put_wishes(&k, b, &c);
    // Known to be one; without this every first order would change him a second time.
    PUT(&k, CUSTOMER, stage, (Choice){ b->ndays > 0 ? STAGE_CUSTOMER : STAGE_PROSPECT });
    TRY(change_create(cx, db, catalog_of(cx, &customer_entity), &k, (Str){ 0 }));
    p.id = k.id;
    p.name = k.name;
    TRY(make_dependents(cx, db, d, at, &p, &c));
    return demo_orders(cx, db, d, at, &p);
}
