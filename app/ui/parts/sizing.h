/* How a widget takes room in a layout. UI thread only. */
#ifndef VT_UI_PARTS_SIZING_H
#define VT_UI_PARTS_SIZING_H

#include <qt6c/qscreen.h>
#include <qt6c/qsizepolicy.h>
#include <qt6c/qwidget.h>

/* QWidget::setSizePolicy(across, down), which is inline in Qt. */
static inline void vt_set_size_policy(QWidgetRef widget, QSizePolicy_Policy across, QSizePolicy_Policy down)
{
    QSizePolicy policy = {.horizontal_policy = across, .vertical_policy = down};
    q_widget_set_size_policy_policy(widget, policy);
}

/* Resizes a window beside the main one to this size, or to what the screen has room for: with large letters
   or on a small screen that is less. */
static inline void vt_resize_within_screen(QWidget *window, int width, int height)
{
    enum { SPARE = 60 /* title bar and frame */ };
    const QRect screen = q_screen_available_geometry(q_widget_screen(window));
    int most_wide = screen.x2 - screen.x1 + 1;
    int most_high = screen.y2 - screen.y1 + 1 - SPARE;
    q_widget_resize(window, width < most_wide ? width : most_wide, height < most_high ? height : most_high);
}

#endif
