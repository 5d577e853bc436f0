/*
 * Identity beyond the path: which items of the catalog a file may be that stands where no item is known.
 *
 * Two kinds of evidence: the file's inode, size and time of change, which a move keeps within one file
 * system; and its size with a fingerprint of its content, which a move keeps everywhere. Both are looked up
 * in an index; items that were never read (VT_ITEM_UNREAD) are in neither. What is found are candidates only:
 * whether the file they stand for is gone from its path, the caller looks.
 *
 * Threads and errors as reader.h; a search belongs to its reader's thread.
 */
#ifndef VT_CATALOG_IDENTITY_H
#define VT_CATALOG_IDENTITY_H

#include "core/catalog/reader.h"

typedef struct vt_identity vt_identity;

/* Candidates that are told; with more there is no telling them apart. */
#define VT_CANDIDATES_MAX 8

typedef struct vt_candidates {
    size_t count;
    bool more;                        /* than VT_CANDIDATES_MAX */
    vt_item items[VT_CANDIDATES_MAX]; /* paths are valid until the next search */
} vt_candidates;

/* The reader is borrowed. NULL and `error`. */
vt_identity *vt_identity_create(vt_catalog_reader *reader, vt_error *error);
void vt_identity_free(vt_identity *identity); /* before its reader; NULL is allowed */

/* Items whose file had this inode, size and time of change. */
bool vt_identity_by_file(vt_identity *identity, uint64_t ino, int64_t size, int64_t mtime_ns,
                         vt_candidates *found, vt_error *error);

/* Items whose content had this size and fingerprint (not 0). */
bool vt_identity_by_content(vt_identity *identity, int64_t size, uint64_t fingerprint, vt_candidates *found,
                            vt_error *error);

/* The fingerprint of an item's content, 0 if there is none. */
bool vt_identity_fingerprint(vt_identity *identity, int64_t id, uint64_t *fingerprint, vt_error *error);

/* Items that are VT_ITEM_MISSING with an id greater than `after`, ascending by id, at most `limit`. Looks
   through all items. The callback returns false to stop; its pointers are valid during the call only. */
bool vt_identity_each_missing(vt_identity *identity, int64_t after, size_t limit, vt_unread_visitor visit,
                              void *user, vt_error *error);

/* Items in the folder `path` itself, whatever their state; as above. */
bool vt_identity_each_in_folder(vt_identity *identity, const char *path, size_t length,
                                vt_unread_visitor visit, void *user, vt_error *error);

#endif
