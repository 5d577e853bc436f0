/* Which frame is due when, at whole and broken rates. */
#include "tests/support/check.h"

#include "app/ui/viewer/playback.h"

#define MS INT64_C(1000000)

static vt_playback film(uint64_t frames)
{
    return (vt_playback){.frames = frames, .numerator = 24, .denominator = 1};
}

static void time_decides_which_frame_is_due(void **state)
{
    (void)state;
    vt_playback playback = film(10);
    assert_int_equal(vt_playback_due(&playback, 5000 * MS), 0); /* nothing plays */
    vt_playback_start(&playback, 3, 1000 * MS);
    assert_int_equal(vt_playback_due(&playback, 900 * MS), 3); /* a clock that stands is no reason to jump */
    assert_int_equal(vt_playback_due(&playback, 1000 * MS), 3);
    assert_int_equal(vt_playback_due(&playback, 1041 * MS), 3);
    assert_int_equal(vt_playback_due(&playback, 1042 * MS), 4);
    assert_int_equal(vt_playback_due(&playback, 1250 * MS), 9);
    assert_int_equal(vt_playback_due(&playback, 1292 * MS), 0); /* it begins anew */
    assert_int_equal(vt_playback_due(&playback, 3600 * 1000 * MS), (3 + (3600 - 1) * 24) % 10);
    vt_playback_stop(&playback);
    assert_int_equal(vt_playback_due(&playback, 9000 * MS), 3);
}

/* After an hour at 23.976 no frame is off. */
static void broken_rates_do_not_drift(void **state)
{
    (void)state;
    vt_playback playback = film(1000000);
    vt_playback_set_rate(&playback, 24000, 1001, 0, 0);
    vt_playback_start(&playback, 0, 0);
    int64_t hour = 3600 * 1000 * MS;
    assert_int_equal(vt_playback_due(&playback, hour), (uint64_t)3600 * 24000 / 1001);
    int64_t at = 0;
    for (uint64_t frame = 1; frame < 2000; frame++) { /* each wait ends where the next frame begins */
        at += vt_playback_wait(&playback, at);
        assert_int_equal(vt_playback_due(&playback, at), frame);
        assert_int_equal(vt_playback_due(&playback, at - 1), frame - 1);
    }
}

static void another_rate_goes_on_from_what_is_shown(void **state)
{
    (void)state;
    vt_playback playback = film(100);
    vt_playback_start(&playback, 0, 0);
    vt_playback_set_rate(&playback, 1, 2, 40, 1000 * MS);
    assert_int_equal(vt_playback_due(&playback, 1000 * MS), 40);
    assert_int_equal(vt_playback_due(&playback, 2999 * MS), 40);
    assert_int_equal(vt_playback_due(&playback, 3000 * MS), 41);
    vt_playback_stop(&playback);
    vt_playback_set_rate(&playback, 30, 1, 7, 4000 * MS);
    assert_false(playback.playing);
}

static void what_would_come_too_late_is_not_asked_for(void **state)
{
    (void)state;
    vt_playback playback = film(100);
    assert_int_equal(vt_playback_lead(&playback, 0), 1);
    assert_int_equal(vt_playback_lead(&playback, 30 * MS), 1);
    assert_int_equal(vt_playback_lead(&playback, 100 * MS), 3);
    assert_int_equal(vt_playback_lead(&playback, 3600 * 1000 * MS), VT_PLAYBACK_AHEAD_MAX);
    assert_true(vt_playback_is_ahead(&playback, 5, 5, 1));
    assert_false(vt_playback_is_ahead(&playback, 6, 5, 1));
    assert_true(vt_playback_is_ahead(&playback, 2, 98, 5));
    assert_false(vt_playback_is_ahead(&playback, 97, 98, 5));
}

static void what_is_played_once_ends_with_its_last_frame(void **state)
{
    (void)state;
    vt_playback playback = film(10);
    playback.once = true;
    vt_playback_start(&playback, 3, 0);
    assert_int_equal(vt_playback_due(&playback, 250 * MS), 9);
    assert_int_equal(vt_playback_due(&playback, 292 * MS), 9);
    assert_int_equal(vt_playback_due(&playback, 3600 * 1000 * MS), 9);
}

static void back_and_forth_neither_end_comes_twice(void **state)
{
    (void)state;
    static const uint64_t expected[] = {0, 1, 2, 3, 2, 1};
    uint64_t places = vt_playback_places(VT_PLAYBACK_BACK_AND_FORTH, 4);
    assert_int_equal(places, 6);
    for (uint64_t place = 0; place < places; place++) {
        assert_int_equal(vt_playback_frame_at(VT_PLAYBACK_BACK_AND_FORTH, 4, place), expected[place]);
    }
    assert_int_equal(vt_playback_places(VT_PLAYBACK_LOOP, 4), 4);
    assert_int_equal(vt_playback_frame_at(VT_PLAYBACK_LOOP, 4, 3), 3);
    assert_int_equal(vt_playback_places(VT_PLAYBACK_BACK_AND_FORTH, 1), 1);
    assert_int_equal(vt_playback_places(VT_PLAYBACK_BACK_AND_FORTH, 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_decides_which_frame_is_due),
        cmocka_unit_test(broken_rates_do_not_drift),
        cmocka_unit_test(another_rate_goes_on_from_what_is_shown),
        cmocka_unit_test(what_would_come_too_late_is_not_asked_for),
        cmocka_unit_test(what_is_played_once_ends_with_its_last_frame),
        cmocka_unit_test(back_and_forth_neither_end_comes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
