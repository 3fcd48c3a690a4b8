// Orders with their lines, and refunds.
#include "demo/demo_internal.h"

#include <inttypes.h>

enum { SEED = 20221212, MAX_LINES = 6 };
static const int64_t MINUTE_MS = 60 * 1000, HOUR_MS = 60 * 60 * 1000, DAY_MS = 24 * 60 * 60 * 1000;

static Str pick(const char *const *words, size_t n, Chance *c)
{
    return str_z(words[chance_int(c, 0, (int64_t)n - 1)]);
}
#define PICK(list, c) pick((list), ARRAY_LEN(list), (c))

// When people buy, by hour, per mille: little at night, most after supper.
static Instant moment(const Demo *d, int32_t day, Chance *c)
{
    static const int16_t HOURS[24] = { 22, 10, 5,  4,  4,  6,  14, 26, 40, 54, 64, 58,
                                       50, 50, 48, 50, 48, 46, 46, 60, 82, 88, 74, 51 };
    int64_t at = chance_int(c, 0, 999);
    int hour = 0;
    while (hour < 23 && at >= HOURS[hour])
        at -= HOURS[hour++];
    Instant start = zone_day_start(d->zone, (Day){ d->plan.first.n + day });
    return (Instant){ start.ms + hour * HOUR_MS + chance_int(c, 0, HOUR_MS / 1000 - 1) * 1000 };
}

static bool in_season(char season, int32_t month)
{
    switch (season) {
    case 's': return month >= 5 && month <= 8;
    case 'w': return month >= 10 || month <= 2;
    case 'g': return month == 1 || month == 5 || month == 9 || month == 12;
    default: return true;
    }
}

static const Good *good_pick(const Demo *d, const size_t favourites[2], int32_t month, Chance *c)
{
    const Good *g = NULL;
    for (int tries = 0; tries < 3 && (g == NULL || !in_season(g->season, month)); tries++) {
        size_t at = favourites[chance_int(c, 0, 1)];
        if (chance_in(c, 300)) {
            int64_t way = chance_int(c, 0, d->shelves.ptr[d->shelves.len - 1].until - 1);
            for (at = 0; d->shelves.ptr[at].until <= way;)
                at++;
        }
        const Shelf *s = &d->shelves.ptr[at];
        int64_t way = chance_int(c, 0, s->total - 1);
        g = s->goods.ptr;
        while (g->until <= way)
            g++;
    }
    return g;
}

static size_t fill_basket(const Demo *d, const Person *p, const Buyer *b, int32_t month,
                          const size_t favourites[2], OrderLine *lines, Chance *c)
{
    int64_t dice = chance_int(c, 0, 99) + (b->habit == HABIT_LOYAL ? 12 : 0);
    int64_t wanted = dice < 58 ? 1 : dice < 82 ? 2 : dice < 94 ? 3 : dice < 101 ? 4 : MAX_LINES;
    size_t n = 0;
    for (int64_t i = 0; i < wanted; i++) {
        const Good *g = good_pick(d, favourites, month, c);
        bool twice = false;
        for (size_t k = 0; k < n; k++)
            twice = twice || lines[k].product_id.v == g->id.v;
        if (twice)
            continue;
        int64_t quantity = chance_in(c, 830) ? 1 : chance_in(c, 750) ? 2 : chance_int(c, 3, 6);
        if (p->business)
            quantity *= chance_int(c, 4, 18);
        lines[n++] = (OrderLine){ .product_id = g->id,
                                  .spec = g->spec,
                                  .quantity_e4 = quantity * MONEY_ONE,
                                  .price_e4 = g->price_e4,
                                  .amount_e4 = g->price_e4 * quantity };
    }
    return n;
}

static Str number_of(Arena *a, int shop, Instant at, const Zone *zone, int64_t number)
{
    Date day = zone_clock(zone, at).date;
    if (shop == 0)
        return arena_fmt(a, "%02d%02d%02d%06" PRId64 "7201%03d", day.year % 100, day.month, day.day,
                         number, (int)(number * 7 % 1000));
    if (shop == 1)
        return arena_fmt(a, "69%02d%02d%02d%06" PRId64 "31%03d", day.year % 100, day.month, day.day,
                         number, (int)(number * 13 % 1000));
    return arena_fmt(a, "SY%04d%02d%02d-%06" PRId64, day.year, day.month, day.day, number);
}

// Six in a hundred are never paid.
static void put_lost(Order *o, Instant today, Chance *c)
{
    static const char *const REASONS[] = {
        "超时未付款", "超时未付款",     "不想买了",     "信息填写错误，重新拍",
        "价格原因",   "忘记使用优惠券", "付款遇到问题", "缺货",
    };
    int64_t waited = chance_in(c, 600) ? DAY_MS : chance_int(c, 3, 600) * MINUTE_MS;
    if (o->ordered_at.ms + waited >= today.ms) {
        PUT(o, ORDER, state, (Choice){ ORDER_STATE_UNPAID });
        PUT(o, ORDER, unpaid_reason, S("等待买家付款"));
        return;
    }
    PUT(o, ORDER, state, (Choice){ ORDER_STATE_CLOSED });
    PUT(o, ORDER, closed_at, (Instant){ o->ordered_at.ms + waited });
    PUT(o, ORDER, unpaid_reason, waited == DAY_MS ? S("超时未付款") : PICK(REASONS, c));
}

// Paid, sent, received: as far as time allows.
static void put_course(Ctx *cx, Order *o, int shop, Instant today, Chance *c)
{
    static const char *const CARRIERS[] = { "中通快递", "圆通速递", "韵达快递", "顺丰速运",
                                            "京东快递", "中通快递", "申通快递" };
    Instant paid = { o->ordered_at.ms + chance_int(c, 8, 900) * 1000 };
    Instant shipped = { paid.ms + chance_int(c, 5, 44) * HOUR_MS };
    Instant done = { shipped.ms + chance_int(c, 50, 230) * HOUR_MS };
    if (paid.ms >= today.ms)
        paid = o->ordered_at;
    PUT(o, ORDER, paid_at, paid);
    PUT(o, ORDER, state, (Choice){ ORDER_STATE_PAID });
    PUT(o, ORDER, payment_method,
        shop == 0           ? S("支付宝")
        : shop == 1         ? S("抖音支付")
        : chance_in(c, 700) ? S("微信支付")
                            : S("支付宝"));
    if (shipped.ms >= today.ms)
        return;
    PUT(o, ORDER, state, (Choice){ ORDER_STATE_SHIPPED });
    PUT(o, ORDER, shipped_at, shipped);
    PUT(o, ORDER, carrier, PICK(CARRIERS, c));
    PUT(o, ORDER, tracking, arena_fmt(cx->arena, "DEMO%011" PRId64, chance_int(c, 0, 99999999999)));
    if (done.ms >= today.ms)
        return;
    PUT(o, ORDER, state, (Choice){ ORDER_STATE_DONE });
    PUT(o, ORDER, done_at, done);
}

static void put_delivery(Ctx *cx, Order *o, const Person *p)
{
    (void)cx;
    PUT(o, ORDER, receiver, p->name);
    PUT(o, ORDER, phone, p->phone);
    PUT(o, ORDER, country, S("中国"));
    PUT(o, ORDER, province, p->place.province);
    PUT(o, ORDER, city, p->place.city);
    PUT(o, ORDER, district, p->place.district);
    PUT(o, ORDER, street, p->street);
    PUT(o, ORDER, postcode, p->postcode);
}

static void put_price(Order *o, const OrderLine *lines, size_t n, Date day, Chance *c)
{
    int64_t goods = 0;
    for (size_t i = 0; i < n; i++)
        goods += lines[i].amount_e4;
    bool feast = (day.month == 11 && day.day >= 8 && day.day <= 12) ||
                 (day.month == 6 && day.day >= 15 && day.day <= 19) ||
                 (day.month == 12 && day.day >= 10 && day.day <= 12);
    int64_t percent = feast ? chance_int(c, 8, 20) : chance_in(c, 250) ? chance_int(c, 3, 10) : 0;
    int64_t discount = goods * percent / 100 / MONEY_ONE * MONEY_ONE; // whole yuan
    int64_t freight = goods - discount < 59 * MONEY_ONE ? 6 * MONEY_ONE : 0;
    PUT(o, ORDER, currency, S("CNY"));
    PUT(o, ORDER, goods_amount, (Money){ goods });
    PUT(o, ORDER, discount, (Money){ discount });
    PUT(o, ORDER, freight, (Money){ freight });
}

static void put_words(Order *o, int shop, Chance *c)
{
    static const char *const NOTES[] = { "麻烦尽快发货，谢谢",     "请放快递柜",
                                         "送人的，请不要放价格单", "周末再送货",
                                         "包装结实一点",           "到了请打电话" };
    static const char *const SITE[] = { "小程序", "小程序", "网页", "手机 App" };
    PUT(o, ORDER, channel,
        shop == 0           ? S("手机 App")
        : shop == 2         ? PICK(SITE, c)
        : chance_in(c, 600) ? S("直播间")
                            : S("短视频"));
    if (chance_in(c, 45))
        PUT(o, ORDER, buyer_note, PICK(NOTES, c));
    if (chance_in(c, 15))
        PUT(o, ORDER, seller_note, S("赠送试用装一份"));
}

static Status refund(Ctx *cx, Db *db, const Order *o, const OrderLine *lines, size_t n,
                     Instant today, Chance *c)
{
    static const char *const REASONS[] = {
        "七天无理由退货", "商品破损", "与描述不符", "不喜欢",
        "尺码不合适",     "发错货",   "少件漏发",   "质量问题",
    };
    Refund r = { 0 };
    OrderLine back = lines[chance_int(c, 0, (int64_t)n - 1)];
    int64_t most = o->paid_amount.e4;
    Instant at = { o->shipped_at.ms + chance_int(c, 40, 260) * HOUR_MS };
    bool waits = at.ms >= today.ms;
    if (waits)
        at = (Instant){ today.ms - chance_int(c, 60, 600) * 1000 };
    if (at.ms < o->shipped_at.ms)
        at = o->shipped_at;
    if (back.amount_e4 > most)
        back.amount_e4 = most;
    PUT(&r, REFUND, shop_id, o->shop_id);
    PUT(&r, REFUND, number, arena_fmt(cx->arena, "TK" STR_FMT, STR_ARG(o->number)));
    PUT(&r, REFUND, order_id, o->id);
    PUT(&r, REFUND, customer_id, o->customer_id);
    PUT(&r, REFUND, kind, (Choice){ chance_in(c, 620) ? REFUND_KIND_RETURN : REFUND_KIND_REFUND });
    PUT(&r, REFUND, state,
        (Choice){ waits              ? REFUND_STATE_REQUESTED
                  : chance_in(c, 40) ? REFUND_STATE_REFUSED
                                     : REFUND_STATE_DONE });
    PUT(&r, REFUND, amount, (Money){ back.amount_e4 });
    PUT(&r, REFUND, reason, PICK(REASONS, c));
    PUT(&r, REFUND, refunded_at, at);
    return refund_create(cx, db, &r, &back, 1, (Str){ 0 });
}

static Status make_order(Ctx *cx, Db *db, const Demo *d, size_t at, size_t which, const Person *p,
                         const size_t favourites[2])
{
    const Buyer *b = &d->plan.buyers[at];
    int64_t number = b->first_order + (int64_t)which;
    Chance c = chance_of(SEED, (uint64_t)number);
    Instant today = zone_day_start(d->zone, d->today);
    Order o = { 0 };
    OrderLine lines[MAX_LINES];
    PUT(&o, ORDER, ordered_at, moment(d, b->days[which], &c));
    Date day = zone_clock(d->zone, o.ordered_at).date;
    size_t n = fill_basket(d, p, b, day.month, favourites, lines, &c);
    PUT(&o, ORDER, shop_id, d->shops[b->shop]);
    PUT(&o, ORDER, number, number_of(cx->arena, b->shop, o.ordered_at, d->zone, number));
    PUT(&o, ORDER, customer_id, p->id);
    PUT(&o, ORDER, buyer, p->account);
    put_price(&o, lines, n, day, &c);
    put_words(&o, b->shop, &c);
    put_delivery(cx, &o, p);
    if (chance_in(&c, 60))
        put_lost(&o, today, &c);
    else
        put_course(cx, &o, b->shop, today, &c);
    TRY(order_create(cx, db, &o, lines, n, (Str){ 0 }));
    if (o.shipped_at.ms != 0 && chance_in(&c, 43))
        return refund(cx, db, &o, lines, n, today, &c);
    return STATUS_OK;
}

Status demo_orders(Ctx *cx, Db *db, const Demo *d, size_t at, const Person *p)
{
    Chance c = chance_of(SEED + 1, at);
    size_t favourites[2];
    for (int i = 0; i < 2; i++)
        favourites[i] = (size_t)chance_int(&c, 0, (int64_t)d->shelves.len - 1);
    for (size_t i = 0; i < d->plan.buyers[at].ndays; i++)
        TRY(make_order(cx, db, d, at, i, p, favourites));
    return STATUS_OK;
}
