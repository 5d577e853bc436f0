/* The table whose rows cost nothing: it looks like Qt's own, is walked and clicked like it, and takes the
   same memory for fifty million rows. */
#include "tests/support/check.h"

#include "app/ui/parts/tall_table.h"
#include "app/ui/parts/theme.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qapplication.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qimage.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpixmap.h>
#include <qt6c/qpointingdevice.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qvariant.h>

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

enum { COLUMNS = 4, WIDTH = 420, HEIGHT = 300, ROW = 24, FEW = 1000, MANY = 50000000 };

static int rows;
static QAbstractTableModel *model;
static QTableView *tall, *plain;

/* ---- the rows ---- */

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : rows;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : COLUMNS;
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    (void)self;
    if (role == Qt_TextAlignmentRole && index->c == COLUMNS - 1) {
        return qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    }
    char text[40];
    snprintf(text, sizeof text, "%d of %d", index->c, index->r);
    return role == Qt_DisplayRole ? qt_variant_string(text) : qt_variant_null();
}

static const QAbstractTableModelVirtuals model_virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data};
static qt_subclass model_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &model_virtuals,
                                  .instance_size = sizeof(QAbstractTableModel)};

static void have(int count)
{
    q_abstractitemmodel_begin_reset_model(model);
    rows = count;
    q_abstractitemmodel_end_reset_model(model);
}

/* ---- two tables of them ---- */

static void show(QTableView *view)
{
    q_abstractitemview_set_alternating_row_colors(view, true);
    q_abstractitemview_set_tab_key_navigation(view, false);
    q_widget_resize(view, WIDTH, HEIGHT);
    q_widget_show(view);
    q_abstractitemview_do_items_layout(view);
}

static void make(int count)
{
    rows = count;
    model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(model, NULL);
    qt_subclass_install(&model_class, model);
    plain = q_tableview_new(NULL);
    q_tableview_set_model(plain, model);
    q_tableview_set_show_grid(plain, false);
    q_tableview_set_word_wrap(plain, false);
    q_abstractitemview_set_selection_behavior(plain, QAbstractItemView_SelectRows);
    q_abstractitemview_set_vertical_scroll_mode(plain, QAbstractItemView_ScrollPerPixel);
    q_abstractitemview_set_horizontal_scroll_mode(plain, QAbstractItemView_ScrollPerPixel);
    QHeaderView *side = q_tableview_vertical_header(plain);
    q_headerview_set_all_resize_modes(side, QHeaderView_Fixed);
    q_headerview_set_default_section_size(side, ROW);
    q_widget_hide(side);
    tall = vt_tall_table_new(NULL, model);
    ((vt_tall_table *)tall)->row_height = q_headerview_default_section_size(side);
    show(plain);
    show(tall);
}

static void unmake(void)
{
    q_object_delete(tall);
    q_object_delete(plain);
    q_object_delete(model);
}

static vt_tall_table *as_tall(void)
{
    return (vt_tall_table *)tall;
}

static QModelIndex index_of(int row, int column)
{
    QModelIndex none = q_modelindex_make();
    return q_abstractitemmodel_index(model, row, column, &none);
}

static void key(QTableView *view, int which, int modifiers)
{
    QKeyEvent event;
    q_keyevent_init_type_int_keyboardmodifier_string_bool_unsigned_short(&event, QEvent_KeyPress, which,
                                                                         modifiers);
    q_coreapplication_send_event(view, &event);
    q_keyevent_fini(&event);
}

static void mouse(QTableView *view, QEvent_Type type, int x, int y, int modifiers)
{
    QWidget *viewport = q_abstractscrollarea_viewport(view);
    QPointF at = {x, y};
    int held = type == QEvent_MouseButtonRelease ? Qt_NoButton : Qt_LeftButton;
    QMouseEvent *event =
        q_mouseevent_new_type_pointf_pointf_mousebutton_mousebutton_keyboardmodifier_pointingdevice(
            type, &at, &at, type == QEvent_MouseMove ? Qt_NoButton : Qt_LeftButton, held, modifiers,
            q_pointingdevice_primary_pointing_device());
    q_coreapplication_send_event(viewport, event);
    q_event_delete(event);
}

static void click(QTableView *view, int x, int y, int modifiers)
{
    mouse(view, QEvent_MouseButtonPress, x, y, modifiers);
    mouse(view, QEvent_MouseButtonRelease, x, y, modifiers);
}

static void both_key(int which, int modifiers)
{
    key(tall, which, modifiers);
    key(plain, which, modifiers);
}

static bool is_selected(QTableView *view, int row)
{
    QModelIndex none = q_modelindex_make();
    return q_itemselectionmodel_is_row_selected(q_abstractitemview_selection_model(view), row, &none);
}

static void assert_same_place(void)
{
    QModelIndex here = q_abstractitemview_current_index(tall);
    QModelIndex there = q_abstractitemview_current_index(plain);
    assert_int_equal(here.r, there.r);
    assert_int_equal(here.c, there.c);
    QScrollBar *bars[] = {
        q_abstractscrollarea_vertical_scroll_bar(tall), q_abstractscrollarea_vertical_scroll_bar(plain),
        q_abstractscrollarea_horizontal_scroll_bar(tall), q_abstractscrollarea_horizontal_scroll_bar(plain)};
    for (int i = 0; i < 4; i += 2) {
        assert_int_equal(q_abstractslider_maximum(bars[i]), q_abstractslider_maximum(bars[i + 1]));
        assert_int_equal(q_abstractslider_value(bars[i]), q_abstractslider_value(bars[i + 1]));
    }
    for (int row = here.r < 40 ? 0 : here.r - 40; row < here.r + 40; row++) {
        assert_int_equal(is_selected(tall, row), is_selected(plain, row));
    }
}

/* What is painted in the viewport: the tables differ in nothing that is seen. */
static void assert_looks_the_same(void)
{
    QImage seen[2];
    QTableView *views[] = {tall, plain};
    for (int i = 0; i < 2; i++) {
        QWidget *viewport = q_abstractscrollarea_viewport(views[i]);
        const QRect whole = q_rect_make(0, 0, q_widget_width(viewport), q_widget_height(viewport));
        QPixmap painted = q_widget_grab(viewport, &whole);
        seen[i] = q_pixmap_to_image(&painted);
        q_pixmap_fini(&painted);
    }
    assert_int_equal(q_image_width(&seen[0]), q_image_width(&seen[1]));
    assert_int_equal(q_image_height(&seen[0]), q_image_height(&seen[1]));
    for (int y = 0; y < q_image_height(&seen[0]); y++) {
        for (int x = 0; x < q_image_width(&seen[0]); x++) {
            if (q_image_pixel_xy(&seen[0], x, y) != q_image_pixel_xy(&seen[1], x, y)) {
                fail_msg("another colour at %d, %d", x, y);
            }
        }
    }
    q_image_fini(&seen[0]);
    q_image_fini(&seen[1]);
}

/* ---- tests ---- */

static size_t heap(void)
{
    struct mallinfo2 all = mallinfo2();
    return all.uordblks + all.hblkhd;
}

static void rows_take_no_memory(void **state)
{
    (void)state;
    enum { SPARE = 256 << 10 };
    rows = 1;
    model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(model, NULL);
    qt_subclass_install(&model_class, model);
    tall = vt_tall_table_new(NULL, model);
    show(tall);
    QPixmap none = q_widget_grab(tall, &(QRect){0, 0, WIDTH - 1, HEIGHT - 1});
    q_pixmap_fini(&none);
    size_t before = heap();
    for (int i = 0; i < 20; i++) {
        have(MANY - i);
        key(tall, Qt_Key_End, (int)Qt_ControlModifier);
        QPixmap painted = q_widget_grab(tall, &(QRect){0, 0, WIDTH - 1, HEIGHT - 1});
        q_pixmap_fini(&painted);
        assert_int_equal(q_abstractitemview_current_index(tall).r, MANY - i - 1);
    }
    assert_true(heap() < before + SPARE);
    QModelIndex last = index_of(rows - 1, 1);
    QRect cell = q_abstractitemview_visual_rect(tall, &last);
    QPoint in = {cell.x1 + 2, cell.y1 + 2};
    QModelIndex found = q_abstractitemview_index_at(tall, &in);
    assert_int_equal(found.r, rows - 1);
    assert_int_equal(found.c, 1);
    q_object_delete(tall);
    q_object_delete(model);
}

static void it_looks_like_qts_own(void **state)
{
    (void)state;
    for (int rtl = 0; rtl < 2; rtl++) {
        make(FEW);
        q_widget_set_layout_direction(tall, rtl ? Qt_RightToLeft : Qt_LeftToRight);
        q_widget_set_layout_direction(plain, rtl ? Qt_RightToLeft : Qt_LeftToRight);
        assert_looks_the_same();
        QTableView *views[] = {tall, plain};
        for (int i = 0; i < 2; i++) {
            QHeaderView *header = q_tableview_horizontal_header(views[i]);
            q_headerview_move_section(header, 0, 2);
            q_headerview_set_section_hidden(header, 1, true);
            q_headerview_resize_section(header, 3, 70);
        }
        both_key(Qt_Key_Down, 0);
        both_key(Qt_Key_Down, (int)Qt_ShiftModifier);
        assert_looks_the_same();
        both_key(Qt_Key_PageDown, 0);
        both_key(Qt_Key_PageDown, (int)Qt_ShiftModifier);
        assert_looks_the_same();
        have(5); /* below them is the ground */
        assert_looks_the_same();
        have(0);
        assert_looks_the_same();
        unmake();
    }
}

static void it_is_walked_like_qts_own(void **state)
{
    (void)state;
    static const int keys[] = {Qt_Key_Down,   Qt_Key_Right,    Qt_Key_Right,  Qt_Key_Right,  Qt_Key_Right,
                               Qt_Key_Left,   Qt_Key_PageDown, Qt_Key_Down,   Qt_Key_PageUp, Qt_Key_Down,
                               Qt_Key_Down,   Qt_Key_Up,       Qt_Key_Up,     Qt_Key_PageUp, Qt_Key_PageDown,
                               Qt_Key_PageUp, Qt_Key_PageDown, Qt_Key_Escape, Qt_Key_Right};
    static const int held[] = {0, (int)Qt_ShiftModifier, (int)Qt_ControlModifier};
    make(FEW);
    for (int i = 0; i < 2; i++) {
        QTableView *view = i ? tall : plain;
        q_headerview_move_section(q_tableview_horizontal_header(view), 0, 2);
        q_headerview_set_section_hidden(q_tableview_horizontal_header(view), 1, true);
    }
    for (size_t h = 0; h < sizeof held / sizeof *held; h++) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            both_key(keys[i], held[h]);
            assert_same_place();
        }
        both_key(Qt_Key_End, (int)Qt_ControlModifier);
        assert_same_place();
        both_key(Qt_Key_PageDown, held[h]);
        assert_same_place();
        both_key(Qt_Key_PageUp, held[h]);
        assert_same_place();
        both_key(Qt_Key_Home, (int)Qt_ControlModifier);
        assert_same_place();
    }
    unmake();
}

/* There Qt's own stays in the row. */
static void home_and_end_are_those_of_the_rows(void **state)
{
    (void)state;
    static const struct {
        int key, modifiers, row, column;
    } steps[] = {
        {Qt_Key_End, 0, FEW - 1, 0},
        {Qt_Key_Right, 0, FEW - 1, 1},
        {Qt_Key_Home, 0, 0, 1},
        {Qt_Key_End, 0, FEW - 1, 1},
        {Qt_Key_Home, (int)Qt_ControlModifier, 0, 0},
        {Qt_Key_End, (int)Qt_ShiftModifier, FEW - 1, 0},
    };
    make(FEW);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        key(tall, steps[i].key, steps[i].modifiers);
        QModelIndex current = q_abstractitemview_current_index(tall);
        assert_int_equal(current.r, steps[i].row);
        assert_int_equal(current.c, steps[i].column);
    }
    for (int row = 0; row < FEW; row++) {
        assert_true(is_selected(tall, row));
    }
    unmake();
}

static void it_is_scrolled_to_like_qts_own(void **state)
{
    (void)state;
    static const QAbstractItemView_ScrollHint hints[] = {
        QAbstractItemView_EnsureVisible, QAbstractItemView_PositionAtTop, QAbstractItemView_PositionAtBottom,
        QAbstractItemView_PositionAtCenter};
    static const int places[] = {0, 5, 500, 503, 490, 999, 0, 12};
    make(FEW);
    for (size_t h = 0; h < 4; h++) {
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            QModelIndex index = index_of(places[i], (int)(i % COLUMNS));
            q_abstractitemview_scroll_to_full(tall, &index, hints[h]);
            q_abstractitemview_scroll_to_full(plain, &index, hints[h]);
            assert_same_place();
            QRect here = q_abstractitemview_visual_rect(tall, &index);
            QRect there = q_abstractitemview_visual_rect(plain, &index);
            assert_memory_equal(&here, &there, sizeof here);
        }
    }
    unmake();
}

static void clicks_select_whole_rows(void **state)
{
    (void)state;
    make(FEW);
    QTableView *views[] = {tall, plain};
    for (int i = 0; i < 2; i++) {
        click(views[i], 10, 2 * as_tall()->row_height + 3, 0);
        click(views[i], 150, 5 * as_tall()->row_height + 3, (int)Qt_ShiftModifier);
        click(views[i], 150, 7 * as_tall()->row_height + 3, (int)Qt_ControlModifier);
    }
    assert_same_place();
    assert_true(is_selected(tall, 4) && is_selected(tall, 7) && !is_selected(tall, 6));
    assert_looks_the_same();
    /* From one row to beside another. */
    mouse(tall, QEvent_MouseButtonPress, 10, 3 * as_tall()->row_height + 3, 0);
    mouse(tall, QEvent_MouseMove, 60, 4 * as_tall()->row_height + 3, 0);
    mouse(tall, QEvent_MouseMove, 90, 6 * as_tall()->row_height + 3, 0);
    mouse(tall, QEvent_MouseButtonRelease, 90, 6 * as_tall()->row_height + 3, 0);
    assert_true(is_selected(tall, 3) && is_selected(tall, 6));
    assert_false(is_selected(tall, 2) || is_selected(tall, 7));
    unmake();
}

static void a_line_can_be_clicked_beside_its_cells(void **state)
{
    (void)state;
    make(FEW);
    q_headerview_resize_section(q_tableview_horizontal_header(tall), 3, 20);
    q_headerview_set_section_hidden(q_tableview_horizontal_header(tall), 1, true);
    int beside = q_headerview_length(q_tableview_horizontal_header(tall)) + 30;
    assert_true(beside < q_widget_width(q_abstractscrollarea_viewport(tall)));
    click(tall, 10, 2 * as_tall()->row_height + 3, 0);
    click(tall, beside, 4 * as_tall()->row_height + 3, 0); /* beside all of them: nothing is selected */
    assert_false(is_selected(tall, 2) || is_selected(tall, 4));
    as_tall()->whole_line = true;
    click(tall, beside, 4 * as_tall()->row_height + 3, 0);
    assert_true(is_selected(tall, 4));
    assert_int_equal(q_abstractitemview_current_index(tall).c, COLUMNS - 1);
    QModelIndex last = index_of(4, COLUMNS - 1);
    assert_int_equal(q_abstractitemview_visual_rect(tall, &last).x2,
                     q_widget_width(q_abstractscrollarea_viewport(tall)) - 1);
    click(tall, beside, HEIGHT * 2, 0); /* no row is there */
    unmake();
}

/* Its numbers stand below their title, however far the line goes. */
static void a_whole_line_leaves_cells_in_their_columns(void **state)
{
    (void)state;
    make(FEW);
    QTableView *views[] = {tall, plain};
    for (int i = 0; i < 2; i++) {
        q_abstractitemview_set_alternating_row_colors(views[i], false);
        q_headerview_set_section_hidden(q_tableview_horizontal_header(views[i]), 1, true);
        assert_true(q_headerview_length(q_tableview_horizontal_header(views[i])) < WIDTH - 40);
    }
    as_tall()->whole_line = true;
    assert_looks_the_same();
    unmake();
}

/* The layout is made anew by a timer, and the bar shown after it. */
static void wait_for_bar(const QScrollBar *bar, bool scrolls)
{
    for (int i = 0; i < 1000 && q_widget_is_visible(bar) != scrolls; i++) {
        usleep(1000);
        q_coreapplication_process_events();
    }
    assert_int_equal(q_widget_is_visible(bar), scrolls);
    assert_int_equal(q_abstractslider_maximum(bar) > 0, scrolls);
}

/* Rows that need a bar take its width from the columns: these need one then, too. */
static void bars_know_of_each_other(void **state)
{
    (void)state;
    make(3);
    QHeaderView *header = q_tableview_horizontal_header(tall);
    QScrollBar *across = q_abstractscrollarea_horizontal_scroll_bar(tall);
    QScrollBar *down = q_abstractscrollarea_vertical_scroll_bar(tall);
    int all = q_abstractscrollarea_maximum_viewport_size(tall).wd;
    q_headerview_resize_section(header, 3,
                                all - (q_headerview_length(header) - q_headerview_section_size(header, 3)));
    q_coreapplication_process_events();
    assert_int_equal(q_headerview_length(header), all);
    assert_int_equal(q_abstractslider_maximum(across), 0);
    assert_int_equal(q_abstractslider_maximum(down), 0);
    have(FEW);
    wait_for_bar(down, true);
    assert_int_equal(q_abstractslider_maximum(across), q_widget_width(down));
    QWidget *viewport = q_abstractscrollarea_viewport(tall);
    assert_int_equal(q_abstractslider_maximum(down), FEW * as_tall()->row_height - q_widget_height(viewport));
    q_abstractslider_set_value(across, q_abstractslider_maximum(across));
    assert_int_equal(q_headerview_offset(header), q_abstractslider_maximum(across));
    q_abstractitemview_do_items_layout(tall); /* stays where it was scrolled to */
    assert_int_equal(q_headerview_offset(header), q_abstractslider_maximum(across));
    have(2);
    wait_for_bar(down, false);
    assert_int_equal(q_abstractslider_maximum(down), 0);
    assert_int_equal(q_headerview_offset(header), 0);
    unmake();
}

static void a_column_becomes_as_wide_as_its_cells(void **state)
{
    (void)state;
    make(FEW);
    for (int column = 0; column < COLUMNS; column++) {
        q_tableview_resize_column_to_contents(tall, column);
        q_tableview_resize_column_to_contents(plain, column);
        assert_int_equal(q_tableview_column_width(tall, column), q_tableview_column_width(plain, column));
    }
    unmake();
}

int main(void)
{
    static int argc = 1;
    static char *argv[] = {(char *)"test", NULL};
    QApplication *application = q_application_new(&argc, argv);
    vt_theme_apply(VT_THEME_LIGHT);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_take_no_memory),
        cmocka_unit_test(it_looks_like_qts_own),
        cmocka_unit_test(it_is_walked_like_qts_own),
        cmocka_unit_test(home_and_end_are_those_of_the_rows),
        cmocka_unit_test(it_is_scrolled_to_like_qts_own),
        cmocka_unit_test(clicks_select_whole_rows),
        cmocka_unit_test(a_line_can_be_clicked_beside_its_cells),
        cmocka_unit_test(a_whole_line_leaves_cells_in_their_columns),
        cmocka_unit_test(bars_know_of_each_other),
        cmocka_unit_test(a_column_becomes_as_wide_as_its_cells),
    };
    int status = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return status;
}
