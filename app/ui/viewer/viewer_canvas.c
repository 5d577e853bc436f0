/* What the user does on the canvas, and what the canvas tells of itself. */
#include "app/ui/viewer/viewer_private.h"

#include "core/base/clock.h"

#include <math.h>

static const double wheel_factor = 1.2;

static void canvas_drag(void *user, vt_canvas_button button, bool shift, double dx, double dy)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->drag(viewer, button, shift, dx, dy);
    }
}

static void canvas_drag_ended(void *user)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->drag_ended(viewer);
    }
}

static void canvas_wheel(void *user, double steps, double x, double y)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->zoom(viewer, pow(wheel_factor, steps), x, y);
    }
}

/* On the picture: closer, or back. Beside it: the whole screen. */
static void canvas_double_click(void *user, double x, double y)
{
    vt_viewer *viewer = user;
    if (viewer->row < 0) {
        return;
    }
    const vt_viewport *at = &viewer->viewport;
    bool image = viewer->mode != &vt_model_mode;
    bool inside = x >= at->x && x < at->x + at->picture_width * at->zoom && y >= at->y &&
                  y < at->y + at->picture_height * at->zoom;
    if (image && !inside) {
        vt_viewer_do(viewer, VT_VIEWER_FULL_SCREEN);
    } else if (image && at->fitting) {
        viewer->mode->zoom(viewer, 1 / (at->zoom * vt_canvas_ratio(viewer->canvas)), x, y);
    } else {
        viewer->mode->fit(viewer, VT_VIEWPORT_FIT);
    }
}

static void canvas_resized(void *user, double width, double height)
{
    vt_viewer *viewer = user;
    vt_viewer_overlay_place(viewer->overlay, (int)width, (int)height);
    if (viewer->row >= 0) {
        viewer->mode->resized(viewer, width, height);
    }
}

static void canvas_menu(void *user, QPoint at)
{
    vt_viewer_show_menu(user, at);
}

/* From the key to the picture on the screen. */
static void canvas_painted(void *user)
{
    vt_viewer *viewer = user;
    if (viewer->went_ns && viewer->complete) {
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: painted after_ms=%.2f",
                     (double)(vt_clock_now() - viewer->went_ns) / VT_NS_PER_MS);
        viewer->went_ns = 0;
    }
}

const vt_canvas_ops vt_viewer_canvas_ops = {.drag = canvas_drag,
                                            .drag_ended = canvas_drag_ended,
                                            .wheel = canvas_wheel,
                                            .double_click = canvas_double_click,
                                            .resized = canvas_resized,
                                            .menu = canvas_menu,
                                            .paint_detail = vt_viewer_paint_tiles,
                                            .painted = canvas_painted};
