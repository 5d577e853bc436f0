#include "core/edit/history.h"

#include <stdlib.h>
#include <string.h>

struct vt_history {
    vt_edit_step *steps[VT_HISTORY_STEPS_MAX]; /* one reference on each; the oldest first */
    size_t count;
    size_t done; /* of them: those before can be undone, those from here on redone */
};

/* ---- steps ---- */

vt_edit_step *vt_edit_step_create(vt_edit_kind kind, size_t count)
{
    vt_edit_step *step = calloc(1, sizeof *step);
    if (step) {
        atomic_init(&step->references, 1);
        step->kind = kind;
        step->count = count;
    }
    return step;
}

vt_edit_step *vt_edit_step_retain(vt_edit_step *step)
{
    atomic_fetch_add_explicit(&step->references, 1, memory_order_relaxed);
    return step;
}

void vt_edit_step_release(vt_edit_step *step)
{
    if (step && atomic_fetch_sub_explicit(&step->references, 1, memory_order_acq_rel) == 1) {
        vt_change_free(step->change);
        free(step);
    }
}

/* ---- the line ---- */

vt_history *vt_history_create(void)
{
    return calloc(1, sizeof(vt_history));
}

/* Takes the step at `at` out of the line; its reference is the caller's. */
static vt_edit_step *take_out(vt_history *history, size_t at)
{
    vt_edit_step *step = history->steps[at];
    history->count--;
    history->done -= at < history->done;
    memmove(history->steps + at, history->steps + at + 1, (history->count - at) * sizeof(vt_edit_step *));
    return step;
}

static void put_in(vt_history *history, size_t at, vt_edit_step *step)
{
    memmove(history->steps + at + 1, history->steps + at, (history->count - at) * sizeof(vt_edit_step *));
    history->steps[at] = step;
    history->count++;
}

void vt_history_free(vt_history *history)
{
    while (history && history->count) {
        vt_edit_step_release(take_out(history, history->count - 1));
    }
    free(history);
}

void vt_history_push(vt_history *history, vt_edit_step *step)
{
    while (history->count > history->done) {
        vt_edit_step_release(take_out(history, history->count - 1));
    }
    if (history->count == VT_HISTORY_STEPS_MAX) {
        vt_edit_step_release(take_out(history, 0));
    }
    put_in(history, history->count, vt_edit_step_retain(step));
    history->done = history->count;
}

vt_edit_step *vt_history_to_undo(const vt_history *history)
{
    return history->done ? history->steps[history->done - 1] : NULL;
}

vt_edit_step *vt_history_to_redo(const vt_history *history)
{
    return history->done < history->count ? history->steps[history->done] : NULL;
}

void vt_history_back(vt_history *history)
{
    history->done -= history->done > 0;
}

void vt_history_forth(vt_history *history)
{
    history->done += history->done < history->count;
}

/* Where a step stands, `count` if it does not. */
static size_t find(const vt_history *history, const vt_edit_step *step)
{
    size_t at = 0;
    while (at < history->count && history->steps[at] != step) {
        at++;
    }
    return at;
}

void vt_history_settle(vt_history *history, vt_edit_step *step)
{
    size_t at = find(history, step);
    step->settled = true;
    size_t changed = step->change ? vt_change_count(step->change) : 0; /* an item may have got several tags */
    step->count = changed < step->count ? changed : step->count;
    if (step->count == 0 && at < history->count) {
        vt_edit_step_release(take_out(history, at));
    }
    while (history->count > 1 && vt_history_bytes(history) > VT_HISTORY_BYTES_MAX) {
        vt_edit_step_release(take_out(history, 0));
    }
}

void vt_history_revert(vt_history *history, const vt_edit_step *step, bool undone)
{
    size_t at = find(history, step);
    if (at == history->count || undone == (at < history->done)) {
        return; /* forgotten, or gone over again since */
    }
    vt_edit_step *moved = take_out(history, at);
    put_in(history, history->done, moved);
    history->done += undone;
}

size_t vt_history_count(const vt_history *history)
{
    return history->count;
}

size_t vt_history_bytes(const vt_history *history)
{
    size_t bytes = 0;
    for (size_t i = 0; i < history->count; i++) {
        const vt_edit_step *step = history->steps[i];
        bytes += step->settled && step->change ? vt_change_bytes(step->change) : 0;
    }
    return bytes;
}
