#include "demo/demo.h"
#include "kit/kit.h"
#include "kit/store.h"

static const Entity *const ENTITIES[] = {
    &user_entity,    &department_entity, &role_entity,    &shop_entity,    &category_entity,
    &product_entity, &customer_entity,   &contact_entity, &address_entity, &identity_entity,
    &order_entity,   &line_entity,       &refund_entity,
};

// app/ gives these to auth/; here nobody signs in.
Auth *auth_of(void *app)
{
    return ((App *)app)->auth;
}

Store *auth_store(void *app)
{
    return ((App *)app)->store;
}

enum { SMALL = 40, SOME = 300 };

static Day some_day(void)
{
    return day_from_date((Date){ 2026, 1, 15 });
}

// A test has one folder: what an earlier store left there is taken away.
static bool opened(KitStore *k, bool postgres)
{
    static const char *const FILES[] = { "test.db", "test.db-wal", "test.db-shm" };
    for (size_t i = 0; i < ARRAY_LEN(FILES); i++) {
        const char *path = arena_fmt(kit_arena(), "%s/%s", kit_dir(), FILES[i]).ptr;
        if (os_exists(path))
            CHECK_OK(os_remove(kit_ctx(), path));
    }
    return kit_store(k, postgres, ENTITIES, ARRAY_LEN(ENTITIES));
}

static void fill(KitStore *k, int customers)
{
    DemoOptions o = { .customers = customers, .today = some_day() };
    CHECK_OK(demo_fill(k->cx, k->store, &o));
}

static int64_t ask(KitStore *k, SqlText text)
{
    int64_t n = -1;
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(k->cx, k->store, &db));
    Sql *q = sql_new(k->cx->arena, db);
    sql_add(q, text);
    CHECK_OK(db_int(k->cx, db, q, &n));
    return n;
}

static void add_rows(KitStore *k, SqlText text, Sha256 *h)
{
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(k->cx, k->store, &db));
    Sql *q = sql_new(k->cx->arena, db);
    sql_add(q, text);
    CLEANUP(stmt_cleanup) Stmt *st = NULL;
    CHECK_OK(db_run(k->cx, db, q, &st));
    while (stmt_next(st)) {
        sha256_add(h, stmt_view(st, 0));
        for (int i = 1; i < 4; i++) {
            int64_t n = stmt_int(st, i);
            sha256_add(h, (Str){ (const char *)&n, sizeof(n) });
        }
    }
    CHECK_OK(stmt_end(k->cx, &st));
}

static Str digest(KitStore *k)
{
    uint8_t bytes[DIGEST_BYTES];
    Sha256 h;
    sha256_start(&h);
    add_rows(k, SQL("SELECT name, id, coalesce(birthday, 0), kind FROM customer ORDER BY id"), &h);
    add_rows(k, SQL("SELECT name, price, cost, stock FROM product ORDER BY id"), &h);
    add_rows(k, SQL("SELECT number, paid_amount, ordered_at, state FROM orders ORDER BY id"), &h);
    add_rows(k, SQL("SELECT number, amount, refunded_at, state FROM refund ORDER BY id"), &h);
    sha256_end(&h, bytes);
    return hex(k->cx->arena, bytes, sizeof(bytes));
}

static Str filled_digest(bool postgres, int customers)
{
    CLEANUP(kit_store_close) KitStore k = { 0 };
    if (!opened(&k, postgres))
        return (Str){ 0 };
    fill(&k, customers);
    return arena_dup(kit_arena(), digest(&k));
}

TEST(two_fillings_are_equal)
{
    Str one = filled_digest(false, SMALL);
    CHECK(one.len == 2 * DIGEST_BYTES);
    CHECK_STR(filled_digest(false, SMALL), one);
    CHECK(!str_eq(filled_digest(false, SMALL + 1), one));
}

TEST(postgres_gets_the_same)
{
    Str other = filled_digest(true, SMALL);
    if (other.len > 0)
        CHECK_STR(other, filled_digest(false, SMALL));
}

static const struct {
    const char *what;
    SqlText ask;
    int64_t least, most;
} COUNTS[] = {
    { "shops", SQL_INIT("SELECT count(*) FROM shop"), 3, 3 },
    { "categories", SQL_INIT("SELECT count(*) FROM category"), 12, 14 },
    { "products", SQL_INIT("SELECT count(*) FROM product"), 170, 230 },
    { "customers", SQL_INIT("SELECT count(*) FROM customer"), SOME, SOME },
    { "orders", SQL_INIT("SELECT count(*) FROM orders"), SOME * 6, SOME * 6 },
    { "firms", SQL_INIT("SELECT count(*) FROM customer WHERE kind = 1"), 4, 40 },
    { "contacts of firms only",
      SQL_INIT("SELECT count(*) FROM contact c JOIN customer k ON k.id = c.customer_id WHERE "
               "k.kind = 0"),
      0, 0 },
    { "prospects", SQL_INIT("SELECT count(*) FROM customer WHERE stage = 0"), 5, 45 },
    { "prospects with paid orders",
      SQL_INIT("SELECT count(*) FROM customer c JOIN customer_stat s ON s.id = c.id "
               "WHERE c.stage = 0 AND s.order_count > 0"),
      0, 0 },
    { "one-time buyers", SQL_INIT("SELECT count(*) FROM customer_stat WHERE order_count = 1"), 70,
      170 },
    { "loyal ones", SQL_INIT("SELECT count(*) FROM customer_stat WHERE order_count > 15"), 10, 70 },
    { "never paid", SQL_INIT("SELECT count(*) FROM orders WHERE paid_amount = 0"), 60, 160 },
    { "never paid without a reason",
      SQL_INIT("SELECT count(*) FROM orders WHERE paid_amount = 0 AND unpaid_reason IS NULL"), 0,
      0 },
    { "refunds", SQL_INIT("SELECT count(*) FROM refund"), 40, 110 },
    { "refunds above what was paid",
      SQL_INIT("SELECT count(*) FROM refund r JOIN orders o ON o.id = r.order_id WHERE r.amount > "
               "o.paid_amount"),
      0, 0 },
    { "lines", SQL_INIT("SELECT count(*) FROM order_line"), SOME * 8, SOME * 13 },
    { "orders without lines", SQL_INIT("SELECT count(*) FROM orders WHERE line_count = 0"), 0, 0 },
    { "orders in autumn against summer, percent",
      SQL_INIT("SELECT 100 * (SELECT count(*) FROM orders WHERE ordered_at BETWEEN 1762300800000 "
               "AND 1763078400000)"
               " / (SELECT count(*) FROM orders WHERE ordered_at BETWEEN 1754352000000 AND "
               "1755129600000)"),
      150, 2000 },
    { "users", SQL_INIT("SELECT count(*) FROM app_user"), 8, 8 },
    { "users who could sign in", SQL_INIT("SELECT count(*) FROM user_login"), 0, 0 },
    { "orders of today or later (2026-01-15 in Shanghai)",
      SQL_INIT("SELECT count(*) FROM orders WHERE ordered_at >= 1768406400000"), 0, 0 },
    { "orders of yesterday",
      SQL_INIT("SELECT count(*) FROM orders WHERE ordered_at >= 1768320000000"), 1, 60 },
    { "anything that happens after yesterday",
      SQL_INIT(
          "SELECT count(*) FROM orders WHERE paid_at > 1768406400000 OR "
          "shipped_at > 1768406400000 OR done_at > 1768406400000 OR closed_at > 1768406400000"),
      0, 0 },
};

TEST(counts_are_those_of_a_shop)
{
    CLEANUP(kit_store_close) KitStore k = { 0 };
    if (!opened(&k, false))
        return;
    fill(&k, SOME);
    for (size_t i = 0; i < ARRAY_LEN(COUNTS); i++) {
        int64_t n = ask(&k, COUNTS[i].ask);
        CHECK_ROW(n >= COUNTS[i].least && n <= COUNTS[i].most, "%s: %lld", COUNTS[i].what,
                  (long long)n);
    }
}

// Integrity, the chain of changes and the kept totals.
static void prove(bool postgres)
{
    CLEANUP(kit_store_close) KitStore k = { 0 };
    if (!opened(&k, postgres))
        return;
    fill(&k, SMALL);
    int64_t n = 0;
    CHECK_OK(store_integrity(k.cx, k.store, true));
    CHECK_OK(change_verify(k.cx, k.store, &n));
    CHECK(n > SMALL * 7);
    CLEANUP(db_release) Db *db = NULL;
    CHECK_OK(store_read(k.cx, k.store, &db));
    Buf findings = buf_new(k.cx->arena, LIMIT_JSON_BODY);
    int64_t checked = 0;
    CHECK_OK(order_module.verify(k.cx, db, &findings, &checked));
    CHECK_STR(buf_str(&findings), S(""));
    CHECK(checked >= SMALL);
}

TEST(proof_finds_nothing_on_sqlite)
{
    prove(false);
}

TEST(proof_finds_nothing_on_postgres)
{
    prove(true);
}

static Status one_product(Ctx *cx, Db *db, void *arg)
{
    Product p = { .name = S("one") };
    row_touch(&p.row, PRODUCT_name);
    TRY(change_create(cx, db, catalog_of(cx, &product_entity), &p, (Str){ 0 }));
    bool deleted = *(const bool *)arg;
    return deleted ? change_delete(cx, db, catalog_of(cx, &product_entity), p.id, 0, (Str){ 0 })
                   : STATUS_OK;
}

TEST(a_used_store_is_refused)
{
    static const bool DELETED[] = { false, true };
    for (size_t i = 0; i < ARRAY_LEN(DELETED); i++) {
        CLEANUP(kit_store_close) KitStore k = { 0 };
        if (!opened(&k, false))
            return;
        bool deleted = DELETED[i];
        CHECK_OK(store_write(k.cx, k.store, one_product, &deleted));
        DemoOptions o = { .customers = SMALL, .today = some_day() };
        CHECK_STATUS(demo_fill(k.cx, k.store, &o), CONFLICT);
        CHECK_STR(str_z(k.cx->errors->code), S("demo.used"));
        CHECK_INT(ask(&k, SQL("SELECT count(*) FROM customer")), 0);
        CHECK_INT(ask(&k, SQL("SELECT count(*) FROM app_user")), 0);
    }
}

static Status stop_at_once(void *arg, int64_t done, int64_t total)
{
    CHECK(done > 0 && done <= total);
    return FAIL((Ctx *)arg, CONFLICT, "job.cancelled", NULL, "stop");
}

TEST(progress_can_end_it)
{
    CLEANUP(kit_store_close) KitStore k = { 0 };
    if (!opened(&k, false))
        return;
    DemoOptions o = {
        .customers = SOME, .today = some_day(), .progress = stop_at_once, .arg = k.cx
    };
    CHECK_STATUS(demo_fill(k.cx, k.store, &o), CONFLICT);
    CHECK(ask(&k, SQL("SELECT count(*) FROM customer")) < SOME);
}
