/*
 * What finds duplicates, in the catalog: the look of pictures, a perceptual hash of each (the catalog does
 * not know how it is made), and what the last search found, so that it is there at the next start.
 *
 * Looks stand in a table of their own, some 20 bytes each, written together with the tiny thumbnails
 * (tiny.h) and gone with their item. What was found is one row of each kind: 24 bytes a member, little
 * endian. Items that have gone since are not taken out of it: whoever reads it looks.
 */
#ifndef VT_CATALOG_TWINS_H
#define VT_CATALOG_TWINS_H

#include "core/base/error.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_look {
    uint64_t hash;
    uint8_t structure; /* how much of the hash says something */
    uint8_t version;   /* of the method; 0: there is none */
} vt_look;

/* Looks of items with an id greater than `after`, ascending. The callback returns false to stop. */
typedef bool (*vt_look_visitor)(void *user, int64_t item_id, const vt_look *look);
bool vt_catalog_reader_each_look(vt_catalog_reader *reader, int64_t after, vt_look_visitor visit, void *user,
                                 vt_error *error);

/* Fingerprints, and the size of what they were taken of; likewise. */
typedef bool (*vt_fingerprint_visitor)(void *user, int64_t item_id, int64_t size, uint64_t fingerprint);
bool vt_catalog_reader_each_fingerprint(vt_catalog_reader *reader, int64_t after,
                                        vt_fingerprint_visitor visit, void *user, vt_error *error);

/* Stored in catalogs: never renumber. */
typedef enum vt_twin_kind { VT_TWIN_SAME, VT_TWIN_ALIKE, VT_TWIN_KINDS } vt_twin_kind;

/* A member of a group of duplicates. */
typedef struct vt_twin {
    int64_t id;     /* of the item */
    uint64_t stamp; /* of the content that was compared (core/index/twins.h) */
    uint32_t group; /* 0, 1, ...: members of one stand together */
    uint32_t file;  /* within the group: paths of one and the same file (hard links) have the same number */
} vt_twin;

/* What one search found. */
typedef struct vt_twins_found {
    vt_twin *twins; /* groups in the order they are to be shown in, the best of each first */
    uint32_t count;
    int64_t found_ns; /* when, since 1970-01-01 UTC */
    int64_t last_id;  /* of the youngest item it knew: those after it were not looked at */
} vt_twins_found;

/* Takes the place of what was found before, in one transaction. On the thread of the writer. */
bool vt_catalog_writer_put_twins(vt_catalog_writer *writer, vt_twin_kind kind, const vt_twins_found *found,
                                 vt_error *error);

/* `*is_there` says whether there was a search. `found->twins` is the caller's then: free(). What no program
   of ours wrote is not there. False and `error` as other readers, and VT_ERROR_MEMORY. */
bool vt_catalog_reader_twins(vt_catalog_reader *reader, vt_twin_kind kind, vt_twins_found *found,
                             bool *is_there, vt_error *error);

#endif
