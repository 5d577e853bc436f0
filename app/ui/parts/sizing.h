/* How a widget takes room in a layout. UI thread only. */
#ifndef VT_UI_PARTS_SIZING_H
#define VT_UI_PARTS_SIZING_H

#include <qt6c/qsizepolicy.h>
#include <qt6c/qwidget.h>

/* QWidget::setSizePolicy(across, down), which is inline in Qt. */
static inline void vt_set_size_policy(QWidgetRef widget, QSizePolicy_Policy across, QSizePolicy_Policy down)
{
    QSizePolicy policy = {.horizontal_policy = across, .vertical_policy = down};
    q_widget_set_size_policy_policy(widget, policy);
}

#endif
