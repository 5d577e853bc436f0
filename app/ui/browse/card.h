/*
 * A card: one item of the grid as a widget, made once and used again and again for other items.
 *
 * It knows what to draw, not where that comes from: the grid hands it text and a picture. Cards live in a
 * core/pool object pool (vt_card_ops); "configure" costs no allocation of widgets. UI thread only.
 */
#ifndef VT_UI_BROWSE_CARD_H
#define VT_UI_BROWSE_CARD_H

#include "core/decode/media.h"
#include "core/decode/tinythumb.h"
#include "core/pool/object_pool.h"

#include <qt6c/qpixmap.h>
#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_card vt_card;

#define VT_CARD_CAPTIONS_MAX 2
#define VT_CARD_BEHIND_MAX   2

/* What a card shows. The text is copied. */
typedef struct vt_card_content {
    int64_t number;           /* of the card in the grid */
    int64_t item;             /* catalog id, to match pictures that arrive later */
    uint64_t version;         /* of the file's content: another one needs another picture */
    uint64_t look;            /* what else tells that it has to be configured anew */
    const vt_tinythumb *tiny; /* shown until the picture is there; copied. NULL: a placeholder is */
    const char *captions[VT_CARD_CAPTIONS_MAX]; /* UTF-8, fit for display */
    int caption_count;
    vt_kind kind;
    const char *badge; /* how many frames a sequence has, or items a stack; NULL or "" for none */
    uint32_t longest;  /* pixels of the longer side: how large its picture may be drawn */
    uint8_t state;     /* vt_item_state */
    uint8_t rating;    /* 0 to 5 */
    uint8_t label;     /* 0 (none) to VT_LABEL_MAX */
    bool missing;      /* the file is not there at the moment */
    bool stack;        /* it stands for several items: of the others, these are seen behind it */
    bool by_hand;      /* of a stack made by hand, not of a folder */
    bool open;         /* a member of one that is open: they share a ground */
    const vt_tinythumb *behind[VT_CARD_BEHIND_MAX]; /* copied; NULL from the first that is not there */
} vt_card_content;

typedef struct vt_card_state {
    bool selected, current, hovered;
} vt_card_state;

/* The operations table for vt_object_pool. Its user pointer is the QWidget that becomes the cards' parent;
   configure takes a vt_card_content. */
extern const vt_object_ops vt_card_ops;

QWidget *vt_card_widget(vt_card *card);
/* True of the widget of a card. */
bool vt_card_is(const QWidget *widget);

/* Shows another item: text and its tiny thumbnail at once, until vt_card_set_picture. */
void vt_card_configure(vt_card *card, const vt_card_content *content);

int64_t vt_card_number(const vt_card *card);
int64_t vt_card_item(const vt_card *card);

/* True if the card shows that item, in that version and look, under that number. */
bool vt_card_shows(const vt_card *card, const vt_card_content *content);

bool vt_card_has_picture(const vt_card *card);

/* Takes a shared copy of `picture`, which is already as large as it is shown. */
void vt_card_set_picture(vt_card *card, const QPixmap *picture);

/* Shows a picture of a few pixels, drawn large, until the right one is set. */
void vt_card_set_rough(vt_card *card, const QPixmap *picture);

/* A smaller picture than it should be, drawn larger, until the right one is set. */
void vt_card_set_smaller(vt_card *card, const QPixmap *picture);

/* Shows `picture` instead of the card's own until vt_card_rest: a frame, a view of a model. */
void vt_card_set_moving(vt_card *card, const QPixmap *picture);
void vt_card_rest(vt_card *card);

/* There will be no picture; shows that the file could not be read. */
void vt_card_set_failed(vt_card *card);

void vt_card_set_state(vt_card *card, vt_card_state state);

/* Whether a place on the card is on the badge of a stack made by hand. */
bool vt_card_is_on_stack_badge(const vt_card *card, int x, int y);

/* Height of so many lines below the picture square, from the application's font. */
int vt_card_caption_height(int lines);

#endif
