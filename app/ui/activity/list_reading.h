/*
 * A list that is read from the catalog on a worker, for a page that shows it: a reading (app/ui/parts/
 * reading.h) with a reader of the catalog. UI thread only.
 */
#ifndef VT_UI_ACTIVITY_LIST_READING_H
#define VT_UI_ACTIVITY_LIST_READING_H

#include "core/catalog/reader.h"
#include "core/task/executor.h"

#include <qt6c/qobject.h>
#include <stdbool.h>

typedef struct vt_list_reading vt_list_reading;

typedef struct vt_list_reading_ops {
    void *(*create)(void); /* an empty list; NULL when memory runs out */
    void (*free)(void *list);
    bool (*read)(vt_catalog_reader *reader, void *list, vt_error *error); /* on the worker */
    /* It is read, or as much of it as could be: it is the page's now. `error` has no code if all is there. */
    void (*take)(void *user, void *list, const vt_error *error);
} vt_list_reading_ops;

/* `page`: nothing is delivered once it is gone. All is borrowed. NULL when memory runs out. */
vt_list_reading *vt_list_reading_create(QObject *page, vt_catalog *catalog, vt_executor *executor,
                                        const vt_list_reading_ops *ops, void *user);
void vt_list_reading_begin(vt_list_reading *reading); /* NULL is allowed, as for the next two */
/* Waits for what is under way. */
void vt_list_reading_stop(vt_list_reading *reading);
/* Stops it; with the page. */
void vt_list_reading_free(vt_list_reading *reading);

#endif
