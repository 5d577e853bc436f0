/* Qt's Fusion style with more room in tables and trees. UI thread only. */
#ifndef VT_UI_PARTS_STYLE_H
#define VT_UI_PARTS_STYLE_H

#include <qt6c/qproxystyle.h>

/* The application takes it over: q_application_set_style. */
QProxyStyle *vt_style_create(void);

#endif
