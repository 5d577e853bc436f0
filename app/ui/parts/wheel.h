/*
 * The wheel over fields that are scrolled past: it scrolls, and changes no value of a field that does not
 * have the keyboard. UI thread only.
 */
#ifndef VT_UI_PARTS_WHEEL_H
#define VT_UI_PARTS_WHEEL_H

#include <qt6c/qwidget.h>

/* For a number or a choice in a scroll area. */
void vt_wheel_scrolls(QWidget *field);

#endif
