#include "app/ui/browse/card.h"

#include "app/ui/parts/caption.h"
#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qapplication.h>
#include <qt6c/qimage.h>
#include <qt6c/runtime.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    PADDING = 6,      /* between the edge of the card and the picture */
    CORNER = 8,       /* radius of the card */
    CAPTION_GAP = 4,  /* between picture and text */
    PLACEHOLDER = 40, /* side of the icon shown while there is no picture */
    BADGE = 22,
    BLUR_SIDE = 16 /* pixels of a tiny thumbnail, before it is stretched */
};

struct vt_card {
    QWidget widget; /* first: a card is a widget to Qt */
    int64_t row;
    int64_t item;
    uint64_t version;
    vt_caption name, detail; /* owned */
    vt_caption badge;        /* owned; the frames of a sequence */
    int badge_length;        /* characters of it; 0: none */
    QPixmap picture;         /* owned; null until it arrives */
    QImage blur;             /* owned; lends the pixels below, which are drawn when they are first painted */
    uint8_t blur_pixels[BLUR_SIDE * BLUR_SIDE * 4];
    vt_tinythumb tiny;
    bool has_tiny, has_blur;
    vt_kind kind;
    uint32_t longest;
    vt_card_state state;
    uint8_t state_of_item; /* vt_item_state */
    bool missing, failed;
    bool has_picture, has_rough; /* at most one of them */
};

QWidget *vt_card_widget(vt_card *card)
{
    return &card->widget;
}

int64_t vt_card_row(const vt_card *card)
{
    return card->row;
}

int64_t vt_card_item(const vt_card *card)
{
    return card->item;
}

bool vt_card_shows(const vt_card *card, const vt_card_content *content)
{
    return card->item == content->item && card->version == content->version && card->row == content->row &&
           card->state_of_item == content->state;
}

int vt_card_caption_height(void)
{
    return 2 * vt_paint_line_height() + CAPTION_GAP + PADDING;
}

bool vt_card_has_picture(const vt_card *card)
{
    return card->has_picture;
}

static void paint_ground(const vt_card *card, QPainter *painter, QRect area)
{
    const vt_theme *theme = vt_theme_current();
    if (card->state.selected) {
        vt_paint_round(painter, area, CORNER, theme->selection, VT_PAINT_NO_LINE);
    } else if (card->state.hovered) {
        vt_paint_round(painter, area, CORNER, theme->hover, VT_PAINT_NO_LINE);
    }
    if (card->state.current) {
        vt_paint_round(painter, area, CORNER, VT_PAINT_NO_FILL, theme->accent);
    }
}

/* An icon on a rounded ground. */
typedef struct sign {
    vt_icon icon;
    int corner, icon_side;
    uint32_t ground, line, icon_color;
} sign;

static void draw_sign(QPainter *painter, QRect area, const void *data)
{
    const sign *what = data;
    double inset = (vt_paint_rect_width(area) - what->icon_side) / 2.0;
    vt_paint_round(painter, area, what->corner, what->ground, what->line);
    vt_icon_paint(painter, what->icon, vt_paint_rect_x(area) + inset, vt_paint_rect_y(area) + inset,
                  what->icon_side, what->icon_color);
}

static void paint_sign(QPainter *painter, QRect area, const sign *what)
{
    char name[64];
    snprintf(name, sizeof name, "sign %d %d %d %x %x %x", (int)what->icon, what->corner, what->icon_side,
             what->ground, what->line, what->icon_color);
    vt_paint_kept(painter, area, name, draw_sign, what);
}

static void paint_placeholder(const vt_card *card, QPainter *painter, QRect square)
{
    static const vt_icon icons[] = {
        [VT_KIND_UNKNOWN] = VT_ICON_IMAGE,
        [VT_KIND_IMAGE] = VT_ICON_IMAGE,
        [VT_KIND_MODEL] = VT_ICON_MODEL,
        [VT_KIND_SEQUENCE] = VT_ICON_SEQUENCE,
    };
    const vt_theme *theme = vt_theme_current();
    const sign what = {.icon = card->failed ? VT_ICON_BROKEN : icons[card->kind],
                       .corner = CORNER - 2,
                       .icon_side = PLACEHOLDER,
                       .ground = theme->well,
                       .line = VT_PAINT_NO_LINE,
                       .icon_color = card->failed ? theme->danger : theme->line};
    paint_sign(painter, square, &what);
}

/* Stored thumbnails are smaller than large cards: they are drawn larger, but never larger than the item is.
 */
static double enlargement(const vt_card *card, double longer_side, int room, double ratio)
{
    double target = fmin(room, card->longest / ratio);
    return longer_side > 0 && target > longer_side ? target / longer_side : 1;
}

static void paint_picture(const vt_card *card, QPainter *painter, QRect square)
{
    double ratio = q_pixmap_device_pixel_ratio(&card->picture);
    double width = q_pixmap_width(&card->picture) / ratio;
    double height = q_pixmap_height(&card->picture) / ratio;
    double scale = enlargement(card, fmax(width, height), vt_paint_rect_width(square), ratio);
    width *= scale;
    height *= scale;
    q_painter_set_render_hint_full(painter, QPainter_SmoothPixmapTransform, scale > 1);
    QRect target =
        q_rect_make(vt_paint_rect_x(square) + (vt_paint_rect_width(square) - width) / 2,
                    vt_paint_rect_y(square) + (vt_paint_rect_width(square) - height) / 2, width, height);
    vt_paint_pixmap(painter, target, &card->picture);
}

/* The colours of a picture that is still to come, in its shape. Nothing is allocated: cards that rush by show
   little else. */
static void paint_tiny(vt_card *card, QPainter *painter, QRect square)
{
    if (!card->has_blur) {
        vt_tinythumb_decode(&card->tiny, BLUR_SIDE, card->blur_pixels);
        card->has_blur = true;
    }
    double ratio = q_paintdevice_device_pixel_ratio_f(q_painter_device(painter));
    double aspect = vt_tinythumb_aspect(&card->tiny) / 65536.0;
    double side = fmin(vt_paint_rect_width(square), card->longest / ratio);
    double width = aspect >= 1 ? side : fmax(1, side * aspect);
    double height = aspect >= 1 ? fmax(1, side / aspect) : side;
    QRect target =
        q_rect_make(vt_paint_rect_x(square) + (vt_paint_rect_width(square) - width) / 2,
                    vt_paint_rect_y(square) + (vt_paint_rect_width(square) - height) / 2, width, height);
    vt_paint_stretched(painter, target, &card->blur);
}

static void paint_badge(QPainter *painter, QRect square, vt_icon icon, uint32_t rgb)
{
    const vt_theme *theme = vt_theme_current();
    const sign what = {.icon = icon,
                       .corner = BADGE / 2,
                       .icon_side = BADGE - 6,
                       .ground = theme->base,
                       .line = theme->line,
                       .icon_color = rgb};
    paint_sign(painter,
               q_rect_make(vt_paint_rect_x(square) + vt_paint_rect_width(square) - BADGE - 4,
                           vt_paint_rect_y(square) + 4, BADGE, BADGE),
               &what);
}

/* How many frames there are, beside the sign of a sequence. */
static void paint_frames(vt_card *card, QPainter *painter, QRect square)
{
    const vt_theme *theme = vt_theme_current();
    int width = BADGE + 10 + card->badge_length * vt_paint_line_height() / 2;
    int left = vt_paint_rect_x(square) + vt_paint_rect_width(square) - width - 4;
    int top = vt_paint_rect_y(square) + 4;
    vt_paint_round(painter, q_rect_make(left, top, width, BADGE), BADGE / 2, theme->base, theme->line);
    vt_icon_paint(painter, VT_ICON_SEQUENCE, left + 6, top + 3, BADGE - 6, theme->muted);
    vt_caption_paint(&card->badge, painter, q_rect_make(left + BADGE, top, width - BADGE - 4, BADGE),
                     VT_PAINT_CENTRE, theme->text);
}

static void paint_captions(vt_card *card, QPainter *painter, QRect area)
{
    const vt_theme *theme = vt_theme_current();
    int line = vt_paint_line_height();
    int top = vt_paint_rect_y(area) + vt_paint_rect_height(area) - 2 * line - PADDING / 2;
    int left = vt_paint_rect_x(area) + PADDING;
    int width = vt_paint_rect_width(area) - 2 * PADDING;
    uint32_t text = card->state.selected ? theme->selection_text : theme->text;
    vt_caption_paint(&card->name, painter, q_rect_make(left, top, width, line), VT_PAINT_CENTRE, text);
    uint32_t detail = card->failed           ? theme->danger
                      : card->state.selected ? theme->selection_text
                                             : theme->muted;
    vt_caption_paint(&card->detail, painter, q_rect_make(left, top + line, width, line), VT_PAINT_CENTRE,
                     detail);
}

static void card_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_card *card = (vt_card *)self;
    QRect area = q_widget_rect(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    paint_ground(card, &painter, q_rect_adjusted(&area, 1, 1, -1, -1));
    int width = vt_paint_rect_width(area);
    int side = vt_paint_rect_height(area) - vt_card_caption_height();
    side = side < width ? side : width;
    QRect square = q_rect_make((width - side) / 2 + PADDING, PADDING, side - 2 * PADDING, side - 2 * PADDING);
    if (card->has_picture || card->has_rough) {
        paint_picture(card, &painter, square);
    } else if (card->has_tiny && !card->failed) {
        paint_tiny(card, &painter, square);
    } else {
        paint_placeholder(card, &painter, square);
    }
    if (card->missing) {
        paint_badge(&painter, square, VT_ICON_WARNING, vt_theme_current()->danger);
    } else if (card->kind == VT_KIND_MODEL && card->has_picture) {
        paint_badge(&painter, square, VT_ICON_MODEL, vt_theme_current()->muted);
    } else if (card->badge_length > 0) {
        paint_frames(card, &painter, square);
    }
    paint_captions(card, &painter, area);
    q_painter_fini(&painter);
}

/* ---- hovering ---- */

static void card_enter(QWidget *self, QEnterEvent *event)
{
    (void)event;
    ((vt_card *)self)->state.hovered = true;
    q_widget_update(self);
}

static void card_leave(QWidget *self, QEvent *event)
{
    (void)event;
    ((vt_card *)self)->state.hovered = false;
    q_widget_update(self);
}

/* ---- what it shows ---- */

static void drop_picture(vt_card *card)
{
    if (card->has_picture || card->has_rough) {
        QPixmap none;
        q_pixmap_init_null(&none);
        q_pixmap_assign(&card->picture, &none);
        q_pixmap_fini(&none);
        card->has_picture = card->has_rough = false;
    }
}

void vt_card_configure(vt_card *card, const vt_card_content *content)
{
    bool same_picture = card->item == content->item && card->version == content->version;
    card->row = content->row;
    card->item = content->item;
    card->version = content->version;
    card->kind = content->kind;
    card->longest = content->longest;
    card->missing = content->missing;
    card->state_of_item = content->state;
    card->state = (vt_card_state){false, false, card->state.hovered};
    card->has_tiny = content->tiny != NULL;
    card->has_blur = false;
    if (content->tiny) {
        card->tiny = *content->tiny;
    }
    vt_caption_set(&card->name, content->name);
    vt_caption_set(&card->detail, content->detail);
    card->badge_length = content->badge ? (int)strlen(content->badge) : 0;
    if (card->badge_length > 0) {
        vt_caption_set(&card->badge, content->badge);
    }
    if (!same_picture) {
        card->failed = false;
        drop_picture(card);
    }
    q_widget_update(&card->widget);
}

void vt_card_set_picture(vt_card *card, const QPixmap *picture)
{
    q_pixmap_assign(&card->picture, picture);
    card->has_picture = true;
    card->has_rough = card->failed = false;
    q_widget_update(&card->widget);
}

void vt_card_set_rough(vt_card *card, const QPixmap *picture)
{
    if (!card->has_picture && !card->has_rough) {
        q_pixmap_assign(&card->picture, picture);
        card->has_rough = true;
        q_widget_update(&card->widget);
    }
}

void vt_card_set_failed(vt_card *card)
{
    drop_picture(card);
    card->failed = true;
    q_widget_update(&card->widget);
}

void vt_card_set_state(vt_card *card, vt_card_state state)
{
    state.hovered = card->state.hovered;
    if (state.selected != card->state.selected || state.current != card->state.current) {
        card->state = state;
        q_widget_update(&card->widget);
    }
}

/* ---- life in a pool ---- */

static void card_finish(void *self)
{
    vt_card *card = self;
    vt_caption_fini(&card->name);
    vt_caption_fini(&card->detail);
    vt_caption_fini(&card->badge);
    q_pixmap_fini(&card->picture);
    q_image_fini(&card->blur);
}

static const QWidgetVirtuals card_virtuals = {
    .paint_event = card_paint, .enter_event = card_enter, .leave_event = card_leave};
static qt_subclass card_class = {.base = &qt_class_QWidget,
                                 .virtuals = &card_virtuals,
                                 .instance_size = sizeof(vt_card),
                                 .finish = card_finish};

static void *create_card(void *user, vt_error *error)
{
    (void)error; /* C++'s operator new ends the program when memory runs out */
    vt_card *card = qt_subclass_allocate(&card_class);
    q_widget_init(&card->widget, (QWidget *)user);
    q_pixmap_init_null(&card->picture);
    q_image_init_data_full(&card->blur, card->blur_pixels, BLUR_SIDE, BLUR_SIDE, (long long)BLUR_SIDE * 4,
                           QImage_Format_ARGB32_Premultiplied, NULL, NULL);
    vt_caption_init(&card->name);
    vt_caption_init(&card->detail);
    vt_caption_init(&card->badge);
    qt_subclass_install(&card_class, card);
    return card;
}

static bool configure_card(void *user, void *object, const void *data, vt_error *error)
{
    (void)user;
    (void)error;
    if (data) {
        vt_card_configure(object, data);
    }
    return true;
}

static void reset_card(void *user, void *object)
{
    (void)user;
    vt_card *card = object;
    q_widget_hide(&card->widget);
    drop_picture(card);
    card->item = 0;
    card->state.hovered = false;
}

static void destroy_card(void *user, void *object)
{
    (void)user;
    q_widget_delete(&((vt_card *)object)->widget);
}

const vt_object_ops vt_card_ops = {.name = "card",
                                   .create = create_card,
                                   .configure = configure_card,
                                   .reset = reset_card,
                                   .destroy = destroy_card};
