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
    viewport->fitting = true;
    viewport->zoom = vt_viewport_fit_zoom(viewport);
    keep_inside(viewport);
}

void vt_viewport_set_picture(vt_viewport *viewport, double width, double height)
{
    viewport->picture_width = width;
    viewport->picture_height = height;
    vt_viewport_fit(viewport);
}

void vt_viewport_resize(vt_viewport *viewport, double width, double height)
{
    double middle_x = width - viewport->width;
    double middle_y = height - viewport->height;
    viewport->width = width;
    viewport->height = height;
    if (viewport->fitting) {
        vt_viewport_fit(viewport);
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
    viewport->fitting = false;
    keep_inside(viewport);
}

void vt_viewport_pan(vt_viewport *viewport, double dx, double dy)
{
    viewport->x += dx;
    viewport->y += dy;
    viewport->fitting = false;
    keep_inside(viewport);
}
