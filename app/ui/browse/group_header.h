/*
 * The header of a group: a chevron, a box that selects the group, what it is called, and how many items it
 * has. Painted by the grid among its cards, and once more as the widget that sticks to the top.
 *
 * UI thread only.
 */
#ifndef VT_UI_BROWSE_GROUP_HEADER_H
#define VT_UI_BROWSE_GROUP_HEADER_H

#include "app/ui/library/selection.h"

#include <qt6c/qpainter.h>
#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_group_header vt_group_header;

/* Text is UTF-8, fit for display, and borrowed. */
typedef struct vt_group_header_content {
    const char *title;
    const char *detail; /* where a folder lies; "" for nothing */
    int64_t count;      /* items; -1: not to be told */
    vt_selection_share selected;
    bool collapsed;
    bool leads_back; /* of a stack that is open: an arrow instead of a chevron */
    bool current;    /* it hides the current item */
} vt_group_header_content;

/* Pixels, from the application's font. */
int vt_group_header_height(void);

void vt_group_header_paint(QPainter *painter, QRect area, const vt_group_header_content *content);

/* True if a click at x, from the left of the header, means its box. */
bool vt_group_header_is_box(int x);

/* The widget; hidden at first. Presses pass through to `parent`, which owns it. */
vt_group_header *vt_group_header_create(QWidgetRef parent);
QWidget *vt_group_header_widget(vt_group_header *header);
/* Copies the text; repaints if anything is new. */
void vt_group_header_set(vt_group_header *header, const vt_group_header_content *content);

#endif
