#include "app/ui/table/row_pictures.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "core/import/request.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 256,    /* more than a screen has rows */
    TINY_SIDE = 16, /* pixels of a tiny thumbnail, before it is stretched */
    PIXEL = 4       /* bytes */
};

typedef enum slot_state { SLOT_EMPTY, SLOT_TINY, SLOT_HERE, SLOT_FAILED } slot_state;

typedef struct slot {
    vt_row_pictures *pictures;
    vt_request *request; /* under way; NULL: none */
    int64_t item;        /* 0: the slot is free */
    uint64_t version;
    int64_t row;      /* of the view, when it was painted last */
    uint64_t painted; /* when that was, in paintings */
    slot_state state;
    uint32_t width, height; /* of the pixels; a tiny thumbnail is square, whatever it shows */
    double aspect;          /* width divided by height of what is shown */
} slot;

struct vt_row_pictures {
    vt_library *library;
    int side; /* logical */
    uint32_t pixels_side;
    double device_ratio;
    vt_row_picture_arrived arrived;
    void *user;
    uint64_t paintings;
    vt_row_pictures_figures figures;
    uint8_t *pixels; /* of all slots, one below the other; owned */
    QImage image;    /* lends them */
    slot slots[SLOTS];
};

vt_row_pictures *vt_row_pictures_create(vt_library *library, int side, double device_ratio,
                                        vt_row_picture_arrived arrived, void *user)
{
    vt_row_pictures *pictures = calloc(1, sizeof *pictures);
    if (!pictures) {
        return NULL;
    }
    uint32_t wanted = (uint32_t)ceil(side * device_ratio);
    pictures->pixels_side = wanted > TINY_SIDE ? wanted : TINY_SIDE;
    size_t stride = (size_t)pictures->pixels_side * PIXEL;
    pictures->pixels = calloc((size_t)pictures->pixels_side * SLOTS, stride);
    if (!pictures->pixels) {
        free(pictures);
        return NULL;
    }
    q_image_init_data_full(&pictures->image, pictures->pixels, (int)pictures->pixels_side,
                           (int)pictures->pixels_side * SLOTS, (long long)stride,
                           QImage_Format_ARGB32_Premultiplied, NULL, NULL);
    pictures->library = library;
    pictures->side = side;
    pictures->device_ratio = device_ratio;
    pictures->arrived = arrived;
    pictures->user = user;
    for (size_t i = 0; i < SLOTS; i++) {
        pictures->slots[i].pictures = pictures;
    }
    return pictures;
}

static void call_off(slot *place)
{
    if (place->request) {
        vt_request_cancel(place->request);
        place->request = NULL;
        place->pictures->figures.called_off++;
    }
}

void vt_row_pictures_free(vt_row_pictures *pictures)
{
    if (!pictures) {
        return;
    }
    for (size_t i = 0; i < SLOTS; i++) {
        call_off(&pictures->slots[i]);
    }
    q_image_fini(&pictures->image);
    free(pictures->pixels);
    free(pictures);
}

/* ---- slots ---- */

static uint8_t *pixels_of(const slot *place)
{
    const vt_row_pictures *pictures = place->pictures;
    size_t side = pictures->pixels_side;
    return pictures->pixels + (size_t)(place - pictures->slots) * side * side * PIXEL;
}

static void copy_pixels(const slot *place, const uint8_t *from, size_t stride)
{
    uint8_t *to = pixels_of(place);
    for (uint32_t y = 0; y < place->height; y++) {
        memcpy(to + (size_t)y * place->pictures->pixels_side * PIXEL, from + y * stride,
               (size_t)place->width * PIXEL);
    }
}

/* It may become known later than the row. */
static void look_for_tiny(slot *place, int64_t row)
{
    vt_tinythumb tiny;
    if (place->state != SLOT_EMPTY || !vt_library_tiny(place->pictures->library, row, &tiny)) {
        return;
    }
    uint8_t pixels[TINY_SIDE * TINY_SIDE * PIXEL];
    vt_tinythumb_decode(&tiny, TINY_SIDE, pixels);
    place->width = place->height = TINY_SIDE;
    place->aspect = vt_tinythumb_aspect(&tiny) / 65536.0;
    place->state = SLOT_TINY;
    copy_pixels(place, pixels, sizeof pixels / TINY_SIDE);
    place->pictures->figures.drawn_tiny++;
}

/* The slot of an item; if it has none, the one that was painted longest ago, `*mine` being false. */
static slot *find_slot(vt_row_pictures *pictures, const vt_item_brief *item, bool *mine)
{
    uint64_t version = vt_item_version(item);
    slot *oldest = pictures->slots;
    for (size_t i = 0; i < SLOTS; i++) {
        slot *place = &pictures->slots[i];
        if (place->item == item->id && place->version == version) {
            *mine = true;
            return place;
        }
        oldest = place->painted < oldest->painted ? place : oldest;
    }
    *mine = false;
    return oldest;
}

static slot *take_slot(vt_row_pictures *pictures, const vt_item_brief *item, int64_t row)
{
    bool mine;
    slot *place = find_slot(pictures, item, &mine);
    if (!mine) {
        call_off(place);
        *place = (slot){.pictures = pictures, .item = item->id, .version = vt_item_version(item)};
    }
    place->row = row;
    place->painted = ++pictures->paintings;
    look_for_tiny(place, row);
    return place;
}

/* ---- painting ---- */

/* Longer side in logical pixels: a picture is never enlarged, a tiny thumbnail to what the item has. */
static double shown_side(const slot *place, const vt_item_brief *item)
{
    const vt_row_pictures *pictures = place->pictures;
    uint32_t longest = item->width > item->height ? item->width : item->height;
    bool unknown = longest == 0 || item->kind == VT_KIND_MODEL;
    double own = unknown ? pictures->side : longest / pictures->device_ratio;
    if (place->state == SLOT_HERE) {
        own = (place->width > place->height ? place->width : place->height) / pictures->device_ratio;
    }
    return fmin(own, pictures->side);
}

static void paint_slot(const slot *place, QPainter *painter, QRect square, const vt_item_brief *item)
{
    const vt_row_pictures *pictures = place->pictures;
    double side = shown_side(place, item);
    int width = (int)fmax(1, round(place->aspect >= 1 ? side : side * place->aspect));
    int height = (int)fmax(1, round(place->aspect >= 1 ? side / place->aspect : side));
    QRect target =
        q_rect_make(vt_paint_rect_x(square) + (vt_paint_rect_width(square) - width) / 2,
                    vt_paint_rect_y(square) + (vt_paint_rect_height(square) - height) / 2, width, height);
    QRect source = q_rect_make(0, (int)((size_t)(place - pictures->slots) * pictures->pixels_side),
                               (int)place->width, (int)place->height);
    if (item->kind != VT_KIND_MODEL) {
        vt_paint_paper(painter, target);
    }
    q_painter_set_render_hint_full(painter, QPainter_SmoothPixmapTransform, true);
    q_painter_draw_image_rect_image_rect_imageconversionflag(painter, &target, &pictures->image, &source);
    q_painter_set_render_hint_full(painter, QPainter_SmoothPixmapTransform, false);
}

static void paint_sign(QPainter *painter, QRect square, const vt_item_brief *item, bool failed)
{
    static const vt_icon icons[] = {
        [VT_KIND_UNKNOWN] = VT_ICON_IMAGE,
        [VT_KIND_IMAGE] = VT_ICON_IMAGE,
        [VT_KIND_MODEL] = VT_ICON_MODEL,
        [VT_KIND_SEQUENCE] = VT_ICON_SEQUENCE,
    };
    enum { SIGN = 16 };
    const vt_theme *theme = vt_theme_current();
    bool known = item->kind < sizeof icons / sizeof *icons;
    vt_icon icon = failed ? VT_ICON_BROKEN : icons[known ? item->kind : VT_KIND_UNKNOWN];
    vt_icon_paint(painter, icon, vt_paint_rect_x(square) + (vt_paint_rect_width(square) - SIGN) / 2.0,
                  vt_paint_rect_y(square) + (vt_paint_rect_height(square) - SIGN) / 2.0, SIGN,
                  failed ? theme->danger : theme->muted);
}

void vt_row_pictures_paint(vt_row_pictures *pictures, vt_library *library, QPainter *painter, QRect square,
                           int64_t row)
{
    vt_item_brief item;
    vt_library_item(library, row, &item);
    slot *place = pictures ? take_slot(pictures, &item, row) : NULL;
    if (place && (place->state == SLOT_TINY || place->state == SLOT_HERE)) {
        paint_slot(place, painter, square, &item);
    } else {
        paint_sign(painter, square, &item, place && place->state == SLOT_FAILED);
    }
}

/* ---- asking ---- */

static void take_picture(slot *place, const vt_picture *picture)
{
    uint32_t side = place->pictures->pixels_side;
    if (picture->width == 0 || picture->height == 0 || picture->width > side || picture->height > side) {
        return; /* the tiny one stays */
    }
    place->width = picture->width;
    place->height = picture->height;
    place->aspect = (double)picture->width / picture->height;
    place->state = SLOT_HERE;
    copy_pixels(place, picture->pixels, picture->stride);
}

static void picture_ready(void *user, vt_picture *picture, const vt_error *error)
{
    slot *place = user;
    vt_row_pictures *pictures = place->pictures;
    place->request = NULL;
    pictures->figures.arrived++;
    if (picture) {
        take_picture(place, picture);
        free(picture->pixels);
    } else if (error->code != VT_ERROR_CANCELLED && error->code != VT_ERROR_CHANGED) {
        place->state = SLOT_FAILED;
    }
    pictures->arrived(pictures->user, place->row);
}

static void ask(slot *place)
{
    vt_row_pictures *pictures = place->pictures;
    vt_error error = VT_ERROR_INIT;
    place->request = vt_engine_request_thumbnail(vt_library_engine(pictures->library),
                                                 vt_library_index_row(pictures->library, place->row),
                                                 pictures->pixels_side, picture_ready, place, &error);
    pictures->figures.asked += place->request != NULL;
}

void vt_row_pictures_want(vt_row_pictures *pictures, int64_t first, int64_t last)
{
    for (size_t i = 0; pictures && i < SLOTS; i++) {
        slot *place = &pictures->slots[i];
        bool seen = place->item && place->row >= first && place->row < last;
        vt_item_brief item = {0};
        if (seen && place->row < vt_library_count(pictures->library)) {
            vt_library_item(pictures->library, place->row, &item);
        }
        /* Another view may have another item at that row. */
        bool wanted = seen && item.id == place->item && vt_item_version(&item) == place->version;
        if (!wanted) {
            call_off(place);
        } else if (!place->request && (place->state == SLOT_EMPTY || place->state == SLOT_TINY)) {
            ask(place);
        }
    }
}

vt_row_pictures_figures vt_row_pictures_get_figures(const vt_row_pictures *pictures)
{
    return pictures ? pictures->figures : (vt_row_pictures_figures){0};
}
