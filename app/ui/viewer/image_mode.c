/*
 * Looking at an image: first reduced to the canvas, then, when it is zoomed in and has come to rest, in the
 * size that the zoom needs.
 */
#include "app/ui/viewer/viewer_private.h"

#include <math.h>
#include <stdlib.h>

enum { LOADED_SIDE_MAX = 8192 }; /* the largest picture that a helper hands out */

static void place(vt_viewer *viewer)
{
    const vt_viewport *at = &viewer->viewport;
    QRectF target = q_rectf_make(at->x, at->y, at->picture_width * at->zoom, at->picture_height * at->zoom);
    vt_canvas_place(viewer->canvas, target, at->zoom * vt_canvas_ratio(viewer->canvas) >= 3,
                    viewer->has_alpha);
    vt_viewer_changed(viewer);
}

/* Physical pixels that the picture is wide on the screen now. */
static double shown_width(const vt_viewer *viewer)
{
    return viewer->viewport.picture_width * viewer->viewport.zoom * vt_canvas_ratio(viewer->canvas);
}

static void box_of(const vt_viewport *at, double ratio, uint32_t *width, uint32_t *height)
{
    double scale = fmin(1.0, at->zoom * ratio);
    double longest = fmax(at->picture_width, at->picture_height) * scale;
    double cap = longest > LOADED_SIDE_MAX ? LOADED_SIDE_MAX / longest : 1.0;
    *width = (uint32_t)ceil(at->picture_width * scale * cap);
    *height = (uint32_t)ceil(at->picture_height * scale * cap);
}

void vt_viewer_image_box(const vt_viewer *viewer, uint32_t *width, uint32_t *height)
{
    box_of(&viewer->viewport, vt_canvas_ratio(viewer->canvas), width, height);
}

void vt_viewer_first_box(const vt_viewer *viewer, uint32_t image_width, uint32_t image_height,
                         uint32_t *width, uint32_t *height)
{
    const QWidget *canvas = vt_canvas_widget(viewer->canvas);
    vt_viewport first = {0};
    vt_viewport_resize(&first, q_widget_width(canvas), q_widget_height(canvas));
    vt_viewport_set_picture(&first, image_width, image_height);
    box_of(&first, vt_canvas_ratio(viewer->canvas), width, height);
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
    vt_viewport_resize(&viewer->viewport, q_widget_width(canvas), q_widget_height(canvas));
    vt_viewport_set_picture(&viewer->viewport, viewer->item.width, viewer->item.height);
    if (!vt_viewer_show_ahead(viewer)) {
        vt_viewer_request_image(viewer);
    }
    place(viewer);
}

static void arrived(vt_viewer *viewer, vt_picture *picture)
{
    if (picture->media.width && (picture->media.width != (uint32_t)viewer->viewport.picture_width ||
                                 picture->media.height != (uint32_t)viewer->viewport.picture_height)) {
        vt_viewport_set_picture(&viewer->viewport, picture->media.width, picture->media.height);
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

static void fit(vt_viewer *viewer)
{
    vt_viewport_fit(&viewer->viewport);
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
    double longest = fmax(viewer->viewport.picture_width, viewer->viewport.picture_height);
    double available = floor(viewer->viewport.picture_width * fmin(1.0, LOADED_SIDE_MAX / longest));
    if (viewer->loaded_width && shown_width(viewer) > viewer->loaded_width * 1.02 &&
        viewer->loaded_width < available && !viewer->request) {
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
};
