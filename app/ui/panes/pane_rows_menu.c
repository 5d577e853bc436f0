#include "app/ui/panes/pane_rows_menu.h"

#include "app/ui/keys/keys.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qaction.h>
#include <qt6c/qmenu.h>
#include <qt6c/qmodelindex.h>

#include <stdlib.h>

typedef enum choice { COPY_ROWS, COPY_VALUE, SELECT_ALL } choice;

/* Of one action; the content that `user` is outlives its view, and that the menu. */
typedef struct choice_user {
    QTableView *view;
    const vt_pane_rows_ops *ops;
    void *user;
    choice what;
    size_t row, column;
} choice_user;

static void on_chosen(void *user, bool checked)
{
    (void)checked;
    const choice_user *of = user;
    switch (of->what) {
    case COPY_ROWS:
        of->ops->copy(of->user);
        break;
    case COPY_VALUE:
        if (of->row < of->ops->rows(of->user) && of->column < of->ops->columns(of->user)) {
            of->ops->copy_value(of->user, of->row, of->column); /* the rows may have changed meanwhile */
        }
        break;
    case SELECT_ALL:
        q_abstractitemview_select_all(of->view);
        break;
    }
}

/* `key`, NULL: none, is shown only: the view itself listens to it (pane_rows.c). */
static void add(QMenu *menu, const choice_user *what, const char *text, const char *key, bool enabled)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_cstr(&line, text);
    if (key) {
        vt_str_append_cstr(&line, "\t");
        vt_keys_append_shown(key, &line);
    }
    QAction *action = q_action_new(line.failed ? text : line.data, menu);
    vt_str_free(&line);
    choice_user *user = malloc(sizeof *user);
    if (user) {
        *user = *what;
        q_action_on_triggered_with(action, menu, on_chosen, user, &(qt_connect_options){.destroy = free});
    }
    q_action_set_enabled(action, enabled && user);
    q_widget_add_action(menu, action);
}

/* "Copy “Nikon D70”": which one is meant is seen. */
static void add_value(QMenu *menu, choice_user of)
{
    enum { SHOWN_MAX = 40 };
    vt_str value = VT_STR_INIT, text = VT_STR_INIT;
    of.what = COPY_VALUE;
    of.ops->cell(of.user, of.row, of.column, &value);
    if (value.length > SHOWN_MAX) {
        value.length = vt_utf8_cut(value.data, SHOWN_MAX);
        vt_str_append_cstr(&value, "\u2026");
    }
    for (size_t i = 0; i < value.length; i++) { /* would underline the next letter */
        value.data[i] = value.data[i] == '&' || value.data[i] == '\n' ? ' ' : value.data[i];
    }
    vt_tr_append_with(&text, "panes", "Copy \u201c%1\u201d", value.length ? value.data : "");
    add(menu, &of, text.failed ? "" : text.data, NULL, true);
    vt_str_free(&value);
    vt_str_free(&text);
}

/* Where the cell is that a key asks for. */
static QPoint corner_of(const QTableView *view, const QModelIndex *index)
{
    const QRect cell = q_abstractitemview_visual_rect(view, index);
    const QPoint corner = {cell.x1 > 0 ? cell.x1 : 0, cell.y2 > 0 ? cell.y2 : 0};
    return q_widget_map_to_global_point(q_abstractscrollarea_viewport(view), &corner);
}

void vt_pane_rows_show_menu(vt_pane_rows *rows, const vt_pane_rows_ops *ops, void *user,
                            const QContextMenuEvent *event)
{
    QTableView *view = vt_pane_rows_view(rows);
    bool by_key = q_contextmenuevent_reason(event) == QContextMenuEvent_Keyboard;
    QModelIndex at = by_key ? q_abstractitemview_current_index(view)
                            : q_abstractitemview_index_at(view, q_contextmenuevent_pos(event));
    QPoint where = by_key ? corner_of(view, &at) : *q_contextmenuevent_global_pos(event);
    choice_user of = {view, ops, user, COPY_ROWS, 0, 0};
    QMenu *menu = q_menu_new_empty(view);
    q_widget_set_attribute(menu, Qt_WA_DeleteOnClose);
    q_widget_set_accessible_name(menu, vt_tr("panes", "Menu of rows"));
    bool any = ops->rows(user) > 0;
    add(menu, &of, ops->title ? vt_tr("panes", "Copy rows") : vt_tr("panes", "Copy lines"), "Ctrl+C", any);
    if (ops->copy_value && q_modelindex_is_valid(&at)) {
        of.row = (size_t)at.r;
        of.column = (size_t)at.c;
        add_value(menu, of);
    }
    of.what = SELECT_ALL;
    add(menu, &of, vt_tr("panes", "Select all"), "Ctrl+A", any);
    if (ops->are_items && ops->are_items(user)) {
        QList actions = q_widget_actions(view);
        q_menu_add_separator(menu);
        q_widget_add_actions(menu, &actions);
        qt_list_release(&actions, sizeof(QAction *));
    }
    q_menu_popup(menu, &where);
}
