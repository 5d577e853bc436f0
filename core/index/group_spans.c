#include "core/index/group_spans.h"

#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/natural.h"
#include "core/index/radix.h"

#include <stdlib.h>

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory to put what is shown into groups");
}

/* Where a twin stands: by place, or if the last group comes first, by place within groups that are counted
   from the end. What has no twin stands behind all, or before. */
static uint32_t twin_key(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t total, bool last_first,
                         uint32_t row)
{
    uint32_t place = vt_snapshot_twin_place(snapshot, kind, row);
    if (place == VT_INDEX_NO_ROW) {
        return last_first ? 0 : total + 1;
    }
    if (!last_first) {
        return place + 1;
    }
    vt_twin_group group;
    vt_snapshot_twin_group(snapshot, kind, vt_snapshot_twin_group_of(snapshot, kind, place), &group);
    return total - group.first - group.count + (place - group.first) + 1;
}

/* What a row is sorted by, in front of it. */
static uint64_t packed(uint32_t key, uint32_t row)
{
    return (uint64_t)key * (UINT64_C(1) << 32) + row;
}

static const char *camera_text(const void *of, uint32_t camera, size_t *length)
{
    uint32_t bytes = 0;
    const char *text = vt_vocabulary_text(of, camera, &bytes);
    *length = bytes;
    return vt_name_folded(text);
}

/* The place of each camera by its number, that of no camera behind them; free(). Equal names keep the order
   they became known in. */
static uint32_t *rank_cameras(const vt_snapshot *snapshot, const atomic_bool *cancelled, vt_error *error)
{
    const vt_vocabulary *cameras = &snapshot->tables->cameras;
    uint32_t count = snapshot->camera_count;
    uint32_t *order = vt_buffer_alloc((size_t)count + 1, sizeof *order);
    uint32_t *ranks = vt_buffer_alloc((size_t)count + 1, sizeof *ranks);
    uint32_t named = count ? count - 1 : 0;
    bool ranked = order && ranks;
    if (!ranked) {
        no_memory(error);
    }
    for (uint32_t i = 0; ranked && i < named; i++) {
        order[i] = i + 1;
    }
    ranked = ranked && vt_natural_sort(&(vt_texts){camera_text, cameras}, order, named, cancelled, error);
    for (uint32_t i = 0; ranked && i < named; i++) {
        ranks[order[i]] = i;
    }
    if (ranked) {
        ranks[VT_GROUP_NO_CAMERA] = named;
    } else {
        free(ranks);
    }
    free(order);
    return ranked ? ranks : NULL;
}

/* Whose values do not ascend as the groups do: `*ranks` tells their places; else it is NULL. False and
   `error` as vt_group_spans_make. */
static bool rank_values(const vt_snapshot *snapshot, vt_group_by by, const atomic_bool *cancelled,
                        uint32_t **ranks, vt_error *error)
{
    *ranks = by == VT_GROUP_FOLDER   ? vt_sort_folder_ranks(snapshot, cancelled, error)
             : by == VT_GROUP_CAMERA ? rank_cameras(snapshot, cancelled, error)
                                     : NULL;
    return *ranks || (by != VT_GROUP_FOLDER && by != VT_GROUP_CAMERA);
}

/* What groups are ordered by, in front of each row: its value, the rank of that, or its place among twins;
   counted down if backwards. `bits` of it matter. */
static void read_keys(uint64_t *items, const vt_snapshot *snapshot, const vt_group_order *order,
                      const uint32_t *ranks, const uint32_t *rows, uint32_t count, unsigned *bits)
{
    vt_twin_kind kind;
    vt_twins_info info;
    bool twins = vt_group_twins(order->by, &kind);
    vt_snapshot_twins(snapshot, kind, &info);
    uint32_t low = UINT32_MAX;
    uint32_t high = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t key = twins ? twin_key(snapshot, kind, info.members, order->last_first, rows[i])
                             : vt_group_value(snapshot, order->by, rows[i]);
        key = ranks ? ranks[key] : key;
        low = key < low ? key : low;
        high = key > high ? key : high;
        items[i] = packed(key, rows[i]);
    }
    bool backwards = twins ? order->read_backwards : order->last_first != order->read_backwards;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t key = (uint32_t)(items[i] >> 32);
        items[i] = packed(backwards ? high - key : key - low, (uint32_t)items[i]);
    }
    for (*bits = 0; *bits < 32 && count && (high - low) >> *bits; (*bits)++) {
    }
}

static bool is_ordered(const uint64_t *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (items[i] >> 32 < items[i - 1] >> 32) {
            return false;
        }
    }
    return true;
}

/* Twins of one group have different keys. */
static bool is_boundary(const uint64_t *items, uint32_t at, const vt_snapshot *snapshot, vt_group_by by)
{
    vt_twin_kind kind;
    if (items[at] >> 32 == items[at - 1] >> 32) {
        return false;
    }
    return !vt_group_twins(by, &kind) || vt_group_value(snapshot, by, (uint32_t)items[at]) !=
                                             vt_group_value(snapshot, by, (uint32_t)items[at - 1]);
}

/* One pass to count, so that a million groups take what they need and one takes eight bytes. */
static bool note_spans(vt_group_spans *spans, const uint64_t *items, const vt_snapshot *snapshot,
                       vt_group_by by, uint32_t count)
{
    uint32_t groups = count ? 1 : 0;
    for (uint32_t i = 1; i < count; i++) {
        groups += is_boundary(items, i, snapshot, by);
    }
    spans->starts = vt_buffer_alloc((size_t)groups + 1, sizeof *spans->starts);
    spans->values = vt_buffer_alloc(groups, sizeof *spans->values);
    if (!spans->starts || !spans->values) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || is_boundary(items, i, snapshot, by)) {
            spans->values[spans->count] = vt_group_value(snapshot, by, (uint32_t)items[i]);
            spans->starts[spans->count++] = i;
        }
    }
    spans->starts[spans->count] = count;
    return true;
}

bool vt_group_spans_make(vt_group_spans *spans, const vt_snapshot *snapshot, const vt_group_order *order,
                         uint32_t *rows, uint32_t count, const atomic_bool *cancelled, vt_error *error)
{
    *spans = (vt_group_spans){0};
    vt_group_by by = order->by;
    uint32_t *ranks = NULL;
    if (!rank_values(snapshot, by, cancelled, &ranks, error)) {
        return false;
    }
    uint64_t *items = vt_buffer_alloc(count, 2 * sizeof *items);
    unsigned bits = 0;
    if (!items) {
        free(ranks);
        return no_memory(error);
    }
    read_keys(items, snapshot, order, ranks, rows, count, &bits);
    bool made = true;
    if (!is_ordered(items, count)) {
        made = vt_radix_sort_packed(items, items + count, count, bits, cancelled) ||
               vt_error_set(error, VT_ERROR_CANCELLED, "grouping was cancelled");
    }
    if (made && !note_spans(spans, items, snapshot, by, count)) {
        made = no_memory(error);
    }
    for (uint32_t i = 0; made && i < count; i++) {
        rows[i] = (uint32_t)items[i];
    }
    if (!made) {
        vt_group_spans_free(spans);
    }
    free(items);
    free(ranks);
    return made;
}

void vt_group_spans_free(vt_group_spans *spans)
{
    free(spans->starts);
    free(spans->values);
    *spans = (vt_group_spans){0};
}

uint32_t vt_group_spans_of(const vt_group_spans *spans, uint32_t place)
{
    uint32_t low = 0;
    uint32_t high = spans->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (spans->starts[middle] <= place) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

int vt_group_compare_values(const vt_snapshot *snapshot, vt_group_by by, uint32_t a, uint32_t b)
{
    int order = (a > b) - (a < b);
    int natural = 0;
    if (by == VT_GROUP_FOLDER && order != 0) {
        const vt_folder *left = vt_folders_at(snapshot->folders, a);
        const vt_folder *right = vt_folders_at(snapshot->folders, b);
        natural = vt_natural_compare(left->folded, left->folded_length, right->folded, right->folded_length);
    } else if (by == VT_GROUP_CAMERA && order != 0) {
        if (a == VT_GROUP_NO_CAMERA || b == VT_GROUP_NO_CAMERA) {
            return -order;
        }
        size_t left_length = 0;
        size_t right_length = 0;
        const char *left = camera_text(&snapshot->tables->cameras, a, &left_length);
        const char *right = camera_text(&snapshot->tables->cameras, b, &right_length);
        natural = vt_natural_compare(left, left_length, right, right_length);
    }
    return natural ? natural : order;
}

uint32_t vt_group_spans_find(const vt_group_spans *spans, const vt_snapshot *snapshot, vt_group_by by,
                             bool backwards, uint32_t value)
{
    uint32_t low = 0;
    uint32_t high = spans->count;
    if ((by == VT_GROUP_FOLDER && value >= snapshot->folder_count) ||
        (by == VT_GROUP_CAMERA && value >= snapshot->camera_count && value != VT_GROUP_NO_CAMERA)) {
        return VT_INDEX_NO_ROW;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = vt_group_compare_values(snapshot, by, spans->values[middle], value);
        if ((backwards ? -order : order) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < spans->count && spans->values[low] == value ? low : VT_INDEX_NO_ROW;
}
