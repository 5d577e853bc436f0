/*
 * Inside the renderer: from model space to the samples of a picture.
 *
 * Camera space is x right, y up, z towards the viewer, with the bounding sphere of radius 1 around 0. A
 * projected point is x right and y down in units of that sphere, and its depth, 0 nearest to 1 farthest and
 * linear across the picture. A placed point is x and y in sixteenths of a sample, whole numbers.
 *
 * Threads: any; a projection belongs to its caller.
 */
#ifndef VT_MESH_PROJECTION_H
#define VT_MESH_PROJECTION_H

#include "core/mesh/render.h"

/* Fixed point of the rasteriser: sixteenths of a sample. */
#define VT_RENDER_SUBSAMPLE_BITS 4
#define VT_RENDER_SUBSAMPLES     (1 << VT_RENDER_SUBSAMPLE_BITS)
#define VT_RENDER_COORDINATE_MAX 536870912.0F /* products of differences then fit 64 bits */

typedef struct vt_projection {
    double middle[3];     /* of the bounds, model units */
    double scale;         /* 1 / radius of the bounding sphere */
    float rotation[3][3]; /* model to camera space */
    float distance;       /* of the camera in radii; 0: orthographic */
    float near_inverse;   /* 1 / (distance - 1): depth 0 */
    float depth_scale;    /* depth per inverse distance */
    float samples_per_unit;
    float offset[2]; /* where the middle of the model is, in samples */
} vt_projection;

/* For a model within these bounds; samples_per_unit and offset are left to vt_projection_fit. */
void vt_projection_init(vt_projection *projection, const float low[3], const float high[3],
                        const vt_camera *camera);

/* Model to camera space, without projection. */
void vt_projection_to_camera(const vt_projection *projection, const float position[3], float camera[3]);

/* Model space to projected x, y and depth. */
void vt_projection_apply(const vt_projection *projection, const float position[3], float projected[3]);

/* The same for `count` positions, [count][3], by the same operations in the same order: which of the two is
   used makes no difference to the picture. */
void vt_projection_apply_all(const vt_projection *projection, const float *positions, uint64_t count,
                             float *points);

/* Places `count` projected points where they are; `low` and `high` become the smallest and largest x and y.
 */
void vt_projection_place_all(const vt_projection *projection, float *points, uint64_t count, float low[2],
                             float high[2]);

/* Positions by themselves, each coordinate: the compiler then computes four at once. */
#define VT_POINT_BATCH 768 /* corners of 256 triangles */
typedef struct vt_point_batch {
    float x[VT_POINT_BATCH], y[VT_POINT_BATCH];
    float depth[VT_POINT_BATCH]; /* z, before they are projected */
} vt_point_batch;

/* Projects and places the first `count` positions. */
void vt_projection_place_points(const vt_projection *projection, vt_point_batch *batch, size_t count);

/* The same, and writes them as corners, [count][3]. */
void vt_projection_place_batch(const vt_projection *projection, vt_point_batch *batch, size_t count,
                               float *corners);

/* A rectangle around projected points: low x, low y, high x, high y. */
typedef struct vt_outline {
    float sides[4];
} vt_outline;

/* One around nothing, which any point widens. */
vt_outline vt_outline_empty(void);
void vt_outline_add(vt_outline *outline, const float *point);

/* Adds `count` points of model space, [count][3]. */
void vt_outline_add_positions(vt_outline *outline, const vt_projection *projection, const float *positions,
                              size_t count);

/* Chooses size and place of the model in the picture. `outline`: around all of the model, for
   VT_CAMERA_FIT_TIGHT alone; NULL otherwise. */
void vt_projection_fit(vt_projection *projection, const vt_outline *outline, const vt_camera *camera,
                       const vt_render_target *target);

#endif
