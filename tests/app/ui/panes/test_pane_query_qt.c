/* Queries in panes: their results, their faults, their end. */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"

#include <qt6c/qaction.h>
#include <qt6c/qclipboard.h>
#include <qt6c/qcontextmenuevent.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qlabel.h>
#include <qt6c/qmenu.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qtableview.h>
#include <qt6c/qvariant.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pane_desk *desk;

static QWidget *child(vt_pane_content *content, const char *class_name)
{
    const QList *children = q_object_children(content->widget);
    QWidget *found = NULL;
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *object = ((QObject **)children->ptr)[i];
        found = q_object_inherits(object, class_name) ? (QWidget *)object : found;
    }
    return found;
}

static QTableView *table_of(vt_pane_content *content)
{
    return (QTableView *)child(content, "QTableView");
}

static const char *status_of(vt_pane_content *content)
{
    static char text[512];
    char *status = q_label_text((QLabel *)child(content, "QLabel"));
    snprintf(text, sizeof text, "%s", status);
    free(status);
    return text;
}

static int rows_of(vt_pane_content *content)
{
    QModelIndex none = q_modelindex_make();
    return q_abstractitemmodel_row_count(q_abstractitemview_model(table_of(content)), &none);
}

static char *cell_of(vt_pane_content *content, int row, int column)
{
    static char text[256];
    QModelIndex none = q_modelindex_make();
    QAbstractItemModel *model = q_abstractitemview_model(table_of(content));
    QModelIndex index = q_abstractitemmodel_index(model, row, column, &none);
    QVariant value = q_abstractitemmodel_data_full(model, &index, Qt_DisplayRole);
    char *said = q_variant_to_string(&value);
    q_variant_fini(&value);
    snprintf(text, sizeof text, "%s", said);
    free(said);
    return text;
}

static bool has_color(vt_pane_content *content, int row, int column)
{
    QModelIndex none = q_modelindex_make();
    QAbstractItemModel *model = q_abstractitemview_model(table_of(content));
    QModelIndex index = q_abstractitemmodel_index(model, row, column, &none);
    QVariant color = q_abstractitemmodel_data_full(model, &index, Qt_ForegroundRole);
    bool has = !q_variant_is_null(&color);
    q_variant_fini(&color);
    return has;
}

static void a_result_is_shown_and_sorted(void **state)
{
    (void)state;
    vt_pane_content *content =
        desk_show(desk, "query:SELECT item_id, name, size, NULL AS none FROM items ORDER BY name");
    assert_int_equal(content->stage, VT_PANE_LOADING);
    desk_wait_stage(desk, content, VT_PANE_READY);
    if (rows_of(content) != DESK_PICTURES) {
        print_error("%s\n", status_of(content));
    }
    assert_int_equal(rows_of(content), DESK_PICTURES);
    assert_string_equal(cell_of(content, 0, 1), "0000.ppm");
    assert_string_equal(status_of(content), "12 rows");
    desk_screenshot(desk, "pane-query");
    q_headerview_set_sort_indicator(q_tableview_horizontal_header(table_of(content)), 1, Qt_DescendingOrder);
    desk_rest(desk);
    assert_string_equal(cell_of(content, 0, 1), "0011.ppm");
    QModelIndex none = q_modelindex_make();
    QModelIndex index = q_abstractitemmodel_index(q_abstractitemview_model(table_of(content)), 0, 1, &none);
    q_abstractitemview_double_clicked(table_of(content), &index);
    char wanted[64];
    snprintf(wanted, sizeof wanted, "image:%lld", (long long)desk_item(desk, 11));
    assert_string_equal(desk->opened, wanted);
    desk_destroy(desk, content);
}

static void faults_are_told_beside_the_text(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "query:SELECT name,\n  sise FROM items");
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_non_null(strstr(status_of(content), "Line 2, column 3"));
    assert_non_null(strstr(status_of(content), "sise"));
    desk_screenshot(desk, "pane-query-fault");
    content->type->show(content, "SELECT * FROM secret");
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_non_null(strstr(status_of(content), "no such table: secret; the page \"queries\" of the manual"));
    content->type->show(content, "SELECT 1; SELECT 2");
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(rows_of(content), 0);
    assert_string_not_equal(status_of(content), "");
    content->type->show(content, "DELETE FROM items");
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_non_null(strstr(status_of(content), "can only read"));
    content->type->show(content, "SELECT name FROM items");
    desk_wait_stage(desk, content, VT_PANE_READY);
    QModelIndex none = q_modelindex_make();
    QModelIndex index = q_abstractitemmodel_index(q_abstractitemview_model(table_of(content)), 0, 0, &none);
    q_abstractitemview_double_clicked(table_of(content), &index);
    assert_non_null(strstr(status_of(content), "item_id"));
    content->type->show(content, "");
    assert_int_equal(content->stage, VT_PANE_READY);
    assert_non_null(strstr(status_of(content), "Ctrl+Enter"));
    desk_destroy(desk, content);
}

static void what_never_ends_is_cancelled(void **state)
{
    (void)state;
    static const char endless[] =
        "query:WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    vt_pane_content *content = desk_show(desk, endless);
    desk_rest(desk);
    assert_int_equal(content->stage, VT_PANE_LOADING);
    content->type->cancel(content);
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_CANCELLED);
    content->type->show(content, "SELECT 1"); /* Retry, with another one */
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(rows_of(content), 1);
    desk_destroy(desk, content);
    for (int i = 0; i < 10; i++) {
        content = desk_show(desk, endless);
        for (int turn = 0; turn < i; turn++) {
            desk_pump(desk);
        }
        if (i % 2) {
            content->type->clear(content);
        }
        desk_destroy(desk, content);
    }
}

static void a_state_is_the_text_that_was_worked_on(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "query:SELECT 1 UNION ALL SELECT 2");
    content->type->restore(content, "SELECT 7", 8);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_string_equal(cell_of(content, 0, 0), "7");
    size_t length = 0;
    char *saved = content->type->save(content, &length);
    assert_int_equal(length, 8);
    assert_memory_equal(saved, "SELECT 7", 8);
    free(saved);
    content->type->restore(content, "\xff\xfe", 2);
    assert_string_equal(desk_title(content), "SELECT 7");
    content->type->clear(content);
    assert_int_equal(content->stage, VT_PANE_EMPTY);
    assert_string_equal(desk_title(content), "");
    desk_destroy(desk, content);
}

static void a_long_text_does_not_hide_the_other_columns(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "query:SELECT printf('%0900d', 0) AS long, 1 AS other");
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(rows_of(content), 1);
    assert_in_range(q_tableview_column_width(table_of(content), 0), 100, 500);
    desk_destroy(desk, content);
}

static void many_rows_are_cut_and_said_to_be(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(
        desk, "query:WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(rows_of(content), 10000);
    assert_non_null(strstr(status_of(content), "there are more"));
    assert_true(content->type->bytes(content) > 10000);
    desk_destroy(desk, content);
}

static void selected_rows_are_items_where_a_column_says_so(void **state)
{
    (void)state;
    vt_item_brief item;
    vt_pane_content *content =
        desk_show(desk, "query:SELECT item_id, name FROM items UNION ALL SELECT 4711, 'gone' ORDER BY name");
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(vt_pane_content_subject(content).count, 0);
    assert_null(vt_pane_content_chosen(content));
    int told = desk->subjects;
    q_tableview_select_row(table_of(content), 1);
    assert_true(desk->subjects > told);
    vt_subject subject = vt_pane_content_subject(content);
    assert_int_equal(subject.count, 1);
    assert_int_equal(subject.item, desk_item(desk, 1));
    assert_true(subject.is_list);
    q_abstractitemview_select_all(table_of(content));
    vt_chosen *chosen = vt_pane_content_chosen(content);
    assert_int_equal(vt_chosen_count(chosen), DESK_PICTURES); /* what is not there is none */
    vt_chosen_item(chosen, 0, &item);
    assert_true(item.id > 0);
    vt_chosen_unref(chosen);
    content->type->show(content, "SELECT name FROM items ORDER BY name");
    desk_wait_stage(desk, content, VT_PANE_READY);
    q_abstractitemview_select_all(table_of(content));
    assert_int_equal(vt_pane_content_subject(content).count, 0); /* names are no items */
    assert_null(vt_pane_content_chosen(content));
    desk_destroy(desk, content);
}

/* Shown are the beginnings, copied is what the cells hold. */
static void cells_are_shown_cut_and_copied_whole(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(
        desk, "query:SELECT 0.1 + 0.2 AS real, NULL AS empty, "
              "x'00000000000000000000000000000000000000000000000000000000000000000000000000000000' AS bytes, "
              "'a' || char(10) || '\"b' AS line, 'a' || char(0) || 'b' AS zero, "
              "printf('%03000d', 0) AS long");
    desk_wait_stage(desk, content, VT_PANE_READY);
    if (rows_of(content) != 1) {
        print_error("%s\n", status_of(content));
    }
    assert_int_equal(rows_of(content), 1);
    assert_string_equal(cell_of(content, 0, 0), "0.3");
    assert_string_equal(cell_of(content, 0, 1), "NULL");
    assert_true(has_color(content, 0, 1)); /* and not as a text of that name would be */
    assert_false(has_color(content, 0, 3));
    assert_non_null(strstr(cell_of(content, 0, 2), "000\u2026"));
    assert_string_equal(cell_of(content, 0, 3), "a\ufffd\"b");
    desk_key(table_of(content), Qt_Key_C, Qt_ControlModifier);
    char *text = q_clipboard_text(q_guiapplication_clipboard());
    static const char start[] = "real,empty,bytes,line,zero,long\r\n0.30000000000000004,,";
    assert_memory_equal(text, start, strlen(start));
    assert_memory_equal(text + strlen(start) + 80, ",\"a\n\"\"b\",a\ufffdb,000", 18);
    assert_true(strlen(text) > 3000);
    free(text);
    desk_destroy(desk, content);
}

/* The menu of the cell at `column` of row 0; by the key if `column` is that of the current one. */
static QMenu *open_menu(QTableView *table, int column, QContextMenuEvent_Reason reason)
{
    QModelIndex none = q_modelindex_make();
    QModelIndex index = q_abstractitemmodel_index(q_abstractitemview_model(table), 0, column, &none);
    QWidget *viewport = q_abstractscrollarea_viewport(table);
    QRect cell = q_abstractitemview_visual_rect(table, &index);
    QPoint at = {cell.x1 + 2, cell.y1 + 2};
    QPoint where = q_widget_map_to_global_point(viewport, &at);
    QContextMenuEvent event;
    q_contextmenuevent_init_reason_point_point_keyboardmodifier_full(&event, reason, &at, &where,
                                                                     Qt_NoModifier);
    q_coreapplication_send_event(viewport, &event);
    q_contextmenuevent_fini(&event);
    QMenu *menu = (QMenu *)q_application_active_popup_widget();
    assert_non_null(menu);
    return menu;
}

/* Does what the line says that begins so, and returns what is in the clipboard then: free(). */
static char *choose(QMenu *menu, const char *words)
{
    QList actions = q_widget_actions(menu);
    bool found = false;
    for (ptrdiff_t i = 0; i < actions.size && !found; i++) {
        QAction *action = ((QAction **)actions.ptr)[i];
        char *text = q_action_text(action);
        found = strncmp(text, words, strlen(words)) == 0 && q_action_is_enabled(action);
        free(text);
        if (found) {
            q_action_trigger(action);
        }
    }
    qt_list_release(&actions, sizeof(QAction *));
    q_widget_close(menu);
    if (!found) {
        fail_msg("no line of the menu begins with %s", words);
    }
    return q_clipboard_text(q_guiapplication_clipboard());
}

static void a_menu_copies_rows_or_a_value(void **state)
{
    (void)state;
    vt_pane_content *content =
        desk_show(desk, "query:SELECT 'a & b' AS first, 'x' || char(10) || '\"y' AS second");
    desk_wait_stage(desk, content, VT_PANE_READY);
    QTableView *table = table_of(content);
    char *text = choose(open_menu(table, 1, QContextMenuEvent_Mouse), "Copy \u201cx");
    assert_string_equal(text, "x\n\"y"); /* the value as it is, no CSV */
    free(text);
    text = choose(open_menu(table, 0, QContextMenuEvent_Mouse), "Copy \u201ca   b\u201d");
    assert_string_equal(text, "a & b");
    free(text);
    desk_key(table, Qt_Key_Home, Qt_NoModifier);
    text = choose(open_menu(table, 0, QContextMenuEvent_Keyboard), "Copy rows");
    assert_string_equal(text, "first,second\r\na & b,\"x\n\"\"y\"\r\n");
    free(text);
    free(choose(open_menu(table, 0, QContextMenuEvent_Mouse), "Select all"));
    QModelIndex none = q_modelindex_make();
    assert_true(q_itemselectionmodel_is_row_selected(q_abstractitemview_selection_model(table), 0, &none));
    desk_destroy(desk, content);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selected_rows_are_items_where_a_column_says_so),
        cmocka_unit_test(a_result_is_shown_and_sorted),
        cmocka_unit_test(faults_are_told_beside_the_text),
        cmocka_unit_test(what_never_ends_is_cancelled),
        cmocka_unit_test(a_state_is_the_text_that_was_worked_on),
        cmocka_unit_test(cells_are_shown_cut_and_copied_whole),
        cmocka_unit_test(a_menu_copies_rows_or_a_value),
        cmocka_unit_test(a_long_text_does_not_hide_the_other_columns),
        cmocka_unit_test(many_rows_are_cut_and_said_to_be),
    };
    desk = desk_create(DESK_PICTURES);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_free(desk);
    q_application_delete(application);
    return failed;
}
