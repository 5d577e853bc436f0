/*
 * What is done to the duplicates that the library shows: computed on a worker (twin_choice.h), taken over on
 * the window's thread. UI thread only.
 */
#ifndef VT_UI_LIBRARY_TWINS_H
#define VT_UI_LIBRARY_TWINS_H

#include "app/ui/library/library.h"
#include "app/ui/library/twin_choice.h"

typedef enum vt_twin_work {
    VT_TWIN_SELECT_ALL,    /* all but the best of each group */
    VT_TWIN_SELECT_OTHERS, /* of the group of the current item */
    VT_TWIN_GIVE           /* ratings and tags */
} vt_twin_work;

/* How it ended. The selection is the library's by then, and the gifts have been asked for as edits. */
typedef struct vt_twin_result {
    vt_twin_work work;
    int64_t selected;
    uint32_t groups;       /* VT_TWIN_GIVE: looked at */
    size_t gifts;          /* edits that were asked for */
    const vt_error *error; /* NULL: none */
} vt_twin_result;

typedef void (*vt_twin_done)(void *user, const vt_twin_result *result);

/* More different values than this are not given at once: each is a step of the undo list. */
#define VT_TWIN_GIFTS_MAX 64

/* `done` is called once, unless the library is freed before. False if nothing is shown, another one is being
   worked out, or memory runs out. */
bool vt_library_do_twins(vt_library *library, vt_executor *executor, vt_twin_work work, vt_twin_done done,
                         void *user);

#endif
