#include "app/ui/table/name_cell.h"

#include "app/ui/parts/paint.h"
#include "app/ui/table/mark_cell.h"

#include <qt6c/qmodelindex.h>
#include <qt6c/qstyleoptionviewitem.h>

enum { MARGIN = VT_CELL_MARGIN };

typedef struct name_cell {
    QStyledItemDelegate delegate; /* first */
    vt_library *library;
    vt_row_pictures *pictures;
    vt_cell_texts *texts;
    int side;
} name_cell;

/* The style leaves room for a decoration of that size, and draws none: there is no icon. */
static void init_option(const QStyledItemDelegate *self, QStyleOptionViewItem *option,
                        const QModelIndex *index)
{
    int side = ((const name_cell *)self)->side;
    q_styleditemdelegate_base_init_style_option(self, option, index);
    *q_styleoptionviewitem_field_features(option) |= QStyleOptionViewItem_HasDecoration;
    *q_styleoptionviewitem_field_decoration_size(option) = (QSize){side, side};
}

static void paint(const QStyledItemDelegate *self, QPainter *painter, const QStyleOptionViewItem *option,
                  const QModelIndex *index)
{
    const name_cell *cell = (const name_cell *)self;
    vt_cell_paint_text(cell->texts, painter, option, index, cell->side + MARGIN);
    QRect area = *q_styleoption_field_rect(option);
    bool fits = vt_paint_rect_width(area) >= cell->side + 2 * MARGIN;
    if (fits && index->r < vt_library_count(cell->library)) {
        QRect square = q_rect_make(area.x1 + MARGIN, area.y1, cell->side, vt_paint_rect_height(area));
        vt_row_pictures_paint(cell->pictures, cell->library, painter, square, index->r);
    }
    vt_cell_paint_focus(painter, option);
}

static const QStyledItemDelegateVirtuals cell_virtuals = {.paint = paint, .init_style_option = init_option};
static qt_subclass cell_class = {
    .base = &qt_class_QStyledItemDelegate, .virtuals = &cell_virtuals, .instance_size = sizeof(name_cell)};

QStyledItemDelegate *vt_name_cell_create(QObjectRef parent, vt_library *library, vt_row_pictures *pictures,
                                         vt_cell_texts *texts, int side)
{
    name_cell *cell = qt_subclass_allocate(&cell_class);
    q_styleditemdelegate_init(&cell->delegate, parent);
    qt_subclass_install(&cell_class, cell);
    cell->library = library;
    cell->pictures = pictures;
    cell->texts = texts;
    cell->side = side;
    return &cell->delegate;
}
