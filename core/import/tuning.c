#include "core/import/dispatch.h"
#include "core/import/operation_private.h"
#include "core/import/shared_thumb.h"
#include "core/import/sidecars_private.h"

#include <sched.h>

#define JOBS_STANDARD_MAX 8

static int processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

int vt_engine_jobs_for(int wanted)
{
    int jobs = wanted > 0 ? wanted : processors();
    int limit = wanted > 0 ? VT_HELPER_POOL_MAX : JOBS_STANDARD_MAX;
    return jobs < 1 ? 1 : jobs < limit ? jobs : limit;
}

unsigned vt_engine_workers_for(int wanted)
{
    unsigned workers = (unsigned)vt_engine_jobs_for(wanted) + VT_DISPATCH_SPARE_WORKERS;
    return workers < VT_EXECUTOR_WORKERS_MAX ? workers : VT_EXECUTOR_WORKERS_MAX;
}

bool vt_engine_set_jobs(vt_engine *engine, int wanted, vt_error *error)
{
    int jobs = vt_engine_jobs_for(wanted);
    pthread_mutex_lock(&engine->lock);
    bool same = engine->jobs == jobs;
    pthread_mutex_unlock(&engine->lock);
    if (same) {
        return true;
    }
    /* Threads and helpers are there before work is handed to them. */
    if (!vt_executor_set_workers(engine->executor, vt_engine_workers_for(jobs), error)) {
        return false;
    }
    vt_helper_pool_set_workers(engine->helpers, (unsigned)jobs);
    pthread_mutex_lock(&engine->lock);
    engine->jobs = jobs;
    pthread_mutex_unlock(&engine->lock);
    vt_dispatch(engine);
    return true;
}

void vt_engine_take_choices(vt_engine *engine, const vt_settings *settings)
{
    static const vt_shared_thumbs_use uses[] = {VT_SHARED_THUMBS_OFF, VT_SHARED_THUMBS_READ,
                                                VT_SHARED_THUMBS_WRITE};
    vt_shared_thumbs_follow(engine->shared, uses[settings->values[VT_SETTING_SHARED_THUMBS]]);
    atomic_store(&engine->sequences, (int)settings->values[VT_SETTING_SEQUENCES]);
    atomic_store(&engine->twins_follow, settings->values[VT_SETTING_TWINS_FOLLOW] != 0);
    atomic_store(&engine->sidecar_use, (int)settings->values[VT_SETTING_SIDECARS]);
    atomic_store(&engine->sidecar_name, (int)settings->values[VT_SETTING_SIDECAR_NAME]);
    if (engine->catalog_writer) { /* else as soon as it is there */
        vt_sidecars_mark_edits(engine->catalog_writer, vt_engine_sidecar_use(engine) == VT_SIDECARS_ON_WRITE);
        vt_sidecar_service_poke(engine->sidecars);
    }
}

vt_sequence_mode vt_engine_sequences(vt_engine *engine)
{
    return (vt_sequence_mode)atomic_load(&engine->sequences);
}

static void least(int64_t *least, int64_t wish)
{
    if (wish > 0 && (*least == 0 || wish < *least)) {
        *least = wish;
    }
}

void vt_engine_weigh_wishes(vt_engine *engine)
{
    int64_t batch = 0;
    int64_t memory = 0;
    pthread_mutex_lock(&engine->lock);
    for (const vt_import *at = engine->open_imports; at; at = at->next_open) {
        least(&batch, at->options.wishes.batch);
        least(&memory, at->options.wishes.memory);
    }
    engine->batch_entries = batch > 0 ? (int)batch : VT_BATCH_ENTRIES;
    engine->batch_most = batch > 0 ? (int)batch : VT_IN_FLIGHT_LIMIT;
    bool changes = memory > 0 || engine->memory_wished;
    engine->memory_wished = memory > 0;
    vt_memory_limits limits = engine->memory;
    if (memory > 0) {
        limits.soft = memory < limits.hard ? memory : limits.hard;
    }
    if (changes) { /* with the lock held, lest an older wish comes last; the governor calls nobody here */
        vt_governor_set_limits(engine->governor, &limits, NULL);
    }
    pthread_mutex_unlock(&engine->lock);
}

bool vt_engine_apply_settings(vt_engine *engine, const vt_settings *settings, vt_error *error)
{
    const vt_limits limits = vt_settings_limits(settings);
    const vt_memory_limits memory = vt_settings_memory(settings);
    if (!vt_governor_set_limits(engine->governor, &memory, error)) {
        return false;
    }
    pthread_mutex_lock(&engine->lock);
    engine->memory = memory;
    pthread_mutex_unlock(&engine->lock);
    vt_engine_weigh_wishes(engine);
    vt_settings_set_quotas(settings, engine->resources);
    vt_helper_pool_set_limits(engine->helpers, &limits);
    vt_engine_take_choices(engine, settings);
    pthread_mutex_lock(&engine->lock);
    pthread_cond_signal(&engine->beat); /* what was left because of a setting may be due */
    pthread_mutex_unlock(&engine->lock);
    return engine->jobs_given || vt_engine_set_jobs(engine, (int)settings->values[VT_SETTING_JOBS], error);
}
