/*
 * Private to the grouping: names taken apart, and what is settled of them already by the claims of known
 * sequences. Plain values, which point into what the grouping holds. Any thread.
 */
#ifndef VT_SEQUENCE_SEQUENCE_CLAIMS_H
#define VT_SEQUENCE_SEQUENCE_CLAIMS_H

#include "core/sequence/sequence.h"

/* A file whose name holds a number. */
typedef struct vt_sequence_numbered {
    const char *name;
    vt_sequence_name parts;
    uint64_t hash; /* of what is around the number */
    uint32_t file; /* its place in the listing */
    uint8_t width; /* of the pattern it belongs to */
    bool padded;
} vt_sequence_numbered;

/* In the order of their bytes, as memcmp has it; the shorter one first. */
int vt_sequence_compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length);

/* Claims to names that differ in the number only. */
typedef struct vt_sequence_claim_range {
    const vt_sequence_claim *first;
    size_t count;
} vt_sequence_claim_range;

/* Those to `name` and its like. */
vt_sequence_claim_range vt_sequence_find_claims(const vt_sequence_options *options,
                                                const vt_sequence_numbered *name);

/* A sequence that is known keeps its padding, also when no frame is left that shows it: the widest that
   writes a name so. */
void vt_sequence_claim_widths(vt_sequence_claim_range claims, vt_sequence_numbered *names, size_t count);

/* What is settled of the series of `width`; NULL: nothing. */
const vt_sequence_claim *vt_sequence_claim_of(vt_sequence_claim_range claims, uint32_t width);

#endif
