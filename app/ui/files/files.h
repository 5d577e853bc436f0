/*
 * What the user does to files in the window: moves them to the trash, deletes, renames, undoes; the line that
 * tells of it, and the list of what can be undone, also of what was done before the program was started.
 * Nothing here is modal. UI thread only.
 */
#ifndef VT_UI_FILES_FILES_H
#define VT_UI_FILES_FILES_H

#include "app/ui/files/chosen.h"
#include "app/ui/files/undo_list.h"
#include "core/base/log.h"
#include "core/import/file_work.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_files vt_files;

typedef struct vt_files_context {
    vt_engine *engine;
    vt_executor *executor;                  /* for adding up, and previews */
    bool use_settings;                      /* remember what the user does not want to be asked again */
    void (*made)(void *user);               /* something was done that can be undone */
    void (*moved)(void *user, bool undone); /* it was undone, or redone */
    void (*changed)(void *user);            /* what can be undone is something else */
    void *user;
    vt_log log;
} vt_files_context;

/* `parent`, the window, owns the widgets and with them all of it. */
vt_files *vt_files_create(QWidgetRef parent, const vt_files_context *context);
/* The line for the foot of the window. */
QWidget *vt_files_bar(vt_files *files);
/* Waits for what reads the catalog; before the engine is freed, and before the window is. */
void vt_files_stop(vt_files *files);

/* Each takes over `chosen`; NULL does nothing. Trash asks unless the user does not want that any more,
   deleting asks always, renaming opens its dialogue. */
void vt_files_trash(vt_files *files, vt_chosen *chosen);
void vt_files_delete(vt_files *files, vt_chosen *chosen);
void vt_files_rename(vt_files *files, vt_chosen *chosen);

/* Opens the dialogue that exports; takes over both. `all` is what is shown, for those who want that. */
void vt_files_export(vt_files *files, vt_chosen *chosen, vt_chosen *all);

/* A line that stays until it is closed: what could not be done. */
void vt_files_tell(vt_files *files, const char *text);

/* What can be undone: shared with whoever has other things to undo. */
vt_undo_list *vt_files_undo_list(vt_files *files);
void vt_files_undo(vt_files *files);
void vt_files_redo(vt_files *files);

#endif
