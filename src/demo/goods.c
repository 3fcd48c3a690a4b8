// Shops, categories and products, from words/products.txt.
#include "demo/demo_internal.h"
#include "demo/demo_words.h"

enum { SEED = 20201111, COLUMNS = 8 };

static Status make_shops(Ctx *cx, Db *db, Demo *d)
{
    static const struct {
        Platform platform;
        Str name;
    } SHOPS[DEMO_SHOPS] = {
        { PLATFORM_TAOBAO, S_INIT("山野集淘宝旗舰店") },
        { PLATFORM_DOUYIN, S_INIT("山野集抖音小店") },
        { PLATFORM_SITE, S_INIT("山野集官方商城") },
    };
    for (size_t i = 0; i < DEMO_SHOPS; i++)
        TRY(shop_find_or_create(cx, db, SHOPS[i].platform, SHOPS[i].name, &d->shops[i]));
    return STATUS_OK;
}

static Status shelf_of(Ctx *cx, Db *db, Demo *d, Str name, Shelf **ret)
{
    for (size_t i = 0; i < d->shelves.len; i++)
        if (str_eq(d->shelves.ptr[i].name, name)) {
            *ret = &d->shelves.ptr[i];
            return STATUS_OK;
        }
    Category c = { 0 };
    PUT(&c, CATEGORY, name, name);
    PUT(&c, CATEGORY, position, (int64_t)d->shelves.len + 1);
    TRY(change_create(cx, db, catalog_of(cx, &category_entity), &c, (Str){ 0 }));
    *ret = vec_add(d->arena, &d->shelves);
    **ret = (Shelf){ .name = name, .category = c.id };
    return STATUS_OK;
}

// EAN-13 in the range 200 to 299, which is free for use within a shop.
static Str barcode(Arena *a, int64_t number)
{
    Str s = arena_fmt(a, "2001%08lld0", (long long)number);
    char *p = (char *)(uintptr_t)s.ptr;
    int sum = 0;
    for (size_t i = 0; i < 12; i++)
        sum += (p[i] - '0') * (i % 2 == 0 ? 1 : 3);
    p[12] = (char)('0' + (10 - sum % 10) % 10);
    return s;
}

typedef struct Row {
    Str column[COLUMNS]; // category, brand, name, specs, cost, unit, origin, season
} Row;

static Status make_good(Ctx *cx, Db *db, Demo *d, Shelf *shelf, const Row *r, Str spec, Chance *c)
{
    Str price = spec;
    Str kind = str_split(&price, ':');
    int64_t price_e4 = 0;
    int64_t cost = 0;
    check(money_parse(price, &price_e4) && str_int(r->column[4], &cost));
    int64_t number = (int64_t)shelf->goods.len + 1 + 1000 * (shelf - d->shelves.ptr + 1);
    Product p = { 0 };
    PUT(&p, PRODUCT, name,
        arena_fmt(d->arena, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(r->column[1]),
                  STR_ARG(r->column[2]), STR_ARG(kind)));
    PUT(&p, PRODUCT, sku, arena_fmt(cx->arena, "SYJ-%lld", (long long)number));
    PUT(&p, PRODUCT, category_id, shelf->category);
    PUT(&p, PRODUCT, brand, r->column[1]);
    PUT(&p, PRODUCT, spec, kind);
    PUT(&p, PRODUCT, unit, r->column[5]);
    PUT(&p, PRODUCT, price, (Money){ price_e4 });
    // To the cent.
    PUT(&p, PRODUCT, cost, (Money){ price_e4 * (cost + chance_int(c, -2, 2)) / 10000 * 100 });
    PUT(&p, PRODUCT, origin, r->column[6]);
    PUT(&p, PRODUCT, barcode, barcode(cx->arena, number));
    PUT(&p, PRODUCT, stock, chance_int(c, 0, 900));
    TRY(change_create(cx, db, catalog_of(cx, &product_entity), &p, (Str){ 0 }));
    // A few sell most: the share falls with the rank, dear things sell less.
    int64_t rank = (int64_t)shelf->goods.len + 1;
    shelf->total += 1 + 40000 / (rank + 2) * 1000000 / (price_e4 + 600000);
    *vec_add(d->arena, &shelf->goods) =
        (Good){ p.id, p.name, kind, price_e4, shelf->total, r->column[7].ptr[0] };
    return STATUS_OK;
}

Status demo_goods(Ctx *cx, Db *db, Demo *d)
{
    Chance c = chance_of(SEED, 0);
    TRY(make_shops(cx, db, d));
    for (Str rest = WORDS_products; rest.len > 0;) {
        Str line = str_split(&rest, '\n');
        Row row = { 0 };
        for (int i = 0; i < COLUMNS; i++)
            row.column[i] = str_split(&line, '\t');
        Shelf *shelf = NULL;
        TRY(shelf_of(cx, db, d, row.column[0], &shelf));
        for (Str specs = row.column[3]; specs.ptr != NULL;)
            TRY(make_good(cx, db, d, shelf, &row, str_split(&specs, '|'), &c));
    }
    int64_t until = 0;
    for (size_t i = 0; i < d->shelves.len; i++)
        d->shelves.ptr[i].until = until += 60 + chance_int(&c, 0, 100);
    return STATUS_OK;
}
