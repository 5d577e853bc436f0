/* core/layout/live_panes: which panes wake and sleep, the budget, closed panes, pressure. */
#include "tests/support/check.h"

#include "core/layout/groups.h"
#include "core/layout/live_panes.h"
#include "tests/support/random.h"

static const vt_geometry_style style = {.divider = 2, .header = 4};
static vt_geometry *geometry;
static const vt_rect all = {0, 0, 1000, 1000};

/* A window of `count` panes in one row; ids in `ids` from left to right. */
static vt_panes *make_row(vt_pane_id *ids, int count)
{
    vt_panes *panes = vt_panes_create("p:A", &ids[0], NULL);
    assert_non_null(panes);
    for (int i = 1; i < count; i++) {
        assert_true(vt_panes_split(panes, ids[i - 1], VT_PANE_RIGHT, "p:A", &ids[i], NULL));
    }
    if (count > 1) {
        assert_true(vt_panes_even_out(panes, ids[0], NULL));
    }
    return panes;
}

/* A turn over all windows, each `width` wide, of which the part in `clip` can be seen. */
static vt_live_change turn(vt_live_panes *set, const vt_panes *panes, int width, vt_rect clip)
{
    vt_live_change change;
    vt_panes_window window;
    vt_live_panes_begin(set);
    for (size_t i = 0; vt_panes_window_at(panes, i, &window); i++) {
        const vt_geometry_map *map =
            vt_geometry_get(geometry, panes, window.id, (vt_rect){0, 0, width, 1000}, NULL);
        assert_non_null(map);
        assert_true(vt_live_panes_see(set, panes, map, clip, NULL));
    }
    assert_true(vt_live_panes_end(set, &change, NULL));
    return change;
}

static void test_few_panes_all_stay(void **state)
{
    (void)state;
    vt_pane_id ids[40];
    vt_panes *panes = make_row(ids, 40);
    vt_live_panes *set = vt_live_panes_create(VT_LIVE_PANES_SPARE, NULL);
    vt_live_change change = turn(set, panes, 1000, all);
    assert_int_equal(change.wake_count, 40);
    assert_int_equal(change.sleep_count, 0);
    assert_true(vt_panes_maximise(panes, ids[7], NULL));
    change = turn(set, panes, 1000, all); /* 39 are covered and stay */
    assert_int_equal(change.wake_count, 0);
    assert_int_equal(change.sleep_count, 0);
    vt_live_stats stats;
    vt_live_panes_get_stats(set, &stats);
    assert_int_equal(stats.visible, 1);
    assert_int_equal(stats.live, 40);
    vt_live_panes_free(set);
    vt_panes_free(panes);
}

static void test_many_panes_keep_to_the_budget(void **state)
{
    (void)state;
    static vt_pane_id ids[1000];
    vt_panes *panes = make_row(ids, 1000);
    vt_live_panes *set = vt_live_panes_create(VT_LIVE_PANES_SPARE, NULL);
    vt_live_stats stats;
    /* 9998 wide: a pane is 8 pixels and its divider 2. A tenth of it can be seen, and is scrolled. */
    for (int x = 0; x < 9000; x += 10) {
        vt_live_change change = turn(set, panes, 9998, (vt_rect){x, 0, 1000, 1000});
        vt_live_panes_get_stats(set, &stats);
        assert_int_equal(stats.visible, 100);
        assert_true(stats.live <= 100 + VT_LIVE_PANES_SPARE);
        assert_int_equal(change.wake_count, x == 0 ? 100 : 1);
        if (x > 0) {
            assert_int_equal(change.wake[0], ids[99 + x / 10]);
        }
        assert_int_equal(change.sleep_count, x > 500 ? 1 : 0);
        if (change.sleep_count) { /* the one that was seen longest ago */
            assert_int_equal(change.sleep[0], ids[x / 10 - 51]);
            assert_false(vt_live_panes_is_live(set, change.sleep[0]));
        }
    }
    /* Back where it was a moment ago: the widgets are still there. */
    assert_int_equal(turn(set, panes, 9998, (vt_rect){8600, 0, 1000, 1000}).wake_count, 0);
    assert_int_equal(stats.panes, 1000);
    vt_live_panes_free(set);
    vt_panes_free(panes);
}

static void test_unseen_in_every_way(void **state)
{
    (void)state;
    vt_pane_id ids[3], group = 0, window = 0;
    vt_panes *panes = make_row(ids, 3);
    vt_live_panes *set = vt_live_panes_create(0, NULL); /* none stays live unseen */
    assert_int_equal(turn(set, panes, 1000, all).wake_count, 3);
    assert_int_equal(turn(set, panes, 1000, (vt_rect){0}).sleep_count, 3); /* minimised */
    assert_int_equal(turn(set, panes, 1000, all).wake_count, 3);
    assert_int_equal(turn(set, panes, 5, all).sleep_count, 2); /* one pixel for panes, four for dividers */
    assert_int_equal(turn(set, panes, 1000, all).wake_count, 2);
    assert_true(vt_panes_group_create(panes, "G", &group, NULL) &&
                vt_panes_set_group(panes, ids[1], group, NULL) &&
                vt_panes_group_collapse(panes, group, true, NULL));
    vt_live_change change = turn(set, panes, 1000, all);
    assert_int_equal(change.sleep_count, 1);
    assert_int_equal(change.sleep[0], ids[1]);
    assert_true(vt_panes_group_collapse(panes, group, false, NULL));
    assert_int_equal(turn(set, panes, 1000, all).wake_count, 1);
    /* In a window of its own it stays live: nothing is made anew by moving. */
    assert_true(vt_panes_detach(panes, ids[1], (vt_rect){0}, &window, NULL));
    change = turn(set, panes, 1000, all);
    assert_int_equal(change.wake_count + change.sleep_count, 0);
    assert_true(vt_live_panes_is_live(set, ids[1]));
    /* A closed pane is not told to sleep: whoever closed it has its widget. */
    assert_true(vt_panes_close(panes, ids[1], NULL));
    change = turn(set, panes, 1000, all);
    assert_int_equal(change.wake_count + change.sleep_count, 0);
    assert_false(vt_live_panes_is_live(set, ids[1]));
    vt_live_panes_free(set);
    vt_live_panes_free(NULL);
    vt_panes_free(panes);
}

static void test_pressure(void **state)
{
    (void)state;
    vt_pane_id ids[30];
    vt_panes *panes = make_row(ids, 30);
    vt_live_panes *set = vt_live_panes_create(VT_LIVE_PANES_SPARE, NULL);
    turn(set, panes, 1000, all);
    assert_true(vt_panes_maximise(panes, ids[0], NULL));
    assert_int_equal(turn(set, panes, 1000, all).sleep_count, 0);
    vt_live_panes_set_spare(set, 4);
    assert_int_equal(turn(set, panes, 1000, all).sleep_count, 25);
    vt_live_panes_free(set);
    vt_panes_free(panes);
}

/* Whatever comes, told changes and the live set agree. */
static void test_changes_agree_with_what_is_live(void **state)
{
    (void)state;
    static vt_pane_id ids[300];
    static bool live[1024];
    vt_panes *panes = make_row(ids, 300);
    vt_live_panes *set = vt_live_panes_create(20, NULL);
    vt_live_stats stats;
    for (int step = 0; step < 2000; step++) {
        vt_rect clip = {(int)(random_next() % 3000), 0, (int)(random_next() % 600), 10};
        if (step % 50 == 49) {
            vt_pane_id gone = vt_panes_next_pane(panes, vt_panes_next_pane(panes, 0));
            assert_true(vt_panes_close(panes, gone, NULL));
            live[gone] = false;
        }
        vt_live_change change = turn(set, panes, 3000, clip);
        for (size_t i = 0; i < change.wake_count; i++) {
            assert_false(live[change.wake[i]]);
            live[change.wake[i]] = true;
        }
        for (size_t i = 0; i < change.sleep_count; i++) {
            assert_true(live[change.sleep[i]]);
            live[change.sleep[i]] = false;
        }
        size_t count = 0;
        for (vt_pane_id id = vt_panes_next_pane(panes, 0); id != 0; id = vt_panes_next_pane(panes, id)) {
            assert_int_equal(live[id], vt_live_panes_is_live(set, id));
            count += live[id];
        }
        vt_live_panes_get_stats(set, &stats);
        assert_int_equal(stats.live, count);
        assert_true(stats.live <= stats.visible + 20);
    }
    vt_live_panes_free(set);
    vt_panes_free(panes);
}

int main(void)
{
    geometry = vt_geometry_create(&style, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_panes_all_stay), cmocka_unit_test(test_many_panes_keep_to_the_budget),
        cmocka_unit_test(test_unseen_in_every_way), cmocka_unit_test(test_pressure),
        cmocka_unit_test(test_changes_agree_with_what_is_live)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vt_geometry_free(geometry);
    return failed;
}
