/* Private to the table: its fields, shared by its files. */
#ifndef VT_UI_TABLE_TABLE_PRIVATE_H
#define VT_UI_TABLE_TABLE_PRIVATE_H

#include "app/ui/info/info_reader.h"
#include "app/ui/library/edits.h"
#include "app/ui/parts/tall_table.h"
#include "app/ui/table/cell_editor.h"
#include "app/ui/table/mark_cell.h"
#include "app/ui/table/table_columns.h"
#include "app/ui/table/table_layout.h"
#include "app/ui/table/table_order.h"
#include "app/ui/table/table_view.h"
#include "app/ui/table/tag_line.h"

#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qtimer.h>

struct vt_table {
    vt_tall_table tall; /* first */
    vt_table_context context;
    vt_library *library; /* of the context */
    vt_monitor *monitor; /* NULL: nobody measures */
    vt_operation painted;
    vt_row_pictures *pictures; /* owned; NULL: there was no memory for them */
    vt_cell_texts *texts;      /* likewise */
    QTimer *look;              /* at which rows are in view, some time after they were painted */
    QHeaderView *header;
    bool following;   /* the current row comes from the library, so it is not told to it again */
    bool view_is_new; /* from the library's word of other rows to that of what is selected of them */

    /* When it was painted last: */
    int64_t place_item; /* the current one, 0: none */
    int place_y;        /* its row, from the top of the viewport; negative: out of sight */
    int last_column;    /* the current one */
    int scrolled;
    uint64_t question; /* that the rows answer */

    vt_star_hover hover;
    struct { /* a second click on a cell, which edits it unless a third follows (table_mouse.c) */
        QTimer *pause;
        int64_t row;
        int column;
        bool is_armed;
    } click;
    struct { /* table_edit.c */
        vt_cell_editor *editor;
        vt_edit_target *target; /* NULL: nothing is edited */
        int64_t item;           /* whose cell it is */
        int column;
        vt_tag_line tags;       /* as they were */
        vt_info_reader *reader; /* completes tags; NULL: there was no memory */
    } edit;
    struct vt_table_copy *copying; /* table_copy.c; NULL: none */
    struct vt_table_seek *seek;    /* table_seek.c; NULL: there was no memory */
};

QModelIndex vt_table_index(vt_table *table, int64_t row, int column);
/* The item of a row; false if there is none. */
bool vt_table_item(const vt_table *table, int64_t row, vt_item_brief *item);

/* table_menu.c: at `where` of the screen; -1 for no column. */
void vt_table_menu(vt_table *table, int column, const QPoint *where);
/* Columns as they stand now, and as they shall stand. */
vt_table_layout vt_table_get_layout(vt_table *table);
void vt_table_set_layout(vt_table *table, const vt_table_layout *layout);
vt_table_order vt_table_get_order(const vt_table *table);
void vt_table_set_order(vt_table *table, const vt_table_order *order);

/* table_edit.c */
void vt_table_make_editor(vt_table *table);
/* Begins to edit a cell, of all selected rows if its own is among them. */
void vt_table_edit_cell(vt_table *table, int64_t row, int column);
/* Rows have moved, or columns: the editor stays with its cell. */
void vt_table_place_editor(vt_table *table);
/* Writes what is typed, if it can be, and ends. */
void vt_table_end_edit(vt_table *table);
/* Makes a cell the current one; what is selected stays so if its row is a part of it. */
void vt_table_make_current(vt_table *table, int64_t row, int column);
/* Gives `number` to the selected rows. */
void vt_table_mark(vt_table *table, vt_edit_kind kind, int number);

/* table_mouse.c */
void vt_table_press(QTableView *self, QMouseEvent *event);
void vt_table_release(QTableView *self, QMouseEvent *event);
void vt_table_move(QTableView *self, QMouseEvent *event);
bool vt_table_viewport_event(QTableView *self, QEvent *event);
void vt_table_make_mouse(vt_table *table);
/* No second click: a third one came, or a drag began. */
void vt_table_forget_click(vt_table *table);

/* table_copy.c */
void vt_table_copy_stop(vt_table *table);

/* table_seek.c: goes to the next name that begins so. */
void vt_table_make_seek(vt_table *table);
void vt_table_seek_stop(vt_table *table);
/* A key belongs to a name that is being typed, whatever else it may mean. */
bool vt_table_seek_takes(const vt_table *table, const QKeyEvent *event);
void vt_table_keyboard_search(QTableView *self, const QString *typed);

#endif
