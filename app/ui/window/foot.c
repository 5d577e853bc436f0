#include "app/ui/window/foot.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qevent.h>
#include <qt6c/qlabel.h>
#include <qt6c/qstatusbar.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>
#include <qt6c/runtime.h>

enum { LINES_MAX = 4, STAYS_MS = 8000, GAP = 24, STEP = 64, MARGIN = 12, PADDING = 4 };

struct vt_foot {
    QWidget widget; /* first */
    QMainWindow *window;
    QStatusBar *bar;
    QWidget *left, *right;
    QVBoxLayout *layout;
    QLabel *message;
    QTimer *gone; /* runs while a message is shown */
    QWidget *lines[LINES_MAX];
    int count;
};

/* ---- where it stands ---- */

static bool has_lines(const vt_foot *foot)
{
    for (int i = 0; i < foot->count; i++) {
        if (!q_widget_is_hidden(foot->lines[i])) {
            return true;
        }
    }
    return !q_widget_is_hidden(foot->message);
}

/* In steps, so that it does not move with every word beside it; never more than half of the window, and less
   where the lines need it. */
static int find_left(const vt_foot *foot, int right)
{
    int wanted = q_widget_x(foot->left) + q_widget_size_hint(foot->left).wd + GAP;
    int half = q_widget_width(foot->window) / 2;
    wanted = (wanted + STEP - 1) / STEP * STEP;
    wanted = wanted < half ? wanted : half;
    int needed = right - q_widget_minimum_size_hint(&foot->widget).wd;
    wanted = wanted < needed ? wanted : needed;
    return wanted > 0 ? wanted : 0;
}

void vt_foot_place(vt_foot *foot)
{
    bool has_bar = !q_widget_is_hidden(foot->bar);
    if (!has_lines(foot) || q_widget_size_hint(&foot->widget).ht == 0) {
        q_widget_hide(&foot->widget);
        return;
    }
    int width = q_widget_width(foot->window);
    int right = has_bar ? q_widget_x(foot->right) : width;
    int left = has_bar ? find_left(foot, right) : 0;
    right = right - left < q_widget_minimum_size_hint(&foot->widget).wd ? width : right;
    int height = q_layout_total_height_for_width((QLayout *)foot->layout, right - left);
    height = height > 0 ? height : q_widget_size_hint(&foot->widget).ht;
    q_widget_set_geometry_xywh(&foot->widget, left, q_widget_height(foot->window) - height, right - left,
                               height);
    q_widget_raise(&foot->widget);
    q_widget_show(&foot->widget);
    q_widget_update(&foot->widget);
}

/* What stands above the status bar has a frame, since it lies over what the window shows. */
static void paint_event(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_foot *foot = (const vt_foot *)self;
    const vt_theme *theme = vt_theme_current();
    QRect area = q_widget_rect(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, area, theme->window);
    int above = q_widget_is_hidden(foot->bar) ? area.y2 : area.y2 - q_widget_height(foot->bar);
    if (above > 0) {
        vt_paint_fill(&painter, (QRect){0, 0, area.x2, 0}, theme->line);
        vt_paint_fill(&painter, (QRect){0, 0, 0, above}, theme->line);
        vt_paint_fill(&painter, (QRect){area.x2, 0, area.x2, above}, theme->line);
    }
    q_painter_fini(&painter);
}

/* A line has come, gone or changed. */
static bool foot_event(QWidget *self, QEvent *event)
{
    bool done = q_widget_base_event(self, event);
    if (q_event_type(event) == QEvent_LayoutRequest) {
        vt_foot_place((vt_foot *)self);
    }
    return done;
}

/* ---- messages ---- */

static void hide_message(void *user)
{
    q_widget_hide(((vt_foot *)user)->message);
}

void vt_foot_say(vt_foot *foot, const char *text)
{
    q_label_set_text(foot->message, text);
    q_widget_set_visible(foot->message, *text != '\0');
    q_timer_start_interval(foot->gone, STAYS_MS);
    vt_foot_place(foot);
}

static void make_message(vt_foot *foot)
{
    foot->message = q_label_new_empty(&foot->widget);
    q_label_set_text_format(foot->message, Qt_PlainText);
    q_label_set_word_wrap(foot->message, true);
    q_widget_set_contents_margins(foot->message, MARGIN, PADDING, MARGIN, PADDING);
    q_widget_hide(foot->message);
    foot->gone = q_timer_new(&foot->widget);
    q_timer_set_single_shot(foot->gone, true);
    q_timer_on_timeout(foot->gone, &foot->widget, hide_message, foot);
}

/* ---- making it ---- */

static const QWidgetVirtuals foot_virtuals = {.event = foot_event, .paint_event = paint_event};
static qt_subclass foot_class = {
    .base = &qt_class_QWidget, .virtuals = &foot_virtuals, .instance_size = sizeof(vt_foot)};

vt_foot *vt_foot_create(QMainWindow *window, QWidget *left, QWidget *right)
{
    vt_foot *foot = qt_subclass_allocate(&foot_class);
    q_widget_init(&foot->widget, window);
    qt_subclass_install(&foot_class, foot);
    foot->window = window;
    foot->bar = q_mainwindow_status_bar(window);
    foot->left = left;
    foot->right = right;
    foot->layout = q_vboxlayout_new_widget(&foot->widget);
    q_layout_set_contents_margins(foot->layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(foot->layout, 0);
    make_message(foot);
    q_boxlayout_add_widget(foot->layout, foot->message);
    q_widget_set_accessible_name(&foot->widget, vt_tr("window", "What goes on"));
    q_widget_hide(&foot->widget);
    return foot;
}

void vt_foot_add(vt_foot *foot, QWidget *line)
{
    q_boxlayout_insert_widget(foot->layout, 1, line);
    foot->lines[foot->count++] = line;
    int height = q_widget_size_hint(line).ht;
    if (height > q_widget_minimum_height(foot->bar)) {
        q_widget_set_minimum_height(foot->bar, height);
        q_widget_set_minimum_height(foot->message, height);
    }
}
