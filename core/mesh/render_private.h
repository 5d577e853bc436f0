/*
 * Inside the renderer: the depth buffer, and its two stages, rasterising and shading.
 */
#ifndef VT_MESH_RENDER_PRIVATE_H
#define VT_MESH_RENDER_PRIVATE_H

#include "core/mesh/projection.h"
#include "core/mesh/render.h"

/* The number of no triangle, and the byte that makes it and its depth (beyond all others) by memset. */
#define VT_RENDER_EMPTY            UINT32_MAX
#define VT_RENDER_EMPTY_BYTE       0xff
#define VT_RENDER_EMPTY_DEPTH_BYTE 0x7f

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

/* Draws the triangles `first` to `first` + `count` - 1 with the given corners, [count][9]: x and y in
   sixteenths of a sample, whole numbers of at most VT_RENDER_COORDINATE_MAX, and depth. Of equal depths the
   one drawn first stays. */
void vt_raster_draw(const vt_render_band *band, const float *corners, uint32_t first, size_t count);

/* Picks the triangles that may touch a sample of the band: of very small ones few do. `points`: placed ones,
   the corners of a triangle `count` apart. Writes their numbers, 0 to `count` - 1, to `chosen`, [count], and
   returns how many there are. */
size_t vt_raster_choose(const vt_render_band *band, const vt_point_batch *points, size_t count,
                        uint16_t *chosen);

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

/* lines.c: what is drawn over the faces of a band, or of all the picture where `band` is NULL: then nothing
 * is hidden. */

/* The edges of all triangles, for VT_RENDER_EDGES and VT_RENDER_WIREFRAME. `points`: the placed corners, or
 * NULL. */
void vt_lines_draw_edges(const vt_projection *projection, const vt_mesh *mesh, const float *points,
                         const vt_render_target *target, const vt_render_band *band);

void vt_lines_draw_box(const vt_projection *projection, const float low[3], const float high[3],
                       const vt_render_target *target, const vt_render_band *band);

void vt_lines_draw_axes(const vt_projection *projection, const vt_render_target *target);

/* Buffers of the renderer. */
struct vt_renderer {
    float *depths;
    size_t depth_capacity;
    uint32_t *numbers;
    size_t number_capacity;
    float *points; /* [vertices][3]: projected, then placed in the picture; NULL: too many to keep */
    size_t point_capacity;
    uint64_t kept_vertices_max;
    vt_shader *shader;
};

/* VT_ERROR_USAGE for a target that makes no sense. */
bool vt_render_check_target(const vt_render_target *target, vt_error *error);

/* Makes room for a band of so many pixel rows; false when memory runs out. */
bool vt_renderer_reserve(vt_renderer *renderer, const vt_render_target *target, uint32_t rows);

/* An empty band of the pixel rows from `first_row` on, for which room was made. It has all columns. */
vt_render_band vt_renderer_begin_band(const vt_renderer *renderer, const vt_render_target *target,
                                      uint32_t first_row, uint32_t rows);

/* Makes the pixel rows from `first` to before `end` transparent. */
void vt_render_clear_rows(const vt_render_target *target, uint32_t first, uint32_t end);

#endif
