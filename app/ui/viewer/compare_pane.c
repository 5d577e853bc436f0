#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/viewer/compare_private.h"
#include "app/ui/viewer/failure_words.h"
#include "app/ui/viewer/viewer_private.h"

#include <qt6c/qmouseevent.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double wheel_factor = 1.2;

/* ---- the header ---- */

typedef struct header {
    QWidget widget; /* first */
    vt_compare_pane *pane;
} header;

static void header_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_compare_pane *pane = ((header *)self)->pane;
    const vt_theme *theme = vt_theme_current();
    bool focused = pane->compare->focus == pane->place;
    QPainter painter;
    char number[16];
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), focused ? theme->selection : theme->window);
    QString text = qt_string_from_utf8(pane->name.data);
    uint32_t colour = focused ? theme->selection_text : theme->text;
    vt_paint_text(&painter, q_rect_make(36, 0, q_widget_width(self) - 72, q_widget_height(self)),
                  VT_PAINT_CENTRE, &text, colour);
    qt_string_release(&text);
    snprintf(number, sizeof number, "%d", pane->place + 1);
    text = qt_string_from_utf8(number);
    vt_paint_text(&painter, q_rect_make(10, 0, 24, q_widget_height(self)), VT_PAINT_LEFT, &text, colour);
    qt_string_release(&text);
    q_painter_fini(&painter);
}

static void header_press(QWidget *self, QMouseEvent *event)
{
    (void)event;
    vt_compare_pane *pane = ((header *)self)->pane;
    vt_compare_focus(pane->compare, pane->place);
}

static void header_release(QWidget *self, QMouseEvent *event)
{
    vt_compare_pane *pane = ((header *)self)->pane;
    QPointF global = q_singlepointevent_global_position(event);
    const QPoint at = {(int)global.xp, (int)global.yp};
    vt_compare_dropped(pane, q_widget_map_from_global_point(vt_compare_widget(pane->compare), &at));
}

static const QWidgetVirtuals header_virtuals = {
    .paint_event = header_paint, .mouse_press_event = header_press, .mouse_release_event = header_release};
static qt_subclass header_class = {
    .base = &qt_class_QWidget, .virtuals = &header_virtuals, .instance_size = sizeof(header)};

/* ---- the canvas ---- */

static void canvas_drag(void *user, vt_canvas_button button, bool shift, double dx, double dy)
{
    vt_compare_pane *pane = user;
    (void)button;
    (void)shift;
    vt_viewport_pan(&pane->viewport, dx, dy);
    vt_compare_moved(pane);
}

static void canvas_drag_ended(void *user)
{
    vt_compare_pane *pane = user;
    vt_compare_focus(pane->compare, pane->place);
}

static void canvas_wheel(void *user, double steps, double x, double y)
{
    vt_compare_pane *pane = user;
    vt_viewport_zoom_at(&pane->viewport, pane->viewport.zoom * pow(wheel_factor, steps), x, y);
    vt_compare_moved(pane);
}

static void canvas_double_click(void *user, double x, double y)
{
    vt_compare_pane *pane = user;
    if (pane->viewport.fitting) {
        vt_viewport_zoom_at(&pane->viewport, 1 / vt_canvas_ratio(pane->canvas), x, y);
    } else {
        vt_viewport_fit(&pane->viewport);
    }
    vt_compare_moved(pane);
}

static void canvas_resized(void *user, double width, double height)
{
    vt_compare_pane *pane = user;
    vt_viewport_resize(&pane->viewport, width, height);
    vt_compare_pane_place(pane);
}

/* ---- tiles ---- */

bool vt_compare_pane_is_large(const vt_compare_pane *pane)
{
    vt_viewport actual = pane->viewport;
    actual.zoom = 1;
    return pane->kind == VT_KIND_IMAGE && pane->item &&
           vt_image_needs_tiles(&actual, 1, vt_compare_pixels(pane->compare));
}

static bool needs_tiles(const vt_compare_pane *pane)
{
    return pane->kind == VT_KIND_IMAGE && pane->loaded_width > 0 &&
           vt_image_needs_tiles(&pane->viewport, vt_canvas_ratio(pane->canvas),
                                vt_compare_pixels(pane->compare));
}

static void see_tiles(vt_compare_pane *pane)
{
    if (needs_tiles(pane)) {
        const vt_viewport *at = &pane->viewport;
        vt_region seen = vt_image_seen(at, (vt_turn){0});
        vt_tiles_open(pane->tiles, pane->path.data, (uint32_t)at->picture_width,
                      (uint32_t)at->picture_height);
        vt_tiles_see(pane->tiles, &seen, at->zoom * vt_canvas_ratio(pane->canvas));
    }
}

/* The canvas may show another pane's picture, while that blinks. */
static void paint_tiles(void *user, QPainter *painter, const QRectF *area)
{
    const vt_compare_pane *pane = vt_compare_pane_seen(user);
    if (needs_tiles(pane)) {
        vt_tiles_paint(pane->tiles, painter, area);
    }
}

static void tiles_ready(void *user, const vt_error *error)
{
    vt_compare_pane *pane = user;
    const vt_compare *compare = pane->compare;
    if (error && error->code != VT_ERROR_CANCELLED) {
        vt_log_write(&compare->log, VT_LOG_INFO, "compare: pane=%d no tiles: %s", pane->place,
                     error->message);
        vt_canvas_set_message(pane->canvas, VT_CANVAS_NOTE,
                              vt_tr("viewer", "This picture cannot be shown in all its pixels"),
                              error->message);
    }
    vt_log_write(&compare->log, VT_LOG_DEBUG, "compare: tiles pane=%d sharp=%d compared_tile_bytes=%lld",
                 pane->place, vt_tiles_are_here(pane->tiles), (long long)vt_compare_tile_bytes(compare));
    q_widget_update(vt_canvas_widget(pane->canvas));
}

static const vt_canvas_ops canvas_ops = {.drag = canvas_drag,
                                         .drag_ended = canvas_drag_ended,
                                         .wheel = canvas_wheel,
                                         .double_click = canvas_double_click,
                                         .resized = canvas_resized,
                                         .paint_detail = paint_tiles};

/* ---- pictures ---- */

void vt_compare_pane_place(vt_compare_pane *pane)
{
    const vt_viewport *at = &pane->viewport;
    double ratio = vt_canvas_ratio(pane->canvas);
    vt_canvas_place(pane->canvas,
                    q_rectf_make(round(at->x * ratio) / ratio, round(at->y * ratio) / ratio,
                                 at->picture_width * at->zoom, at->picture_height * at->zoom),
                    at->zoom * ratio >= 3, pane->has_alpha);
    see_tiles(pane);
    vt_canvas_describe(pane->canvas, NULL, pane->name.length > 0 ? pane->name.data : "", "",
                       at->zoom * ratio);
    vt_compare_tell_zoom(pane);
}

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    vt_compare_pane *pane = user;
    char detail[640];
    pane->request = NULL;
    vt_compare_key_released(pane->compare, Qt_Key_D); /* else it would come to the other canvas */
    if (!picture) {
        pane->failed = true;
        vt_canvas_clear(pane->canvas);
        vt_canvas_set_message(pane->canvas, VT_CANVAS_FAILURE,
                              vt_tr("viewer", vt_failure_words_of(error->code)->headline),
                              vt_failure_detail(detail, sizeof detail, error));
        vt_log_write(&pane->compare->log, VT_LOG_INFO, "compare: pane=%d failed: %s", pane->place,
                     error->message);
        return;
    }
    uint32_t width = picture->media.width ? picture->media.width : picture->width; /* a model's has none */
    uint32_t height = picture->media.width ? picture->media.height : picture->height;
    if (width != (uint32_t)pane->viewport.picture_width ||
        height != (uint32_t)pane->viewport.picture_height) {
        vt_viewport_set_picture(&pane->viewport, width, height);
    }
    pane->loaded_width = picture->width;
    pane->has_alpha = picture->media.has_alpha;
    vt_canvas_set_message(pane->canvas, VT_CANVAS_NOTE,
                          picture->partial ? vt_tr("viewer", "Only a part of this file could be read") : "",
                          picture->partial ? picture->message : "");
    vt_canvas_set_picture(pane->canvas, picture->pixels, (int)picture->width, (int)picture->height,
                          (long)picture->stride);
    picture->pixels = NULL;
    vt_picture_clear(picture);
    vt_compare_share_tiles(pane->compare);
    vt_compare_pane_place(pane);
    vt_log_write(&pane->compare->log, VT_LOG_INFO, "compare: pane=%d picture width=%u", pane->place,
                 pane->loaded_width);
}

static void request(vt_compare_pane *pane)
{
    uint32_t width, height;
    vt_error error = VT_ERROR_INIT;
    vt_image_box(&pane->viewport, vt_canvas_ratio(pane->canvas), vt_compare_pixels(pane->compare), &width,
                 &height);
    pane->request = vt_engine_request_image(vt_library_engine(pane->compare->library), pane->path.data, width,
                                            height, NULL, picture_ready, pane, &error);
    if (!pane->request) {
        picture_ready(pane, NULL, &error);
    }
}

void vt_compare_pane_rested(vt_compare_pane *pane)
{
    if (pane->kind != VT_KIND_IMAGE || !pane->loaded_width || pane->request) {
        return;
    }
    const vt_viewport *at = &pane->viewport;
    double shown = at->picture_width * at->zoom * vt_canvas_ratio(pane->canvas);
    double pixels = (double)pane->loaded_width * pane->loaded_width * at->picture_height / at->picture_width;
    bool too_few = shown > pane->loaded_width * 1.02 && pane->loaded_width < at->picture_width;
    bool too_many = pixels > vt_compare_pixels(pane->compare) * 1.02; /* there are more panes than before */
    if (too_many || (too_few && !needs_tiles(pane))) {
        request(pane);
    }
}

static void forget(vt_compare_pane *pane)
{
    vt_request_cancel(pane->request);
    pane->request = NULL;
    vt_tiles_close(pane->tiles);
    pane->loaded_width = 0;
    pane->item = 0;
    pane->failed = false;
    vt_str_clear(&pane->name);
    vt_str_clear(&pane->path);
    vt_canvas_clear(pane->canvas);
}

void vt_compare_pane_show(vt_compare_pane *pane, int64_t row)
{
    vt_item_brief item;
    vt_library *library = pane->compare->library;
    forget(pane);
    vt_compare_share_tiles(pane->compare);
    if (row < 0 || row >= vt_library_count(library)) {
        return;
    }
    vt_library_item(library, row, &item);
    pane->item = item.id;
    pane->kind = item.kind;
    vt_str_append_display(&pane->name, item.name, item.name_length);
    vt_library_path(library, row, &pane->path);
    q_widget_update(pane->header);
    QWidget *canvas = vt_canvas_widget(pane->canvas);
    bool sized = item.width > 0 && item.height > 0;
    vt_viewport_resize(&pane->viewport, q_widget_width(canvas), q_widget_height(canvas));
    vt_viewport_set_picture(&pane->viewport, sized ? (double)item.width : q_widget_width(canvas),
                            sized ? (double)item.height : q_widget_height(canvas));
    vt_canvas_set_message(pane->canvas, VT_CANVAS_WAIT, vt_tr("viewer", "Opening\u2026"), "");
    if (item.kind == VT_KIND_SEQUENCE) {
        vt_error error = VT_ERROR_INIT;
        vt_error_set(&error, VT_ERROR_UNSUPPORTED,
                     "a sequence is looked at by itself: press Esc and open it");
        picture_ready(pane, NULL, &error);
    } else {
        request(pane);
    }
}

void vt_compare_pane_swap(vt_compare_pane *a, vt_compare_pane *b)
{
    vt_request *const under_way[2] = {a->request, b->request};
    vt_compare_pane kept = *a;
    vt_canvas_swap_pictures(a->canvas, b->canvas);
    vt_tiles_set_user(a->tiles, b);
    vt_tiles_set_user(b->tiles, a);
    *a =
        (vt_compare_pane){.compare = a->compare, .place = a->place, .header = a->header, .canvas = a->canvas};
    a->item = b->item, a->kind = b->kind, a->name = b->name, a->path = b->path, a->tiles = b->tiles;
    a->loaded_width = b->loaded_width, a->has_alpha = b->has_alpha, a->failed = b->failed;
    vt_viewport a_port = kept.viewport;
    a->viewport = b->viewport;
    b->item = kept.item, b->kind = kept.kind, b->name = kept.name, b->path = kept.path;
    b->tiles = kept.tiles;
    b->loaded_width = kept.loaded_width, b->has_alpha = kept.has_alpha, b->failed = kept.failed;
    b->viewport = a_port;
    b->request = NULL;
    vt_compare_pane *const panes[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        QWidget *canvas = vt_canvas_widget(panes[i]->canvas);
        vt_viewport_resize(&panes[i]->viewport, q_widget_width(canvas), q_widget_height(canvas));
        if (under_way[i]) { /* it would come to the other one: ask anew */
            vt_request_cancel(under_way[i]);
        }
        if (under_way[1 - i]) {
            request(panes[i]);
        }
        q_widget_update(panes[i]->header);
        vt_compare_pane_place(panes[i]);
    }
}

void vt_compare_pane_free(vt_compare_pane *pane)
{
    vt_request_cancel(pane->request);
    vt_tiles_free(pane->tiles);
    vt_str_free(&pane->name);
    vt_str_free(&pane->path);
}

void vt_compare_pane_make(vt_compare_pane *pane, vt_compare *compare, int place)
{
    char number[16];
    vt_str name = VT_STR_INIT;
    *pane = (vt_compare_pane){.compare = compare, .place = place, .name = VT_STR_INIT, .path = VT_STR_INIT};
    pane->tiles = vt_tiles_create(vt_library_engine(compare->library), tiles_ready, pane, compare->log);
    header *made = qt_subclass_allocate(&header_class);
    q_widget_init(&made->widget, vt_compare_widget(compare));
    qt_subclass_install(&header_class, made);
    made->pane = pane;
    pane->header = &made->widget;
    snprintf(number, sizeof number, "%d", place + 1);
    vt_tr_append_with(&name, "viewer", "Header of picture %1", number);
    q_widget_set_accessible_name(pane->header, name.data);
    q_widget_set_tool_tip(pane->header,
                          vt_tr("viewer", "Drag it to another picture to exchange the two (X)"));
    pane->canvas = vt_canvas_create(vt_compare_widget(compare), &canvas_ops, pane);
    vt_str_clear(&name);
    vt_tr_append_with(&name, "viewer", "Picture %1", number);
    q_widget_set_accessible_name(vt_canvas_widget(pane->canvas), name.data);
    vt_str_free(&name);
}
