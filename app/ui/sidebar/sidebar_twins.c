#include "app/ui/sidebar/sidebar_private.h"

#include <qt6c/list.h>
#include <qt6c/qaction.h>
#include <qt6c/qcursor.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qmenu.h>
#include <qt6c/qmodelindex.h>

void vt_sidebar_on_twins(vt_sidebar *sidebar, vt_sidebar_twins_pressed pressed, void *user)
{
    sidebar->twins_pressed = pressed;
    sidebar->twins_user = user;
}

void vt_sidebar_tell_twins(vt_sidebar *sidebar, const char *text, int percent)
{
    vt_sidebar_model_set_note(sidebar->model, text, percent);
    q_widget_update(q_abstractscrollarea_viewport(&sidebar->tree->view));
}

void vt_sidebar_press_twins(vt_sidebar *sidebar, const QModelIndex *index)
{
    if (sidebar->twins_pressed && vt_sidebar_model_is_action(sidebar->model, index)) {
        QPoint at = q_cursor_pos();
        sidebar->twins_pressed(sidebar->twins_user, false, &at);
    }
}

bool vt_sidebar_keep_choice(vt_sidebar *sidebar, const QItemSelection *deselected)
{
    QItemSelectionModel *chosen = q_abstractitemview_selection_model(&sidebar->tree->view);
    QModelIndex current = q_itemselectionmodel_current_index(chosen);
    if (!vt_sidebar_model_is_action(sidebar->model, &current)) {
        return false;
    }
    sidebar->quiet = true;
    q_itemselectionmodel_select_itemselection_selectionflag(
        chosen, deselected, QItemSelectionModel_Select | QItemSelectionModel_Rows);
    sidebar->quiet = false;
    return true;
}

/* The key Return on the line, as a click. */
static void on_activated(void *user, const QModelIndex *index)
{
    vt_sidebar_press_twins(user, index);
}

/* The commands that the window gave the tree. */
static void show_commands(vt_sidebar *sidebar, const QModelIndex *index, const QPoint *at)
{
    QMenu *menu = q_menu_new_empty(&sidebar->tree->view);
    QList actions = q_widget_actions(&sidebar->tree->view);
    q_widget_set_attribute(menu, Qt_WA_DeleteOnClose);
    vt_sidebar_add_tag_menu(sidebar, menu, index);
    for (ptrdiff_t i = 0; i < actions.size; i++) {
        q_widget_add_action(menu, ((QAction **)actions.ptr)[i]);
    }
    qt_list_release(&actions, sizeof(QAction *));
    q_menu_popup(menu, at);
}

static void on_menu(void *user, const QPoint *pos)
{
    vt_sidebar *sidebar = user;
    vt_sidebar_section section;
    uint32_t row;
    QModelIndex index = q_abstractitemview_index_at(&sidebar->tree->view, pos);
    QPoint at = q_widget_map_to_global_point(q_abstractscrollarea_viewport(&sidebar->tree->view), pos);
    bool known = vt_sidebar_model_at(&index, &section, &row);
    if (known && section == VT_SIDEBAR_TWINS && sidebar->twins_pressed) {
        sidebar->twins_pressed(sidebar->twins_user, true, &at);
    } else {
        show_commands(sidebar, &index, &at);
    }
}

void vt_sidebar_prepare_twins(vt_sidebar *sidebar)
{
    q_widget_set_context_menu_policy(&sidebar->tree->view, Qt_CustomContextMenu);
    q_widget_on_custom_context_menu_requested(&sidebar->tree->view, &sidebar->splitter, on_menu, sidebar);
    q_abstractitemview_on_activated(&sidebar->tree->view, &sidebar->splitter, on_activated, sidebar);
}
