/* Contents of panes in a window of the test: an engine over pictures of its own, a host that stands in for
   the pane, and what contents tell it. */
#ifndef VT_TESTS_PANE_DESK_H
#define VT_TESTS_PANE_DESK_H

#include "app/ui/panes/types.h"
#include "tests/core/import/engine_session.h"

#include <qt6c/qapplication.h>

enum { DESK_PICTURES = 12, DESK_SELECTED_MAX = 64 };

typedef struct pane_desk {
    engine_session *session;
    vt_pictures *pictures;
    vt_monitor *monitor;
    vt_pane_context context;
    QWidget *host;
    /* What was told. */
    int stages, selections, subjects, openings;
    int menus; /* widgets that got one */
    char said[256];
    int64_t selected[DESK_SELECTED_MAX];
    size_t selected_count;
    char opened[256];
} pane_desk;

/* `pictures` of 120 x 90 in the library. */
pane_desk *desk_create(int pictures);
void desk_free(pane_desk *desk);

/* Events and callbacks, once. */
void desk_pump(pane_desk *desk);
/* Until `done` holds; fails the test after 20 s. */
void desk_wait(pane_desk *desk, bool (*done)(void *user), void *user);
void desk_wait_stage(pane_desk *desk, const vt_pane_content *content, vt_pane_stage stage);
/* A while without a certain end: so that what would come has come. */
void desk_rest(pane_desk *desk);

/* A new content of the type of `provider`, seen in the host, and told to show it. */
vt_pane_content *desk_show(pane_desk *desk, const char *provider);
void desk_place(pane_desk *desk, vt_pane_content *content);
void desk_destroy(pane_desk *desk, vt_pane_content *content);

/* Presses a key in a QWidget: Qt_Key_C, Qt_ControlModifier. */
void desk_key(void *widget, int key, int modifiers);

/* The id of the picture "NNNN.ppm". */
int64_t desk_item(pane_desk *desk, int number);
/* What describe() says; valid until the next call. */
const char *desk_title(const vt_pane_content *content);

/* Saved as a picture if VITRINE_SCREENSHOTS is set, in both themes. */
void desk_screenshot(pane_desk *desk, const char *name);

#endif
