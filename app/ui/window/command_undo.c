/* Undo and redo of edits and of what was done to files, the last one first. */
#include "app/ui/library/edits.h"
#include "app/ui/parts/step_words.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"

typedef enum direction { BACK, FORTH } direction;

/* Its name goes to `text`, without memory for it an empty one. */
static vt_undo_source next(vt_window *window, direction way, vt_str *text)
{
    const vt_history *history = vt_engine_history(window->context.engine);
    const vt_undo_list *files = vt_files_undo_list(window->files);
    const vt_edit_step *step = !history      ? NULL
                               : way == BACK ? vt_history_to_undo(history)
                                             : vt_history_to_redo(history);
    const char *name = way == BACK ? vt_undo_list_undo_name(files) : vt_undo_list_redo_name(files);
    const bool has[VT_UNDO_SOURCE_COUNT] = {[VT_UNDO_EDITS] = step != NULL, [VT_UNDO_FILES] = name != NULL};
    vt_undo_source source = way == BACK ? vt_undo_order_to_undo(&window->undo_order, has)
                                        : vt_undo_order_to_redo(&window->undo_order, has);
    if (text && source == VT_UNDO_EDITS) {
        vt_step_words(step, text);
    } else if (text && source == VT_UNDO_FILES) {
        vt_str_append_cstr(text, name);
    }
    return source;
}

static void step_order(vt_window *window, direction way)
{
    if (way == BACK) {
        vt_undo_order_back(&window->undo_order, VT_UNDO_EDITS);
    } else {
        vt_undo_order_forth(&window->undo_order, VT_UNDO_EDITS);
    }
}

/* The order first: the library tells that items change, and then both have to say the same of what is next.
 */
static void undo_edit(vt_window *window, direction way)
{
    vt_error error = VT_ERROR_INIT;
    step_order(window, way);
    bool gone =
        way == BACK ? vt_library_undo(window->library, &error) : vt_library_redo(window->library, &error);
    if (!gone) {
        step_order(window, way == BACK ? FORTH : BACK);
        vt_window_say(window, error.message);
    }
}

static void go(vt_window *window, direction way)
{
    vt_undo_source source = next(window, way, NULL);
    if (source == VT_UNDO_EDITS) {
        undo_edit(window, way);
    } else if (source == VT_UNDO_FILES && way == BACK) {
        vt_files_undo(window->files); /* tells that it has */
    } else if (source == VT_UNDO_FILES) {
        vt_files_redo(window->files);
    }
    vt_window_name_undo(window);
}

void vt_command_undo(vt_window *window)
{
    go(window, BACK);
}

void vt_command_redo(vt_window *window)
{
    go(window, FORTH);
}

static void name(vt_window *window, direction way, QAction *action, const char *verb)
{
    vt_str text = VT_STR_INIT;
    vt_str name = VT_STR_INIT;
    bool any = next(window, way, &name) != VT_UNDO_NOTHING;
    vt_str_appendf(&text, "%s%s%s", verb, any ? ": " : "", name.data);
    q_action_set_text(action, text.data);
    q_action_set_enabled(action, any);
    vt_str_free(&name);
    vt_str_free(&text);
}

void vt_window_name_undo(vt_window *window)
{
    name(window, BACK, window->actions[VT_COMMAND_UNDO], vt_tr("menu", "&Undo"));
    name(window, FORTH, window->actions[VT_COMMAND_REDO], vt_tr("menu", "&Redo"));
}
