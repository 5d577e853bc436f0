#include "app/ui/activity/jobs.h"

#include "app/ui/activity/activity_words.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

/* A figure of so long ago counts half for the rate. */
#define RATE_HALF_LIFE_S 3.0

static void free_job(vt_job *job)
{
    free(job->subject);
    free(job->fault);
    free(job);
}

static void remove_at(vt_jobs *jobs, size_t at)
{
    free_job(jobs->jobs[at]);
    memmove(&jobs->jobs[at], &jobs->jobs[at + 1], (jobs->count - at - 1) * sizeof *jobs->jobs);
    jobs->count--;
}

static void forget_oldest(vt_jobs *jobs)
{
    size_t ended = 0;
    size_t oldest = 0;
    for (size_t i = 0; i < jobs->count; i++) {
        if (vt_job_has_ended(jobs->jobs[i])) {
            ended++;
            oldest = i;
        }
    }
    if (ended > VT_JOBS_ENDED_MAX || (jobs->count == VT_JOBS_MAX && ended > 0)) {
        remove_at(jobs, oldest);
    }
}

vt_job *vt_jobs_begin(vt_jobs *jobs, int64_t id, const char *subject, int64_t now_ns)
{
    forget_oldest(jobs);
    vt_job *job = jobs->count < VT_JOBS_MAX ? calloc(1, sizeof *job) : NULL;
    char *copy = job ? strdup(subject) : NULL;
    if (!copy) {
        free(job);
        return NULL;
    }
    *job = (vt_job){.id = id, .subject = copy, .remaining = -1, .seen_ns = now_ns, .told_ns = now_ns};
    memmove(&jobs->jobs[1], &jobs->jobs[0], jobs->count * sizeof *jobs->jobs);
    jobs->jobs[0] = job;
    jobs->count++;
    return job;
}

static size_t place_of(const vt_jobs *jobs, int64_t id)
{
    size_t at = 0;
    while (at < jobs->count && jobs->jobs[at]->id != id) {
        at++;
    }
    return at;
}

void vt_jobs_drop(vt_jobs *jobs, int64_t id)
{
    size_t at = place_of(jobs, id);
    if (at < jobs->count) {
        remove_at(jobs, at);
    }
}

vt_job *vt_jobs_find(const vt_jobs *jobs, int64_t id)
{
    size_t at = place_of(jobs, id);
    return at < jobs->count ? jobs->jobs[at] : NULL;
}

void vt_jobs_clear_ended(vt_jobs *jobs)
{
    for (size_t i = jobs->count; i > 0; i--) {
        if (vt_job_has_ended(jobs->jobs[i - 1])) {
            remove_at(jobs, i - 1);
        }
    }
}

void vt_jobs_clear(vt_jobs *jobs)
{
    while (jobs->count > 0) {
        remove_at(jobs, jobs->count - 1);
    }
}

/* ---- one of them ---- */

bool vt_job_has_ended(const vt_job *job)
{
    return job->state >= VT_JOB_DONE;
}

static vt_job_state state_of(const vt_job *job)
{
    return job->stopping          ? VT_JOB_STOPPING
           : job->figures.held    ? VT_JOB_HELD
           : job->waiting         ? VT_JOB_WAITING
           : job->figures.scanned ? VT_JOB_READING
                                  : VT_JOB_SEARCHING;
}

/* Each figure weighs by the time it stands for, the older ones less and less: no step when a batch of 128
   comes at once. */
static void smooth(vt_job *job, int64_t now_ns)
{
    int64_t done = vt_activity_done(&job->figures);
    double seconds = (double)(now_ns - job->seen_ns) / (double)VT_NS_PER_S;
    bool stands = job->state == VT_JOB_HELD || job->state == VT_JOB_WAITING;
    if (seconds <= 0 || (stands && done == job->seen_done)) {
        job->seen_ns = now_ns; /* the time it stood does not count */
        return;
    }
    double fresh = (double)(done - job->seen_done) / seconds;
    double weight = seconds / (seconds + RATE_HALF_LIFE_S);
    job->rate = job->rate > 0 ? job->rate + (fresh - job->rate) * weight : fresh;
    job->seen_ns = now_ns;
    job->seen_done = done;
}

void vt_job_update(vt_job *job, const vt_import_figures *figures, int64_t now_ns)
{
    if (vt_job_has_ended(job)) {
        return;
    }
    job->figures = *figures;
    job->state = state_of(job);
    smooth(job, now_ns);
    int64_t left = figures->found - vt_activity_done(figures);
    bool known = figures->scanned && job->rate > 0 && job->state == VT_JOB_READING;
    job->remaining = known ? (double)left / job->rate : -1;
}

void vt_job_wait(vt_job *job, const vt_error *reason)
{
    free(job->fault);
    job->fault = reason ? strdup(reason->message) : NULL;
    job->waiting = reason != NULL;
    job->state = state_of(job);
}

void vt_job_stop(vt_job *job)
{
    job->stopping = true;
    job->state = VT_JOB_STOPPING;
}

void vt_job_end(vt_job *job, const vt_import_figures *figures, const vt_error *error)
{
    job->figures = *figures;
    free(job->fault);
    bool cancelled = error && error->code == VT_ERROR_CANCELLED;
    job->fault = error && !cancelled ? strdup(error->message) : NULL;
    job->state = cancelled ? VT_JOB_CANCELLED : error ? VT_JOB_BROKEN : VT_JOB_DONE;
    job->rate = figures->items_per_second;
    job->remaining = -1;
}

/* ---- words ---- */

int vt_job_permille(const vt_job *job)
{
    if (vt_job_has_ended(job)) {
        return 1000;
    }
    return job->figures.scanned && job->figures.found > 0
               ? (int)(vt_activity_done(&job->figures) * 1000 / job->figures.found)
               : -1;
}

void vt_job_counts(const vt_job *job, vt_str *text)
{
    char done[32], found[32];
    vt_wording_count(done, sizeof done, vt_activity_done(&job->figures));
    if (!vt_job_has_ended(job) || vt_activity_done(&job->figures) < job->figures.found) {
        vt_tr_append_both(text, "activity", "%1 of %2", done,
                          vt_wording_count(found, sizeof found, job->figures.found));
    } else {
        vt_str_append_cstr(text, done);
    }
}

void vt_job_rate(const vt_job *job, vt_str *text)
{
    char words[32];
    if (job->rate >= 0.5 && job->state != VT_JOB_HELD && job->state != VT_JOB_WAITING) {
        vt_str_appendf(text, "%s/s", vt_wording_count(words, sizeof words, (int64_t)(job->rate + 0.5)));
    }
}

void vt_job_remaining(const vt_job *job, vt_str *text)
{
    char words[32];
    if (vt_job_has_ended(job)) {
        vt_activity_duration(job->figures.seconds, text);
    } else if (job->remaining >= 0) {
        vt_tr_append_with(text, "activity", "%1 left",
                          vt_wording_duration(words, sizeof words, (int64_t)(job->remaining * VT_NS_PER_S)));
    }
}

void vt_job_status(const vt_job *job, vt_str *text)
{
    static const char *const states[] = {[VT_JOB_SEARCHING] = VT_TR_NOOP("activity", "searching"),
                                         [VT_JOB_READING] = VT_TR_NOOP("activity", "reading"),
                                         [VT_JOB_HELD] = VT_TR_NOOP("activity", "paused"),
                                         [VT_JOB_WAITING] = VT_TR_NOOP("activity", "waiting"),
                                         [VT_JOB_STOPPING] = VT_TR_NOOP("activity", "stopping"),
                                         [VT_JOB_DONE] = "",
                                         [VT_JOB_CANCELLED] = VT_TR_NOOP("activity", "cancelled"),
                                         [VT_JOB_BROKEN] = VT_TR_NOOP("activity", "stopped")};
    char words[32];
    vt_str_append_cstr(text, *states[job->state] ? vt_tr("activity", states[job->state]) : "");
    if (job->fault) {
        vt_str_append_cstr(text, ": ");
        vt_str_append_display(text, job->fault, strlen(job->fault));
    }
    if (vt_job_has_ended(job)) {
        vt_str_append_cstr(text, text->length ? "; " : "");
        vt_activity_outcome(&job->figures, text);
    } else if (job->figures.failed > 0) {
        vt_str_append_cstr(text, ", ");
        vt_tr_append_with(text, "activity", "%1 failed",
                          vt_wording_count(words, sizeof words, job->figures.failed));
    }
}

void vt_jobs_total(const vt_jobs *jobs, vt_str *text)
{
    char words[2][32];
    int64_t done = 0;
    int64_t found = 0;
    double rate = 0;
    size_t running = 0;
    for (size_t i = 0; i < jobs->count; i++) {
        const vt_job *job = jobs->jobs[i];
        if (!vt_job_has_ended(job)) {
            running++;
            done += vt_activity_done(&job->figures);
            found += job->figures.found;
            rate += job->state == VT_JOB_HELD || job->state == VT_JOB_WAITING ? 0 : job->rate;
        }
    }
    if (running == 0) {
        vt_str_append_cstr(text, vt_tr("activity", "No import is at work"));
        return;
    }
    vt_tr_append_count(text, "activity", "%n import", "%n imports", (int64_t)running);
    vt_str_append_cstr(text, "  \u00b7  ");
    vt_tr_append_both(text, "activity", "%1 of %2 files", vt_wording_count(words[0], sizeof words[0], done),
                      vt_wording_count(words[1], sizeof words[1], found));
    if (rate >= 0.5) {
        vt_str_appendf(text, "  \u00b7  %s/s",
                       vt_wording_count(words[0], sizeof words[0], (int64_t)(rate + 0.5)));
    }
}
