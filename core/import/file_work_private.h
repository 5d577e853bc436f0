/*
 * Private to core/import: a work on files in its parts.
 *
 * file_work.c    what it is asked, on the main thread
 * file_phase.c   its way from one phase to the next: prepared, noted, moved and followed in turn, ended
 * file_steps.c   the steps on the disk, as a task of the executor
 * file_undo.c    undoing one that has ended: its steps, from the journal; is all of it as it was
 * file_settle.c  how far a work that was cut off had come
 *
 * A work belongs to the main thread but for the fields that the task or the errand under way uses: there is
 * never more than one of these.
 */
#ifndef VT_IMPORT_FILE_WORK_PRIVATE_H
#define VT_IMPORT_FILE_WORK_PRIVATE_H

#include "core/import/engine_private.h"
#include "core/import/file_work.h"

typedef struct vt_file_work_failure {
    char *path; /* owned */
    vt_error error;
} vt_file_work_failure;

struct vt_file_work {
    vt_engine *engine;
    vt_file_work *next;
    vt_file_work_listener listener;
    vt_cancel *cancel;

    vt_file_items items; /* owned: given back by its release */
    bool has_wish;
    vt_rename_wish wish; /* its texts are owned */

    vt_file_work_kind kind;
    vt_file_steps steps;
    int64_t id;     /* in the journal; 0: not noted */
    size_t at;      /* steps before it are settled: done and followed, or given up */
    size_t batch;   /* the end of those at work */
    size_t came_to; /* settling: steps from here on were not begun */
    vt_file_row rows[VT_FILE_BATCH];
    vt_file_work_figures figures;
    vt_file_work_failure *failures; /* owned */
    size_t failure_count;
    uint32_t failed_item; /* its other files stay, too */
    bool has_failed_item;

    vt_file_finished undoes;         /* the ended work that it takes back; number 0: none */
    int64_t undone_begun_ns;         /* when that began */
    vt_file_finished kept;           /* what stands for it now it has ended; number 0: nothing */
    vt_file_finished_list *recalled; /* owned: it only lists what has ended */

    vt_error fault;       /* why it ends before its last step */
    vt_error first_fault; /* why everything is being taken back */
    bool settling, found; /* it was cut off in an earlier life; there was such a one */
    bool running, ended, unwanted, keep_note;
    bool recalls;
    bool forgets; /* what it undoes can never be undone */
};

/* file_settle.c: works that were cut off are settled, before others; none in a read-only engine. */
bool vt_file_works_settle(vt_engine *engine, vt_error *error);
/* Reads the oldest note into `work` (a task's work). `*found`: there was one. */
bool vt_file_settle_read(vt_file_work *work, bool *found, vt_error *error);
/* Words what was settled. */
void vt_file_settle_tell(const vt_file_work *work, vt_error *told);

/* file_undo.c, of a task: the steps that undo `work->undoes`. Of renames each is looked at: VT_ERROR_CHANGED
   (a name is taken, another file has it, it was undone), VT_ERROR_NOT_FOUND. */
bool vt_file_undo_prepare(vt_file_work *work, vt_error *error);
/* Whether the file of a step is the one that was meant; it is `gone` if it will never be. */
bool vt_file_undo_check(const vt_file_work *work, vt_file_step *step, vt_error *error);
/* Lists the works that have ended. */
bool vt_file_recall_read(vt_file_work *work, vt_error *error);

/* file_steps.c: does steps from `work->batch` on, at most VT_FILE_BATCH, and moves that behind them. False
   and `work->fault` if the work cannot go on. */
bool vt_file_steps_run(vt_file_work *work);
/* Lists what is to be done: which files, in which order. */
bool vt_file_steps_prepare(vt_file_work *work, vt_error *error);
/* The steps that take back those of `from` that are done; false when memory runs out. */
bool vt_file_steps_reverse(vt_file_work_kind kind, const vt_file_steps *from, vt_file_steps *to);
vt_file_work_kind vt_file_work_opposite(vt_file_work_kind kind);

/* file_work.c */
vt_file_work *vt_file_work_create(vt_engine *engine, vt_file_work_kind kind,
                                  const vt_file_work_listener *listener, vt_error *error);
void vt_file_work_put_first(vt_file_work *work);
void vt_file_work_start(vt_file_work *work);
void vt_file_work_begin(vt_file_work *work); /* its first phase */
void vt_file_work_end(vt_file_work *work);   /* its last; frees one that nobody wants */
void vt_file_work_note_failure(vt_file_work *work, const char *path, const vt_error *error);
/* What is left when the engine ends. */
void vt_file_works_drop(vt_engine *engine);

#endif
