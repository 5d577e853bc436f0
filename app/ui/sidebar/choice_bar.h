/*
 * What is chosen in the sidebar, as chips in a row above the items: each has a cross that takes it back, and
 * there is a button for all if there are several. Hidden while nothing is chosen. UI thread only.
 */
#ifndef VT_UI_SIDEBAR_CHOICE_BAR_H
#define VT_UI_SIDEBAR_CHOICE_BAR_H

#include <qt6c/qwidget.h>
#include <stddef.h>

#define VT_CHOICE_BAR_MAX 64

typedef struct vt_choice_bar vt_choice_bar;

typedef struct vt_choice_bar_ops {
    void (*remove)(void *user, size_t number); /* as they were set */
    void (*clear)(void *user);
} vt_choice_bar_ops;

/* `ops` is borrowed. */
vt_choice_bar *vt_choice_bar_create(QWidgetRef parent, const vt_choice_bar_ops *ops, void *user);
QWidget *vt_choice_bar_widget(vt_choice_bar *bar);

/* The chips from now on: texts (UTF-8, copied), and what kind of thing each is, for tips. */
void vt_choice_bar_set(vt_choice_bar *bar, const char *const *titles, const char *const *kinds, size_t count);

#endif
