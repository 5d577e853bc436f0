/* Colours of the lines of a graph, in the order of its legend: told apart from each other and from the ground
   (3 : 1, WCAG 2.1, 1.4.11), by people who see red and green alike, too, since their lightness differs. */
#ifndef VT_UI_PERFORMANCE_GRAPH_COLORS_H
#define VT_UI_PERFORMANCE_GRAPH_COLORS_H

#include "app/ui/parts/theme_colors.h"
#include "core/perf/graphs.h"

static inline uint32_t vt_graph_color(const vt_theme *theme, int line)
{
    static const uint32_t colors[2][VT_GRAPH_LINES_MAX] = {
        {0x2463d6, 0xc2611a, 0x0f7f5b, 0x8a3fb5, 0xb8326f, 0x6b7787},
        {0x6ea0ff, 0xffab70, 0x5fd3a8, 0xcf9bf2, 0xff8fc4, 0x98a6b6},
    };
    return colors[theme->dark][line % VT_GRAPH_LINES_MAX];
}

#endif
