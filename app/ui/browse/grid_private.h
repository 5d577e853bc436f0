/* Private to the grid: its fields, and the part that keeps cards for the visible rows (grid_cards.c). */
#ifndef VT_UI_BROWSE_GRID_PRIVATE_H
#define VT_UI_BROWSE_GRID_PRIVATE_H

#include "app/ui/browse/card.h"
#include "app/ui/browse/grid.h"
#include "app/ui/browse/grid_layout.h"
#include "core/cache/prefetch.h"

#include <qt6c/qabstractscrollarea.h>
#include <qt6c/qtimer.h>

#define VT_GRID_CARDS_MAX 2048

struct vt_grid {
    QAbstractScrollArea area; /* first: a grid is a scroll area to Qt */
    vt_library *library;      /* borrowed, like pictures */
    vt_pictures *pictures;
    vt_grid_open open;
    void (*side_changed)(void *user, int side);
    void *user;
    vt_grid_layout layout;
    int64_t scroll; /* as of the cards' places */

    vt_object_pool *pool;
    vt_card *cards[VT_GRID_CARDS_MAX]; /* the card of row r is at r % VT_GRID_CARDS_MAX */
    vt_grid_range range;               /* rows that have a card or get one */
    QTimer *batch;                     /* goes on configuring in the next turn */
    vt_grid_figures figures;
    vt_monitor *monitor; /* NULL: nobody wants to know */
    vt_operation configured;
    vt_prefetch prefetch; /* where the scroll is going */
    bool load_ahead;
    bool more_ahead; /* there was no room to ask for all that lies ahead */
    bool starved;    /* some card could not ask for its picture */
    int64_t configure_ns_total;
    int64_t viewport_ns; /* work on the first viewport so far */
    int cold_batches;    /* of cards, up to now: a few are counted */
};

/* Makes the pool and the timer. False when memory runs out. */
bool vt_grid_prepare_cards(vt_grid *grid);
void vt_grid_release_cards(vt_grid *grid);

/* Rows, order or sizes changed: every card is looked at again. */
void vt_grid_place_cards(vt_grid *grid, int64_t scroll);

/* Only the scroll position changed, and Qt has moved the cards along. */
void vt_grid_scroll_cards(vt_grid *grid, int64_t scroll);

/* The cards' pictures have another size now. */
void vt_grid_forget_cards(vt_grid *grid);

/* Selection or current row changed. */
void vt_grid_mark_cards(vt_grid *grid);

#endif
