/*
 * Private to core/index: the folders by their paths, so that those below a path stand together. Kept by the
 * index from one call to the next: folders are added now and then, and never change.
 *
 * Threads: any but the UI's.
 */
#ifndef VT_INDEX_FOLDER_ORDER_H
#define VT_INDEX_FOLDER_ORDER_H

#include "core/index/chunk.h"

struct vt_folder_order {
    atomic_uint references;
    uint32_t count;
    uint32_t
        folders[]; /* numbers; '/' sorts before all other bytes, so a folder is followed by what is below */
};

/* The order of the folders of a snapshot: vt_folder_order_release. NULL when memory runs out. */
vt_folder_order *vt_folder_order_of(const vt_snapshot *snapshot);
void vt_folder_order_release(vt_folder_order *order); /* NULL is allowed */

/* The places of a folder of this path, which may hold no item itself, and all below it: from `*first` to
   before the result. */
uint32_t vt_folder_order_below(const vt_folder_order *order, const vt_folders *folders, const char *path,
                               size_t length, uint32_t *first);

#endif
