#include <qt6c/qt6c.h>

void show_a_timer(QTimer *timer);

void show_a_timer(QTimer *timer)
{
    q_widget_show(timer);
}
