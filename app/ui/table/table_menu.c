/* The menu of the header: orders by a column, which columns are shown, and how wide they are. */
#include "app/ui/parts/translate.h"
#include "app/ui/table/table_header.h"
#include "app/ui/table/table_private.h"

#include <qt6c/qaction.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qmenu.h>

#include <stdlib.h>

/* ---- layout ---- */

vt_table_layout vt_table_get_layout(vt_table *table)
{
    vt_table_layout layout = {0};
    for (int at = 0; at < vt_table_column_count(); at++) {
        int column = q_headerview_logical_index(table->header, at);
        bool hidden = q_headerview_is_section_hidden(table->header, column);
        if (hidden) { /* Qt tells its width only when it is shown */
            q_headerview_set_section_hidden(table->header, column, false);
        }
        layout.places[at] =
            (vt_table_place){column, q_headerview_section_size(table->header, column), !hidden};
        if (hidden) {
            q_headerview_set_section_hidden(table->header, column, true);
        }
    }
    return layout;
}

void vt_table_set_layout(vt_table *table, const vt_table_layout *layout)
{
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(&table->tall.view));
    int digit = q_fontmetrics_horizontal_advance(&metrics, "0");
    q_fontmetrics_fini(&metrics);
    for (int at = 0; at < vt_table_column_count(); at++) {
        const vt_table_place *place = &layout->places[at];
        int width = place->width ? place->width : vt_table_column_at(place->column)->width * digit;
        q_headerview_set_section_hidden(table->header, place->column, false);
        q_headerview_resize_section(table->header, place->column, width);
        q_headerview_move_section(table->header, q_headerview_visual_index(table->header, place->column), at);
        q_headerview_set_section_hidden(table->header, place->column, !place->is_shown);
    }
    vt_table_place_editor(table);
}

QByteArray vt_table_save_columns(vt_table *table)
{
    const vt_table_layout layout = vt_table_get_layout(table);
    vt_str words = VT_STR_INIT;
    vt_table_layout_write(&layout, &words);
    QByteArray bytes = qt_bytearray_from_bytes(words.data, words.length);
    vt_str_free(&words);
    return bytes;
}

void vt_table_restore_columns(vt_table *table, const QByteArray *state)
{
    const vt_table_layout layout = vt_table_layout_read(state->ptr ? state->ptr : "", (size_t)state->size);
    vt_table_set_layout(table, &layout);
}

static int count_shown(vt_table *table)
{
    return vt_table_column_count() - q_headerview_hidden_section_count(table->header);
}

/* The last one stays. */
static void show_column(vt_table *table, int column, bool shown)
{
    if (shown || count_shown(table) > 1) {
        q_headerview_set_section_hidden(table->header, column, !shown);
    }
}

/* What its rows in view and its title need, and never most of the window. */
static void fit_column(vt_table *table, int column)
{
    q_tableview_resize_column_to_contents(&table->tall.view, column);
    int most = q_widget_width(q_abstractscrollarea_viewport(&table->tall.view)) * 3 / 5;
    if (most >= VT_TABLE_WIDTH_MIN && q_headerview_section_size(table->header, column) > most) {
        q_headerview_resize_section(table->header, column, most);
    }
}

/* ---- what can be chosen ---- */

typedef enum choice {
    SORT_BY,
    SORT_BY_TOO,
    SORT_NOT_BY,
    HIDE,
    TURN,
    SHOW_ALL,
    FIT_ALL,
    RESET,
} choice;

typedef struct choice_user {
    vt_table *table;
    choice what;
    int column;
} choice_user;

static void sort_by(vt_table *table, int column, bool add)
{
    const vt_table_order order = vt_table_get_order(table);
    const vt_table_order clicked = vt_table_order_clicked(&order, vt_table_column_at(column)->key, add);
    vt_table_set_order(table, &clicked);
}

static void show_all(vt_table *table)
{
    for (int i = 0; i < vt_table_column_count(); i++) {
        show_column(table, i, true);
    }
}

static void fit_all(vt_table *table)
{
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (!q_headerview_is_section_hidden(table->header, i)) {
            fit_column(table, i);
        }
    }
}

static void choose(vt_table *table, choice what, int column)
{
    const vt_table_layout first = vt_table_layout_first();
    vt_table_order order = vt_table_get_order(table);
    switch (what) {
    case SORT_BY:
    case SORT_BY_TOO:
        sort_by(table, column, what == SORT_BY_TOO);
        break;
    case SORT_NOT_BY:
        order = vt_table_order_without(&order, vt_table_column_at(column)->key);
        vt_table_set_order(table, &order);
        break;
    case HIDE:
        show_column(table, column, false);
        break;
    case TURN:
        show_column(table, column, q_headerview_is_section_hidden(table->header, column));
        break;
    case SHOW_ALL:
        show_all(table);
        break;
    case FIT_ALL:
        fit_all(table);
        break;
    case RESET:
        vt_table_set_layout(table, &first);
        break;
    }
    vt_table_place_editor(table);
}

static void on_chosen(void *user, bool checked)
{
    (void)checked;
    const choice_user *of = user;
    choose(of->table, of->what, of->column);
}

static QAction *add(QMenu *menu, vt_table *table, choice what, int column, const char *text)
{
    QAction *action = q_action_new(text, menu);
    choice_user *user = malloc(sizeof *user);
    if (user) {
        *user = (choice_user){table, what, column};
        q_action_on_triggered_with(action, menu, on_chosen, user, &(qt_connect_options){.destroy = free});
    }
    q_widget_add_action(menu, action);
    return action;
}

static void add_with_title(QMenu *menu, vt_table *table, choice what, int column, const char *format)
{
    vt_str text = VT_STR_INIT;
    vt_tr_append_with(&text, "column", format, vt_tr("column", vt_table_column_at(column)->title));
    add(menu, table, what, column, text.data);
    vt_str_free(&text);
}

static void add_orders(QMenu *menu, vt_table *table, int column)
{
    const vt_table_order order = vt_table_get_order(table);
    int at = vt_table_order_find(&order, vt_table_column_at(column)->key);
    add_with_title(menu, table, SORT_BY, column, VT_TR_NOOP("column", "Sort by %1"));
    add_with_title(menu, table, SORT_BY_TOO, column, VT_TR_NOOP("column", "Then sort by %1"));
    if (at >= 0 && order.count > 1) {
        add_with_title(menu, table, SORT_NOT_BY, column, VT_TR_NOOP("column", "Do not sort by %1"));
    }
    q_menu_add_separator(menu);
    if (count_shown(table) > 1) {
        add_with_title(menu, table, HIDE, column, VT_TR_NOOP("column", "Hide %1"));
    }
}

static void on_hidden(void *user)
{
    q_object_delete_later(user);
}

void vt_table_menu(vt_table *table, int column, const QPoint *where)
{
    QMenu *menu = q_menu_new_empty(&table->tall.view);
    q_widget_set_accessible_name(menu, vt_tr("column", "Columns of the table"));
    if (column >= 0) {
        add_orders(menu, table, column);
    }
    add(menu, table, SHOW_ALL, -1, vt_tr("column", "Show all columns"));
    add(menu, table, FIT_ALL, -1, vt_tr("column", "Fit widths"));
    add(menu, table, RESET, -1, vt_tr("column", "Columns as at first"));
    q_menu_add_separator(menu);
    for (int at = 0; at < vt_table_column_count(); at++) {
        int of = q_headerview_logical_index(table->header, at);
        bool shown = !q_headerview_is_section_hidden(table->header, of);
        QAction *action = add(menu, table, TURN, of, vt_tr("column", vt_table_column_at(of)->title));
        q_action_set_checkable(action, true);
        q_action_set_checked(action, shown);
        q_action_set_enabled(action, !shown || count_shown(table) > 1);
    }
    q_menu_on_about_to_hide(menu, menu, on_hidden, menu);
    q_menu_popup(menu, where);
}

void vt_table_show_columns_menu(vt_table *table)
{
    QModelIndex current = q_abstractitemview_current_index(&table->tall.view);
    int column = q_modelindex_is_valid(&current) ? current.c : VT_TABLE_NAME_COLUMN;
    bool hidden = q_headerview_is_section_hidden(table->header, column);
    int x = hidden ? 0 : q_headerview_section_viewport_position(table->header, column);
    int width = q_widget_width(table->header);
    x = x < 0 ? 0 : x >= width ? width - 1 : x;
    QPoint corner = {x, q_widget_height(table->header)};
    QPoint where = q_widget_map_to_global_point(table->header, &corner);
    vt_table_menu(table, hidden ? -1 : column, &where);
}
