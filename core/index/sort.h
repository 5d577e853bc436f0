/*
 * Sort orders of the index.
 *
 * An order is made once, ascending, as row numbers; descending is the same read backwards (view.h). Rows with
 * equal keys stay in the order of their ids. Numbers by radix sort, names by their natural order: digits by
 * their value, "img2" before "img10", upper and lower case alike.
 *
 * Threads: any but the UI's (some 20 to 200 ms for a million rows).
 */
#ifndef VT_INDEX_SORT_H
#define VT_INDEX_SORT_H

#include "core/base/error.h"
#include "core/index/index.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_sort_key {
    VT_SORT_ID, /* order of arrival */
    VT_SORT_NAME,
    VT_SORT_PATH, /* folder by folder, then by name */
    VT_SORT_KIND, /* then by format */
    VT_SORT_FORMAT,
    VT_SORT_SIZE,
    VT_SORT_DATE, /* of the last change of the file */
    VT_SORT_WIDTH,
    VT_SORT_HEIGHT,
    VT_SORT_PIXELS,
    VT_SORT_TRIANGLES,
    VT_SORT_WATERTIGHT,
    VT_SORT_RATING,
    VT_SORT_STATE, /* found, missing, cannot be read */
    VT_SORT_KEY_COUNT
} vt_sort_key;

/* "id", "name", "path", ...: stable, for the command line and settings. Never NULL. */
const char *vt_sort_key_name(vt_sort_key key);

/* False for an unknown name. */
bool vt_sort_key_from_name(const char *name, vt_sort_key *key);

/* Brings `rows` (ascending row numbers, as vt_filter_run gives them) into the order of `key`. On failure
   their order is undefined: VT_ERROR_MEMORY (needs up to 60 bytes a row meanwhile), VT_ERROR_CANCELLED.
   `cancelled` may be NULL. */
bool vt_sort_rows(const vt_snapshot *snapshot, vt_sort_key key, uint32_t *rows, uint32_t count,
                  const atomic_bool *cancelled, vt_error *error);

/* Compares two names by natural order: < 0, 0, > 0. Any thread. */
int vt_natural_compare(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
