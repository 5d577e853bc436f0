#include "app/ui/settings/root_question.h"

#include "app/ui/parts/question.h"
#include "app/ui/parts/translate.h"

#include <stdlib.h>
#include <string.h>

typedef struct question {
    char *path; /* owned */
    vt_root_answer answer;
    void *user;
} question;

enum { FORGET, REMOVE };

static void free_question(void *user)
{
    question *of = user;
    free(of->path);
    free(of);
}

static void on_answer(void *user, int answer, bool never_again)
{
    (void)never_again;
    question *of = user;
    of->answer(of->user, of->path, answer == REMOVE);
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
    const vt_question asked = {
        .title = vt_tr("roots", "Remove a folder"),
        .text = title.data,
        .details = details.data,
        .answers = {[FORGET] = counts->own > 0 ? vt_tr("roots", "Keep its items")
                                               : vt_tr("roots", "Remove the folder"),
                    [REMOVE] = counts->own > 0 ? vt_tr("roots", "Remove its items, too") : NULL},
        .destroys = {[REMOVE] = true},
        .refuse = vt_tr("roots", "Cancel"),
        .standard = VT_QUESTION_REFUSE};
    vt_question_show(parent, &asked, on_answer, of, free_question);
    vt_str_free(&shown);
    vt_str_free(&title);
    vt_str_free(&details);
}
