#include "app/ui/parts/wheel.h"

#include <qt6c/qevent.h>

/* The area behind the field takes what the field has left. */
static bool filter(QObject *self, QObject *watched, QEvent *event)
{
    (void)self;
    if (q_event_type(event) != QEvent_Wheel || q_widget_has_focus((QWidget *)watched)) {
        return false;
    }
    q_event_ignore(event);
    return true;
}

static const QObjectVirtuals scrolling_virtuals = {.event_filter = filter};
static qt_subclass scrolling_class = {
    .base = &qt_class_QObject, .virtuals = &scrolling_virtuals, .instance_size = sizeof(QObject)};

void vt_wheel_scrolls(QWidget *field)
{
    QObject *scrolling = qt_subclass_allocate(&scrolling_class);
    q_object_init(scrolling, field);
    qt_subclass_install(&scrolling_class, scrolling);
    q_widget_set_focus_policy(field, Qt_StrongFocus); /* the wheel gives no keyboard, either */
    q_object_install_event_filter(field, scrolling);
}
