#include "app/ui/viewer/tile_plan.h"

int vt_tile_level(double scale)
{
    int level = 0;
    while (level < VT_TILE_LEVEL_MAX && scale * (double)(2U << level) <= 1) {
        level++;
    }
    return level;
}

void vt_patch_size(const vt_patch *patch, uint32_t *width, uint32_t *height)
{
    uint32_t half = (1U << patch->level) - 1;
    *width = (patch->region.width + half) >> patch->level;
    *height = (patch->region.height + half) >> patch->level;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool holds(const vt_patch *patch, int level, const vt_region *part)
{
    const vt_region *all = &patch->region;
    return patch->level == level && part->x >= all->x && part->y >= all->y &&
           part->x + part->width <= all->x + all->width && part->y + part->height <= all->y + all->height;
}

/* Tiles from the first to before the end, across and down. */
typedef struct tile_range {
    uint32_t first[2], end[2];
} tile_range;

static tile_range touched(const vt_region *seen, uint32_t side)
{
    return (tile_range){
        {seen->x / side, seen->y / side},
        {(seen->x + seen->width + side - 1) / side, (seen->y + seen->height + side - 1) / side}};
}

/* The part of tile (x, y) that is seen. */
static vt_region seen_of(const vt_region *seen, uint32_t x, uint32_t y, uint32_t side)
{
    uint32_t left = x * side > seen->x ? x * side : seen->x;
    uint32_t top = y * side > seen->y ? y * side : seen->y;
    uint32_t right = least((x + 1) * side, seen->x + seen->width);
    uint32_t bottom = least((y + 1) * side, seen->y + seen->height);
    return (vt_region){left, top, right - left, bottom - top};
}

static bool is_here(const vt_patch *patches, size_t count, int level, const vt_region *part)
{
    for (size_t i = 0; i < count; i++) {
        if (holds(&patches[i], level, part)) {
            return true;
        }
    }
    return false;
}

/* Narrows the range to the tiles that are missing; false if none is. */
static bool find_missing(const vt_patch *patches, size_t count, int level, const vt_region *seen,
                         tile_range *range)
{
    uint32_t side = (uint32_t)VT_TILE_SIDE << level;
    tile_range all = touched(seen, side);
    bool any = false;
    for (uint32_t y = all.first[1]; y < all.end[1]; y++) {
        for (uint32_t x = all.first[0]; x < all.end[0]; x++) {
            vt_region part = seen_of(seen, x, y, side);
            if (is_here(patches, count, level, &part)) {
                continue;
            }
            if (!any) {
                *range = (tile_range){{x, y}, {x + 1, y + 1}};
            }
            any = true;
            range->first[0] = least(range->first[0], x);
            range->end[0] = range->end[0] > x + 1 ? range->end[0] : x + 1;
            range->end[1] = y + 1;
        }
    }
    return any;
}

bool vt_tiles_cover(const vt_patch *patches, size_t count, int level, const vt_region *seen)
{
    tile_range missing;
    return !find_missing(patches, count, level, seen, &missing);
}

bool vt_tiles_next(const vt_patch *patches, size_t count, int level, const vt_region *seen, uint32_t width,
                   uint32_t height, vt_patch *next)
{
    uint32_t side = (uint32_t)VT_TILE_SIDE << level;
    tile_range missing;
    if (!find_missing(patches, count, level, seen, &missing)) {
        return false;
    }
    uint32_t left = (missing.first[0] > 0 ? missing.first[0] - 1 : 0) * side;
    uint32_t top = (missing.first[1] > 0 ? missing.first[1] - 1 : 0) * side;
    uint32_t right = least((missing.end[0] + 1) * side, width);
    uint32_t bottom = least((missing.end[1] + 1) * side, height);
    *next = (vt_patch){{left, top, right - left, bottom - top}, level};
    return true;
}
