/* What imports tell of themselves. */
#include "app/ui/activity/activity_private.h"
#include "core/base/clock.h"

enum { STAYS_MS = 12000 }; /* the line of an import without failures */

static void batch_committed(void *user, vt_import *import, const vt_import_batch *batch)
{
    vt_activity *activity = ((vt_activity_job *)user)->activity;
    vt_job_times_items(&activity->times, batch->imported + batch->updated + batch->moved + batch->failed);
    activity->to_signals.batch_committed(activity->to_signals.user, import, batch);
}

static void item_failed(void *user, vt_import *import, const vt_failure *failure)
{
    const vt_import_listener *signals = &((vt_activity_job *)user)->activity->to_signals;
    signals->item_failed(signals->user, import, failure);
}

static void progress(void *user, vt_import *import, const vt_import_figures *figures)
{
    vt_activity_job *job = user;
    const vt_import_listener *signals = &job->activity->to_signals;
    signals->progress(signals->user, import, figures);
    vt_engine_figures engine;
    vt_engine_get_figures(vt_library_engine(job->activity->library), &engine);
    vt_job *listed = vt_jobs_find(&job->activity->list, job->id);
    if (listed) {
        vt_job_update(listed, figures, vt_clock_now());
        vt_job_times_told(&job->activity->times, listed, vt_clock_now());
        vt_activity_line_show_held(job->line, listed->state == VT_JOB_HELD, listed->waiting);
    }
    if (!figures->paused) {
        vt_activity_line_show_progress(job->line, figures, listed, engine.out_of_use);
    }
    vt_activity_show_total(job->activity);
    vt_activity_tell(job->activity, job->id);
}

static void paused(void *user, vt_import *import, const vt_error *reason)
{
    (void)import;
    vt_activity_job *job = user;
    vt_log_write(&job->activity->log, VT_LOG_INFO, "import %s%s", reason ? "paused: " : "goes on",
                 reason ? reason->message : "");
    vt_activity_line_show_pause(job->line, reason);
    vt_job *listed = vt_jobs_find(&job->activity->list, job->id);
    if (listed) {
        vt_job_wait(listed, reason);
        vt_activity_tell(job->activity, job->id);
    }
}

static void log_end(vt_activity *activity, const vt_import_figures *figures, const vt_engine_figures *engine,
                    const vt_heartbeat_figures *heartbeat)
{
    vt_log_write(
        &activity->log, VT_LOG_INFO,
        "import ended: imported=%lld updated=%lld unchanged=%lld failed=%lld skipped=%lld seconds=%.3f "
        "ui_dispatch_us_max=%lld ui_dispatch_work_us_max=%lld ui_dispatch_us_total=%lld "
        "longest_stall_us=%lld longest_work_us=%lld frames_over_budget=%llu "
        "rss_peak_mb=%.1f",
        (long long)figures->imported, (long long)figures->updated, (long long)figures->unchanged,
        (long long)figures->failed, (long long)figures->skipped, figures->seconds,
        (long long)engine->turn_ns_max / 1000, (long long)engine->turn_work_ns_max / 1000,
        (long long)engine->turn_ns_total / 1000, (long long)heartbeat->longest_stall / 1000,
        (long long)vt_meter_longest_work(activity->meter) / 1000, (unsigned long long)heartbeat->over_budget,
        (double)engine->rss_peak_bytes / 1e6);
}

static void finished(void *user, vt_import *import, const vt_import_figures *figures, const vt_error *error)
{
    vt_activity_job *job = user;
    vt_activity *activity = job->activity;
    activity->to_signals.finished(activity->to_signals.user, import, figures, error);
    vt_heartbeat_figures heartbeat;
    vt_meter_get_figures(activity->meter, &heartbeat);
    vt_meter_stop(activity->meter);
    vt_engine_figures engine;
    vt_engine_get_figures(vt_library_engine(activity->library), &engine);
    vt_job *listed = vt_jobs_find(&activity->list, job->id);
    if (listed) {
        vt_job_times_end(&activity->times, listed, vt_clock_now());
        vt_job_end(listed, figures, error);
    }
    vt_activity_line_show_end(job->line, figures, engine.out_of_use, error);
    log_end(activity, figures, &engine, &heartbeat);
    if (!error && figures->failed == 0) {
        q_timer_start_interval(job->leave, STAYS_MS);
    }
    vt_import_free(job->import);
    job->import = NULL;
    vt_activity_show_lines(activity);
    vt_activity_tell(activity, 0);
    activity->ops->changed(activity->user);
}

vt_import_listener vt_activity_job_listener(vt_activity_job *job)
{
    return (vt_import_listener){.batch_committed = batch_committed,
                                .item_failed = item_failed,
                                .progress = progress,
                                .paused = paused,
                                .finished = finished,
                                .user = job};
}
