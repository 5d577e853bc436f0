#include "app/ui/library/subject.h"

vt_subject vt_subject_of_library(vt_library *library, bool current_only)
{
    const vt_selection *selection = vt_library_selection(library);
    vt_subject subject = {.library = library, .current_only = current_only, .is_list = !current_only};
    bool has_current = selection->current >= 0 && selection->current < vt_library_count(library);
    if (has_current) {
        vt_item_brief item;
        vt_library_item(library, selection->current, &item);
        subject.item = item.id;
    }
    subject.count = current_only || selection->rows == 0 ? has_current : selection->rows;
    return subject;
}

uint64_t vt_subject_choices(const vt_subject *subject)
{
    return subject->library ? vt_library_choices(subject->library) : 0;
}

bool vt_subject_is_same(const vt_subject *one, uint64_t choices, const vt_subject *other,
                        uint64_t other_choices)
{
    return one->library == other->library && one->current_only == other->current_only &&
           one->item == other->item && one->count == other->count && choices == other_choices;
}

bool vt_subject_find(vt_library *library, int64_t id, vt_item_brief *item, vt_str *path)
{
    const vt_snapshot *snapshot = vt_library_snapshot(library);
    uint32_t row = id ? vt_snapshot_find(snapshot, id) : VT_INDEX_NO_ROW;
    bool found = row != VT_INDEX_NO_ROW && !vt_snapshot_removed(snapshot, row);
    if (found) {
        vt_snapshot_item(snapshot, row, item);
        vt_library_overlay(library, row, item);
        item->name = item->title = item->camera = "";
        item->name_length = item->title_length = item->camera_length = 0;
        if (path) {
            vt_snapshot_path(snapshot, row, path);
        }
    }
    vt_snapshot_release(snapshot);
    return found && !(path && path->failed);
}
