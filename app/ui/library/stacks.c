#include "app/ui/library/stacks.h"

#include "app/ui/library/library_private.h"
#include "core/index/stacks.h"

#include <stdlib.h>
#include <string.h>

void vt_library_fold_stacks(vt_library *library, bool on)
{
    if (on != library->fold_stacks) {
        library->fold_stacks = on;
        if (!library->view || vt_snapshot_stack_count(vt_view_snapshot(library->view)) > 0) {
            vt_library_build_hurried(library);
        }
    }
}

void vt_library_act_on_whole_stacks(vt_library *library, bool on)
{
    library->whole_stacks = on;
}

bool vt_library_acts_on_whole_stacks(const vt_library *library)
{
    return library->whole_stacks;
}

void vt_library_keep_folders_whole(vt_library *library, bool on)
{
    if (on != library->whole_folders) {
        library->whole_folders = on;
        if (library->group == VT_GROUP_FOLDER) {
            vt_library_build_hurried(library);
        }
    }
}

bool vt_library_stack(const vt_library *library, int64_t row, vt_view_stack_info *info)
{
    if (row < 0 || row >= vt_library_count(library)) {
        return false;
    }
    uint32_t index_row = vt_library_index_row(library, row);
    if (vt_view_stack(library->view, index_row, info)) {
        return true;
    }
    const vt_snapshot *snapshot = vt_view_snapshot(library->view);
    uint32_t number = vt_snapshot_stack_of(snapshot, index_row, NULL);
    if (number == VT_INDEX_NO_STACK) {
        return false;
    }
    vt_index_stack stack = vt_snapshot_stack(snapshot, number);
    *info = (vt_view_stack_info){
        .id = stack.id, .front = index_row, .count = stack.count, .shown = 1, .open = false};
    return true;
}

/* Where `id` stands among those that are opened, or would stand. */
static uint32_t place_of(const vt_library *library, int64_t id)
{
    uint32_t low = 0;
    uint32_t high = library->open_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (library->open_stacks[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void vt_library_turn_stack(vt_library *library, int64_t id)
{
    if (!library->open_stacks) {
        library->open_stacks = calloc(VT_LIBRARY_STACKS_MAX, sizeof *library->open_stacks);
        if (!library->open_stacks) {
            return; /* it stays closed */
        }
    }
    uint32_t at = place_of(library, id);
    bool there = at < library->open_count && library->open_stacks[at] == id;
    if (!there && library->open_count == VT_LIBRARY_STACKS_MAX) {
        library->open_count = at = 0;
    }
    int64_t *place = library->open_stacks + at;
    size_t behind = library->open_count - at;
    if (there) {
        memmove(place, place + 1, (behind - 1) * sizeof *place);
        library->open_count--;
    } else {
        memmove(place + 1, place, behind * sizeof *place);
        *place = id;
        library->open_count++;
    }
    vt_library_build_hurried(library);
}

void vt_library_open_stacks(vt_library *library, bool open)
{
    library->open_count = 0;
    library->open_others = open;
    vt_library_build_hurried(library);
}

int64_t vt_library_item_count(const vt_library *library)
{
    return library->view ? (int64_t)vt_view_item_count(library->view) : 0;
}
