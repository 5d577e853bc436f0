/*
 * The list that opens below the filter box: completions, saved filters, the filters used last. It is a part
 * of the window, not a window of its own, and takes neither the keyboard nor the typing. UI thread only.
 */
#ifndef VT_UI_FILTER_FILTER_LIST_H
#define VT_UI_FILTER_FILTER_LIST_H

#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stddef.h>

#define VT_FILTER_LIST_MAX 32

/* What a line is and does; all copied. */
typedef struct vt_filter_line {
    const char *label; /* UTF-8, fit for display */
    const char *right; /* how many, or what it is */
    const char *text;  /* the filter once it is chosen */
    size_t cursor;     /* bytes of it before the cursor */
    bool goes_on;      /* a value is to follow */
} vt_filter_line;

typedef struct vt_filter_list vt_filter_list;

/* A line was clicked. */
typedef void (*vt_filter_list_clicked)(void *user, int line);

/* `window`, over whose contents it stands, owns it; hidden at first. */
vt_filter_list *vt_filter_list_create(QWidget *window, vt_filter_list_clicked clicked, void *user);

void vt_filter_list_clear(vt_filter_list *list);
/* One too many is left out. */
void vt_filter_list_add(vt_filter_list *list, const vt_filter_line *line);
int vt_filter_list_count(const vt_filter_list *list);
/* Valid until the list is cleared. */
vt_filter_line vt_filter_list_line(const vt_filter_list *list, int line);

/* A sentence below the lines, UTF-8; "" for none. */
void vt_filter_list_set_hint(vt_filter_list *list, const char *text);

/* Below `box`, as wide as it is or wider, no line being current; without lines it is hidden. */
void vt_filter_list_show(vt_filter_list *list, QWidget *box);
void vt_filter_list_hide(vt_filter_list *list);
/* Above what stands beside it. */
void vt_filter_list_raise(vt_filter_list *list);
bool vt_filter_list_is_shown(const vt_filter_list *list);

/* The current line, -1 for none; and others, from the last over none to the first. */
int vt_filter_list_current(const vt_filter_list *list);
void vt_filter_list_move(vt_filter_list *list, int by);

#endif
