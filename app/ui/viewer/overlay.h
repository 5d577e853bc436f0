/*
 * Overlay: what is known of the item, and its histogram, over the picture. The mouse passes through it, but
 * for the button that says of what the histogram is. UI thread only.
 */
#ifndef VT_UI_VIEWER_OVERLAY_H
#define VT_UI_VIEWER_OVERLAY_H

#include "app/ui/parts/facts.h"
#include "core/decode/histogram.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_viewer_overlay vt_viewer_overlay;

/* `parent`, the canvas, owns its widgets, and with them the overlay. Hidden at first. `chosen`: the user
   wants the other kind of histogram; `on` means nothing. */
vt_viewer_overlay *vt_viewer_overlay_create(QWidgetRef parent, void (*chosen)(void *user, bool on),
                                            void *user);

/* Takes the facts over; `facts` is empty then. */
void vt_viewer_overlay_set_facts(vt_viewer_overlay *overlay, vt_fact_list *facts);
/* Copied; NULL: there is none. */
void vt_viewer_overlay_set_histogram(vt_viewer_overlay *overlay, const vt_histogram *histogram);

/* Whether the histogram may be of a part of the picture, and which it is now. */
void vt_viewer_overlay_set_choice(vt_viewer_overlay *overlay, bool possible, bool of_seen);

/* Which of them are seen. */
void vt_viewer_overlay_show(vt_viewer_overlay *overlay, bool facts, bool histogram);

/* The canvas has this size: the overlay stands at its right, as high as what it says. */
void vt_viewer_overlay_place(vt_viewer_overlay *overlay, int width, int height);

#endif
