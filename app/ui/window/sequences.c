#include "app/ui/window/sequences.h"

#include "app/ui/parts/translate.h"
#include "app/ui/window/window_private.h"
#include "core/import/sequence_edit.h"

#include <stdlib.h>
#include <string.h>

/* An edit under way: the folder to be imported when it is done. */
typedef struct edit {
    vt_window *window;
    char *folder; /* owned */
    const char *done;
} edit;

static void edited(void *user, const vt_error *error)
{
    edit *of = user;
    const char *folder = of->folder;
    if (error) {
        vt_window_say(of->window, error->message);
    } else {
        vt_window_say(of->window, of->done);
        vt_window_import(of->window, &folder, 1);
    }
    free(of->folder);
    free(of);
}

static edit *prepare(vt_window *window, const vt_str *path, const char *done)
{
    edit *made = calloc(1, sizeof *made);
    if (made) {
        size_t folder = vt_path_folder_length(vt_path_split(path->data, (uint32_t)path->length));
        *made = (edit){window, strndup(path->data, folder), done};
    }
    if (!made || !made->folder) {
        free(made);
        vt_window_say(window, vt_tr("window", "Out of memory"));
        return NULL;
    }
    return made;
}

/* After a start that failed nobody else frees it. */
static void give_up(vt_window *window, edit *of, const vt_error *error)
{
    vt_window_say(window, error->message);
    free(of->folder);
    free(of);
}

void vt_window_split_sequence(vt_window *window)
{
    vt_item_brief item;
    vt_str path = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    edit *of = NULL;
    if (vt_window_current(window, &item, &path) && item.kind == VT_KIND_SEQUENCE) {
        of = prepare(window, &path, vt_tr("window", "The sequence has been split into single files"));
    }
    if (of) {
        vt_window_close_viewer(window);
        if (!vt_engine_split_sequence(window->context.engine, item.id, edited, of, &error)) {
            give_up(window, of, &error);
        }
    }
    vt_str_free(&path);
}

void vt_window_join_sequence(vt_window *window)
{
    vt_item_brief item;
    vt_str path = VT_STR_INIT;
    vt_error error = VT_ERROR_INIT;
    edit *of = NULL;
    if (vt_window_current(window, &item, &path) && item.kind == VT_KIND_IMAGE) {
        of = prepare(window, &path, vt_tr("window", "The files that are numbered alike have been joined"));
    }
    if (of) {
        vt_window_close_viewer(window);
        if (!vt_engine_join_sequence(window->context.engine, path.data, edited, of, &error)) {
            give_up(window, of, &error);
        }
    }
    vt_str_free(&path);
}
