#include "app/ui/table/mark_cell.h"

#include "app/ui/parts/labels.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/stars.h"
#include "app/ui/parts/theme.h"
#include "app/ui/table/table_columns.h"
#include "app/ui/table/table_model.h"

#include <qt6c/qmodelindex.h>

#include <stdio.h>

enum { MARGIN = VT_CELL_MARGIN, STAR = 14, STEP = 18, DOT = 10 };

typedef struct mark_cell {
    QStyledItemDelegate delegate; /* first */
    vt_library *library;
    vt_cell_texts *texts;       /* NULL: no memory for them */
    const vt_star_hover *hover; /* of stars */
} mark_cell;

void vt_cell_paint_focus(QPainter *painter, const QStyleOptionViewItem *option)
{
    if (*q_styleoption_field_state(option) & QStyle_State_HasFocus) {
        QRect area = *q_styleoption_field_rect(option);
        vt_paint_round(painter, q_rect_adjusted(&area, 1, 1, -2, -2), 3, VT_PAINT_NO_FILL,
                       vt_theme_current()->accent);
    }
}

void vt_cell_paint_text(vt_cell_texts *texts, QPainter *painter, const QStyleOptionViewItem *option,
                        const QModelIndex *index, int indent)
{
    vt_cell_texts_paint(texts, painter, option, vt_table_model_text(index), indent,
                        vt_table_column_at(index->c)->is_number);
}

static void plain_paint(const QStyledItemDelegate *self, QPainter *painter,
                        const QStyleOptionViewItem *option, const QModelIndex *index)
{
    vt_cell_paint_text(((const mark_cell *)self)->texts, painter, option, index, 0);
    vt_cell_paint_focus(painter, option);
}

static bool item_at(const mark_cell *cell, const QModelIndex *index, vt_item_brief *item)
{
    bool is_there = index->r < vt_library_count(cell->library);
    if (is_there) {
        vt_library_item(cell->library, index->r, item);
    }
    return is_there;
}

/* ---- stars ---- */

int vt_star_cell_at(int x)
{
    int star = x < MARGIN - 2 ? 0 : (x - MARGIN + 2) / STEP + 1;
    return star >= 1 && star <= VT_STARS ? star : 0;
}

typedef struct star_looks {
    int rating, hovered; /* stars */
    bool marks_empty;    /* small dots where stars are not: the row can be rated */
    uint32_t fill, line, dot;
} star_looks;

static void draw_stars(QPainter *painter, QRect area, const void *data)
{
    const star_looks *looks = data;
    for (int star = 1; star <= VT_STARS; star++) {
        double x = area.x1 + (star - 1) * STEP;
        if (star <= looks->rating) {
            vt_star_paint(painter, x, area.y1, STAR, looks->fill, VT_PAINT_NO_LINE);
        } else if (star <= looks->hovered) {
            vt_star_paint(painter, x, area.y1, STAR, VT_PAINT_NO_FILL, looks->line);
        } else if (looks->marks_empty) {
            vt_paint_round(painter, q_rect_make((int)x + STAR / 2 - 1, area.y1 + STAR / 2 - 1, 3, 3), 1,
                           looks->dot, VT_PAINT_NO_LINE);
        }
    }
}

static void stars_paint(const QStyledItemDelegate *self, QPainter *painter,
                        const QStyleOptionViewItem *option, const QModelIndex *index)
{
    const mark_cell *cell = (const mark_cell *)self;
    const vt_theme *theme = vt_theme_current();
    vt_item_brief item;
    plain_paint(self, painter, option, index);
    if (!item_at(cell, index, &item)) {
        return;
    }
    int state = *q_styleoption_field_state(option);
    bool selected = state & QStyle_State_Selected;
    bool near_mouse = cell->hover->row == index->r;
    star_looks looks = {.rating = item.rating,
                        .hovered = near_mouse ? cell->hover->star : 0,
                        .marks_empty = selected || near_mouse,
                        .fill = selected ? theme->selection_text : theme->star,
                        .line = selected ? theme->selection_text : theme->muted,
                        .dot = selected ? theme->selection_text : theme->muted};
    if (looks.rating || looks.marks_empty) {
        QRect area = *q_styleoption_field_rect(option);
        QRect row = q_rect_make(area.x1 + MARGIN, area.y1 + (vt_paint_rect_height(area) - STAR) / 2,
                                VT_STARS * STEP, STAR + 2);
        char name[64];
        snprintf(name, sizeof name, "stars %d %d %d %06x", looks.rating, looks.hovered, looks.marks_empty,
                 looks.fill);
        q_painter_save(painter);
        q_painter_set_clip_rect_rect_clipoperation(painter, &area);
        vt_paint_kept(painter, row, name, draw_stars, &looks);
        q_painter_restore(painter);
    }
}

static QSize stars_size(const QStyledItemDelegate *self, const QStyleOptionViewItem *option,
                        const QModelIndex *index)
{
    QSize size = q_styleditemdelegate_base_size_hint(self, option, index);
    return (QSize){VT_STARS * STEP + 2 * MARGIN, size.ht};
}

/* ---- labels ---- */

static void label_option(const QStyledItemDelegate *self, QStyleOptionViewItem *option,
                         const QModelIndex *index)
{
    vt_item_brief item;
    q_styleditemdelegate_base_init_style_option(self, option, index);
    if (item_at((const mark_cell *)self, index, &item) && item.label) {
        *q_styleoptionviewitem_field_features(option) |= QStyleOptionViewItem_HasDecoration;
        *q_styleoptionviewitem_field_decoration_size(option) = (QSize){DOT, DOT};
    }
}

static void label_paint(const QStyledItemDelegate *self, QPainter *painter,
                        const QStyleOptionViewItem *option, const QModelIndex *index)
{
    const mark_cell *cell = (const mark_cell *)self;
    vt_item_brief item;
    const vt_label_info *label = item_at(cell, index, &item) ? vt_label_get(item.label) : NULL;
    vt_cell_paint_text(cell->texts, painter, option, index, label ? DOT + MARGIN : 0);
    vt_cell_paint_focus(painter, option);
    QRect area = *q_styleoption_field_rect(option);
    if (label && vt_paint_rect_width(area) >= DOT + 2 * MARGIN) {
        QRect dot = q_rect_make(area.x1 + MARGIN, area.y1 + (vt_paint_rect_height(area) - DOT) / 2, DOT, DOT);
        vt_paint_round(painter, dot, DOT / 2, label->rgb, VT_PAINT_NO_LINE);
    }
}

/* ---- making them ---- */

static const QStyledItemDelegateVirtuals star_virtuals = {.paint = stars_paint, .size_hint = stars_size};
static qt_subclass star_class = {
    .base = &qt_class_QStyledItemDelegate, .virtuals = &star_virtuals, .instance_size = sizeof(mark_cell)};
static const QStyledItemDelegateVirtuals label_virtuals = {.paint = label_paint,
                                                           .init_style_option = label_option};
static qt_subclass label_class = {
    .base = &qt_class_QStyledItemDelegate, .virtuals = &label_virtuals, .instance_size = sizeof(mark_cell)};
static const QStyledItemDelegateVirtuals plain_virtuals = {.paint = plain_paint};
static qt_subclass plain_class = {
    .base = &qt_class_QStyledItemDelegate, .virtuals = &plain_virtuals, .instance_size = sizeof(mark_cell)};

static QStyledItemDelegate *create(qt_subclass *class, QObjectRef parent, vt_library *library,
                                   vt_cell_texts *texts, const vt_star_hover *hover)
{
    mark_cell *cell = qt_subclass_allocate(class);
    q_styleditemdelegate_init(&cell->delegate, parent);
    qt_subclass_install(class, cell);
    cell->library = library;
    cell->texts = texts;
    cell->hover = hover;
    return &cell->delegate;
}

QStyledItemDelegate *vt_star_cell_create(QObjectRef parent, vt_library *library, vt_cell_texts *texts,
                                         const vt_star_hover *hover)
{
    return create(&star_class, parent, library, texts, hover);
}

QStyledItemDelegate *vt_label_cell_create(QObjectRef parent, vt_library *library, vt_cell_texts *texts)
{
    return create(&label_class, parent, library, texts, NULL);
}

QStyledItemDelegate *vt_plain_cell_create(QObjectRef parent, vt_library *library, vt_cell_texts *texts)
{
    return create(&plain_class, parent, library, texts, NULL);
}
