/* Private to the sidebar: its fields, shared by its files. */
#ifndef VT_UI_SIDEBAR_SIDEBAR_PRIVATE_H
#define VT_UI_SIDEBAR_SIDEBAR_PRIVATE_H

#include "app/ui/parts/reading.h"
#include "app/ui/sidebar/choice_bar.h"
#include "app/ui/sidebar/sidebar.h"
#include "app/ui/sidebar/sidebar_fold.h"
#include "app/ui/sidebar/sidebar_model.h"
#include "app/ui/sidebar/sidebar_twins.h"

#include <qt6c/qmenu.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qsplitter.h>
#include <qt6c/qtreeview.h>

#include <stdatomic.h>

/* Rows that can be chosen together. */
#define VT_SIDEBAR_CHOSEN_MAX 64

/* The tree of the sections: something may be dropped on its rows. */
typedef struct vt_sidebar_tree {
    QTreeView view; /* first */
    struct vt_sidebar *sidebar;
    bool aimed; /* something is dragged over `section` and `row`, which takes it */
    vt_sidebar_section section;
    uint32_t row;
    char *pressed; /* owned; the path of the tag on which the button went down, NULL: none */
    QPoint pressed_at;
    char *dragged; /* owned; the path of the tag that is dragged, NULL: none is */
} vt_sidebar_tree;

struct vt_sidebar {
    QSplitter splitter; /* first */
    vt_folder_view *folders;
    vt_sidebar_tree *tree;
    vt_sidebar_model *model;
    vt_choice_bar *bar; /* the window's */
    vt_library *library;
    vt_sidebar_ops ops;
    vt_log log;
    bool keeps;
    vt_reading *counting;  /* owned; NULL without memory */
    uint64_t counted;      /* vt_library_rows_version of what was counted last, or is being; 0: nothing */
    const vt_tally *tally; /* the last one; NULL before it */
    atomic_bool cancelled; /* asked by the worker that counts */
    bool quiet;            /* the selection is set by us */
    bool adds;             /* so that what is typed stays */
    char *shown;           /* owned; the part of the filter that was set from here, NULL: none */
    char *typed;           /* owned; what stands behind it, or all; NULL: nothing */
    vt_saved_filters saved;
    bool open[VT_SIDEBAR_SECTION_COUNT];
    vt_sidebar_fold fold;                   /* rows in them that are open */
    vt_sidebar_twins_pressed twins_pressed; /* NULL: nobody wants to know */
    void *twins_user;
};

/* ---- sidebar.c ---- */

/* The filter is that of what is chosen now. */
void vt_sidebar_show_choice(vt_sidebar *sidebar);

/* ---- sidebar_count.c ---- */

/* Counts, for a reading whose user is a vt_sidebar: at most once a second where rows change. */
extern const vt_reading_ops vt_sidebar_count_ops;

/* ---- sidebar_drop.c ---- */

/* The tree, which takes what is dropped; owned by the sidebar. */
vt_sidebar_tree *vt_sidebar_tree_create(vt_sidebar *sidebar);

/* ---- sidebar_choice.c ---- */

/* What was chosen, also for the time the rows are others. */
typedef struct vt_sidebar_choice {
    vt_sidebar_section sections[VT_SIDEBAR_CHOSEN_MAX];
    uint32_t rows[VT_SIDEBAR_CHOSEN_MAX];
    int64_t ids[VT_SIDEBAR_CHOSEN_MAX];
    char *filters[VT_SIDEBAR_CHOSEN_MAX]; /* owned */
    size_t count;
} vt_sidebar_choice;

/* Of each section together, in the order of the rows; vt_sidebar_clear_choice. */
void vt_sidebar_read_choice(vt_sidebar *sidebar, vt_sidebar_choice *chosen);
void vt_sidebar_clear_choice(vt_sidebar_choice *chosen);
/* The rows are others: chooses the same. True if an album or a tag has another name now, or is gone: the
   filter is another one. */
bool vt_sidebar_choose_again(vt_sidebar *sidebar, const vt_sidebar_choice *chosen);
void vt_sidebar_show_chips(vt_sidebar *sidebar);

/* ---- sidebar_tags.c ---- */

/* A name that was typed in place of that of an album or a tag. False: it is none. */
bool vt_sidebar_rename(void *sidebar, const QModelIndex *index, const char *name);

/* F2 and Delete are the tree's where an album or a tag is the current row. */
bool vt_sidebar_takes_key(vt_sidebar *sidebar, int key);
void vt_sidebar_do_key(vt_sidebar *sidebar, int key);

/* Appends what can be done with the tag at `index`, if it is one. */
void vt_sidebar_add_tag_menu(vt_sidebar *sidebar, QMenu *menu, const QModelIndex *index);

/* The mouse in the tree: a tag can be dragged. True if a move is no business of Qt's. */
void vt_sidebar_press(vt_sidebar_tree *tree, QMouseEvent *event);
bool vt_sidebar_move(vt_sidebar_tree *tree, QMouseEvent *event);

/* The path that the dragged tag gets if it is dropped there; on the line of the section (VT_SIDEBAR_NONE): at
   the top. False: it cannot be dropped, or would stay where it is. */
bool vt_sidebar_dropped_path(const vt_sidebar_tree *tree, vt_sidebar_section section, uint32_t row,
                             vt_str *to);
void vt_sidebar_drop_tag(vt_sidebar_tree *tree, vt_sidebar_section section, uint32_t row);

/* ---- sidebar_twins.c ---- */

/* The line below the duplicates was clicked, if `index` is it. */
void vt_sidebar_press_twins(vt_sidebar *sidebar, const QModelIndex *index);
/* A click on that line would leave nothing chosen: true, and what was chosen is so again. */
bool vt_sidebar_keep_choice(vt_sidebar *sidebar, const QItemSelection *deselected);
void vt_sidebar_prepare_twins(vt_sidebar *sidebar);

#endif
