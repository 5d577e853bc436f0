/* The bar: add a folder, cards or table, the filter box, order, groups and size. */
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/table/table_order.h"
#include "app/ui/window/window_private.h"

#include "core/base/clock.h"

#include <qt6c/qtoolbutton.h>

#include <stdio.h>
#include <stdlib.h>

enum {
    FILTER_PAUSE_MS = 120, /* after the last key ... */
    FILTER_QUICK_MS = 5,   /* ... but at once if the last filter was this quick */
    SIDE_MIN = 64,
    SIDE_MAX = 512
};

/* Orders offered in the box; the table's header offers one for each column. */
static const struct {
    vt_sort_key key;
    const char *text;
} orders[] = {
    {VT_SORT_PATH, VT_TR_NOOP("order", "Folder")},   {VT_SORT_NAME, VT_TR_NOOP("order", "Name")},
    {VT_SORT_DATE, VT_TR_NOOP("order", "Date")},     {VT_SORT_SIZE, VT_TR_NOOP("order", "File size")},
    {VT_SORT_PIXELS, VT_TR_NOOP("order", "Pixels")}, {VT_SORT_TRIANGLES, VT_TR_NOOP("order", "Triangles")},
    {VT_SORT_KIND, VT_TR_NOOP("order", "Kind")},     {VT_SORT_ID, VT_TR_NOOP("order", "Order of arrival")},
    {VT_SORT_ALBUM, VT_TR_NOOP("order", "Album")}}; /* the last: it has one direction */

enum { ORDER_COUNT = sizeof orders / sizeof *orders, CHOICE_COUNT = 2 * ORDER_COUNT - 1 };

/* ---- filter ---- */

static void apply_filter(void *user)
{
    vt_window *window = user;
    q_timer_stop(window->filter_pause);
    char *text = q_lineedit_text(window->filter);
    if (text) {
        vt_library_set_filter(window->library, text);
    }
    free(text);
}

static void on_filter_edited(void *user, const QString *text)
{
    (void)text;
    vt_window *window = user;
    char *now = q_lineedit_text(window->filter);
    vt_sidebar_filter_edited(window->sidebar, now ? now : "");
    vt_window_group_duplicates(window, now ? now : "");
    free(now);
    if (vt_library_build_time(window->library) < FILTER_QUICK_MS * VT_NS_PER_MS) {
        apply_filter(window);
    } else {
        q_timer_start(window->filter_pause);
    }
}

static const vt_tally *counted(void *user)
{
    return vt_sidebar_tally(((vt_window *)user)->sidebar);
}

static const vt_saved_filters *saved_filters(void *user)
{
    return vt_sidebar_saved(((vt_window *)user)->sidebar);
}

static void leave_filter(void *user)
{
    vt_window *window = user;
    q_widget_set_focus(window->viewer_open ? vt_viewer_widget(window->viewer)
                                           : q_stackedwidget_current_widget(window->contents));
}

static void make_filter(vt_window *window)
{
    window->filter_box =
        vt_filter_box_create(vt_window_widget(window), window->library, window->context.view_executor,
                             &(vt_filter_box_ops){counted, saved_filters, leave_filter, window},
                             window->context.use_settings, window->context.log);
    window->filter = vt_filter_box_edit(window->filter_box);
    q_lineedit_set_placeholder_text(
        window->filter, vt_tr("window", "Filter: words, kind:model, width>4000, size>1m, -draft \u2026"));
    q_lineedit_set_clear_button_enabled(window->filter, true);
    q_widget_set_accessible_name(window->filter, vt_tr("window", "Filter"));
    q_widget_set_tool_tip(window->filter,
                          vt_tr("window", "Words match names, folders, tags and titles. Also:\n"
                                          "kind:image  kind:model  format:png  folder:holiday\n"
                                          "tag:car  album:\"My trip\"  camera:X100  label:red  rating>=3\n"
                                          "width>4000  height<=800  size>1m  triangles>1m\n"
                                          "date:2024-05..2025  watertight:no  missing:yes  offline:yes\n"
                                          "\"two words\"  -without  this or that  (brackets)"));
    q_widget_set_minimum_width(window->filter, 260);
    vt_set_size_policy(window->filter, QSizePolicy_Expanding, QSizePolicy_Fixed);
    window->filter_pause = q_timer_new(&window->main);
    q_timer_set_single_shot(window->filter_pause, true);
    q_timer_set_interval(window->filter_pause, FILTER_PAUSE_MS);
    q_timer_on_timeout(window->filter_pause, &window->main, apply_filter, window);
    q_lineedit_on_text_changed(window->filter, &window->main, on_filter_edited, window);
    q_lineedit_on_return_pressed(window->filter, &window->main, apply_filter, window);
}

/* ---- order ---- */

static void on_order_chosen(void *user, int index)
{
    vt_window *window = user;
    if (!window->changing_sort && index >= 0 && index < CHOICE_COUNT) {
        vt_library_set_sort(window->library, orders[index / 2].key, index % 2 == 1);
        vt_window_show_sort(window); /* without an album its order is none */
    }
}

void vt_window_show_sort(vt_window *window)
{
    bool descending = false;
    vt_sort_key key = vt_library_sort_key(window->library, &descending);
    window->changing_sort = true;
    int index = -1;
    for (int i = 0; i < ORDER_COUNT; i++) {
        if (orders[i].key == key) {
            index = 2 * i + descending;
        }
    }
    vt_table_order order;
    vt_str words = VT_STR_INIT;
    order.count = vt_library_sorts(window->library, order.sorts);
    vt_table_order_say(&order, &words);
    q_combobox_set_placeholder_text(window->sort, words.data); /* seen where no entry says it all */
    q_combobox_set_current_index(window->sort, order.count > 1 ? -1 : index);
    vt_str_clear(&words);
    vt_str_append_cstr(&words, vt_tr("window", "Order"));
    vt_str_append_cstr(&words, ": ");
    vt_table_order_say(&order, &words);
    q_widget_set_tool_tip(window->sort, words.data);
    vt_str_free(&words);
    window->changing_sort = false;
}

static void make_order(vt_window *window)
{
    window->sort = q_combobox_new(&window->main);
    char names[CHOICE_COUNT][64];
    const char *texts[CHOICE_COUNT];
    for (int i = 0; i < CHOICE_COUNT; i++) {
        const char *arrow = orders[i / 2].key == VT_SORT_ALBUM ? "" : i % 2 ? " \u2193" : " \u2191";
        snprintf(names[i], sizeof names[i], "%s%s", vt_tr("order", orders[i / 2].text), arrow);
        texts[i] = names[i];
    }
    QList list = qt_string_list_from(texts, CHOICE_COUNT);
    q_combobox_add_items(window->sort, &list);
    qt_string_list_release(&list);
    q_widget_set_accessible_name(window->sort, vt_tr("window", "Order"));
    q_widget_set_tool_tip(window->sort, vt_tr("window", "Order"));
    q_widget_set_focus_policy(window->sort, Qt_TabFocus);
    q_combobox_on_activated(window->sort, &window->main, on_order_chosen, window);
}

/* ---- size of the cards ---- */

static void on_size(void *user, int value)
{
    vt_grid_set_picture_side(((vt_window *)user)->grid, value);
}

static void make_size(vt_window *window)
{
    window->size = q_slider_new(Qt_Horizontal, &window->main);
    q_abstractslider_set_range(window->size, SIDE_MIN, SIDE_MAX);
    q_abstractslider_set_single_step(window->size, 16);
    q_abstractslider_set_page_step(window->size, 64);
    q_abstractslider_set_value(window->size, vt_grid_picture_side(window->grid));
    q_widget_set_fixed_width(window->size, 120);
    q_widget_set_accessible_name(window->size, vt_tr("window", "Size of the cards"));
    q_widget_set_tool_tip(window->size, vt_tr("window", "Size of the cards (Ctrl and the wheel)"));
    q_widget_set_focus_policy(window->size, Qt_TabFocus);
    q_abstractslider_on_value_changed(window->size, &window->main, on_size, window);
}

/* ---- the bar ---- */

static void add_gap(vt_window *window, int width)
{
    QWidget *gap = q_widget_new(window->bar);
    q_widget_set_fixed_width(gap, width);
    q_toolbar_add_widget(window->bar, gap);
}

void vt_window_make_bar(vt_window *window)
{
    window->bar = q_mainwindow_add_tool_bar_string(&window->main, vt_tr("window", "Tools"));
    q_object_set_object_name((QObject *)window->bar, "tools"); /* for the session */
    q_toolbar_set_movable(window->bar, false);
    q_toolbar_set_floatable(window->bar, false);
    q_toolbar_set_icon_size(window->bar, &(QSize){20, 20});
    q_widget_set_context_menu_policy(window->bar, Qt_PreventContextMenu);
    q_widget_add_action(window->bar, window->actions[VT_COMMAND_ADD_FOLDER]);
    q_toolbar_add_separator(window->bar);
    q_widget_add_action(window->bar, window->actions[VT_COMMAND_BROWSE]);
    q_widget_add_action(window->bar, window->actions[VT_COMMAND_TABLE]);
    q_widget_add_action(window->bar, window->actions[VT_COMMAND_WORKSPACE]);
    make_filter(window);
    make_order(window);
    vt_window_make_group_box(window);
    make_size(window);
    add_gap(window, 8);
    q_toolbar_add_widget(window->bar, window->filter);
    add_gap(window, 8);
    q_toolbar_add_widget(window->bar, window->sort);
    add_gap(window, 8);
    q_toolbar_add_widget(window->bar, window->group);
    add_gap(window, 8);
    q_toolbar_add_widget(window->bar, window->size);
    add_gap(window, 4);
}
