/*
 * A question in a box beside the window: nothing waits for it, and it goes with its window.
 *
 * Ownership: all words are copied. `user` is handed over, also when memory runs out: it is released once,
 * when the box is gone, answered or not. Threads: the UI thread only. Errors: when memory runs out nothing is
 * asked, as if it had been refused.
 */
#ifndef VT_UI_PARTS_QUESTION_H
#define VT_UI_PARTS_QUESTION_H

#include <qt6c/qwidget.h>

#include <stdbool.h>

enum { VT_QUESTION_ANSWERS_MAX = 2, VT_QUESTION_REFUSE = -1 };

typedef struct vt_question {
    const char *title;                            /* of the box */
    const char *text;                             /* the question; plain text, as all here */
    const char *details;                          /* what comes of the answers; NULL: all is said */
    const char *answers[VT_QUESTION_ANSWERS_MAX]; /* on buttons; NULL: there is none */
    bool destroys[VT_QUESTION_ANSWERS_MAX];       /* what cannot be undone, beside an answer that can */
    const char *refuse;      /* on the button that changes nothing; Escape does the same */
    int standard;            /* what Enter does: number of an answer, or VT_QUESTION_REFUSE */
    bool warns;              /* a warning's picture, not a question's */
    const char *never_again; /* beside a box to tick; NULL: it is asked every time */
} vt_question;

/* One of the answers was chosen; `never_again`: and the box beside the words ticked. Not called for a
 * refusal. */
typedef void (*vt_question_answered)(void *user, int answer, bool never_again);

/* `release` may be NULL. */
void vt_question_show(QWidget *parent, const vt_question *question, vt_question_answered answered, void *user,
                      void (*release)(void *user));

#endif
