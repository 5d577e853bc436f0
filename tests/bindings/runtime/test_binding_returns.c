/*
 * Values that Qt returns: classes that go through memory however small (Itanium C++ ABI 3.1.3), plain ones in
 * registers, large ones and none at all.
 */
#include "tests/support/check.h"

#include "tests/bindings/application.h"

#include <stdlib.h>
#include <string.h>

static QPixmap red_pixmap(void)
{
    QPixmap pixmap;
    q_pixmap_init(&pixmap, 8, 6);
    QColor red = q_color_from_rgb(0xffff0000);
    q_pixmap_fill(&pixmap, &red);
    return pixmap;
}

static void an_icon_of_8_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(QIcon), 8);
    QPixmap pixmap = red_pixmap();
    QIcon icon;
    q_icon_init_pixmap(&icon, &pixmap);
    QPushButton *button = q_pushbutton_new("x", NULL);
    QIcon none = q_abstractbutton_icon(button);
    assert_true(q_icon_is_null(&none));
    q_icon_fini(&none);
    q_abstractbutton_set_icon(button, &icon);
    QIcon back = q_abstractbutton_icon(button);
    assert_false(q_icon_is_null(&back));
    assert_true(q_icon_cache_key(&back) == q_icon_cache_key(&icon));
    q_icon_fini(&back);
    q_icon_fini(&icon);
    q_pixmap_fini(&pixmap);
    q_pushbutton_delete(button);
}

static void a_font_of_16_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(QFont), 16);
    QFont font;
    q_font_init_family(&font, "Serif");
    q_font_set_point_size(&font, 23);
    QAction *action = q_action_new("x", NULL);
    q_action_set_font(action, &font);
    QFont back = q_action_font(action);
    assert_int_equal(q_font_point_size(&back), 23);
    char *family = q_font_family(&back);
    assert_string_equal(family, "Serif");
    free(family);
    q_font_fini(&back);
    q_font_fini(&font);
    q_action_delete(action);
}

static void pens_and_brushes_of_8_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(QPen), 8);
    assert_int_equal(sizeof(QBrush), 8);
    QColor blue = q_color_from_rgb(0xff0000ff);
    QBrush brush;
    q_brush_init_color(&brush, &blue);
    QPen pen;
    q_pen_init_stroke(&pen, &brush, 3.5);
    QBrush back = q_pen_brush(&pen);
    assert_int_equal(q_color_blue(q_brush_color(&back)), 255);
    assert_int_equal(q_brush_style(&back), Qt_SolidPattern);
    q_brush_fini(&back);
    QColor color = q_pen_color(&pen); /* trivial: in registers */
    assert_true(q_color_equals(&color, &blue));
    q_pen_fini(&pen);
    q_brush_fini(&brush);
}

static void a_url_of_8_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(QUrl), 8);
    QUrl url = q_url_from_user_input("example.org/a b");
    QUrl relative;
    q_url_init_string_parsingmode(&relative, "c?d");
    QUrl resolved = q_url_resolved(&url, &relative);
    char *path = q_url_path_full(&resolved, QUrl_FullyEncoded);
    assert_string_equal(path, "/c");
    free(path);
    char *host = q_url_host_full(&resolved, QUrl_FullyDecoded);
    assert_string_equal(host, "example.org");
    free(host);
    q_url_fini(&resolved);
    q_url_fini(&relative);
    q_url_fini(&url);
}

static void a_region_of_8_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(QRegion), 8);
    QRegion left;
    QRegion right;
    q_region_init_xywh_regiontype(&left, 0, 0, 10, 10);
    q_region_init_xywh_regiontype(&right, 5, 5, 10, 10);
    QRegion both = q_region_intersected(&left, &right);
    QRect rect = q_region_bounding_rect(&both);
    assert_int_equal(rect.x1, 5);
    assert_int_equal(rect.x2, 9);
    QRegion all = q_region_united(&left, &right);
    assert_int_equal(q_region_rect_count(&all), 3);
    q_region_fini(&all);
    q_region_fini(&both);
    q_region_fini(&right);
    q_region_fini(&left);
}

static void plain_values_in_registers(void **state)
{
    (void)state;
    QWidget *widget = q_widget_new(NULL);
    q_widget_resize(widget, 123, 45);
    QSize size = q_widget_size(widget);
    assert_int_equal(size.wd, 123);
    assert_int_equal(size.ht, 45);
    QRect rect = q_widget_frame_geometry(widget);
    assert_int_equal(q_rect_width(&rect), 123);
    QRect children = q_widget_children_rect(widget);
    assert_true(q_rect_is_null(&children));
    QSize hint = q_widget_size_hint(widget); /* virtual */
    assert_false(q_size_is_valid(&hint));
    QSizeF sizef = q_size_to_size_f(&size); /* two doubles: floating-point registers */
    QSizeF scaled = q_sizef_scaled(&sizef, &(QSizeF){246, 1000}, Qt_KeepAspectRatio);
    assert_true(scaled.wd == 246 && scaled.ht == 90);
    q_widget_delete(widget);
}

static void model_indexes_of_24_bytes(void **state)
{
    (void)state;
    QStandardItemModel *model = q_standarditemmodel_new_xy_object(3, 2, NULL);
    QModelIndex root;
    q_modelindex_init(&root);
    QModelIndex index = q_abstractitemmodel_index(model, 2, 1, &root);
    assert_int_equal(q_modelindex_row(&index), 2);
    assert_int_equal(q_modelindex_column(&index), 1);
    assert_ptr_equal(q_modelindex_model(&index), model);
    QModelIndex outside = q_abstractitemmodel_index(model, 3, 0, &root);
    assert_false(q_modelindex_is_valid(&outside));
    q_standarditemmodel_delete(model);
}

static void large_values_through_memory(void **state)
{
    (void)state;
    QPixmap pixmap = red_pixmap();
    QPixmap part = q_pixmap_copy(&pixmap, &(QRect){0, 0, 3, 2});
    assert_int_equal(q_pixmap_width(&part), 4);
    QImage image = q_pixmap_to_image(&part);
    assert_int_equal(q_image_height(&image), 3);
    QColor pixel = q_image_pixel_color_xy(&image, 1, 1);
    assert_int_equal(q_color_red(&pixel), 255);
    assert_int_equal(q_color_green(&pixel), 0);
    q_image_fini(&image);
    q_pixmap_fini(&part);
    q_pixmap_fini(&pixmap);

    QObject *object = q_object_new(NULL);
    QVariant value = qt_variant_int(42);
    q_object_set_property(object, "answer", &value); /* void or bool, and a dynamic property */
    QVariant back = q_object_property(object, "answer");
    assert_int_equal(q_variant_to_int(&back), 42);
    q_variant_fini(&back);
    q_variant_fini(&value);
    q_object_delete(object);
}

static void nothing_at_all(void **state)
{
    (void)state;
    QLineEdit *edit = q_lineedit_new(NULL);
    q_lineedit_set_text(edit, "text");
    q_lineedit_clear(edit);
    char *text = q_lineedit_text(edit);
    assert_string_equal(text, "");
    free(text);
    q_lineedit_delete(edit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_icon_of_8_bytes),
        cmocka_unit_test(a_font_of_16_bytes),
        cmocka_unit_test(pens_and_brushes_of_8_bytes),
        cmocka_unit_test(a_url_of_8_bytes),
        cmocka_unit_test(a_region_of_8_bytes),
        cmocka_unit_test(plain_values_in_registers),
        cmocka_unit_test(model_indexes_of_24_bytes),
        cmocka_unit_test(large_values_through_memory),
        cmocka_unit_test(nothing_at_all),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
