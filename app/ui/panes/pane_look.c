#include "app/ui/panes/pane_look.h"

#include "app/ui/keys/view_keys.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qkeyevent.h>
#include <qt6c/qvboxlayout.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REST_MS = 160 };
static const double wheel_factor = 1.2;

static vt_pane_look *of(vt_pane_content *content)
{
    return (vt_pane_look *)content;
}

/* ---- pictures ---- */

static void cancel_request(vt_pane_look *look)
{
    vt_request_cancel(look->request);
    look->request = NULL;
}

void vt_pane_look_fail(vt_pane_look *look, const vt_error *error)
{
    vt_canvas_clear(look->canvas);
    look->loaded_width = 0;
    vt_pane_fail_of_file(&look->content, error);
}

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    vt_pane_look *look = user;
    look->request = NULL;
    if (error) {
        if (error->code != VT_ERROR_CANCELLED) {
            vt_pane_look_fail(look, error);
        }
        return;
    }
    vt_canvas_set_message(look->canvas, VT_CANVAS_NOTE,
                          picture->partial ? vt_tr("panes", "Only a part of this file could be read") : "",
                          picture->partial ? picture->message : "");
    look->mode->arrived(look, picture);
    picture->pixels = NULL;
    vt_picture_clear(picture);
    if (look->content.stage == VT_PANE_LOADING) {
        vt_pane_content_ready(&look->content);
    }
}

void vt_pane_look_request(vt_pane_look *look, const char *path, uint32_t width, uint32_t height,
                          const vt_model_view *view)
{
    vt_error error = VT_ERROR_INIT;
    cancel_request(look);
    look->request = vt_engine_request_image(look->content.context->engine, path, width, height, view,
                                            picture_ready, look, &error);
    if (!look->request) {
        vt_pane_look_fail(look, &error);
    }
}

/* For screen readers, which get to the pane rather than to its header. */
static void describe(vt_pane_look *look)
{
    bool placed = look->item.brief.id && look->viewport.picture_width > 0;
    vt_canvas_describe(look->canvas, look->content.widget,
                       look->item.brief.id && look->item.name.data ? look->item.name.data : "", "",
                       placed ? look->viewport.zoom * vt_canvas_ratio(look->canvas) : 0);
}

void vt_pane_look_changed(vt_pane_look *look)
{
    describe(look);
    q_timer_start(look->rest);
}

/* ---- what the user does ---- */

static bool is_shown(const vt_pane_look *look)
{
    return look->item.brief.id && look->mode;
}

static void canvas_drag(void *user, vt_canvas_button button, bool shift, double dx, double dy)
{
    vt_pane_look *look = user;
    if (is_shown(look)) {
        look->mode->drag(look, button, shift, dx, dy);
    }
}

static void canvas_drag_ended(void *user)
{
    vt_pane_look *look = user;
    if (is_shown(look) && look->mode->drag_ended) {
        look->mode->drag_ended(look);
    }
}

static void canvas_wheel(void *user, double steps, double x, double y)
{
    vt_pane_look *look = user;
    if (is_shown(look)) {
        look->mode->zoom(look, pow(wheel_factor, steps), x, y);
    }
}

static void canvas_double_click(void *user, double x, double y)
{
    vt_pane_look *look = user;
    if (is_shown(look) && look->mode != &vt_pane_model_mode && look->viewport.fitting) {
        look->mode->actual_size(look, x, y);
    } else if (is_shown(look)) {
        look->mode->fit(look, VT_VIEWPORT_FIT);
    }
}

static void canvas_resized(void *user, double width, double height)
{
    vt_pane_look *look = user;
    if (is_shown(look)) {
        look->mode->resized(look, width, height);
    }
}

static const vt_canvas_ops canvas_ops = {.drag = canvas_drag,
                                         .drag_ended = canvas_drag_ended,
                                         .wheel = canvas_wheel,
                                         .double_click = canvas_double_click,
                                         .resized = canvas_resized,
                                         .menu = vt_pane_look_show_menu,
                                         .paint_detail = vt_pane_look_paint_tiles};

static void on_rest(void *user)
{
    vt_pane_look *look = user;
    if (is_shown(look)) {
        look->mode->rested(look);
    }
}

typedef struct root_widget {
    QWidget widget; /* first */
    vt_pane_look *look;
} root_widget;

static bool zoom_key(vt_pane_look *look, int key)
{
    const QWidget *canvas = vt_canvas_widget(look->canvas);
    double x = q_widget_width(canvas) / 2.0;
    double y = q_widget_height(canvas) / 2.0;
    switch (key) {
    case Qt_Key_Plus:
        look->mode->zoom(look, wheel_factor, x, y);
        return true;
    case Qt_Key_Minus:
        look->mode->zoom(look, 1 / wheel_factor, x, y);
        return true;
    case Qt_Key_0:
        look->mode->fit(look, VT_VIEWPORT_FIT);
        return true;
    case Qt_Key_1:
        look->mode->actual_size(look, x, y);
        return true;
    case Qt_Key_W:
        look->mode->fit(look, VT_VIEWPORT_FIT_WIDTH);
        return true;
    default:
        return false;
    }
}

static void root_key(QWidget *self, QKeyEvent *event)
{
    vt_pane_look *look = ((root_widget *)self)->look;
    bool done = false;
    if (is_shown(look)) {
        int key = vt_view_key_pressed(look->mode->keys, event, NULL);
        done = vt_pane_look_menu_key(look, event) || (look->mode->key && look->mode->key(look, key)) ||
               zoom_key(look, key);
    }
    if (!done) {
        q_widget_base_key_press_event(self, event);
    }
}

/* The keys of the zoom are the picture's, where it has the keyboard: elsewhere they rate. */
static bool root_event(QWidget *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_ShortcutOverride) {
        QKeyEvent *pressed = (QKeyEvent *)event;
        int key = q_keyevent_key(pressed);
        int modifiers = (int)q_inputevent_modifiers(pressed) & ~(int)Qt_KeypadModifier;
        if ((key == Qt_Key_0 || key == Qt_Key_1 || key == Qt_Key_Space) && modifiers == 0) {
            q_event_accept(event);
            return true;
        }
    }
    return q_widget_base_event(self, event);
}

static void root_change(QWidget *self, QEvent *event)
{
    vt_pane_look *look = ((root_widget *)self)->look;
    q_widget_base_change_event(self, event);
    if (q_event_type(event) == QEvent_PaletteChange && look && look->frame_bar) {
        vt_frame_bar_set_icons(look->frame_bar);
    }
}

static void root_context_menu(QWidget *self, QContextMenuEvent *event)
{
    vt_pane_look_context_menu(((root_widget *)self)->look, event);
}

/* ---- showing ---- */

static void forget(vt_pane_look *look)
{
    cancel_request(look);
    vt_pane_look_forget_sequence(look);
    vt_tiles_close(look->tiles);
    q_timer_stop(look->rest);
    vt_canvas_clear(look->canvas);
    vt_canvas_set_message(look->canvas, VT_CANVAS_NOTE, "", "");
    vt_pane_item_clear(&look->item);
    look->loaded_width = 0;
    look->mode = NULL;
    look->saved = (vt_pane_look_state){.is_set = false};
    describe(look);
}

static void show_item(vt_pane_look *look, const char *argument)
{
    vt_error error = VT_ERROR_INIT;
    forget(look);
    if (!vt_pane_item_find(&look->item, look->content.context->engine, argument, &error)) {
        vt_pane_content_fail(&look->content, &error);
        return;
    }
    look->mode = look->item.brief.kind == VT_KIND_MODEL      ? &vt_pane_model_mode
                 : look->item.brief.kind == VT_KIND_SEQUENCE ? &vt_pane_sequence_mode
                                                             : &vt_pane_image_mode;
    look->viewport = (vt_viewport){.fitting = VT_VIEWPORT_FIT};
    vt_pane_content_load(&look->content, -1);
    describe(look);
    look->mode->start(look);
}

void vt_pane_look_show(vt_pane_content *content, const char *argument)
{
    of(content)->followed = false;
    show_item(of(content), argument);
}

void vt_pane_look_clear(vt_pane_content *content)
{
    forget(of(content));
    vt_pane_content_empty(content);
}

void vt_pane_look_cancel(vt_pane_content *content)
{
    vt_error error = VT_ERROR_INIT;
    cancel_request(of(content));
    vt_pane_look_forget_sequence(of(content));
    vt_error_set(&error, VT_ERROR_CANCELLED, "opening this file was cancelled");
    vt_pane_content_fail(content, &error);
}

void vt_pane_look_describe(const vt_pane_content *content, vt_str *text)
{
    const vt_pane_look *look = (const vt_pane_look *)content;
    vt_str_append(text, look->item.name.data, look->item.name.length);
}

size_t vt_pane_look_bytes(const vt_pane_content *content)
{
    enum { WIDGETS = 64 << 10 };
    const vt_pane_look *look = (const vt_pane_look *)content;
    int width = 0, height = 0;
    long stride = 0;
    const unsigned char *pixels = vt_canvas_pixels(look->canvas, &width, &height, &stride);
    return WIDGETS + (pixels ? (size_t)height * (size_t)stride : 0) + (size_t)vt_tiles_bytes(look->tiles);
}

bool vt_pane_look_is_valid(const vt_pane_content *content, const char *argument)
{
    const vt_pane_look *look = (const vt_pane_look *)content;
    bool is_it = look->followed || look->item.brief.id == vt_pane_item_id(argument);
    return is_it && vt_pane_item_is_same(&look->item, content->context->engine);
}

static void show_other(vt_pane_look *look, int64_t id)
{
    char argument[32];
    snprintf(argument, sizeof argument, "%lld", (long long)id);
    show_item(look, argument);
}

void vt_pane_look_select(vt_pane_content *content, const int64_t *items, size_t count)
{
    vt_pane_look *look = of(content);
    if (count > 0 && content->stage != VT_PANE_EMPTY && items[0] != look->item.brief.id) {
        look->followed = true;
        show_other(look, items[0]);
    }
}

vt_subject vt_pane_look_subject(const vt_pane_content *content)
{
    return vt_pane_item_subject(&((const vt_pane_look *)content)->item, content->context->engine);
}

vt_chosen *vt_pane_look_chosen(const vt_pane_content *content)
{
    return vt_pane_items_chosen(content->context->engine, &((const vt_pane_look *)content)->item.brief.id, 1);
}

/* Another content, or none any more. Where it is looked at stays. */
void vt_pane_look_rows_changed(vt_pane_content *content)
{
    vt_pane_look *look = of(content);
    int64_t id = look->item.brief.id;
    if (id && content->stage != VT_PANE_EMPTY &&
        !vt_pane_item_is_same(&look->item, content->context->engine)) {
        size_t length = 0;
        void *state = vt_pane_look_save(content, &length);
        show_other(look, id);
        if (state) {
            vt_pane_look_restore(content, state, length);
        }
        free(state);
    }
}

/* ---- making it ---- */

static const QWidgetVirtuals root_virtuals = {.key_press_event = root_key,
                                              .change_event = root_change,
                                              .context_menu_event = root_context_menu,
                                              .event = root_event};
static qt_subclass root_class = {
    .base = &qt_class_QWidget, .virtuals = &root_virtuals, .instance_size = sizeof(root_widget)};

vt_pane_content *vt_pane_look_create(const vt_pane_type *type, const vt_pane_context *context,
                                     vt_error *error)
{
    vt_pane_look *look = calloc(1, sizeof *look);
    if (!look) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    root_widget *root = qt_subclass_allocate(&root_class);
    q_widget_init(&root->widget, NULL);
    qt_subclass_install(&root_class, root);
    root->look = look;
    vt_pane_content_init(&look->content, type, context, &root->widget);
    q_widget_set_focus_policy(&root->widget, Qt_StrongFocus);
    q_widget_set_accessible_name(&root->widget, vt_tr("panes", "Picture of the pane"));
    if (context->add_menu) {
        context->add_menu(context->user, &root->widget);
        q_widget_set_context_menu_policy(&root->widget, Qt_DefaultContextMenu); /* pane_look_menu.c */
    }
    look->item = (vt_pane_item)VT_PANE_ITEM_INIT;
    look->frame_path = (vt_str)VT_STR_INIT;
    look->layout = q_vboxlayout_new_widget(&root->widget);
    q_layout_set_contents_margins(look->layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(look->layout, 0);
    look->canvas = vt_canvas_create(&root->widget, &canvas_ops, look);
    q_boxlayout_add_widget_full(look->layout, vt_canvas_widget(look->canvas), 1, 0);
    look->tiles = vt_tiles_create(context->engine, vt_pane_look_tiles_ready, look, context->log);
    look->rest = q_timer_new(&root->widget);
    q_timer_set_single_shot(look->rest, true);
    q_timer_set_interval(look->rest, REST_MS);
    q_timer_on_timeout(look->rest, look->rest, on_rest, look);
    return &look->content;
}

void vt_pane_look_destroy(vt_pane_content *content)
{
    vt_pane_look *look = of(content);
    forget(look);
    vt_player_free(look->player);
    vt_tiles_free(look->tiles);
    q_widget_delete(content->widget);
    vt_str_free(&look->frame_path);
    free(look);
}
