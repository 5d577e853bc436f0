/* The Performance centre as a pane's content (app/ui/performance/view.h). UI thread only. */
#ifndef VT_UI_PANES_PANE_PERFORMANCE_H
#define VT_UI_PANES_PANE_PERFORMANCE_H

#include "app/ui/panes/content.h"

/* `performance:`, without argument. Needs `performance` of the context; without it, it fails in words. */
extern const vt_pane_type vt_pane_performance;

#endif
