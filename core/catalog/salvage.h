/*
 * Salvage: a new catalog from the rows that can still be read in a damaged one.
 *
 * Goes through each table row by row in the order of its keys, forwards and backwards, and closes in on what
 * cannot be read by halving, so that a damaged page costs the rows on it and no more. Items that are lost
 * that way are looked for in the index over their names: they come back with their name, tags and notes, and
 * the next import reads the rest again. Folders likewise; a folder that is lost for good gets the path
 * /salvaged-folder-N, so that what the user gave to its items is not lost with it.
 *
 * The new file is of the version of the damaged one, is verified and synced, and takes its place; the damaged
 * file is kept as FILE.damaged-N. Check the result with check.h: references between rows are put right there.
 *
 * Any thread but the UI's; takes time in proportion to the catalog. The catalog must not be open anywhere.
 */
#ifndef VT_CATALOG_SALVAGE_H
#define VT_CATALOG_SALVAGE_H

#include "core/base/error.h"
#include "core/base/log.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct vt_salvage_report {
    int64_t rows;            /* brought over, of all tables */
    int64_t items;           /* of these, the items */
    int64_t unread_items;    /* of these, items known by their name only: the next import reads them */
    int64_t lost_folders;    /* folders that got a path of ours */
    int64_t unreadable_keys; /* numbers of rows that could not be read: at most so many rows were there */
    char *kept;              /* where the damaged file is now; owned: vt_salvage_report_free */
} vt_salvage_report;

/* False and `error`, and the file stays as it is: VT_ERROR_CORRUPT or VT_ERROR_UNSUPPORTED if not even its
   tables can be told (restore a snapshot then), VT_ERROR_BUSY, VT_ERROR_NO_SPACE, ... */
bool vt_salvage(const char *path, const vt_log *log, vt_salvage_report *report, vt_error *error);
void vt_salvage_report_free(vt_salvage_report *report);

#endif
