#include "core/layout/geometry_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

vt_geometry *vt_geometry_create(const vt_geometry_style *style, vt_error *error)
{
    if (style->divider < 0 || style->header < 0 || style->grab < 0 || style->edge < 0 || style->least < 0) {
        vt_error_set(error, VT_ERROR_USAGE, "the lengths of a layout's style are 0 or more");
        return NULL;
    }
    vt_geometry *geometry = calloc(1, sizeof *geometry);
    if (!geometry) {
        vt_panes_no_memory(error);
        return NULL;
    }
    geometry->style = *style;
    return geometry;
}

static void free_entry(vt_geometry_entry *entry)
{
    free(entry->panes);
    free(entry->dividers);
    free(entry->rects);
}

void vt_geometry_free(vt_geometry *geometry)
{
    if (!geometry) {
        return;
    }
    for (int i = 0; i < VT_GEOMETRY_ENTRIES_MAX; i++) {
        free_entry(&geometry->entries[i]);
    }
    free_entry(&geometry->scratch);
    free(geometry->parts);
    free(geometry->order);
    free(geometry);
}

/* ---- memory ---- */

static bool grow(void *block, uint32_t count, size_t size)
{
    void **place = block;
    void *larger = realloc(*place, count * size);
    if (larger) {
        *place = larger;
    }
    return larger != NULL;
}

static bool make_room(vt_geometry *geometry, vt_geometry_entry *entry, uint32_t nodes, vt_error *error)
{
    if (entry->room < nodes) {
        entry->room = 0;
        if (!grow(&entry->panes, nodes, sizeof *entry->panes) ||
            !grow(&entry->dividers, nodes, sizeof *entry->dividers) ||
            !grow(&entry->rects, nodes, sizeof *entry->rects)) {
            return vt_panes_no_memory(error);
        }
        entry->room = nodes;
    }
    if (geometry->room < nodes) {
        geometry->room = 0;
        if (!grow(&geometry->parts, nodes, sizeof *geometry->parts) ||
            !grow(&geometry->order, nodes, sizeof *geometry->order)) {
            return vt_panes_no_memory(error);
        }
        geometry->room = nodes;
    }
    return true;
}

/* ---- sharing pixels out ---- */

double vt_geometry_shown_shares(const vt_panes *panes, uint32_t split, int *count)
{
    double sum = 0;
    *count = 0;
    for (uint32_t i = panes->nodes[split].first; i != VT_NODE_NONE; i = panes->nodes[i].after) {
        if (panes->nodes[i].shown > 0) {
            sum += panes->nodes[i].share;
            (*count)++;
        }
    }
    return sum;
}

int vt_geometry_divider(const vt_geometry_style *style, int count, int length)
{
    int most = count > 1 ? length / (count - 1) : style->divider;
    return style->divider < most ? style->divider : most;
}

typedef struct layout_job {
    vt_geometry *geometry;
    vt_geometry_entry *entry;
    const vt_panes *panes;
    uint32_t parts; /* of the stack, in use */
} layout_job;

static int compare_rests(const void *a, const void *b, void *context)
{
    const vt_geometry_part *parts = context;
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    if (parts[one].rest != parts[other].rest) {
        return parts[one].rest < parts[other].rest ? 1 : -1;
    }
    return one < other ? -1 : 1;
}

/* A pixel more for each of the `left` parts that lost most by rounding; of equal ones the first. */
static void give_rest(layout_job *job, vt_geometry_part *parts, int count, int left)
{
    uint32_t *order = job->geometry->order;
    if (left <= 0) {
        return;
    }
    for (int i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
    }
    qsort_r(order, (size_t)count, sizeof *order, compare_rests, parts);
    for (int i = 0; left > 0; i = i + 1 < count ? i + 1 : 0, left--) {
        parts[order[i]].size++;
    }
}

/* The shown children of a split with their pixels: `length` in all, without dividers. */
static int share_out(layout_job *job, uint32_t split, vt_geometry_part *parts, double sum, int length)
{
    const vt_node *nodes = job->panes->nodes;
    int count = 0, given = 0;
    for (uint32_t i = nodes[split].first; i != VT_NODE_NONE; i = nodes[i].after) {
        if (nodes[i].shown > 0) {
            double exact = nodes[i].share / sum * length;
            int whole = (int)exact;
            parts[count++] = (vt_geometry_part){i, whole, exact - whole};
            given += whole;
        }
    }
    /* Shares that sum to a little more than 1 may have given a pixel too much. */
    for (int i = count - 1; given > length && i >= 0; i--) {
        int back = parts[i].size > 0;
        parts[i].size -= back;
        given -= back;
    }
    give_rest(job, parts, count, length - given);
    return count;
}

static void lay_out(layout_job *job, uint32_t node, vt_rect rect);

static void lay_out_split(layout_job *job, uint32_t split, vt_rect rect)
{
    vt_geometry_entry *entry = job->entry;
    const vt_node *nodes = job->panes->nodes;
    bool horizontal = nodes[split].axis == VT_PANE_HORIZONTAL;
    int count = 0, length = horizontal ? rect.width : rect.height;
    double sum = vt_geometry_shown_shares(job->panes, split, &count);
    int divider = vt_geometry_divider(&job->geometry->style, count, length);
    vt_geometry_part *parts = job->geometry->parts + job->parts;
    share_out(job, split, parts, sum, length - divider * (count - 1));
    job->parts += (uint32_t)count;
    for (int i = 0; i < count; i++) {
        vt_rect part = rect, bar = rect;
        if (horizontal) {
            part.width = parts[i].size;
            bar.x = rect.x + part.width;
            bar.width = divider;
            rect.x += part.width + divider;
        } else {
            part.height = parts[i].size;
            bar.y = rect.y + part.height;
            bar.height = divider;
            rect.y += part.height + divider;
        }
        if (i + 1 < count) {
            entry->dividers[entry->map.divider_count++] = (vt_divider_place){
                nodes[parts[i].node].pane.id, nodes[parts[i + 1].node].pane.id, nodes[split].axis, bar};
        }
        lay_out(job, parts[i].node, part);
    }
    job->parts -= (uint32_t)count;
}

static void lay_out(layout_job *job, uint32_t node, vt_rect rect)
{
    vt_geometry_entry *entry = job->entry;
    entry->rects[node] = rect;
    if (vt_panes_is_split(job->panes, node)) {
        lay_out_split(job, node, rect);
        return;
    }
    vt_rect header = rect;
    int height = job->geometry->style.header;
    header.height = height < rect.height ? height : rect.height;
    entry->panes[entry->map.pane_count++] = (vt_pane_place){job->panes->nodes[node].pane.id, rect, header};
}

bool vt_geometry_compute(vt_geometry *geometry, vt_geometry_entry *entry, const vt_panes *panes,
                         const vt_panes_window_record *window, vt_rect area, vt_error *error)
{
    entry->version = 0;
    if (!make_room(geometry, entry, panes->used, error)) {
        return false;
    }
    entry->map = (vt_geometry_map){.window = window->seen.id,
                                   .root = panes->nodes[window->root].pane.id,
                                   .area = area,
                                   .style = geometry->style,
                                   .panes = entry->panes,
                                   .dividers = entry->dividers};
    uint32_t top = window->seen.maximised ? vt_panes_node_of(panes, window->seen.maximised) : window->root;
    layout_job job = {geometry, entry, panes, 0};
    lay_out(&job, top, area);
    entry->version = window->seen.version;
    return true;
}

/* ---- the cache ---- */

const vt_geometry_entry *vt_geometry_find(vt_geometry *geometry, const vt_panes *panes, vt_pane_id window,
                                          vt_rect area, vt_error *error)
{
    const vt_panes_window_record *record = vt_panes_window_by_id(panes, window);
    if (!record || area.width < 0 || area.height < 0) {
        vt_error_set(error, record ? VT_ERROR_USAGE : VT_ERROR_NOT_FOUND,
                     record ? "window %" PRIu32 " has a negative size" : "there is no window %" PRIu32,
                     window);
        return NULL;
    }
    vt_geometry_entry *oldest = &geometry->entries[0];
    for (int i = 0; i < VT_GEOMETRY_ENTRIES_MAX; i++) {
        vt_geometry_entry *entry = &geometry->entries[i];
        if (entry->version == record->seen.version && vt_rect_equal(entry->map.area, area)) {
            geometry->stats.hits++;
            entry->used_at = ++geometry->uses;
            return entry;
        }
        if (entry->used_at < oldest->used_at) {
            oldest = entry;
        }
    }
    geometry->stats.misses++;
    oldest->used_at = ++geometry->uses;
    return vt_geometry_compute(geometry, oldest, panes, record, area, error) ? oldest : NULL;
}

const vt_geometry_map *vt_geometry_get(vt_geometry *geometry, const vt_panes *panes, vt_pane_id window,
                                       vt_rect area, vt_error *error)
{
    const vt_geometry_entry *entry = vt_geometry_find(geometry, panes, window, area, error);
    return entry ? &entry->map : NULL;
}

void vt_geometry_get_stats(const vt_geometry *geometry, vt_geometry_stats *stats)
{
    *stats = geometry->stats;
    stats->entries = 0;
    for (int i = 0; i < VT_GEOMETRY_ENTRIES_MAX; i++) {
        stats->entries += geometry->entries[i].version != 0;
    }
}
