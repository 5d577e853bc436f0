/*
 * TaskSignals of document 003: what background work tells, as signals of a QObject class defined in C.
 * Whoever wants to know connects; the sender knows nobody. An import's listener (operation.h) is one end,
 * Qt's connections the other.
 *
 * Emitted on the main thread, inside vt_engine_deliver; a receiver in another thread gets a queued call.
 */
#ifndef VT_IMPORT_TASK_SIGNALS_QT_H
#define VT_IMPORT_TASK_SIGNALS_QT_H

#include "core/import/operation.h"

#include <qt6c/qobject.h>

typedef struct vt_task_signals vt_task_signals;

/* Signals and their arguments. */
extern const qt_method vt_signal_database_completed;  /* int64 imported, int64 updated, int64 missing */
extern const qt_method vt_signal_database_failed;     /* QString path, QString reason */
extern const qt_method vt_signal_progress_updated;    /* int64 done, int64 total, QString text */
extern const qt_method vt_signal_thumbnail_completed; /* int64 item */
extern const qt_method vt_signal_thumbnail_failed;    /* int64 item, QString reason */

/* Owned by `parent` (NULL: the caller, q_object_delete). */
vt_task_signals *vt_task_signals_create(QObjectRef parent);
QObject *vt_task_signals_object(vt_task_signals *signals);

/* A listener that emits: give it to vt_engine_import. `signals` must outlive the import. */
vt_import_listener vt_task_signals_listener(vt_task_signals *signals);

/* For whoever delivers thumbnails: emits one of the two. `error` NULL: it has come. */
void vt_task_signals_tell_thumbnail(vt_task_signals *signals, int64_t item, const vt_error *error);

/* Calls `callback` with Qt's argument array (args[1] on point to the values) until `context` is gone. */
bool vt_task_signals_connect(vt_task_signals *signals, const qt_method *signal, QObjectRef context,
                             void (*callback)(void *user, void **args), void *user);

#endif
