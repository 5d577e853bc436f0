/*
 * View: draws models for the viewer, keeping the last one loaded, because turning a model asks for the same
 * file dozens of times a second. One thread.
 */
#ifndef VT_DECODER_VIEW_H
#define VT_DECODER_VIEW_H

#include "core/base/error.h"
#include "core/decode/image.h"
#include "core/decode/media.h"
#include "core/decode/protocol.h"

#include <stdbool.h>

typedef struct vt_view vt_view;

/* NULL when memory runs out. */
vt_view *vt_view_create(void);
void vt_view_free(vt_view *view);

/* Draws the model in `fd` as `request` asks, into `pixels`, as large as the request's box. Files are known
   again by device, number, size and time of change. Errors: those of vt_model_load and vt_model_draw. A file
   that ends early is drawn as far as it goes, with VT_ERROR_TRUNCATED and false. */
bool vt_view_draw(vt_view *view, int fd, const vt_wire_request *request, vt_media_info *info,
                  vt_pixels *pixels, vt_error *error);

/* Gives up a model that holds so much memory that other work would lack it. */
void vt_view_make_room(vt_view *view);

#endif
