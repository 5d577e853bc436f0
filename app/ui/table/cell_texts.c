#include "app/ui/table/cell_texts.h"

#include "app/ui/parts/caption.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "core/base/hash.h"

#include <qt6c/qstyle.h>
#include <qt6c/qwidget.h>

#include <stdlib.h>
#include <string.h>

/* A power of two: some pages of rows with all their columns. */
#define SLOTS 2048

/* What was painted last of those that belong here. */
typedef struct slot {
    char *text; /* owned; NULL: `caption` is not made yet */
    int width;
    vt_caption caption;
} slot;

struct vt_cell_texts {
    slot slots[SLOTS];
    uint64_t made;
};

vt_cell_texts *vt_cell_texts_create(void)
{
    return calloc(1, sizeof(vt_cell_texts));
}

void vt_cell_texts_free(vt_cell_texts *texts)
{
    for (size_t i = 0; texts && i < SLOTS; i++) {
        if (texts->slots[i].text) {
            vt_caption_fini(&texts->slots[i].caption);
            free(texts->slots[i].text);
        }
    }
    free(texts);
}

uint64_t vt_cell_texts_made(const vt_cell_texts *texts)
{
    return texts->made;
}

static uint64_t hash_of(const char *text, int width)
{
    uint64_t hash = vt_hash_add(VT_HASH_INIT, &width, sizeof width);
    return vt_hash_fold(vt_hash_add(hash, text, strlen(text)));
}

/* NULL when memory runs out. */
static vt_caption *find(vt_cell_texts *texts, const char *text, int width)
{
    slot *at = &texts->slots[hash_of(text, width) & (SLOTS - 1)];
    if (at->text && at->width == width && strcmp(at->text, text) == 0) {
        return &at->caption;
    }
    char *copy = strdup(text);
    if (!copy) {
        return NULL;
    }
    if (!at->text) {
        vt_caption_init(&at->caption);
    }
    free(at->text);
    at->text = copy;
    at->width = width;
    vt_caption_set(&at->caption, text);
    texts->made++;
    return &at->caption;
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
    vt_caption *caption = texts ? find(texts, text, width) : NULL;
    if (caption) {
        vt_caption_paint(caption, painter, line, align, rgb);
    } else {
        QString shown = qt_string_from_utf8(text);
        vt_paint_text(painter, line, align, &shown, rgb);
        qt_string_release(&shown);
    }
}
