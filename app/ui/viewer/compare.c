#include "app/ui/viewer/compare_private.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/viewer/image_box.h"

#include <qt6c/qpainter.h>
#include <qt6c/qresizeevent.h>

#include <math.h>

enum { REST_MS = 160, GAP = 2, HEADER_GAP = 10 };
static const double button_factor = 1.5;

/* ---- the panes' places ---- */

static QRect area_of(const vt_compare *compare, int place)
{
    int columns = compare->count == 4 ? 2 : compare->count;
    int rows = compare->count == 4 ? 2 : 1;
    int width = (q_widget_width(&compare->widget) - (columns - 1) * GAP) / columns;
    int height = (q_widget_height(&compare->widget) - (rows - 1) * GAP) / rows;
    return q_rect_make(place % columns * (width + GAP), place / columns * (height + GAP), width, height);
}

static void arrange(vt_compare *compare)
{
    int header = vt_paint_line_height() + HEADER_GAP;
    for (int i = 0; i < VT_COMPARE_MAX; i++) {
        vt_compare_pane *pane = &compare->panes[i];
        bool seen = i < compare->count;
        if (seen) {
            QRect area = area_of(compare, i);
            QRect top = q_rect_make(area.x1, area.y1, vt_paint_rect_width(area), header);
            QRect rest = q_rect_make(area.x1, area.y1 + header, vt_paint_rect_width(area),
                                     vt_paint_rect_height(area) - header);
            q_widget_set_geometry(pane->header, &top);
            q_widget_set_geometry(vt_canvas_widget(pane->canvas), &rest);
        }
        q_widget_set_visible(pane->header, seen);
        q_widget_set_visible(vt_canvas_widget(pane->canvas), seen);
    }
}

static void compare_resize(QWidget *self, QResizeEvent *event)
{
    (void)event;
    arrange((vt_compare *)self);
}

static void compare_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), vt_theme_current()->line);
    q_painter_fini(&painter);
}

/* ---- together ---- */

void vt_compare_moved(vt_compare_pane *pane)
{
    vt_compare *compare = pane->compare;
    for (int i = 0; i < compare->count; i++) {
        vt_compare_pane *other = &compare->panes[i];
        if (other != pane && !compare->unlinked) {
            vt_viewport_follow(&other->viewport, &pane->viewport);
            vt_compare_pane_place(other);
        }
    }
    vt_compare_pane_place(pane);
    vt_log_write(&compare->log, VT_LOG_DEBUG, "compare: moved pane=%d zoom=%.3f", pane->place,
                 pane->viewport.zoom);
    q_timer_start(compare->rest);
}

void vt_compare_tell_zoom(const vt_compare_pane *pane)
{
    const vt_compare *compare = pane->compare;
    if (pane->place == compare->focus) {
        compare->zoomed(compare->user, pane->viewport.zoom * vt_canvas_ratio(pane->canvas));
    }
}

void vt_compare_focus(vt_compare *compare, int place)
{
    if (compare->focus != place) {
        compare->focus = place;
        vt_compare_tell_zoom(&compare->panes[place]);
        vt_log_write(&compare->log, VT_LOG_INFO, "compare: focus=%d", place);
        for (int i = 0; i < compare->count; i++) {
            q_widget_update(compare->panes[i].header);
        }
    }
}

static void exchange(vt_compare *compare, int a, int b)
{
    vt_compare_pane_swap(&compare->panes[a], &compare->panes[b]);
    vt_log_write(&compare->log, VT_LOG_INFO, "compare: exchanged %d and %d", a, b);
    vt_compare_focus(compare, b);
}

void vt_compare_dropped(vt_compare_pane *pane, QPoint at)
{
    vt_compare *compare = pane->compare;
    for (int i = 0; i < compare->count; i++) {
        QRect area = area_of(compare, i);
        if (i != pane->place && at.xp >= area.x1 && at.xp <= area.x2 && at.yp >= area.y1 &&
            at.yp <= area.y2) {
            exchange(compare, pane->place, i);
            return;
        }
    }
}

/* ---- what they may hold ---- */

double vt_compare_pixels(const vt_compare *compare)
{
    return fmin(VT_IMAGE_PIXELS, VT_IMAGE_PIXELS_SHARED / (compare->count > 0 ? compare->count : 1));
}

int64_t vt_compare_tile_bytes(const vt_compare *compare)
{
    int64_t bytes = 0;
    for (int i = 0; i < VT_COMPARE_MAX; i++) {
        bytes += vt_tiles_bytes(compare->panes[i].tiles);
    }
    return bytes;
}

void vt_compare_share_tiles(vt_compare *compare)
{
    int large = 0;
    for (int i = 0; i < compare->count; i++) {
        large += vt_compare_pane_is_large(&compare->panes[i]);
    }
    for (int i = 0; i < VT_COMPARE_MAX; i++) {
        vt_tiles_set_limit(compare->panes[i].tiles, VT_TILES_BYTES / (large > 0 ? large : 1));
    }
}

const vt_compare_pane *vt_compare_pane_seen(const vt_compare_pane *pane)
{
    const vt_compare *compare = pane->compare;
    int other = compare->count > 0 ? (compare->focus + 1) % compare->count : 0;
    int place = !compare->blinking              ? pane->place
                : pane->place == compare->focus ? other
                : pane->place == other          ? compare->focus
                                                : pane->place;
    return &compare->panes[place];
}

static void on_rest(void *user)
{
    vt_compare *compare = user;
    for (int i = 0; i < compare->count; i++) {
        vt_compare_pane_rested(&compare->panes[i]);
    }
}

/* ---- which items ---- */

static bool is_shown(const vt_compare *compare, int64_t row)
{
    for (int i = 0; i < compare->count; i++) {
        if (vt_library_row_of(compare->library, compare->panes[i].item) == row) {
            return true;
        }
    }
    return false;
}

/* The next row from there that no pane shows; -1: there is none. */
static int64_t free_row(const vt_compare *compare, int64_t from, int step)
{
    int64_t row = from;
    do {
        row += step;
    } while (row >= 0 && row < vt_library_count(compare->library) && is_shown(compare, row));
    return row < vt_library_count(compare->library) ? row : -1;
}

int64_t vt_compare_row(const vt_compare *compare)
{
    const vt_compare_pane *pane = &compare->panes[compare->focus];
    return compare->count > 0 && pane->item ? vt_library_row_of(compare->library, pane->item) : -1;
}

static void replace(vt_compare *compare, int step)
{
    int64_t row = free_row(compare, vt_compare_row(compare), step);
    if (row < 0) {
        return;
    }
    vt_compare_pane *pane = &compare->panes[compare->focus];
    vt_compare_pane_show(pane, row);
    vt_log_write(&compare->log, VT_LOG_INFO, "compare: pane=%d row=%lld", compare->focus, (long long)row);
    if (!compare->unlinked) {
        vt_viewport_follow(&pane->viewport, &compare->panes[compare->focus == 0 ? 1 : 0].viewport);
    }
    vt_compare_pane_place(pane);
    q_timer_start(compare->rest);
}

/* Panes have other sizes now: all is fitted anew. */
static void refit(vt_compare *compare)
{
    arrange(compare);
    for (int i = 0; i < compare->count; i++) {
        vt_viewport_fit(&compare->panes[i].viewport);
        vt_compare_pane_place(&compare->panes[i]);
    }
    q_timer_start(compare->rest);
}

static void add(vt_compare *compare)
{
    int64_t row = compare->count < VT_COMPARE_MAX ? free_row(compare, vt_compare_row(compare), 1) : -1;
    if (row < 0) {
        return;
    }
    compare->count++;
    refit(compare);
    vt_compare_pane_show(&compare->panes[compare->count - 1], row);
    vt_compare_focus(compare, compare->count - 1);
    vt_log_write(&compare->log, VT_LOG_INFO, "compare: panes=%d", compare->count);
}

static void take_out(vt_compare *compare)
{
    if (compare->count == VT_COMPARE_MIN) {
        return;
    }
    for (int i = compare->focus; i + 1 < compare->count; i++) {
        vt_compare_pane_swap(&compare->panes[i], &compare->panes[i + 1]);
    }
    compare->count--;
    vt_compare_pane_show(&compare->panes[compare->count], -1);
    compare->focus = compare->focus < compare->count ? compare->focus : compare->count - 1;
    refit(compare);
    q_widget_set_focus(vt_canvas_widget(compare->panes[0].canvas)); /* the hidden one gave it away */
    vt_log_write(&compare->log, VT_LOG_INFO, "compare: panes=%d", compare->count);
}

/* ---- commands and keys ---- */

static void zoom(vt_compare *compare, double factor)
{
    vt_compare_pane *pane = &compare->panes[compare->focus];
    const vt_viewport *at = &pane->viewport;
    vt_viewport_zoom_at(&pane->viewport, at->zoom * factor, at->width / 2, at->height / 2);
    vt_compare_moved(pane);
}

bool vt_compare_do(vt_compare *compare, vt_viewer_command command)
{
    vt_compare_pane *pane = &compare->panes[compare->focus];
    switch (command) {
    case VT_VIEWER_PREVIOUS:
        replace(compare, -1);
        return true;
    case VT_VIEWER_NEXT:
        replace(compare, 1);
        return true;
    case VT_VIEWER_ZOOM_IN:
        zoom(compare, button_factor);
        return true;
    case VT_VIEWER_ZOOM_OUT:
        zoom(compare, 1 / button_factor);
        return true;
    case VT_VIEWER_FIT:
        vt_viewport_fit(&pane->viewport);
        vt_compare_moved(pane);
        return true;
    case VT_VIEWER_ACTUAL_SIZE:
        zoom(compare, 1 / (pane->viewport.zoom * vt_canvas_ratio(pane->canvas)));
        return true;
    case VT_VIEWER_COMPARE:
        add(compare);
        return true;
    default:
        return false;
    }
}

static void blink(vt_compare *compare, bool on)
{
    int other = (compare->focus + 1) % compare->count;
    if (on != compare->blinking) {
        compare->blinking = on;
        vt_canvas_swap_pictures(compare->panes[compare->focus].canvas, compare->panes[other].canvas);
        vt_log_write(&compare->log, VT_LOG_DEBUG, "compare: blink=%d", on);
    }
}

bool vt_compare_key(vt_compare *compare, int key)
{
    int next = (compare->focus + 1) % compare->count;
    if (compare->blinking) {
        return true; /* until the key is released */
    }
    switch (key) {
    case Qt_Key_N:
    case Qt_Key_F6:
        vt_compare_focus(compare, next);
        return true;
    case Qt_Key_X:
        exchange(compare, compare->focus, next);
        return true;
    case Qt_Key_U:
        compare->unlinked = !compare->unlinked;
        vt_log_write(&compare->log, VT_LOG_INFO, "compare: linked=%d", !compare->unlinked);
        return true;
    case Qt_Key_D:
        blink(compare, true);
        return true;
    case Qt_Key_R:
        take_out(compare);
        return true;
    default:
        return false;
    }
}

void vt_compare_key_released(vt_compare *compare, int key)
{
    if (key == Qt_Key_D && compare->count > 0) {
        blink(compare, false);
    }
}

bool vt_compare_is_complete(const vt_compare *compare)
{
    for (int i = 0; i < compare->count; i++) {
        if (!compare->panes[i].failed && !compare->panes[i].loaded_width) {
            return false;
        }
    }
    return true;
}

/* ---- life ---- */

void vt_compare_set_library(vt_compare *compare, vt_library *library)
{
    compare->library = library;
}

void vt_compare_open(vt_compare *compare, const int64_t *rows, size_t count)
{
    compare->count = count < VT_COMPARE_MAX ? (int)count : VT_COMPARE_MAX;
    compare->focus = 0;
    compare->unlinked = false;
    arrange(compare);
    for (int i = 0; i < compare->count; i++) {
        vt_compare_pane_show(&compare->panes[i], rows[i]);
    }
    vt_log_write(&compare->log, VT_LOG_INFO, "compare: opened panes=%d", compare->count);
}

void vt_compare_close(vt_compare *compare)
{
    q_timer_stop(compare->rest);
    if (compare->blinking) {
        blink(compare, false);
    }
    for (int i = 0; i < VT_COMPARE_MAX; i++) {
        vt_compare_pane_show(&compare->panes[i], -1);
    }
    compare->count = 0;
}

static void compare_finish(void *self)
{
    vt_compare *compare = self;
    for (int i = 0; i < VT_COMPARE_MAX; i++) {
        vt_compare_pane_free(&compare->panes[i]);
    }
}

static const QWidgetVirtuals compare_virtuals = {.resize_event = compare_resize,
                                                 .paint_event = compare_paint};
static qt_subclass compare_class = {.base = &qt_class_QWidget,
                                    .virtuals = &compare_virtuals,
                                    .instance_size = sizeof(vt_compare),
                                    .finish = compare_finish};

vt_compare *vt_compare_create(QWidgetRef parent, vt_library *library, vt_compare_zoomed zoomed, void *user,
                              vt_log log)
{
    vt_compare *compare = qt_subclass_allocate(&compare_class);
    q_widget_init(&compare->widget, parent);
    qt_subclass_install(&compare_class, compare);
    compare->library = library;
    compare->zoomed = zoomed;
    compare->user = user;
    compare->log = log;
    for (int i = 0; i < VT_COMPARE_MAX; i++) {
        vt_compare_pane_make(&compare->panes[i], compare, i);
        q_widget_set_focus_proxy(vt_canvas_widget(compare->panes[i].canvas), parent);
    }
    compare->rest = q_timer_new(&compare->widget);
    q_timer_set_single_shot(compare->rest, true);
    q_timer_set_interval(compare->rest, REST_MS);
    q_timer_on_timeout(compare->rest, &compare->widget, on_rest, compare);
    q_widget_set_accessible_name(&compare->widget, vt_tr("viewer", "Compared pictures"));
    return compare;
}

QWidget *vt_compare_widget(vt_compare *compare)
{
    return &compare->widget;
}
