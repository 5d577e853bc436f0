/* A question beside the window: which answer is told, what Enter and Escape do, and that all goes with the
 * box. */
#include "tests/support/check.h"

#include "app/ui/parts/question.h"

#include <qt6c/qapplication.h>
#include <qt6c/qcheckbox.h>
#include <qt6c/qmessagebox.h>
#include <qt6c/qpushbutton.h>

#include <stdlib.h>
#include <string.h>

typedef struct asking {
    QWidget *parent;
    int answers, answer, releases;
    bool never_again;
} asking;

static void on_answer(void *user, int answer, bool never_again)
{
    asking *all = user;
    assert_int_equal(all->releases, 0);
    all->answers++;
    all->answer = answer;
    all->never_again = never_again;
}

static void on_release(void *user)
{
    ((asking *)user)->releases++;
}

static QObject *find(const QObject *parent, const char *class_name, const char *text)
{
    const QList *children = q_object_children(parent);
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        bool fits = q_object_inherits(child, class_name);
        if (fits && text) {
            char *shown = q_abstractbutton_text((QAbstractButton *)child);
            fits = shown && strcmp(shown, text) == 0;
            free(shown);
        }
        QObject *found = fits ? child : find(child, class_name, text);
        if (found) {
            return found;
        }
    }
    return NULL;
}

static const vt_question folder = {.title = "Remove a folder",
                                   .text = "Remove it?",
                                   .details = "No file is touched.",
                                   .answers = {"Keep its items", "Remove them, too"},
                                   .destroys = {false, true},
                                   .refuse = "Cancel",
                                   .standard = VT_QUESTION_REFUSE,
                                   .never_again = "Do not ask again"};

static QMessageBox *ask(asking *all, const vt_question *question)
{
    *all = (asking){.parent = q_widget_new(NULL), .answer = -2};
    vt_question_show(all->parent, question, on_answer, all, on_release);
    QMessageBox *box = (QMessageBox *)find((QObject *)all->parent, "QMessageBox", NULL);
    assert_non_null(box);
    assert_true(q_widget_is_visible(box));
    assert_int_equal(q_widget_window_modality(box), Qt_NonModal);
    return box;
}

static void click(const QMessageBox *box, const char *text)
{
    QObject *button = find((const QObject *)box, "QPushButton", text);
    assert_non_null(button);
    q_abstractbutton_click((QAbstractButton *)button);
}

/* The box deletes itself once the event loop turns. */
static void end(asking *all)
{
    q_coreapplication_process_events();
    assert_null(find((QObject *)all->parent, "QMessageBox", NULL));
    assert_int_equal(all->releases, 1);
    q_widget_delete(all->parent);
    assert_int_equal(all->releases, 1);
}

static void each_answer_is_told_by_its_number(void **state)
{
    (void)state;
    for (int i = 0; i < VT_QUESTION_ANSWERS_MAX; i++) {
        asking all;
        click(ask(&all, &folder), folder.answers[i]);
        assert_int_equal(all.answers, 1);
        assert_int_equal(all.answer, i);
        assert_false(all.never_again);
        end(&all);
    }
}

static void a_refusal_is_not_told(void **state)
{
    (void)state;
    asking all;
    click(ask(&all, &folder), "Cancel");
    assert_int_equal(all.answers, 0);
    end(&all);
    q_dialog_reject(ask(&all, &folder)); /* as Escape does */
    assert_int_equal(all.answers, 0);
    end(&all);
}

static void what_was_ticked_comes_with_the_answer(void **state)
{
    (void)state;
    asking all;
    QMessageBox *box = ask(&all, &folder);
    q_abstractbutton_set_checked((QAbstractButton *)find((QObject *)box, "QCheckBox", "Do not ask again"),
                                 true);
    click(box, "Keep its items");
    assert_true(all.never_again);
    end(&all);
}

static void enter_gives_the_standard_answer(void **state)
{
    (void)state;
    asking all;
    assert_true(
        q_pushbutton_is_default((QPushButton *)find((QObject *)ask(&all, &folder), "QPushButton", "Cancel")));
    q_widget_delete(all.parent);
    vt_question question = folder;
    question.standard = 0;
    assert_true(q_pushbutton_is_default(
        (QPushButton *)find((QObject *)ask(&all, &question), "QPushButton", "Keep its items")));
    q_widget_delete(all.parent);
}

static void it_goes_with_its_window_and_is_released(void **state)
{
    (void)state;
    static const vt_question plain = {
        .title = "Delete", .text = "Delete it?", .answers = {"Delete"}, .refuse = "Keep"};
    asking all;
    const QMessageBox *box = ask(&all, &plain);
    assert_null(find((const QObject *)box, "QCheckBox", NULL));
    q_widget_delete(all.parent);
    assert_int_equal(all.answers, 0);
    assert_int_equal(all.releases, 1);
    all.parent = q_widget_new(NULL); /* nothing to release is allowed */
    vt_question_show(all.parent, &plain, on_answer, &all, NULL);
    q_widget_delete(all.parent);
    assert_int_equal(all.releases, 1);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_is_told_by_its_number),
        cmocka_unit_test(a_refusal_is_not_told),
        cmocka_unit_test(what_was_ticked_comes_with_the_answer),
        cmocka_unit_test(enter_gives_the_standard_answer),
        cmocka_unit_test(it_goes_with_its_window_and_is_released),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    q_application_delete(application);
    return failed;
}
