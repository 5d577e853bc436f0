/* The list of imports of a session: its limit, its states, a rate that does not jump, its words. */
#include "tests/support/check.h"

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
                        "12,430 pictures, 1 model  \u00b7  left out: 5 by name, 7 too large, 3 beyond "
                        "the largest number  \u00b7  1 cannot be looked at");
    figures.over = false;
    vt_str_clear(&text);
    vt_intake_words(&figures, &text);
    assert_non_null(strstr(text.data, "\u2026")); /* there may be more */
    vt_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_fifty_that_ended_stay_and_all_that_run),
        cmocka_unit_test(the_rate_follows_and_does_not_jump),
        cmocka_unit_test(both_reasons_to_stand_still_are_told_apart),
        cmocka_unit_test(the_total_adds_up_what_runs),
        cmocka_unit_test(what_would_be_imported_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
