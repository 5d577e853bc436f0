/* What is wrong with the filter, or what it lacks: right below its box, over what the window shows, so that
   nothing moves while a filter is typed. */
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/window/window_private.h"

#include <qt6c/qevent.h>
#include <qt6c/runtime.h>

#include <string.h>

enum { MARGIN = 7, RADIUS = 4 };

void vt_window_place_filter_notice(vt_window *window)
{
    QLabel *notice = window->filter_error;
    if (q_widget_is_hidden(notice)) {
        return;
    }
    const QPoint below = {0, q_widget_height(window->filter)};
    QPoint corner = q_widget_map_to_widget_point(window->filter, &window->main, &below);
    int width = q_widget_width(window->filter);
    int height = q_widget_height_for_width(notice, width);
    q_widget_set_geometry_xywh(notice, corner.xp, corner.yp, width, height);
    q_widget_raise(notice);
    vt_filter_box_raise(window->filter_box); /* whose last line says the same while it is open */
}

static void say_of_filter(vt_window *window, const vt_error *error, QPalette_ColorRole color)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_display(&text, error->message, strlen(error->message));
    q_label_set_text(window->filter_error, text.data);
    q_widget_set_foreground_role(window->filter_error, color);
    q_widget_show(window->filter_error);
    vt_window_place_filter_notice(window);
    vt_str_free(&text);
}

void vt_window_filter_failed(void *user, const vt_error *error, size_t position)
{
    (void)position;
    say_of_filter(user, error, QPalette_BrightText);
}

void vt_window_filter_worked(void *user, const vt_error *lacks, size_t position)
{
    (void)position;
    vt_window *window = user;
    if (lacks) {
        say_of_filter(window, lacks, QPalette_WindowText);
    } else {
        q_widget_hide(window->filter_error);
    }
}

static void paint_event(QLabel *self, QPaintEvent *event)
{
    const vt_theme *theme = vt_theme_current();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_round(&painter, q_widget_rect(self), RADIUS, theme->window, theme->line);
    q_painter_fini(&painter);
    q_label_base_paint_event(self, event);
}

static const QLabelVirtuals notice_virtuals = {.paint_event = paint_event};
static qt_subclass notice_class = {
    .base = &qt_class_QLabel, .virtuals = &notice_virtuals, .instance_size = sizeof(QLabel)};

void vt_window_make_filter_notice(vt_window *window)
{
    window->filter_error = qt_subclass_allocate(&notice_class);
    q_label_init_empty(window->filter_error, &window->main);
    qt_subclass_install(&notice_class, window->filter_error);
    q_label_set_text_format(window->filter_error, Qt_PlainText);
    q_label_set_word_wrap(window->filter_error, true);
    q_label_set_margin(window->filter_error, MARGIN);
    q_widget_hide(window->filter_error);
}
