/*
 * Texts that Qt shows by itself: names of keys, buttons of questions, the menu of a line that is edited. Qt
 * has translations of them in a package that need not be installed, and they are not in our words ("Strg"
 * here and "Ctrl" there), so those that are seen often are translated with our own. Plain C; any thread.
 */
#ifndef VT_UI_PARTS_QT_TEXTS_H
#define VT_UI_PARTS_QT_TEXTS_H

#include <stddef.h>

typedef struct vt_qt_text {
    const char *context, *text; /* as Qt's sources have them */
} vt_qt_text;

size_t vt_qt_text_count(void);
const vt_qt_text *vt_qt_text_get(size_t index);

#endif
