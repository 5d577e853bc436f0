#include "app/ui/performance/performance_window.h"

#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qvboxlayout.h>

enum { WIDTH = 1080, HEIGHT = 760 };

QDialog *vt_performance_window_create(QWidgetRef parent, vt_performance *performance)
{
    QDialog *window = q_dialog_new(parent);
    q_widget_set_window_title(window, vt_tr("performance", "Performance"));
    QVBoxLayout *layout = q_vboxlayout_new_widget(window);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    vt_performance_view *view = vt_performance_view_create(window, performance);
    q_boxlayout_add_widget(layout, vt_performance_view_widget(view));
    vt_resize_within_screen((QWidget *)window, WIDTH, HEIGHT);
    return window;
}
