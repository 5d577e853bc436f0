/*
 * The folders of an import that is being prepared: a list with Add, Recent and Remove, by mouse, keys and
 * drop. Paths are bytes. UI thread only.
 */
#ifndef VT_UI_INTAKE_INTAKE_FOLDERS_H
#define VT_UI_INTAKE_INTAKE_FOLDERS_H

#include <qt6c/qwidget.h>
#include <stddef.h>

typedef struct vt_intake_folders vt_intake_folders;

/* Folders that one can be offered again. */
#define VT_INTAKE_RECENT_MAX 10
#define VT_INTAKE_PATHS_MAX  10000

/* `parent` owns it. `changed` is called when there are other folders than before. `keeps`: recent folders are
   remembered between starts. */
vt_intake_folders *vt_intake_folders_create(QWidgetRef parent, bool keeps, void (*changed)(void *user),
                                            void *user);
QWidget *vt_intake_folders_widget(vt_intake_folders *folders);

/* One that is listed already is not listed twice. */
void vt_intake_folders_add(vt_intake_folders *folders, const char *const *paths, size_t count);
void vt_intake_folders_clear(vt_intake_folders *folders);

/* Borrowed until the next call that changes them. */
const char *const *vt_intake_folders_paths(const vt_intake_folders *folders, size_t *count);

/* What is wrong with them, below the list; "" for nothing. */
void vt_intake_folders_say(vt_intake_folders *folders, const char *text);

/* They have been imported: they come first among the recent ones. */
void vt_intake_folders_used(vt_intake_folders *folders);

void vt_intake_folders_focus(vt_intake_folders *folders);

#endif
