/*
 * What can be undone and redone: a line of steps, and a place in it.
 *
 * A step is one edit. It is in the history from the moment it is asked for, before it is written: so undo can
 * follow an edit faster than the disk. Its change (core/catalog/change.h) comes later, by whoever writes it.
 * A new step takes the place of all that could be redone.
 *
 * Limits: VT_HISTORY_STEPS_MAX steps that hold VT_HISTORY_BYTES_MAX together; the oldest go first, the newest
 * stays whatever it holds (8 bytes an item for a rating).
 *
 * Threads: a history, the main thread. A step: references are counted atomically; its change belongs to the
 * writer's thread until it is known (vt_history_settle), and never changes after.
 */
#ifndef VT_EDIT_HISTORY_H
#define VT_EDIT_HISTORY_H

#include "core/catalog/change.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#define VT_HISTORY_STEPS_MAX 200
#define VT_HISTORY_BYTES_MAX ((size_t)64 * 1024 * 1024)

typedef struct vt_edit_step {
    atomic_uint references;
    vt_edit_kind kind;
    size_t count;      /* items it was asked for; once it is settled: those that changed */
    bool settled;      /* main thread: `change` is known there, too */
    vt_change *change; /* owned; NULL: not yet made, or it failed */
} vt_edit_step;

/* With one reference. NULL when memory runs out. */
vt_edit_step *vt_edit_step_create(vt_edit_kind kind, size_t count);
vt_edit_step *vt_edit_step_retain(vt_edit_step *step);
void vt_edit_step_release(vt_edit_step *step); /* NULL is allowed */

typedef struct vt_history vt_history;

vt_history *vt_history_create(void); /* NULL when memory runs out */
void vt_history_free(vt_history *history);

/* A new step; the history has a reference of its own. */
void vt_history_push(vt_history *history, vt_edit_step *step);

/* The step that is undone (redone) next, NULL if there is none. Borrowed until the next call that is not
   const. */
vt_edit_step *vt_history_to_undo(const vt_history *history);
vt_edit_step *vt_history_to_redo(const vt_history *history);

/* Goes back over that step, or forth; it is what is redone (undone) next. */
void vt_history_back(vt_history *history);
void vt_history_forth(vt_history *history);

/* The step's change is known. One that changed nothing, or failed (its change is NULL), is forgotten. */
void vt_history_settle(vt_history *history, vt_edit_step *step);

/* Going back over a step (`undone`), or forth, could not be written: it stands where it was before. A step
   that has been forgotten meanwhile stays so. */
void vt_history_revert(vt_history *history, const vt_edit_step *step, bool undone);

/* Steps, and the memory of their changes. */
size_t vt_history_count(const vt_history *history);
size_t vt_history_bytes(const vt_history *history);

#endif
