#include "app/ui/library/overlay.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    uint64_t number;
    uint64_t version; /* 0: not written yet */
    vt_edit_kind kind;
    int value;
    vt_edit_target *target; /* owned; NULL: `step` it is */
    vt_edit_step *step;     /* one reference */
    vt_change_direction direction;
} entry;

struct vt_overlay {
    entry entries[VT_OVERLAY_MAX]; /* the oldest first */
    size_t count;
};

vt_overlay *vt_overlay_create(void)
{
    return calloc(1, sizeof(vt_overlay));
}

static void drop(vt_overlay *overlay, size_t at)
{
    vt_edit_target_release(overlay->entries[at].target);
    vt_edit_step_release(overlay->entries[at].step);
    overlay->count--;
    memmove(overlay->entries + at, overlay->entries + at + 1, (overlay->count - at) * sizeof(entry));
}

void vt_overlay_free(vt_overlay *overlay)
{
    while (overlay && overlay->count) {
        drop(overlay, overlay->count - 1);
    }
    free(overlay);
}

static bool is_column(vt_edit_kind kind)
{
    return kind == VT_EDIT_RATING || kind == VT_EDIT_LABEL;
}

static void show(vt_edit_kind kind, int value, vt_item_brief *item)
{
    switch (kind) {
    case VT_EDIT_RATING:
        item->rating = (uint8_t)value;
        break;
    case VT_EDIT_LABEL:
        item->label = (uint8_t)value;
        break;
    default:
        break;
    }
}

static entry *append(vt_overlay *overlay, uint64_t number, vt_edit_kind kind)
{
    if (overlay->count == VT_OVERLAY_MAX || !is_column(kind)) {
        return NULL;
    }
    entry *fresh = &overlay->entries[overlay->count++];
    *fresh = (entry){.number = number, .kind = kind};
    return fresh;
}

bool vt_overlay_add(vt_overlay *overlay, uint64_t number, vt_edit_kind kind, int value,
                    vt_edit_target *target)
{
    entry *fresh = target ? append(overlay, number, kind) : NULL;
    if (!fresh) {
        vt_edit_target_release(target);
        return false;
    }
    fresh->value = value;
    fresh->target = target;
    return true;
}

bool vt_overlay_add_step(vt_overlay *overlay, uint64_t number, vt_edit_step *step,
                         vt_change_direction direction)
{
    entry *fresh = step->change ? append(overlay, number, step->kind) : NULL;
    if (!fresh) {
        return false;
    }
    fresh->step = vt_edit_step_retain(step);
    fresh->direction = direction;
    return true;
}

void vt_overlay_settle(vt_overlay *overlay, uint64_t number, uint64_t version)
{
    for (size_t i = 0; i < overlay->count; i++) {
        if (overlay->entries[i].number == number) {
            overlay->entries[i].version = version;
            if (version == 0) {
                drop(overlay, i);
            }
            return;
        }
    }
}

void vt_overlay_view_shown(vt_overlay *overlay, uint64_t version)
{
    for (size_t i = overlay->count; i-- > 0;) {
        if (overlay->entries[i].version && overlay->entries[i].version <= version) {
            drop(overlay, i);
        }
    }
}

void vt_overlay_apply(const vt_overlay *overlay, uint32_t row, vt_item_brief *item)
{
    for (size_t i = 0; i < overlay->count; i++) {
        const entry *at = &overlay->entries[i];
        int value = at->value;
        bool has = at->target ? vt_edit_target_contains(at->target, item->id, row)
                              : vt_change_number(at->step->change, at->direction, item->id, &value);
        if (has) {
            show(at->kind, value, item);
        }
    }
}

bool vt_overlay_is_empty(const vt_overlay *overlay)
{
    return overlay->count == 0;
}
