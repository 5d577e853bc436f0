#include "app/ui/parts/question.h"

#include <qt6c/qcheckbox.h>
#include <qt6c/qmessagebox.h>
#include <qt6c/qpushbutton.h>

#include <stdlib.h>

typedef struct asked {
    vt_question_answered answered;
    void *user; /* owned, if there is a `release` */
    void (*release)(void *user);
    QPushButton *answers[VT_QUESTION_ANSWERS_MAX];
    QCheckBox *never_again; /* NULL: it is asked every time */
} asked;

static void free_asked(void *user)
{
    asked *of = user;
    if (of->release) {
        of->release(of->user);
    }
    free(of);
}

static void on_button(void *user, QAbstractButton *button)
{
    const asked *of = user;
    for (int i = 0; i < VT_QUESTION_ANSWERS_MAX; i++) {
        if (of->answers[i] && button == (QAbstractButton *)of->answers[i]) {
            of->answered(of->user, i, of->never_again && q_abstractbutton_is_checked(of->never_again));
            return;
        }
    }
}

static void add_buttons(QMessageBox *box, const vt_question *question, asked *of)
{
    QPushButton *standard = NULL;
    for (int i = 0; i < VT_QUESTION_ANSWERS_MAX; i++) {
        if (question->answers[i]) {
            of->answers[i] = q_messagebox_add_button_string_buttonrole(
                box, question->answers[i],
                question->destroys[i] ? QMessageBox_DestructiveRole : QMessageBox_AcceptRole);
            standard = i == question->standard ? of->answers[i] : standard;
        }
    }
    QPushButton *refuse =
        q_messagebox_add_button_string_buttonrole(box, question->refuse, QMessageBox_RejectRole);
    q_messagebox_set_default_button(box, standard ? standard : refuse);
    q_messagebox_set_escape_button(box, refuse);
    if (question->never_again) {
        of->never_again = q_checkbox_new_string_widget(question->never_again, box);
        q_messagebox_set_check_box(box, of->never_again);
    }
}

void vt_question_show(QWidget *parent, const vt_question *question, vt_question_answered answered, void *user,
                      void (*release)(void *user))
{
    asked *of = calloc(1, sizeof *of);
    if (!of) {
        if (release) {
            release(user);
        }
        return;
    }
    *of = (asked){.answered = answered, .user = user, .release = release};
    QMessageBox *box = q_messagebox_new(parent);
    q_widget_set_attribute(box, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(box, question->title);
    q_messagebox_set_icon(box, question->warns ? QMessageBox_Warning : QMessageBox_Question);
    q_messagebox_set_text_format(box, Qt_PlainText);
    q_messagebox_set_text(box, question->text);
    if (question->details) {
        q_messagebox_set_informative_text(box, question->details);
    }
    add_buttons(box, question, of);
    q_messagebox_on_button_clicked_with(box, box, on_button, of,
                                        &(qt_connect_options){.destroy = free_asked});
    q_widget_set_window_modality(box, Qt_NonModal);
    q_widget_show(box);
    q_widget_activate_window(box);
}
