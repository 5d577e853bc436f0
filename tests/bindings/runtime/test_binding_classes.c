/* Classes that the application does not use yet: proxies, gestures, effects. Each is driven once through Qt.
 */
#include "tests/support/check.h"

#include "tests/bindings/application.h"

#include <stdlib.h>
#include <string.h>

static int number_at(void *model, int row, int column)
{
    QModelIndex root;
    q_modelindex_init(&root);
    QModelIndex index = q_abstractitemmodel_index((QAbstractItemModel *)model, row, column, &root);
    QVariant value = q_abstractitemmodel_data((QAbstractItemModel *)model, &index);
    int number = q_variant_to_int(&value);
    q_variant_fini(&value);
    return number;
}

/* Two columns: first, first + 1, first + 2 ... row by row. */
static QStandardItemModel *numbers_from(int first, int rows, QObject *parent)
{
    QStandardItemModel *model = q_standarditemmodel_new_xy_object(rows, 2, parent);
    QModelIndex root;
    q_modelindex_init(&root);
    for (int i = 0; i < rows * 2; i++) {
        QModelIndex index = q_abstractitemmodel_index(model, i / 2, i % 2, &root);
        QVariant value = qt_variant_int(first + i);
        q_abstractitemmodel_set_data(model, &index, &value);
        q_variant_fini(&value);
    }
    return model;
}

static void tables_join_and_turn(void **state)
{
    (void)state;
    QObject *owner = q_object_new(NULL);
    QConcatenateTablesProxyModel *joined = q_concatenatetablesproxymodel_new(owner);
    q_concatenatetablesproxymodel_add_source_model(joined, numbers_from(10, 3, owner));
    q_concatenatetablesproxymodel_add_source_model(joined, numbers_from(20, 2, owner));
    QModelIndex root;
    q_modelindex_init(&root);
    assert_int_equal(q_abstractitemmodel_row_count(joined, &root), 5);
    assert_int_equal(number_at(joined, 4, 1), 23);

    QTransposeProxyModel *turned = q_transposeproxymodel_new(owner);
    q_abstractproxymodel_set_source_model(turned, joined);
    assert_int_equal(q_abstractitemmodel_row_count(turned, &root), 2);
    assert_int_equal(q_abstractitemmodel_column_count(turned, &root), 5);
    assert_int_equal(number_at(turned, 1, 4), 23);
    q_object_delete(owner);
}

static bool accepts_pinches(QWidget *self, QEvent *event)
{
    if (q_event_type(event) != QEvent_Gesture) {
        return q_widget_base_event(self, event);
    }
    QGestureEvent *gestures = (QGestureEvent *)event;
    QGesture *pinch = q_gestureevent_gesture(gestures, Qt_PinchGesture);
    if (pinch) {
        QPointF spot = q_gesture_hot_spot(pinch);
        q_gestureevent_set_accepted(gestures, pinch, spot.xp == 3);
    }
    return pinch;
}

static qt_subclass pinchable_class = {.base = &qt_class_QWidget,
                                      .instance_size = sizeof(QWidget),
                                      .virtuals = &(const QWidgetVirtuals){.event = accepts_pinches}};

static void gestures_reach_a_widget(void **state)
{
    (void)state;
    QWidget *widget = qt_subclass_allocate(&pinchable_class);
    q_widget_init(widget, NULL);
    qt_subclass_install(&pinchable_class, widget);
    q_widget_grab_gesture(widget, Qt_PinchGesture);

    QPinchGesture *pinch = q_pinchgesture_new(NULL);
    q_pinchgesture_set_scale_factor(pinch, 1.5);
    assert_true(q_pinchgesture_scale_factor(pinch) == 1.5);
    q_gesture_set_hot_spot(pinch, &(QPointF){3, 4});
    assert_int_equal(q_gesture_gesture_type(pinch), Qt_PinchGesture);
    QList list = qt_list_from(&pinch, 1, sizeof(QGesture *));
    QGestureEvent *event = q_gestureevent_new(&list);
    qt_list_release(&list, sizeof(QGesture *));
    assert_true(q_coreapplication_send_event(widget, event));
    assert_true(q_gestureevent_is_accepted(event, pinch));
    q_gestureevent_delete(event);
    q_gesture_delete(pinch);
    q_widget_delete(widget);
}

static int effect_draws;

static void draw_blue(QGraphicsEffect *self, QPainter *painter)
{
    effect_draws++;
    QRectF bounds = q_graphicseffect_bounding_rect(self);
    QColor blue = q_color_from_rgb(0xff0000ff);
    q_painter_fill_rectf_color(painter, &bounds, &blue);
}

static qt_subclass blue_class = {.base = &qt_class_QGraphicsEffect,
                                 .instance_size = sizeof(QGraphicsEffect),
                                 .virtuals = &(const QGraphicsEffectVirtuals){.draw = draw_blue}};

static unsigned color_of(QWidget *widget)
{
    QPixmap pixmap = q_widget_grab(widget, &(QRect){0, 0, -2, -2});
    QImage image = q_pixmap_to_image(&pixmap);
    QColor color = q_image_pixel_color_xy(&image, 10, 10);
    q_image_fini(&image);
    q_pixmap_fini(&pixmap);
    return q_color_rgb(&color);
}

static void effects_change_what_is_painted(void **state)
{
    (void)state;
    QWidget *window = q_widget_new(NULL);
    q_widget_resize(window, 40, 30);
    QWidget *widget = q_widget_new(window);
    q_widget_resize(widget, 40, 30);
    q_widget_set_auto_fill_background(widget, true);
    unsigned before = color_of(window);
    assert_int_not_equal(before, 0xff0000ff);

    QGraphicsEffect *effect = qt_subclass_allocate(&blue_class);
    q_graphicseffect_init(effect, NULL);
    qt_subclass_install(&blue_class, effect);
    q_widget_set_graphics_effect(widget, effect); /* the widget owns it */
    assert_ptr_equal(q_widget_graphics_effect(widget), effect);
    assert_int_equal(color_of(window), 0xff0000ff);
    assert_int_equal(effect_draws, 1);

    QGraphicsColorizeEffect *red = q_graphicscolorizeeffect_new(NULL);
    q_graphicscolorizeeffect_set_color(red, &(QColor){1, 0xffff, 0xffff, 0, 0, 0});
    q_widget_set_graphics_effect(widget, red); /* and deletes the other */
    unsigned reddish = color_of(window);
    assert_true((reddish >> 16 & 0xff) > (reddish & 0xff));
    assert_int_equal(effect_draws, 1);
    q_widget_delete(window);
}

static void files_tell_of_themselves(void **state)
{
    (void)state;
    QFileInfo info;
    q_fileinfo_init_string(&info, "/usr/share/../share/a picture.tar.gz");
    char *suffix = q_fileinfo_complete_suffix(&info);
    assert_string_equal(suffix, "tar.gz");
    free(suffix);
    assert_false(q_fileinfo_exists(&info));
    QDir folder = q_fileinfo_absolute_dir(&info); /* 8 bytes, through memory */
    char *name = q_dir_dir_name(&folder);
    assert_string_equal(name, "share");
    free(name);
    q_dir_fini(&folder);
    q_fileinfo_fini(&info);
}

/* Fields that C sees through their addresses only; what they hold ends with the option. */
static void style_options_are_filled_in_and_ended(void **state)
{
    (void)state;
    QStyleOptionButton option;
    q_styleoptionbutton_init(&option);
    assert_int_equal(*q_styleoption_field_type(&option), QStyleOption_SO_Button);
    *q_styleoption_field_rect(&option) = q_rect_make(0, 0, 60, 30);
    *q_styleoption_field_state(&option) = QStyle_State_Enabled;
    *q_styleoptionbutton_field_text(&option) =
        qt_string_from_utf8("\xe2\x96\x88\xe2\x96\x88"); /* two full blocks */
    QColor green = q_color_from_rgb(0xff00ff00);
    QBrush brush;
    q_brush_init_color(&brush, &green);
    q_palette_set_brush(q_styleoption_field_palette(&option), QPalette_ButtonText, &brush);
    q_brush_fini(&brush);

    QImage image;
    q_image_init(&image, 60, 30, QImage_Format_RGB32);
    q_image_fill(&image, 0xffffffff);
    QPainter painter;
    q_painter_init(&painter);
    q_painter_begin(&painter, &image);
    q_style_draw_control(q_application_style(), QStyle_CE_PushButtonLabel, &option, &painter);
    q_painter_end(&painter);
    int greens = 0;
    for (int x = 0; x < 60; x++) {
        greens += q_image_pixel_xy(&image, x, 15) == 0xff00ff00;
    }
    assert_true(greens > 5);
    q_painter_fini(&painter);
    q_image_fini(&image);
    q_styleoptionbutton_fini(&option);

    /* What the option held is held by nobody else afterwards. */
    QString text = qt_string_from_utf8("a text of its own");
    QPixmap pixmap;
    q_pixmap_init(&pixmap, 4, 4);
    QIcon icon;
    q_icon_init_pixmap(&icon, &pixmap);
    QStyleOptionViewItem item;
    q_styleoptionviewitem_init(&item);
    *q_styleoptionviewitem_field_text(&item) = qt_string_share(&text);
    q_icon_assign(q_styleoptionviewitem_field_icon(&item), &icon);
    assert_int_equal(*(int *)text.d, 2);
    assert_false(q_icon_is_detached(&icon));
    q_styleoptionviewitem_fini(&item);
    assert_int_equal(*(int *)text.d, 1);
    assert_true(q_icon_is_detached(&icon));
    q_icon_fini(&icon);
    q_pixmap_fini(&pixmap);
    qt_string_release(&text);
}

static void size_policies_rule_layouts(void **state)
{
    (void)state;
    QWidget *window = q_widget_new(NULL);
    QHBoxLayout *row = q_hboxlayout_new_widget(window);
    q_layout_set_contents_margins(row, 0, 0, 0, 0);
    q_boxlayout_set_spacing(row, 0);
    QLineEdit *edit = q_lineedit_new(window);
    QSizePolicy policy = q_widget_size_policy(edit); /* as Qt made it */
    assert_int_equal(policy.horizontal_policy, QSizePolicy_Expanding);
    assert_int_equal(policy.vertical_policy, QSizePolicy_Fixed);
    assert_int_equal(q_sizepolicy_control_type(&policy), QSizePolicy_LineEdit);
    assert_int_equal(1 << policy.control_type, QSizePolicy_LineEdit);

    QWidget *parts[2];
    for (unsigned i = 0; i < 2; i++) {
        parts[i] = q_widget_new(window);
        q_widget_set_size_policy_policy(parts[i], (QSizePolicy){.horizontal_policy = QSizePolicy_Expanding,
                                                                .horizontal_stretch = 1 + 2 * i,
                                                                .retain_size_when_hidden = 1});
        q_boxlayout_add_widget(row, parts[i]);
    }
    q_widget_delete(edit);
    q_widget_resize(window, 400, 30);
    q_widget_show(window);
    process_events();
    assert_int_equal(q_widget_width(parts[0]), 100);
    assert_int_equal(q_widget_width(parts[1]), 300);
    q_widget_hide(parts[0]); /* and keeps its place */
    process_events();
    assert_int_equal(q_widget_width(parts[1]), 300);
    q_widget_delete(window);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_join_and_turn),
        cmocka_unit_test(gestures_reach_a_widget),
        cmocka_unit_test(effects_change_what_is_painted),
        cmocka_unit_test(files_tell_of_themselves),
        cmocka_unit_test(size_policies_rule_layouts),
        cmocka_unit_test(style_options_are_filled_in_and_ended),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
