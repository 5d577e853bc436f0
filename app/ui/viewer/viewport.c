#include "app/ui/viewer/viewport.h"

static double limit(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* One axis: centred if the picture is smaller than the window, else no gap at either edge. */
static double place(double position, double picture, double window)
{
    return picture <= window ? (window - picture) / 2 : limit(position, window - picture, 0);
}

static void keep_inside(vt_viewport *viewport)
{
    viewport->x = place(viewport->x, viewport->picture_width * viewport->zoom, viewport->width);
    viewport->y = place(viewport->y, viewport->picture_height * viewport->zoom, viewport->height);
}

double vt_viewport_fit_zoom(const vt_viewport *viewport)
{
    if (viewport->picture_width <= 0 || viewport->picture_height <= 0) {
        return 1;
    }
    double across = viewport->width / viewport->picture_width;
    double down = viewport->height / viewport->picture_height;
    double zoom = across < down ? across : down;
    return limit(zoom, VT_VIEWPORT_ZOOM_MIN, 1);
}

void vt_viewport_fit(vt_viewport *viewport)
{
    viewport->fitting = VT_VIEWPORT_FIT;
    viewport->zoom = vt_viewport_fit_zoom(viewport);
    keep_inside(viewport);
}

void vt_viewport_fit_as(vt_viewport *viewport, vt_viewport_fitting fitting)
{
    if (fitting == VT_VIEWPORT_FREE) {
        return;
    }
    if (fitting == VT_VIEWPORT_FIT || viewport->picture_width <= 0 || viewport->picture_height <= 0) {
        vt_viewport_fit(viewport);
        viewport->fitting = fitting;
        return;
    }
    double across = viewport->width / viewport->picture_width;
    double down = viewport->height / viewport->picture_height;
    double zoom = fitting == VT_VIEWPORT_FIT_WIDTH || across > down ? across : down;
    viewport->zoom = limit(zoom, VT_VIEWPORT_ZOOM_MIN, VT_VIEWPORT_ZOOM_MAX);
    viewport->fitting = fitting;
    viewport->x = (viewport->width - viewport->picture_width * viewport->zoom) / 2;
    viewport->y = fitting == VT_VIEWPORT_FIT_WIDTH
                      ? 0
                      : (viewport->height - viewport->picture_height * viewport->zoom) / 2;
    keep_inside(viewport);
}

/* The zoom at which the picture just fits, however small it is. */
static double whole_zoom(const vt_viewport *viewport)
{
    double across = viewport->width / viewport->picture_width;
    double down = viewport->height / viewport->picture_height;
    return across < down ? across : down;
}

void vt_viewport_follow(vt_viewport *viewport, const vt_viewport *leader)
{
    bool shown = viewport->picture_width > 0 && viewport->picture_height > 0 && leader->picture_width > 0 &&
                 leader->picture_height > 0 && leader->width > 0 && leader->height > 0;
    if (leader->fitting || !shown) {
        vt_viewport_fit_as(viewport, leader->fitting);
        return;
    }
    double middle_x = (leader->width / 2 - leader->x) / (leader->picture_width * leader->zoom);
    double middle_y = (leader->height / 2 - leader->y) / (leader->picture_height * leader->zoom);
    double zoom = leader->zoom / whole_zoom(leader) * whole_zoom(viewport);
    viewport->zoom = limit(zoom, VT_VIEWPORT_ZOOM_MIN, VT_VIEWPORT_ZOOM_MAX);
    viewport->x = viewport->width / 2 - middle_x * viewport->picture_width * viewport->zoom;
    viewport->y = viewport->height / 2 - middle_y * viewport->picture_height * viewport->zoom;
    viewport->fitting = VT_VIEWPORT_FREE;
    keep_inside(viewport);
}

bool vt_viewport_overflows(const vt_viewport *viewport, bool across)
{
    double slack = 0.5; /* what rounding makes is no part of the picture */
    return across ? viewport->picture_width * viewport->zoom > viewport->width + slack
                  : viewport->picture_height * viewport->zoom > viewport->height + slack;
}

void vt_viewport_seen(const vt_viewport *viewport, double *x, double *y, double *width, double *height)
{
    *x = limit(-viewport->x / viewport->zoom, 0, viewport->picture_width);
    *y = limit(-viewport->y / viewport->zoom, 0, viewport->picture_height);
    double right = limit((viewport->width - viewport->x) / viewport->zoom, 0, viewport->picture_width);
    double bottom = limit((viewport->height - viewport->y) / viewport->zoom, 0, viewport->picture_height);
    *width = right - *x;
    *height = bottom - *y;
}

void vt_viewport_set_picture(vt_viewport *viewport, double width, double height)
{
    viewport->picture_width = width;
    viewport->picture_height = height;
    vt_viewport_fit_as(viewport, viewport->fitting ? viewport->fitting : VT_VIEWPORT_FIT);
}

void vt_viewport_resize(vt_viewport *viewport, double width, double height)
{
    double middle_x = width - viewport->width;
    double middle_y = height - viewport->height;
    viewport->width = width;
    viewport->height = height;
    if (viewport->fitting) {
        vt_viewport_fit_as(viewport, viewport->fitting);
        return;
    }
    viewport->x += middle_x / 2;
    viewport->y += middle_y / 2;
    keep_inside(viewport);
}

void vt_viewport_zoom_at(vt_viewport *viewport, double zoom, double at_x, double at_y)
{
    zoom = limit(zoom, VT_VIEWPORT_ZOOM_MIN, VT_VIEWPORT_ZOOM_MAX);
    double factor = zoom / viewport->zoom;
    viewport->x = at_x - (at_x - viewport->x) * factor;
    viewport->y = at_y - (at_y - viewport->y) * factor;
    viewport->zoom = zoom;
    viewport->fitting = VT_VIEWPORT_FREE;
    keep_inside(viewport);
}

void vt_viewport_pan(vt_viewport *viewport, double dx, double dy)
{
    viewport->x += dx;
    viewport->y += dy;
    viewport->fitting = VT_VIEWPORT_FREE;
    keep_inside(viewport);
}
