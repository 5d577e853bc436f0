/*
 * The columns file: the rows of the index as they stand in memory, so that a start reads them at once instead
 * of stepping through a million rows of SQLite. It may be deleted at any time; nothing in it is the user's,
 * and without it everything is the same, half a second later.
 *
 * It lies in the cache folder, beside the thumbnails: $XDG_CACHE_HOME/vitrine/columns/<hash of the catalog's
 * path>.columns. It holds what vt_index_load reads: folders, and of each item id, name, folder, size, time,
 * kind and what else a card needs. Attributes, tags, albums and tiny thumbnails are read from the catalog as
 * ever: they come after the first cards.
 *
 * Why it can be trusted:
 * - It is made of the catalog alone, never of an index that has lived, whose removed rows and faults would
 * come back with it: it holds what vt_index_load would load, in the same order.
 * - It carries the stamp (core/catalog/stamp.h) of the state it was made of, taken before and found the same
 *   after. It is used only if the catalog has that very stamp at the moment it is loaded. Whoever has written
 * to the catalog since, with this program or without, has given it another one.
 * - Every number in it is checked before it is used, and every section has a checksum (XXH3): a file that is
 *   cut off, damaged, of another version of the program, byte order or user is refused as a whole, and
 *   the rows come from the catalog. The checksums find damage; they keep out nobody who could change the
 * catalog as well.
 *
 * Format, numbers in the byte order of the machine (columns_private.h): a header, sections of folders,
 * sections of 4096 rows. It is limited by VT_COLUMNS_BYTES_MAX; a section by VT_COLUMNS_SECTION_MAX.
 *
 * It is written under a temporary name and renamed, and not synced: what a power failure leaves behind fails
 * its checksums.
 *
 * Any thread but the UI's.
 */
#ifndef VT_INDEX_COLUMNS_H
#define VT_INDEX_COLUMNS_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/reader.h"
#include "core/index/index.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Below so many items reading the catalog takes no time worth saving. */
#define VT_COLUMNS_ROWS_MIN    ((uint32_t)50000)
#define VT_COLUMNS_BYTES_MAX   ((int64_t)2 * 1024 * 1024 * 1024)
#define VT_COLUMNS_SECTION_MAX ((size_t)8 * 1024 * 1024)
/* What stays free on the disk. */
#define VT_COLUMNS_SPARE_BYTES ((int64_t)256 * 1024 * 1024)

/* The place of the file for a catalog, as vt_catalog_cache_path. */
char *vt_columns_path(const vt_catalog *catalog, vt_error *error);

/* Reads the rows of the catalog into an empty index from the file at `path`, if it has been made of what
   `reader` sees, and publishes them; no transaction of the reader's may be open. False: the index is empty as
   before, and `error` says why, in words that stand after "the columns file ... is not used: ":
   VT_ERROR_NOT_FOUND there is none, VT_ERROR_CHANGED made of another state of the catalog, VT_ERROR_VERSION,
   VT_ERROR_CORRUPT, VT_ERROR_TRUNCATED, VT_ERROR_UNSUPPORTED another byte order or no such file at all,
   VT_ERROR_PERMISSION, VT_ERROR_CANCELLED, VT_ERROR_MEMORY, VT_ERROR_IO, or as vt_catalog_stamp_take. */
bool vt_columns_load(vt_index *index, const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                     const atomic_bool *cancelled, vt_error *error);

typedef struct vt_columns_info {
    int64_t bytes;    /* of the file, 0 if there is none */
    uint32_t rows;    /* as its header says; 0 if that cannot be read */
    bool usable;      /* the header is sound and has the stamp of the catalog */
    vt_error why_not; /* as vt_columns_load, as far as the header tells */
} vt_columns_info;

/* What a start would do with the file, by its header. */
void vt_columns_look(const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                     vt_columns_info *info);

typedef struct vt_columns_pace {
    bool (*go_on)(void *user); /* asked every few thousand rows; false gives up. NULL: never */
    void *user;
} vt_columns_pace;

/* Makes the file, and its folder, of what `reader` sees; no transaction of the reader's may be open. Takes
   some megabytes of memory and, for a million items, a second of processor time. `*rows` is how many it
   holds. False: there is no new file, and an older one is as it was: VT_ERROR_CHANGED the catalog was written
   meanwhile or just now, VT_ERROR_LIMIT, VT_ERROR_NO_SPACE, VT_ERROR_CANCELLED, VT_ERROR_CORRUPT (the catalog
   is), VT_ERROR_MEMORY, or as opening files and vt_catalog_stamp_take. */
bool vt_columns_write(const vt_catalog *catalog, vt_catalog_reader *reader, const char *path,
                      const vt_columns_pace *pace, uint32_t *rows, vt_error *error);

#endif
