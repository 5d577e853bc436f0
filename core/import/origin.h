/*
 * Private to core/import: whether a file that stands where no item is known is an item that was somewhere
 * else.
 *
 * It is, if the evidence (core/catalog/identity.h) names just one item whose own file is gone: from a path
 * that can be looked at, not from a volume that is away. An item whose file is still there has been copied,
 * and so have hard links. Among several that are gone the one of the same file name is taken; else they
 * cannot be told apart, and the file is an item of its own (`vitrine relink` lists them).
 *
 * Threads: one at a time, not the window's. The only stat is of the old path, where there is evidence.
 */
#ifndef VT_IMPORT_ORIGIN_H
#define VT_IMPORT_ORIGIN_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/catalog/record.h"
#include "core/catalog/sequences.h"
#include "core/import/offline.h"
#include "core/scan/scan.h"

typedef struct vt_origins vt_origins;

typedef enum vt_origin_verdict {
    VT_ORIGIN_NONE,     /* it is new */
    VT_ORIGIN_FOUND,    /* it is that item */
    VT_ORIGIN_AMBIGUOUS /* it may be one of several */
} vt_origin_verdict;

/* That somebody saw a file or folder be renamed. */
typedef struct vt_rename {
    const char *from, *to; /* absolute */
} vt_rename;

/* A copy, for vt_renames_free. NULL for none, and when memory runs out. */
const vt_rename *vt_renames_copy(const vt_rename *renames, size_t count);
void vt_renames_free(const vt_rename *renames, size_t count); /* NULL is allowed, whatever the count */

/* `reader` and `offline` are borrowed. A catalog that is empty now has no origins: nothing is looked up. NULL
   and `error`. */
vt_origins *vt_origins_create(vt_catalog_reader *reader, vt_offline *offline, vt_error *error);
void vt_origins_free(vt_origins *origins); /* NULL is allowed */

/* What was seen goes before all evidence. Borrowed. */
void vt_origins_set_renames(vt_origins *origins, const vt_rename *renames, size_t count);

/* By inode, size and time. `path` is the file's own. `*item` is the item, its path valid until the next call.
   False and `error` as the reader's. */
bool vt_origins_of_file(vt_origins *origins, const char *path, const vt_scan_file *file,
                        vt_origin_verdict *verdict, vt_item *item, vt_error *error);

/* The same for an entry of the folder `folder` (`length` bytes), whose path is put together in `path`; it
   holds it afterwards. VT_ERROR_MEMORY, too. */
bool vt_origins_of_entry(vt_origins *origins, const char *folder, size_t length, const vt_scan_file *file,
                         vt_str *path, vt_origin_verdict *verdict, vt_item *item, vt_error *error);

/* Of the sequence of these frame names in `folder`: the sequence whose frames were seen to be renamed to its,
   though not all of them are known to be there, and that has no frame any more. `id`: the item of the new
   names, 0: none; it came later. */
bool vt_origins_of_frames(vt_origins *origins, const char *folder, size_t length, const vt_frame_names *names,
                          int64_t id, vt_origin_verdict *verdict, vt_item *item, vt_error *error);

/* By size and content, for the file at `path` that is the item `id` (0: none) up to now. */
bool vt_origins_of_content(vt_origins *origins, const char *path, int64_t id, int64_t size,
                           uint64_t fingerprint, vt_origin_verdict *verdict, vt_item *item, vt_error *error);

/* True if there is no file at `path`, and that is known: not because its volume is away. */
bool vt_origins_is_gone(vt_origins *origins, const char *path, size_t length);

#endif
