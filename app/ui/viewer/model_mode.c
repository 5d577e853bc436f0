/*
 * Looking at a model: each view is drawn by the helper, which keeps the model loaded. One frame is under way
 * at a time; while it is drawn, newer wishes replace each other, so that turning follows the mouse as fast as
 * frames come.
 */
#include "app/ui/viewer/viewer_private.h"

#include <math.h>

static const double turn_per_pixel = 0.01; /* radians */
static const double zoom_min = 0.1;
static const double zoom_max = 50;

static void request(vt_viewer *viewer)
{
    QWidget *canvas = vt_canvas_widget(viewer->canvas);
    double ratio = vt_canvas_ratio(viewer->canvas);
    viewer->camera_changed = false;
    vt_viewer_request(viewer, (uint32_t)ceil(q_widget_width(canvas) * ratio),
                      (uint32_t)ceil(q_widget_height(canvas) * ratio), &viewer->camera);
}

static void fill_canvas(vt_viewer *viewer)
{
    QWidget *canvas = vt_canvas_widget(viewer->canvas);
    vt_canvas_place(viewer->canvas, q_rectf_make(0, 0, q_widget_width(canvas), q_widget_height(canvas)),
                    false, false);
}

/* Another view is wanted: at once, or when the frame under way has come. */
static void change(vt_viewer *viewer, bool turning)
{
    viewer->camera.turning = turning;
    viewer->camera_changed = true;
    if (!viewer->request) {
        request(viewer);
    }
    vt_viewer_changed(viewer);
}

static void start(vt_viewer *viewer)
{
    viewer->camera = (vt_model_view){.zoom = 1};
    fill_canvas(viewer);
    request(viewer);
    vt_viewer_changed(viewer);
}

static void arrived(vt_viewer *viewer, vt_picture *picture)
{
    vt_canvas_set_picture(viewer->canvas, picture->pixels, (int)picture->width, (int)picture->height,
                          (long)picture->stride);
    fill_canvas(viewer);
    if (viewer->camera_changed) {
        request(viewer);
    }
}

static void resized(vt_viewer *viewer, double width, double height)
{
    (void)width;
    (void)height;
    fill_canvas(viewer);
    change(viewer, true);
}

static void drag(vt_viewer *viewer, vt_canvas_button button, bool shift, double dx, double dy)
{
    vt_model_view *camera = &viewer->camera;
    if (button == VT_CANVAS_LEFT && !shift) {
        camera->yaw += (float)(-dx * turn_per_pixel);
        camera->pitch += (float)(dy * turn_per_pixel);
    } else {
        QWidget *canvas = vt_canvas_widget(viewer->canvas);
        camera->pan_x += (float)(dx / q_widget_width(canvas));
        camera->pan_y += (float)(dy / q_widget_height(canvas));
    }
    change(viewer, true);
}

static void drag_ended(vt_viewer *viewer)
{
    if (viewer->camera.turning) {
        change(viewer, false);
    }
}

static void zoom(vt_viewer *viewer, double factor, double x, double y)
{
    (void)x;
    (void)y;
    viewer->camera.zoom = (float)fmax(zoom_min, fmin(zoom_max, viewer->camera.zoom * factor));
    change(viewer, true);
}

static void fit(vt_viewer *viewer)
{
    viewer->camera = (vt_model_view){.zoom = 1};
    change(viewer, false);
}

/* The last frame of a movement is drawn with care. */
static void rested(vt_viewer *viewer)
{
    if (viewer->camera.turning) {
        change(viewer, false);
    }
}

static double zoom_shown(const vt_viewer *viewer)
{
    return viewer->camera.zoom;
}

const vt_viewer_mode vt_model_mode = {
    .start = start,
    .arrived = arrived,
    .resized = resized,
    .drag = drag,
    .drag_ended = drag_ended,
    .zoom = zoom,
    .fit = fit,
    .actual_size = fit,
    .rested = rested,
    .zoom_shown = zoom_shown,
};
