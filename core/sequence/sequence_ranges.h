/*
 * Frame numbers as a list of ranges: "1-120,124-240" are frames 1 to 240 without 121, 122 and 123.
 *
 * A list is ascending, and between two ranges at least one frame is missing: so it has one form, and as many
 * ranges as the sequence has gaps, and one. Numbers are 0 to 2^63 - 1, as sequence_name.h reads them.
 *
 * Threads: a list belongs to one thread at a time; no other state.
 */
#ifndef VT_SEQUENCE_SEQUENCE_RANGES_H
#define VT_SEQUENCE_SEQUENCE_RANGES_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of one list. A text of more is refused, and numbered files with more gaps stay single files. */
#define VT_SEQUENCE_RANGES_MAX ((size_t)1 << 20)

/* Pieces of one split. */
#define VT_SEQUENCE_PIECES_MAX ((size_t)1 << 20)

/* Both ends are part of it. */
typedef struct vt_sequence_range {
    int64_t first, last;
} vt_sequence_range;

/* Owned by whoever started it with VT_SEQUENCE_RANGES_INIT, released with vt_sequence_ranges_clear. A list
   with a capacity of 0 lends `items`, and may only be read. */
typedef struct vt_sequence_ranges {
    vt_sequence_range *items;
    size_t count, capacity;
} vt_sequence_ranges;

#define VT_SEQUENCE_RANGES_INIT                                                                              \
    {                                                                                                        \
        NULL, 0, 0                                                                                           \
    }

/* Where a sequence is cut. */
typedef enum vt_sequence_cut {
    VT_SEQUENCE_CUT_BEFORE, /* before a given frame: two pieces */
    VT_SEQUENCE_CUT_GAPS,   /* where frames are missing */
    VT_SEQUENCE_CUT_SINGLES /* every frame for itself */
} vt_sequence_cut;

/* Releases the memory and empties the list; it can be used again. */
void vt_sequence_ranges_clear(vt_sequence_ranges *ranges);

/* Puts `first` to `last` at the end. `first` must lie behind all frames of the list: VT_ERROR_USAGE. Also
   VT_ERROR_LIMIT and VT_ERROR_MEMORY; the list stays as it was then. */
bool vt_sequence_ranges_extend(vt_sequence_ranges *ranges, int64_t first, int64_t last, vt_error *error);

/* Reads "1-120, 124-240": in any order, ranges may touch and overlap, spaces around numbers, and a frame
   alone, are allowed. Replaces what was in `ranges`, an owned list. False, an empty list and `error`:
   VT_ERROR_USAGE (no number where one must stand, 9-3, nothing at all), VT_ERROR_LIMIT, VT_ERROR_MEMORY;
   `*position` (NULL allowed) is then the byte offset of the place, which the message names too. */
bool vt_sequence_ranges_parse(const char *text, size_t length, vt_sequence_ranges *ranges, size_t *position,
                              vt_error *error);

/* Appends the list as vt_sequence_ranges_parse reads it, without spaces; nothing for an empty list. */
void vt_sequence_ranges_append(const vt_sequence_ranges *ranges, vt_str *out);

/* How many frames there are: 2^63 at most. */
uint64_t vt_sequence_ranges_frames(const vt_sequence_ranges *ranges);

/* Logarithmic in the number of ranges. */
bool vt_sequence_ranges_contain(const vt_sequence_ranges *ranges, int64_t frame);

/* The frame at `index`, counted from 0: the next to show when frames are missing. False beyond the last. */
bool vt_sequence_ranges_at(const vt_sequence_ranges *ranges, uint64_t index, int64_t *frame);

/* The frames missing between the first and the last: what 121-123 is to the list above. `missing`: an empty
   owned list; empty again when this fails, with VT_ERROR_MEMORY. */
bool vt_sequence_ranges_missing(const vt_sequence_ranges *ranges, vt_sequence_ranges *missing,
                                vt_error *error);

/* Those frames of `ranges` that lie in `within`: a piece, with its gaps. `part` as `missing` above. */
bool vt_sequence_ranges_clip(const vt_sequence_ranges *ranges, vt_sequence_range within,
                             vt_sequence_ranges *part, vt_error *error);

/* The frames of both. False and VT_ERROR_USAGE if some frame is in both: they are no two parts of one
   sequence. Also VT_ERROR_MEMORY, VT_ERROR_LIMIT. `joined` as `missing` above. */
bool vt_sequence_ranges_join(const vt_sequence_ranges *a, const vt_sequence_ranges *b,
                             vt_sequence_ranges *joined, vt_error *error);

/* Where the pieces of a split begin and end: `*pieces`, ascending, owned by the caller, free(); `*count`.
   Every frame of `ranges` lies in one of them, and each begins and ends with a frame that is there; what a
   piece holds, vt_sequence_ranges_clip tells. `frame` is looked at by VT_SEQUENCE_CUT_BEFORE only and may be
   one that is missing. A list without gaps, or of one frame, gives one piece. False and `error`:
   VT_ERROR_USAGE (nothing would lie before or behind the cut, or the list is empty), VT_ERROR_LIMIT (more
   than VT_SEQUENCE_PIECES_MAX), VT_ERROR_MEMORY. */
bool vt_sequence_ranges_split(const vt_sequence_ranges *ranges, vt_sequence_cut cut, int64_t frame,
                              vt_sequence_range **pieces, size_t *count, vt_error *error);

#endif
