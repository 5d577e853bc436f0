/*
 * Drawing a stream: the picture of a model that is never held.
 *
 * The triangles are gone through once for the outline (a tight fit alone), and twice for each band of rows:
 * once into the depth buffer, which keeps the number of the nearest triangle of each sample, and once to pick
 * up those that are seen, which then are shaded. The picture is that of core/mesh/render.h without normals.
 *
 * Threads: as the renderer; the stream is used by one at a time.
 */
#ifndef VT_MESH_RENDER_STREAM_H
#define VT_MESH_RENDER_STREAM_H

#include "core/mesh/render.h"
#include "core/mesh/triangles.h"

/* Samples of a picture that is drawn in one band; each costs 8 bytes, and a triangle seen 48. */
#define VT_RENDER_STREAM_SAMPLES (4 * 1024 * 1024)

/* `low` and `high`: bounds of all triangles. Fails as vt_renderer_draw and as the stream do. */
bool vt_renderer_draw_stream(vt_renderer *renderer, const vt_triangle_stream *stream, const float low[3],
                             const float high[3], const vt_camera *camera, const vt_render_target *target,
                             vt_error *error);

#endif
