/*
 * Comparing: two to four items side by side, zoomed and moved together.
 *
 * Linked, all panes show the same part of their pictures, in the same size relative to their panes, also
 * where the pictures differ in size. One pane has the focus: next and previous replace its item, a click or a
 * key moves the focus, a header that is dragged to another pane, or a key, exchanges the two. While a key is
 * held the focused pane shows its neighbour's picture: what differs blinks. UI thread only.
 */
#ifndef VT_UI_VIEWER_COMPARE_H
#define VT_UI_VIEWER_COMPARE_H

#include "app/ui/library/library.h"
#include "app/ui/viewer/viewer.h"
#include "core/base/log.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_COMPARE_MIN 2
#define VT_COMPARE_MAX 4

typedef struct vt_compare vt_compare;

/* The pane with the focus has this zoom now, 1 is 100 %; or another pane has the focus. */
typedef void (*vt_compare_zoomed)(void *user, double zoom);

/* `parent` owns its widget, and with it the panes; `library` is borrowed. */
vt_compare *vt_compare_create(QWidgetRef parent, vt_library *library, vt_compare_zoomed zoomed, void *user,
                              vt_log log);

QWidget *vt_compare_widget(vt_compare *compare);

/* Another view of the same engine; while nothing is compared. */
void vt_compare_set_library(vt_compare *compare, vt_library *library);

/* Shows the items at `rows` of the library's view, VT_COMPARE_MIN to VT_COMPARE_MAX. */
void vt_compare_open(vt_compare *compare, const int64_t *rows, size_t count);

/* Nothing is asked for any more. */
void vt_compare_close(vt_compare *compare);

/* The row of the pane with the focus, -1 if it is no longer in the view. */
int64_t vt_compare_row(const vt_compare *compare);

/* A command of the viewer's: true if it means something here. */
bool vt_compare_do(vt_compare *compare, vt_viewer_command command);

/* A key without modifiers that only comparing has: true if it was used. */
bool vt_compare_key(vt_compare *compare, int key);
void vt_compare_key_released(vt_compare *compare, int key);

/* True once each pane has its picture or says why not. */
bool vt_compare_is_complete(const vt_compare *compare);

#endif
