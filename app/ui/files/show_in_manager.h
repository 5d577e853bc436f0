/*
 * Shows a file in the desktop's file manager, selected: org.freedesktop.FileManager1.ShowItems over the
 * session bus, asked by `dbus-send` on a worker. Where nobody answers, its folder is opened.
 */
#ifndef VT_UI_FILES_SHOW_IN_MANAGER_H
#define VT_UI_FILES_SHOW_IN_MANAGER_H

#include "core/base/log.h"
#include "core/task/executor.h"

#include <qt6c/qobject.h>

/* `receiver` must outlive the executor's tasks. `failed` is called on the UI thread if no folder can be
   opened either. False when memory runs out. */
bool vt_show_in_manager(QObjectRef receiver, vt_executor *executor, const char *path,
                        void (*failed)(void *user), void *user, vt_log log);

#endif
