/*
 * Looking at an image: first reduced to the canvas, then, when it is zoomed in and has come to rest, in the
 * size that the zoom needs. Where that would be too much, only what is seen is decoded (image_box.h,
 * tiles.h).
 */
#include "app/ui/viewer/viewer_private.h"

#include "app/ui/parts/translate.h"

#include <math.h>
#include <stdlib.h>

enum { ARROW_STEP = 80 }; /* of the canvas, by a key */

/* As the file has them, in the picture's own pixels. */
static void own_size(const vt_viewer *viewer, double *width, double *height)
{
    bool swaps = vt_turn_swaps(viewer->turn);
    *width = swaps ? viewer->viewport.picture_height : viewer->viewport.picture_width;
    *height = swaps ? viewer->viewport.picture_width : viewer->viewport.picture_height;
}

static bool needs_tiles(const vt_viewer *viewer)
{
    return viewer->loaded_width > 0 && viewer->mode->kind == VT_VIEWER_ON_IMAGE &&
           vt_image_needs_tiles(&viewer->viewport, vt_canvas_ratio(viewer->canvas), VT_IMAGE_PIXELS);
}

static void see_tiles(vt_viewer *viewer)
{
    double width, height;
    if (needs_tiles(viewer)) {
        vt_region seen = vt_image_seen(&viewer->viewport, viewer->turn);
        own_size(viewer, &width, &height);
        vt_tiles_open(viewer->tiles, viewer->path.data, (uint32_t)width, (uint32_t)height);
        vt_tiles_see(viewer->tiles, &seen, viewer->viewport.zoom * vt_canvas_ratio(viewer->canvas));
    }
}

void vt_viewer_paint_tiles(void *user, QPainter *painter, const QRectF *area)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0 && needs_tiles(viewer)) {
        vt_tiles_paint(viewer->tiles, painter, area);
    }
}

void vt_viewer_tiles_ready(void *user, const vt_error *error)
{
    vt_viewer *viewer = user;
    if (error && error->code != VT_ERROR_CANCELLED) {
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: no tiles: %s", error->message);
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_NOTE,
                              vt_tr("viewer", "This picture cannot be shown in all its pixels"),
                              error->message);
    }
    q_widget_update(vt_canvas_widget(viewer->canvas));
    q_timer_start(viewer->rest); /* what counts the pixels that are seen has better ones now */
}

static void place(vt_viewer *viewer)
{
    const vt_viewport *at = &viewer->viewport;
    double ratio = vt_canvas_ratio(viewer->canvas);
    /* On whole pixels of the screen, else all of it were blurred by a half. */
    QRectF target = q_rectf_make(round(at->x * ratio) / ratio, round(at->y * ratio) / ratio,
                                 at->picture_width * at->zoom, at->picture_height * at->zoom);
    vt_canvas_set_turn(viewer->canvas, viewer->turn);
    vt_canvas_place(viewer->canvas, target, at->zoom * ratio >= 3, viewer->has_alpha);
    see_tiles(viewer);
    vt_viewer_changed(viewer);
}

/* Physical pixels that the picture, not turned, is wide on the screen now. */
static double shown_width(const vt_viewer *viewer)
{
    double width, height;
    own_size(viewer, &width, &height);
    return width * viewer->viewport.zoom * vt_canvas_ratio(viewer->canvas);
}

void vt_viewer_image_box(const vt_viewer *viewer, uint32_t *width, uint32_t *height)
{
    vt_viewport own = viewer->viewport; /* turning is ours: the file is decoded as it is */
    own_size(viewer, &own.picture_width, &own.picture_height);
    vt_image_box(&own, vt_canvas_ratio(viewer->canvas), VT_IMAGE_PIXELS, width, height);
}

void vt_viewer_first_box(const vt_viewer *viewer, uint32_t image_width, uint32_t image_height,
                         uint32_t *width, uint32_t *height)
{
    const QWidget *canvas = vt_canvas_widget(viewer->canvas);
    vt_viewport first = {.fitting = viewer->viewport.fitting};
    vt_viewport_resize(&first, q_widget_width(canvas), q_widget_height(canvas));
    vt_viewport_set_picture(&first, image_width, image_height);
    vt_image_box(&first, vt_canvas_ratio(viewer->canvas), VT_IMAGE_PIXELS, width, height);
}

void vt_viewer_request_image(vt_viewer *viewer)
{
    uint32_t width, height;
    vt_viewer_image_box(viewer, &width, &height);
    vt_viewer_request(viewer, width, height, NULL);
}

static void start(vt_viewer *viewer)
{
    QWidget *canvas = vt_canvas_widget(viewer->canvas);
    viewer->loaded_width = 0;
    viewer->turn = (vt_turn){0};
    vt_tiles_close(viewer->tiles);
    vt_viewport_resize(&viewer->viewport, q_widget_width(canvas), q_widget_height(canvas));
    vt_viewport_set_picture(&viewer->viewport, viewer->item.width, viewer->item.height);
    if (!vt_viewer_show_ahead(viewer)) {
        vt_viewer_request_image(viewer);
    }
    place(viewer);
}

static void arrived(vt_viewer *viewer, vt_picture *picture)
{
    double width, height;
    own_size(viewer, &width, &height);
    if (picture->media.width &&
        (picture->media.width != (uint32_t)width || picture->media.height != (uint32_t)height)) {
        bool swaps = vt_turn_swaps(viewer->turn);
        vt_viewport_set_picture(&viewer->viewport, swaps ? picture->media.height : picture->media.width,
                                swaps ? picture->media.width : picture->media.height);
    }
    viewer->loaded_width = picture->width;
    viewer->has_alpha = picture->media.has_alpha;
    vt_canvas_set_picture(viewer->canvas, picture->pixels, (int)picture->width, (int)picture->height,
                          (long)picture->stride);
    place(viewer);
}

static void resized(vt_viewer *viewer, double width, double height)
{
    vt_viewport_resize(&viewer->viewport, width, height);
    place(viewer);
}

static void drag(vt_viewer *viewer, vt_canvas_button button, bool shift, double dx, double dy)
{
    (void)button;
    (void)shift;
    vt_viewport_pan(&viewer->viewport, dx, dy);
    place(viewer);
}

static void drag_ended(vt_viewer *viewer)
{
    (void)viewer;
}

static void zoom(vt_viewer *viewer, double factor, double x, double y)
{
    vt_viewport_zoom_at(&viewer->viewport, viewer->viewport.zoom * factor, x, y);
    place(viewer);
}

static void fit(vt_viewer *viewer, vt_viewport_fitting fitting)
{
    vt_viewport_fit_as(&viewer->viewport, fitting);
    place(viewer);
}

static bool arrow(vt_viewer *viewer, bool shift, int across, int down)
{
    (void)shift;
    if (!vt_viewport_overflows(&viewer->viewport, across != 0)) {
        return false;
    }
    vt_viewport_fitting fitting = viewer->viewport.fitting;
    vt_viewport_pan(&viewer->viewport, -across * ARROW_STEP, -down * ARROW_STEP);
    viewer->viewport.fitting = fitting == VT_VIEWPORT_FIT_WIDTH ? fitting : VT_VIEWPORT_FREE;
    place(viewer);
    return true;
}

void vt_viewer_turn(vt_viewer *viewer, vt_turn turn)
{
    bool swapped = vt_turn_swaps(turn) != vt_turn_swaps(viewer->turn);
    viewer->turn = turn;
    if (swapped) {
        vt_viewport_set_picture(&viewer->viewport, viewer->viewport.picture_height,
                                viewer->viewport.picture_width);
    }
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: turned quarters=%d mirrored=%d", turn.quarters,
                 turn.mirrored);
    place(viewer);
}

static void actual_size(vt_viewer *viewer)
{
    double ratio = vt_canvas_ratio(viewer->canvas);
    vt_viewport_zoom_at(&viewer->viewport, 1.0 / ratio, viewer->viewport.width / 2,
                        viewer->viewport.height / 2);
    place(viewer);
}

/* Loads more pixels if those at hand are stretched, and there are more. */
static void rested(vt_viewer *viewer)
{
    double width, height;
    own_size(viewer, &width, &height);
    if (viewer->loaded_width && shown_width(viewer) > viewer->loaded_width * 1.02 &&
        viewer->loaded_width < width && !viewer->request && !needs_tiles(viewer)) {
        vt_viewer_request_image(viewer);
    }
}

static double zoom_shown(const vt_viewer *viewer)
{
    return viewer->viewport.zoom * vt_canvas_ratio(viewer->canvas);
}

const vt_viewer_mode vt_image_mode = {
    .start = start,
    .arrived = arrived,
    .resized = resized,
    .drag = drag,
    .drag_ended = drag_ended,
    .zoom = zoom,
    .fit = fit,
    .actual_size = actual_size,
    .rested = rested,
    .zoom_shown = zoom_shown,
    .arrow = arrow,
    .kind = VT_VIEWER_ON_IMAGE,
};
