#include "app/ui/browse/card.h"

#include "app/ui/browse/card_badges.h"
#include "app/ui/parts/caption.h"
#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qapplication.h>
#include <qt6c/qimage.h>
#include <qt6c/runtime.h>

#include <math.h>
#include <string.h>

enum {
    PADDING = 6,      /* between the edge of the card and the picture */
    CORNER = 8,       /* radius of the card */
    CAPTION_GAP = 4,  /* between picture and text */
    PLACEHOLDER = 40, /* side of the icon shown while there is no picture */
    BEHIND = 7,       /* how far each picture of a stack peeps out */
    BLUR_SIDE = 16,   /* pixels of a tiny thumbnail, before it is stretched */
    THINNEST = 2      /* pixels of a picture that is far longer than wide */
};

/* A tiny thumbnail, decoded when it is first painted. */
typedef struct blur {
    vt_tinythumb tiny;
    QImage image; /* owned; lends the pixels */
    uint8_t pixels[BLUR_SIDE * BLUR_SIDE * 4];
    bool there, decoded;
} blur;

struct vt_card {
    QWidget widget; /* first: a card is a widget to Qt */
    int64_t number;
    int64_t item;
    uint64_t version, look;
    vt_caption captions[VT_CARD_CAPTIONS_MAX]; /* owned */
    int caption_count;
    vt_caption badge; /* owned; the frames of a sequence, the items of a stack */
    int badge_length; /* characters of it; 0: none */
    QPixmap picture;  /* owned; null until it arrives */
    QPixmap moving;   /* owned; null while nothing plays */
    blur blur;
    struct blur behind[VT_CARD_BEHIND_MAX];
    vt_kind kind;
    uint32_t longest;
    vt_card_state state;
    uint8_t state_of_item; /* vt_item_state */
    uint8_t rating, label;
    bool missing, failed, stack, by_hand, open;
    bool has_picture, has_rough; /* at most one of them */
    bool moves;
};

QWidget *vt_card_widget(vt_card *card)
{
    return &card->widget;
}

int64_t vt_card_number(const vt_card *card)
{
    return card->number;
}

int64_t vt_card_item(const vt_card *card)
{
    return card->item;
}

bool vt_card_shows(const vt_card *card, const vt_card_content *content)
{
    return card->item == content->item && card->version == content->version &&
           card->number == content->number && card->state_of_item == content->state &&
           card->look == content->look;
}

int vt_card_caption_height(int lines)
{
    return lines ? lines * vt_paint_line_height() + CAPTION_GAP + PADDING : 0;
}

bool vt_card_has_picture(const vt_card *card)
{
    return card->has_picture;
}

static void paint_ground(const vt_card *card, QPainter *painter, QRect area)
{
    const vt_theme *theme = vt_theme_current();
    if (card->open && !card->state.selected) { /* what belongs to one stack shares a ground */
        vt_paint_round(painter, area, CORNER, card->state.hovered ? theme->hover : theme->well, theme->line);
    }
    if (card->state.selected) {
        vt_paint_round(painter, area, CORNER, theme->selection, VT_PAINT_NO_LINE);
    } else if (card->state.hovered && !card->open) {
        vt_paint_round(painter, area, CORNER, theme->hover, VT_PAINT_NO_LINE);
    }
    if (card->state.current) {
        vt_paint_round(painter, area, CORNER, VT_PAINT_NO_FILL, theme->accent);
    }
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
    const vt_sign what = {.icon = card->failed ? VT_ICON_BROKEN : icons[card->kind],
                          .corner = CORNER - 2,
                          .icon_side = PLACEHOLDER,
                          .ground = theme->well,
                          .line = VT_PAINT_NO_LINE,
                          .icon_color = card->failed ? theme->danger : theme->line};
    vt_sign_paint(painter, square, &what);
}

/* Stored thumbnails are smaller than large cards: they are drawn larger, but never larger than the item is.
   In a stack they are drawn smaller: others peep out behind. */
static double scale_of(const vt_card *card, double longer_side, int room, double ratio)
{
    double target = fmin(room, card->longest / ratio);
    bool fits = longer_side <= room && target <= longer_side;
    return longer_side <= 0 || fits ? 1 : fmax(target, 1) / longer_side;
}

static void paint_picture(const vt_card *card, QPainter *painter, QRect square)
{
    const QPixmap *picture = card->moves ? &card->moving : &card->picture;
    double ratio = q_pixmap_device_pixel_ratio(picture);
    double width = q_pixmap_width(picture) / ratio;
    double height = q_pixmap_height(picture) / ratio;
    double scale = scale_of(card, fmax(width, height), vt_paint_rect_width(square), ratio);
    width = fmax(THINNEST, width * scale); /* a panorama of 3000 x 20 would be less than a pixel high */
    height = fmax(THINNEST, height * scale);
    q_painter_set_render_hint_full(painter, QPainter_SmoothPixmapTransform, scale != 1);
    QRect target =
        q_rect_make(vt_paint_rect_x(square) + (vt_paint_rect_width(square) - width) / 2,
                    vt_paint_rect_y(square) + (vt_paint_rect_width(square) - height) / 2, width, height);
    if (card->kind != VT_KIND_MODEL) {
        vt_paint_paper(painter, target);
    }
    vt_paint_pixmap(painter, target, picture);
}

static const QImage *image_of(blur *of)
{
    if (!of->decoded) {
        vt_tinythumb_decode(&of->tiny, BLUR_SIDE, of->pixels);
        of->decoded = true;
    }
    return &of->image;
}

/* The colours of a picture that is still to come, in its shape. Nothing is allocated: cards that rush by show
   little else. */
static void paint_blur(blur *of, const vt_card *card, QPainter *painter, QRect square)
{
    double ratio = q_paintdevice_device_pixel_ratio_f(q_painter_device(painter));
    double aspect = vt_tinythumb_aspect(&of->tiny) / 65536.0;
    double side = fmin(vt_paint_rect_width(square), card->longest / ratio);
    double width = aspect >= 1 ? side : fmax(THINNEST, side * aspect);
    double height = aspect >= 1 ? fmax(THINNEST, side / aspect) : side;
    QRect target =
        q_rect_make(vt_paint_rect_x(square) + (vt_paint_rect_width(square) - width) / 2,
                    vt_paint_rect_y(square) + (vt_paint_rect_width(square) - height) / 2, width, height);
    if (card->kind != VT_KIND_MODEL) {
        vt_paint_paper(painter, target);
    }
    vt_paint_stretched(painter, target, image_of(of));
}

/* A frame with the colours of a picture, for each of those behind the first of a stack; what is left of
   `square` is for the first. */
static QRect paint_behind(vt_card *card, QPainter *painter, QRect square)
{
    const vt_theme *theme = vt_theme_current();
    int side = vt_paint_rect_width(square) - VT_CARD_BEHIND_MAX * BEHIND;
    for (int i = VT_CARD_BEHIND_MAX; i > 0; i--) {
        QRect frame = q_rect_make(vt_paint_rect_x(square) + i * BEHIND,
                                  vt_paint_rect_y(square) + (VT_CARD_BEHIND_MAX - i) * BEHIND, side, side);
        if (card->behind[i - 1].there) {
            vt_paint_fill(painter, frame, theme->line);
            QRect inner = q_rect_adjusted(&frame, 1, 1, -1, -1);
            vt_paint_stretched(painter, inner, image_of(&card->behind[i - 1]));
        }
    }
    QRect front = q_rect_make(vt_paint_rect_x(square), vt_paint_rect_y(square) + VT_CARD_BEHIND_MAX * BEHIND,
                              side, side);
    vt_paint_fill(painter, front, theme->line);
    QRect well = q_rect_adjusted(&front, 1, 1, -1, -1);
    vt_paint_fill(painter, well, theme->well);
    return q_rect_adjusted(&well, 2, 2, -2, -2);
}

static void paint_badges(vt_card *card, QPainter *painter, QRect square)
{
    const vt_theme *theme = vt_theme_current();
    bool of_stack = card->by_hand && card->badge_length > 0; /* a missing cover is told by its caption */
    if (card->missing && !of_stack) {
        vt_badge_paint_icon(painter, square, VT_ICON_WARNING, theme->danger);
    } else if (card->badge_length > 0) {
        vt_icon icon = !card->by_hand ? (card->stack ? VT_ICON_FOLDER : VT_ICON_SEQUENCE)
                       : card->open   ? VT_ICON_STACK_OPEN
                                      : VT_ICON_STACK;
        vt_badge_paint_number(painter, square, icon, &card->badge, card->badge_length);
    } else if (card->kind == VT_KIND_MODEL && (card->has_picture || card->has_rough || card->blur.there)) {
        vt_badge_paint_icon(painter, square, VT_ICON_MODEL, theme->muted);
    }
    if (card->rating) {
        vt_badge_paint_rating(painter, square, card->rating);
    }
    if (card->label) {
        vt_badge_paint_label(painter, square, card->label);
    }
}

static void paint_captions(vt_card *card, QPainter *painter, QRect area)
{
    const vt_theme *theme = vt_theme_current();
    int line = vt_paint_line_height();
    int top = vt_paint_rect_y(area) + vt_paint_rect_height(area) - card->caption_count * line - PADDING / 2;
    int left = vt_paint_rect_x(area) + PADDING;
    int width = vt_paint_rect_width(area) - 2 * PADDING;
    for (int i = 0; i < card->caption_count; i++) {
        uint32_t rgb = card->failed && i > 0  ? theme->danger
                       : card->state.selected ? theme->selection_text
                       : i == 0               ? theme->text
                                              : theme->muted;
        vt_caption_paint(&card->captions[i], painter, q_rect_make(left, top + i * line, width, line),
                         VT_PAINT_CENTRE, rgb);
    }
}

/* Where the picture goes, and what lies on it. */
static QRect picture_square(const vt_card *card)
{
    QRect area = q_widget_rect(&card->widget);
    int width = vt_paint_rect_width(area);
    int side = vt_paint_rect_height(area) - vt_card_caption_height(card->caption_count);
    side = side < width ? side : width;
    return q_rect_make((width - side) / 2 + PADDING, PADDING, side - 2 * PADDING, side - 2 * PADDING);
}

bool vt_card_is_on_stack_badge(const vt_card *card, int x, int y)
{
    if (!card->by_hand || card->badge_length == 0) {
        return false;
    }
    QRect badge = vt_badge_number_place(picture_square(card), card->badge_length);
    return x >= vt_paint_rect_x(badge) && x < vt_paint_rect_x(badge) + vt_paint_rect_width(badge) &&
           y >= vt_paint_rect_y(badge) && y < vt_paint_rect_y(badge) + vt_paint_rect_height(badge);
}

static void card_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_card *card = (vt_card *)self;
    QRect area = q_widget_rect(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    paint_ground(card, &painter, q_rect_adjusted(&area, 1, 1, -1, -1));
    QRect square = picture_square(card);
    QRect room = card->stack ? paint_behind(card, &painter, square) : square;
    if (card->has_picture || card->has_rough || card->moves) {
        paint_picture(card, &painter, room);
    } else if (card->blur.there && !card->failed) {
        paint_blur(&card->blur, card, &painter, room);
    } else {
        paint_placeholder(card, &painter, room);
    }
    paint_badges(card, &painter, square);
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

static void make_null(QPixmap *picture)
{
    QPixmap none;
    q_pixmap_init_null(&none);
    q_pixmap_assign(picture, &none);
    q_pixmap_fini(&none);
}

static void drop_picture(vt_card *card)
{
    if (card->has_picture || card->has_rough) {
        make_null(&card->picture);
        card->has_picture = card->has_rough = false;
    }
}

static void set_blur(blur *of, const vt_tinythumb *tiny)
{
    of->there = tiny != NULL;
    of->decoded = false;
    if (tiny) {
        of->tiny = *tiny;
    }
}

void vt_card_configure(vt_card *card, const vt_card_content *content)
{
    bool same_picture = card->item == content->item && card->version == content->version;
    if (!same_picture) {
        vt_card_rest(card);
    }
    card->number = content->number;
    card->item = content->item;
    card->version = content->version;
    card->look = content->look;
    card->kind = content->kind;
    card->longest = content->longest;
    card->missing = content->missing;
    card->stack = content->stack;
    card->by_hand = content->by_hand;
    card->open = content->open;
    card->rating = content->rating;
    card->label = content->label;
    card->state_of_item = content->state;
    card->state = (vt_card_state){false, false, card->state.hovered};
    set_blur(&card->blur, content->tiny);
    for (int i = 0; i < VT_CARD_BEHIND_MAX; i++) {
        set_blur(&card->behind[i], content->stack ? content->behind[i] : NULL);
    }
    card->caption_count = content->caption_count;
    for (int i = 0; i < content->caption_count; i++) {
        vt_caption_set(&card->captions[i], content->captions[i]);
    }
    /* for screen readers that go from one widget to the next; the grid itself tells of the current one */
    q_widget_set_accessible_name(&card->widget, content->caption_count > 0 ? content->captions[0] : "");
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

void vt_card_set_smaller(vt_card *card, const QPixmap *picture)
{
    if (!card->has_picture) {
        q_pixmap_assign(&card->picture, picture);
        card->has_rough = true;
        card->failed = false;
        q_widget_update(&card->widget);
    }
}

void vt_card_set_moving(vt_card *card, const QPixmap *picture)
{
    q_pixmap_assign(&card->moving, picture);
    card->moves = true;
    q_widget_update(&card->widget);
}

void vt_card_rest(vt_card *card)
{
    if (card->moves) {
        make_null(&card->moving);
        card->moves = false;
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
    for (int i = 0; i < VT_CARD_CAPTIONS_MAX; i++) {
        vt_caption_fini(&card->captions[i]);
    }
    vt_caption_fini(&card->badge);
    q_pixmap_fini(&card->picture);
    q_pixmap_fini(&card->moving);
    q_image_fini(&card->blur.image);
    for (int i = 0; i < VT_CARD_BEHIND_MAX; i++) {
        q_image_fini(&card->behind[i].image);
    }
}

static const QWidgetVirtuals card_virtuals = {
    .paint_event = card_paint, .enter_event = card_enter, .leave_event = card_leave};
static qt_subclass card_class = {.base = &qt_class_QWidget,
                                 .virtuals = &card_virtuals,
                                 .instance_size = sizeof(vt_card),
                                 .finish = card_finish};

bool vt_card_is(const QWidget *widget)
{
    return qt_subclass_is(&card_class, widget);
}

static void init_blur(blur *of)
{
    q_image_init_data_full(&of->image, of->pixels, BLUR_SIDE, BLUR_SIDE, (long long)BLUR_SIDE * 4,
                           QImage_Format_ARGB32_Premultiplied, NULL, NULL);
}

static void *create_card(void *user, vt_error *error)
{
    (void)error; /* C++'s operator new ends the program when memory runs out */
    vt_card *card = qt_subclass_allocate(&card_class);
    q_widget_init(&card->widget, (QWidget *)user);
    q_pixmap_init_null(&card->picture);
    q_pixmap_init_null(&card->moving);
    init_blur(&card->blur);
    for (int i = 0; i < VT_CARD_BEHIND_MAX; i++) {
        init_blur(&card->behind[i]);
    }
    for (int i = 0; i < VT_CARD_CAPTIONS_MAX; i++) {
        vt_caption_init(&card->captions[i]);
    }
    q_widget_set_mouse_tracking(&card->widget, true);
    vt_caption_init(&card->badge);
    qt_subclass_install(&card_class, card);
    q_widget_hide(&card->widget); /* else it would be shown with its parent, before it shows anything */
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
    vt_card_rest(card);
    drop_picture(card);
    card->item = 0;
    card->state.hovered = false;
}

static void destroy_card(void *user, void *object)
{
    (void)user;
    q_widget_delete(&((vt_card *)object)->widget);
}

/* A widget and what Qt keeps beside it: bench_cards measures it. */
enum { CARD_BYTES = 5600 };

const vt_object_ops vt_card_ops = {.name = "card",
                                   .create = create_card,
                                   .configure = configure_card,
                                   .reset = reset_card,
                                   .destroy = destroy_card,
                                   .bytes = CARD_BYTES};
