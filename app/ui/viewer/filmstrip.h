/*
 * Filmstrip: what lies beside the item that is looked at, as a row of small pictures; a click goes there.
 *
 * One widget paints those that are seen, so that it costs the same whatever the number of items. Their
 * pictures come from a cache of its own (app/ui/library/pictures.h); while it is hidden nothing is asked for.
 * UI thread only.
 */
#ifndef VT_UI_VIEWER_FILMSTRIP_H
#define VT_UI_VIEWER_FILMSTRIP_H

#include "app/ui/library/library.h"

#include <qt6c/qwidget.h>
#include <stdint.h>

typedef struct vt_filmstrip vt_filmstrip;

/* The user chose the item at `row`. */
typedef void (*vt_filmstrip_chosen)(void *user, int64_t row);

/* `parent` owns its widget, and with it the filmstrip; `library` is borrowed. */
vt_filmstrip *vt_filmstrip_create(QWidgetRef parent, vt_library *library, vt_filmstrip_chosen chosen,
                                  void *user);

QWidget *vt_filmstrip_widget(vt_filmstrip *strip);

/* Another view of the same engine; while no item is looked at. */
void vt_filmstrip_set_library(vt_filmstrip *strip, vt_library *library);

/* The item at `row` is looked at: it stands in the middle. -1: none is, and nothing is asked for any more. */
void vt_filmstrip_set_row(vt_filmstrip *strip, int64_t row);

#endif
