#include "app/ui/parts/empty_page.h"

#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qfont.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvboxlayout.h>

enum { ICON_SIDE = 72, TEXT_WIDTH = 460, TEXT_WIDTH_LEAST = 120, MARGIN = 12 };

struct vt_empty_page {
    QWidget widget; /* first */
    QWidget *picture;
    QLabel *title, *text;
    QPushButton *button;
    vt_icon icon;
    void (*pressed)(void *user);
    void *user;
};

static void page_paint(QWidget *self, QPaintEvent *event)
{
    (void)event;
    const vt_empty_page *page = (vt_empty_page *)self;
    const vt_theme *theme = vt_theme_current();
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(self));
    vt_paint_fill(&painter, q_widget_rect(self), theme->base);
    const QRect *place = q_widget_geometry(page->picture);
    double x = place->x1 + (vt_paint_rect_width(*place) - ICON_SIDE) / 2.0;
    vt_icon_paint(&painter, page->icon, x, place->y1, ICON_SIDE, theme->muted);
    q_painter_fini(&painter);
}

/* The layout asks a label of several lines only for the height of one. A label without text has no height for
   a width: Qt says -1. */
static void set_width(QLabel *label, int width)
{
    int height = q_label_height_for_width(label, width);
    q_widget_set_fixed_width(label, width);
    q_widget_set_minimum_height(label, height > 0 ? height : 0);
}

static int text_width(const vt_empty_page *page)
{
    int width = q_widget_width(&page->widget) - 2 * MARGIN;
    return width < TEXT_WIDTH_LEAST ? TEXT_WIDTH_LEAST : width > TEXT_WIDTH ? TEXT_WIDTH : width;
}

static void page_resize(QWidget *self, QResizeEvent *event)
{
    vt_empty_page *page = (vt_empty_page *)self;
    q_widget_base_resize_event(self, event);
    set_width(page->title, text_width(page));
    set_width(page->text, text_width(page));
}

/* It keeps nothing else from its room. */
static QSize page_minimum(const QWidget *self)
{
    (void)self;
    return q_size_make(TEXT_WIDTH_LEAST + 2 * MARGIN, 2 * ICON_SIDE);
}

static const QWidgetVirtuals page_virtuals = {
    .paint_event = page_paint, .resize_event = page_resize, .minimum_size_hint = page_minimum};
static qt_subclass page_class = {
    .base = &qt_class_QWidget, .virtuals = &page_virtuals, .instance_size = sizeof(vt_empty_page)};

static void on_pressed(void *user, bool checked)
{
    (void)checked;
    vt_empty_page *page = user;
    page->pressed(page->user);
}

static QLabel *add_label(vt_empty_page *page, QVBoxLayout *layout, double scale, bool bold)
{
    QLabel *label = q_label_new_empty(&page->widget);
    q_label_set_alignment(label, Qt_AlignCenter);
    q_label_set_word_wrap(label, true);
    q_label_set_text_format(label, Qt_PlainText);
    QFont font;
    q_font_init_font(&font, q_widget_font(label));
    q_font_set_point_size_f(&font, q_font_point_size_f(&font) * scale);
    q_font_set_bold(&font, bold);
    q_widget_set_font(label, &font);
    q_font_fini(&font);
    q_boxlayout_add_widget_full(layout, label, 0, Qt_AlignHCenter);
    return label;
}

vt_empty_page *vt_empty_page_create(QWidgetRef parent, void (*pressed)(void *user), void *user)
{
    vt_empty_page *page = qt_subclass_allocate(&page_class);
    q_widget_init(&page->widget, parent);
    qt_subclass_install(&page_class, page);
    page->pressed = pressed;
    page->user = user;
    QVBoxLayout *layout = q_vboxlayout_new_widget(&page->widget);
    q_boxlayout_set_spacing(layout, 12);
    q_boxlayout_add_stretch_full(layout, 1);
    page->picture = q_widget_new(&page->widget);
    q_widget_set_fixed_size(page->picture, ICON_SIDE, ICON_SIDE + 8);
    q_boxlayout_add_widget_full(layout, page->picture, 0, Qt_AlignHCenter);
    page->title = add_label(page, layout, 1.4, true);
    page->text = add_label(page, layout, 1.0, false);
    page->button = q_pushbutton_new("", &page->widget);
    q_boxlayout_add_widget_full(layout, page->button, 0, Qt_AlignHCenter);
    q_boxlayout_add_stretch_full(layout, 1);
    q_abstractbutton_on_clicked(page->button, &page->widget, on_pressed, page);
    return page;
}

QWidget *vt_empty_page_widget(vt_empty_page *page)
{
    return &page->widget;
}

static void set_label(const vt_empty_page *page, QLabel *label, const char *text)
{
    q_label_set_text(label, text);
    set_width(label, text_width(page));
}

void vt_empty_page_set(vt_empty_page *page, vt_icon icon, const char *title, const char *text,
                       const char *button)
{
    page->icon = icon;
    set_label(page, page->title, title);
    set_label(page, page->text, text);
    q_abstractbutton_set_text(page->button, button);
    q_widget_set_visible(page->button, *button != '\0');
    q_widget_update(&page->widget);
}
