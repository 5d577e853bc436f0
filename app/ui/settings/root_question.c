#include "app/ui/settings/root_question.h"

#include "app/ui/parts/translate.h"

#include <qt6c/qmessagebox.h>
#include <qt6c/qpushbutton.h>

#include <stdlib.h>
#include <string.h>

typedef struct question {
    char *path; /* owned */
    vt_root_answer answer;
    void *user;
    QPushButton *forget, *remove; /* `remove` is NULL if there is nothing to remove */
} question;

static void free_question(void *user)
{
    question *of = user;
    free(of->path);
    free(of);
}

static void on_button(void *user, QAbstractButton *button)
{
    question *of = user;
    bool remove = of->remove && button == (QAbstractButton *)of->remove;
    if (remove || button == (QAbstractButton *)of->forget) {
        of->answer(of->user, of->path, remove);
    }
}

static void append_details(const vt_root_counts *counts, vt_str *text)
{
    vt_str_append_cstr(text, vt_tr("roots", "No file is touched."));
    vt_str_append_char(text, ' ');
    if (counts->own > 0) {
        vt_tr_append_count(
            text, "roots",
            "Its item can stay in the library: then it is shown as before, but changes are not "
            "taken up any more.",
            "Its %n items can stay in the library: then they are shown as before, but changes "
            "are not taken up any more.",
            counts->own);
    } else {
        vt_str_append_cstr(text, vt_tr("roots", "No item is in this folder alone: all of them stay."));
    }
    if (counts->marked > 0) {
        vt_str_append_char(text, ' ');
        vt_tr_append_count(
            text, "roots",
            "If they go, the rating, tags, title and note of one of them are lost. That cannot be "
            "undone.",
            "If they go, the ratings, tags, titles and notes of %n of them are lost. That "
            "cannot be undone.",
            counts->marked);
    }
}

void vt_root_question_show(QWidget *parent, const char *path, const vt_root_counts *counts,
                           vt_root_answer answer, void *user)
{
    question *of = calloc(1, sizeof *of);
    char *copy = strdup(path);
    if (!of || !copy) {
        free(of);
        free(copy);
        return;
    }
    *of = (question){.path = copy, .answer = answer, .user = user};
    vt_str shown = VT_STR_INIT;
    vt_str title = VT_STR_INIT;
    vt_str details = VT_STR_INIT;
    vt_str_append_display(&shown, path, strlen(path));
    vt_tr_append_with(&title, "roots", "Remove \u201c%1\u201d from the imported folders?",
                      shown.failed ? "" : shown.data);
    append_details(counts, &details);
    QMessageBox *box = q_messagebox_new(parent);
    q_widget_set_attribute(box, Qt_WA_DeleteOnClose);
    q_widget_set_window_title(box, vt_tr("roots", "Remove a folder"));
    q_messagebox_set_icon(box, QMessageBox_Question);
    q_messagebox_set_text_format(box, Qt_PlainText);
    q_messagebox_set_text(box, title.data);
    q_messagebox_set_informative_text(box, details.data);
    of->forget = q_messagebox_add_button_string_buttonrole(
        box, counts->own > 0 ? vt_tr("roots", "Keep its items") : vt_tr("roots", "Remove the folder"),
        QMessageBox_AcceptRole);
    if (counts->own > 0) {
        of->remove = q_messagebox_add_button_string_buttonrole(box, vt_tr("roots", "Remove its items, too"),
                                                               QMessageBox_DestructiveRole);
    }
    QPushButton *no =
        q_messagebox_add_button_string_buttonrole(box, vt_tr("roots", "Cancel"), QMessageBox_RejectRole);
    q_messagebox_set_default_button(box, no);
    q_messagebox_set_escape_button(box, no);
    q_messagebox_on_button_clicked_with(box, box, on_button, of,
                                        &(qt_connect_options){.destroy = free_question});
    q_widget_set_window_modality(box, Qt_NonModal);
    q_widget_show(box);
    q_widget_activate_window(box);
    vt_str_free(&shown);
    vt_str_free(&title);
    vt_str_free(&details);
}
