/*
 * Pictures on demand: thumbnails for cards, and images and views of models for the viewer.
 *
 * A thumbnail comes from the store, or is decoded and stored if it is not there. What is visible goes before
 * what is nearby, and that before all imports (dispatch.h). Each request ends in exactly one callback on the
 * main thread, unless it is cancelled.
 *
 * Threads: the main thread (engine.h).
 */
#ifndef VT_IMPORT_REQUEST_H
#define VT_IMPORT_REQUEST_H

#include "core/base/error.h"
#include "core/decode/histogram.h"
#include "core/decode/image.h"
#include "core/decode/media.h"
#include "core/import/engine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_request vt_request;

/* Pixels: premultiplied BGRA, 8 bits each, as QImage::Format_ARGB32_Premultiplied has them on little-endian
   machines. `pixels` is owned by the callback, which takes it or calls free(). */
typedef struct vt_picture {
    uint32_t width, height;
    size_t stride; /* bytes from one line to the next: 4 * width */
    uint8_t *pixels;
    vt_histogram *histogram; /* of an image; owned like the pixels; NULL of all else, and if memory ran out */
    vt_media_info media;     /* of the file; zero for a thumbnail from the store */
    bool from_store;
    bool partial;        /* an image whose file ends early: the upper part, the rest is transparent */
    const char *message; /* partial: what is wrong, for the user, valid during the callback; else NULL */
} vt_picture;

/* Frees what a callback owns of a picture and does not take. */
void vt_picture_clear(vt_picture *picture);

/* Either `picture` or `error` is NULL: a partial picture is no error. Afterwards the request is gone. */
typedef void (*vt_picture_ready)(void *user, vt_picture *picture, const vt_error *error);

/* At most VT_REQUESTS_MAX wait at a time; beyond that VT_ERROR_LIMIT: cancel those that are out of view. */
#define VT_REQUESTS_MAX 4096

/* The thumbnail of the item in `row` of the index's newest snapshot, reduced so that its longer side has at
   most `side` pixels (0: as it is stored, 256). For a `side` beyond 256 one of 512 is made and stored, too;
   where that fails, a stored one of 256 is given. Requests are served first come, first served; NULL and
   `error`: VT_ERROR_LIMIT, VT_ERROR_USAGE (no such row), VT_ERROR_MEMORY. */
vt_request *vt_engine_request_thumbnail(vt_engine *engine, uint32_t row, uint32_t side,
                                        vt_picture_ready ready, void *user, vt_error *error);

/* The same for an item that is about to be visible: served when nothing visible waits. Ask for it while
   memory allows (vt_governor_may_prefetch). */
vt_request *vt_engine_request_nearby(vt_engine *engine, uint32_t row, uint32_t side, vt_picture_ready ready,
                                     void *user, vt_error *error);

/* How a model is looked at. All zero is the view its thumbnail shows. */
typedef struct vt_model_view {
    float yaw, pitch;   /* radians from the default view, as the model is dragged: to the right, down */
    float zoom;         /* 0 or 1: the model fits the box; 2: twice as large */
    float pan_x, pan_y; /* share of the box, to the right and down */
    bool turning;       /* more views follow at once: speed before beauty */
    uint32_t look;      /* VT_DECODE_WIREFRAME and those that follow it (core/decode/protocol.h) */
} vt_model_view;

/* The image at `path` (bytes) reduced to fit `width` x `height` pixels, never enlarged (0: as large as it is,
   up to the helper's limit), or the model at `path` as `view` says (NULL: default view) in a picture of
   just that size. An image that ends early is a partial picture if enough of it is there to be shown
   (core/decode/image.h), else VT_ERROR_TRUNCATED. Before everything else, through a helper of its own, which
   keeps the last model loaded for the next view. */
vt_request *vt_engine_request_image(vt_engine *engine, const char *path, uint32_t width, uint32_t height,
                                    const vt_model_view *view, vt_picture_ready ready, void *user,
                                    vt_error *error);

/* A part of the image at `path`, reduced to fit the box, as it is looked at. VT_ERROR_CHANGED if it does not
   lie within the picture. It has no histogram. */
vt_request *vt_engine_request_region(vt_engine *engine, const char *path, const vt_region *region,
                                     uint32_t width, uint32_t height, vt_picture_ready ready, void *user,
                                     vt_error *error);

/* The histogram of pixels that are at hand, counted on a worker. Takes picture->pixels, also when it fails;
   the answer is that picture with its histogram. */
vt_request *vt_engine_request_histogram(vt_engine *engine, vt_picture *picture, vt_picture_ready ready,
                                        void *user, vt_error *error);

/* The image at `path` as it may be looked at next: the same, but behind thumbnails that are visible, and
   through a helper of the background, so that what is looked at finds its own idle. Ask for it while memory
   allows. */
vt_request *vt_engine_request_image_ahead(vt_engine *engine, const char *path, uint32_t width,
                                          uint32_t height, vt_picture_ready ready, void *user,
                                          vt_error *error);

/* These items are visible: their thumbnails that are still waiting go to the front, the first of `rows`
   first, also those that were asked for as nearby. */
void vt_engine_prioritise(vt_engine *engine, const uint32_t *rows, size_t count);

/* These items are not visible any more, but nearby: what still waits goes behind what is. */
void vt_engine_defer(vt_engine *engine, const uint32_t *rows, size_t count);

/* No callback follows; the request is gone. */
void vt_request_cancel(vt_request *request);

#endif
