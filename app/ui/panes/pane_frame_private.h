/* Private to the frame of a pane: its fields, shared by its files. */
#ifndef VT_UI_PANES_PANE_FRAME_PRIVATE_H
#define VT_UI_PANES_PANE_FRAME_PRIVATE_H

#include "app/ui/panes/pane_chooser.h"
#include "app/ui/panes/pane_frame.h"
#include "app/ui/panes/pane_notice.h"

#include <qt6c/qtimer.h>
#include <qt6c/qtoolbutton.h>

enum { VT_PANE_BUTTONS = 3 };

struct vt_pane_frame {
    QWidget widget; /* first */
    uint32_t pane;
    const vt_pane_frame_ops *ops;
    void *user;
    vt_pane_content *content; /* lent; NULL: the chooser or the notice is shown */
    QWidget *body;            /* what is shown below the header; NULL: nothing */
    vt_pane_notice *notice;   /* made when first needed, like the next */
    vt_pane_chooser *chooser;
    QTimer *delay;                         /* runs before progress is shown */
    QToolButton *buttons[VT_PANE_BUTTONS]; /* menu, maximise, close */
    QString title;                         /* owned; what the header says */
    vt_str name;                           /* the same in UTF-8, of the content alone */
    vt_icon icon;
    unsigned link;
    QString group; /* owned */
    bool focused, maximised, pressed, dragging, delayed;
    QPoint start; /* of the screen, while the header is pressed */
};

/* pane_header.c */
extern const QWidgetVirtuals vt_pane_frame_virtuals;
void vt_pane_frame_make_buttons(vt_pane_frame *frame);
void vt_pane_frame_name_buttons(vt_pane_frame *frame);
/* Header and body where the size has them. */
void vt_pane_frame_arrange(vt_pane_frame *frame);

#endif
