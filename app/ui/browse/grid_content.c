/* What the cards of the grid say and show: of an item, or of a stack of them. */
#include "app/ui/browse/grid_private.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/index/stacks.h"

#include <stdio.h>

/* What is wrong with an item; NULL if nothing is. */
static const char *trouble_of(const vt_item_brief *item)
{
    switch (item->state) {
    case VT_ITEM_MISSING:
        return vt_tr("cards", "missing");
    case VT_ITEM_OFFLINE:
        return vt_tr("cards", "offline");
    case VT_ITEM_FAILED:
        return vt_tr("cards", "cannot be read");
    default:
        return NULL;
    }
}

/* A model can be drawn at any size. */
static uint32_t longest_side(const vt_item_brief *item)
{
    if (item->kind == VT_KIND_MODEL) {
        return UINT32_MAX;
    }
    return item->width > item->height ? item->width : item->height;
}

void vt_card_parts_free(vt_card_parts *parts)
{
    for (int i = 0; i < VT_CARD_CAPTIONS_MAX; i++) {
        vt_str_free(&parts->captions[i]);
    }
}

/* A number that changes when the card has to be configured anew, though it is the same item in the same
 * state.
 */
static uint64_t look_of(const vt_grid *grid, const vt_item_brief *item, vt_row_interval rows)
{
    uint64_t look =
        (uint64_t)item->rating << 8 | (uint64_t)item->label << 4 | (uint64_t)item->triangles << 12;
    vt_view_stack_info stack;
    if (vt_grid_stack(grid, rows.first, &stack)) {
        uint64_t what = (uint64_t)stack.id << 34 ^ (uint64_t)stack.shown << 18 ^ (uint64_t)stack.count << 2;
        look ^= (what | (stack.open ? 1 : 2)) * 0xbf58476d1ce4e5b9u;
    }
    look ^= grid->stacked ? (uint64_t)(rows.last - rows.first) * 0x9e3779b97f4a7c15u : 0;
    return look << 8 ^ grid->look ^ (uint64_t)grid->stacked;
}

/* A stack has the name of its folder and, behind its first picture, the next two. */
static void add_stack(vt_grid *grid, vt_row_interval rows, vt_card_parts *parts, vt_card_content *content)
{
    content->stack = true;
    vt_wording_count(parts->badge, sizeof parts->badge, rows.last - rows.first);
    for (int64_t i = 0; i < VT_CARD_BEHIND_MAX && rows.first + 1 + i < rows.last; i++) {
        if (!vt_library_tiny(grid->library, rows.first + 1 + i, &parts->behind[i])) {
            break;
        }
        content->behind[i] = &parts->behind[i];
    }
}

/* The card that stands for the stack tells how many items it has, and of them how many match the filter;
   while it is closed the others are seen behind. */
static void add_stack_by_hand(vt_grid *grid, uint32_t row, const vt_view_stack_info *stack,
                              vt_card_parts *parts, vt_card_content *content)
{
    char shown[16];
    char all[16];
    content->open = stack->open;
    if (stack->front != row) {
        return;
    }
    content->by_hand = true;
    vt_wording_count(all, sizeof all, stack->count);
    vt_wording_count(shown, sizeof shown, stack->shown);
    if (stack->shown < stack->count) {
        snprintf(parts->badge, sizeof parts->badge, "%s/%s", shown, all);
    } else {
        snprintf(parts->badge, sizeof parts->badge, "%s", all);
    }
    content->stack = !stack->open;
    enum { FEW = 16 }; /* of which some may have no tiny thumbnail yet */
    const vt_snapshot *snapshot = vt_view_snapshot(grid->view);
    vt_index_stack members = vt_snapshot_stack(snapshot, vt_snapshot_find_stack(snapshot, stack->id));
    int behind = 0;
    for (uint32_t i = 0; i < members.count && i < FEW && behind < VT_CARD_BEHIND_MAX; i++) {
        uint32_t member = vt_snapshot_stack_row(snapshot, members.first + i);
        if (member != row && vt_snapshot_tiny(snapshot, member, &parts->behind[behind])) {
            content->behind[behind] = &parts->behind[behind];
            behind++;
        }
    }
}

static void add_captions(vt_grid *grid, const vt_item_brief *item, vt_row_interval rows, vt_card_parts *parts,
                         vt_card_content *content)
{
    uint32_t row = vt_library_index_row(grid->library, rows.first);
    const vt_snapshot *snapshot = vt_view_snapshot(grid->view);
    const char *trouble = trouble_of(item);
    content->caption_count = (int)grid->captions.count;
    for (int i = 0; i < content->caption_count; i++) {
        vt_str *caption = &parts->captions[i];
        if (grid->stacked && i == 0) {
            vt_group_append_title(snapshot, VT_GROUP_FOLDER, vt_snapshot_folder_of(snapshot, row), vt_tr,
                                  caption);
        } else if (grid->stacked) {
            vt_tr_append_count(caption, "cards", "%n item", "%n items", rows.last - rows.first);
        } else if (i == 1 && trouble) {
            vt_str_append_cstr(caption, trouble);
        } else {
            vt_captions_append(&grid->captions, (size_t)i, snapshot, row, item, caption);
        }
        content->captions[i] = caption->length ? caption->data : "";
    }
}

vt_card_content vt_grid_card_identity(vt_grid *grid, int64_t number)
{
    vt_item_brief item;
    vt_row_interval rows = vt_grid_rows_of(grid, number);
    vt_library_item(grid->library, rows.first, &item);
    return (vt_card_content){.number = number,
                             .item = item.id,
                             .version = vt_item_version(&item),
                             .look = look_of(grid, &item, rows),
                             .state = item.state};
}

vt_card_content vt_grid_card_content(vt_grid *grid, int64_t number, vt_card_parts *parts)
{
    vt_item_brief item;
    vt_row_interval rows = vt_grid_rows_of(grid, number);
    vt_library_item(grid->library, rows.first, &item);
    vt_card_content content = vt_grid_card_identity(grid, number);
    *parts = (vt_card_parts){.captions = {VT_STR_INIT, VT_STR_INIT}};
    content.badge = parts->badge;
    content.kind = (vt_kind)item.kind;
    content.longest = longest_side(&item);
    content.rating = grid->stacked ? 0 : item.rating;
    content.label = grid->stacked ? 0 : item.label;
    content.missing = item.state == VT_ITEM_MISSING || item.state == VT_ITEM_OFFLINE;
    content.tiny = vt_library_tiny(grid->library, rows.first, &parts->tiny) ? &parts->tiny : NULL;
    if (grid->stacked) {
        add_stack(grid, rows, parts, &content);
    } else if (item.kind == VT_KIND_SEQUENCE) {
        vt_wording_count(parts->badge, sizeof parts->badge, (int64_t)item.triangles);
    }
    vt_view_stack_info stack;
    if (vt_grid_stack(grid, rows.first, &stack)) {
        add_stack_by_hand(grid, vt_library_index_row(grid->library, rows.first), &stack, parts, &content);
    }
    add_captions(grid, &item, rows, parts, &content);
    return content;
}

vt_picture_key vt_grid_picture_key(vt_grid *grid, int64_t number)
{
    vt_item_brief item;
    int64_t row = vt_grid_row_of(grid, number);
    vt_library_item(grid->library, row, &item);
    double ratio = q_paintdevice_device_pixel_ratio_f(q_abstractscrollarea_as_paintdevice(&grid->area));
    return (vt_picture_key){.item = item.id,
                            .version = vt_item_version(&item),
                            .row = vt_library_index_row(grid->library, row),
                            .side = (uint32_t)(grid->layout.picture * ratio)};
}
