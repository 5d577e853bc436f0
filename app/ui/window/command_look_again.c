/* Looking for changes in what is shown at the left: for folders that are not watched, and for who does not
 * trust a watch. A worker reads which folders were imported; then it is an import like any other. */
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"
#include "core/base/path.h"
#include "core/catalog/roots.h"

#include <stdlib.h>
#include <string.h>

/* Of so many folders an import is begun; nobody has imported more one by one. */
enum { ROOTS_MAX = 10000 };

typedef struct look_job {
    vt_window *window; /* touched on the UI thread only */
    vt_catalog *catalog;
    char *chosen; /* owned; "" for all items */
    char **paths; /* owned, as each of them */
    size_t count;
    bool below, offline; /* `chosen` lies in a root; some root is away */
    bool good;
    vt_error error;
} look_job;

/* The root, if it is chosen or below what is; what is chosen, if it lies in the root. */
static bool take_root(void *user, const vt_root *root)
{
    look_job *job = user;
    bool wanted = !*job->chosen || vt_path_is_below(root->path, job->chosen);
    bool below = !wanted && vt_path_is_below(job->chosen, root->path);
    job->offline = job->offline || ((wanted || below) && root->offline);
    job->below = job->below || (below && !root->offline);
    if (!wanted || root->offline || job->count == ROOTS_MAX) {
        return true;
    }
    char *path = strdup(root->path);
    char **grown = path ? realloc(job->paths, (job->count + 2) * sizeof *grown) : NULL;
    if (!grown) {
        free(path);
        return false;
    }
    job->paths = grown;
    job->paths[job->count++] = path;
    return true;
}

static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    look_job *job = user;
    vt_catalog_reader *reader = vt_catalog_reader_open(job->catalog, &job->error);
    job->good = reader && vt_catalog_reader_each_root(reader, take_root, job, &job->error);
    vt_catalog_reader_free(reader);
    if (!job->good) {
        *error = job->error;
    }
    return job->good;
}

static void release(void *user)
{
    look_job *job = user;
    for (size_t i = 0; i < job->count; i++) {
        free(job->paths[i]);
    }
    free(job->paths);
    free(job->chosen);
    free(job);
}

static void begin(void *user)
{
    look_job *job = user;
    vt_window *window = job->window;
    const char *const chosen[] = {job->chosen};
    vt_window_stop_looking(window);
    if (!job->good) {
        vt_window_say(window, job->error.message);
    } else if (job->count > 0) {
        vt_window_import(window, (const char *const *)job->paths, job->count);
    } else if (job->below) {
        vt_window_import(window, chosen, 1);
    } else if (job->offline) {
        vt_window_say(window, vt_tr("window", "The disk of this folder is not attached: nothing can be "
                                              "looked for there"));
    } else {
        vt_window_say(window, vt_tr("window", "No folder is imported that could be looked through"));
    }
}

/* What was found goes to the UI thread in a job of its own; without memory, nothing happens. */
static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    look_job *job = user;
    look_job *found = malloc(sizeof *found);
    if (found) {
        *found = *job;
        job->paths = NULL;
        job->chosen = NULL;
        job->count = 0;
        qt_post((QObject *)&job->window->main, begin, found, release);
    }
}

static const vt_task_ops look_ops = {
    .name = "look again", .run = run, .finished = finished, .release = release};

void vt_command_look_again(vt_window *window)
{
    look_job *job = window->looking ? NULL : calloc(1, sizeof *job);
    char *chosen = strdup(vt_folder_view_chosen(window->folders));
    if (!job || !chosen) {
        free(job);
        free(chosen);
        return;
    }
    job->window = window;
    job->catalog = vt_engine_catalog(window->context.engine);
    job->chosen = chosen;
    job->error = (vt_error)VT_ERROR_INIT;
    window->looking = vt_task_create(&look_ops, job, NULL);
    if (!window->looking) {
        release(job);
    } else if (!vt_executor_submit(window->context.view_executor, window->looking, VT_PRIORITY_NORMAL,
                                   NULL)) {
        vt_task_unref(window->looking);
        window->looking = NULL;
    }
}

void vt_window_stop_looking(vt_window *window)
{
    if (window->looking) {
        vt_task_wait(window->looking, VT_FOREVER);
        vt_task_unref(window->looking);
        window->looking = NULL;
    }
}
