/* Finds a name by its beginning, upper and lower case alike. No Qt; any thread but the window's: it may look
   at all rows (some 30 ms a million). */
#ifndef VT_UI_TABLE_NAME_SEARCH_H
#define VT_UI_TABLE_NAME_SEARCH_H

#include "core/index/view.h"

#include <stdatomic.h>
#include <stdint.h>

#define VT_NAME_SEARCH_MAX 64 /* bytes of a beginning that are looked at */

/* The first row of the view at `from` or behind it, and after the last one from the first on, whose name
   begins with `typed` (UTF-8); -1 if there is none, or `*cancelled` (NULL is allowed). */
int64_t vt_name_search(const vt_view *view, const char *typed, int64_t from, const atomic_bool *cancelled);

#endif
