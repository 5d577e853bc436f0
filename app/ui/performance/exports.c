/* What was measured as a file, made and written by the centre's own thread: a report takes some milliseconds,
   and with many violations some dozens. The window's thread copies for it what is its own: the course of the
   session, and the words, for which it alone can translate. */
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

enum { FACTS = 5, TEXTS_MAX = 256, FACT_BYTES = 80 };

/* The words of a report, translated. */
typedef struct vocabulary {
    size_t count;
    const char *texts[TEXTS_MAX], *words[TEXTS_MAX]; /* live as long as the program */
} vocabulary;

/* What a report is made from. */
typedef struct report_parts {
    vt_sampler *sampler; /* owned; NULL: nobody looked */
    vt_report_fact facts[FACTS];
    char values[FACTS][FACT_BYTES];
    const char *title;
    vocabulary words;
    int64_t now;
} report_parts;

typedef struct export
{
    vt_performance_form form;
    vt_monitor *monitor; /* borrowed, as the trace */
    const vt_trace *trace;
    report_parts *report; /* owned; NULL for other forms */
    char *path;           /* owned */
    vt_str text;
}
export;

static void free_parts(report_parts *parts)
{
    if (parts) {
        vt_sampler_free(parts->sampler);
        free(parts);
    }
}

static void release_export(void *user)
{
    export *job = user;
    free_parts(job->report);
    vt_str_free(&job->text);
    free(job->path);
    free(job);
}

/* ---- on the window's thread ---- */

static void translate(void *user, const char *text)
{
    vocabulary *words = user;
    if (words->count < TEXTS_MAX) { /* those beyond are told in English */
        words->texts[words->count] = text;
        words->words[words->count++] = vt_tr("performance", text);
    }
}

static void set_fact(report_parts *parts, size_t at, const char *key, const char *value)
{
    snprintf(parts->values[at], sizeof parts->values[at], "%s", value);
    parts->facts[at] = (vt_report_fact){key, parts->values[at]};
}

static void set_facts(const vt_performance *performance, report_parts *parts)
{
    char when[40] = "", memory[72], jobs[32], used[32], limit[32];
    time_t now = time(NULL);
    struct tm at;
    if (localtime_r(&now, &at)) {
        strftime(when, sizeof when, "%Y-%m-%d %H:%M", &at);
    }
    const vt_situation *is = &performance->situation;
    vt_budget_format(VT_BUDGET_BYTES, is->memory, used, sizeof used);
    vt_budget_format(VT_BUDGET_BYTES, is->memory_hard, limit, sizeof limit);
    snprintf(memory, sizeof memory, "%s / %s", used, limit);
    snprintf(jobs, sizeof jobs, "%d / %d", is->jobs, is->processors);
    set_fact(parts, 0, "Vitrine", VITRINE_VERSION);
    set_fact(parts, 1, "Qt", qt_version());
    set_fact(parts, 2, vt_tr("performance", "Written on"), when);
    set_fact(parts, 3, vt_tr("performance", "Memory and its limit"), memory);
    set_fact(parts, 4, vt_tr("performance", "Files read at once, and processors"), jobs);
}

/* NULL when memory runs out. */
static report_parts *take_parts(const vt_performance *performance)
{
    report_parts *parts = calloc(1, sizeof *parts);
    if (!parts) {
        return NULL;
    }
    parts->now = vt_clock_now();
    parts->title = vt_tr("performance", "Performance of Vitrine");
    set_facts(performance, parts);
    vt_report_each_text(performance->context.monitor, translate, &parts->words);
    parts->sampler = performance->sampler ? vt_sampler_copy(performance->sampler) : NULL;
    if (performance->sampler && !parts->sampler) {
        free(parts);
        return NULL;
    }
    return parts;
}

/* ---- on any thread ---- */

static const char *translated(void *user, const char *text)
{
    const vocabulary *words = user;
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->texts[i], text) == 0) {
            return words->words[i];
        }
    }
    return text;
}

static void make_html(report_parts *parts, vt_monitor *monitor, const vt_trace *trace, vt_str *text)
{
    const vt_report_source source = {.title = parts->title,
                                     .facts = parts->facts,
                                     .fact_count = FACTS,
                                     .monitor = monitor,
                                     .trace = trace,
                                     .sampler = parts->sampler,
                                     .now = parts->now,
                                     .translate = translated,
                                     .user = &parts->words};
    vt_report_html(&source, text);
}

static void make_json(const vt_monitor *monitor, vt_str *text)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, text, VT_JSON_INDENTED);
    vt_report_json(monitor, &json);
    text->failed = !vt_json_end(&json, NULL) || text->failed;
}

static bool make_trace(const vt_trace *trace, vt_str *text, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, text, VT_JSON_COMPACT);
    bool written = vt_trace_write(trace, &json, error);
    return vt_json_end(&json, written ? error : NULL) && written;
}

static bool run_export(void *user, vt_error *error)
{
    enum { MODE = 0644 };
    export *job = user;
    if (job->form == VT_PERFORMANCE_TRACE) {
        if (!make_trace(job->trace, &job->text, error)) {
            return false;
        }
    } else if (job->form == VT_PERFORMANCE_JSON) {
        make_json(job->monitor, &job->text);
    } else {
        make_html(job->report, job->monitor, job->trace, &job->text);
    }
    if (job->text.failed) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for %s", job->path);
    }
    return vt_file_replace(job->path, job->text.data, job->text.length, MODE, error);
}

/* ---- exports ---- */

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

void vt_performance_export(vt_performance *performance, vt_performance_form form, const char *path)
{
    if (form == VT_PERFORMANCE_TRACE && !performance->context.trace) {
        vt_performance_tell(performance,
                            vt_tr("performance", "No trace was kept: there was no memory for it."));
        return;
    }
    export *job = calloc(1, sizeof *job);
    char *copy = job ? strdup(path) : NULL;
    report_parts *report = copy && form == VT_PERFORMANCE_HTML ? take_parts(performance) : NULL;
    if (!copy || (form == VT_PERFORMANCE_HTML && !report)) {
        free(copy);
        free(job);
        vt_performance_tell(performance, vt_tr("performance", "Not written: there is no memory for it."));
        return;
    }
    *job =
        (export){form, performance->context.monitor, performance->context.trace, report, copy, VT_STR_INIT};
    vt_performance_work_on(performance, &export_work, job);
}

static void make_last(const vt_performance *performance, vt_last_run_form form, vt_str *text)
{
    vt_monitor *monitor = performance->context.monitor;
    if (form == VT_LAST_RUN_TEXT) {
        vt_report_text(monitor, text);
    } else if (form == VT_LAST_RUN_JSON) {
        make_json(monitor, text);
    } else {
        report_parts *parts = take_parts(performance);
        text->failed = !parts;
        if (parts) {
            make_html(parts, monitor, performance->context.trace, text);
        }
        free_parts(parts);
    }
}

void vt_performance_leave(vt_performance *performance)
{
    for (int form = 0; form < VT_LAST_RUN_FORMS; form++) {
        vt_error error = VT_ERROR_INIT;
        vt_str text = VT_STR_INIT;
        make_last(performance, (vt_last_run_form)form, &text);
        if (!vt_last_run_keep((vt_last_run_form)form, &text, &error)) {
            vt_log_write(&performance->context.log, VT_LOG_WARN, "the report of this run is not kept: %s",
                         error.message);
        }
        vt_str_free(&text);
    }
}
