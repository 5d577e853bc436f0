/* `image:ITEM`: a picture in a pane, first reduced to the pane, then with more pixels, or tiles, as it is
   zoomed in and rests (app/ui/viewer/image_box.h). */
#include "app/ui/panes/pane_look.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/keys/keymap.h"
#include "app/ui/keys/view_keys.h"
#include "app/ui/parts/translate.h"
#include "app/ui/viewer/image_box.h"
#include "core/base/translatable.h"

#include <math.h>

enum { IDLE = 8, ARROW_STEP = 80 };
/* There may be dozens of panes: each decodes as much of a picture as a large screen shows. */
static const double pixels_max = 8e6;

const char *vt_pane_look_path(const vt_pane_look *look)
{
    return look->facts ? look->frame_path.data : look->item.path.data;
}

static bool needs_tiles(const vt_pane_look *look)
{
    return look->loaded_width > 0 && look->mode == &vt_pane_image_mode &&
           vt_image_needs_tiles(&look->viewport, vt_canvas_ratio(look->canvas), pixels_max);
}

static void see_tiles(vt_pane_look *look)
{
    const vt_viewport *at = &look->viewport;
    if (needs_tiles(look)) {
        vt_region seen = vt_image_seen(at, (vt_turn){0});
        vt_tiles_open(look->tiles, look->item.path.data, (uint32_t)at->picture_width,
                      (uint32_t)at->picture_height);
        vt_tiles_see(look->tiles, &seen, at->zoom * vt_canvas_ratio(look->canvas));
    }
}

void vt_pane_look_paint_tiles(void *user, QPainter *painter, const QRectF *area)
{
    vt_pane_look *look = user;
    if (look->item.brief.id && needs_tiles(look)) {
        vt_tiles_paint(look->tiles, painter, area);
    }
}

void vt_pane_look_tiles_ready(void *user, const vt_error *error)
{
    vt_pane_look *look = user;
    if (error && error->code != VT_ERROR_CANCELLED) {
        vt_canvas_set_message(look->canvas, VT_CANVAS_NOTE,
                              vt_tr("panes", "This picture cannot be shown in all its pixels"),
                              error->message);
    }
    q_widget_update(vt_canvas_widget(look->canvas));
}

static void place(vt_pane_look *look)
{
    const vt_viewport *at = &look->viewport;
    double ratio = vt_canvas_ratio(look->canvas);
    QRectF target = q_rectf_make(round(at->x * ratio) / ratio, round(at->y * ratio) / ratio,
                                 at->picture_width * at->zoom, at->picture_height * at->zoom);
    vt_canvas_place(look->canvas, target, at->zoom * ratio >= 3, look->has_alpha);
    see_tiles(look);
    vt_pane_look_changed(look);
}

void vt_pane_look_image_box(const vt_pane_look *look, uint32_t *width, uint32_t *height)
{
    vt_image_box(&look->viewport, vt_canvas_ratio(look->canvas), pixels_max, width, height);
}

void vt_pane_look_request_image(vt_pane_look *look)
{
    uint32_t width, height;
    vt_pane_look_image_box(look, &width, &height);
    vt_pane_look_request(look, vt_pane_look_path(look), width, height, NULL);
}

/* The place of a state: its middle is the middle of the pane again. */
static void restored(vt_pane_look *look)
{
    vt_viewport *at = &look->viewport;
    if (!look->saved.is_set || at->picture_width <= 0) {
        return;
    }
    const vt_pane_look_state saved = look->saved;
    look->saved.is_set =
        look->loaded_width == 0; /* once more when the picture is there, and its size known */
    if (saved.zoom > 0) {
        vt_viewport_zoom_at(at, saved.zoom, at->width / 2, at->height / 2);
        double x = saved.x * at->picture_width * at->zoom + at->x;
        double y = saved.y * at->picture_height * at->zoom + at->y;
        vt_viewport_pan(at, at->width / 2 - x, at->height / 2 - y);
    }
    place(look);
}

static void start(vt_pane_look *look)
{
    const QWidget *canvas = vt_canvas_widget(look->canvas);
    const vt_item_brief *item = &look->item.brief;
    bool sized = item->width > 0 && item->height > 0;
    vt_viewport_resize(&look->viewport, q_widget_width(canvas), q_widget_height(canvas));
    vt_viewport_set_picture(&look->viewport, sized ? (double)item->width : q_widget_width(canvas),
                            sized ? (double)item->height : q_widget_height(canvas));
    vt_pane_look_request_image(look);
    if (look->content.stage == VT_PANE_LOADING) {
        place(look);
    }
}

static void arrived(vt_pane_look *look, vt_picture *picture)
{
    uint32_t width = picture->media.width ? picture->media.width : picture->width;
    uint32_t height = picture->media.width ? picture->media.height : picture->height;
    if (width != (uint32_t)look->viewport.picture_width ||
        height != (uint32_t)look->viewport.picture_height) {
        vt_viewport_set_picture(&look->viewport, width, height);
    }
    look->loaded_width = picture->width;
    look->has_alpha = picture->media.has_alpha;
    vt_canvas_set_picture(look->canvas, picture->pixels, (int)picture->width, (int)picture->height,
                          (long)picture->stride);
    restored(look);
    place(look);
}

static void resized(vt_pane_look *look, double width, double height)
{
    vt_viewport_resize(&look->viewport, width, height);
    place(look);
}

static void drag(vt_pane_look *look, vt_canvas_button button, bool shift, double dx, double dy)
{
    (void)button;
    (void)shift;
    vt_viewport_pan(&look->viewport, dx, dy);
    place(look);
}

static void zoom(vt_pane_look *look, double factor, double x, double y)
{
    vt_viewport_zoom_at(&look->viewport, look->viewport.zoom * factor, x, y);
    place(look);
}

static void fit(vt_pane_look *look, vt_viewport_fitting fitting)
{
    vt_viewport_fit_as(&look->viewport, fitting);
    place(look);
}

static void actual_size(vt_pane_look *look, double x, double y)
{
    vt_viewport_zoom_at(&look->viewport, 1 / vt_canvas_ratio(look->canvas), x, y);
    place(look);
}

static void rested(vt_pane_look *look)
{
    double shown = look->viewport.picture_width * look->viewport.zoom * vt_canvas_ratio(look->canvas);
    bool too_few = shown > look->loaded_width * 1.02 && look->loaded_width < look->viewport.picture_width;
    if (look->loaded_width && too_few && !look->request && !needs_tiles(look)) {
        vt_pane_look_request_image(look);
    }
}

static bool key(vt_pane_look *look, int code)
{
    int across = code == Qt_Key_Left ? 1 : code == Qt_Key_Right ? -1 : 0;
    int down = code == Qt_Key_Up ? 1 : code == Qt_Key_Down ? -1 : 0;
    if (!across && !down) {
        return false;
    }
    vt_viewport_pan(&look->viewport, across * ARROW_STEP, down * ARROW_STEP);
    place(look);
    return true;
}

const vt_pane_look_mode vt_pane_image_mode = {.start = start,
                                              .arrived = arrived,
                                              .resized = resized,
                                              .drag = drag,
                                              .zoom = zoom,
                                              .fit = fit,
                                              .actual_size = actual_size,
                                              .rested = rested,
                                              .key = key,
                                              .restored = restored,
                                              .keys = VT_KEYS_IMAGE};

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    return vt_pane_look_create(&vt_pane_image_type, context, error);
}

const vt_pane_type vt_pane_image_type = {.name = "image",
                                         .title = VT_TR_NOOP("panes", "Image"),
                                         .argument = VT_TR_NOOP("panes", "item"),
                                         .icon = VT_ICON_IMAGE,
                                         .idle = IDLE,
                                         VT_PANE_LOOK_TYPE(create)};
