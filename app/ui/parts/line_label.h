/*
 * A label of one line that takes what room there is: what does not fit ends in an ellipsis, and is told as a
 * tool tip; else it stands where its alignment says. Words come and go by q_label_set_text, as plain text. UI
 * thread only.
 */
#ifndef VT_UI_PARTS_LINE_LABEL_H
#define VT_UI_PARTS_LINE_LABEL_H

#include <qt6c/qlabel.h>

/* `parent` owns it. */
QLabel *vt_line_label_create(QWidgetRef parent);

/* The width in pixels at which nothing of its words is left out. */
int vt_line_label_needs(QLabel *label);

#endif
