#include "app/ui/activity/list_reading.h"

#include <qt6c/runtime.h>

#include <stdlib.h>

struct vt_list_reading {
    QObject *page;
    vt_catalog *catalog;
    vt_executor *executor;
    const vt_list_reading_ops *ops;
    void *user;
    vt_task *task; /* NULL if none is at work */
    bool again;
};

typedef struct read_job {
    vt_list_reading *reading; /* touched on the UI thread only, but for what never changes */
    const vt_list_reading_ops *ops;
    vt_catalog *catalog;
    QObject *page;
    void *list; /* owned */
    vt_error error;
} read_job;

static bool run_read(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    read_job *job = user;
    vt_catalog_reader *reader = vt_catalog_reader_open(job->catalog, error);
    bool done = reader && job->ops->read(reader, job->list, error);
    vt_catalog_reader_free(reader);
    return done;
}

static void take_list(void *user)
{
    read_job *job = user;
    vt_list_reading *reading = job->reading;
    void *list = job->list;
    vt_error error = job->error;
    job->list = NULL;
    vt_task_unref(reading->task); /* which frees the job */
    reading->task = NULL;
    reading->ops->take(reading->user, list, &error);
    if (reading->again) {
        vt_list_reading_begin(reading);
    }
}

static void read_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    read_job *job = user;
    job->error = *error;
    qt_post(job->page, take_list, job, NULL);
}

static void release_read(void *user)
{
    read_job *job = user;
    if (job->list) {
        job->ops->free(job->list);
    }
    free(job);
}

/* Kept apart from the reading: a task may be released after that is gone. */
static const vt_task_ops read_ops = {
    .name = "list", .run = run_read, .finished = read_finished, .release = release_read};

static vt_task *make_task(vt_list_reading *reading)
{
    read_job *job = calloc(1, sizeof *job);
    if (!job) {
        return NULL;
    }
    *job = (read_job){.reading = reading,
                      .ops = reading->ops,
                      .catalog = reading->catalog,
                      .page = reading->page,
                      .list = reading->ops->create()};
    vt_task *task = job->list ? vt_task_create(&read_ops, job, NULL) : NULL;
    if (!task) {
        release_read(job);
    }
    return task;
}

void vt_list_reading_begin(vt_list_reading *reading)
{
    if (!reading) {
        return;
    }
    reading->again = reading->task != NULL;
    if (reading->again) {
        return;
    }
    reading->task = make_task(reading);
    if (reading->task && !vt_executor_submit(reading->executor, reading->task, VT_PRIORITY_CRITICAL, NULL)) {
        vt_task_unref(reading->task);
        reading->task = NULL;
    }
}

vt_list_reading *vt_list_reading_create(QObject *page, vt_catalog *catalog, vt_executor *executor,
                                        const vt_list_reading_ops *ops, void *user)
{
    vt_list_reading *reading = calloc(1, sizeof *reading);
    if (reading) {
        *reading = (vt_list_reading){page, catalog, executor, ops, user, NULL, false};
    }
    return reading;
}

void vt_list_reading_stop(vt_list_reading *reading)
{
    if (reading && reading->task) {
        vt_task_wait(reading->task, VT_FOREVER); /* its result may still be on its way */
    }
}

void vt_list_reading_free(vt_list_reading *reading)
{
    vt_list_reading_stop(reading);
    if (reading) {
        vt_task_unref(reading->task);
    }
    free(reading);
}
