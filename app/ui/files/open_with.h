/*
 * The menu "Open with" and the list of other programs: what is chosen is handed to other programs of the
 * desktop. Nothing here is modal, and nothing is looked up before the menu is opened. UI thread only.
 */
#ifndef VT_UI_FILES_OPEN_WITH_H
#define VT_UI_FILES_OPEN_WITH_H

#include "app/ui/files/chosen.h"
#include "core/base/log.h"
#include "core/task/executor.h"

#include <qt6c/qaction.h>
#include <qt6c/qmenu.h>
#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_open_with vt_open_with;

typedef struct vt_open_with_context {
    vt_engine *engine;
    vt_executor *executor;                       /* for looking up and starting */
    bool use_settings;                           /* remember which programs were used */
    vt_chosen *(*chosen)(void *user);            /* what is to be opened, given away; NULL: nothing is */
    void (*say)(void *user, const char *text);   /* what was done */
    void (*fault)(void *user, const char *text); /* what could not be, to be shown until it is read */
    void *user;
    vt_log log;
} vt_open_with_context;

/* `window` owns it. */
vt_open_with *vt_open_with_create(QWidgetRef window, const vt_open_with_context *context);
/* From now on `menu` offers the programs, before its action `other`, each time it is opened. */
void vt_open_with_use_menu(vt_open_with *with, QMenu *menu, QAction *other);
/* Opens the list of all programs, for what is chosen now. */
void vt_open_with_show_all(vt_open_with *with);
/* Waits for what runs on workers; before the engine is freed, and before the window is. NULL is
   allowed. */
void vt_open_with_stop(vt_open_with *with);

#endif
