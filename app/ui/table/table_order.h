/*
 * Orders by one key or several: what a click on a column does to them, and how they are called, for people
 * ("Rating, then Size") and for the session ("-rating size"). No Qt; any thread, but for words in the
 * language of the window only the window's.
 */
#ifndef VT_UI_TABLE_TABLE_ORDER_H
#define VT_UI_TABLE_TABLE_ORDER_H

#include "core/base/str.h"
#include "core/index/sort.h"

#include <stdbool.h>

typedef struct vt_table_order {
    vt_sort sorts[VT_SORT_KEYS_MAX]; /* the first weighs most */
    unsigned count;                  /* at least 1 */
} vt_table_order;

/* A plain click makes `key` the only one, and turns it if it was the first already. One that adds (Shift or
   Ctrl) puts it behind the others, in the place of the last if there are VT_SORT_KEYS_MAX, or turns it where
   it stands. */
vt_table_order vt_table_order_clicked(const vt_table_order *order, vt_sort_key key, bool add);

/* Without `key`, unless it is the only one. */
vt_table_order vt_table_order_without(const vt_table_order *order, vt_sort_key key);

/* Which key it is, from 0; -1 if it is none. */
int vt_table_order_find(const vt_table_order *order, vt_sort_key key);

/* "Rating \u2193, then Size \u2191", in the language of the window. */
void vt_table_order_say(const vt_table_order *order, vt_str *text);
/* "-rating size": "-" for descending. */
void vt_table_order_write(const vt_table_order *order, vt_str *words);
/* As far as it makes sense; false, and nothing is changed, if it names no key. */
bool vt_table_order_read(const char *words, vt_table_order *order);

/* What a key is called: the title of its column, or a word of its own; English. */
const char *vt_table_order_title(vt_sort_key key);

#endif
