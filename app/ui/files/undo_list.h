/*
 * What can be undone and done again: a list of steps, each with a name and what it takes. It knows nothing of
 * files: whatever is undone in the window can stand in one such list. No Qt; the window's thread.
 */
#ifndef VT_UI_FILES_UNDO_LIST_H
#define VT_UI_FILES_UNDO_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* Older ones are forgotten. */
#define VT_UNDO_STEPS_MAX 20

typedef struct vt_undo_step {
    const char *name;         /* "Rename 3 items"; lives as long as `user` */
    bool (*undo)(void *user); /* begins it; false: it cannot be, and is forgotten */
    bool (*redo)(void *user);
    void (*release)(void *user); /* may be NULL */
    void *user;
} vt_undo_step;

typedef struct vt_undo_list {
    vt_undo_step steps[VT_UNDO_STEPS_MAX];
    size_t count;
    size_t done; /* of them; those behind were undone */
} vt_undo_list;

/* Takes over the step; those that were undone are forgotten. */
void vt_undo_list_push(vt_undo_list *list, const vt_undo_step *step);
/* False if there is nothing to undo or do again, or it cannot be. */
bool vt_undo_list_undo(vt_undo_list *list);
bool vt_undo_list_redo(vt_undo_list *list);
/* What was begun to be undone, or redone, could not be: its step stands where it was before, if it is in the
   list. `*undone`: it was to be undone. */
bool vt_undo_list_put_back(vt_undo_list *list, const void *user, bool *undone);
/* Takes its step out of the list without releasing it: it can be neither any more. */
void vt_undo_list_drop(vt_undo_list *list, const void *user);
/* Whether it is what is redone next. */
bool vt_undo_list_is_next(const vt_undo_list *list, const void *user);
/* The names of what would be, NULL if nothing. */
const char *vt_undo_list_undo_name(const vt_undo_list *list);
const char *vt_undo_list_redo_name(const vt_undo_list *list);
void vt_undo_list_clear(vt_undo_list *list);

#endif
