/* Workspaces in the catalog: read ahead at the start, and written by the engine when they change. */
#include "app/ui/parts/translate.h"
#include "app/ui/window/window_private.h"
#include "core/import/workspace_keep.h"
#include "core/task/task.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static void trouble(void *user, const vt_error *error)
{
    vt_window_say(user, error->message);
}

static void keep(vt_window *window, vt_workspace_action action, const vt_workspace_row *row,
                 const char *new_name)
{
    vt_error error = VT_ERROR_INIT;
    if (window->workspace.stored &&
        !vt_engine_keep_workspace(window->context.engine, action, row, new_name, trouble, window, &error)) {
        vt_window_say(window, error.message);
    }
}

static void save(void *user, const char *name, const char *text, size_t length, const char *previous,
                 size_t previous_length)
{
    const vt_workspace_row row = {.name = name,
                                  .text = text,
                                  .length = length,
                                  .previous = previous,
                                  .previous_length = previous_length};
    keep(user, VT_WORKSPACE_PUT, &row, NULL);
}

static void remove_one(void *user, const char *name)
{
    keep(user, VT_WORKSPACE_REMOVE, &(vt_workspace_row){.name = name}, NULL);
}

static void rename_one(void *user, const char *name, const char *new_name)
{
    keep(user, VT_WORKSPACE_RENAME, &(vt_workspace_row){.name = name}, new_name);
}

static void set_last(void *user, const char *name)
{
    keep(user, VT_WORKSPACE_SET_LAST, &(vt_workspace_row){.name = name}, NULL);
}

/* ---- reading ---- */

typedef struct kept_row {
    vt_workspace_row row; /* of owned texts */
} kept_row;

struct vt_workspace_reading {
    vt_window *window;
    vt_task *task;
    kept_row rows[VT_WORKSPACES_MAX];
    size_t count;
    bool no_memory;
    vt_error error;
};

static char *copy(const char *bytes, size_t length)
{
    char *made = malloc(length + 1);
    if (made) {
        memcpy(made, bytes, length);
        made[length] = '\0';
    }
    return made;
}

static bool take_row(void *user, const vt_workspace_row *row)
{
    struct vt_workspace_reading *reading = user;
    vt_workspace_row *to = &reading->rows[reading->count].row;
    *to = *row;
    to->name = copy(row->name, strlen(row->name));
    to->text = copy(row->text, row->length);
    to->previous = copy(row->previous, row->previous_length);
    reading->count++;
    reading->no_memory = !to->name || !to->text || !to->previous;
    return !reading->no_memory && reading->count < VT_WORKSPACES_MAX;
}

/* On a worker. */
static bool run(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    struct vt_workspace_reading *reading = user;
    vt_catalog_reader *reader =
        vt_catalog_reader_open(vt_engine_catalog(reading->window->context.engine), error);
    bool done = reader && vt_catalog_reader_each_workspace(reader, take_row, reading, error);
    vt_catalog_reader_free(reader);
    if (done && reading->no_memory) {
        done = vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the workspaces");
    }
    if (!done) {
        reading->error = *error;
    }
    return done;
}

static void free_reading(struct vt_workspace_reading *reading)
{
    for (size_t i = 0; reading && i < reading->count; i++) {
        free((char *)reading->rows[i].row.name);
        free((char *)reading->rows[i].row.text);
        free((char *)reading->rows[i].row.previous);
    }
    free(reading);
}

/* One that cannot be taken is said; it stays in the catalog. */
static void put_rows(vt_window *window, const struct vt_workspace_reading *reading)
{
    vt_error error = VT_ERROR_INIT;
    for (size_t i = 0; i < reading->count; i++) {
        const vt_workspace_row *row = &reading->rows[i].row;
        if (!vt_workspaces_put(window->workspace.set, row->name, row->text, row->length, row->previous,
                               row->previous_length, &error)) {
            vt_window_say(window, error.message);
        } else if (row->last) {
            free(window->workspace.last);
            window->workspace.last = strdup(row->name);
        }
    }
}

static void take(void *user)
{
    vt_window *window = user;
    struct vt_workspace_reading *reading = window->workspace.reading;
    window->workspace.reading = NULL;
    vt_task_unref(reading->task);
    if (reading->error.code == VT_ERROR_NONE) {
        put_rows(window, reading);
        window->workspace.stored = !vt_engine_is_read_only(window->context.engine);
    } else { /* nothing is written over what could not be read */
        vt_window_say(window, reading->error.message);
    }
    vt_log_write(&window->context.log, VT_LOG_INFO, "workspace: read count=%zu stored=%d", reading->count,
                 window->workspace.stored);
    free_reading(reading);
    vt_window_workspaces_read(window);
}

static void finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    vt_window *window = ((struct vt_workspace_reading *)user)->window;
    qt_post((QObject *)&window->main, take, window, NULL);
}

static const vt_task_ops read_ops = {.name = "workspaces", .run = run, .finished = finished};

void vt_window_read_workspaces(vt_window *window)
{
    const vt_workspace_store store = {save, remove_one, rename_one, set_last, window};
    vt_error error = VT_ERROR_INIT;
    window->workspace.set = vt_workspaces_create(&store, &error);
    struct vt_workspace_reading *reading =
        window->workspace.set ? calloc(1, sizeof *window->workspace.reading) : NULL;
    if (reading) {
        reading->window = window;
        reading->task = vt_task_create(&read_ops, reading, NULL);
    }
    if (reading && reading->task) {
        window->workspace.reading = reading;
        if (vt_executor_submit(window->context.view_executor, reading->task, VT_PRIORITY_LOW, NULL)) {
            return;
        }
        vt_task_unref(reading->task);
    }
    free(reading);
    window->workspace.reading = NULL;
    window->workspace.loaded = true; /* in memory alone */
}

void vt_window_stop_reading_workspaces(vt_window *window)
{
    struct vt_workspace_reading *reading = window->workspace.reading;
    if (reading) {
        vt_task_wait(reading->task, VT_FOREVER); /* its post goes with the window */
        vt_task_unref(reading->task);
        free_reading(reading);
        window->workspace.reading = NULL;
    }
}
