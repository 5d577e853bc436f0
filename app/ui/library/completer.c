#include "app/ui/library/completer.h"

#include <qt6c/qobject.h>

#include <stdlib.h>
#include <string.h>

typedef struct question {
    char *texts[VT_COMPLETER_TEXTS_MAX]; /* owned */
    size_t cursors[VT_COMPLETER_TEXTS_MAX];
    size_t count; /* 0: there is none */
    const vt_tally *tally;
} question;

struct vt_completer {
    vt_library *library;
    vt_executor *executor;
    vt_completed completed;
    void *user;
    QObject *receiver;  /* of answers; gone with the completer */
    vt_task *searching; /* NULL if none */
    question next;      /* waits for the search that is at work */
    bool wanted;        /* the answer of that one is */
};

typedef struct search_job {
    vt_completer *completer; /* touched on the UI thread only */
    QObject *receiver;
    const vt_snapshot *snapshot;
    question asked;
    vt_completions found[VT_COMPLETER_TEXTS_MAX];
} search_job;

static void clear_question(question *of)
{
    for (size_t i = 0; i < of->count; i++) {
        free(of->texts[i]);
    }
    vt_tally_release(of->tally);
    *of = (question){.count = 0};
}

/* ---- on a worker ---- */

static bool run_search(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    search_job *job = user;
    bool done = true;
    for (size_t i = 0; done && i < job->asked.count; i++) {
        const char *text = job->asked.texts[i];
        done = vt_complete(job->snapshot, job->asked.tally, text, strlen(text), job->asked.cursors[i],
                           &job->found[i], error);
    }
    return done;
}

static void start(vt_completer *completer);

static void take_answer(void *user)
{
    search_job *job = user;
    vt_completer *completer = job->completer;
    vt_task *task = completer->searching; /* keeps the job */
    completer->searching = NULL;
    if (completer->next.count > 0) {
        start(completer);
    } else if (completer->wanted) {
        completer->wanted = false;
        completer->completed(completer->user, job->found, job->asked.count);
    }
    vt_task_unref(task);
}

static void search_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    search_job *job = user;
    qt_post(job->receiver, take_answer, job, NULL);
}

static void release_search(void *user)
{
    search_job *job = user;
    vt_snapshot_release(job->snapshot);
    clear_question(&job->asked);
    for (size_t i = 0; i < VT_COMPLETER_TEXTS_MAX; i++) {
        vt_completions_clear(&job->found[i]);
    }
    free(job);
}

static const vt_task_ops search_ops = {
    .name = "completion", .run = run_search, .finished = search_finished, .release = release_search};

/* ---- on the UI thread ---- */

static void start(vt_completer *completer)
{
    search_job *job = calloc(1, sizeof *job);
    if (!job) {
        clear_question(&completer->next);
        return;
    }
    job->completer = completer;
    job->receiver = completer->receiver;
    job->snapshot = vt_library_snapshot(completer->library);
    job->asked = completer->next;
    completer->next = (question){.count = 0};
    vt_task *task = vt_task_create(&search_ops, job, NULL);
    if (!task) {
        release_search(job);
        return;
    }
    completer->wanted = true;
    completer->searching = task;
    if (!vt_executor_submit(completer->executor, task, VT_PRIORITY_CRITICAL, NULL)) {
        completer->searching = NULL;
        vt_task_unref(task);
    }
}

void vt_completer_ask(vt_completer *completer, const vt_completer_text *texts, size_t count,
                      const vt_tally *tally)
{
    clear_question(&completer->next);
    for (size_t i = 0; i < count && i < VT_COMPLETER_TEXTS_MAX; i++) {
        char *copy = strdup(texts[i].text);
        if (!copy) {
            clear_question(&completer->next);
            return;
        }
        completer->next.texts[i] = copy;
        completer->next.cursors[i] = texts[i].cursor;
        completer->next.count = i + 1;
    }
    completer->next.tally = tally ? vt_tally_retain(tally) : NULL;
    completer->wanted = false;
    if (!completer->searching && completer->next.count > 0) {
        start(completer);
    }
}

void vt_completer_forget(vt_completer *completer)
{
    clear_question(&completer->next);
    completer->wanted = false;
}

vt_completer *vt_completer_create(vt_library *library, vt_executor *executor, vt_completed completed,
                                  void *user)
{
    vt_completer *completer = calloc(1, sizeof *completer);
    if (completer) {
        completer->library = library;
        completer->executor = executor;
        completer->completed = completed;
        completer->user = user;
        completer->receiver = q_object_new(NULL);
    }
    return completer;
}

void vt_completer_free(vt_completer *completer)
{
    if (completer) {
        if (completer->searching) {
            vt_task_wait(completer->searching, VT_FOREVER);
        }
        q_object_delete(completer->receiver); /* an answer that is on its way is dropped */
        vt_task_unref(completer->searching);
        clear_question(&completer->next);
        free(completer);
    }
}
