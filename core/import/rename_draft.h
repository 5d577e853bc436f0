/*
 * New names for items, before anything is renamed: what each would be called, and what is wrong with it.
 *
 * Side-cars follow their file ("a.jpg.xmp" becomes "b.jpg.xmp"), the frames of a sequence its pattern: of
 * "shot.####.png" the new name has such a run of #, too; if it has none, one is put before the extension. The
 * problem of an item is that of the first of its files that has one.
 *
 * Threads: one at a time, not the window's: it looks at the disk.
 */
#ifndef VT_IMPORT_RENAME_DRAFT_H
#define VT_IMPORT_RENAME_DRAFT_H

#include "core/base/error.h"
#include "core/catalog/file_journal.h"
#include "core/files/rename_plan.h"
#include "core/import/file_list.h"

#include <stdbool.h>
#include <stddef.h>

/* What the user wants. Borrowed for the call. */
typedef struct vt_rename_wish {
    const char *pattern; /* core/files/rename_pattern.h; NULL: `name` is the whole name of the one item */
    const char *search, *replace;
    const char *name;
    bool hidden; /* names that begin with a dot are meant so */
} vt_rename_wish;

typedef struct vt_rename_draft vt_rename_draft;

typedef struct vt_rename_line {
    const char *old_path, *old_name; /* the list's */
    const char *new_name;            /* the draft's; "" if there is none */
    vt_rename_problem problem;
} vt_rename_line;

/* `list` must outlive the draft. NULL and `error`: those of vt_rename_pattern_create, with the place in the
   pattern in `*place`; VT_ERROR_USAGE for a plain name for several items; VT_ERROR_MEMORY. */
vt_rename_draft *vt_rename_draft_create(const vt_file_list *list, const vt_rename_wish *wish, size_t *place,
                                        vt_error *error);
void vt_rename_draft_free(vt_rename_draft *draft); /* NULL is allowed */

size_t vt_rename_draft_count(const vt_rename_draft *draft); /* items, in the order of the list */
vt_rename_line vt_rename_draft_at(const vt_rename_draft *draft, size_t at);
/* How many items have each problem. */
void vt_rename_draft_problems(const vt_rename_draft *draft, size_t counts[VT_RENAME_PROBLEM_COUNT]);

/* The steps that do it, in an order that overwrites nothing. Errors as vt_rename_plan_order. */
bool vt_rename_draft_steps(const vt_rename_draft *draft, vt_file_steps *steps, vt_error *error);

#endif
