/*
 * The question before an imported folder is removed: how many items are its own, to how many of them the user
 * has given something; whether they stay. Counted on a worker, asked in a box beside the window. UI thread
 * only.
 */
#ifndef VT_UI_SETTINGS_ROOT_QUESTION_H
#define VT_UI_SETTINGS_ROOT_QUESTION_H

#include "core/catalog/roots.h"

#include <qt6c/qwidget.h>

#include <stdbool.h>

/* Asks about `path`; `answer` is called with `items`: they are to be removed, too. Not called if all is to
   stay. */
typedef void (*vt_root_answer)(void *user, const char *path, bool items);
void vt_root_question_show(QWidget *parent, const char *path, const vt_root_counts *counts,
                           vt_root_answer answer, void *user);

#endif
