#include "kit/kit.h"
#include "os/os.h"

TEST(clock_is_in_this_century)
{
    static const int64_t Y2024 = 1704067200000;
    static const int64_t Y2100 = 4102444800000;
    Instant t = os_now();
    CHECK(t.ms > Y2024 && t.ms < Y2100);
}

TEST(sleep_takes_at_least_its_time)
{
    int64_t before = os_monotonic_us();
    os_sleep_ms(20);
    CHECK(os_monotonic_us() - before >= 20000);
    before = os_monotonic_us();
    os_sleep_ms(-5);
    CHECK(os_monotonic_us() - before < 1000000);
}

TEST(random_text_has_the_length_and_letters_of_base64url)
{
    static const struct {
        size_t bytes, letters;
    } ROWS[] = { { 0, 0 }, { 1, 2 }, { 2, 3 }, { 3, 4 }, { 16, 22 }, { 32, 43 } };
    for (size_t i = 0; i < ARRAY_LEN(ROWS); i++) {
        Str s = os_random_text(kit_arena(), ROWS[i].bytes);
        CHECK_INT(s.len, ROWS[i].letters);
        for (size_t k = 0; k < s.len; k++)
            CHECK(ascii_is_digit(s.ptr[k]) || ascii_is_alpha(s.ptr[k]) || s.ptr[k] == '-' ||
                  s.ptr[k] == '_');
    }
}

TEST(random_never_repeats)
{
    enum { TRIES = 2000 };
    Map seen = map_new(kit_arena());
    for (int i = 0; i < TRIES; i++) {
        bool is_new = false;
        (void)map_put(&seen, os_random_text(kit_arena(), 16), &is_new);
        CHECK(is_new);
    }
    CHECK(os_random_u64() != os_random_u64());
}
