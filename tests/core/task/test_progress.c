/* core/task/throttler and progress: what passes when, counts, rate, estimates; time is the test's own. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/task/progress.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int64_t test_now;

static int64_t read_now(void *user)
{
    return *(int64_t *)user;
}

static const vt_time_source test_time = {read_now, &test_now};

static unsigned emitted;
static vt_throttled_update newest;

static void on_update(void *user, const vt_throttled_update *update)
{
    assert_ptr_equal(user, &emitted);
    emitted++;
    newest = *update;
}

static vt_throttler *make_throttler(int64_t interval)
{
    emitted = 0;
    test_now = 0;
    vt_throttler *throttler = vt_throttler_create(interval, on_update, &emitted, &test_time);
    assert_non_null(throttler);
    return throttler;
}

static void first_and_last_pass_and_the_rest_by_interval(void **state)
{
    (void)state;
    vt_throttler *throttler = make_throttler(VT_THROTTLE_IMPORT);
    assert_true(vt_throttler_is_due(throttler));
    assert_true(vt_throttler_update(throttler, 1, 1000, "a"));
    for (uint64_t i = 2; i < 1000; i++) {
        test_now += VT_NS_PER_MS;
        vt_throttler_update(throttler, i, 1000, "b");
    }
    assert_int_equal(emitted, 10); /* at 0 and at 100, 200, ... 900 ms */
    assert_false(vt_throttler_is_due(throttler));
    assert_true(vt_throttler_update(throttler, 1000, 1000, NULL));
    assert_int_equal(newest.current, 1000);
    assert_string_equal(newest.text, "");
    vt_throttler_stats stats;
    vt_throttler_get_stats(throttler, &stats);
    assert_int_equal(stats.total, 1000);
    assert_int_equal(stats.emitted, 11);
    assert_int_equal(stats.throttled, 989);
    vt_throttler_free(throttler);
    vt_throttler_free(NULL);
}

static void the_newest_held_back_can_be_flushed(void **state)
{
    (void)state;
    vt_throttler *throttler = make_throttler(VT_THROTTLE_DEFAULT);
    assert_false(vt_throttler_flush_pending(throttler));
    vt_throttler_update(throttler, 1, 0, "one");
    assert_false(vt_throttler_update(throttler, 2, 0, "two"));
    assert_false(vt_throttler_update(throttler, 3, 0, "three"));
    assert_true(vt_throttler_flush_pending(throttler));
    assert_int_equal(newest.current, 3);
    assert_string_equal(newest.text, "three");
    assert_false(vt_throttler_flush_pending(throttler));
    /* An update that passes makes older ones moot. */
    vt_throttler_update(throttler, 4, 0, NULL);
    test_now += VT_THROTTLE_DEFAULT;
    assert_true(vt_throttler_update(throttler, 5, 0, NULL));
    assert_false(vt_throttler_flush_pending(throttler));
    vt_throttler_free(throttler);
}

static void force_lets_one_pass(void **state)
{
    (void)state;
    vt_throttler *throttler = make_throttler(VT_THROTTLE_DEFAULT);
    vt_throttler_update(throttler, 1, 0, NULL);
    vt_throttler_force_next(throttler);
    assert_true(vt_throttler_is_due(throttler));
    assert_true(vt_throttler_update(throttler, 2, 0, NULL));
    assert_false(vt_throttler_update(throttler, 3, 0, NULL));
    vt_throttler_free(throttler);
}

static void long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    vt_throttler *throttler = make_throttler(0);
    char text[300] = "x";
    for (int i = 0; i < 100; i++) {
        memcpy(text + 1 + 2 * i, "\xc3\xa4", 3);
    }
    assert_true(vt_throttler_update(throttler, 1, 0, text));
    assert_int_equal(strlen(newest.text), 191);
    assert_true(vt_utf8_valid(newest.text, strlen(newest.text)));
    vt_throttler_update(throttler, 2, 0, text + 1);
    assert_int_equal(strlen(newest.text), 190);
    vt_throttler_free(throttler);
}

static vt_progress_report shown;
static unsigned reports;

static void on_report(void *user, const vt_progress_report *report)
{
    (void)user;
    reports++;
    shown = *report;
}

static vt_progress *make_progress(uint64_t total)
{
    test_now = 5 * VT_NS_PER_S;
    reports = 0;
    vt_progress *progress = vt_progress_create(total, VT_THROTTLE_IMPORT, on_report, NULL, &test_time);
    assert_non_null(progress);
    return progress;
}

static void counts_rate_and_estimate(void **state)
{
    (void)state;
    vt_progress *progress = make_progress(1000);
    for (int i = 0; i < 250; i++) {
        test_now += 10 * VT_NS_PER_MS;
        if (i % 10 == 0) {
            vt_progress_increment_failed(progress, 1);
        } else {
            vt_progress_increment(progress, 1);
        }
    }
    vt_progress_report report;
    vt_progress_get_report(progress, &report);
    assert_int_equal(report.completed, 225);
    assert_int_equal(report.failed, 25);
    assert_true(fabs(report.percent - 25) < 1e-9);
    assert_true(fabs(report.items_per_second - 100) < 1);
    assert_int_equal(report.elapsed, 2500 * VT_NS_PER_MS);
    assert_true(llabs(report.remaining - 7500 * VT_NS_PER_MS) < 100 * VT_NS_PER_MS);
    assert_false(report.indeterminate);
    assert_int_equal(reports, 25);
    vt_progress_increment(progress, 750);
    assert_int_equal(shown.completed, 975); /* complete: shown at once */
    assert_int_equal(shown.remaining, 0);
    assert_false(shown.finished);
    vt_progress_finish(progress);
    assert_true(shown.finished);
    assert_int_equal(reports, 27);
    vt_progress_finish(progress);
    vt_progress_increment(progress, 1);
    vt_progress_set_total(progress, 5000);
    vt_progress_add_found(progress, 7);
    assert_int_equal(reports, 27);
    vt_progress_get_report(progress, &report);
    assert_int_equal(report.completed, 975);
    assert_int_equal(report.total, 1000);
    vt_progress_free(progress);
    vt_progress_free(NULL);
}

static void the_rate_follows_the_work(void **state)
{
    (void)state;
    vt_progress *progress = make_progress(1000000);
    vt_progress_report report;
    vt_progress_increment(progress, 1);
    vt_progress_get_report(progress, &report);
    assert_true(report.items_per_second == 0); /* too early to tell */
    assert_int_equal(report.remaining, -1);
    for (int i = 0; i < 1000; i++) {
        test_now += 10 * VT_NS_PER_MS;
        vt_progress_increment(progress, 10);
    }
    vt_progress_get_report(progress, &report);
    assert_true(fabs(report.items_per_second - 1000) < 20);
    for (int i = 0; i < 1000; i++) {
        test_now += 10 * VT_NS_PER_MS;
        vt_progress_increment(progress, 1);
    }
    vt_progress_get_report(progress, &report);
    assert_true(fabs(report.items_per_second - 100) < 2);
    test_now += 60 * VT_NS_PER_S; /* stuck */
    vt_progress_get_report(progress, &report);
    assert_true(report.items_per_second == 0);
    assert_int_equal(report.remaining, -1);
    vt_progress_free(progress);
}

static void an_unknown_total_has_no_percentage(void **state)
{
    (void)state;
    vt_progress *progress = make_progress(0);
    vt_progress_add_found(progress, 10);
    vt_progress_increment(progress, 10);
    vt_progress_report report;
    vt_progress_get_report(progress, &report);
    assert_true(report.indeterminate);
    assert_int_equal(report.total, 10);
    assert_true(report.percent == -1);
    assert_int_equal(report.remaining, -1);
    vt_progress_set_total(progress, 5); /* never below what has ended */
    vt_progress_get_report(progress, &report);
    assert_false(report.indeterminate);
    assert_int_equal(report.total, 10);
    assert_true(report.percent == 100);
    vt_progress_increment(progress, 1);
    vt_progress_get_report(progress, &report);
    assert_int_equal(report.total, 11);
    assert_true(report.percent == 100);
    vt_progress_free(progress);
}

static void a_scan_does_not_defeat_the_throttle(void **state)
{
    (void)state;
    vt_progress *progress = make_progress(0);
    for (int i = 0; i < 100; i++) {
        vt_progress_add_found(progress, 1);
        vt_progress_increment(progress, 1); /* work keeps up: all that is known has ended */
    }
    assert_int_equal(reports, 1);
    vt_throttler_stats stats;
    vt_progress_get_stats(progress, &stats);
    assert_int_equal(stats.total, 200);
    assert_int_equal(stats.emitted, 1);
    assert_int_equal(stats.throttled, 199);
    vt_progress_free(progress);
}

static void an_ended_batch_that_is_incomplete_has_no_estimate(void **state)
{
    (void)state;
    vt_progress *progress = make_progress(100);
    vt_progress_increment(progress, 10);
    test_now += VT_NS_PER_S;
    vt_progress_finish(progress);
    assert_true(shown.finished);
    assert_int_equal(shown.remaining, -1);
    assert_true(shown.percent == 10);
    vt_progress_free(progress);
}

static vt_progress *asked;

static void *ask_for_figures(void *user)
{
    vt_progress_get_report(asked, user);
    return NULL;
}

static void let_another_ask(void *user, const vt_progress_report *report)
{
    (void)user;
    pthread_t other;
    vt_progress_report now;
    assert_int_equal(pthread_create(&other, NULL, ask_for_figures, &now), 0);
    pthread_join(other, NULL);
    assert_int_equal(now.completed, report->completed);
    reports++;
}

/* Whom a report wakes asks for figures at once: were they locked meanwhile, this test would never end. */
static void others_ask_while_a_report_is_on_its_way(void **state)
{
    (void)state;
    reports = 0;
    asked = vt_progress_create(2, 0, let_another_ask, NULL, NULL);
    vt_progress_increment(asked, 1);
    vt_progress_increment_failed(asked, 1);
    vt_progress_finish(asked);
    assert_int_equal(reports, 3);
    vt_progress_free(asked);
}

static void *increment_many(void *argument)
{
    for (int i = 0; i < 2000; i++) {
        vt_progress_increment(argument, 1);
        vt_progress_increment_failed(argument, 1);
    }
    return NULL;
}

static void many_threads_count_right(void **state)
{
    (void)state;
    reports = 0;
    vt_progress *progress = vt_progress_create(16000, 0, on_report, NULL, NULL);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, increment_many, progress), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(reports, 16000); /* interval 0 holds nothing back */
    assert_int_equal(shown.completed, 8000);
    assert_int_equal(shown.failed, 8000);
    vt_progress_free(progress);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_and_last_pass_and_the_rest_by_interval),
        cmocka_unit_test(the_newest_held_back_can_be_flushed),
        cmocka_unit_test(force_lets_one_pass),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(counts_rate_and_estimate),
        cmocka_unit_test(the_rate_follows_the_work),
        cmocka_unit_test(an_unknown_total_has_no_percentage),
        cmocka_unit_test(a_scan_does_not_defeat_the_throttle),
        cmocka_unit_test(an_ended_batch_that_is_incomplete_has_no_estimate),
        cmocka_unit_test(others_ask_while_a_report_is_on_its_way),
        cmocka_unit_test(many_threads_count_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
