/*
 * A search for duplicates among the items of a snapshot of the index: files of equal content
 * (core/similar/equal.h), and images that look alike (core/similar/perceptual.h, similar_index.h).
 *
 * Same content: files are compared as wholes, those of equal size and fingerprint only. Sequences are left
 * out, and files that are missing or offline. Look alike: images that were read, by the looks the catalog has
 * of them, without opening a file; images without one get it of their stored thumbnail. Plain ones (nearly
 * one colour) are compared with none. A group that look-alike found, of which all members have the same
 * content, is left out: it is among the others already.
 *
 * The best of a group stands first (core/similar/best.h), groups by what there is to gain.
 *
 * Memory while it runs: 24 bytes an item for the same content, and the paths of those that may be equal; some
 * 170 bytes an image for those that look alike. Threads: any but the window's, one at a time.
 */
#ifndef VT_IMPORT_DUPLICATES_H
#define VT_IMPORT_DUPLICATES_H

#include "core/catalog/thumbs.h"
#include "core/catalog/tiny.h"
#include "core/index/twins.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In how many of 64 places looks may differ. Strict is for the same picture in another size or compression,
   normal takes in slight corrections, loose pictures of one scene, and now and then some that only share
   their composition. */
#define VT_ALIKE_STRICT 2
#define VT_ALIKE_NORMAL 6
#define VT_ALIKE_LOOSE  10

typedef enum vt_duplicates_phase {
    VT_DUPLICATES_COMPARING, /* reading files: bytes */
    VT_DUPLICATES_LOOKING,   /* looks from stored thumbnails: pictures */
    VT_DUPLICATES_GROUPING,  /* those that look alike */
    VT_DUPLICATES_PHASES
} vt_duplicates_phase;

typedef struct vt_duplicates_options {
    bool same, alike;  /* what is sought: at least one */
    unsigned distance; /* VT_ALIKE_...; at most VT_SIMILAR_DISTANCE_MAX */
    /* What was found of the same content before, borrowed; NULL: nothing. Then only what came or changed
       since is compared, with what it may be equal to: nothing is read if there is none. Files that were
       never read wait until they are. */
    const vt_twins_found *known;
    const char *const *below; /* only items that are, or lie below, one of these absolute paths; NULL: all */
    size_t below_count;
    const atomic_bool *cancelled; /* NULL: never */
    /* On the caller's thread; it may wait in it, to pause. NULL: none. */
    void (*progress)(void *user, vt_duplicates_phase phase, uint64_t done, uint64_t total);
    /* Looks that were made, to be kept; NULL: they are not. */
    void (*looked)(void *user, const vt_tiny *looks, size_t count);
    void *user;
} vt_duplicates_options;

typedef struct vt_duplicates_result {
    vt_twins_found found[VT_TWIN_KINDS]; /* `twins` owned; of what was not sought: none */
    /* Files that were compared and are equal to none, as groups of one; owned. For `known`, together with
       what was found: vt_duplicates_remember. */
    vt_twins_found alone;
    uint32_t skipped; /* files that could not be compared */
    uint64_t files_read, bytes_read;
    uint32_t looks_made;
    uint32_t without_look; /* images that have none: no thumbnail is stored */
} vt_duplicates_result;

/* `thumbs` may be NULL: then images without a look stay without. On failure the result is empty:
   VT_ERROR_CANCELLED, VT_ERROR_MEMORY, VT_ERROR_USAGE (nothing is sought), or of reading the catalog. */
bool vt_duplicates_find(const vt_catalog *catalog, vt_thumbs *thumbs, const vt_snapshot *snapshot,
                        const vt_duplicates_options *options, vt_duplicates_result *result, vt_error *error);
void vt_duplicates_clear(vt_duplicates_result *result);

/* What is to be kept of the same content: what was found, and behind it what is alone. `twins` is the
   caller's, free(). False when memory runs out. */
bool vt_duplicates_remember(const vt_duplicates_result *result, vt_twins_found *kept);

#endif
