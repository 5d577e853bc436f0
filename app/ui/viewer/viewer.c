#include "app/ui/viewer/viewer.h"

#include "app/ui/parts/facts.h"
#include "app/ui/parts/line_label.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/viewer/failure_words.h"
#include "app/ui/viewer/viewer_private.h"
#include "core/base/clock.h"
#include "core/decode/format.h"

#include <qt6c/qframe.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qvboxlayout.h>

#include <stdio.h>
#include <stdlib.h>

enum { REST_MS = 160, BAR_MARGIN = 6 };

/* ---- requests ---- */

void vt_viewer_cancel(vt_viewer *viewer)
{
    if (viewer->request) {
        vt_request_cancel(viewer->request);
        viewer->request = NULL;
    }
}

void vt_viewer_show_failure(vt_viewer *viewer, const vt_error *error)
{
    char detail[640];
    if (error->code != VT_ERROR_CANCELLED) {
        viewer->complete = true;
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: failed: %s", error->message);
        vt_canvas_clear(viewer->canvas);
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_FAILURE,
                              vt_tr("viewer", vt_failure_words_of(error->code)->headline),
                              vt_failure_detail(detail, sizeof detail, error));
        vt_viewer_slide_came(viewer);
    }
}

/* What lies beside the item is decoded while it is looked at. */
static void ask_ahead(vt_viewer *viewer)
{
    static const int64_t beside[] = {1, -1}; /* most go on */
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        int64_t row = viewer->row + beside[i];
        vt_item_brief item;
        if (row < 0 || row >= vt_library_count(viewer->library)) {
            continue;
        }
        vt_library_item(viewer->library, row, &item);
        if (item.kind == VT_KIND_IMAGE && item.state == VT_ITEM_OK && item.width > 0 && item.height > 0) {
            uint32_t width, height;
            vt_viewer_first_box(viewer, item.width, item.height, &width, &height);
            vt_neighbours_ask(viewer->neighbours, row, width, height);
        }
    }
}

static void show_picture(vt_viewer *viewer, vt_picture *picture)
{
    if (picture->partial) {
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_NOTE,
                              vt_tr("viewer", "Only a part of this file could be read"), picture->message);
    } else {
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_NOTE, "", "");
    }
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: picture width=%u height=%u", picture->width,
                 picture->height);
    vt_viewer_info_picture(viewer, picture);
    bool first = !viewer->complete;
    viewer->complete = true;
    viewer->mode->arrived(viewer, picture);
    ask_ahead(viewer);
    if (first) {
        vt_viewer_slide_came(viewer);
    }
}

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    vt_viewer *viewer = user;
    viewer->request = NULL;
    if (error) {
        vt_viewer_show_failure(viewer, error);
    } else {
        show_picture(viewer, picture);
    }
}

bool vt_viewer_show_ahead(vt_viewer *viewer)
{
    uint32_t width, height;
    vt_picture picture;
    vt_viewer_image_box(viewer, &width, &height);
    bool here = vt_neighbours_take(viewer->neighbours, &viewer->item, width, height, &picture);
    if (here) {
        show_picture(viewer, &picture);
    }
    return here;
}

void vt_viewer_request(vt_viewer *viewer, uint32_t width, uint32_t height, const vt_model_view *view)
{
    vt_viewer_cancel(viewer);
    vt_error error = VT_ERROR_INIT;
    vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: asks for the picture");
    viewer->request = vt_engine_request_image(vt_library_engine(viewer->library), viewer->path.data, width,
                                              height, view, picture_ready, viewer, &error);
    if (!viewer->request) {
        vt_viewer_show_failure(viewer, &error);
    }
}

/* ---- labels ---- */

static void append_place(const vt_viewer *viewer, vt_str *text)
{
    char at[32], all[32];
    vt_tr_append_both(text, "viewer", "%1 of %2", vt_wording_count(at, sizeof at, viewer->row + 1),
                      vt_wording_count(all, sizeof all, vt_library_count(viewer->library)));
}

/* For screen readers, which see no bar. */
static void describe(vt_viewer *viewer)
{
    char *name = q_label_text(viewer->name);
    vt_str place = VT_STR_INIT;
    if (!viewer->comparing) {
        append_place(viewer, &place);
    }
    vt_canvas_describe(viewer->canvas, &viewer->widget, name ? name : "",
                       place.length > 0 && !place.failed ? place.data : "", viewer->zoom);
    vt_str_free(&place);
    free(name);
}

void vt_viewer_show_zoom(vt_viewer *viewer, double zoom)
{
    char text[32];
    snprintf(text, sizeof text, "%.0f %%", zoom * 100);
    q_label_set_text(viewer->zoom_label, text);
    viewer->zoom = zoom;
    describe(viewer);
    vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: zoom %s", text);
}

void vt_viewer_changed(vt_viewer *viewer)
{
    vt_viewer_show_zoom(viewer, viewer->mode->zoom_shown(viewer));
    q_timer_start(viewer->rest);
}

static void add_fact(vt_str *facts, const char *text)
{
    if (*text) {
        vt_str_append_cstr(facts, facts->length ? "   \u00b7   " : "");
        vt_str_append_cstr(facts, text);
    }
}

static void show_facts(vt_viewer *viewer, const char *name, size_t name_length)
{
    const vt_item_brief *item = &viewer->item;
    vt_str text = VT_STR_INIT;
    vt_str_append_display(&text, name, name_length);
    q_label_set_text(viewer->name, text.data);
    vt_str_clear(&text);
    char words[64];
    const vt_format_info *format = vt_format_get((vt_format)item->format);
    add_fact(&text, vt_facts_extent(words, sizeof words, (vt_kind)item->kind, item->width, item->height,
                                    item->triangles));
    add_fact(&text, item->watertight == VT_WATERTIGHT_YES  ? vt_tr("viewer", "watertight")
                    : item->watertight == VT_WATERTIGHT_NO ? vt_tr("viewer", "not watertight")
                                                           : "");
    add_fact(&text, format ? format->name : "");
    add_fact(&text, vt_wording_size(words, sizeof words, item->size));
    add_fact(&text, vt_wording_date(words, sizeof words, item->mtime_ns));
    vt_str place = VT_STR_INIT;
    append_place(viewer, &place);
    add_fact(&text, place.failed ? "" : place.data);
    vt_str_free(&place);
    q_label_set_text(viewer->line, text.data);
    vt_str_free(&text);
    describe(viewer);
}

/* ---- what the user does ---- */

void vt_viewer_go(vt_viewer *viewer, int64_t row)
{
    if (row >= 0 && row < vt_library_count(viewer->library) && row != viewer->row) {
        int64_t now = vt_clock_now();
        vt_library_choose(viewer->library, row, false, false);
        vt_viewer_show(viewer, row);
        vt_viewer_slide_went(viewer);
        viewer->went_ns = now;
    }
}

static void filmstrip_chosen(void *user, int64_t row)
{
    vt_viewer_go(user, row);
}

static void viewer_key_released(QWidget *self, QKeyEvent *event)
{
    vt_viewer *viewer = (vt_viewer *)self;
    if (viewer->comparing && !q_keyevent_is_auto_repeat(event)) {
        vt_compare_key_released(viewer->compare, q_keyevent_key(event));
    }
}

static void viewer_key(QWidget *self, QKeyEvent *event)
{
    if (!vt_viewer_key((vt_viewer *)self, event)) {
        q_widget_base_key_press_event(self, event);
    }
}

static void on_rest(void *user)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->rested(viewer);
        vt_viewer_histogram_rested(viewer);
    }
}

/* ---- showing an item ---- */

void vt_viewer_show(vt_viewer *viewer, int64_t row)
{
    vt_viewer_forget_compared(viewer);
    vt_viewer_cancel(viewer);
    vt_sequence_forget(viewer);
    q_widget_set_visible(vt_frame_bar_widget(viewer->frame_bar), false);
    viewer->row = row;
    viewer->complete = false;
    viewer->loaded_width = 0;
    viewer->went_ns = 0;
    viewer->zoom = 0; /* until it is placed */
    vt_tiles_close(viewer->tiles);
    vt_neighbours_keep(viewer->neighbours, row);
    vt_library_item(viewer->library, row, &viewer->item);
    vt_str_clear(&viewer->path);
    vt_library_path(viewer->library, row, &viewer->path);
    show_facts(viewer, viewer->item.name, viewer->item.name_length);
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: opened row=%lld kind=%u", (long long)row,
                 (unsigned)viewer->item.kind);
    viewer->item.name = NULL;
    vt_canvas_clear(viewer->canvas);
    vt_canvas_set_message(viewer->canvas, VT_CANVAS_WAIT, vt_tr("viewer", "Opening\u2026"), "");
    viewer->mode = viewer->item.kind == VT_KIND_MODEL      ? &vt_model_mode
                   : viewer->item.kind == VT_KIND_SEQUENCE ? &vt_sequence_mode
                                                           : &vt_image_mode;
    vt_viewer_info_item(viewer);
    vt_viewer_update_buttons(viewer);
    if (viewer->shows_filmstrip) {
        vt_filmstrip_set_row(viewer->filmstrip, row);
    }
    viewer->mode->start(viewer);
    q_widget_set_focus(&viewer->widget);
}

void vt_viewer_set_library(vt_viewer *viewer, vt_library *library)
{
    viewer->library = library;
    vt_neighbours_set_library(viewer->neighbours, library);
    vt_filmstrip_set_library(viewer->filmstrip, library);
    if (viewer->compare) {
        vt_compare_set_library(viewer->compare, library);
    }
}

void vt_viewer_hide(vt_viewer *viewer)
{
    vt_viewer_forget_compared(viewer);
    vt_viewer_cancel(viewer);
    vt_viewer_slide_show(viewer, false);
    vt_viewer_info_forget(viewer);
    vt_tiles_close(viewer->tiles);
    vt_filmstrip_set_row(viewer->filmstrip, -1);
    vt_neighbours_keep(viewer->neighbours, -1);
    vt_sequence_forget(viewer);
    q_timer_stop(viewer->rest);
    vt_canvas_clear(viewer->canvas);
    if (viewer->row >= 0) {
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: closed");
    }
    viewer->row = -1;
}

void vt_viewer_view_changed(vt_viewer *viewer)
{
    if (viewer->row < 0) {
        return;
    }
    int64_t row = vt_library_row_of(viewer->library, viewer->item.id);
    if (row >= 0) { /* what is no longer in the view stays open where it was */
        viewer->row = row;
        vt_item_brief item;
        vt_library_item(viewer->library, row, &item);
        if (!viewer->comparing) { /* else its keys stand there */
            show_facts(viewer, item.name, item.name_length);
        }
        if (viewer->shows_filmstrip) {
            vt_filmstrip_set_row(viewer->filmstrip, row);
        }
    }
}

void vt_viewer_show_bars(vt_viewer *viewer)
{
    q_widget_set_visible(viewer->bar, !viewer->full_screen);
    q_widget_set_visible(viewer->line, !viewer->full_screen && !viewer->comparing);
}

void vt_viewer_set_full_screen(vt_viewer *viewer, bool full)
{
    viewer->full_screen = full;
    vt_viewer_show_bars(viewer);
}

void vt_viewer_take_settings(vt_viewer *viewer, const vt_settings *settings)
{
    viewer->slide_ms = (int)settings->values[VT_SETTING_SLIDE_SECONDS] * 1000;
    viewer->slides_loop = settings->values[VT_SETTING_SLIDES_LOOP] != 0;
    viewer->ground = (vt_canvas_ground)settings->values[VT_SETTING_VIEWER_GROUND];
    vt_canvas_set_ground(viewer->canvas, viewer->ground);
}

bool vt_viewer_is_complete(const vt_viewer *viewer)
{
    return viewer->comparing ? vt_compare_is_complete(viewer->compare) : viewer->complete;
}

/* ---- making it ---- */

static void viewer_finish(void *self)
{
    vt_viewer *viewer = self;
    vt_viewer_cancel(viewer);
    vt_sequence_forget(viewer);
    vt_viewer_info_forget(viewer);
    vt_tiles_free(viewer->tiles);
    vt_neighbours_free(viewer->neighbours);
    free(viewer->player);
    vt_str_free(&viewer->path);
}

/* Digits are the viewer's, for zooming: here one rates with Ctrl and a digit. */
static bool viewer_event(QWidget *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_ShortcutOverride) {
        QKeyEvent *pressed = (QKeyEvent *)event;
        int key = q_keyevent_key(pressed);
        int modifiers = (int)q_inputevent_modifiers(pressed) & ~(int)Qt_KeypadModifier;
        if (key >= Qt_Key_0 && key <= Qt_Key_9 && modifiers == 0) {
            q_event_accept(event);
            return true;
        }
    }
    return q_widget_base_event(self, event);
}

static const QWidgetVirtuals viewer_virtuals = {
    .key_press_event = viewer_key, .key_release_event = viewer_key_released, .event = viewer_event};
static qt_subclass viewer_class = {.base = &qt_class_QWidget,
                                   .virtuals = &viewer_virtuals,
                                   .instance_size = sizeof(vt_viewer),
                                   .finish = viewer_finish};

static QWidget *make_bar(vt_viewer *viewer)
{
    QWidget *bar = q_widget_new(&viewer->widget);
    QHBoxLayout *layout = q_hboxlayout_new_widget(bar);
    q_layout_set_contents_margins(layout, BAR_MARGIN, BAR_MARGIN, BAR_MARGIN, BAR_MARGIN);
    vt_viewer_add_buttons(viewer, layout, true);
    viewer->name = vt_line_label_create(bar);
    q_label_set_alignment(viewer->name, Qt_AlignCenter);
    q_boxlayout_add_widget_full(layout, viewer->name, 1, 0);
    viewer->zoom_label = q_label_new_empty(bar);
    q_boxlayout_add_widget(layout, viewer->zoom_label);
    vt_viewer_add_buttons(viewer, layout, false);
    return bar;
}

static void make_line(vt_viewer *viewer, QBoxLayoutRef layout)
{
    viewer->line = vt_line_label_create(&viewer->widget);
    q_label_set_alignment(viewer->line, Qt_AlignCenter);
    q_label_set_margin(viewer->line, BAR_MARGIN);
    q_boxlayout_add_widget(layout, viewer->line);
}

static void make_timers(vt_viewer *viewer)
{
    viewer->rest = q_timer_new(&viewer->widget);
    q_timer_set_single_shot(viewer->rest, true);
    q_timer_set_interval(viewer->rest, REST_MS);
    q_timer_on_timeout(viewer->rest, &viewer->widget, on_rest, viewer);
    viewer->slide_timer = q_timer_new(&viewer->widget);
    q_timer_set_single_shot(viewer->slide_timer, true);
    q_timer_on_timeout(viewer->slide_timer, &viewer->widget, vt_viewer_slide_timer, viewer);
}

static void make_widgets(vt_viewer *viewer)
{
    QVBoxLayout *layout = q_vboxlayout_new_widget(&viewer->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    viewer->layout = layout;
    viewer->bar = make_bar(viewer);
    q_boxlayout_add_widget(layout, viewer->bar);
    viewer->canvas = vt_canvas_create(&viewer->widget, &vt_viewer_canvas_ops, viewer);
    viewer->overlay =
        vt_viewer_overlay_create(vt_canvas_widget(viewer->canvas), vt_viewer_histogram_chosen, viewer);
    q_widget_set_focus_proxy(vt_canvas_widget(viewer->canvas), &viewer->widget);
    q_boxlayout_add_widget_full(layout, vt_canvas_widget(viewer->canvas), 1, 0);
    viewer->player =
        vt_player_create(&viewer->widget, vt_library_engine(viewer->library), vt_sequence_show_frame, viewer);
    viewer->frame_bar = vt_frame_bar_create(&viewer->widget, &vt_sequence_bar_ops, viewer);
    q_widget_set_visible(vt_frame_bar_widget(viewer->frame_bar), false);
    q_boxlayout_add_widget(layout, vt_frame_bar_widget(viewer->frame_bar));
    viewer->filmstrip = vt_filmstrip_create(&viewer->widget, viewer->library, filmstrip_chosen, viewer);
    q_widget_set_visible(vt_filmstrip_widget(viewer->filmstrip), false);
    q_boxlayout_add_widget(layout, vt_filmstrip_widget(viewer->filmstrip));
    make_line(viewer, layout);
    vt_viewer_set_icons(viewer);
}

vt_viewer *vt_viewer_create(QWidgetRef parent, vt_library *library, const vt_viewer_ops *ops, void *user,
                            vt_log log)
{
    vt_viewer *viewer = qt_subclass_allocate(&viewer_class);
    q_widget_init(&viewer->widget, parent);
    qt_subclass_install(&viewer_class, viewer);
    viewer->library = library;
    viewer->ops = ops;
    viewer->user = user;
    viewer->log = log;
    viewer->row = -1;
    viewer->mode = &vt_image_mode;
    viewer->path = (vt_str)VT_STR_INIT;
    viewer->neighbours = vt_neighbours_create(library, log);
    viewer->tiles = vt_tiles_create(vt_library_engine(library), vt_viewer_tiles_ready, viewer, log);
    q_widget_set_focus_policy(&viewer->widget, Qt_StrongFocus);
    make_widgets(viewer);
    make_timers(viewer);
    const vt_settings settings = vt_settings_default();
    vt_viewer_take_settings(viewer, &settings);
    return viewer;
}

QWidget *vt_viewer_widget(vt_viewer *viewer)
{
    return &viewer->widget;
}
