/* `model:ITEM`: a model in a pane, turned with the mouse. One view is drawn at a time; what is wished
   meanwhile takes the place of older wishes. */
#include "app/ui/panes/pane_look.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/keys/keymap.h"
#include "app/ui/keys/view_keys.h"
#include "core/base/translatable.h"

#include <math.h>

enum { IDLE = 4 };
static const double turn_per_pixel = 0.01; /* radians */
static const double zoom_min = 0.1;
static const double zoom_max = 50;
static const double arrow_turn = M_PI / 12;

static void request(vt_pane_look *look)
{
    const QWidget *canvas = vt_canvas_widget(look->canvas);
    double ratio = vt_canvas_ratio(look->canvas);
    look->camera_changed = false;
    vt_pane_look_request(look, look->item.path.data, (uint32_t)fmax(1, ceil(q_widget_width(canvas) * ratio)),
                         (uint32_t)fmax(1, ceil(q_widget_height(canvas) * ratio)), &look->camera);
}

static void fill_canvas(vt_pane_look *look)
{
    const QWidget *canvas = vt_canvas_widget(look->canvas);
    vt_canvas_place(look->canvas, q_rectf_make(0, 0, q_widget_width(canvas), q_widget_height(canvas)), false,
                    false);
}

static void change(vt_pane_look *look, bool turning)
{
    look->camera.turning = turning;
    look->camera_changed = true;
    if (!look->request) {
        request(look);
    }
    vt_pane_look_changed(look);
}

static void start(vt_pane_look *look)
{
    look->camera = (vt_model_view){.zoom = 1};
    fill_canvas(look);
    request(look);
}

static void arrived(vt_pane_look *look, vt_picture *picture)
{
    look->loaded_width = picture->width;
    vt_canvas_set_picture(look->canvas, picture->pixels, (int)picture->width, (int)picture->height,
                          (long)picture->stride);
    fill_canvas(look);
    if (look->camera_changed) {
        request(look);
    }
}

static void resized(vt_pane_look *look, double width, double height)
{
    (void)width;
    (void)height;
    fill_canvas(look);
    change(look, true);
}

static void drag(vt_pane_look *look, vt_canvas_button button, bool shift, double dx, double dy)
{
    const QWidget *canvas = vt_canvas_widget(look->canvas);
    if (button == VT_CANVAS_LEFT && !shift) {
        look->camera.yaw += (float)(-dx * turn_per_pixel);
        look->camera.pitch += (float)(dy * turn_per_pixel);
    } else {
        look->camera.pan_x += (float)(dx / q_widget_width(canvas));
        look->camera.pan_y += (float)(dy / q_widget_height(canvas));
    }
    change(look, true);
}

static void drag_ended(vt_pane_look *look)
{
    if (look->camera.turning) {
        change(look, false);
    }
}

static void zoom(vt_pane_look *look, double factor, double x, double y)
{
    const QWidget *canvas = vt_canvas_widget(look->canvas);
    vt_model_view *camera = &look->camera;
    double wanted = fmax(zoom_min, fmin(zoom_max, camera->zoom * factor));
    double real_factor = wanted / camera->zoom;
    double at_x = x / q_widget_width(canvas) - 0.5;
    double at_y = y / q_widget_height(canvas) - 0.5;
    camera->pan_x = (float)(at_x + (camera->pan_x - at_x) * real_factor);
    camera->pan_y = (float)(at_y + (camera->pan_y - at_y) * real_factor);
    camera->zoom = (float)wanted;
    change(look, true);
}

static void fit(vt_pane_look *look, vt_viewport_fitting fitting)
{
    (void)fitting;
    look->camera = (vt_model_view){.zoom = 1};
    change(look, false);
}

static void actual_size(vt_pane_look *look, double x, double y)
{
    (void)x;
    (void)y;
    fit(look, VT_VIEWPORT_FIT);
}

/* The last view of a movement is drawn with care. */
static void rested(vt_pane_look *look)
{
    if (look->camera.turning) {
        change(look, false);
    }
}

static bool key(vt_pane_look *look, int code)
{
    int across = code == Qt_Key_Left ? -1 : code == Qt_Key_Right ? 1 : 0;
    int down = code == Qt_Key_Up ? -1 : code == Qt_Key_Down ? 1 : 0;
    if (!across && !down) {
        return false;
    }
    look->camera.yaw += (float)(-across * arrow_turn);
    look->camera.pitch += (float)(down * arrow_turn);
    change(look, false);
    return true;
}

static void restored(vt_pane_look *look)
{
    look->saved.is_set = false;
    look->camera = look->saved.camera;
    change(look, false);
}

const vt_pane_look_mode vt_pane_model_mode = {.start = start,
                                              .arrived = arrived,
                                              .resized = resized,
                                              .drag = drag,
                                              .drag_ended = drag_ended,
                                              .zoom = zoom,
                                              .fit = fit,
                                              .actual_size = actual_size,
                                              .rested = rested,
                                              .key = key,
                                              .restored = restored,
                                              .keys = VT_KEYS_MODEL};

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    return vt_pane_look_create(&vt_pane_model_type, context, error);
}

const vt_pane_type vt_pane_model_type = {.name = "model",
                                         .title = VT_TR_NOOP("panes", "Model"),
                                         .argument = VT_TR_NOOP("panes", "item"),
                                         .icon = VT_ICON_MODEL,
                                         .idle = IDLE,
                                         VT_PANE_LOOK_TYPE(create)};
