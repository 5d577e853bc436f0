/* Rectangles of whole pixels; x grows to the right, y downwards. Plain values, any thread. */
#ifndef VT_LAYOUT_RECT_H
#define VT_LAYOUT_RECT_H

#include <stdbool.h>
#include <stdint.h>

/* Empty if `width` or `height` is 0; neither is ever negative. */
typedef struct vt_rect {
    int x, y, width, height;
} vt_rect;

static inline bool vt_rect_is_empty(vt_rect rect)
{
    return rect.width <= 0 || rect.height <= 0;
}

static inline bool vt_rect_equal(vt_rect a, vt_rect b)
{
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

static inline bool vt_rect_contains(vt_rect rect, int x, int y)
{
    return x >= rect.x && y >= rect.y && (int64_t)x - rect.x < rect.width &&
           (int64_t)y - rect.y < rect.height;
}

/* What two have in common; an empty one at 0, 0 if that is nothing. */
static inline vt_rect vt_rect_intersection(vt_rect a, vt_rect b)
{
    int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
    int64_t a_right = (int64_t)a.x + a.width, b_right = (int64_t)b.x + b.width;
    int64_t a_below = (int64_t)a.y + a.height, b_below = (int64_t)b.y + b.height;
    int64_t width = (a_right < b_right ? a_right : b_right) - x;
    int64_t height = (a_below < b_below ? a_below : b_below) - y;
    return width > 0 && height > 0 ? (vt_rect){x, y, (int)width, (int)height} : (vt_rect){0, 0, 0, 0};
}

/* The smallest that holds both; an empty one adds nothing. */
static inline vt_rect vt_rect_union(vt_rect a, vt_rect b)
{
    if (vt_rect_is_empty(a)) {
        return b;
    }
    if (vt_rect_is_empty(b)) {
        return a;
    }
    int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    int64_t a_right = (int64_t)a.x + a.width, b_right = (int64_t)b.x + b.width;
    int64_t a_below = (int64_t)a.y + a.height, b_below = (int64_t)b.y + b.height;
    return (vt_rect){x, y, (int)((a_right > b_right ? a_right : b_right) - x),
                     (int)((a_below > b_below ? a_below : b_below) - y)};
}

static inline int64_t vt_rect_area(vt_rect rect)
{
    return vt_rect_is_empty(rect) ? 0 : (int64_t)rect.width * rect.height;
}

#endif
