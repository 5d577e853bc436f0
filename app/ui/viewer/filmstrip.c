#include "app/ui/viewer/filmstrip.h"

#include "app/ui/library/pictures.h"
#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qmouseevent.h>
#include <qt6c/qpainter.h>
#include <qt6c/qwheelevent.h>

enum { SIDE = 72, CELL = 84, HEIGHT = 92, SEEN_MAX = 128, FRAME = 2, SIGN = 28 };

struct vt_filmstrip {
    QWidget widget; /* first */
    vt_library *library;
    vt_pictures *pictures; /* NULL until it is first painted, and if memory ran out */
    vt_filmstrip_chosen chosen;
    void *user;
    int64_t row;    /* -1: none */
    int64_t beside; /* rows that the wheel has moved it by */
};

static vt_filmstrip *strip_of(QWidget *self)
{
    return (vt_filmstrip *)self;
}

static void arrived(void *user, int64_t item, uint64_t version)
{
    (void)item;
    (void)version;
    q_widget_update(&((vt_filmstrip *)user)->widget);
}

/* Rows from the first to before the end, and where the first one's cell begins. */
typedef struct seen_rows {
    int64_t first, end;
    int x;
} seen_rows;

static seen_rows seen(const vt_filmstrip *strip)
{
    int64_t middle = strip->row + strip->beside;
    int64_t half = q_widget_width(&strip->widget) / 2 / CELL + 1;
    int64_t count = vt_library_count(strip->library);
    half = half < SEEN_MAX / 2 - 1 ? half : SEEN_MAX / 2 - 1;
    int64_t first = middle > half ? middle - half : 0;
    int64_t end = middle + half + 1 < count ? middle + half + 1 : count;
    int x = q_widget_width(&strip->widget) / 2 - CELL / 2 - (int)(middle - first) * CELL;
    return (seen_rows){first, end, x};
}

/* ---- painting ---- */

static void paint_pixmap(QPainter *painter, QRect cell, const QPixmap *pixmap, double ratio, vt_kind kind)
{
    double width = q_pixmap_width(pixmap) / ratio;
    double height = q_pixmap_height(pixmap) / ratio;
    double factor = SIDE / (width > height ? width : height);
    if (factor > 1 && width > 8 && height > 8) {
        factor = 1; /* small pictures stay small; a rough one stands for one of unknown size */
    }
    int w = (int)(width * factor) > 0 ? (int)(width * factor) : 1;
    int h = (int)(height * factor) > 0 ? (int)(height * factor) : 1;
    QRect target = q_rect_make(cell.x1 + (CELL - w) / 2, cell.y1 + (HEIGHT - h) / 2, w, h);
    if (kind != VT_KIND_MODEL) {
        vt_paint_paper(painter, target);
    }
    vt_paint_pixmap(painter, target, pixmap);
}

static void paint_cell(vt_filmstrip *strip, QPainter *painter, int64_t row, QRect cell, double ratio)
{
    const vt_theme *theme = vt_theme_current();
    vt_item_brief item;
    QPixmap pixmap;
    vt_library_item(strip->library, row, &item);
    const vt_picture_key key = {.item = item.id,
                                .version = vt_item_version(&item),
                                .row = vt_library_index_row(strip->library, row),
                                .side = (uint32_t)(SIDE * ratio)};
    if (row == strip->row) {
        QRect frame = q_rect_make(cell.x1 + 1, cell.y1 + FRAME, CELL - 2, HEIGHT - 2 * FRAME);
        vt_paint_round(painter, frame, 6, theme->hover, theme->accent);
    }
    vt_picture_state state = vt_pictures_get(strip->pictures, &key, &pixmap);
    if (state == VT_PICTURE_HERE || state == VT_PICTURE_ROUGH) {
        q_painter_set_render_hint_full(painter, QPainter_SmoothPixmapTransform, true);
        paint_pixmap(painter, cell, &pixmap, state == VT_PICTURE_HERE ? ratio : 1, (vt_kind)item.kind);
        q_pixmap_fini(&pixmap);
        return;
    }
    vt_icon sign = state == VT_PICTURE_FAILED      ? VT_ICON_BROKEN
                   : item.kind == VT_KIND_MODEL    ? VT_ICON_MODEL
                   : item.kind == VT_KIND_SEQUENCE ? VT_ICON_SEQUENCE
                                                   : VT_ICON_IMAGE;
    vt_icon_paint(painter, sign, cell.x1 + (CELL - SIGN) / 2.0, cell.y1 + (HEIGHT - SIGN) / 2.0, SIGN,
                  theme->muted);
}

static void keep_seen(vt_filmstrip *strip, seen_rows rows)
{
    int64_t items[SEEN_MAX];
    uint32_t index_rows[SEEN_MAX];
    size_t count = 0;
    for (int64_t row = rows.first; row < rows.end; row++) {
        vt_item_brief item;
        vt_library_item(strip->library, row, &item);
        items[count] = item.id;
        index_rows[count++] = vt_library_index_row(strip->library, row);
    }
    vt_pictures_keep_only(strip->pictures, items, index_rows, count, count);
}

static void strip_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_filmstrip *strip = strip_of(self);
    double ratio = q_paintdevice_device_pixel_ratio_f(q_widget_as_paintdevice(self));
    if (!strip->pictures) {
        strip->pictures = vt_pictures_create(vt_library_engine(strip->library), ratio, NULL);
        if (strip->pictures) {
            vt_pictures_listen(strip->pictures, arrived, strip);
        }
    }
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), vt_theme_current()->base);
    if (strip->pictures && strip->row >= 0) {
        seen_rows rows = seen(strip);
        keep_seen(strip, rows);
        for (int64_t row = rows.first; row < rows.end; row++) {
            paint_cell(strip, &painter, row,
                       q_rect_make(rows.x + (int)(row - rows.first) * CELL, 0, CELL, HEIGHT), ratio);
        }
    }
    q_painter_fini(&painter);
}

/* ---- mouse ---- */

static void strip_press(QWidget *self, QMouseEvent *event)
{
    vt_filmstrip *strip = strip_of(self);
    QPointF at = q_singlepointevent_position(event);
    seen_rows rows = seen(strip);
    int64_t row = rows.first + (int64_t)((at.xp - rows.x) / CELL);
    if (strip->row >= 0 && at.xp >= rows.x && row < rows.end) {
        strip->chosen(strip->user, row);
    }
}

static void strip_wheel(QWidget *self, QWheelEvent *event)
{
    vt_filmstrip *strip = strip_of(self);
    QPoint angle = q_wheelevent_angle_delta(event);
    int64_t row = strip->row + strip->beside + (angle.yp + angle.xp < 0 ? 1 : -1);
    if (strip->row >= 0 && row >= 0 && row < vt_library_count(strip->library)) {
        strip->beside = row - strip->row;
        q_widget_update(self);
    }
}

/* ---- life ---- */

static void strip_finish(void *self)
{
    vt_filmstrip *strip = self;
    if (strip->pictures) {
        vt_pictures_listen(strip->pictures, NULL, NULL);
        vt_pictures_free(strip->pictures);
    }
}

static const QWidgetVirtuals strip_virtuals = {
    .paint_event = strip_paint, .mouse_press_event = strip_press, .wheel_event = strip_wheel};
static qt_subclass strip_class = {.base = &qt_class_QWidget,
                                  .virtuals = &strip_virtuals,
                                  .instance_size = sizeof(vt_filmstrip),
                                  .finish = strip_finish};

vt_filmstrip *vt_filmstrip_create(QWidgetRef parent, vt_library *library, vt_filmstrip_chosen chosen,
                                  void *user)
{
    vt_filmstrip *strip = qt_subclass_allocate(&strip_class);
    q_widget_init(&strip->widget, parent);
    qt_subclass_install(&strip_class, strip);
    strip->library = library;
    strip->chosen = chosen;
    strip->user = user;
    strip->row = -1;
    q_widget_set_accessible_name(&strip->widget, vt_tr("viewer", "Filmstrip"));
    q_widget_set_attribute(&strip->widget, Qt_WA_OpaquePaintEvent);
    q_widget_set_fixed_height(&strip->widget, HEIGHT);
    return strip;
}

QWidget *vt_filmstrip_widget(vt_filmstrip *strip)
{
    return &strip->widget;
}

void vt_filmstrip_set_library(vt_filmstrip *strip, vt_library *library)
{
    strip->library = library;
}

void vt_filmstrip_set_row(vt_filmstrip *strip, int64_t row)
{
    strip->row = row;
    strip->beside = 0;
    if (row < 0 && strip->pictures) {
        vt_pictures_keep_only(strip->pictures, NULL, NULL, 0, 0);
    }
    q_widget_update(&strip->widget);
}
