// Inside of the demonstration shop: chance, words, the plan, and what writes it.
#ifndef GUANXI_DEMO_DEMO_INTERNAL_H
#define GUANXI_DEMO_DEMO_INTERNAL_H

#include "demo/demo.h"

// --- chance.c: our own generator, integers only, so that every machine draws the same
typedef struct Chance {
    uint64_t state;
} Chance;
Chance chance_of(uint64_t a, uint64_t b); // an own stream per pair
uint64_t chance_next(Chance *c);
int64_t chance_int(Chance *c, int64_t from, int64_t to); // both included
bool chance_in(Chance *c, int64_t per_mille);
// Positive, mean about 1000, median below it, a long tail to the right: 150 to 4000.
int64_t chance_gap(Chance *c);

// --- words.c
typedef struct Word {
    Str text;      // the whole line, or before the TAB of a weighted list
    int64_t until; // sum of the weights up to here
} Word;
typedef struct Words {
    Word *ptr;
    size_t len;
    int64_t total;
} Words;
Words words_plain(Arena *a, Str list);    // every line weighs 1
Words words_weighted(Arena *a, Str list); // the number behind the TAB
Str words_pick(const Words *w, Chance *c);

typedef struct Place {
    Str province, city, district;
} Place;
typedef struct Province {
    Str name;
    Place *places;
    size_t len;
    int64_t until;
} Province;

typedef struct WordSet {
    Words surnames, men, women, companies, streets;
    Province *provinces;
    size_t nprovinces;
    int64_t residents;
} WordSet;
void words_load(Arena *a, WordSet *ret);
Place place_pick(const WordSet *w, Chance *c);

// --- plan.c: who buys when. Pure.
typedef enum Habit {
    HABIT_PROSPECT,
    HABIT_ONCE,
    HABIT_SELDOM,
    HABIT_REGULAR,
    HABIT_LOYAL,
    HABITS
} Habit;
typedef struct Buyer {
    Habit habit;
    int shop;      // 0 to 2, the one he mostly buys at
    int32_t since; // day of the first contact, counted from the plan's first day
    int32_t cycle; // days between his orders
    int32_t *days; // of his orders, ascending
    size_t ndays;
    int64_t first_order; // number of his first order among all
} Buyer;
enum { PLAN_DAYS = 3 * 365 };
typedef struct Plan {
    Buyer *buyers;
    size_t nbuyers;
    int64_t norders;
    Day first; // PLAN_DAYS before today
} Plan;
void plan_make(Arena *a, int customers, Day today, Plan *ret);

// --- what is written
typedef struct Good {
    Id id;
    Str name, spec;
    int64_t price_e4;
    int64_t until; // popularity, summed up within its category
    char season;   // '-', 's', 'w', 'g'
} Good;
typedef struct Shelf {
    Str name;
    Id category;
    VEC(Good) goods;
    int64_t until; // popularity of the category, summed up
    int64_t total; // of its goods
} Shelf;
enum { DEMO_SHOPS = 3 };
typedef struct Demo {
    Arena *arena; // lives as long as the filling
    WordSet words;
    Plan plan;
    const Zone *zone;
    Day today;
    Id shops[DEMO_SHOPS];
    VEC(Shelf) shelves;
    VEC(Id) keepers, departments; // who looks after customers, and where he belongs
} Demo;

Status demo_staff(Ctx *cx, Db *db, Demo *d) MUST_USE; // departments and users
Status demo_goods(Ctx *cx, Db *db, Demo *d) MUST_USE; // shops, categories, products
// The customer with all that hangs on him; the same rows however often it is called.
Status demo_customer(Ctx *cx, Db *db, const Demo *d, size_t at) MUST_USE;
typedef struct Person {
    Id id;
    Str name, phone, account;
    Place place;
    Str street, postcode;
    bool business;
} Person;
Status demo_orders(Ctx *cx, Db *db, const Demo *d, size_t at, const Person *p) MUST_USE;

// Sets a member of a row struct and marks it as present.
#define PUT(row_, ENTITY, member, ...)                                                             \
    ((row_)->member = __VA_ARGS__, row_touch(&(row_)->row, ENTITY##_##member))

#endif
