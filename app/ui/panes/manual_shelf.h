/*
 * Pages of the manual that Qt has read. Reading the markup of a page and placing its words takes more than a
 * millisecond, for which a pane that comes from the pool has no time: so a page that nobody sees any more
 * goes onto a shelf, browser and all (a document alone would have its words placed anew), and who wants it
 * next shows it as it is. It is read anew where it would not be the same: if its words have changed (keys of
 * the user's, another language), or the colours; those of a page that is seen are followed at once.
 *
 * At most VT_MANUAL_SHELF_MAX pages lie on the shelf, some 200 kB each. UI thread only.
 */
#ifndef VT_UI_PANES_MANUAL_SHELF_H
#define VT_UI_PANES_MANUAL_SHELF_H

#include "core/base/error.h"

#include <qt6c/qtextbrowser.h>
#include <stdbool.h>
#include <stddef.h>

#define VT_MANUAL_SHELF_MAX 6

typedef struct vt_manual_sheet vt_manual_sheet;

/* As long as anybody uses it the shelf keeps pages; the last release frees them. */
void vt_manual_shelf_retain(void);
void vt_manual_shelf_release(void);

/* The page ("" is the first one), hidden and at its begin, for the caller to place within `parent`; it is the
   caller's until it is given back, before `parent` goes. NULL and `error` as vt_manual_write. `linked` is
   called for links that the user follows. */
vt_manual_sheet *vt_manual_sheet_take(const char *name, QWidget *parent,
                                      void (*linked)(void *user, const QUrl *link), void *user,
                                      vt_error *error);

/* Onto the shelf, where the one that lies there for longest may have to make room. NULL is allowed. */
void vt_manual_sheet_give(vt_manual_sheet *sheet);

/* Where it is read, in pixels from its begin. A place that is not there (yet: the page has no size before it
   is seen) is gone to when it comes, unless the user goes elsewhere before. */
int vt_manual_sheet_place(const vt_manual_sheet *sheet);
void vt_manual_sheet_scroll_to(vt_manual_sheet *sheet, int place);

QTextBrowser *vt_manual_sheet_browser(const vt_manual_sheet *sheet);

/* What one holds, roughly; of NULL nothing. */
size_t vt_manual_sheet_bytes(const vt_manual_sheet *sheet);

/* Pages that were read since the program began, and those that lie on the shelf. */
void vt_manual_shelf_count(size_t *read, size_t *idle);

#endif
