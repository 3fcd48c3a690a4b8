// Who buys when: habits, cycles of their own, feasts of the trade, friends who leave. The number of
// orders is met by stretching all cycles alike.
#include "demo/demo_internal.h"

#include <stdlib.h>

enum { SEED = 20180618, CLOSE = 25, STEPS = 12 };

typedef struct Character {
    int64_t share; // per mille of all customers
    int32_t cycle_from, cycle_to;
    int64_t leaves; // per mille, after each order
} Character;

static const Character CHARACTERS[HABITS] = {
    [HABIT_PROSPECT] = { 60, 0, 0, 1000 },   [HABIT_ONCE] = { 360, 1, 1, 1000 },
    [HABIT_SELDOM] = { 300, 110, 320, 150 }, [HABIT_REGULAR] = { 200, 40, 105, 60 },
    [HABIT_LOYAL] = { 80, 16, 42, 22 },
};

// Days on which everybody sells cheaply, and how many of those near them wait for it.
typedef struct Feast {
    int32_t month, day;
    int64_t pull; // per mille
} Feast;

static const Feast FEASTS[] = {
    { 1, 15, 160 }, { 3, 8, 120 },   { 5, 20, 90 },   { 6, 18, 300 },
    { 9, 9, 90 },   { 11, 11, 480 }, { 12, 12, 180 },
};

static int32_t pulled(Chance *c, Day first, int32_t day)
{
    int32_t year = day_to_date((Day){ first.n + day }).year;
    for (size_t i = 0; i < ARRAY_LEN(FEASTS); i++) {
        Day feast = day_from_date((Date){ year, FEASTS[i].month, FEASTS[i].day });
        int32_t at = feast.n - first.n;
        if (day < at - CLOSE || day > at + CLOSE / 2)
            continue;
        if (!chance_in(c, FEASTS[i].pull))
            return day;
        return at + (chance_in(c, 550) ? 0 : (int32_t)chance_int(c, -3, 2));
    }
    return day;
}

typedef struct Days {
    int32_t *ptr; // NULL: only counted
    size_t len;
} Days;

static void add_day(Days *d, int32_t day)
{
    if (d->ptr != NULL)
        d->ptr[d->len] = day;
    d->len++;
}

// The same draws whatever the stretch is, so that one number moves all.
static void walk(const Buyer *b, uint64_t draw, Day first, int64_t stretch, Days *days)
{
    Chance c = chance_of(SEED + 1, draw);
    if (b->habit == HABIT_PROSPECT)
        return;
    int32_t day = pulled(&c, first, b->since);
    if (day < 0)
        day = 0;
    while (day < PLAN_DAYS) {
        add_day(days, day);
        if (chance_in(&c, CHARACTERS[b->habit].leaves))
            return;
        int64_t gap = b->cycle * chance_gap(&c) / 1000 * stretch / 1000;
        int32_t next = pulled(&c, first, day + (gap < 1 ? 1 : (int32_t)gap));
        day = next <= day ? day + 1 : next;
    }
}

static Buyer buyer_draw(uint64_t draw)
{
    Chance c = chance_of(SEED, draw);
    Buyer b = { 0 };
    int64_t at = chance_int(&c, 0, 999);
    for (int64_t sum = 0; b.habit < HABITS; b.habit++) {
        sum += CHARACTERS[b.habit].share;
        if (at < sum)
            break;
    }
    // More come as the shop gets known.
    int64_t one = chance_int(&c, 0, PLAN_DAYS - 1);
    int64_t two = chance_int(&c, 0, PLAN_DAYS - 1);
    b.since = (int32_t)(chance_in(&c, 350) || one > two ? one : two);
    const Character *k = &CHARACTERS[b.habit];
    b.cycle = (int32_t)chance_int(&c, k->cycle_from, k->cycle_to);
    int64_t shop = chance_int(&c, 0, 99);
    b.shop = shop < 52 ? 0 : shop < 82 ? 1 : 2;
    return b;
}

typedef struct Drawn {
    Buyer buyer;
    uint64_t draw;
} Drawn;

static int by_since(const void *a, const void *b)
{
    const Drawn *x = a;
    const Drawn *y = b;
    if (x->buyer.since != y->buyer.since)
        return x->buyer.since < y->buyer.since ? -1 : 1;
    return x->draw < y->draw ? -1 : x->draw > y->draw;
}

static int64_t count(const Drawn *all, size_t n, Day first, int64_t stretch)
{
    Days days = { 0 };
    for (size_t i = 0; i < n; i++)
        walk(&all[i].buyer, all[i].draw, first, stretch, &days);
    return (int64_t)days.len;
}

// The longest stretch that still gives enough orders.
static int64_t find_stretch(const Drawn *all, size_t n, Day first, int64_t wanted)
{
    int64_t low = 50;
    int64_t high = 8000;
    for (int i = 0; i < STEPS; i++) {
        int64_t middle = (low + high) / 2;
        if (count(all, n, first, middle) >= wanted)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// What is too many is taken from those who have several, at random, their latest first.
static void trim(Plan *p, int64_t wanted)
{
    Chance c = chance_of(SEED + 2, 0);
    for (int64_t tries = p->norders * 100; p->norders > wanted && tries > 0; tries--) {
        Buyer *b = &p->buyers[chance_int(&c, 0, (int64_t)p->nbuyers - 1)];
        if (b->ndays > 1) {
            b->ndays--;
            p->norders--;
        }
    }
}

// The shop sold something yesterday.
static void reach_yesterday(Plan *p)
{
    Buyer *newest = NULL;
    for (size_t i = 0; i < p->nbuyers; i++) {
        Buyer *b = &p->buyers[i];
        if (b->ndays > 0 &&
            (newest == NULL || b->days[b->ndays - 1] >= newest->days[newest->ndays - 1]))
            newest = b;
    }
    if (newest != NULL)
        newest->days[newest->ndays - 1] = PLAN_DAYS - 1;
}

void plan_make(Arena *a, int customers, Day today, Plan *ret)
{
    size_t n = (size_t)customers;
    Plan p = { .nbuyers = n, .first = { today.n - PLAN_DAYS } };
    Drawn *all = arena_array(a, Drawn, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (Drawn){ buyer_draw(i), i };
    qsort(all, n, sizeof(Drawn), by_since);
    int64_t wanted = (int64_t)customers * DEMO_ORDERS_PER_CUSTOMER;
    int64_t stretch = find_stretch(all, n, p.first, wanted);
    p.buyers = arena_array(a, Buyer, n);
    for (size_t i = 0; i < n; i++) {
        Days days = { 0 };
        p.buyers[i] = all[i].buyer;
        walk(&p.buyers[i], all[i].draw, p.first, stretch, &days);
        p.buyers[i].days = arena_array(a, int32_t, days.len + 1);
        days = (Days){ .ptr = p.buyers[i].days };
        walk(&p.buyers[i], all[i].draw, p.first, stretch, &days);
        p.buyers[i].ndays = days.len;
        p.norders += (int64_t)days.len;
    }
    trim(&p, wanted);
    reach_yesterday(&p);
    int64_t number = 0;
    for (size_t i = 0; i < n; i++) {
        p.buyers[i].first_order = number;
        number += (int64_t)p.buyers[i].ndays;
    }
    *ret = p;
}
