#include "app/ui/browse/scrubber.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qfont.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpaintdevice.h>
#include <qt6c/qresizeevent.h>

#include <stdlib.h>
#include <string.h>

enum {
    MARKS_MAX = 512,
    TEXT_MAX = 16,
    LINE = 6,
    PADDING = 4,
    STEP = 2 /* pixels between places asked about */
};

typedef struct mark {
    int y;
    char text[TEXT_MAX]; /* "" for a line only */
} mark;

typedef struct bubble {
    QWidget widget; /* first */
    QString text;
} bubble;

struct vt_scrubber {
    QWidget widget; /* first */
    const vt_scrubber_ops *ops;
    void *user;
    bubble *bubble; /* the parent's */
    mark marks[MARKS_MAX];
    int count;
    double share;
    bool empty, pressed;
};

/* ---- the bubble ---- */

enum { BUBBLE_PADDING = 10, BUBBLE_GAP = 8, BUBBLE_CORNER = 6 };

static void bubble_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_theme *theme = vt_theme_current();
    QRect area = q_widget_rect(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_round(&painter, area, BUBBLE_CORNER, theme->text, VT_PAINT_NO_LINE);
    QRect inner = q_rect_adjusted(&area, BUBBLE_PADDING, 0, -BUBBLE_PADDING, 0);
    vt_paint_text(&painter, inner, VT_PAINT_CENTRE, &((bubble *)self)->text, theme->base);
    q_painter_fini(&painter);
}

static void bubble_finish(void *self)
{
    qt_string_release(&((bubble *)self)->text);
}

static const QWidgetVirtuals bubble_virtuals = {.paint_event = bubble_paint};
static qt_subclass bubble_class = {.base = &qt_class_QWidget,
                                   .virtuals = &bubble_virtuals,
                                   .instance_size = sizeof(bubble),
                                   .finish = bubble_finish};

static bubble *create_bubble(QWidgetRef parent)
{
    bubble *made = qt_subclass_allocate(&bubble_class);
    q_widget_init(&made->widget, parent);
    qt_subclass_install(&bubble_class, made);
    made->text = qt_string_from_utf8("");
    q_widget_set_attribute(&made->widget, Qt_WA_TransparentForMouseEvents);
    q_widget_hide(&made->widget);
    return made;
}

static int clamp(int value, int low, int high)
{
    return value > high ? high : value < low ? low : value;
}

/* To the left of the scrubber, at the pointer's height. */
static void show_bubble(vt_scrubber *scrubber, int y, double share)
{
    QWidget *widget = &scrubber->bubble->widget;
    vt_str text = VT_STR_INIT;
    scrubber->ops->append_title(scrubber->user, share, &text);
    qt_string_release(&scrubber->bubble->text);
    scrubber->bubble->text = qt_string_from_utf8(text.length ? text.data : "");
    q_widget_set_accessible_name(widget, text.length ? text.data : "");
    vt_str_free(&text);
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(widget));
    int width = q_fontmetrics_horizontal_advance_full_qs(&metrics, &scrubber->bubble->text, -1) +
                2 * BUBBLE_PADDING + 2;
    q_fontmetrics_fini(&metrics);
    const QRect *own = q_widget_geometry(&scrubber->widget);
    int height = vt_paint_line_height() + BUBBLE_PADDING;
    int room = own->x1 - 2 * BUBBLE_GAP;
    width = width < room ? width : room;
    int top = clamp(own->y1 + y - height / 2, own->y1, own->y2 - height);
    QRect area = q_rect_make(own->x1 - BUBBLE_GAP - width, top, width, height);
    q_widget_set_geometry(widget, &area);
    q_widget_set_visible(widget, width > 2 * BUBBLE_PADDING + 2);
    q_widget_raise(widget);
    q_widget_update(widget);
}

/* ---- marks ---- */

static int height_of(const vt_scrubber *scrubber)
{
    return q_widget_height((QWidget *)&scrubber->widget);
}

static double share_of(const vt_scrubber *scrubber, int y)
{
    int height = height_of(scrubber);
    return height > 1 ? clamp(y, 0, height - 1) / (double)(height - 1) : 0;
}

static void add_mark(vt_scrubber *scrubber, int y, double share, vt_str *text)
{
    mark *made = &scrubber->marks[scrubber->count++];
    vt_str_clear(text);
    scrubber->ops->append_mark(scrubber->user, share, text);
    size_t length =
        text->length ? vt_utf8_cut(text->data, text->length < TEXT_MAX ? text->length : TEXT_MAX - 1) : 0;
    *made = (mark){.y = y};
    if (length) {
        memcpy(made->text, text->data, length);
    }
}

void vt_scrubber_update(vt_scrubber *scrubber, bool empty)
{
    scrubber->count = 0;
    scrubber->empty = empty;
    vt_str text = VT_STR_INIT;
    int height = height_of(scrubber);
    uint64_t before = 0;
    for (int y = 0; y < height && !empty && scrubber->count < MARKS_MAX; y += STEP) {
        double share = share_of(scrubber, y);
        uint64_t value = scrubber->ops->value(scrubber->user, share);
        if (y == 0 || value != before) {
            add_mark(scrubber, y, share, &text);
        }
        before = value;
    }
    vt_str_free(&text);
    q_widget_update(&scrubber->widget);
}

void vt_scrubber_set_share(vt_scrubber *scrubber, double share)
{
    if (share != scrubber->share) {
        scrubber->share = share;
        q_widget_update(&scrubber->widget);
    }
}

/* Words where there is room for them, the first of each kind first; a line at every mark. */
static void scrubber_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_scrubber *scrubber = (vt_scrubber *)self;
    const vt_theme *theme = vt_theme_current();
    QRect area = q_widget_rect(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, area, theme->base);
    int line = vt_paint_line_height();
    int free_from = 0;
    const char *last = "";
    for (int i = 0; i < scrubber->count; i++) {
        const mark *at = &scrubber->marks[i];
        bool names = *at->text && strcmp(at->text, last) != 0;
        QRect tick = {area.x2 - (names ? LINE : LINE / 2), at->y, area.x2, at->y};
        vt_paint_fill(&painter, tick, names ? theme->muted : theme->line);
        int top = clamp(at->y - line / 2, 0, area.y2 - line + 1);
        if (names && top >= free_from) {
            QString text = qt_string_from_utf8(at->text);
            vt_paint_text(&painter, q_rect_make(PADDING, top, area.x2 - LINE - 2 * PADDING, line),
                          VT_PAINT_RIGHT, &text, theme->muted);
            qt_string_release(&text);
            free_from = top + line;
            last = at->text;
        }
    }
    if (!scrubber->empty) {
        int y = (int)(scrubber->share * (vt_paint_rect_height(area) - 1));
        QRect here = q_rect_make(area.x2 - 2 * LINE, clamp(y - 1, 0, area.y2 - 2), 2 * LINE + 1, 3);
        vt_paint_fill(&painter, here, theme->accent);
    }
    q_painter_fini(&painter);
}

/* ---- the mouse ---- */

static void point_at(vt_scrubber *scrubber, QMouseEvent *event)
{
    QPointF at = q_singlepointevent_position(event);
    double share = share_of(scrubber, (int)at.yp);
    if (scrubber->empty) {
        return;
    }
    if (scrubber->pressed) {
        scrubber->ops->jump(scrubber->user, share);
    }
    show_bubble(scrubber, (int)at.yp, share);
}

static void scrubber_press(QWidget *self, QMouseEvent *event)
{
    vt_scrubber *scrubber = (vt_scrubber *)self;
    scrubber->pressed = q_singlepointevent_button(event) == Qt_LeftButton;
    point_at(scrubber, event);
}

static void scrubber_move(QWidget *self, QMouseEvent *event)
{
    point_at((vt_scrubber *)self, event);
}

static void scrubber_release(QWidget *self, QMouseEvent *event)
{
    (void)event;
    ((vt_scrubber *)self)->pressed = false;
}

static void scrubber_leave(QWidget *self, QEvent *event)
{
    (void)event;
    q_widget_hide(&((vt_scrubber *)self)->bubble->widget);
}

static const QWidgetVirtuals scrubber_virtuals = {.paint_event = scrubber_paint,
                                                  .mouse_press_event = scrubber_press,
                                                  .mouse_move_event = scrubber_move,
                                                  .mouse_release_event = scrubber_release,
                                                  .leave_event = scrubber_leave};
static qt_subclass scrubber_class = {
    .base = &qt_class_QWidget, .virtuals = &scrubber_virtuals, .instance_size = sizeof(vt_scrubber)};

/* ---- life ---- */

vt_scrubber *vt_scrubber_create(QWidgetRef parent, const vt_scrubber_ops *ops, void *user)
{
    vt_scrubber *scrubber = qt_subclass_allocate(&scrubber_class);
    q_widget_init(&scrubber->widget, parent);
    qt_subclass_install(&scrubber_class, scrubber);
    scrubber->ops = ops;
    scrubber->user = user;
    scrubber->empty = true;
    scrubber->bubble = create_bubble(parent);
    q_widget_set_mouse_tracking(&scrubber->widget, true);
    q_widget_set_accessible_name(&scrubber->widget, vt_tr("cards", "Jump to"));
    q_widget_hide(&scrubber->widget);
    return scrubber;
}

QWidget *vt_scrubber_widget(vt_scrubber *scrubber)
{
    return &scrubber->widget;
}

int vt_scrubber_width(bool words)
{
    if (!words) {
        return LINE + 2 * PADDING;
    }
    QFont font;
    q_font_init(&font);
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, &font);
    int width = q_fontmetrics_horizontal_advance(&metrics, "0000") + LINE + 3 * PADDING;
    q_fontmetrics_fini(&metrics);
    q_font_fini(&font);
    return width;
}

int vt_scrubber_marks(const vt_scrubber *scrubber)
{
    return scrubber->count;
}
