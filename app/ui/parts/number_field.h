/*
 * A field for a whole number that lets one be typed that is too large: it stays as it was typed, the field
 * says what the most is, and the most is taken once the field is left. Qt's own drops each digit that would
 * be too much without a word, so that 9999 becomes 99.
 *
 * Numbers below 0 are not for it. UI thread only.
 */
#ifndef VT_UI_PARTS_NUMBER_FIELD_H
#define VT_UI_PARTS_NUMBER_FIELD_H

#include <qt6c/qspinbox.h>

/* A child of `parent`. */
QSpinBox *vt_number_field_new(QWidgetRef parent);

#endif
