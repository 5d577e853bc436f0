/*
 * What the window offers where it cannot start because the catalog is damaged: the newest snapshot that is
 * sound, with what would be lost by it. UI thread; before there is a window, since it looks through files.
 */
#ifndef VT_UI_RESTORE_OFFER_H
#define VT_UI_RESTORE_OFFER_H

#include "app/ui/ui.h"
#include "core/base/error.h"

typedef enum vt_restore_answer {
    VT_RESTORE_NOTHING, /* the catalog is not damaged, or there is no such snapshot: nothing was said */
    VT_RESTORE_NOT,     /* the user did not want it, or it failed: all was said */
    VT_RESTORE_DONE
} vt_restore_answer;

/* Asks, and restores if the user wants it; the damaged file is kept beside it. `error` says why the catalog
   cannot be opened. A QApplication must be there. */
vt_restore_answer vt_restore_offer(const vt_ui_options *options, const vt_error *error);

/* Why the window cannot start, in a box with nothing but Close. A QApplication must be there. */
void vt_restore_tell(const char *why);

#endif
