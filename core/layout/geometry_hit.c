/* What is at a point: panes, headers, dividers and where they meet; neighbours; where a pane is dropped. */
#include "core/layout/geometry_private.h"

#include <stdlib.h>

static vt_rect widened(vt_rect rect, int by)
{
    return (vt_rect){rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
}

/* Across its own direction only, so that a divider does not reach over its ends. */
static vt_rect grabbed(const vt_divider_place *divider, int by)
{
    vt_rect rect = divider->rect;
    if (divider->axis == VT_PANE_HORIZONTAL) {
        return (vt_rect){rect.x - by, rect.y, rect.width + 2 * by, rect.height};
    }
    return (vt_rect){rect.x, rect.y - by, rect.width, rect.height + 2 * by};
}

/* ---- dividers that meet ---- */

/* Does `bar` end at `through`, which runs across it? Told with the side: -1 before it, 1 behind it, 0 no. */
static int side_of_end(const vt_divider_place *through, const vt_divider_place *bar)
{
    const vt_rect *a = &through->rect, *b = &bar->rect;
    if (through->axis == bar->axis) {
        return 0;
    }
    if (through->axis == VT_PANE_VERTICAL) {
        bool level = b->x >= a->x && b->x + b->width <= a->x + a->width;
        return !level ? 0 : b->y + b->height == a->y ? -1 : b->y == a->y + a->height ? 1 : 0;
    }
    bool level = b->y >= a->y && b->y + b->height <= a->y + a->height;
    return !level ? 0 : b->x + b->width == a->x ? -1 : b->x == a->x + a->width ? 1 : 0;
}

static int distance(const vt_divider_place *a, const vt_divider_place *b)
{
    return a->axis == VT_PANE_HORIZONTAL ? abs(a->rect.x - b->rect.x) : abs(a->rect.y - b->rect.y);
}

/* The bar that ends at `through` face to face with `bar`; rounding may have moved one by some pixels. */
static const vt_divider_place *facing(const vt_geometry_map *map, const vt_divider_place *through,
                                      const vt_divider_place *bar)
{
    int side = side_of_end(through, bar);
    int most = map->style.divider > 2 ? map->style.divider : 2;
    for (size_t i = 0; i < map->divider_count; i++) {
        const vt_divider_place *other = &map->dividers[i];
        if (other->axis == bar->axis && distance(other, bar) <= most &&
            side_of_end(through, other) == -side) {
            return other;
        }
    }
    return NULL;
}

/* A bar near the point that ends near the point at one that runs across. */
static bool hit_crossing(const vt_geometry_map *map, const vt_divider_place *const near[], size_t count,
                         int x, int y, vt_hit *hit)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            vt_rect end = vt_rect_intersection(widened(near[k]->rect, map->style.grab + 1),
                                               widened(near[i]->rect, map->style.grab + 1));
            if (side_of_end(near[i], near[k]) == 0 || !vt_rect_contains(end, x, y)) {
                continue;
            }
            const vt_divider_place *third = facing(map, near[i], near[k]);
            *hit = (vt_hit){
                .kind = VT_HIT_CROSSING, .dividers = {*near[i], *near[k]}, .divider_count = third ? 3 : 2};
            if (third) {
                hit->dividers[2] = *third;
            }
            return true;
        }
    }
    return false;
}

vt_hit vt_geometry_hit(const vt_geometry_map *map, int x, int y)
{
    enum { NEAR_MAX = 8 };
    const vt_divider_place *near[NEAR_MAX], *grab = NULL;
    size_t count = 0;
    vt_hit hit = {.kind = VT_HIT_NOTHING};
    for (size_t i = 0; i < map->divider_count; i++) {
        const vt_divider_place *divider = &map->dividers[i];
        if (count < NEAR_MAX && vt_rect_contains(widened(divider->rect, map->style.grab + 1), x, y)) {
            near[count++] = divider;
        }
        bool inside = vt_rect_contains(divider->rect, x, y);
        if (inside || (!grab && vt_rect_contains(grabbed(divider, map->style.grab), x, y))) {
            grab = divider;
        }
    }
    if (!vt_rect_contains(map->area, x, y) || hit_crossing(map, near, count, x, y, &hit)) {
        return hit;
    }
    if (grab) {
        return (vt_hit){.kind = VT_HIT_DIVIDER, .dividers = {*grab}, .divider_count = 1};
    }
    for (size_t i = 0; i < map->pane_count; i++) {
        const vt_pane_place *place = &map->panes[i];
        if (vt_rect_contains(place->rect, x, y)) {
            hit.kind = vt_rect_contains(place->header, x, y) ? VT_HIT_HEADER : VT_HIT_PANE;
            hit.pane = place->pane;
        }
    }
    return hit;
}

/* ---- neighbours ---- */

/* A rectangle as seen when looking towards `direction`: where it begins and ends that way, and across. */
typedef struct span {
    int begin, end, low, high;
} span;

static span look(vt_rect rect, vt_pane_side direction)
{
    int right = rect.x + rect.width, below = rect.y + rect.height;
    switch (direction) {
    case VT_PANE_LEFT:
        return (span){-right, -rect.x, rect.y, below};
    case VT_PANE_RIGHT:
        return (span){rect.x, right, rect.y, below};
    case VT_PANE_ABOVE:
        return (span){-below, -rect.y, rect.x, right};
    default:
        return (span){rect.y, below, rect.x, right};
    }
}

vt_pane_id vt_geometry_neighbour(const vt_geometry_map *map, vt_pane_id pane, vt_pane_side direction)
{
    const vt_pane_place *from = NULL;
    for (size_t i = 0; i < map->pane_count && !from; i++) {
        from = map->panes[i].pane == pane ? &map->panes[i] : NULL;
    }
    if (!from || direction >= VT_PANE_CENTRE) {
        return 0;
    }
    span here = look(from->rect, direction);
    /* Where a divider faces the middle, the one before it is meant. */
    int middle = here.low + (here.high - here.low - map->style.divider) / 2 - 1;
    vt_pane_id best = 0;
    int best_gap = 0, best_off = 0;
    for (size_t i = 0; i < map->pane_count; i++) {
        span there = look(map->panes[i].rect, direction);
        bool beside = there.begin >= here.end && there.low < here.high && there.high > here.low;
        int gap = there.begin - here.end;
        int off = there.low > middle     ? there.low - middle
                  : there.high <= middle ? middle - there.high + 1
                                         : 0;
        if (beside && !vt_rect_is_empty(map->panes[i].rect) &&
            (best == 0 || gap < best_gap || (gap == best_gap && off < best_off))) {
            best = map->panes[i].pane;
            best_gap = gap;
            best_off = off;
        }
    }
    return best;
}

/* ---- drops ---- */

/* The side a point is nearest to, if it is within `part` of the rectangle from there. */
static vt_pane_side nearest_side(vt_rect rect, int x, int y, double part)
{
    const double to[] = {[VT_PANE_LEFT] = (x - rect.x + 0.5) / rect.width,
                         [VT_PANE_RIGHT] = (rect.x + rect.width - x - 0.5) / rect.width,
                         [VT_PANE_ABOVE] = (y - rect.y + 0.5) / rect.height,
                         [VT_PANE_BELOW] = (rect.y + rect.height - y - 0.5) / rect.height};
    vt_pane_side side = VT_PANE_LEFT;
    for (vt_pane_side i = VT_PANE_RIGHT; i < VT_PANE_CENTRE; i++) {
        side = to[i] < to[side] ? i : side;
    }
    return to[side] < part ? side : VT_PANE_CENTRE;
}

/* At the window's edge: which one, or VT_PANE_CENTRE. */
static vt_pane_side window_edge(const vt_geometry_map *map, int x, int y)
{
    int left = x - map->area.x, above = y - map->area.y;
    int right = map->area.x + map->area.width - 1 - x, below = map->area.y + map->area.height - 1 - y;
    int least = left;
    vt_pane_side side = VT_PANE_LEFT;
    if (right < least) {
        least = right;
        side = VT_PANE_RIGHT;
    }
    if (above < least) {
        least = above;
        side = VT_PANE_ABOVE;
    }
    if (below < least) {
        least = below;
        side = VT_PANE_BELOW;
    }
    return least < map->style.edge ? side : VT_PANE_CENTRE;
}

vt_drop vt_geometry_drop(const vt_geometry_map *map, vt_pane_id dragged, int x, int y)
{
    if (!vt_rect_contains(map->area, x, y)) {
        return (vt_drop){0, VT_PANE_CENTRE};
    }
    vt_pane_side edge = window_edge(map, x, y);
    if (edge != VT_PANE_CENTRE && map->root != dragged && map->pane_count > 1) {
        return (vt_drop){map->root, edge};
    }
    /* Dividers belong to the pane before them, so that nothing flickers on the way across. */
    for (size_t i = 0; i < map->pane_count; i++) {
        vt_rect rect = map->panes[i].rect;
        vt_rect reach = {rect.x, rect.y, rect.width + map->style.divider, rect.height + map->style.divider};
        if (!vt_rect_is_empty(rect) && vt_rect_contains(reach, x, y)) {
            bool self = map->panes[i].pane == dragged;
            return (vt_drop){self ? 0 : map->panes[i].pane, nearest_side(rect, x, y, 0.25)};
        }
    }
    return (vt_drop){0, VT_PANE_CENTRE};
}

static bool find_place(const vt_geometry_map *map, vt_pane_id pane, vt_rect *rect)
{
    for (size_t i = 0; i < map->pane_count; i++) {
        if (map->panes[i].pane == pane) {
            *rect = map->panes[i].rect;
            return true;
        }
    }
    return false;
}

bool vt_geometry_preview(vt_geometry *geometry, const vt_panes *panes, vt_pane_id window, vt_rect area,
                         vt_pane_id dragged, vt_drop drop, vt_rect *rect, vt_error *error)
{
    vt_panes *tried = vt_panes_clone(panes, error);
    if (!tried) {
        return false;
    }
    bool done = dragged ? vt_panes_move(tried, dragged, drop.target, drop.side, error)
                        : vt_panes_split(tried, drop.target, drop.side, "preview:", &dragged, error);
    const vt_panes_window_record *record = done ? vt_panes_window_by_id(tried, window) : NULL;
    if (done && !record) {
        vt_error_set(error, VT_ERROR_NOT_FOUND, "the window would be closed by this drop");
    }
    done = record && vt_geometry_compute(geometry, &geometry->scratch, tried, record, area, error);
    if (done && !find_place(&geometry->scratch.map, dragged, rect)) {
        done = vt_error_set(error, VT_ERROR_USAGE, "the pane would not be shown in this window");
    }
    vt_panes_free(tried);
    return done;
}
