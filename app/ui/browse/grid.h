/*
 * The Browse view: a grid of pooled cards over a library of any size.
 *
 * Only the items of the visible rows and half a page above and below have a card; scrolling recycles cards in
 * place. New cards are configured in batches of at most 4 ms a turn, visible ones first, so that no turn of
 * the event loop is long whatever the scroll distance. Positions are arithmetic (grid_layout.h). UI thread
 * only.
 */
#ifndef VT_UI_BROWSE_GRID_H
#define VT_UI_BROWSE_GRID_H

#include "app/ui/browse/captions.h"
#include "app/ui/library/library.h"
#include "app/ui/library/pictures.h"
#include "core/perf/monitor.h"
#include "core/pool/object_pool.h"

#include <qt6c/qwidget.h>

typedef struct vt_grid vt_grid;

/* Figures for tests, the status bar and benchmarks. */
typedef struct vt_grid_figures {
    int64_t cards; /* live card widgets, in use or waiting in the pool */
    int64_t cards_in_use;
    int64_t configured;        /* cards configured since the start */
    int64_t configure_ns_mean; /* acquire + configure of one card */
    int64_t configure_ns_max;
    bool painted;              /* the first viewport's cards have been painted */
    int64_t first_viewport_ns; /* work until every card of the first viewport was configured; 0 before that */
    int64_t pictures_shown;
    int64_t smaller_shown; /* stored ones, in place of larger pictures still to come */
    int64_t shown;         /* items and stacks in the grid: without what is collapsed */
    int64_t scroll;        /* pixels from the top */
    int64_t moved;         /* pictures of sequences and models shown below the pointer */
    int64_t moving;        /* the item that moves, 0 for none */
    int marks;             /* of the scrubber */
} vt_grid_figures;

/* Called when the user opens a row (double click, Enter). */
typedef void (*vt_grid_open)(void *user, int64_t row);

/* Borrows `library` and `pictures`, which must outlive the grid. `parent` owns the widget; the grid is
   released with it. NULL when memory runs out. */
vt_grid *vt_grid_create(QWidgetRef parent, vt_library *library, vt_pictures *pictures, vt_grid_open open,
                        void *user);

QWidget *vt_grid_widget(vt_grid *grid);

/* Side of the pictures in device-independent pixels, 64 to 512. */
void vt_grid_set_picture_side(vt_grid *grid, int side);
int vt_grid_picture_side(const vt_grid *grid);

/* Called when the user changed it (Ctrl and wheel); `user` as of the creation. */
void vt_grid_on_side_changed(vt_grid *grid, void (*side_changed)(void *user, int side));

/* The synchronous fall-back: a card is made for each item that comes into sight and deleted when it leaves,
   four of them a turn. Before anything is shown. */
void vt_grid_make_cards_anew(vt_grid *grid);

/* Records each card that is configured; borrowed. */
void vt_grid_measure(vt_grid *grid, vt_monitor *monitor);

/* Whether thumbnails are loaded ahead of the scroll; at first they are not. */
void vt_grid_load_ahead(vt_grid *grid, bool on);

/* Makes `row` current and scrolls to it. */
void vt_grid_set_current(vt_grid *grid, int64_t row);

/* Pixels from the top, within what there is. */
int64_t vt_grid_scroll(const vt_grid *grid);
void vt_grid_scroll_to(vt_grid *grid, int64_t pixels);

/* Groups of the library's view. True if there are headers to be collapsed. */
bool vt_grid_has_groups(const vt_grid *grid);
/* Collapses the group of the current row, or opens it again. */
void vt_grid_turn_group(vt_grid *grid);
void vt_grid_collapse_all(vt_grid *grid, bool collapsed);
/* Makes the first row of the next (1) or previous (-1) group current; without groups, of the next that
   differs in what the order goes by: another month, letter, folder. */
void vt_grid_go_to_group(vt_grid *grid, int direction);
/* What is written below the cards. */
void vt_grid_set_captions(vt_grid *grid, const vt_captions *captions);
vt_captions vt_grid_captions(const vt_grid *grid);
/* Grouped by folder, each folder is one card that opens. */
void vt_grid_set_stacks(vt_grid *grid, bool on);
bool vt_grid_has_stacks(const vt_grid *grid);

vt_grid_figures vt_grid_get_figures(const vt_grid *grid);

#endif
