/*
 * Private to the grid: its fields, the part that keeps cards for what is visible (grid_cards.c), and the part
 * that knows of groups (grid_groups.c).
 *
 * "Item" is a number in the grid: without what is collapsed, and a stack is one. "Row" is a position in the
 * view, which all others go by.
 */
#ifndef VT_UI_BROWSE_GRID_PRIVATE_H
#define VT_UI_BROWSE_GRID_PRIVATE_H

#include "app/ui/browse/captions.h"
#include "app/ui/browse/card.h"
#include "app/ui/browse/collapsed.h"
#include "app/ui/browse/grid.h"
#include "app/ui/browse/grid_layout.h"
#include "app/ui/browse/group_header.h"
#include "app/ui/browse/hover.h"
#include "app/ui/browse/scrubber.h"
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
    int64_t pressed; /* the item under the left button, -1: none; it may be dragged away */
    QPointF pressed_at;
    bool choose_late; /* it is one of several selected: a click chooses it, a drag takes all */
    int64_t scroll;   /* as of the cards' places */
    int step_column;  /* where steps up and down aim at; -1: nowhere yet */

    const vt_view *view;     /* as it is laid out: one reference; NULL while loading */
    vt_group_lines *lines;   /* of its groups; owned */
    vt_collapsed *collapsed; /* owned */
    vt_group_header *sticky; /* the header of what is at the top */
    bool stacks;             /* wanted: a folder is one card */
    bool stacked;            /* so it is laid out */
    int64_t opened;          /* the folder whose stack is open; 0: none */
    uint64_t question;       /* that the view answers */
    vt_scrubber *scrubber;
    vt_hover *hover; /* owned */
    int64_t hovered; /* the item below the pointer, -1 for none */
    vt_captions captions;
    uint64_t look; /* grows when all cards have to be configured anew */

    vt_object_pool *pool;
    bool anew;                         /* cards are not used again */
    vt_card *cards[VT_GRID_CARDS_MAX]; /* the card of item i is at i % VT_GRID_CARDS_MAX */
    vt_grid_range range;               /* items that have a card or get one */
    QWidget *drop_mark;                /* where what is dragged would go; NULL before the first drag */
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

/* ---- grid_content.c ---- */

/* Room for what the content of a card borrows. */
typedef struct vt_card_parts {
    vt_str captions[VT_CARD_CAPTIONS_MAX];
    char badge[32];
    vt_tinythumb tiny, behind[VT_CARD_BEHIND_MAX];
} vt_card_parts;

/* What card `number` shall show; `parts` is filled, and ended by the caller after the content. */
vt_card_content vt_grid_card_content(vt_grid *grid, int64_t number, vt_card_parts *parts);
void vt_card_parts_free(vt_card_parts *parts);
/* Of that only what vt_card_shows asks for. */
vt_card_content vt_grid_card_identity(vt_grid *grid, int64_t number);
/* The picture it needs. */
vt_picture_key vt_grid_picture_key(vt_grid *grid, int64_t number);

/* ---- grid_groups.c ---- */

/* False when memory runs out. */
bool vt_grid_prepare_groups(vt_grid *grid);
void vt_grid_release_groups(vt_grid *grid);

/* Takes the library's view and what is collapsed into the layout; vt_grid_relayout comes next. */
void vt_grid_take_groups(vt_grid *grid);

int64_t vt_grid_row_of(const vt_grid *grid, int64_t item);
/* `*hidden`: it is collapsed; the result is the item behind it. */
int64_t vt_grid_item_of(const vt_grid *grid, int64_t row, bool *hidden);
/* The rows of a stack, or one row. */
vt_row_interval vt_grid_rows_of(const vt_grid *grid, int64_t item);

/* Headers: painted among the cards, the sticky one placed, boxes brought up to date. */
void vt_grid_paint_headers(vt_grid *grid, QPaintEvent *event);
void vt_grid_place_sticky(vt_grid *grid);
void vt_grid_update_headers(vt_grid *grid);

/* True if a header stands at this height of the viewport. */
bool vt_grid_is_header(const vt_grid *grid, int y);
/* A press on one: turns the group, or selects it. */
void vt_grid_press_header(vt_grid *grid, int x, int y, bool extend);

/* The scroll position that shows a row, or the header of the group that hides it. */
int64_t vt_grid_reveal_row(const vt_grid *grid, int64_t row);

/* ---- grid_stacks.c ---- */

/* The stack made by hand that a row belongs to, where stacks are one card. */
bool vt_grid_stack(const vt_grid *grid, int64_t row, vt_view_stack_info *stack);
/* Whether this place of the viewport is on the badge of a stack; `item` is what stands there, or -1. */
bool vt_grid_is_on_stack(const vt_grid *grid, int64_t item, const QPointF *at);
/* A press there opens the stack, or closes it. False: it was elsewhere. */
bool vt_grid_press_stack(vt_grid *grid, int64_t item, const QPointF *at);
/* Closes the open stack that the current row is in. False if it is in none. */
bool vt_grid_close_stack(vt_grid *grid);

/* ---- grid_scrubber.c ---- */

extern const vt_scrubber_ops vt_grid_scrubber_ops;
/* The view changed: whether there is one. May resize the viewport. */
void vt_grid_reserve_scrubber(vt_grid *grid);
/* The layout changed: where it stands and what it shows. */
void vt_grid_update_scrubber(vt_grid *grid);
void vt_grid_move_scrubber(vt_grid *grid);

/* ---- grid_hover.c ---- */

/* A vt_hover_show; `user` is the grid. */
void vt_grid_show_moving(void *user, const QPixmap *picture);
void vt_grid_hover(vt_grid *grid, QMouseEvent *event);
/* The pointer is gone, or what is below it has changed. */
void vt_grid_end_hover(vt_grid *grid);
bool vt_grid_viewport_event(QAbstractScrollArea *self, QEvent *event);

/* ---- grid_drop.c ---- */

void vt_grid_drag_enter(QAbstractScrollArea *self, QDragEnterEvent *event);
void vt_grid_drag_move(QAbstractScrollArea *self, QDragMoveEvent *event);
void vt_grid_drag_leave(QAbstractScrollArea *self, QDragLeaveEvent *event);
void vt_grid_drop(QAbstractScrollArea *self, QDropEvent *event);

/* ---- grid.c ---- */

int64_t vt_grid_scroll_position(const vt_grid *grid);
void vt_grid_set_scroll(vt_grid *grid, int64_t value);
/* Sizes, counts or groups have changed. */
void vt_grid_relayout(vt_grid *grid);

#endif
