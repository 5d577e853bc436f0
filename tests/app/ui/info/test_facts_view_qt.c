/* Facts as rows that wrap, are measured once per width, and can be selected and copied. */
#include "tests/support/check.h"

#include "app/ui/info/facts_lines.h"
#include "app/ui/info/facts_view.h"

#include <qt6c/qapplication.h>
#include <qt6c/qclipboard.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmouseevent.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDE = 400, NARROW = 180 };

static char long_path[400];

static vt_fact_list three_facts(void)
{
    vt_fact_list list = {.count = 3};
    memset(long_path, 'n', sizeof long_path - 1); /* not a space in it */
    list.facts[0] = (vt_fact){"Size", (char *)"120 x 90, very small"};
    list.facts[1] = (vt_fact){"Folder", long_path};
    list.facts[2] = (vt_fact){"Camera", (char *)"Alpha Beta"};
    return list;
}

/* ---- the lines ---- */

static void a_width_is_broken_for_once(void **state)
{
    (void)state;
    vt_facts_lines *lines = vt_facts_lines_create();
    vt_fact_list list = three_facts();
    assert_int_equal(vt_facts_lines_height(lines, WIDE), 0);
    assert_true(vt_facts_lines_set(lines, &list));
    int wide = vt_facts_lines_height(lines, WIDE), narrow = vt_facts_lines_height(lines, NARROW);
    assert_true(wide > 3 * 8);
    assert_true(narrow > wide); /* also what has no spaces is broken */
    int64_t breaks = vt_facts_lines_breaks(lines);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(vt_facts_lines_height(lines, WIDE), wide);
        assert_int_equal(vt_facts_lines_height(lines, NARROW), narrow);
    }
    assert_false(vt_facts_lines_set(lines, &list)); /* the same */
    assert_int_equal(vt_facts_lines_height(lines, WIDE), wide);
    assert_int_equal(vt_facts_lines_breaks(lines), breaks);
    QFont font;
    q_font_init(&font);
    q_font_set_point_size(&font, 30);
    vt_facts_lines_set_font(lines, &font);
    assert_true(vt_facts_lines_height(lines, WIDE) > wide);
    q_font_fini(&font);
    for (int width = -3; width < 60; width++) { /* no room at all, either */
        assert_true(vt_facts_lines_height(lines, width) > 0);
    }
    vt_facts_lines_free(lines);
    vt_facts_lines_free(NULL);
}

static void check_text(const vt_facts_lines *lines, vt_facts_range range, const char *expected)
{
    vt_str text = VT_STR_INIT;
    vt_facts_lines_append(lines, &range, &text);
    assert_string_equal(text.length ? text.data : "", expected);
    vt_str_free(&text);
}

static void places_and_ranges_become_text(void **state)
{
    (void)state;
    vt_facts_lines *lines = vt_facts_lines_create();
    vt_fact_list list = {.count = 3};
    list.facts[0] = (vt_fact){"Size", (char *)"120 x 90, small"};
    list.facts[1] = (vt_fact){"Name", (char *)"\u00e4\U0001F600z"}; /* two units, then a pair of them */
    list.facts[2] = (vt_fact){"", (char *)"one\ntwo"};
    check_text(lines, vt_facts_lines_all(lines), "");
    vt_facts_lines_set(lines, &list);
    check_text(lines, vt_facts_lines_all(lines),
               "Size: 120 x 90, small\nName: \u00e4\U0001F600z\none\ntwo\n");
    check_text(lines, vt_facts_lines_value(lines, 1), "\u00e4\U0001F600z");
    check_text(lines, (vt_facts_range){{1, 1}, {1, 3}}, "\U0001F600");
    check_text(lines, vt_facts_lines_word(lines, (vt_facts_place){0, 11}), "small");
    check_text(lines, vt_facts_lines_value(lines, 7), "");
    check_text(lines, vt_facts_range_make((vt_facts_place){1, 1}, (vt_facts_place){0, 13}),
               "Size: ll\nName: \u00e4\n");
    vt_facts_place first = vt_facts_lines_at(lines, WIDE, -5, -5);
    vt_facts_place last = vt_facts_lines_at(lines, WIDE, WIDE, 9999);
    assert_true(first.row == 0 && first.at == 0);
    assert_true(last.row == 2 && last.at == 7);
    int height = vt_facts_lines_height(lines, WIDE);
    assert_int_equal(vt_facts_lines_at(lines, WIDE, 0, height * 0.3).row, 1);
    const vt_facts_range none = vt_facts_range_make(first, first);
    assert_true(vt_facts_range_is_empty(&none));
    vt_facts_lines_free(lines);
}

/* ---- the widget ---- */

static vt_facts_view *view_of(void)
{
    vt_facts_view *view = vt_facts_view_create((QWidget *)NULL);
    vt_fact_list list = three_facts();
    vt_facts_view_set(view, &list);
    q_widget_resize(vt_facts_view_widget(view), WIDE, 300);
    q_widget_show(vt_facts_view_widget(view));
    q_coreapplication_process_events();
    return view;
}

static void mouse(vt_facts_view *view, QEvent_Type type, double x, double y, unsigned long long when)
{
    const QPointF at = {x, y};
    Qt_MouseButton button = type == QEvent_MouseMove ? Qt_NoButton : Qt_LeftButton;
    QMouseEvent *event =
        q_mouseevent_new_type_pointf_pointf_mousebutton_mousebutton_keyboardmodifier_pointingdevice(
            type, &at, &at, button, Qt_LeftButton, 0, q_pointingdevice_primary_pointing_device());
    q_inputevent_set_timestamp(event, when);
    q_coreapplication_send_event(vt_facts_view_widget(view), event);
    q_event_delete(event);
}

/* Whether it was used. */
static bool key(vt_facts_view *view, QEvent_Type type, int code)
{
    QString none = qt_string_from_utf8("");
    QKeyEvent event;
    q_keyevent_init_type_int_keyboardmodifier_string_bool_unsigned_short_full_qs(
        &event, type, code, Qt_ControlModifier, &none, false, 1);
    q_event_set_accepted(&event, type != QEvent_ShortcutOverride);
    q_coreapplication_send_event(vt_facts_view_widget(view), &event);
    bool used = q_event_is_accepted(&event);
    q_keyevent_fini(&event);
    qt_string_release(&none);
    return used;
}

static void check_copied(const char *start)
{
    char *text = q_clipboard_text(q_guiapplication_clipboard());
    assert_memory_equal(text, start, strlen(start));
    free(text);
}

static void the_mouse_selects_and_keys_copy(void **state)
{
    (void)state;
    vt_facts_view *view = view_of();
    assert_false(key(view, QEvent_ShortcutOverride, Qt_Key_C)); /* nothing selected: the items' */
    mouse(view, QEvent_MouseButtonPress, WIDE - 1, 3, 1);
    mouse(view, QEvent_MouseMove, 0, 3, 2);
    mouse(view, QEvent_MouseButtonRelease, 0, 3, 3);
    assert_true(key(view, QEvent_ShortcutOverride, Qt_Key_C));
    assert_true(key(view, QEvent_KeyPress, Qt_Key_C));
    check_copied("120 x 90, very small");
    mouse(view, QEvent_MouseButtonDblClick, 75, 3, 5000);
    mouse(view, QEvent_MouseButtonRelease, 75, 3, 5010);
    key(view, QEvent_KeyPress, Qt_Key_C);
    char *word = q_clipboard_text(q_guiapplication_clipboard());
    assert_true(strlen(word) < strlen("120 x 90, very small") && strlen(word) > 0);
    free(word);
    mouse(view, QEvent_MouseButtonPress, 75, 3, 5050); /* the third one */
    mouse(view, QEvent_MouseButtonRelease, 75, 3, 5060);
    key(view, QEvent_KeyPress, Qt_Key_C);
    check_copied("120 x 90, very small");
    assert_true(key(view, QEvent_ShortcutOverride, Qt_Key_A));
    assert_true(key(view, QEvent_KeyPress, Qt_Key_A));
    key(view, QEvent_KeyPress, Qt_Key_C);
    check_copied("Size: 120 x 90, very small\nFolder: nnn");
    vt_fact_list list = three_facts();
    vt_facts_view_set(view, &list); /* the same: what is selected stays */
    assert_true(key(view, QEvent_ShortcutOverride, Qt_Key_C));
    list.count = 1;
    vt_facts_view_set(view, &list);
    assert_false(key(view, QEvent_ShortcutOverride, Qt_Key_C));
    q_widget_delete(vt_facts_view_widget(view));
}

static void it_says_all_and_is_as_high_as_it_needs(void **state)
{
    (void)state;
    vt_facts_view *view = view_of();
    QWidget *widget = vt_facts_view_widget(view);
    char *name = q_widget_accessible_name(widget);
    assert_non_null(strstr(name, "Size: 120 x 90"));
    assert_non_null(strstr(name, "Camera: Alpha Beta"));
    free(name);
    assert_true(q_widget_has_height_for_width(widget));
    int wide = q_widget_height_for_width(widget, WIDE);
    assert_true(q_widget_height_for_width(widget, NARROW) > wide);
    QFont font;
    q_font_init_font(&font, q_widget_font(widget));
    q_font_set_point_size(&font, 30);
    q_widget_set_font(widget, &font);
    q_font_fini(&font);
    assert_true(q_widget_height_for_width(widget, WIDE) > wide);
    const vt_fact_list none = {.count = 0};
    vt_facts_view_set(view, &none);
    assert_int_equal(q_widget_height_for_width(widget, WIDE), 0);
    key(view, QEvent_KeyPress, Qt_Key_A); /* nothing to take, nothing to copy */
    assert_false(key(view, QEvent_ShortcutOverride, Qt_Key_C));
    mouse(view, QEvent_MouseButtonPress, 5, 5, 1);
    mouse(view, QEvent_MouseMove, 50, 50, 2);
    mouse(view, QEvent_MouseButtonDblClick, 50, 50, 3);
    q_widget_delete(widget);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_width_is_broken_for_once),
        cmocka_unit_test(places_and_ranges_become_text),
        cmocka_unit_test(the_mouse_selects_and_keys_copy),
        cmocka_unit_test(it_says_all_and_is_as_high_as_it_needs),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
