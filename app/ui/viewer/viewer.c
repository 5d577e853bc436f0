#include "app/ui/viewer/viewer.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/wording.h"
#include "app/ui/viewer/viewer_private.h"
#include "core/decode/format.h"

#include <qt6c/qframe.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qvboxlayout.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { REST_MS = 160, BAR_MARGIN = 6 };
static const double wheel_factor = 1.2;
static const double button_factor = 1.5;

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
    if (error->code != VT_ERROR_CANCELLED) {
        viewer->complete = true;
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: failed: %s", error->message);
        vt_canvas_clear(viewer->canvas);
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_FAILURE, "This file cannot be shown", error->message);
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
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_NOTE, "Only a part of this file could be read",
                              picture->message);
    } else {
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_NOTE, "", "");
    }
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: picture width=%u height=%u", picture->width,
                 picture->height);
    viewer->mode->arrived(viewer, picture);
    viewer->complete = true;
    ask_ahead(viewer);
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

static void show_zoom(vt_viewer *viewer)
{
    char text[32];
    snprintf(text, sizeof text, "%.0f %%", viewer->mode->zoom_shown(viewer) * 100);
    q_label_set_text(viewer->zoom_label, text);
    vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: zoom %s", text);
}

void vt_viewer_changed(vt_viewer *viewer)
{
    show_zoom(viewer);
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
    add_fact(&text, vt_wording_extent(words, sizeof words, (vt_kind)item->kind, item->width, item->height,
                                      item->triangles));
    add_fact(&text, item->watertight == VT_WATERTIGHT_YES  ? "watertight"
                    : item->watertight == VT_WATERTIGHT_NO ? "not watertight"
                                                           : "");
    add_fact(&text, format ? format->name : "");
    add_fact(&text, vt_wording_size(words, sizeof words, item->size));
    add_fact(&text, vt_wording_date(words, sizeof words, item->mtime_ns));
    snprintf(words, sizeof words, "%lld of %lld", (long long)viewer->row + 1,
             (long long)vt_library_count(viewer->library));
    add_fact(&text, words);
    q_label_set_text(viewer->line, text.data);
    vt_str_free(&text);
}

/* ---- what the user does ---- */

static void canvas_drag(void *user, vt_canvas_button button, bool shift, double dx, double dy)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->drag(viewer, button, shift, dx, dy);
    }
}

static void canvas_drag_ended(void *user)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->drag_ended(viewer);
    }
}

static void canvas_wheel(void *user, double steps, double x, double y)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->zoom(viewer, pow(wheel_factor, steps), x, y);
    }
}

static void canvas_double_click(void *user, double x, double y)
{
    (void)x;
    (void)y;
    vt_viewer *viewer = user;
    if (viewer->row >= 0 && viewer->mode != &vt_model_mode && viewer->viewport.fitting) {
        viewer->mode->actual_size(viewer);
    } else if (viewer->row >= 0) {
        viewer->mode->fit(viewer);
    }
}

static void canvas_resized(void *user, double width, double height)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->resized(viewer, width, height);
    }
}

static const vt_canvas_ops canvas_ops = {.drag = canvas_drag,
                                         .drag_ended = canvas_drag_ended,
                                         .wheel = canvas_wheel,
                                         .double_click = canvas_double_click,
                                         .resized = canvas_resized};

static void step(vt_viewer *viewer, int64_t by)
{
    int64_t row = viewer->row + by;
    if (row >= 0 && row < vt_library_count(viewer->library)) {
        vt_library_choose(viewer->library, row, false, false);
        vt_viewer_show(viewer, row);
    }
}

static void zoom_middle(vt_viewer *viewer, double factor)
{
    QWidget *canvas = vt_canvas_widget(viewer->canvas);
    viewer->mode->zoom(viewer, factor, q_widget_width(canvas) / 2.0, q_widget_height(canvas) / 2.0);
}

void vt_viewer_do(vt_viewer *viewer, vt_viewer_command command)
{
    if (viewer->row < 0) {
        return;
    }
    switch (command) {
    case VT_VIEWER_BACK:
        viewer->closed(viewer->user);
        break;
    case VT_VIEWER_PREVIOUS:
        step(viewer, -1);
        break;
    case VT_VIEWER_NEXT:
        step(viewer, 1);
        break;
    case VT_VIEWER_FIT:
        viewer->mode->fit(viewer);
        break;
    case VT_VIEWER_ACTUAL_SIZE:
        viewer->mode->actual_size(viewer);
        break;
    case VT_VIEWER_ZOOM_IN:
        zoom_middle(viewer, button_factor);
        break;
    case VT_VIEWER_ZOOM_OUT:
        zoom_middle(viewer, 1 / button_factor);
        break;
    case VT_VIEWER_COMMAND_COUNT:
        break;
    }
}

/* Buttons of the bar, and the keys that image browsers share. */
typedef struct command_row {
    vt_viewer_command command;
    vt_icon icon;
    const char *tip;
    int keys[4]; /* 0 ends */
} command_row;

static const command_row commands[] = {
    {VT_VIEWER_BACK,
     VT_ICON_BACK,
     "Back to the library (Esc)",
     {Qt_Key_Escape, Qt_Key_Backspace, Qt_Key_Return, 0}},
    {VT_VIEWER_PREVIOUS, VT_ICON_PREVIOUS, "Previous (Left)", {Qt_Key_Left, Qt_Key_PageUp, 0}},
    {VT_VIEWER_NEXT, VT_ICON_NEXT, "Next (Right)", {Qt_Key_Right, Qt_Key_PageDown, Qt_Key_Space, 0}},
    {VT_VIEWER_ZOOM_OUT, VT_ICON_ZOOM_OUT, "Zoom out (-)", {Qt_Key_Minus, 0}},
    {VT_VIEWER_ZOOM_IN, VT_ICON_ZOOM_IN, "Zoom in (+)", {Qt_Key_Plus, Qt_Key_Equal, 0}},
    {VT_VIEWER_FIT, VT_ICON_FIT, "Fit to the window (0)", {Qt_Key_0, Qt_Key_F, 0}},
    {VT_VIEWER_ACTUAL_SIZE, VT_ICON_ACTUAL_SIZE, "Actual size (1)", {Qt_Key_1, 0}},
};

static void viewer_key(QWidget *self, QKeyEvent *event)
{
    int key = q_keyevent_key(event);
    if (vt_sequence_key((vt_viewer *)self, key)) {
        return;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        for (const int *at = commands[i].keys; *at; at++) {
            if (*at == key) {
                vt_viewer_do((vt_viewer *)self, commands[i].command);
                return;
            }
        }
    }
    q_widget_base_key_press_event(self, event);
}

static void on_rest(void *user)
{
    vt_viewer *viewer = user;
    if (viewer->row >= 0) {
        viewer->mode->rested(viewer);
    }
}

/* ---- showing an item ---- */

void vt_viewer_show(vt_viewer *viewer, int64_t row)
{
    vt_viewer_cancel(viewer);
    vt_sequence_forget(viewer);
    q_widget_set_visible(vt_frame_bar_widget(viewer->frame_bar), false);
    viewer->row = row;
    viewer->complete = false;
    vt_neighbours_keep(viewer->neighbours, row);
    vt_library_item(viewer->library, row, &viewer->item);
    vt_str_clear(&viewer->path);
    vt_library_path(viewer->library, row, &viewer->path);
    show_facts(viewer, viewer->item.name, viewer->item.name_length);
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: opened row=%lld kind=%u", (long long)row,
                 (unsigned)viewer->item.kind);
    viewer->item.name = NULL;
    vt_canvas_clear(viewer->canvas);
    vt_canvas_set_message(viewer->canvas, VT_CANVAS_WAIT, "Opening\u2026", "");
    viewer->mode = viewer->item.kind == VT_KIND_MODEL      ? &vt_model_mode
                   : viewer->item.kind == VT_KIND_SEQUENCE ? &vt_sequence_mode
                                                           : &vt_image_mode;
    viewer->mode->start(viewer);
    q_widget_set_focus(&viewer->widget);
}

void vt_viewer_hide(vt_viewer *viewer)
{
    vt_viewer_cancel(viewer);
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
        show_facts(viewer, item.name, item.name_length);
    }
}

bool vt_viewer_is_complete(const vt_viewer *viewer)
{
    return viewer->complete;
}

/* ---- making it ---- */

static void viewer_finish(void *self)
{
    vt_viewer *viewer = self;
    vt_viewer_cancel(viewer);
    vt_sequence_forget(viewer);
    vt_neighbours_free(viewer->neighbours);
    free(viewer->player);
    vt_str_free(&viewer->path);
}

static const QWidgetVirtuals viewer_virtuals = {.key_press_event = viewer_key};
static qt_subclass viewer_class = {.base = &qt_class_QWidget,
                                   .virtuals = &viewer_virtuals,
                                   .instance_size = sizeof(vt_viewer),
                                   .finish = viewer_finish};

typedef struct button_user {
    vt_viewer *viewer;
    vt_viewer_command command;
} button_user;

static void on_button(void *user, bool checked)
{
    (void)checked;
    const button_user *button = user;
    vt_viewer_do(button->viewer, button->command);
}

static void add_button(vt_viewer *viewer, QBoxLayoutRef bar, const command_row *row)
{
    QToolButton *button = q_toolbutton_new(&viewer->widget);
    q_toolbutton_set_auto_raise(button, true);
    q_widget_set_tool_tip(button, row->tip);
    q_widget_set_accessible_name(button, row->tip);
    q_widget_set_focus_policy(button, Qt_NoFocus);
    button_user *user = malloc(sizeof *user);
    if (user) {
        *user = (button_user){viewer, row->command};
        q_abstractbutton_on_clicked_with(button, &viewer->widget, on_button, user,
                                         &(qt_connect_options){.destroy = free});
    }
    viewer->buttons[row->command] = button;
    q_boxlayout_add_widget(bar, button);
}

static QWidget *make_bar(vt_viewer *viewer)
{
    QWidget *bar = q_widget_new(&viewer->widget);
    QHBoxLayout *layout = q_hboxlayout_new_widget(bar);
    q_layout_set_contents_margins(layout, BAR_MARGIN, BAR_MARGIN, BAR_MARGIN, BAR_MARGIN);
    for (size_t i = 0; i < 3; i++) {
        add_button(viewer, layout, &commands[i]);
    }
    viewer->name = q_label_new_empty(bar);
    q_label_set_text_format(viewer->name, Qt_PlainText);
    vt_set_size_policy(viewer->name, QSizePolicy_Ignored, QSizePolicy_Preferred);
    q_label_set_alignment(viewer->name, Qt_AlignCenter);
    q_boxlayout_add_widget_full(layout, viewer->name, 1, 0);
    viewer->zoom_label = q_label_new_empty(bar);
    q_boxlayout_add_widget(layout, viewer->zoom_label);
    for (size_t i = 3; i < sizeof commands / sizeof *commands; i++) {
        add_button(viewer, layout, &commands[i]);
    }
    return bar;
}

void vt_viewer_set_icons(vt_viewer *viewer)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        QIcon icon = vt_icon_make(commands[i].icon);
        q_abstractbutton_set_icon(viewer->buttons[commands[i].command], &icon);
        q_icon_fini(&icon);
    }
    if (viewer->frame_bar) {
        vt_frame_bar_set_icons(viewer->frame_bar);
    }
}

vt_viewer *vt_viewer_create(QWidgetRef parent, vt_library *library, vt_viewer_closed closed, void *user,
                            vt_log log)
{
    vt_viewer *viewer = qt_subclass_allocate(&viewer_class);
    q_widget_init(&viewer->widget, parent);
    qt_subclass_install(&viewer_class, viewer);
    viewer->library = library;
    viewer->closed = closed;
    viewer->user = user;
    viewer->log = log;
    viewer->row = -1;
    viewer->mode = &vt_image_mode;
    viewer->path = (vt_str)VT_STR_INIT;
    viewer->neighbours = vt_neighbours_create(library, log);
    q_widget_set_focus_policy(&viewer->widget, Qt_StrongFocus);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&viewer->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    q_boxlayout_add_widget(layout, make_bar(viewer));
    vt_viewer_set_icons(viewer);
    viewer->canvas = vt_canvas_create(&viewer->widget, &canvas_ops, viewer);
    q_widget_set_focus_proxy(vt_canvas_widget(viewer->canvas), &viewer->widget);
    q_boxlayout_add_widget_full(layout, vt_canvas_widget(viewer->canvas), 1, 0);
    viewer->player =
        vt_player_create(&viewer->widget, vt_library_engine(library), vt_sequence_show_frame, viewer);
    viewer->frame_bar = vt_frame_bar_create(&viewer->widget, &vt_sequence_bar_ops, viewer);
    q_widget_set_visible(vt_frame_bar_widget(viewer->frame_bar), false);
    q_boxlayout_add_widget(layout, vt_frame_bar_widget(viewer->frame_bar));
    viewer->line = q_label_new_empty(&viewer->widget);
    q_label_set_text_format(viewer->line, Qt_PlainText);
    q_label_set_alignment(viewer->line, Qt_AlignCenter);
    q_label_set_margin(viewer->line, BAR_MARGIN);
    vt_set_size_policy(viewer->line, QSizePolicy_Ignored, QSizePolicy_Preferred);
    q_boxlayout_add_widget(layout, viewer->line);
    viewer->rest = q_timer_new(&viewer->widget);
    q_timer_set_single_shot(viewer->rest, true);
    q_timer_set_interval(viewer->rest, REST_MS);
    q_timer_on_timeout(viewer->rest, &viewer->widget, on_rest, viewer);
    return viewer;
}

QWidget *vt_viewer_widget(vt_viewer *viewer)
{
    return &viewer->widget;
}
