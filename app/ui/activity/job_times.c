#include "app/ui/activity/job_times.h"

#include "core/base/translatable.h"

void vt_job_times_init(vt_job_times *times, vt_monitor *monitor)
{
    *times = (vt_job_times){.monitor = monitor, .progress = -1, .cancelled = -1, .item = -1};
    if (monitor) {
        times->progress =
            vt_monitor_operation(monitor, VT_TR_NOOP("performance", "progress of an import told"),
                                 vt_budget_get(VT_BUDGET_PROGRESS), NULL);
        times->cancelled = vt_monitor_operation(monitor, VT_TR_NOOP("performance", "import cancelled"),
                                                vt_budget_get(VT_BUDGET_CANCEL), NULL);
        times->item = vt_monitor_operation(monitor, VT_TR_NOOP("performance", "item taken in (mean of many)"),
                                           vt_budget_get(VT_BUDGET_IMPORT_ITEM_UI), NULL);
    }
}

static void record(vt_job_times *times, vt_operation operation, int64_t duration)
{
    if (times->monitor) {
        vt_monitor_record(times->monitor, operation, duration);
    }
}

void vt_job_times_told(vt_job_times *times, vt_job *job, int64_t now)
{
    bool at_work = job->state == VT_JOB_SEARCHING || job->state == VT_JOB_READING;
    if (at_work && job->told_ns > 0) {
        record(times, times->progress, now - job->told_ns);
    }
    job->told_ns = at_work ? now : 0;
}

void vt_job_times_stop(vt_job *job, int64_t now)
{
    job->stopped_ns = job->stopped_ns > 0 ? job->stopped_ns : now;
}

void vt_job_times_end(vt_job_times *times, vt_job *job, int64_t now)
{
    if (job->stopped_ns > 0) {
        record(times, times->cancelled, now - job->stopped_ns);
    }
    job->stopped_ns = job->told_ns = 0;
}

void vt_job_times_items(vt_job_times *times, int64_t items)
{
    times->items += items;
}

void vt_job_times_turn(vt_job_times *times, int64_t ns, bool rest)
{
    times->taken_ns += ns;
    if (times->items >= VT_JOB_TIMES_ITEMS || (rest && times->items > 0)) {
        record(times, times->item, times->taken_ns / times->items);
    }
    if (times->items >= VT_JOB_TIMES_ITEMS || rest) {
        times->taken_ns = times->items = 0;
    }
}
