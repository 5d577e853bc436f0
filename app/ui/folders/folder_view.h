/*
 * The folder tree at the left of the window: "All items", then the folders of the library with their counts.
 * Choosing one narrows the library to it and what is below. UI thread only.
 */
#ifndef VT_UI_FOLDERS_FOLDER_VIEW_H
#define VT_UI_FOLDERS_FOLDER_VIEW_H

#include "app/ui/library/library.h"

#include <qt6c/qwidget.h>

typedef struct vt_folder_view vt_folder_view;

/* `parent` owns the widget and with it the view; `library` and `executor` (which counts) are borrowed; what
   was counted is told to `log`. */
vt_folder_view *vt_folder_view_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                      vt_log log);

QWidget *vt_folder_view_widget(vt_folder_view *view);

/* True while it counts or is about to. */
bool vt_folder_view_is_busy(const vt_folder_view *view);

/* The path of the chosen folder as bytes, "" for all items; valid until another is chosen. */
const char *vt_folder_view_chosen(const vt_folder_view *view);
/* Chooses the folder of this path once folders are known; if it is none of them then, all items. */
void vt_folder_view_restore(vt_folder_view *view, const char *path);

/* Chooses "All items". */
void vt_folder_view_choose_all(vt_folder_view *view);

/* Makes the icons anew, in the colours of the present theme. */
void vt_folder_view_set_icons(vt_folder_view *view);

/* Before the executor goes: no more counting. */
void vt_folder_view_stop(vt_folder_view *view);

#endif
