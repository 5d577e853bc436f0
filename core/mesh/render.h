/*
 * Renderer: draws a shaded mesh into memory, without a graphics card.
 *
 * A depth buffer with several samples per pixel keeps the nearest triangle of each sample; then each pixel
 * shades the triangles it shows once, in linear light, and averages them. Key light from the upper left,
 * fill light from the right, ambient light from sky and ground, darker towards the rim. Triangles are seen
 * from both sides. The same mesh and camera give the same bytes.
 *
 * Threads: a renderer keeps buffers between frames and belongs to one thread at a time; the mesh may be
 * shared.
 */
#ifndef VT_MESH_RENDER_H
#define VT_MESH_RENDER_H

#include "core/mesh/camera.h"
#include "core/mesh/mesh.h"
#include "core/mesh/normals.h"

#define VT_RENDER_SIDE_MAX    8192
#define VT_RENDER_SAMPLES_MAX 4

/* What of a model is drawn. */
typedef enum vt_render_look {
    VT_RENDER_FACES,     /* its faces, shaded */
    VT_RENDER_EDGES,     /* and the edges of its triangles that are not hidden */
    VT_RENDER_WIREFRAME, /* all edges alone */
} vt_render_look;

typedef struct vt_render_target {
    uint8_t *pixels; /* BGRA, 8 bits each, premultiplied alpha; all of width x height is written */
    uint32_t width;  /* pixels, 1 to VT_RENDER_SIDE_MAX */
    uint32_t height;
    size_t stride;    /* bytes from row to row, at least width * 4 */
    uint32_t samples; /* per pixel and axis: 1 is fast and jagged, 4 (16 samples) is for thumbnails */
    bool closed; /* the mesh is watertight and faces outwards: what is seen from behind is hidden anyway */
    vt_render_look look;
    bool box;  /* with the box around the model; its hidden edges faint */
    bool axes; /* with the directions of x, y and z in the lower left corner: red, green, blue */
} vt_render_target;

typedef struct vt_renderer vt_renderer;

/* NULL when memory runs out. */
vt_renderer *vt_renderer_create(void);

/* NULL is allowed. */
void vt_renderer_free(vt_renderer *renderer);

/* Bytes held, for memory reports. */
size_t vt_renderer_bytes(const vt_renderer *renderer);

/* Draws `mesh` on a transparent background. `normals` smooths it, NULL shades each triangle flat.
   VT_ERROR_USAGE for a target that makes no sense, VT_ERROR_MEMORY; the pixels then are unspecified. */
bool vt_renderer_draw(vt_renderer *renderer, const vt_mesh *mesh, const vt_mesh_normals *normals,
                      const vt_camera *camera, const vt_render_target *target, vt_error *error);

#endif
