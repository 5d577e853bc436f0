/*
 * Private to core/import: an engine's notes for the journal of imports (unfinished.h), which its writer takes
 * to the catalog: one for each import that is not over, and for each that has ended and whose row has still
 * to go. At most VT_IMPORTS_MAX of the first kind; the second lasts until the writer's next turn.
 */
#ifndef VT_IMPORT_JOURNAL_NOTES_H
#define VT_IMPORT_JOURNAL_NOTES_H

#include "core/import/engine_private.h"

/* Makes the note of an import that is about to start, with its paths before the walk changes them. It takes
   the place of an unfinished import of the same paths. Main thread. False and `error` when memory runs out.
 */
bool vt_journal_begin(vt_import *import, vt_error *error);
/* The import may start: the writer takes its note up, before anything else of it. Main thread. */
void vt_journal_started(vt_import *import);
/* Frees the note of an import that did not start. */
void vt_journal_drop(vt_import *import);

/* The import is over: its row goes, unless `keep`. Any thread, no lock held. */
void vt_journal_end(vt_import *import, bool keep);

/* The row `id` goes. False when memory runs out. */
bool vt_journal_forget(vt_engine *engine, int64_t id);

/* Whether there is something for the writer; with the engine's lock held. */
bool vt_journal_is_due_locked(const vt_engine *engine);

/* The writer's: writes what is due. False and `error` only if there is no room on the disk for a note; any
   other fault is told in the log, and costs no more than the offer to go on. */
bool vt_journal_write(vt_engine *engine, vt_error *error);

/* What is left when the engine ends. */
void vt_journal_free(vt_engine *engine);

/* unfinished.c */
void vt_unfinished_list_remove(vt_unfinished_list *list, size_t at);

#endif
