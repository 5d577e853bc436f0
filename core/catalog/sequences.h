/*
 * Sequences in the catalog: items that stand for many numbered files, and what the user decided of them.
 *
 * A sequence is an item of VT_KIND_SEQUENCE. Its name is its pattern, "name.####.png", one # a digit at
 * least: a name that stays while frames come and go, so that tags, albums and thumbnails stay with it. Its
 * size is the sum of its frames' sizes, its times are the newest of theirs, and in the place of an inode it
 * has a digest of all of them: so whether a sequence has changed is asked the way it is asked of a file. What
 * is beyond an item stands in a row of the table `sequence`.
 *
 * Frames have no rows of their own, but for those that carry something of the user's: a frame that had been
 * an item and was given a rating, a label, a title, a note, a tag or an album stays an item beside its
 * sequence. Only if all frames carry the very same do they give it to the sequence and go.
 *
 * What the user decided outlives the sequence, in the table `sequence_choice`: frames that were split stay
 * split at the next import, frames that were joined become a sequence whatever the rules say of them.
 *
 * Frame rates are two numbers here; core/sequence/frame_rate.h knows what they mean. Errors and threads as
 * reader.h and edit.h have them.
 */
#ifndef VT_CATALOG_SEQUENCES_H
#define VT_CATALOG_SEQUENCES_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is around the frame number in the names of a sequence. Bytes, borrowed; no NUL follows. */
typedef struct vt_frame_names {
    const char *prefix, *suffix;
    uint32_t prefix_length, suffix_length;
    uint32_t width; /* digits at least; 1: unpadded */
} vt_frame_names;

typedef struct vt_sequence_row {
    vt_frame_names names;
    const char *ranges; /* as vt_sequence_ranges_parse reads them: "1-120,124-240" */
    int64_t poster;     /* the frame that its thumbnail shows */
    int64_t poster_size, poster_mtime_ns, poster_ctime_ns; /* of its file when it was read; 0: not read yet */
    uint32_t rate_numerator, rate_denominator;             /* frames a second; 0: never set */
} vt_sequence_row;

/* What a batch brings of a sequence beside its item (vt_batch.sequences). All is borrowed for the commit. */
struct vt_sequence_put {
    vt_sequence_row row; /* its rate is not looked at: it is the user's */
    /* Items of the same folder that are its frames. The commit leaves those in the list that it took out of
       the catalog; a list that is committed again after a failure must be made anew. */
    int64_t *absorbed;
    size_t absorbed_count;
    bool all_absorbed; /* each of its frames is in the list */
};

/* ---- reading ---- */

/* The row of the sequence `item_id`, in memory of `arena`. VT_ERROR_NOT_FOUND if it is none. */
bool vt_catalog_reader_sequence(vt_catalog_reader *reader, int64_t item_id, vt_arena *arena,
                                vt_sequence_row *row, vt_error *error);

/* Whether the user has given the item anything. False for an item that is not there. */
bool vt_catalog_reader_is_marked(vt_catalog_reader *reader, int64_t item_id, bool *marked, vt_error *error);

/* What is settled of files numbered alike, before any rule is asked. */
typedef enum vt_sequence_verdict_kept {
    VT_SEQUENCE_KEPT_KNOWN, /* they are a sequence of the catalog, and stay one */
    VT_SEQUENCE_KEPT_SPLIT, /* the user wants single files; of any width */
    VT_SEQUENCE_KEPT_JOINED /* the user wants a sequence; of any width */
} vt_sequence_verdict_kept;

typedef struct vt_sequence_claim {
    vt_frame_names names; /* width 0: any */
    vt_sequence_verdict_kept kept;
} vt_sequence_claim;

/* Asks for the claims of one folder after the other. In a catalog without sequences it costs nothing. */
typedef struct vt_sequence_claims vt_sequence_claims;

/* `reader` is borrowed. NULL and `error`. */
vt_sequence_claims *vt_sequence_claims_create(vt_catalog_reader *reader, vt_error *error);
void vt_sequence_claims_free(vt_sequence_claims *claims); /* NULL is allowed */

/* True if some folder may have claims. */
bool vt_sequence_claims_any(const vt_sequence_claims *claims);

/* The claims of the folder `path`, by prefix, suffix, then width, in memory of `arena`. */
bool vt_sequence_claims_of(vt_sequence_claims *claims, const char *path, size_t length, vt_arena *arena,
                           vt_sequence_claim **list, size_t *count, vt_error *error);

/* ---- what the user does; on the disk when it returns true ---- */

/* The name of frame `index`, counted from 0, borrowed until the next call; false and `error`. */
typedef bool (*vt_frame_namer)(void *user, uint64_t index, const char **name, size_t *length,
                               vt_error *error);

/* Replaces a sequence by `count` single files. They are items known by their name, which the next import
   reads, and have all that the user gave to the sequence, unless they have something of that kind already. At
   the next import they stay single files. VT_ERROR_USAGE if the item is no sequence. */
bool vt_edit_split_sequence(vt_catalog_writer *writer, int64_t item_id, uint64_t count, vt_frame_namer name,
                            void *user, vt_error *error);

/* From the next import of `folder` on (bytes), files of these names are a sequence. VT_ERROR_NOT_FOUND if the
   catalog does not have the folder. */
bool vt_edit_join_sequence(vt_catalog_writer *writer, const char *folder, size_t length,
                           const vt_frame_names *names, vt_error *error);

/* VT_ERROR_USAGE if the item is no sequence, or the rate is none. */
bool vt_edit_set_frame_rate(vt_catalog_writer *writer, int64_t item_id, uint32_t numerator,
                            uint32_t denominator, vt_error *error);

#endif
