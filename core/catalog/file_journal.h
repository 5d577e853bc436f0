/*
 * The journal of works on the user's files, and the rows that follow them: renaming, the trash, deleting.
 *
 * A work is a list of steps, each of one file. All of them are noted before the first file is touched, and
 * synced; then some steps are done on the disk, and their rows follow in one transaction that also notes the
 * steps as done; at last the note of the work ends (file_finished.h): it goes, or stays for being undone. A
 * work that has not ended when a program starts was cut off: what the disk holds beyond the steps that are
 * noted as done, the identities of the files tell (core/import/file_settle.c).
 *
 * An item whose file is renamed is the item of the new path: the same row, so it keeps whatever the user gave
 * to it. So is one whose file is moved to the trash: its row moves along to the path in the trash as
 * VT_ITEM_TRASHED, which is shown nowhere, and back with the file. At each moment the row is in the catalog,
 * with all that belongs to it; and a file that somebody else takes out of the trash is known again by its
 * inode, like any file that was moved.
 *
 * Threads: those of the writer, and of a reader. Errors as vt_catalog_writer_commit.
 */
#ifndef VT_CATALOG_FILE_JOURNAL_H
#define VT_CATALOG_FILE_JOURNAL_H

#include "core/base/error.h"
#include "core/catalog/reader.h"
#include "core/catalog/record.h"
#include "core/catalog/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The numbers are stored in catalogs: never renumber. */
typedef enum vt_file_work_kind {
    VT_FILE_RENAME = 0,      /* cut off, it is taken back */
    VT_FILE_RENAME_BACK = 1, /* undoes the former; cut off, it is finished */
    VT_FILE_TRASH = 2,       /* cut off, this and the next two stay as far as they have come */
    VT_FILE_RESTORE = 3,     /* from the trash */
    VT_FILE_DELETE = 4,
    VT_FILE_WORK_KIND_COUNT
} vt_file_work_kind;

typedef struct vt_file_step {
    char *from;    /* owned; absolute */
    char *to;      /* owned; absolute; NULL: it is found when it is done (trash), or there is none (delete) */
    uint32_t item; /* steps of one number belong together: a file, its side-cars; the frames of a sequence */
    bool row_only; /* the row of a sequence, which is no file: it follows the frames before it */
    bool done;
    bool followed;     /* by its row, and noted so */
    bool gone;         /* its file is not there any more, nor will it be: it cannot be undone */
    uint64_t dev, ino; /* of the file, which keeps them and the next two */
    int64_t size, mtime_ns;
} vt_file_step;

typedef struct vt_file_steps {
    vt_file_step *steps; /* owned */
    size_t count, capacity;
} vt_file_steps;

#define VT_FILE_STEPS_INIT                                                                                   \
    {                                                                                                        \
        NULL, 0, 0                                                                                           \
    }

/* Adds a step, with copies of the paths. False when memory runs out. */
bool vt_file_steps_add(vt_file_steps *steps, const vt_file_step *step);
void vt_file_steps_clear(vt_file_steps *steps);

typedef struct vt_file_journal_entry {
    vt_file_work_kind kind;
    int64_t undoes;   /* the ended work that it takes back; 0: none */
    int64_t replaces; /* the work under way whose note it takes the place of; 0: none */
    int64_t items;    /* what the user chose, for telling */
} vt_file_journal_entry;

/* Notes a work. Its number goes to `*id`; on the disk when this returns true. VT_ERROR_CHANGED: what it is to
   undo is not kept any more, or is being undone. */
bool vt_file_journal_begin(vt_catalog_writer *writer, const vt_file_journal_entry *start,
                           const vt_file_steps *steps, int64_t *id, vt_error *error);

/* What became of the row of a step. */
typedef struct vt_file_row {
    int64_t id; /* 0: no item had that path */
    int64_t folder_id;
    uint8_t state;
    bool removed;        /* from the catalog */
    int64_t replaced_id; /* an item without marks that was known at the new path, and is gone; 0: none */
} vt_file_row;

/* The steps from `first` up to `end` that are `done`, and are not followed yet, are noted so, with their
   targets, and their rows follow, in one transaction. What is known of the disk after a step (a rename
   changes the ctime) is asked of it. `rows`: end - first of them. */
bool vt_file_journal_follow(vt_catalog_writer *writer, vt_file_work_kind kind, int64_t id,
                            vt_file_steps *steps, size_t first, size_t end, vt_file_row *rows,
                            vt_error *error);

/* The note of a work goes with its steps, whatever it is; an id that is not there is no error. How a work
   ends that has gone its way: file_finished.h. */
bool vt_file_journal_forget(vt_catalog_writer *writer, int64_t id, vt_error *error);

/* Whether a work was cut off. */
bool vt_file_journal_any(vt_catalog_reader *reader, bool *any, vt_error *error);

typedef struct vt_file_work_note {
    int64_t id;
    int64_t begun_ns; /* since 1970, UTC */
    int64_t undoes;   /* an ended work; 0: none */
    int64_t items;
    vt_file_work_kind kind;
    vt_file_steps steps; /* owned */
} vt_file_work_note;

/* The oldest work that has begun and not ended. `*found` is false if there is none; else the steps are
   released with vt_file_steps_clear. */
bool vt_file_journal_first(vt_catalog_reader *reader, vt_file_work_note *note, bool *found, vt_error *error);
/* The ended work `id`, likewise. */
bool vt_file_journal_ended(vt_catalog_reader *reader, int64_t id, vt_file_work_note *note, bool *found,
                           vt_error *error);

#endif
