#include "core/layout/placement.h"

#include <stdint.h>

static int at_least(int value, int least)
{
    return value > least ? value : least;
}

/* Square of the distance between a point and a rectangle. */
static double distance(vt_rect screen, double x, double y)
{
    double right = (double)screen.x + screen.width, below = (double)screen.y + screen.height;
    double dx = x < screen.x ? screen.x - x : x > right ? x - right : 0;
    double dy = y < screen.y ? screen.y - y : y > below ? y - below : 0;
    return dx * dx + dy * dy;
}

/* A span of `length` from `begin`, moved into `room` from `low`, and no longer than that. */
static void fit(int *begin, int *length, int low, int room)
{
    *length = *length < room ? *length : room;
    int64_t most = (int64_t)low + room - *length;
    *begin = *begin < low ? low : *begin > most ? (int)most : *begin;
}

vt_rect vt_placement_fit(vt_rect window, const vt_rect *screens, size_t count)
{
    if (count == 0 || vt_rect_equal(window, (vt_rect){0, 0, 0, 0})) {
        return window;
    }
    vt_rect wanted = {window.x, window.y, at_least(window.width, VT_PLACEMENT_LEAST_WIDTH),
                      at_least(window.height, VT_PLACEMENT_LEAST_HEIGHT)};
    const vt_rect top = {wanted.x, wanted.y, wanted.width, VT_PLACEMENT_SEEN_HEIGHT};
    const vt_rect *nearest = &screens[0];
    double middle_x = wanted.x + wanted.width / 2.0, middle_y = wanted.y + wanted.height / 2.0;
    for (size_t i = 0; i < count; i++) {
        vt_rect seen = vt_rect_intersection(top, screens[i]);
        if (seen.width >= VT_PLACEMENT_SEEN_WIDTH && seen.height == VT_PLACEMENT_SEEN_HEIGHT) {
            return wanted;
        }
        if (distance(screens[i], middle_x, middle_y) < distance(*nearest, middle_x, middle_y)) {
            nearest = &screens[i];
        }
    }
    fit(&wanted.x, &wanted.width, nearest->x, nearest->width);
    fit(&wanted.y, &wanted.height, nearest->y, nearest->height);
    return wanted;
}
