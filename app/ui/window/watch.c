#include "app/ui/window/watch.h"

#include "app/ui/browse/card.h"
#include "app/ui/table/table_columns.h"
#include "app/ui/window/window_private.h"
#include "core/base/str.h"

#include <qt6c/qabstractbutton.h>
#include <qt6c/qapplication.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qmetaobject.h>
#include <qt6c/qtooltip.h>

#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 50 };

typedef struct watch {
    vt_window *window;
    vt_str places, columns, status, cards, rows, keyboard; /* as told last */
} watch;

/* ---- words ---- */

/* What a screen reader calls it; "" for what has no name. free(). */
static char *name_of(QWidget *widget)
{
    char *name = q_widget_accessible_name(widget);
    if (name && *name) {
        return name;
    }
    free(name);
    if (q_object_inherits(widget, "QAbstractButton")) {
        return q_abstractbutton_text((QAbstractButton *)widget);
    }
    return q_object_inherits(widget, "QDialog") ? q_widget_window_title(widget) : NULL;
}

static void add_place(vt_str *text, const char *name, QWidget *widget, int x, int width)
{
    QPoint corner = q_widget_map_to_global_point(widget, &(QPoint){x, 0});
    vt_str_appendf(text, "place: %s: x=%d y=%d w=%d h=%d\n", name, corner.xp, corner.yp, width,
                   q_widget_height(widget));
}

/* Those that stand in for another have its name. */
static bool takes_focus(QWidget *widget)
{
    return q_widget_focus_policy(widget) != Qt_NoFocus && !q_widget_focus_proxy(widget);
}

/* What can have the keyboard and has no name: a screen reader would say nothing of it. */
static void add_unnamed(vt_str *text, QWidget *widget)
{
    const QWidget *parent = q_widget_parent_widget(widget);
    vt_str_appendf(text, "unnamed: %s in %s\n", q_metaobject_class_name(q_object_meta_object(widget)),
                   parent ? q_metaobject_class_name(q_object_meta_object(parent)) : "nothing");
}

static void add_places(vt_str *text, QWidget *widget)
{
    const QList *children = q_object_children(widget);
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        if (!q_object_is_widget_type(child) || !q_widget_is_visible((QWidget *)child) ||
            vt_card_is((QWidget *)child)) {
            continue;
        }
        char *name = name_of((QWidget *)child);
        if (name && *name) {
            add_place(text, name, (QWidget *)child, 0, q_widget_width((QWidget *)child));
        } else if (takes_focus((QWidget *)child)) {
            add_unnamed(text, (QWidget *)child);
        }
        free(name);
        add_places(text, (QWidget *)child);
    }
}

static void add_columns(vt_str *text, vt_window *window)
{
    QTableView *table = (QTableView *)vt_table_widget(window->table);
    if (!q_widget_is_visible(table)) {
        return;
    }
    QHeaderView *header = q_tableview_horizontal_header(table);
    for (int i = 0; i < vt_table_column_count(); i++) {
        if (q_headerview_is_section_hidden(header, i)) {
            continue;
        }
        vt_str name = VT_STR_INIT;
        vt_str_appendf(&name, "column %s", vt_table_column_at(i)->title);
        add_place(text, name.data, (QWidget *)header, q_headerview_section_viewport_position(header, i),
                  q_headerview_section_size(header, i));
        vt_str_free(&name);
    }
}

static void add_status(vt_str *text, vt_window *window)
{
    char *status = q_label_text(window->status);
    vt_str_appendf(text, "status: %s\n", status ? status : "");
    free(status);
    char *current = q_widget_accessible_description(vt_grid_widget(window->grid));
    if (current && *current) {
        vt_str_appendf(text, "described: %s\n", current);
    }
    free(current);
    QWidget *viewer = vt_viewer_widget(window->viewer);
    char *seen = q_widget_is_visible(viewer) ? q_widget_accessible_description(viewer) : NULL;
    if (seen && *seen) {
        vt_str_appendf(text, "looked at: %s\n", seen);
    }
    free(seen);
    char *tip = q_tooltip_is_visible() ? q_tooltip_text() : NULL;
    if (tip && *tip) {
        vt_str_appendf(text, "tip: %s\n", tip);
    }
    free(tip);
    if (q_widget_is_visible(window->filter_error)) {
        char *error = q_label_text(window->filter_error);
        vt_str_appendf(text, "filter error: %s\n", error ? error : "");
        free(error);
    }
}

static void add_cards(vt_str *text, vt_window *window)
{
    vt_grid_figures figures = vt_grid_get_figures(window->grid);
    vt_str_appendf(text,
                   "cards: live=%lld in_use=%lld configured=%lld pictures_shown=%lld smaller=%lld side=%d ",
                   (long long)figures.cards, (long long)figures.cards_in_use, (long long)figures.configured,
                   (long long)figures.pictures_shown, (long long)figures.smaller_shown,
                   vt_grid_picture_side(window->grid));
    vt_str_appendf(text, "shown=%lld scroll=%lld moved=%lld moving=%lld marks=%d\n", (long long)figures.shown,
                   (long long)figures.scroll, (long long)figures.moved, (long long)figures.moving,
                   figures.marks);
}

/* Pictures in front of the table's rows. */
static void add_rows(vt_str *text, vt_window *window)
{
    vt_row_pictures_figures figures = vt_table_picture_figures(window->table);
    vt_str_appendf(text, "rows: tiny=%lld asked=%lld arrived=%lld called_off=%lld\n",
                   (long long)figures.drawn_tiny, (long long)figures.asked, (long long)figures.arrived,
                   (long long)figures.called_off);
}

/* The window that keys go to: one that is shown does not have them yet. */
static void add_keyboard(vt_str *text)
{
    const QWidget *active = q_application_active_window();
    char *title = active ? q_widget_window_title(active) : NULL;
    vt_str_appendf(text, "keyboard: %s\n", title ? title : "nowhere");
    free(title);
}

/* ---- telling ---- */

static void tell_if_changed(const watch *watch, vt_str *told, vt_str *now)
{
    if (told->length == now->length && memcmp(told->data, now->data, now->length) == 0) {
        vt_str_free(now);
        return;
    }
    vt_str_free(told);
    *told = *now;
    const char *end;
    for (const char *line = told->data; (end = strchr(line, '\n')); line = end + 1) {
        vt_log_write(&watch->window->context.log, VT_LOG_DEBUG, "%.*s", (int)(end - line), line);
    }
}

static void look(void *user)
{
    watch *watch = user;
    vt_window *window = watch->window;
    vt_str places = VT_STR_INIT;
    vt_str columns = VT_STR_INIT;
    vt_str status = VT_STR_INIT;
    vt_str cards = VT_STR_INIT;
    add_places(&places, (QWidget *)&window->main);
    add_columns(&columns, window);
    add_status(&status, window);
    add_cards(&cards, window);
    vt_str rows = VT_STR_INIT;
    add_rows(&rows, window);
    tell_if_changed(watch, &watch->rows, &rows);
    tell_if_changed(watch, &watch->places, &places);
    tell_if_changed(watch, &watch->columns, &columns);
    tell_if_changed(watch, &watch->status, &status);
    tell_if_changed(watch, &watch->cards, &cards);
    vt_str keyboard = VT_STR_INIT;
    add_keyboard(&keyboard);
    tell_if_changed(watch, &watch->keyboard, &keyboard);
}

static void free_watch(void *user)
{
    watch *watch = user;
    vt_str_free(&watch->places);
    vt_str_free(&watch->columns);
    vt_str_free(&watch->status);
    vt_str_free(&watch->cards);
    vt_str_free(&watch->rows);
    vt_str_free(&watch->keyboard);
    free(watch);
}

void vt_window_watch(vt_window *window)
{
    watch *watch = window->context.log.level >= VT_LOG_DEBUG ? calloc(1, sizeof *watch) : NULL;
    if (!watch) {
        return;
    }
    *watch =
        (struct watch){window, VT_STR_INIT, VT_STR_INIT, VT_STR_INIT, VT_STR_INIT, VT_STR_INIT, VT_STR_INIT};
    QTimer *timer = q_timer_new(&window->main);
    q_timer_on_timeout_with(timer, timer, look, watch, &(qt_connect_options){.destroy = free_watch});
    q_timer_start_interval(timer, LOOK_MS);
}
