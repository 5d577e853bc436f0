/*
 * The manual: pages of assets/manual, which are a part of the program, with tables in them that are made of
 * the program's own (keys, the filter language, kinds of panes, queries), so that they always say what is so.
 * They come in the language of the window; a page that it has not is English. UI thread only.
 */
#ifndef VT_UI_PANES_MANUAL_H
#define VT_UI_PANES_MANUAL_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <qt6c/qtextbrowser.h>
#include <stdbool.h>

/* Markup of a page, as it stands in its file; {{NAME}} is where a table comes. */
typedef struct vt_manual_page {
    const char *language; /* "en", "de" */
    const char *name;
    const char *text;
} vt_manual_page;

/* NULL behind the last. */
extern const vt_manual_page vt_manual_pages[];

/* Appends a page ("" is the first one), ready to be shown. False and `error` (VT_ERROR_NOT_FOUND) if there is
   none of that name. */
bool vt_manual_write(const char *name, vt_str *html, vt_error *error);

/* What a page is called: its heading. "" if there is none of that name. */
void vt_manual_title(const char *name, vt_str *title);

/* Names of pages are shorter. */
#define VT_MANUAL_NAME_MAX 64

/* A browser for pages; links are told, not followed. `parent` owns it. */
QTextBrowser *vt_manual_browser(QWidgetRef parent);

/* What a browser tells; within the calls no widget may be deleted. */
typedef struct vt_manual_browser_ops {
    void (*recoloured)(void *user); /* colours are others: those of links are in the page, to be read anew */
    void (*shown)(void *user);      /* it is seen, and has its size */
} vt_manual_browser_ops;

/* `browser` is of vt_manual_browser; `ops` NULL: it tells nothing any more. */
void vt_manual_browser_listen(QTextBrowser *browser, const vt_manual_browser_ops *ops, void *user);

/* The page that a link leads to ("help:keys"); NULL if it leads elsewhere. free(). */
char *vt_manual_target(const QUrl *link);

#endif
