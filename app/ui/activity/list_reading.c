#include "app/ui/activity/list_reading.h"

#include "app/ui/parts/reading.h"

#include <stdlib.h>

struct vt_list_reading {
    vt_reading *reading;
    vt_catalog *catalog;
    const vt_list_reading_ops *ops;
    void *user;
};

typedef struct list_work {
    const vt_list_reading_ops *ops;
    vt_catalog *catalog;
    void *list; /* owned */
} list_work;

static void *prepare_list(void *user)
{
    const vt_list_reading *of = user;
    list_work *work = malloc(sizeof *work);
    if (work) {
        *work = (list_work){of->ops, of->catalog, of->ops->create()};
    }
    if (work && !work->list) {
        free(work);
        return NULL;
    }
    return work;
}

static bool read_list(void *user, vt_error *error)
{
    const list_work *work = user;
    vt_catalog_reader *reader = vt_catalog_reader_open(work->catalog, error);
    bool done = reader && work->ops->read(reader, work->list, error);
    vt_catalog_reader_free(reader);
    return done;
}

static void take_list(void *user, void *taken, const vt_error *error)
{
    const vt_list_reading *of = user;
    list_work *work = taken;
    void *list = work->list;
    work->list = NULL;
    of->ops->take(of->user, list, error);
}

static void release_list(void *user)
{
    list_work *work = user;
    if (work->list) {
        work->ops->free(work->list);
    }
    free(work);
}

static const vt_reading_ops reading_ops = {.name = "list",
                                           .priority = VT_PRIORITY_CRITICAL,
                                           .prepare = prepare_list,
                                           .read = read_list,
                                           .take = take_list,
                                           .release = release_list};

void vt_list_reading_begin(vt_list_reading *reading)
{
    vt_reading_begin(reading ? reading->reading : NULL);
}

vt_list_reading *vt_list_reading_create(QObject *page, vt_catalog *catalog, vt_executor *executor,
                                        const vt_list_reading_ops *ops, void *user)
{
    vt_list_reading *reading = malloc(sizeof *reading);
    if (reading) {
        *reading = (vt_list_reading){NULL, catalog, ops, user};
        reading->reading = vt_reading_create(page, executor, &reading_ops, reading);
    }
    return reading;
}

void vt_list_reading_stop(vt_list_reading *reading)
{
    vt_reading_stop(reading ? reading->reading : NULL);
}

void vt_list_reading_free(vt_list_reading *reading)
{
    vt_reading_free(reading ? reading->reading : NULL);
    free(reading);
}
