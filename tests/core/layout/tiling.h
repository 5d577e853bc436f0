/* Whether a map tiles its area, by painting it: every pixel belongs to exactly one pane or divider. */
#ifndef VT_TESTS_LAYOUT_TILING_H
#define VT_TESTS_LAYOUT_TILING_H

#include "core/layout/geometry.h"

#include <stdlib.h>

static inline void paint(unsigned char *pixels, vt_rect area, vt_rect rect)
{
    assert_true(rect.width >= 0 && rect.height >= 0);
    assert_true(vt_rect_is_empty(rect) || vt_rect_equal(vt_rect_intersection(rect, area), rect));
    for (int y = rect.y; y < rect.y + rect.height; y++) {
        for (int x = rect.x; x < rect.x + rect.width; x++) {
            pixels[(size_t)(y - area.y) * (size_t)area.width + (size_t)(x - area.x)]++;
        }
    }
}

static inline void check_tiling(const vt_geometry_map *map)
{
    size_t count = (size_t)map->area.width * (size_t)map->area.height;
    unsigned char *pixels = calloc(count + 1, 1);
    assert_non_null(pixels);
    for (size_t i = 0; i < map->pane_count; i++) {
        paint(pixels, map->area, map->panes[i].rect);
    }
    for (size_t i = 0; i < map->divider_count; i++) {
        paint(pixels, map->area, map->dividers[i].rect);
    }
    for (size_t i = 0; i < count; i++) {
        if (pixels[i] != 1) {
            fail_msg("pixel %zu of %d x %d belongs to %d", i, map->area.width, map->area.height, pixels[i]);
        }
    }
    free(pixels);
}

#endif
