/*
 * Candidates: the triangles of a stream that a band's picture may show, kept while the others pass by.
 *
 * A candidate's number in the depth buffer is its place here. Most are soon hidden by others: those that the
 * band shows no more are forgotten whenever room is needed, so that there are never many more than samples.
 *
 * Threads: belong to one at a time.
 */
#ifndef VT_MESH_CANDIDATES_H
#define VT_MESH_CANDIDATES_H

#include "core/mesh/render_private.h"

typedef struct vt_candidates {
    float *positions; /* [count][9], in the order of the stream */
    uint32_t *places; /* [capacity] where each goes when others are forgotten */
    uint64_t count;
    uint64_t capacity;
} vt_candidates;

/* Empty ones are all zeros. */
void vt_candidates_clear(vt_candidates *candidates);

/* Makes room for `more` of them, at most VT_TRIANGLE_BATCH. May give those of the band other numbers. False
   when memory runs out. */
bool vt_candidates_reserve(vt_candidates *candidates, const vt_render_band *band, size_t more);

/* Forgets those that the band does not show. */
void vt_candidates_forget_hidden(vt_candidates *candidates, const vt_render_band *band);

#endif
