/*
 * The filter box: a line edit that completes what is typed. As one types, a list below offers keys, their
 * values, tags, albums and cameras with how many items they have (core/index/complete.h, on a worker), and
 * saved filters by their name; in an empty box the Down key shows the filters that were used last.
 *
 * Up and Down choose in the list, Tab takes the line that is chosen or the first, Enter only one that is
 * chosen; Escape closes the list, and once it is closed empties the box. UI thread only.
 */
#ifndef VT_UI_FILTER_FILTER_BOX_H
#define VT_UI_FILTER_FILTER_BOX_H

#include "app/ui/library/library.h"
#include "app/ui/sidebar/saved_filters.h"
#include "core/base/log.h"
#include "core/index/tally.h"

#include <qt6c/qlineedit.h>

typedef struct vt_filter_box vt_filter_box;

typedef struct vt_filter_box_ops {
    const vt_tally *(*tally)(void *user); /* what was counted last, NULL if nothing was; lent */
    const vt_saved_filters *(*saved)(void *user);
    void (*left)(void *user); /* Escape in an empty box */
    void *user;
} vt_filter_box_ops;

/* `window` owns it, and the list stands over its contents; `ops` is copied, the rest borrowed. `keeps`: the
   filters used last are remembered. NULL when memory runs out. */
vt_filter_box *vt_filter_box_create(QWidget *window, vt_library *library, vt_executor *executor,
                                    const vt_filter_box_ops *ops, bool keeps, vt_log log);

QLineEdit *vt_filter_box_edit(vt_filter_box *box);

/* Something was raised above the contents: the list, if it is open, stands above that, too. */
void vt_filter_box_raise(vt_filter_box *box);

/* Before the executor goes: nothing is completed any more. */
void vt_filter_box_stop(vt_filter_box *box);

#endif
