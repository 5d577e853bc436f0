#include "core/decode/format.h"
#include "core/import/engine_private.h"

#include <stdio.h>
#include <string.h>

static int64_t count_entries_locked(const struct vt_waiting_list *list)
{
    int64_t count = 0;
    for (const vt_entry *at = list->first; at; at = at->next) {
        count++; /* never more than VT_IN_FLIGHT_LIMIT */
    }
    return count;
}

static void add_schedule_locked(vt_engine *engine, vt_engine_figures *figures)
{
    vt_priority_queue_stats wanted;
    vt_priority_queue_get_stats(engine->wanted, &wanted);
    figures->waiting[VT_PRIORITY_CRITICAL] = (int64_t)wanted.waiting[VT_PRIORITY_CRITICAL];
    figures->waiting[VT_PRIORITY_HIGH] = (int64_t)wanted.waiting[VT_PRIORITY_HIGH];
    figures->waiting[VT_PRIORITY_NORMAL] = count_entries_locked(&engine->waiting[0]);
    figures->waiting[VT_PRIORITY_LOW] = count_entries_locked(&engine->waiting[1]);
    figures->jobs = engine->jobs;
    figures->decoding = engine->decoding + engine->slots;
    figures->chunk = (int64_t)engine->chunk.size;
}

static void list_out_of_use(vt_engine *engine, char *text, size_t size)
{
    vt_format formats[VT_FORMAT_COUNT];
    size_t count = vt_helper_pool_out_of_use(engine->helpers, formats, VT_FORMAT_COUNT);
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < count && length < size; i++) {
        length += (size_t)snprintf(text + length, size - length, "%s%s", i > 0 ? ", " : "",
                                   vt_format_get(formats[i])->name);
    }
}

void vt_engine_get_figures(vt_engine *engine, vt_engine_figures *figures)
{
    vt_helper_pool_figures helpers = vt_helper_pool_read(engine->helpers);
    pthread_mutex_lock(&engine->lock);
    *figures = (vt_engine_figures){
        .imports = engine->active,
        .in_flight = engine->in_flight,
        .in_flight_limit = VT_IN_FLIGHT_LIMIT,
        .in_flight_peak = engine->in_flight_peak,
        .batches = engine->batches,
        .items_committed = engine->commits.items,
        .commits = engine->commits.count,
        .commit_ns_total = engine->commits.ns_total,
        .commit_ns_max = engine->commits.ns_max,
        .writer_cpu_ns = engine->commits.cpu_ns,
        .rss_bytes = engine->rss_bytes,
        .rss_peak_bytes = engine->rss_peak_bytes,
    };
    add_schedule_locked(engine, figures);
    pthread_mutex_unlock(&engine->lock);
    vt_executor_get_figures(engine->executor, &figures->tasks);
    vt_governor_get_stats(engine->governor, &figures->memory);
    figures->requests = engine->request_count;
    figures->helpers = (int)helpers.running;
    figures->helpers_busy = (int)helpers.acquired;
    figures->helper_waits = (int)helpers.waiting;
    figures->helper_starts = (int64_t)helpers.starts;
    figures->helper_crashes = (int64_t)(helpers.crashes + helpers.timeouts);
    figures->turns = engine->turns;
    figures->turn_ns_total = engine->turn_ns_total;
    figures->turn_ns_max = engine->turn_ns_max;
    figures->turn_work_ns_max = engine->turn_work_ns_max;
    const vt_confinement confinement = vt_helper_pool_confinement(engine->helpers);
    figures->sandbox = helpers.starts > 0 ? (char)('D' - (int)confinement.level) : '?';
    _Static_assert(sizeof figures->sandbox_reason == sizeof confinement.reason,
                   "reasons are passed on whole");
    memcpy(figures->sandbox_reason, confinement.reason, sizeof confinement.reason);
    list_out_of_use(engine, figures->out_of_use, sizeof figures->out_of_use);
}

size_t vt_engine_helper_pids(vt_engine *engine, pid_t *pids, size_t limit)
{
    return vt_helper_pool_pids(engine->helpers, pids, limit);
}

void vt_engine_write_schedule(const vt_engine_figures *figures, vt_json_writer *json)
{
    static const char *const queues[VT_PRIORITY_COUNT] = {"visible", "nearby", "import", "idle"};
    const vt_executor_figures *tasks = &figures->tasks;
    const struct {
        const char *key;
        int64_t value;
    } counts[] = {
        {"jobs", figures->jobs},
        {"decoding", figures->decoding},
        {"chunk", figures->chunk},
        {"helpers", figures->helpers},
        {"helpers_busy", figures->helpers_busy},
        {"threads", (int64_t)tasks->workers},
        {"tasks_queued", (int64_t)tasks->queued},
        {"tasks_running", (int64_t)tasks->running},
        {"tasks_done", (int64_t)tasks->done},
        {"tasks_failed", (int64_t)tasks->failed},
        {"tasks_cancelled", (int64_t)tasks->cancelled},
        {"tasks_had_to_wait", (int64_t)tasks->exhausted},
        {"tasks_refused", (int64_t)tasks->refused},
        {"held_for_memory", (int64_t)figures->memory.held},
    };
    vt_json_object_begin(json);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        vt_json_key(json, counts[i].key);
        vt_json_int(json, counts[i].value);
    }
    vt_json_key(json, "waiting");
    vt_json_object_begin(json);
    for (int i = 0; i < VT_PRIORITY_COUNT; i++) {
        vt_json_key(json, queues[i]);
        vt_json_int(json, figures->waiting[i]);
    }
    vt_json_object_end(json);
    vt_json_object_end(json);
}
