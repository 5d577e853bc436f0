/*
 * Bounds: the smallest box around positions.
 *
 * Threads: any.
 */
#ifndef VT_MESH_BOUNDS_H
#define VT_MESH_BOUNDS_H

#include <stddef.h>

/* Two positions beside each other. */
typedef struct vt_bounds {
    float low[3];
    float high[3];
} vt_bounds;

/* Widens the box to `count` more positions, [count][3] of finite floats. */
void vt_bounds_widen(vt_bounds *bounds, const float *positions, size_t count);

#endif
