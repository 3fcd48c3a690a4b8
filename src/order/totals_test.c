#include "order/fixture_test.h"

#include <inttypes.h>

static OrderLine line(Id product, int64_t quantity, int64_t amount)
{
    return (OrderLine){ .product_id = product,
                        .quantity_e4 = quantity * MONEY_ONE,
                        .price_e4 = quantity == 0 ? 0 : amount * MONEY_ONE / quantity,
                        .amount_e4 = amount * MONEY_ONE };
}

// Hand-computed: orders by local day (of Shanghai, no summer time) and what must come out.
typedef struct Purchase {
    const char *day;
    int hour;
    int64_t paid;
} Purchase;

typedef struct Story {
    const char *name;
    Purchase orders[5];
    int64_t count, total;
    const char *average, *mean, *median; // NULL: no gap
} Story;

static const Story STORIES[] = {
    { "no order", { { 0 } }, 0, 0, "0", NULL, NULL },
    { "one order", { { "2026-01-05", 10, 100 } }, 1, 100, "100", NULL, NULL },
    { "an unpaid one does not count",
      { { "2026-01-05", 10, 100 }, { "2026-01-09", 10, 0 } },
      1,
      100,
      "100",
      NULL,
      NULL },
    { "twice on one day is no gap",
      { { "2026-01-05", 9, 100 }, { "2026-01-05", 23, 50 } },
      2,
      150,
      "75",
      NULL,
      NULL },
    { "two hours over midnight are a day",
      { { "2026-01-05", 23, 100 }, { "2026-01-06", 1, 50 } },
      2,
      150,
      "75",
      "1",
      "1" },
    { "three gaps: the middle one",
      { { "2026-01-01", 8, 10 },
        { "2026-01-02", 8, 10 },
        { "2026-01-04", 8, 10 },
        { "2026-01-14", 8, 10 } },
      4,
      40,
      "10",
      "4.3333",
      "2" },
    { "two gaps: the mean of both",
      { { "2026-01-01", 8, 10 }, { "2026-01-02", 8, 10 }, { "2026-01-04", 8, 11 } },
      3,
      31,
      "10.3333",
      "1.5",
      "1.5" },
    { "entered out of order",
      { { "2026-01-14", 8, 10 },
        { "2026-01-01", 8, 10 },
        { "2026-01-04", 8, 10 },
        { "2026-01-02", 8, 10 } },
      4,
      40,
      "10",
      "4.3333",
      "2" },
};

static void check_story(Fixture *f, const Story *s)
{
    Id customer = fixture_customer(f, str_z(s->name));
    for (size_t i = 0; i < ARRAY_LEN(s->orders) && s->orders[i].day != NULL; i++)
        (void)fixture_order(f, customer, str_z(s->orders[i].day), s->orders[i].hour,
                            s->orders[i].paid, NULL, 0);
    CustomerTotals t = fixture_totals(f, customer);
    int64_t average = 0;
    int64_t mean = 0;
    int64_t median = 0;
    CHECK(money_parse(str_z(s->average), &average));
    CHECK(s->mean == NULL ||
          (money_parse(str_z(s->mean), &mean) && money_parse(str_z(s->median), &median)));
    CHECK_ROW(t.order_count == s->count && t.total_amount == s->total * MONEY_ONE &&
                  t.net_amount == t.total_amount && t.average_amount == average,
              "%s: %" PRId64 " orders, %" PRId64 " average %" PRId64, s->name, t.order_count,
              t.total_amount, t.average_amount);
    CHECK_ROW(t.has_gap == (s->mean != NULL) && t.gap_mean == mean && t.gap_median == median,
              "%s: mean %" PRId64 ", median %" PRId64, s->name, t.gap_mean, t.gap_median);
}

BOTH(totals_by_hand)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    for (size_t i = 0; i < ARRAY_LEN(STORIES); i++)
        check_story(&f, &STORIES[i]);
    CHECK_INT(fixture_verify(&f), 0);
}

BOTH(totals_with_refunds)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id li = fixture_customer(&f, S("李雷"));
    OrderLine lines[] = { line(f.products[0], 2, 60), line(f.products[1], 1, 140) };
    Id order = fixture_order(&f, li, S("2026-01-05"), 10, 200, lines, 2);
    Id refund = fixture_refund(&f, order, (Id){ 0 }, 50, REFUND_STATE_DONE);
    (void)fixture_refund(&f, order, (Id){ 0 }, 20, REFUND_STATE_REQUESTED);
    (void)fixture_refund(&f, (Id){ 0 }, li, 5, REFUND_STATE_DONE);
    CustomerTotals t = fixture_totals(&f, li);
    CHECK_INT(t.refund_amount, 55 * MONEY_ONE);
    CHECK_INT(t.refund_count, 2);
    CHECK_INT(t.net_amount, 145 * MONEY_ONE);
    CHECK_INT(t.item_count, 3 * MONEY_ONE);
    CHECK_INT(t.last_product_id, f.products[1].v);
    CHECK_INT(fixture_int(&f, SQL("SELECT refund_amount FROM orders WHERE id = "), order.v),
              50 * MONEY_ONE);

    CHECK_OK(fixture_delete(&f, &refund_entity, refund));
    CHECK_INT(fixture_int(&f, SQL("SELECT refund_amount FROM orders WHERE id = "), order.v), 0);
    CHECK_INT(fixture_totals(&f, li).refund_amount, 5 * MONEY_ONE);
    CHECK_OK(fixture_restore(&f, &refund_entity, refund));
    CHECK_INT(fixture_totals(&f, li).refund_amount, 55 * MONEY_ONE);

    // Its refunds go with the order and come back with it.
    CHECK_OK(fixture_delete(&f, &order_entity, order));
    t = fixture_totals(&f, li);
    CHECK_INT(t.order_count, 0);
    CHECK_INT(t.net_amount, -5 * MONEY_ONE);
    CHECK_INT(t.last_product_id, 0);
    CHECK_INT(fixture_count(&f, &line_entity, S(""), S("")), 0);
    CHECK_OK(fixture_restore(&f, &order_entity, order));
    CHECK_INT(fixture_totals(&f, li).net_amount, 145 * MONEY_ONE);
    CHECK_INT(fixture_count(&f, &line_entity, S(""), S("")), 2);
    CHECK_INT(fixture_verify(&f), 0);
}

BOTH(order_moves_to_another_customer)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id li = fixture_customer(&f, S("李雷"));
    Id han = fixture_customer(&f, S("韩梅梅"));
    OrderLine lines[] = { line(f.products[0], 1, 80) };
    Id order = fixture_order(&f, li, S("2026-01-05"), 10, 80, lines, 1);
    (void)fixture_refund(&f, order, (Id){ 0 }, 30, REFUND_STATE_DONE);
    Order patch = { .customer_id = han };
    row_touch(&patch.row, ORDER_customer_id);
    CHECK_OK(fixture_change(&f, &order_entity, order, &patch));
    CHECK_INT(fixture_totals(&f, li).order_count, 0);
    CHECK_INT(fixture_totals(&f, li).refund_count, 0);
    CHECK_INT(fixture_totals(&f, han).net_amount, 50 * MONEY_ONE);
    CHECK_INT(fixture_int(&f, SQL("SELECT count(*) FROM order_line WHERE customer_id = "), han.v),
              1);
    CHECK_INT(fixture_verify(&f), 0);
}

// A prospect becomes a customer by his first paid order, and stays one when it goes.
BOTH(stage_follows_first_order)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id li = fixture_customer(&f, S("李雷"));
    SqlText stage = SQL("SELECT stage FROM customer WHERE id = ");
    (void)fixture_order(&f, li, S("2026-01-05"), 10, 0, NULL, 0);
    CHECK_INT(fixture_int(&f, stage, li.v), STAGE_PROSPECT);
    Id order = fixture_order(&f, li, S("2026-01-06"), 10, 9, NULL, 0);
    CHECK_INT(fixture_int(&f, stage, li.v), STAGE_CUSTOMER);
    CHECK_OK(fixture_delete(&f, &order_entity, order));
    CHECK_INT(fixture_int(&f, stage, li.v), STAGE_CUSTOMER);
}

BOTH(verify_finds_what_is_wrong)
{
    CLEANUP(fixture_close) Fixture f;
    if (!fixture_open(&f, postgres))
        return;
    Id li = fixture_customer(&f, S("李雷"));
    OrderLine lines[] = { line(f.products[0], 1, 80) };
    Id order = fixture_order(&f, li, S("2026-01-05"), 10, 80, lines, 1);
    static const SqlText DAMAGE[] = {
        SQL_INIT("UPDATE customer_stat SET total_amount = total_amount + 1 WHERE id = "),
        SQL_INIT("UPDATE orders SET line_count = 7 WHERE id = "),
        SQL_INIT("UPDATE orders SET refund_amount = 7 WHERE id = "),
        SQL_INIT("UPDATE order_line SET customer_id = NULL WHERE order_id = "),
        SQL_INIT("DELETE FROM order_line WHERE order_id = "),
    };
    int64_t found = 0;
    for (size_t i = 0; i < ARRAY_LEN(DAMAGE); i++) {
        CHECK_OK(fixture_exec(&f, DAMAGE[i], i == 0 ? li.v : order.v));
        int64_t now = fixture_verify(&f);
        CHECK_ROW(now > found || i == 4, "damage %zu: %" PRId64 " findings", i, now);
        found = now;
    }
}
