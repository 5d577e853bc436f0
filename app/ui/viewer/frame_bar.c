#include "app/ui/viewer/frame_bar.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qslider.h>
#include <qt6c/qtoolbutton.h>
#include <qt6c/qvboxlayout.h>

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MARGIN = 6,
    RATE_WIDTH = 80,
    GAPS_SHOWN = 60,
    GAPS_MARKED = 512,
    HANDLE = 12,
    MARK_HEIGHT = 4,
    FRAME_LINES = 10
};

struct vt_frame_bar {
    QWidget widget; /* first */
    const vt_frame_bar_ops *ops;
    void *user;
    QToolButton *play;
    QSlider *slider;
    QToolButton *repeat;
    struct gap_marks *marks;
    QLabel *frame, *gaps;
    QLineEdit *rate;
    bool playing;
};

/* ---- where frames are missing ---- */

typedef struct gap_marks {
    QWidget widget;        /* first */
    float at[GAPS_MARKED]; /* shares of the slider's way */
    size_t count;
} gap_marks;

static void marks_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const gap_marks *marks = (gap_marks *)self;
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    int way = q_widget_width(self) - HANDLE;
    for (size_t i = 0; i < marks->count; i++) {
        int x = HANDLE / 2 + (int)(marks->at[i] * (float)way);
        vt_paint_fill(&painter, q_rect_make(x - 1, 0, 2, q_widget_height(self)), vt_theme_current()->danger);
    }
    q_painter_fini(&painter);
}

static const QWidgetVirtuals marks_virtuals = {.paint_event = marks_paint};
static qt_subclass marks_class = {
    .base = &qt_class_QWidget, .virtuals = &marks_virtuals, .instance_size = sizeof(gap_marks)};

static gap_marks *make_marks(QWidgetRef parent)
{
    gap_marks *marks = qt_subclass_allocate(&marks_class);
    q_widget_init(&marks->widget, parent);
    qt_subclass_install(&marks_class, marks);
    q_widget_set_fixed_height(&marks->widget, MARK_HEIGHT);
    q_widget_set_tool_tip(&marks->widget, vt_tr("viewer", "Frames are missing here"));
    return marks;
}

static void set_marks(gap_marks *marks, const vt_sequence_facts *facts)
{
    uint64_t before = 0;
    marks->count = 0;
    for (size_t i = 0; i + 1 < facts->ranges.count && marks->count < GAPS_MARKED; i++) {
        const vt_sequence_range *range = &facts->ranges.items[i];
        before += (uint64_t)(range->last - range->first) + 1;
        marks->at[marks->count++] = (float)(((double)before - 0.5) / (double)(facts->frames - 1));
    }
    q_widget_update(&marks->widget);
}

static void on_repeat(void *user, bool checked)
{
    (void)checked;
    vt_frame_bar *bar = user;
    bar->ops->repeat(bar->user);
}

static void on_play(void *user, bool checked)
{
    (void)checked;
    vt_frame_bar *bar = user;
    bar->ops->toggled(bar->user);
}

static void on_moved(void *user, int value)
{
    vt_frame_bar *bar = user;
    bar->ops->moved(bar->user, (uint64_t)value);
}

static void on_rate(void *user)
{
    vt_frame_bar *bar = user;
    char *text = q_lineedit_text(bar->rate);
    bar->ops->rate_entered(bar->user, text ? text : "");
    free(text);
}

/* A line edit that has used the Return key passes it on all the same: to the viewer it would mean "back". */
static void bar_key(QWidget *self, QKeyEvent *event)
{
    int key = q_keyevent_key(event);
    if (key != Qt_Key_Return && key != Qt_Key_Enter) {
        q_widget_base_key_press_event(self, event);
    }
}

static const QWidgetVirtuals bar_virtuals = {.key_press_event = bar_key};
static qt_subclass bar_class = {
    .base = &qt_class_QWidget, .virtuals = &bar_virtuals, .instance_size = sizeof(vt_frame_bar)};

static QLabel *add_label(vt_frame_bar *bar, QBoxLayoutRef layout)
{
    QLabel *label = q_label_new_empty(&bar->widget);
    q_label_set_text_format(label, Qt_PlainText);
    q_boxlayout_add_widget(layout, label);
    return label;
}

vt_frame_bar *vt_frame_bar_create(QWidgetRef parent, const vt_frame_bar_ops *ops, void *user)
{
    vt_frame_bar *bar = qt_subclass_allocate(&bar_class);
    q_widget_init(&bar->widget, parent);
    qt_subclass_install(&bar_class, bar);
    bar->ops = ops;
    bar->user = user;
    QHBoxLayout *layout = q_hboxlayout_new_widget(&bar->widget);
    q_layout_set_contents_margins(layout, MARGIN, MARGIN, MARGIN, 0);
    bar->play = q_toolbutton_new(&bar->widget);
    q_toolbutton_set_auto_raise(bar->play, true);
    q_widget_set_focus_policy(bar->play, Qt_NoFocus);
    q_abstractbutton_on_clicked(bar->play, &bar->widget, on_play, bar);
    q_boxlayout_add_widget(layout, bar->play);
    bar->slider = q_slider_new(Qt_Horizontal, &bar->widget);
    q_widget_set_focus_policy(bar->slider, Qt_NoFocus);
    q_widget_set_accessible_name(bar->slider, vt_tr("viewer", "Frame"));
    q_abstractslider_on_value_changed(bar->slider, &bar->widget, on_moved, bar);
    QWidget *timeline = q_widget_new(&bar->widget);
    QVBoxLayout *lines = q_vboxlayout_new_widget(timeline);
    q_layout_set_contents_margins(lines, 0, 0, 0, 0);
    q_boxlayout_set_spacing(lines, 0);
    q_boxlayout_add_widget(lines, bar->slider);
    bar->marks = make_marks(timeline);
    q_boxlayout_add_widget(lines, &bar->marks->widget);
    q_boxlayout_add_widget_full(layout, timeline, 1, 0);
    bar->frame = add_label(bar, layout);
    q_widget_set_minimum_width(bar->frame,
                               FRAME_LINES * vt_paint_line_height()); /* the slider stands still */
    bar->gaps = add_label(bar, layout);
    bar->repeat = q_toolbutton_new(&bar->widget);
    q_toolbutton_set_auto_raise(bar->repeat, true);
    q_widget_set_focus_policy(bar->repeat, Qt_NoFocus);
    q_abstractbutton_on_clicked(bar->repeat, &bar->widget, on_repeat, bar);
    q_boxlayout_add_widget(layout, bar->repeat);
    vt_frame_bar_set_repeat(bar, VT_PLAYBACK_LOOP);
    bar->rate = q_lineedit_new(&bar->widget);
    q_widget_set_accessible_name(bar->rate, vt_tr("viewer", "Frames a second"));
    q_widget_set_tool_tip(bar->rate, vt_tr("viewer", "Frames a second: 24, 23.976, 30000/1001"));
    q_widget_set_focus_policy(bar->rate, Qt_ClickFocus);
    q_widget_set_fixed_width(bar->rate, RATE_WIDTH);
    q_lineedit_set_max_length(bar->rate, VT_FRAME_RATE_TEXT);
    q_lineedit_on_return_pressed(bar->rate, &bar->widget, on_rate, bar);
    q_boxlayout_add_widget(layout, bar->rate);
    q_label_set_text(add_label(bar, layout), vt_tr("viewer", "fps"));
    vt_frame_bar_set_icons(bar);
    return bar;
}

QWidget *vt_frame_bar_widget(vt_frame_bar *bar)
{
    return &bar->widget;
}

/* The slider takes no more steps than an int has. */
static int slider_value(uint64_t index)
{
    return index < INT_MAX ? (int)index : INT_MAX;
}

static void show_gaps(vt_frame_bar *bar, const vt_sequence_facts *facts)
{
    vt_sequence_ranges missing = VT_SEQUENCE_RANGES_INIT;
    vt_str all = VT_STR_INIT;
    vt_str text = VT_STR_INIT;
    if (vt_sequence_ranges_missing(&facts->ranges, &missing, NULL)) {
        vt_sequence_ranges_append(&missing, &all);
    }
    const vt_sequence_range *items = facts->ranges.items;
    char first[24], last[24], gaps[GAPS_SHOWN + 8];
    snprintf(first, sizeof first, "%" PRId64, items[0].first);
    snprintf(last, sizeof last, "%" PRId64, items[facts->ranges.count - 1].last);
    vt_str_append_cstr(&text, "  ");
    vt_tr_append_both(&text, "viewer", "%1 to %2", first, last);
    if (all.length > 0) {
        snprintf(gaps, sizeof gaps, "%.*s%s", GAPS_SHOWN, all.data, all.length > GAPS_SHOWN ? "\u2026" : "");
        vt_tr_append_with(&text, "viewer", ", missing %1", gaps);
    }
    q_label_set_text(bar->gaps, text.failed ? "" : text.data);
    vt_str_free(&text);
    vt_str_free(&all);
    vt_sequence_ranges_clear(&missing);
}

void vt_frame_bar_set_facts(vt_frame_bar *bar, const vt_sequence_facts *facts, bool writable)
{
    char rate[VT_FRAME_RATE_TEXT];
    vt_frame_rate_format(facts->rate, rate);
    q_lineedit_set_text(bar->rate, rate);
    q_lineedit_set_read_only(bar->rate, !writable);
    q_object_block_signals(bar->slider, true);
    q_abstractslider_set_range(bar->slider, 0, slider_value(facts->frames - 1));
    q_object_block_signals(bar->slider, false);
    show_gaps(bar, facts);
    set_marks(bar->marks, facts);
}

void vt_frame_bar_set_frame(vt_frame_bar *bar, const vt_sequence_facts *facts, uint64_t index)
{
    int64_t frame = 0;
    char text[96], words[2][32];
    vt_sequence_ranges_at(&facts->ranges, index, &frame);
    q_object_block_signals(bar->slider, true);
    q_abstractslider_set_value(bar->slider, slider_value(index));
    q_object_block_signals(bar->slider, false);
    vt_str line = VT_STR_INIT;
    snprintf(text, sizeof text, "%0*" PRId64, (int)facts->width, frame);
    vt_tr_append_with(&line, "viewer", "Frame %1", text);
    vt_str_append_cstr(&line, "  (");
    vt_tr_append_both(&line, "viewer", "%1 of %2",
                      vt_wording_count(words[0], sizeof words[0], (int64_t)index + 1),
                      vt_wording_count(words[1], sizeof words[1], (int64_t)facts->frames));
    vt_str_append_char(&line, ')');
    q_label_set_text(bar->frame, line.failed ? "" : line.data);
    vt_str_free(&line);
}

void vt_frame_bar_set_icons(vt_frame_bar *bar)
{
    QIcon icon = vt_icon_make(bar->playing ? VT_ICON_PAUSE : VT_ICON_PLAY);
    q_abstractbutton_set_icon(bar->play, &icon);
    q_icon_fini(&icon);
    const char *tip = bar->playing ? vt_tr("viewer", "Pause (Space)") : vt_tr("viewer", "Play (Space)");
    q_widget_set_tool_tip(bar->play, tip);
    q_widget_set_accessible_name(bar->play, tip);
}

void vt_frame_bar_set_repeat(vt_frame_bar *bar, vt_playback_repeat repeat)
{
    static const struct {
        const char *text, *tip;
    } words[VT_PLAYBACK_REPEAT_COUNT] = {
        [VT_PLAYBACK_LOOP] = {VT_TR_NOOP("viewer", "Again"),
                              VT_TR_NOOP("viewer", "At the end: again from the first frame (L)")},
        [VT_PLAYBACK_BACK_AND_FORTH] = {VT_TR_NOOP("viewer", "Back and forth"),
                                        VT_TR_NOOP("viewer", "At the end: backwards, and so on (L)")},
        [VT_PLAYBACK_ONCE] = {VT_TR_NOOP("viewer", "Once"), VT_TR_NOOP("viewer", "At the end: stop (L)")}};
    q_abstractbutton_set_text(bar->repeat, vt_tr("viewer", words[repeat].text));
    q_widget_set_tool_tip(bar->repeat, vt_tr("viewer", words[repeat].tip));
    q_widget_set_accessible_name(bar->repeat, vt_tr("viewer", words[repeat].tip));
}

void vt_frame_bar_set_playing(vt_frame_bar *bar, bool playing)
{
    if (bar->playing != playing) {
        bar->playing = playing;
        vt_frame_bar_set_icons(bar);
    }
}
