#include "app/ui/library/edits.h"

#include "app/ui/library/library_private.h"

#include <stdlib.h>

/* An edit under way, from asking to its answer; in the list of its library. */
typedef struct vt_edit_wait {
    vt_library *library; /* NULL: it is gone */
    uint64_t shown;      /* in the overlay, 0: it is not */
    struct vt_edit_wait *next, **link;
} edit_wait;

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
    return library->edits;
}

static bool is_of_stacks(vt_edit_kind kind)
{
    return kind == VT_EDIT_STACK || kind == VT_EDIT_UNSTACK || kind == VT_EDIT_TAKE_OUT ||
           kind == VT_EDIT_STACK_COVER;
}

static void unlink_wait(edit_wait *wait)
{
    *wait->link = wait->next;
    if (wait->next) {
        wait->next->link = wait->link;
    }
    wait->library->edits--;
}

static void link_wait(vt_library *library, edit_wait *wait)
{
    wait->next = library->waits;
    wait->link = &library->waits;
    if (wait->next) {
        wait->next->link = &wait->next;
    }
    library->waits = wait;
    library->edits++;
}

void vt_library_forget_edits(vt_library *library)
{
    while (library->waits) {
        edit_wait *wait = library->waits;
        library->waits = wait->next;
        library->edits--;
        wait->library = NULL; /* it unlinks itself from nothing any more */
    }
}

static void ended(void *user, const vt_edit_result *result)
{
    edit_wait *wait = user;
    vt_library *library = wait->library;
    if (!library) {
        free(wait);
        return;
    }
    unlink_wait(wait);
    if (wait->shown) {
        vt_overlay_settle(library->overlay, wait->shown, result->error ? 0 : result->version);
        if (result->error) {
            vt_library_tell_items_changed(library, NULL);
        } else if (library->view) { /* a view of it may be there already */
            vt_overlay_view_shown(library->overlay, vt_snapshot_version(vt_view_snapshot(library->view)));
        }
    }
    free(wait);
    if (!result->error && is_of_stacks(result->step->kind)) {
        vt_library_build_now(library); /* other cards: what the user waits for */
    }
    vt_library_tell_edit_ended(library, result);
}

static edit_wait *wait_for(vt_library *library, vt_error *error)
{
    edit_wait *wait = calloc(1, sizeof *wait);
    if (wait) {
        wait->library = library;
    } else {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
    }
    return wait;
}

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
    link_wait(library, wait);
    wait->shown = vt_overlay_add(library->overlay, edit->kind, edit->number, shown);
    vt_library_tell_items_changed(library, edit);
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
    link_wait(library, wait);
    vt_library_tell_items_changed(library, &(vt_item_edit){.kind = VT_EDIT_TAKE_SIDECAR});
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
    link_wait(library, wait);
    if (step && step->settled) { /* else nobody here knows yet what was there before */
        wait->shown = vt_overlay_add_step(library->overlay, step, undo ? VT_CHANGE_BACK : VT_CHANGE_FORTH);
    }
    vt_library_tell_items_changed(library, NULL);
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
