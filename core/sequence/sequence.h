/*
 * Sequences: which files of one folder are the frames of one moving picture.
 *
 * Files belong together if their names differ in the frame number only (sequence_name.h) and number it the
 * same way: with equally many digits, more only where those do not suffice; or unpadded. Prefix, suffix and
 * extension are compared as bytes. A padded and an unpadded series beside each other are two; a number
 * without leading zeros belongs to the padded one if there is one that would write it so.
 *
 * Careful grouping then asks the rules of sequence_rules.h, because photographs are numbered too, and a
 * folder of them that turned into one item would look like a loss. Eager grouping does not. What is settled
 * already is not asked again: claims say which files are a sequence, or none, whatever the rules say.
 *
 * Cost: sorting, O(n log n) comparisons of names, and a fixed number of allocations, a few more per sequence;
 * tests/bench/bench_sequence.c has the figures. Threads: a list belongs to one thread at a time.
 */
#ifndef VT_SEQUENCE_SEQUENCE_H
#define VT_SEQUENCE_SEQUENCE_H

#include "core/base/error.h"
#include "core/catalog/sequences.h"
#include "core/scan/scan.h"
#include "core/sequence/sequence_name.h"
#include "core/sequence/sequence_ranges.h"
#include "core/sequence/sequence_rules.h"

#include <stddef.h>
#include <stdint.h>

/* Fewer are files side by side: two versions of a picture, the front and the back of a card. */
#define VT_SEQUENCE_MEMBERS_MIN 4

typedef enum vt_sequence_mode {
    VT_SEQUENCE_OFF,     /* every file for itself, but for what claims say */
    VT_SEQUENCE_CAREFUL, /* what the user gets who says nothing */
    VT_SEQUENCE_EAGER    /* whatever is numbered alike */
} vt_sequence_mode;

typedef struct vt_sequence_options {
    vt_sequence_mode mode;
    uint32_t members_min; /* 2 or more; 0: VT_SEQUENCE_MEMBERS_MIN */
    /* By prefix, suffix, then width; borrowed. Those of a known sequence are one however few there are, and
       whatever else is claimed; files that were split are none; those that were joined are one if there are
       two or more. */
    const vt_sequence_claim *claims;
    size_t claim_count;
} vt_sequence_options;

/* One sequence. Lent by the list; `pattern` points into the name of its first file. */
typedef struct vt_sequence {
    vt_sequence_pattern pattern;
    vt_sequence_ranges ranges; /* the frames that are there */
    const uint32_t *members;   /* places in the listing, ascending by frame: as many as `ranges` has frames */
    uint32_t count;
} vt_sequence;

typedef struct vt_sequences vt_sequences;

/* Groups the files of one folder: all of them, since a sequence is seen only as a whole. `files` and their
   names are borrowed until the list is freed. The result does not depend on their order, but for the places
   it names. NULL and `error`: VT_ERROR_MEMORY, VT_ERROR_LIMIT (2^32 files), VT_ERROR_USAGE (options). No
   name is a fault: what cannot be a frame is a single file. */
vt_sequences *vt_sequences_group(const vt_scan_file *files, size_t count, const vt_sequence_options *options,
                                 vt_error *error);
void vt_sequences_free(vt_sequences *list); /* NULL is allowed */

/* By prefix, suffix and width of the pattern. */
size_t vt_sequences_count(const vt_sequences *list);
const vt_sequence *vt_sequences_get(const vt_sequences *list, size_t index);

/* The files that are in no sequence: places in the listing, ascending. Every file is either here or a member
   of one sequence, once. */
const uint32_t *vt_sequences_singles(const vt_sequences *list, size_t *count);

/* How many series of enough files were left as single files because of `verdict`: for the log. */
uint32_t vt_sequences_refused(const vt_sequences *list, vt_sequence_verdict verdict);

#endif
