/* Private to "open with": its fields, and what its two files need of each other. */
#ifndef VT_UI_FILES_OPEN_WITH_PRIVATE_H
#define VT_UI_FILES_OPEN_WITH_PRIVATE_H

#include "app/ui/files/open_with.h"
#include "app/ui/files/program_search.h"
#include "app/ui/parts/reading.h"

#include <qt6c/qmenu.h>

#define VT_OPEN_WITH_ACTIONS_MAX 40

struct vt_open_with {
    QWidget root; /* first: holds nothing; receives what workers post, and ends with the window */
    QWidget *window;
    vt_open_with_context context;
    QMenu *menu;
    QAction *other;
    QAction *made[VT_OPEN_WITH_ACTIONS_MAX]; /* that stand in the menu now, the programs among them first */
    int made_count;
    vt_program_search *found; /* owned; what the menu shows; NULL: nothing yet */
    vt_reading *looking;      /* for the menu or the list; owned */
    bool list_wanted;         /* the next look is for the list */
    bool is_stale;            /* what is being looked up: another look was wanted meanwhile */
    vt_task *opening;
};

/* ---- open_with_start.c ---- */

/* The ids of the programs used last, the newest first; those there are, to be free()d. */
void vt_open_with_read_recent(const vt_open_with *with, char *recent[VT_PROGRAMS_RECENT_MAX]);

/* Starts the program with the files of `chosen`, after a question if it would have to be started often. Not
   while another is being started. */
void vt_open_with_start(vt_open_with *with, const vt_program *program, vt_chosen *chosen);

#endif
