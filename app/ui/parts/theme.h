/*
 * The theme that is applied: its colours go to the widgets of Qt as a QPalette; what Vitrine paints itself
 * asks vt_theme_current. UI thread only.
 */
#ifndef VT_UI_PARTS_THEME_H
#define VT_UI_PARTS_THEME_H

#include "app/ui/parts/theme_colors.h"

#include <qt6c/qcolor.h>

/* Applies style and palette to the application. SYSTEM follows the palette the desktop gave. */
void vt_theme_apply(vt_theme_choice choice);

/* Asks the desktop's palette anew, after QEvent::ThemeChange; true if it wants the other of light and dark.
   What is applied stays. */
bool vt_theme_desktop_changed(void);

/* What is applied now; never NULL. */
const vt_theme *vt_theme_current(void);

QColor vt_theme_color(uint32_t rgb);
QColor vt_theme_color_alpha(uint32_t rgb, int alpha);

/* The colour as models give it for Qt_ForegroundRole; the caller frees it. */
QVariant vt_theme_brush(uint32_t rgb);

#endif
