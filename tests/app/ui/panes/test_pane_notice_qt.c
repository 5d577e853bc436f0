/* What is told in place of contents: who presses a button keeps the keyboard in that pane, and all of it can
   be read however low the pane is. */
#include "tests/support/check.h"

#include "app/ui/panes/pane_notice.h"

#include <qt6c/qapplication.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qpushbutton.h>

#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    QWidget *frame;
    vt_pane_notice *notice;
    QLineEdit *beside; /* what another pane shows, and the next one for the keyboard */
    int cancelled, retried, changed;
} fixture;

static void on_cancel(void *user)
{
    ((fixture *)user)->cancelled++;
}

static void on_retry(void *user)
{
    ((fixture *)user)->retried++;
}

static void on_change(void *user)
{
    ((fixture *)user)->changed++;
}

static void pump(void)
{
    for (int i = 0; i < 5; i++) {
        q_coreapplication_process_events();
    }
}

static int set_up(void **state)
{
    fixture *made = calloc(1, sizeof *made);
    made->frame = q_widget_new(NULL);
    QWidget *pane = q_widget_new(made->frame);
    q_widget_set_geometry_xywh(pane, 0, 0, 400, 300);
    q_widget_set_focus_policy(pane, Qt_ClickFocus);
    made->notice = vt_pane_notice_create(pane, &(vt_pane_notice_ops){on_cancel, on_retry, on_change, made});
    made->beside = q_lineedit_new(made->frame);
    q_widget_set_geometry_xywh(made->beside, 400, 0, 100, 30);
    q_widget_set_geometry_xywh(vt_pane_notice_widget(made->notice), 0, 0, 400, 300);
    q_widget_show(vt_pane_notice_widget(made->notice));
    q_widget_resize(made->frame, 500, 300);
    q_widget_show(made->frame);
    q_widget_activate_window(made->frame);
    pump();
    *state = made;
    return 0;
}

static int tear_down(void **state)
{
    fixture *made = *state;
    q_widget_delete(made->frame);
    free(made);
    return 0;
}

/* What is seen of the notice. */
enum { SEEN_MAX = 16 };

static size_t collect(QWidget *inside, QWidget **seen)
{
    size_t count = 0;
    const QList *children = q_object_children(inside);
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        if (q_object_is_widget_type(child) && !q_widget_is_hidden((QWidget *)child)) {
            assert_true(count < SEEN_MAX);
            seen[count++] = (QWidget *)child;
        }
    }
    return count;
}

static QWidget *button(const fixture *made, const char *words)
{
    QWidget *seen[SEEN_MAX];
    size_t count = collect(vt_pane_notice_widget(made->notice), seen);
    QWidget *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (q_object_inherits((QObject *)seen[i], "QPushButton")) {
            char *text = q_abstractbutton_text((QAbstractButton *)seen[i]);
            found = strcmp(text, words) == 0 ? seen[i] : found;
            free(text);
        }
    }
    return found;
}

static void press(const fixture *made, const char *words)
{
    QWidget *pressed = button(made, words);
    assert_non_null(pressed);
    q_widget_set_focus(pressed);
    assert_ptr_equal(q_application_focus_widget(), pressed);
    q_abstractbutton_click((QAbstractButton *)pressed);
}

/* The button that is pressed goes; Qt would give the keyboard to what comes next, in the other pane. */
static void who_presses_a_button_keeps_the_keyboard(void **state)
{
    fixture *made = *state;
    vt_pane_notice_load(made->notice, -1, true);
    press(made, "Cancel");
    assert_int_equal(made->cancelled, 1);
    vt_pane_notice_fail(made->notice, "cancelled", true);
    assert_ptr_equal(q_application_focus_widget(), button(made, "Retry"));
    press(made, "Retry");
    assert_int_equal(made->retried, 1);
    vt_pane_notice_load(made->notice, 0.5, true);
    assert_ptr_equal(q_application_focus_widget(), button(made, "Cancel"));
    vt_pane_notice_load(made->notice, 0.5, false); /* no button is left */
    assert_ptr_equal(q_application_focus_widget(),
                     q_widget_parent_widget(vt_pane_notice_widget(made->notice)));
    vt_pane_notice_fail(made->notice, "gone", false);
    press(made, "Show something else");
    assert_int_equal(made->changed, 1);
}

/* Whoever is at work elsewhere stays there. */
static void nobody_else_loses_the_keyboard(void **state)
{
    fixture *made = *state;
    q_widget_set_focus(made->beside);
    vt_pane_notice_load(made->notice, -1, true);
    vt_pane_notice_fail(made->notice, "cannot be read", true);
    assert_ptr_equal(q_application_focus_widget(), made->beside);
}

static bool overlap(const QRect *a, const QRect *b)
{
    return a->x1 <= b->x2 && b->x1 <= a->x2 && a->y1 <= b->y2 && b->y1 <= a->y2;
}

static void check_places(const fixture *made, int width, int height)
{
    QWidget *notice = vt_pane_notice_widget(made->notice);
    QWidget *seen[SEEN_MAX];
    q_widget_resize(notice, width, height);
    pump();
    assert_int_equal(q_widget_height(notice), height);
    size_t count = collect(notice, seen);
    assert_true(count > 1);
    for (size_t i = 0; i < count; i++) {
        const QRect *place = q_widget_geometry(seen[i]);
        if (place->y1 < 0 || place->y2 >= height || place->x1 < 0 || place->x2 >= width) {
            fail_msg("in %d x %d a part is at %d..%d, %d..%d", width, height, place->x1, place->x2, place->y1,
                     place->y2);
        }
        for (size_t other = 0; other < i; other++) {
            assert_false(overlap(place, q_widget_geometry(seen[other])));
        }
    }
}

static void it_can_be_read_however_low(void **state)
{
    static const int heights[] = {300, 160, 120, 90, 60, 40, 30};
    fixture *made = *state;
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++) {
        vt_pane_notice_load(made->notice, 0.25, true);
        check_places(made, 400, heights[i]);
        assert_non_null(button(made, "Cancel"));
        vt_pane_notice_fail(made->notice, "the folder /a/b/c cannot be read: permission denied", true);
        check_places(made, 400, heights[i]);
        check_places(made, 250, heights[i]);
        assert_non_null(button(made, "Retry"));
    }
    check_places(made, 180, 300); /* buttons go below each other */
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_presses_a_button_keeps_the_keyboard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_else_loses_the_keyboard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_can_be_read_however_low, set_up, tear_down),
    };
    QApplication *application = q_application_new(&argc, argv);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
