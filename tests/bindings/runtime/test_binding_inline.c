/* Inline methods of Qt's headers, translated to C: their values, at the edges above all. */
#include "tests/support/check.h"

#include "tests/bindings/application.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void points(void **state)
{
    (void)state;
    QPoint null;
    q_point_init_null(&null);
    assert_true(q_point_is_null(&null));
    QPoint p = q_point_make(3, -4);
    assert_int_equal(q_point_x(&p), 3);
    assert_int_equal(q_point_y(&p), -4);
    assert_int_equal(q_point_manhattan_length(&p), 7);
    QPoint swapped = q_point_transposed(&p);
    assert_int_equal(q_point_x(&swapped), -4);
    assert_int_equal(q_point_dot_product(&p, &swapped), -24);
    q_point_add(&p, &swapped);
    assert_int_equal(q_point_x(&p), -1);
    q_point_subtract(&p, &swapped);
    assert_int_equal(q_point_x(&p), 3);
    q_point_multiply_double(&p, 1.5); /* 4.5 and -6: halves round away from zero */
    assert_int_equal(q_point_x(&p), 5);
    assert_int_equal(q_point_y(&p), -6);
    q_point_divide(&p, 4); /* 1.25 and -1.5 */
    assert_int_equal(q_point_x(&p), 1);
    assert_int_equal(q_point_y(&p), -2);
    QPoint odd = q_point_make(1, 0);
    q_point_multiply(&odd, 0.49999997f); /* just under a half, which float arithmetic rounds up */
    assert_int_equal(q_point_x(&odd), 1);
    *q_point_rx(&p) = 9;
    q_point_set_y(&p, 8);
    QPointF f = q_point_to_point_f(&p);
    assert_true(q_pointf_x(&f) == 9 && q_pointf_y(&f) == 8);
    f = q_pointf_make(-2.5, 2.5);
    QPoint rounded = q_pointf_to_point(&f);
    assert_int_equal(q_point_x(&rounded), -3);
    assert_int_equal(q_point_y(&rounded), 3);
    assert_true(q_pointf_manhattan_length(&f) == 5);
}

static void sizes(void **state)
{
    (void)state;
    QSize none;
    q_size_init_null(&none);
    assert_int_equal(q_size_width(&none), -1);
    assert_false(q_size_is_valid(&none));
    assert_false(q_size_is_null(&none));
    assert_true(q_size_is_empty(&none));
    QSize zero = q_size_make(0, 0);
    assert_true(q_size_is_null(&zero) && q_size_is_valid(&zero) && q_size_is_empty(&zero));
    QSize a = q_size_make(4, 30);
    QSize b = q_size_make(10, 20);
    QSize larger = q_size_expanded_to(&a, &b);
    QSize smaller = q_size_bounded_to(&a, &b);
    assert_int_equal(larger.wd, 10);
    assert_int_equal(larger.ht, 30);
    assert_int_equal(smaller.wd, 4);
    assert_int_equal(smaller.ht, 20);
    QSize turned = q_size_transposed(&a);
    assert_int_equal(turned.wd, 30);
    QSize grown = q_size_grown_by(&a, q_margins_make(1, 2, 3, 4));
    assert_int_equal(grown.wd, 8);
    assert_int_equal(grown.ht, 36);
    QSize shrunk = q_size_shrunk_by(&grown, q_margins_make(1, 2, 3, 4));
    assert_int_equal(shrunk.wd, 4);
    q_size_add(&a, &b);
    assert_int_equal(q_size_height(&a), 50);
    q_size_multiply(&a, 0.5);
    assert_int_equal(q_size_width(&a), 7);
    q_size_set_width(&a, 1);
    *q_size_rheight(&a) = 2;
    assert_int_equal(a.ht, 2);
    QSizeF f = q_size_to_size_f(&a);
    assert_true(f.wd == 1 && f.ht == 2);
}

static void null_and_empty_rects(void **state)
{
    (void)state;
    QRect null;
    q_rect_init_null(&null);
    assert_int_equal(q_rect_right(&null), -1); /* right is left + width - 1 */
    assert_int_equal(q_rect_width(&null), 0);
    assert_true(q_rect_is_null(&null));
    assert_true(q_rect_is_empty(&null));
    assert_false(q_rect_is_valid(&null));
    QRect flat = q_rect_make(5, 5, 10, 0);
    assert_true(q_rect_is_empty(&flat));
    assert_false(q_rect_is_null(&flat));
    QRect some = q_rect_make(1, 2, 3, 4);
    QRect both = q_rect_united(&null, &some);
    assert_memory_equal(&both, &some, sizeof both);
    QRect apart = q_rect_make(100, 100, 1, 1);
    QRect overlap = q_rect_intersected(&some, &apart);
    assert_true(q_rect_is_null(&overlap));
    assert_false(q_rect_contains_xy(&null, 0, 0));
}

static void rects_measure(void **state)
{
    (void)state;
    QRect r = q_rect_make(10, 20, 30, 41);
    assert_int_equal(q_rect_left(&r), 10);
    assert_int_equal(q_rect_top(&r), 20);
    assert_int_equal(q_rect_right(&r), 39);
    assert_int_equal(q_rect_bottom(&r), 60);
    assert_int_equal(q_rect_width(&r), 30);
    assert_int_equal(q_rect_height(&r), 41);
    QPoint center = q_rect_center(&r);
    assert_int_equal(center.xp, 24);
    assert_int_equal(center.yp, 40);
    QRect vast = q_rect_make_corners(&(QPoint){INT_MAX - 1, 0}, &(QPoint){INT_MAX, 0});
    center = q_rect_center(&vast); /* the sum is more than an int holds */
    assert_int_equal(center.xp, INT_MAX - 1);
    QSize size = q_rect_size(&r);
    assert_int_equal(size.ht, 41);
    assert_true(q_rect_contains_xy(&r, 39, 60));
    assert_false(q_rect_contains_xy(&r, 40, 60));
    assert_false(q_rect_contains_xy_bool(&r, 39, 60, true)); /* proper: not on the edge */
    int x = 0;
    int y = 0;
    int w = 0;
    int h = 0;
    q_rect_get_rect(&r, &x, &y, &w, &h);
    assert_true(x == 10 && y == 20 && w == 30 && h == 41);
    QRectF f = q_rect_to_rect_f(&r);
    assert_true(q_rectf_right(&f) == 40); /* not 39: a QRectF has no missing pixel */
    QRect back = q_rectf_to_rect(&f);
    assert_memory_equal(&back, &r, sizeof r);
}

static void rects_move_and_change(void **state)
{
    (void)state;
    QRect r = q_rect_make(0, 0, 10, 20);
    QRect moved = q_rect_translated_xy(&r, 5, -5);
    assert_int_equal(moved.x1, 5);
    assert_int_equal(moved.y2, 14);
    q_rect_translate_xy(&r, 5, -5);
    assert_memory_equal(&moved, &r, sizeof r);
    q_rect_move_to_xy(&r, 100, 200);
    assert_int_equal(q_rect_width(&r), 10);
    assert_int_equal(r.y2, 219);
    q_rect_move_right(&r, 50);
    assert_int_equal(r.x1, 41);
    q_rect_move_center(&r, &(QPoint){0, 0});
    assert_int_equal(r.x1, -4);
    q_rect_set_left(&r, 0); /* moves the edge, so the width changes */
    assert_int_equal(q_rect_width(&r), 6);
    q_rect_set_width(&r, 9);
    assert_int_equal(r.x2, 8);
    q_rect_adjust(&r, -1, 0, 1, 0);
    assert_int_equal(q_rect_width(&r), 11);
    QRect adjusted = q_rect_adjusted(&r, 1, 1, -1, -1);
    assert_int_equal(q_rect_width(&adjusted), 9);
    QMargins margins = q_margins_make(1, 2, 3, 4);
    QRect outer = q_rect_margins_added(&adjusted, &margins);
    assert_int_equal(q_rect_width(&outer), 13);
    QRect inner = q_rect_margins_removed(&outer, &margins);
    assert_memory_equal(&inner, &adjusted, sizeof inner);
    QRect turned = q_rect_transposed(&outer);
    assert_int_equal(q_rect_height(&turned), 13);
    QRect span = q_rect_span(&(QPoint){9, 1}, &(QPoint){2, 7});
    assert_int_equal(span.x1, 2);
    assert_int_equal(span.y2, 7);
    q_rect_set_coords(&r, 1, 2, 3, 4);
    assert_int_equal(q_rect_height(&r), 3);
    QPoint corner = q_rect_bottom_left(&r);
    assert_true(corner.xp == 1 && corner.yp == 4);
}

static void lines(void **state)
{
    (void)state;
    QLine null;
    memset(&null, 0xff, sizeof null);
    q_line_init_null(&null); /* its points are made by their own constructors */
    assert_int_equal(q_line_x1(&null), 0);
    assert_int_equal(q_line_x2(&null), 0);
    QLine line = q_line_make(1, 2, 4, 6);
    assert_int_equal(q_line_dx(&line), 3);
    assert_int_equal(q_line_dy(&line), 4);
    QPoint center = q_line_center(&line);
    assert_true(center.xp == 2 && center.yp == 4);
    QLineF exact = q_line_to_line_f(&line);
    assert_true(q_linef_length(&exact) == 5);
}

static void margins(void **state)
{
    (void)state;
    QMargins null;
    q_margins_init_null(&null);
    assert_true(q_margins_is_null(&null));
    QMargins m = q_margins_make(1, 2, 3, 4);
    q_margins_add_int(&m, 10);
    assert_int_equal(q_margins_left(&m), 11);
    q_margins_subtract_int(&m, 1);
    assert_int_equal(q_margins_bottom(&m), 13);
    q_margins_set_right(&m, -5);
    QMarginsF f = q_margins_to_margins_f(&m);
    assert_true(q_marginsf_right(&f) == -5);
}

/* QLatin1String(const char *first, const char *last) : QLatin1String(first, last - first) {} */
static void delegating_constructors(void **state)
{
    (void)state;
    static const char text[] = "text";
    QLatin1String view = q_latin1string_make_char_char(text, text + 3);
    assert_int_equal(q_latin1string_size(&view), 3);
    assert_ptr_equal(q_latin1string_data(&view), text);
}

static void colors(void **state)
{
    (void)state;
    QColor none = q_color_make_spec(QColor_Invalid);
    assert_false(q_color_is_valid(&none));
    QColor color = q_color_from_rgb(0xff102030);
    assert_true(q_color_is_valid(&color));
    assert_int_equal(q_color_spec(&color), QColor_Rgb);
    assert_int_equal(q_color_red(&color), 16);
    QColor lighter = q_color_lighter(&color); /* by 150 % */
    assert_int_equal(q_color_blue(&lighter), 72);
    QColor out_of_range = q_color_from_rgb_channels(256, 0, 0);
    assert_false(q_color_is_valid(&out_of_range));
}

static void model_indexes(void **state)
{
    (void)state;
    QModelIndex none;
    q_modelindex_init(&none);
    assert_false(q_modelindex_is_valid(&none));
    assert_int_equal(q_modelindex_row(&none), -1);
    QModelIndex no_parent = q_modelindex_parent(&none); /* without a model nothing is asked */
    assert_false(q_modelindex_is_valid(&no_parent));
    QStandardItemModel *model = q_standarditemmodel_new_xy_object(4, 3, NULL);
    QModelIndex a = q_abstractitemmodel_index(model, 1, 2, &none);
    assert_true(q_modelindex_is_valid(&a));
    QModelIndex b = q_modelindex_sibling_at_row(&a, 3);
    assert_int_equal(q_modelindex_row(&b), 3);
    assert_int_equal(q_modelindex_column(&b), 2);
    assert_true(q_modelindex_differs(&a, &b));
    QModelIndex same = q_modelindex_sibling(&b, 1, 2);
    assert_true(q_modelindex_equals(&a, &same));
    assert_true(q_modelindex_flags(&a) & Qt_ItemIsEnabled);
    QModelIndex outside = q_modelindex_sibling_at_column(&a, 3);
    assert_false(q_modelindex_is_valid(&outside));
    q_standarditemmodel_delete(model);
}

static void widget_accessors(void **state)
{
    (void)state;
    QWidget *parent = q_widget_new(NULL);
    QWidget *child = q_widget_new(parent);
    q_widget_set_geometry_xywh(child, 3, 4, 50, 60);
    assert_int_equal(q_widget_width(child), 50);
    assert_int_equal(q_widget_height(child), 60);
    QRect geometry = *q_widget_geometry(child);
    assert_int_equal(q_rect_left(&geometry), 3);
    QRect rect = q_widget_rect(child);
    assert_true(q_rect_left(&rect) == 0 && q_rect_right(&rect) == 49);
    QSize size = q_widget_size(child);
    assert_int_equal(size.wd, 50);
    QPoint position = q_widget_pos(child);
    assert_int_equal(position.yp, 4);
    assert_int_equal(q_widget_x(child), 3);
    assert_ptr_equal(q_widget_parent_widget(child), parent);
    assert_true(q_widget_is_window(parent));
    assert_false(q_widget_is_window(child));
    assert_true(q_widget_is_enabled(child));
    q_widget_set_enabled(parent, false);
    assert_false(q_widget_is_enabled(child));
    assert_false(q_widget_is_visible(child));
    assert_true(q_object_inherits(child, "QObject"));
    assert_false(q_object_inherits(child, "QLabel"));
    assert_true(q_object_is_widget_type(child));
    assert_ptr_equal(q_object_parent(child), parent);
    q_widget_delete(parent);
}

static void timer_and_runnable_accessors(void **state)
{
    (void)state;
    QRunnable runnable;
    q_runnable_init(&runnable);
    assert_true(q_runnable_auto_delete(&runnable));
    q_runnable_set_auto_delete(&runnable, false);
    assert_false(q_runnable_auto_delete(&runnable));
    q_runnable_fini(&runnable);
}

/* ---- accessors of an event that Qt delivers ---- */

static struct {
    int count, button;
    QPoint position;
    QPointF exact, global;
} pressed;

static void note_press(QWidget *self, QMouseEvent *event)
{
    (void)self;
    pressed.count++;
    pressed.position = q_mouseevent_pos(event);
    pressed.exact = q_singlepointevent_position(event);
    pressed.global = q_singlepointevent_global_position(event);
    pressed.button = q_singlepointevent_button(event);
    assert_int_equal(q_event_type(event), QEvent_MouseButtonPress);
    assert_true(q_event_spontaneous(event) == false);
    q_event_accept(event);
}

static qt_subclass target = {.base = &qt_class_QWidget,
                             .instance_size = sizeof(QWidget),
                             .virtuals = &(const QWidgetVirtuals){.mouse_press_event = note_press}};

static void mouse_positions(void **state)
{
    (void)state;
    QWidget *widget = qt_subclass_allocate(&target);
    q_widget_init(widget, NULL);
    qt_subclass_install(&target, widget);
    q_widget_resize(widget, 100, 100);
    QPointF local = {12.25, 30.5};
    QPointF global = {112, 130};
    QMouseEvent *event =
        q_mouseevent_new_type_pointf_pointf_mousebutton_mousebutton_keyboardmodifier_pointingdevice(
            QEvent_MouseButtonPress, &local, &global, Qt_LeftButton, Qt_LeftButton, 0,
            q_pointingdevice_primary_pointing_device());
    assert_true(q_coreapplication_send_event(widget, event));
    assert_int_equal(pressed.count, 1);
    assert_int_equal(pressed.button, Qt_LeftButton);
    assert_true(pressed.position.xp == 12 && pressed.position.yp == 31);
    assert_true(pressed.exact.xp == 12.25 && pressed.exact.yp == 30.5);
    assert_true(pressed.global.xp == 112);
    assert_true(q_event_is_accepted(event));
    q_event_delete(event);
    q_widget_delete(widget);
}

/* Inline methods that return objects with destructors: made in place, copied, or shared. */
static void values_with_destructors(void **state)
{
    (void)state;
    QWidget *widget = q_widget_new(NULL);
    QFont font;
    q_font_init(&font);
    q_font_set_pixel_size(&font, 40);
    q_widget_set_font(widget, &font);
    QFontMetrics metrics = q_widget_font_metrics(widget);
    assert_true(q_fontmetrics_height(&metrics) >= 40);
    q_fontmetrics_fini(&metrics);
    QFontInfo info = q_widget_font_info(widget);
    assert_int_equal(q_fontinfo_pixel_size(&info), 40);
    q_fontinfo_fini(&info);
    q_font_fini(&font);
    q_widget_delete(widget);

    QString typed = qt_string_from_utf8("\xc3\xa4");
    QKeyEvent *event = q_keyevent_new_type_int_keyboardmodifier_string_bool_unsigned_short(
        QEvent_KeyPress, Qt_Key_A, Qt_NoModifier);
    QKeyEvent typing;
    q_keyevent_init_type_int_keyboardmodifier_string_bool_unsigned_short_full_qs(
        &typing, QEvent_KeyPress, Qt_Key_Adiaeresis, Qt_NoModifier, &typed, false, 1);
    QString shared = q_keyevent_text_qs(&typing);
    assert_ptr_equal(shared.d, typed.d);
    assert_int_equal(*(int *)typed.d, 3);
    qt_string_release(&shared);
    char *text = q_keyevent_text(&typing);
    assert_string_equal(text, "\xc3\xa4");
    free(text);
    q_keyevent_fini(&typing);
    assert_int_equal(*(int *)typed.d, 1);
    qt_string_release(&typed);
    text = q_keyevent_text(event);
    assert_string_equal(text, "");
    free(text);
    q_event_delete(event);

    QByteArray name = qt_bytearray_from_bytes("name", 4);
    QDynamicPropertyChangeEvent change;
    q_dynamicpropertychangeevent_init_bytearray(&change, &name);
    QByteArray back = q_dynamicpropertychangeevent_property_name(&change);
    q_dynamicpropertychangeevent_fini(&change);
    assert_ptr_equal(back.ptr, name.ptr);
    assert_int_equal(*(int *)name.d, 2);
    qt_bytearray_release(&back);
    qt_bytearray_release(&name);
}

/* Lines that a text of 40 letters without a space takes in a width of ten letters or so. */
static int lines_of(const QTextOption *option)
{
    QTextLayout layout;
    q_textlayout_init_string(&layout, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    q_textlayout_set_text_option(&layout, option);
    q_textlayout_begin_layout(&layout);
    for (int end = 0; end < 40;) {
        QTextLine line = q_textlayout_create_line(&layout);
        q_textline_set_line_width(&line, 70);
        assert_true(q_textline_text_length(&line) > 0);
        end = q_textline_text_start(&line) + q_textline_text_length(&line);
    }
    q_textlayout_end_layout(&layout);
    int count = q_textlayout_line_count(&layout);
    q_textlayout_fini(&layout);
    return count;
}

/* Each in a part of one word: those beside it stay, and Qt reads what was set. */
static void bit_fields_are_set(void **state)
{
    (void)state;
    QTextOption option;
    q_textoption_init(&option);
    assert_int_equal(lines_of(&option), 1); /* a word is not broken */
    q_textoption_set_use_design_metrics(&option, true);
    q_textoption_set_text_direction(&option, Qt_RightToLeft);
    q_textoption_set_wrap_mode(&option, QTextOption_ManualWrap);
    q_textoption_set_wrap_mode(&option, QTextOption_WrapAnywhere);
    assert_int_equal(q_textoption_wrap_mode(&option), QTextOption_WrapAnywhere);
    assert_int_equal(q_textoption_text_direction(&option), Qt_RightToLeft);
    assert_true(q_textoption_use_design_metrics(&option));
    q_textoption_set_text_direction(&option, Qt_LeftToRight);
    q_textoption_set_use_design_metrics(&option, false);
    assert_int_equal(q_textoption_wrap_mode(&option), QTextOption_WrapAnywhere);
    assert_false(q_textoption_use_design_metrics(&option));
    assert_true(lines_of(&option) > 1);
    q_textoption_fini(&option);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points),
        cmocka_unit_test(sizes),
        cmocka_unit_test(null_and_empty_rects),
        cmocka_unit_test(rects_measure),
        cmocka_unit_test(rects_move_and_change),
        cmocka_unit_test(lines),
        cmocka_unit_test(margins),
        cmocka_unit_test(delegating_constructors),
        cmocka_unit_test(colors),
        cmocka_unit_test(model_indexes),
        cmocka_unit_test(widget_accessors),
        cmocka_unit_test(timer_and_runnable_accessors),
        cmocka_unit_test(mouse_positions),
        cmocka_unit_test(values_with_destructors),
        cmocka_unit_test(bit_fields_are_set),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
