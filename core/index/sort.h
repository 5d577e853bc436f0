/*
 * Sort orders of the index, by one key or by several.
 *
 * An order is made once, as row numbers; the other direction is the same read backwards (view.h). Rows that
 * are equal in all keys stay in the order of their ids. Numbers by radix sort, names by their natural order:
 * digits by their value, "img2" before "img10", upper and lower case alike. Several keys are sorted by one
 * after the other, the last one first, since each sort leaves what is equal in it as it was.
 *
 * Threads: any but the UI's (some 20 to 250 ms for a million rows and a key).
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
    VT_SORT_DATE, /* vt_snapshot_date: taken, else changed */
    VT_SORT_WIDTH,
    VT_SORT_HEIGHT,
    VT_SORT_PIXELS,
    VT_SORT_TRIANGLES, /* of models; what else is counted so stands first */
    VT_SORT_WATERTIGHT,
    VT_SORT_RATING,
    VT_SORT_STATE,    /* found, missing, cannot be read */
    VT_SORT_MODIFIED, /* when the file was changed */
    VT_SORT_LABEL,    /* none first */
    VT_SORT_TAGS,     /* how many */
    VT_SORT_TITLE,    /* none last, as of a camera */
    VT_SORT_CAMERA,
    VT_SORT_ALBUM,  /* the user's order within one album; what is not in it, last */
    VT_SORT_TAKEN,  /* by the camera's clock; what was not taken by one, last */
    VT_SORT_FRAMES, /* of sequences; what is none, first */
    VT_SORT_ALBUMS, /* how many */
    VT_SORT_STACK,  /* made by hand: stack by stack, each in its order; what is in none, last */
    VT_SORT_KEY_COUNT
} vt_sort_key;

#define VT_SORT_KEYS_MAX 4

typedef struct vt_sort {
    vt_sort_key key;
    bool descending;
} vt_sort;

/* "id", "name", "path", ...: stable, for the command line and settings. Never NULL. */
const char *vt_sort_key_name(vt_sort_key key);

/* False for an unknown name. */
bool vt_sort_key_from_name(const char *name, vt_sort_key *key);

/* Brings `rows` (ascending row numbers, as vt_filter_run gives them) into the order of `key`. On failure
   their order is undefined: VT_ERROR_MEMORY (needs up to 60 bytes a row meanwhile), VT_ERROR_CANCELLED.
   `cancelled` may be NULL. */
bool vt_sort_rows(const vt_snapshot *snapshot, vt_sort_key key, uint32_t *rows, uint32_t count,
                  const atomic_bool *cancelled, vt_error *error);

/* By up to VT_SORT_KEYS_MAX keys, the first of which weighs most; each in its direction. `album` is for
   VT_SORT_ALBUM the number of the album (VT_INDEX_NO_ALBUM: none, and the key changes nothing). */
bool vt_sort_rows_by(const vt_snapshot *snapshot, const vt_sort *sorts, unsigned sort_count, uint32_t album,
                     uint32_t *rows, uint32_t count, const atomic_bool *cancelled, vt_error *error);

/* The place of each folder in the natural order of their paths, by folder number; free(). NULL and `error`:
   VT_ERROR_MEMORY, VT_ERROR_CANCELLED. `cancelled` may be NULL. */
uint32_t *vt_sort_folder_ranks(const vt_snapshot *snapshot, const atomic_bool *cancelled, vt_error *error);

/* Compares two names by natural order: < 0, 0, > 0. Any thread. */
int vt_natural_compare(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
