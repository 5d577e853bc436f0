/*
 * The filter language: what stands in the filter box and after `vitrine list`.
 *
 *     cars red             items that contain both words in name, folder, tag or title; upper and lower case
 *                          alike
 *     "red car"            with the space; a backslash before a quote keeps it
 *     cars/red             across the slash: in a path that ends in "cars", a name that begins with "red"
 *     cars or boats        either; binds weaker than a space
 *     -draft  -(a or b)    not
 *     kind:model  ext:jpg  format:png      kinds image, model, sequence, unknown
 *     name:a  folder:cars/  path:holiday   the name alone, the folder's path alone, or either (as a word)
 *     width>4000  height<=800  pixels>=12m  size>1m  triangles>1m  frames>=24  rating>=3  id:17
 *     size:1m..20m         a range; either end may be left out
 *     date:2024-05..2025   local time, whole days, months or years: May 2024 to the end of 2025
 *     date>=2024-05-17     when a picture was taken, by its camera's clock; else when the file was changed
 *     taken:2024  modified:2024     the one or the other alone
 *     tag:car  tag:italy/rome       the tag of that name, by the end of its path, or one below it; tag:/car
 * is the one at the top; as all below, -tag:car is the others, tag:none those without any (and tag:"none" a
 * tag of that name) album:"My trip"      the album of that name title:sunset  camera:X100     contains;
 * title:none, camera:none, album:none, taken:none label:red  label:3  label:none  label:1..5 watertight:no
 * missing:yes  offline:yes  yes, no (watertight also unknown)
 *     duplicate:same  duplicate:alike  duplicate:any      as the last search for duplicates found (twins.h)
 *     stack:yes  stack:no  stack:cover  stack:inside      in a stack made by hand (stacks.h); its first, or
 * not
 *
 * Numbers take k, m, g, t: thousands for counts, 1024s for bytes. Comparisons: `:` and `=` equal (texts:
 * contains), `!=` not, `<`, `<=`, `>`, `>=`. Something an item does not have (the width of a model) matches
 * no comparison, `!=` included; no rating is a rating of 0, no label is label 0. Of tags and albums there may
 * be many: `!=` is the same as a minus.
 *
 * Case is folded for ASCII and for the letters of Unicode whose two forms are equally long in UTF-8 (Latin,
 * Greek, Cyrillic, Armenian). Bytes of a name that are not UTF-8 are compared as they are.
 *
 * Threads: a compiled filter is immutable and may be used by several at once.
 */
#ifndef VT_INDEX_FILTER_H
#define VT_INDEX_FILTER_H

#include "core/base/error.h"
#include "core/index/index.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_filter vt_filter;

/* Limits of one filter; more is an error that names the limit. */
#define VT_FILTER_LENGTH_MAX 4096 /* bytes of text */
#define VT_FILTER_TERMS_MAX  128
#define VT_FILTER_DEPTH_MAX  32 /* parentheses */

/* Compiles `length` bytes of UTF-8. Empty or blank text matches everything. NULL and `error` (VT_ERROR_USAGE:
   the message says what is wrong and what would be right) and in `*position` (NULL allowed) the byte offset
   of the place. Microseconds: may be called on the UI thread. */
vt_filter *vt_filter_compile(const char *text, size_t length, size_t *position, vt_error *error);
/* The same for a text that is still being typed. A condition that has no value yet (`tag:`, `-width>`) is
   left out, as if it were not there: a filter, and `error` and `*position` say what the first of these lacks.
   Else `error` is untouched. */
vt_filter *vt_filter_compile_typed(const char *text, size_t length, size_t *position, vt_error *error);
void vt_filter_free(vt_filter *filter);

/* The keys of the language, for a manual: the name of one, and what its values look like is appended to
   `values`. NULL beyond the last. */
const char *vt_filter_key(size_t index, vt_str *values);

/* True if it matches every item. */
bool vt_filter_is_empty(const vt_filter *filter);

/* The rows that match: bit `row % 64` of word `row / 64` of `*bits` (free(); a whole number of 4096 bits,
   none set behind the last row), and in `*count` how many. NULL for `filter`: all rows. Removed rows never
   match. Some 5 to 15 ns a row: never on the UI thread. `*cancelled` (NULL allowed) is looked at every 4096
   rows: VT_ERROR_CANCELLED; VT_ERROR_MEMORY. */
bool vt_filter_match(const vt_filter *filter, const vt_snapshot *snapshot, const atomic_bool *cancelled,
                     uint64_t **bits, uint32_t *count, vt_error *error);

/* The numbers of the `count` bits that are set, ascending (free()). NULL when memory runs out. */
uint32_t *vt_filter_rows(const uint64_t *bits, uint32_t count);

/* The rows that match, ascending: `*rows` (free(); NULL if none), `*count`. Otherwise as vt_filter_match. */
bool vt_filter_run(const vt_filter *filter, const vt_snapshot *snapshot, const atomic_bool *cancelled,
                   uint32_t **rows, uint32_t *count, vt_error *error);

#endif
