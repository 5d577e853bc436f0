/* One sample: what a thread reads of the system, what the window's thread knows, and what is alarming in it.
 */
#include "app/ui/performance/performance_private.h"

#include "app/ui/parts/translate.h"
#include "core/base/arena.h"
#include "core/base/clock.h"
#include "core/catalog/catalog.h"
#include "core/perf/process.h"
#include "core/pool/object_pool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define DISK_EVERY_NS (10 * VT_NS_PER_S)
#define MINUTE_NS     (60 * VT_NS_PER_S)

typedef struct look {
    vt_registry *registry;
    const char *path;  /* of the catalog; NULL: not now */
    int64_t disk_free; /* negative: not known */
    pid_t helpers[VT_ENGINE_HELPERS_MAX];
    size_t helper_count;
    vt_process_reading reading;
    int64_t sqlite;
    vt_resource_usage resources[VT_REGISTRY_RESOURCES_MAX];
    size_t resource_count;
} look;

/* ---- on the centre's thread ---- */

/* An order that stays, so that a row that was chosen does not become another one. */
static int oldest_first(const void *left, const void *right)
{
    const vt_resource_usage *a = left;
    const vt_resource_usage *b = right;
    return a->id < b->id ? -1 : a->id > b->id;
}

static bool run_look(void *user, vt_error *error)
{
    look *at = user;
    struct statvfs disk;
    at->disk_free = -1;
    if (at->path && statvfs(at->path, &disk) == 0) {
        at->disk_free = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    }
    at->resource_count = vt_registry_list(at->registry, at->resources, VT_REGISTRY_RESOURCES_MAX);
    at->resource_count =
        at->resource_count < VT_REGISTRY_RESOURCES_MAX ? at->resource_count : VT_REGISTRY_RESOURCES_MAX;
    qsort(at->resources, at->resource_count, sizeof *at->resources, oldest_first);
    at->sqlite = vt_catalog_sqlite_memory();
    return vt_process_read(NULL, getpid(), at->helpers, at->helper_count, &at->reading, error);
}

/* ---- on the window's thread ---- */

/* What the registry knows, by part: the index, what is kept to be faster, and all else; beside it pools of
   objects (cards) and arenas, which count themselves. */
static void weigh(const look *at, vt_sample *sample)
{
    for (size_t i = 0; i < at->resource_count; i++) {
        const vt_resource_usage *usage = &at->resources[i];
        if (strcmp(usage->name, "index") == 0) {
            sample->memory_index += usage->bytes;
        } else if (usage->cost <= VT_RESOURCE_CACHE) {
            sample->memory_caches += usage->bytes;
        } else {
            sample->memory_pools += usage->bytes;
        }
    }
    sample->memory_pools += (int64_t)(vt_object_pool_total() + vt_arena_total());
    sample->memory_sqlite = at->sqlite;
    sample->memory_helpers = at->reading.helpers_rss;
    int64_t known =
        sample->memory_index + sample->memory_caches + sample->memory_pools + sample->memory_sqlite;
    sample->memory_rest = at->reading.rss > known ? at->reading.rss - known : 0;
}

static void fill(vt_performance *performance, const look *at, const vt_engine_figures *engine,
                 vt_sample *sample)
{
    vt_tiers_stats pictures;
    vt_pictures_get_stats(performance->context.pictures, &pictures);
    int64_t pool = at->reading.cpu_ns[VT_THREADS_POOL];
    *sample = (vt_sample){
        .frames = performance->frames,
        .frame_ns = performance->frame_ns,
        .stall_ns = performance->longest_stall,
        .cpu_ui_ns = at->reading.cpu_ns[VT_THREADS_UI],
        .cpu_pool_ns = pool > engine->writer_cpu_ns ? pool - engine->writer_cpu_ns : 0,
        .cpu_writer_ns = engine->writer_cpu_ns,
        .cpu_helpers_ns = at->reading.helpers_cpu_ns,
        .cpu_rest_ns = at->reading.cpu_ns[VT_THREADS_OTHER],
        .waiting_visible = engine->waiting[VT_PRIORITY_CRITICAL],
        .waiting_nearby = engine->waiting[VT_PRIORITY_HIGH],
        .waiting_import = engine->waiting[VT_PRIORITY_NORMAL],
        .waiting_idle = engine->waiting[VT_PRIORITY_LOW],
        .tasks_queued = (int64_t)engine->tasks.queued,
        .tasks_running = (int64_t)engine->tasks.running,
        .tasks_done = (int64_t)engine->tasks.done,
        .tasks_failed = (int64_t)engine->tasks.failed,
        .tasks_cancelled = (int64_t)engine->tasks.cancelled,
        .items = engine->items_committed,
        .cache_hits = (int64_t)(pictures.tiers[VT_TIER_ACTIVE].hits + pictures.tiers[VT_TIER_RECENT].hits),
        .cache_misses = (int64_t)(pictures.misses + pictures.tiers[VT_TIER_STATE].hits),
        .commits = engine->commits,
        .commit_ns = engine->commit_ns_total,
        .read_bytes = at->reading.read_bytes,
    };
    weigh(at, sample);
}

static double last_of(const vt_performance *performance, vt_figure figure, double otherwise)
{
    double value;
    return performance->sampler && vt_sampler_last(performance->sampler, figure, &value) ? value : otherwise;
}

static double cpu_of(const vt_performance *performance)
{
    double sum = 0;
    for (int figure = VT_FIGURE_CPU_UI; figure <= (int)VT_FIGURE_CPU_REST; figure++) {
        double value = last_of(performance, (vt_figure)figure, -1);
        if (value < 0) {
            return -1;
        }
        sum += value;
    }
    return sum;
}

/* The longest stall of one to two minutes. */
static int64_t stall_of_minute(vt_performance *performance, int64_t now, int64_t longest)
{
    if (now - performance->minute_ns > MINUTE_NS) {
        performance->minute_stall[0] = performance->minute_stall[1];
        performance->minute_stall[1] = 0;
        performance->minute_ns = now;
    }
    if (longest > performance->minute_stall[1]) {
        performance->minute_stall[1] = longest;
    }
    return performance->minute_stall[0] > performance->minute_stall[1] ? performance->minute_stall[0]
                                                                       : performance->minute_stall[1];
}

static int64_t mean_commit(vt_performance *performance, const vt_engine_figures *engine)
{
    int64_t commits = engine->commits - performance->last_commits;
    int64_t took = engine->commit_ns_total - performance->last_commit_ns;
    performance->last_commits = engine->commits;
    performance->last_commit_ns = engine->commit_ns_total;
    return commits > 0 ? took / commits : 0;
}

static void look_at_pictures(vt_performance *performance)
{
    vt_situation *is = &performance->situation;
    is->pictures = is->pictures_most = 0;
    for (size_t i = 0; i < performance->resource_count; i++) {
        const vt_resource_usage *usage = &performance->resources[i];
        if (usage->quota == VT_QUOTA_PICTURES) {
            is->pictures += usage->bytes;
            is->pictures_most += usage->most;
        }
    }
}

static void judge(vt_performance *performance, const vt_sample *sample, const vt_engine_figures *engine,
                  int64_t now)
{
    vt_situation *is = &performance->situation;
    const vt_performance_context *context = &performance->context;
    is->memory = sample->memory_index + sample->memory_caches + sample->memory_pools + sample->memory_sqlite +
                 sample->memory_rest + sample->memory_helpers;
    is->memory_soft = engine->memory.limits.soft;
    is->memory_hard = engine->memory.limits.hard;
    is->caches = sample->memory_caches;
    look_at_pictures(performance);
    is->hit_percent = last_of(performance, VT_FIGURE_HITS, -1);
    is->waiting =
        sample->waiting_visible + sample->waiting_nearby + sample->waiting_import + sample->waiting_idle;
    is->jobs = engine->jobs;
    is->processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
    is->cpu_percent = cpu_of(performance);
    is->stall_ns = stall_of_minute(performance, now, sample->stall_ns);
    is->commit_ns = mean_commit(performance, engine);
    context->ops->counts(context->user, &is->failed, &is->tried);
    is->held = context->ops->is_held(context->user, &is->imports);
    is->disk_low = vt_alerts_is_on(&performance->alerts, VT_ALERT_DISK);
}

static void note(vt_performance *performance, vt_alert_id id, double value, int64_t now)
{
    const vt_alert_rule *rule = vt_alert_rule_get(id);
    vt_alert_word word = vt_alerts_note(&performance->alerts, id, value, now);
    if (word == VT_ALERT_NOTHING) {
        return;
    }
    vt_log_write(&performance->context.log, VT_LOG_INFO, "alert: %s %s value=%.3g", rule->name,
                 word == VT_ALERT_RAISED ? "raised" : "cleared", value);
    if (word == VT_ALERT_RAISED) {
        vt_str text = VT_STR_INIT;
        vt_str_append_cstr(&text, vt_tr("performance", rule->title));
        vt_str_append_cstr(&text, ": ");
        vt_str_append_cstr(&text, vt_tr("performance", rule->advice));
        vt_performance_tell(performance, text.data);
        vt_str_free(&text);
    }
}

static void look_for_alerts(vt_performance *performance, const vt_sample *sample,
                            const vt_engine_figures *engine, int64_t now)
{
    const vt_situation *is = &performance->situation;
    if (is->memory_hard > 0) {
        note(performance, VT_ALERT_MEMORY, (double)is->memory / (double)is->memory_hard, now);
    }
    note(performance, VT_ALERT_STALL, (double)sample->stall_ns, now);
    note(performance, VT_ALERT_QUEUE, (double)sample->tasks_queued, now);
    if (performance->disk_free >= 0) {
        note(performance, VT_ALERT_DISK, (double)performance->disk_free, now);
    }
    enum { TRIED_MIN = 20 };
    note(performance, VT_ALERT_FAILURES, is->tried >= TRIED_MIN ? (double)is->failed / (double)is->tried : 0,
         now);
    if (now - performance->crashes_ns > MINUTE_NS) {
        performance->crashes_ns = now;
        performance->last_helper_crashes = engine->helper_crashes;
    }
    note(performance, VT_ALERT_HELPERS, (double)(engine->helper_crashes - performance->last_helper_crashes),
         now);
}

static void looked(vt_performance *performance, void *user, const vt_error *error)
{
    const look *at = user;
    performance->sampling = false;
    if (error) {
        vt_log_write(&performance->context.log, VT_LOG_WARN, "%s", error->message);
        return;
    }
    int64_t now = vt_clock_now();
    vt_engine_figures engine;
    vt_sample sample;
    vt_engine_get_figures(performance->context.engine, &engine);
    fill(performance, at, &engine, &sample);
    performance->longest_stall = 0;
    performance->disk_free = at->path ? at->disk_free : performance->disk_free;
    memcpy(performance->resources, at->resources, sizeof at->resources);
    performance->resource_count = at->resource_count;
    if (performance->sampler && performance->listeners) {
        vt_sampler_note(performance->sampler, now, &sample);
        performance->samples++;
    }
    judge(performance, &sample, &engine, now);
    look_for_alerts(performance, &sample, &engine, now);
    for (vt_performance_listener *listener = performance->listeners, *next; listener; listener = next) {
        next = listener->next;
        listener->sampled(listener->user);
    }
}

static const vt_performance_work look_work = {"look", run_look, looked, free};

void vt_performance_sample(vt_performance *performance)
{
    look *at = performance->sampling ? NULL : calloc(1, sizeof *at);
    if (!at) {
        return; /* the one before takes long: the machine is busy enough */
    }
    int64_t now = vt_clock_now();
    vt_engine *engine = performance->context.engine;
    if (performance->disk_ns == 0 || now - performance->disk_ns > DISK_EVERY_NS) {
        at->path = vt_catalog_path(vt_engine_catalog(engine));
        performance->disk_ns = now;
    }
    at->registry = vt_engine_resources(engine);
    at->helper_count = vt_engine_helper_pids(engine, at->helpers, VT_ENGINE_HELPERS_MAX);
    performance->looked_ns = now;
    performance->sampling = true;
    vt_performance_work_on(performance, &look_work, at);
}
