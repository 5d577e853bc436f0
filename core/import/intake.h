/*
 * Private to core/import: intake, files taken in by name and stat alone, many at a time, to be read later.
 *
 * Reading a file takes a thousand times as long as listing it. So that a million files are all in the catalog
 * after some seconds, the walk hands a file on to be read only while there is room for it, and takes in all
 * others as items that are VT_ITEM_UNREAD; items that were elsewhere go the same way. They travel in chunks:
 * one allocation, one transaction, one publication for hundreds of files. Afterwards the import reads them
 * (unread.c).
 *
 * Ownership: the walk makes a chunk and fills it; vt_pipeline_take_in hands it to the writer, which frees it.
 */
#ifndef VT_IMPORT_INTAKE_H
#define VT_IMPORT_INTAKE_H

#include "core/catalog/writer.h"
#include "core/import/operation.h"
#include "core/scan/scan.h"

/* Files of one chunk: enough that a transaction costs little beside its rows. */
#define VT_INTAKE_ITEMS 1024
/* Bytes for their paths; longer ones end the chunk early. */
#define VT_INTAKE_PATH_BYTES ((size_t)128 * 1024)

typedef struct vt_intake_chunk {
    struct vt_intake_chunk *next; /* in the pipeline's list */
    vt_import *import;            /* borrowed: the import waits for its chunks */
    bool deferred;                /* this import will not read them: they are done when they are committed */
    int64_t begun_ns;             /* when the first file came */
    size_t count, most;           /* of items */
    size_t path_bytes, path_room;
    vt_item items[VT_INTAKE_ITEMS]; /* their paths point into `paths` */
    vt_outcome outcomes[VT_INTAKE_ITEMS];
    vt_sequence_put *sequences[VT_INTAKE_ITEMS];   /* those of `frames`; NULL: a file */
    struct vt_frames_job *frames[VT_INTAKE_ITEMS]; /* owned */
    bool has_origins;
    vt_origin origins[VT_INTAKE_ITEMS]; /* with has_origins; their paths, too */
    char paths[];
} vt_intake_chunk;

/* An empty chunk that has room for a path of `longest` bytes at least. NULL when memory runs out. */
vt_intake_chunk *vt_intake_create(vt_import *import, bool deferred, size_t longest);
void vt_intake_free(vt_intake_chunk *chunk); /* NULL is allowed */

/* False if the chunk is full: then nothing has changed. `frames` NULL: a file; else of a sequence, for which
   `file` stands: taken over. */
bool vt_intake_add(vt_intake_chunk *chunk, const char *folder, size_t length, const vt_scan_file *file,
                   struct vt_frames_job *frames);

/* The same for what is `known`, an item that was at another path: what is known of it stays so. */
bool vt_intake_add_moved(vt_intake_chunk *chunk, const char *folder, size_t length, const vt_scan_file *file,
                         struct vt_frames_job *frames, const vt_item *known);

/* True if the content of an item that moves is known, so that it need not be read at its new path. */
bool vt_intake_was_read(const vt_item *known);

/* Items of a committed chunk that moved and have not been read, so that they wait as new ones do. */
int64_t vt_intake_moved_unread(const vt_intake_chunk *chunk);

#endif
