/* The menu of items in panes that show one: the same as elsewhere, but on a click of the right button, for
   with that held models are moved. */
#include "app/ui/panes/pane_look.h"

#include <qt6c/qkeyevent.h>
#include <qt6c/qmenu.h>

void vt_pane_look_show_menu(void *user, QPoint at)
{
    const vt_pane_look *look = user;
    QList actions = q_widget_actions(look->content.widget);
    if (actions.size > 0) { /* what cannot be done while it is loading is grey */
        QMenu *menu = q_menu_new_empty(look->content.widget);
        q_widget_set_attribute(menu, Qt_WA_DeleteOnClose);
        q_widget_add_actions(menu, &actions);
        q_menu_popup(menu, &at);
        vt_log_write(&look->content.context->log, VT_LOG_DEBUG, "pane: menu of %s", look->content.type->name);
    }
    qt_list_release(&actions, sizeof(QAction *));
}

static void show_in_middle(vt_pane_look *look)
{
    const QWidget *widget = look->content.widget;
    const QPoint middle = {q_widget_width(widget) / 2, q_widget_height(widget) / 2};
    vt_pane_look_show_menu(look, q_widget_map_to_global_point(widget, &middle));
}

bool vt_pane_look_menu_key(vt_pane_look *look, QKeyEvent *event)
{
    int key = q_keyevent_key(event);
    bool shift = ((int)q_inputevent_modifiers(event) & Qt_ShiftModifier) != 0;
    bool asks = key == Qt_Key_Menu || (key == Qt_Key_F10 && shift);
    if (asks) {
        show_in_middle(look);
    }
    return asks;
}

void vt_pane_look_context_menu(vt_pane_look *look, QContextMenuEvent *event)
{
    if (q_contextmenuevent_reason(event) == QContextMenuEvent_Keyboard) { /* else the click is waited for */
        show_in_middle(look);
    }
    q_event_accept(event);
}
