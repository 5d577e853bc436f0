#include "app/ui/sidebar/choice_bar.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qfontmetrics.h>
#include <qt6c/qpainter.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qresizeevent.h>

#include <stdlib.h>
#include <string.h>

enum { CHIP_HEIGHT = 26, GAP = 6, AROUND = 8, PADDING = 10, CROSS = 14, CHIP_WIDTH_MAX = 320 };

typedef struct chip {
    QPushButton button; /* first */
    vt_choice_bar *bar;
    size_t number;
    QString words; /* owned */
    bool all;      /* not one of them: takes all back */
} chip;

struct vt_choice_bar {
    QWidget widget; /* first */
    const vt_choice_bar_ops *ops;
    void *user;
    chip *chips[VT_CHOICE_BAR_MAX + 1]; /* the widget's; the last may be the one for all */
    size_t count;
};

/* ---- one after the other, as many in a row as there is room for ---- */

static int width_of(chip *of)
{
    QWidget *widget = (QWidget *)&of->button;
    q_widget_ensure_polished(widget);
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(widget));
    int words = q_fontmetrics_horizontal_advance_full_qs(&metrics, &of->words, -1);
    q_fontmetrics_fini(&metrics);
    int width = words + 2 * PADDING + 2 + (of->all ? 0 : CROSS + GAP);
    return width < CHIP_WIDTH_MAX ? width : CHIP_WIDTH_MAX;
}

static void arrange(vt_choice_bar *bar)
{
    int room = q_widget_width(&bar->widget) - AROUND;
    int x = AROUND;
    int y = GAP;
    for (size_t i = 0; i < bar->count; i++) {
        int width = width_of(bar->chips[i]);
        if (x > AROUND && x + width > room) {
            x = AROUND;
            y += CHIP_HEIGHT + GAP;
        }
        q_widget_set_geometry_xywh(&bar->chips[i]->button, x, y, width, CHIP_HEIGHT);
        x += width + GAP;
    }
    q_widget_set_fixed_height(&bar->widget, y + CHIP_HEIGHT + GAP);
}

static void bar_resize(QWidget *self, QResizeEvent *event)
{
    (void)event;
    arrange((vt_choice_bar *)self);
}

/* ---- a chip ---- */

static void chip_paint(QPushButton *self, QPaintEvent *event)
{
    (void)event;
    const chip *of = (chip *)self;
    const vt_theme *theme = vt_theme_current();
    QRect area = q_widget_rect(self);
    bool hot = q_widget_under_mouse(self) || q_widget_has_focus(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    uint32_t ink = of->all ? theme->text : theme->selection_text;
    uint32_t line = hot ? theme->accent : of->all ? theme->line : VT_PAINT_NO_LINE;
    vt_paint_round(&painter, q_rect_adjusted(&area, 1, 1, -1, -1), CHIP_HEIGHT / 2 - 1,
                   of->all ? VT_PAINT_NO_FILL : theme->selection, line);
    int width = vt_paint_rect_width(area);
    int taken = of->all ? 0 : CROSS + GAP;
    vt_paint_text(&painter, q_rect_make(PADDING, 0, width - 2 * PADDING - taken, CHIP_HEIGHT),
                  of->all ? VT_PAINT_CENTRE : VT_PAINT_LEFT, &of->words, ink);
    if (!of->all) {
        vt_icon_paint(&painter, VT_ICON_CLOSE, width - PADDING - CROSS + 3, (CHIP_HEIGHT - CROSS) / 2.0,
                      CROSS, ink);
    }
    q_painter_fini(&painter);
}

static void on_clicked(void *user, bool checked)
{
    (void)checked;
    const chip *of = user;
    if (of->all) {
        of->bar->ops->clear(of->bar->user);
    } else {
        of->bar->ops->remove(of->bar->user, of->number);
    }
}

static void chip_finish(void *self)
{
    qt_string_release(&((chip *)self)->words);
}

static const QPushButtonVirtuals chip_virtuals = {.paint_event = chip_paint};
static qt_subclass chip_class = {.base = &qt_class_QPushButton,
                                 .virtuals = &chip_virtuals,
                                 .instance_size = sizeof(chip),
                                 .finish = chip_finish};

static chip *add_chip(vt_choice_bar *bar, const char *words, const char *tip)
{
    chip *of = qt_subclass_allocate(&chip_class);
    q_pushbutton_init(&of->button, "", &bar->widget);
    qt_subclass_install(&chip_class, of);
    of->bar = bar;
    of->number = bar->count;
    of->words = qt_string_from_utf8(words);
    q_widget_set_accessible_name(&of->button, tip);
    q_widget_set_tool_tip(&of->button, tip);
    q_widget_set_focus_policy(&of->button, Qt_TabFocus);
    q_abstractbutton_on_clicked(&of->button, &bar->widget, on_clicked, of);
    q_widget_show(&of->button);
    bar->chips[bar->count++] = of;
    return of;
}

static bool is_shown(const vt_choice_bar *bar, const char *const *titles, size_t count)
{
    if (bar->count != count + (count > 1)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        char *words = qt_string_to_utf8(&bar->chips[i]->words);
        bool same = words && strcmp(words, titles[i]) == 0;
        free(words);
        if (!same) {
            return false;
        }
    }
    return true;
}

void vt_choice_bar_set(vt_choice_bar *bar, const char *const *titles, const char *const *kinds, size_t count)
{
    count = count < VT_CHOICE_BAR_MAX ? count : VT_CHOICE_BAR_MAX;
    if (is_shown(bar, titles, count)) {
        return;
    }
    while (bar->count > 0) { /* later: one of them may have been clicked just now */
        QWidget *widget = (QWidget *)&bar->chips[--bar->count]->button;
        q_widget_hide(widget);
        q_object_delete_later((QObject *)widget);
    }
    for (size_t i = 0; i < count; i++) {
        vt_str tip = VT_STR_INIT;
        vt_str_append_cstr(&tip, kinds[i]);
        vt_str_append_cstr(&tip, ": ");
        vt_str_append_cstr(&tip, titles[i]);
        vt_str_append_cstr(&tip, vt_tr("sidebar", " \u2013 click to take it back"));
        add_chip(bar, titles[i], tip.data);
        vt_str_free(&tip);
    }
    if (count > 1) {
        add_chip(bar, vt_tr("sidebar", "Clear all"), vt_tr("sidebar", "Clear all choices"))->all = true;
    }
    arrange(bar);
    q_widget_set_visible(&bar->widget, count > 0);
}

/* ---- life ---- */

static const QWidgetVirtuals bar_virtuals = {.resize_event = bar_resize};
static qt_subclass bar_class = {
    .base = &qt_class_QWidget, .virtuals = &bar_virtuals, .instance_size = sizeof(vt_choice_bar)};

vt_choice_bar *vt_choice_bar_create(QWidgetRef parent, const vt_choice_bar_ops *ops, void *user)
{
    vt_choice_bar *bar = qt_subclass_allocate(&bar_class);
    q_widget_init(&bar->widget, parent);
    qt_subclass_install(&bar_class, bar);
    bar->ops = ops;
    bar->user = user;
    q_widget_hide(&bar->widget);
    return bar;
}

QWidget *vt_choice_bar_widget(vt_choice_bar *bar)
{
    return &bar->widget;
}
