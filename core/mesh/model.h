/*
 * Models from file to picture: what the decoder helper and the viewer call.
 *
 * A model is a mesh with what is known of it, kept for drawing many frames. It is loaded once and then never
 * changes, except for the renderer's buffers: so it belongs to one thread at a time.
 *
 * A model whose mesh may not fit the memory limit is not held: it is analysed and drawn as a stream
 * (core/mesh/triangles.h), which reads its file again for every picture; only the coarser mesh for turning is
 * held of it.
 */
#ifndef VT_MESH_MODEL_H
#define VT_MESH_MODEL_H

#include "core/decode/media.h"
#include "core/mesh/camera.h"
#include "core/mesh/mesh.h"
#include "core/mesh/render.h"

typedef struct vt_model vt_model;

/*
 * Reads, analyses and prepares the model in the regular file `fd` of `size` bytes (see core/mesh/stl.h for
 * how it is read and what can fail). `info` may be NULL; its volume is never negative.
 * `partial` (may be NULL) becomes true if the file is cut off and the model is what was there; `error` then
 * holds VT_ERROR_TRUNCATED and says how much is missing, although the call succeeds.
 */
vt_model *vt_model_load(int fd, uint64_t size, const vt_mesh_limits *limits, vt_media_info *info,
                        bool *partial, vt_error *error);

/* NULL is allowed. */
void vt_model_free(vt_model *model);

/* Goes on with another descriptor of the same file, lent; of importance for a stream only. */
void vt_model_set_file(vt_model *model, int fd);

/* The mesh, lent as long as the model; NULL for a stream. */
const vt_mesh *vt_model_mesh(const vt_model *model);

/* Bytes held, for memory reports. */
size_t vt_model_bytes(const vt_model *model);

typedef enum vt_model_quality {
    VT_MODEL_TURNING, /* fast: a coarser mesh if the model is large; target->samples is taken as it is */
    VT_MODEL_STILL    /* the whole mesh */
} vt_model_quality;

/* Triangles that are drawn, or whose edges are, in this quality; of a stream at rest, all of the file's. */
uint64_t vt_model_drawn_triangles(const vt_model *model, vt_model_quality quality, vt_render_look look);

/* Draws one frame. Fails as vt_renderer_draw does, and a stream as its file does. */
bool vt_model_draw(vt_model *model, const vt_camera *camera, vt_model_quality quality,
                   const vt_render_target *target, vt_error *error);

/*
 * The helper's one call: load, fill `info`, draw a three-quarter view that fills `target`. target->samples 0
 * chooses well. Returns true with the picture drawn; `partial` and `error` as for vt_model_load.
 */
bool vt_mesh_thumbnail(int fd, uint64_t size, const vt_mesh_limits *limits, const vt_render_target *target,
                       vt_media_info *info, bool *partial, vt_error *error);

#endif
