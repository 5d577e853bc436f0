/* What the views offer to do: memory given back, settings, background work held. */
#include "app/ui/performance/performance_private.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/settings/settings_field.h"
#include "core/settings/settings_file.h"

#include <stdlib.h>
#include <string.h>

/* ---- memory ---- */

typedef struct clean_up {
    vt_engine *engine;
    vt_resource_id resource; /* 0: all caches */
    int64_t freed;
} clean_up;

static bool run_clean_up(void *user, vt_error *error)
{
    (void)error;
    clean_up *job = user;
    job->freed = job->resource ? vt_registry_clean_up_one(vt_engine_resources(job->engine), job->resource)
                               : vt_governor_clean_up(vt_engine_governor(job->engine));
    return true;
}

static void cleaned_up(vt_performance *performance, void *user, const vt_error *error)
{
    char words[32];
    vt_str text = VT_STR_INIT;
    if (error) {
        vt_str_append_cstr(&text, error->message);
    } else {
        vt_tr_append_with(&text, "performance", "%1 of memory given back.",
                          vt_wording_amount(words, sizeof words, VT_BUDGET_BYTES, ((clean_up *)user)->freed));
    }
    vt_performance_tell(performance, text.data);
    vt_str_free(&text);
    vt_performance_sample(performance);
}

static const vt_performance_work clean_up_work = {"clean up", run_clean_up, cleaned_up, free};

static void begin_clean_up(vt_performance *performance, vt_resource_id resource)
{
    clean_up *job = calloc(1, sizeof *job);
    if (job) {
        job->engine = performance->context.engine;
        job->resource = resource;
        vt_performance_work_on(performance, &clean_up_work, job);
    }
}

void vt_performance_trim(vt_performance *performance)
{
    begin_clean_up(performance, 0);
}

void vt_performance_clear(vt_performance *performance, vt_resource_id resource, const char *name)
{
    vt_log_write(&performance->context.log, VT_LOG_INFO, "performance: clears %s", name);
    begin_clean_up(performance, resource);
}

/* ---- settings ---- */

typedef struct application_of_settings {
    vt_engine *engine;
    vt_settings_change changes[VT_SETTING_COUNT];
    size_t count;
    vt_settings settings;
} application_of_settings;

static bool run_apply(void *user, vt_error *error)
{
    application_of_settings *job = user;
    return vt_settings_save(NULL, job->changes, job->count, &job->settings, error) &&
           vt_engine_apply_settings(job->engine, &job->settings, error);
}

static void applied(vt_performance *performance, void *user, const vt_error *error)
{
    const application_of_settings *job = user;
    if (!error) {
        performance->context.settings = job->settings;
        performance->context.ops->applied(performance->context.user, &job->settings);
    }
    vt_performance_tell(performance, error ? error->message : vt_tr("performance", "Applied."));
}

static const vt_performance_work apply_work = {"settings", run_apply, applied, free};

void vt_performance_apply(vt_performance *performance, const vt_settings_change *changes, size_t count)
{
    vt_str words = VT_STR_INIT;
    if (vt_settings_field_contradict(&performance->context.settings, changes, count, &words)) {
        vt_performance_tell(performance, words.failed ? "" : words.data);
        vt_str_free(&words);
        return;
    }
    application_of_settings *job = count <= VT_SETTING_COUNT ? calloc(1, sizeof *job) : NULL;
    if (job) {
        job->engine = performance->context.engine;
        memcpy(job->changes, changes, count * sizeof *changes);
        job->count = count;
        vt_performance_work_on(performance, &apply_work, job);
    }
}

static int64_t within(vt_setting which, int64_t value)
{
    const vt_setting_info *info = vt_setting_get(which);
    return value < info->least ? info->least : value > info->most ? info->most : value;
}

static vt_settings_change change_of(vt_setting which, int64_t value)
{
    value = within(which, value);
    return (vt_settings_change){which, value == vt_setting_get(which)->standard, value};
}

static void allow_more_memory(vt_performance *performance)
{
    const int64_t *values = performance->context.settings.values;
    const vt_settings_change changes[] = {
        change_of(VT_SETTING_MEMORY_SOFT, values[VT_SETTING_MEMORY_SOFT] / 2 * 3),
        change_of(VT_SETTING_MEMORY_HARD, values[VT_SETTING_MEMORY_HARD] / 2 * 3),
    };
    vt_performance_apply(performance, changes, 2);
}

/* Half as much memory again in all where it is its shortage that makes the cache small. */
static void enlarge_cache(vt_performance *performance)
{
    const int64_t *values = performance->context.settings.values;
    const vt_situation *is = &performance->situation;
    const vt_settings_change changes[] = {
        change_of(VT_SETTING_MEMORY_PICTURES, values[VT_SETTING_MEMORY_PICTURES] * 2),
        change_of(VT_SETTING_MEMORY_SOFT, values[VT_SETTING_MEMORY_SOFT] / 2 * 3),
        change_of(VT_SETTING_MEMORY_HARD, values[VT_SETTING_MEMORY_HARD] / 2 * 3),
    };
    bool short_of_all = is->memory > is->memory_soft / 10 * 7;
    vt_performance_apply(performance, changes, short_of_all ? 3 : 1);
}

static void change_jobs(vt_performance *performance, int by)
{
    int jobs = performance->situation.jobs + by;
    const vt_settings_change change = change_of(VT_SETTING_JOBS, jobs < 1 ? 1 : jobs);
    vt_performance_apply(performance, &change, 1);
}

/* ---- all of them ---- */

void vt_performance_hold(vt_performance *performance, bool hold)
{
    performance->context.ops->hold(performance->context.user, hold);
    vt_performance_tell(performance, hold ? vt_tr("performance", "Background work is paused.")
                                          : vt_tr("performance", "Background work goes on."));
    vt_performance_sample(performance);
}

void vt_performance_act(vt_performance *performance, vt_advice_action action)
{
    switch (action) {
    case VT_ADVICE_TRIM:
        vt_performance_trim(performance);
        break;
    case VT_ADVICE_MORE_MEMORY:
        allow_more_memory(performance);
        break;
    case VT_ADVICE_LARGER_CACHE:
        enlarge_cache(performance);
        break;
    case VT_ADVICE_MORE_JOBS:
        change_jobs(performance, 1);
        break;
    case VT_ADVICE_FEWER_JOBS:
        change_jobs(performance, -1);
        break;
    case VT_ADVICE_HOLD:
        vt_performance_hold(performance, true);
        break;
    case VT_ADVICE_GO_ON:
        vt_performance_hold(performance, false);
        break;
    case VT_ADVICE_FAILURES:
        performance->context.ops->show_failures(performance->context.user);
        break;
    case VT_ADVICE_PLACE:
        performance->context.ops->show_place(performance->context.user);
        break;
    default: /* the trace is asked for by the view, with a name for it */
        break;
    }
}
