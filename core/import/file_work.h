/*
 * What the user does to files of the library: rename, move to the trash, put back, delete for ever.
 *
 * A work prepares itself on the executor (which files, whose side-cars), is noted in the catalog's journal
 * (core/catalog/file_journal.h), and then does its steps there, VT_FILE_BATCH at a time, each batch followed
 * by the rows of its items. One work runs at a time; others wait. Whoever renames does all or nothing: after
 * a fault, or Cancel, what was renamed gets its old name again. What goes to the trash, back, or away for
 * ever stays gone when something else fails; each failure is listed with its reason.
 *
 * A work that has ended can be undone as long as the journal keeps it (core/catalog/file_finished.h), also
 * after the next start: the undo is a work like others, and can be undone in turn. It finds out first whether
 * the files are those of then, and overwrites nothing: of renames it undoes all or nothing, but for files
 * that are gone for ever, of the trash each file that it can; what is in the way can be put away, and all
 * tried again. Works that were cut off, by a kill or a power failure, are settled when an engine is created:
 * a renaming is taken back (its undo finished), and of the others the rows follow as far as the files have
 * gone; `trouble` of the engine tells.
 *
 * Threads: the main thread (engine.h).
 */
#ifndef VT_IMPORT_FILE_WORK_H
#define VT_IMPORT_FILE_WORK_H

#include "core/base/error.h"
#include "core/catalog/file_finished.h"
#include "core/catalog/file_journal.h"
#include "core/import/engine.h"
#include "core/import/file_list.h"
#include "core/import/rename_draft.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Steps between two transactions. */
#define VT_FILE_BATCH 128
/* Works that wait, run, or are kept for being undone. */
#define VT_FILE_WORKS_MAX 64
/* Failures that are kept with their reason; others are only counted. */
#define VT_FILE_FAILURES_MAX 1000

typedef struct vt_file_work vt_file_work;

typedef struct vt_file_work_figures {
    vt_file_work_kind kind;
    bool prepared;        /* the next two are known */
    int64_t items, files; /* side-cars and frames are files, too */
    int64_t bytes;
    int64_t done;   /* files */
    int64_t failed; /* files */
    bool taking_back;
} vt_file_work_figures;

typedef struct vt_file_work_listener {
    void (*progress)(void *user, vt_file_work *work); /* after each batch; may be NULL */
    /* Exactly once, unless the engine is freed before. `error` NULL: it went through, though single files may
       have failed; VT_ERROR_CANCELLED: stopped. */
    void (*finished)(void *user, vt_file_work *work, const vt_error *error);
    void *user;
} vt_file_work_listener;

/* All take over `items`, also when they fail. NULL and `error`: VT_ERROR_READ_ONLY, VT_ERROR_LIMIT,
   VT_ERROR_MEMORY. What `finished` may get: VT_ERROR_USAGE (names that cannot be), those of vt_move_fault,
   of the trash and of the catalog. */
vt_file_work *vt_engine_trash(vt_engine *engine, const vt_file_items *items,
                              const vt_file_work_listener *listener, vt_error *error);
vt_file_work *vt_engine_delete(vt_engine *engine, const vt_file_items *items,
                               const vt_file_work_listener *listener, vt_error *error);
/* `wish` is copied. */
vt_file_work *vt_engine_rename(vt_engine *engine, const vt_file_items *items, const vt_rename_wish *wish,
                               const vt_file_work_listener *listener, vt_error *error);

/* Takes back what `of`, which has ended, has done; if `of` was to undo something and could not undo all,
   what is left of that. Also VT_ERROR_USAGE: it deleted, or did nothing, or has not ended. What `finished`
   may get beside: VT_ERROR_CHANGED (other files are there by now, a name is taken, or it was undone already).
 */
vt_file_work *vt_engine_undo_files(vt_engine *engine, const vt_file_work *of,
                                   const vt_file_work_listener *listener, vt_error *error);
bool vt_file_work_can_undo(const vt_file_work *work);

/* What can be undone of a work that has ended, and is to be handed to vt_engine_undo_finished; number 0 if
   nothing. Of an undo that could not undo all it is that work which is still to be undone. */
vt_file_finished vt_file_work_kept(const vt_file_work *work);
/* The same of works that have ended before, in this life of the program or in an earlier one. */
vt_file_work *vt_engine_undo_finished(vt_engine *engine, const vt_file_finished *of,
                                      const vt_file_work_listener *listener, vt_error *error);

/* Lists them: a work that does nothing to files, after those that were cut off are settled. */
vt_file_work *vt_engine_recall_files(vt_engine *engine, const vt_file_work_listener *listener,
                                     vt_error *error);
/* The list, when it has ended; NULL if that failed. As long as the work. */
const vt_file_finished_list *vt_file_work_recalled(const vt_file_work *work);

void vt_file_work_get_figures(const vt_file_work *work, vt_file_work_figures *figures);

/* `at` is smaller than the number of failures that are kept. Valid as long as the work. */
typedef struct vt_file_failure {
    const char *path;
    const vt_error *error;
} vt_file_failure;
size_t vt_file_work_failures(const vt_file_work *work);
vt_file_failure vt_file_work_failure_at(const vt_file_work *work, size_t at);

/* Asks it to stop; it ends soon. */
void vt_file_work_cancel(vt_file_work *work);

/* Of a work that has ended; one that has not is cancelled, tells nobody any more, and is freed by its end.
   NULL is allowed. What the engine still has when it is freed goes with it. */
void vt_file_work_free(vt_file_work *work);

/* True while a work is under way, or works that were cut off are being settled. */
bool vt_engine_is_moving_files(const vt_engine *engine);

#endif
