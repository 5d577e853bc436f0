/*
 * Works on files that have ended, and are kept so that they can be undone, also after the program was ended
 * and started again.
 *
 * They stand in the journal (file_journal.h) with the time of their end. Undoing one is a work of the
 * opposite kind, noted with the number of the one that it undoes; when it has ended, it takes the place of
 * that one, and is what can be redone. So of each thing the user did there is one ended work at any moment,
 * and after a kill either the one before or the one after. The last with the highest number of VT_FILE_RENAME
 * and VT_FILE_TRASH is what is undone first; the last of their opposites what is redone first. Something new
 * that is done takes away what could be redone.
 *
 * Limits: VT_FILE_FINISHED_MAX works, VT_FILE_FINISHED_STEPS steps of all of them (the newest stays, however
 * large), VT_FILE_FINISHED_AGE_NS. What is beyond is forgotten when a work ends; nothing happens to files.
 *
 * Threads: those of the writer, and of a reader. Errors as vt_catalog_writer_commit.
 */
#ifndef VT_CATALOG_FILE_FINISHED_H
#define VT_CATALOG_FILE_FINISHED_H

#include "core/base/error.h"
#include "core/catalog/file_journal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_FILE_FINISHED_MAX    20
#define VT_FILE_FINISHED_STEPS  200000
#define VT_FILE_FINISHED_AGE_NS (INT64_C(30) * 24 * 3600 * 1000000000)

typedef struct vt_file_finished {
    int64_t id;
    vt_file_work_kind kind;
    int64_t ended_ns; /* since 1970, UTC */
    int64_t items, files;
} vt_file_finished;

typedef struct vt_file_finished_list {
    vt_file_finished works[VT_FILE_FINISHED_MAX]; /* the oldest first */
    size_t count;
} vt_file_finished_list;

/* Those that are kept and not older than the age at `now_ns`. Reads no steps. */
bool vt_file_finished_list_read(vt_catalog_reader *reader, int64_t now_ns, vt_file_finished_list *list,
                                vt_error *error);

/* The work `id` of `kind`, which undoes `undoes` (0: none), is over; `steps` are its steps, all of them
   followed as far as they are done. `*kept` is the ended work that stands for it now: itself, or, if it could
   not undo all, the one that it was to undo, with what is left of it; 0: nothing that could be undone. Files
   of steps that are `gone` are not tried again. In one transaction, on the disk when this returns true. */
bool vt_file_finished_end(vt_catalog_writer *writer, vt_file_work_kind kind, int64_t id, int64_t undoes,
                          const vt_file_steps *steps, int64_t *kept, vt_error *error);

#endif
