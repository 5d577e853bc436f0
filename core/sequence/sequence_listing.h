/*
 * Listing: the files of one folder, kept until the scan has seen all of them.
 *
 * A scan hands on files in chunks and lends them for the call only; sequences are seen only in the whole. So
 * each chunk is copied here, and vt_sequences_group takes the copy. About 80 bytes a file and its name.
 *
 * Threads: one thread at a time.
 */
#ifndef VT_SEQUENCE_SEQUENCE_LISTING_H
#define VT_SEQUENCE_SEQUENCE_LISTING_H

#include "core/base/error.h"
#include "core/scan/scan.h"

#include <stdbool.h>
#include <stddef.h>

/* Files of one folder: some 100 MB. */
#define VT_SEQUENCE_LISTING_MAX ((size_t)1 << 20)

typedef struct vt_sequence_listing vt_sequence_listing;

/* Empty. NULL when memory runs out. */
vt_sequence_listing *vt_sequence_listing_create(void);
void vt_sequence_listing_free(vt_sequence_listing *listing); /* NULL is allowed */

/* Copies `count` files with their names. False and `error`, with nothing added: VT_ERROR_MEMORY;
   VT_ERROR_LIMIT (more than VT_SEQUENCE_LISTING_MAX: these files, and all of the folder that are still to
   come, are taken as single ones). */
bool vt_sequence_listing_add(vt_sequence_listing *listing, const vt_scan_file *files, size_t count,
                             vt_error *error);

/* All that were added, in that order. Valid until the next call that changes the listing. */
const vt_scan_file *vt_sequence_listing_files(const vt_sequence_listing *listing, size_t *count);

/* Forgets the files and keeps memory for the next folder. */
void vt_sequence_listing_reset(vt_sequence_listing *listing);

#endif
