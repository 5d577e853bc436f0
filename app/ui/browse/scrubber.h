/*
 * The scrubber beside the scroll bar of the cards: where years, letters or folders begin, a bubble that names
 * what is at the pointer, and a drag that goes there.
 *
 * It asks about so many places as it is pixels high, whatever the number of items. UI thread only.
 */
#ifndef VT_UI_BROWSE_SCRUBBER_H
#define VT_UI_BROWSE_SCRUBBER_H

#include "core/base/str.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_scrubber vt_scrubber;

/* What the scrubber asks; `share` is how far down, 0 to 1. */
typedef struct vt_scrubber_ops {
    uint64_t (*value)(void *user, double share);                  /* differs where a mark belongs between */
    void (*append_mark)(void *user, double share, vt_str *text);  /* a few letters; nothing: only a line */
    void (*append_title)(void *user, double share, vt_str *text); /* for the bubble */
    void (*jump)(void *user, double share);
} vt_scrubber_ops;

/* `ops` is borrowed. `parent` owns the widget and its bubble, and is as wide as the bubble may be. */
vt_scrubber *vt_scrubber_create(QWidgetRef parent, const vt_scrubber_ops *ops, void *user);
QWidget *vt_scrubber_widget(vt_scrubber *scrubber);

/* Pixels, from the application's font; less without words. */
int vt_scrubber_width(bool words);

/* Asks anew where marks are; `empty`: nowhere. At once, for a scrubber of the height it has. */
void vt_scrubber_update(vt_scrubber *scrubber, bool empty);

/* Shows where the view is. */
void vt_scrubber_set_share(vt_scrubber *scrubber, double share);

/* Marks there are, for tests. */
int vt_scrubber_marks(const vt_scrubber *scrubber);

#endif
