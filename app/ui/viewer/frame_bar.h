/*
 * The bar below a sequence: play and pause, where it stands, which frames are missing (marked below the
 * slider, too), what comes at its end, how fast it goes. UI thread only.
 */
#ifndef VT_UI_VIEWER_FRAME_BAR_H
#define VT_UI_VIEWER_FRAME_BAR_H

#include "app/ui/viewer/playback.h"
#include "core/import/sequence_facts.h"

#include <qt6c/qwidget.h>

typedef struct vt_frame_bar vt_frame_bar;

/* What the user does. */
typedef struct vt_frame_bar_ops {
    void (*toggled)(void *user);                        /* play or pause */
    void (*moved)(void *user, uint64_t index);          /* the slider */
    void (*rate_entered)(void *user, const char *text); /* as it was typed */
    void (*repeat)(void *user);                         /* the next way to go on at the end */
} vt_frame_bar_ops;

/* `parent` owns its widget, and with it the bar. */
vt_frame_bar *vt_frame_bar_create(QWidgetRef parent, const vt_frame_bar_ops *ops, void *user);

QWidget *vt_frame_bar_widget(vt_frame_bar *bar);

/* Another sequence, or another rate of it. */
void vt_frame_bar_set_facts(vt_frame_bar *bar, const vt_sequence_facts *facts, bool writable);

/* The frame that is shown; nobody is told. */
void vt_frame_bar_set_frame(vt_frame_bar *bar, const vt_sequence_facts *facts, uint64_t index);
void vt_frame_bar_set_repeat(vt_frame_bar *bar, vt_playback_repeat repeat);
void vt_frame_bar_set_playing(vt_frame_bar *bar, bool playing);

/* Makes the icons anew, in the colours of the present theme. */
void vt_frame_bar_set_icons(vt_frame_bar *bar);

#endif
