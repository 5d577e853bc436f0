/*
 * Drawing a stream: the picture of a model that is never held.
 *
 * The triangles are gone through once for each band of rows. Those that may touch a sample are kept
 * (candidates.h) until others hide them; what is left in the end is shaded. A tight fit also asks for those
 * at the rim. Blocks that cannot matter are passed over, if the stream has parts. The picture is that of
 * core/mesh/render.h without normals.
 *
 * Threads: as the renderer; the stream is used by one at a time.
 */
#ifndef VT_MESH_RENDER_STREAM_H
#define VT_MESH_RENDER_STREAM_H

#include "core/mesh/render.h"
#include "core/mesh/stream_blocks.h"

/* Samples of a picture that is drawn in one band; each costs 8 bytes, and a triangle kept 52. */
#define VT_RENDER_STREAM_SAMPLES (4 * 1024 * 1024)

/* `blocks` and the bounds of all triangles are those of the analysis. Fails as vt_renderer_draw and as the
   stream do. */
bool vt_renderer_draw_stream(vt_renderer *renderer, const vt_triangle_stream *stream,
                             const vt_stream_blocks *blocks, const vt_bounds *bounds, const vt_camera *camera,
                             const vt_render_target *target, vt_error *error);

#endif
