/* core/layout/coalesce: one update in 16 ms, 60 paints a second, dirty rectangles brought together. */
#include "tests/support/check.h"

#include "core/layout/coalesce.h"
#include "tests/support/random.h"

#include <string.h>

#define MS INT64_C(1000000)

/* Any moment; a clock does not begin at 0. */
static const int64_t start = 5000 * MS;

static void test_rates(void **state)
{
    (void)state;
    vt_coalesce coalesce = {0};
    assert_int_equal(vt_coalesce_wait(&coalesce, start), -1);
    vt_coalesce_work work = vt_coalesce_take(&coalesce, start);
    assert_false(work.update || work.paint_count);
    vt_coalesce_request(&coalesce);
    assert_int_equal(vt_coalesce_wait(&coalesce, start), 0); /* the first one at once */
    assert_true(vt_coalesce_take(&coalesce, start).update);
    vt_coalesce_request(&coalesce);
    assert_int_equal(vt_coalesce_wait(&coalesce, start + MS), 15 * MS);
    assert_false(vt_coalesce_take(&coalesce, start + 16 * MS - 1).update);
    assert_int_equal(vt_coalesce_wait(&coalesce, start + 16 * MS - 1), 1);
    assert_true(vt_coalesce_take(&coalesce, start + 16 * MS).update);
    assert_int_equal(vt_coalesce_wait(&coalesce, start + 16 * MS), -1);

    /* An update, and a paint 2/3 of a millisecond later than it would be allowed: the nearer one is waited
     * for. */
    vt_coalesce_dirty(&coalesce, (vt_rect){0, 0, 1, 1});
    assert_int_equal(vt_coalesce_take(&coalesce, start + 16 * MS).paint_count, 1);
    vt_coalesce_dirty(&coalesce, (vt_rect){0, 0, 1, 1});
    assert_int_equal(vt_coalesce_wait(&coalesce, start + 16 * MS), VT_COALESCE_PAINT_NS);
    vt_coalesce_request(&coalesce);
    assert_int_equal(vt_coalesce_wait(&coalesce, start + 16 * MS), 16 * MS);
    work = vt_coalesce_take(&coalesce, start + 32 * MS);
    assert_true(work.update && work.paint_count == 0);
    work = vt_coalesce_take(&coalesce, start + 33 * MS);
    assert_true(!work.update && work.paint_count == 1);
}

/* A thousand wishes a second for ten seconds, from something that comes back whenever it is told. */
static void test_a_flood(void **state)
{
    (void)state;
    vt_coalesce coalesce = {0};
    vt_coalesce_stats stats;
    int64_t due = -1;
    for (int64_t now = start; now < start + 10000 * MS; now += MS) {
        vt_coalesce_request(&coalesce);
        vt_coalesce_dirty(&coalesce, (vt_rect){(int)(random_next() % 1000), 0, 10, 10});
        if (due < 0 || now >= due) {
            vt_coalesce_take(&coalesce, now);
            int64_t wait = vt_coalesce_wait(&coalesce, now);
            due = wait < 0 ? -1 : now + wait;
        }
    }
    vt_coalesce_get_stats(&coalesce, &stats);
    assert_int_equal(stats.requests, 10000);
    assert_int_equal(stats.dirtied, 10000);
    assert_in_range(stats.updates, 500, 10000 / 16 + 1);
    assert_in_range(stats.paints, 500, 10 * 60 + 1);
}

static void test_dirty_rectangles(void **state)
{
    (void)state;
    vt_coalesce coalesce = {0};
    vt_coalesce_dirty(&coalesce, (vt_rect){0, 0, 10, 10});
    vt_coalesce_dirty(&coalesce, (vt_rect){100, 100, 10, 10}); /* far from it: both */
    vt_coalesce_dirty(&coalesce, (vt_rect){5, 5, 10, 10});     /* overlaps the first: one */
    vt_coalesce_dirty(&coalesce, (vt_rect){110, 100, 5, 10});  /* beside the second, as high: one */
    vt_coalesce_dirty(&coalesce, (vt_rect){50, 50, 0, 10});    /* empty */
    vt_coalesce_work work = vt_coalesce_take(&coalesce, start);
    assert_int_equal(work.paint_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_true(vt_rect_equal(work.paint[i], (vt_rect){0, 0, 15, 15}) ||
                    vt_rect_equal(work.paint[i], (vt_rect){100, 100, 15, 10}));
    }
    assert_int_equal(vt_coalesce_take(&coalesce, start + 100 * MS).paint_count, 0);
    /* One that connects others makes one of all of them. */
    vt_coalesce_dirty(&coalesce, (vt_rect){0, 0, 10, 10});
    vt_coalesce_dirty(&coalesce, (vt_rect){20, 0, 10, 10});
    vt_coalesce_dirty(&coalesce, (vt_rect){40, 0, 10, 10});
    vt_coalesce_dirty(&coalesce, (vt_rect){5, 2, 40, 3});
    work = vt_coalesce_take(&coalesce, start + 200 * MS);
    assert_int_equal(work.paint_count, 1);
    assert_true(vt_rect_equal(work.paint[0], (vt_rect){0, 0, 50, 10}));
}

/* However many: few rectangles, none over another, and every dirty pixel in them. */
static void test_nothing_dirty_is_forgotten(void **state)
{
    (void)state;
    enum { SIDE = 128 };
    static bool dirty[SIDE][SIDE];
    static unsigned char painted[SIDE][SIDE];
    for (int run = 0; run < 300; run++) {
        vt_coalesce coalesce = {0};
        memset(dirty, 0, sizeof dirty);
        memset(painted, 0, sizeof painted);
        for (unsigned i = random_next() % 60; i > 0; i--) {
            vt_rect rect = {(int)(random_next() % 120), (int)(random_next() % 120), (int)(random_next() % 8),
                            (int)(random_next() % 8)};
            vt_coalesce_dirty(&coalesce, rect);
            for (int y = rect.y; y < rect.y + rect.height; y++) {
                for (int x = rect.x; x < rect.x + rect.width; x++) {
                    dirty[y][x] = true;
                }
            }
        }
        vt_coalesce_work work = vt_coalesce_take(&coalesce, start);
        assert_true(work.paint_count <= VT_COALESCE_RECTS_MAX);
        for (size_t i = 0; i < work.paint_count; i++) {
            vt_rect rect = work.paint[i];
            for (int y = rect.y; y < rect.y + rect.height; y++) {
                for (int x = rect.x; x < rect.x + rect.width; x++) {
                    painted[y][x]++;
                }
            }
        }
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                assert_true(painted[y][x] <= 1);
                assert_true(painted[y][x] || !dirty[y][x]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rates), cmocka_unit_test(test_a_flood),
                                       cmocka_unit_test(test_dirty_rectangles),
                                       cmocka_unit_test(test_nothing_dirty_is_forgotten)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
