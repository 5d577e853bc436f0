/*
 * A tally: how many items there are of each folder, tag, album, rating, label, kind, format, state, camera
 * and date, for a sidebar. Counted in one pass over a snapshot or over what a view shows; then immutable, and
 * read in constant time unless it says otherwise.
 *
 * It keeps its snapshot, and its numbers are that one's: of folders, tags and albums (index.h, tags.h,
 * albums.h). Threads: made on any but the UI's (30 ns a row); the rest, any, at once.
 */
#ifndef VT_INDEX_TALLY_H
#define VT_INDEX_TALLY_H

#include "core/base/error.h"
#include "core/index/index.h"
#include "core/index/tags.h"
#include "core/index/view.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_tally vt_tally;

/* Counts what `view` shows, or, if it is NULL, all of `snapshot` (which may be NULL with a view). NULL and
   `error`: VT_ERROR_CANCELLED, VT_ERROR_MEMORY (needs 1 MB, and 4 to 12 bytes for each folder, tag, album,
   camera and set of tags). `cancelled` may be NULL. */
const vt_tally *vt_tally_create(const vt_snapshot *snapshot, const vt_view *view,
                                const atomic_bool *cancelled, vt_error *error);
const vt_tally *vt_tally_retain(const vt_tally *tally);
void vt_tally_release(const vt_tally *tally); /* NULL is allowed */

/* Borrowed from the tally. */
const vt_snapshot *vt_tally_snapshot(const vt_tally *tally);

/* All that was counted. */
uint32_t vt_tally_items(const vt_tally *tally);

typedef enum vt_facet {
    VT_FACET_RATING,     /* 0 to 5 */
    VT_FACET_LABEL,      /* 0 (none) to VT_LABEL_MAX */
    VT_FACET_KIND,       /* vt_kind */
    VT_FACET_FORMAT,     /* vt_format */
    VT_FACET_STATE,      /* vt_item_state: missing, offline, failed */
    VT_FACET_WATERTIGHT, /* vt_watertight, of models only */
    VT_FACET_COUNT
} vt_facet;

/* Items with this value; 0 for one that cannot be. */
uint32_t vt_tally_of(const vt_tally *tally, vt_facet facet, unsigned value);

/* Items in a folder, and in it and all below it. */
uint32_t vt_tally_folder(const vt_tally *tally, uint32_t folder);
uint32_t vt_tally_folder_deep(const vt_tally *tally, uint32_t folder);

/* Items in the folder `path`, which may hold none itself, and all below it. Logarithmic. */
uint32_t vt_tally_below(const vt_tally *tally, const char *path, size_t length);

/* Items that have a tag; that have it or one below it, each counted once; that have none. */
uint32_t vt_tally_tag(const vt_tally *tally, uint32_t tag);
uint32_t vt_tally_tag_deep(const vt_tally *tally, uint32_t tag);
uint32_t vt_tally_untagged(const vt_tally *tally);

/* The tags as a tree is listed; valid as long as the tally. */
const vt_tag_order *vt_tally_tags(const vt_tally *tally);

/* Items of an album. */
uint32_t vt_tally_album(const vt_tally *tally, uint32_t album);

/* The albums in the user's order: numbers, without those that were removed. Valid as long as the tally. */
const uint32_t *vt_tally_albums(const vt_tally *tally, uint32_t *count);

typedef struct vt_tally_camera {
    const char *name; /* UTF-8, a NUL follows; lives as long as the index */
    uint32_t name_length;
    uint32_t items;
} vt_tally_camera;

/* Cameras that took something of it, in the natural order of their names. Valid as long as the tally. */
const vt_tally_camera *vt_tally_cameras(const vt_tally *tally, uint32_t *count);

/* A year, a month of one or a day of one (vt_snapshot_date). */
typedef struct vt_tally_date {
    int16_t year;
    uint8_t month; /* 1 to 12, 0 for a year */
    uint8_t day;   /* 1 to 31, 0 for a year or month */
    uint32_t items;
    uint32_t first, end; /* of a year, its months; of a month, its days: places in the list of those */
} vt_tally_date;

typedef enum vt_tally_span { VT_TALLY_YEARS, VT_TALLY_MONTHS, VT_TALLY_DAYS, VT_TALLY_SPANS } vt_tally_span;

/* Those in which there is something, from the earliest on. Valid as long as the tally. */
const vt_tally_date *vt_tally_dates(const vt_tally *tally, vt_tally_span span, uint32_t *count);

#endif
