/* The list of imports of a session: its limit, its states, a rate that does not jump, its words. */
#include "tests/support/check.h"

#include "app/ui/activity/job_times.h"
#include "app/ui/activity/jobs.h"
#include "app/ui/intake/intake_words.h"
#include "core/base/clock.h"

#include <string.h>

static const vt_import_figures ten = {.found = 10, .scanned = true, .imported = 10, .seconds = 2};

static void the_last_fifty_that_ended_stay_and_all_that_run(void **state)
{
    (void)state;
    static vt_jobs jobs;
    for (int64_t id = 1; id <= 200; id++) {
        vt_job *job = vt_jobs_begin(&jobs, id, "x", 0);
        assert_non_null(job);
        if (id > VT_IMPORTS_MAX) { /* the first 16 go on */
            vt_job_end(job, &ten, NULL);
        }
    }
    assert_true(jobs.count <= VT_JOBS_MAX);
    assert_int_equal(jobs.jobs[0]->id, 200);
    assert_non_null(vt_jobs_find(&jobs, 1));
    assert_null(vt_jobs_find(&jobs, 17));
    vt_jobs_clear_ended(&jobs);
    assert_int_equal(jobs.count, VT_IMPORTS_MAX);
    vt_jobs_drop(&jobs, 1);
    assert_null(vt_jobs_find(&jobs, 1));
    vt_jobs_clear(&jobs);
    assert_int_equal(jobs.count, 0);
}

static void the_rate_follows_and_does_not_jump(void **state)
{
    (void)state;
    static vt_jobs jobs;
    vt_job *job = vt_jobs_begin(&jobs, 1, "x", 0);
    vt_import_figures figures = {.found = 100000, .scanned = true};
    int64_t now = 0;
    for (int i = 0; i < 300; i++) { /* 100 a second, in batches of 128 that come as they come */
        now += 100 * VT_NS_PER_MS;
        figures.imported = now / VT_NS_PER_S * 100 / 128 * 128;
        vt_job_update(job, &figures, now);
    }
    assert_true(job->rate > 50 && job->rate < 160);
    double before = job->rate;
    figures.imported += 1280; /* ten batches at once */
    vt_job_update(job, &figures, now + 100 * VT_NS_PER_MS);
    assert_true(job->rate < before + 12800 * 0.05);
    assert_true(job->remaining > 100);
    /* Held, the time does not count. */
    before = job->rate;
    figures.held = true;
    vt_job_update(job, &figures, now + 60 * VT_NS_PER_S);
    assert_int_equal(job->state, VT_JOB_HELD);
    assert_true(job->rate == before);
    assert_true(job->remaining < 0);
    vt_jobs_clear(&jobs);
}

static void words(const vt_job *job, void (*say)(const vt_job *, vt_str *), const char *wanted)
{
    vt_str text = VT_STR_INIT;
    say(job, &text);
    assert_string_equal(text.data, wanted);
    vt_str_free(&text);
}

static void both_reasons_to_stand_still_are_told_apart(void **state)
{
    (void)state;
    static vt_jobs jobs;
    vt_error full = VT_ERROR_INIT;
    vt_error_set(&full, VT_ERROR_NO_SPACE, "the disk is full");
    vt_job *job = vt_jobs_begin(&jobs, 7, "a", 0);
    vt_import_figures figures = {.found = 1204};
    vt_job_update(job, &figures, VT_NS_PER_S);
    words(job, vt_job_status, "searching");
    words(job, vt_job_counts, "0 of 1,204");
    assert_int_equal(vt_job_permille(job), -1);
    figures.scanned = true;
    figures.imported = 602;
    figures.failed = 2;
    vt_job_update(job, &figures, 2 * VT_NS_PER_S);
    words(job, vt_job_status, "reading, 2 failed");
    assert_int_equal(vt_job_permille(job), 501);
    vt_job_wait(job, &full);
    words(job, vt_job_status, "waiting: the disk is full, 2 failed");
    figures.held = true;
    vt_job_update(job, &figures, 3 * VT_NS_PER_S);
    assert_int_equal(job->state, VT_JOB_HELD);
    figures.held = false;
    vt_job_update(job, &figures, 3 * VT_NS_PER_S);
    assert_int_equal(job->state, VT_JOB_WAITING);
    vt_job_wait(job, NULL);
    assert_int_equal(job->state, VT_JOB_READING);
    vt_job_stop(job);
    words(job, vt_job_status, "stopping, 2 failed");
    vt_error cancelled = VT_ERROR_INIT;
    vt_error_set(&cancelled, VT_ERROR_CANCELLED, "stopped");
    figures.seconds = 0.44;
    vt_job_end(job, &figures, &cancelled);
    words(job, vt_job_status, "cancelled; 602 imported, 2 failed");
    words(job, vt_job_remaining, "0.4 s");
    words(job, vt_job_counts, "604 of 1,204");
    vt_job_end(job, &figures, &full);
    words(job, vt_job_status, "stopped: the disk is full; 602 imported, 2 failed");
    vt_jobs_clear(&jobs);
}

static void the_total_adds_up_what_runs(void **state)
{
    (void)state;
    static vt_jobs jobs;
    vt_str text = VT_STR_INIT;
    vt_jobs_total(&jobs, &text);
    assert_string_equal(text.data, "No import is at work");
    vt_import_figures figures = {.found = 2000, .scanned = true, .imported = 500};
    for (int64_t id = 1; id <= 3; id++) {
        vt_job_update(vt_jobs_begin(&jobs, id, "x", 0), &figures, VT_NS_PER_S);
    }
    vt_job_end(vt_jobs_find(&jobs, 1), &ten, NULL);
    vt_str_clear(&text);
    vt_jobs_total(&jobs, &text);
    assert_string_equal(text.data, "2 imports  \u00b7  1,000 of 4,000 files  \u00b7  1,000/s");
    vt_str_free(&text);
    vt_jobs_clear(&jobs);
}

static void what_would_be_imported_is_said(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_dry_run_figures figures = {.over = true};
    vt_intake_words(&figures, &text);
    assert_string_equal(text.data, "Nothing to import there");
    vt_intake_details(&figures, &text);
    assert_string_equal(text.data, "Nothing to import there");
    figures = (vt_dry_run_figures){.over = true,
                                   .found = 12431,
                                   .new_files = 11902,
                                   .unchanged = 529,
                                   .bytes = 3200000000,
                                   .kinds = {0, 12430, 1, 0},
                                   .left_out = {0, 5, 0, 0, 7, 0},
                                   .left_out_limit = 3,
                                   .troubles = 1};
    vt_str_clear(&text);
    vt_intake_words(&figures, &text);
    assert_string_equal(text.data, "12,431 files: 11,902 new, 529 already in the library; 3.2 GB");
    vt_str_clear(&text);
    vt_intake_details(&figures, &text);
    assert_string_equal(text.data,
                        "12,430 images, 1 model  \u00b7  left out: 5 by name, 7 too large, 3 beyond "
                        "the largest number  \u00b7  1 cannot be looked at");
    figures.over = false;
    vt_str_clear(&text);
    vt_intake_words(&figures, &text);
    assert_non_null(strstr(text.data, "\u2026")); /* there may be more */
    vt_str_free(&text);
}

/* ---- what they cost, beside the budgets ---- */

static vt_operation_summary summary_of(vt_monitor *monitor, const vt_budget *budget)
{
    for (int i = 0; i < vt_monitor_operation_count(monitor); i++) {
        vt_operation_summary summary;
        vt_monitor_summarise(monitor, i, &summary);
        if (summary.budget == budget) {
            return summary;
        }
    }
    fail();
    return (vt_operation_summary){.count = 0};
}

static void tell_at(vt_job_times *times, vt_job *job, int64_t ms, bool held)
{
    const vt_import_figures figures = {.found = 100, .scanned = true, .imported = ms / 100, .held = held};
    vt_job_update(job, &figures, ms * VT_NS_PER_MS);
    vt_job_times_told(times, job, ms * VT_NS_PER_MS);
}

static void silence_is_measured_while_an_import_is_at_work(void **state)
{
    (void)state;
    static vt_jobs jobs;
    vt_monitor *monitor = vt_monitor_create();
    vt_job_times times;
    vt_job_times_init(&times, monitor);
    vt_job *job = vt_jobs_begin(&jobs, 1, "x", 1000 * VT_NS_PER_MS);
    tell_at(&times, job, 1100, false); /* since it began */
    tell_at(&times, job, 1200, false);
    tell_at(&times, job, 1400, false);
    tell_at(&times, job, 2100, false); /* 700 ms: a warning */
    const vt_budget *budget = vt_budget_get(VT_BUDGET_PROGRESS);
    vt_operation_summary is = summary_of(monitor, budget);
    assert_int_equal(is.count, 4);
    assert_int_equal(is.max, 700 * VT_NS_PER_MS);
    assert_int_equal(is.levels[VT_BUDGET_OK], 3);
    assert_int_equal(is.levels[VT_BUDGET_WARNING], 1);
    vt_violation violation;
    assert_int_equal(vt_monitor_violations(monitor, &violation, 1, NULL), 1);
    assert_ptr_equal(violation.budget, budget);

    /* What the user holds, or what waits for the disk, has nothing to tell. */
    tell_at(&times, job, 2200, true);
    tell_at(&times, job, 9000, true);
    tell_at(&times, job, 20000, false);
    vt_error full = VT_ERROR_INIT;
    vt_error_set(&full, VT_ERROR_NO_SPACE, "full");
    vt_job_wait(job, &full);
    tell_at(&times, job, 30000, false);
    vt_job_wait(job, NULL);
    tell_at(&times, job, 40000, false);
    assert_int_equal(summary_of(monitor, budget).count, 4);
    tell_at(&times, job, 40100, false);
    assert_int_equal(summary_of(monitor, budget).count, 5);
    vt_job_end(job, &ten, NULL);
    vt_jobs_clear(&jobs);
    vt_monitor_free(monitor);
}

static void cancelling_is_measured_from_the_first_wish(void **state)
{
    (void)state;
    static vt_jobs jobs;
    vt_monitor *monitor = vt_monitor_create();
    vt_job_times times;
    vt_job_times_init(&times, monitor);
    vt_job *slow = vt_jobs_begin(&jobs, 1, "x", VT_NS_PER_MS);
    vt_job *quick = vt_jobs_begin(&jobs, 2, "y", VT_NS_PER_MS);
    vt_job *left = vt_jobs_begin(&jobs, 3, "z", VT_NS_PER_MS);
    vt_job_times_stop(slow, 100 * VT_NS_PER_MS);
    vt_job_times_stop(slow, 900 * VT_NS_PER_MS);
    vt_job_times_stop(quick, 900 * VT_NS_PER_MS);
    vt_job_times_end(&times, quick, 950 * VT_NS_PER_MS);
    vt_job_times_end(&times, slow, 1200 * VT_NS_PER_MS);
    vt_job_times_end(&times, left, 1300 * VT_NS_PER_MS); /* nobody wanted it to end */
    vt_operation_summary is = summary_of(monitor, vt_budget_get(VT_BUDGET_CANCEL));
    assert_int_equal(is.count, 2);
    assert_int_equal(is.min, 50 * VT_NS_PER_MS);
    assert_int_equal(is.max, 1100 * VT_NS_PER_MS);
    assert_int_equal(is.levels[VT_BUDGET_CRITICAL], 1);
    vt_jobs_clear(&jobs);
    vt_monitor_free(monitor);
}

static void the_window_time_of_items_is_a_mean_of_many(void **state)
{
    (void)state;
    vt_monitor *monitor = vt_monitor_create();
    vt_job_times times;
    vt_job_times_init(&times, monitor);
    const vt_budget *budget = vt_budget_get(VT_BUDGET_IMPORT_ITEM_UI);
    vt_job_times_turn(&times, 90000, false); /* a turn with progress only: of the items to come */
    vt_job_times_items(&times, 10);
    vt_job_times_turn(&times, 100000, false);
    assert_int_equal(summary_of(monitor, budget).count, 0);
    vt_job_times_items(&times, 90);
    vt_job_times_turn(&times, 810000, false);
    vt_operation_summary is = summary_of(monitor, budget);
    assert_int_equal(is.count, 1);
    assert_int_equal(is.max, 10000); /* 1 ms for 100 */
    vt_job_times_items(&times, 2);
    vt_job_times_turn(&times, 4000000, true); /* the last ones */
    is = summary_of(monitor, budget);
    assert_int_equal(is.count, 2);
    assert_int_equal(is.max, 2000000);
    assert_int_equal(is.levels[VT_BUDGET_WARNING], 1);
    vt_job_times_turn(&times, 4000000, true); /* nothing came */
    assert_int_equal(summary_of(monitor, budget).count, 2);
    vt_monitor_free(monitor);

    vt_job_times_init(&times, NULL); /* nobody measures */
    vt_job_times_items(&times, 100);
    vt_job_times_turn(&times, 1, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_fifty_that_ended_stay_and_all_that_run),
        cmocka_unit_test(the_rate_follows_and_does_not_jump),
        cmocka_unit_test(both_reasons_to_stand_still_are_told_apart),
        cmocka_unit_test(the_total_adds_up_what_runs),
        cmocka_unit_test(what_would_be_imported_is_said),
        cmocka_unit_test(silence_is_measured_while_an_import_is_at_work),
        cmocka_unit_test(cancelling_is_measured_from_the_first_wish),
        cmocka_unit_test(the_window_time_of_items_is_a_mean_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
