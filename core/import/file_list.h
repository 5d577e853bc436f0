/*
 * The files that items consist of, for what is done to files: each item's own, or the frames of a sequence,
 * and the XMP side-cars that belong to them (core/sidecar/sidecar_path.h).
 *
 * A side-car "a.xmp" goes with "a.jpg" only if it is that file's: not if there is an "a.png", too. Asks the
 * catalog for the paths and the disk for what is there. Threads: one at a time, not the window's.
 */
#ifndef VT_IMPORT_FILE_LIST_H
#define VT_IMPORT_FILE_LIST_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/sequences.h"
#include "core/decode/media.h"
#include "core/task/cancel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which items something is done to; asked on a worker, so that a selection of a million costs nothing when it
   is handed over. */
typedef struct vt_file_items {
    size_t count;
    int64_t (*at)(const void *user, size_t index); /* the id of an item */
    void (*release)(void *user);                   /* any thread; may be NULL */
    void *user;
} vt_file_items;

typedef enum vt_file_role {
    VT_FILE_OWN,     /* an item's file */
    VT_FILE_FRAME,   /* one of a sequence's */
    VT_FILE_SIDECAR, /* "a.jpg.xmp" or "a.xmp", of the entry before it that is none */
    VT_FILE_ROW      /* no file: the name by which the catalog knows a sequence, after its frames */
} vt_file_role;

typedef struct vt_file_entry {
    const char *path; /* absolute; the list's */
    uint32_t item;
    vt_file_role role;
    bool long_name; /* of a side-car */
    int64_t frame;  /* of a frame, and of its side-cars: its number */
    bool there;     /* and these are what stat says of it */
    uint64_t dev, ino;
    int64_t size, mtime_ns;
} vt_file_entry;

typedef struct vt_file_item {
    int64_t id;
    const char *path; /* of the item; for a sequence its pattern */
    vt_kind kind;
    int64_t time_ns;      /* when it was taken, else the file's time; UTC */
    vt_frame_names names; /* of a sequence */
    size_t first, count;  /* its entries */
} vt_file_item;

typedef struct vt_file_list {
    vt_arena *arena;
    vt_file_item *items;
    size_t item_count;
    vt_file_entry *entries; /* ordered by item */
    size_t entry_count, entry_capacity;
    int64_t bytes; /* of all that is there */
} vt_file_list;

/* Items that are gone from the catalog are left out. `cancel` may be NULL. `list` is empty before, and
   released with vt_file_list_clear in any case. VT_ERROR_CANCELLED, VT_ERROR_LIMIT (more than
   VT_FILE_LIST_MAX files), VT_ERROR_MEMORY, those of the catalog. */
bool vt_file_list_make(vt_file_list *list, const vt_catalog *catalog, const vt_file_items *items,
                       const vt_cancel *cancel, vt_error *error);
void vt_file_list_clear(vt_file_list *list);
#define VT_FILE_LIST_MAX ((size_t)2000000)

#endif
