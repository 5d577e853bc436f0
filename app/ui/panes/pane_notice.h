/*
 * What a pane shows instead of its content: that it is loading, how far that is, and Cancel; or why it shows
 * nothing, and what to do. It fits into narrow panes, and is one row in low ones. UI thread only.
 */
#ifndef VT_UI_PANES_PANE_NOTICE_H
#define VT_UI_PANES_PANE_NOTICE_H

#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_pane_notice vt_pane_notice;

typedef struct vt_pane_notice_ops {
    void (*cancel)(void *user);
    void (*retry)(void *user);
    void (*change)(void *user);
    void *user;
} vt_pane_notice_ops;

/* `parent` owns it; `ops` is copied. Made hidden. */
vt_pane_notice *vt_pane_notice_create(QWidgetRef parent, const vt_pane_notice_ops *ops);
QWidget *vt_pane_notice_widget(vt_pane_notice *notice);

/* `progress` 0 to 1, negative: unknown; `cancel`: it can be. */
void vt_pane_notice_load(vt_pane_notice *notice, double progress, bool cancel);
/* `retry`: it may go better. */
void vt_pane_notice_fail(vt_pane_notice *notice, const char *reason, bool retry);

#endif
