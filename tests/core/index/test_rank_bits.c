#include "core/index/rank_bits.h"

#include "tests/support/check.h"
#include "tests/support/random.h"

#include <stdlib.h>

/* Sets each bit with the chance of `share` of 1000, and compares with counting by hand. */
static void compare(uint32_t size, int share)
{
    vt_rank_bits bits;
    assert_true(vt_rank_bits_create(&bits, size));
    for (uint32_t i = 0; i < size; i++) {
        if ((int)(random_next() % 1000) < share) {
            vt_rank_bits_set(&bits, i);
        }
    }
    vt_rank_bits_count(&bits);
    uint32_t count = 0;
    for (uint32_t i = 0; i < size; i++) {
        assert_int_equal(vt_rank_bits_rank(&bits, i), count);
        if (vt_rank_bits_get(&bits, i)) {
            assert_int_equal(vt_rank_bits_select(&bits, count), i);
            count++;
        }
    }
    assert_int_equal(vt_rank_bits_rank(&bits, size), count);
    assert_int_equal(bits.count, count);
    vt_rank_bits_free(&bits);
}

static void ranks_and_selects_what_counting_finds(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {0, 1, 63, 64, 65, 511, 512, 513, 1024, 5000, 100000};
    static const int shares[] = {0, 1, 30, 500, 990, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
            compare(sizes[i], shares[k]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ranks_and_selects_what_counting_finds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
