#include <qt6c/qt6c.h>

void show_what_is_a_widget(QWidget *widget, QLabel *label, QTableView *view);

void show_what_is_a_widget(QWidget *widget, QLabel *label, QTableView *view)
{
    q_widget_show(widget);
    q_widget_show(label);
    q_widget_show(view);
}
