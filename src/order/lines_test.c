// Lines, numbers, and what happens at random: after any sequence of changes the proof finds
// nothing.
#include "order/fixture_test.h"

#include <inttypes.h>

static OrderLine line(Id product, const char *name, int64_t quantity, int64_t amount)
{
    return (OrderLine){ .product_id = product,
                        .name = str_z(name),
                        .quantity_e4 = quantity * MONEY_ONE,
                        .amount_e4 = amount * MONEY_ONE };
}

BOTH(lines_are_replaced_when_they_differ)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id li = fixture_customer(&f, S("李雷"));
    OrderLine first[] = { line(f.products[0], "", 1, 30), line(f.products[1], "", 2, 70) };
    Id order = fixture_order(&f, li, S("2026-01-05"), 10, 100, first, 2);
    SqlText version = SQL("SELECT version FROM orders WHERE id = ");
    bool any = true;
    CHECK_OK(fixture_lines(&f, order, first, 2, &any));
    CHECK(!any);
    CHECK_INT(fixture_int(&f, version, order.v), 1);
    CHECK_OK(fixture_lines(&f, order, NULL, 0, &any));
    CHECK(!any);

    // The same sums, another product: no field differs, but it is a change with a version.
    OrderLine second[] = { line(f.products[2], "", 1, 30), line(f.products[1], "", 2, 70) };
    CHECK_OK(fixture_lines(&f, order, second, 2, &any));
    CHECK(any);
    CHECK_INT(fixture_int(&f, version, order.v), 2);
    CHECK_INT(fixture_int(&f, SQL("SELECT count(*) FROM order_line WHERE product_id = "),
                          f.products[2].v),
              1);

    OrderLine third[] = { line(f.products[0], "tab\tand\nline end", 5, 10) };
    CHECK_OK(fixture_lines(&f, order, third, 1, &any));
    CHECK_INT(fixture_totals(&f, li).item_count, 5 * MONEY_ONE);
    CHECK_INT(fixture_totals(&f, li).last_product_id, f.products[0].v);
    CHECK_INT(fixture_int(&f, SQL("SELECT line_count FROM orders WHERE id = "), order.v), 1);
    CHECK_INT(fixture_verify(&f), 0);
}

typedef struct PutBack {
    const Entity *entity;
    Id id, change;
} PutBack;

static Status write_put_back(Ctx *cx, Db *db, void *arg)
{
    const PutBack *p = arg;
    return change_put_back(cx, db, catalog_of(cx, p->entity), p->id, p->change, NULL);
}

static Id newest_change(Fixture *f, SqlText select, Id record)
{
    return (Id){ fixture_int(f, select, record.v) };
}

BOTH(lines_come_back_with_their_change)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id li = fixture_customer(&f, S("李雷"));
    OrderLine first[] = { line(f.products[0], "旧", 1, 30), line(f.products[1], "", 2, 70) };
    OrderLine second[] = { line(f.products[2], "", 9, 30) };
    Id order = fixture_order(&f, li, S("2026-01-05"), 10, 100, first, 2);
    bool any = false;
    CHECK_OK(fixture_lines(&f, order, second, 1, &any));
    PutBack p = { &order_entity, order,
                  newest_change(
                      &f, SQL("SELECT max(id) FROM change WHERE entity = 'order' AND record_id = "),
                      order) };
    CHECK_OK(store_write(f.cx, f.store, write_put_back, &p));
    CHECK_INT(fixture_totals(&f, li).item_count, 3 * MONEY_ONE);
    CLEANUP(db_release) Db *db = NULL;
    OrderLine *now = NULL;
    size_t n = 0;
    CHECK_OK(store_read(f.cx, f.store, &db));
    CHECK_OK(order_lines(f.cx, db, order, &now, &n));
    CHECK(lines_equal(now, n, first, 2));
    CHECK_INT(fixture_verify(&f), 0);
}

BOTH(number_is_one_of_a_kind_in_its_shop)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id li = fixture_customer(&f, S("李雷"));
    Id one = fixture_order(&f, li, S("2026-01-05"), 10, 1, NULL, 0);
    Id two = fixture_order(&f, li, S("2026-01-05"), 11, 1, NULL, 0);
    Order patch = { .number = S("N1") };
    row_touch(&patch.row, ORDER_number);
    CHECK_STATUS(fixture_change(&f, &order_entity, two, &patch), CONFLICT);
    CHECK_STR(str_z(f.cx->errors->code), S("taken"));
    CHECK_STR(f.cx->errors->args[0], arena_fmt(f.cx->arena, "%" PRId64, one.v));
    f.cx->errors = NULL;
    // In the bin the number is free; whoever comes back finds it taken.
    CHECK_OK(fixture_delete(&f, &order_entity, one));
    CHECK_OK(fixture_change(&f, &order_entity, two, &patch));
    CHECK_STATUS(fixture_restore(&f, &order_entity, one), CONFLICT);
    f.cx->errors = NULL;
}

// --- at random

enum { PEOPLE = 6, ORDERS = 24, REFUNDS = 12 };

typedef struct World {
    Fixture *f;
    uint64_t seed;
    Id people[PEOPLE], orders[ORDERS], refunds[REFUNDS];
    bool deleted[ORDERS], refund_deleted[REFUNDS];
    size_t norders, nrefunds;
} World;

static uint32_t draw(World *w, uint32_t n)
{
    w->seed = w->seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(w->seed >> 33) % n;
}

static size_t draw_lines(World *w, OrderLine *lines)
{
    size_t n = draw(w, 5);
    for (size_t i = 0; i < n; i++)
        lines[i] = line(draw(w, 4) == 0 ? (Id){ 0 } : w->f->products[draw(w, 3)], "件",
                        1 + draw(w, 4), draw(w, 90));
    return n;
}

static void add_order(World *w)
{
    OrderLine lines[5];
    size_t n = draw_lines(w, lines);
    Str day = arena_fmt(w->f->cx->arena, "2025-%02u-%02u", 1 + draw(w, 12), 1 + draw(w, 28));
    Id who = draw(w, 8) == 0 ? (Id){ 0 } : w->people[draw(w, PEOPLE)];
    w->orders[w->norders++] =
        fixture_order(w->f, who, day, (int)draw(w, 24), draw(w, 100), lines, n);
}

static void change_order(World *w, size_t i)
{
    const EntityInfo *e = catalog_of(w->f->cx, &order_entity);
    Order *patch = row_new(w->f->cx->arena, e);
    Id who = w->people[draw(w, PEOPLE)];
    if (draw(w, 2) == 0)
        row_put(w->f->cx->arena, patch, field_at(e, ORDER_customer_id),
                draw(w, 5) == 0 ? value_null(FIELD_ID) : value_num(FIELD_ID, who.v));
    if (draw(w, 2) == 0)
        row_put(w->f->cx->arena, patch, field_at(e, ORDER_paid_amount),
                value_num(FIELD_MONEY, draw(w, 3) == 0 ? 0 : draw(w, 1000) * 100LL));
    if (draw(w, 3) == 0)
        row_put(w->f->cx->arena, patch, field_at(e, ORDER_ordered_at),
                value_num(FIELD_INSTANT, 1750000000000 + draw(w, 90) * 86400000LL));
    CHECK_OK(fixture_change(w->f, &order_entity, w->orders[i], patch));
    OrderLine lines[5];
    size_t n = draw_lines(w, lines);
    bool any = false;
    if (draw(w, 2) == 0)
        CHECK_OK(fixture_lines(w->f, w->orders[i], lines, n, &any));
}

static void touch_refund(World *w)
{
    if (w->nrefunds < REFUNDS && draw(w, 2) == 0 && w->norders > 0) {
        size_t i = draw(w, (uint32_t)w->norders);
        if (!w->deleted[i])
            w->refunds[w->nrefunds++] =
                fixture_refund(w->f, w->orders[i], (Id){ 0 }, draw(w, 50), (RefundState)draw(w, 3));
        return;
    }
    if (w->nrefunds == 0)
        return;
    const EntityInfo *e = catalog_of(w->f->cx, &refund_entity);
    size_t i = draw(w, (uint32_t)w->nrefunds);
    Refund *patch = row_new(w->f->cx->arena, e);
    row_put(w->f->cx->arena, patch, field_at(e, REFUND_state), value_num(FIELD_CHOICE, draw(w, 3)));
    row_put(w->f->cx->arena, patch, field_at(e, REFUND_amount),
            value_num(FIELD_MONEY, draw(w, 90) * 5000LL));
    // May have gone with its order: then there is nothing to change.
    Status s = fixture_change(w->f, &refund_entity, w->refunds[i], patch);
    CHECK(s == STATUS_OK || s == STATUS_NOT_FOUND);
    w->f->cx->errors = NULL;
}

static void step(World *w)
{
    size_t i = w->norders == 0 ? 0 : draw(w, (uint32_t)w->norders);
    switch (draw(w, 5)) {
    case 0:
        if (w->norders < ORDERS)
            add_order(w);
        break;
    case 1:
        if (w->norders > 0 && !w->deleted[i])
            change_order(w, i);
        break;
    case 2:
        if (w->norders > 0) {
            CHECK_OK(w->deleted[i] ? fixture_restore(w->f, &order_entity, w->orders[i])
                                   : fixture_delete(w->f, &order_entity, w->orders[i]));
            w->deleted[i] = !w->deleted[i];
        }
        break;
    default: touch_refund(w); break;
    }
}

BOTH(whatever_happens_the_totals_hold)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    World w = { .f = &f, .seed = 20260115 };
    for (size_t i = 0; i < PEOPLE; i++)
        w.people[i] = fixture_customer(&f, arena_fmt(f.cx->arena, "客户%zu", i));
    int steps = postgres ? 120 : 400;
    for (int i = 0; i < steps; i++) {
        step(&w);
        if (i % 20 == 19)
            CHECK_ROW(fixture_verify(&f) == 0, "after step %d", i);
    }
    int64_t rows = 0;
    CHECK_OK(change_verify(f.cx, f.store, &rows));
    CHECK(rows > steps / 3);
}
