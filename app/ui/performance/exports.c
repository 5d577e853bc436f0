/* What was measured as a file. The text is made on the window's thread, since the sampler is its: some
   milliseconds; but for the trace, which any thread may read, and which is large. */
#include "app/ui/performance/performance_private.h"

#include "app/ui/parts/translate.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/perf/last_run.h"
#include "core/perf/report.h"
#include "core/perf/reporter.h"

#include <qt6c/string.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct export
{
    vt_performance_form form;
    const vt_trace *trace;
    char *path; /* owned */
    vt_str text;
}
export;

static void release_export(void *user)
{
    export *job = user;
    vt_str_free(&job->text);
    free(job->path);
    free(job);
}

static bool run_export(void *user, vt_error *error)
{
    enum { MODE = 0644 };
    export *job = user;
    if (job->form == VT_PERFORMANCE_TRACE) {
        vt_json_writer json;
        vt_json_begin(&json, vt_json_to_str, &job->text, VT_JSON_COMPACT);
        vt_trace_write(job->trace, &json);
        if (!vt_json_end(&json, error)) {
            return false;
        }
    }
    if (job->text.failed) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for %s", job->path);
    }
    return vt_file_replace(job->path, job->text.data, job->text.length, MODE, error);
}

static void exported(vt_performance *performance, void *user, const vt_error *error)
{
    static const char *const names[VT_PERFORMANCE_FORMS] = {"json", "trace", "html"};
    const export *job = user;
    vt_str text = VT_STR_INIT;
    vt_log_write(&performance->context.log, VT_LOG_INFO, "performance: export=%s bytes=%zu failed=%d",
                 names[job->form], job->text.length, error ? (int)error->code : 0);
    if (error) {
        vt_str_append_cstr(&text, error->message);
    } else {
        vt_tr_append_with(&text, "performance", "Written to %1", job->path);
    }
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, text.data, text.length);
    vt_performance_tell(performance, shown.data);
    vt_str_free(&shown);
    vt_str_free(&text);
}

static const vt_performance_work export_work = {"export", run_export, exported, release_export};

static const char *translate(const char *text)
{
    return vt_tr("performance", text);
}

static void make_json(const vt_performance *performance, vt_str *text)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, text, VT_JSON_INDENTED);
    vt_report_json(performance->context.monitor, &json);
    text->failed = !vt_json_end(&json, NULL) || text->failed;
}

static void make_html(const vt_performance *performance, vt_str *text)
{
    char when[40] = "", memory[72], jobs[32];
    time_t now = time(NULL);
    struct tm at;
    if (localtime_r(&now, &at)) {
        strftime(when, sizeof when, "%Y-%m-%d %H:%M", &at);
    }
    const vt_situation *is = &performance->situation;
    char used[32], limit[32];
    vt_budget_format(VT_BUDGET_BYTES, is->memory, used, sizeof used);
    vt_budget_format(VT_BUDGET_BYTES, is->memory_hard, limit, sizeof limit);
    snprintf(memory, sizeof memory, "%s / %s", used, limit);
    snprintf(jobs, sizeof jobs, "%d / %d", is->jobs, is->processors);
    const vt_report_fact facts[] = {
        {"Vitrine", VITRINE_VERSION},
        {"Qt", qt_version()},
        {vt_tr("performance", "Written on"), when},
        {vt_tr("performance", "Memory and its limit"), memory},
        {vt_tr("performance", "Files read at once, and processors"), jobs},
    };
    const vt_report_source source = {.title = vt_tr("performance", "Performance of Vitrine"),
                                     .facts = facts,
                                     .fact_count = sizeof facts / sizeof *facts,
                                     .monitor = performance->context.monitor,
                                     .trace = performance->context.trace,
                                     .sampler = performance->sampler,
                                     .now = vt_clock_now(),
                                     .translate = translate};
    vt_report_html(&source, text);
}

void vt_performance_export(vt_performance *performance, vt_performance_form form, const char *path)
{
    if (form == VT_PERFORMANCE_TRACE && !performance->context.trace) {
        vt_performance_tell(performance,
                            vt_tr("performance", "No trace was kept: there was no memory for it."));
        return;
    }
    export *job = calloc(1, sizeof *job);
    char *copy = job ? strdup(path) : NULL;
    if (!copy) {
        free(job);
        return;
    }
    *job = (export){form, performance->context.trace, copy, VT_STR_INIT};
    if (form == VT_PERFORMANCE_JSON) {
        make_json(performance, &job->text);
    } else if (form == VT_PERFORMANCE_HTML) {
        make_html(performance, &job->text);
    }
    vt_performance_work_on(performance, &export_work, job);
}

void vt_performance_leave(vt_performance *performance)
{
    for (int form = 0; form < VT_LAST_RUN_FORMS; form++) {
        vt_error error = VT_ERROR_INIT;
        vt_str text = VT_STR_INIT;
        if (form == VT_LAST_RUN_TEXT) {
            vt_report_text(performance->context.monitor, &text);
        } else if (form == VT_LAST_RUN_JSON) {
            make_json(performance, &text);
        } else {
            make_html(performance, &text);
        }
        if (!vt_last_run_keep((vt_last_run_form)form, &text, &error)) {
            vt_log_write(&performance->context.log, VT_LOG_WARN, "the report of this run is not kept: %s",
                         error.message);
        }
        vt_str_free(&text);
    }
}
