/* Private to core/import: what a request consists of. request.c: life and order; request_task.c: the work. */
#ifndef VT_IMPORT_REQUEST_PRIVATE_H
#define VT_IMPORT_REQUEST_PRIVATE_H

#include "core/import/engine_private.h"

/* Buckets of engine->rows. */
#define VT_REQUEST_BUCKETS 1024

struct vt_request {
    vt_message message; /* the answer's way to the main thread; first */
    vt_engine *engine;
    vt_priority_entry place; /* thumbnails: in engine->wanted, which then has a reference */
    vt_task *task;           /* images: a reference; the main thread's */
    vt_cancel *cancel;       /* a reference */
    atomic_int references;   /* the main thread's, and that of the queue, then the task, then its message */

    /* What is wanted; does not change. */
    bool is_thumbnail;
    bool has_view;    /* images of models */
    bool is_count;    /* a histogram of `picture`, which is here */
    vt_thumb_key key; /* thumbnails */
    bool is_unread;   /* the item was taken in by its name: the catalog wants to know what is found */
    bool is_sequence; /* `path` is its pattern */
    char *path;       /* owned */
    size_t path_length;
    uint32_t side;          /* thumbnails */
    uint32_t longest;       /* thumbnails: the item's longer side in pixels, 0 if that is not known */
    uint32_t width, height; /* images */
    bool is_ahead;          /* images that are not looked at yet */
    vt_model_view view;
    vt_region region; /* of an image; width 0: all of it */

    /* The answer, written by the task before it posts. */
    vt_picture picture;           /* pixels owned */
    vt_error error;               /* of a failed request, or of a partial picture */
    struct vt_frames_job *frames; /* owned; of a sequence, while the task reads it */
    bool succeeded;

    /* The main thread's alone. */
    bool forgotten; /* out of the list, and nobody is told any more */
    uint32_t row;
    vt_picture_ready ready;
    void *user;
    vt_request *previous, *next; /* of engine->requests */
    vt_request *next_in_bucket;
};

/* The task that answers the image `request`, with a reference to it; NULL when memory runs out. */
vt_task *vt_request_task_create(vt_request *request);

/* A task that answers the most urgent thumbnail (dispatch.h); NULL when memory runs out. One that no executor
   accepted is just dropped. */
vt_task *vt_request_slot_create(vt_engine *engine);

/* The request whose `place` this is. */
vt_request *vt_request_of_place(vt_priority_entry *place);

/* Gives up `count` references. */
void vt_request_unref(vt_request *request, int count);

#endif
