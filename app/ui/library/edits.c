#include "app/ui/library/edits.h"

#include "app/ui/library/library_private.h"

#include <stdlib.h>

/* An edit under way, from asking to its answer. All libraries of the engine show it. */
typedef struct edit_wait {
    vt_engine *engine;
    vt_library *library; /* that asked; NULL: it is gone, or another user has it */
    uint64_t number;     /* in the overlays */
    struct edit_wait *next, **link;
} edit_wait;

static edit_wait *waits;
static vt_library *libraries;
static uint64_t last_number;

void vt_library_join_others(vt_library *library)
{
    library->next = libraries;
    library->link = &libraries;
    if (libraries) {
        libraries->link = &library->next;
    }
    libraries = library;
}

void vt_library_leave_others(vt_library *library)
{
    *library->link = library->next;
    if (library->next) {
        library->next->link = library->link;
    }
}

/* The first from `library` on that is of this engine; NULL: there is no more. */
static vt_library *of_engine(vt_library *library, const vt_engine *engine)
{
    while (library && library->engine != engine) {
        library = library->next;
    }
    return library;
}

static vt_edit_target *target_of(const vt_library *library, bool current_only, bool whole)
{
    const vt_selection *selection = &library->selection;
    if (!library->view || (selection->rows == 0 && selection->current < 0)) {
        return NULL;
    }
    if (current_only || selection->rows == 0) {
        const vt_edit_rows row = {selection->current, selection->current + 1};
        return selection->current < 0 ? NULL : vt_edit_target_of_rows(library->view, &row, 1, whole);
    }
    _Static_assert(sizeof(vt_edit_rows) == sizeof(vt_row_interval), "both are half-open pairs");
    return vt_edit_target_of_rows(library->view, (const vt_edit_rows *)(const void *)selection->intervals,
                                  selection->count, whole);
}

vt_edit_target *vt_library_target(const vt_library *library, bool current_only)
{
    return target_of(library, current_only, library->whole_stacks && !current_only);
}

int vt_library_edits(const vt_library *library)
{
    int count = 0;
    for (const edit_wait *wait = waits; wait; wait = wait->next) {
        count += wait->engine == library->engine;
    }
    return count;
}

static bool is_of_stacks(vt_edit_kind kind)
{
    return kind == VT_EDIT_STACK || kind == VT_EDIT_UNSTACK || kind == VT_EDIT_TAKE_OUT ||
           kind == VT_EDIT_STACK_COVER;
}

/* ---- telling all that show the items ---- */

static void link_wait(edit_wait *wait)
{
    wait->next = waits;
    wait->link = &waits;
    if (waits) {
        waits->link = &wait->next;
    }
    waits = wait;
}

static void unlink_wait(edit_wait *wait)
{
    *wait->link = wait->next;
    if (wait->next) {
        wait->next->link = wait->link;
    }
}

void vt_library_forget_edits(const vt_library *library)
{
    for (edit_wait *wait = waits; wait; wait = wait->next) {
        wait->library = wait->library == library ? NULL : wait->library;
    }
}

static void tell_changed(const vt_engine *engine, const vt_item_edit *edit)
{
    for (vt_library *at = of_engine(libraries, engine); at; at = of_engine(at->next, engine)) {
        vt_library_tell_items_changed(at, edit);
    }
}

static void settle(const edit_wait *wait, const vt_edit_result *result)
{
    for (vt_library *at = of_engine(libraries, wait->engine); at; at = of_engine(at->next, wait->engine)) {
        bool is_shown = result->error || !at->view; /* or never will be: it reads the newest rows */
        vt_overlay_settle(at->overlay, wait->number, is_shown ? 0 : result->version);
        if (!is_shown) { /* a view of it may be there already */
            vt_overlay_view_shown(at->overlay, vt_snapshot_version(vt_view_snapshot(at->view)));
        }
    }
    if (result->error) {
        tell_changed(wait->engine, NULL);
    }
}

static void ended(void *user, const vt_edit_result *result)
{
    edit_wait *wait = user;
    vt_engine *engine = wait->engine;
    unlink_wait(wait);
    settle(wait, result);
    if (wait->library && !result->error && is_of_stacks(result->step->kind)) {
        vt_library_build_now(wait->library); /* other cards: what the user waits for */
    }
    free(wait);
    for (vt_library *at = of_engine(libraries, engine); at; at = of_engine(at->next, engine)) {
        vt_library_tell_edit_ended(at, result);
    }
}

static edit_wait *wait_for(vt_library *library, vt_error *error)
{
    edit_wait *wait = calloc(1, sizeof *wait);
    if (wait) {
        *wait = (edit_wait){.engine = library->engine, .library = library, .number = ++last_number};
    } else {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
    }
    return wait;
}

/* ---- asking ---- */

bool vt_library_edit_target(vt_library *library, const vt_item_edit *edit, vt_edit_target *target,
                            vt_error *error)
{
    edit_wait *wait = target ? wait_for(library, error) : NULL;
    if (!wait) {
        vt_edit_target_release(target);
        return target ? false : vt_error_set(error, VT_ERROR_USAGE, "no item is chosen");
    }
    vt_edit_target *shown = vt_edit_target_retain(target);
    if (!vt_engine_edit(library->engine, edit, target, ended, wait, error)) {
        vt_edit_target_release(shown);
        free(wait);
        return false;
    }
    link_wait(wait);
    for (vt_library *at = of_engine(libraries, wait->engine); at; at = of_engine(at->next, wait->engine)) {
        vt_overlay_add(at->overlay, wait->number, edit->kind, edit->number, vt_edit_target_retain(shown));
    }
    vt_edit_target_release(shown);
    tell_changed(wait->engine, edit);
    return true;
}

bool vt_library_edit(vt_library *library, const vt_item_edit *edit, bool current_only, vt_error *error)
{
    bool whole = library->whole_stacks && !current_only && !is_of_stacks(edit->kind);
    return vt_library_edit_target(library, edit, target_of(library, current_only, whole), error);
}

bool vt_library_add_to_stack(vt_library *library, int64_t front, vt_error *error)
{
    vt_edit_target *target = target_of(library, false, false);
    if (target) {
        vt_edit_target_put_first(target, front);
    }
    return vt_library_edit_target(library, &(vt_item_edit){.kind = VT_EDIT_STACK}, target, error);
}

bool vt_library_take_sidecars(vt_library *library, const vt_sidecar_choice *choices, size_t count,
                              vt_error *error)
{
    edit_wait *wait = wait_for(library, error);
    if (!wait || !vt_engine_take_sidecars(library->engine, choices, count, ended, wait, error)) {
        free(wait);
        return false;
    }
    link_wait(wait);
    tell_changed(wait->engine, &(vt_item_edit){.kind = VT_EDIT_TAKE_SIDECAR});
    return true;
}

static bool go_over(vt_library *library, bool undo, vt_error *error)
{
    const vt_history *history = vt_engine_history(library->engine);
    vt_edit_step *step = !history ? NULL : undo ? vt_history_to_undo(history) : vt_history_to_redo(history);
    edit_wait *wait = wait_for(library, error);
    if (!wait) {
        return false;
    }
    bool asked = undo ? vt_engine_undo(library->engine, ended, wait, error)
                      : vt_engine_redo(library->engine, ended, wait, error);
    if (!asked) {
        free(wait);
        return false;
    }
    link_wait(wait);
    bool is_known = step && step->settled; /* else nobody here knows yet what was there before */
    vt_library *at = is_known ? of_engine(libraries, wait->engine) : NULL;
    for (; at; at = of_engine(at->next, wait->engine)) {
        vt_overlay_add_step(at->overlay, wait->number, step, undo ? VT_CHANGE_BACK : VT_CHANGE_FORTH);
    }
    tell_changed(wait->engine, NULL);
    return true;
}

bool vt_library_undo(vt_library *library, vt_error *error)
{
    return go_over(library, true, error);
}

bool vt_library_redo(vt_library *library, vt_error *error)
{
    return go_over(library, false, error);
}
