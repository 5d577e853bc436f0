/* The pointer over the grid: the card below it plays or turns, one at a time. */
#include "app/ui/browse/grid_private.h"

#include "core/base/str.h"

#include <qt6c/qevent.h>
#include <qt6c/qmouseevent.h>

static vt_card *hovered_card(vt_grid *grid)
{
    vt_card *card = grid->hovered >= 0 ? grid->cards[grid->hovered % VT_GRID_CARDS_MAX] : NULL;
    return card && vt_card_number(card) == grid->hovered && vt_card_item(card) == vt_hover_item(grid->hover)
               ? card
               : NULL;
}

void vt_grid_show_moving(void *user, const QPixmap *picture)
{
    vt_grid *grid = user;
    vt_card *card = hovered_card(grid);
    if (card) {
        vt_card_set_moving(card, picture);
        grid->figures.moved++;
    }
}

void vt_grid_end_hover(vt_grid *grid)
{
    vt_card *card = hovered_card(grid);
    if (card) {
        vt_card_rest(card);
    }
    vt_hover_end(grid->hover);
    grid->hovered = -1;
}

static void begin_hover(vt_grid *grid, int64_t number)
{
    int64_t row = vt_grid_row_of(grid, number);
    vt_item_brief item;
    vt_library_item(grid->library, row, &item);
    grid->hovered = number;
    if (grid->stacked || item.state != VT_ITEM_OK || !vt_hover_moves((vt_kind)item.kind)) {
        return;
    }
    vt_str path = VT_STR_INIT;
    vt_library_path(grid->library, row, &path);
    double ratio = q_paintdevice_device_pixel_ratio_f(q_abstractscrollarea_as_paintdevice(&grid->area));
    if (!path.failed) {
        vt_hover_begin(grid->hover, &(vt_hover_subject){.item = item.id,
                                                        .path = path.data,
                                                        .kind = (vt_kind)item.kind,
                                                        .side = (uint32_t)(grid->layout.picture * ratio),
                                                        .ratio = ratio});
    }
    vt_str_free(&path);
}

void vt_grid_hover(vt_grid *grid, QMouseEvent *event)
{
    QPointF at = q_singlepointevent_position(event);
    int64_t number = -1;
    if ((int)q_singlepointevent_buttons(event) == 0 && !vt_grid_is_header(grid, (int)at.yp)) {
        number = vt_grid_layout_item_at(&grid->layout, (int)at.xp, (int64_t)at.yp + grid->scroll);
    }
    if (number != grid->hovered) {
        vt_grid_end_hover(grid);
        if (number >= 0) {
            begin_hover(grid, number);
        }
    }
    if (number >= 0) {
        vt_grid_cell cell = vt_grid_layout_cell(&grid->layout, number);
        vt_hover_move(grid->hover, (at.xp - cell.x) / cell.width);
    }
}

bool vt_grid_viewport_event(QAbstractScrollArea *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_Leave) {
        vt_grid_end_hover((vt_grid *)self);
    }
    return q_abstractscrollarea_base_viewport_event(self, event);
}
