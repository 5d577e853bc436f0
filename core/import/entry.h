/*
 * Private to core/import: an entry is one file on its way from the scan to the catalog.
 *
 * Ownership goes along with it: the scan makes it, a decode task fills it, the writer commits and frees it.
 * Between the hands it waits in the pipeline's list or in the writer's lock-free queue.
 */
#ifndef VT_IMPORT_ENTRY_H
#define VT_IMPORT_ENTRY_H

#include "core/base/error.h"
#include "core/catalog/record.h"
#include "core/catalog/twins.h"
#include "core/catalog/writer.h"
#include "core/decode/thumbcodec.h"
#include "core/decode/tinythumb.h"
#include "core/import/operation.h"
#include "core/queue/mpsc_queue.h"
#include "core/scan/scan.h"

#include <stdint.h>
#include <sys/stat.h>

typedef enum vt_entry_kind {
    VT_ENTRY_DECODE, /* waits to be read; afterwards an item or a failure */
    VT_ENTRY_ITEM,   /* `item` is complete: write it */
    VT_ENTRY_FAILURE,
    VT_ENTRY_FORGET,  /* the failure of this path is over: the file is gone, or the folder can be read */
    VT_ENTRY_MISSING, /* the item `known_id` is gone */
    VT_ENTRY_TINY,    /* the item `known_id` has no tiny thumbnail yet: this is it */
    VT_ENTRY_NOTHING  /* vanished before it was read: nothing to write */
} vt_entry_kind;

typedef struct vt_entry {
    vt_mpsc_node node;     /* in the writer's queue; first */
    struct vt_entry *next; /* in the pipeline's list */
    vt_import *import; /* borrowed: the import waits for all its entries; NULL: read because it was shown */
    vt_entry_kind kind;
    int64_t known_id;      /* of the item of this path, 0 if it is new */
    bool was_unread;       /* that item was taken in by its name alone */
    bool offline;          /* VT_ENTRY_MISSING: because its volume is away */
    vt_origin origin;      /* the item it was at another path; id 0: none. Its path is the entry's own */
    vt_item item;          /* path is the entry's own */
    vt_error error;        /* VT_ENTRY_FAILURE: why */
    bool was_read;         /* its content was looked at, so what it says of itself is known */
    vt_metadata *metadata; /* owned; NULL if the file says nothing of itself */
    vt_blob thumb;         /* owned; data NULL if there is none */
    uint16_t thumb_width, thumb_height;
    vt_tinythumb tiny;            /* of the thumbnail, or nothing */
    vt_look look;                 /* likewise */
    struct vt_frames_job *frames; /* owned; of a sequence, whose path is its pattern; NULL: a file */
    char path[];                  /* NUL-terminated */
} vt_entry;

/* An entry for `name` in `folder` (name NULL: for the folder itself). NULL when memory runs out. */
vt_entry *vt_entry_create(vt_import *import, vt_entry_kind kind, const char *folder, size_t folder_length,
                          const char *name, size_t name_length);
void vt_entry_free(vt_entry *entry); /* NULL is allowed */

/* Takes size, times and identity over into the item. */
void vt_entry_set_stat(vt_entry *entry, const struct stat *facts);
void vt_entry_set_file(vt_entry *entry, const vt_scan_file *file);

/* The entry becomes that of a sequence, with the size, times and digest of `frames`, which it takes over. */
void vt_entry_set_frames(vt_entry *entry, struct vt_frames_job *frames);
/* It is `item`, which was at another path. Without memory it stays an item of its own. */
void vt_entry_set_origin(vt_entry *entry, const vt_item *item);

struct vt_reading;

/* What was read becomes the entry's item, metadata (which the reading gives away) and thumbnail; the reading
   keeps its pixels. */
void vt_entry_take_reading(vt_entry *entry, struct vt_reading *reading);

/* A fault of the file, or its absence, becomes the entry's kind. */
void vt_entry_take_fault(vt_entry *entry, const vt_error *error);

/* The record of a failed entry, borrowing its path and message. */
vt_failure vt_entry_failure(const vt_entry *entry, int64_t now_ns);

#endif
