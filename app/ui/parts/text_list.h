/*
 * A list with columns whose cells are words that its owner has: the table (list_table.h) and its model, and
 * which rows are chosen. Nothing is copied: what is seen is asked for. UI thread only.
 */
#ifndef VT_UI_PARTS_TEXT_LIST_H
#define VT_UI_PARTS_TEXT_LIST_H

#include "core/base/str.h"

#include <qt6c/qtableview.h>
#include <stddef.h>

typedef struct vt_text_list vt_text_list;

typedef struct vt_text_list_ops {
    int columns;
    const char *(*title)(int column);
    size_t (*count)(const void *user);
    /* Appends what a cell says; it is its tool tip, too. */
    void (*say)(const void *user, size_t row, int column, vt_str *text);
    void (*choice_changed)(void *user); /* other rows are chosen; may be NULL */
} vt_text_list_ops;

/* `name`: for screen readers. `parent` owns it. */
vt_text_list *vt_text_list_create(QWidgetRef parent, const char *name, const vt_text_list_ops *ops,
                                  void *user);
QTableView *vt_text_list_table(vt_text_list *list);

/* What is said of it changes in between: any of it. */
void vt_text_list_begin_change(vt_text_list *list);
void vt_text_list_end_change(vt_text_list *list);

bool vt_text_list_has_chosen(const vt_text_list *list);
/* The numbers of the rows that are chosen, in no order; free(). NULL and 0 without memory. */
size_t *vt_text_list_chosen(const vt_text_list *list, size_t *count);

#endif
