/* What the files rename_*.c of this folder share. */
#ifndef VT_FILES_RENAME_PRIVATE_H
#define VT_FILES_RENAME_PRIVATE_H

#include "core/files/rename_plan.h"

/* A vt_rename_entry with more about it. Paths are the arena's. */
typedef struct vt_rename_item {
    const char *old_path, *new_path, *new_name; /* new_name lies in new_path */
    size_t new_length;
    vt_rename_problem name_problem; /* what is wrong whatever the other files are called */
    vt_rename_problem problem;      /* all in all */
} vt_rename_item;

struct vt_rename_plan {
    struct vt_arena *arena;
    vt_rename_item *entries; /* owned */
    size_t count, capacity;
    bool checked;
};

/* A list of steps, to be done or done. */
typedef struct vt_rename_move {
    char *from, *to; /* owned */
    bool certain;
    bool done;
} vt_rename_move;

struct vt_rename_journal {
    vt_rename_move *moves; /* owned */
    size_t count, capacity;
};

/* Makes room for `count` more; afterwards adding so many cannot fail. */
bool vt_rename_journal_reserve(vt_rename_journal *journal, size_t count);

/* Adds copies of the paths; false when memory runs out. */
bool vt_rename_journal_push(vt_rename_journal *journal, const char *from, const char *to, bool certain);

/* The steps of a plan without problems, in an order that overwrites nothing. Looks at the disk, for names
   that can be temporary ones, and changes nothing. */
bool vt_rename_order(const vt_rename_plan *plan, vt_rename_journal *moves, vt_error *error);

#endif
