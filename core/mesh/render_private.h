/*
 * Inside the renderer: camera space, the depth buffer, and its two stages, rasterising and shading.
 *
 * Camera space is x right, y up, z towards the viewer, with the bounding sphere of radius 1 around 0. A
 * projected vertex is x right and y down in units of that sphere, and its depth, 0 nearest to 1 farthest and
 * linear across the picture.
 */
#ifndef VT_MESH_RENDER_PRIVATE_H
#define VT_MESH_RENDER_PRIVATE_H

#include "core/mesh/render.h"

/* The number of no triangle, and the byte that makes it and its depth (beyond all others) by memset. */
#define VT_RENDER_EMPTY            UINT32_MAX
#define VT_RENDER_EMPTY_BYTE       0xff
#define VT_RENDER_EMPTY_DEPTH_BYTE 0x7f

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

/* Rows of samples that are drawn together. */
typedef struct vt_render_band {
    float *depths;     /* [rows][width] of the nearest triangle, and three more to write to */
    uint32_t *numbers; /* [rows][width] of that triangle, or VT_RENDER_EMPTY, and three more */
    int32_t width;
    int32_t first_row;
    int32_t rows;
    bool hide_backs;       /* triangles seen from behind are not drawn */
    uint32_t first_column; /* pixels that the model may reach: from here */
    uint32_t end_column;   /* to before this one */
} vt_render_band;

/* Up to so many vertices are projected once and kept; of a mesh with more, each triangle projects its
   corners. Tests set it, so that they need no mesh of millions. */
void vt_renderer_set_kept_vertices(vt_renderer *renderer, uint64_t most);

/* Model to camera space, without projection. */
void vt_projection_to_camera(const vt_projection *projection, const float position[3], float camera[3]);

/* Model space to projected x, y and depth. */
void vt_projection_apply(const vt_projection *projection, const float position[3], float projected[3]);

/* Draws the triangles `first` to `first` + `count` - 1 with the given corners, [count][9]: x and y in
   sixteenths of a sample, whole numbers of at most VT_RENDER_COORDINATE_MAX, and depth. Of equal depths the
   one drawn first stays. */
void vt_raster_draw(const vt_render_band *band, const float *corners, uint32_t first, size_t count);

/* The second stage. Keeps what it needs between pixels and bands. */
typedef struct vt_shader vt_shader;

/* NULL when memory runs out. */
vt_shader *vt_shader_create(void);
void vt_shader_free(vt_shader *shader);

/* Begins a picture; what is given is lent until its last band. */
void vt_shader_begin(vt_shader *shader, const vt_projection *projection, const vt_mesh *mesh,
                     const vt_mesh_normals *normals);

/* Fills the rows of the target that the band covers. */
void vt_shader_fill_band(vt_shader *shader, const vt_render_band *band, const vt_render_target *target);

#endif
