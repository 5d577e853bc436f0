/*
 * Response: how long the window takes to answer the user (document 001, 6.6.2.1: under 100 ms), from a key, a
 * click or a turn of the wheel until the main window is painted with what it changed; where it changes
 * nothing that is painted there, until it has been dealt with. What is done on workers (a filter, an order, a
 * picture) has figures of its own. Of inputs that come before the answer to another only the first counts.
 *
 * It looks at every input of the program as a filter of its events, some 50 ns each. UI thread only.
 */
#ifndef VT_UI_WINDOW_RESPONSE_H
#define VT_UI_WINDOW_RESPONSE_H

#include "core/perf/monitor.h"

#include <qt6c/qwidget.h>

typedef struct vt_response vt_response;

/* `parent` owns it; `monitor` is borrowed. */
vt_response *vt_response_create(QWidget *parent, vt_monitor *monitor);

/* The main window was painted. NULL is allowed. */
void vt_response_painted(vt_response *response);

#endif
