#include "app/ui/table/cell_texts.h"

#include "app/ui/parts/caption.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "core/cache/lru.h"

#include <qt6c/qstyle.h>
#include <qt6c/qwidget.h>

#include <stdlib.h>
#include <string.h>

/* Some pages of rows with all their columns. */
enum { TEXTS_MAX = 2048, BYTES_MAX = 4 << 20, KEY_MAX = 512 };

struct vt_cell_texts {
    vt_lru *captions; /* laid out; the key is the width, then the text */
    uint64_t made;
};

static void free_caption(void *user, void *value)
{
    (void)user;
    vt_caption_fini(value);
    free(value);
}

vt_cell_texts *vt_cell_texts_create(void)
{
    const vt_lru_limits limits = {.entries = TEXTS_MAX, .bytes = BYTES_MAX};
    vt_cell_texts *texts = calloc(1, sizeof *texts);
    if (texts) {
        texts->captions = vt_lru_create(&limits, free_caption, NULL, NULL);
    }
    if (texts && !texts->captions) {
        free(texts);
        texts = NULL;
    }
    return texts;
}

void vt_cell_texts_free(vt_cell_texts *texts)
{
    if (texts) {
        vt_lru_free(texts->captions);
    }
    free(texts);
}

uint64_t vt_cell_texts_made(const vt_cell_texts *texts)
{
    return texts->made;
}

/* Pinned; NULL for a text that is not worth keeping, or when memory runs out. */
static vt_lru_entry *find(vt_cell_texts *texts, const char *text, int width)
{
    char key[KEY_MAX];
    size_t length = strlen(text) + 1;
    if (length > sizeof key - sizeof width) {
        return NULL;
    }
    memcpy(key, &width, sizeof width);
    memcpy(key + sizeof width, text, length);
    vt_lru_entry *entry = vt_lru_acquire(texts->captions, key, sizeof width + length);
    vt_caption *caption = entry ? NULL : malloc(sizeof *caption);
    if (!caption) {
        return entry;
    }
    vt_caption_init(caption);
    vt_caption_set(caption, text);
    texts->made++;
    size_t bytes = sizeof *caption + 2 * length * sizeof(uint16_t);
    return vt_lru_put(texts->captions, key, sizeof width + length, caption, bytes, NULL)
               ? vt_lru_acquire(texts->captions, key, sizeof width + length)
               : NULL;
}

static void paint_background(QPainter *painter, const QStyleOptionViewItem *option)
{
    const QWidget *widget = *q_styleoptionviewitem_field_widget(option);
    q_style_draw_primitive_full(q_widget_style(widget), QStyle_PE_PanelItemViewItem, option, painter, widget);
}

void vt_cell_texts_paint(vt_cell_texts *texts, QPainter *painter, const QStyleOptionViewItem *option,
                         const char *text, int indent, bool at_right)
{
    QRect area = *q_styleoption_field_rect(option);
    QRect line = q_rect_adjusted(&area, VT_CELL_MARGIN + indent, 0, -VT_CELL_MARGIN, 0);
    int width = vt_paint_rect_width(line);
    paint_background(painter, option);
    if (!*text || width <= 0) {
        return;
    }
    const vt_theme *theme = vt_theme_current();
    bool selected = *q_styleoption_field_state(option) & QStyle_State_Selected;
    uint32_t rgb = selected ? theme->selection_text : theme->text;
    vt_paint_align align = at_right ? VT_PAINT_RIGHT : VT_PAINT_LEFT;
    vt_lru_entry *kept = texts ? find(texts, text, width) : NULL;
    if (kept) {
        vt_caption_paint(vt_lru_value(kept), painter, line, align, rgb);
        vt_lru_release(texts->captions, kept);
    } else {
        QString shown = qt_string_from_utf8(text);
        vt_paint_text(painter, line, align, &shown, rgb);
        qt_string_release(&shown);
    }
}
