/*
 * Looking at a model: each view is drawn by the helper, which keeps the model loaded. One frame is under way
 * at a time; while it is drawn, newer wishes replace each other, so that turning follows the mouse as fast as
 * frames come.
 */
#include "app/ui/viewer/viewer_private.h"

#include "core/decode/protocol.h"
#include "core/mesh/camera.h"

#include <math.h>

static const double turn_per_pixel = 0.01; /* radians */
static const double zoom_min = 0.1;
static const double zoom_max = 50;
static const double arrow_turn = M_PI / 12; /* radians, by a key */

static void request(vt_viewer *viewer)
{
    QWidget *canvas = vt_canvas_widget(viewer->canvas);
    double ratio = vt_canvas_ratio(viewer->canvas);
    viewer->camera_changed = false;
    viewer->camera.look = viewer->look;
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
    vt_canvas_set_turn(viewer->canvas, (vt_turn){0});
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
    QWidget *canvas = vt_canvas_widget(viewer->canvas);
    vt_model_view *camera = &viewer->camera;
    double zoom = fmax(zoom_min, fmin(zoom_max, camera->zoom * factor));
    double real_factor = zoom / camera->zoom;
    /* What is under the pointer stays there: from the middle, in shares of the canvas. */
    double at_x = x / q_widget_width(canvas) - 0.5;
    double at_y = y / q_widget_height(canvas) - 0.5;
    camera->pan_x = (float)(at_x + (camera->pan_x - at_x) * real_factor);
    camera->pan_y = (float)(at_y + (camera->pan_y - at_y) * real_factor);
    camera->zoom = (float)zoom;
    change(viewer, true);
}

static void fit(vt_viewer *viewer, vt_viewport_fitting fitting)
{
    (void)fitting;
    viewer->camera = (vt_model_view){.zoom = 1};
    change(viewer, false);
}

static void actual_size(vt_viewer *viewer)
{
    fit(viewer, VT_VIEWPORT_FIT);
}

static bool arrow(vt_viewer *viewer, bool shift, int across, int down)
{
    if (shift) { /* without, the arrows go to other items */
        viewer->camera.yaw += (float)(-across * arrow_turn);
        viewer->camera.pitch += (float)(down * arrow_turn);
        change(viewer, true);
    }
    return shift;
}

void vt_viewer_set_look(vt_viewer *viewer, uint32_t clear, uint32_t set)
{
    viewer->look = (viewer->look & ~clear) | set;
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: look=%u", viewer->look);
    if (viewer->mode == &vt_model_mode) {
        change(viewer, false);
    }
}

void vt_viewer_look_from(vt_viewer *viewer, double azimuth, double elevation)
{
    viewer->camera = (vt_model_view){.zoom = viewer->camera.zoom,
                                     .yaw = (float)((VT_CAMERA_AZIMUTH - azimuth) * M_PI / 180),
                                     .pitch = (float)((elevation - VT_CAMERA_ELEVATION) * M_PI / 180)};
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: seen azimuth=%.0f elevation=%.0f", azimuth, elevation);
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
    .actual_size = actual_size,
    .rested = rested,
    .zoom_shown = zoom_shown,
    .arrow = arrow,
    .kind = VT_VIEWER_ON_MODEL,
};
