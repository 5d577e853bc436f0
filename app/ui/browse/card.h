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

/* What a card shows. The text is copied. */
typedef struct vt_card_content {
    int64_t row;              /* position in the view */
    int64_t item;             /* catalog id, to match pictures that arrive later */
    uint64_t version;         /* of the file's content: another one needs another picture */
    const char *name;         /* UTF-8, fit for display */
    const char *detail;       /* second line; "" for none */
    const vt_tinythumb *tiny; /* shown until the picture is there; copied. NULL: a placeholder is */
    vt_kind kind;
    const char *badge; /* of a sequence: how many frames it has; NULL or "" for none */
    uint32_t longest;  /* pixels of the longer side: how large its picture may be drawn */
    uint8_t state;     /* vt_item_state */
    bool missing;      /* the file is not there at the moment */
} vt_card_content;

typedef struct vt_card_state {
    bool selected, current, hovered;
} vt_card_state;

/* The operations table for vt_object_pool. Its user pointer is the QWidget that becomes the cards' parent;
   configure takes a vt_card_content. */
extern const vt_object_ops vt_card_ops;

QWidget *vt_card_widget(vt_card *card);

/* Shows another item: text and its tiny thumbnail at once, until vt_card_set_picture. */
void vt_card_configure(vt_card *card, const vt_card_content *content);

int64_t vt_card_row(const vt_card *card);
int64_t vt_card_item(const vt_card *card);

/* True if the card shows that item, in that version, at that row. */
bool vt_card_shows(const vt_card *card, const vt_card_content *content);

bool vt_card_has_picture(const vt_card *card);

/* Takes a shared copy of `picture`, which is already as large as it is shown. */
void vt_card_set_picture(vt_card *card, const QPixmap *picture);

/* Shows a picture of a few pixels, drawn large, until the right one is set. */
void vt_card_set_rough(vt_card *card, const QPixmap *picture);

/* There will be no picture; shows that the file could not be read. */
void vt_card_set_failed(vt_card *card);

void vt_card_set_state(vt_card *card, vt_card_state state);

/* Height of the caption below the picture square, from the application's font. */
int vt_card_caption_height(void);

#endif
