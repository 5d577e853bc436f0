/*
 * Slides: which row of a view comes next in a slide show. Arithmetic only; no Qt, any thread.
 *
 * Shuffled, every row comes once before any comes again, whatever their number: the order is a permutation
 * that is computed place by place (a Feistel network of four rounds, walked in cycles until it falls into the
 * range; Black and Rogaway, "Ciphers with arbitrary finite domains", 2002), so that it needs no memory.
 */
#ifndef VT_UI_VIEWER_SLIDES_H
#define VT_UI_VIEWER_SLIDES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct vt_slides {
    uint64_t count; /* rows of the view */
    uint64_t place; /* in the order */
    uint64_t shown; /* since the beginning, this one included */
    uint64_t seed;  /* of the order, when shuffled */
    bool shuffled, loops;
} vt_slides;

/* Begins with `row`, which is less than `count`. */
void vt_slides_begin(vt_slides *slides, uint64_t count, uint64_t row, bool shuffled, bool loops,
                     uint64_t seed);

/* The row that comes next. False at the end: all have been shown, and it does not loop. */
bool vt_slides_next(vt_slides *slides, uint64_t *row);

/* The user went to `row`: in order it goes on from there; shuffled nothing comes twice for that. */
void vt_slides_went(vt_slides *slides, uint64_t row);

/* The row at `place` of the shuffled order of `count` rows; both ways. */
uint64_t vt_slides_row_at(uint64_t count, uint64_t seed, uint64_t place);
uint64_t vt_slides_place_of(uint64_t count, uint64_t seed, uint64_t row);

#endif
