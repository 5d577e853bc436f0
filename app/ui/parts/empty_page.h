/* A page for when there is nothing to show: an icon, what is the matter, what to do about it, and a button
   that does it. UI thread only. */
#ifndef VT_UI_PARTS_EMPTY_PAGE_H
#define VT_UI_PARTS_EMPTY_PAGE_H

#include "app/ui/parts/icons.h"

#include <qt6c/qwidget.h>

typedef struct vt_empty_page vt_empty_page;

/* `pressed` is called for the button. `parent` owns the page. */
vt_empty_page *vt_empty_page_create(QWidgetRef parent, void (*pressed)(void *user), void *user);
QWidget *vt_empty_page_widget(vt_empty_page *page);

/* `button` "" hides it. */
void vt_empty_page_set(vt_empty_page *page, vt_icon icon, const char *title, const char *text,
                       const char *button);

#endif
