/* Overrides in C that return classes with destructors to Qt: 8, 16 and 24 bytes, through memory. */
#include "tests/support/check.h"

#include "tests/bindings/application.h"

#include <stdlib.h>
#include <string.h>

#if QT_RETURNS_TO_QT

/* ---- a style with icons and colours of its own ---- */

typedef struct plain_style {
    QProxyStyle style;
    int icons, palettes;
} plain_style;

static QIconResult style_icon(const QProxyStyle *self, QStyle_StandardPixmap which,
                              const QStyleOption *option, const QWidget *widget)
{
    (void)which;
    (void)option;
    (void)widget;
    ((plain_style *)self)->icons++;
    QPixmap pixmap;
    q_pixmap_init(&pixmap, 64, 64);
    QColor red = q_color_from_rgb(0xffff0000);
    q_pixmap_fill(&pixmap, &red);
    QIconResult result;
    q_icon_init_pixmap(&result.value, &pixmap);
    q_pixmap_fini(&pixmap);
    return result;
}

static QPaletteResult style_palette(const QProxyStyle *self)
{
    ((plain_style *)self)->palettes++;
    QColor green = q_color_from_rgb(0xff00ff00);
    QPaletteResult result;
    q_palette_init_color(&result.value, &green);
    return result;
}

static qt_subclass style_class = {
    .base = &qt_class_QProxyStyle,
    .instance_size = sizeof(plain_style),
    .virtuals = &(const QProxyStyleVirtuals){.standard_icon = style_icon, .standard_palette = style_palette}};

static plain_style *new_style(void)
{
    plain_style *style = qt_subclass_allocate(&style_class);
    q_proxystyle_init_string(&style->style, "Fusion");
    qt_subclass_install(&style_class, style);
    return style;
}

static void qt_paints_the_icon_of_an_override(void **state)
{
    (void)state;
    plain_style *style = new_style();
    QMessageBox *box = q_messagebox_new(NULL);
    q_widget_set_style(box, &style->style);
    q_messagebox_set_icon(box, QMessageBox_Warning);
    assert_true(style->icons >= 1);
    QPixmap pixmap = q_messagebox_icon_pixmap(box);
    QImage image = q_pixmap_to_image(&pixmap);
    QColor color = q_image_pixel_color_xy(&image, 5, 5);
    assert_int_equal(q_color_rgb(&color), 0xffff0000);
    q_image_fini(&image);
    q_pixmap_fini(&pixmap);
    q_messagebox_delete(box);
    q_style_delete(&style->style);
}

/* Qt's caller has room for the class and no more. */
static void nothing_beside_the_result_is_touched(void **state)
{
    (void)state;
    plain_style *style = new_style();
    void *const *table = *(void *const *const *)&style->style;
    typedef void *(*palette_slot)(void *result, const void *self);
    unsigned char room[16 + sizeof(QPalette) + 16];
    memset(room, 0x5a, sizeof room);
    void **slots = (void **)table;
    size_t at = offsetof(QProxyStyleVirtuals, standard_palette) / sizeof(void *);
    assert_ptr_equal(((palette_slot)slots[at])(room + 16, style), room + 16);
    for (size_t i = 0; i < 16; i++) {
        assert_int_equal(room[i], 0x5a);
        assert_int_equal(room[16 + sizeof(QPalette) + i], 0x5a);
    }
    QPalette palette;
    memcpy(&palette, room + 16, sizeof palette);
    assert_int_equal(q_color_rgb(q_palette_color(&palette, QPalette_Button)), 0xff00ff00);
    q_palette_fini(&palette);

    QPalette called = q_style_standard_palette(&style->style); /* and as C calls it */
    assert_int_equal(q_color_rgb(q_palette_color(&called, QPalette_Button)), 0xff00ff00);
    q_palette_fini(&called);
    assert_int_equal(style->palettes, 2);
    q_style_delete(&style->style);
}

/* ---- a view that tells what a selection covers ---- */

typedef struct region_view {
    QTableView view;
    int asked;
    bool covers_something;
} region_view;

static QRegionResult view_region(const QTableView *self, const QItemSelection *selection)
{
    region_view *view = (region_view *)self;
    QRegionResult result = {q_tableview_base_visual_region_for_selection(self, selection)};
    view->asked++;
    view->covers_something |= !q_region_is_empty(&result.value);
    return result;
}

static qt_subclass view_class = {.base = &qt_class_QTableView,
                                 .instance_size = sizeof(region_view),
                                 .virtuals =
                                     &(const QTableViewVirtuals){.visual_region_for_selection = view_region}};

static void a_view_asks_for_the_region_of_a_selection(void **state)
{
    (void)state;
    region_view *view = qt_subclass_allocate(&view_class);
    q_tableview_init(&view->view, NULL);
    qt_subclass_install(&view_class, view);
    QStandardItemModel *model = q_standarditemmodel_new_xy_object(5, 2, &view->view);
    q_abstractitemview_set_model(&view->view, model);
    q_widget_resize(&view->view, 300, 200);
    q_widget_show(&view->view); /* only what is seen is asked */
    process_events();
    q_tableview_select_row(&view->view, 1);
    q_tableview_select_row(&view->view, 3);
    assert_true(view->asked >= 3); /* selected, deselected and selected */
    assert_true(view->covers_something);
    q_tableview_delete(&view->view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qt_paints_the_icon_of_an_override),
        cmocka_unit_test(nothing_beside_the_result_is_touched),
        cmocka_unit_test(a_view_asks_for_the_region_of_a_selection),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}

#else

int main(void)
{
    fputs("SKIPPED: on this processor functions in C cannot return such classes to Qt\n", stderr);
    return 77;
}

#endif
