/*
 * The frame of a pane: a header with icon, title and buttons, and below it the content; instead of that a
 * page with progress while it loads (after a moment: what is quick does not flicker), a page with the reason
 * if it has failed, or one to choose what to show.
 *
 * A frame is used again for another pane. UI thread only; the content is lent.
 */
#ifndef VT_UI_PANES_PANE_FRAME_H
#define VT_UI_PANES_PANE_FRAME_H

#include "app/ui/panes/content.h"

#include <qt6c/qwidget.h>

/* Height of the header. */
#define VT_PANE_HEADER 30

typedef struct vt_pane_frame vt_pane_frame;

/* What a frame tells; all are set. Points are of the screen. */
typedef struct vt_pane_frame_ops {
    void (*pressed)(void *user, uint32_t pane);
    void (*dragged)(void *user, uint32_t pane, int x, int y);
    void (*dropped)(void *user, uint32_t pane, bool done, int x, int y);
    void (*menu)(void *user, uint32_t pane, int x, int y);
    void (*maximise)(void *user, uint32_t pane); /* or back */
    void (*close)(void *user, uint32_t pane);
    void (*retry)(void *user, uint32_t pane);
    void (*cancel)(void *user, uint32_t pane);
    void (*change)(void *user, uint32_t pane); /* something else is to be shown */
    void (*chosen)(void *user, uint32_t pane, const char *provider);
} vt_pane_frame_ops;

/* Made hidden. */
vt_pane_frame *vt_pane_frame_create(QWidgetRef parent, const vt_pane_frame_ops *ops, void *user);
QWidget *vt_pane_frame_widget(vt_pane_frame *frame);
/* The frame that a widget is, or is in; NULL: none. */
vt_pane_frame *vt_pane_frame_around(QWidget *widget);

uint32_t vt_pane_frame_pane(const vt_pane_frame *frame);
void *vt_pane_frame_user(const vt_pane_frame *frame); /* as it was created with */
/* Which pane it is of from now on; 0: of none, and it has no content then. */
void vt_pane_frame_set_pane(vt_pane_frame *frame, uint32_t pane);

/* Shows a content until the next call; its stage is followed by vt_pane_frame_refresh. */
void vt_pane_frame_show_content(vt_pane_frame *frame, vt_pane_content *content);
/* There is none, and why. */
void vt_pane_frame_show_error(vt_pane_frame *frame, const char *title, const vt_error *error);
/* The page to choose from. */
void vt_pane_frame_show_choice(vt_pane_frame *frame);
/* The content has another stage, progress or title. */
void vt_pane_frame_refresh(vt_pane_frame *frame);

/* It has the keyboard, or would; is the only one seen in its window; shares its selection under a number; is
   in a group ("": none). */
void vt_pane_frame_set_focused(vt_pane_frame *frame, bool focused);
void vt_pane_frame_set_maximised(vt_pane_frame *frame, bool maximised);
void vt_pane_frame_set_marks(vt_pane_frame *frame, unsigned link, const char *group);
/* The keyboard to what it shows. */
void vt_pane_frame_take_keyboard(vt_pane_frame *frame);
/* Icons in the colours of the theme. */
void vt_pane_frame_set_theme(vt_pane_frame *frame);

#endif
