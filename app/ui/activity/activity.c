#include "app/ui/activity/activity.h"

#include "app/ui/activity/activity_private.h"
#include "app/ui/parts/translate.h"
#include "core/base/clock.h"

#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { LINES_SHOWN = 3 };

void vt_activity_show_total(vt_activity *activity)
{
    vt_engine_figures figures;
    vt_engine_get_figures(vt_library_engine(activity->library), &figures);
    int more = activity->job_count - LINES_SHOWN;
    vt_activity_total_show(activity->total, vt_activity_count(activity), more > 0 ? more : 0, &figures);
}

/* Those that run come first, then the newest: a window full of lines would leave no room for the library. */
void vt_activity_show_lines(vt_activity *activity)
{
    int left = LINES_SHOWN;
    bool shown[VT_ACTIVITY_LINES_MAX] = {false};
    for (int running = 1; running >= 0; running--) {
        for (int i = activity->job_count - 1; i >= 0 && left > 0; i--) {
            if ((activity->jobs[i]->import != NULL) == (running == 1)) {
                shown[i] = true;
                left--;
            }
        }
    }
    for (int i = 0; i < activity->job_count; i++) {
        q_widget_set_visible(vt_activity_line_widget(activity->jobs[i]->line), shown[i]);
    }
    q_widget_set_visible(&activity->widget, activity->job_count > 0 && !activity->lines_hidden);
    vt_activity_show_total(activity);
}

void vt_activity_tell(vt_activity *activity, int64_t id)
{
    for (const vt_activity_listener *listener = activity->listeners; listener; listener = listener->next) {
        listener->job_changed(listener->user, id);
    }
}

void vt_activity_listen(vt_activity *activity, vt_activity_listener *listener)
{
    listener->next = activity->listeners;
    activity->listeners = listener;
}

void vt_activity_show_failures(vt_activity *activity)
{
    activity->ops->show_failures(activity->user);
}

void vt_activity_unlisten(vt_activity *activity, vt_activity_listener *listener)
{
    for (vt_activity_listener **link = &activity->listeners; *link; link = &(*link)->next) {
        if (*link == listener) {
            *link = listener->next;
            return;
        }
    }
}

static void release_job(vt_activity_job *job)
{
    vt_import_free(job->import);
    q_widget_delete(vt_activity_line_widget(job->line));
    free(job);
}

static void remove_job(vt_activity *activity, int at)
{
    release_job(activity->jobs[at]);
    memmove(&activity->jobs[at], &activity->jobs[at + 1],
            (size_t)(activity->job_count - at - 1) * sizeof(vt_activity_job *));
    activity->job_count--;
    vt_activity_show_lines(activity);
}

static int place_of(const vt_activity *activity, const vt_activity_job *job)
{
    for (int i = 0; i < activity->job_count; i++) {
        if (activity->jobs[i] == job) {
            return i;
        }
    }
    return -1;
}

/* ---- what a line tells; a line is never deleted inside its own click ---- */

static void line_cancel(void *user)
{
    vt_activity_job *job = user;
    vt_activity_cancel(job->activity, job->id);
}

static void line_hold(void *user, bool hold)
{
    vt_activity_job *job = user;
    vt_activity_hold(job->activity, job->id, hold);
}

static void line_show_details(void *user)
{
    vt_activity *activity = ((vt_activity_job *)user)->activity;
    activity->ops->show_details(activity->user);
}

static void line_show_failures(void *user)
{
    vt_activity *activity = ((vt_activity_job *)user)->activity;
    activity->ops->show_failures(activity->user);
}

static void line_close(void *user)
{
    q_timer_start_interval(((vt_activity_job *)user)->leave, 0);
}

static const vt_activity_line_ops line_ops = {.cancel = line_cancel,
                                              .hold = line_hold,
                                              .show_details = line_show_details,
                                              .show_failures = line_show_failures,
                                              .close = line_close};

static void on_leave(void *user)
{
    vt_activity_job *job = user;
    vt_activity *activity = job->activity;
    remove_job(activity, place_of(activity, job));
}

/* ---- starting ---- */

static void describe(const char *const *paths, size_t count, vt_str *subject)
{
    if (count == 1) {
        const char *name = strrchr(paths[0], '/');
        name = name && name[1] ? name + 1 : paths[0];
        vt_str_append_display(subject, name, strlen(name));
    } else {
        vt_tr_append_count(subject, "activity", "%n folder or file", "%n folders and files", (int64_t)count);
    }
}

/* An ended line makes room for a new one. */
static void make_room(vt_activity *activity)
{
    for (int i = 0; i < activity->job_count && activity->job_count == VT_ACTIVITY_LINES_MAX; i++) {
        if (!activity->jobs[i]->import) {
            remove_job(activity, i);
        }
    }
}

static vt_activity_job *make_job(vt_activity *activity, const char *const *paths, size_t count)
{
    vt_str subject = VT_STR_INIT;
    vt_activity_job *job = calloc(1, sizeof *job);
    describe(paths, count, &subject);
    if (job && !vt_jobs_begin(&activity->list, activity->last_id + 1, subject.data, vt_clock_now())) {
        free(job);
        job = NULL;
    }
    if (job) {
        job->id = ++activity->last_id;
        job->activity = activity;
        job->line = vt_activity_line_create(&activity->widget, subject.data, &line_ops, job);
        job->leave = q_timer_new(vt_activity_line_widget(job->line));
        q_timer_set_single_shot(job->leave, true);
        /* Through the activity, since the line dies in it. */
        q_timer_on_timeout(job->leave, &activity->widget, on_leave, job);
    }
    vt_str_free(&subject);
    return job;
}

/* `unfinished` NULL: a new one. */
static bool begin(vt_activity *activity, const char *const *paths, size_t count,
                  const vt_import_options *options, const vt_unfinished *unfinished, vt_error *error)
{
    make_room(activity);
    if (activity->job_count == VT_ACTIVITY_LINES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "%d imports are under way; wait for one to end or cancel one",
                            VT_ACTIVITY_LINES_MAX);
    }
    vt_activity_job *job = make_job(activity, paths, count);
    if (!job) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an import");
    }
    const vt_import_listener listener = vt_activity_job_listener(job);
    vt_engine *engine = vt_library_engine(activity->library);
    job->import = unfinished ? vt_engine_resume(engine, unfinished->id, &listener, error)
                             : vt_engine_import(engine, paths, count, options, &listener, error);
    if (!job->import) {
        vt_jobs_drop(&activity->list, job->id);
        release_job(job);
        return false;
    }
    vt_meter_start(activity->meter);
    activity->jobs[activity->job_count++] = job;
    q_boxlayout_add_widget(activity->layout, vt_activity_line_widget(job->line));
    vt_activity_show_lines(activity);
    vt_activity_tell(activity, 0);
    activity->ops->changed(activity->user);
    return true;
}

bool vt_activity_import(vt_activity *activity, const char *const *paths, size_t count,
                        const vt_import_options *options, vt_error *error)
{
    return begin(activity, paths, count, options, NULL, error);
}

bool vt_activity_resume(vt_activity *activity, const vt_unfinished *unfinished, vt_error *error)
{
    return begin(activity, (const char *const *)unfinished->paths, unfinished->count, NULL, unfinished,
                 error);
}

void vt_activity_delivered(vt_activity *activity, int64_t ns)
{
    bool any = vt_activity_count(activity) > 0;
    if (any || activity->delivering) {
        vt_job_times_turn(&activity->times, ns, !any);
    }
    activity->delivering = any;
}

int vt_activity_count(const vt_activity *activity)
{
    int count = 0;
    for (int i = 0; i < activity->job_count; i++) {
        count += activity->jobs[i]->import != NULL;
    }
    return count;
}

const vt_jobs *vt_activity_jobs(const vt_activity *activity)
{
    return &activity->list;
}

void vt_activity_clear_ended(vt_activity *activity)
{
    vt_jobs_clear_ended(&activity->list);
    vt_activity_tell(activity, 0);
}

/* The one under way with that id; NULL: there is none any more. */
static vt_activity_job *running(const vt_activity *activity, int64_t id)
{
    for (int i = 0; i < activity->job_count; i++) {
        if (activity->jobs[i]->id == id && activity->jobs[i]->import) {
            return activity->jobs[i];
        }
    }
    return NULL;
}

void vt_activity_hold(vt_activity *activity, int64_t id, bool hold)
{
    vt_activity_job *job = running(activity, id);
    if (job && hold) {
        vt_import_hold(job->import);
    } else if (job && vt_import_is_held(job->import)) {
        vt_import_go_on(job->import);
    } else if (job) {
        vt_engine_go_on(vt_library_engine(activity->library)); /* it waits for room on the disk */
    }
    if (job) {
        vt_log_write(&activity->log, VT_LOG_INFO, "import %s by hand", hold ? "held" : "goes on");
    }
}

static void cancel(vt_activity *activity, vt_activity_job *job)
{
    vt_job *listed = vt_jobs_find(&activity->list, job->id);
    vt_activity_line_show_stopping(job->line);
    if (listed) {
        vt_job_times_stop(listed, vt_clock_now());
        vt_job_stop(listed);
        vt_activity_tell(activity, job->id);
    }
    vt_import_cancel(job->import);
}

void vt_activity_cancel(vt_activity *activity, int64_t id)
{
    vt_activity_job *job = running(activity, id);
    if (job) {
        cancel(activity, job);
    }
}

void vt_activity_cancel_all(vt_activity *activity)
{
    for (int i = 0; i < activity->job_count; i++) {
        if (activity->jobs[i]->import) {
            cancel(activity, activity->jobs[i]);
        }
    }
}

void vt_activity_hide_lines(vt_activity *activity, bool hide)
{
    activity->lines_hidden = hide;
    vt_activity_show_lines(activity);
}

static void total_details(void *user)
{
    vt_activity *activity = user;
    activity->ops->show_details(activity->user);
}

static void total_cancel(void *user)
{
    vt_activity_cancel_all(user);
}

/* ---- life ---- */

static void activity_finish(void *self)
{
    vt_activity *activity = self;
    /* At once, since releasing one waits for its end. The next start offers to go on. */
    for (int i = 0; i < activity->job_count; i++) {
        if (activity->jobs[i]->import) {
            vt_import_interrupt(activity->jobs[i]->import);
        }
    }
    while (activity->job_count) {
        release_job(activity->jobs[--activity->job_count]);
    }
    vt_jobs_clear(&activity->list);
}

static qt_subclass activity_class = {
    .base = &qt_class_QWidget, .instance_size = sizeof(vt_activity), .finish = activity_finish};

vt_activity *vt_activity_create(QWidgetRef parent, vt_library *library, vt_meter *meter, vt_monitor *monitor,
                                const vt_activity_ops *ops, void *user, vt_log log)
{
    vt_activity *activity = qt_subclass_allocate(&activity_class);
    q_widget_init(&activity->widget, parent);
    qt_subclass_install(&activity_class, activity);
    activity->library = library;
    activity->meter = meter;
    activity->ops = ops;
    activity->user = user;
    activity->log = log;
    vt_job_times_init(&activity->times, monitor);
    activity->signals = vt_task_signals_create(&activity->widget);
    activity->to_signals = vt_task_signals_listener(activity->signals);
    activity->layout = q_vboxlayout_new_widget(&activity->widget);
    q_layout_set_contents_margins(activity->layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(activity->layout, 0);
    activity->total = vt_activity_total_create(&activity->widget, total_cancel, total_details, activity);
    q_boxlayout_add_widget(activity->layout, vt_activity_total_widget(activity->total));
    q_widget_hide(&activity->widget);
    return activity;
}

QWidget *vt_activity_widget(vt_activity *activity)
{
    return &activity->widget;
}

vt_task_signals *vt_activity_signals(vt_activity *activity)
{
    return activity->signals;
}
