/*
 * How the table paints what is no plain text: stars of a rating, the dot of a label beside its name; and the
 * frame around the cell that has the keyboard. UI thread only.
 */
#ifndef VT_UI_TABLE_MARK_CELL_H
#define VT_UI_TABLE_MARK_CELL_H

#include "app/ui/library/library.h"
#include "app/ui/table/cell_texts.h"

#include <qt6c/qstyleditemdelegate.h>
#include <qt6c/qstyleoptionviewitem.h>

/* The star below the mouse; -1: none. Belongs to the table. */
typedef struct vt_star_hover {
    int64_t row; /* of the view */
    int star;    /* 1 to VT_STARS */
} vt_star_hover;

/* A star's number (1 to VT_STARS) at `x` pixels from the left of a cell, 0 if there is none. */
int vt_star_cell_at(int x);

/* Delegates; `parent` owns them, the others are borrowed, `texts` may be NULL. The last paints any other
   cell. They are for a vt_table_model. */
QStyledItemDelegate *vt_star_cell_create(QObjectRef parent, vt_library *library, vt_cell_texts *texts,
                                         const vt_star_hover *hover);
QStyledItemDelegate *vt_label_cell_create(QObjectRef parent, vt_library *library, vt_cell_texts *texts);
QStyledItemDelegate *vt_plain_cell_create(QObjectRef parent, vt_library *library, vt_cell_texts *texts);

/* For delegates of others: background and text, `indent` as in vt_cell_texts_paint. */
void vt_cell_paint_text(vt_cell_texts *texts, QPainter *painter, const QStyleOptionViewItem *option,
                        const QModelIndex *index, int indent);

/* For delegates of others: the frame, if this cell has the keyboard. */
void vt_cell_paint_focus(QPainter *painter, const QStyleOptionViewItem *option);

#endif
