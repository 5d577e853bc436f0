/* The page of a new pane: what shall it show? A list of the kinds of content, with a field for the argument.
   UI thread only. */
#ifndef VT_UI_PANES_PANE_CHOOSER_H
#define VT_UI_PANES_PANE_CHOOSER_H

#include <qt6c/qwidget.h>

typedef struct vt_pane_chooser vt_pane_chooser;

/* `parent` owns it. `chosen` gets a provider id. Made hidden; the list has the keyboard when it gets it. */
vt_pane_chooser *vt_pane_chooser_create(QWidgetRef parent, void (*chosen)(void *user, const char *provider),
                                        void *user);
QWidget *vt_pane_chooser_widget(vt_pane_chooser *chooser);

#endif
