#include "app/ui/browse/group_header.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/str.h"

#include <qt6c/qfont.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qpaintdevice.h>

#include <stdio.h>
#include <string.h>

enum {
    PADDING = 9,
    CHEVRON_X = 10,
    CHEVRON = 16,
    BOX_X = 34,
    BOX = 16,
    TITLE_X = 60,
    SPACE = 12,
    CORNER = 4
};

struct vt_group_header {
    QWidget widget; /* first */
    vt_str title, detail;
    vt_group_header_content content; /* lends the texts above */
};

int vt_group_header_height(void)
{
    return vt_paint_line_height() + 2 * PADDING;
}

bool vt_group_header_is_box(int x)
{
    enum { AROUND = 5 };
    return x >= BOX_X - AROUND && x < BOX_X + BOX + AROUND;
}

static void paint_box(QPainter *painter, int x, int y, vt_selection_share selected)
{
    const vt_theme *theme = vt_theme_current();
    QRect box = q_rect_make(x, y, BOX, BOX);
    if (selected == VT_SELECTION_NONE) {
        vt_paint_round(painter, box, CORNER, theme->base, theme->muted);
    } else {
        vt_paint_round(painter, box, CORNER, theme->accent, VT_PAINT_NO_LINE);
        vt_icon_paint(painter, selected == VT_SELECTION_ALL ? VT_ICON_CHECK : VT_ICON_PARTLY, x + 1, y + 1,
                      BOX - 2, theme->base);
    }
}

/* Paints one part of the line from x on, as wide as it is but at most `room`; where the next one begins. */
static int paint_part(QPainter *painter, QRect area, int x, int room, const char *text, uint32_t rgb)
{
    QString words = qt_string_from_utf8(text);
    QFontMetrics metrics = q_painter_font_metrics(painter);
    int width = q_fontmetrics_horizontal_advance_full_qs(&metrics, &words, -1) + 1;
    q_fontmetrics_fini(&metrics);
    width = width < room ? width : room;
    if (width > 0) {
        vt_paint_text(painter, q_rect_make(x, vt_paint_rect_y(area), width, vt_paint_rect_height(area)),
                      VT_PAINT_LEFT, &words, rgb);
    }
    qt_string_release(&words);
    return width > 0 ? x + width + SPACE : x;
}

static void set_bold(QPainter *painter, bool bold)
{
    QFont font;
    q_font_init(&font);
    q_font_assign(&font, q_painter_font(painter));
    q_font_set_bold(&font, bold);
    q_painter_set_font(painter, &font);
    q_font_fini(&font);
}

void vt_group_header_paint(QPainter *painter, QRect area, const vt_group_header_content *content)
{
    const vt_theme *theme = vt_theme_current();
    int top = vt_paint_rect_y(area);
    int left = vt_paint_rect_x(area);
    int height = vt_paint_rect_height(area);
    vt_paint_fill(painter, area, theme->base);
    if (content->current) {
        QRect ring = q_rect_adjusted(&area, 3, 3, -3, -3);
        vt_paint_round(painter, ring, CORNER, VT_PAINT_NO_FILL, theme->accent);
    }
    vt_icon icon = content->leads_back  ? VT_ICON_BACK
                   : content->collapsed ? VT_ICON_COLLAPSED
                                        : VT_ICON_EXPANDED;
    vt_icon_paint(painter, icon, left + CHEVRON_X, top + (height - CHEVRON) / 2.0, CHEVRON, theme->muted);
    paint_box(painter, left + BOX_X, top + (height - BOX) / 2, content->selected);
    int right = left + vt_paint_rect_width(area) - SPACE;
    char words[48];
    vt_str count = VT_STR_INIT;
    vt_tr_append_count(&count, "cards", "%n item", "%n items", content->count);
    snprintf(words, sizeof words, "%s", count.failed ? "" : count.data);
    vt_str_free(&count);
    enum { COUNT_ROOM = 90 }; /* of it at least, beside a long title */
    set_bold(painter, true);
    int x = paint_part(painter, area, left + TITLE_X, right - left - TITLE_X - COUNT_ROOM, content->title,
                       theme->text);
    set_bold(painter, false);
    if (content->count >= 0) {
        x = paint_part(painter, area, x, right - x, words, theme->muted);
    }
    paint_part(painter, area, x, right - x, content->detail, theme->muted);
}

/* ---- the widget ---- */

static void header_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    vt_group_header *header = (vt_group_header *)self;
    QRect area = q_widget_rect(self);
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_group_header_paint(&painter, area, &header->content);
    QRect line = {area.x1, area.y2, area.x2, area.y2};
    vt_paint_fill(&painter, line, vt_theme_current()->line);
    q_painter_fini(&painter);
}

static void header_finish(void *self)
{
    vt_group_header *header = self;
    vt_str_free(&header->title);
    vt_str_free(&header->detail);
}

static const QWidgetVirtuals header_virtuals = {.paint_event = header_paint};
static qt_subclass header_class = {.base = &qt_class_QWidget,
                                   .virtuals = &header_virtuals,
                                   .instance_size = sizeof(vt_group_header),
                                   .finish = header_finish};

vt_group_header *vt_group_header_create(QWidgetRef parent)
{
    vt_group_header *header = qt_subclass_allocate(&header_class);
    q_widget_init(&header->widget, parent);
    qt_subclass_install(&header_class, header);
    header->title = header->detail = (vt_str)VT_STR_INIT;
    header->content = (vt_group_header_content){.title = "", .detail = ""};
    q_widget_set_mouse_tracking(&header->widget, true);
    q_widget_hide(&header->widget);
    return header;
}

QWidget *vt_group_header_widget(vt_group_header *header)
{
    return &header->widget;
}

static bool differs(const vt_group_header_content *a, const vt_group_header_content *b)
{
    return strcmp(a->title, b->title) != 0 || strcmp(a->detail, b->detail) != 0 || a->count != b->count ||
           a->selected != b->selected || a->collapsed != b->collapsed || a->leads_back != b->leads_back ||
           a->current != b->current;
}

static const char *copy_of(vt_str *into, const char *text)
{
    vt_str_clear(into);
    vt_str_append_cstr(into, text);
    return into->data && !into->failed ? into->data : "";
}

void vt_group_header_set(vt_group_header *header, const vt_group_header_content *content)
{
    if (!differs(&header->content, content)) {
        return;
    }
    header->content = *content;
    header->content.title = copy_of(&header->title, content->title);
    header->content.detail = copy_of(&header->detail, content->detail);
    vt_str name = VT_STR_INIT; /* for a screen reader */
    vt_tr_append_with(&name, "cards", "Group %1", header->content.title);
    q_widget_set_accessible_name(&header->widget, name.data ? name.data : vt_tr("cards", "Group"));
    vt_str_free(&name);
    q_widget_update(&header->widget);
}
