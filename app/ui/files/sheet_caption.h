/*
 * What stands below a picture on a contact sheet: lines that the user chooses, in the order of a const table.
 * No Qt; any thread.
 */
#ifndef VT_UI_FILES_SHEET_CAPTION_H
#define VT_UI_FILES_SHEET_CAPTION_H

#include "core/base/error.h"
#include "core/index/index.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum vt_sheet_line {
    VT_SHEET_NAME,
    VT_SHEET_TITLE,
    VT_SHEET_DATE,   /* taken, or else changed */
    VT_SHEET_RATING, /* stars */
    VT_SHEET_SIZE,   /* pixels, triangles or frames, and bytes */
    VT_SHEET_LINE_COUNT
} vt_sheet_line;

/* A set of lines. */
#define VT_SHEET_LINE(line) (1U << (line))
#define VT_SHEET_LINES_ALL  (VT_SHEET_LINE(VT_SHEET_LINE_COUNT) - 1)

/* For a dialogue; translated by vt_tr("export", ...). */
const char *vt_sheet_line_title(vt_sheet_line line);

/* How many lines such a caption has at most. */
int vt_sheet_line_count(unsigned lines);

/* The lines, UTF-8 fit for display, each ended by '\n'; those that the item has nothing for are left out. To
   be freed; NULL when memory runs out. */
char *vt_sheet_caption(unsigned lines, const vt_item_brief *item);

/* The set that words say, separated by commas: "name,title,date,rating,size", or "none". VT_ERROR_USAGE. */
bool vt_sheet_lines_read(const char *words, unsigned *lines, vt_error *error);

#endif
